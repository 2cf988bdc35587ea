//! The settings of a chart's look: checked, and handed on as JSON.

use serde_json::{Map, Value, json};
use toml::de::DeValue;

use super::keys::{self, COLORS, Field, Shape};
use super::sheet::{Item, Sheet, as_number, plain};
use crate::book::ChartKind;
use crate::diag::rule::chart as rule;
use crate::diag::{Diagnostic, Span};
use crate::project::tree::nearest;

/// All settings that the kind understands; `names` are the rows and columns
/// that a setting may name.
pub(super) fn read(sheet: &mut Sheet<'_, '_>, kind: ChartKind, names: &[&str]) -> Value {
    let mut options = Map::new();
    for (key, shape, kinds) in keys::OPTIONS {
        let Some(item) = sheet.get(key).filter(|_| kinds.contains(&kind)) else {
            continue;
        };
        if let Some(value) = value(sheet, key, *shape, item, names) {
            options.insert((*key).to_owned(), value);
        }
    }
    Value::Object(options)
}

/// One setting as JSON, or a report.
fn value(
    sheet: &mut Sheet<'_, '_>,
    key: &str,
    shape: Shape,
    item: &Item<'_>,
    names: &[&str],
) -> Option<Value> {
    match (shape, item.get_ref()) {
        (Shape::Records(fields), DeValue::Array(items)) => {
            Some(items.iter().map(|item| record(sheet, key, fields, item)).collect())
        }
        (Shape::Colors, DeValue::Table(_)) => Some(colors(sheet, item, names)),
        (Shape::Names, _) => {
            let chosen = sheet.names(key);
            for name in &chosen {
                check_name(sheet, key, &name.value, name.span, names);
            }
            Some(chosen.into_iter().map(|name| name.value).collect())
        }
        _ => {
            let value = simple(shape, item.get_ref());
            if value.is_none() {
                sheet.refuse(item.span(), key, &wanted(shape));
            }
            value
        }
    }
}

/// A value that is neither a list of tables nor a list of names.
fn simple(shape: Shape, value: &DeValue<'_>) -> Option<Value> {
    match (shape, value) {
        (Shape::Text, DeValue::String(text)) => Some(json!(text)),
        (Shape::Cell, value) => plain(value).map(Value::String),
        (Shape::Number, value) => as_number(value).map(|number| json!(number)),
        (Shape::Count(least, most), DeValue::Integer(n)) => {
            let n = u32::from_str_radix(n.as_str(), n.radix()).ok()?;
            (least..=most).contains(&n).then(|| json!(n))
        }
        (Shape::Flag, DeValue::Boolean(flag)) => Some(json!(flag)),
        (Shape::Choice(words), DeValue::String(word)) => {
            words.contains(&word.as_ref()).then(|| json!(word))
        }
        (Shape::Range | Shape::Ticks, DeValue::Array(items)) => {
            let numbers: Option<Vec<f64>> =
                items.iter().map(|item| as_number(item.get_ref())).collect();
            let numbers = numbers?;
            let rising = numbers.windows(2).all(|pair| pair[0] < pair[1]);
            let enough = match shape {
                Shape::Range => numbers.len() == 2,
                _ => !numbers.is_empty(),
            };
            (rising && enough).then(|| json!(numbers))
        }
        _ => None,
    }
}

/// How a value should be written, for people.
fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Text => "英文引号里的文字".to_owned(),
        Shape::Cell => "文字或数".to_owned(),
        Shape::Number => "一个数，例如 12.5".to_owned(),
        Shape::Count(least, most) => format!("{least} 到 {most} 之间的整数"),
        Shape::Flag => "true 或 false".to_owned(),
        Shape::Names => "文字，或文字的列表".to_owned(),
        Shape::Range => "由小到大的两个数，例如 [0, 100]".to_owned(),
        Shape::Ticks => "由小到大的数的列表，例如 [0, 50, 100]".to_owned(),
        Shape::Choice(words) => format!("{} 之一", words.join("、")),
        Shape::Colors => "“名称 = 颜色”的表，例如 { 煤电 = \"ember\" }".to_owned(),
        Shape::Records(fields) => {
            let required = fields.iter().filter(|field| field.required);
            let names: Vec<_> = required.map(|field| field.name).collect();
            format!("表的列表，每个表有 {}", names.join("、"))
        }
    }
}

/// A table inside a list, such as an annotation.
fn record(
    sheet: &mut Sheet<'_, '_>,
    key: &str,
    fields: &'static [Field],
    item: &Item<'_>,
) -> Value {
    let DeValue::Table(table) = item.get_ref() else {
        sheet.refuse(item.span(), key, &wanted(Shape::Records(fields)));
        return Value::Null;
    };
    let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let mut sheet = Sheet { source: sheet.source, table, sink: sheet.sink };
    sheet.only(&known, &format!("“{key}”的每一项"));
    let mut record = Map::new();
    for field in fields {
        let Some(item) = sheet.get(field.name) else {
            if field.required {
                let span = sheet.span(item.span());
                let text = format!("“{key}”的这一项缺少“{}”", field.name);
                let missing = Diagnostic::new(&rule::MISSING_CHART_KEY, span, text);
                sheet.sink.report(missing.hint(format!("补上“{}”", field.name)));
            }
            continue;
        };
        match simple(field.shape, item.get_ref()) {
            Some(value) => drop(record.insert(field.name.to_owned(), value)),
            None => sheet.refuse(item.span(), field.name, &wanted(field.shape)),
        }
    }
    Value::Object(record)
}

/// Colours by the name of a row or column.
fn colors(sheet: &mut Sheet<'_, '_>, item: &Item<'_>, names: &[&str]) -> Value {
    let mut colors = Map::new();
    let DeValue::Table(table) = item.get_ref() else { return Value::Null };
    for (name, color) in table {
        let span = sheet.span(name.span());
        check_name(sheet, "colors", name.get_ref(), span, names);
        if let Some(color) = simple(Shape::Choice(COLORS), color.get_ref()) {
            colors.insert(name.get_ref().to_string(), color);
        } else {
            let wanted = format!("书中的颜色，例如 {}", COLORS[..4].join("、"));
            sheet.refuse(color.span(), name.get_ref(), &wanted);
        }
    }
    Value::Object(colors)
}

/// The name that was probably meant; figures that look alike mean nothing.
fn nearest_word<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let is_number = name.parse::<f64>().is_ok();
    nearest(name, names.iter().copied()).filter(|_| !is_number)
}

/// Reports a name that no row and no column has.
pub(super) fn check_name(
    sheet: &mut Sheet<'_, '_>,
    key: &str,
    name: &str,
    span: Span,
    names: &[&str],
) {
    // Without any rows the table itself was already reported.
    if names.is_empty() || names.contains(&name) {
        return;
    }
    let text = format!("“{key}”里的“{name}”不在这张图的数据里");
    let diagnostic = Diagnostic::new(&rule::UNKNOWN_CHART_NAME, span, text);
    sheet.sink.report(if let Some(near) = nearest_word(name, names) {
        diagnostic.hint(format!("改成“{near}”"))
    } else {
        let some: Vec<_> = names.iter().take(12).copied().collect();
        diagnostic.hint(format!("从这些名称里选：{}", some.join("、")))
    });
}
