//! What is line-based in a chapter, taken out before comrak sees it.
//!
//! `:::` lines, displayed formulas and attribute lists are recognised here.
//! The text for comrak keeps one line for each that remains: a `:::` line or a
//! formula becomes a thematic break, which interrupts any paragraph and closes
//! any list; attributes are cut off the end of their line. [`Lines`] knows
//! where each remaining line starts in the file, so comrak's line and column
//! always lead back to the byte.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attributes::{self, Attributes};
use super::directive::{self, Fence};
use super::wide;
use crate::diag::{Diagnostic, Sink, SourceId, Span, rule::manuscript as rule};

/// A text prepared for comrak.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// What comrak parses.
    pub(super) text: String,
    /// Where each of its lines starts in the file.
    pub(super) starts: Vec<usize>,
    /// What stands at a line (from 1) instead of the break there.
    pub(super) marks: BTreeMap<usize, Mark>,
    /// Attributes cut off a line (from 1).
    pub(super) attributes: BTreeMap<usize, Attributes>,
}

/// What a line was before it became a thematic break.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// `:::`.
    Fence(Fence),
    /// `$$…$$`.
    Formula(Formula),
}

/// A displayed formula.
#[derive(Debug, Clone)]
pub(super) struct Formula {
    /// From `$$` to the end of its attributes.
    pub(super) span: Span,
    /// The LaTeX source.
    pub(super) tex: String,
    /// `{#eq:x alt="…"}`.
    pub(super) attributes: Option<Attributes>,
}

/// An open code fence.
struct CodeFence {
    mark: char,
    length: usize,
    /// Columns before the fence: less text than that ends a list item.
    indent: usize,
    quoted: bool,
}

/// The most lines that one attribute list may take.
const LONGEST_LIST: usize = 30;

/// Walks a file's lines.
struct Scanner<'a> {
    text: &'a str,
    source: SourceId,
    /// Byte ranges of the lines, without their ends.
    lines: Vec<Range<usize>>,
    fence: Option<CodeFence>,
    out: Lines,
    sink: &'a mut Sink,
}

/// Prepares `text`, which starts at byte `from` of the file (after a header).
pub(super) fn scan(text: &str, source: SourceId, from: usize, sink: &mut Sink) -> Lines {
    let lines = split(text, from);
    let mut scanner = Scanner {
        text,
        source,
        lines,
        fence: None,
        out: Lines::default(),
        sink,
    };
    let mut at = 0;
    while at < scanner.lines.len() {
        at += scanner.line(at);
    }
    scanner.out
}

/// Lines as comrak counts them: after `\n`, `\r\n` and a lone `\r`.
fn split(text: &str, from: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = from;
    let mut at = from;
    while at < bytes.len() {
        if matches!(bytes[at], b'\n' | b'\r') {
            lines.push(start..at);
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                at += 1;
            }
            start = at + 1;
        }
        at += 1;
    }
    if start < bytes.len() {
        lines.push(start..bytes.len());
    }
    lines
}

impl Scanner<'_> {
    /// Takes the line `at`; returns how many lines it took.
    fn line(&mut self, at: usize) -> usize {
        let range = self.lines[at].clone();
        let line = &self.text[range.clone()];
        let (prefix, body) = split_prefix(line);
        if self.in_code(prefix, body) {
            self.keep(range, None);
            return 1;
        }
        let start = range.start + line.len() - body.len();
        let indent = prefix.chars().rev().take_while(|c| *c == ' ').count();
        let plain = prefix.chars().all(|c| c == ' ') && indent < 4;
        let quoted = prefix.contains('>');
        if directive::is_fence(body) && (plain || quoted || prefix.ends_with("  ")) {
            let fence =
                directive::parse(self.text, self.source, start..range.end, self.sink);
            self.replace(prefix, range.start, Mark::Fence(fence));
            return 1;
        }
        if body.starts_with("$$")
            && !quoted
            && let Some(taken) = self.formula(at, prefix, start)
        {
            return taken;
        }
        if let Some(taken) = self.wide(at, prefix, start, body) {
            return taken;
        }
        if needs_attributes(body)
            && let Some(taken) = self.cut_attributes(at, start, body)
        {
            return taken;
        }
        self.separate_caption(at, body);
        self.keep(range, None);
        if is_caption(body) && self.is_table(at + 1) {
            self.blank(self.lines[at].end);
        }
        1
    }

    /// A line with marks typed wide, read as it was meant as far as possible.
    fn wide(
        &mut self,
        at: usize,
        prefix: &str,
        start: usize,
        body: &str,
    ) -> Option<usize> {
        let range = self.lines[at].clone();
        let mark = wide::at_start(body, prefix.contains('>'));
        let above = at.checked_sub(1).map_or("", |at| &self.text[self.lines[at].clone()]);
        if let Some(mark) = &mark
            // One row tells it for the whole table.
            && !(body.starts_with('｜') && above.trim_start().starts_with('｜'))
        {
            mark.report(self.source, start, self.sink);
        }
        let meant = mark.as_ref().and_then(|mark| mark.meant.as_deref());
        let meant = meant.filter(|_| prefix.is_empty());
        let list = if meant.is_some() || needs_attributes(body) {
            wide::list_at_end(body, self.source, start, self.sink)
        } else {
            None
        };
        let (mut end, mut attributes) = (range.end, None);
        if let Some((open, list)) = list {
            end = start + open;
            attributes = Some(list);
        } else if meant.is_some()
            && let Some((from, true)) = attributes::find(body)
        {
            end = start + from;
            attributes = Some(self.attributes(end..range.end));
        }
        let Some((meant, mark)) = meant.zip(mark.as_ref()) else {
            let list = attributes?;
            self.keep(range.start..end, Some(list));
            return Some(1);
        };
        // Columns are counted from where the meant text would have started.
        let rest = start + mark.range.end;
        self.keep(rest..end, attributes);
        let first = rest.saturating_sub(meant.len());
        self.out.starts.pop();
        self.out.starts.push(first);
        let line = self.out.text[..self.out.text.len() - 1]
            .rfind('\n')
            .map_or(0, |n| n + 1);
        self.out.text.insert_str(line, meant);
        Some(1)
    }

    /// Whether the line belongs to a fenced code block; keeps count of them.
    fn in_code(&mut self, prefix: &str, body: &str) -> bool {
        let mark = body.chars().next().unwrap_or(' ');
        let length = body.chars().take_while(|c| *c == mark).count();
        let is_fence = matches!(mark, '`' | '~') && length >= 3;
        let quoted = prefix.contains('>');
        let indent = prefix.chars().count();
        if let Some(open) = &self.fence {
            let outside = !body.is_empty() && indent < open.indent.min(2);
            if (open.quoted && !quoted) || (outside && !open.quoted) {
                self.fence = None;
            } else {
                let rest = body.trim_start_matches(mark).trim();
                if is_fence
                    && mark == open.mark
                    && length >= open.length
                    && rest.is_empty()
                {
                    self.fence = None;
                }
                return true;
            }
        }
        let info = body.trim_start_matches(mark);
        if is_fence && !(mark == '`' && info.contains('`')) {
            // A fence behind a list marker belongs to that item.
            let nested = prefix.contains(['-', '*', '+', '.', ')']);
            let indent = if nested { 2 } else { indent };
            self.fence = Some(CodeFence { mark, length, indent, quoted });
            return true;
        }
        false
    }

    /// A displayed formula that starts at line `at`.
    fn formula(&mut self, at: usize, prefix: &str, start: usize) -> Option<usize> {
        let mut bottom = at;
        let close = loop {
            let range = self.lines.get(bottom)?.clone();
            let from = if bottom == at { start + 2 } else { range.start };
            let line = &self.text[from.min(range.end)..range.end];
            if bottom > at && line.trim().is_empty() {
                return None;
            }
            if let Some(found) = find_close(line) {
                break from + found;
            }
            bottom += 1;
        };
        let line_end = self.lines[bottom].end;
        let rest = &self.text[close + 2..line_end];
        let (mut lines, mut end, mut list) = (bottom - at + 1, close + 2, None);
        if !rest.trim().is_empty() {
            let found = wide::list_at_end(rest, self.source, close + 2, self.sink);
            if let Some((open, wide)) = found {
                list = Some(wide);
                end = line_end;
                lines = lines.max(bottom - at + 1);
                if !rest[..open].trim().is_empty() {
                    return None;
                }
            }
        }
        if list.is_none() && !rest.trim().is_empty() {
            let (from, closed) = attributes::find(rest)?;
            if !rest[..from].trim().is_empty() {
                return None;
            }
            let open = close + 2 + from;
            let (more, list_end) = self.end_of_list(bottom, open, closed)?;
            list = Some(self.attributes(open..list_end));
            lines += more;
            end = list_end;
        }
        let formula = Formula {
            span: Span::new(self.source, start..end),
            tex: self.text[start + 2..close]
                .trim()
                .replace("\r\n", "\n")
                .replace('\r', "\n"),
            attributes: list,
        };
        self.replace(prefix, self.lines[at].start, Mark::Formula(formula));
        Some(lines)
    }

    /// Cuts the attributes off the end of line `at`.
    fn cut_attributes(&mut self, at: usize, start: usize, body: &str) -> Option<usize> {
        let (from, closed) = attributes::find(body)?;
        let open = start + from;
        // Only pictures and captions may spread their list over lines.
        let list_end = if closed || !body.starts_with('#') {
            self.end_of_list(at, open, closed)
        } else {
            None
        };
        let Some((more, end)) = list_end else {
            let here = Span::new(self.source, open..self.lines[at].end);
            self.sink.report(
                Diagnostic::new(&rule::BAD_ATTRIBUTES, here, "属性的花括号没有结束")
                    .hint("在最后一个属性之后补上 }"),
            );
            return None;
        };
        let list = self.attributes(open..end);
        self.separate_caption(at, body);
        self.keep(self.lines[at].start..open, Some(list));
        if is_caption(body) && self.is_table(at + 1 + more) {
            self.blank(end);
        }
        Some(1 + more)
    }

    /// How many lines more a list takes, and where it ends.
    fn end_of_list(
        &self,
        at: usize,
        open: usize,
        closed: bool,
    ) -> Option<(usize, usize)> {
        let within = |last: usize| {
            let end = self.lines[last].end;
            let len = attributes::end_of(&self.text[open..end])?;
            self.text[open + len..end].trim().is_empty().then_some(open + len)
        };
        if closed {
            return within(at).map(|end| (0, end));
        }
        let limit = (at + LONGEST_LIST).min(self.lines.len());
        for last in at + 1..limit {
            if self.text[self.lines[last].clone()].trim().is_empty() {
                return None;
            }
            if let Some(end) = within(last) {
                return Some((last - at, end));
            }
        }
        None
    }

    fn attributes(&mut self, range: Range<usize>) -> Attributes {
        attributes::parse(self.text, self.source, range, self.sink)
    }

    /// Puts a blank line between a table and the caption right below it,
    /// which GFM would take for a row.
    fn separate_caption(&mut self, at: usize, body: &str) {
        if is_caption(body) && at > 0 && self.is_table(at - 1) {
            self.blank(self.lines[at].start);
        }
    }

    fn is_table(&self, at: usize) -> bool {
        let line = self.lines.get(at).map_or("", |range| &self.text[range.clone()]);
        line.contains('|')
    }

    fn keep(&mut self, range: Range<usize>, list: Option<Attributes>) {
        self.out.starts.push(range.start);
        let number = self.out.starts.len();
        if let Some(list) = list {
            self.out.attributes.insert(number, list);
        }
        for c in self.text[range.clone()].chars() {
            // NUL would grow to three bytes in comrak, and no control
            // character can be printed; `chapter` reports them.
            self.out.text.push(if is_control(c) { ' ' } else { c });
        }
        self.out.text.push('\n');
    }

    fn blank(&mut self, at: usize) {
        self.out.starts.push(at);
        self.out.text.push('\n');
    }

    fn replace(&mut self, prefix: &str, start: usize, mark: Mark) {
        self.out.starts.push(start);
        self.out.marks.insert(self.out.starts.len(), mark);
        self.out.text.push_str(prefix);
        self.out.text.push_str("***\n");
    }
}

/// A character that no text may hold, of one byte in UTF-8.
pub(super) fn is_control(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

/// Splits quote marks, list markers and spaces from the rest of a line.
fn split_prefix(line: &str) -> (&str, &str) {
    let mut at = 0;
    loop {
        let rest = line[at..].trim_start_matches([' ', '\t']);
        at = line.len() - rest.len();
        if rest.starts_with('>') {
            at += 1;
        } else if let Some(len) = list_marker(rest) {
            at += len;
        } else {
            return line.split_at(at);
        }
    }
}

/// Bytes of a list marker and the space after it.
fn list_marker(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    let is_marker = if digits > 0 {
        digits < 10 && rest.starts_with(['.', ')'])
    } else {
        rest.starts_with(['-', '*', '+'])
    };
    (is_marker && rest[1..].starts_with(' ')).then_some(digits + 2)
}

/// `$$` that is not escaped.
fn find_close(line: &str) -> Option<usize> {
    let found = line.match_indices("$$").find(|(at, _)| !line[..*at].ends_with('\\'));
    found.map(|(at, _)| at)
}

fn needs_attributes(body: &str) -> bool {
    body.starts_with('#') || body.starts_with("![") || is_caption(body)
}

/// Whether a line may be a table's caption.
pub(super) fn is_caption(body: &str) -> bool {
    caption_prefix(body).is_some()
}

/// Bytes of `表：`, `: ` or `Table: `.
pub(super) fn caption_prefix(body: &str) -> Option<usize> {
    ["表：", "表:", "Table:", "Table：", ": "]
        .into_iter()
        .find_map(|prefix| {
            let rest = body.strip_prefix(prefix)?;
            Some(body.len() - rest.trim_start().len())
        })
}
