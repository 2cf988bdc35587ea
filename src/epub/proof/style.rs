//! Style sheets: the reader's settings win, and what is written can be read.

use std::collections::{BTreeMap, BTreeSet};

use super::css::{self, Rule};
use super::publication::Publication;
use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span};

/// WCAG 1.4.3: text; 1.4.11: drawings.
const TEXT: f64 = 4.5;
const DRAWING: f64 = 3.0;

/// Checks every style sheet.
pub(super) fn check(book: &Publication<'_>, sink: &mut Sink) {
    let drawn = drawn_classes(book);
    for (source, text) in &book.styles {
        for rule in css::rules(text) {
            settings(*source, &rule, sink);
            links(*source, &rule, sink);
            boxes(*source, &rule, sink);
            contrast(*source, &rule, &drawn, sink);
        }
    }
}

fn place(source: SourceId, range: &std::ops::Range<usize>) -> Span {
    Span::new(source, range.clone())
}

/// Classes that only SVG drawings bear.
fn drawn_classes(book: &Publication<'_>) -> BTreeSet<String> {
    let mut classes: BTreeMap<String, bool> = BTreeMap::new();
    for document in &book.documents {
        for node in document.elements() {
            let svg = node.ancestors().any(|outer| outer.tag_name().name() == "svg");
            for class in node.attribute("class").unwrap_or_default().split_whitespace() {
                *classes.entry(format!(".{class}")).or_insert(true) &= svg;
            }
        }
    }
    classes.retain(|_, drawn| *drawn);
    classes.into_keys().collect()
}

/// Size, face, colour and leading of running text belong to the reader.
fn settings(source: SourceId, rule: &Rule<'_>, sink: &mut Sink) {
    let running = |selector: &&str| matches!(*selector, "html" | "body" | "p" | ":root");
    let of_text = rule.selectors.iter().any(running);
    for (property, value, range) in &rule.declarations {
        let hard = ["px", "pt", "mm", "cm", "in"].iter().any(|unit| {
            value
                .strip_suffix(unit)
                .is_some_and(|n| n.ends_with(|c: char| c.is_ascii_digit()))
        });
        let message = match *property {
            "color" | "background" | "background-color" | "font-size" | "font-family"
            | "line-height"
                if of_text && !matches!(*value, "inherit" | "initial" | "unset") =>
            {
                format!("正文的 {property} 由读者设定，样式表不应规定")
            }
            "font-size" if hard => format!("字号“{value}”不随读者的设置变化"),
            _ => continue,
        };
        let found =
            Diagnostic::new(&rule::READER_SETTINGS, place(source, range), message);
        sink.report(found.hint("字号用 em 或百分比；正文的颜色和字体不写"));
    }
}

/// WCAG 1.4.1: links in running text are told by more than colour.
fn links(source: SourceId, rule: &Rule<'_>, sink: &mut Sink) {
    let plain = |selector: &&str| matches!(*selector, "a" | "a:link" | "p a" | "body a");
    if !rule.selectors.iter().any(plain) {
        return;
    }
    let marked = rule.declarations.iter().any(|(property, value, _)| {
        property.starts_with("border-bottom") && !value.contains("none")
    });
    for (property, value, range) in &rule.declarations {
        if property.starts_with("text-decoration") && value.contains("none") && !marked {
            let message = "正文里的链接只靠颜色分辨";
            let found =
                Diagnostic::new(&rule::COLOR_ALONE, place(source, range), message);
            sink.report(found.hint("留下下划线"));
        }
    }
}

/// WCAG 2.1.1: what scrolls by itself cannot be reached from the keyboard.
fn boxes(source: SourceId, rule: &Rule<'_>, sink: &mut Sink) {
    for (property, value, range) in &rule.declarations {
        let scrolls = property.starts_with("overflow")
            && value.split_whitespace().any(|word| matches!(word, "auto" | "scroll"));
        if scrolls && *property != "overflow-wrap" {
            let message = "会滚动的方框，用键盘的读者看不到里面的全部内容";
            let found = Diagnostic::new(&rule::SCROLL_BOX, place(source, range), message);
            sink.report(found.hint("让内容换行，或把宽表拆开"));
        }
    }
}

fn contrast(
    source: SourceId,
    rule: &Rule<'_>,
    drawn: &BTreeSet<String>,
    sink: &mut Sink,
) {
    let value = |name: &str| {
        let found = rule
            .declarations
            .iter()
            .rev()
            .find(|(property, ..)| *property == name);
        found.map(|(_, value, range)| (*value, range))
    };
    let Some((color, range)) = value("color") else { return };
    let Some(ink) = luminance(color) else { return };
    let ground = value("background-color").or(value("background"));
    let ground = match ground {
        Some((value, _)) => luminance(value),
        None if rule.dark => Some(0.0),
        None => Some(1.0),
    };
    let Some(ground) = ground else { return };
    let is_drawing = |selector: &&str| {
        let subject = selector.rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
        subject == "svg" || drawn.contains(subject)
    };
    let all_drawn = rule.selectors.iter().all(is_drawing);
    let least = if all_drawn { DRAWING } else { TEXT };
    let ratio = (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05);
    if ratio < least {
        let where_to = if rule.dark { "夜间的黑底" } else { "白底" };
        let message =
            format!("{color} 在{where_to}上的对比度是 {ratio:.1}，至少要 {least:.1}");
        let found = Diagnostic::new(&rule::CONTRAST, place(source, range), message);
        sink.report(found.hint("换成更深的颜色；夜间用更浅的"));
    }
}

/// The relative luminance of a colour, where it can be read.
fn luminance(color: &str) -> Option<f64> {
    const NAMES: &[(&str, &str)] = &[
        ("black", "#000000"),
        ("white", "#ffffff"),
        ("gray", "#808080"),
        ("grey", "#808080"),
        ("silver", "#c0c0c0"),
        ("red", "#ff0000"),
        ("green", "#008000"),
        ("blue", "#0000ff"),
        ("yellow", "#ffff00"),
        ("orange", "#ffa500"),
        ("lightgray", "#d3d3d3"),
        ("lightgrey", "#d3d3d3"),
        ("darkgray", "#a9a9a9"),
        ("navy", "#000080"),
    ];
    let color = color.trim_end_matches("!important").trim().to_ascii_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == color).map(|(_, hex)| *hex);
    let digits = named.unwrap_or(&color).strip_prefix('#')?;
    let digits: Vec<u32> =
        digits.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let channels: [u32; 3] = match digits[..] {
        [red, green, blue] | [red, green, blue, _] => [red, green, blue].map(|d| d * 17),
        [_, _, _, _, _, _, ..] => [0, 2, 4].map(|at| digits[at] * 16 + digits[at + 1]),
        _ => return None,
    };
    let [r, g, b] = channels.map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    Some(0.2126 * r + 0.7152 * g + 0.0722 * b)
}

#[cfg(test)]
mod tests {
    use super::luminance;

    #[test]
    fn luminance_is_that_of_wcag() {
        assert!((luminance("#767676").unwrap() - 0.1812).abs() < 1e-3);
        assert_eq!(luminance("#FFF"), luminance("white"));
        assert_eq!(luminance("currentColor"), None);
    }
}
