//! Fonts: what is embedded, and how far a letter moves the pen.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::value::{Source, number};
use crate::prepress::preflight::inspected::Font;

/// A font with its widths.
#[derive(Debug)]
pub(super) struct Face {
    pub(super) font: Rc<Font>,
    /// Two bytes make a letter.
    wide: bool,
    /// Codes are glyph numbers: `Identity-H` over a CID font.
    identity: bool,
    /// Lines run downwards.
    pub(super) vertical: bool,
    widths: BTreeMap<u16, f64>,
    default: f64,
    /// Thousandths of the size; a Type 3 font has its own matrix.
    unit: f64,
    /// The glyph descriptions of a Type 3 font.
    pub(super) procedures: Option<lopdf::ObjectId>,
}

/// What a string of letters comes to.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Measured {
    /// The pen's way, in units of the size, without spacing.
    pub(super) advance: f64,
    pub(super) letters: usize,
    /// Spaces of one byte, which word spacing widens.
    pub(super) spaces: usize,
    /// Letters of glyph 0.
    pub(super) missing: usize,
}

impl Face {
    /// Reads a font dictionary.
    pub(super) fn read(
        source: Source<'_>,
        id: Option<lopdf::ObjectId>,
        dict: &Dictionary,
    ) -> Self {
        let subtype = source.name(dict, "Subtype").unwrap_or_default();
        let descendant = source
            .list(dict, "DescendantFonts")
            .first()
            .and_then(|object| super::value::dictionary(object));
        let inner = descendant.unwrap_or(dict);
        let name = source.name(dict, "BaseFont").unwrap_or_else(|| "（无名）".into());
        let (embedded, bytes) = program(source, inner, &subtype);
        let wide = subtype == "Type0";
        let encoding = source.name(dict, "Encoding").unwrap_or_default();
        let (widths, default) = if wide {
            (cid_widths(source, inner), source.number(inner, "DW").unwrap_or(1000.0))
        } else {
            (simple_widths(source, dict), 500.0)
        };
        let unit = if subtype == "Type3" {
            source.matrix(dict, "FontMatrix").across().max(1e-6)
        } else {
            1e-3
        };
        let font = Font {
            object: id.map_or(0, |id| id.0),
            subset: name.as_bytes().get(6) == Some(&b'+')
                && name.bytes().take(6).all(|b| b.is_ascii_uppercase()),
            name,
            embedded,
            bytes,
            subtype,
        };
        Self {
            procedures: if font.subtype == "Type3" { id } else { None },
            font: Rc::new(font),
            wide,
            vertical: wide && encoding.ends_with("-V"),
            identity: wide && encoding.starts_with("Identity"),
            widths,
            default,
            unit,
        }
    }

    /// Measures a string.
    pub(super) fn measure(&self, string: &[u8]) -> Measured {
        let mut measured = Measured::default();
        let mut letter = |code: u16| {
            let width = self.widths.get(&code).copied().unwrap_or(self.default);
            measured.advance += width * self.unit;
            measured.letters += 1;
            measured.missing += usize::from(self.identity && code == 0);
        };
        if self.wide {
            for pair in string.chunks(2) {
                letter(pair.iter().fold(0, |code, byte| code << 8 | u16::from(*byte)));
            }
        } else {
            for byte in string {
                letter(u16::from(*byte));
            }
            measured.spaces = string.split(|byte| *byte == b' ').count() - 1;
        }
        measured
    }
}

/// Whether the font program is there, and its size.
fn program(source: Source<'_>, font: &Dictionary, subtype: &str) -> (bool, usize) {
    if subtype == "Type3" {
        return (true, 0);
    }
    let Some(descriptor) = source.dict(font, "FontDescriptor") else {
        return (false, 0);
    };
    ["FontFile", "FontFile2", "FontFile3"]
        .iter()
        .find_map(|key| match source.get(descriptor, key) {
            Object::Stream(stream) => {
                let plain = source.count(&stream.dict, "Length1").unwrap_or(0);
                Some((true, stream.content.len().max(plain as usize)))
            }
            _ => None,
        })
        .unwrap_or((false, 0))
}

fn simple_widths(source: Source<'_>, font: &Dictionary) -> BTreeMap<u16, f64> {
    let first = source.count(font, "FirstChar").unwrap_or(0);
    let widths = source.numbers(source.get(font, "Widths"));
    let code = |index: usize| u32::try_from(index).ok()?.checked_add(first);
    widths
        .into_iter()
        .enumerate()
        .filter_map(|(index, width)| Some((u16::try_from(code(index)?).ok()?, width)))
        .collect()
}

/// The `W` array of a CID font: `c [w …]` or `c d w`.
fn cid_widths(source: Source<'_>, font: &Dictionary) -> BTreeMap<u16, f64> {
    let mut widths = BTreeMap::new();
    let Object::Array(elements) = source.get(font, "W") else { return widths };
    let mut left = 1 << 18;
    let mut rest = elements.iter().take(1 << 17).map(|object| source.follow(object));
    while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let Some(first) = cid(first) else { return widths };
        if let Object::Array(list) = second {
            for (offset, width) in list.iter().take(1 << 16).enumerate() {
                let code = u16::try_from(offset).ok().and_then(|o| first.checked_add(o));
                let (Some(code), Some(width)) = (code, number(source.follow(width)))
                else {
                    continue;
                };
                widths.insert(code, width);
            }
        } else {
            let (Some(last), Some(width)) = (cid(second), rest.next().and_then(number))
            else {
                return widths;
            };
            // Ranges may overlap: a file of nothing else would take for ever.
            for code in first..=last {
                if left == 0 {
                    return widths;
                }
                left -= 1;
                widths.insert(code, width);
            }
        }
    }
    widths
}

fn cid(object: &Object) -> Option<u16> {
    let Object::Integer(value) = object else { return None };
    u16::try_from(*value).ok()
}
