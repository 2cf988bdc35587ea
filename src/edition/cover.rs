//! 封面: one sheet around the block, and how wide its spine is.
//!
//! Spine = leaves × caliper of a leaf + 2 × caliper of the cover + glue. Two
//! pages are a leaf. Saddle-stitched, spiral-bound and loose books have none.

use super::{Binding, Edition, Paper};

/// What an edition that is a cover adds to an [`Edition`].
#[derive(Debug, Clone, PartialEq)]
pub struct CoverSheet {
    /// The edition that it is bound around.
    pub of: String,
    /// 勒口: width of each flap in mm; 0 for none.
    pub flaps: f64,
    /// 书脊 in mm as the printing house gave it; then nothing is reckoned.
    pub spine: Option<f64>,
    /// Thickness of the glue and of what the folds take, in mm.
    pub glue: f64,
}

/// 书脊: its width and where that comes from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spine {
    /// In mm, to a tenth; 0 where there is no spine.
    pub width: f64,
    /// How it was reckoned, in Chinese.
    pub formula: String,
}

/// What is reckoned with where the block's paper is not known.
const USUAL_BLOCK: &str = "80克双胶纸";
/// What is reckoned with where the cover's paper is not known.
const USUAL_COVER: &str = "250克铜版纸";

impl CoverSheet {
    /// The allowance for glue, in mm, where nothing is said.
    pub const USUAL_GLUE: f64 = 0.3;
    /// The paper of a cover, where nothing is said.
    pub const USUAL_PAPER: &'static str = USUAL_COVER;
}

impl Spine {
    /// The narrowest spine that carries a title, in mm (GB/T 11668—1989).
    pub const NARROWEST_LETTERED: f64 = 5.0;

    /// The spine of a block of so many pages in this cover.
    pub fn around(pages: usize, block: &Edition, cover: &Edition) -> Self {
        let Some(sheet) = &cover.cover else { return Self::default() };
        if let Some(width) = sheet.spine {
            return Self {
                width,
                formula: "按 book.toml 写的 spine".to_owned(),
            };
        }
        if !matches!(block.binding, Binding::Perfect | Binding::Sewn) {
            return Self {
                width: 0.0, formula: "这种装订没有书脊".to_owned()
            };
        }
        let (leaf, leaf_name) = caliper(&block.paper, USUAL_BLOCK);
        let (board, board_name) = caliper(&cover.paper, USUAL_COVER);
        let leaves = pages.next_multiple_of(block.page_multiple()).div_ceil(2);
        #[expect(clippy::cast_precision_loss, reason = "no book has 2^53 leaves")]
        let width = leaves as f64 * leaf + 2.0 * board + sheet.glue;
        let formula = format!(
            "{leaves} 张 × {leaf:.3}（{leaf_name}）+ 2 × {board:.3}（{board_name}）\
             + 胶层 {:.1}",
            sheet.glue
        );
        Self { width: (width * 10.0).round() / 10.0, formula }
    }

    /// Whether the title stands on it.
    pub fn is_lettered(&self) -> bool {
        self.width >= Self::NARROWEST_LETTERED
    }
}

/// The caliper of a paper and its name; of the usual one when it is unknown.
fn caliper(paper: &Paper, usual: &str) -> (f64, String) {
    match paper.caliper() {
        Some(caliper) if paper.name.is_empty() => (caliper, "每张".to_owned()),
        Some(caliper) => (caliper, paper.name.clone()),
        None => {
            let usual = Paper::named(usual);
            (usual.caliper().unwrap_or(0.1), format!("按{}估计", usual.name))
        }
    }
}

impl Edition {
    /// The sheet before folding, without its bleed, in mm: both flaps, both
    /// panels and the spine for a cover, the page for everything else.
    pub fn sheet(&self, spine: &Spine) -> (f64, f64) {
        let width = self.trim.width;
        let width = match &self.cover {
            Some(cover) => 2.0 * (width + cover.flaps) + spine.width,
            None => width,
        };
        (width, self.trim.height)
    }

    /// Where a cover is folded, in mm from the left edge of the cut sheet.
    pub fn folds(&self, spine: &Spine) -> Vec<f64> {
        let Some(cover) = &self.cover else { return Vec::new() };
        let (sheet, _) = self.sheet(spine);
        let left = cover.flaps + self.trim.width;
        let mut folds = vec![cover.flaps, left, sheet - left, sheet - cover.flaps];
        folds.retain(|at| *at > 0.0 && *at < sheet);
        folds.dedup_by(|a, b| (*a - *b).abs() < 0.05);
        folds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{
        Bleed, ColorPolicy, Design, FontRoles, Format, Margins, Press, TrimSize,
    };

    fn block(paper: &str, binding: Binding) -> Edition {
        Edition {
            name: "print".to_owned(),
            format: Format::PrintPdf,
            design: Design::Standard,
            audience: None,
            trim: TrimSize::new(148.0, 210.0),
            bleed: Bleed(3.0),
            margins: Margins { inner: 20.0, outer: 18.0, head: 20.0, foot: 22.0 },
            body_size: 10.5,
            leading: 17.5,
            fonts: FontRoles::default(),
            color: ColorPolicy::Cmyk,
            press: Press::default(),
            binding,
            paper: Paper::named(paper),
            cover: None,
            embed_fonts: false,
            page_list_of: None,
            rules: None,
            on_request: false,
        }
    }

    fn cover(flaps: f64, spine: Option<f64>) -> Edition {
        let sheet = CoverSheet { of: "print".to_owned(), flaps, spine, glue: 0.3 };
        Edition {
            cover: Some(sheet),
            ..block("250克铜版纸", Binding::Perfect)
        }
    }

    #[test]
    fn a_spine_follows_from_pages_and_papers() {
        let around = |pages, paper| {
            let block = block(paper, Binding::Perfect);
            Spine::around(pages, &block, &cover(0.0, None)).width
        };
        // 150 × 0.1 + 2 × 0.2125 + 0.3 = 15.725.
        assert!((around(300, "80克双胶纸") - 15.7).abs() < 1e-9);
        assert!((around(299, "80克双胶纸") - 15.7).abs() < 1e-9);
        // 48 × 0.1225 + 0.725 = 6.605.
        assert!((around(96, "70克轻型纸") - 6.6).abs() < 1e-9);
        assert!((around(300, "") - 15.7).abs() < 1e-9, "the usual paper stands in");
    }

    #[test]
    fn what_the_printing_house_measured_holds() {
        let block = block("80克双胶纸", Binding::Perfect);
        let spine = Spine::around(300, &block, &cover(0.0, Some(17.2)));
        assert!((spine.width - 17.2).abs() < 1e-9);
    }

    #[test]
    fn stitched_books_have_no_spine() {
        for binding in [Binding::SaddleStitch, Binding::Spiral, Binding::None] {
            let block = block("80克双胶纸", binding);
            let spine = Spine::around(48, &block, &cover(0.0, None));
            assert!(spine.width.abs() < 1e-9 && !spine.is_lettered());
        }
    }

    #[test]
    fn a_sheet_is_folded_beside_its_spine() {
        let spine = Spine { width: 12.0, formula: String::new() };
        let none = Spine::default();
        assert_eq!(cover(0.0, None).folds(&spine), [148.0, 160.0]);
        assert_eq!(cover(0.0, None).folds(&none), [148.0]);
        assert_eq!(cover(80.0, None).folds(&spine), [80.0, 228.0, 240.0, 388.0]);
        assert_eq!(cover(80.0, None).sheet(&spine), (468.0, 210.0));
    }
}
