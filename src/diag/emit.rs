//! Rendering diagnostics: for people, and as JSON lines for programs.
//!
//! The head line and the hints are ours, the excerpt of the source is drawn by
//! annotate-snippets: it knows the width of Chinese characters, tabs and long
//! lines.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::{AnsiColor, DecorStyle, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Severity, Source, SourceId, Sources, Span};

/// How diagnostics look on a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// With ANSI colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

impl Severity {
    /// The severity's name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "说明",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }

    /// The severity's name for programs.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    fn level(self) -> Level<'static> {
        match self {
            Self::Note => Level::NOTE,
            Self::Warning => Level::WARNING,
            Self::Error => Level::ERROR,
        }
    }

    fn color(self) -> AnsiColor {
        match self {
            Self::Note => AnsiColor::BrightCyan,
            Self::Warning => AnsiColor::BrightYellow,
            Self::Error => AnsiColor::BrightRed,
        }
    }
}

/// A diagnostic for people: head line, excerpts, hints; ends with a line break.
pub fn human(diagnostic: &Diagnostic, sources: &Sources, look: Look) -> String {
    let severity = diagnostic.severity;
    let bold = Style::new().bold();
    let head = bold.fg_color(Some(severity.color().into()));
    let mut out = format!(
        "{}：{}\n",
        paint(look, head, &format!("{}[{}]", severity.name(), diagnostic.rule.code)),
        paint(look, bold, &one_line(&diagnostic.message)),
    );
    let mut gutter = 1;
    for (source, marks) in excerpts(diagnostic, sources) {
        let drawn = draw(source, &marks, severity, look);
        gutter = gutter_of(source, &marks);
        out.push_str(&drawn);
        out.push('\n');
    }
    let margin = " ".repeat(gutter + 1);
    let sign = paint(look, AnsiColor::BrightBlue.on_default().bold(), "=");
    for hint in &diagnostic.hints {
        let hint = one_line(hint);
        let _ = writeln!(out, "{margin}{sign} {}：{hint}", paint(look, bold, "建议"));
    }
    out
}

/// A stretch of a source to underline.
struct Mark<'a> {
    range: Range<usize>,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

/// The marks by file: the diagnostic's own place first.
fn excerpts<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Vec<(&'a Source, Vec<Mark<'a>>)> {
    let own = diagnostic
        .span
        .iter()
        .map(|span| (*span, None, AnnotationKind::Primary));
    let related = diagnostic
        .related
        .iter()
        .map(|(span, label)| (*span, Some(label.as_str()), AnnotationKind::Context));
    let mut files: Vec<(SourceId, &Source, Vec<Mark<'_>>)> = Vec::new();
    for (span, label, kind) in own.chain(related) {
        let Some(source) = sources.get(span.source) else { continue };
        let mark = Mark { range: clamp(source, span), label, kind };
        match files.iter_mut().find(|(id, ..)| *id == span.source) {
            Some((.., marks)) => marks.push(mark),
            None => files.push((span.source, source, vec![mark])),
        }
    }
    files.into_iter().map(|(_, source, marks)| (source, marks)).collect()
}

/// The span's range inside its text, on character boundaries. Line breaks at
/// its end are no part of what is wrong.
fn clamp(source: &Source, span: Span) -> Range<usize> {
    let text: &str = &source.text;
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.range().start);
    let end = floor(span.range().end).max(start);
    let trimmed = text[start..end].trim_end_matches(['\n', '\r']).len();
    start..start + trimmed
}

/// The lines (from 1) that the marks touch, first and last.
fn lines_of(source: &Source, marks: &[Mark<'_>]) -> (usize, usize) {
    let line = |at| source.position(at).line;
    let first = marks.iter().map(|mark| line(mark.range.start)).min();
    let last = marks.iter().map(|mark| line(mark.range.end)).max();
    (first.unwrap_or(1), last.unwrap_or(1))
}

/// Digits of the largest line number that is shown.
fn gutter_of(source: &Source, marks: &[Mark<'_>]) -> usize {
    lines_of(source, marks).1.to_string().len()
}

/// Draws the lines that the marks touch.
fn draw(source: &Source, marks: &[Mark<'_>], severity: Severity, look: Look) -> String {
    let (first, last) = lines_of(source, marks);
    let start = source.line_start(first);
    let end = source.line_start(last + 1).max(start);
    let text = source.text[start..end].trim_end_matches(['\n', '\r']);
    let shift = |range: &Range<usize>| {
        let within = |at: usize| at.saturating_sub(start).min(text.len());
        within(range.start)..within(range.end)
    };
    let annotations = marks
        .iter()
        .map(|mark| mark.kind.span(shift(&mark.range)).label(mark.label.map(one_line)));
    let snippet = Snippet::source(text)
        .line_start(first)
        .path(source.path.as_str())
        .annotations(annotations);
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer
        .decor_style(DecorStyle::Unicode)
        .term_width(look.width.max(40));
    let group = Group::with_level(severity.level()).element(snippet);
    // The frame's corner as in the head lines of other tools.
    renderer.render(&[group]).replacen("╭▸", "┌─", 1)
}

/// Text that stays on its line: no line breaks and no terminal controls.
fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if breaks(c) { ' ' } else { c }).collect()
}

fn paint(look: Look, style: Style, text: &str) -> String {
    if look.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// The JSON object of a diagnostic; its keys are a contract.
#[derive(Serialize)]
struct Object<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    hints: &'a [String],
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// A diagnostic as one line of JSON, without the line break. Lines and columns
/// count from 1, columns in characters; the end is exclusive.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.and_then(|span| {
        let source = sources.get(span.source)?;
        let range = span.range();
        Some((
            source.path.as_str(),
            source.position(range.start),
            source.position(range.end.max(range.start)),
        ))
    });
    let object = Object {
        code: diagnostic.rule.code,
        severity: diagnostic.severity.slug(),
        message: &diagnostic.message,
        hints: &diagnostic.hints,
        file: place.map(|(path, ..)| path),
        line: place.map(|(_, start, _)| start.line),
        column: place.map(|(_, start, _)| start.column),
        end_line: place.map(|(.., end)| end.line),
        end_column: place.map(|(.., end)| end.column),
    };
    // Strings and numbers cannot fail to serialise.
    let line = serde_json::to_string(&object).unwrap_or_default();
    // Many programs end a line at these, too.
    line.replace('\u{85}', "\\u0085")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::rule::project as rule;

    fn shown(text: &str, range: Range<usize>) -> String {
        let mut sources = Sources::default();
        let id = sources.add("book/chapters/05-ice.md", text);
        let found = Diagnostic::new(&rule::UNKNOWN_KEY, Span::new(id, range), "有一处错")
            .hint("改掉它");
        human(&found, &sources, Look::default())
    }

    #[test]
    fn the_underline_is_right_below_chinese() {
        let text = "第一行\n这就是[[海冰反照率]]反馈。\n";
        let start = text.find("[[").unwrap();
        let end = text.find("反馈").unwrap();
        insta::assert_snapshot!(shown(text, start..end), @r#"
        错误[unknown-key]：有一处错
          ┌─ book/chapters/05-ice.md:2:4
          │
        2 │ 这就是[[海冰反照率]]反馈。
          ╰╴      ━━━━━━━━━━━━━━
          = 建议：改掉它
        "#);
    }

    #[test]
    fn tabs_and_crlf_keep_the_underline_right() {
        insta::assert_snapshot!(shown("\t键 = 1\r\n下一行\r\n", 1..4), @r#"
        错误[unknown-key]：有一处错
          ┌─ book/chapters/05-ice.md:1:2
          │
        1 │     键 = 1
          ╰╴    ━━
          = 建议：改掉它
        "#);
    }

    #[test]
    fn the_end_of_the_file_has_a_place() {
        insta::assert_snapshot!(shown("一\n二", 7..7), @r#"
        错误[unknown-key]：有一处错
          ┌─ book/chapters/05-ice.md:2:2
          │
        2 │ 二
          ╰╴  ━
          = 建议：改掉它
        "#);
        insta::assert_snapshot!(shown("一\n", 99..200), @r#"
        错误[unknown-key]：有一处错
          ┌─ book/chapters/05-ice.md:2:1
          │
        2 │
          ╰╴━
          = 建议：改掉它
        "#);
        insta::assert_snapshot!(shown("", 0..0), @r#"
        错误[unknown-key]：有一处错
          ┌─ book/chapters/05-ice.md:1:1
          │
        1 │
          ╰╴━
          = 建议：改掉它
        "#);
    }

    #[test]
    fn spans_may_run_over_lines() {
        let text = "一\n二二\n三\n四\n五五\n六\n";
        insta::assert_snapshot!(shown(text, 4..text.find('六').unwrap()), @r#"
        错误[unknown-key]：有一处错
          ┌─ book/chapters/05-ice.md:2:1
          │
        2 │ ┏ 二二
        3 │ ┃ 三
        4 │ ┃ 四
        5 │ ┃ 五五
          ╰╴┗━━━━┛
          = 建议：改掉它
        "#);
    }

    #[test]
    fn long_lines_are_cut() {
        let text = format!("{}错{}", "长".repeat(400), "尾".repeat(400));
        let shown = shown(&text, 1200..1203);
        assert!(shown.lines().all(|line| line.chars().count() < 120), "{shown}");
        assert!(shown.contains('错'), "{shown}");
    }

    #[test]
    fn no_span_panics() {
        let text = "a\t碳\r\n\u{1f600}e\u{301}\u{202e}x\n\n中";
        for start in 0..text.len() + 2 {
            for end in 0..text.len() + 2 {
                assert!(!shown(text, start..end).is_empty());
            }
        }
    }

    #[test]
    fn related_places_are_shown() {
        let mut sources = Sources::default();
        let a = sources.add("a.md", "甲 {#fig:a}\n乙 {#fig:a}\n");
        let b = sources.add("b.md", "丙 {#fig:a}\n");
        let found = Diagnostic::new(&rule::LISTED_TWICE, Span::new(a, 20..26), "重复")
            .related(Span::new(a, 5..11), "第一次在这里")
            .related(Span::new(b, 5..11), "这里也有");
        insta::assert_snapshot!(human(&found, &sources, Look::default()), @r#"
        错误[listed-twice]：重复
          ┌─ a.md:2:6
          │
        1 │ 甲 {#fig:a}
          │     ────── 第一次在这里
        2 │ 乙 {#fig:a}
          ╰╴      ━━━━━
          ┌─ b.md:1:4
          │
        1 │ 丙 {#fig:a}
          ╰╴    ────── 这里也有
        "#);
    }

    #[test]
    fn without_a_place_there_is_no_excerpt() {
        let found =
            Diagnostic::global(&rule::MISSING_FILE, "这里没有书").hint("换个文件夹");
        let look = Look { color: true, width: 80 };
        let text = human(&found, &Sources::default(), look);
        assert!(text.contains("\u{1b}["), "{text:?}");
        insta::assert_snapshot!(human(&found, &Sources::default(), Look::default()), @r#"
        错误[missing-file]：这里没有书
          = 建议：换个文件夹
        "#);
    }

    #[test]
    fn a_message_is_one_line_whatever_it_quotes() {
        let text = "甲\u{2028}乙\u{85}丙\n丁";
        let found = Diagnostic::global(&rule::MISSING_FILE, text);
        let line = json(&found, &Sources::default());
        assert!(!line.contains(['\u{2028}', '\u{85}', '\n']), "{line}");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["message"], text);
        let shown = human(&found, &Sources::default(), Look::default());
        assert!(!shown.contains('\u{2028}') && shown.lines().count() == 1, "{shown}");
    }

    #[test]
    fn json_has_the_keys_of_the_contract() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "一\n二三四\n");
        let found =
            Diagnostic::new(&rule::UNKNOWN_KEY, Span::new(id, 7..13), "“错”").hint("改");
        insta::assert_snapshot!(json(&found, &sources), @r#"{"code":"unknown-key","severity":"error","message":"“错”","hints":["改"],"file":"a.md","line":2,"column":2,"end_line":2,"end_column":4}"#);
        let global = Diagnostic::global(&rule::MISSING_FILE, "无");
        insta::assert_snapshot!(json(&global, &sources), @r#"{"code":"missing-file","severity":"error","message":"无","hints":[],"file":null,"line":null,"column":null,"end_line":null,"end_column":null}"#);
    }
}
