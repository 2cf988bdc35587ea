//! The stage as a whole, on small books made by hand.

use super::*;
use crate::book::{
    Anchor, AnswerOption, Block, BlockKind, Chapter, Cite, CiteItem, Condition, Equation,
    Figure, FigureContent, Generated, Header, Heading, Inline, InlineKind, Label, Part,
    Piece, Reference, ReferenceList, Table, TermUse, plain_text,
};
use crate::diag::{SourceId, Span, Spanned};

fn span() -> Span {
    Span::new(SourceId(0), 0..0)
}

fn inline(kind: InlineKind) -> Inline {
    Inline { kind, span: span() }
}

fn text(text: &str) -> Inline {
    inline(InlineKind::Text(text.to_owned()))
}

fn label(name: &str) -> Label {
    Label { name: name.to_owned(), span: span() }
}

fn refer(name: &str) -> Inline {
    inline(InlineKind::Reference(Reference {
        label: label(name),
        text: String::new(),
        anchor: Anchor::default(),
        kind: None,
    }))
}

fn cite(keys: &[&str]) -> Inline {
    let item = |key: &&str| CiteItem {
        key: (*key).to_owned(),
        locator: String::new(),
        span: span(),
        anchor: Anchor::default(),
    };
    inline(InlineKind::Cite(Cite {
        items: keys.iter().map(item).collect(),
        text: String::new(),
        anchor: Anchor::default(),
    }))
}

fn term(name: &str) -> Inline {
    inline(InlineKind::Term(TermUse {
        term: name.to_owned(),
        text: vec![text(name)],
        explicit: true,
        entry: Anchor::default(),
        anchor: Anchor::default(),
        first: false,
    }))
}

fn block(kind: BlockKind) -> Block {
    Block { kind, span: span() }
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(inlines))
}

fn heading(level: u8, title: &str, name: Option<&str>) -> Block {
    block(BlockKind::Heading(Heading {
        level,
        text: vec![text(title)],
        label: name.map(label),
        numbered: true,
        number: String::new(),
        anchor: Anchor::default(),
    }))
}

fn figure(name: Option<&str>, credit: Vec<Inline>) -> Block {
    block(BlockKind::Figure(Box::new(Figure {
        caption: vec![text("题注")],
        label: name.map(label),
        alt: None,
        description: None,
        credit,
        licence: None,
        width: None,
        content: FigureContent::Image { path: "figures/a.svg".to_owned(), span: span() },
        number: String::new(),
        anchor: Anchor::default(),
    })))
}

fn table(name: &str) -> Block {
    block(BlockKind::Table(Box::new(Table {
        caption: vec![text("表题")],
        label: Some(label(name)),
        credit: Vec::new(),
        alignments: Vec::new(),
        header: Vec::new(),
        rows: Vec::new(),
        row_headers: false,
        number: String::new(),
        anchor: Anchor::default(),
    })))
}

fn equation(name: &str) -> Block {
    block(BlockKind::Equation(Equation {
        tex: "a = b".to_owned(),
        label: Some(label(name)),
        alt: String::new(),
        number: String::new(),
        anchor: Anchor::default(),
    }))
}

fn chapter(title: &str, name: Option<&str>, blocks: Vec<Block>) -> Chapter {
    Chapter {
        source: SourceId(0),
        span: span(),
        title: vec![text(title)],
        label: name.map(label),
        numbered: true,
        header: Header::default(),
        blocks,
        number: String::new(),
        anchor: Anchor::default(),
    }
}

fn entry(term: &str, pinyin: &str, sources: &[&str]) -> Entry {
    let spanned = |value: &str| Spanned::new(value.to_owned(), span());
    Entry {
        term: spanned(term),
        aliases: Vec::new(),
        forbidden: Vec::new(),
        pinyin: pinyin.to_owned(),
        english: String::new(),
        definition: vec![text("释义。")],
        sources: sources.iter().map(|source| spanned(source)).collect(),
        index_only: false,
        anchor: Anchor::default(),
        uses: Vec::new(),
    }
}

fn book(chapters: Vec<Chapter>) -> Book {
    let yaml = "a:\n  type: book\n  title: 甲\nb:\n  type: book\n  title: 乙\n\
                c:\n  type: book\n  title: 丙\n";
    Book {
        parts: vec![Part { chapters, ..Part::default() }],
        back: vec![
            Piece::Generated(Generated::Glossary),
            Piece::Generated(Generated::Answers),
            Piece::Generated(Generated::References),
            Piece::Generated(Generated::Index),
        ],
        references: ReferenceList {
            source: Some(SourceId(1)),
            text: yaml.to_owned(),
            ..ReferenceList::default()
        },
        ..Book::default()
    }
}

/// Resolves, and holds the result to the normal form.
fn resolved(book: Book) -> (Resolved, Vec<(&'static str, String)>) {
    let mut sink = Sink::new();
    let resolved = resolve(book, &mut sink);
    if !sink.has_errors() {
        assert_eq!(resolved.check(), Ok(()));
    }
    let found = sink.sorted().into_iter();
    (resolved, found.map(|d| (d.rule.code, d.message.clone())).collect())
}

fn paragraphs(book: &Resolved) -> Vec<String> {
    let mut out = Vec::new();
    for chapter in book.sections.iter().filter_map(Section::chapter) {
        for block in &chapter.blocks {
            if let BlockKind::Paragraph(inlines) = &block.kind {
                out.push(plain_text(inlines));
            }
        }
    }
    out
}

/// The terms of a book: text, whether explicit, whether a link.
fn terms(book: &Resolved) -> Vec<(String, bool, bool)> {
    let mut out = Vec::new();
    for chapter in book.sections.iter().filter_map(Section::chapter) {
        for block in &chapter.blocks {
            let BlockKind::Paragraph(inlines) = &block.kind else { continue };
            for inline in inlines {
                if let InlineKind::Term(term) = &inline.kind {
                    out.push((plain_text(&term.text), term.explicit, term.first));
                }
            }
        }
    }
    out
}

#[test]
fn everything_is_numbered_by_chapter() {
    let first = chapter(
        "一",
        Some("sec:one"),
        vec![
            heading(2, "节", None),
            heading(3, "小节", Some("sec:sub")),
            figure(Some("fig:a"), Vec::new()),
            table("tbl:t"),
        ],
    );
    let see =
        ["sec:one", "sec:sub", "fig:a", "tbl:t", "eq:e", "fig:z", "sec:app", "fig:p"];
    let second = chapter(
        "二",
        None,
        vec![equation("eq:e"), paragraph(see.iter().map(|name| refer(name)).collect())],
    );
    let mut appendix = chapter("附", Some("sec:app"), Vec::new());
    appendix.blocks = vec![heading(2, "节", None), figure(Some("fig:z"), Vec::new())];
    let mut input = book(vec![first, second]);
    input.appendices.push(appendix);
    let preface = chapter("前言", None, vec![figure(Some("fig:p"), Vec::new())]);
    input.front.push(Piece::Text(Box::new(preface)));
    let (output, found) = resolved(input);
    assert!(found.iter().all(|(code, _)| *code == "uncited-reference"), "{found:?}");
    assert_eq!(
        paragraphs(&output),
        ["第一章第 1.1.1 节图 1-1表 1-1式(2-1)图 A-1附录 A图 1"]
    );
    let lines: Vec<(u8, &str, &str)> = output
        .contents
        .iter()
        .map(|line| (line.depth, line.number.as_str(), line.anchor.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (1, "", "text-1"),
            (1, "第一章", "ch-1"),
            (2, "1.1", "sec-ch-1-1"),
            (3, "1.1.1", "sec-sub"),
            (1, "第二章", "ch-2"),
            (1, "附录 A", "app-a"),
            (2, "A.1", "sec-app-a-1"),
            (1, "", "glossary"),
            (1, "", "answers"),
            (1, "", "references"),
            (1, "", "index"),
        ]
    );
}

#[test]
fn parts_have_numbers_and_chapters_count_on() {
    let mut input = book(vec![chapter("一", None, Vec::new())]);
    input.parts[0].title = Some(Spanned::new("甲".to_owned(), span()));
    input.parts.push(Part {
        title: Some(Spanned::new("乙".to_owned(), span())),
        chapters: vec![chapter("二", None, Vec::new())],
        ..Part::default()
    });
    let (output, _) = resolved(input);
    let numbers: Vec<&str> = output
        .contents
        .iter()
        .map(|line| line.number.as_str())
        .take(4)
        .collect();
    assert_eq!(numbers, ["第一部分", "第一章", "第二部分", "第二章"]);
}

#[test]
fn the_first_use_links_and_later_ones_are_indexed_when_explicit() {
    let first = chapter(
        "碳汇",
        None,
        vec![
            heading(2, "碳汇的节", None),
            paragraph(vec![text("森林碳汇与碳汇，又一次碳汇，"), term("碳汇")]),
        ],
    );
    let second = chapter("二", None, vec![paragraph(vec![text("再说碳汇。")])]);
    let mut third = chapter("三", None, vec![paragraph(vec![text("碳汇。")])]);
    third.header.autolink = Some(false);
    let mut input = book(vec![first, second, third]);
    input.glossary =
        vec![entry("碳汇", "tàn huì", &["b"]), entry("森林碳汇", "sēn lín tàn huì", &[])];
    let (output, found) = resolved(input);
    assert!(!found.iter().any(|(code, _)| *code == "unused-term"), "{found:?}");
    let auto = |text: &str| (text.to_owned(), false, true);
    assert_eq!(
        terms(&output),
        [auto("森林碳汇"), auto("碳汇"), ("碳汇".to_owned(), true, false), auto("碳汇")]
    );
    let letters: Vec<&str> =
        output.glossary.iter().map(|group| group.letter.as_str()).collect();
    assert_eq!(letters, ["S", "T"]);
    let uses: Vec<(&str, &str)> = output.index[1].entries[0]
        .uses
        .iter()
        .map(|place| (place.anchor.as_str(), place.chapter.as_str()))
        .collect();
    assert_eq!(uses, [("use-2", "ch-1"), ("use-3", "ch-1"), ("use-4", "ch-2")]);
    // The entry's source is cited where the glossary stands.
    assert_eq!(output.references[0].key, "b");
    assert_eq!(output.references[0].uses[0].chapter.as_str(), "glossary");
    // Before the full stop of its definition.
    let definition = &output.glossary[1].entries[0].definition;
    let last = definition.iter().rev().take(2).map(|inline| &inline.kind);
    let last: Vec<_> = last.collect();
    assert!(
        matches!(last[..], [InlineKind::Text(stop), InlineKind::Cite(_)] if stop == "。")
    );
}

#[test]
fn citations_count_in_the_order_of_the_text() {
    let first = chapter(
        "一",
        None,
        vec![
            figure(None, vec![cite(&["c"])]),
            paragraph(vec![cite(&["a"]), cite(&["c", "a", "b"])]),
        ],
    );
    let (output, _) = resolved(book(vec![first]));
    let Some(chapter) = output.sections[0].chapter() else { panic!("no chapter") };
    let BlockKind::Paragraph(inlines) = &chapter.blocks[1].kind else {
        panic!("no paragraph")
    };
    let marks: Vec<(&str, &str)> = inlines
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::Cite(cite) => Some((cite.text.as_str(), cite.anchor.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(marks, [("[2]", "cite-2"), ("[1-3]", "cite-3")]);
    let list: Vec<(&str, &str, usize)> = output
        .references
        .iter()
        .map(|r| (r.key.as_str(), r.number.as_str(), r.uses.len()))
        .collect();
    assert_eq!(list, [("c", "[1]", 2), ("a", "[2]", 2), ("b", "[3]", 1)]);
}

#[test]
fn what_is_missing_is_said() {
    let mut input = book(vec![chapter(
        "一",
        None,
        vec![
            figure(Some("fig:ice"), Vec::new()),
            paragraph(vec![refer("tbl:ice"), cite(&["aa"]), term("海冰反照率")]),
        ],
    )]);
    input.glossary = vec![entry("反照率", "fǎn zhào lǜ", &[])];
    let mut sink = Sink::new();
    let output = resolve(input, &mut sink);
    let mut found: Vec<(&str, &[String])> = sink
        .sorted()
        .into_iter()
        .map(|d| (d.rule.code, d.hints.as_slice()))
        .collect();
    found.sort_by_key(|(code, _)| *code);
    let codes: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        codes,
        [
            "uncited-reference",
            "undefined-citation",
            "undefined-reference",
            "undefined-term",
            "unreferenced-figure",
        ]
    );
    assert!(found[2].1[0].contains("“fig:ice”"));
    assert!(found[3].1[0].contains("相近的词条有“反照率”"));
    assert!(output.check().is_err());
}

#[test]
fn pieces_that_the_text_needs_are_added() {
    let mut input = book(vec![chapter("一", None, vec![paragraph(vec![cite(&["a"])])])]);
    input.back.clear();
    let (output, found) = resolved(input);
    assert!(matches!(
        output.sections.last(),
        Some(Section::Generated(Generated::References))
    ));
    assert!(found.iter().any(|(code, _)| *code == "missing-back-piece"));
}

#[test]
fn an_edition_has_no_link_to_what_it_leaves_out() {
    let condition = Condition {
        editions: vec!["print".to_owned()],
        audiences: Vec::new(),
    };
    let inner = vec![
        figure(Some("fig:paper"), Vec::new()),
        paragraph(vec![term("碳汇"), cite(&["a"])]),
    ];
    let blocks = vec![
        block(BlockKind::Conditional(condition, inner)),
        figure(Some("fig:both"), Vec::new()),
        paragraph(vec![refer("fig:paper"), refer("fig:both")]),
    ];
    let mut input = book(vec![chapter("一", None, blocks)]);
    input.glossary = vec![entry("碳汇", "tàn huì", &[])];
    let (output, _) = resolved(input);
    let print = output.for_edition("print", None);
    assert_eq!(print.check(), Ok(()));
    assert_eq!((print.figures.len(), print.index.len()), (2, 1));
    let screen = output.for_edition("screen", None);
    assert_eq!(screen.check(), Ok(()));
    assert_eq!((screen.figures.len(), screen.index.len()), (1, 0));
    assert!(screen.references[0].uses.is_empty());
    assert_eq!(paragraphs(&screen), ["图 1-1图 1-2"]);
    let plain = book(vec![chapter("一", None, Vec::new())]);
    let (plain, _) = resolved(plain);
    let same = plain.for_edition("screen", None);
    assert!(matches!(same, std::borrow::Cow::Borrowed(_)));
}

#[test]
fn notes_count_by_chapter_and_questions_through_the_book() {
    let note = || {
        inline(InlineKind::Note(Box::new(crate::book::Note {
            name: "n".to_owned(),
            blocks: vec![paragraph(vec![text("注文")])],
            number: 0,
            anchor: Anchor::default(),
        })))
    };
    let again = inline(InlineKind::NoteAgain {
        number: 0,
        name: "n".to_owned(),
        anchor: Anchor::default(),
    });
    let question = || Question {
        span: span(),
        id: String::new(),
        text: vec![text("碳汇是什么？"), cite(&["a"])],
        kind: crate::book::QuestionKind::TrueFalse,
        options: vec![AnswerOption { text: vec![text("对")], correct: true }],
        explanation: vec![term("碳汇"), cite(&["b"])],
        number: 0,
        anchor: Anchor::default(),
        answer_anchor: Anchor::default(),
    };
    let mut first = chapter("一", None, Vec::new());
    first.blocks = vec![
        paragraph(vec![again, note(), note()]),
        block(BlockKind::Quiz(vec![question()])),
    ];
    let second = chapter("二", None, vec![paragraph(vec![note()])]);
    let mut input = book(vec![first, second]);
    input.glossary = vec![entry("碳汇", "tàn huì", &[])];
    input.quiz = vec![question()];
    let (output, found) = resolved(input);
    assert!(!found.iter().any(|(code, _)| *code == "unused-term"), "{found:?}");
    let titles: Vec<(&str, usize)> = output
        .answers
        .iter()
        .map(|group| (group.title.as_str(), group.questions[0].number))
        .collect();
    assert_eq!(titles, [("第一章 一", 1), ("综合自测", 2)]);
    // Nothing in a question can be pointed at, but it says what it said.
    let answer = &output.answers[0].questions[0];
    assert_eq!(plain_text(&answer.text), "碳汇是什么？[1]");
    assert_eq!(plain_text(&answer.explanation), "碳汇[2]");
    assert!(output.references.iter().all(|reference| reference.uses.is_empty()));
    let mut notes = Vec::new();
    for chapter in output.sections.iter().filter_map(Section::chapter) {
        let BlockKind::Paragraph(inlines) = &chapter.blocks[0].kind else { continue };
        for inline in inlines {
            match &inline.kind {
                InlineKind::Note(note) => notes.push(note.anchor.as_str()),
                InlineKind::NoteAgain { anchor, .. } => notes.push(anchor.as_str()),
                _ => {}
            }
        }
    }
    // A name given twice means its last text, as in Markdown.
    assert_eq!(notes, ["note-ch-1-2", "note-ch-1-1", "note-ch-1-2", "note-ch-2-1"]);
}
