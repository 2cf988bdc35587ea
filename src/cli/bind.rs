//! The EPUBs: what no page decides is drawn while pages are laid out, then each
//! is bound.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kepu::diag::Sink;
use kepu::edition::{Design, Edition, PageMap};
use kepu::epub;
use kepu::figure::{self, Lettering};
use kepu::typeset;

use super::pipeline::Prepared;
use super::render::Rendered;

/// What EPUBs show that no page decides: it can be drawn beside the layouts.
pub(super) struct Artwork<'p> {
    /// Formulas have no size of their own in `MathML`.
    formulas: BTreeMap<(String, bool), String>,
    /// Drawings with outlines for lettering.
    drawings: BTreeMap<String, String>,
    lettering: Lettering<'p>,
    /// Charts are drawn in the edition's sizes; by its name.
    charts: BTreeMap<&'p str, Charts>,
    sink: Sink,
}

/// The charts of one EPUB as SVG, by the paths of their TOML files.
struct Charts {
    pictures: BTreeMap<String, String>,
    time: Duration,
    sink: Sink,
}

impl<'p> Artwork<'p> {
    /// Draws for these EPUBs; `None` when there are none.
    pub(super) fn draw(prepared: &'p Prepared, epubs: &[&'p Edition]) -> Option<Self> {
        let edition = epubs.first()?;
        let Prepared { project, figures, resolved, .. } = prepared;
        let mut sink = Sink::new();
        let lettering = Lettering::new(&project.fonts, &edition.fonts);
        let formulas = typeset::formulas(resolved, project, edition, &mut sink);
        let drawings = figure::outlined(figures, &lettering);
        let charts = epubs.iter().map(|edition| {
            let started = Instant::now();
            let mut sink = Sink::new();
            let pictures = typeset::charts(resolved, project, edition, &mut sink);
            let time = started.elapsed();
            (edition.name.as_str(), Charts { pictures, time, sink })
        });
        let charts = charts.collect();
        Some(Self { formulas, drawings, lettering, charts, sink })
    }
}

/// The paper edition whose pages an EPUB lists.
#[derive(Clone, Copy)]
pub(super) struct Paper<'a> {
    pub(super) pages: &'a PageMap,
    /// Its cover as a picture.
    pub(super) cover: Option<&'a [u8]>,
}

/// Binds an EPUB, with the pages of the paper edition that it names.
pub(super) fn bind<'p>(
    prepared: &Prepared,
    edition: &'p Edition,
    paper: Option<Paper<'_>>,
    artwork: &Artwork<'_>,
) -> Rendered<'p> {
    let started = Instant::now();
    let Prepared { project, figures, .. } = prepared;
    let mut sink = artwork.sink.clone();
    let charts = artwork.charts.get(edition.name.as_str());
    if let Some(charts) = charts {
        sink.append(charts.sink.clone());
    }
    let none = BTreeMap::new();
    let fonts = if edition.embed_fonts { faces(prepared, edition) } else { Vec::new() };
    let css = project.template("epub.css").unwrap_or_default();
    let theme = project.template("theme.toml").unwrap_or_default();
    let parts = epub::Parts {
        figures,
        drawings: &artwork.drawings,
        lettering: &artwork.lettering,
        charts: charts.map_or(&none, |charts| &charts.pictures),
        formulas: &artwork.formulas,
        page_map: paper.map(|paper| paper.pages),
        cover: paper.and_then(|paper| paper.cover),
        css: &css,
        theme: &theme,
        fonts: &fonts,
        version: env!("CARGO_PKG_VERSION"),
    };
    // Whatever could not be drawn has been said; binding would say it again.
    let bytes = if sink.has_errors() {
        None
    } else {
        epub::bind(&prepared.book(edition), &parts, edition, &mut sink)
    };
    Rendered {
        edition,
        bytes,
        pages: PageMap::default(),
        measured: None,
        fonts: fonts.into_iter().map(|face| face.family).collect(),
        spine: None,
        time: charts.map_or(Duration::ZERO, |charts| charts.time) + started.elapsed(),
        sink,
    }
}

/// The faces that an EPUB embeds: headings, captions and stories; running text
/// stays in the reader's own face.
fn faces(prepared: &Prepared, edition: &Edition) -> Vec<epub::FontFace> {
    let fonts = &prepared.project.fonts;
    let wanted =
        [(&edition.fonts.hei, 400), (&edition.fonts.hei, 700), (&edition.fonts.kai, 400)];
    // Large print is set in one face.
    let is_shown = |families: &[String]| {
        edition.design == Design::Standard || families == edition.fonts.hei
    };
    wanted
        .into_iter()
        .filter(|(families, _)| is_shown(families))
        .filter_map(|(families, weight)| {
            families
                .iter()
                .find_map(|family| fonts.nearest_face(family, weight, false))
        })
        .map(|face| epub::FontFace {
            family: face.family.clone(),
            weight: face.weight,
            bytes: face.bytes.clone(),
            index: face.index,
        })
        .collect()
}
