//! JPEG 2000 (ISO 32000-1, 7.4.9), unpacked into plain samples; the only module
//! that knows hayro-jpeg2000.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_jpeg2000::{ColorSpace, DecodeSettings, Image};
use lopdf::{Document, Object, Stream};

use crate::prepress::color::Space;
use crate::prepress::values;

/// Whether an image is JPEG 2000.
pub(super) fn is_packed(stream: &Stream) -> bool {
    stream
        .filters()
        .is_ok_and(|filters| filters.as_slice() == [b"JPXDecode"])
}

/// The same image as plain samples of eight bits, in the space that its
/// dictionary names or else in its own; `None` when it is damaged, larger than
/// is bearable, or has its opacity among its samples.
pub(super) fn unpacked(document: &Document, stream: &Stream) -> Option<Stream> {
    let has_opacity = values::integer_at(document, &stream.dict, b"SMaskInData");
    if has_opacity.is_some_and(|kind| kind != 0) {
        return None;
    }
    let named = values::entry(document, &stream.dict, b"ColorSpace");
    let space = named.map(|named| Space::read(document, named));
    let settings = DecodeSettings {
        resolve_palette_indices: !matches!(space, Some(Space::Indexed(_))),
        ..DecodeSettings::default()
    };
    // Pictures come from anywhere, and a fault of the decoder must not end the
    // run.
    let decoded = catch_unwind(AssertUnwindSafe(|| decoded(&stream.content, &settings)));
    let (size, own, bytes) = decoded.ok().flatten()?;
    let channels = bytes.len() / (size.0 * size.1);
    let wanted = match (&space, own) {
        (Some(space), _) => space.components(),
        (None, Some((_, components))) => components,
        (None, None) => return None,
    };
    if wanted == 0 || wanted > channels {
        return None;
    }
    // What is beyond the colours is an opacity that nobody asked for.
    let bytes = if wanted == channels {
        bytes
    } else {
        let pixels = bytes.chunks_exact(channels);
        pixels.flat_map(|pixel| &pixel[..wanted]).copied().collect()
    };
    let mut plain = values::plain(stream.dict.clone(), bytes);
    if let (None, Some((name, _))) = (&space, own) {
        plain.dict.set("ColorSpace", name);
    }
    plain.dict.set("BitsPerComponent", 8);
    plain.dict.set("Width", Object::Integer(i64::try_from(size.0).ok()?));
    plain.dict.set("Height", Object::Integer(i64::try_from(size.1).ok()?));
    Some(plain)
}

/// Width and height, the device space and its components, and the samples.
type Decoded = ((usize, usize), Option<(&'static str, usize)>, Vec<u8>);

fn decoded(data: &[u8], settings: &DecodeSettings) -> Option<Decoded> {
    let image = Image::new(data, settings).ok()?;
    let (width, height) =
        (usize::try_from(image.width()).ok()?, usize::try_from(image.height()).ok()?);
    // The decoder computes in single precision, four channels of it at most.
    let needed = width.checked_mul(height)?.checked_mul(4 * 4)?;
    if width == 0 || height == 0 || needed > 2 * values::LARGEST_STREAM {
        return None;
    }
    let own = match image.color_space().num_channels() {
        1 => Some(("DeviceGray", 1)),
        3 => Some(("DeviceRGB", 3)),
        4 if matches!(image.color_space(), ColorSpace::CMYK | ColorSpace::Icc { .. }) => {
            Some(("DeviceCMYK", 4))
        }
        _ => None,
    };
    Some(((width, height), own, image.decode().ok()?))
}
