//! Charts as SVG, for editions without pages.
//!
//! All charts of a book are laid out in one compilation, each on a page of its
//! own that fits it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use typst_layout::PagedDocument;
use typst_svg::SvgOptions;

use super::escape::{array, string};
use super::markup::chart_call;
use crate::book::{BlockKind, Chart, FigureContent, visit_blocks};
use crate::edition::Edition;
use crate::resolve::Resolved;

/// The charts of a book, each once, in reading order.
pub(super) fn all(book: &Resolved) -> Vec<&Chart> {
    let mut seen = BTreeSet::new();
    let mut charts: Vec<&Chart> = Vec::new();
    for chapter in book.sections.iter().filter_map(|section| section.chapter()) {
        visit_blocks(&chapter.blocks, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind
                && let FigureContent::Chart(chart) = &figure.content
                && seen.insert(chart.path.as_str())
            {
                charts.push(chart);
            }
        });
    }
    charts
}

/// The share of the type area that a chart takes which is shown without pages.
/// On a phone, where pictures are as wide as the screen, its smallest words
/// come out larger: 12 px on a screen of 390.
const NARROW: f64 = 0.8;

/// The white around such a chart, as a share of the body size: strokes and the
/// tops of characters reach beyond their boxes.
const AROUND: f64 = 0.25;

/// The source that draws charts, one a page.
pub(super) fn source(charts: &[&Chart], edition: &Edition) -> String {
    let margins = edition.margins;
    let width = (edition.trim.width - margins.inner - margins.outer) * NARROW;
    let fonts = edition.fonts.hei.iter().chain(&edition.fonts.kai);
    let fonts = array(fonts.map(|family| string(family)));
    let size = edition.body_size;
    let around = size * AROUND;
    let mut out = format!(
        "#import \"/templates/chart.typ\": chart\n\
         #set page(width: {width}mm, height: auto, margin: {around}pt, fill: none)\n\
         #set text(font: {fonts}, size: {size}pt, lang: \"zh\", region: \"cn\")\n"
    );
    for (at, chart) in charts.iter().enumerate() {
        if at > 0 {
            out.push_str("#pagebreak()\n");
        }
        out.push_str(&chart_call(chart));
        out.push('\n');
    }
    out
}

/// The pages of a layout of [`source`] as pictures, by the charts' paths.
pub(super) fn pictures(
    charts: &[&Chart],
    document: &PagedDocument,
) -> BTreeMap<String, String> {
    charts
        .par_iter()
        .zip(document.pages())
        .map(|(chart, page)| {
            (chart.path.clone(), typst_svg::svg(page, &SvgOptions::default()))
        })
        .collect()
}
