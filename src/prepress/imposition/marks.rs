//! Marks around the block: 裁切线、折线、套准标记、色标、折标 and a line of text.
//!
//! They stand outside the bleed; where the paper is too small for a mark, it is
//! left out rather than cut in two.

use std::fmt::Write;

use super::layout::{Area, Laid, Measures, Seam};
use super::lettering::Lettering;
use super::paper::PT;
use crate::prepress::marks::{BLACK_PATCHES, PATCHES};

/// From the bleed to a mark.
const GAP: f64 = 1.0 * PT;

/// Length of a crop or fold mark.
const LENGTH: f64 = 5.0 * PT;

/// Shorter marks are of no use.
const SHORTEST: f64 = 2.0 * PT;

/// Half the width of a registration mark.
const TARGET: f64 = 2.5 * PT;

/// What marks need around the bleed of the block, in points.
pub(super) const ROOM: f64 = GAP + LENGTH + 1.0 * PT;

/// 色标: patches by which a printer sees that each ink is as strong as it should
/// be, and that the plates are in register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bar {
    /// Of the four process inks.
    Process,
    /// Of black; the other marks are black as well.
    Black,
    /// None.
    None,
}

impl Bar {
    /// The operators that choose the colour of each patch.
    fn patches(self) -> &'static [&'static str] {
        match self {
            Self::Process => &PATCHES,
            Self::Black => &BLACK_PATCHES,
            Self::None => &[],
        }
    }
}

/// Which marks a face gets.
pub(super) struct Marks<'a> {
    /// Operators that choose the colour of lines: all plates, or black.
    pub(super) line_color: &'a str,
    pub(super) bar: Bar,
    /// Whether seams are folded, and not only cut.
    pub(super) folded: bool,
    /// The place of the section in the book, from 0, if the spine shows it.
    pub(super) section: Option<usize>,
    /// What stands below the block.
    pub(super) label: &'a str,
    pub(super) lettering: &'a Lettering<'a>,
}

/// A number as PDF operators have it.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Marks<'_> {
    /// The operators for a face.
    pub(super) fn draw(&self, laid: &Laid, measures: &Measures) -> String {
        let mut pen = Pen {
            ops: format!("q {} 0.25 w\n", self.line_color),
            frame: laid.block.grown(measures.bleed + GAP),
            paper: measures.paper,
        };
        let (cuts_x, cuts_y) = (self.cuts_across(laid), cuts_up(laid));
        for x in cuts_x {
            pen.vertical(x);
        }
        for y in cuts_y {
            pen.horizontal(y);
        }
        if self.folded {
            pen.ops.push_str("[2 2] 0 d\n");
            for (_, x) in &laid.columns {
                pen.vertical(*x);
            }
            for y in &laid.rows {
                pen.horizontal(*y);
            }
            pen.ops.push_str("[] 0 d\n");
        }
        pen.targets();
        pen.ops.push_str("Q\n");
        pen.ops.push_str(&self.label(&pen, laid));
        pen.ops.push_str(&self.bar(&pen, laid));
        if let Some(section) = self.section {
            pen.ops.push_str(&step(laid, measures, section));
        }
        pen.ops
    }

    /// Where the knife goes upwards. The spine of a folded section is not cut.
    fn cuts_across(&self, laid: &Laid) -> Vec<f64> {
        let spine = |at: f64| {
            let mut spines = laid.columns.iter().filter(|(seam, _)| *seam == Seam::Spine);
            spines.any(|(_, x)| (x - at).abs() <= SPINE_ZONE)
        };
        let edges =
            laid.slots.iter().flat_map(|slot| [slot.trim.left, slot.trim.right()]);
        distinct(edges.filter(|x| !(self.folded && spine(*x))))
    }

    /// The patches above the first page, as many as there is room for.
    fn bar(&self, pen: &Pen, laid: &Laid) -> String {
        const SIDE: f64 = 4.0 * PT;
        let mut ops = String::new();
        let Some(first) = laid.slots.first() else { return ops };
        let bottom = pen.frame.top() + 0.5 * PT;
        if bottom + SIDE > pen.paper.1 {
            return ops;
        }
        let mut left = first.trim.left + 3.0 * PT;
        for patch in self.bar.patches() {
            if left + SIDE > first.trim.right() - 3.0 * PT {
                break;
            }
            let place = [left, bottom, SIDE, SIDE].map(number).join(" ");
            // Writing to a string cannot fail.
            let _ = writeln!(ops, "q {patch} {place} re f Q");
            left += SIDE;
        }
        ops
    }

    fn label(&self, pen: &Pen, laid: &Laid) -> String {
        const SIZE: f64 = 6.5;
        let baseline = pen.frame.bottom - 4.5 * PT;
        let Some(first) = laid.slots.first() else { return String::new() };
        if baseline < 1.0 * PT {
            return String::new();
        }
        let from = laid.block.left + 3.0 * PT;
        let room = first.trim.width - 6.0 * PT;
        let words = self.lettering.write(self.label, (from, baseline), SIZE, room);
        format!("q 0 g\n{words}Q\n")
    }
}

/// Where the knife goes across.
fn cuts_up(laid: &Laid) -> Vec<f64> {
    distinct(laid.slots.iter().flat_map(|slot| [slot.trim.bottom, slot.trim.top()]))
}

/// A trimmed edge this near to the middle of a spine belongs to it.
const SPINE_ZONE: f64 = 10.0 * PT;

/// 折标: a bar on the spine between the first and the last page of a section,
/// a step lower for each section, so that a missing one shows in the block.
fn step(laid: &Laid, measures: &Measures, section: usize) -> String {
    const HEIGHT: f64 = 6.0 * PT;
    const WIDEST: f64 = 4.0 * PT;
    let outer: Vec<&Area> = laid
        .slots
        .iter()
        .filter(|slot| slot.cell.outermost)
        .map(|slot| &slot.trim)
        .collect();
    let width = measures.spine.min(WIDEST);
    let [left, right] = outer.as_slice() else { return String::new() };
    if width < 1.0 * PT {
        return String::new();
    }
    let middle = f64::midpoint(left.right(), right.left);
    let (usable, pitch) = (left.height * 0.8, HEIGHT * 1.25);
    let mut steps = 1_usize;
    while (super::layout::count(steps) + 1.0) * pitch <= usable {
        steps += 1;
    }
    let down = super::layout::count(section % steps) * pitch;
    let bottom = left.top() - left.height * 0.1 - down - HEIGHT;
    format!(
        "q 0 g {} {} {} {} re f Q\n",
        number(middle - width / 2.0),
        number(bottom),
        number(width),
        number(HEIGHT)
    )
}

/// Draws lines outside a frame, as long as the paper allows.
struct Pen {
    ops: String,
    /// The bleed of the block, and the gap.
    frame: Area,
    paper: (f64, f64),
}

impl Pen {
    /// A line above and one below the block.
    fn vertical(&mut self, x: f64) {
        let (low, high) = (self.frame.bottom, self.frame.top());
        let below = LENGTH.min(low);
        let above = LENGTH.min(self.paper.1 - high);
        if below >= SHORTEST {
            self.line((x, low), (x, low - below));
        }
        if above >= SHORTEST {
            self.line((x, high), (x, high + above));
        }
    }

    /// A line on the left and one on the right.
    fn horizontal(&mut self, y: f64) {
        let (near, far) = (self.frame.left, self.frame.right());
        let before = LENGTH.min(near);
        let after = LENGTH.min(self.paper.0 - far);
        if before >= SHORTEST {
            self.line((near, y), (near - before, y));
        }
        if after >= SHORTEST {
            self.line((far, y), (far + after, y));
        }
    }

    /// Registration marks off the four corners, clear of the lines.
    fn targets(&mut self) {
        let free = [
            self.frame.left,
            self.frame.bottom,
            self.paper.0 - self.frame.right(),
            self.paper.1 - self.frame.top(),
        ];
        if free.iter().any(|room| *room < 2.0 * TARGET) {
            return;
        }
        let (left, right) = (self.frame.left - TARGET, self.frame.right() + TARGET);
        let (low, high) = (self.frame.bottom - TARGET, self.frame.top() + TARGET);
        for (x, y) in [(left, low), (right, low), (left, high), (right, high)] {
            self.line((x - TARGET, y), (x + TARGET, y));
            self.line((x, y - TARGET), (x, y + TARGET));
            self.circle((x, y), TARGET * 0.6);
        }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.ops,
            "{} {} m {} {} l S",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1)
        );
    }

    /// Four Bézier curves.
    fn circle(&mut self, (x, y): (f64, f64), r: f64) {
        let k = r * 0.552_284_75;
        let points = [
            [(r, k), (k, r), (0.0, r)],
            [(-k, r), (-r, k), (-r, 0.0)],
            [(-r, -k), (-k, -r), (0.0, -r)],
            [(k, -r), (r, -k), (r, 0.0)],
        ];
        let _ = write!(self.ops, "{} {} m ", number(x + r), number(y));
        for curve in points {
            for (dx, dy) in curve {
                let _ = write!(self.ops, "{} {} ", number(x + dx), number(y + dy));
            }
            self.ops.push_str("c ");
        }
        self.ops.push_str("S\n");
    }
}

/// Positions without those that are the same line.
fn distinct(positions: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut positions: Vec<f64> = positions.collect();
    positions.sort_by(f64::total_cmp);
    positions.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    positions
}
