//! From any colour to the inks of a press.
//!
//! A named colour of the theme has its recipe; black, white and the greys
//! between them are black ink alone; everything else is separated by the
//! printing condition's profile.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Mutex;

use lopdf::{Document, Object, ObjectId};

use super::space::{Space, Tint};
use crate::edition::Palette;
use crate::prepress::icc::{Profile, Transform};
use crate::prepress::values;

/// Cyan, magenta, yellow and black, each from 0 to 1.
pub(in crate::prepress) type Ink = [f32; 4];

/// What the inks are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::prepress) enum Drawing {
    /// `DeviceCMYK`, for the press.
    Press,
    /// The coloured plates as the channels of `DeviceRGB`: cyan is the absence
    /// of red, and so on. Blending in either space gives the same.
    Chromatic,
    /// The black plate as `DeviceGray`.
    Black,
}

/// The inks that colours are printed with.
pub(in crate::prepress) struct Inks<'a> {
    profile: &'a Profile,
    palette: &'a Palette,
    /// One-colour printing.
    black_only: bool,
    /// The largest sum of inks, 1 being one full ink.
    limit: f32,
    drawing: Drawing,
    known: Mutex<BTreeMap<[u8; 3], Ink>>,
    foreign: Mutex<BTreeMap<ObjectId, Option<Transform>>>,
}

/// A share of 1 as a share of 255.
pub(in crate::prepress) fn byte(value: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value is clamped"
    )]
    let byte = (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    byte
}

/// How light a colour is: the weights of Rec. 709 on the encoded channels.
fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn three(values: &[f32]) -> Option<[f32; 3]> {
    Some(values.first_chunk::<3>()?.map(|value| value.clamp(0.0, 1.0)))
}

impl<'a> Inks<'a> {
    /// The inks of a printing condition.
    pub(in crate::prepress) fn new(
        profile: &'a Profile,
        palette: &'a Palette,
        black_only: bool,
        limit: f32,
    ) -> Self {
        Self {
            profile,
            palette,
            black_only,
            limit,
            drawing: Drawing::Press,
            known: Mutex::default(),
            foreign: Mutex::default(),
        }
    }

    /// The same inks, written as something else.
    pub(in crate::prepress) fn drawn_as(self, drawing: Drawing) -> Self {
        Self { drawing, ..self }
    }

    /// What the inks are written as.
    pub(in crate::prepress) fn drawing(&self) -> Drawing {
        self.drawing
    }

    /// Whether there is only black ink.
    pub(in crate::prepress) fn black_only(&self) -> bool {
        self.black_only
    }

    /// The inks of a colour; `None` for a space that cannot be understood.
    pub(in crate::prepress) fn of(
        &self,
        document: &Document,
        space: &Space,
        values: &[f32],
    ) -> Option<Ink> {
        match space {
            Space::Gray => Some([0.0, 0.0, 0.0, 1.0 - values.first()?.clamp(0.0, 1.0)]),
            Space::Rgb(profile) => {
                let rgb = three(values)?;
                let foreign = profile.and_then(|id| self.foreign(document, id));
                Some(match foreign {
                    Some(transform) => self.separated(&transform, rgb.map(byte)),
                    None => self.named(rgb),
                })
            }
            Space::Cmyk => {
                let ink = values.first_chunk::<4>()?.map(|ink| ink.clamp(0.0, 1.0));
                Some(if self.black_only { blackened(ink) } else { ink })
            }
            Space::Lab(range) => Some(self.named(lab_to_srgb(values, *range)?)),
            Space::Indexed(indexed) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the index is clamped"
                )]
                let at = values.first()?.clamp(0.0, 255.0) as usize;
                let count = indexed.base.components();
                let colour = indexed.table.get(at * count..(at + 1) * count)?;
                let colour = indexed_values(&indexed.base, colour);
                self.of(document, &indexed.base, &colour)
            }
            Space::Tint(tint) => self.stand_in(document, tint, values),
            Space::Pattern(_) | Space::Unknown => None,
        }
    }

    /// The process inks that stand in for named ones.
    fn stand_in(&self, document: &Document, tint: &Tint, tints: &[f32]) -> Option<Ink> {
        // Marks on every plate: a registration colour.
        if matches!(tint.inks.as_slice(), [all] if all == b"All") {
            let ink = tints.first()?.clamp(0.0, 1.0);
            return Some(if self.black_only { [0.0, 0.0, 0.0, ink] } else { [ink; 4] });
        }
        if tint.inks.iter().all(|ink| ink == b"None") {
            return Some([0.0; 4]);
        }
        self.of(document, &tint.alternate, &tint.alternate(tints)?)
    }

    /// The recipe of a named colour, where these numbers are one.
    pub(in crate::prepress) fn recipe(&self, rgb: &[f32]) -> Option<Ink> {
        let recipe = self.palette.recipe(three(rgb)?.map(byte))?;
        if self.black_only {
            return recipe.gray.map(|gray| [0.0, 0.0, 0.0, gray]);
        }
        Some(recipe.press)
    }

    /// A colour of the theme, a grey, or any other sRGB colour.
    fn named(&self, rgb: [f32; 3]) -> Ink {
        let bytes = rgb.map(byte);
        if let Some(ink) = self.recipe(&rgb) {
            return ink;
        }
        let [r, g, b] = bytes;
        if r == g && g == b {
            return [0.0, 0.0, 0.0, 1.0 - rgb[0]];
        }
        self.separated(self.profile.inks(), bytes)
    }

    /// A colour by the tables of the profile.
    fn separated(&self, transform: &Transform, rgb: [u8; 3]) -> Ink {
        if self.black_only {
            return [
                0.0,
                0.0,
                0.0,
                1.0 - luma(rgb.map(|value| f32::from(value) / 255.0)),
            ];
        }
        let is_srgb = std::ptr::eq(transform, self.profile.inks());
        let mut known =
            self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if is_srgb && let Some(ink) = known.get(&rgb) {
            return *ink;
        }
        let mut inks = [0; 4];
        // Fails for buffers of other lengths only.
        let _ = transform.transform(&rgb, &mut inks);
        limit(&mut inks, self.limit);
        let ink = inks.map(|ink| f32::from(ink) / 255.0);
        if is_srgb {
            known.insert(rgb, ink);
        }
        ink
    }

    /// Inks of many sRGB colours that belong together, such as the samples of an
    /// image: by the profile alone, so that near greys do not jump.
    pub(in crate::prepress) fn samples(
        &self,
        document: &Document,
        profile: Option<ObjectId>,
        rgb: &[u8],
    ) -> Vec<u8> {
        if self.black_only {
            let gray = |pixel: &[u8]| {
                let rgb = [pixel[0], pixel[1], pixel[2]];
                [0, 0, 0, 255 - byte(luma(rgb.map(|value| f32::from(value) / 255.0)))]
            };
            return rgb.chunks_exact(3).flat_map(gray).collect();
        }
        let foreign = profile.and_then(|id| self.foreign(document, id));
        let transform = foreign.as_ref().unwrap_or(self.profile.inks());
        let mut inks = vec![0; rgb.len() / 3 * 4];
        // Fails for buffers of other lengths only.
        let _ = transform.transform(&rgb[..rgb.len() / 3 * 3], &mut inks);
        for ink in inks.as_chunks_mut::<4>().0 {
            limit(ink, self.limit);
        }
        inks
    }

    /// The transform of an embedded profile that does not mean sRGB.
    fn foreign(&self, document: &Document, profile: ObjectId) -> Option<Transform> {
        let mut foreign =
            self.foreign.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        foreign
            .entry(profile)
            .or_insert_with(|| {
                let stream =
                    document.get_object(profile).and_then(Object::as_stream).ok()?;
                self.profile.inks_from(&values::unfolded(stream)?)
            })
            .clone()
    }

    /// Writes the operator that paints with these inks.
    pub(in crate::prepress) fn write(&self, ink: Ink, stroke: bool, out: &mut Vec<u8>) {
        let [.., black] = ink;
        let operator =
            |fill: &'static str, line: &'static str| if stroke { line } else { fill };
        // Writing to memory does not fail.
        let _ = match self.drawing {
            Drawing::Press => {
                let [c, m, y, k] = ink.map(Short);
                writeln!(out, "{c} {m} {y} {k} {}", operator("k", "K"))
            }
            Drawing::Chromatic => {
                let [r, g, b, _] = ink.map(|ink| Short(1.0 - ink));
                writeln!(out, "{r} {g} {b} {}", operator("rg", "RG"))
            }
            Drawing::Black => {
                writeln!(out, "{} {}", Short(1.0 - black), operator("g", "G"))
            }
        };
    }

    /// How light a colour is, for masks: the weights of a luminosity mask in RGB
    /// (ISO 32000-1, 11.5.3).
    pub(in crate::prepress) fn luminosity(
        &self,
        document: &Document,
        space: &Space,
        values: &[f32],
    ) -> Option<f32> {
        match space {
            Space::Gray => values.first().copied(),
            Space::Rgb(_) => {
                let [r, g, b] = three(values)?;
                Some(0.3 * r + 0.59 * g + 0.11 * b)
            }
            _ => {
                let [c, m, y, k] = self.of(document, space, values)?;
                Some((1.0 - (0.3 * c + 0.59 * m + 0.11 * y + k)).max(0.0))
            }
        }
    }

    /// Writes the operator that paints a mask with this much light.
    pub(in crate::prepress) fn write_light(light: f32, stroke: bool, out: &mut Vec<u8>) {
        // Writing to memory does not fail.
        let _ = writeln!(out, "{} {}", Short(light), if stroke { "G" } else { "g" });
    }

    /// The device space of the drawing.
    pub(in crate::prepress) fn device(&self) -> &'static str {
        match self.drawing {
            Drawing::Press => "DeviceCMYK",
            Drawing::Chromatic => "DeviceRGB",
            Drawing::Black => "DeviceGray",
        }
    }

    /// The components of the drawing.
    pub(in crate::prepress) fn components(&self, [c, m, y, k]: Ink) -> Vec<f32> {
        match self.drawing {
            Drawing::Press => vec![c, m, y, k],
            Drawing::Chromatic => vec![1.0 - c, 1.0 - m, 1.0 - y],
            Drawing::Black => vec![1.0 - k],
        }
    }
}

/// A number in as few characters as it needs.
struct Short(f32);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 10_000.0).round() / 10_000.0;
        // No negative zero.
        write!(f, "{}", rounded + 0.0)
    }
}

/// Lets the coloured inks together with black stay within the limit.
fn limit(ink: &mut [u8; 4], most: f32) {
    let [c, m, y, k] = ink.map(|ink| f32::from(ink) / 255.0);
    let (colours, room) = (c + m + y, (most - k).max(0.0));
    if colours > room {
        let [c, m, y] =
            [c, m, y].map(|ink| (ink * room / colours * 255.0).floor() / 255.0);
        *ink = [byte(c), byte(m), byte(y), ink[3]];
    }
}

/// Four inks as black alone: what they cover, by how dark each is.
fn blackened([c, m, y, k]: Ink) -> Ink {
    let light = luma([1.0 - c, 1.0 - m, 1.0 - y]) * (1.0 - k);
    [0.0, 0.0, 0.0, 1.0 - light]
}

/// The bytes of a palette's colour as numbers of its space.
pub(in crate::prepress) fn indexed_values(base: &Space, bytes: &[u8]) -> Vec<f32> {
    let shares = bytes.iter().map(|byte| f32::from(*byte) / 255.0);
    match base {
        Space::Lab([a_low, a_high, b_low, b_high]) => {
            let limits = [[0.0, 100.0], [*a_low, *a_high], [*b_low, *b_high]];
            shares
                .zip(limits)
                .map(|(share, [low, high])| low + share * (high - low))
                .collect()
        }
        _ => shares.collect(),
    }
}

/// CIE L*a*b* (D50) as sRGB, cut to its gamut.
fn lab_to_srgb(values: &[f32], range: [f32; 4]) -> Option<[f32; 3]> {
    let &[lightness, a, b, ..] = values else { return None };
    let lightness = lightness.clamp(0.0, 100.0);
    let [a_low, a_high, b_low, b_high] = range;
    let (a, b) = (a.max(a_low).min(a_high), b.max(b_low).min(b_high));
    let unfold = |share: f32| {
        if share > 6.0 / 29.0 {
            share.powi(3)
        } else {
            (share - 4.0 / 29.0) * 108.0 / 841.0
        }
    };
    let middle = (lightness + 16.0) / 116.0;
    let xyz = [
        0.9642 * unfold(middle + a / 500.0),
        unfold(middle),
        0.8249 * unfold(middle - b / 200.0),
    ];
    // From D50 to the primaries of sRGB.
    let rows = [
        [3.1339, -1.6169, -0.4906],
        [-0.9788, 1.9161, 0.0335],
        [0.0719, -0.2290, 1.4052],
    ];
    let linear = rows.map(|row: [f32; 3]| {
        row.iter().zip(xyz).map(|(share, value)| share * value).sum::<f32>()
    });
    Some(linear.map(|value| {
        let value = value.clamp(0.0, 1.0);
        if value <= 0.003_130_8 {
            12.92 * value
        } else {
            1.055 * value.powf(1.0 / 2.4) - 0.055
        }
    }))
}
