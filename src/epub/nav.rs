//! The navigation document: contents, lists of figures and tables, pages,
//! landmarks. It is the book's contents page too.

use super::folio::PlacedPage;
use super::page::{Document, Matter, Page};
use super::plan::{Plan, file_of};
use crate::book::{Generated, Inline, plain_text};
use crate::edition::{contents_entry, list_entry};
use crate::resolve::{FigureEntry, Section};

/// Its name in `text/`.
pub(super) const FILE: &str = "contents.xhtml";

/// A line of the contents, with the lines below it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// `第一章`; empty when unnumbered.
    number: &'a str,
    /// The title.
    title: Title<'a>,
    /// Where it leads, from `text/`.
    pub(super) href: String,
    /// The lines below it.
    pub(super) below: Vec<Self>,
}

#[derive(Debug)]
enum Title<'a> {
    Inlines(&'a [Inline]),
    Words(&'a str),
}

impl Line<'_> {
    /// The anchor that it leads to.
    fn anchor(&self) -> &str {
        self.href.split_once('#').map_or("", |(_, anchor)| anchor)
    }

    /// Number and title, as words.
    pub(super) fn words(&self) -> String {
        let title = match self.title {
            Title::Inlines(inlines) => plain_text(inlines),
            Title::Words(words) => words.to_owned(),
        };
        format!("{} {title}", self.number).trim().to_owned()
    }
}

/// The contents as a tree.
pub(super) fn contents<'a>(plan: &Plan<'a>) -> Vec<Line<'a>> {
    let parted = plan.has(|section| matches!(section, Section::Part { .. }));
    let in_part = |anchor: &str| {
        parted && plan.has(|s| matches!(s, Section::Chapter(_)) && s.anchor() == anchor)
    };
    let mut lines = Vec::new();
    // Depth of the open branch: a piece outside the parts starts at the top.
    let mut lift = 0;
    for entry in &plan.resolved.contents {
        let anchor = entry.anchor.as_str();
        let Some(href) = plan.places.href(anchor, "") else { continue };
        // The lists stand in this very file: no contents lists itself.
        if href.starts_with(FILE) {
            continue;
        }
        if entry.depth == 1 {
            lift = u8::from(!in_part(anchor));
        }
        let depth = if entry.depth == 0 { 0 } else { entry.depth - lift };
        let title = Title::Inlines(&entry.title);
        let line = Line {
            number: &entry.number,
            title,
            href,
            below: Vec::new(),
        };
        insert(&mut lines, usize::from(depth), line);
    }
    let colophon = "colophon.xhtml";
    if !lines.iter().any(|line| line.href.starts_with(colophon)) {
        let whole = plan.has(|section| section.is(Generated::Colophon));
        let title = Title::Words(if whole { "关于本书" } else { "无障碍说明" });
        let href = format!("{colophon}#colophon");
        lines.push(Line { number: "", title, href, below: Vec::new() });
    }
    lines
}

fn insert<'a>(lines: &mut Vec<Line<'a>>, depth: usize, line: Line<'a>) {
    match lines.last_mut() {
        Some(last) if depth > 0 => insert(&mut last.below, depth - 1, line),
        _ => lines.push(line),
    }
}

impl<'a> Page<'a, '_> {
    /// Writes the navigation document; the page-list comes later, when all
    /// pages are placed.
    pub(super) fn navigation(mut self, contents: &[Line<'a>]) -> Document {
        self.reach_anchor("contents");
        let open = [
            ("epub:type", "toc"),
            ("id", "contents"),
            ("aria-labelledby", "contents-title"),
        ];
        self.xml.open("nav", &open);
        self.xml.leaf("h1", &[("id", "contents-title")], "目录");
        self.contents_list(contents);
        self.xml.close();
        let resolved = self.plan.resolved;
        let figures = self.plan.has(|section| section.is(Generated::ListOfFigures));
        self.entries(
            "loi",
            "list-of-figures",
            "图目录",
            "图",
            &resolved.figures,
            figures,
        );
        let tables = self.plan.has(|section| section.is(Generated::ListOfTables));
        self.entries("lot", "list-of-tables", "表目录", "表", &resolved.tables, tables);
        self.landmarks();
        self.finish("目录", Matter::Front)
    }

    fn contents_list(&mut self, lines: &[Line<'a>]) {
        self.xml.open("ol", &[]);
        for line in lines {
            self.xml.open("li", &[]);
            self.xml.open("a", &[("href", &line.href)]);
            self.reach_entry(&contents_entry(line.anchor()));
            if !line.number.is_empty() {
                self.xml.leaf("span", &[("class", "number")], line.number);
                self.xml.text(" ");
            }
            match line.title {
                Title::Inlines(inlines) => self.words(inlines),
                Title::Words(words) => self.xml.text(words),
            }
            self.xml.close();
            if !line.below.is_empty() {
                self.contents_list(&line.below);
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn entries(
        &mut self,
        kind: &str,
        id: &str,
        title: &str,
        name: &str,
        entries: &'a [FigureEntry],
        shown: bool,
    ) {
        let found: Vec<_> = entries
            .iter()
            .filter_map(|entry| Some((self.href(entry.anchor.as_str())?, entry)))
            .collect();
        if found.is_empty() {
            return;
        }
        if shown {
            self.reach_anchor(id);
        }
        let label = format!("{id}-title");
        let attributes = [
            ("epub:type", kind),
            ("id", id),
            ("aria-labelledby", label.as_str()),
            ("hidden", if shown { "" } else { "hidden" }),
        ];
        self.xml.open("nav", &attributes);
        self.xml.leaf("h2", &[("id", &label)], title);
        self.xml.open("ol", &[]);
        for (href, entry) in found {
            self.xml.open("li", &[]);
            self.xml.open("a", &[("href", &href)]);
            self.enter(&list_entry(entry.anchor.as_str()));
            let number = format!("{name} {}", entry.number);
            self.xml.leaf("span", &[("class", "number")], &number);
            self.xml.text(" ");
            self.words(&entry.caption);
            self.leave();
            self.xml.close();
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
    }

    fn landmarks(&mut self) {
        let attributes = [
            ("epub:type", "landmarks"),
            ("id", "landmarks"),
            ("aria-labelledby", "landmarks-title"),
            ("hidden", "hidden"),
        ];
        self.xml.open("nav", &attributes);
        self.xml.leaf("h2", &[("id", "landmarks-title")], "地标");
        self.xml.open("ol", &[]);
        self.landmark("cover", super::cover::PAGE, "封面");
        self.landmark("toc", "#contents", "目录");
        let sections = &self.plan.resolved.sections;
        let body = |section: &&Section| {
            matches!(section, Section::Part { .. } | Section::Chapter(_))
        };
        if let Some(first) = sections.iter().find(body) {
            self.landmark("bodymatter", &file_of(first), "正文");
        }
        for section in sections {
            let Section::Generated(piece) = section else { continue };
            let kind = match piece {
                Generated::Glossary => "glossary",
                Generated::References => "bibliography",
                Generated::Index => "index",
                _ => continue,
            };
            self.landmark(kind, &file_of(section), piece.title());
        }
        self.xml.close();
        self.xml.close();
    }

    fn landmark(&mut self, kind: &str, href: &str, title: &str) {
        self.xml.open("li", &[]);
        // The type names a landmark here, so it brings no role along.
        self.xml
            .leaf("a", &[("epub:type", kind), ("role", ""), ("href", href)], title);
        self.xml.close();
    }
}

/// Adds the page-list, once all pages are placed.
pub(super) fn add_page_list(document: &mut Document, pages: &[PlacedPage]) {
    if pages.is_empty() {
        return;
    }
    let mut xml = super::xml::Xml::new();
    let attributes = [
        ("epub:type", "page-list"),
        ("id", "page-list"),
        ("aria-labelledby", "page-list-title"),
        ("hidden", "hidden"),
    ];
    xml.open("nav", &attributes);
    xml.leaf("h2", &[("id", "page-list-title")], "纸质书页码");
    xml.open("ol", &[]);
    for page in pages {
        // With the file's name even for breaks in this very file: Ace looks
        // them up by it.
        let href = format!("{}#{}", page.file, page.id);
        xml.open("li", &[]);
        xml.leaf("a", &[("href", &href)], &page.folio);
        xml.close();
    }
    let list = xml.finish();
    if let Some(end) = document.xhtml.rfind("</main>") {
        document.xhtml.insert_str(end, &list);
    }
}
