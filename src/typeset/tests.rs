//! Tests that lay out pages.

use super::*;
use crate::book::{
    Anchor, Block, BlockKind, Chapter, Generated, Header, Inline, InlineKind, Metadata,
    Note,
};
use crate::diag::{SourceId, Span};
use crate::edition::Edition;
use crate::resolve::{ContentsEntry, Section};

/// A project with this chapter, and nothing else.
pub(super) fn project(chapter: &str) -> (tempfile::TempDir, Project, SourceId) {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        #[expect(clippy::disallowed_methods, reason = "a test makes its project")]
        {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    };
    let config = "title = \"试书\"\nauthors = [\"作者\"]\ndate = 2026-11-24\n\
                  chapters = [\"chapters/01.md\"]\n";
    write("book/book.toml", config);
    write("book/chapters/01.md", chapter);
    let mut sink = Sink::new();
    let project = Project::open(dir.path(), &mut sink).unwrap();
    let source = project.text("book/chapters/01.md").unwrap();
    (dir, project, source)
}

fn metadata() -> Metadata {
    Metadata {
        title: "试书".into(),
        slug: "shi-shu".into(),
        language: "zh-CN".into(),
        date: (2026, 11, 24),
        ..Metadata::default()
    }
}

fn text(text: &str, span: Span) -> Inline {
    Inline { kind: InlineKind::Text(text.into()), span }
}

/// A book of one chapter with these blocks.
fn book(source: SourceId, blocks: Vec<Block>) -> Resolved {
    let span = Span::new(source, 0..1);
    let title = vec![text("标题", span)];
    let anchor = Anchor("ch-1".into());
    let chapter = Chapter {
        source,
        span,
        title: title.clone(),
        label: None,
        numbered: true,
        header: Header::default(),
        blocks,
        number: "第一章".into(),
        anchor: anchor.clone(),
    };
    let entry = ContentsEntry {
        depth: 1,
        number: "第一章".into(),
        title,
        anchor: anchor.clone(),
        section: anchor,
    };
    Resolved {
        metadata: metadata(),
        sections: vec![
            Section::Generated(Generated::Contents),
            Section::Chapter(Box::new(chapter)),
        ],
        contents: vec![entry],
        ..Resolved::default()
    }
}

/// Paragraphs of a plain text: one a line, each with its place.
fn paragraphs(source: SourceId, all: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in all.split('\n') {
        let span = Span::new(source, at..at + line.len());
        at += line.len() + 1;
        if !line.is_empty() {
            let kind = BlockKind::Paragraph(vec![text(line, span)]);
            blocks.push(Block { kind, span });
        }
    }
    blocks
}

fn edition<'p>(project: &'p Project, name: &str) -> &'p Edition {
    &project.editions[name]
}

fn laid_out(project: &Project, book: &Resolved, name: &str) -> (Option<Layout>, Sink) {
    let mut sink = Sink::new();
    let figures = Figures::default();
    let edition = edition(project, name);
    let copy = mark_up(book, project, edition, None, &mut sink);
    let layout = layout(book, project, &figures, copy, &mut sink);
    (layout, sink)
}

fn messages(sink: &Sink) -> Vec<String> {
    let line = |d: &&crate::diag::Diagnostic| format!("{}: {}", d.rule.code, d.message);
    sink.sorted().iter().map(line).collect()
}

#[test]
fn a_book_becomes_screen_and_print_pdf() {
    let (_dir, project, source) = project("碳汇");
    let book = book(source, paragraphs(source, "碳汇"));
    let (layout, mut sink) = laid_out(&project, &book, "screen");
    assert!(!sink.has_errors(), "{:?}", messages(&sink));
    let layout = layout.unwrap();
    for name in ["screen", "print"] {
        let edition = edition(&project, name);
        let pdf = layout.pdf(edition, &book.metadata, false, &mut sink);
        assert!(!sink.has_errors(), "{:?}", messages(&sink));
        let pdf = pdf.unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        let again = layout.pdf(edition, &book.metadata, false, &mut sink).unwrap();
        assert!(pdf == again, "{name}: two exports differ");
    }
}

#[test]
fn screen_and_print_share_a_layout_and_large_print_does_not() {
    let (_dir, project, source) = project("碳汇");
    let book = book(source, paragraphs(source, "碳汇"));
    let key = |name| {
        let edition = edition(&project, name);
        mark_up(&book, &project, edition, None, &mut Sink::new()).layout_key(&book)
    };
    assert_eq!(key("screen"), key("print"));
    assert_ne!(key("screen"), key("large-print"));
}

#[test]
fn nasty_text_means_itself() {
    let lines = [
        r#"\ # $ * _ ` ~ @ < > [ ] " ' / ( ) ; : , . ! ?"#,
        "= 标题 - 列表 + 编号 / 词 : 义",
        "- 减号开头",
        "+ 加号开头",
        "1. 数字开头",
        "/ 斜线: 开头",
        "= 等号",
        "a--b---c...d -1 -? // /* */ http://x.y/z https://a.b",
        "#let x = 1; #panic() $x$ @fig:x <label> ~ [[x]] {x}",
        "*粗* _斜_ `码` \\u{41} \\n",
        "(括号) .点 ;分号 :冒号",
        "2026.",
        "3.14 与 10.",
        "“引” ‘号’ He said “yes” twice T’Pol",
    ];
    let source_text = lines.join("\n");
    let (_dir, project, source) = project(&source_text);
    let book = book(source, paragraphs(source, &source_text));
    let (layout, sink) = laid_out(&project, &book, "screen");
    assert!(!sink.has_errors(), "{:?}", messages(&sink));
    let shown = shown_text(&layout.unwrap());
    for line in lines {
        let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(shown.contains(&squeezed), "{line}\nin\n{shown}");
    }
}

/// All text of a layout in drawing order, without blanks.
fn shown_text(layout: &Layout) -> String {
    let mut out = String::new();
    layout.visit_text(&mut |text| out.push_str(&text.text));
    out.retain(|c| !c.is_whitespace() && !('\u{2060}'..='\u{2064}').contains(&c));
    out
}

#[test]
fn page_starts_are_accurate_to_the_character() {
    let line = "气候变化是全人类面临的共同挑战，";
    let source_text = (0..400)
        .flat_map(|n| [n.to_string(), line.to_owned()])
        .collect::<String>();
    let (_dir, project, source) = project(&source_text);
    let book = book(source, paragraphs(source, &source_text));
    let (layout, sink) = laid_out(&project, &book, "screen");
    assert!(!sink.has_errors(), "{:?}", messages(&sink));
    let layout = layout.unwrap();
    let map = layout.page_map();
    assert_eq!(map.pages(), layout.pages());
    assert!(map.starts.len() > 5, "{:?}", map.starts);
    assert_eq!(map.starts[0].offset, 0);
    assert_eq!(map.folio("ch-1"), Some("1"));
    let mut last = None;
    for start in &map.starts {
        assert_eq!(start.source, source);
        assert!(last < Some(start.offset));
        last = Some(start.offset);
        let rest: String =
            source_text[start.offset as usize..].chars().take(12).collect();
        let page = layout.page_text(start.page);
        assert!(page.contains(&rest), "{rest} not on page {}: {page}", start.page);
    }
}

#[test]
fn large_print_marks_the_standard_pages() {
    let source_text = "气候变化是全人类面临的共同挑战，".repeat(200);
    let (_dir, project, source) = project(&source_text);
    let book = book(source, paragraphs(source, &source_text));
    let map = laid_out(&project, &book, "screen").0.unwrap().page_map();
    let mut sink = Sink::new();
    let large = edition(&project, "large-print");
    let copy = mark_up(&book, &project, large, Some(&map), &mut sink);
    let files = emit(&book, &project, &Figures::default(), &copy);
    let text = String::from_utf8(files["text/ch-1.typ"].clone()).unwrap();
    assert_eq!(text.matches("#page-mark(").count(), map.starts.len(), "{text}");
    assert!(text.contains("#page-mark(\"2\")"));
}

#[test]
fn a_broken_formula_is_reported_at_its_place() {
    let source_text = "前 $\\nosuch{x}$ 后";
    let (_dir, project, source) = project(source_text);
    let at = source_text.find('$').unwrap();
    let span = Span::new(source, at..at + "$\\nosuch{x}$".len());
    let tex = "\\nosuch{x}".to_owned();
    let kind = InlineKind::Math { tex, alt: String::new() };
    let paragraph = BlockKind::Paragraph(vec![Inline { kind, span }]);
    let book = book(source, vec![Block { kind: paragraph, span }]);
    let (layout, sink) = laid_out(&project, &book, "screen");
    assert!(layout.is_none());
    let found = sink.sorted()[0];
    assert_eq!(found.rule.code, "formula-syntax");
    assert_eq!(project.sources().text(found.span.unwrap()), "\\nosuch");
}

#[test]
fn notes_are_laid_out_and_page_starts_pass_over_them() {
    let (_dir, project, source) = project("正文注文");
    let span = Span::new(source, 0..6);
    let note_span = Span::new(source, 6..12);
    let note = Note {
        name: "1".into(),
        blocks: vec![Block {
            kind: BlockKind::Paragraph(vec![text("注文", note_span)]),
            span: note_span,
        }],
        number: 1,
        anchor: Anchor("note-1".into()),
    };
    let inlines =
        vec![text("正文", span), Inline { kind: InlineKind::Note(Box::new(note)), span }];
    let kind = BlockKind::Paragraph(inlines);
    let book = book(source, vec![Block { kind, span }]);
    let (layout, sink) = laid_out(&project, &book, "screen");
    assert!(!sink.has_errors(), "{:?}", messages(&sink));
    let layout = layout.unwrap();
    assert!(shown_text(&layout).contains("注文"));
    assert_eq!(layout.page_map().starts.len(), 1);
}

#[test]
fn common_formulas_are_typeset_and_become_mathml() {
    let (_dir, project, source) = project("碳");
    let mut failures = Vec::new();
    for tex in include_str!("../../tests/markup/formulas.txt").lines() {
        let span = Span::new(source, 0..1);
        let kind = InlineKind::Math { tex: tex.into(), alt: "读法".into() };
        let kind = BlockKind::Paragraph(vec![Inline { kind, span }]);
        let book = book(source, vec![Block { kind, span }]);
        let edition = edition(&project, "epub");
        let mut sink = Sink::new();
        let found = formulas(&book, &project, edition, &mut sink);
        match found.values().next() {
            Some(xml) if roxmltree::Document::parse(xml).is_ok() => {}
            found => failures.push(format!("{tex}: {found:?} {:?}", messages(&sink))),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The generated sources of a manuscript, as the screen edition has them.
fn generated(chapter: &str) -> String {
    let (_dir, project, _) = project(chapter);
    let mut sink = Sink::new();
    let book = crate::manuscript::read(&project, &mut sink);
    let book = crate::resolve::resolve(book, &mut sink);
    let screen = edition(&project, "screen");
    assert!(!sink.has_errors(), "{:?}", messages(&sink));
    let figures = Figures::default();
    let copy = mark_up(&book, &project, screen, None, &mut sink);
    let files = emit(&book, &project, &figures, &copy);
    let done = layout(&book, &project, &figures, copy, &mut sink);
    assert!(done.is_some(), "{:?}", messages(&sink));
    let path = files.keys().find(|path| path.starts_with("text/")).unwrap();
    String::from_utf8(files[path].clone()).unwrap()
}

#[test]
fn manuscripts_become_calls() {
    insta::with_settings!({
        snapshot_path => "../../tests/markup",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        for (name, text) in [
            ("inline", include_str!("../../tests/markup/inline.md")),
            ("blocks", include_str!("../../tests/markup/blocks.md")),
            ("boxes", include_str!("../../tests/markup/boxes.md")),
        ] {
            insta::assert_snapshot!(name, generated(text));
        }
    });
}

#[test]
fn an_error_of_the_engine_is_reported_at_the_manuscript() {
    let chapter = "# 标题\n\n前面的话 $\\TeX$ 后面的话。\n";
    let (_dir, project, source) = project(chapter);
    let mut sink = Sink::new();
    let book = crate::manuscript::read(&project, &mut sink);
    let book = crate::resolve::resolve(book, &mut sink);
    let mut sink = Sink::new();
    let screen = edition(&project, "screen");
    let copy = mark_up(&book, &project, screen, None, &mut sink);
    let found = layout(&book, &project, &Figures::default(), copy, &mut sink);
    assert!(found.is_none());
    let found = sink.sorted()[0];
    assert_eq!(found.rule.code, "layout-error");
    let span = found.span.unwrap();
    assert_eq!(span.source, source);
    assert!(project.sources().text(span).contains("\\TeX"), "{:?}", messages(&sink));
}

#[test]
fn a_glyph_that_no_font_has_is_an_error_at_its_place() {
    let text_with_tofu = "碳\u{1F9FF}汇";
    let (_dir, project, source) = project(text_with_tofu);
    let book = book(source, paragraphs(source, text_with_tofu));
    let (_, sink) = laid_out(&project, &book, "screen");
    let found: Vec<_> = sink
        .sorted()
        .into_iter()
        .filter(|d| d.rule.code == "missing-glyph")
        .collect();
    assert_eq!(found.len(), 1, "{:?}", messages(&sink));
    let span = found[0].span.unwrap();
    assert_eq!(project.sources().text(span), "\u{1F9FF}");
}
