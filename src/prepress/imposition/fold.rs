//! 折页: where the pages of a section lie on its flat sheet.
//!
//! The layout is found by unfolding. A folded section is a stack of leaves;
//! opening one fold after the other, each at a right angle to the one before,
//! spreads it into the flat sheet. `tests.rs` proves the result the other way
//! round, by folding the sheet.

/// How often a section is folded, each fold at a right angle to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// One fold: 4 pages.
    Four,
    /// Two folds: 8 pages.
    Eight,
    /// Three folds: 16 pages.
    Sixteen,
    /// Four folds: 32 pages.
    ThirtyTwo,
}

/// A page's place on a face, by its position in the section, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The page of the section, from 0.
    pub(super) page: usize,
    /// Whether it stands heads down.
    pub(super) inverted: bool,
}

/// Rows of a face from the top, each from the left.
pub(super) type Spots = Vec<Vec<Spot>>;

/// The two faces of a flat sheet. The back is seen after turning the sheet
/// over its left edge, like a page of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flat {
    /// The face with the section's first page: the outside of the section.
    pub(super) front: Spots,
    /// The other.
    pub(super) back: Spots,
}

/// A leaf in a stack: the side that looks up, and the one that looks down.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    up: Spot,
    down: Spot,
}

/// Leaves from the top.
type Stack = Vec<Leaf>;

impl Fold {
    /// All of them, the largest first.
    pub const ALL: [Self; 4] = [Self::ThirtyTwo, Self::Sixteen, Self::Eight, Self::Four];

    /// How many pages a section has.
    pub fn pages(self) -> usize {
        2 << self.folds()
    }

    /// The fold that makes sections of so many pages.
    pub fn of(pages: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|fold| fold.pages() == pages)
    }

    fn folds(self) -> u32 {
        match self {
            Self::Four => 1,
            Self::Eight => 2,
            Self::Sixteen => 3,
            Self::ThirtyTwo => 4,
        }
    }

    /// Columns and rows of the flat sheet.
    pub fn grid(self) -> (usize, usize) {
        let folds = self.folds();
        (1 << folds.div_ceil(2), 1 << (folds / 2))
    }

    /// The flat sheet of a section bound at the left.
    pub(super) fn open(self) -> Flat {
        let spot = |page| Spot { page, inverted: false };
        let leaves = (0..self.pages()).step_by(2);
        let closed = leaves.map(|page| Leaf { up: spot(page), down: spot(page + 1) });
        let mut sheet: Vec<Vec<Stack>> = vec![vec![closed.collect()]];
        // The last fold is the spine, the one before it closes the heads, the one
        // before that the fore-edges; heads again.
        for fold in 0..self.folds() {
            sheet = match fold {
                0 => open_leftwards(sheet),
                2 => open_rightwards(sheet),
                _ => open_upwards(sheet),
            };
        }
        let face = |side: fn(&Leaf) -> Spot| -> Spots {
            let row = |row: &Vec<Stack>| row.iter().flatten().map(side).collect();
            sheet.iter().map(row).collect()
        };
        let (above, below) = (face(|leaf| leaf.up), mirrored(face(|leaf| leaf.down)));
        if above.iter().flatten().any(|spot| spot.page == 0) {
            Flat { front: above, back: below }
        } else {
            Flat { front: below, back: above }
        }
    }
}

/// Each row from right to left.
pub(super) fn mirrored<T>(mut rows: Vec<Vec<T>>) -> Vec<Vec<T>> {
    for row in &mut rows {
        row.reverse();
    }
    rows
}

/// Opens the fold at the left edge: the upper half of every stack swings over.
fn open_leftwards(sheet: Vec<Vec<Stack>>) -> Vec<Vec<Stack>> {
    let open_row = |row: Vec<Stack>| -> Vec<Stack> {
        let (upper, lower) = halves(row);
        let swung = upper.into_iter().rev().map(|stack| turned(stack, false));
        swung.chain(lower).collect()
    };
    sheet.into_iter().map(open_row).collect()
}

/// Opens the fold at the right edge.
fn open_rightwards(sheet: Vec<Vec<Stack>>) -> Vec<Vec<Stack>> {
    mirrored(open_leftwards(mirrored(sheet)))
}

/// Opens the fold at the upper edge.
fn open_upwards(sheet: Vec<Vec<Stack>>) -> Vec<Vec<Stack>> {
    let (upper, lower): (Vec<_>, Vec<_>) = sheet.into_iter().map(halves).unzip();
    let open_row = |row: Vec<Stack>| row.into_iter().map(|stack| turned(stack, true));
    let swung = upper.into_iter().rev().map(|row| open_row(row).collect());
    swung.chain(lower).collect()
}

/// The upper and the lower half of each stack.
fn halves(row: Vec<Stack>) -> (Vec<Stack>, Vec<Stack>) {
    let halve = |mut stack: Stack| {
        let lower = stack.split_off(stack.len() / 2);
        (stack, lower)
    };
    row.into_iter().map(halve).unzip()
}

/// A stack turned over; over a horizontal edge, heads become feet.
fn turned(stack: Stack, head_over_foot: bool) -> Stack {
    let turn = |spot: Spot| Spot { inverted: spot.inverted != head_over_foot, ..spot };
    let over = |leaf: Leaf| Leaf { up: turn(leaf.down), down: turn(leaf.up) };
    stack.into_iter().rev().map(over).collect()
}
