//! Figures and tables.

use super::media;
use super::page::Page;
use crate::book::{Alignment, Cell, Chart, Figure, FigureContent, Table, plain_text};
use crate::diag::Span;

impl<'a> Page<'a, '_> {
    /// Writes a figure; its long description or its data follow it.
    pub(super) fn figure(&mut self, figure: &'a Figure, span: Span) {
        self.reach_offset(span.source, span.start);
        let anchor = figure.anchor.as_str();
        let id = if anchor.is_empty() { self.fresh_id() } else { anchor.to_owned() };
        let chart = match &figure.content {
            FigureContent::Chart(chart) => Some(chart.as_ref()),
            _ => None,
        };
        let data = chart.filter(|chart| has_data(chart));
        let more = figure.description.is_some() || data.is_some();
        let details = if more { format!("{id}-details") } else { String::new() };
        let class = match figure.width {
            Some(width) => format!("plate width-{}", rounded_width(width)),
            None => "plate".to_owned(),
        };
        self.xml.open("figure", &[("class", &class), ("id", &id)]);
        self.picture(figure, &details, span);
        self.figure_caption(figure);
        self.xml.close();
        if more {
            self.described |= figure.description.is_some();
            self.details(figure, data, &details);
        }
    }

    fn picture(&mut self, figure: &'a Figure, details: &str, span: Span) {
        let alt = match &figure.alt {
            Some(alt) => alt.value.clone(),
            None => plain_text(&figure.caption),
        };
        let (path, ready) = match &figure.content {
            FigureContent::Image { path, .. } => {
                (path, self.plan.parts.figures.pictures.contains_key(path))
            }
            FigureContent::Chart(chart) => {
                (&chart.path, self.plan.parts.charts.contains_key(&chart.path))
            }
            FigureContent::Media { path, url, .. } => {
                self.player(path, url.as_deref(), &alt, details, span);
                return;
            }
        };
        if !ready {
            self.missing(&format!("图“{path}”"), Some(span));
        }
        let src = self.source_of(path);
        let attributes =
            [("src", src.as_str()), ("alt", alt.as_str()), ("aria-details", details)];
        self.xml.empty("img", &attributes);
    }

    fn source_of(&self, path: &str) -> String {
        let file = self.plan.files.get(path).map(String::as_str).unwrap_or_default();
        format!("../{file}")
    }

    /// Writes a player, with words for readers that cannot play.
    fn player(
        &mut self,
        path: &str,
        url: Option<&str>,
        alt: &str,
        details: &str,
        span: Span,
    ) {
        let Some(kind) = media::film_or_sound(path) else {
            // `media::check` has reported it.
            self.xml.leaf("p", &[], alt);
            return;
        };
        if !self.plan.parts.figures.media.contains_key(path) {
            self.missing(&format!("影音文件“{path}”"), Some(span));
        }
        let src = self.source_of(path);
        let element = if kind.starts_with("video/") { "video" } else { "audio" };
        self.xml.open(
            element,
            &[
                ("controls", "controls"),
                ("src", src.as_str()),
                ("aria-label", alt),
                ("aria-details", details),
            ],
        );
        self.xml.open("p", &[]);
        self.xml.text(&format!("这台阅读器不能播放：{alt}"));
        if let Some(url) = url {
            self.xml.text("，可在网上观看：");
            self.xml.leaf("a", &[("href", url)], url);
        }
        self.xml.close();
        self.xml.close();
    }

    fn figure_caption(&mut self, figure: &'a Figure) {
        self.xml.open("figcaption", &[]);
        if !figure.number.is_empty() {
            let number = format!("图 {}", figure.number);
            self.xml.leaf("span", &[("class", "number")], &number);
            self.xml.text(" ");
        }
        self.inlines(&figure.caption);
        if !figure.credit.is_empty() || figure.licence.is_some() {
            self.xml.text(" ");
            self.xml.open("span", &[("class", "credit")]);
            if !figure.credit.is_empty() {
                self.xml.text("图源：");
                self.inlines(&figure.credit);
            }
            if let Some(licence) = &figure.licence {
                self.xml.text(if figure.credit.is_empty() {
                    "许可："
                } else {
                    "；许可："
                });
                self.runs(licence);
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn details(&mut self, figure: &'a Figure, data: Option<&Chart>, id: &str) {
        let name = if figure.number.is_empty() {
            "上图".to_owned()
        } else {
            format!("图 {}", figure.number)
        };
        self.xml.open("details", &[("class", "description"), ("id", id)]);
        let summary = match (&figure.description, data) {
            (Some(_), Some(_)) => " 的说明与数据",
            (None, Some(_)) => " 的数据",
            _ => " 的详细说明",
        };
        self.xml.leaf("summary", &[], &format!("{name}{summary}"));
        if let Some(description) = &figure.description {
            for paragraph in
                description.split('\n').filter(|line| !line.trim().is_empty())
            {
                self.xml.open("p", &[]);
                self.runs(paragraph.trim());
                self.xml.close();
            }
        }
        if let Some(chart) = data {
            let title = plain_text(&figure.caption);
            let unit = if chart.unit.is_empty() {
                String::new()
            } else {
                format!("（{}）", chart.unit)
            };
            self.chart_table(chart, &format!("{name} 的数据：{title}{unit}"));
        }
        self.xml.close();
    }

    /// Writes the numbers that a chart is drawn from.
    fn chart_table(&mut self, chart: &Chart, caption: &str) {
        self.xml.open("table", &[("class", "data")]);
        self.xml.leaf("caption", &[], caption);
        self.xml.open("thead", &[]);
        self.xml.open("tr", &[]);
        let first = if chart.x.name.is_empty() { "项目" } else { &chart.x.name };
        self.xml.leaf("th", &[("scope", "col")], first);
        for series in &chart.series {
            let name = if series.name.is_empty() { "数值" } else { &series.name };
            self.xml.leaf("th", &[("scope", "col"), ("class", "right")], name);
        }
        self.xml.close();
        self.xml.close();
        self.xml.open("tbody", &[]);
        for (row, cell) in chart.x.cells.iter().enumerate() {
            self.xml.open("tr", &[]);
            self.xml.leaf("th", &[("scope", "row")], cell);
            for series in &chart.series {
                let value = series.values.get(row).copied().flatten();
                let text = value.map_or_else(
                    || "–".to_owned(),
                    |value| format!("{value:.*}", chart.decimals).replace('-', "−"),
                );
                self.xml.leaf("td", &[("class", "right")], &text);
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
    }

    /// Writes a table; its caption stands above it.
    pub(super) fn table(&mut self, table: &'a Table, span: Span) {
        self.reach_offset(span.source, span.start);
        self.xml.open("table", &[("id", table.anchor.as_str())]);
        if !table.caption.is_empty() {
            self.xml.open("caption", &[]);
            if !table.number.is_empty() {
                let number = format!("表 {}", table.number);
                self.xml.leaf("span", &[("class", "number")], &number);
                self.xml.text(" ");
            }
            self.inlines(&table.caption);
            self.xml.close();
        }
        let classes = column_classes(table);
        if table.header.iter().any(|cell| !cell.text.is_empty()) {
            self.xml.open("thead", &[]);
            self.xml.open("tr", &[]);
            for (column, cell) in table.header.iter().enumerate() {
                self.cell(
                    cell,
                    if cell.text.is_empty() { "" } else { "col" },
                    classes.get(column),
                );
            }
            self.xml.close();
            self.xml.close();
        }
        self.xml.open("tbody", &[]);
        for row in &table.rows {
            self.xml.open("tr", &[]);
            for (column, cell) in row.iter().enumerate() {
                let heads = table.row_headers && column == 0 && !cell.text.is_empty();
                self.cell(cell, if heads { "row" } else { "" }, classes.get(column));
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
        if !table.credit.is_empty() {
            self.xml.open("p", &[("class", "credit")]);
            self.xml.text("资料来源：");
            self.inlines(&table.credit);
            self.xml.close();
        }
    }

    fn cell(&mut self, cell: &'a Cell, scope: &str, class: Option<&&str>) {
        let name = if scope.is_empty() { "td" } else { "th" };
        let class = class.copied().unwrap_or_default();
        self.xml.open(name, &[("scope", scope), ("class", class)]);
        self.inlines(&cell.text);
        self.xml.close();
    }
}

/// Whether a chart's numbers fit a table of rows and columns.
fn has_data(chart: &Chart) -> bool {
    !chart.x.cells.is_empty() && !chart.series.is_empty()
}

/// The width class of a figure: whole tens, so that the style sheet is finite.
fn rounded_width(width: f64) -> u8 {
    let tens = [10_u8, 20, 30, 40, 50, 60, 70, 80, 90];
    tens.into_iter()
        .find(|&ten| width < f64::from(ten) + 5.0)
        .unwrap_or(100)
}

/// The class of each column: as aligned by the author, or by its contents.
fn column_classes(table: &Table) -> Vec<&'static str> {
    let columns = table
        .rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or(0)
        .max(table.header.len());
    (0..columns)
        .map(|column| match table.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Left => "left",
            Alignment::Center => "center",
            Alignment::Right => "right",
            Alignment::Auto if column == 0 && table.row_headers => "left",
            Alignment::Auto => {
                let cells = table.rows.iter().filter_map(|row| row.get(column));
                let mut texts = cells.map(|cell| plain_text(&cell.text)).peekable();
                let any = texts.peek().is_some();
                if any && texts.all(|text| is_number(&text)) { "right" } else { "left" }
            }
        })
        .collect()
}

/// Whether a cell holds a number, or says that there is none.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let sign = |c: char| "0123456789.,+-−–—%～~± ".contains(c);
    text.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_round_to_tens() {
        assert_eq!(
            [4.0, 44.9, 45.0, 80.0, 99.0, 130.0].map(rounded_width),
            [10, 40, 50, 80, 100, 100]
        );
    }

    #[test]
    fn numbers_are_told_from_words() {
        assert!(is_number("−1.2 %") && is_number("—") && !is_number("约 3"));
    }
}
