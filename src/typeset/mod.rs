//! `Resolved` to PDF; the only module that knows typst.
//!
//! [`mark_up`] writes the book as calls of the templates ([`markup`]); [`layout`]
//! lays them out in a world of its own ([`world`]) and keeps the pages. Editions
//! whose [`MarkedCopy::layout_key`] is the same share a layout; [`Layout::pdf`]
//! exports each.
//! [`cover`](fn@cover) lays out the sheet around a block whose pages are known.
//! [`ticket`](fn@ticket) sets the job ticket.
//! [`charts`] and [`formulas`](fn@formulas) draw what the EPUB takes from here.

mod chart;
#[cfg(test)]
mod clreq;
mod cover;
mod engine;
mod escape;
mod export;
mod formula;
mod formulas;
mod layout;
mod link;
mod markup;
mod mathml;
mod measure;
mod origin;
mod page_map;
mod pinyin;
mod qr;
mod settings;
mod sheet;
#[cfg(test)]
mod tests;
mod ticket;
mod tofu;
mod unseen;
mod world;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::text::Font;
use typst_html::HtmlDocument;
use typst_layout::PagedDocument;

use crate::book::{BlockKind, FigureContent, visit_blocks};
use crate::diag::Sink;
use crate::diag::rule::typeset as rule;
use crate::edition::{Edition, PageMap};
use crate::figure::Figures;
use crate::project::Project;
use crate::resolve::Resolved;

pub use cover::cover;
pub use engine::forget;
use layout::Forme;
pub use layout::Layout;
use origin::Origin;
use sheet::Sheet;
pub use ticket::{job_ticket, ticket};
use world::{Desk, Faces, File, TEMPLATE_FOLDER};

/// Where the templates find the edition's settings.
const SETTINGS: &str = "/edition.json";

/// An edition's text as calls of the templates: written, not yet laid out.
pub struct MarkedCopy {
    edition: Edition,
    sheets: BTreeMap<String, Sheet>,
}

/// Marks an edition's text up for the compositor.
///
/// With the page map of a standard edition, large print marks its pages.
pub fn mark_up(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    standard: Option<&PageMap>,
    sink: &mut Sink,
) -> MarkedCopy {
    let sheets = markup::write(book, edition, &project.sources(), standard, sink);
    MarkedCopy { edition: edition.clone(), sheets }
}

impl MarkedCopy {
    /// What decides the layout: editions with the same key share one.
    pub fn layout_key(&self, book: &Resolved) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (path, sheet) in &self.sheets {
            hash.update(path);
            hash.update([0]);
            hash.update(&sheet.text);
            hash.update([0]);
        }
        hash.update(settings::geometry(&self.edition, &book.metadata).to_string());
        hash.finalize().into()
    }
}

/// Lays out a marked copy of the book.
pub fn layout(
    book: &Resolved,
    project: &Project,
    figures: &Figures,
    copy: MarkedCopy,
    sink: &mut Sink,
) -> Option<Layout> {
    if sink.has_errors() {
        return None;
    }
    let MarkedCopy { edition, sheets } = copy;
    let files = files(book, project, figures, &edition, &sheets);
    let desk = Desk::new(&files, faces(project), book.metadata.date)?;
    let body = markup::body_start(book);
    let sources = project.sources();
    let forme = Forme { desk, sheets, sources, edition };
    Layout::new(forme, body, sink)
}

/// Every file of an edition's compilation, so that the stock typst can make
/// it: path to bytes.
pub fn emit(
    book: &Resolved,
    project: &Project,
    figures: &Figures,
    copy: &MarkedCopy,
) -> BTreeMap<String, Vec<u8>> {
    files(book, project, figures, &copy.edition, &copy.sheets)
        .into_iter()
        .map(|(path, file)| {
            (path.trim_start_matches('/').to_owned(), file.bytes().to_vec())
        })
        .collect()
}

/// The charts of the book as SVG, by the paths of their TOML files.
pub fn charts(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    sink: &mut Sink,
) -> BTreeMap<String, String> {
    let charts = chart::all(book);
    if charts.is_empty() {
        return BTreeMap::new();
    }
    let mut sheet = Sheet::default();
    sheet.push(&chart::source(&charts, edition));
    let Some((document, _)) =
        compiled::<PagedDocument>(book, project, edition, sheet, sink)
    else {
        return BTreeMap::new();
    };
    chart::pictures(&charts, &document)
}

/// The formulas of the book as `MathML`, by their LaTeX source and whether they
/// are displayed.
pub fn formulas(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    sink: &mut Sink,
) -> BTreeMap<(String, bool), String> {
    let mut all = formulas::Formulas::of(book);
    let sources = project.sources();
    let sheet = all.source(&sources, sink);
    let mut ignored = Sink::new();
    let together = compiled::<HtmlDocument>(book, project, edition, sheet, &mut ignored);
    if let Some((document, _)) = together {
        return all.read(document.root());
    }
    // One of them stops the engine: find out which, and keep the others.
    let mut found = BTreeMap::new();
    for mut single in all.singles() {
        let sheet = single.source(&sources, sink);
        let alone = compiled::<HtmlDocument>(book, project, edition, sheet, sink);
        if let Some((document, _)) = alone {
            found.extend(single.read(document.root()));
        }
    }
    found
}

/// Compiles one source of our own with the templates at hand.
fn compiled<D: typst::foundations::Output>(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    sheet: Sheet,
    sink: &mut Sink,
) -> Option<(D, Desk)> {
    let sheets = BTreeMap::from([(markup::MAIN.to_owned(), sheet)]);
    let files = with_templates(book, project, edition, &sheets);
    let desk = Desk::new(&files, faces(project), book.metadata.date)?;
    let compiled = typst::compile::<D>(&desk);
    match compiled.output {
        Ok(document) => Some((document, desk)),
        Err(errors) => {
            let sources = project.sources();
            let origin = Origin { desk: &desk, sheets: &sheets, sources: &sources };
            origin.report(errors, &rule::LAYOUT_ERROR, sink);
            None
        }
    }
}

/// The generated sources, the settings and the templates.
fn with_templates(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    sheets: &BTreeMap<String, Sheet>,
) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    for (name, text) in project.templates() {
        files.insert(format!("{TEMPLATE_FOLDER}{name}"), File::Text(text));
    }
    for (path, sheet) in sheets {
        files.insert(path.clone(), File::Text(sheet.text.as_str().into()));
    }
    let settings = settings::of(edition, &book.metadata);
    files.insert(SETTINGS.to_owned(), File::Text(settings.to_string().into()));
    files
}

/// Everything that an edition's compilation reads.
fn files(
    book: &Resolved,
    project: &Project,
    figures: &Figures,
    edition: &Edition,
    sheets: &BTreeMap<String, Sheet>,
) -> BTreeMap<String, File> {
    let mut files = with_templates(book, project, edition, sheets);
    for (path, picture) in &figures.pictures {
        let bytes = Bytes::new(Arc::clone(&picture.bytes));
        files.insert(format!("/{path}"), File::Bytes(bytes));
    }
    for chapter in book.sections.iter().filter_map(|section| section.chapter()) {
        visit_blocks(&chapter.blocks, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind
                && let FigureContent::Media { url: Some(url), .. } = &figure.content
                && let Some(code) = qr::picture(url)
            {
                files.insert(qr::path(url), File::Text(code.into()));
            }
        });
    }
    files
}

/// Font objects by where their bytes lie. An entry keeps its bytes alive, so
/// an address is never reused; fonts are parsed and hashed once a run.
type FontShelf = BTreeMap<(usize, usize, u32), Font>;

static SHELF: LazyLock<Mutex<FontShelf>> = LazyLock::new(Mutex::default);

/// The project's fonts as typst has them.
fn faces(project: &Project) -> Faces {
    let mut shelf = SHELF.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let fonts = project.fonts.faces().filter_map(|face| {
        let key = (face.bytes.as_ptr() as usize, face.bytes.len(), face.index);
        if let Some(font) = shelf.get(&key) {
            return Some(font.clone());
        }
        let font = Font::new(Bytes::new(face.bytes.clone()), face.index)?;
        shelf.insert(key, font.clone());
        Some(font)
    });
    Faces::new(fonts.collect())
}
