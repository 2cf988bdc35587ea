//! Figures and their data.

use std::fmt::Write;

use super::media;
use super::page::Page;
use crate::book::{Chart, ChartKind, Figure, FigureContent, Series, plain_text};
use crate::diag::Span;
use crate::figure::PictureFormat;

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
        let class = self.plate_class(figure);
        self.xml.open("figure", &[("class", &class), ("id", &id)]);
        self.picture(figure, &details, span);
        self.figure_caption(figure);
        self.xml.close();
        if more {
            self.facts.described |= figure.description.is_some();
            self.details(figure, data, &details);
        }
    }

    /// How wide a figure stands: a chart's words would shrink with it, and a
    /// drawing has no size of its own.
    fn plate_class(&self, figure: &Figure) -> String {
        let mut class = "plate".to_owned();
        match &figure.content {
            FigureContent::Chart(_) => return "plate chart".to_owned(),
            FigureContent::Image { path, .. } => {
                let picture = self.plan.parts.figures.pictures.get(path);
                if picture.is_some_and(|p| p.format == PictureFormat::Svg) {
                    class.push_str(" drawing");
                }
            }
            FigureContent::Media { .. } => {}
        }
        if let Some(width) = figure.width {
            // Writing to a `String` cannot fail.
            let _ = write!(class, " width-{}", rounded_width(width));
        }
        class
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
                let film = media::is_film(path);
                self.facts.unspoken |= film || figure.description.is_none();
                self.player(path, url.as_deref(), &alt, details, span);
                return;
            }
        };
        self.facts.pictured = true;
        self.facts.unspoken |= figure.alt.is_none();
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
        if media::film_or_sound(path).is_none() {
            // `media::check` has reported it.
            self.xml.leaf("p", &[], alt);
            return;
        }
        if !self.plan.parts.figures.media.contains_key(path) {
            self.missing(&format!("影音文件“{path}”"), Some(span));
        }
        let src = self.source_of(path);
        let element = if media::is_film(path) { "video" } else { "audio" };
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
            let caption = format!("{name} 的数据{}", unit(chart));
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
        let series = chart.series.iter().map(|series| {
            let name = named(&series.name, "数值");
            if is_two_scaled(chart) {
                name + &bracketed(scale(chart, series).0)
            } else {
                name
            }
        });
        let heads: Vec<String> =
            std::iter::once(named(&chart.x.name, "项目")).chain(series).collect();
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
                    |value| number(value, scale(chart, series).1),
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
}

/// Whether a credit says by itself what it is: `数据：…`.
pub(super) fn is_named(credit: &str) -> bool {
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

/// Whether a chart has a second scale: bars of one unit, lines of another.
fn is_two_scaled(chart: &Chart) -> bool {
    chart.kind == ChartKind::Combo
}

/// The unit of a series, and its decimals.
fn scale<'c>(chart: &'c Chart, series: &Series) -> (&'c str, usize) {
    let lines = chart.options["lines"].as_array().map_or(&[][..], Vec::as_slice);
    let on_line = lines.iter().any(|name| name.as_str() == Some(series.name.as_str()));
    if !is_two_scaled(chart) || !on_line {
        return (&chart.unit, chart.decimals);
    }
    let unit = chart.options["line-unit"].as_str().unwrap_or_default();
    let decimals = chart.options["line-decimals"].as_u64();
    let decimals = decimals.and_then(|count| usize::try_from(count).ok());
    (unit, decimals.unwrap_or(chart.decimals))
}

/// The unit that all values of a chart share, as a caption's tail.
fn unit(chart: &Chart) -> String {
    if is_two_scaled(chart) { String::new() } else { bracketed(&chart.unit) }
}

/// A unit in brackets; one that has brackets of its own follows a comma.
fn bracketed(unit: &str) -> String {
    match unit {
        "" => String::new(),
        unit if unit.contains('（') => format!("，单位：{unit}"),
        unit => format!("（{unit}）"),
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
    fn units_stand_once() {
        assert_eq!(
            ["", "%", "℃（与常年比）"].map(bracketed),
            ["", "（%）", "，单位：℃（与常年比）"]
        );
    }

    #[test]
    fn nothing_is_below_zero_and_zero() {
        assert_eq!([number(-0.04, 1), number(-1.25, 1)], ["0.0", "−1.2"]);
    }
}
