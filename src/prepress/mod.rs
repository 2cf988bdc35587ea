//! PDF to print-ready PDF: knows PDF and paper, not books.
//!
//! [`finish`] takes a PDF as the typesetter left it and gives the printing house
//! a PDF/X-4 that is PDF/A-2b as well: every colour in the inks of the press,
//! black text in black ink alone, page boxes, output intent, metadata. Works on
//! any PDF; its only knowledge of the book is a [`PressSheet`].
//! [`imposition`] lays the pages of any PDF on sheets; [`Separations`] shows
//! what pages leave on each plate. PDFX4.md tells which clauses of ISO 15930-7
//! are met where.

mod blank;
mod color;
mod content;
#[cfg(test)]
mod difference;
mod icc;
mod image;
pub mod imposition;
pub mod letter;
mod open;
mod marks;
mod mesh;
mod page_box;
pub mod preflight;
mod pdfx;
mod reach;
mod separate;
mod separation;
mod shading;
#[cfg(test)]
mod tests;
pub mod ticket;
mod values;
mod xmp;

use lopdf::{Document, ObjectId, SaveOptions};

use crate::diag::rule::press as rule;
use crate::diag::{Diagnostic, Sink, rule::machine};
use crate::edition::{Bleed, ColorPolicy, InkLimit, Palette, SpotColor};
use color::{Inks, Press, Second};
use marks::Plating;
use separate::Findings;

pub use icc::{Profile, ProfileError};
pub use marks::SlugLine;
pub use separation::{Plates, Separations, Spot, worst_spots};

/// What the press needs to know about the pages.
#[derive(Clone)]
pub struct PressSheet<'a> {
    /// How far the print goes beyond the trim.
    pub bleed: Bleed,
    /// How colours leave the press.
    pub color: ColorPolicy,
    /// The printing condition.
    pub profile: &'a Profile,
    /// Its registered name: `FOGRA39`; empty when it has none.
    pub condition: &'a str,
    /// The second ink where `color` is [`ColorPolicy::MonoSpot`].
    pub spot: Option<SpotColor>,
    /// The named colours.
    pub palette: &'a Palette,
    /// The largest sum of inks.
    pub ink_limit: InkLimit,
    /// Marks around the pages, if there are to be any.
    pub marks: Option<SlugLine<'a>>,
    /// Blank pages at the end make the number of pages a multiple of this.
    pub page_multiple: usize,
    /// What the file says about itself.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The day that it is dated: year, month, day.
    pub date: (i32, u8, u8),
    /// What made it.
    pub creator: &'static str,
}

/// A file for the press.
#[derive(Debug)]
pub struct Finished {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many blank pages were added at its end.
    pub blanks: usize,
}

/// Makes a PDF/X-4 (ISO 15930-7:2010) that is PDF/A-2b (ISO 19005-2) as well;
/// with [`ColorPolicy::Rgb`], a plain PDF with page boxes.
///
/// `None` when `sink` has learnt why the press would not take it.
pub fn finish(pdf: &[u8], sheet: &PressSheet<'_>, sink: &mut Sink) -> Option<Finished> {
    let failed = |error: lopdf::Error| {
        let message = format!("PDF 无法做印前加工：{error}");
        Diagnostic::global(&machine::PREPRESS_FAILED, message)
    };
    let mut document = match Document::load_mem(pdf) {
        Ok(document) => document,
        Err(error) => {
            sink.report(failed(error));
            return None;
        }
    };
    let mut pages: Vec<ObjectId> = document.page_iter().collect();
    let made = rayon::join(
        || pdfx::intent_profile(sheet),
        || colored(&mut document, &pages, sheet, sink),
    );
    let (profile, plating) = made;
    let plating = plating?;
    let mut bytes = Vec::with_capacity(pdf.len() + (1 << 20));
    let written = || {
        let blanks = blank::fill(&mut document, &mut pages, sheet.page_multiple)?;
        page_box::set(&mut document, &pages, sheet.bleed)?;
        if let Some(slug) = &sheet.marks {
            marks::set(&mut document, &pages, slug, plating)?;
        }
        if sheet.color != ColorPolicy::Rgb {
            pdfx::claim(&mut document, &pages, sheet, profile, pdf)?;
        }
        document.prune_objects();
        let options =
            SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
        document.save_with_options(&mut bytes, options.build())?;
        Ok(blanks)
    };
    match written() {
        Ok(blanks) => Some(Finished { bytes, blanks }),
        Err(error) => {
            sink.report(failed(error));
            None
        }
    }
}

/// Separates the pages' colours and tells what the press would complain of;
/// which plates there are, unless it would.
fn colored(
    document: &mut Document,
    pages: &[ObjectId],
    sheet: &PressSheet<'_>,
    sink: &mut Sink,
) -> Option<Plating> {
    if sheet.color == ColorPolicy::Rgb {
        return Some(Plating::Process);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a percentage fits")]
    let limit = (sheet.ink_limit.0 / 100.0) as f32;
    let press = match (&sheet.spot, sheet.color) {
        (Some(spot), ColorPolicy::MonoSpot) => Press::Two(Second::add(document, spot)),
        (None, ColorPolicy::MonoSpot) | (_, ColorPolicy::Gray) => Press::Black,
        _ => Press::Process,
    };
    let inks = Inks::new(sheet.profile, sheet.palette, press, limit);
    let found = separate::separate(document, pages, &inks);
    if found.unknown > 0 {
        let message = format!("PDF 里有 {} 处颜色不能分成四色", found.unknown);
        let found = Diagnostic::global(&machine::PREPRESS_FAILED, message);
        let hint = "把最近加入的图另存一次：照片存为 PNG 或 JPEG，图形存为普通的 SVG";
        sink.report(found.hint(hint));
        return None;
    }
    let plating = match inks.second() {
        Some(space) => Plating::Two(space),
        None if inks.is_reduced() => Plating::Black,
        None => Plating::Process,
    };
    within_limit(document, &found, limit, sink).then_some(plating)
}

/// Measures the pages that have an object with more ink than the limit.
fn within_limit(
    document: &Document,
    found: &Findings,
    limit: f32,
    sink: &mut Sink,
) -> bool {
    /// Enough to see a square millimetre.
    const DPI: u32 = 50;
    const LIKE_NOTHING: f32 = 0.01;
    let suspicious = |ink: f32| ink.max(found.shared_ink) > limit + LIKE_NOTHING;
    let pages = found.page_ink.iter().enumerate();
    let pages: Vec<usize> = pages
        .filter(|(_, ink)| suspicious(**ink))
        .map(|(page, _)| page)
        .collect();
    if pages.is_empty() {
        return true;
    }
    let Some(separations) = Separations::of(document, &pages) else { return true };
    let mut is_within = true;
    for (place, page) in pages.iter().enumerate() {
        let Some(plates) = separations.plates(place, DPI) else { continue };
        let spots = worst_spots(&plates, f64::from(limit) * 100.0);
        let Some(worst) = spots.first() else { continue };
        is_within = false;
        let message = format!(
            "第 {} 页最浓的地方有 {:.0} % 的墨，超过 {:.0} %",
            page + 1,
            worst.total,
            limit * 100.0
        );
        let listed: Vec<String> = spots
            .iter()
            .take(3)
            .map(|spot| {
                format!(
                    "距左 {:.0}、距下 {:.0}（{:.0} %）",
                    mm(spot.x),
                    mm(spot.y),
                    spot.total
                )
            })
            .collect();
        let found = Diagnostic::global(&rule::TOO_MUCH_INK, message)
            .hint("减小 templates/theme.toml 里这种颜色的 press")
            .hint(format!("位置（毫米，从纸边量起）：{}", listed.join("；")));
        sink.report(found);
    }
    is_within
}

fn mm(points: f64) -> f64 {
    points * 25.4 / 72.0
}
