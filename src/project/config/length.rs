//! Lengths in `book.toml`: millimetres for paper, points for type.

use super::Reader;
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Spanned};
use crate::project::tree::{Node, Value};

/// Chinese sizes of type, in pt.
const TYPE_SIZES: &[(&str, f64)] = &[
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 16.0),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
    ("六号", 7.5),
    ("小六", 6.5),
];

/// One pt in mm.
pub(super) const PT: f64 = 25.4 / 72.0;

/// A length on paper in mm: a number, or text with `mm` or `cm`.
pub(super) fn millimetres(
    node: &Node,
    key: &str,
    limits: std::ops::RangeInclusive<f64>,
    ctx: &mut Reader<'_>,
) -> Option<Spanned<f64>> {
    let value = match &node.value {
        Value::String(text) => {
            let text = text.trim();
            let unit = |unit, factor| {
                let number: f64 = text.strip_suffix(unit)?.trim().parse().ok()?;
                Some(number * factor)
            };
            unit("mm", 1.0)
                .or_else(|| unit("毫米", 1.0))
                .or_else(|| unit("cm", 10.0))
        }
        other => number(other),
    };
    let hint = format!(
        "写毫米数，例如 {key} = 3；可以从 {} 到 {}",
        limits.start(),
        limits.end()
    );
    within(node, key, value, limits, &hint, ctx)
}

/// A size of type in pt: a number, text with `pt`, or a Chinese size.
pub(super) fn points(
    node: &Node,
    key: &str,
    limits: std::ops::RangeInclusive<f64>,
    ctx: &mut Reader<'_>,
) -> Option<Spanned<f64>> {
    let value = match &node.value {
        Value::String(text) => {
            let text = text.trim();
            let named = TYPE_SIZES.iter().find(|(name, _)| *name == text);
            let number = text.strip_suffix("pt").or_else(|| text.strip_suffix("磅"));
            named
                .map(|(_, size)| *size)
                .or_else(|| number.and_then(|number| number.trim().parse().ok()))
        }
        other => number(other),
    };
    let hint = format!(
        "写磅数或字号，例如 {key} = 10.5 或 {key} = \"五号\"；可以从 {} 到 {} 磅",
        limits.start(),
        limits.end()
    );
    within(node, key, value, limits, &hint, ctx)
}

/// A bare number, in whatever unit its key has.
pub(super) fn plain(
    node: &Node,
    key: &str,
    limits: std::ops::RangeInclusive<f64>,
    ctx: &mut Reader<'_>,
) -> Option<Spanned<f64>> {
    let hint = format!("写数字，不加单位；可以从 {} 到 {}", limits.start(), limits.end());
    within(node, key, number(&node.value), limits, &hint, ctx)
}

#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 it is no length anyway")]
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn within(
    node: &Node,
    key: &str,
    value: Option<f64>,
    limits: std::ops::RangeInclusive<f64>,
    hint: &str,
    ctx: &mut Reader<'_>,
) -> Option<Spanned<f64>> {
    let problem = match value {
        Some(value) if limits.contains(&value) => {
            return Some(Spanned::new(value, node.span));
        }
        Some(value) if value < 0.0 => format!("“{key}”不能是负数"),
        Some(value) if value.is_finite() => format!("“{key}”不能是 {value}"),
        _ => format!("“{key}”不是长度"),
    };
    ctx.sink
        .report(Diagnostic::new(&rule::BAD_LENGTH, node.span, problem).hint(hint));
    None
}
