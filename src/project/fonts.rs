//! Font files: families, faces, and which characters they have.
//!
//! A project's `fonts/` adds to the bundled families and replaces the ones of
//! the same name. The machine's own fonts are looked at only when `book.toml`
//! asks for them: a book must come out the same everywhere.

#![expect(clippy::disallowed_methods, reason = "this is where the disk is read")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use ttf_parser::Face as Parsed;

use super::files::{Bytes, Files, ReadError};
use super::{Digest, embedded, tree};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Sink, Span};
use crate::edition::{Edition, Format};

/// A face of a family.
#[derive(Debug, Clone)]
pub struct Face {
    /// The family's name.
    pub family: String,
    /// 400 is regular, 700 bold.
    pub weight: u16,
    /// Slanted in any way.
    pub italic: bool,
    /// The file, from the project's root; of system fonts, the whole path.
    pub file: String,
    /// The whole file.
    pub bytes: Bytes,
    /// The face's index in the file.
    pub index: u32,
}

impl Face {
    /// Whether the face has a glyph for this character.
    pub fn covers(&self, c: char) -> bool {
        Parsed::parse(&self.bytes, self.index).is_ok_and(|face| has_glyph(&face, c))
    }
}

fn has_glyph(face: &Parsed<'_>, c: char) -> bool {
    face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
}

/// The families that a project can be set in.
#[derive(Debug, Default)]
pub struct Fonts {
    /// Faces by their family's lower-case name, by weight, upright first.
    families: BTreeMap<String, Vec<Face>>,
    /// What each font file holds.
    digests: BTreeMap<String, Digest>,
}

/// The faces of a font file, and what the file holds.
type FontFile = (Vec<Face>, Digest);

impl Fonts {
    /// Opens the project's fonts and the bundled ones.
    pub(super) fn open(files: &Files, sink: &mut Sink) -> Self {
        let names: Vec<String> = files
            .list("fonts")
            .into_iter()
            .filter(|name| is_font_file(name))
            .collect();
        let read: Vec<_> = names.par_iter().map(|name| read_font(files, name)).collect();
        let mut own = Vec::new();
        let mut digests = BTreeMap::new();
        for (name, result) in names.iter().zip(read) {
            match result {
                Ok((faces, _)) if faces.is_empty() => sink.report(broken_font(name)),
                Ok((faces, digest)) => {
                    digests.insert(format!("fonts/{name}"), digest);
                    own.extend(faces);
                }
                Err(error) => {
                    sink.report(error.diagnostic(&format!("fonts/{name}"), None));
                }
            }
        }
        let mut fonts = Self { digests, ..Self::default() };
        fonts.add(own);
        let bundled = embedded::FONTS
            .iter()
            .filter(|(name, _)| !names.iter().any(|n| n == name));
        let mut faces = Vec::new();
        for (name, bytes) in bundled {
            let file = format!("fonts/{name}");
            let new =
                |face: &Face| !fonts.families.contains_key(&face.family.to_lowercase());
            faces
                .extend(faces_of(&file, &Bytes::Embedded(bytes)).into_iter().filter(new));
            if let Some(digest) = embedded::digest(&file) {
                fonts.digests.insert(file, digest);
            }
        }
        fonts.add(faces);
        fonts
    }

    /// Adds those of the machine's families that the editions name.
    pub(super) fn add_system<'a>(&mut self, editions: impl Iterator<Item = &'a Edition>) {
        let wanted: BTreeSet<String> = editions
            .flat_map(families_of)
            .map(|(_, family)| family.to_lowercase())
            .filter(|family| !self.families.contains_key(family))
            .collect();
        if wanted.is_empty() {
            return;
        }
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        let mut paths = BTreeSet::new();
        for info in database.faces() {
            let named =
                info.families.iter().any(|(n, _)| wanted.contains(&n.to_lowercase()));
            if let (true, fontdb::Source::File(path)) = (named, &info.source) {
                paths.insert(path.clone());
            }
        }
        let mut faces = Vec::new();
        for path in paths {
            let bytes = std::fs::read(&path).unwrap_or_default();
            let file = path.to_string_lossy().into_owned();
            let digest = Digest::of(&bytes);
            let named = |face: &Face| wanted.contains(&face.family.to_lowercase());
            let found = faces_of(&file, &Bytes::Kept(Arc::from(bytes)));
            faces.extend(found.into_iter().filter(named));
            self.digests.insert(file, digest);
        }
        self.add(faces);
    }

    fn add(&mut self, faces: Vec<Face>) {
        for face in faces {
            self.families
                .entry(face.family.to_lowercase())
                .or_default()
                .push(face);
        }
        for faces in self.families.values_mut() {
            faces.sort_by(|a, b| {
                (a.weight, a.italic, &a.file).cmp(&(b.weight, b.italic, &b.file))
            });
        }
    }

    /// The faces of a family, by weight; empty for an unknown family.
    pub fn family(&self, name: &str) -> &[Face] {
        self.families.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// All families in alphabetical order, with their faces.
    pub fn families(&self) -> impl Iterator<Item = (&str, &[Face])> {
        self.families.values().filter_map(|faces| {
            let first = faces.first()?;
            Some((first.family.as_str(), faces.as_slice()))
        })
    }

    /// All faces in a fixed order.
    pub fn faces(&self) -> impl Iterator<Item = &Face> {
        self.families.values().flatten()
    }

    /// The face of a family that is nearest to a weight.
    pub fn nearest_face(&self, family: &str, weight: u16, italic: bool) -> Option<&Face> {
        self.family(family)
            .iter()
            .min_by_key(|face| (face.italic != italic, face.weight.abs_diff(weight)))
    }

    /// Whether any of these families has this character.
    pub fn covers(&self, families: &[String], c: char) -> bool {
        families
            .iter()
            .filter_map(|family| self.nearest_face(family, 400, false))
            .any(|face| face.covers(c))
    }

    /// What the font files that give a face hold, by path.
    pub(super) fn inputs(&self) -> impl Iterator<Item = (String, Digest)> {
        self.faces().filter_map(|face| {
            let digest = self.digests.get(&face.file)?;
            Some((face.file.clone(), digest.clone()))
        })
    }

    /// Reports the families that editions name and nobody has.
    pub(super) fn check_families<'a>(
        &self,
        editions: impl Iterator<Item = &'a Edition>,
        place: impl Fn(&Edition, &str) -> Option<Span>,
        system_fonts: bool,
        sink: &mut Sink,
    ) {
        for edition in editions.filter(|e| e.format != Format::Epub || e.embed_fonts) {
            for (role, family) in families_of(edition) {
                if self.family(family).is_empty() {
                    let at = place(edition, family);
                    sink.report(self.missing_family(role, family, at, system_fonts));
                }
            }
        }
    }

    fn missing_family(
        &self,
        role: &str,
        family: &str,
        place: Option<Span>,
        system_fonts: bool,
    ) -> Diagnostic {
        let message = format!("找不到字体“{family}”（{role}）");
        let mut found = match place {
            Some(span) => Diagnostic::new(&rule::MISSING_FONT, span, message),
            None => Diagnostic::global(&rule::MISSING_FONT, message),
        };
        let known: Vec<&str> = self.families().map(|(name, _)| name).collect();
        if let Some(near) = tree::nearest(family, known.iter().copied()) {
            found = found.hint(format!("改为 {near}"));
        }
        found = found.hint(format!("现有字体：{}", known.join("、")));
        found.hint(if system_fonts {
            "把字体文件放进 fonts/ 文件夹，或在系统里安装它"
        } else {
            "把字体文件放进 fonts/ 文件夹；系统里安装的字体要写 system_fonts = true 才会用"
        })
    }
}

/// The families of an edition with their roles.
fn families_of(edition: &Edition) -> impl Iterator<Item = (&'static str, &str)> {
    edition
        .fonts
        .roles()
        .into_iter()
        .flat_map(|(role, families)| families.iter().map(move |f| (role, f.as_str())))
}

fn is_font_file(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["ttf", "otf", "ttc", "otc"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// A font file of the project; the embedded bytes when it holds the same.
fn read_font(files: &Files, name: &str) -> Result<FontFile, ReadError> {
    let path = format!("fonts/{name}");
    let bundled = embedded::font(name);
    let (bytes, digest) = match (files.read_unless(&path, bundled)?, bundled) {
        (None, Some((bytes, digest))) => (Bytes::Embedded(bytes), digest.clone()),
        (read, _) => {
            let bytes = read.unwrap_or_default();
            let digest = Digest::of(&bytes);
            (Bytes::Kept(Arc::from(bytes)), digest)
        }
    };
    Ok((faces_of(&path, &bytes), digest))
}

/// The faces in a font file; none when it is broken.
fn faces_of(file: &str, bytes: &Bytes) -> Vec<Face> {
    let mut database = fontdb::Database::new();
    database.load_font_source(fontdb::Source::Binary(Arc::new(bytes.clone())));
    let faces = database.faces().filter_map(|info| {
        Some(Face {
            family: known_name(&info.families.first()?.0),
            weight: info.weight.0,
            italic: info.style != fontdb::Style::Normal,
            file: file.to_owned(),
            bytes: bytes.clone(),
            index: info.index,
        })
    });
    faces.collect()
}

/// The name that the typesetter knows a family by: of New Computer Modern it
/// has another than the font files.
fn known_name(family: &str) -> String {
    match family.strip_prefix("NewComputerModern") {
        Some(rest) => format!("New Computer Modern{rest}"),
        None => family.to_owned(),
    }
}

fn broken_font(name: &str) -> Diagnostic {
    let message = format!("fonts/{name} 不是完好的字体文件");
    Diagnostic::global(&rule::BROKEN_FONT, message)
        .hint("重新下载这个文件，或从 fonts/ 里删去它")
}

/// Reports every character that no font of the edition has, once, at its first
/// place. `texts` are all texts that will be set, with their places.
pub fn check<'a>(
    texts: impl IntoIterator<Item = (&'a str, Span)>,
    fonts: &Fonts,
    edition: &Edition,
    sink: &mut Sink,
) {
    if edition.format == Format::Epub && !edition.embed_fonts {
        return; // The reader's own fonts.
    }
    let mut coverage = Coverage::new(fonts, edition);
    let mut missing: BTreeMap<char, Span> = BTreeMap::new();
    for (text, span) in texts {
        for (at, c) in text.char_indices().filter(|(_, c)| !coverage.covers(*c)) {
            // Where the text is what was typed, the place is the character's own.
            let typed = text.len() == span.range().len();
            let place = if typed { span.within(at..at + c.len_utf8()) } else { span };
            missing.entry(c).or_insert(place);
        }
    }
    for (c, span) in missing {
        let message = format!("字体里没有“{c}”（U+{:04X}）", u32::from(c));
        let found = Diagnostic::new(&rule::UNCOVERED_CHARACTER, span, message);
        sink.report(
            found.hint(
                "换成常用的写法，或把有这个字的字体放进 fonts/，并写进版本的 fonts",
            ),
        );
    }
}

/// Which characters an edition's fonts have, remembered.
struct Coverage<'a> {
    faces: Vec<Parsed<'a>>,
    /// By code point: 0 unknown, 1 there, 2 missing.
    known: Vec<u8>,
}

impl<'a> Coverage<'a> {
    fn new(fonts: &'a Fonts, edition: &'a Edition) -> Self {
        let mut names = BTreeSet::new();
        let faces = families_of(edition)
            .filter(|(_, family)| names.insert(family.to_lowercase()))
            .filter_map(|(_, family)| fonts.nearest_face(family, 400, false))
            .filter_map(|face| Parsed::parse(&face.bytes, face.index).ok())
            .collect();
        Self { faces, known: vec![0; 0x11_0000] }
    }

    fn covers(&mut self, c: char) -> bool {
        let Some(known) = self.known.get_mut(u32::from(c) as usize) else { return true };
        if *known == 0 {
            let there = is_unseen(c) || self.faces.iter().any(|face| has_glyph(face, c));
            *known = if there { 1 } else { 2 };
        }
        *known == 1
    }
}

/// Characters that leave no ink: spaces, controls, joiners, selectors.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            u32::from(c),
            0xAD | 0x61C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
                | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled() -> Fonts {
        let nowhere = tempfile::tempdir().unwrap();
        let mut sink = Sink::new();
        let fonts = Fonts::open(&Files::new(nowhere.path()), &mut sink);
        assert!(!sink.has_errors());
        fonts
    }

    #[test]
    fn bundled_families_have_their_faces() {
        let fonts = bundled();
        let names: Vec<_> = fonts
            .families()
            .map(|(name, faces)| {
                let weights: Vec<_> = faces.iter().map(|face| face.weight).collect();
                format!("{name} {weights:?}")
            })
            .collect();
        insta::assert_snapshot!(names.join("\n"), @r#"
        DejaVu Sans Mono [400, 700]
        Libertinus Serif [400, 400, 700, 700]
        LXGW WenKai [400]
        New Computer Modern Math [400]
        Noto Sans SC [400, 500, 700]
        Noto Serif SC [400, 700]
        "#);
    }

    #[test]
    fn coverage_is_read_from_the_fonts() {
        let fonts = bundled();
        let song = ["Noto Serif SC".to_owned()];
        assert!(fonts.covers(&song, '碳') && !fonts.covers(&song, '₂'));
        assert!(!fonts.covers(&["No Such".to_owned()], 'a'));
    }

    #[test]
    fn a_broken_font_is_reported() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("fonts")).unwrap();
        std::fs::write(dir.path().join("fonts/a.ttf"), "no font").unwrap();
        let mut sink = Sink::new();
        let fonts = Fonts::open(&Files::new(dir.path()), &mut sink);
        assert_eq!(sink.sorted()[0].rule.code, "broken-font");
        assert!(!fonts.family("noto serif sc").is_empty(), "bundled ones remain");
    }
}
