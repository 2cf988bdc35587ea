//! Settings that must suit the data: ranges that hold them, lines for a combo.

use std::collections::BTreeSet;

use serde_json::Value;

use super::sheet::Sheet;
use crate::book::{ChartKind, Series};
use crate::diag::rule::chart as rule;
use crate::diag::{Diagnostic, Span};

/// Reports settings that the data do not fit.
pub(super) fn check(
    sheet: &mut Sheet<'_, '_>,
    kind: ChartKind,
    options: &Value,
    series: &[Series],
) {
    if kind == ChartKind::Combo {
        check_lines(sheet, options, series);
    }
    if let [low, high] = numbers(&options["range"])[..] {
        check_range(sheet, kind, (low, high), series);
    }
}

/// A combo has at least one column as a line, and one as bars.
fn check_lines(sheet: &mut Sheet<'_, '_>, options: &Value, series: &[Series]) {
    let lines = options["lines"].as_array().map_or(0, Vec::len);
    if lines == 0 {
        super::missing(sheet, "lines", "写出画成线的列，例如 lines = \"占比\"");
    } else if lines >= series.len() && !series.is_empty() {
        let span = place(sheet, "lines");
        let text = "所有的列都画成线，没有柱子";
        let wrong = Diagnostic::new(&rule::CHART_VALUE, span, text);
        sheet.sink.report(wrong.hint("lines 里留下一列不写，或改用 line"));
    }
}

/// Bars and areas start at zero, and no value may leave the axes.
fn check_range(
    sheet: &mut Sheet<'_, '_>,
    kind: ChartKind,
    (low, high): (f64, f64),
    series: &[Series],
) {
    let span = place(sheet, "range");
    let from_zero = !matches!(kind, ChartKind::Line | ChartKind::Stripes);
    if from_zero && (low > 0.0 || high < 0.0) {
        let text = format!("{} 图的“range”不包括 0，长短会误导读者", kind.name());
        let wrong = Diagnostic::new(&rule::CHART_VALUE, span, text);
        sheet.sink.report(wrong.hint("让范围从 0 开始，或改用 line"));
        return;
    }
    // Sums of stacks and the steps of stripes have their own ways to fit.
    let single = [ChartKind::Line, ChartKind::Area, ChartKind::Bar];
    if !single.contains(&kind) && kind != ChartKind::HorizontalBar {
        return;
    }
    let values = || series.iter().flat_map(|s| s.values.iter().flatten().copied());
    let least = values().fold(f64::INFINITY, f64::min);
    let most = values().fold(f64::NEG_INFINITY, f64::max);
    if least < low || most > high {
        let text = format!("“range”容不下全部数据（{least} 到 {most}）");
        let wrong = Diagnostic::new(&rule::CHART_VALUE, span, text);
        sheet.sink.report(wrong.hint("放宽范围，或用 from、to 少画一段"));
    }
}

/// Flows must lead somewhere: no circles, no negative amounts, not all nothing.
pub(super) fn check_flows(sheet: &mut Sheet<'_, '_>, links: &[Value]) {
    let span = place(sheet, "links");
    let values = || links.iter().filter_map(|link| link["value"].as_f64());
    if values().any(|value| value < 0.0) {
        let negative = Diagnostic::new(&rule::NEGATIVE_SHARE, span, "流量不能是负数");
        sheet
            .sink
            .report(negative.hint("把这条流的 from 和 to 对调，写成正数"));
    } else if !links.is_empty() && values().all(|value| value == 0.0) {
        let empty = Diagnostic::new(&rule::EMPTY_CHART, span, "所有的流量都是 0");
        sheet.sink.report(empty.hint("写上流量"));
    }
    // Nodes into which nothing flows any more are taken away; a circle stays.
    let name = |link: &Value, key: &str| link[key].as_str().unwrap_or("").to_owned();
    let pairs = links.iter().map(|link| (name(link, "from"), name(link, "to")));
    let mut left: Vec<(String, String)> = pairs.collect();
    loop {
        let targets: BTreeSet<String> = left.iter().map(|(_, to)| to.clone()).collect();
        let before = left.len();
        left.retain(|(from, _)| targets.contains(from));
        if left.len() == before {
            break;
        }
    }
    if let Some((from, to)) = left.first() {
        let text = format!("流向绕成了圈：“{from}”流到“{to}”，又流了回来");
        let circle = Diagnostic::new(&rule::CHART_VALUE, span, text);
        sheet
            .sink
            .report(circle.hint("桑基图只能从左到右；把回流的一端换一个名称"));
    }
}

/// The place of a key's value.
fn place(sheet: &Sheet<'_, '_>, key: &str) -> Span {
    let range = sheet.get(key).map_or(0..0, toml::Spanned::span);
    sheet.span(range)
}

/// A list of numbers, or none.
fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}
