//! Reading a TOML table key by key, with the place of every value.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::keys;
use crate::diag::rule::chart as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned};
use crate::project::tree::nearest;

/// A TOML value with its byte range.
pub(super) type Item<'t> = toml::Spanned<DeValue<'t>>;

/// A table of the file, and where to complain.
pub(super) struct Sheet<'t, 's> {
    /// The file.
    pub(super) source: SourceId,
    /// The table.
    pub(super) table: &'t DeTable<'t>,
    /// Where problems go.
    pub(super) sink: &'s mut Sink,
}

impl<'t> Sheet<'t, '_> {
    /// The value of a key, as it was written.
    pub(super) fn get(&self, key: &str) -> Option<&'t Item<'t>> {
        self.table.get(key)
    }

    /// The place of a byte range of this file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    /// Reports a value that is not what the key wants.
    pub(super) fn refuse(&mut self, range: Range<usize>, key: &str, wanted: &str) {
        let span = self.span(range);
        // Latin letters and figures stand off from Han by a space.
        let gap = if wanted.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
        self.sink.report(
            Diagnostic::new(&rule::CHART_VALUE, span, format!("“{key}”的写法不对"))
                .hint(format!("改成{gap}{wanted}")),
        );
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let item = self.get(key)?;
        if let DeValue::String(text) = item.get_ref() {
            return Some(self.located(text, item.span()));
        }
        self.refuse(item.span(), key, "英文引号里的文字");
        None
    }

    /// A text that is drawn as it is: marks of the dialect would be printed.
    pub(super) fn plain(&mut self, key: &str) -> Option<Spanned<String>> {
        const MARKS: &[&str] =
            &["[@", "[[", "[^", "**", "@fig:", "@tbl:", "@sec:", "@eq:"];
        let text = self.text(key)?;
        if let Some(mark) = MARKS.iter().find(|mark| text.value.contains(**mark)) {
            let message = format!("“{key}”里的 {mark} 会原样画在图上");
            self.sink.report(
                Diagnostic::new(&rule::CHART_VALUE, text.span, message)
                    .hint("写成纯文字；引文写进 source，术语和引用写进题注或正文"),
            );
        }
        Some(text)
    }

    /// A number.
    pub(super) fn number(&mut self, key: &str) -> Option<f64> {
        let item = self.get(key)?;
        let number = as_number(item.get_ref());
        if number.is_none() {
            self.refuse(item.span(), key, "一个数，例如 12.5");
        }
        number
    }

    /// A whole number that is not negative, up to `most`.
    pub(super) fn count(&mut self, key: &str, least: u32, most: u32) -> Option<usize> {
        let item = self.get(key)?;
        let count = match item.get_ref() {
            DeValue::Integer(n) => u32::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let count = count.filter(|n| (least..=most).contains(n));
        if count.is_none() {
            self.refuse(item.span(), key, &format!("{least} 到 {most} 之间的整数"));
        }
        count.map(|n| n as usize)
    }

    /// One text or a list of texts.
    pub(super) fn names(&mut self, key: &str) -> Vec<Spanned<String>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        match item.get_ref() {
            DeValue::String(text) => vec![self.located(text, item.span())],
            DeValue::Array(items) => {
                let mut names = Vec::new();
                for item in items {
                    match plain(item.get_ref()) {
                        Some(text) => names.push(self.located(&text, item.span())),
                        None => self.refuse(item.span(), key, "文字的列表"),
                    }
                }
                names
            }
            _ => {
                self.refuse(item.span(), key, "文字，或文字的列表");
                Vec::new()
            }
        }
    }

    /// A text with the place of its characters: inside the quotes where the
    /// text stands in the file as it is, else the whole value.
    pub(super) fn located(&self, text: &str, range: Range<usize>) -> Spanned<String> {
        let inside = range.start + 1..range.end.saturating_sub(1);
        let exact = inside.len() == text.len();
        Spanned::new(text.to_owned(), self.span(if exact { inside } else { range }))
    }

    /// Reports every key that is not in `known`.
    pub(super) fn only(&mut self, known: &[&str], of: &str) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let span = self.span(key.span());
            let text = format!("{of}没有“{name}”这个键");
            let diagnostic = Diagnostic::new(&rule::UNKNOWN_CHART_KEY, span, text);
            let near = nearest(name, known.iter().copied());
            self.sink.report(if let Some(kinds) = keys::kinds_with(name) {
                let kinds = kinds.join("、");
                diagnostic.hint(format!("删去这一行；“{name}”只用于 {kinds} 图"))
            } else if let Some(near) = near {
                diagnostic.hint(format!("改成“{near}”"))
            } else {
                diagnostic.hint(format!("可用的键有 {}", known.join("、")))
            });
        }
    }
}

/// A number, written with or without a decimal point.
pub(super) fn as_number(value: &DeValue<'_>) -> Option<f64> {
    let number: f64 = match value {
        DeValue::Integer(n) if n.radix() == 10 => n.as_str().parse().ok()?,
        DeValue::Float(n) => n.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A text, or a number or date as it was written.
pub(super) fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(n) => Some(n.as_str().to_owned()),
        DeValue::Float(n) => Some(n.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}
