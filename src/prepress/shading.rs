//! Gradients in inks.
//!
//! The function of a shading is sampled and its samples are separated. Grey is
//! decided once for the whole gradient, and the recipes of named colours at its
//! stops shift the colours between them, so that nothing jumps.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::color::{Function, Ink, Inks, Space, byte};
use super::values;

/// Samples along a gradient, or along each side of a two-dimensional one.
const SAMPLES: usize = 256;
/// How far the channels of a grey may lie apart: mixing in Oklab is not exact.
const NEARLY_GREY: f32 = 4.0 / 255.0;

/// A shading in inks.
pub(super) struct Shaded {
    /// The shading; its function is the object that was reserved for it.
    pub(super) dictionary: Dictionary,
    /// That function.
    pub(super) function: Stream,
}

/// What becomes of a shading.
pub(super) enum Outcome {
    /// It is printed as it is.
    Kept,
    /// This is printed in its place.
    Changed(Box<Shaded>),
    /// This is: a mesh that has no function.
    Mesh(Box<Stream>),
    /// Its colours could not be understood.
    Unknown,
}

/// Separates a shading dictionary (ISO 32000-1, 8.7.4.3); `reserved` is the
/// number of the object that its function becomes.
pub(super) fn shading(
    document: &Document,
    inks: &Inks<'_>,
    object: &Object,
    mask: bool,
    reserved: lopdf::ObjectId,
) -> Outcome {
    let Some(original) = values::dictionary(object) else { return Outcome::Unknown };
    let space = original.get(b"ColorSpace").map(|space| Space::read(document, space));
    let Ok(space) = space else { return Outcome::Unknown };
    if !mask
        && matches!(space, Space::Tint(_))
        && inks.device() == "DeviceCMYK"
        && !inks.is_reduced()
    {
        return Outcome::Kept;
    }
    let Some(kind) = values::integer_at(document, original, b"ShadingType") else {
        return Outcome::Unknown;
    };
    let new_space = if mask { "DeviceGray".into() } else { inks.paint_space() };
    let function = original.get(b"Function").ok();
    // Meshes without a function carry their colours in their points.
    if let (None, Object::Stream(stream)) = (function, object) {
        let mesh = super::mesh::mesh(document, inks, stream, &space, mask);
        return mesh.map_or(Outcome::Unknown, |mut mesh| {
            mesh.dict.set("ColorSpace", new_space);
            mesh.dict.remove(b"Background");
            Outcome::Mesh(Box::new(mesh))
        });
    }
    let Some(function) = function.and_then(|object| Function::read(document, object))
    else {
        return Outcome::Unknown;
    };
    let domain = domain(document, original, kind);
    let gradient = Gradient {
        document,
        inks,
        space: &space,
        function: &function,
        mask,
    };
    let Some(samples) = gradient.samples(&domain) else { return Outcome::Unknown };
    let mut dictionary = original.clone();
    dictionary.set("ColorSpace", new_space);
    dictionary.set("Function", reserved);
    if let Some(background) = gradient.background(original) {
        dictionary.set("Background", background);
    }
    let outputs = if mask { 1 } else { inks.components([0.0; 4]).len() };
    let sizes = domain.len() / 2;
    let one = i64::try_from(SAMPLES).unwrap_or(256);
    let entries = dictionary! {
        "FunctionType" => 0,
        "Domain" => values::reals(domain),
        "Range" => values::reals([0.0, 1.0].repeat(outputs)),
        "Size" => vec![Object::Integer(one); sizes],
        "BitsPerSample" => 8,
    };
    let function = values::deflated(entries, &samples);
    Outcome::Changed(Box::new(Shaded { dictionary, function }))
}

/// The inputs of the shading's function.
fn domain(document: &Document, shading: &Dictionary, kind: i64) -> Vec<f32> {
    let said = values::numbers_at(document, shading, b"Domain");
    match kind {
        1 if said.len() == 4 => said,
        1 => vec![0.0, 1.0, 0.0, 1.0],
        // The colours of a mesh are one number each, within its Decode array.
        4..=7 => {
            let decode = values::numbers_at(document, shading, b"Decode");
            decode.get(4..6).map_or(vec![0.0, 1.0], <[f32]>::to_vec)
        }
        _ if said.len() == 2 => said,
        _ => vec![0.0, 1.0],
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred steps")]
fn step([low, high]: [f32; 2], at: usize) -> f32 {
    low + (high - low) * at as f32 / (SAMPLES - 1) as f32
}

struct Gradient<'a> {
    document: &'a Document,
    inks: &'a Inks<'a>,
    space: &'a Space,
    function: &'a Function,
    mask: bool,
}

impl Gradient<'_> {
    /// The samples of the new function, a byte a component.
    fn samples(&self, domain: &[f32]) -> Option<Vec<u8>> {
        let places: Vec<Vec<f32>> = match *domain {
            [low, high] => (0..SAMPLES).map(|at| vec![step([low, high], at)]).collect(),
            [left, right, bottom, top] => (0..SAMPLES * SAMPLES)
                .map(|at| {
                    vec![
                        step([left, right], at % SAMPLES),
                        step([bottom, top], at / SAMPLES),
                    ]
                })
                .collect(),
            _ => return None,
        };
        let colours = places.iter().map(|place| self.function.at(place));
        let colours: Vec<Vec<f32>> = colours.collect::<Option<_>>()?;
        if self.mask {
            let lights = colours
                .iter()
                .map(|colour| self.inks.luminosity(self.document, self.space, colour));
            let lights: Vec<f32> = lights.collect::<Option<_>>()?;
            return Some(lights.into_iter().map(byte).collect());
        }
        let mut separated = self.separated(&colours)?;
        if domain.len() == 2 {
            self.shift(&places, &mut separated);
        }
        let components = separated.into_iter().flat_map(|ink| self.inks.components(ink));
        Some(components.map(byte).collect())
    }

    fn separated(&self, colours: &[Vec<f32>]) -> Option<Vec<Ink>> {
        separated(self.document, self.inks, self.space, colours)
    }

    /// Shifts the inks of the samples so that each stop of a named colour has its
    /// recipe, and what lies between follows.
    fn shift(&self, places: &[Vec<f32>], separated: &mut [Ink]) {
        let Space::Rgb(_) = self.space else { return };
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return };
        let ends = [first[0], last[0]];
        let mut knots: Vec<(f32, Ink)> = Vec::new();
        for stop in self.function.stops() {
            let Some(colour) = self.function.at(&[stop]) else { continue };
            let recipe = self.inks.recipe(&colour);
            let Some(plain) =
                self.separated(&[colour]).and_then(|inks| inks.first().copied())
            else {
                continue;
            };
            let is_end = ends.contains(&stop);
            match recipe {
                Some(recipe) => {
                    let shift = [0, 1, 2, 3].map(|at| recipe[at] - plain[at]);
                    knots.push((stop, shift));
                }
                None if is_end => knots.push((stop, [0.0; 4])),
                None => {}
            }
        }
        if knots
            .iter()
            .all(|(_, shift)| shift.iter().all(|ink| ink.abs() < f32::EPSILON))
        {
            return;
        }
        for (place, ink) in places.iter().zip(separated) {
            let shift = between(&knots, place[0]);
            for (value, shift) in ink.iter_mut().zip(shift) {
                *value = (*value + shift).clamp(0.0, 1.0);
            }
        }
    }

    /// The colour around the shading, in the new space.
    fn background(&self, original: &Dictionary) -> Option<Object> {
        let colour = values::numbers_at(self.document, original, b"Background");
        if colour.is_empty() {
            return None;
        }
        let ink = self.inks.of(self.document, self.space, &colour)?;
        Some(values::reals(self.inks.components(ink)))
    }
}

/// The inks of colours that belong together: black alone where all of them are
/// grey, and all by the profile where one is not.
pub(super) fn separated(
    document: &Document,
    inks: &Inks<'_>,
    space: &Space,
    colours: &[Vec<f32>],
) -> Option<Vec<Ink>> {
    let Space::Rgb(profile) = space else {
        return colours.iter().map(|c| inks.of(document, space, c)).collect();
    };
    if inks.is_spot_plate() {
        return Some(vec![[0.0; 4]; colours.len()]);
    }
    let is_grey = |colour: &Vec<f32>| {
        let (low, high) =
            colour.iter().fold((f32::MAX, f32::MIN), |(low, high), value| {
                (low.min(*value), high.max(*value))
            });
        high - low <= NEARLY_GREY
    };
    if colours.iter().any(|colour| colour.len() < 3) {
        return None;
    }
    if colours.iter().all(is_grey) {
        let black = |c: &Vec<f32>| {
            [0.0, 0.0, 0.0, 1.0 - ((c[0] + c[1] + c[2]) / 3.0).clamp(0.0, 1.0)]
        };
        return Some(colours.iter().map(black).collect());
    }
    let bytes: Vec<u8> = colours
        .iter()
        .flat_map(|colour| [0, 1, 2].map(|at| byte(colour[at])))
        .collect();
    let pressed = inks.samples(document, *profile, &bytes);
    let pressed = pressed.as_chunks::<4>().0.iter();
    Some(pressed.map(|ink| ink.map(|ink| f32::from(ink) / 255.0)).collect())
}

/// Linear between the knots around a place.
fn between(knots: &[(f32, Ink)], at: f32) -> Ink {
    let next = knots
        .iter()
        .position(|(place, _)| *place >= at)
        .unwrap_or(knots.len());
    let (before, after) =
        (next.checked_sub(1).and_then(|i| knots.get(i)), knots.get(next));
    match (before, after) {
        (Some((from, low)), Some((to, high))) if to > from => {
            let share = (at - from) / (to - from);
            [0, 1, 2, 3].map(|i| low[i] + share * (high[i] - low[i]))
        }
        (_, Some((_, ink))) | (Some((_, ink)), None) => *ink,
        (None, None) => [0.0; 4],
    }
}
