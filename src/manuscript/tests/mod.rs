//! Tests of the whole stage: golden files, exact places, hostile input.

#![expect(clippy::disallowed_methods, reason = "a test may read the disk")]

mod hostile;
mod places;
mod print;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::chart::Sidecar;
use super::reader::{Shelf, World};
use super::{chapter, glossary, question_file};
use crate::book::{Chapter, Chart, plain_text};
use crate::diag::{Sink, SourceId, Span, Spanned};
use crate::project::resolve_path;

/// A project without files.
pub(super) struct NoFiles;

impl Shelf for NoFiles {
    fn path(
        &self,
        _: SourceId,
        link: &Spanned<String>,
        sink: &mut Sink,
    ) -> Option<String> {
        resolve_path("book/chapters/01.md", &link.value)
            .map_err(|error| sink.report(error.diagnostic(&link.value, Some(link.span))))
            .ok()
    }

    fn has(&self, _: &str) -> bool {
        false
    }

    fn chart(&self, _: &str, _: Span, _: &mut Sink) -> Option<Chart> {
        None
    }

    fn sidecar(&self, _: &str, _: Span, _: &mut Sink) -> Option<Sidecar> {
        None
    }

    fn text(&self, _: SourceId) -> Arc<str> {
        Arc::from("")
    }
}

/// Reads a chapter on its own.
pub(super) fn read(text: &str) -> (Chapter, Sink) {
    let editions = vec!["print".to_owned(), "screen".to_owned(), "epub".to_owned()];
    let mut world = World::new(&NoFiles, editions);
    let chapter = chapter::read(SourceId(0), text, &mut world);
    (chapter, world.sink)
}

/// The codes of what was reported, in order.
pub(super) fn codes(sink: &Sink) -> Vec<&'static str> {
    sink.sorted().iter().map(|found| found.rule.code).collect()
}

/// A file of the repository.
pub(super) fn path(of: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(of)
}

#[test]
fn golden_files() {
    let mut files: Vec<_> = fs::read_dir(path("tests/manuscript"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    assert!(files.len() >= 10, "golden files are missing");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path("tests/manuscript"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (chapter, sink) = read(&text);
        let printed = print::Printer::print(&text, &chapter, &sink);
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(name, printed));
    }
}

#[test]
fn the_glossary_is_read_with_its_places() {
    let text = r#"
[[term]]
zh = "碳汇"
pinyin = "tàn huì"
en = "carbon sink"
def = "吸收 CO₂ 的*自然*系统 [@ipcc]。"
source = ["ipcc", "gcb"]
aliases = ["碳吸收汇"]

[[term]]
zh = "碳吸收汇"
pinyin = ""
defn = "x"
"#;
    let mut world = World::new(&NoFiles, Vec::new());
    let (entries, _) = glossary::read(SourceId(0), text, &mut world);
    assert_eq!(entries.len(), 2);
    assert_eq!(plain_text(&entries[0].definition), "吸收 CO2 的自然系统 。");
    for inline in &entries[0].definition {
        let written = &text[inline.span.range()];
        let expected = ["吸收 CO", "₂", " 的", "*自然*", "系统 ", "[@ipcc]", "。"];
        assert!(expected.contains(&written), "{written}");
    }
    assert_eq!(entries[0].sources.len(), 2);
    let mut found = codes(&world.sink);
    found.sort_unstable();
    assert_eq!(
        found,
        ["duplicate-term", "incomplete-term", "incomplete-term", "unknown-key"]
    );
}

#[test]
fn questions_are_read_with_their_answers() {
    let text = r#"
[[question]]
id = "Q1"
type = "multi"
q = "哪些是温室气体？"
options = ["N₂", "CO₂", "CH₄"]
answer = "BC"
explain = "氮气不是。"

[[question]]
id = "Q1"
type = "tf"
q = "对吗？"
answer = "F"

[[question]]
id = "Q3"
type = "single"
q = "哪个？"
options = ["甲", "乙"]
answer = "C"
"#;
    let mut world = World::new(&NoFiles, Vec::new());
    let questions = question_file::read(SourceId(0), text, &mut world);
    assert_eq!(questions.len(), 2);
    let right: Vec<bool> =
        questions[0].options.iter().map(|option| option.correct).collect();
    assert_eq!(right, [false, true, true]);
    assert_eq!(plain_text(&questions[1].options[1].text), "错");
    assert!(questions[1].options[1].correct);
    assert_eq!(codes(&world.sink), ["bad-question", "bad-question"]);
}

#[test]
fn identifiers_are_unique_in_the_book() {
    let mut world = World::new(&NoFiles, Vec::new());
    chapter::read(SourceId(0), "# 一 {#sec:a}\n", &mut world);
    chapter::read(SourceId(1), "# 二 {#sec:a}\n", &mut world);
    let found = world.sink.sorted();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule.code, "duplicate-label");
    assert_eq!(found[0].related[0].0.source, SourceId(0));
}
