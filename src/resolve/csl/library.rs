//! `references.yml`: entries, the places of their keys, and what is wrong with
//! them.
//!
//! The file is cut at its top-level keys and every entry is read by itself, so
//! that one bad entry hides none of the others.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use hayagriva::Entry;
use hayagriva::io::from_yaml_str;

use super::{entry, nowhere, yaml};
use crate::book::ReferenceList;
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span};
use crate::resolve::reference::nearest;

/// Fields that hayagriva reads; it passes over all others in silence.
const FIELDS: &[&str] = &[
    "type",
    "title",
    "author",
    "date",
    "parent",
    "abstract",
    "genre",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "serial-number",
    "serial",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
];

/// The works that can be cited.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Library {
    entries: BTreeMap<String, Work>,
    /// Keys in the order of the file.
    order: Vec<String>,
    /// Keys of entries that could not be read.
    unreadable: BTreeSet<String>,
    /// Whether the file has no entries at all, though it is not empty.
    hopeless: bool,
}

#[derive(Debug)]
struct Work {
    entry: Entry,
    /// The key's place.
    span: Span,
}

impl Library {
    /// Reads the file, as far as it can be read.
    pub(in crate::resolve) fn read(list: &ReferenceList, sink: &mut Sink) -> Self {
        let mut library = Self::default();
        let Some(source) = list.source else { return library };
        let chunks = chunks(&list.text);
        if chunks.is_empty() && has_content(&list.text) {
            let message = "文献库里没有一个条目能读懂";
            let span = Span::new(source, first_line(&list.text));
            let diagnostic = Diagnostic::new(&rule::BAD_REFERENCES_FILE, span, message)
                .hint("每个条目以顶格的“键:”开头（冒号用英文的），项目缩进写在下面");
            sink.report(diagnostic);
            library.hopeless = true;
        }
        for chunk in &chunks {
            library.add(chunk, &chunks, &list.text, source, sink);
        }
        library
    }

    /// Whether there is such a work.
    pub(in crate::resolve) fn contains(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether there is such a work that cannot be read, which was reported.
    pub(in crate::resolve) fn is_unreadable(&self, key: &str) -> bool {
        self.hopeless || self.unreadable.contains(key)
    }

    /// All keys.
    pub(in crate::resolve) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key).map(|work| &work.entry)
    }

    pub(super) fn span(&self, key: &str) -> Span {
        self.entries.get(key).map_or_else(nowhere, |work| work.span)
    }

    fn add(
        &mut self,
        chunk: &Chunk,
        all: &[Chunk],
        text: &str,
        source: SourceId,
        sink: &mut Sink,
    ) {
        let span = Span::new(source, chunk.key_range.clone());
        if let Some(first) = self.entries.get(&chunk.key) {
            let message = format!("文献库中有两个“{}”", chunk.key);
            let diagnostic =
                Diagnostic::new(&rule::DUPLICATE_REFERENCE_KEY, span, message)
                    .hint("给其中一条换个键")
                    .related(first.span, "第一个在这里");
            sink.report(diagnostic);
            return;
        }
        check_fields(chunk, text, source, sink);
        let (yaml, before) = with_anchors(chunk, all, text);
        match from_yaml_str(&yaml) {
            Ok(read) => {
                for entry in
                    read.into_iter().filter(|e| before == 0 || e.key() == chunk.key)
                {
                    let key = entry.key().to_owned();
                    self.order.push(key.clone());
                    self.entries.insert(key, Work { entry, span });
                }
            }
            Err(error) => {
                self.unreadable.insert(chunk.key.clone());
                let line = error.location().map_or(1, |place| place.line());
                let line = line.saturating_sub(before).max(1);
                let place = line_range(text, chunk.range.clone(), line);
                let span = Span::new(source, place);
                let (why, hint) = yaml::colon(&text[span.range()])
                    .unwrap_or_else(|| yaml::explain(&error.to_string()));
                let message = format!("文献“{}”读不懂：{why}", chunk.key);
                sink.report(
                    Diagnostic::new(&rule::BAD_REFERENCES_FILE, span, message).hint(hint),
                );
            }
        }
    }

    /// Says what is wrong with the library as a whole, once it is known which
    /// works are cited; `whole` tells whether all of the book could be asked.
    pub(in crate::resolve) fn review(
        &self,
        cited: &BTreeMap<String, usize>,
        whole: bool,
        sink: &mut Sink,
    ) {
        if whole {
            self.review_uncited(cited, sink);
        }
        self.review_repeated(sink);
        for key in self.order.iter().filter(|key| cited.contains_key(*key)) {
            self.review_complete(key, sink);
        }
    }

    /// One diagnostic for all: a library is often larger than its book.
    fn review_uncited(&self, cited: &BTreeMap<String, usize>, sink: &mut Sink) {
        let uncited: Vec<&String> =
            self.order.iter().filter(|key| !cited.contains_key(*key)).collect();
        let Some(first) = uncited.first() else { return };
        let shown: Vec<&str> = uncited.iter().take(5).map(|key| key.as_str()).collect();
        let message = match uncited.len() {
            1 => format!("文献“{first}”没有引用过"),
            n if n <= 5 => format!("有 {n} 条文献没有引用过：{}", shown.join("、")),
            n => format!("有 {n} 条文献没有引用过：{}……", shown.join("、")),
        };
        let diagnostic =
            Diagnostic::new(&rule::UNCITED_REFERENCE, self.span(first), message)
                .hint("在用到的地方用“[@键]”引用；没有引用的条目不印");
        sink.report(diagnostic);
    }

    /// The same address or DOI twice; addresses of whole sites do not count.
    fn review_repeated(&self, sink: &mut Sink) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for key in &self.order {
            let Some(work) = self.entries.get(key) else { continue };
            let doi = work.entry.doi().map(|doi| format!("doi:{}", doi.to_lowercase()));
            let url = work.entry.url_any().filter(|url| is_page(url.value.as_str()));
            let url = url.map(|url| url.value.to_string());
            for name in [doi, url].into_iter().flatten() {
                let Some(first) = seen.insert(name, key) else { continue };
                let message = format!("“{first}”和“{key}”是同一文献");
                let diagnostic =
                    Diagnostic::new(&rule::DUPLICATE_REFERENCE, work.span, message)
                        .hint("合并成一条，并改动引用它的地方")
                        .related(self.span(first), "另一条在这里");
                sink.report(diagnostic);
            }
        }
    }

    fn review_complete(&self, key: &str, sink: &mut Sink) {
        let Some(work) = self.entries.get(key) else { return };
        let web = entry::code(&work.entry) == "EB";
        let url = work.entry.url_any();
        let mut missing = Vec::new();
        if work.entry.title().is_none() {
            missing.push("题名 title");
        }
        if web && url.is_none() {
            missing.push("网址 url");
        }
        if web && url.is_some_and(|url| url.visit_date.is_none()) {
            missing.push("引用日期 url.date");
        }
        if !missing.is_empty() {
            let message = format!("文献“{key}”缺少{}", missing.join("、"));
            let diagnostic =
                Diagnostic::new(&rule::INCOMPLETE_REFERENCE, work.span, message)
                    .hint("在 book/references.yml 的这个条目中补上");
            sink.report(diagnostic);
        }
    }
}

/// An address that names a page, not a site.
fn is_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').is_some_and(|(_, path)| !path.is_empty())
}

/// A top-level key and what stands below it.
#[derive(Debug)]
struct Chunk {
    key: String,
    key_range: Range<usize>,
    range: Range<usize>,
}

/// The file, cut at its top-level keys.
fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((key, length)) = top_level_key(line) {
            if let Some(last) = chunks.last_mut() {
                last.range.end = start;
            }
            let key_range = start..start + length;
            chunks.push(Chunk { key, key_range, range: start..text.len() });
        }
        start += line.len();
    }
    chunks
}

/// The key that a line starts with, without quotes, and its length in the file.
fn top_level_key(line: &str) -> Option<(String, usize)> {
    if line.starts_with([' ', '\t', '#', '-', '%', '\n', '\r', '{', '}']) {
        return None;
    }
    let end = if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\''))
    {
        line[1..].find(quote)? + 2
    } else {
        let colon = line
            .find(": ")
            .or_else(|| line.trim_end().strip_suffix(':').map(str::len));
        colon?
    };
    let key = line[..end].trim().trim_matches(['"', '\'']).to_owned();
    (!key.is_empty()).then(|| (key, line[..end].trim_end().len()))
}

/// Fields that nothing reads: a misspelt name would lose its text in silence.
fn check_fields(chunk: &Chunk, text: &str, source: SourceId, sink: &mut Sink) {
    let mut start = chunk.range.start;
    let mut indent = None;
    for line in text[chunk.range.clone()].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let depth = line.len() - line.trim_start_matches(' ').len();
        let content = line.trim();
        if depth == 0 || content.is_empty() || content.starts_with('#') {
            continue;
        }
        if depth != *indent.get_or_insert(depth) {
            continue;
        }
        let Some((field, _)) = content.split_once(':') else { continue };
        if field.trim().is_empty() {
            let span = Span::new(source, at + depth..at + depth + content.len());
            let message = format!("文献“{}”读不懂：冒号前面没有项目名", chunk.key);
            sink.report(
                Diagnostic::new(&rule::BAD_REFERENCES_FILE, span, message)
                    .hint("写成“title: 题名”的样子，或删去这一行"),
            );
            continue;
        }
        let plain = field
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !plain || FIELDS.contains(&field) {
            continue;
        }
        let span = Span::new(source, at + depth..at + depth + field.len());
        let message = format!("文献“{}”中不认识的项目“{field}”", chunk.key);
        let diagnostic = Diagnostic::new(&rule::UNKNOWN_REFERENCE_FIELD, span, message);
        sink.report(match nearest(field, FIELDS.iter().copied()) {
            Some(name) => diagnostic.hint(format!("改成“{name}”")),
            None => diagnostic
                .hint("期刊名、书名写在 parent 的 title 里，其他说明写在 note 里"),
        });
    }
}

/// The text of a line of a chunk, counted from 1, without white space.
fn line_range(text: &str, chunk: Range<usize>, line: usize) -> Range<usize> {
    let mut start = chunk.start;
    let mut last = chunk.start..chunk.start;
    for (number, content) in text[chunk].split_inclusive('\n').enumerate() {
        let trimmed = content.trim();
        if !trimmed.is_empty() {
            let lead = content.len() - content.trim_start().len();
            last = start + lead..start + lead + trimmed.len();
        }
        if number + 1 >= line {
            break;
        }
        start += content.len();
    }
    last
}

/// The entry's text; in front of it the entries whose anchors (`&name`) it
/// points at (`*name`), and how many lines these take.
fn with_anchors<'t>(
    chunk: &Chunk,
    all: &[Chunk],
    text: &'t str,
) -> (Cow<'t, str>, usize) {
    let own = &text[chunk.range.clone()];
    let mut before = String::new();
    for other in all.iter().filter(|other| other.range.end <= chunk.range.start) {
        let theirs = &text[other.range.clone()];
        if yaml::names(theirs, '&').any(|name| yaml::names(own, '*').any(|n| n == name)) {
            before.push_str(theirs);
        }
    }
    let lines = before.matches('\n').count();
    if lines == 0 { (own.into(), 0) } else { ((before + own).into(), lines) }
}

fn has_content(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.any(|line| !line.is_empty() && !line.starts_with('#') && line != "---")
}

/// The first line that says something.
fn first_line(text: &str) -> Range<usize> {
    let lead = text.len() - text.trim_start().len();
    let line = text[lead..].lines().next().map_or(0, |line| line.trim_end().len());
    lead..lead + line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A diagnostic's code, message and place.
    type Found = (&'static str, String, Range<usize>);

    fn read(text: &str) -> (Library, Vec<Found>) {
        let list = ReferenceList {
            source: Some(SourceId(0)),
            text: text.to_owned(),
            ..ReferenceList::default()
        };
        let mut sink = Sink::new();
        let library = Library::read(&list, &mut sink);
        let found = sink
            .sorted()
            .into_iter()
            .map(|d| {
                let range = d.span.map_or(0..0, Span::range);
                (d.rule.code, d.message.clone(), range)
            })
            .collect();
        (library, found)
    }

    #[test]
    fn a_bad_entry_hides_no_other() {
        let text =
            "a:\n  type: web\n  title: A\nb:\n  titel: B\n\"c d\":\n  type: book\n";
        let (library, found) = read(text);
        assert_eq!(library.keys().collect::<Vec<_>>(), ["a", "c d"]);
        let codes: Vec<_> = found.iter().map(|(code, ..)| *code).collect();
        assert_eq!(codes, ["unknown-reference-field", "bad-references-file"]);
        assert_eq!(&text[found[0].2.clone()], "titel");
        assert!(found[1].1.contains("没有写 type"));
    }

    #[test]
    fn anchors_reach_over_entries() {
        let text = "a:\n  type: web\n  title: A\n  author: &who 王五\nb:\n  type: book\n  \
                    title: B\n  author: *who\n";
        let (library, found) = read(text);
        assert_eq!(found, []);
        let authors = |key| library.entry(key).and_then(|entry| entry.authors());
        assert!(authors("b").is_some_and(|list| Some(list) == authors("a")));
        let (_, found) =
            read(&format!("{text}c:\n  type: book\n  author: *who\n  date: x\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.contains("“date”"), "{found:?}");
    }

    #[test]
    fn repeated_keys_have_a_place() {
        let text = "a:\n  type: web\n  title: A\na:\n  type: web\n  title: B\n";
        let (library, found) = read(text);
        assert_eq!(library.order, ["a"]);
        assert_eq!(found[0].0, "duplicate-reference-key");
        assert_eq!(found[0].2, 26..27);
    }

    #[test]
    fn sites_are_not_pages() {
        assert!(!is_page("https://www.gov.cn/"));
        assert!(is_page("https://www.gov.cn/a.htm"));
    }
}
