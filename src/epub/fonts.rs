//! Embedded fonts, cut down to the characters that the book uses.

use std::collections::{BTreeMap, BTreeSet};

use subsetter::GlyphRemapper;

use super::FontFace;

/// A face ready to travel in the container.
#[derive(Debug)]
pub(super) struct Face {
    /// The family that it is cut from.
    pub(super) family: String,
    /// Its own name: licences reserve the family's to the whole font.
    pub(super) alias: String,
    /// Who owns it, and how it may be used.
    pub(super) notice: Notice,
    /// Its weight.
    pub(super) weight: u16,
    /// Its path inside `EPUB/`.
    pub(super) path: String,
    /// The font file.
    pub(super) bytes: Vec<u8>,
}

/// What a font says of itself, word for word.
#[derive(Debug, Default)]
pub(super) struct Notice {
    copyright: String,
    licence: String,
    address: String,
}

impl Notice {
    fn of(face: &ttf_parser::Face<'_>) -> Self {
        const ENGLISH: u16 = 0x409;
        let text = |id: u16| {
            let names = face.names().into_iter();
            let mut found = names.filter(|name| name.name_id == id && name.is_unicode());
            let first = found.clone().next();
            let name = found.find(|name| name.language_id == ENGLISH).or(first);
            name.and_then(|name| name.to_string()).unwrap_or_default()
        };
        Self {
            copyright: text(ttf_parser::name_id::COPYRIGHT_NOTICE),
            licence: text(ttf_parser::name_id::LICENSE),
            address: text(ttf_parser::name_id::LICENSE_URL),
        }
    }
}

/// The file that has the licences of all faces: their own words, and the whole
/// of the licence that asks to travel with the font.
pub(super) fn licences(faces: &[Face]) -> String {
    const OFL: &str = include_str!("../../fonts/licenses/NotoSansSC.txt");
    const HEADING: &str = "SIL OPEN FONT LICENSE";
    let mut out = String::new();
    for face in faces {
        let Notice { copyright, licence, address } = &face.notice;
        let lines = [
            &format!("{}: a subset of {} {}", face.path, face.family, face.weight),
            copyright,
            licence,
            address,
        ];
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            out.push_str(line.trim());
            out.push('\n');
        }
        out.push('\n');
    }
    let open = |face: &Face| face.notice.licence.to_uppercase().contains(HEADING);
    if faces.iter().any(open) {
        out.push_str(OFL.find(HEADING).map_or(OFL, |at| &OFL[at..]));
    }
    out
}

/// Cuts the faces, each with its role, down to `characters`. A face that has
/// none of them, or that cannot be cut, stays out: the reader's own fonts step
/// in.
pub(super) fn embed<'f>(
    faces: impl Iterator<Item = (&'f str, &'f FontFace)>,
    characters: &BTreeSet<char>,
) -> Vec<Face> {
    let mut embedded: Vec<Face> = Vec::new();
    for (role, face) in faces {
        let alias = format!("book-{role}");
        let name = format!("{alias}-{}", face.weight);
        let Some((extension, notice, bytes)) = cut(face, &alias, characters) else {
            continue;
        };
        let path = format!("fonts/{name}.{extension}");
        if embedded.iter().all(|other| other.path != path) {
            let (family, weight) = (face.family.clone(), face.weight);
            embedded.push(Face { family, alias, notice, weight, path, bytes });
        }
    }
    embedded
}

/// The subset font, its file extension and what the whole font says of itself.
fn cut(
    face: &FontFace,
    alias: &str,
    characters: &BTreeSet<char>,
) -> Option<(&'static str, Notice, Vec<u8>)> {
    let parsed = ttf_parser::Face::parse(&face.bytes, face.index).ok()?;
    let mut remapper = GlyphRemapper::new();
    let mut map = BTreeMap::new();
    for &c in characters {
        if let Some(glyph) = parsed.glyph_index(c) {
            map.insert(c, remapper.remap(glyph.0));
        }
    }
    if map.is_empty() {
        return None;
    }
    let subset = subsetter::subset(&face.bytes, face.index, &remapper).ok()?;
    let raw = parsed.raw_face();
    // The subsetter writes for PDF, which needs neither a character map nor
    // names; readers of EPUB refuse fonts without them.
    let mut tables = tables(&subset)?;
    tables.insert(*b"cmap", character_map(&map));
    tables.insert(*b"post", post());
    let notice = Notice::of(&parsed);
    let style = if face.weight >= 600 { "Bold" } else { "Regular" };
    tables.insert(*b"name", names(alias, style, &notice));
    let os2 = raw.table(ttf_parser::Tag::from_bytes(b"OS/2"))?;
    tables.insert(*b"OS/2", os2.to_vec());
    even_lines(&mut tables, parsed.units_per_em());
    let outlines = tables.contains_key(b"CFF ") || tables.contains_key(b"CFF2");
    let (version, extension) =
        if outlines { (*b"OTTO", "otf") } else { ([0, 1, 0, 0], "ttf") };
    Some((extension, notice, assemble(version, tables)))
}

/// How far a line reaches above and below its base line, in ems: as far as in
/// the lead faces of Chinese devices.
const LINE: (f64, f64) = (1.16, 0.288);

/// Makes lines of this face no lower than those around them, where a reader
/// leaves the leading to the faces: 霞鹜文楷 is cast on a smaller body.
fn even_lines(tables: &mut Tables, units_per_em: u16) {
    let units = |ems: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
        let units = (ems * f64::from(units_per_em)).round().clamp(0.0, 32_767.0) as i16;
        units
    };
    let (above, below) = (units(LINE.0), units(LINE.1));
    // hhea: ascender, descender (below the line, so negative). OS/2: usWinAscent,
    // usWinDescent (both positive).
    let places = [(b"hhea", 4, above), (b"hhea", 6, -below)];
    let win = [(b"OS/2", 74, above), (b"OS/2", 76, below)];
    for (table, at, least) in places.into_iter().chain(win) {
        let Some(field) = tables.get_mut(table).and_then(|t| t.get_mut(at..at + 2))
        else {
            continue;
        };
        let now = i16::from_be_bytes([field[0], field[1]]);
        if now.unsigned_abs() < least.unsigned_abs() {
            field.copy_from_slice(&least.to_be_bytes());
        }
    }
}

type Tables = BTreeMap<[u8; 4], Vec<u8>>;

/// The tables of an OpenType file.
fn tables(font: &[u8]) -> Option<Tables> {
    let raw = ttf_parser::RawFace::parse(font, 0).ok()?;
    let mut tables = Tables::new();
    for record in raw.table_records {
        tables.insert(record.tag.to_bytes(), raw.table(record.tag)?.to_vec());
    }
    Some(tables)
}

/// A `cmap` table with one subtable of format 12 (Windows, full repertoire).
fn character_map(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let mut groups: Vec<(u32, u32, u32)> = Vec::new();
    for (&c, &glyph) in map {
        let (code, glyph) = (u32::from(c), u32::from(glyph));
        match groups.last_mut() {
            Some((start, end, first))
                if *end + 1 == code && *first + (code - *start) == glyph =>
            {
                *end = code;
            }
            _ => groups.push((code, code, glyph)),
        }
    }
    let count = u32::try_from(groups.len()).unwrap_or(u32::MAX);
    let mut out = Vec::new();
    for number in [0_u16, 1, 3, 10] {
        out.extend(number.to_be_bytes());
    }
    out.extend(12_u32.to_be_bytes());
    out.extend(12_u16.to_be_bytes());
    out.extend(0_u16.to_be_bytes());
    for number in [16 + 12 * count, 0, count] {
        out.extend(number.to_be_bytes());
    }
    for (start, end, glyph) in groups {
        for number in [start, end, glyph] {
            out.extend(number.to_be_bytes());
        }
    }
    out
}

/// A `post` table of version 3: no glyph names.
fn post() -> Vec<u8> {
    let mut out = 0x0003_0000_u32.to_be_bytes().to_vec();
    out.resize(32, 0);
    out
}

/// A `name` table that says what this is, and under which licence.
fn names(family: &str, style: &str, notice: &Notice) -> Vec<u8> {
    let full = format!("{family} {style}");
    let postscript = format!("{family}-{style}");
    let entries = [
        (0_u16, notice.copyright.as_str()),
        (1, family),
        (2, style),
        (4, full.as_str()),
        (6, postscript.as_str()),
        (13, notice.licence.as_str()),
        (14, notice.address.as_str()),
    ];
    let entries: Vec<_> =
        entries.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    let count = u16::try_from(entries.len()).unwrap_or(0);
    let mut strings = Vec::new();
    let mut records = Vec::new();
    for (id, text) in entries {
        let encoded: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u16::try_from(encoded.len()).unwrap_or(0);
        let offset = u16::try_from(strings.len()).unwrap_or(0);
        for number in [3_u16, 1, 0x409, id, length, offset] {
            records.extend(number.to_be_bytes());
        }
        strings.extend(encoded);
    }
    let mut out = Vec::new();
    for number in [0_u16, count, 6 + 12 * count] {
        out.extend(number.to_be_bytes());
    }
    out.extend(records);
    out.extend(strings);
    out
}

/// Puts tables into an OpenType file, with their checksums.
fn assemble(version: [u8; 4], mut tables: Tables) -> Vec<u8> {
    if let Some(head) = tables.get_mut(b"head").and_then(|head| head.get_mut(8..12)) {
        head.fill(0);
    }
    let count = u16::try_from(tables.len()).unwrap_or(0);
    let power = count.max(1).ilog2();
    let range = 16 * (1_u16 << power);
    let mut out = version.to_vec();
    let shift = u16::try_from(power).unwrap_or(0);
    for number in [count, range, shift, (count * 16).saturating_sub(range)] {
        out.extend(number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head_at = None;
    for (tag, table) in &tables {
        if tag == b"head" {
            head_at = Some(offset);
        }
        out.extend(tag);
        out.extend(checksum(table).to_be_bytes());
        for number in [offset, table.len()] {
            out.extend(u32::try_from(number).unwrap_or(0).to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&out)).to_be_bytes();
    if let Some(field) = head_at.and_then(|at| out.get_mut(at + 8..at + 12)) {
        field.copy_from_slice(&whole);
    }
    out
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
