//! The report for people: one page, which needs nothing else.

use std::collections::BTreeMap;
use std::fmt::Write;

use quick_xml::escape::escape;

use super::Head;
use super::picture::{Picture, pictures};
use crate::diag::Severity;
use crate::prepress::preflight::geometry::mm;
use crate::prepress::preflight::plates::PROCESS;
use crate::prepress::preflight::{Finding, Preflighted};

static STYLE: &str = include_str!("report.css");

/// The report as HTML. The PDF is drawn again for the pictures.
pub fn html(result: &Preflighted, head: &Head<'_>, pdf: &[u8]) -> String {
    let pictures = pictures(result, pdf);
    let mut out = String::new();
    let file = escaped(head.file);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>印前检查：{file}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    verdict(&mut out, result, &file);
    facts(&mut out, result, head);
    for group in groups(result) {
        rule(&mut out, result, &group, &pictures);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn verdict(out: &mut String, result: &Preflighted, file: &str) {
    let errors = result.count(Severity::Error);
    let warnings = result.count(Severity::Warning);
    let (class, words) = match (errors, warnings) {
        (0, 0) => ("good", "没有发现问题，可以交印".to_owned()),
        (0, _) => ("fair", format!("没有错误；有 {warnings} 处请看一看")),
        (_, 0) => ("bad", format!("{errors} 处错误，改正后再交印")),
        _ => ("bad", format!("{errors} 处错误，{warnings} 处警告；改正后再交印")),
    };
    let _ = write!(
        out,
        "<header class=\"{class}\">\n<h1>印前检查</h1>\n<p class=\"file\">{file}</p>\n\
         <p class=\"verdict\">{words}</p>\n</header>\n"
    );
}

fn facts(out: &mut String, result: &Preflighted, head: &Head<'_>) {
    let facts = &result.facts;
    let mut rows: Vec<(&str, String)> =
        vec![("检查依据", format!("{}（{}）", head.title, head.profile))];
    if let Some(first) = result.pages.first() {
        let size = format!(
            "{} 页，成品 {:.1} × {:.1} mm",
            result.pages.len(),
            mm(first.cut.width()),
            mm(first.cut.height())
        );
        rows.push(("页面", size));
    }
    if !facts.version.is_empty() {
        let claim = facts
            .metadata
            .get("pdfxid:GTS_PDFXVersion")
            .or(facts.info.get("GTS_PDFXVersion").map(String::as_str));
        let claim =
            claim.map_or("没有声明 PDF/X".into(), |claim| format!("声明 {claim}"));
        rows.push(("格式", format!("PDF {}，{claim}", facts.version)));
    }
    let condition = facts.intents.iter().find_map(|one| one.condition.clone());
    if let Some(condition) = condition {
        rows.push(("印刷条件", condition));
    }
    if !result.fonts.is_empty() {
        let missing = result.fonts.values().filter(|font| !font.embedded).count();
        let fonts = match missing {
            0 => format!("{} 种，都已嵌入", result.fonts.len()),
            _ => format!("{} 种，{missing} 种没有嵌入", result.fonts.len()),
        };
        rows.push(("字体", fonts));
    }
    if let Some(plates) = plates(result) {
        rows.push(("色版", plates));
    }
    rows.push(("文件指纹", format!("SHA-256 {}", head.sha256)));
    rows.push(("检查程序", format!("kepu {}", head.version)));
    out.push_str("<table>\n");
    for (name, value) in rows {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>",
            escaped(&value)
        );
    }
    out.push_str("</table>\n");
}

/// The inks by name, with the number of their pages, process inks first.
fn plates(result: &Preflighted) -> Option<String> {
    const NAMES: [&str; 4] = ["青", "品红", "黄", "黑"];
    let count = |name: &str, pages: usize| format!("{name} {pages} 页");
    let process = PROCESS.iter().zip(NAMES);
    let process =
        process.filter_map(|(ink, name)| Some(count(name, *result.plates.get(*ink)?)));
    let spots = result.plates.iter();
    let spots = spots.filter(|(ink, _)| !PROCESS.contains(&ink.as_str()));
    let spots = spots.map(|(ink, pages)| count(&format!("专色 {ink}"), *pages));
    let all: Vec<String> = process.chain(spots).collect();
    (!all.is_empty()).then(|| all.join("，"))
}

/// The findings by rule: errors first, then as they were found.
fn groups(result: &Preflighted) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, finding) in result.findings.iter().enumerate() {
        let same = |group: &&mut Vec<usize>| {
            result.findings[group[0]].rule.code == finding.rule.code
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    let worst = |group: &Vec<usize>| {
        group.iter().map(|index| result.findings[*index].severity).max()
    };
    groups.sort_by_key(|group| std::cmp::Reverse(worst(group)));
    groups
}

fn rule(
    out: &mut String,
    result: &Preflighted,
    group: &[usize],
    pictures: &BTreeMap<usize, Picture>,
) {
    let rule = result.findings[group[0]].rule;
    let worst = group.iter().map(|index| result.findings[*index].severity).max();
    let worst = worst.unwrap_or(Severity::Note);
    let more = result.rest.get(rule.code).copied().unwrap_or(0);
    let _ = write!(
        out,
        "<section class=\"{}\">\n<h2><span class=\"weight\">{}</span> {} \
         <span class=\"count\">{} 处</span></h2>\n<p class=\"why\">{} <code>{}</code></p>\n",
        worst.slug(),
        worst.name(),
        escaped(rule.summary),
        group.len() + more,
        escaped(rule.explanation),
        rule.code,
    );
    for index in group {
        card(out, &result.findings[*index], pictures.get(index));
    }
    if more > 0 {
        let _ = writeln!(
            out,
            "<p class=\"more\">同样的问题另有 {more} 处，没有一一列出。</p>"
        );
    }
    out.push_str("</section>\n");
}

fn card(out: &mut String, finding: &Finding, picture: Option<&Picture>) {
    out.push_str("<article>\n");
    if let Some(picture) = picture {
        figure(out, finding, picture);
    }
    out.push_str("<div>\n");
    let place = finding.place();
    if !place.is_empty() {
        let _ = writeln!(out, "<p class=\"place\">{}</p>", escaped(&place));
    }
    let _ = writeln!(
        out,
        "<p class=\"what\">{}</p>\n<p class=\"advice\">{}</p>\n</div>\n</article>",
        escaped(&finding.message),
        escaped(&finding.advice)
    );
}

fn figure(out: &mut String, finding: &Finding, picture: &Picture) {
    let [left, top, width, height] = picture.frame.map(|part| part * 100.0);
    let page = finding.page.unwrap_or(0);
    let _ = write!(
        out,
        "<figure style=\"width:{}px\"><img src=\"{}\" width=\"{}\" height=\"{}\" \
         alt=\"第 {page} 页的这一处\">",
        picture.width, picture.address, picture.width, picture.height
    );
    if width > 0.0 || height > 0.0 {
        let _ = write!(
            out,
            "<i style=\"left:{left:.1}%;top:{top:.1}%;width:{width:.1}%;height:{height:.1}%\"></i>"
        );
    }
    out.push_str("</figure>\n");
}

/// Text for HTML, without the controls that a file's names may hold.
fn escaped(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    escape(text.chars().map(plain).collect::<String>()).into_owned()
}
