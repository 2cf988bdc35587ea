//! Where a page has the most ink.

use super::Plates;

/// A place with more ink than the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Its heaviest point: from the left edge of the media box, in points.
    pub x: f64,
    /// From the bottom edge of the media box, in points.
    pub y: f64,
    /// The sum of inks there, 100 being one full ink.
    pub total: f64,
    /// How large the area above the limit is around it, in square millimetres.
    pub area: f64,
}

/// The side of the squares in which spots are sought, in points.
const SQUARE: f64 = 28.35;
/// Rounding of plates and colours is no excess, in percent.
const TOLERANCE: f64 = 1.5;
/// The largest area that nobody sees smear, in square millimetres.
const NEGLIGIBLE: f64 = 1.0;

/// The places of a page (a square centimetre each) with more ink than `limit`
/// percent, the heaviest first.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places on a page, counted in pixels"
)]
pub fn worst_spots(plates: &Plates, limit: f64) -> Vec<Spot> {
    let point = 72.0 / f64::from(plates.dpi.max(1));
    let pixel = (point * 25.4 / 72.0).powi(2);
    let side = ((SQUARE / point).round() as usize).max(1);
    let mut spots = Vec::new();
    for top in (0..plates.height).step_by(side) {
        for left in (0..plates.width).step_by(side) {
            let (mut worst, mut count) = ((0.0, 0, 0), 0_u32);
            for y in top..(top + side).min(plates.height) {
                for x in left..(left + side).min(plates.width) {
                    let total = plates.total(x, y);
                    count += u32::from(total > limit + TOLERANCE);
                    if total > worst.0 {
                        worst = (total, x, y);
                    }
                }
            }
            let area = f64::from(count) * pixel;
            let (total, x, y) = worst;
            if count > 0 && area > NEGLIGIBLE {
                let (x, y) = (x as f64 + 0.5, (plates.height - y) as f64 - 0.5);
                spots.push(Spot { x: x * point, y: y * point, total, area });
            }
        }
    }
    spots.sort_by(|a, b| b.total.total_cmp(&a.total).then(b.area.total_cmp(&a.area)));
    spots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_squares_are_found_and_specks_are_not() {
        let (width, height) = (100, 200);
        let mut plates = Plates {
            width,
            height,
            dpi: 72,
            inks: std::array::from_fn(|_| vec![0; width * height]),
            spots: Vec::new(),
        };
        for plate in &mut plates.inks {
            plate[0] = 255;
            for y in 150..160 {
                plate[y * width + 60..y * width + 70].fill(255);
            }
        }
        let spots = worst_spots(&plates, 300.0);
        assert!(spots.iter().all(|spot| (spot.total - 400.0).abs() < 0.1));
        assert!(spots.iter().all(|spot| spot.x > 56.0 && spot.y < 60.0), "{spots:?}");
        assert!(!spots.is_empty());
        assert!(worst_spots(&plates, 400.0).is_empty());
    }
}
