//! From a table to what is drawn: columns chosen, rows filtered, sorted, scaled.

use toml::de::DeValue;

use super::keys;
use super::options::check_name;
use super::sheet::{Item, Sheet, as_number};
use super::table::{Cell, Table};
use crate::book::{ChartKind, Column, Series};
use crate::diag::rule::chart as rule;
use crate::diag::{Diagnostic, Span, Spanned};
use crate::project::tree::nearest;

/// A column to draw.
struct Choice {
    column: usize,
    name: Spanned<String>,
    scale: f64,
}

/// A row after filtering: its x cell and its values.
struct Drawn {
    x: Cell,
    values: Vec<Option<f64>>,
}

/// The x column and the series of a chart.
pub(super) fn select(
    sheet: &mut Sheet<'_, '_>,
    kind: ChartKind,
    table: &Table,
) -> (Column, Vec<Series>) {
    let Some(x) = x_column(sheet, table) else { return <_>::default() };
    let choices = choices(sheet, table, x.value);
    let rows = filter(sheet, table, x.value);
    let mut drawn = Vec::new();
    for row in rows {
        let values = choices.iter().map(|choice| number(sheet, kind, row, choice));
        drawn.push(Drawn { x: row[x.value].clone(), values: values.collect() });
    }
    sort(sheet, &mut drawn);
    report_duplicates(sheet, drawn.iter().map(|row| &row.x), "行");
    report_duplicates(sheet, choices.iter().map(|choice| &choice.name), "列");
    // A ring needs something to divide.
    let drawable = |value: &&f64| kind != ChartKind::Donut || **value != 0.0;
    let mut values = drawn.iter().flat_map(|row| &row.values).flatten();
    if !values.any(|value| drawable(&value)) {
        let text = "筛选之后没有数据可画";
        let empty = Diagnostic::new(&rule::EMPTY_CHART, x.span, text);
        sheet
            .sink
            .report(empty.hint("放宽 from、to、rows 的范围，或检查数据表"));
    }
    let name = sheet.text("x-name").map(|name| name.value);
    let name = name.unwrap_or_else(|| table.header[x.value].value.clone());
    let mut cells: Vec<_> = drawn.iter().map(|row| row.x.value.clone()).collect();
    let mut series: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(at, choice)| Series {
            name: choice.name.value,
            values: drawn.iter().map(|row| row.values[at]).collect(),
        })
        .collect();
    if kind == ChartKind::Donut {
        add_remainder(sheet, &mut cells, &mut series);
    }
    (Column { name, cells }, series)
}

/// The column that stands on the x axis; the first one, unless named.
fn x_column(sheet: &mut Sheet<'_, '_>, table: &Table) -> Option<Spanned<usize>> {
    if sheet.get("x").is_some() {
        let name = sheet.text("x")?;
        let at = column(sheet, table, &name.value, name.span)?;
        return Some(Spanned::new(at, name.span));
    }
    let first = table.header.first()?;
    Some(Spanned::new(0, first.span))
}

/// The position of a named column, or a report.
fn column(
    sheet: &mut Sheet<'_, '_>,
    table: &Table,
    name: &str,
    span: Span,
) -> Option<usize> {
    let found = table.column(name);
    if found.is_none() {
        let names: Vec<&str> = table.header.iter().map(|c| c.value.as_str()).collect();
        let text = format!("数据表里没有“{name}”这一列");
        let mut unknown = Diagnostic::new(&rule::UNKNOWN_CHART_COLUMN, span, text);
        if let Some(near) = nearest(name, names.iter().copied()) {
            unknown = unknown.hint(format!("改成“{near}”"));
        }
        sheet
            .sink
            .report(unknown.hint(format!("表中的列有 {}", names.join("、"))));
    }
    found
}

/// The columns to draw: those that `series` names, else all but x.
fn choices(sheet: &mut Sheet<'_, '_>, table: &Table, x: usize) -> Vec<Choice> {
    let scale = sheet.number("scale").unwrap_or(1.0);
    let Some(item) = sheet.get("series") else {
        let others = table.header.iter().enumerate().filter(|(at, _)| *at != x);
        return others
            .map(|(column, cell)| Choice { column, name: cell.clone(), scale })
            .collect();
    };
    match item.get_ref() {
        DeValue::Array(items) => items
            .iter()
            .filter_map(|item| choice(sheet, table, item, scale))
            .collect(),
        _ => choice(sheet, table, item, scale).into_iter().collect(),
    }
}

/// One entry of `series`: a column's name, or a table that renames it.
fn choice(
    sheet: &mut Sheet<'_, '_>,
    table: &Table,
    item: &Item<'_>,
    scale: f64,
) -> Option<Choice> {
    match item.get_ref() {
        DeValue::String(text) => {
            let name = sheet.located(text, item.span());
            let column = column(sheet, table, &name.value, name.span)?;
            Some(Choice { column, name, scale })
        }
        DeValue::Table(fields) => {
            let mut entry = Sheet {
                source: sheet.source,
                table: fields,
                sink: sheet.sink,
            };
            entry.only(&["column", "name", "scale"], "“series”的每一项");
            let Some(of) = entry.text("column") else {
                entry.refuse(item.span(), "series", "有 column 的表");
                return None;
            };
            let name = entry.text("name").unwrap_or_else(|| of.clone());
            let scale = entry.number("scale").unwrap_or(scale);
            let column = column(&mut entry, table, &of.value, of.span)?;
            Some(Choice { column, name, scale })
        }
        _ => {
            sheet.refuse(item.span(), "series", "列名，或 { column = …, name = … }");
            None
        }
    }
}

/// The rows that `from`, `to`, `rows`, `except` and `every` leave.
fn filter<'d>(
    sheet: &mut Sheet<'_, '_>,
    table: &'d Table,
    x: usize,
) -> Vec<&'d Vec<Cell>> {
    let names: Vec<&str> = table.rows.iter().map(|row| row[x].value.as_str()).collect();
    let chosen = sheet.names("rows");
    let dropped = sheet.names("except");
    for (key, list) in [("rows", &chosen), ("except", &dropped)] {
        for name in list {
            check_name(sheet, key, &name.value, name.span, &names);
        }
    }
    let mut rows: Vec<&Vec<Cell>> = if chosen.is_empty() {
        table.rows.iter().collect()
    } else {
        let find = |name: &Spanned<String>| {
            table.rows.iter().find(|row| row[x].value == name.value)
        };
        chosen.iter().filter_map(find).collect()
    };
    rows.retain(|row| dropped.iter().all(|name| name.value != row[x].value));
    for (key, keep) in [("from", f64::ge as fn(&f64, &f64) -> bool), ("to", f64::le)] {
        let Some(limit) = sheet.number(key) else { continue };
        for row in &rows {
            if row[x].value.parse::<f64>().is_err() {
                let text = format!("“{key}”只能用在横轴是数的时候，这一格不是数");
                let wrong = Diagnostic::new(&rule::CHART_VALUE, row[x].span, text);
                sheet.sink.report(wrong.hint("改用 rows 列出要画的行"));
                break;
            }
        }
        rows.retain(|row| {
            row[x].value.parse::<f64>().is_ok_and(|value| keep(&value, &limit))
        });
    }
    if let Some(every) = sheet.count("every", 1, 1000) {
        rows = rows.into_iter().step_by(every).collect();
    }
    rows
}

/// The number in a cell: `None` where the cell is empty, or after a report.
fn number(
    sheet: &mut Sheet<'_, '_>,
    kind: ChartKind,
    row: &[Cell],
    choice: &Choice,
) -> Option<f64> {
    let cell = &row[choice.column];
    if cell.value.is_empty() {
        return None;
    }
    let number: Option<f64> = cell.value.parse().ok().filter(|n: &f64| n.is_finite());
    let Some(number) = number else {
        let text = format!("“{}”不是数", cell.value);
        sheet.sink.report(
            Diagnostic::new(&rule::CHART_NUMBER, cell.span, text)
                .hint("改成纯数字；没有数据就留空，单位写在 unit 里"),
        );
        return None;
    };
    if number < 0.0 && keys::shows_shares(kind) {
        let text = format!("{} 图里不能有负数 {}", kind.name(), cell.value);
        sheet.sink.report(
            Diagnostic::new(&rule::NEGATIVE_SHARE, cell.span, text)
                .hint("改用 waterfall 或 bar，或检查数据"),
        );
    }
    Some(number * choice.scale)
}

/// Sorts by the first series.
fn sort(sheet: &mut Sheet<'_, '_>, rows: &mut [Drawn]) {
    let Some(order) = sheet.text("sort") else { return };
    let value = |row: &Drawn| row.values.first().copied().flatten().unwrap_or(0.0);
    match order.value.as_str() {
        "ascending" => rows.sort_by(|a, b| value(a).total_cmp(&value(b))),
        "descending" => rows.sort_by(|a, b| value(b).total_cmp(&value(a))),
        "none" => {}
        _ => {
            let range = order.span.range();
            sheet.refuse(range, "sort", "ascending、descending、none 之一");
        }
    }
}

/// Reports names that occur twice.
fn report_duplicates<'c>(
    sheet: &mut Sheet<'_, '_>,
    cells: impl Iterator<Item = &'c Cell>,
    what: &str,
) {
    let mut seen: Vec<&Cell> = Vec::new();
    for cell in cells {
        match seen.iter().find(|other| other.value == cell.value) {
            Some(first) => sheet.sink.report(
                Diagnostic::new(
                    &rule::DUPLICATE_CHART_ROW,
                    cell.span,
                    format!("“{}”这一{what}出现了两次", cell.value),
                )
                .related(first.span, "第一次在这里")
                .hint(format!("删去重复的一{what}，或改用不同的名称")),
            ),
            None => seen.push(cell),
        }
    }
}

/// A last share that fills up to `total`.
fn add_remainder(
    sheet: &mut Sheet<'_, '_>,
    cells: &mut Vec<String>,
    series: &mut [Series],
) {
    let Some(name) = sheet.text("remainder") else { return };
    let total = sheet.get("total").and_then(|item| as_number(item.get_ref()));
    let Some(total) = total else {
        sheet.sink.report(
            Diagnostic::new(
                &rule::MISSING_CHART_KEY,
                name.span,
                "“remainder”要有“total”",
            )
            .hint("补上“total”，即全部份额的合计"),
        );
        return;
    };
    let Some(first) = series.first_mut() else { return };
    let rest = total - first.values.iter().flatten().sum::<f64>();
    if rest < 0.0 {
        let text = format!("各份额之和比“total”多 {}", -rest);
        let over = Diagnostic::new(&rule::NEGATIVE_SHARE, name.span, text);
        sheet.sink.report(over.hint("检查“total”，或删去重复计算的行"));
    }
    first.values.push(Some(rest));
    cells.push(name.value);
}
