//! Folds, cuts and stacks the sheets of every scheme, and reads the book.
//!
//! The sheets are folded forwards here, from flat paper to a section, with
//! leaves that know what stands on both of their sides; the schemes were found
//! by unfolding. A mistake in either does not read 1, 2, 3 …

use super::fold::Fold;
use super::scheme::{
    Blanks, BoundAt, Cell, Edge, Face, Grid, Plan, Scheme, Sheet, Sides, plan,
};

/// What is printed on one side of a leaf, seen from that side.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Print {
    page: Option<usize>,
    head_up: bool,
    spine: Option<Edge>,
}

/// A leaf: the side towards us, and the one away from us.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Leaf(Print, Print);

type Pile = Vec<Leaf>;

const BOOK_SIZES: std::ops::RangeInclusive<usize> = 1..=200;

fn print(cell: &Cell) -> Print {
    Print {
        page: cell.page,
        head_up: !cell.inverted,
        spine: cell.spine,
    }
}

/// The sheet on the table, its front towards us.
fn paper(sheet: &Sheet) -> Vec<Vec<Pile>> {
    let blank = Print { page: None, head_up: true, spine: None };
    let rows = sheet.front.iter().enumerate();
    rows.map(|(r, row)| {
        let last = row.len() - 1;
        let behind = |c: usize| sheet.back.as_ref().map(|back| print(&back[r][last - c]));
        let leaf = |(c, cell)| vec![Leaf(print(cell), behind(c).unwrap_or(blank))];
        row.iter().enumerate().map(leaf).collect()
    })
    .collect()
}

/// A pile turned over a vertical edge: heads stay up.
fn over_side(pile: Pile) -> Pile {
    pile.into_iter().rev().map(|Leaf(a, b)| Leaf(b, a)).collect()
}

/// A pile turned over a horizontal edge: heads go down, left stays left on the
/// table but right on the page.
fn over_head(pile: Pile) -> Pile {
    let upset = |print: Print| Print {
        head_up: !print.head_up,
        spine: print.spine.map(other),
        ..print
    };
    pile.into_iter()
        .rev()
        .map(|Leaf(a, b)| Leaf(upset(b), upset(a)))
        .collect()
}

fn other(edge: Edge) -> Edge {
    match edge {
        Edge::Left => Edge::Right,
        Edge::Right => Edge::Left,
    }
}

/// Folds one half over the other, the one at `keep`, on top of it.
fn fold_across(rows: Vec<Vec<Pile>>, keep: Edge) -> Vec<Vec<Pile>> {
    let fold_row = |mut row: Vec<Pile>| -> Vec<Pile> {
        let mut right = row.split_off(row.len() / 2);
        let mut left = row;
        if keep == Edge::Left {
            right.reverse();
            left.into_iter()
                .zip(right)
                .map(|(below, moved)| [over_side(moved), below].concat())
                .collect()
        } else {
            left.reverse();
            right
                .into_iter()
                .zip(left)
                .map(|(below, moved)| [over_side(moved), below].concat())
                .collect()
        }
    };
    rows.into_iter().map(fold_row).collect()
}

/// Folds the upper half down over the lower one.
fn fold_down(mut rows: Vec<Vec<Pile>>) -> Vec<Vec<Pile>> {
    let lower = rows.split_off(rows.len() / 2);
    rows.reverse();
    let pairs = lower.into_iter().zip(rows);
    pairs
        .map(|(below, moved)| {
            below
                .into_iter()
                .zip(moved)
                .map(|(below, moved)| [over_head(moved), below].concat())
                .collect()
        })
        .collect()
}

/// Folds a sheet: across and down by turns, ending with the spine. The last
/// crease lies at the left, or at the right for a book bound there.
fn folded(sheet: &Sheet, bound: BoundAt) -> Pile {
    let mut rows = paper(sheet);
    let folds = (rows.len() * rows[0].len()).ilog2();
    // Every fold goes up and over, so what lies away from us ends outside.
    for row in &mut rows {
        row.reverse();
        for pile in row {
            *pile = over_side(std::mem::take(pile));
        }
    }
    // The spine's crease is at the binding, that of the fore-edges opposite.
    let spine = if bound == BoundAt::Left { Edge::Right } else { Edge::Left };
    for fold in (0..folds).rev() {
        rows = match fold {
            0 => fold_across(rows, spine),
            2 => fold_across(rows, other(spine)),
            _ => fold_down(rows),
        };
    }
    assert_eq!((rows.len(), rows[0].len()), (1, 1));
    rows.remove(0).remove(0)
}

/// All leaves of the bound book, from the first.
fn bound_book(plan: &Plan, scheme: Scheme, bound: BoundAt) -> Pile {
    let sections = plan.sheets.iter().map(|sheet| folded(sheet, bound));
    match scheme {
        Scheme::Gathered(_) => sections.flatten().collect(),
        Scheme::Saddle(_) | Scheme::Booklets(..) => {
            let sections: Vec<_> = sections.zip(&plan.sheets).collect();
            let booklets = sections.chunk_by(|a, b| a.1.booklet == b.1.booklet);
            booklets.flat_map(nested).collect()
        }
        Scheme::Nup(..) | Scheme::CutStack(..) => unreachable!("not folded"),
    }
}

/// The sections of a booklet, laid around one another from the innermost.
fn nested(sections: &[(Pile, &Sheet)]) -> Pile {
    sections.iter().rev().fold(Pile::new(), |inner, (outer, _)| {
        let (before, behind) = outer.split_at(outer.len() / 2);
        [before, &inner, behind].concat()
    })
}

/// Turns the leaves of a bound book, checking that every page stands upright
/// and has the spine where the binding is.
fn read_bound(leaves: &[Leaf], bound: BoundAt, of: &str) -> Vec<Option<usize>> {
    let (on_recto, on_verso) = match bound {
        BoundAt::Left => (Edge::Left, Edge::Right),
        BoundAt::Right => (Edge::Right, Edge::Left),
    };
    for (number, Leaf(recto, verso)) in leaves.iter().enumerate() {
        assert!(recto.head_up && verso.head_up, "{of}: leaf {number} is upside down");
        assert_eq!(recto.spine, Some(on_recto), "{of}: leaf {number}");
        assert_eq!(verso.spine, Some(on_verso), "{of}: leaf {number}");
    }
    leaves
        .iter()
        .flat_map(|Leaf(recto, verso)| [recto.page, verso.page])
        .collect()
}

/// What the reader should find: the pages in order, the blanks in one run at
/// their place.
fn expected(pages: usize, blank: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let mut book: Vec<_> = (0..pages).map(Some).collect();
    let at = match blanks {
        Blanks::End => pages,
        Blanks::BeforeLast => pages - 1,
        Blanks::AfterFirst => 1,
    };
    book.splice(at..at, vec![None; blank]);
    book
}

#[test]
fn folded_books_read_in_order_for_every_number_of_pages() {
    for fold in Fold::ALL {
        for scheme in
            [Scheme::Saddle(fold), Scheme::Booklets(fold, 32), Scheme::Gathered(fold)]
        {
            for blanks in [Blanks::End, Blanks::BeforeLast, Blanks::AfterFirst] {
                for bound in [BoundAt::Left, BoundAt::Right] {
                    for pages in BOOK_SIZES {
                        let of = format!("{scheme:?} {blanks:?} {bound:?} {pages}");
                        let plan = plan(pages, scheme, blanks, bound);
                        assert!(plan.blanks < 4, "{of}: {} blanks", plan.blanks);
                        let book = bound_book(&plan, scheme, bound);
                        let read = read_bound(&book, bound, &of);
                        assert_eq!(read, expected(pages, plan.blanks, blanks), "{of}");
                    }
                }
            }
        }
    }
}

#[test]
fn cut_stacks_read_in_order_for_every_number_of_pages() {
    for (columns, rows) in [(1, 1), (2, 1), (1, 2), (2, 2), (3, 2), (4, 4)] {
        for sides in [Sides::One, Sides::Two] {
            for bound in [BoundAt::Left, BoundAt::Right] {
                for pages in BOOK_SIZES {
                    let scheme = Scheme::CutStack(Grid { columns, rows }, sides);
                    let of = format!("{scheme:?} {bound:?} {pages}");
                    let plan = plan(pages, scheme, Blanks::End, bound);
                    let stack: Vec<_> = plan.sheets.iter().map(paper).collect();
                    let mut read = Vec::new();
                    for row in 0..rows {
                        for column in 0..columns {
                            let column = match bound {
                                BoundAt::Left => column,
                                BoundAt::Right => columns - 1 - column,
                            };
                            // One cut pile after the other.
                            for sheet in &stack {
                                let Leaf(front, back) = sheet[row][column][0];
                                assert!(front.head_up && back.head_up, "{of}");
                                read.push(front.page);
                                if sides == Sides::Two {
                                    read.push(back.page);
                                }
                            }
                        }
                    }
                    assert!(plan.blanks < columns * rows * 2, "{of}");
                    assert_eq!(read, expected(pages, plan.blanks, Blanks::End), "{of}");
                }
            }
        }
    }
}

#[test]
fn n_up_faces_read_in_order_for_every_number_of_pages() {
    for sides in [Sides::One, Sides::Two] {
        for pages in BOOK_SIZES {
            let scheme = Scheme::Nup(Grid { columns: 3, rows: 2 }, sides);
            let plan = plan(pages, scheme, Blanks::End, BoundAt::Left);
            let faces =
                plan.sheets.iter().flat_map(|s| [Some(&s.front), s.back.as_ref()]);
            let read: Vec<_> =
                faces.flatten().flatten().flatten().map(|cell| cell.page).collect();
            assert_eq!(read, expected(pages, plan.blanks, Blanks::End), "{pages}");
        }
    }
}

/// The numbers on a face, from 1; negative when heads down.
fn numbers(face: &Face) -> Vec<Vec<i64>> {
    let number = |cell: &Cell| {
        let page = i64::try_from(cell.page.unwrap() + 1).unwrap();
        if cell.inverted { -page } else { page }
    };
    face.iter().map(|row| row.iter().map(number).collect()).collect()
}

#[test]
fn layouts_are_the_ones_that_printers_know() {
    let first = |pages, scheme| {
        let plan = plan(pages, scheme, Blanks::End, BoundAt::Left);
        let sheet = plan.sheets.into_iter().next().unwrap();
        (numbers(&sheet.front), numbers(&sheet.back.unwrap()))
    };
    let saddle = first(8, Scheme::Saddle(Fold::Four));
    assert_eq!(saddle, (vec![vec![8, 1]], vec![vec![2, 7]]));
    let eight = first(8, Scheme::Gathered(Fold::Eight));
    assert_eq!(eight, (vec![vec![-5, -4], vec![8, 1]], vec![vec![-3, -6], vec![2, 7]]));
    let sixteen = first(16, Scheme::Gathered(Fold::Sixteen));
    assert_eq!(
        sixteen,
        (
            vec![vec![-5, -12, -9, -8], vec![4, 13, 16, 1]],
            vec![vec![-7, -10, -11, -6], vec![2, 15, 14, 3]]
        )
    );
}

#[test]
fn odd_lots_leave_few_blanks_and_never_end_the_book() {
    let pages_of = |plan: &Plan| -> Vec<usize> {
        plan.sheets
            .iter()
            .map(|s| 2 * s.front.len() * s.front[0].len())
            .collect()
    };
    let scheme = Scheme::Gathered(Fold::Sixteen);
    let plan = |pages, scheme| plan(pages, scheme, Blanks::End, BoundAt::Left);
    assert_eq!(pages_of(&plan(43, scheme)), [16, 8, 4, 16]);
    assert_eq!(pages_of(&plan(20, scheme)), [4, 16]);
    assert_eq!(pages_of(&plan(10, scheme)), [8, 4]);
    assert_eq!(pages_of(&plan(28, Scheme::Saddle(Fold::Sixteen))), [16, 8, 4]);
}

#[test]
fn booklets_are_equally_thick() {
    let pages_of = |pages, most| -> Vec<usize> {
        let scheme = Scheme::Booklets(Fold::Four, most);
        let plan = plan(pages, scheme, Blanks::End, BoundAt::Left);
        let booklets = plan.sheets.chunk_by(|a, b| a.booklet == b.booklet);
        booklets.map(|sheets| 4 * sheets.len()).collect()
    };
    assert_eq!(pages_of(226, 64), [60, 56, 56, 56]);
    assert_eq!(pages_of(64, 64), [64]);
    assert_eq!(pages_of(65, 64), [36, 32]);
    assert_eq!(pages_of(9, 0), [4, 4, 4]);
}

#[test]
fn creep_grows_towards_the_middle_of_a_section() {
    let depth = |plan: &Plan, page: usize| {
        let faces = plan.sheets.iter().flat_map(|s| [Some(&s.front), s.back.as_ref()]);
        let cells = faces.flatten().flatten().flatten();
        cells
            .filter(|cell| cell.page == Some(page))
            .map(|cell| cell.depth)
            .sum::<usize>()
    };
    for fold in [Fold::Four, Fold::Eight, Fold::Sixteen] {
        let plan = plan(32, Scheme::Saddle(fold), Blanks::End, BoundAt::Left);
        for page in 0..32_usize {
            assert_eq!(depth(&plan, page), page.min(31 - page) / 2, "{fold:?} {page}");
        }
    }
    let plan = plan(32, Scheme::Gathered(Fold::Sixteen), Blanks::End, BoundAt::Left);
    assert_eq!([0, 7, 8, 15, 16, 23].map(|page| depth(&plan, page)), [0, 3, 3, 0, 0, 3]);
}
