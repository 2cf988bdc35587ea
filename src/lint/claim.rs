//! Every number that the book claims, and where it comes from.
//!
//! A claim (see [`super::number`] for what counts as one) has a source if
//!
//! 1. its sentence cites a work, or in a table its row, its column's head, the
//!    caption or the credit do;
//! 2. its sentence has a note that cites works: it is computed there;
//! 3. its sentence, its note or the box it stands in says that it is an
//!    assumption made for an example (假定, 举例, 好比, 编写 …) or a matter of
//!    definition (单位的定义);
//! 4. its sentence refers to a figure or table whose credit cites a work;
//! 5. the same number with the same unit has a source elsewhere in the chapter.
//!
//! A list has also what the sentence with the colon before it has.
//!
//! Headings, questions and their options, and boxes that set a task (动手做,
//! 想一想) claim nothing: what they say is said with its source elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::number;
use super::sentence::{Sentence, cited, note, sentences};
use crate::book::{
    Anchor, Block, BlockKind, CalloutKind, Chapter, Figure, FigureContent, Inline,
    Inside, Question, Table,
};
use crate::diag::rule::lint as rule;
use crate::diag::{Diagnostic, Sink, Span};
use crate::resolve::Resolved;

/// Words by which a text says that its numbers are made up.
const ASSUMED: &[&str] = &[
    "假定",
    "假设",
    "假如",
    "举例",
    "编写的",
    "编的",
    "好比",
    "比方",
    "要是",
    "如果",
    "不是真实数据",
    "单位的定义",
];

/// A number in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The number with its unit, as it stands: `27.9吨`.
    pub number: String,
    /// The sentence it stands in.
    pub sentence: String,
    /// Its place.
    pub span: Span,
    /// Where it comes from; `None`: nobody says.
    pub source: Option<Source>,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Keys of the works cited.
    Cited(Vec<String>),
    /// Computed in a note of the chapter, from these works.
    Computed {
        /// The note's number in its chapter.
        note: usize,
        /// Keys of the works the note cites.
        keys: Vec<String>,
    },
    /// Assumed for an example, as the text says.
    Assumed,
    /// Shown in the figure or table that the sentence names, from these works.
    Shown(Vec<String>),
    /// Has its source at another place in the chapter.
    Elsewhere(Span),
}

/// Every claim of the book in reading order. A claim without a source is
/// reported as `uncited-number`.
pub fn claims(book: &Resolved, sink: &mut Sink) -> Vec<Claim> {
    let credits = credits(book);
    let mut all = Vec::new();
    let works: Vec<&str> = book.references.iter().map(|work| work.key.as_str()).collect();
    for chapter in book.sections.iter().filter_map(|section| section.chapter()) {
        let mut reader = Reader {
            credits: &credits,
            works: &works,
            found: Vec::new(),
        };
        reader.chapter(chapter);
        all.extend(settled(reader.found));
    }
    let mut reader = Reader {
        credits: &credits,
        works: &works,
        found: Vec::new(),
    };
    for entry in book.glossary.iter().flat_map(|group| &group.entries) {
        reader.text(&entry.definition, &Around::default());
    }
    for group in book.answers.iter().filter(|group| group.chapter.is_empty()) {
        for question in &group.questions {
            reader.question(question);
        }
    }
    all.extend(settled(reader.found));
    for claim in all.iter().filter(|claim| claim.source.is_none()) {
        sink.report(
            Diagnostic::new(
                &rule::UNCITED_NUMBER,
                claim.span,
                format!("“{}”没有出处", claim.number),
            )
            .hint("在这句话里加上 [@文献键]；推算的在脚注里写明算式和出处；假定的写明是假定"),
        );
    }
    all
}

/// The works that the credits of figures and tables cite, by anchor.
fn credits(book: &Resolved) -> BTreeMap<&Anchor, Vec<&str>> {
    let mut credits = BTreeMap::new();
    for chapter in book.sections.iter().filter_map(|section| section.chapter()) {
        crate::book::visit_blocks(&chapter.blocks, &mut |block| match &block.kind {
            BlockKind::Figure(figure) => {
                credits.insert(&figure.anchor, cited(&figure.credit));
            }
            BlockKind::Table(table) => {
                let cells = std::iter::once(&table.header).chain(&table.rows).flatten();
                let texts = [&table.caption, &table.credit].into_iter();
                let texts = texts.chain(cells.map(|cell| &cell.text));
                credits
                    .insert(&table.anchor, texts.flat_map(|text| cited(text)).collect());
            }
            _ => {}
        });
    }
    credits
}

/// Gives a claim without a source that of an equal one.
fn settled(mut found: Vec<Claim>) -> Vec<Claim> {
    let mut sourced = BTreeMap::new();
    for claim in found.iter().filter(|claim| claim.source.is_some()) {
        sourced.entry(claim.number.clone()).or_insert(claim.span);
    }
    for claim in found.iter_mut().filter(|claim| claim.source.is_none()) {
        claim.source = sourced.get(&claim.number).copied().map(Source::Elsewhere);
    }
    found
}

/// What the text around a sentence says about its numbers.
#[derive(Debug, Clone, Default)]
struct Around<'a> {
    keys: Vec<&'a str>,
    assumed: bool,
}

/// The walk through one chapter.
struct Reader<'a> {
    credits: &'a BTreeMap<&'a Anchor, Vec<&'a str>>,
    /// Keys of the reference list, in its order.
    works: &'a [&'a str],
    found: Vec<Claim>,
}

impl<'a> Reader<'a> {
    fn chapter(&mut self, chapter: &'a Chapter) {
        self.blocks(&chapter.blocks, &Around::default());
    }

    fn blocks(&mut self, blocks: &'a [Block], around: &Around<'a>) {
        let mut led = around.clone();
        for block in blocks {
            match &block.kind {
                BlockKind::List(_) => self.block(block, &led),
                _ => self.block(block, around),
            }
            led = around.clone();
            if let BlockKind::Paragraph(inlines) = &block.kind {
                self.lead(inlines, &mut led);
            }
        }
    }

    /// What the sentence with a colon says for the list that follows.
    fn lead(&self, inlines: &'a [Inline], led: &mut Around<'a>) {
        let all = sentences(inlines);
        let Some(last) = all.last().filter(|s| s.text.last() == Some(&'：')) else {
            return;
        };
        led.keys.extend(self.keys(last));
        for mark in &last.notes {
            let (text, keys) = note(mark);
            led.keys.extend(keys);
            led.assumed |= says_assumed(&text);
        }
    }

    /// The works a sentence cites.
    fn keys(&self, sentence: &Sentence<'a>) -> Vec<&'a str> {
        let printed = sentence.printed.iter();
        let printed = printed.filter_map(|n| self.works.get(n.checked_sub(1)?).copied());
        sentence.keys.iter().copied().chain(printed).collect()
    }

    fn block(&mut self, block: &'a Block, around: &Around<'a>) {
        match &block.kind {
            BlockKind::Heading(_) | BlockKind::Code { .. } | BlockKind::Equation(_) => {}
            BlockKind::Callout(callout) => {
                if matches!(callout.kind, CalloutKind::Activity | CalloutKind::Think) {
                    return;
                }
                let assumed = around.assumed || says_assumed(&text_of(&callout.blocks));
                self.blocks(&callout.blocks, &Around { assumed, ..around.clone() });
            }
            BlockKind::Figure(figure) => self.figure(figure, block.span),
            BlockKind::Table(table) => self.table(table, around),
            BlockKind::Quiz(questions) => {
                for question in questions {
                    self.question(question);
                }
            }
            _ => block.inside(&mut |part| match part {
                Inside::Inlines(inlines) => self.text(inlines, around),
                Inside::Blocks(blocks) => self.blocks(blocks, around),
                Inside::Question(question) => self.question(question),
            }),
        }
    }

    /// What is right about a question; its text and its options are a riddle.
    fn question(&mut self, question: &'a Question) {
        self.text(&question.explanation, &Around::default());
    }

    fn figure(&mut self, figure: &'a Figure, span: Span) {
        let keys = cited(&figure.credit);
        if let FigureContent::Chart(chart) = &figure.content {
            let credit = crate::book::plain_text(&figure.credit);
            let source = if keys.is_empty() {
                says_assumed(&credit).then_some(Source::Assumed)
            } else {
                Some(Source::Cited(owned(&keys)))
            };
            let number = format!("图{}的数据", figure.number);
            self.found.push(Claim {
                number,
                sentence: chart.title.clone(),
                span,
                source,
            });
        }
        self.text(&figure.caption, &Around { keys, assumed: false });
    }

    fn table(&mut self, table: &'a Table, around: &Around<'a>) {
        let mut whole = around.clone();
        whole.keys.extend(cited(&table.caption));
        whole.keys.extend(cited(&table.credit));
        whole.assumed |= says_assumed(&crate::book::plain_text(&table.caption));
        self.text(&table.caption, &whole);
        self.text(&table.credit, &whole);
        for cell in &table.header {
            self.text(&cell.text, &whole);
        }
        for row in &table.rows {
            let row_keys: Vec<_> =
                row.iter().flat_map(|cell| row_keys(&cell.text)).collect();
            for (column, cell) in row.iter().enumerate() {
                let head =
                    table.header.get(column).map_or_else(Vec::new, |h| cited(&h.text));
                let mut near = whole.clone();
                near.keys.extend(row_keys.iter().copied().chain(head));
                self.text(&cell.text, &near);
            }
        }
    }

    fn text(&mut self, inlines: &'a [Inline], around: &Around<'a>) {
        for sentence in sentences(inlines) {
            let source = self.source(&sentence, around);
            let text: String = sentence.text.iter().collect();
            for range in number::claims(&sentence.text) {
                let number = sentence.text[range.clone()].iter().collect();
                let first = sentence.places[range.start];
                let last = sentence.places[range.end - 1];
                let span = Span { end: last.end.max(first.end), ..first };
                let (sentence, source) = (text.trim().to_owned(), source.clone());
                self.found.push(Claim { number, sentence, span, source });
            }
            for mark in &sentence.notes {
                self.note(mark);
            }
        }
    }

    /// The numbers of a note: its citations hold for all of it.
    fn note(&mut self, mark: &'a crate::book::Note) {
        let (text, keys) = note(mark);
        // Arithmetic on constants of nature and of the calendar cites nobody.
        let assumed = says_assumed(&text) || text.contains("相对原子质量");
        self.blocks(&mark.blocks, &Around { keys, assumed });
    }

    fn source(&self, sentence: &Sentence<'a>, around: &Around<'a>) -> Option<Source> {
        let text: String = sentence.text.iter().collect();
        let keys = self.keys(sentence);
        if !keys.is_empty() {
            return Some(Source::Cited(owned(&keys)));
        }
        for mark in &sentence.notes {
            let (text, keys) = note(mark);
            if !keys.is_empty() {
                return Some(Source::Computed { note: mark.number, keys: owned(&keys) });
            }
            if says_assumed(&text) || text.contains("相对原子质量") {
                return Some(Source::Assumed);
            }
        }
        if !around.keys.is_empty() {
            return Some(Source::Cited(owned(&around.keys)));
        }
        if around.assumed || says_assumed(&text) {
            return Some(Source::Assumed);
        }
        let shown: Vec<&str> = sentence
            .references
            .iter()
            .filter_map(|anchor| self.credits.get(anchor))
            .flatten()
            .copied()
            .collect();
        (!shown.is_empty()).then(|| Source::Shown(owned(&shown)))
    }
}

/// The works that a cell cites for its row, in a note of it too.
fn row_keys(cell: &[Inline]) -> Vec<&str> {
    let own = sentences(cell).into_iter();
    own.flat_map(|sentence| {
        let noted = sentence.notes.iter().flat_map(|mark| note(mark).1);
        sentence.keys.iter().copied().chain(noted).collect::<Vec<_>>()
    })
    .collect()
}

/// The keys, each once.
fn owned(keys: &[&str]) -> Vec<String> {
    let unique: BTreeSet<_> = keys.iter().collect();
    unique.into_iter().map(ToString::to_string).collect()
}

fn says_assumed(text: &str) -> bool {
    ASSUMED.iter().any(|word| text.contains(word))
}

/// The words of some blocks.
fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    crate::book::visit_blocks(blocks, &mut |block| {
        if let BlockKind::Paragraph(inlines) = &block.kind {
            text.push_str(&crate::book::plain_text(inlines));
        }
    });
    text
}
