//! From places in generated sources back to the manuscript, and from typst's
//! diagnostics to ours.

use std::collections::BTreeMap;

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::escape::unescaped;
use super::markup::align;
use super::sheet::{Sheet, Stretch};
use super::world::{Desk, path_of};
use crate::diag::rule::typeset as rule;
use crate::diag::{Diagnostic, Rule, Sink, Sources, Span};

/// What leads back to the manuscript.
pub(super) struct Origin<'a> {
    /// The world that was compiled.
    pub(super) desk: &'a Desk,
    /// The generated sources.
    pub(super) sheets: &'a BTreeMap<String, Sheet>,
    /// The manuscript's texts.
    pub(super) sources: &'a Sources,
}

impl Origin<'_> {
    /// The manuscript's place of a glyph: typst's span, and a byte offset in
    /// it. Empty at a character's start where that is known, else the whole
    /// stretch.
    pub(super) fn of_glyph(
        &self,
        span: typst::syntax::Span,
        offset: u16,
    ) -> Option<Span> {
        let sheet = self.sheets.get(path_of(span.id()?))?;
        let start = self.desk.range(span)?.start;
        self.place(sheet, start + usize::from(offset))
    }

    /// The stretch of a section's text to which a glyph belongs, and the
    /// outermost one around it that goes the same way on the page.
    pub(super) fn stretch_of_glyph(
        &self,
        span: typst::syntax::Span,
        offset: u16,
    ) -> Option<(&Stretch, &Stretch)> {
        let path = path_of(span.id()?);
        let sheet = self.sheets.get(path).filter(|_| is_text(path))?;
        sheet.whereabouts(self.desk.range(span)?.start + usize::from(offset))
    }

    /// The entry of a generated piece to which a glyph belongs, and how many of
    /// its letters stand before it.
    pub(super) fn entry_of_glyph(
        &self,
        span: typst::syntax::Span,
        offset: u16,
    ) -> Option<(&str, usize)> {
        let path = path_of(span.id()?);
        let sheet = self.sheets.get(path).filter(|_| !is_text(path))?;
        sheet.entry(self.desk.range(span)?.start + usize::from(offset))
    }

    fn place(&self, sheet: &Sheet, at: usize) -> Option<Span> {
        let stretch = sheet.origin(at)?;
        let mut span = stretch.span;
        if stretch.exact {
            let generated = sheet.text.get(stretch.range.clone())?;
            let before = unescaped(sheet.text.get(stretch.range.start..at)?).len();
            let source = self.sources.text(span);
            let text = unescaped(generated);
            if !source.is_empty() {
                let offset = align::in_source(&text, before, source);
                let length = source[offset..].chars().next().map_or(0, char::len_utf8);
                span = span.within(offset..offset + length);
            }
        }
        Some(span)
    }

    /// The manuscript's place of a call, given by how it begins.
    pub(super) fn of_call(&self, call: &str) -> Option<Span> {
        self.sheets.values().find_map(|sheet| {
            let at = sheet.text.find(call)?;
            sheet.origin(at).map(|stretch| stretch.span)
        })
    }

    /// The manuscript's place of a typst diagnostic: its own, or that of the
    /// call which led there.
    fn of_diagnostic(&self, diagnostic: &SourceDiagnostic) -> Option<Span> {
        let trace = diagnostic.trace.iter().map(|point| DiagSpan::from(point.span));
        std::iter::once(diagnostic.span).chain(trace).find_map(|span| {
            let path = path_of(span.id()?);
            let sheet = self.sheets.get(path)?;
            let range = self.desk.range(span)?;
            sheet.origin(range.start).map(|stretch| stretch.span)
        })
    }

    /// Where in a template a diagnostic points: file and line.
    fn in_template(&self, diagnostic: &SourceDiagnostic) -> Option<String> {
        let id = diagnostic.span.id()?;
        let path = path_of(id);
        if self.sheets.contains_key(path) {
            return None;
        }
        let line = self.desk.range(diagnostic.span).and_then(|range| {
            let source = self.desk.source(id).ok()?;
            Some(source.text().get(..range.start)?.matches('\n').count() + 1)
        });
        let path = path.trim_start_matches('/');
        Some(line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}")))
    }

    /// Reports typst's diagnostics at the manuscript's places.
    pub(super) fn report(
        &self,
        found: impl IntoIterator<Item = SourceDiagnostic>,
        on_error: &'static Rule,
        sink: &mut Sink,
    ) {
        for diagnostic in found {
            let place = self.of_diagnostic(&diagnostic);
            let template = self.in_template(&diagnostic);
            let rule = match diagnostic.severity {
                Severity::Warning => &rule::LAYOUT_WARNING,
                Severity::Error
                    if template.is_some()
                        && *on_error == rule::LAYOUT_ERROR
                        && !is_about_a_file(&diagnostic.message) =>
                {
                    &rule::TEMPLATE_ERROR
                }
                Severity::Error => on_error,
            };
            let message = chinese(&diagnostic.message);
            let message = match &template {
                Some(template) if *rule == rule::TEMPLATE_ERROR || place.is_none() => {
                    format!("模板 {template}：{message}")
                }
                _ => message,
            };
            let mut report = match place {
                Some(span) => Diagnostic::new(rule, span, message),
                None => Diagnostic::global(rule, message),
            };
            for hint in &diagnostic.hints {
                report = report.hint(format!("参考排版引擎的提示：{}", hint.v));
            }
            sink.report(report);
        }
    }
}

/// Whether a sheet is a section's text rather than the entry.
fn is_text(path: &str) -> bool {
    path.starts_with("/text/")
}

/// typst's messages that authors meet, in Chinese: how they start, and what
/// we say; `{}` stands for the rest.
const MESSAGES: &[(&str, &str)] = &[
    ("unknown variable: ", "不认识的名字：{}"),
    ("file not found (searched at ", "找不到文件：{}"),
    ("failed to decode image", "图片无法解码{}"),
    ("failed to parse SVG", "SVG 图片读不懂{}"),
    ("layout did not converge within ", "版面经过多轮排版仍不稳定（{}）"),
    ("label `", "版面里的锚点有问题：`{}"),
    ("unknown font family: ", "没有这种字体：{}"),
    ("assertion failed: ", "模板的要求没有满足：{}"),
    ("panicked with: ", "模板中止了排版：{}"),
    ("PDF/A-2a, PDF/UA-1 error: ", "不符合 PDF/A-2a 和 PDF/UA-1：{}"),
    ("PDF/UA-1 error: ", "不符合 PDF/UA-1：{}"),
    ("PDF/A-2a error: ", "不符合 PDF/A-2a：{}"),
    ("PDF/A-2a and PDF/UA-1 error: ", "不符合 PDF/A-2a 和 PDF/UA-1：{}"),
];

/// Whether an error is that of a picture, although a template shows it.
fn is_about_a_file(message: &str) -> bool {
    ["file not found", "failed to decode", "failed to parse", "unknown image"]
        .iter()
        .any(|start| message.starts_with(start))
}

fn chinese(message: &str) -> String {
    for (start, ours) in MESSAGES {
        if let Some(rest) = message.strip_prefix(start) {
            let rest =
                if rest == "missing alt text" { "缺少替代文字" } else { rest };
            return ours.replace("{}", rest);
        }
    }
    format!("排版引擎报告：{message}")
}
