//! Where the cells of a face lie on the paper. Points, from the lower left.

use super::scheme::{Cell, Edge, Face};

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The measures that all faces share, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measures {
    /// The sheet.
    pub(super) paper: (f64, f64),
    /// 成品 of one page.
    pub(super) cell: (f64, f64),
    /// Between cells that are cut apart.
    pub(super) gutter: f64,
    /// Between cells that meet at the spine: 铣背 takes half from each.
    pub(super) spine: f64,
    /// 出血 that is printed around a cell, as far as the gutters allow.
    pub(super) bleed: f64,
    /// 叼口: kept free at the lower edge.
    pub(super) gripper: f64,
    /// Thickness of the paper; 0 leaves creep alone.
    pub(super) caliper: f64,
}

/// A cell on the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    pub(super) cell: Cell,
    /// The trimmed page.
    pub(super) trim: Area,
    /// What may be printed of it.
    pub(super) clip: Area,
}

/// What separates two neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// They meet at the spine.
    Spine,
    /// They are cut apart.
    Cut,
}

/// A face on the paper.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Laid {
    /// From the trim of the outermost cells to that of their opposites.
    pub(super) block: Area,
    /// Row by row from the top.
    pub(super) slots: Vec<Slot>,
    /// The seams between columns: kind and middle.
    pub(super) columns: Vec<(Seam, f64)>,
    /// The middles of the seams between rows.
    pub(super) rows: Vec<f64>,
}

impl Area {
    pub(super) fn right(self) -> f64 {
        self.left + self.width
    }

    pub(super) fn top(self) -> f64 {
        self.bottom + self.height
    }

    /// Larger by so much on each side.
    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }
}

impl Measures {
    /// The size of a face, without what lies around it.
    pub(super) fn block(&self, face: &Face) -> (f64, f64) {
        let columns = face.first().map_or(0, Vec::len);
        let across: f64 = seams(face).into_iter().map(|seam| self.width_of(seam)).sum();
        (
            count(columns) * self.cell.0 + across,
            count(face.len()) * self.cell.1
                + count(face.len().saturating_sub(1)) * self.gutter,
        )
    }

    /// Lays a face in the middle of the paper, above the gripper.
    pub(super) fn lay(&self, face: &Face) -> Laid {
        let (width, height) = self.block(face);
        let free = self.paper.1 - self.gripper - height;
        let block = Area {
            left: (self.paper.0 - width) / 2.0,
            bottom: self.gripper + free / 2.0,
            width,
            height,
        };
        let seams = seams(face);
        let mut columns = Vec::new();
        let mut lefts = vec![block.left];
        let mut left = block.left;
        for seam in seams {
            let width = self.width_of(seam);
            columns.push((seam, left + self.cell.0 + width / 2.0));
            left += self.cell.0 + width;
            lefts.push(left);
        }
        let mut rows = Vec::new();
        let mut slots = Vec::new();
        for (number, row) in face.iter().enumerate() {
            let pitch = self.cell.1 + self.gutter;
            let bottom = block.top() - self.cell.1 - count(number) * pitch;
            if number > 0 {
                rows.push(bottom + self.cell.1 + self.gutter / 2.0);
            }
            for (column, cell) in row.iter().enumerate() {
                let trim = Area {
                    left: lefts[column],
                    bottom,
                    width: self.cell.0,
                    height: self.cell.1,
                };
                let seam = |at: usize| columns.get(at).map(|(seam, _)| *seam);
                let before = column.checked_sub(1).and_then(seam);
                let across = (self.reach(before), self.reach(seam(column)));
                let between = self.reach(Some(Seam::Cut));
                let above = if number == 0 { self.bleed } else { between };
                let below = if number + 1 == face.len() { self.bleed } else { between };
                let clip = Area {
                    left: trim.left - across.0,
                    bottom: bottom - below,
                    width: trim.width + across.0 + across.1,
                    height: trim.height + above + below,
                };
                slots.push(Slot { cell: *cell, trim, clip });
            }
        }
        Laid { block, slots, columns, rows }
    }

    /// How far a cell moves along x, against creep: towards its spine.
    pub(super) fn creep(&self, cell: &Cell) -> f64 {
        let shift = count(cell.depth) * self.caliper;
        match cell.spine {
            Some(Edge::Left) => -shift,
            Some(Edge::Right) => shift,
            None => 0.0,
        }
    }

    fn width_of(&self, seam: Seam) -> f64 {
        match seam {
            Seam::Spine => self.spine,
            Seam::Cut => self.gutter,
        }
    }

    /// How far print may go beyond the trim at a seam; none is the open side.
    fn reach(&self, seam: Option<Seam>) -> f64 {
        seam.map_or(self.bleed, |seam| self.bleed.min(self.width_of(seam) / 2.0))
    }
}

/// The seams between the columns of a face.
fn seams(face: &Face) -> Vec<Seam> {
    let Some(row) = face.first() else { return Vec::new() };
    row.windows(2)
        .map(|pair| match (pair[0].spine, pair[1].spine) {
            (Some(Edge::Right), Some(Edge::Left)) => Seam::Spine,
            _ => Seam::Cut,
        })
        .collect()
}

/// A small number as a factor.
#[expect(clippy::cast_precision_loss, reason = "rows, columns and leaves are few")]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}
