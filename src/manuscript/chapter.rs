//! One chapter: one Markdown file.

use comrak::Arena;

use super::reader::{Reader, World, options};
use super::{header, lines};
use crate::book::{Anchor, Chapter, Inline, Label};
use crate::diag::{Diagnostic, Sink, SourceId, Span, rule::manuscript as rule};

/// The most characters of one kind that are reported one by one.
const MOST_REPORTS: usize = 20;

/// A chapter's title line.
#[derive(Debug)]
pub(super) struct Title {
    /// The line.
    pub(super) span: Span,
    /// The title.
    pub(super) text: Vec<Inline>,
    /// `{#sec:…}`.
    pub(super) label: Option<Label>,
    /// False for `{.unnumbered}`.
    pub(super) numbered: bool,
}

/// Reads the chapter in `text`.
pub(super) fn read(source: SourceId, text: &str, world: &mut World<'_>) -> Chapter {
    report_control_characters(source, text, &mut world.sink);
    let (header, start) = header::read(source, text, &mut world.sink);
    let lines = lines::scan(text, source, start, &mut world.sink);
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &lines.text, &options());
    let mut reader = Reader::new(source, text, &lines, world);
    reader.collect_notes(root);
    let blocks = reader.regions(root);
    reader.report_unused_notes();
    let title = reader.title.take();
    let title = title.unwrap_or_else(|| {
        // The first line that says something; a blank one underlines nothing.
        let lead = text.len() - text.trim_start().len();
        let lead = if lead == text.len() { 0 } else { lead };
        let line = text[lead..].lines().next().map_or(0, str::len);
        let span = Span::new(source, lead..lead + line);
        world.sink.report(
            Diagnostic::new(&rule::MISSING_TITLE, span, "这一章没有标题")
                .hint("在正文之前写一行 # 章标题"),
        );
        Title {
            span,
            text: Vec::new(),
            label: None,
            numbered: true,
        }
    });
    let before = blocks.first().filter(|block| block.span.start < title.span.start);
    if let Some(block) = before {
        world.sink.report(
            Diagnostic::new(&rule::TEXT_BEFORE_TITLE, block.span, "章标题之前有内容")
                .hint("把它移到章标题之后，或删去")
                .related(title.span, "章标题在这里"),
        );
    }
    Chapter {
        source,
        span: title.span,
        title: title.text,
        label: title.label,
        numbered: title.numbered,
        header,
        blocks,
        number: String::new(),
        anchor: Anchor::default(),
    }
}

/// Control characters come from broken conversions; nothing can print them.
fn report_control_characters(source: SourceId, text: &str, sink: &mut Sink) {
    let is_bad = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
            || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{fffd}' | '\u{feff}')
    };
    for (at, c) in text.char_indices().filter(|(_, c)| is_bad(*c)).take(MOST_REPORTS) {
        let span = Span::new(source, at..at + c.len_utf8());
        let message = format!("文中有不能排印的字符 U+{:04X}", u32::from(c));
        sink.report(
            Diagnostic::new(&rule::CONTROL_CHARACTER, span, message)
                .hint("删去它；多半是从别处粘贴时带进来的"),
        );
    }
}
