//! What typst sees: a file system, fonts and a date, all in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::link;
use super::markup::{MAIN, is_text};

/// A file of a compilation.
#[derive(Debug, Clone)]
pub(super) enum File {
    /// Typst source, or other text.
    Text(Arc<str>),
    /// Anything else.
    Bytes(Bytes),
}

impl File {
    /// The file's bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// The fonts of a project, as typst has them.
#[derive(Debug, Clone)]
pub(super) struct Faces {
    book: Arc<LazyHash<FontBook>>,
    fonts: Arc<Vec<Font>>,
}

impl Faces {
    /// Fonts in their order.
    pub(super) fn new(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { book: Arc::new(book), fonts: Arc::new(fonts) }
    }
}

/// A compilation's world.
pub(super) struct Desk {
    library: LazyHash<Library>,
    faces: Faces,
    main: FileId,
    sources: BTreeMap<String, Source>,
    files: BTreeMap<String, Bytes>,
    today: Option<Datetime>,
}

impl Desk {
    /// A world of these files, entered at `main.typ`, on the book's date.
    pub(super) fn new(
        files: &BTreeMap<String, File>,
        faces: Faces,
        (year, month, day): (i32, u8, u8),
    ) -> Option<Self> {
        let written = files.par_iter().filter_map(|(path, file)| match file {
            File::Text(text) if has_extension(path, "typ") => Some((path, text)),
            _ => None,
        });
        let sources = written
            .map(|(path, text)| Some((path.clone(), parsed(path, text)?)))
            .collect::<Option<_>>()?;
        let bytes = files.iter().map(|(path, file)| {
            let bytes = match file {
                File::Text(text) => Bytes::from_string(Arc::clone(text)),
                File::Bytes(data) => data.clone(),
            };
            (path.clone(), bytes)
        });
        let features = [Feature::Html, Feature::A11yExtras].into_iter().collect();
        let mut library = Library::builder().with_features(features).build();
        link::speak(&mut library);
        Some(Self {
            library: LazyHash::new(library),
            faces,
            main: file_id(MAIN)?,
            sources,
            files: bytes.collect(),
            today: Datetime::from_ymd(year, month, day),
        })
    }

    /// The sources that the entry includes, apart from the templates.
    pub(super) fn texts(&self) -> Vec<Source> {
        let texts = self.sources.iter().filter(|(path, _)| is_text(path));
        texts.map(|(_, source)| source.clone()).collect()
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.faces.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = path_of(id);
        self.sources.get(path).cloned().ok_or_else(|| missing(path))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = path_of(id);
        self.files.get(path).cloned().ok_or_else(|| missing(path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

/// Where the templates lie.
pub(super) const TEMPLATE_FOLDER: &str = "/templates/";

/// The latest of each template, as parsed. One run lays out several sheets, all
/// with the same ones.
static TEMPLATES: Mutex<BTreeMap<String, Source>> = Mutex::new(BTreeMap::new());

/// A file of typst source; `None` where the path is none.
fn parsed(path: &str, text: &str) -> Option<Source> {
    let parse = || Some(Source::new(file_id(path)?, text.to_owned()));
    if !path.starts_with(TEMPLATE_FOLDER) {
        return parse();
    }
    let templates = || TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = templates().get(path).cloned();
    if let Some(known) = known.filter(|known| known.text() == text) {
        return Some(known);
    }
    let source = parse()?;
    templates().insert(path.to_owned(), source.clone());
    Some(source)
}

/// Whether a path ends with `.extension`.
pub(super) fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension))
}

/// The id of a project path with a leading slash.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// The path of an id, with its leading slash.
pub(super) fn path_of(id: FileId) -> &'static str {
    id.get().vpath().get_with_slash()
}

fn missing(path: &str) -> FileError {
    FileError::NotFound(path.into())
}
