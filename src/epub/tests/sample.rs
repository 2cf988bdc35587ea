//! A hand-made book that holds every construct once.

use crate::book::{
    Alignment, Anchor, AnswerOption, Block, BlockKind, Callout, CalloutKind, Cell,
    Chapter, Chart, ChartKind, Cite, CiteItem, Column, Condition, Contributor, Entry,
    Equation, Figure, FigureContent, Generated, Header, Heading, Inline, InlineKind,
    Label, List, ListItem, Metadata, Note, Question, QuestionKind, Reference, Series,
    Table, TermPlace, TermUse,
};
use crate::diag::{SourceId, Span, Spanned};
use crate::resolve::{
    AnswerGroup, ContentsEntry, EntryGroup, FigureEntry, IndexEntry, IndexGroup,
    ReferenceEntry, Resolved, Section,
};

/// A span of chapter `source`.
pub(super) fn span(source: u32, start: usize, end: usize) -> Span {
    Span::new(SourceId(source), start..end)
}

fn nowhere() -> Span {
    span(9, 0, 0)
}

fn anchor(name: &str) -> Anchor {
    Anchor(name.to_owned())
}

fn inline(kind: InlineKind) -> Inline {
    Inline { kind, span: nowhere() }
}

fn text(text: &str) -> Inline {
    inline(InlineKind::Text(text.to_owned()))
}

fn block(kind: BlockKind) -> Block {
    Block { kind, span: nowhere() }
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(inlines))
}

/// A paragraph of chapter 1 that stands at `start` of its file.
fn placed(words: &str, start: usize) -> Block {
    let span = span(1, start, start + words.len());
    let inline = Inline { kind: InlineKind::Text(words.to_owned()), span };
    Block { kind: BlockKind::Paragraph(vec![inline]), span }
}

fn reference(label: &str, words: &str, target: &str) -> Inline {
    inline(InlineKind::Reference(Reference {
        label: Label { name: label.to_owned(), span: nowhere() },
        text: words.to_owned(),
        anchor: anchor(target),
        kind: None,
    }))
}

fn term(words: &str, place: &str, first: bool) -> Inline {
    inline(InlineKind::Term(TermUse {
        term: words.to_owned(),
        text: vec![text(words)],
        explicit: true,
        entry: anchor("term-1"),
        anchor: anchor(place),
        first,
    }))
}

fn cite(place: &str) -> Inline {
    let item = |target: &str| CiteItem {
        key: target.to_owned(),
        locator: String::new(),
        span: nowhere(),
        anchor: anchor(target),
    };
    inline(InlineKind::Cite(Cite {
        items: vec![item("ref-1"), item("ref-2")],
        text: "[1-2]".to_owned(),
        anchor: anchor(place),
    }))
}

fn heading(level: u8, number: &str, words: &str, target: &str) -> Block {
    block(BlockKind::Heading(Heading {
        level,
        text: vec![text(words)],
        label: None,
        numbered: true,
        number: number.to_owned(),
        anchor: anchor(target),
    }))
}

fn figure(number: &str, target: &str, content: FigureContent) -> Figure {
    Figure {
        caption: vec![
            text("大气中的 CO"),
            inline(InlineKind::Subscript(vec![text("2")])),
        ],
        label: None,
        alt: Some(Spanned::new("一条线从左下升到右上".to_owned(), nowhere())),
        description: None,
        credit: vec![text("Scripps Institution of Oceanography")],
        licence: Some("CC BY 4.0".to_owned()),
        width: Some(80.0),
        content,
        number: number.to_owned(),
        anchor: anchor(target),
    }
}

fn figures() -> Vec<Block> {
    let image = FigureContent::Image {
        path: "figures/小图.png".to_owned(),
        span: nowhere(),
    };
    let mut image = figure("1-1", "fig-a", image);
    image.description = Some("横轴是年份。\n纵轴是浓度。".to_owned());
    let chart = FigureContent::Chart(Box::new(Chart {
        path: "figures/co2.toml".to_owned(),
        id: "co2".to_owned(),
        span: nowhere(),
        kind: ChartKind::Line,
        title: "浓度 60 年升了三分之一".to_owned(),
        unit: "ppm".to_owned(),
        decimals: 1,
        x: Column {
            name: "年份".to_owned(),
            cells: vec!["1959".to_owned(), "1960".to_owned()],
        },
        series: vec![Series {
            name: "浓度".to_owned(),
            values: vec![Some(-315.98), None],
        }],
        options: serde_json::Value::Null,
    }));
    let media = |path: &str, target: &str| {
        let url = Some("https://example.org/x".to_owned());
        let path = path.to_owned();
        let content = FigureContent::Media { path, span: nowhere(), url };
        block(BlockKind::Figure(Box::new(figure("1-3", target, content))))
    };
    vec![
        block(BlockKind::Figure(Box::new(image))),
        block(BlockKind::Figure(Box::new(figure("1-2", "fig-b", chart)))),
        media("media/风.mp3", "fig-c"),
        media("media/x.mp4", "fig-d"),
    ]
}

fn table() -> Block {
    let cell = |words: &str| {
        let text = if words.is_empty() { Vec::new() } else { vec![text(words)] };
        Cell { text, span: nowhere() }
    };
    block(BlockKind::Table(Box::new(Table {
        caption: vec![text("一度电的来历")],
        label: None,
        credit: vec![text("国家统计局")],
        alignments: vec![Alignment::Auto, Alignment::Auto, Alignment::Center],
        header: vec![cell(""), cell("千瓦时"), cell("注")],
        rows: vec![
            vec![cell("煤"), cell("0.6"), cell("约")],
            vec![cell("风"), cell("−0.1"), cell("约")],
        ],
        row_headers: true,
        number: "1-1".to_owned(),
        anchor: anchor("tbl-a"),
    })))
}

fn question(number: usize, kind: QuestionKind) -> Question {
    let option = |words: &str, correct| AnswerOption { text: vec![text(words)], correct };
    Question {
        span: nowhere(),
        id: String::new(),
        text: vec![text("碳中和等于零排放吗？")],
        kind,
        options: vec![option("对", false), option("错", true)],
        explanation: vec![text("收支相抵即可。")],
        number,
        anchor: anchor(&format!("q-{number}")),
        answer_anchor: anchor(&format!("a-{number}")),
    }
}

fn callout(kind: CalloutKind) -> Block {
    block(BlockKind::Callout(Callout {
        kind,
        title: vec![text("少开一天车")],
        blocks: vec![paragraph(vec![text("试试看。")])],
    }))
}

fn inlines() -> Vec<Inline> {
    let note = |number: usize, name: &str| {
        inline(InlineKind::Note(Box::new(Note {
            name: name.to_owned(),
            blocks: vec![paragraph(vec![text("这里的碳指二氧化碳 <CO2> & 其他。")])],
            number,
            anchor: anchor(&format!("note-ch-1-{number}")),
        })))
    };
    vec![
        text("大气像"),
        inline(InlineKind::Emphasis(vec![text("被子")])),
        inline(InlineKind::Strong(vec![term("碳汇", "use-1", true)])),
        text("（carbon sink）"),
        note(1, "a"),
        term("碳汇", "use-2", false),
        inline(InlineKind::Superscript(vec![text("2")])),
        inline(InlineKind::Code("let a = 1 < 2;".to_owned())),
        inline(InlineKind::Link {
            url: "https://example.org/?a=1&b=2".to_owned(),
            text: vec![text("官网"), term("碳汇", "use-3", true), note(2, "b")],
        }),
        cite("cite-1"),
        inline(InlineKind::NoteAgain {
            number: 1,
            name: "a".to_owned(),
            anchor: anchor("note-ch-1-1"),
        }),
        inline(InlineKind::Math { tex: "x".to_owned(), alt: "x".to_owned() }),
        inline(InlineKind::Ruby {
            base: "碳汇".to_owned(),
            text: "tàn huì".to_owned(),
        }),
        inline(InlineKind::Ruby {
            base: "碳汇".to_owned(),
            text: "碳的去处".to_owned(),
        }),
        inline(InlineKind::LineBreak),
        text("见"),
        reference("fig:a", "图 1-1", "fig-a"),
        reference("sec:b", "第 1.1 节", "sec-1"),
        reference("fig:hidden", "图 1-9", "fig-hidden"),
    ]
}

fn blocks() -> Vec<Block> {
    let item = |checked, words: &str| ListItem {
        checked,
        blocks: vec![paragraph(vec![text(words)])],
    };
    let list = |start, tight, items| block(BlockKind::List(List { start, tight, items }));
    let hidden = figure(
        "1-9",
        "fig-hidden",
        FigureContent::Image {
            path: "figures/hidden.png".to_owned(),
            span: nowhere(),
        },
    );
    let only = |edition: &str, inner| {
        let editions = vec![edition.to_owned()];
        block(BlockKind::Conditional(
            Condition { editions, audiences: Vec::new() },
            inner,
        ))
    };
    let mut blocks = vec![
        placed("第一页的开头，跨到第二页的正文。", 100),
        paragraph(inlines()),
        heading(2, "1.1", "温室气体", "sec-1"),
        placed("第四页从这里起。", 400),
        list(None, true, vec![item(None, "甲"), item(None, "乙")]),
        list(Some(3), false, vec![item(None, "丙"), item(None, "丁")]),
        list(None, true, vec![item(Some(true), "做完"), item(Some(false), "没做")]),
        block(BlockKind::Quote(vec![paragraph(vec![text("天行有常。")])])),
        block(BlockKind::Code {
            language: "py".to_owned(),
            text: "a < b\n  c".to_owned(),
        }),
        heading(3, "1.1.1", "二氧化碳", "sec-2"),
        table(),
        block(BlockKind::Equation(Equation {
            tex: "E".to_owned(),
            label: None,
            alt: "E 等于 m c 的平方".to_owned(),
            number: "1-1".to_owned(),
            anchor: anchor("eq-a"),
        })),
        heading(2, "1.2", "Carbon budget 与我们", "sec-3"),
        callout(CalloutKind::Tip),
        callout(CalloutKind::Warning),
        callout(CalloutKind::Myth),
        block(BlockKind::Break),
        only("print", vec![block(BlockKind::Figure(Box::new(hidden)))]),
        only("epub", vec![paragraph(vec![text("只在电子书里。")])]),
        block(BlockKind::Quiz(vec![
            question(1, QuestionKind::Multiple),
            question(2, QuestionKind::TrueFalse),
        ])),
    ];
    blocks.splice(4..4, figures());
    blocks
}

fn chapter(
    source: u32,
    number: &str,
    title: &str,
    place: &str,
    blocks: Vec<Block>,
) -> Chapter {
    let named = !number.is_empty();
    let header = Header {
        question: named.then(|| "地球为什么会变暖？".to_owned()),
        actor: named.then_some(crate::book::Actor::Government),
        authors: if named { vec!["甲".to_owned()] } else { Vec::new() },
        ..Header::default()
    };
    Chapter {
        source: SourceId(source),
        span: span(source, 0, 10),
        title: vec![text(title)],
        label: None,
        numbered: named,
        header,
        blocks,
        number: number.to_owned(),
        anchor: anchor(place),
    }
}

fn metadata() -> Metadata {
    let person = |name: &str, role: &str| Contributor {
        name: name.to_owned(),
        role: role.to_owned(),
    };
    Metadata {
        title: "碳知多少".to_owned(),
        subtitle: "写给每个人的双碳入门".to_owned(),
        slug: "tan".to_owned(),
        authors: vec![person("编写组", "编著")],
        editors: vec![person("甲", "责任编辑")],
        publisher: "示例出版社".to_owned(),
        isbn: "978-7-00-000000-2".to_owned(),
        language: "zh-CN".to_owned(),
        date: (2026, 11, 24),
        rights: "版权所有 & 保留".to_owned(),
        description: "一本小书。".to_owned(),
        subjects: vec!["碳中和".to_owned()],
        imprint: vec![("字体".to_owned(), "Noto Sans SC regular".to_owned())],
        ..Metadata::default()
    }
}

fn contents() -> Vec<ContentsEntry> {
    let entry =
        |depth, number: &str, title: &str, place: &str, section: &str| ContentsEntry {
            depth,
            number: number.to_owned(),
            title: vec![text(title)],
            anchor: anchor(place),
            section: anchor(section),
        };
    vec![
        entry(1, "", "编者的话", "text-1", "text-1"),
        entry(0, "第一部分", "为什么", "part-1", "part-1"),
        entry(1, "第一章", "被子", "ch-1", "ch-1"),
        entry(2, "1.1", "温室气体", "sec-1", "ch-1"),
        entry(3, "1.1.1", "二氧化碳", "sec-2", "ch-1"),
        entry(2, "1.2", "Carbon budget 与我们", "sec-3", "ch-1"),
        entry(1, "附录 A", "单位", "app-a", "app-a"),
        entry(1, "", "术语表", "glossary", "glossary"),
        entry(1, "", "自测题与答案", "answers", "answers"),
        entry(1, "", "参考文献", "references", "references"),
        entry(1, "", "索引", "index", "index"),
    ]
}

fn lists(resolved: &mut Resolved) {
    let place = |name: &str| TermPlace { anchor: anchor(name), chapter: anchor("ch-1") };
    let uses = vec![place("use-1"), place("use-2"), place("use-3")];
    resolved.glossary = vec![EntryGroup {
        letter: "T".to_owned(),
        entries: vec![Entry {
            term: Spanned::new("碳汇".to_owned(), nowhere()),
            aliases: Vec::new(),
            forbidden: Vec::new(),
            pinyin: "tàn huì".to_owned(),
            english: "carbon sink".to_owned(),
            definition: vec![text("吸收二氧化碳的地方。")],
            sources: Vec::new(),
            index_only: false,
            anchor: anchor("term-1"),
            uses: uses.clone(),
        }],
    }];
    let index = IndexEntry {
        term: "碳汇".to_owned(),
        entry: anchor("term-1"),
        uses,
    };
    resolved.index = vec![IndexGroup { letter: "T".to_owned(), entries: vec![index] }];
    let entry = |number: usize, uses| ReferenceEntry {
        key: format!("k{number}"),
        number: format!("[{number}]"),
        text: vec![text("IPCC. Climate change 2021: the physical science basis[R].")],
        anchor: anchor(&format!("ref-{number}")),
        uses,
    };
    resolved.references =
        vec![entry(1, vec![place("cite-1")]), entry(2, vec![place("cite-1")])];
    let group = |title: &str, chapter: &str, questions| AnswerGroup {
        title: title.to_owned(),
        chapter: anchor(chapter),
        questions,
    };
    let (multiple, binary) = (QuestionKind::Multiple, QuestionKind::TrueFalse);
    resolved.answers = vec![
        group("第一章 被子", "ch-1", vec![question(1, multiple), question(2, binary)]),
        group("综合自测", "", vec![question(3, QuestionKind::Single)]),
    ];
}

/// The book.
pub(super) fn book() -> Resolved {
    let caption = |number: &str, place: &str| FigureEntry {
        number: number.to_owned(),
        caption: vec![text("大气中的碳")],
        anchor: anchor(place),
        section: anchor("ch-1"),
    };
    let preface =
        chapter(3, "", "编者的话", "text-1", vec![paragraph(vec![text("你好。")])]);
    let appendix =
        chapter(4, "附录 A", "单位", "app-a", vec![paragraph(vec![text("吨。")])]);
    let part = Section::Part {
        number: "第一部分".to_owned(),
        title: "为什么".to_owned(),
        summary: "地球在变暖。".to_owned(),
        anchor: anchor("part-1"),
    };
    let mut resolved = Resolved {
        metadata: metadata(),
        sections: vec![
            Section::Generated(Generated::Cover),
            Section::Generated(Generated::HalfTitle),
            Section::Generated(Generated::TitlePage),
            Section::Generated(Generated::Imprint),
            Section::Generated(Generated::Contents),
            Section::Generated(Generated::ListOfFigures),
            Section::Text(Box::new(preface)),
            part,
            Section::Chapter(Box::new(chapter(1, "第一章", "被子", "ch-1", blocks()))),
            Section::Appendix(Box::new(appendix)),
            Section::Generated(Generated::Glossary),
            Section::Generated(Generated::Answers),
            Section::Generated(Generated::References),
            Section::Generated(Generated::Index),
            Section::Generated(Generated::Colophon),
        ],
        contents: contents(),
        figures: vec![caption("1-1", "fig-a"), caption("1-9", "fig-hidden")],
        tables: vec![caption("1-1", "tbl-a")],
        ..Resolved::default()
    };
    lists(&mut resolved);
    resolved
}
