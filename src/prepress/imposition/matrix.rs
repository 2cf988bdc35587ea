//! Moving a page to its place: PDF matrices, applied from left to right.

/// `[a b c d e f]` of ISO 32000-1, 8.3.3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self::scaled(1.0);

    /// A shift.
    pub(super) const fn shifted(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// A scale about the origin.
    pub(super) const fn scaled(by: f64) -> Self {
        Self([by, 0.0, 0.0, by, 0.0, 0.0])
    }

    /// A clockwise turn of an area of this size about itself: its lower left
    /// corner is the origin again. Only multiples of 90 turn.
    pub(super) fn turned(degrees: i64, (width, height): (f64, f64)) -> Self {
        match degrees.rem_euclid(360) {
            90 => Self([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            180 => Self([-1.0, 0.0, 0.0, -1.0, width, height]),
            270 => Self([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            _ => Self::IDENTITY,
        }
    }

    /// This, then another.
    pub(super) fn then(self, next: Self) -> Self {
        let vector = |x: f64, y: f64| {
            let [a, b, c, d, ..] = next.0;
            (x * a + y * c, x * b + y * d)
        };
        let (right, up) = (vector(self.0[0], self.0[1]), vector(self.0[2], self.0[3]));
        let origin = next.apply((self.0[4], self.0[5]));
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
    }

    /// Where a point goes.
    pub(super) fn apply(self, point: (f64, f64)) -> (f64, f64) {
        let m = self.0;
        (m[0] * point.0 + m[2] * point.1 + m[4], m[1] * point.0 + m[3] * point.1 + m[5])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_keep_the_lower_left_corner_at_the_origin() {
        let size = (100.0, 200.0);
        for degrees in [0, 90, 180, 270, -90, 450] {
            let turn = Matrix::turned(degrees, size);
            let corners = [(0.0, 0.0), (100.0, 0.0), (0.0, 200.0), (100.0, 200.0)];
            let moved = corners.map(|corner| turn.apply(corner));
            let low = |pick: fn(&(f64, f64)) -> f64| {
                moved.iter().map(pick).fold(f64::INFINITY, f64::min)
            };
            assert!(low(|p| p.0).abs() < 1e-9 && low(|p| p.1).abs() < 1e-9, "{degrees}");
        }
        // Clockwise: the upper left corner goes to the upper right.
        assert_eq!(Matrix::turned(90, size).apply((0.0, 200.0)), (200.0, 100.0));
        let there = Matrix::turned(90, size).then(Matrix::turned(270, (200.0, 100.0)));
        assert_eq!(there, Matrix::IDENTITY);
    }
}
