//! The lettering of drawings as outlines.
//!
//! A reader's device has other fonts than the book: live text would come out
//! in another face, and other widths. What is drawn cannot change.

use std::collections::BTreeSet;
use std::sync::Arc;

use ttf_parser::Face as Parsed;
use usvg::fontdb::{Database, Source};
use usvg::{Group, Node, Options, Tree, WriteOptions};

use crate::edition::FontRoles;
use crate::project::{Face, Fonts};

/// How deep a drawing's groups may nest before its lettering stays as it is.
const DEEPEST: usize = 64;

/// The project's fonts, ready to draw with.
#[derive(Debug)]
pub struct Lettering<'a> {
    faces: Vec<&'a Face>,
    database: Arc<Database>,
    /// What a drawing that names no family is lettered in.
    family: String,
}

impl<'a> Lettering<'a> {
    /// The faces of a project. Generic names in a drawing stand for the families
    /// of the edition's roles.
    pub fn new(fonts: &'a Fonts, roles: &FontRoles) -> Self {
        let faces: Vec<_> = fonts.faces().collect();
        let mut database = Database::new();
        let mut files = BTreeSet::new();
        for face in &faces {
            // A collection's file holds all its faces.
            if files.insert(face.file.as_str()) {
                database.load_font_source(Source::Binary(Arc::new(face.bytes.clone())));
            }
        }
        let first = |families: &[String]| families.first().cloned().unwrap_or_default();
        database.set_serif_family(first(&roles.song));
        database.set_sans_serif_family(first(&roles.hei));
        database.set_cursive_family(first(&roles.kai));
        database.set_fantasy_family(first(&roles.kai));
        database.set_monospace_family(first(&roles.mono));
        let family = first(&roles.hei);
        Self { faces, database: Arc::new(database), family }
    }

    /// A drawing with outlines in the place of its text: an SVG without title
    /// and description.
    ///
    /// `None` when there is no text in it, or some that no font here has: then
    /// it is better off as it is.
    pub fn outline(&self, svg: &[u8]) -> Option<String> {
        let options = Options {
            fontdb: Arc::clone(&self.database),
            font_family: self.family.clone(),
            ..Options::default()
        };
        let tree = Tree::from_data(svg, &options).ok()?;
        let mut characters = BTreeSet::new();
        collect(tree.root(), 0, &mut characters)?;
        if characters.is_empty() || !self.covers(characters) {
            return None;
        }
        let form = WriteOptions {
            coordinates_precision: 2,
            transforms_precision: 6,
            indent: usvg::Indent::None,
            attributes_indent: usvg::Indent::None,
            ..WriteOptions::default()
        };
        Some(tree.to_string(&form))
    }

    fn covers(&self, mut characters: BTreeSet<char>) -> bool {
        for face in &self.faces {
            let Ok(parsed) = Parsed::parse(&face.bytes, face.index) else { continue };
            characters
                .retain(|&c| parsed.glyph_index(c).is_none_or(|glyph| glyph.0 == 0));
        }
        characters.is_empty()
    }
}

/// The characters that are drawn; `None` when the drawing nests too deep.
fn collect(group: &Group, depth: usize, found: &mut BTreeSet<char>) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, depth + 1, found)?,
            Node::Text(text) => {
                let chunks = text.chunks().iter();
                let letters = chunks.flat_map(|chunk| chunk.text().chars());
                found.extend(letters.filter(|c| !c.is_whitespace() && !c.is_control()));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::project::Project;

    /// The shipped book.
    fn project() -> Project {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut sink = Sink::new();
        let project = Project::open(root, &mut sink).unwrap();
        assert!(!sink.has_errors());
        project
    }

    fn tree(svg: &str) -> Tree {
        Tree::from_str(svg, &Options::default()).unwrap()
    }

    #[test]
    fn the_books_drawings_become_outlines_inside_their_frames() {
        let project = project();
        let lettering = Lettering::new(&project.fonts, &project.editions["epub"].fonts);
        let names = ["figures/scopes.svg", "book/figures/ten-actions.svg"];
        for name in names {
            let svg = project.bytes(name).unwrap();
            let outlined = lettering.outline(&svg).unwrap();
            assert!(!outlined.contains("<text"), "{name}");
            let tree = tree(&outlined);
            let drawn = tree.root().abs_bounding_box();
            let (width, height) = (tree.size().width(), tree.size().height());
            assert!(drawn.left() >= -0.5 && drawn.right() <= width + 0.5, "{name}");
            assert!(drawn.top() >= -0.5 && drawn.bottom() <= height + 0.5, "{name}");
        }
    }

    #[test]
    fn outlines_are_as_wide_as_the_words() {
        let project = project();
        let lettering = Lettering::new(&project.fonts, &project.editions["epub"].fonts);
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 40\">\
                   <text x=\"10\" y=\"30\" font-size=\"20\" font-family=\"Noto Sans SC\">\
                   碳达峰碳中和国国国国</text></svg>";
        let drawn = tree(&lettering.outline(svg.as_bytes()).unwrap());
        let drawn = drawn.root().abs_bounding_box();
        // Ten characters of 20 units, less the white beside the outer two.
        assert!((190.0..=200.0).contains(&drawn.width()), "{}", drawn.width());
    }

    #[test]
    fn what_has_no_words_or_no_glyphs_stays_as_it_is() {
        let project = project();
        let lettering = Lettering::new(&project.fonts, &project.editions["epub"].fonts);
        for inner in ["<path d=\"M0 0H9V9Z\"/>", "<text y=\"9\">\u{13000}</text>", "<g"] {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inner}</svg>"
            );
            assert_eq!(lettering.outline(svg.as_bytes()), None, "{inner}");
        }
    }
}
