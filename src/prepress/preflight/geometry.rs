//! Points, rectangles and matrices of a page, and millimetres.

/// Points in a millimetre.
pub(super) const PT_PER_MM: f64 = 72.0 / 25.4;

/// Coordinates beyond this are damage, not paper: 350 m.
const FAR: f64 = 1e6;

/// A PDF matrix `[a b c d e f]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    /// Changes nothing.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A shift.
    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `next`; kept within what paper needs.
    pub(super) fn then(self, next: Self) -> Self {
        let (one, two) = (self.0, next.0);
        // The image of one row: its way along each axis of the next matrix.
        let row = |across: f64, up: f64| {
            [across * two[0] + up * two[2], across * two[1] + up * two[3]]
        };
        let (right, top, origin) =
            (row(one[0], one[1]), row(one[2], one[3]), row(one[4], one[5]));
        let product =
            [right[0], right[1], top[0], top[1], origin[0] + two[4], origin[1] + two[5]];
        Self(product.map(|value| value.clamp(-FAR, FAR)))
    }

    /// Where a point comes to lie.
    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let matrix = self.0;
        (
            matrix[0] * x + matrix[2] * y + matrix[4],
            matrix[1] * x + matrix[3] * y + matrix[5],
        )
    }

    /// The length of the horizontal unit.
    pub(super) fn across(self) -> f64 {
        self.0[0].hypot(self.0[1])
    }

    /// The length of the vertical unit.
    pub(super) fn up(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// How much longer lines of no direction in particular become.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }

    /// Whether horizontal lines stay horizontal or become vertical.
    pub(super) fn is_upright(self) -> bool {
        let [a, b, c, d, ..] = self.0;
        let small = (self.across() + self.up()) * 1e-4;
        (b.abs() < small && c.abs() < small) || (a.abs() < small && d.abs() < small)
    }
}

/// A rectangle on a page, in points; `y` grows upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// The left side.
    pub left: f64,
    /// The lower side.
    pub bottom: f64,
    /// The right side.
    pub right: f64,
    /// The upper side.
    pub top: f64,
}

impl Rect {
    /// All of the plane.
    pub(super) const ALL: Self = Self { left: -FAR, bottom: -FAR, right: FAR, top: FAR };

    /// The rectangle between two corners, in any order.
    pub(super) fn between(x: f64, y: f64, u: f64, v: f64) -> Self {
        Self {
            left: x.min(u),
            bottom: y.min(v),
            right: x.max(u),
            top: y.max(v),
        }
    }

    /// The smallest rectangle around points; `None` without a point.
    pub(super) fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        points
            .into_iter()
            .map(|(x, y)| Self::between(x, y, x, y))
            .reduce(Self::with)
    }

    /// The smallest rectangle around both.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    /// What both cover; may be empty.
    pub(super) fn meet(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// The rectangle around its image under a matrix.
    pub(super) fn under(self, matrix: Matrix) -> Self {
        let corners = [
            matrix.apply(self.left, self.bottom),
            matrix.apply(self.right, self.bottom),
            matrix.apply(self.right, self.top),
            matrix.apply(self.left, self.top),
        ];
        Self::around(corners).unwrap_or(self)
    }

    /// Larger by so much on each side.
    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    /// Its width in points; negative if it is empty.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height in points; negative if it is empty.
    pub fn height(&self) -> f64 {
        self.top - self.bottom
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.right < self.left || self.top < self.bottom
    }

    /// Whether the other lies inside, up to a tolerance in points.
    pub(super) fn holds(&self, other: &Self, tolerance: f64) -> bool {
        other.left >= self.left - tolerance
            && other.bottom >= self.bottom - tolerance
            && other.right <= self.right + tolerance
            && other.top <= self.top + tolerance
    }
}

/// Points as millimetres, in hundredths: what a person measures.
pub(super) fn mm(points: f64) -> f64 {
    let rounded = (points / PT_PER_MM * 100.0).round() / 100.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// A count as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "counts of a file are far below 2^52")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_work_left_to_right() {
        let turned = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        let moved = turned.then(Matrix::shift(10.0, 0.0));
        assert_eq!(moved.apply(2.0, 0.0), (10.0, 2.0));
        assert!(moved.is_upright());
        let rect = Rect::between(0.0, 0.0, 4.0, 2.0).under(moved);
        assert_eq!(rect, Rect::between(8.0, 0.0, 10.0, 4.0));
    }

    #[test]
    fn huge_numbers_stay_on_the_table() {
        let huge = Matrix([1e300, 0.0, 0.0, 1e300, 1e300, 0.0]);
        let squared = huge.then(huge);
        assert!(squared.0.iter().all(|value| value.is_finite()));
        assert!((mm(72.0) - 25.4).abs() < 1e-9);
    }
}
