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
            return Self { width, formula: "按 book.toml 写的 spine".to_owned() };
        }
        if !matches!(block.binding, Binding::Perfect | Binding::Sewn) {
            return Self { width: 0.0, formula: "这种装订没有书脊".to_owned() };
        }
        let (leaf, leaf_name) = caliper(&block.paper, USUAL_BLOCK);
        let (board, board_name) = caliper(&cover.paper, USUAL_COVER);
        let leaves = pages.div_ceil(2);
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
