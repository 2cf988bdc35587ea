//! The package document: metadata, manifest and reading order.

use super::access::Access;
use super::media;
use super::plan::Plan;
use super::xml::Xml;
use crate::book::{Contributor, Metadata};

/// A file of the publication and its manifest properties.
#[derive(Debug)]
pub(super) struct Item {
    /// Its path inside `EPUB/`.
    pub(super) path: String,
    /// Its properties, separated by spaces.
    pub(super) properties: String,
}

/// The order in which the XHTML files are read. (EPUB calls its element
/// `spine`; in a workshop that makes paper books, a spine is glued.)
pub(super) type ReadingOrder = Vec<String>;

/// What the package document is made from.
#[derive(Debug)]
pub(super) struct Package<'p> {
    /// Everything in the container, sorted by path.
    pub(super) items: Vec<Item>,
    /// Paths of the XHTML files, in order.
    pub(super) reading_order: ReadingOrder,
    /// What there is for readers who do not see or hear.
    pub(super) access: &'p Access,
    /// The identifier of this edition.
    pub(super) identifier: &'p str,
    /// The path of the cover's picture.
    pub(super) cover: &'p str,
    /// Fonts travel with the book.
    pub(super) fonts: bool,
}

impl Package<'_> {
    /// Writes the package document.
    pub(super) fn write(&self, plan: &Plan<'_>) -> String {
        let metadata = &plan.resolved.metadata;
        let mut xml = Xml::document();
        let ibooks = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";
        let attributes = [
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", "id"),
            ("xml:lang", metadata.language.as_str()),
            ("dir", "ltr"),
            ("prefix", if self.fonts { ibooks } else { "" }),
        ];
        xml.open("package", &attributes);
        xml.raw("\n");
        xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
        xml.raw("\n");
        self.publication(&mut xml, metadata);
        self.accessibility(&mut xml, plan);
        if self.fonts {
            property(&mut xml, "ibooks:specified-fonts", "true");
        }
        xml.empty("meta", &[("name", "cover"), ("content", &item_id(self.cover))]);
        xml.close();
        self.manifest(&mut xml);
        xml.open("spine", &[("toc", &item_id("toc.ncx"))]);
        xml.raw("\n");
        for path in &self.reading_order {
            xml.empty("itemref", &[("idref", &item_id(path))]);
        }
        xml.close();
        let mut out = xml.finish();
        out.push('\n');
        out
    }

    fn publication(&self, xml: &mut Xml, metadata: &Metadata) {
        xml.leaf("dc:identifier", &[("id", "id")], self.identifier);
        if !metadata.identifier.is_empty() && metadata.identifier != self.identifier {
            xml.leaf("dc:identifier", &[], &metadata.identifier);
        }
        xml.leaf("dc:title", &[("id", "title")], &metadata.title);
        refine(xml, "#title", "title-type", "main");
        if !metadata.subtitle.is_empty() {
            xml.leaf("dc:title", &[("id", "subtitle")], &metadata.subtitle);
            refine(xml, "#subtitle", "title-type", "subtitle");
        }
        people(xml, "dc:creator", "author", "aut", &metadata.authors);
        people(xml, "dc:contributor", "editor", "edt", &metadata.editors);
        xml.leaf("dc:language", &[], &metadata.language);
        xml.leaf("dc:date", &[], &day(metadata.date));
        for (name, text) in [
            ("dc:publisher", &metadata.publisher),
            ("dc:description", &metadata.description),
            ("dc:rights", &metadata.rights),
        ] {
            if !text.is_empty() {
                xml.leaf(name, &[], text);
            }
        }
        for subject in &metadata.subjects {
            xml.leaf("dc:subject", &[], subject);
        }
        property(xml, "dcterms:modified", &format!("{}T00:00:00Z", day(metadata.date)));
    }

    fn accessibility(&self, xml: &mut Xml, plan: &Plan<'_>) {
        let metadata = &plan.resolved.metadata;
        if self.access.pages {
            xml.leaf("dc:source", &[("id", "print")], &print_edition(metadata));
            refine(xml, "#print", "source-of", "pagination");
            property(xml, "pageBreakSource", &print_edition(metadata));
        }
        for mode in self.access.modes() {
            property(xml, "schema:accessMode", mode);
        }
        for modes in self.access.sufficient() {
            property(xml, "schema:accessModeSufficient", modes);
        }
        for feature in self.access.features() {
            property(xml, "schema:accessibilityFeature", feature);
        }
        for hazard in self.access.hazards() {
            property(xml, "schema:accessibilityHazard", hazard);
        }
        property(xml, "schema:accessibilitySummary", &self.access.summary());
        if let Some(standard) = self.access.conformance() {
            conformance(xml, metadata, standard);
        }
    }

    fn manifest(&self, xml: &mut Xml) {
        xml.open("manifest", &[]);
        xml.raw("\n");
        for item in &self.items {
            let attributes = [
                ("id", item_id(&item.path)),
                ("href", item.path.clone()),
                ("media-type", media::of_file(&item.path).to_owned()),
                ("properties", item.properties.clone()),
            ];
            let attributes: Vec<_> = attributes
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            xml.empty("item", &attributes);
        }
        xml.close();
    }
}

/// The standard that is met, who says so, and since when.
fn conformance(xml: &mut Xml, metadata: &Metadata, standard: &str) {
    let attributes = [("property", "dcterms:conformsTo"), ("id", "conformance")];
    xml.leaf("meta", &attributes, standard);
    let attributes = [
        ("property", "a11y:certifiedBy"),
        ("refines", "#conformance"),
        ("id", "certifier"),
    ];
    xml.leaf("meta", &attributes, &certifier(metadata));
    let attributes = [("property", "dcterms:date"), ("refines", "#certifier")];
    xml.leaf("meta", &attributes, &day(metadata.date));
}

fn property(xml: &mut Xml, name: &str, value: &str) {
    xml.leaf("meta", &[("property", name)], value);
}

fn refine(xml: &mut Xml, target: &str, name: &str, value: &str) {
    xml.leaf("meta", &[("refines", target), ("property", name)], value);
}

fn people(xml: &mut Xml, element: &str, id: &str, usual: &str, people: &[Contributor]) {
    for (at, person) in people.iter().enumerate() {
        let id = format!("{id}-{}", at + 1);
        xml.leaf(element, &[("id", &id)], &person.name);
        let target = format!("#{id}");
        let attributes = [
            ("refines", target.as_str()),
            ("property", "role"),
            ("scheme", "marc:relators"),
        ];
        xml.leaf("meta", &attributes, relator(&person.role).unwrap_or(usual));
        refine(xml, &target, "display-seq", &(at + 1).to_string());
    }
}

/// The MARC relator of what a person did.
fn relator(role: &str) -> Option<&'static str> {
    const RELATORS: &[(&str, &str)] = &[
        ("著", "aut"),
        ("译", "trl"),
        ("绘", "ill"),
        ("图", "ill"),
        ("审", "rev"),
        ("校", "pfr"),
        ("设计", "bkd"),
        ("主编", "edt"),
        ("编", "edt"),
    ];
    RELATORS
        .iter()
        .find(|(word, _)| role.contains(word))
        .map(|(_, relator)| *relator)
}

/// Who answers for what the metadata claim.
fn certifier(metadata: &Metadata) -> String {
    let first = metadata.authors.first().map(|person| person.name.as_str());
    let name = if metadata.publisher.is_empty() {
        first
    } else {
        Some(metadata.publisher.as_str())
    };
    format!("{}（自行评估）", name.unwrap_or("编者"))
}

/// The name of the paper edition whose pages the page-list gives.
fn print_edition(metadata: &Metadata) -> String {
    let digits: String =
        metadata.isbn.chars().filter(char::is_ascii_alphanumeric).collect();
    if !digits.is_empty() {
        return format!("urn:isbn:{digits}");
    }
    let (year, month, _) = metadata.date;
    let edition = if metadata.edition_statement.is_empty() {
        format!("{year}年{month}月")
    } else {
        metadata.edition_statement.clone()
    };
    format!("《{}》纸质版，{edition}", metadata.title)
}

/// `2026-11-24`.
pub(super) fn day((year, month, day): (i32, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// The manifest's `id` of a path.
fn item_id(path: &str) -> String {
    format!("i-{}", path.replace(['/', '.'], "-"))
}
