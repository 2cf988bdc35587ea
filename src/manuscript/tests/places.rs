//! Every node's span holds exactly what the author wrote.

use std::fmt::Write;

use super::read;
use crate::book::{Block, BlockKind, Chapter, Inline, InlineKind};

/// What stands in running text: as written, and as it reads when it is plain.
const PIECES: &[&str] = &[
    "碳汇",
    "carbon sink",
    "，",
    "。",
    " ",
    "\\*",
    "&amp;",
    "&#x4e2d;",
    "*重点*",
    "**关键**",
    "`代码`",
    "[[碳汇]]",
    "[[碳汇|森林碳汇]]",
    "[@gcb2025]",
    "@fig:co2",
    "CO~2~",
    "m^2^",
    "CO₂",
    "10⁻⁶",
    "$E=mc^2$",
    "{碳汇|tàn huì}",
    "[链接](https://example.org/a_b)",
    "<https://example.org>",
    "https://example.org/x",
    "“引号”",
    "🌏",
    "é",
    "10~20",
];

/// What stands before each line, and after a line end inside the block.
const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("> ", "> "),
    ("- ", "  "),
    ("12. ", "    "),
    ("> - > ", ">   > "),
    (":::提示\n", ""),
    ("- [x] ", "  "),
];

/// A sequence of numbers that looks random and is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// Visits every inline of a chapter.
pub(super) fn visit(chapter: &Chapter, see: &mut impl FnMut(&Inline)) {
    inlines(&chapter.title, see);
    blocks(&chapter.blocks, see);
}

fn blocks(list: &[Block], see: &mut impl FnMut(&Inline)) {
    for block in list {
        match &block.kind {
            BlockKind::Heading(heading) => inlines(&heading.text, see),
            BlockKind::Paragraph(text) => inlines(text, see),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| blocks(&item.blocks, see));
            }
            BlockKind::Quote(inner) | BlockKind::Conditional(_, inner) => {
                blocks(inner, see);
            }
            BlockKind::Callout(callout) => {
                inlines(&callout.title, see);
                blocks(&callout.blocks, see);
            }
            BlockKind::Figure(figure) => {
                inlines(&figure.caption, see);
                inlines(&figure.credit, see);
            }
            BlockKind::Table(table) => {
                inlines(&table.caption, see);
                inlines(&table.credit, see);
                let rows = std::iter::once(&table.header).chain(&table.rows);
                rows.flatten().for_each(|cell| inlines(&cell.text, see));
            }
            BlockKind::Quiz(questions) => {
                for question in questions {
                    inlines(&question.text, see);
                    inlines(&question.explanation, see);
                    question.options.iter().for_each(|option| inlines(&option.text, see));
                }
            }
            BlockKind::Code { .. } | BlockKind::Equation(_) | BlockKind::Break => {}
        }
    }
}

fn inlines(list: &[Inline], see: &mut impl FnMut(&Inline)) {
    for inline in list {
        see(inline);
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Link { text: inner, .. } => inlines(inner, see),
            InlineKind::Term(term) => inlines(&term.text, see),
            InlineKind::Note(note) => blocks(&note.blocks, see),
            _ => {}
        }
    }
}

/// What an inline's span must hold, as far as its kind says.
pub(super) fn check(text: &str, inline: &Inline) {
    let written = &text[inline.span.range()];
    let fits = match &inline.kind {
        InlineKind::Text(content) => {
            let plain = !written.contains(['\\', '&', '\n', '\r'])
                && !written.chars().any(|c| super::super::script::plain(c).is_some());
            // A hyphen before a number becomes a minus.
            !plain || written == content || written.replace('-', "\u{2212}") == *content
        }
        InlineKind::Emphasis(_) => {
            written.starts_with(['*', '_']) && written.ends_with(['*', '_'])
        }
        InlineKind::Strong(_) => written.starts_with("**") && written.ends_with("**"),
        InlineKind::Code(content) => {
            written.starts_with('`')
                && written.ends_with('`')
                && written.contains(content.as_str())
        }
        InlineKind::Link { url, .. } => {
            written.contains(url.as_str()) || written.starts_with('[')
        }
        InlineKind::Reference(reference) => {
            let name = &text[reference.label.span.range()];
            name == reference.label.name && written.contains(name)
        }
        InlineKind::Cite(cite) => {
            let exact =
                |item: &crate::book::CiteItem| text[item.span.range()] == item.key;
            written.starts_with("[@")
                && written.ends_with(']')
                && cite.items.iter().all(exact)
        }
        InlineKind::Term(_) => written.starts_with("[[") && written.ends_with("]]"),
        InlineKind::Note(_) | InlineKind::NoteAgain { .. } => {
            written.starts_with("[^") && written.ends_with(']')
        }
        InlineKind::Math { tex, .. } => {
            written.starts_with('$')
                && written.ends_with('$')
                && written.contains(tex.as_str())
        }
        InlineKind::Ruby { base, .. } => {
            written.starts_with('{')
                && written.ends_with('}')
                && written.contains(base.as_str())
        }
        InlineKind::Subscript(_) | InlineKind::Superscript(_) | InlineKind::LineBreak => {
            !written.is_empty()
        }
    };
    assert!(fits, "{:?} holds {written:?} in\n{text}", inline.kind);
}

/// Text spans never hold markup that belongs to a neighbour: together with
/// their neighbours they follow each other without a gap in a line.
#[test]
fn places_are_exact_in_every_frame() {
    let mut dice = Dice(7);
    for round in 0..3000 {
        let (first, next) = FRAMES[round % FRAMES.len()];
        let mut text = format!("# 题 {{#sec:a}}\n\n{first}");
        for _ in 0..=dice.roll(12) {
            text.push_str(PIECES[dice.roll(PIECES.len())]);
            if dice.roll(6) == 0 {
                text.push_str(if round % 3 == 0 { "\r\n" } else { "\n" });
                text.push_str(next);
            }
        }
        text.push_str("\n\n尾\n");
        if first.starts_with(":::") {
            text.push_str(":::\n");
        }
        let (chapter, _) = read(&text);
        visit(&chapter, &mut |inline| check(&text, inline));
    }
}

#[test]
fn places_are_exact_in_tables() {
    let mut dice = Dice(11);
    for round in 0..1500 {
        let cell = |dice: &mut Dice| {
            let mut cell = String::new();
            for _ in 0..dice.roll(4) {
                cell.push_str(&PIECES[dice.roll(PIECES.len())].replace('|', "\\|"));
            }
            cell
        };
        let pad = if round % 2 == 0 { " " } else { "" };
        let mut text = format!("# 题\n\n|{pad}甲{pad}|{pad}乙{pad}|\n|---|---|\n");
        for _ in 0..3 {
            let (a, b) = (cell(&mut dice), cell(&mut dice));
            let _ = writeln!(text, "|{pad}{a}{pad}|{pad}{b}{pad}|");
        }
        let (chapter, _) = read(&text);
        visit(&chapter, &mut |inline| check(&text, inline));
    }
}

#[test]
fn attributes_and_values_keep_their_places() {
    let text = "# 题\n\n![图*注*](../../figures/a.svg){#fig:a width=80%\n  alt=\"说明\" source=\"见 [@gcb2025] 和 [站](https://e.org)\" licence=\"CC BY\"}\n\n表：题 {#tbl:b source=\"数据 [@a, p. 2]\"}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n$$\nx\n$$ {#eq:c}\n";
    let (chapter, sink) = read(text);
    assert!(sink.sorted().is_empty(), "{sink:?}");
    visit(&chapter, &mut |inline| check(text, inline));
    let labels: Vec<&str> = chapter
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Figure(figure) => figure.label.as_ref(),
            BlockKind::Table(table) => table.label.as_ref(),
            BlockKind::Equation(equation) => equation.label.as_ref(),
            _ => None,
        })
        .map(|label| {
            assert_eq!(&text[label.span.range()], label.name);
            label.name.as_str()
        })
        .collect();
    assert_eq!(labels, ["fig:a", "tbl:b", "eq:c"]);
}

/// Real manuscripts: the smallest book, the book for beginners, and our own.
#[test]
fn places_are_exact_in_books() {
    for root in ["tests/base", "src/project/starter", "."] {
        let own = root == ".";
        let root = super::path(root);
        let mut sink = crate::diag::Sink::new();
        let Some(project) = crate::project::Project::open(&root, &mut sink) else {
            continue;
        };
        let book = crate::manuscript::read(&project, &mut sink);
        let chapters = book.parts.iter().flat_map(|part| &part.chapters);
        let mut seen = 0;
        for chapter in chapters.chain(&book.appendices) {
            let text = project.source(chapter.source);
            visit(chapter, &mut |inline| {
                seen += 1;
                if inline.span.source == chapter.source {
                    check(&text, inline);
                }
            });
        }
        assert!(seen > 10, "{} is empty", root.display());
        // The two that show how to write a book have nothing wrong.
        assert!(own || sink.sorted().is_empty(), "{:#?}", sink.sorted());
    }
}

#[test]
fn lines_join_as_chinese_does() {
    let joined = |text: &str| {
        let (chapter, _) = read(&format!("# 题\n\n{text}\n"));
        let BlockKind::Paragraph(inlines) = &chapter.blocks[0].kind else { panic!() };
        crate::book::plain_text(inlines)
    };
    assert_eq!(joined("碳\n汇"), "碳汇");
    assert_eq!(joined("碳，\r\ncarbon"), "碳，carbon");
    assert_eq!(joined("carbon\nsink"), "carbon sink");
    assert_eq!(joined("**碳**\n*汇*"), "碳汇");
    assert_eq!(joined("碳\ncarbon"), "碳 carbon");
    assert_eq!(joined("“碳”\n“汇”"), "“碳”“汇”");
}

#[test]
fn callout_titles_start_where_they_are_written() {
    for piece in PIECES.iter().filter(|piece| !piece.trim().is_empty()) {
        let text = format!("# 题\n\n:::提示 {piece}尾\n框\n:::\n");
        let (chapter, _) = read(&text);
        let BlockKind::Callout(callout) = &chapter.blocks[0].kind else {
            panic!("{text}")
        };
        let at = text.find(piece).unwrap();
        let first = callout.title.first().unwrap();
        assert_eq!(first.span.range().start, at, "{piece}: {first:?}");
        let last = callout.title.last().unwrap();
        assert_eq!(
            last.span.range().end,
            at + piece.len() + "尾".len(),
            "{piece}: {last:?}"
        );
    }
}
