//! The default templates and fonts, which travel in the binary.
//!
//! A test holds these tables equal to the folders.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Digest;

/// A file's name, and its bytes.
type Embedded = (&'static str, &'static [u8]);

macro_rules! embed {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../../", $folder, "/", $name)))),*]
    };
}

/// The files of `fonts/`.
pub(super) static FONTS: &[Embedded] = embed!("fonts":
    "DejaVuSansMono-Bold.ttf"
    "DejaVuSansMono.ttf"
    "LXGWWenKai-Regular.ttf"
    "LibertinusSerif-Bold.otf"
    "LibertinusSerif-BoldItalic.otf"
    "LibertinusSerif-Italic.otf"
    "LibertinusSerif-Regular.otf"
    "NewCMMath-Regular.otf"
    "NotoSansSC-Bold.ttf"
    "NotoSansSC-Medium.ttf"
    "NotoSansSC-Regular.ttf"
    "NotoSerifSC-Bold.ttf"
    "NotoSerifSC-Regular.ttf"
);

/// The files of `templates/`, without its README.
pub(super) static TEMPLATES: &[Embedded] = embed!("templates":
    "actor.typ"
    "back.typ"
    "barcode.typ"
    "block.typ"
    "book.typ"
    "callout.typ"
    "chart-bars.typ"
    "chart-base.typ"
    "chart-flows.typ"
    "chart-lines.typ"
    "chart-plane.typ"
    "chart-shares.typ"
    "chart.typ"
    "cover-sheet.typ"
    "cover.typ"
    "curve.typ"
    "epub.css"
    "figure.typ"
    "front.typ"
    "math.typ"
    "opener.typ"
    "page.typ"
    "quiz.typ"
    "text.typ"
    "theme.toml"
    "theme.typ"
    "ticket.typ"
);

/// The files of `templates/rules/`.
pub(super) static RULE_SETS: &[Embedded] = embed!("templates/rules":
    "gb-40070-textbook.toml"
    "gb-t-44732.toml"
    "giant-print.toml"
    "large-print.toml"
    "standard.toml"
);

/// The file of this name.
pub(super) fn find(table: &[Embedded], name: &str) -> Option<&'static [u8]> {
    table
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, bytes)| *bytes)
}

/// The digests of the bundled fonts, from their provenance: reading megabytes
/// of the program only to know what they are would be waste.
static FONT_DIGESTS: LazyLock<BTreeMap<String, Digest>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Sources {
        font: Vec<Provenance>,
    }

    #[derive(Deserialize)]
    struct Provenance {
        file: String,
        sha256: Digest,
    }

    let text = include_str!("../../fonts/SOURCES.toml");
    let sources: Option<Sources> = toml::from_str(text).ok();
    let fonts = sources.into_iter().flat_map(|sources| sources.font);
    fonts.map(|font| (font.file, font.sha256)).collect()
});

/// A bundled font of this name.
pub(super) fn font(name: &str) -> Option<(&'static [u8], &'static Digest)> {
    Some((find(FONTS, name)?, FONT_DIGESTS.get(name)?))
}

/// The digest of what the program carries for this path of a project:
/// `fonts/…`, `templates/…`.
pub(super) fn digest(path: &str) -> Option<Digest> {
    match path.split_once('/')? {
        ("fonts", name) => FONT_DIGESTS.get(name).cloned(),
        ("templates", name) => find(TEMPLATES, name).map(Digest::of),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test may read the disk")]
mod tests {
    use super::*;

    fn listed(folder: &str, keep: impl Fn(&str) -> bool) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let mut names: Vec<String> = entries
            .filter(|entry| entry.path().is_file())
            .map(|entry| entry.file_name().into_string().unwrap())
            .filter(|name| keep(name))
            .collect();
        names.sort();
        names
    }

    fn names(table: &[Embedded]) -> Vec<&'static str> {
        let mut names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn everything_in_the_folders_is_embedded() {
        let is_font = |name: &str| name.ends_with("tf");
        assert_eq!(names(FONTS), listed("fonts", is_font));
        assert_eq!(names(TEMPLATES), listed("templates", |name| name != "README.md"));
        assert_eq!(names(RULE_SETS), listed("templates/rules", |_| true));
    }

    #[test]
    fn the_provenance_knows_every_font_by_its_digest() {
        for (name, bytes) in FONTS {
            assert_eq!(FONT_DIGESTS.get(*name), Some(&Digest::of(bytes)), "{name}");
        }
    }
}
