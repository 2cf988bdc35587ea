//! What the whole EPUB knows before the first file is written: which file
//! holds which anchor, and under which name each picture travels.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{self, Met};
use super::{Parts, media};
use crate::book::{BlockKind, FigureContent, Generated, InlineKind};
use crate::edition::{Design, Edition};
use crate::figure::{Figures, PictureFormat};
use crate::resolve::{Resolved, Section};

/// The plan of an EPUB.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The book.
    pub(super) resolved: &'a Resolved,
    /// What is shown and set beside the text.
    pub(super) parts: &'a Parts<'a>,
    /// The edition that is made.
    pub(super) edition: &'a Edition,
    /// Where anchors are.
    pub(super) places: Places<'a>,
    /// The file in the EPUB for each picture, chart and film of the project.
    pub(super) files: BTreeMap<&'a str, String>,
}

impl<'a> Plan<'a> {
    /// Plans the EPUB of `resolved`.
    pub(super) fn new(
        resolved: &'a Resolved,
        parts: &'a Parts<'a>,
        edition: &'a Edition,
    ) -> Self {
        let places = Places::new(resolved, edition);
        let files = name_files(resolved, edition, parts.figures);
        Self { resolved, parts, edition, places, files }
    }

    /// The class of every `body`.
    pub(super) fn design(&self) -> &'static str {
        match self.edition.design {
            Design::Standard => "standard",
            Design::LargePrint => "large-print",
        }
    }

    /// Whether the book has a section like this.
    pub(super) fn has(&self, wanted: impl Fn(&Section) -> bool) -> bool {
        self.resolved.sections.iter().any(wanted)
    }
}

/// The XHTML file of each anchor that exists in the edition.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    files: BTreeMap<&'a str, String>,
}

impl<'a> Places<'a> {
    fn new(resolved: &'a Resolved, edition: &'a Edition) -> Self {
        let mut places = Self::default();
        for section in &resolved.sections {
            let file = file_of(section);
            places.add(section.anchor(), &file);
            places.add_pieces(resolved, section, &file);
        }
        walk::book(resolved, edition, &mut |section, met| {
            places.met(met, &file_of(section));
        });
        places
    }

    fn add(&mut self, anchor: &'a str, file: &str) {
        if !anchor.is_empty() {
            self.files.insert(anchor, file.to_owned());
        }
    }

    fn add_pieces(&mut self, resolved: &'a Resolved, section: &Section, file: &str) {
        match section {
            Section::Generated(Generated::Glossary) => {
                let entries = resolved.glossary.iter().flat_map(|group| &group.entries);
                entries.for_each(|entry| self.add(entry.anchor.as_str(), file));
            }
            Section::Generated(Generated::References) => {
                let entries = resolved.references.iter();
                entries.for_each(|entry| self.add(entry.anchor.as_str(), file));
            }
            Section::Generated(Generated::Answers) => {
                let questions =
                    resolved.answers.iter().flat_map(|group| &group.questions);
                questions
                    .for_each(|question| self.add(question.answer_anchor.as_str(), file));
            }
            _ => {}
        }
    }

    fn met(&mut self, met: Met<'a>, file: &str) {
        match met {
            Met::Block(block) => match &block.kind {
                BlockKind::Heading(heading) => self.add(heading.anchor.as_str(), file),
                BlockKind::Figure(figure) => self.add(figure.anchor.as_str(), file),
                BlockKind::Table(table) => self.add(table.anchor.as_str(), file),
                BlockKind::Equation(equation) => self.add(equation.anchor.as_str(), file),
                _ => {}
            },
            Met::Inline(inline) => match &inline.kind {
                InlineKind::Term(term) => self.add(term.anchor.as_str(), file),
                InlineKind::Cite(cite) => self.add(cite.anchor.as_str(), file),
                InlineKind::Note(note) => self.add(note.anchor.as_str(), file),
                _ => {}
            },
            Met::Question(question) => self.add(question.anchor.as_str(), file),
        }
    }

    /// The file that holds an anchor.
    pub(super) fn file(&self, anchor: &str) -> Option<&str> {
        self.files.get(anchor).map(String::as_str)
    }

    /// The address of an anchor, as it is written in `from`.
    pub(super) fn href(&self, anchor: &str, from: &str) -> Option<String> {
        let file = self.file(anchor)?;
        Some(if file == from { format!("#{anchor}") } else { format!("{file}#{anchor}") })
    }
}

/// The XHTML file of a section.
pub(super) fn file_of(section: &Section) -> String {
    match section {
        Section::Generated(
            Generated::Contents | Generated::ListOfFigures | Generated::ListOfTables,
        ) => super::nav::FILE.to_owned(),
        Section::Generated(Generated::HalfTitle) => {
            file_of(&Section::Generated(Generated::TitlePage))
        }
        other => format!("{}.xhtml", other.anchor()),
    }
}

/// Gives every shown file a name inside the EPUB: ASCII, unique, stable.
fn name_files<'a>(
    resolved: &'a Resolved,
    edition: &'a Edition,
    figures: &Figures,
) -> BTreeMap<&'a str, String> {
    let mut paths = BTreeMap::new();
    walk::book(resolved, edition, &mut |_, met| {
        let Met::Block(block) = met else { return };
        let BlockKind::Figure(figure) = &block.kind else { return };
        match &figure.content {
            FigureContent::Image { path, .. } => paths.insert(path.as_str(), "images"),
            FigureContent::Chart(chart) => paths.insert(chart.path.as_str(), "charts"),
            FigureContent::Media { path, .. } => paths.insert(path.as_str(), "media"),
        };
    });
    let mut taken = BTreeSet::new();
    let mut files = BTreeMap::new();
    for (path, folder) in paths {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let extension = match figures.pictures.get(path) {
            Some(picture) => extension_of(picture.format),
            None if folder == "charts" => "svg",
            None => extension,
        };
        let stem = media::ascii_name(stem);
        let mut file = format!("{folder}/{stem}.{}", extension.to_ascii_lowercase());
        let mut copy = 2;
        while !taken.insert(file.clone()) {
            file = format!("{folder}/{stem}-{copy}.{}", extension.to_ascii_lowercase());
            copy += 1;
        }
        files.insert(path, file);
    }
    files
}

/// The extension that says what a picture is, whatever its own name says.
fn extension_of(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Png => "png",
        PictureFormat::Jpeg => "jpg",
        PictureFormat::Webp => "webp",
        PictureFormat::Svg => "svg",
    }
}
