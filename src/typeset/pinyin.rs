//! 拼音, named as what it is.
//!
//! The engine's languages are a language and a region; pinyin is Chinese in
//! another script, `zh-Latn-pinyin` (BCP 47). The templates set it in a region
//! that no country has, and the finished file gets the right name: as an update
//! appended to it (ISO 32000-1, 7.5.6), which holds the objects that bore the
//! makeshift one.

use std::io::{Read, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// What the templates write: `lang: "zh", region: "XP"`.
const MAKESHIFT: &[u8] = b"(zh-XP)";
const NAME: &[u8] = b"(zh-Latn-pinyin)";

/// The file with its pinyin named. One without pinyin stays as it is, and so does
/// one that the engine would not have written.
pub(super) fn named(mut pdf: Vec<u8>) -> Vec<u8> {
    let Some(table) = Table::of(&pdf) else { return pdf };
    let renamed: Vec<(usize, Vec<u8>)> = table
        .objects
        .iter()
        .filter_map(|(number, range)| Some((*number, renamed(pdf.get(range.clone())?)?)))
        .collect();
    if renamed.is_empty() {
        return pdf;
    }
    // The file before ends without an end of line, and objects begin after one.
    pdf.push(b'\n');
    let mut entries = b"xref\n".to_vec();
    for (number, body) in renamed {
        let entry = format!("{number} 1\n{:010} 00000 n\r\n", pdf.len());
        entries.extend_from_slice(entry.as_bytes());
        pdf.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        pdf.extend_from_slice(&body);
    }
    let start = pdf.len();
    pdf.extend_from_slice(&entries);
    let trailer = format!(
        "trailer\n{}/Prev {}>>\nstartxref\n{start}\n%%EOF",
        table.trailer, table.start
    );
    pdf.extend_from_slice(trailer.as_bytes());
    pdf
}

/// Where the objects of a file are.
struct Table {
    /// Number and bytes of each object.
    objects: Vec<(usize, Range<usize>)>,
    /// Where the table begins.
    start: usize,
    /// The trailer's dictionary without the `>>` at its end.
    trailer: String,
}

impl Table {
    /// The one table of a file that has never been updated.
    fn of(pdf: &[u8]) -> Option<Self> {
        const ENTRY: usize = 20;
        let last = pdf.len().saturating_sub(64);
        let keyword = last + find(&pdf[last..], b"startxref")?;
        let start = number(&pdf[keyword + b"startxref".len()..])?;
        let table = pdf.get(start..keyword)?.strip_prefix(b"xref\n0 ")?;
        let count = number(table)?;
        let first = find(table, b"\n")? + 1;
        let entries = table.get(first..first.checked_add(count.checked_mul(ENTRY)?)?)?;
        let mut places: Vec<(usize, usize)> = entries
            .chunks_exact(ENTRY)
            .enumerate()
            .filter(|(_, entry)| entry[17] == b'n')
            .filter_map(|(at, entry)| Some((number(entry)?, at)))
            .collect();
        places.sort_unstable();
        let ends = places.iter().skip(1).map(|(place, _)| *place).chain([start]);
        let objects = places
            .iter()
            .zip(ends)
            .map(|((from, at), to)| (*at, *from..to))
            .collect();
        let trailer = std::str::from_utf8(&table[first + entries.len()..]).ok()?;
        let trailer = trailer.trim().strip_prefix("trailer")?.trim();
        let trailer = trailer.strip_suffix(">>")?.to_owned();
        Some(Self { objects, start, trailer })
    }
}

/// The rest of an object after `0 obj`, with its pinyin named; `None` where it
/// has none.
fn renamed(object: &[u8]) -> Option<Vec<u8>> {
    let body = &object[find(object, b" obj\n")? + b" obj\n".len()..];
    let Some(at) = find(body, b"stream\n") else {
        return find(body, MAKESHIFT).map(|_| replaced(body));
    };
    let head = &body[..at];
    // Of all streams only the contents of pages bear neither a type nor a subtype.
    if find(head, b"/FlateDecode").is_none() || find(head, b"type").is_some() {
        return None;
    }
    let mut content = Vec::new();
    ZlibDecoder::new(&body[at + b"stream\n".len()..])
        .read_to_end(&mut content)
        .ok()?;
    find(&content, MAKESHIFT)?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&replaced(&content)).ok()?;
    let packed = encoder.finish().ok()?;
    let head = format!("<</Length {}/Filter/FlateDecode>>\nstream\n", packed.len());
    Some([head.as_bytes(), packed.as_slice(), b"\nendstream\nendobj\n\n"].concat())
}

fn replaced(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest, MAKESHIFT) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(NAME);
        rest = &rest[at + MAKESHIFT.len()..];
    }
    out.extend_from_slice(rest);
    out
}

fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    text.windows(words.len()).position(|window| window == words)
}

/// The number at the beginning, after white space.
fn number(text: &[u8]) -> Option<usize> {
    let text = text.trim_ascii_start();
    let end = text.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&text[..end]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(objects: &[&[u8]]) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let mut entries = vec!["0000000000 65535 f\r\n".to_owned()];
        for (at, object) in objects.iter().enumerate() {
            entries.push(format!("{:010} 00000 n\r\n", pdf.len()));
            pdf.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
            pdf.extend_from_slice(object);
            pdf.extend_from_slice(b"\nendobj\n");
        }
        let (size, start) = (objects.len() + 1, pdf.len());
        let entries = entries.concat();
        let tail = format!(
            "xref\n0 {size}\n{entries}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
        );
        pdf.extend_from_slice(tail.as_bytes());
        pdf
    }

    #[test]
    fn only_what_bears_the_mark_is_written_again() {
        let before = file(&[b"<</S/Span/Lang(zh-XP)>>", b"<</S/P/Lang(zh-CN)>>"]);
        let after = named(before.clone());
        assert!(after.starts_with(&before));
        let update = String::from_utf8_lossy(&after[before.len()..]).into_owned();
        assert!(update.contains("1 0 obj\n<</S/Span/Lang(zh-Latn-pinyin)>>"), "{update}");
        assert!(update.contains("/Prev ") && !update.contains("2 0 obj"), "{update}");
    }

    #[test]
    fn what_has_no_pinyin_or_is_no_file_stays() {
        let plain = file(&[b"<</S/P/Lang(zh-CN)>>"]);
        assert_eq!(named(plain.clone()), plain);
        for broken in
            [&b""[..], b"startxref\n9\n%%EOF", b"xref\n0 9\nstartxref\n0\n%%EOF"]
        {
            assert_eq!(named(broken.to_vec()), broken);
        }
    }
}
