//! The file as a whole: encryption, layers, actions, extent.

use crate::diag::rule::{pdf, preflight as rule};
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::reading::Limit;

pub(super) fn check(bench: &mut Bench<'_>) {
    let facts = bench.facts;
    if facts.encrypted {
        let found =
            Found::new("文件加了密（打开不用密码）", "导出时不要设任何密码和限制");
        bench.find(&pdf::PDF_ENCRYPTED, found);
    }
    if facts.repaired {
        let found = Found::new("交叉引用表坏了，是凭内容重建的", "重新导出");
        bench.find(&rule::PDF_REPAIRED, found);
    }
    if !facts.layers.is_empty() {
        let message = format!(
            "有 {} 个图层：{}",
            facts.layers.len(),
            facts.layers.iter().take(5).cloned().collect::<Vec<_>>().join("、")
        );
        bench.find(&rule::LAYERS, Found::new(message, "导出时合并图层"));
    }
    for action in &facts.actions {
        let kind = if action.kind.is_empty() { "未知" } else { &action.kind };
        let message = match action.page {
            Some(page) => format!("第 {page} 页带有动作（{kind}）"),
            None => format!("文件带有动作（{kind}）"),
        };
        let found = Found::new(message, "导出时去掉脚本和动作");
        bench.find(&rule::PDF_ACTION, found.object(action.object));
    }
    if !facts.attachments.is_empty() {
        let message = format!("里面有附件：{}", facts.attachments.join("、"));
        bench.find(&rule::EMBEDDED_FILE, Found::new(message, "去掉附件再交印"));
    }
    if facts.has_form {
        let found = Found::new("文件里有表单", "把表单拼合成普通内容");
        bench.find(&rule::FORM_FIELD, found);
    }
    extent(bench);
}

/// A cover or a sheet of one or two pages is not bound.
fn extent(bench: &mut Bench<'_>) {
    let pages = bench.facts.pages;
    let multiple = usize::from(bench.profile.page.multiple.max(1));
    if pages > 2 && !pages.is_multiple_of(multiple) {
        let lacking = multiple - pages % multiple;
        let message = format!("有 {pages} 页，不是 {multiple} 的倍数，差 {lacking} 页");
        let found = Found::new(message, "在合适的地方加空白页");
        let value = crate::prepress::preflight::geometry::real(pages);
        bench.find(
            &rule::PAGE_COUNT,
            found.measured(value, f64::from(bench.profile.page.multiple)),
        );
    }
}

/// Says what was not examined.
pub(super) fn limits(bench: &mut Bench<'_>, limits: &[Limit]) {
    if limits.is_empty() {
        return;
    }
    let why: Vec<&str> = limits
        .iter()
        .map(|limit| match limit {
            Limit::Data => "有的数据解压后太大",
            Limit::Operators => "绘图指令太多",
            Limit::Pages => "页数太多",
            Limit::Nesting => "嵌套太深或互相包含",
            Limit::Items => "一页里的东西太多",
            Limit::Damage => "有的数据已损坏",
            Limit::Ink => "有的页太复杂，没有量总墨量",
        })
        .collect();
    let message = format!("没有检查完：{}", why.join("；"));
    bench.find(&rule::PARTLY_EXAMINED, Found::new(message, "重新导出后再检查一次"));
}
