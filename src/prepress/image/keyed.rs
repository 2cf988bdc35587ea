//! Images masked by colour (ISO 32000-1, 8.9.6.4): the colours that are not
//! painted are told in numbers that separation changes, so the mask is written
//! out as a stencil before.

use lopdf::{Document, Object, Stream, dictionary};

use super::samples::Samples;
use crate::prepress::color::Space;
use crate::prepress::values;

/// The lowest and the highest sample of each component that is not painted.
pub(super) fn ranges(document: &Document, stream: &Stream) -> Option<Vec<[i64; 2]>> {
    let mask = values::entry(document, &stream.dict, b"Mask")?.as_array().ok()?;
    let limits: Option<Vec<i64>> = mask
        .iter()
        .map(|limit| values::follow(document, limit).as_i64().ok())
        .collect();
    let limits = limits?;
    Some(limits.as_chunks::<2>().0.to_vec())
}

/// The stencil that leaves out what these ranges leave out; `None` when the
/// image cannot be read.
pub(super) fn stencil(
    document: &Document,
    stream: &Stream,
    space: &Space,
    ranges: &[[i64; 2]],
) -> Option<Stream> {
    // The ranges are of samples as they are stored.
    let mut stored = stream.clone();
    stored.dict.remove(b"Decode");
    let samples = Samples::read(document, &stored, space)?;
    let bits = values::integer_at(document, &stream.dict, b"BitsPerComponent");
    let most = match bits.unwrap_or(8) {
        bits @ (1 | 2 | 4 | 8 | 16) => (1_i64 << bits) - 1,
        _ => return None,
    };
    let is_index = matches!(space, Space::Indexed(_));
    // Samples have been brought to bytes; so are their limits.
    let scaled = |limit: i64| if is_index { limit } else { limit * 255 / most };
    let ranges: Vec<[i64; 2]> = ranges.iter().map(|range| range.map(scaled)).collect();
    let components = space.components();
    if ranges.len() != components {
        return None;
    }
    let is_left_out = |pixel: &[u8]| {
        let inside = |(value, [low, high]): (&u8, &[i64; 2])| {
            (*low..=*high).contains(&i64::from(*value))
        };
        pixel.iter().zip(&ranges).all(inside)
    };
    let mut rows = Vec::with_capacity(samples.width.div_ceil(8) * samples.height);
    for row in samples.bytes.chunks_exact(samples.width * components) {
        let pixels: Vec<bool> = row.chunks_exact(components).map(is_left_out).collect();
        // A bit of 1 is not painted.
        let packed = pixels.chunks(8).map(|eight| {
            let bit = |(at, out): (usize, &bool)| u8::from(*out) << (7 - at);
            eight.iter().enumerate().map(bit).sum::<u8>()
        });
        rows.extend(packed);
    }
    let entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "ImageMask" => true,
        "BitsPerComponent" => 1,
        "Width" => i64::try_from(samples.width).ok()?,
        "Height" => i64::try_from(samples.height).ok()?,
    };
    Some(values::deflated(entries, &rows))
}

/// The image with the stencil of this number in place of its ranges.
pub(in crate::prepress) fn masked(mut image: Stream, stencil: lopdf::ObjectId) -> Stream {
    image.dict.set("Mask", Object::Reference(stencil));
    image
}
