//! Measures laid-out pages: sizes, lines, contrast, margins; holds them
//! against the edition's rule set and reports each breach in the manuscript.
//!
//! [`run`] reads the frames of a page once, [`role`] names what it finds; [`line`] puts lines together;
//! [`ground`] and [`sample`] know what lies behind the text; [`picture`] reads
//! the lettering of SVG pictures. [`tally`] gathers the measures, [`judge`]
//! and [`whole`] compare them, [`report`] finds the place in the manuscript.
//!
//! What is not measured: lettering inside bitmaps (counted only), contrast of
//! lines and areas in figures, and text over text.

mod ground;
mod judge;
mod line;
mod picture;
mod report;
mod role;
mod run;
mod sample;
mod tally;
#[cfg(test)]
mod tests;
mod whole;

use rayon::prelude::*;
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use super::origin::Origin;
use crate::diag::Sink;
use crate::edition::{Edition, Measured, PageMap, RuleSet};
use judge::{Breach, Sheet};
use run::Form;
use tally::Tally;

/// What one page came to.
struct Examined {
    tally: Tally,
    breaches: Vec<Breach>,
}

/// Measures the pages of an edition and reports what misses its rule set.
/// `standard` is the page map that the edition marks in its margin.
pub(super) fn measure(
    document: &PagedDocument,
    origin: &Origin<'_>,
    edition: &Edition,
    standard: Option<&PageMap>,
    sink: &mut Sink,
) -> Measured {
    let pages = document.pages();
    let form = Form { edition, body_size: run::body_size(pages, edition) };
    let set = edition.rules.as_ref().map(|claim| &claim.set);
    let cover = page_of(document, "cover");
    let examined: Vec<Examined> = pages
        .par_iter()
        .enumerate()
        .map(|(at, page)| examine(page, at + 1, cover == Some(at + 1), &form, set))
        .collect();
    let mut tally = Tally::default();
    let mut breaches = Vec::new();
    for page in examined {
        tally.append(page.tally);
        breaches.extend(page.breaches);
    }
    if let Some(set) = set {
        let whole = whole::Whole {
            edition,
            pages: pages.len(),
            tally: &tally,
            standard,
        };
        breaches.extend(whole.breaches(set));
    }
    let kinds = report::kinds(breaches);
    let mut measured = tally.measured();
    measured.breaches = kinds.len();
    if let Some(claim) = &edition.rules {
        measured.rules = claim.set.name();
        measured.claimed = claim.claimed;
        report::report(&kinds, claim, document, origin, sink);
    }
    measured
}

fn examine(
    page: &Page,
    number: usize,
    cover: bool,
    form: &Form<'_>,
    set: Option<&RuleSet>,
) -> Examined {
    let run::Found { mut runs, bitmaps } = run::read(page, number, form);
    let lines = line::lines(&mut runs);
    let pitches = line::pitches(&lines);
    let contrasts = sample::contrasts(page, &runs);
    let size = page.frame.size();
    let sheet = Sheet {
        number,
        size: (size.x.to_pt(), size.y.to_pt()),
        cover,
        kai: &form.edition.fonts.kai,
        runs: &runs,
        contrasts: &contrasts,
        lines: &lines,
        pitches: &pitches,
    };
    let mut tally = Tally::default();
    tally.bitmaps = bitmaps;
    tally.add(&sheet);
    let breaches = set.map(|set| judge::page(&sheet, set)).unwrap_or_default();
    Examined { tally, breaches }
}

/// The page of an anchor, from 1.
fn page_of(document: &PagedDocument, anchor: &str) -> Option<usize> {
    let label = typst::foundations::Label::new(PicoStr::intern(anchor))?;
    let introspector = document.introspector();
    let location = introspector.query_label(label).ok()?.location()?;
    introspector.page(location).map(std::num::NonZeroUsize::get)
}
