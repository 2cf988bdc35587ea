//! Images in inks. Whether an image is grey is decided once, for all of it.

mod inline;
mod jpx;
mod keyed;
mod samples;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use self::samples::Samples;
use super::color::{Drawing, Inks, Space, byte, indexed_values};
use super::values;

pub(super) use inline::inline;
pub(super) use keyed::masked;

/// How JPEGs are packed again after their one conversion.
const JPEG_QUALITY: u8 = 95;
/// How far the channels of a grey pixel may lie apart: JPEG is not exact.
const NEARLY_GREY: u8 = 3;

/// What becomes of an image.
pub(super) enum Outcome {
    /// It is printed as it is.
    Kept,
    /// This is printed in its place.
    Changed(Stream),
    /// This is printed in its place through this stencil, which becomes an object
    /// of its own ([`masked`]).
    Masked(Box<Stream>, Box<Stream>),
    /// Its colours could not be understood.
    Unknown,
}

/// An image in inks; a soft mask in greys.
pub(super) fn image(
    document: &Document,
    inks: &Inks<'_>,
    stream: &Stream,
    mask: bool,
) -> Outcome {
    let is_stencil = values::entry(document, &stream.dict, b"ImageMask")
        .is_some_and(|is| matches!(is, Object::Boolean(true)));
    if is_stencil {
        return Outcome::Kept;
    }
    if jpx::is_packed(stream) {
        let plain = jpx::unpacked(document, stream);
        return plain.map_or(Outcome::Unknown, |plain| {
            deflated(image(document, inks, &plain, mask), plain)
        });
    }
    let Some(named) = values::entry(document, &stream.dict, b"ColorSpace") else {
        return Outcome::Unknown;
    };
    let space = Space::read(document, named);
    let changed = if mask {
        light(document, stream, &space)
    } else {
        match inks.drawing() {
            Drawing::Press => return pressed(document, inks, stream, named, &space),
            drawing => plate(document, inks, stream, &space, drawing),
        }
    };
    match changed {
        Some(changed) => through_stencil(document, stream, &space, changed),
        None => Outcome::Unknown,
    }
}

/// What became of plain samples, packed again.
fn deflated(outcome: Outcome, plain: Stream) -> Outcome {
    let packed = |stream: Stream| {
        if stream.dict.has(b"Filter") {
            return stream;
        }
        values::deflated(stream.dict, &stream.content)
    };
    match outcome {
        Outcome::Kept => Outcome::Changed(packed(plain)),
        Outcome::Changed(changed) => Outcome::Changed(packed(changed)),
        other => other,
    }
}

/// An image in inks; where the original was masked by its colours, with the
/// stencil that does the same.
fn through_stencil(
    document: &Document,
    original: &Stream,
    space: &Space,
    changed: Stream,
) -> Outcome {
    let Some(ranges) = keyed::ranges(document, original) else {
        return Outcome::Changed(changed);
    };
    match keyed::stencil(document, original, space, &ranges) {
        Some(stencil) => Outcome::Masked(Box::new(changed), Box::new(stencil)),
        None => Outcome::Unknown,
    }
}

/// The same image, its numbers being of another space.
fn renamed(stream: &Stream, space: impl Into<Object>) -> Stream {
    let mut stream = stream.clone();
    stream.dict.set("ColorSpace", space);
    stream.dict.remove(b"Interpolate");
    stream
}

/// An image for the press.
fn pressed(
    document: &Document,
    inks: &Inks<'_>,
    stream: &Stream,
    named: &Object,
    space: &Space,
) -> Outcome {
    match space {
        Space::Gray if named.as_name().is_ok() => return Outcome::Kept,
        Space::Gray => return Outcome::Changed(renamed(stream, "DeviceGray")),
        Space::Cmyk if !inks.is_reduced() => {
            return Outcome::Changed(renamed(stream, "DeviceCMYK"));
        }
        Space::Tint(tint) if !inks.is_reduced() && tint.alternate.components() == 4 => {
            return Outcome::Kept;
        }
        Space::Pattern(_) | Space::Unknown => return Outcome::Unknown,
        _ => {}
    }
    if let Space::Indexed(indexed) = space {
        let changed = palette(document, inks, stream, &indexed.base, &indexed.table);
        return changed.map_or(Outcome::Unknown, Outcome::Changed);
    }
    let changed = Samples::read(document, stream, space)
        .and_then(|samples| separated(document, inks, stream, space, &samples));
    match changed {
        Some(changed) => through_stencil(document, stream, space, changed),
        None => Outcome::Unknown,
    }
}

/// A palette in inks; the indices stay as they are.
fn palette(
    document: &Document,
    inks: &Inks<'_>,
    stream: &Stream,
    base: &Space,
    table: &[u8],
) -> Option<Stream> {
    let count = base.components();
    let mut pressed = Vec::with_capacity(table.len() / count * 4);
    for colour in table.chunks_exact(count) {
        let ink = inks.of(document, base, &indexed_values(base, colour))?;
        let ink = if inks.is_reduced() { inks.in_black(ink) } else { ink };
        pressed.extend(ink.map(byte));
    }
    let high = i64::try_from(pressed.len() / 4).ok()? - 1;
    let table = Object::String(pressed, lopdf::StringFormat::Hexadecimal);
    let space = vec!["Indexed".into(), "DeviceCMYK".into(), high.into(), table];
    Some(renamed(stream, Object::Array(space)))
}

fn saturated(value: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts of floats saturate"
    )]
    let byte = value as u8;
    byte
}

/// Samples in inks, or in greys where all of them are.
fn separated(
    document: &Document,
    inks: &Inks<'_>,
    stream: &Stream,
    space: &Space,
    samples: &Samples,
) -> Option<Stream> {
    if let Space::Rgb(_) = space
        && (inks.is_reduced() || samples.bytes.chunks_exact(3).all(is_grey))
    {
        let greys: Vec<u8> = samples.bytes.chunks_exact(3).map(light_of).collect();
        return packed(stream, samples, "DeviceGray", &greys);
    }
    let pressed = process(document, inks, space, &samples.bytes)?;
    if inks.is_reduced() {
        let black = |ink: &[u8; 4]| {
            let ink = ink.map(|ink| f32::from(ink) / 255.0);
            255 - byte(inks.in_black(ink)[3])
        };
        let greys: Vec<u8> = pressed.as_chunks::<4>().0.iter().map(black).collect();
        return packed(stream, samples, "DeviceGray", &greys);
    }
    packed(stream, samples, "DeviceCMYK", &pressed)
}

fn is_grey(pixel: &[u8]) -> bool {
    let (low, high) = (pixel.iter().min(), pixel.iter().max());
    low.zip(high).is_some_and(|(low, high)| high - low <= NEARLY_GREY)
}

/// How light a pixel of RGB is.
fn light_of(pixel: &[u8]) -> u8 {
    let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
    saturated((0.2126 * r + 0.7152 * g + 0.0722 * b).round())
}

/// Samples of any space as the four process inks.
fn process(
    document: &Document,
    inks: &Inks<'_>,
    space: &Space,
    bytes: &[u8],
) -> Option<Vec<u8>> {
    match space {
        Space::Rgb(profile) => Some(inks.samples(document, *profile, bytes)),
        Space::Cmyk if !inks.is_reduced() && !inks.is_spot_plate() => {
            Some(bytes.to_vec())
        }
        Space::Gray if !inks.is_spot_plate() => {
            Some(bytes.iter().flat_map(|light| [0, 0, 0, 255 - light]).collect())
        }
        _ => {
            let count = space.components();
            let mut pressed = Vec::with_capacity(bytes.len() / count * 4);
            let mut last: Option<(&[u8], [u8; 4])> = None;
            for pixel in bytes.chunks_exact(count) {
                let ink = match last {
                    Some((same, ink)) if same == pixel => ink,
                    _ => {
                        let values = match space {
                            Space::Indexed(_) => vec![f32::from(pixel[0])],
                            other => indexed_values(other, pixel),
                        };
                        let ink = inks.of(document, space, &values)?;
                        ink.map(byte)
                    }
                };
                last = Some((pixel, ink));
                pressed.extend(ink);
            }
            Some(pressed)
        }
    }
}

/// The image with these samples, packed as it was: JPEG stays JPEG.
fn packed(stream: &Stream, from: &Samples, space: &str, bytes: &[u8]) -> Option<Stream> {
    let mut dictionary = samples_dictionary(&stream.dict, from, space)?;
    if !from.lossy {
        return Some(values::deflated(dictionary, bytes));
    }
    let (width, height) =
        (u16::try_from(from.width).ok()?, u16::try_from(from.height).ok()?);
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, JPEG_QUALITY);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    let kind = if space == "DeviceGray" {
        jpeg_encoder::ColorType::Luma
    } else {
        // The encoder writes inks upside down, as Adobe does.
        dictionary.set("Decode", values::reals([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]));
        jpeg_encoder::ColorType::Cmyk
    };
    encoder.encode(bytes, width, height, kind).ok()?;
    dictionary.set("Filter", "DCTDecode");
    Some(Stream::new(dictionary, jpeg).with_compression(false))
}

/// An image's dictionary for plain samples of a device space.
fn samples_dictionary(
    of: &Dictionary,
    samples: &Samples,
    space: &str,
) -> Option<Dictionary> {
    let mut dictionary = of.clone();
    for key in ["Filter", "DecodeParms", "Decode", "Interpolate", "Length"] {
        dictionary.remove(key.as_bytes());
    }
    dictionary.set("ColorSpace", space);
    dictionary.set("BitsPerComponent", 8);
    dictionary.set("Width", i64::try_from(samples.width).ok()?);
    dictionary.set("Height", i64::try_from(samples.height).ok()?);
    Some(dictionary)
}

/// A soft mask, or an image in one: light and dark only.
fn light(document: &Document, stream: &Stream, space: &Space) -> Option<Stream> {
    match space {
        Space::Gray => Some(renamed(stream, "DeviceGray")),
        Space::Rgb(_) => {
            let samples = Samples::read(document, stream, space)?;
            let greys: Vec<u8> = samples.bytes.chunks_exact(3).map(light_of).collect();
            packed(stream, &samples, "DeviceGray", &greys)
        }
        _ => None,
    }
}

/// What an image leaves on the coloured plates, or on the black one.
fn plate(
    document: &Document,
    inks: &Inks<'_>,
    stream: &Stream,
    space: &Space,
    drawing: Drawing,
) -> Option<Stream> {
    if let Space::Gray = space {
        if drawing == Drawing::Black && !inks.is_spot_plate() {
            return Some(renamed(stream, "DeviceGray"));
        }
        // Nothing is on the coloured plates where it stands, nor on a spot ink's.
        let white = Samples {
            width: 1,
            height: 1,
            bytes: Vec::new(),
            lossy: false,
        };
        let dictionary = samples_dictionary(&stream.dict, &white, "DeviceRGB")?;
        return Some(Stream::new(dictionary, vec![255; 3]).with_compression(false));
    }
    let samples = Samples::read(document, stream, space)?;
    let pressed = process(document, inks, space, &samples.bytes)?;
    let pixels = pressed.as_chunks::<4>().0;
    let (space, bytes): (_, Vec<u8>) = if drawing == Drawing::Black {
        ("DeviceGray", pixels.iter().map(|ink| 255 - ink[3]).collect())
    } else {
        let colours = pixels.iter().flat_map(|[c, m, y, _]| [255 - c, 255 - m, 255 - y]);
        ("DeviceRGB", colours.collect())
    };
    let dictionary = samples_dictionary(&stream.dict, &samples, space)?;
    Some(Stream::new(dictionary, bytes).with_compression(false))
}

/// Where an image's soft mask stands.
pub(super) fn soft_mask(stream: &Stream) -> Option<ObjectId> {
    stream.dict.get(b"SMask").and_then(Object::as_reference).ok()
}
