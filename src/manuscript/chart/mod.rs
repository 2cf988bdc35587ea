//! Chart files and the files that describe pictures: `figures/<id>.toml`.
//!
//! A chart's file says what is shown (kind, finding, unit), where the data are
//! and how they are prepared; a picture's file (`kind = "image"`) says what the
//! picture shows. Both carry the figure's caption, alternative text,
//! description, source and licence. `figures/README.md` documents the keys.

mod data;
mod keys;
mod limits;
mod options;
mod sheet;
mod table;

use std::sync::Arc;

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use self::sheet::Sheet;
use crate::book::{Chart, ChartKind, Column, Series};
use crate::diag::rule::chart as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned};
use crate::project::tree::{self, nearest};
use crate::project::{Project, resolve_path};

/// The word in `kind` for a file that describes a picture.
const IMAGE: &str = "image";

/// What a figure's file says about the figure, whatever it shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Sidecar {
    /// For `kind = "image"`: the picture's path from the project's root.
    pub(super) file: Option<Spanned<String>>,
    /// The caption, in Markdown.
    pub(super) caption: Option<Spanned<String>>,
    /// Alternative text, plain.
    pub(super) alt: Option<Spanned<String>>,
    /// A long description, plain.
    pub(super) desc: Option<Spanned<String>>,
    /// 图源, in Markdown with citations.
    pub(super) source: Option<Spanned<String>>,
    /// The licence, plain.
    pub(super) licence: Option<Spanned<String>>,
}

/// Reads the chart at `path`, which was written at `span`.
pub(super) fn read_chart(
    project: &Project,
    path: &str,
    span: Span,
    sink: &mut Sink,
) -> Option<Chart> {
    let (source, text) = open(project, path, span, sink)?;
    let table = parse(source, &text, sink)?;
    let whole = Span::new(source, 0..text.len());
    let mut sheet = Sheet { source, table: table.get_ref(), sink };
    let kind = kind(&mut sheet)?;
    sheet.only(&keys::known(kind), &format!("{} 图", kind.name()));
    let (x, series) = if keys::has_table(kind) {
        match read_table(project, path, &mut sheet) {
            Some(table) => data::select(&mut sheet, kind, &table),
            None => <_>::default(),
        }
    } else {
        <_>::default()
    };
    let names: Vec<&str> = x
        .cells
        .iter()
        .chain(series.iter().map(|s| &s.name))
        .map(String::as_str)
        .collect();
    let options = options::read(&mut sheet, kind, &names);
    limits::check(&mut sheet, kind, &options, &series);
    let title = sheet.plain("title").map(|title| title.value).unwrap_or_default();
    let unit = sheet.plain("unit").map(|unit| unit.value).unwrap_or_default();
    let decimals = sheet.count("decimals", 0, 6).unwrap_or(0);
    let (x, series) = match kind {
        ChartKind::Timeline => (events(&mut sheet, &options), Vec::new()),
        ChartKind::Sankey => flows(&mut sheet, &options, &unit),
        _ => (x, series),
    };
    let id = stem(path).to_owned();
    let path = path.to_owned();
    Some(Chart {
        path,
        id,
        span: whole,
        kind,
        title,
        unit,
        decimals,
        x,
        series,
        options,
    })
}

/// Reads what the file at `path` says about its figure.
pub(super) fn read_sidecar(
    project: &Project,
    path: &str,
    span: Span,
    sink: &mut Sink,
) -> Option<Sidecar> {
    let (source, text) = open(project, path, span, sink)?;
    let table = parse(source, &text, sink)?;
    let mut sheet = Sheet { source, table: table.get_ref(), sink };
    let image = matches!(
        sheet.get("kind").map(toml::Spanned::get_ref),
        Some(DeValue::String(kind)) if kind == IMAGE
    );
    let mut file = None;
    if image {
        let known: Vec<&str> = keys::FIGURE.iter().chain(&["file"]).copied().collect();
        sheet.only(&known, "图片的说明");
        file = sheet.text("file");
        match &mut file {
            Some(name) => name.value = beside(path, name, sheet.sink)?,
            None => missing(&mut sheet, "file", "写出图片文件的名称"),
        }
    }
    Some(Sidecar {
        file,
        caption: sheet.text("caption"),
        alt: sheet.text("alt"),
        desc: sheet.text("desc"),
        source: sheet.text("source"),
        licence: sheet.text("licence"),
    })
}

/// The path of the file that describes the picture at `path`:
/// `figures/a.svg` is described by `figures/a.toml`.
pub(super) fn sidecar_path(path: &str) -> String {
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    format!("{folder}{}.toml", stem(path))
}

/// Reads a text file of the project, or reports that it cannot be read.
fn open(
    project: &Project,
    path: &str,
    span: Span,
    sink: &mut Sink,
) -> Option<(SourceId, Arc<str>)> {
    match project.text(path) {
        Ok(source) => Some((source, project.source(source))),
        Err(error) => {
            sink.report(error.diagnostic(path, Some(span)));
            None
        }
    }
}

/// The file as a tree; syntax errors are told the way they are for all TOML.
fn parse<'t>(
    source: SourceId,
    text: &'t str,
    sink: &mut Sink,
) -> Option<toml::Spanned<DeTable<'t>>> {
    let table = DeTable::parse(text).ok();
    if table.is_none() {
        tree::parse(text, source, sink);
    }
    table
}

/// The kind of chart.
fn kind(sheet: &mut Sheet<'_, '_>) -> Option<ChartKind> {
    if sheet.get("kind").is_none() {
        missing(sheet, "kind", "写出图表的种类，例如 kind = \"line\"");
        return None;
    }
    let name = sheet.text("kind")?;
    let found = ChartKind::ALL.iter().find(|(word, _)| *word == name.value);
    if found.is_none() {
        let words = ChartKind::ALL.iter().map(|(word, _)| *word);
        let text = format!("没有“{}”这种图表", name.value);
        let unknown = Diagnostic::new(&rule::UNKNOWN_CHART_KIND, name.span, text);
        sheet
            .sink
            .report(if let Some(near) = nearest(&name.value, words.clone()) {
                unknown.hint(format!("改成“{near}”"))
            } else {
                let words: Vec<_> = words.collect();
                unknown.hint(format!("从这些种类里选：{}", words.join("、")))
            });
    }
    found.map(|(_, kind)| *kind)
}

/// Reports a key that must be there.
fn missing(sheet: &mut Sheet<'_, '_>, key: &str, hint: &str) {
    let places = sheet.table.keys().map(toml::Spanned::span);
    let first = places.min_by_key(|place| place.start).unwrap_or(0..0);
    let span = sheet.span(first);
    let text = format!("缺少“{key}”");
    sheet
        .sink
        .report(Diagnostic::new(&rule::MISSING_CHART_KEY, span, text).hint(hint));
}

/// The table that `data` names or holds.
fn read_table(
    project: &Project,
    path: &str,
    sheet: &mut Sheet<'_, '_>,
) -> Option<table::Table> {
    let Some(item) = sheet.get("data") else {
        missing(sheet, "data", "写出数据表，例如 data = \"data/co2.csv\"");
        return None;
    };
    let table = match item.get_ref() {
        DeValue::String(file) => {
            let file = sheet.located(file, item.span());
            let csv = beside(path, &file, sheet.sink)?;
            let (source, text) = open(project, &csv, file.span, sheet.sink)?;
            table::from_csv(source, &text, sheet.sink)
        }
        DeValue::Array(items) => table::from_toml(sheet, items),
        _ => {
            sheet.refuse(item.span(), "data", "CSV 文件的名称，或行的列表");
            return None;
        }
    };
    if table.rows.is_empty() {
        let span = sheet.span(item.span());
        let empty = Diagnostic::new(&rule::EMPTY_CHART, span, "数据表里没有一行数据");
        sheet.sink.report(empty.hint("在表头下面补上数据"));
        return None;
    }
    Some(table)
}

/// A timeline's dates, for the table that stands in for the chart.
fn events(sheet: &mut Sheet<'_, '_>, options: &Value) -> Column {
    let cells: Vec<String> = records(sheet, options, "events")
        .iter()
        .map(|event| format!("{} {}", text(event, "date"), text(event, "text")))
        .collect();
    Column { name: "时间".to_owned(), cells }
}

/// A sankey's flows, for the table that stands in for the chart.
fn flows(
    sheet: &mut Sheet<'_, '_>,
    options: &Value,
    unit: &str,
) -> (Column, Vec<Series>) {
    let links = records(sheet, options, "links");
    let name = |link: &Value| format!("{} → {}", text(link, "from"), text(link, "to"));
    let cells = links.iter().map(name).collect();
    let values: Vec<_> = links.iter().map(|link| link["value"].as_f64()).collect();
    limits::check_flows(sheet, &links);
    let series = Series { name: unit.to_owned(), values };
    (Column { name: "流向".to_owned(), cells }, vec![series])
}

/// The records of a key that must hold some.
fn records(sheet: &mut Sheet<'_, '_>, options: &Value, key: &str) -> Vec<Value> {
    let Some(item) = sheet.get(key) else {
        missing(sheet, key, &format!("用 [[{key}]] 逐条写出"));
        return Vec::new();
    };
    let records = options[key].as_array().cloned().unwrap_or_default();
    if records.is_empty() {
        let span = sheet.span(item.span());
        let text = format!("“{key}”里没有内容");
        let empty = Diagnostic::new(&rule::EMPTY_CHART, span, text);
        sheet.sink.report(empty.hint(format!("用 [[{key}]] 逐条写出")));
    }
    records
}

/// A text field of a record.
fn text<'r>(record: &'r Value, key: &str) -> &'r str {
    record[key].as_str().unwrap_or_default()
}

/// The project path of a file that is named relative to the file at `path`.
fn beside(path: &str, link: &Spanned<String>, sink: &mut Sink) -> Option<String> {
    let found = resolve_path(path, &link.value);
    found
        .map_err(|error| sink.report(error.diagnostic(&link.value, Some(link.span))))
        .ok()
}

/// A file's name without folder and extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
