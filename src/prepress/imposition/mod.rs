//! 拼版: pages of any PDF onto sheets that fold, cut or stack into a book.
//!
//! [`impose`] takes a file and a [`Request`]. [`scheme`] decides, by arithmetic
//! alone, which page lies where on which face; [`layout`] puts that on paper in
//! points; [`source`] turns pages into form `XObject`s and [`writer`] makes the
//! sheets. Pages are placed as they are, never rasterised or converted: a
//! PDF/X-4 stays one.

mod claims;
mod fitting;
mod fold;
mod layout;
mod lettering;
mod marks;
mod matrix;
mod paper;
mod press;
mod scheme;
mod source;
mod writer;

#[cfg(test)]
mod tests;

pub use fold::Fold;
pub use marks::Bar;
pub use paper::{names as sheet_names, parse as parse_sheet};
pub use scheme::{Blanks, BoundAt, Grid, Scheme, Sides};
pub use writer::Flip;

pub(super) use lettering::Lettering;

use crate::diag::rule::imposition as rule;
use crate::diag::{Diagnostic, Sink};
use crate::edition::TrimSize;

use super::open;

/// More leaves than this in one stitched booklet gape and tear, in pages.
const THICKEST_BOOKLET: usize = 64;

/// How a file is to be imposed. Lengths in mm.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How the sheets become a book.
    pub scheme: Scheme,
    /// Where blanks go that fill the last section.
    pub blanks: Blanks,
    /// The edge of a recto at which the book is bound.
    pub bound: BoundAt,
    /// The paper, either way round; none for what the pages and marks need.
    pub sheet: Option<TrimSize>,
    /// Pages are made smaller when they are too large for the paper.
    pub fit: bool,
    /// 出血; none for what the pages have.
    pub bleed: Option<f64>,
    /// Between pages that are cut apart; none for twice the bleed.
    pub gutter: Option<f64>,
    /// 铣背量: what is milled off the spine of each page; none for the bleed.
    pub mill: Option<f64>,
    /// Thickness of the paper, to compensate creep; 0 for none.
    pub caliper: f64,
    /// 叼口: kept free at the lower edge of the sheet.
    pub gripper: f64,
    /// Whether marks are drawn.
    pub marks: bool,
    /// 色标 with the marks; none for what the file says of its plates.
    pub bar: Option<Bar>,
    /// How a printer turns the sheets; none for over their left edge.
    pub flip: Option<Flip>,
    /// What the sheets call the file.
    pub name: String,
}

/// Sheets, and what is to be said about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Imposed {
    /// The PDF; a page a face.
    pub bytes: Vec<u8>,
    /// Pages of the input.
    pub pages: usize,
    /// Sheets of paper.
    pub sheets: usize,
    /// Pages of each section in order; empty when nothing is folded.
    pub sections: Vec<usize>,
    /// Pages of each booklet, where there are several.
    pub booklets: Vec<usize>,
    /// Blank pages that were added.
    pub blanks: usize,
    /// The paper in mm, as it lies.
    pub paper: TrimSize,
    /// The largest shift against creep, in mm.
    pub creep: f64,
    /// The smallest scale at which a page is placed; 1 unless pages were fitted.
    pub scale: f64,
    /// Pages that were turned by a quarter to stand like the others.
    pub turned: usize,
    /// How a printer must turn the paper; none for one-sided sheets.
    pub flip: Option<Flip>,
}

/// Imposes a file. `font` is a TrueType or OpenType file for the words on the
/// sheets' edges. What hinders goes to the sink; `None` when nothing was made.
pub fn impose(
    pdf: &[u8],
    request: &Request,
    font: Option<&[u8]>,
    sink: &mut Sink,
) -> Option<Imposed> {
    let document = match open::open(pdf) {
        // What restricts a file is respected, even where it can be read.
        Ok(document) if document.was_encrypted() => {
            sink.report(open::Refusal::Locked.diagnostic(&request.name));
            return None;
        }
        Ok(document) => document,
        Err(refusal) => {
            sink.report(refusal.diagnostic(&request.name));
            return None;
        }
    };
    let pages = match source::pages(&document) {
        Ok(pages) if pages.is_empty() => {
            sink.report(open::Refusal::NoPages.diagnostic(&request.name));
            return None;
        }
        Ok(pages) => pages,
        Err(bad) => {
            let message = format!("第 {} 页的尺寸或内容读不出来，不能拼版", list(&bad));
            sink.report(
                Diagnostic::global(&rule::UNPLACEABLE_PAGE, message)
                    .hint("用制作这个文件的软件重新导出；或先删去这些页"),
            );
            return None;
        }
    };
    if matches!(request.scheme, Scheme::Saddle(_)) && pages.len() > THICKEST_BOOKLET {
        let message =
            format!("骑马订一共 {} 页，超过了通常的 {THICKEST_BOOKLET} 页", pages.len());
        sink.report(
            Diagnostic::global(&rule::THICK_BOOKLET, message)
                .hint("分成几册：--booklet 48；或改用胶装：--scheme perfect"),
        );
    }
    press::run(document, &pages, request, font, pdf, sink)
}

/// A few numbers of a list, for a message.
fn list(numbers: &[usize]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<_> = numbers.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = if numbers.len() > SHOWN { " 等" } else { "" };
    shown.join("、") + more
}
