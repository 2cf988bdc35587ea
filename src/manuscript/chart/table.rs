//! Tables of texts with the place of each cell, from CSV or from TOML.

use std::ops::Range;

use toml::de::DeValue;

use super::sheet::{Item, Sheet, plain};
use crate::diag::rule::chart as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned};

/// A cell.
pub(super) type Cell = Spanned<String>;

/// A header and rows of the same length.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Column names.
    pub(super) header: Vec<Cell>,
    /// The rows.
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Takes the first row as the header and drops rows that do not fit it.
    fn of(rows: Vec<Vec<Cell>>, sink: &mut Sink) -> Self {
        let mut rows = rows.into_iter();
        let header = rows.next().unwrap_or_default();
        let fits = |row: &Vec<Cell>| {
            let fits = row.len() == header.len();
            if let (false, Some(first), Some(last)) = (fits, row.first(), row.last()) {
                let span = Span { end: last.span.end, ..first.span };
                let (has, wants) = (row.len(), header.len());
                let text = format!("这一行有 {has} 格，表头有 {wants} 格");
                sink.report(
                    Diagnostic::new(&rule::CHART_TABLE, span, text)
                        .hint("补齐或删去格子，使每行与表头一样长"),
                );
            }
            fits
        };
        let rows = rows.filter(fits).collect();
        Self { header, rows }
    }

    /// The position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.value == name)
    }
}

/// Reads a CSV file; lines that start with `#` are comments.
pub(super) fn from_csv(source: SourceId, text: &str, sink: &mut Sink) -> Table {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let from = record.position().map_or(0, csv::Position::byte);
                let start = skip_comments(text, usize::try_from(from).unwrap_or(0));
                let places = cell_ranges(text, start, record.len());
                let cells = record.iter().zip(places).map(|(cell, range)| {
                    let cell = cell.trim_start_matches('\u{feff}').trim();
                    Spanned::new(cell.to_owned(), Span::new(source, range))
                });
                rows.push(cells.collect());
            }
            Err(error) => {
                let span = Span::new(source, 0..text.len().min(1));
                let text = format!("数据表读不出来：{error}");
                let broken = Diagnostic::new(&rule::CHART_TABLE, span, text);
                sink.report(broken.hint("检查引号是否成对，文件是否为 UTF-8 编码"));
            }
        }
    }
    Table::of(rows, sink)
}

/// Reads rows that stand in the chart's file itself.
pub(super) fn from_toml(sheet: &mut Sheet<'_, '_>, items: &[Item<'_>]) -> Table {
    let mut rows = Vec::new();
    for item in items {
        let DeValue::Array(cells) = item.get_ref() else {
            sheet.refuse(item.span(), "data", "一行一个列表，例如 [\"年份\", \"数值\"]");
            continue;
        };
        let mut row = Vec::new();
        for cell in cells {
            match plain(cell.get_ref()) {
                Some(text) => row.push(sheet.located(&text, cell.span())),
                None => sheet.refuse(cell.span(), "data", "文字或数；没有数据写 \"\""),
            }
        }
        rows.push(row);
    }
    Table::of(rows, sheet.sink)
}

/// The start of the record at or after `at`: the reader's positions stand
/// before the comments and empty lines that it skipped.
fn skip_comments(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let blank = rest[..line].trim_end_matches(['\r', '\n']).is_empty();
        if line == 0 || !(blank || rest.starts_with('#')) {
            return at;
        }
        at += line;
    }
}

/// The byte ranges of a record's cells.
fn cell_ranges(text: &str, start: usize, count: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(count);
    let mut from = start;
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                ranges.push(from..at);
                from = at + 1;
            }
            b'\n' | b'\r' if !quoted => {
                ranges.push(from..at);
                return ranges;
            }
            _ => {}
        }
    }
    ranges.push(from..text.len());
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every cell's text must be what its span covers, comments and quotes or not.
    #[test]
    fn cells_know_their_places() {
        let text = "# 来源\n年,值\n\n# 注\n2020,\"1,5\"\r\n2021,\n";
        let mut sink = Sink::new();
        let table = from_csv(SourceId(0), text, &mut sink);
        let places: Vec<&str> = table
            .header
            .iter()
            .chain(table.rows.iter().flatten())
            .map(|cell| &text[cell.span.range()])
            .collect();
        assert_eq!(places, ["年", "值", "2020", "\"1,5\"", "2021", ""]);
        assert_eq!(table.rows[0][1].value, "1,5");
        assert!(!sink.has_errors());
    }

    #[test]
    fn rows_of_another_length_are_reported_and_dropped() {
        let mut sink = Sink::new();
        let table = from_csv(SourceId(0), "a,b\n1,2,3\n4,5\n", &mut sink);
        assert_eq!(table.rows.len(), 1);
        assert_eq!(sink.sorted()[0].rule.code, "chart-table");
    }
}
