//! One XHTML file while it is being written.

use std::collections::{BTreeMap, BTreeSet};

use super::folio::Folios;
use super::plan::Plan;
use super::xml::Xml;
use crate::book::Note;
use crate::diag::{Diagnostic, Sink, SourceId, rule};
use crate::edition::letters;

/// A finished XHTML file.
#[derive(Debug)]
pub(super) struct Document {
    /// Its name in the folder `text/`.
    pub(super) file: String,
    /// Its text.
    pub(super) xhtml: String,
    /// The elements in it.
    pub(super) elements: BTreeSet<String>,
    /// What is in it that the package must know of.
    pub(super) facts: Facts,
}

/// What the package must know of a file besides its elements.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Facts {
    /// A picture has a long description.
    pub(super) described: bool,
    /// There are pictures, or charts; the cover and the marks of notes are none.
    pub(super) pictured: bool,
    /// Something is seen or heard that no words stand for: a picture without
    /// alternative, sound without transcript, film.
    pub(super) unspoken: bool,
    /// The highest number of a note.
    pub(super) marks: usize,
}

/// The pages that begin inside an entry of a generated piece.
#[derive(Debug, Default)]
struct Entered {
    /// Letters before the page, and the page; in order.
    pages: Vec<(usize, usize)>,
    /// How many letters of the entry have been written.
    written: usize,
}

/// Marks that open: they belong to the letter after them.
pub(super) const OPENING: &[char] =
    &['“', '‘', '《', '〈', '（', '(', '【', '「', '『', '〔', '[', '〖'];

/// Which matter a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// 文前.
    Front,
    /// 正文.
    Body,
    /// 文后.
    Back,
}

impl Matter {
    fn kind(self) -> &'static str {
        match self {
            Self::Front => "frontmatter",
            Self::Body => "bodymatter",
            Self::Back => "backmatter",
        }
    }
}

/// A file being written.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub(super) struct Page<'a, 'p> {
    /// What the whole EPUB knows.
    pub(super) plan: &'p Plan<'a>,
    /// The print edition's pages.
    pub(super) folios: &'p mut Folios<'a>,
    /// Where problems go.
    pub(super) sink: &'p mut Sink,
    /// The body so far.
    pub(super) xml: Xml,
    /// The file's name in `text/`.
    pub(super) file: String,
    /// The level of the heading that we are under.
    pub(super) level: u8,
    /// The levels of the open sub-sections.
    pub(super) sections: Vec<u8>,
    /// The source whose text runs in order here: its pages wait for it.
    pub(super) flow: Option<SourceId>,
    /// Whether page breaks may be placed just now.
    pub(super) breaks: bool,
    /// Inside a link: no other link may stand here.
    pub(super) linked: bool,
    /// Words only: no links, no anchors, no notes (contents, lists).
    pub(super) plain: bool,
    /// Inside a box or list: headings open no sub-sections.
    pub(super) boxed: usize,
    /// Notes whose marks have been written, to be set at the end.
    pub(super) notes: Vec<&'a Note>,
    /// Notes met inside a link: their marks follow it.
    pub(super) deferred: Vec<&'a Note>,
    /// How often each note was called again.
    pub(super) repeats: BTreeMap<&'a str, usize>,
    /// Inside an entry of a generated piece: the pages that begin in it.
    entry: Entered,
    /// What the package must know of.
    pub(super) facts: Facts,
    /// The last file: all pages that are left end here.
    pub(super) last: bool,
    counter: usize,
}

impl<'a, 'p> Page<'a, 'p> {
    /// An empty file.
    pub(super) fn new(
        plan: &'p Plan<'a>,
        folios: &'p mut Folios<'a>,
        sink: &'p mut Sink,
        file: String,
    ) -> Self {
        Self {
            plan,
            folios,
            sink,
            xml: Xml::new(),
            file,
            level: 1,
            sections: Vec::new(),
            flow: None,
            breaks: true,
            linked: false,
            plain: false,
            boxed: 0,
            notes: Vec::new(),
            deferred: Vec::new(),
            repeats: BTreeMap::new(),
            entry: Entered::default(),
            facts: Facts::default(),
            last: false,
            counter: 0,
        }
    }

    /// The address of an anchor from here.
    pub(super) fn href(&self, anchor: &str) -> Option<String> {
        self.plan.places.href(anchor, &self.file)
    }

    /// An `id` that no anchor has.
    pub(super) fn fresh_id(&mut self) -> String {
        self.counter += 1;
        format!("x{}", self.counter)
    }

    /// Places the breaks of all pages up to `page`.
    pub(super) fn reach(&mut self, page: usize) {
        for placed in self.folios.reach(page, &self.file) {
            let attributes = [
                ("epub:type", "pagebreak"),
                ("id", placed.id.as_str()),
                ("aria-label", placed.folio.as_str()),
            ];
            self.xml.open("span", &attributes);
            self.xml.close();
        }
    }

    /// Places the breaks up to the page of an anchor.
    pub(super) fn reach_anchor(&mut self, anchor: &str) {
        if let Some(page) = self.folios.of_anchor(anchor) {
            self.reach(page);
        }
    }

    /// Places the breaks that wait for this place of the running text.
    pub(super) fn reach_offset(&mut self, source: SourceId, offset: u32) {
        if !self.breaks || self.plain || self.flow != Some(source) {
            return;
        }
        if let Some(page) = self.folios.until(source, offset) {
            self.reach(page);
        }
    }

    /// Begins an entry of a generated piece: places the break of the page that
    /// begins with it, and remembers those that begin inside it.
    pub(super) fn enter(&mut self, name: &str) {
        let mut pages = self.folios.in_entry(name);
        let inside = pages.split_off(pages.partition_point(|(letters, _)| *letters == 0));
        for (_, page) in pages {
            self.reach(page);
        }
        self.entry = Entered { pages: inside, written: 0 };
    }

    /// Places the break of the page that begins with an entry.
    pub(super) fn reach_entry(&mut self, name: &str) {
        for (_, page) in self.folios.in_entry(name).into_iter().filter(|(n, _)| *n == 0) {
            self.reach(page);
        }
    }

    /// Writes text of the entry with the breaks that fall into it.
    pub(super) fn entry_text(&mut self, text: &str) {
        let end = self.entry.written + letters(text);
        let mut rest = text;
        while let Some(&(before, page)) =
            self.entry.pages.first().filter(|(before, _)| *before < end)
        {
            let (head, tail) =
                rest.split_at(after_letters(rest, before - self.entry.written));
            self.runs(head);
            self.entry.written += letters(head);
            rest = tail;
            self.reach(page);
            self.entry.pages.remove(0);
        }
        self.runs(rest);
        self.entry.written = end;
    }

    /// Ends the entry; a page that began after its last letter begins here.
    pub(super) fn leave(&mut self) {
        for (_, page) in std::mem::take(&mut self.entry).pages {
            self.reach(page);
        }
    }

    /// Reports that an earlier stage did not hand over what is needed here.
    pub(super) fn missing(&mut self, what: &str, span: Option<crate::diag::Span>) {
        let message = format!("{what}没有准备好，EPUB 无法收入");
        let found = match span {
            Some(span) => Diagnostic::new(&rule::machine::PART_MISSING, span, message),
            None => Diagnostic::global(&rule::machine::PART_MISSING, message),
        };
        self.sink.report(found.hint("先改正同一处的其他错误"));
    }

    /// Wraps the body into a file.
    pub(super) fn finish(mut self, title: &str, matter: Matter) -> Document {
        if let Some(last) = self.folios.last().filter(|_| self.last) {
            self.reach(last);
        }
        let Self { plan, xml: body, file, facts, .. } = self;
        let language = &plan.resolved.metadata.language;
        let mut xml = Xml::document();
        xml.raw("<!DOCTYPE html>\n");
        xml.open(
            "html",
            &[
                ("xmlns", "http://www.w3.org/1999/xhtml"),
                ("xmlns:epub", "http://www.idpf.org/2007/ops"),
                ("lang", language),
            ],
        );
        xml.raw("\n");
        xml.open("head", &[]);
        xml.raw("\n");
        xml.empty("meta", &[("charset", "UTF-8")]);
        xml.leaf("title", &[], title);
        let style =
            [("rel", "stylesheet"), ("type", "text/css"), ("href", "../style/book.css")];
        xml.empty("link", &style);
        xml.close();
        let mut class = plan.design().to_owned();
        if file == super::cover::PAGE {
            class.push_str(" full-page");
        }
        xml.open("body", &[("epub:type", matter.kind()), ("class", &class)]);
        xml.raw("\n");
        xml.open("main", &[]);
        xml.raw("\n");
        xml.append(body);
        xml.close();
        let elements = xml.elements.clone();
        let mut xhtml = xml.finish();
        xhtml.push('\n');
        Document { file, xhtml, elements, facts }
    }
}

/// The byte at which the letter after `count` letters begins, together with
/// the marks that open before it.
fn after_letters(text: &str, count: usize) -> usize {
    let found = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).nth(count);
    let at = found.map_or(text.len(), |(at, _)| at);
    text[..at].trim_end_matches(OPENING).len()
}
