//! From sections to files, and from files to the container.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::access::Access;
use super::folio::{Folios, PlacedPage};
use super::fonts::{self, Face};
use super::package::{Item, Package};
use super::page::{Document, Matter, Page};
use super::plan::{Plan, file_of};
use super::walk::{self, Met};
use super::{container, cover, media, nav, ncx, note, piece, style};
use crate::book::{BlockKind, Figure, FigureContent, Generated, Metadata, plain_text};
use crate::diag::{Diagnostic, Sink, rule};
use crate::edition::Design;
use crate::resolve::Section;

/// The colophon's file.
const COLOPHON: &str = "colophon.xhtml";

/// The XHTML files in reading order, and the pages placed in them.
#[derive(Debug)]
pub(super) struct Texts {
    documents: Vec<Document>,
    pages: Vec<PlacedPage>,
}

/// Writes all XHTML files.
pub(super) fn documents(plan: &Plan<'_>, sink: &mut Sink) -> Texts {
    let mut writer = Writer {
        plan,
        folios: Folios::new(plan.parts.page_map),
        sink,
        documents: Vec::new(),
        matter: Matter::Front,
    };
    writer.cover();
    let placed = plan.has(is_navigation);
    for section in &plan.resolved.sections {
        if !placed && !is_preliminary(section) {
            writer.navigation();
        }
        writer.section(section);
    }
    writer.navigation();
    writer.colophon();
    let Writer { folios, mut documents, .. } = writer;
    let pages = folios.placed;
    let access = Access::of(&documents, plan, !pages.is_empty());
    for document in &mut documents {
        match document.file.as_str() {
            nav::FILE => nav::add_page_list(document, &pages),
            COLOPHON => piece::add_summary(document, &access),
            _ => {}
        }
    }
    Texts { documents, pages }
}

fn is_navigation(section: &Section) -> bool {
    use Generated::{Contents, ListOfFigures, ListOfTables};
    matches!(section, Section::Generated(Contents | ListOfFigures | ListOfTables))
}

/// What stands before the contents in any book.
fn is_preliminary(section: &Section) -> bool {
    use Generated::{Cover, HalfTitle, Imprint, TitlePage};
    matches!(section, Section::Generated(Cover | HalfTitle | TitlePage | Imprint))
}

struct Writer<'a, 'w> {
    plan: &'w Plan<'a>,
    folios: Folios<'a>,
    sink: &'w mut Sink,
    documents: Vec<Document>,
    matter: Matter,
}

impl<'a> Writer<'a, '_> {
    fn page(&mut self, file: &str) -> Page<'a, '_> {
        let last = match self.plan.resolved.sections.last() {
            Some(Section::Generated(Generated::Colophon)) | None => file == COLOPHON,
            // A book without a colophon of its own ends with ours.
            Some(_) if !self.plan.has(|s| s.is(Generated::Colophon)) => file == COLOPHON,
            Some(section) => file == file_of(section),
        };
        let mut page = Page::new(self.plan, &mut self.folios, self.sink, file.to_owned());
        page.last = last;
        page
    }

    /// The cover comes first, whether the book names one or not: shops and
    /// shelves ask for it.
    fn cover(&mut self) {
        let document = self.page(cover::PAGE).cover();
        self.documents.push(document);
    }

    fn section(&mut self, section: &'a Section) {
        let file = file_of(section);
        self.matter = match section {
            Section::Part { .. } | Section::Chapter(_) => Matter::Body,
            Section::Appendix(_)
            | Section::Generated(
                Generated::Glossary
                | Generated::Answers
                | Generated::References
                | Generated::Index
                | Generated::Colophon,
            ) => Matter::Back,
            _ if self.matter == Matter::Body => Matter::Back,
            _ => self.matter,
        };
        let matter = self.matter;
        let document = match section {
            Section::Generated(piece) => return self.generated(*piece, &file),
            Section::Part { .. } => match self.page(&file).part(section) {
                Some(document) => document,
                None => return,
            },
            Section::Text(chapter) => self.page(&file).chapter(chapter, "", matter),
            Section::Chapter(chapter) => {
                self.page(&file).chapter(chapter, "chapter", matter)
            }
            Section::Appendix(chapter) => {
                self.page(&file).chapter(chapter, "appendix", matter)
            }
        };
        self.documents.push(document);
    }

    fn generated(&mut self, piece: Generated, file: &str) {
        let title = piece.title();
        let document = match piece {
            // The half title is the title page's shadow; a screen needs none.
            Generated::Cover | Generated::HalfTitle => return,
            Generated::Colophon => return self.colophon(),
            Generated::Contents | Generated::ListOfFigures | Generated::ListOfTables => {
                return self.navigation();
            }
            Generated::TitlePage => self.page(file).title_page(),
            Generated::Imprint => self.page(file).imprint(),
            Generated::Glossary => self.page(file).glossary(title),
            Generated::Answers => self.page(file).answers(title),
            Generated::References => self.page(file).references(title),
            Generated::Index => self.page(file).index(title),
        };
        self.documents.push(document);
    }

    /// The contents stand where the book puts them, else at the end; once.
    fn navigation(&mut self) {
        if self.documents.iter().any(|document| document.file == nav::FILE) {
            return;
        }
        let contents = nav::contents(self.plan);
        let document = self.page(nav::FILE).navigation(&contents);
        self.documents.push(document);
    }

    /// The colophon stands where the book puts it, else at the end; once.
    fn colophon(&mut self) {
        if self.documents.iter().any(|document| document.file == COLOPHON) {
            return;
        }
        let document = self.page(COLOPHON).colophon();
        self.documents.push(document);
    }
}

/// Puts everything into the container.
pub(super) fn pack(plan: &Plan<'_>, texts: Texts, sink: &mut Sink) -> Option<Vec<u8>> {
    let Texts { documents, pages } = texts;
    let metadata = &plan.resolved.metadata;
    let access = Access::of(&documents, plan, !pages.is_empty());
    let identifier = identifier(metadata, &plan.edition.name);
    let faces = faces(plan, &documents);
    let tokens = style::tokens(plan.parts.theme, plan.edition, &faces);
    let css = style::fill(plan.parts.css, &tokens, &faces, sink);
    let contents = nav::contents(plan);
    let ncx = ncx::write(&contents, &metadata.title, &identifier, &metadata.language);

    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    files.insert("style/book.css".to_owned(), css.into_bytes());
    files.insert("toc.ncx".to_owned(), ncx.into_bytes());
    let cover = cover::file(plan);
    let picture = plan.parts.cover;
    let drawn = || cover::draw(metadata, &tokens).into_bytes();
    files.insert(cover.to_owned(), picture.map_or_else(drawn, <[u8]>::to_vec));
    shown_files(plan, &mut files);
    let marks = documents.iter().map(|document| document.facts.marks).max();
    note_marks(plan, marks.unwrap_or(0), &tokens, &mut files);
    let licences = fonts::licences(&faces);
    let has_fonts = !faces.is_empty();
    for face in faces {
        files.insert(face.path, face.bytes);
    }
    let mut properties = BTreeMap::from([(cover.to_owned(), "cover-image".to_owned())]);
    let mut reading_order = Vec::new();
    for document in documents {
        let path = format!("text/{}", document.file);
        properties.insert(path.clone(), properties_of(&document));
        reading_order.push(path.clone());
        files.insert(path, document.xhtml.into_bytes());
    }
    let item = |path: &String| Item {
        path: path.clone(),
        properties: properties.get(path).cloned().unwrap_or_default(),
    };
    let package = Package {
        items: files.keys().map(item).collect(),
        reading_order,
        access: &access,
        identifier: &identifier,
        cover,
        fonts: has_fonts,
    };
    files.insert("package.opf".to_owned(), package.write(plan).into_bytes());
    match container::pack(&files, &licences, metadata.date) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let message = format!("EPUB 的容器没有写成：{error}");
            sink.report(Diagnostic::global(&rule::machine::PART_MISSING, message));
            None
        }
    }
}

/// What the manifest must say of a file, from what stands in it.
fn properties_of(document: &Document) -> String {
    let has = |name: &str| document.elements.contains(name);
    let all = [
        ("mathml", has("math")),
        ("nav", document.file == nav::FILE),
        ("svg", has("svg") || document.xhtml.contains("<svg")),
    ];
    let names = all.into_iter().filter(|(_, there)| *there).map(|(name, _)| name);
    names.collect::<Vec<_>>().join(" ")
}

/// Adds the pictures, charts, sounds and films that the text shows.
fn shown_files(plan: &Plan<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    walk::book(plan.resolved, plan.edition, &mut |_, met| {
        let Met::Block(block) = met else { return };
        let BlockKind::Figure(figure) = &block.kind else { return };
        if let Some((file, bytes)) = shown_file(plan, figure) {
            files.insert(file, bytes);
        }
    });
}

/// Adds the marks of notes from 1 to `highest`.
fn note_marks(
    plan: &Plan<'_>,
    highest: usize,
    tokens: &BTreeMap<String, String>,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    let (name, fallback) = match plan.edition.design {
        Design::Standard => ("palette.river-deep.screen", "#07404B"),
        Design::LargePrint => ("palette.ink.screen", "#111111"),
    };
    let disc = tokens.get(name).map_or(fallback, String::as_str);
    let family = plan.edition.fonts.hei.join(", ");
    for number in 1..=highest {
        let mark = note::draw_mark(number, disc, &family);
        let outlined = plan.parts.lettering.outline(mark.as_bytes());
        let mark = outlined.unwrap_or(mark);
        files.insert(note::mark_file(number), mark.into_bytes());
    }
}

fn shown_file(plan: &Plan<'_>, figure: &Figure) -> Option<(String, Vec<u8>)> {
    let parts = plan.parts;
    let (path, bytes) = match &figure.content {
        FigureContent::Image { path, .. } => {
            let bytes = &parts.figures.pictures.get(path)?.bytes;
            let outlined = parts.drawings.get(path).and_then(|svg| {
                let [title, description] = media::svg_words(bytes);
                let title = title.unwrap_or_else(|| plain_text(&figure.caption));
                let description = description.unwrap_or_else(|| alt(figure).to_owned());
                media::described_svg(svg, &title, &description)
            });
            (path, outlined.map_or_else(|| bytes.to_vec(), String::into_bytes))
        }
        FigureContent::Media { path, .. } => {
            (path, parts.figures.media.get(path)?.to_vec())
        }
        FigureContent::Chart(chart) => {
            let svg = parts.charts.get(&chart.path)?;
            let title = if chart.title.is_empty() {
                plain_text(&figure.caption)
            } else {
                chart.title.clone()
            };
            let svg = media::described_svg(svg, &title, alt(figure))?;
            (&chart.path, svg.into_bytes())
        }
    };
    Some((plan.files.get(path.as_str())?.clone(), bytes))
}

fn alt(figure: &Figure) -> &str {
    figure.alt.as_ref().map_or("", |alt| alt.value.as_str())
}

/// The faces to embed, cut down to what stands in the files.
fn faces(plan: &Plan<'_>, documents: &[Document]) -> Vec<Face> {
    if !plan.edition.embed_fonts {
        return Vec::new();
    }
    let characters: BTreeSet<char> =
        documents.iter().flat_map(|document| document.xhtml.chars()).collect();
    let roles = plan.edition.fonts.roles();
    let named = plan.parts.fonts.iter().filter_map(|face| {
        let serves = |(_, families): &&(&str, &[String])| families.contains(&face.family);
        roles.iter().find(serves).map(|(role, _)| (*role, face))
    });
    fonts::embed(named, &characters)
}

/// The identifier of an edition: the book's own for `epub`; for others, and
/// for a book without one, a UUID made from what never changes.
fn identifier(metadata: &Metadata, edition: &str) -> String {
    if edition == "epub" && !metadata.identifier.is_empty() {
        return metadata.identifier.clone();
    }
    let name = if metadata.identifier.is_empty() {
        &metadata.slug
    } else {
        &metadata.identifier
    };
    let mut hash = Sha256::new();
    for part in ["kepu", name, &metadata.title, edition] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    // RFC 9562, version 8: a name-based UUID of one's own making.
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
