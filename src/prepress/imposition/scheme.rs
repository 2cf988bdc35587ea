//! Schemes: from a number of pages to sheets, faces and cells. Arithmetic only;
//! nothing here knows PDF or millimetres.

use super::fold::{Fold, Spot, Spots, mirrored};

/// How the sheets become a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// 骑马订: sections lie inside one another and are stitched through the
    /// common fold.
    Saddle(Fold),
    /// 分册: saddle-stitched booklets of at most so many pages, equally thick,
    /// that are gathered: for books that are too thick for one.
    Booklets(Fold, usize),
    /// 胶装、锁线: sections lie on one another.
    Gathered(Fold),
    /// Pages side by side in reading order; nothing is folded.
    Nup(Grid, Sides),
    /// 切叠: the printed stack is cut, and the piles are laid on one another in
    /// reading order.
    CutStack(Grid, Sides),
}

/// Cells of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Cells in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

/// Which sides of the paper are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sides {
    /// The front only.
    One,
    /// Both.
    Two,
}

/// Where blank pages go that fill the last section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Blanks {
    /// After the last page.
    #[default]
    End,
    /// Before the last page, which stays the back of the book.
    BeforeLast,
    /// After the first page, which stays the front of the book.
    AfterFirst,
}

/// At which edge of a recto the book is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum BoundAt {
    /// Horizontal writing: 左侧装订.
    #[default]
    Left,
    /// Vertical writing: 右侧装订.
    Right,
}

/// An edge of a cell, as the face is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Left,
    Right,
}

/// A cell of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// The page of the file, from 0; none for a blank.
    pub(super) page: Option<usize>,
    /// Whether it stands heads down.
    pub(super) inverted: bool,
    /// Where its spine is; none when nothing is folded.
    pub(super) spine: Option<Edge>,
    /// How many leaves lie around it in its section: the measure of creep.
    pub(super) depth: usize,
    /// Whether it is the first or the last page of its section, which meet on
    /// the outside of the spine.
    pub(super) outermost: bool,
}

/// Rows from the top, each from the left; all rows are equally long.
pub(super) type Face = Vec<Vec<Cell>>;

/// A sheet of paper. The back is seen after turning it over its left edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) front: Face,
    /// None when only one side is printed.
    pub(super) back: Option<Face>,
    /// The booklet that it belongs to, from 0; 0 when there is one or none.
    pub(super) booklet: usize,
}

/// All sheets, in the order in which they are gathered, nested or stacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) sheets: Vec<Sheet>,
    /// Blank pages that were added.
    pub(super) blanks: usize,
}

/// Lays out `pages` pages.
pub(super) fn plan(pages: usize, scheme: Scheme, blanks: Blanks, bound: BoundAt) -> Plan {
    match scheme {
        Scheme::Saddle(fold) => booklets(pages, fold, usize::MAX, blanks, bound),
        Scheme::Booklets(fold, most) => booklets(pages, fold, most, blanks, bound),
        Scheme::Gathered(fold) => gathered(pages, fold, blanks, bound),
        Scheme::Nup(grid, sides) => {
            let faces = pages.div_ceil(grid.cells());
            let faces = faces.next_multiple_of(sides.count());
            let total = faces * grid.cells();
            let order = sequence(pages, total, blanks);
            let face = |face: usize| {
                let cell = |cell: usize| order[face * grid.cells() + cell];
                flat(grid, bound, cell)
            };
            let sheets = (0..faces).step_by(sides.count()).map(|first| Sheet {
                front: face(first),
                back: (sides == Sides::Two).then(|| face(first + 1)),
                booklet: 0,
            });
            Plan { sheets: sheets.collect(), blanks: total - pages }
        }
        Scheme::CutStack(grid, sides) => {
            let on_sheet = grid.cells() * sides.count();
            let sheets = pages.div_ceil(on_sheet);
            let total = sheets * on_sheet;
            let order = sequence(pages, total, blanks);
            let face = |sheet: usize, side: usize| {
                let leaf = |pile: usize| pile * sheets + sheet;
                flat(grid, bound, |pile| order[leaf(pile) * sides.count() + side])
            };
            let sheets = (0..sheets).map(|sheet| Sheet {
                front: face(sheet, 0),
                // The back of a pile lies behind its front.
                back: (sides == Sides::Two).then(|| mirrored(face(sheet, 1))),
                booklet: 0,
            });
            Plan { sheets: sheets.collect(), blanks: total - pages }
        }
    }
}

impl Grid {
    fn cells(self) -> usize {
        self.columns * self.rows
    }
}

impl Sides {
    fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// The pages of the file in the order of the book: `total` of them, with the
/// blanks where they belong.
fn sequence(pages: usize, total: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let at = match blanks {
        Blanks::End => pages,
        Blanks::BeforeLast => pages.saturating_sub(1),
        Blanks::AfterFirst => 1.min(pages),
    };
    let before = (0..at).map(Some);
    let after = (at..pages).map(Some);
    let empty = std::iter::repeat_n(None, total.saturating_sub(pages));
    before.chain(empty).chain(after).collect()
}

/// A face whose cells are numbered in reading order.
fn flat(grid: Grid, bound: BoundAt, page: impl Fn(usize) -> Option<usize>) -> Face {
    let cell = |number| Cell {
        page: page(number),
        inverted: false,
        spine: None,
        depth: 0,
        outermost: false,
    };
    let row = |row: usize| (0..grid.columns).map(move |c| row * grid.columns + c);
    let face = (0..grid.rows).map(|r| row(r).map(cell).collect()).collect();
    match bound {
        BoundAt::Left => face,
        BoundAt::Right => mirrored(face),
    }
}

/// The sections of a book of `total` pages (a multiple of 4): as many of the
/// wanted size as fit, then smaller ones for the rest.
fn sections(total: usize, fold: Fold) -> Vec<Fold> {
    let mut rest = total;
    let mut sections = Vec::new();
    for fold in Fold::ALL.into_iter().filter(|other| *other <= fold) {
        sections.extend(std::iter::repeat_n(fold, rest / fold.pages()));
        rest %= fold.pages();
    }
    sections
}

/// Sections that lie on one another.
fn gathered(pages: usize, fold: Fold, blanks: Blanks, bound: BoundAt) -> Plan {
    let total = pages.next_multiple_of(Fold::Four.pages());
    let order = sequence(pages, total, blanks);
    let mut sections = sections(total, fold);
    // A thin section at the end of the block tears off: a full one closes.
    let full = sections.iter().take_while(|section| **section == fold).count();
    if full > 0 {
        sections[full - 1..].rotate_left(1);
    }
    let mut first = 0;
    let mut sheets = Vec::new();
    for fold in sections {
        let section = Section { fold, first, nested: false, order: &order };
        sheets.push(section.sheet(bound));
        first += fold.pages();
    }
    Plan { sheets, blanks: total - pages }
}

/// Booklets of at most `most` pages, the sections of each inside one another.
fn booklets(
    pages: usize,
    fold: Fold,
    most: usize,
    blanks: Blanks,
    bound: BoundAt,
) -> Plan {
    let smallest = Fold::Four.pages();
    let total = pages.next_multiple_of(smallest);
    let order = sequence(pages, total, blanks);
    let count = total.div_ceil(most.max(smallest) / smallest * smallest).max(1);
    let folded = total / smallest;
    let mut rest = order.as_slice();
    let mut sheets = Vec::new();
    for booklet in 0..count {
        // As equal as sheets allow, the thicker ones first.
        let extra = usize::from(booklet < folded % count);
        let (own, after) = rest.split_at((folded / count + extra) * smallest);
        rest = after;
        let mut first = 0;
        for fold in sections(own.len(), fold) {
            let section = Section { fold, first, nested: true, order: own };
            sheets.push(Sheet { booklet, ..section.sheet(bound) });
            first += fold.pages() / 2;
        }
    }
    Plan { sheets, blanks: total - pages }
}

/// A section, and where it belongs in the book.
struct Section<'a> {
    fold: Fold,
    /// Its first page.
    first: usize,
    /// Whether the following sections lie inside it.
    nested: bool,
    /// The pages of the file in the order of the book, or of the booklet.
    order: &'a [Option<usize>],
}

impl Section<'_> {
    /// The flat sheet.
    fn sheet(&self, bound: BoundAt) -> Sheet {
        let row = |row: &Vec<Spot>| row.iter().map(|spot| self.cell(*spot)).collect();
        let face = |spots: &Spots| -> Face { spots.iter().map(row).collect() };
        let open = self.fold.open();
        let sheet = Sheet {
            front: face(&open.front),
            back: Some(face(&open.back)),
            booklet: 0,
        };
        match bound {
            BoundAt::Left => sheet,
            BoundAt::Right => rebound(sheet),
        }
    }

    fn cell(&self, Spot { page, inverted }: Spot) -> Cell {
        let pages = self.fold.pages();
        // From the outside of the section to the page, in pages.
        let inwards = page.min(pages - 1 - page);
        let around = if self.nested { self.first } else { 0 };
        let in_book = if self.nested && page >= pages / 2 {
            self.order.len() - self.first - pages + page
        } else {
            self.first + page
        };
        let recto = page.is_multiple_of(2);
        Cell {
            page: self.order.get(in_book).copied().flatten(),
            inverted,
            spine: Some(if recto == inverted { Edge::Right } else { Edge::Left }),
            depth: usize::midpoint(around, inwards),
            outermost: inwards == 0,
        }
    }
}

/// The same sheet for a book bound at the right: everything changes sides,
/// only the pages themselves stay as they are.
fn rebound(sheet: Sheet) -> Sheet {
    let other = |edge| match edge {
        Edge::Left => Edge::Right,
        Edge::Right => Edge::Left,
    };
    let change = |face: Face| -> Face {
        let mut face = mirrored(face);
        for cell in face.iter_mut().flatten() {
            cell.spine = cell.spine.map(other);
        }
        face
    };
    Sheet {
        front: change(sheet.front),
        back: sheet.back.map(change),
        booklet: sheet.booklet,
    }
}
