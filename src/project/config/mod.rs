//! `book/book.toml`, understood: every problem of the file at once.
//!
//! `metadata` reads what the title page says, `arrangement` the order of the
//! texts, `settings` and `editions` the editions, `rules` what those are held
//! against.

mod arrangement;
mod covers;
mod editions;
mod length;
mod metadata;
mod order;
mod paper;
mod press;
mod publication;
mod rules;
mod settings;

use std::collections::BTreeMap;

use super::Project;
use super::files::{Files, ReadError};
use super::tree;
use crate::book::{CitationStyle, Metadata, Piece};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned};
use crate::edition::{Edition, PrintOrder};

pub use arrangement::PartPlan;

/// `book.toml`, understood.
#[derive(Debug)]
pub struct Config {
    /// The file.
    pub source: SourceId,
    /// Title-page data.
    pub metadata: Metadata,
    /// What is printed from `book.toml`, and where it was written: for the
    /// check that the fonts have all characters.
    pub printed: Vec<Spanned<String>>,
    /// Front matter, in order.
    pub front: Vec<Spanned<Piece<String>>>,
    /// The body; a book without parts has one part without a title.
    pub parts: Vec<PartPlan>,
    /// The appendices' files, from the project's root.
    pub appendices: Vec<Spanned<String>>,
    /// Back matter, in order.
    pub back: Vec<Spanned<Piece<String>>>,
    /// How references are set.
    pub citation_style: CitationStyle,
    /// What a printing house is asked for.
    pub order: PrintOrder,
    /// Whether the machine's own fonts may be used.
    pub system_fonts: bool,
    /// Whether texts of the book are missing because of a reported mistake.
    pub lost_texts: bool,
    /// Where `back` is written.
    pub back_place: Option<Span>,
    /// Whether `back` names something unknown.
    pub lost_back: bool,
    /// Where each edition names a font family (lower case): for [`super::Fonts`].
    pub(super) font_places: BTreeMap<(String, String), Span>,
}

/// Reads `book.toml`. `None` when the file cannot be read at all.
pub(super) fn read(
    files: &Files,
    folder: &str,
    sink: &mut Sink,
) -> Option<(Config, BTreeMap<String, Edition>)> {
    let source = match files.text(Project::CONFIG) {
        Ok(source) => source,
        Err(ReadError::NotUtf8(bad)) => {
            // Read on with the bad bytes replaced: the place can be shown.
            sink.report(ReadError::NotUtf8(bad).diagnostic(Project::CONFIG, None));
            bad.source
        }
        Err(error) => {
            sink.report(error.diagnostic(Project::CONFIG, None));
            return None;
        }
    };
    let text = files.source(source);
    let mut root = tree::parse(&text, source, sink);
    // After a syntax error, a missing key may only be unreadable: say nothing.
    let broken = sink.has_errors();
    let mut ctx = Reader { files, sink, source, broken };

    let (metadata, printed) = metadata::read(&mut root, folder, &mut ctx);
    let arrangement = arrangement::read(&mut root, &mut ctx);
    let citation_style = citation_style(&mut root, &mut ctx);
    let order = order::read(&mut root, &mut ctx);
    let system_fonts = root.boolean("system_fonts", ctx.sink).unwrap_or(false);
    let (editions, font_places) = editions::read(&mut root, &mut ctx);
    root.finish("book.toml ", ctx.sink);
    let printed = printed.into_iter().chain(arrangement.printed()).collect();
    let config = Config {
        source,
        metadata,
        printed,
        front: arrangement.front,
        parts: arrangement.parts,
        appendices: arrangement.appendices,
        back: arrangement.back,
        lost_texts: arrangement.lost,
        back_place: arrangement.back_place,
        lost_back: arrangement.lost_back,
        citation_style,
        order,
        system_fonts,
        font_places,
    };
    Some((config, editions))
}

/// What the readers of `book.toml`'s parts share.
struct Reader<'a> {
    files: &'a Files,
    sink: &'a mut Sink,
    source: SourceId,
    /// The file has syntax errors, so nothing can be said about what is missing.
    broken: bool,
}

impl Reader<'_> {
    /// The start of the file, for what is missing altogether.
    fn top(&self) -> Span {
        Span::new(self.source, 0..0)
    }

    /// Whether a span is a place in the file, not the mark of a default.
    fn is_placed(&self, span: Span) -> bool {
        span.source == self.source && span.start < span.end
    }

    /// The path from the root of a file that `book.toml` names, if it is there.
    fn file(&mut self, name: &Spanned<String>) -> Option<String> {
        let found = super::files::resolve_path(Project::CONFIG, &name.value)
            .and_then(|path| self.files.locate(&path).map(|_| path));
        found.map_err(|error| self.missing_file(&error, name)).ok()
    }

    fn missing_file(&mut self, error: &ReadError, name: &Spanned<String>) {
        let mut found = error.diagnostic(&name.value, Some(name.span));
        if *error == ReadError::Missing {
            let folder = name.value.rsplit_once('/').map_or("", |(folder, _)| folder);
            let at = super::files::resolve_path(Project::CONFIG, &format!("{folder}/x"));
            let at = at.unwrap_or_default();
            let names = self.files.list(at.strip_suffix("/x").unwrap_or("."));
            let base = name.value.rsplit('/').next().unwrap_or_default();
            found.hints = vec!["路径从 book/ 文件夹算起；检查文件名和大小写".to_owned()];
            if let Some(near) = tree::nearest(base, names.iter().map(String::as_str)) {
                let near = if folder.is_empty() {
                    near.to_owned()
                } else {
                    format!("{folder}/{near}")
                };
                found.hints.insert(0, format!("改为 {near}"));
            }
        }
        self.sink.report(found);
    }

    /// A value out of a list of named ones.
    fn choose<T: Copy>(
        &mut self,
        key: &str,
        name: &Spanned<String>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let wanted = name.value.trim();
        let found = choices.iter().find(|(known, _)| known.eq_ignore_ascii_case(wanted));
        if let Some((_, value)) = found {
            return Some(*value);
        }
        let message = format!("“{key}”不能是“{}”", name.value);
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let mut found = Diagnostic::new(&rule::UNKNOWN_VALUE, name.span, message);
        if let Some(near) = tree::nearest(wanted, names.iter().copied()) {
            found = found.hint(format!("改为 {near}"));
        }
        self.sink
            .report(found.hint(format!("可用的值：{}", names.join("、"))));
        None
    }
}

/// `citation_style`: one of the built-in styles, or a CSL file beside it.
fn citation_style(root: &mut tree::Table, ctx: &mut Reader<'_>) -> CitationStyle {
    let Some(name) = root.string("citation_style", ctx.sink) else {
        return CitationStyle::default();
    };
    let is_file = std::path::Path::new(&name.value)
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("csl"));
    if is_file {
        return csl_file(&name, ctx).unwrap_or_default();
    }
    let choices = [("gb-7714-2025-numeric", true), ("gb-7714-2015-numeric", false)];
    match ctx.choose("citation_style", &name, &choices) {
        Some(false) => CitationStyle::Gb7714_2015,
        _ => CitationStyle::Gb7714_2025,
    }
}

fn csl_file(name: &Spanned<String>, ctx: &mut Reader<'_>) -> Option<CitationStyle> {
    let path = ctx.file(name)?;
    match ctx.files.text(&path) {
        Ok(id) => Some(CitationStyle::Csl {
            path,
            text: ctx.files.source(id).to_string(),
            span: name.span,
        }),
        Err(error) => {
            ctx.sink.report(error.diagnostic(&path, Some(name.span)));
            None
        }
    }
}
