//! Figures and tables.

use super::media;
use super::page::Page;
use crate::book::{
    Alignment, Cell, Chart, ChartKind, Figure, FigureContent, Table, plain_text,
};
use crate::diag::Span;
use crate::edition::Design;

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
        let class = match (figure.width, chart) {
            (Some(width), None) => format!("plate width-{}", rounded_width(width)),
            (None, None) => "plate".to_owned(),
            // A chart's words would shrink with it.
            (_, Some(_)) => "plate chart".to_owned(),
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
                if !is_named(&plain_text(&figure.credit)) {
                    self.xml.text("图源：");
                }
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
            let caption = format!("{name} 的数据：{title}{unit}");
            match chart.kind {
                ChartKind::Timeline => self.event_table(chart, &caption),
                _ => self.chart_table(chart, &caption),
            }
        }
        self.xml.close();
    }

    /// Writes the events along a line of time.
    fn event_table(&mut self, chart: &Chart, caption: &str) {
        self.xml.open("table", &[("class", "chart-data")]);
        self.xml.leaf("caption", &[], caption);
        self.xml.open("thead", &[]);
        self.xml.open("tr", &[]);
        self.xml.leaf("th", &[("scope", "col")], "时间");
        self.xml.leaf("th", &[("scope", "col")], "事件");
        self.xml.close();
        self.xml.close();
        self.xml.open("tbody", &[]);
        for event in events(chart) {
            let text = |key: &str| event[key].as_str().unwrap_or_default();
            self.xml.open("tr", &[]);
            self.xml.leaf("th", &[("scope", "row")], text("date"));
            self.xml.leaf("td", &[], text("text"));
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
    }

    /// Writes the numbers that a chart is drawn from.
    fn chart_table(&mut self, chart: &Chart, caption: &str) {
        let named = |name: &'_ str, other: &str| {
            if name.is_empty() { other.to_owned() } else { name.to_owned() }
        };
        let heads: Vec<String> = std::iter::once(named(&chart.x.name, "项目"))
            .chain(chart.series.iter().map(|series| named(&series.name, "数值")))
            .collect();
        // Numbers are short: they stay beside each other.
        let roles = self.roles(heads.len(), false);
        self.xml.open("div", &[("class", "table")]);
        let class = format!("chart-data {}", roles.class());
        self.xml.open("table", &[("class", class.trim_end())]);
        self.xml.leaf("caption", &[], caption);
        self.xml.open("thead", &[]);
        self.xml.open("tr", &[]);
        for (column, head) in heads.iter().enumerate() {
            let class = if column > 0 { "right" } else { "" };
            let role = roles.get("columnheader");
            let attributes = [("scope", "col"), ("class", class), ("role", role)];
            self.xml.leaf("th", &attributes, head);
        }
        self.xml.close();
        self.xml.close();
        self.xml.open("tbody", &[]);
        for (row, cell) in chart.x.cells.iter().enumerate() {
            self.xml.open("tr", &[]);
            let attributes = [("scope", "row"), ("role", roles.get("rowheader"))];
            self.xml.leaf("th", &attributes, cell);
            for (series, head) in chart.series.iter().zip(&heads[1..]) {
                let value = series.values.get(row).copied().flatten();
                let text = value.map_or_else(
                    || "–".to_owned(),
                    |value| number(value, chart.decimals),
                );
                let attributes = [
                    ("class", "right"),
                    ("role", roles.get("cell")),
                    ("data-label", roles.get(head)),
                ];
                self.xml.leaf("td", &attributes, &text);
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    /// Writes a table; its caption stands above it.
    pub(super) fn table(&mut self, table: &'a Table, span: Span) {
        self.reach_offset(span.source, span.start);
        let widths = Widths::of(table);
        let classes = column_classes(table, &widths);
        let headed = table.header.iter().any(|cell| !cell.text.is_empty());
        let roles = self.roles(if headed { classes.len() } else { 0 }, widths.is_wide());
        self.xml.open("div", &[("class", "table")]);
        let attributes = [("id", table.anchor.as_str()), ("class", roles.class())];
        self.xml.open("table", &attributes);
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
        if headed {
            self.xml.open("thead", &[]);
            self.xml.open("tr", &[]);
            for (column, cell) in table.header.iter().enumerate() {
                let scope = if cell.text.is_empty() { "" } else { "col" };
                let class = classes.get(column).map_or("", String::as_str);
                self.cell(cell, scope, (class, ""), roles);
            }
            self.xml.close();
            self.xml.close();
        }
        self.xml.open("tbody", &[]);
        for row in &table.rows {
            self.xml.open("tr", &[]);
            for (column, cell) in row.iter().enumerate() {
                let heads = table.row_headers && column == 0 && !cell.text.is_empty();
                let head = table.header.get(column);
                let head = head.map(|cell| plain_text(&cell.text)).unwrap_or_default();
                let scope = if heads { "row" } else { "" };
                let class = classes.get(column).map_or("", String::as_str);
                self.cell(cell, scope, (class, &head), roles);
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
        self.xml.close();
        if !table.credit.is_empty() {
            self.xml.open("p", &[("class", "credit")]);
            if !is_named(&plain_text(&table.credit)) {
                self.xml.text("资料来源：");
            }
            self.inlines(&table.credit);
            self.xml.close();
        }
    }

    /// Writes a cell of a column, of which `look` knows class and heading.
    fn cell(&mut self, cell: &'a Cell, scope: &str, look: (&str, &str), roles: Roles) {
        let (name, role, label) = match scope {
            "" => ("td", "cell", look.1),
            "row" => ("th", "rowheader", ""),
            _ => ("th", "columnheader", ""),
        };
        let attributes = [
            ("scope", scope),
            ("class", look.0),
            ("role", roles.get(role)),
            ("data-label", roles.get(label)),
        ];
        self.xml.open(name, &attributes);
        self.inlines(&cell.text);
        self.xml.close();
    }

    /// On a narrow screen wide tables are shown record by record, and so are in
    /// large print all of three columns and more.
    fn roles(&self, columns: usize, wide: bool) -> Roles {
        let large = self.plan.edition.design == Design::LargePrint;
        Roles(columns > 2 && (large || wide))
    }
}

/// Whether a table may be shown record by record. Cells that stand one below
/// the other are none to browsers, so that each must name its role.
#[derive(Debug, Clone, Copy)]
struct Roles(bool);

impl Roles {
    fn class(self) -> &'static str {
        if self.0 { "records" } else { "" }
    }

    /// An attribute's value, if it is needed.
    fn get(self, value: &str) -> &str {
        if self.0 { value } else { "" }
    }
}

/// Whether a credit says by itself what it is: `数据：…`.
fn is_named(credit: &str) -> bool {
    const LONGEST: usize = 6;
    credit.chars().take(LONGEST).any(|c| c == '：')
}

/// Whether what a chart is drawn from fits a table of rows and columns.
fn has_data(chart: &Chart) -> bool {
    match chart.kind {
        ChartKind::Timeline => !events(chart).is_empty(),
        _ => !chart.x.cells.is_empty() && !chart.series.is_empty(),
    }
}

/// The events of a timeline.
fn events(chart: &Chart) -> &[serde_json::Value] {
    chart.options["events"].as_array().map_or(&[], Vec::as_slice)
}

/// The width class of a figure: whole tens, so that the style sheet is finite.
fn rounded_width(width: f64) -> u8 {
    let tens = [10_u8, 20, 30, 40, 50, 60, 70, 80, 90];
    tens.into_iter()
        .find(|&ten| width < f64::from(ten) + 5.0)
        .unwrap_or(100)
}

/// How wide the columns of a table would like to be, in ems.
struct Widths(Vec<f64>);

impl Widths {
    /// More than this does not stand side by side on a telephone.
    const WIDE: f64 = 26.0;
    /// A column of short words or of numbers: its cells are not broken.
    const SHORT: f64 = 7.6;
    /// What all unbroken columns may take together.
    const KEPT: f64 = 11.0;

    fn of(table: &Table) -> Self {
        let mut widths: Vec<f64> = Vec::new();
        let header = table.header.iter();
        for row in std::iter::once(header).chain(table.rows.iter().map(|row| row.iter()))
        {
            for (column, cell) in row.enumerate() {
                let width = extent(&plain_text(&cell.text));
                match widths.get_mut(column) {
                    Some(known) => *known = width.max(*known),
                    None => widths.push(width),
                }
            }
        }
        Self(widths)
    }

    fn is_wide(&self) -> bool {
        const COLUMNS: usize = 4;
        self.0.len() >= COLUMNS && self.0.iter().sum::<f64>() > Self::WIDE
    }

    /// Whether each column stays unbroken: the shortest first, as far as there
    /// is room.
    fn kept(&self) -> Vec<bool> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by(|&a, &b| self.0[a].total_cmp(&self.0[b]));
        let mut kept = vec![false; self.0.len()];
        let mut taken = 0.0;
        for column in order {
            taken += self.0[column];
            kept[column] = self.0[column] <= Self::SHORT && taken <= Self::KEPT;
        }
        kept
    }
}

/// The width of a text in ems: Latin letters and digits take about half.
fn extent(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}

/// The class of each column: as aligned by the author, or by its contents.
fn column_classes(table: &Table, widths: &Widths) -> Vec<String> {
    let aligned = (0..widths.0.len()).map(|column| alignment_class(table, column));
    aligned
        .zip(widths.kept())
        .map(
            |(class, kept)| if kept { format!("{class} keep") } else { class.to_owned() },
        )
        .collect()
}

fn alignment_class(table: &Table, column: usize) -> &'static str {
    match table.alignments.get(column).copied().unwrap_or_default() {
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
    }
}

/// A number as it is set: a true minus, and none before a zero.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().any(|c| c.is_ascii_digit() && c != '0') => {
            format!("−{digits}")
        }
        Some(zero) => zero.to_owned(),
        None => text,
    }
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
    fn nothing_is_below_zero_and_zero() {
        assert_eq!([number(-0.04, 1), number(-1.25, 1)], ["0.0", "−1.2"]);
    }

    #[test]
    fn numbers_are_told_from_words() {
        assert!(is_number("−1.2 %") && is_number("—") && !is_number("约 3"));
    }
}
