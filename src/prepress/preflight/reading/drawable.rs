//! Whether a page can be drawn within bounds.
//!
//! The renderer decodes what a page reaches without asking for its size, so
//! each stream is measured before: decoded length, samples of images, and
//! what the head of a JPEG or JPEG 2000 file says of itself.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::value::Source;

/// Objects that one page may reach.
const MAX_OBJECTS: usize = 20_000;

/// What one stream may decode to, in bytes.
const MAX_DECODED: usize = 64 << 20;

/// What all streams of a page may decode to, in bytes.
const MAX_PAGE: usize = 192 << 20;

/// Samples that one image may have.
const MAX_SAMPLES: u64 = 40_000_000;

/// Deflate cannot do better: 1,032 bytes from one.
const BEST_RATIO: usize = 1032;

/// Whether the renderer may be given this page.
pub(super) fn is_drawable(source: Source<'_>, page: ObjectId) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![page];
    let mut left = MAX_PAGE;
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        if seen.len() > MAX_OBJECTS {
            return false;
        }
        let Some(object) = source.document.objects.get(&id) else { continue };
        if let Object::Stream(stream) = object {
            match size(source, stream) {
                Some(size) if size <= left => left -= size,
                _ => return false,
            }
        }
        references(object, &mut waiting);
    }
    true
}

/// The numbers that an object names; not the way back up the page tree.
fn references(object: &Object, found: &mut Vec<ObjectId>) {
    let entries = |dict: &Dictionary, found: &mut Vec<ObjectId>| {
        for (key, value) in dict {
            if !matches!(key.as_slice(), b"Parent" | b"P" | b"StructParent" | b"Annots") {
                references(value, found);
            }
        }
    };
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(elements) => {
            for element in elements {
                references(element, found);
            }
        }
        Object::Dictionary(dict) => entries(dict, found),
        Object::Stream(stream) => entries(&stream.dict, found),
        _ => {}
    }
}

/// What a stream comes to when it is drawn, in bytes; `None` if too much.
fn size(source: Source<'_>, stream: &Stream) -> Option<usize> {
    let dict = &stream.dict;
    let filters = match source.get(dict, "Filter") {
        Object::Array(filters) => filters.len(),
        Object::Null => 0,
        _ => 1,
    };
    let names = source.list(dict, "Filter");
    let is = |name: &str| {
        let one = |object: &Object| super::value::name(object).is_some_and(|n| n == name);
        names.iter().any(|object| one(object)) || one(source.get(dict, "Filter"))
    };
    // Two-level images have heads that are not worth reading here.
    if is("JBIG2Decode") && stream.content.len() > 1 << 20 {
        return None;
    }
    let image = samples(source, dict).max(head(&stream.content));
    if image > MAX_SAMPLES || filters > 4 {
        return None;
    }
    let pixels = usize::try_from(image * 4).ok()?;
    let worst = match filters {
        0 => stream.content.len(),
        1 => stream.content.len().saturating_mul(BEST_RATIO),
        _ => usize::MAX,
    };
    let codec = ["DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"];
    if codec.iter().any(|name| is(name)) && filters == 1 {
        return Some(pixels);
    }
    if worst <= 1 << 20 {
        return Some(worst.max(pixels));
    }
    match stream.decompressed_content_with_limit(MAX_DECODED) {
        Ok(data) => Some(data.len().max(pixels).max(usize::try_from(head(&data) * 4).ok()?)),
        // Damage does not grow, and the renderer skips it.
        Err(lopdf::Error::Decompress(_)) => None,
        Err(_) => Some(pixels),
    }
}

/// Width times height as the dictionary says.
fn samples(source: Source<'_>, dict: &Dictionary) -> u64 {
    let of = |key| u64::from(source.count(dict, key).unwrap_or(0));
    let parameters = source.dict(dict, "DecodeParms");
    let parameter = |key| {
        u64::from(parameters.and_then(|dict| source.count(dict, key)).unwrap_or(0))
    };
    let drawn = of("Width").saturating_mul(of("Height"));
    drawn.max(parameter("Columns").saturating_mul(parameter("Rows").max(of("Height"))))
}

/// Width times height as a JPEG or JPEG 2000 file says of itself.
fn head(data: &[u8]) -> u64 {
    let long = |at: usize| {
        data.get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .map_or(0, |four| u64::from(u32::from_be_bytes(four)))
    };
    let short = |at: usize| {
        data.get(at..at + 2)
            .and_then(|two| two.try_into().ok())
            .map_or(0, |two| u64::from(u16::from_be_bytes(two)))
    };
    let start = &data[..data.len().min(1 << 16)];
    let find = |needle: &[u8]| start.windows(needle.len()).position(|w| w == needle);
    if data.starts_with(&[0xFF, 0xD8]) {
        // The frame header may stand behind long tables and thumbnails.
        let mut at = 2;
        while data.get(at) == Some(&0xFF) {
            let marker = data.get(at + 1).copied().unwrap_or(0);
            if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
                return short(at + 5).saturating_mul(short(at + 7));
            }
            let length = usize::try_from(short(at + 2)).unwrap_or(0);
            at += 2 + length.max(2);
        }
        return 0;
    }
    match find(&[0xFF, 0x4F, 0xFF, 0x51]) {
        Some(at) => long(at + 8).saturating_mul(long(at + 12)),
        None => 0,
    }
}
