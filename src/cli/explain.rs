//! `kepu explain CODE`: why a rule exists and how to satisfy it.

use std::fmt::Write;

use kepu::diag::{Severity, rule};

use super::Exit;
use super::terminal::Terminal;

pub(super) fn run(code: Option<&str>, terminal: &Terminal) -> Exit {
    let Some(code) = code else {
        let mut list = String::new();
        for rule in rule::all() {
            let _ = writeln!(
                list,
                "{:<28} {}  {}",
                rule.code,
                weight(rule.severity),
                rule.summary
            );
        }
        terminal.answer(&list);
        return Exit::Made;
    };
    let Some(rule) = rule::find(code) else {
        let nearest = rule::all()
            .map(|rule| (strsim::jaro_winkler(code, rule.code), rule.code))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map_or("", |(_, nearest)| nearest);
        return terminal.wrong_usage(
            &format!("没有 `{code}` 这个代码"),
            &format!("相近的有 `{nearest}`；`kepu explain` 列出全部"),
        );
    };
    terminal.answer(&format!(
        "{}[{}]：{}\n\n{}",
        weight(rule.severity),
        rule.code,
        rule.summary,
        rule.explanation
    ));
    Exit::Made
}

fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Note => "说明",
    }
}
