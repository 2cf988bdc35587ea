//! Figures as Typst calls.

use super::block::number;
use super::writer::Writer;
use crate::book::{Chart, Figure, FigureContent, plain_text};
use crate::typeset::escape::{array, json, number as decimal, string};
use crate::typeset::qr;

impl Writer<'_, '_> {
    /// A numbered figure.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let alt = figure.alt.as_ref().map(|alt| alt.value.trim());
        let alt = alt
            .filter(|alt| !alt.is_empty())
            .map_or_else(|| string(plain_text(&figure.caption).trim()), string);
        self.sheet.push(&format!(
            "#plate({}, number: {}, caption: ",
            string(figure.anchor.as_str()),
            number(&figure.number),
        ));
        self.content(&figure.caption);
        let description = string_or_none(figure.description.as_deref());
        self.sheet
            .push(&format!(", alt: {alt}, description: {description}, credit: "));
        self.content_or_none(&figure.credit);
        let licence = string_or_none(figure.licence.as_deref());
        let width = figure
            .width
            .map_or_else(|| "none".to_owned(), |width| format!("{}%", decimal(width)));
        self.sheet.push(&format!(", licence: {licence}, width: {width})["));
        let start = self.sheet.len();
        match &figure.content {
            FigureContent::Image { path, span } => {
                let path = string(&format!("/{path}"));
                self.sheet.push(&format!("#picture({path}, alt: {alt})"));
                self.sheet.record(start, *span, false, self.flow);
            }
            FigureContent::Chart(chart) => {
                self.sheet.push(&call(chart));
                self.sheet.record(start, chart.span, false, self.flow);
            }
            FigureContent::Media { path, span, url } => {
                let qr = url.as_deref().map(qr::path);
                self.sheet.push(&format!(
                    "#player({}, url: {}, qr: {})",
                    string(&format!("/{path}")),
                    string_or_none(url.as_deref()),
                    string_or_none(qr.as_deref()),
                ));
                self.sheet.record(start, *span, false, self.flow);
            }
        }
        self.sheet.push("]");
    }
}

/// The call that draws a chart.
pub(in crate::typeset) fn call(chart: &Chart) -> String {
    let cells = array(chart.x.cells.iter().map(|cell| string(cell)));
    let series = array(chart.series.iter().map(|series| {
        let values = series
            .values
            .iter()
            .map(|value| value.map_or_else(|| "none".to_owned(), decimal));
        format!("(name: {}, values: {})", string(&series.name), array(values))
    }));
    let options =
        if chart.options.is_null() { "(:)".to_owned() } else { json(&chart.options) };
    format!(
        "#chart(kind: {}, title: {}, unit: {}, decimals: {}, \
         x: (name: {}, cells: {cells}), series: {series}, options: {options})",
        string(chart.kind.name()),
        string(&chart.title),
        string(&chart.unit),
        chart.decimals,
        string(&chart.x.name),
    )
}

fn string_or_none(text: Option<&str>) -> String {
    text.filter(|text| !text.is_empty())
        .map_or_else(|| "none".to_owned(), string)
}
