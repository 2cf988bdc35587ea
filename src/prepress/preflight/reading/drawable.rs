//! Whether a page can be drawn within bounds.
//!
//! The renderer decodes and follows what a page reaches without asking for
//! its size. So all of it is measured before: what streams decode to, what
//! images are large, whether anything lies in itself, how often things lie in
//! one another, how deep operands nest.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::picture_size::{MAX_SAMPLES, head, samples};
use super::value::{Source, name};

/// Objects that one page may reach.
const MAX_OBJECTS: usize = 20_000;

/// How deep objects may lie in one another.
const MAX_DEPTH: usize = 60;

/// How often objects may be met in all, each as often as it is used.
const MAX_USES: u64 = 400_000;

/// What one stream may decode to, in bytes.
const MAX_DECODED: usize = 64 << 20;

/// What all streams of a page may decode to, in bytes.
const MAX_PAGE: usize = 192 << 20;

/// Deflate cannot do better: 1,032 bytes from one.
const BEST_RATIO: usize = 1032;

/// How deep brackets may nest in content and functions.
const MAX_BRACKETS: usize = 40;

/// Inline images, and saved states, in one stream.
const MAX_INLINE: usize = 2000;

/// A walk over all that a page reaches.
#[derive(Debug)]
struct Reach<'a> {
    source: Source<'a>,
    /// How often things are met inside an object; none while it is open.
    uses: BTreeMap<ObjectId, Option<u64>>,
    left: usize,
}

/// Whether the renderer may be given this page.
pub(super) fn is_drawable(source: Source<'_>, page: ObjectId) -> bool {
    let mut reach = Reach { source, uses: BTreeMap::new(), left: MAX_PAGE };
    reach.object(page, 0).is_some_and(|uses| uses < MAX_USES)
}

impl<'a> Reach<'a> {
    /// How often things are met in an object; `None` if it is out of bounds.
    fn object(&mut self, id: ObjectId, depth: usize) -> Option<u64> {
        match self.uses.get(&id) {
            Some(Some(uses)) => return Some(*uses),
            // It lies in itself.
            Some(None) => return None,
            None => {}
        }
        if depth > MAX_DEPTH || self.uses.len() > MAX_OBJECTS {
            return None;
        }
        self.uses.insert(id, None);
        let Some(object) = self.source.document.objects.get(&id) else {
            self.uses.insert(id, Some(1));
            return Some(1);
        };
        let times = match object {
            Object::Stream(stream) => self.stream(stream)?,
            _ => 1,
        };
        let inner = self.value(object, depth)?;
        let uses = inner.saturating_mul(times).saturating_add(1);
        self.uses.insert(id, Some(uses));
        Some(uses)
    }

    /// How often things are met in a value.
    fn value(&mut self, value: &'a Object, depth: usize) -> Option<u64> {
        match value {
            Object::Reference(id) => self.object(*id, depth + 1),
            Object::Array(elements) => elements.iter().try_fold(0_u64, |sum, element| {
                Some(sum.saturating_add(self.value(element, depth)?))
            }),
            Object::Dictionary(dict) => self.entries(dict, depth),
            Object::Stream(stream) => self.entries(&stream.dict, depth),
            _ => Some(0),
        }
    }

    fn entries(&mut self, dict: &'a Dictionary, depth: usize) -> Option<u64> {
        // The way back up the tree, and what is not drawn.
        let aside: [&[u8]; 6] =
            [b"Parent", b"P", b"StructParent", b"Annots", b"Metadata", b"B"];
        dict.iter()
            .filter(|(key, _)| !aside.contains(&key.as_slice()))
            .try_fold(0_u64, |sum, (_, value)| {
                Some(sum.saturating_add(self.value(value, depth)?))
            })
    }

    /// Measures a stream; gives how often it uses what it names.
    fn stream(&mut self, stream: &Stream) -> Option<u64> {
        let (size, data) = self.size(stream)?;
        self.left = self.left.checked_sub(size)?;
        let is_image = stream
            .dict
            .get(b"Subtype")
            .is_ok_and(|kind| name(kind).is_some_and(|kind| kind == "Image"));
        if is_image || stream.dict.has(b"Length1") || stream.dict.has(b"N") {
            return Some(1);
        }
        let content =
            data.or_else(|| stream.decompressed_content_with_limit(MAX_DECODED).ok())?;
        shape(&content)
    }

    /// What a stream comes to when it is drawn, in bytes; its data if they
    /// had to be decoded to know.
    fn size(&self, stream: &Stream) -> Option<(usize, Option<Vec<u8>>)> {
        let dict = &stream.dict;
        let object = self.source.get(dict, "Filter");
        let filters: Vec<String> = match object {
            Object::Array(_) => {
                self.source.elements(object).into_iter().filter_map(name).collect()
            }
            other => name(other).into_iter().collect(),
        };
        let is = |known: &str| filters.iter().any(|filter| filter == known);
        // Two-level images say their size in many places.
        if is("JBIG2Decode")
            && (stream.content.len() > 1 << 20 || huge_jbig2(&stream.content))
        {
            return None;
        }
        let image = samples(self.source, dict).max(head(&stream.content));
        if image > MAX_SAMPLES || filters.len() > 4 {
            return None;
        }
        let pixels = usize::try_from(image * 4).ok()?;
        let codec = ["DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"];
        if filters.len() == 1 && codec.iter().any(|name| is(name)) {
            return Some((pixels, None));
        }
        let worst = match filters.len() {
            0 => stream.content.len(),
            1 => stream.content.len().saturating_mul(BEST_RATIO),
            _ => usize::MAX,
        };
        if worst <= 1 << 20 {
            return Some((worst.max(pixels), None));
        }
        match stream.decompressed_content_with_limit(MAX_DECODED) {
            Ok(data) => {
                let own = usize::try_from(head(&data).min(MAX_SAMPLES + 1) * 4).ok()?;
                let size = data.len().max(pixels).max(own);
                (head(&data) <= MAX_SAMPLES).then_some((size, Some(data)))
            }
            // Damage does not grow, and the renderer skips it.
            Err(lopdf::Error::Decompress(_)) => None,
            Err(_) => Some((pixels, Some(Vec::new()))),
        }
    }
}

/// How often content uses forms; `None` if reading it would be endless.
fn shape(content: &[u8]) -> Option<u64> {
    let (mut depth, mut images, mut saves, mut forms) = (0_usize, 0, 0_usize, 0_u64);
    for (at, byte) in content.iter().enumerate() {
        match byte {
            b'[' | b'<' | b'{' => depth += 1,
            b']' | b'>' | b'}' => depth = depth.saturating_sub(1),
            b'D' if content[at..].starts_with(b"Do") => forms += 1,
            b'E' if content[at..].starts_with(b"EI") => images += 1,
            b'q' => saves += 1,
            b'Q' => saves = saves.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_BRACKETS || images > MAX_INLINE || saves > MAX_INLINE {
            return None;
        }
    }
    Some(forms.max(1))
}

/// Whether a two-level image has a field that can only be meant as harm: a
/// side of more than 65,535 samples where its segments state sides.
fn huge_jbig2(data: &[u8]) -> bool {
    let long = |at: usize| {
        data.get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    // A segment's head is eleven bytes or more: number, flags, references,
    // page, length; regions and pages then begin with width and height.
    let mut at = 0;
    for _ in 0..4096 {
        let Some(flags) = data.get(at + 4) else { return false };
        let Some(count) = data.get(at + 5).map(|byte| usize::from(byte >> 5)) else {
            return false;
        };
        if count > 4 {
            return true;
        }
        let number = long(at);
        let width = if number <= 256 {
            1
        } else if number <= 65_536 {
            2
        } else {
            4
        };
        let page = if flags & 0x40 == 0 { 1 } else { 4 };
        let body = at + 6 + count * width + page;
        let length = usize::try_from(long(body)).unwrap_or(usize::MAX);
        let kind = flags & 0x3F;
        let sized = matches!(kind, 4..=7 | 20..=23 | 36..=43 | 48);
        if sized && (long(body + 4) > 65_535 || (long(body + 8) > 65_535 && kind != 48)) {
            return true;
        }
        if sized
            && u64::from(long(body + 4)) * u64::from(long(body + 8) & 0xFFFF)
                > MAX_SAMPLES * 4
        {
            return true;
        }
        at = match body.checked_add(4).and_then(|start| start.checked_add(length)) {
            Some(next) if next < data.len() => next,
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_nests_without_end_is_not_drawn() {
        assert_eq!(shape(b"q [(a)] TJ /F Do /F Do Q"), Some(2));
        assert_eq!(shape(&b"[".repeat(100)), None);
        assert_eq!(shape(&b"q ".repeat(5000)), None);
        assert_eq!(shape(&b"EI ".repeat(5000)), None);
    }

    #[test]
    fn a_two_level_image_of_impossible_size_is_not_drawn() {
        let head = [0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 0x13];
        let sides = |side: [u8; 4]| [&head[..], &side, &side, &[0; 11]].concat();
        assert!(huge_jbig2(&sides([0x7F, 0xFF, 0xFF, 0xFF])));
        assert!(!huge_jbig2(&sides([0, 0, 8, 0])));
    }
}
