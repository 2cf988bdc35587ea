//! Reads the disk; the only module that does.
//!
//! [`Project::open`] reads `book.toml`, lists the fonts, and from then on keeps
//! every file that a later stage asks for. Default templates and fonts travel
//! in the binary; a project's own win.

pub mod config;
mod digest;
mod embedded;
mod palette;
pub mod files;
mod foreign;
pub mod fonts;
pub mod starter;
mod syntax;
#[cfg(test)]
mod tests;
pub mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Sink, SourceId, Sources};
use crate::edition::Edition;

pub use config::{Config, PartPlan};
pub use digest::Digest;
pub use files::{Bytes, ReadError, input, resolve_path};
pub use fonts::{Face, Fonts};
pub use foreign::{carried_font, read_file};

use files::Files;

/// A project on disk, opened.
#[derive(Debug)]
pub struct Project {
    /// The folder that holds `book/book.toml`.
    pub root: PathBuf,
    /// `book.toml`, understood.
    pub config: Config,
    /// The editions by name: the standard ones and the project's own.
    pub editions: BTreeMap<String, Edition>,
    /// The fonts that the book can be set in.
    pub fonts: Fonts,
    files: Files,
}

impl Project {
    /// The file that makes a folder a project.
    pub const CONFIG: &str = "book/book.toml";

    /// The nearest folder at or above `start` that holds `book/book.toml`.
    pub fn find_root(start: &Path) -> Option<PathBuf> {
        start
            .ancestors()
            .find(|folder| folder.join(Self::CONFIG).is_file())
            .map(Path::to_path_buf)
    }

    /// Opens the project at `root`. All problems of `book.toml` and the fonts
    /// go to `sink`; `None` only when there is no `book.toml` to read.
    pub fn open(root: &Path, sink: &mut Sink) -> Option<Self> {
        let files = Files::new(root);
        let folder = root.canonicalize().ok();
        let folder = folder.as_ref().and_then(|path| path.file_name()?.to_str());
        let (config, editions) = config::read(&files, folder.unwrap_or(""), sink)?;
        let mut fonts = Fonts::open(&files, sink);
        if config.system_fonts {
            fonts.add_system(editions.values());
        }
        let place = |edition: &Edition, family: &str| {
            let key = (edition.name.clone(), family.to_lowercase());
            let span = config.font_places.get(&key)?;
            (span.start < span.end).then_some(*span)
        };
        fonts.check_families(editions.values(), place, config.system_fonts, sink);
        Some(Self {
            root: root.to_path_buf(),
            config,
            editions,
            fonts,
            files,
        })
    }

    /// A text file by its path from the root; read once. A byte order mark is
    /// dropped.
    pub fn text(&self, path: &str) -> Result<SourceId, ReadError> {
        self.files.text(path)
    }

    /// The text of a source.
    pub fn source(&self, id: SourceId) -> Arc<str> {
        self.files.source(id)
    }

    /// A file's bytes by its path from the root; read once.
    pub fn bytes(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        self.files.bytes(path)
    }

    /// Whether a file of the project exists.
    pub fn has(&self, path: &str) -> bool {
        self.files.has(path)
    }

    /// The names in a folder of the project, sorted.
    pub fn list(&self, folder: &str) -> Vec<String> {
        self.files.list(folder)
    }

    /// Every text read so far.
    pub fn sources(&self) -> Sources {
        self.files.sources()
    }

    /// The names of all templates: the default ones and the project's own.
    pub fn template_names(&self) -> BTreeSet<String> {
        let own = self.files.list("templates").into_iter();
        let own = own.filter(|name| name != "README.md" && !name.starts_with('.'));
        let default = embedded::TEMPLATES.iter().map(|(name, _)| (*name).to_owned());
        own.chain(default)
            .filter(|name| self.template(name).is_some())
            .collect()
    }

    /// A template: the project's own, or the one in the program.
    pub fn template(&self, name: &str) -> Option<Arc<str>> {
        let path = format!("templates/{name}");
        if let Ok(id) = self.files.text(&path) {
            return Some(self.files.source(id));
        }
        let bytes = embedded::find(embedded::TEMPLATES, name)?;
        std::str::from_utf8(bytes).ok().map(Arc::from)
    }

    /// All templates by name.
    pub fn templates(&self) -> BTreeMap<String, Arc<str>> {
        self.template_names()
            .into_iter()
            .filter_map(|name| self.template(&name).map(|text| (name, text)))
            .collect()
    }

    /// The digest of everything that was read or looked for, by path: texts,
    /// pictures, fonts, templates, listed folders; `None` where nothing was found.
    pub fn inputs(&self) -> BTreeMap<String, Option<Digest>> {
        let templates = embedded::TEMPLATES
            .iter()
            .map(|(name, bytes)| (format!("templates/{name}"), Digest::of(bytes)));
        let carried = templates.chain(self.fonts.inputs());
        let mut inputs: BTreeMap<_, _> =
            carried.map(|(path, digest)| (path, Some(digest))).collect();
        for (path, digest) in self.files.inputs() {
            // A template that the project does not have comes from the program.
            if digest.is_some() || !inputs.contains_key(&path) {
                inputs.insert(path, digest);
            }
        }
        inputs
    }
}
