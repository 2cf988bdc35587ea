//! The book's one curve: it climbs, flattens and comes down to zero.

/// Three cubic Bézier arcs in a 320 × 64 box: climb, plateau, descent.
const ARCS: [[(f64, f64); 4]; 3] = [
    [(4.0, 58.0), (70.0, 58.0), (92.0, 10.0), (142.0, 10.0)],
    [(142.0, 10.0), (158.0, 10.0), (172.0, 10.0), (186.0, 10.0)],
    [(186.0, 10.0), (232.0, 10.0), (256.0, 58.0), (316.0, 58.0)],
];

/// The curve as path data, with every point moved by `place`.
pub(super) fn path(place: impl Fn((f64, f64)) -> (f64, f64)) -> String {
    let place = |point| {
        let (x, y) = place(point);
        format!("{x:.1} {y:.1}")
    };
    let mut out = format!("M{}", place(ARCS[0][0]));
    for [_, first, second, end] in ARCS {
        let arc = [" C", &place(first), " ", &place(second), " ", &place(end)];
        out.push_str(&arc.concat());
    }
    out
}

/// The point of the curve at `part` (0 to 1) of its width.
pub(super) fn point(part: f64) -> (f64, f64) {
    let x = 4.0 + 312.0 * part.clamp(0.0, 1.0);
    let arc = ARCS.iter().find(|arc| x <= arc[3].0).unwrap_or(&ARCS[2]);
    let at = |t: f64, axis: fn((f64, f64)) -> f64| {
        let points = arc.map(axis);
        let between = |from: f64, to: f64| from + (to - from) * t;
        let firsts = [0, 1, 2].map(|i| between(points[i], points[i + 1]));
        let seconds = [0, 1].map(|i| between(firsts[i], firsts[i + 1]));
        between(seconds[0], seconds[1])
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if at(middle, |point| point.0) < x { low = middle } else { high = middle }
    }
    (x, at(low, |point| point.1))
}

/// The quiet rule at a chapter's start: the curve, and how far along it the
/// chapter stands. It says nothing that the text does not, so voices skip it.
pub(super) fn rule(part: f64) -> String {
    let (x, y) = point(part);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"curve\" viewBox=\"0 0 320 64\" \
         aria-hidden=\"true\" focusable=\"false\"><path d=\"{line} Z\" \
         fill=\"currentColor\" fill-opacity=\"0.1\"/><path d=\"{line}\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linecap=\"round\"/>\
         <circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"currentColor\"/></svg>\n",
        line = path(|point| point)
    )
}

#[cfg(test)]
mod tests {
    use super::point;

    #[test]
    fn the_curve_climbs_flattens_and_comes_down() {
        let height = |part| 58.0 - point(part).1;
        assert!(height(0.0) < 0.1 && height(1.0) < 0.1);
        assert!(height(0.2) > height(0.1) && height(0.8) < height(0.7));
        assert!((height(0.5) - 48.0).abs() < 0.1);
    }
}
