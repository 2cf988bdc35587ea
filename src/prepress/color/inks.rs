//! From any colour to the inks of a press.
//!
//! A named colour of the theme has its recipe; black, white and the greys
//! between them are black ink alone; everything else is separated by the
//! printing condition's profile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use lopdf::{Document, Object, ObjectId};

use super::second::Second;
use super::space::{Space, Tint};
use super::written::Drawing;
use crate::edition::{Palette, Recipe};
use crate::prepress::icc::{Profile, Transform};
use crate::prepress::values;

/// Cyan, magenta, yellow and black, each from 0 to 1; in two-colour printing the
/// spot ink, nothing, nothing, and black ([`Second`]).
pub(in crate::prepress) type Ink = [f32; 4];

/// The inks on the press.
#[derive(Debug, Clone)]
pub(in crate::prepress) enum Press {
    /// The four process inks.
    Process,
    /// Black alone.
    Black,
    /// Black and a spot ink.
    Two(Second),
}

/// The inks that colours are printed with.
pub(in crate::prepress) struct Inks<'a> {
    profile: &'a Profile,
    palette: &'a Palette,
    pub(super) press: Press,
    /// The largest sum of inks, 1 being one full ink.
    limit: f32,
    pub(super) drawing: Drawing,
    /// Spot inks that have a plate of their own, in drawings of plates.
    plated: BTreeSet<Vec<u8>>,
    /// The spot ink whose plate this is a drawing of.
    plate: Option<Vec<u8>>,
    known: Mutex<BTreeMap<[u8; 3], Ink>>,
    foreign: Mutex<BTreeMap<ObjectId, Option<Transform>>>,
}

/// Less of the spot ink than this is not worth a second plate under a letter.
const FAINT: f32 = 0.08;

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
pub(super) fn luma([r, g, b]: [f32; 3]) -> f32 {
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
        press: Press,
        limit: f32,
    ) -> Self {
        Self {
            profile,
            palette,
            press,
            limit,
            drawing: Drawing::Press,
            plated: BTreeSet::new(),
            plate: None,
            known: Mutex::default(),
            foreign: Mutex::default(),
        }
    }

    /// The same inks, drawn on the plates of the process inks; these spot inks
    /// have plates of their own.
    pub(in crate::prepress) fn drawn_as(
        self,
        drawing: Drawing,
        plated: BTreeSet<Vec<u8>>,
    ) -> Self {
        Self { drawing, plated, ..self }
    }

    /// The same inks, drawn on the plate of this spot ink.
    pub(in crate::prepress) fn on_plate_of(self, name: &[u8]) -> Self {
        let plate = Some(name.to_vec());
        let plated = [name.to_vec()].into_iter().collect();
        Self { drawing: Drawing::Black, plated, plate, ..self }
    }

    /// Whether this is a drawing of a spot ink's plate.
    pub(in crate::prepress) fn is_spot_plate(&self) -> bool {
        self.plate.is_some()
    }

    /// What the inks are written as.
    pub(in crate::prepress) fn drawing(&self) -> Drawing {
        self.drawing
    }

    /// Whether there are fewer than the four process inks; then pictures are
    /// printed in black.
    pub(in crate::prepress) fn is_reduced(&self) -> bool {
        !matches!(self.press, Press::Process)
    }

    /// The colour space of the spot ink, where there is one on the press.
    pub(in crate::prepress) fn second(&self) -> Option<ObjectId> {
        let Press::Two(second) = &self.press else { return None };
        Some(second.space())
    }

    /// Whether these inks are written in the colour space of the spot ink.
    pub(in crate::prepress) fn needs_second(&self, ink: Ink) -> bool {
        matches!(self.press, Press::Two(_)) && ink[0] > 0.0
    }

    /// The inks as black alone.
    pub(in crate::prepress) fn in_black(&self, ink: Ink) -> Ink {
        match &self.press {
            Press::Two(second) => [0.0, 0.0, 0.0, second.darkness(ink)],
            _ => ink,
        }
    }

    /// The inks of a colour; `None` for a space that cannot be understood.
    pub(in crate::prepress) fn of(
        &self,
        document: &Document,
        space: &Space,
        values: &[f32],
    ) -> Option<Ink> {
        if let (Some(plate), false) = (&self.plate, matches!(space, Space::Indexed(_))) {
            return Some([0.0, 0.0, 0.0, tint_of(plate, space, values)]);
        }
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
                Some(match &self.press {
                    Press::Process => ink,
                    Press::Black => blackened(ink),
                    Press::Two(second) => in_two(second, ink),
                })
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
            return Some(match self.press {
                Press::Process => [ink; 4],
                Press::Black => [0.0, 0.0, 0.0, ink],
                Press::Two(_) => [ink, 0.0, 0.0, ink],
            });
        }
        if tint.inks.iter().all(|ink| ink == b"None") {
            return Some([0.0; 4]);
        }
        if let (Press::Two(second), [ink]) = (&self.press, tint.inks.as_slice())
            && second.is(ink)
        {
            return Some([tints.first()?.clamp(0.0, 1.0), 0.0, 0.0, 0.0]);
        }
        if let Some(ink) = self.on_own_plates(tint, tints) {
            return Some(ink);
        }
        self.of(document, &tint.alternate, &tint.alternate(tints)?)
    }

    /// What tints leave on the plates of the process inks, where each of the
    /// others has a plate of its own.
    fn on_own_plates(&self, tint: &Tint, tints: &[f32]) -> Option<Ink> {
        if self.plated.is_empty() {
            return None;
        }
        let mut ink = [0.0; 4];
        for (name, tint) in tint.inks.iter().zip(tints) {
            if let Some(at) = process_ink(name) {
                ink[at] = tint.clamp(0.0, 1.0);
            } else if name != b"None" && !self.plated.contains(name) {
                return None;
            }
        }
        Some(ink)
    }

    /// The recipe of a named colour, where these numbers are one.
    pub(in crate::prepress) fn recipe(&self, rgb: &[f32]) -> Option<Ink> {
        let rgb = three(rgb)?;
        let recipe = self.palette.recipe(rgb.map(byte))?;
        match &self.press {
            Press::Process => Some(recipe.press),
            Press::Black => black_of(recipe),
            Press::Two(second) => {
                if let Some([black, spot]) = recipe.spot {
                    return Some([spot, 0.0, 0.0, black]);
                }
                // Of another hue, or of none: black as it was chosen.
                let ink = second.shares(rgb);
                if ink[0] < FAINT { black_of(recipe).or(Some(ink)) } else { Some(ink) }
            }
        }
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
        let shares = rgb.map(|value| f32::from(value) / 255.0);
        match &self.press {
            Press::Process => {}
            Press::Black => return [0.0, 0.0, 0.0, 1.0 - luma(shares)],
            Press::Two(second) => return second.shares(shares),
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
        if self.is_reduced() || self.is_spot_plate() {
            let inked = |pixel: &[u8]| {
                let rgb = [pixel[0], pixel[1], pixel[2]];
                let rgb = rgb.map(|value| f32::from(value) / 255.0);
                let ink = match &self.press {
                    _ if self.is_spot_plate() => [0.0; 4],
                    Press::Two(second) => second.shares(rgb),
                    _ => [0.0, 0.0, 0.0, 1.0 - luma(rgb)],
                };
                ink.map(byte)
            };
            return rgb.chunks_exact(3).flat_map(inked).collect();
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
            Space::Cmyk => {
                let &[c, m, y, k] = values.first_chunk::<4>()?;
                Some((1.0 - (0.3 * c + 0.59 * m + 0.11 * y + k)).clamp(0.0, 1.0))
            }
            _ => {
                let [c, m, y, k] = self.in_black(self.of(document, space, values)?);
                Some((1.0 - (0.3 * c + 0.59 * m + 0.11 * y + k)).max(0.0))
            }
        }
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

/// The place of a process ink among the four.
fn process_ink(name: &[u8]) -> Option<usize> {
    let names = [b"Cyan".as_slice(), b"Magenta", b"Yellow", b"Black"];
    names.iter().position(|process| *process == name)
}

/// How much of a spot ink a colour lays down.
fn tint_of(plate: &[u8], space: &Space, values: &[f32]) -> f32 {
    let Space::Tint(tint) = space else { return 0.0 };
    let own = |name: &Vec<u8>| name == plate || name == b"All";
    let at = tint.inks.iter().position(own);
    at.and_then(|at| values.get(at))
        .map_or(0.0, |tint| tint.clamp(0.0, 1.0))
}

/// A named colour where black is the only ink for it: as it was chosen, or as it
/// is where it is of black ink anyhow.
fn black_of(recipe: Recipe) -> Option<Ink> {
    let [c, m, y, k] = recipe.press;
    let own = (c + m + y == 0.0).then_some(k);
    recipe.gray.or(own).map(|gray| [0.0, 0.0, 0.0, gray])
}

/// Process inks as black and a spot ink.
fn in_two(second: &Second, [c, m, y, k]: Ink) -> Ink {
    if c + m + y == 0.0 {
        return [0.0, 0.0, 0.0, k];
    }
    second.shares([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k)))
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
