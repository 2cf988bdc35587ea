//! Meshes in inks (ISO 32000-1, 8.7.4.5.5–8.7.4.5.8): gradients whose colours
//! stand at their points. The points are copied as they are; each colour is
//! separated where it stands.

use lopdf::{Dictionary, Document, Stream};

use super::color::{Inks, Space, bits_at, byte};
use super::shading::separated;
use super::values;

/// The most colours of a mesh; drawings have some thousands.
const MOST_COLORS: usize = 1 << 20;

/// How the stream of a mesh is divided.
struct Record {
    /// Bytes of the edge flag; some meshes have none.
    flag: usize,
    /// Bytes of a coordinate pair.
    point: usize,
    /// Bytes of a colour.
    color: usize,
    /// Bits of a component.
    bits: usize,
    /// Lowest and highest value of each component.
    limits: Vec<[f32; 2]>,
}

/// A mesh without a function, its colours in inks; `None` when it cannot be
/// read. What does not fill whole bytes is not: readers disagree about it.
pub(super) fn mesh(
    document: &Document,
    inks: &Inks<'_>,
    stream: &Stream,
    space: &Space,
    mask: bool,
) -> Option<Stream> {
    let kind = values::integer_at(document, &stream.dict, b"ShadingType")?;
    let record = Record::read(document, &stream.dict, space, kind)?;
    let data = values::unfolded(stream)?;
    let (mut kept, mut colors) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < data.len() {
        let flag =
            if record.flag == 0 { 0 } else { *data.get(at + record.flag - 1)? & 3 };
        let (points, count) = match (kind, flag) {
            (4 | 5, _) => (1, 1),
            (6, 0) => (12, 4),
            (6, _) => (8, 2),
            (7, 0) => (16, 4),
            (7, _) => (12, 2),
            _ => return None,
        };
        let place = at + record.flag + points * record.point;
        let end = place + count * record.color;
        // What is left over at the end is no vertex.
        let Some(own) = data.get(place..end) else { break };
        if colors.len() >= MOST_COLORS {
            return None;
        }
        kept.push((at..place, count));
        colors.extend(own.chunks_exact(record.color).map(|color| record.color_of(color)));
        at = end;
    }
    let components: Vec<Vec<u8>> = if mask {
        let light = |color: &Vec<f32>| inks.luminosity(document, space, color);
        let lights: Option<Vec<f32>> = colors.iter().map(light).collect();
        lights?.into_iter().map(|light| vec![byte(light)]).collect()
    } else {
        let pressed = separated(document, inks, space, &colors)?;
        let named = colors.iter().map(|color| match space {
            Space::Rgb(_) => inks.recipe(color),
            _ => None,
        });
        let chosen = pressed.into_iter().zip(named);
        let chosen = chosen.map(|(ink, recipe)| recipe.unwrap_or(ink));
        chosen
            .map(|ink| inks.components(ink).into_iter().map(byte).collect())
            .collect()
    };
    let outputs = if mask { 1 } else { inks.components([0.0; 4]).len() };
    let mut packed = Vec::with_capacity(data.len());
    let mut next = components.iter();
    for (places, count) in kept {
        packed.extend_from_slice(&data[places]);
        packed.extend(next.by_ref().take(count).flatten());
    }
    let mut dictionary = stream.dict.clone();
    let places = values::numbers_at(document, &stream.dict, b"Decode");
    let places = places.get(..4)?.iter().copied();
    let decode = places.chain([0.0, 1.0].repeat(outputs));
    dictionary.set("Decode", exact(decode));
    dictionary.set("BitsPerComponent", 8);
    Some(values::deflated(dictionary, &packed))
}

/// Coordinates must stay where they are: numbers in full.
fn exact(numbers: impl Iterator<Item = f32>) -> lopdf::Object {
    lopdf::Object::Array(numbers.map(lopdf::Object::Real).collect())
}

impl Record {
    fn read(
        document: &Document,
        shading: &Dictionary,
        space: &Space,
        kind: i64,
    ) -> Option<Self> {
        let size = |key: &[u8], allowed: &[i64]| {
            let bits = values::integer_at(document, shading, key)?;
            let bits = allowed.contains(&bits).then_some(bits)?;
            usize::try_from(bits).ok()
        };
        let coordinate = size(b"BitsPerCoordinate", &[4, 8, 12, 16, 24, 32])?;
        let bits = size(b"BitsPerComponent", &[1, 2, 4, 8, 12, 16])?;
        let flag = if kind == 5 { 0 } else { size(b"BitsPerFlag", &[8])? };
        let components = space.components();
        let limits = values::numbers_at(document, shading, b"Decode");
        let limits = limits.get(4..4 + 2 * components)?;
        let limits = limits.as_chunks::<2>().0.to_vec();
        let whole = |bits: usize| bits.is_multiple_of(8).then_some(bits / 8);
        let color = whole(components * bits).filter(|bytes| *bytes > 0)?;
        Some(Self {
            flag: flag / 8,
            point: whole(2 * coordinate)?,
            color,
            bits,
            limits,
        })
    }

    /// The components of a colour.
    fn color_of(&self, bytes: &[u8]) -> Vec<f32> {
        #[expect(clippy::cast_precision_loss, reason = "sixteen bits at most")]
        let most = ((1_u64 << self.bits) - 1) as f32;
        let components = self.limits.iter().enumerate();
        components
            .map(|(at, [low, high])| {
                #[expect(clippy::cast_precision_loss, reason = "sixteen bits at most")]
                let value = bits_at(bytes, at * self.bits, self.bits) as f32;
                low + value / most * (high - low)
            })
            .collect()
    }
}
