//! The order of the texts: front matter, parts and chapters, back matter.

use std::collections::BTreeMap;

use super::Reader;
use crate::book::{Generated, Piece};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Span, Spanned};
use crate::project::tree::{self, Table};

/// A part of the body, as `book.toml` plans it.
#[derive(Debug, Clone)]
pub struct PartPlan {
    /// The part's title; `None` in a book without parts.
    pub title: Option<Spanned<String>>,
    /// A sentence or two on the part's opener.
    pub summary: Option<Spanned<String>>,
    /// The chapters' files, from the project's root.
    pub chapters: Vec<Spanned<String>>,
}

/// Everything that has an order.
#[derive(Default)]
pub(super) struct Arrangement {
    pub(super) front: Vec<Spanned<Piece<String>>>,
    pub(super) parts: Vec<PartPlan>,
    pub(super) appendices: Vec<Spanned<String>>,
    pub(super) back: Vec<Spanned<Piece<String>>>,
    /// Whether texts are missing because of a reported mistake.
    pub(super) lost: bool,
    /// Where `back` is written.
    pub(super) back_place: Option<Span>,
    /// Whether `back` names something unknown.
    pub(super) lost_back: bool,
}

impl Arrangement {
    /// The titles and summaries of the parts.
    pub(super) fn printed(&self) -> Vec<Spanned<String>> {
        let parts = self.parts.iter();
        parts
            .flat_map(|part| part.title.iter().chain(&part.summary))
            .cloned()
            .collect()
    }
}

/// Front and back matter of a book that says nothing about it.
const FRONT: &[&str] =
    &["cover", "half-title", "title-page", "imprint", "contents", "list-of-figures"];
const BACK: &[&str] = &["glossary", "answers", "references", "index", "colophon"];

/// Reads the order of the texts.
pub(super) fn read(root: &mut Table, ctx: &mut Reader<'_>) -> Arrangement {
    let mut seen = Seen::default();
    let back_place = root.key_span("back");
    // What is named comes first, so that a default list leaves it out.
    let (front, back) = if root.has("front") {
        let front = pieces(root, "front", FRONT, &mut seen, ctx);
        (front, pieces(root, "back", BACK, &mut seen, ctx))
    } else {
        let back = pieces(root, "back", BACK, &mut seen, ctx);
        (pieces(root, "front", FRONT, &mut seen, ctx), back)
    };
    let parts = parts(root, &mut seen, ctx);
    let appendices = root.strings("appendices", ctx.sink).unwrap_or_default();
    let appendices = texts(appendices, &mut seen, ctx);
    let lost = seen.lost || parts.iter().all(|part| part.chapters.is_empty());
    Arrangement {
        front,
        parts,
        appendices,
        back,
        lost,
        back_place,
        lost_back: seen.lost_back,
    }
}

/// Where each file and each generated piece was first named.
#[derive(Default)]
struct Seen {
    named: BTreeMap<String, Span>,
    /// Whether a file that is named could not be found.
    lost: bool,
    /// Whether `back` names something unknown.
    lost_back: bool,
}

impl Seen {
    /// False, and reported, when `name` stands in the book already.
    fn once(&mut self, name: &str, span: Span, ctx: &mut Reader<'_>) -> bool {
        if let Some(first) = self.named.get(name) {
            let message = format!("{name} 在书里列了两次");
            let found = Diagnostic::new(&rule::LISTED_TWICE, span, message)
                .hint("删去其中一处")
                .related(*first, "第一次在这里");
            ctx.sink.report(found);
            return false;
        }
        self.named.insert(name.to_owned(), span);
        true
    }
}

/// The chapters: `chapters = […]`, or `[[parts]]` with their own.
fn parts(root: &mut Table, seen: &mut Seen, ctx: &mut Reader<'_>) -> Vec<PartPlan> {
    let chapters_key = root.key_span("chapters");
    let chapters = root.strings("chapters", ctx.sink);
    let parts_key = root.key_span("parts");
    let tables = root.tables("parts", ctx.sink);
    let mut parts = Vec::new();
    if let Some(chapters) = chapters {
        let chapters = texts(chapters, seen, ctx);
        parts.push(PartPlan { title: None, summary: None, chapters });
    }
    for table in tables {
        parts.push(part(table, seen, ctx));
    }
    match (chapters_key, parts_key) {
        (Some(chapters), Some(parts)) => {
            let message = "chapters 和 [[parts]] 只能写一种";
            let found = Diagnostic::new(&rule::CHAPTERS_TWICE, chapters, message)
                .hint("不分部分就只写 chapters；分部分就把章都写在各个 [[parts]] 里")
                .related(parts, "这里又写了 [[parts]]");
            ctx.sink.report(found);
        }
        (None, None) if !ctx.broken => {
            let found = Diagnostic::new(&rule::MISSING_KEY, ctx.top(), "没有列出各章");
            ctx.sink.report(found.hint("加一行 chapters = [\"chapters/01.md\"]"));
        }
        (Some(key), None) | (None, Some(key))
            if parts.iter().all(|part| part.chapters.is_empty())
                && !ctx.sink.has_errors() =>
        {
            let found = Diagnostic::new(&rule::EMPTY_VALUE, key, "书里一章也没有");
            ctx.sink
                .report(found.hint("至少列出一章：chapters = [\"chapters/01.md\"]"));
        }
        _ => {}
    }
    parts
}

fn part(mut table: Table, seen: &mut Seen, ctx: &mut Reader<'_>) -> PartPlan {
    let span = table.span;
    let title = table.string("title", ctx.sink);
    let summary = table.string("summary", ctx.sink);
    let chapters = table.strings("chapters", ctx.sink);
    if title.is_none() && !ctx.broken {
        let found = Diagnostic::new(&rule::MISSING_KEY, span, "这个部分没有标题");
        ctx.sink.report(found.hint("在 [[parts]] 下面加一行 title = \"…\""));
    }
    if chapters.as_ref().is_none_or(Vec::is_empty) && !ctx.broken {
        let found = Diagnostic::new(&rule::EMPTY_VALUE, span, "这个部分一章也没有");
        ctx.sink.report(
            found.hint("在 [[parts]] 下面列出它的章：chapters = [\"chapters/01.md\"]"),
        );
    }
    table.finish("[[parts]] ", ctx.sink);
    let chapters = texts(chapters.unwrap_or_default(), seen, ctx);
    PartPlan { title, summary, chapters }
}

/// Markdown files, by their paths from the root.
fn texts(
    names: Vec<Spanned<String>>,
    seen: &mut Seen,
    ctx: &mut Reader<'_>,
) -> Vec<Spanned<String>> {
    names.into_iter().filter_map(|name| text(&name, seen, ctx)).collect()
}

fn text(
    name: &Spanned<String>,
    seen: &mut Seen,
    ctx: &mut Reader<'_>,
) -> Option<Spanned<String>> {
    let Some(path) = ctx.file(name) else {
        seen.lost = true;
        return None;
    };
    seen.once(&path, name.span, ctx)
        .then(|| Spanned::new(path, name.span))
}

/// A list of pieces, or the default one.
fn pieces(
    root: &mut Table,
    key: &'static str,
    default: &[&str],
    seen: &mut Seen,
    ctx: &mut Reader<'_>,
) -> Vec<Spanned<Piece<String>>> {
    let Some(names) = root.strings(key, ctx.sink) else {
        let top = ctx.top();
        return default
            .iter()
            .filter_map(|name| find(name))
            .filter(|piece| !seen.named.contains_key(chinese(*piece)))
            .map(|piece| Spanned::new(Piece::Generated(piece), top))
            .collect();
    };
    let mut pieces = Vec::new();
    for name in names {
        let is_text = std::path::Path::new(&name.value)
            .extension()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("md"));
        if is_text {
            let text = text(&name, seen, ctx);
            pieces.extend(text.map(|t| Spanned::new(Piece::Text(t.value), t.span)));
        } else if let Some(piece) = find(&name.value) {
            if seen.once(chinese(piece), name.span, ctx) {
                pieces.push(Spanned::new(Piece::Generated(piece), name.span));
            }
        } else {
            seen.lost_back |= key == "back";
            unknown_piece(&name, key, ctx);
        }
    }
    pieces
}

/// Its Chinese name in `book.toml`.
fn chinese(piece: Generated) -> &'static str {
    match piece {
        Generated::Answers => "答案",
        Generated::Colophon => "书末说明",
        other => other.title(),
    }
}

fn find(name: &str) -> Option<Generated> {
    let is_named = |piece: &Generated| name == piece.name() || name == chinese(*piece);
    Generated::ALL.into_iter().find(is_named)
}

fn unknown_piece(name: &Spanned<String>, key: &str, ctx: &mut Reader<'_>) {
    let message = format!("“{key}”里不认识“{}”", name.value);
    let mut found = Diagnostic::new(&rule::UNKNOWN_PIECE, name.span, message);
    let known = Generated::ALL
        .iter()
        .flat_map(|piece| [piece.name(), chinese(*piece)]);
    if let Some(near) = tree::nearest(&name.value, known) {
        found = found.hint(format!("改为 {near}"));
    }
    let titles = Generated::ALL.map(chinese).join("、");
    ctx.sink
        .report(found.hint(format!("可用：{titles}，或一个 .md 文件")));
}
