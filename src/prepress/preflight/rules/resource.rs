//! Annotations, and resources that are wrong in themselves.

use crate::diag::rule::preflight as rule;
use crate::prepress::preflight::finding::{Bench, Found};
use crate::prepress::preflight::geometry::PT_PER_MM;
use crate::prepress::preflight::inspected::{Fault, FaultKind, Page};

/// Annotations that a press knows.
const FOR_THE_PRESS: &[&str] = &["PrinterMark", "TrapNet"];

pub(super) fn check(bench: &mut Bench<'_>, page: &Page) {
    for fault in &page.faults {
        self::fault(bench, fault);
    }
    let bleed = bench.profile.page.bleed * PT_PER_MM;
    let cut = page.boxes.cut();
    let printed = page.boxes.bleed.unwrap_or_else(|| cut.grown(bleed));
    for annotation in &page.annotations {
        let inside = annotation.rect.is_none_or(|rect| !rect.meet(printed).is_empty());
        let kind = annotation.kind.as_str();
        if !inside || kind == "Popup" || FOR_THE_PRESS.contains(&kind) {
            continue;
        }
        let name = match kind {
            "Link" => "链接".to_owned(),
            "Widget" => "表单域".to_owned(),
            other => format!("批注（{other}）"),
        };
        let message = format!("成品范围里有{name}");
        let found = Found::new(message, "导出印刷版时不带链接和批注");
        let found = found.at(annotation.rect).object(annotation.object);
        bench.find(&rule::ANNOTATION_IN_PAGE, found);
    }
}

fn fault(bench: &mut Bench<'_>, fault: &Fault) {
    let detail = &fault.detail;
    let (rule, message, advice) = match fault.kind {
        FaultKind::Function => (
            &rule::BAD_FUNCTION,
            detail.clone(),
            "用生成它的软件重新导出，或把渐变改成图片",
        ),
        FaultKind::Transfer => (
            &rule::TRANSFER_FUNCTION,
            "图形状态里有传递函数".to_owned(),
            "导出时不要包括传递函数",
        ),
        FaultKind::Halftone => (
            &rule::HALFTONE,
            "图形状态里有网屏设置".to_owned(),
            "导出时不要包括半色调设置",
        ),
        FaultKind::GroupSpace => (
            &rule::GROUP_COLOR_SPACE,
            format!("透明组在 {detail} 里混合"),
            "把透明混合空间设为 CMYK",
        ),
        FaultKind::External => (
            &rule::EXTERNAL_CONTENT,
            format!("内容不全在文件里：{detail}"),
            "把原图或原页放进来，重新导出",
        ),
        FaultKind::MissingResource => (
            &rule::MISSING_RESOURCE,
            format!("页面用了{detail}，文件里却没有"),
            "用生成它的软件重新导出",
        ),
    };
    bench.find(rule, Found::new(message, advice).at(fault.rect).object(fault.object));
}
