//! How far our separation is from littleCMS's, as eyes see it.

use lcms2::{Flags, GlobalContext, Intent, PixelFormat, Profile as Oracle, Transform};

use super::Profile;

/// CIE L*a*b*.
type Lab = [f64; 3];

/// CIEDE2000 (CIE 142-2001).
fn difference([l1, a1, b1]: Lab, [l2, a2, b2]: Lab) -> f64 {
    let mean_chroma = f64::midpoint(a1.hypot(b1), a2.hypot(b2)).powi(7);
    let stretch = 1.5 - 0.5 * (mean_chroma / (mean_chroma + 25_f64.powi(7))).sqrt();
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let gray = c1 * c2 == 0.0;
    let mut turn = if gray { 0.0 } else { h2 - h1 };
    if turn.abs() > 180.0 {
        turn -= 360.0_f64.copysign(turn);
    }
    let mean_hue = match (h1 + h2, (h1 - h2).abs() > 180.0) {
        (sum, _) if gray => sum,
        (sum, false) => sum / 2.0,
        (sum, true) if sum < 360.0 => sum / 2.0 + 180.0,
        (sum, true) => sum / 2.0 - 180.0,
    };
    let (mean_l, mean_c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let wave = |times: f64, from: f64| (times * mean_hue - from).to_radians().cos();
    let t = 1.0 - 0.17 * wave(1.0, 30.0) + 0.24 * wave(2.0, 0.0) + 0.32 * wave(3.0, -6.0)
        - 0.20 * wave(4.0, 63.0);
    let middle = (mean_l - 50.0).powi(2);
    let weight_l = 1.0 + 0.015 * middle / (20.0 + middle).sqrt();
    let weight_c = 1.0 + 0.045 * mean_c;
    let weight_h = 1.0 + 0.015 * mean_c * t;
    let seventh = mean_c.powi(7);
    let blue = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0
        * (seventh / (seventh + 25_f64.powi(7))).sqrt()
        * (2.0 * blue).to_radians().sin();
    let by_l = (l2 - l1) / weight_l;
    let by_c = (c2 - c1) / weight_c;
    let by_h = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / weight_h;
    (by_l.powi(2) + by_c.powi(2) + by_h.powi(2) + rotation * by_c * by_h).sqrt()
}

#[test]
fn the_formula_gives_the_published_figures() {
    // Sharma, Wu and Dalal, 2005: pairs 1, 7, 17 and 25.
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ];
    for (one, other, published) in pairs {
        assert!((difference(one, other) - published).abs() < 1e-4, "{published}");
    }
}

/// Every colour of a grid, 17 steps a channel.
fn grid() -> Vec<u8> {
    let steps = || (0_u16..=16).map(|step| u8::try_from(step * 16).unwrap_or(u8::MAX));
    steps()
        .flat_map(|r| steps().flat_map(move |g| steps().flat_map(move |b| [r, g, b])))
        .collect()
}

#[test]
fn separations_are_those_of_littlecms() {
    let profile = Profile::bundled().unwrap();
    let colours = grid();
    let count = colours.len() / 3;
    let mut ours = vec![0; count * 4];
    profile.inks().transform(&colours, &mut ours).unwrap();

    let (srgb, press) = (Oracle::new_srgb(), Oracle::new_icc(profile.bytes()).unwrap());
    let theirs: Transform<[u8; 3], [u8; 4], GlobalContext> = Transform::new(
        &srgb,
        PixelFormat::RGB_8,
        &press,
        PixelFormat::CMYK_8,
        Intent::Perceptual,
    )
    .unwrap();
    let mut inks = vec![[0; 4]; count];
    theirs.transform_pixels(colours.as_chunks::<3>().0, &mut inks);

    // What both look like in print, as the profile itself predicts it.
    let seen: Transform<[u8; 4], Lab, GlobalContext> = Transform::new_flags(
        &press,
        PixelFormat::CMYK_8,
        &Oracle::new_lab4_context(GlobalContext::new(), lcms2::CIExyY::d50()).unwrap(),
        PixelFormat::Lab_DBL,
        Intent::AbsoluteColorimetric,
        Flags::default(),
    )
    .unwrap();
    let (mut one, mut other) = (vec![[0.0; 3]; count], vec![[0.0; 3]; count]);
    seen.transform_pixels(ours.as_chunks::<4>().0, &mut one);
    seen.transform_pixels(&inks, &mut other);

    let differences: Vec<f64> =
        one.iter().zip(&other).map(|(a, b)| difference(*a, *b)).collect();
    let most = differences.iter().copied().fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand colours")]
    let mean = differences.iter().sum::<f64>() / count as f64;
    println!("{count} colours: ΔE00 mean {mean:.3}, max {most:.3}");
    assert!(count >= 4000);
    assert!(mean < 0.3 && most < 2.0, "mean {mean}, max {most}");
}
