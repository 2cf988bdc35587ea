//! The head of an ICC profile (ICC.1:2010, 7.2).

use lopdf::Stream;

use super::value::Source;
use crate::prepress::preflight::inspected::IccProfile;

/// Tags that are looked at.
const MAX_TAGS: usize = 128;

/// Reads what a press needs to know of a profile.
pub(super) fn read(source: Source<'_>, object: u32, stream: &Stream) -> IccProfile {
    let components = source.count(&stream.dict, "N");
    let data = source.data(stream).unwrap_or_default();
    let mut profile = IccProfile { object, components, ..IccProfile::default() };
    if data.get(36..40) != Some(b"acsp".as_slice()) {
        return profile;
    }
    profile.class = word(&data, 12);
    profile.space = word(&data, 16);
    let tag = |name: &[u8]| {
        let entries = data.get(132..).unwrap_or_default().chunks_exact(12);
        entries
            .take(MAX_TAGS.min(number(&data, 128)))
            .find(|entry| &entry[..4] == name)
            .and_then(|entry| {
                let start = number(entry, 4);
                data.get(start..start.checked_add(number(entry, 8))?)
            })
    };
    profile.has_tables = tag(b"A2B0").is_some() && tag(b"B2A0").is_some();
    profile.description = tag(b"desc").and_then(description);
    profile
}

/// Four letters, without the space behind them.
fn word(data: &[u8], at: usize) -> String {
    let letters = data.get(at..at + 4).unwrap_or_default();
    String::from_utf8_lossy(letters).trim_end().to_owned()
}

/// A big-endian number of four bytes; 0 past the end.
fn number(data: &[u8], at: usize) -> usize {
    let bytes = data.get(at..at + 4).and_then(|four| four.try_into().ok());
    bytes.map_or(0, |four| u32::from_be_bytes(four) as usize)
}

/// The text of a `desc` or `mluc` tag.
fn description(tag: &[u8]) -> Option<String> {
    match tag.get(..4)? {
        b"desc" => {
            let text = tag.get(12..12_usize.checked_add(number(tag, 8))?)?;
            let text = text.split(|byte| *byte == 0).next()?;
            Some(String::from_utf8_lossy(&text[..text.len().min(256)]).into_owned())
        }
        b"mluc" => {
            let (length, start) = (number(tag, 20), number(tag, 24));
            let text = tag.get(start..start.checked_add(length.min(512))?)?;
            let units =
                text.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]]));
            Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect())
        }
        _ => None,
    }
}
