//! PDF to print-ready PDF: knows PDF and paper, not books.
//!
//! [`finish`] takes a PDF as the typesetter left it and gives it what a press
//! needs. Works on any PDF; its only knowledge of the book is a [`PressSheet`].
//! [`imposition`] lays the pages of any PDF on sheets.

pub mod imposition;
pub mod letter;
mod open;
mod page_box;
pub mod ticket;

use crate::diag::{Diagnostic, Sink, rule};
use crate::edition::Bleed;

/// What the press needs to know about the pages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PressSheet {
    /// How far the print goes beyond the trim.
    pub bleed: Bleed,
}

/// Gives each page its boxes (ISO 15930-7, 6.13): the media box is the bleed
/// box, and the trim box lies inside it by the bleed.
pub fn finish(pdf: &[u8], sheet: &PressSheet, sink: &mut Sink) -> Option<Vec<u8>> {
    match page_box::set(pdf, sheet.bleed) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let message = format!("PDF 无法做印前加工：{error}");
            sink.report(Diagnostic::global(&rule::machine::PREPRESS_FAILED, message));
            None
        }
    }
}
