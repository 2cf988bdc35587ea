//! Reading numbers, names and dictionaries out of a PDF, whatever they are.
//!
//! A file may hold anything in any place: each of these gives a value or
//! nothing, and follows references no further than lopdf's own limit.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// The most bytes that one stream may unfold to.
pub(super) const LARGEST_STREAM: usize = 256 << 20;

/// The object itself, or what it refers to.
pub(super) fn follow<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

/// What stands under a key, references followed.
pub(super) fn entry<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let object = follow(document, dictionary.get(key).ok()?);
    (!object.is_null()).then_some(object)
}

/// The dictionary of a dictionary or of a stream.
pub(super) fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A dictionary under a key.
pub(super) fn dictionary_at<'a>(
    document: &'a Document,
    holder: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    dictionary(entry(document, holder, key)?)
}

/// A name under a key.
pub(super) fn name_at<'a>(
    document: &'a Document,
    holder: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    entry(document, holder, key)?.as_name().ok()
}

/// A whole number under a key.
pub(super) fn integer_at(
    document: &Document,
    holder: &Dictionary,
    key: &[u8],
) -> Option<i64> {
    match entry(document, holder, key)? {
        Object::Integer(value) => Some(*value),
        #[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
        Object::Real(value) => Some(*value as i64),
        _ => None,
    }
}

/// A number; not one of the infinities.
pub(super) fn number(document: &Document, object: &Object) -> Option<f32> {
    let value = follow(document, object).as_float().ok()?;
    value.is_finite().then_some(value)
}

/// A number under a key.
pub(super) fn number_at(
    document: &Document,
    holder: &Dictionary,
    key: &[u8],
) -> Option<f32> {
    number(document, holder.get(key).ok()?)
}

/// The numbers of an array; what is no number counts as 0.
pub(super) fn numbers(document: &Document, object: &Object) -> Vec<f32> {
    let Ok(array) = follow(document, object).as_array() else { return Vec::new() };
    array
        .iter()
        .map(|item| number(document, item).unwrap_or_default())
        .collect()
}

/// The numbers of an array under a key; empty when there is none.
pub(super) fn numbers_at(
    document: &Document,
    holder: &Dictionary,
    key: &[u8],
) -> Vec<f32> {
    holder
        .get(key)
        .map(|object| numbers(document, object))
        .unwrap_or_default()
}

/// An attribute of a page, its own or that of the tree above it (ISO 32000-1,
/// 7.7.3.4).
pub(super) fn inherited<'a>(
    document: &'a Document,
    page: ObjectId,
    key: &[u8],
) -> Option<&'a Object> {
    const DEEPEST_TREE: usize = 64;
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST_TREE {
        if let Some(found) = entry(document, node, key) {
            return Some(found);
        }
        node = dictionary_at(document, node, b"Parent")?;
    }
    None
}

/// What a stream holds, unfolded, if that is bearable.
pub(super) fn unfolded(stream: &Stream) -> Option<Vec<u8>> {
    stream.get_plain_content_with_limit(LARGEST_STREAM).ok()
}

/// Everything that a page draws, in one piece.
pub(super) fn page_content(document: &Document, page: ObjectId) -> Vec<u8> {
    let mut content = Vec::new();
    for id in document.get_page_contents(page) {
        let stream = document.get_object(id).and_then(Object::as_stream).ok();
        let Some(part) = stream.and_then(unfolded) else { continue };
        if content.len() + part.len() > LARGEST_STREAM {
            break;
        }
        if content.is_empty() {
            content = part;
        } else {
            content.push(b'\n');
            content.extend(part);
        }
    }
    content
}

/// A stream of these bytes, deflated.
pub(super) fn deflated(mut dictionary: Dictionary, content: &[u8]) -> Stream {
    dictionary.remove(b"Filter");
    dictionary.remove(b"DecodeParms");
    let mut encoder =
        ZlibEncoder::new(Vec::with_capacity(content.len() / 3), Compression::new(5));
    // Writing to memory does not fail.
    let packed = encoder.write_all(content).and_then(|()| encoder.finish());
    let content = match packed {
        Ok(packed) => {
            dictionary.set("Filter", "FlateDecode");
            packed
        }
        Err(_) => content.to_vec(),
    };
    Stream::new(dictionary, content).with_compression(false)
}

/// A stream of these bytes as they are.
pub(super) fn plain(mut dictionary: Dictionary, content: Vec<u8>) -> Stream {
    dictionary.remove(b"Filter");
    dictionary.remove(b"DecodeParms");
    Stream::new(dictionary, content).with_compression(false)
}

/// A number as PDF wants it: short, and fine enough for any press.
pub(super) fn real(value: f32) -> Object {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    if rounded.fract() == 0.0 && rounded.abs() < 1e6 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
        return Object::Integer(rounded as i64);
    }
    Object::Real(rounded)
}

/// An array of numbers.
pub(super) fn reals(values: impl IntoIterator<Item = f32>) -> Object {
    Object::Array(values.into_iter().map(real).collect())
}
