//! 双色印刷: black and one spot ink in place of the four process inks.
//!
//! A colour gets as much of the spot ink as it is coloured like it, and black
//! until it is as dark as it was. Both follow the colour without a jump, so a
//! gradient stays one. In [`Ink`]s the first number is the spot ink and the last
//! is black; between them there is nothing.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::inks::{Ink, luma};
use crate::edition::SpotColor;
use crate::prepress::values;

/// The ink beside black, and its colour space in the document that it prints.
#[derive(Debug, Clone)]
pub(in crate::prepress) struct Second {
    /// As colorants are named in PDF.
    name: Vec<u8>,
    /// How dark the full ink is, from 0 to 1.
    darkness: f32,
    /// Where its hue lies, and how strong it is: the a and b of Oklab.
    hue: [f32; 2],
    /// `DeviceN` of black and the ink.
    space: ObjectId,
}

impl Second {
    /// The ink, with its colour spaces written into the document: `Separation`
    /// for the ink alone, and `DeviceN` with it and black. All that is painted
    /// in the ink shares them, since one ink must not mean two things (ISO
    /// 19005-2, 6.2.4.4).
    pub(in crate::prepress) fn add(document: &mut Document, spot: &SpotColor) -> Self {
        let name = spot.name.as_bytes().to_vec();
        let tint = document.add_object(dictionary! {
            "FunctionType" => 2,
            "Domain" => values::reals([0.0, 1.0]),
            "C0" => values::reals([0.0; 4]),
            "C1" => values::reals(spot.press),
            "N" => 1,
        });
        let ink = Object::Name(name.clone());
        let alone =
            vec!["Separation".into(), ink.clone(), "DeviceCMYK".into(), tint.into()];
        let alone = document.add_object(Object::Array(alone));
        let both = document.add_object(overlaid(spot.press));
        let mut colorants = lopdf::Dictionary::new();
        colorants.set(name.clone(), alone);
        let space = vec![
            "DeviceN".into(),
            Object::Array(vec!["Black".into(), ink]),
            "DeviceCMYK".into(),
            both.into(),
            dictionary! { "Colorants" => colorants }.into(),
        ];
        let [r, g, b] = spot.screen.map(|value| f32::from(value) / 255.0);
        Self {
            name,
            darkness: (1.0 - luma([r, g, b])).max(0.05),
            hue: chroma([r, g, b]),
            space: document.add_object(Object::Array(space)),
        }
    }

    /// Whether a colorant is this ink.
    pub(super) fn is(&self, colorant: &[u8]) -> bool {
        self.name == colorant
    }

    /// The colour space of black and the ink.
    pub(super) fn space(&self) -> ObjectId {
        self.space
    }

    /// A colour in the ink and black.
    pub(super) fn shares(&self, rgb: [f32; 3]) -> Ink {
        let dark = 1.0 - luma(rgb);
        let [a, b] = chroma(rgb);
        let [own_a, own_b] = self.hue;
        let strength = own_a * own_a + own_b * own_b;
        // A grey ink has no hue to follow.
        let along =
            if strength < 1e-4 { 0.0 } else { (a * own_a + b * own_b) / strength };
        // Never darker than the colour was.
        let spot = along.clamp(0.0, 1.0).min(dark / self.darkness);
        let black = 1.0 - (1.0 - dark) / (1.0 - spot * self.darkness).max(0.01);
        [spot, 0.0, 0.0, black.clamp(0.0, 1.0)]
    }

    /// How dark these inks are together.
    pub(super) fn darkness(&self, [spot, .., black]: Ink) -> f32 {
        1.0 - (1.0 - spot * self.darkness) * (1.0 - black)
    }
}

/// From black and the spot ink to what stands in for both: the corners say it
/// all, and between them it is even.
fn overlaid([c, m, y, k]: Ink) -> lopdf::Stream {
    let corners = [[0.0; 4], [0.0, 0.0, 0.0, 1.0], [c, m, y, k], [c, m, y, 1.0]];
    let samples: Vec<u8> = corners.into_iter().flatten().map(super::byte).collect();
    let entries = dictionary! {
        "FunctionType" => 0,
        "Domain" => values::reals([0.0, 1.0, 0.0, 1.0]),
        "Range" => values::reals([0.0, 1.0].repeat(4)),
        "Size" => vec![2.into(), 2.into()],
        "BitsPerSample" => 8,
    };
    values::plain(entries, samples)
}

/// The a and b of a colour in Oklab.
fn chroma(rgb: [f32; 3]) -> [f32; 2] {
    let linear = rgb.map(|value| {
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    let sum = |shares: [f32; 3], of: [f32; 3]| -> f32 {
        shares.into_iter().zip(of).map(|(share, value)| share * value).sum()
    };
    let cones = [
        [0.412_221_46, 0.536_332_55, 0.051_445_995],
        [0.211_903_5, 0.680_699_5, 0.107_396_96],
        [0.088_302_46, 0.281_718_85, 0.629_978_7],
    ]
    .map(|shares| sum(shares, linear).cbrt());
    [
        sum([1.977_998_5, -2.428_592_2, 0.450_593_7], cones),
        sum([0.025_904_037, 0.782_771_77, -0.808_675_77], cones),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn river() -> Second {
        let spot = SpotColor {
            name: "PANTONE 3165 C".to_owned(),
            screen: [0x0B, 0x4F, 0x5C],
            press: [0.9, 0.5, 0.45, 0.3],
        };
        Second::add(&mut Document::with_version("1.6"), &spot)
    }

    fn of(hex: u32) -> Ink {
        let [_, r, g, b] = hex.to_be_bytes().map(|byte| f32::from(byte) / 255.0);
        river().shares([r, g, b])
    }

    #[test]
    fn its_own_colour_is_the_ink_and_greys_are_black() {
        let [spot, _, _, black] = of(0x0B_4F5C);
        assert!(spot > 0.99 && black < 0.01, "{spot} {black}");
        let [spot, _, _, black] = of(0x80_8080);
        assert!(spot < 0.01 && (black - 0.498).abs() < 0.01, "{spot} {black}");
        assert!(of(0xFF_FFFF).iter().all(|ink| *ink < 0.01));
        assert_eq!(of(0x00_0000)[3].to_bits(), 1.0_f32.to_bits());
    }

    #[test]
    fn opposite_hues_have_no_spot_and_near_ones_some() {
        assert!(of(0xC9_501C)[0] < 0.01, "ember is no river");
        let [spot, _, _, black] = of(0x8F_B8BF);
        assert!((0.2..0.6).contains(&spot) && black < 0.2, "{spot} {black}");
    }

    #[test]
    fn everything_stays_as_dark_as_it_was() {
        for hex in [0x2F_7D4F_u32, 0xE9_B13B, 0x8F_B8BF, 0xC9_501C, 0x33_66FF] {
            let [_, r, g, b] = hex.to_be_bytes().map(|byte| f32::from(byte) / 255.0);
            let away = river().darkness(of(hex)) - (1.0 - luma([r, g, b]));
            assert!(away.abs() < 0.01, "{hex:06x}: {away}");
        }
    }
}
