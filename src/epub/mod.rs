//! `Resolved` to EPUB 3.3.
//!
//! A plain walk that writes one XHTML file a section ([`page`] and its
//! neighbours), then everything around them: navigation, package document,
//! style sheet, cover, container. What the package claims (properties,
//! accessibility features) is found in the finished files. `EPUB33.md` names
//! the clauses and how each is met.

mod access;
mod bindery;
mod block;
mod container;
mod cover;
mod curve;
mod float;
mod folio;
mod fonts;
mod formula;
mod inline;
mod list;
mod media;
mod nav;
mod ncx;
mod note;
mod package;
mod page;
mod piece;
mod plan;
mod proof;
mod quiz;
mod role;
mod style;
mod table;
mod walk;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use plan::Plan;
pub use proof::proofread;

use crate::diag::Sink;
use crate::edition::{Edition, PageMap};
use crate::figure::{Figures, Lettering};
use crate::resolve::Resolved;

/// What stands beside the text: pictures, formulas, style.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The pictures and players' files.
    pub figures: &'a Figures,
    /// The drawings with their lettering as outlines, by path, as SVG; the
    /// others are shown as they are.
    pub drawings: &'a BTreeMap<String, String>,
    /// What outlines the lettering of what is drawn here.
    pub lettering: &'a Lettering<'a>,
    /// The charts by the path of their TOML file, as SVG.
    pub charts: &'a BTreeMap<String, String>,
    /// The formulas by LaTeX source and whether they are displayed, as `MathML`.
    pub formulas: &'a BTreeMap<(String, bool), String>,
    /// The pages of the paper edition.
    pub page_map: Option<&'a PageMap>,
    /// The cover of the paper edition as PNG; without it one is drawn.
    pub cover: Option<&'a [u8]>,
    /// `templates/epub.css`.
    pub css: &'a str,
    /// `templates/theme.toml`.
    pub theme: &'a str,
    /// The faces to embed when the edition asks for fonts.
    pub fonts: &'a [FontFace],
    /// The program's version.
    pub version: &'a str,
}

/// A font face that may be embedded.
#[derive(Debug, Clone)]
pub struct FontFace {
    /// The family's name, as editions name it.
    pub family: String,
    /// 400 or 700.
    pub weight: u16,
    /// The font file.
    pub bytes: crate::project::Bytes,
    /// The face's index in a collection; 0 otherwise.
    pub index: u32,
}

/// Says what the EPUB `edition` would lack, without making it.
pub fn check(resolved: &Resolved, edition: &Edition, sink: &mut Sink) {
    media::check(resolved, edition, sink);
}

/// Makes the EPUB of an edition; `None` when something is missing.
pub fn bind(
    resolved: &Resolved,
    parts: &Parts<'_>,
    edition: &Edition,
    sink: &mut Sink,
) -> Option<Vec<u8>> {
    let mut found = Sink::new();
    check(resolved, edition, &mut found);
    let plan = Plan::new(resolved, parts, edition);
    let documents = bindery::documents(&plan, &mut found);
    let bytes = bindery::pack(&plan, documents, &mut found);
    let whole = !found.has_errors();
    sink.append(found);
    bytes.filter(|_| whole)
}
