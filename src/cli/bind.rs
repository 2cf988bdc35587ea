//! The EPUBs: what they share is drawn once, then each is bound.

use std::collections::BTreeMap;
use std::time::Instant;

use kepu::diag::Sink;
use kepu::edition::{Design, Edition, PageMap};
use kepu::epub;
use kepu::figure::{self, Lettering};
use kepu::typeset;

use super::geometry::Geometry;
use super::pipeline::Prepared;
use super::render::Rendered;

/// What comes out the same in every EPUB of a book. (Charts do not: they are
/// drawn in the edition's sizes.)
pub(super) struct Shared<'p> {
    /// Formulas have no size of their own in `MathML`.
    formulas: BTreeMap<(String, bool), String>,
    /// Drawings with outlines for lettering.
    drawings: BTreeMap<String, String>,
    lettering: Lettering<'p>,
    sink: Sink,
}

impl<'p> Shared<'p> {
    /// Draws what the EPUBs share, of which `edition` is one.
    pub(super) fn draw(prepared: &'p Prepared, edition: &Edition) -> Self {
        let Prepared { project, figures, resolved, .. } = prepared;
        let mut sink = Sink::new();
        let lettering = Lettering::new(&project.fonts, &edition.fonts);
        let (formulas, drawings) = rayon::join(
            || typeset::formulas(resolved, project, edition, &mut sink),
            || figure::outlined(figures, &lettering),
        );
        Self { formulas, drawings, lettering, sink }
    }
}

/// Binds an EPUB, with the pages of the paper edition that it names.
pub(super) fn bind<'p>(
    prepared: &Prepared,
    edition: &'p Edition,
    paper: Option<&Geometry<'p>>,
    shared: &Shared<'_>,
) -> Rendered<'p> {
    let started = Instant::now();
    let Prepared { project, figures, resolved, .. } = prepared;
    let mut sink = shared.sink.clone();
    let charts = typeset::charts(resolved, project, edition, &mut sink);
    let fonts = if edition.embed_fonts { faces(prepared, edition) } else { Vec::new() };
    let css = project.template("epub.css").unwrap_or_default();
    let theme = project.template("theme.toml").unwrap_or_default();
    let parts = epub::Parts {
        figures,
        drawings: &shared.drawings,
        lettering: &shared.lettering,
        charts: &charts,
        formulas: &shared.formulas,
        page_map: paper.map(|geometry| &geometry.pages),
        cover: paper.and_then(|geometry| geometry.picture.as_deref()),
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
        time: started.elapsed(),
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
