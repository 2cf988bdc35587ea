//! Source texts, and the way from byte offsets to lines and columns.

use std::sync::Arc;

use super::{SourceId, Span};

/// A text file of the project.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the project's root, with `/` between its parts.
    pub path: String,
    /// The text, as it is on disk.
    pub text: Arc<str>,
    /// Byte offset of each line's start.
    lines: Vec<usize>,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// A source file with its line index.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self { path: path.into(), text, lines }
    }

    /// Line and column of a byte offset; offsets past the end give the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines[line - 1];
        Position {
            line,
            column: self.text[start..offset].chars().count() + 1,
        }
    }

    /// Byte offset where a line starts (line counted from 1).
    pub fn line_start(&self, line: usize) -> usize {
        let at = line.saturating_sub(1);
        self.lines.get(at).copied().unwrap_or(self.text.len())
    }

    /// The nearest character boundary at or before `offset`.
    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// All source texts of a run, by [`SourceId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and names it.
    pub fn add(
        &mut self,
        path: impl Into<String>,
        text: impl Into<Arc<str>>,
    ) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source::new(path, text));
        id
    }

    /// The file of `id`.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The file at `path`, if it was read.
    pub fn find(&self, path: &str) -> Option<SourceId> {
        let at = self.files.iter().position(|file| file.path == path)?;
        u32::try_from(at).ok().map(SourceId)
    }

    /// The text of a span; empty when it lies outside its file.
    pub fn text(&self, span: Span) -> &str {
        let text = self.get(span.source).map_or("", |source| &source.text);
        text.get(span.range()).unwrap_or_default()
    }

    /// All files in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.files)
    }
}
