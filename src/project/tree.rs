//! TOML with a place for every key and value.
//!
//! Serde stops at the first error and knows no Chinese; a book's author wants
//! all of them, each with its line and the key that was meant. So a file is
//! parsed into a [`Table`], from which callers take what they know; what is
//! left over was misspelled.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned};

/// A value and where it was written.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its place.
    pub span: Span,
}

/// A TOML value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, with or without a time.
    Date(toml::value::Datetime),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Value {
    /// The kind of value, in Chinese.
    fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "文字",
            Self::Integer(_) => "整数",
            Self::Float(_) => "小数",
            Self::Boolean(_) => "真假值",
            Self::Date(_) => "日期",
            Self::Array(_) => "列表",
            Self::Table(_) => "一组键值",
        }
    }
}

/// A table: keys are taken out one by one; [`Table::finish`] reports the rest.
#[derive(Debug, Clone)]
pub struct Table {
    /// The table's place: its header, or the inline table.
    pub span: Span,
    /// In the table of a whole file: whether syntax errors spoilt some of it,
    /// so that nothing can be said about what is missing.
    pub broken: bool,
    entries: BTreeMap<String, (Span, Node)>,
    asked: Vec<&'static str>,
}

/// Parses a TOML text: every syntax error is reported, and what could be read
/// is returned.
pub fn parse(text: &str, source: SourceId, sink: &mut Sink) -> Table {
    let (sound, mistakes) = super::syntax::mistakes(text);
    let broken = !mistakes.is_empty();
    for mistake in mistakes {
        let span = Span::new(source, mistake.range);
        let found = Diagnostic::new(&rule::TOML_SYNTAX, span, mistake.message);
        sink.report(found.hint(mistake.hint));
    }
    let (root, _) = DeTable::parse_recoverable(&sound);
    let span = root.span();
    Table {
        broken,
        ..convert_table(root.into_inner(), Span::new(source, span))
    }
}

fn convert_table(table: DeTable<'_>, span: Span) -> Table {
    let entries = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = Span::new(span.source, key.span());
            (key.into_inner().into_owned(), (key_span, convert(value, span.source)))
        })
        .collect();
    Table { span, broken: false, entries, asked: Vec::new() }
}

fn convert(value: toml::Spanned<DeValue<'_>>, source: SourceId) -> Node {
    let span = Span::new(source, value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(number) => {
            // Whole numbers beyond 64 bits are no lengths, dates or sizes.
            i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Float(f64::INFINITY), Value::Integer)
        }
        DeValue::Float(number) => {
            Value::Float(number.as_str().parse().unwrap_or(f64::NAN))
        }
        DeValue::Boolean(yes) => Value::Boolean(yes),
        DeValue::Datetime(date) => Value::Date(date),
        DeValue::Array(items) => {
            Value::Array(items.into_iter().map(|item| convert(item, source)).collect())
        }
        DeValue::Table(table) => Value::Table(convert_table(table, span)),
    };
    Node { value, span }
}

impl Table {
    /// Takes the value of a key that this table may have.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        self.entries.remove(key).map(|(_, node)| node)
    }

    /// Where a key stands that was not taken yet.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.get(key).map(|(span, _)| *span)
    }

    /// Whether a key is there and was not taken yet.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Takes everything that is left: for tables whose keys are names.
    pub fn take_all(&mut self) -> impl Iterator<Item = (Spanned<String>, Node)> + use<> {
        std::mem::take(&mut self.entries)
            .into_iter()
            .map(|(key, (span, node))| (Spanned::new(key, span), node))
    }

    /// A string.
    pub fn string(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        self.take(key)?.string(key, sink)
    }

    /// A string, or a list of strings.
    pub fn strings(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<Vec<Spanned<String>>> {
        let node = self.take(key)?;
        Some(match node.value {
            Value::Array(items) => {
                items.into_iter().filter_map(|item| item.string(key, sink)).collect()
            }
            _ => node.string(key, sink).into_iter().collect(),
        })
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str, sink: &mut Sink) -> Option<bool> {
        let node = self.take(key)?;
        let Value::Boolean(yes) = node.value else {
            node.wrong_type(key, "真假值 true 或 false（不加引号）", sink);
            return None;
        };
        Some(yes)
    }

    /// A table.
    pub fn table(&mut self, key: &'static str, sink: &mut Sink) -> Option<Self> {
        self.take(key)?.table(key, sink)
    }

    /// A list of tables: `[[key]]`.
    pub fn tables(&mut self, key: &'static str, sink: &mut Sink) -> Vec<Self> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Value::Array(items) = node.value else {
            node.wrong_type(key, &format!("[[{key}]] 表"), sink);
            return Vec::new();
        };
        items.into_iter().filter_map(|item| item.table(key, sink)).collect()
    }

    /// Reports every key that nobody asked for, with the nearest known one.
    pub fn finish(self, place: &str, sink: &mut Sink) {
        for (key, (span, _)) in &self.entries {
            if key.is_empty() {
                let found =
                    Diagnostic::new(&rule::TOML_SYNTAX, *span, "等号左边没有名字");
                sink.report(found.hint("在等号左边写上项的名字"));
                continue;
            }
            let message = format!("{place}没有“{key}”这一项");
            let found = Diagnostic::new(&rule::UNKNOWN_KEY, *span, message);
            let hint = match nearest(key, self.asked.iter().copied()) {
                Some(known) => format!("改为 {known}"),
                None => format!("可用的项：{}", self.asked.join("、")),
            };
            sink.report(found.hint(hint));
        }
    }
}

impl Node {
    /// The node as a string.
    pub fn string(self, key: &str, sink: &mut Sink) -> Option<Spanned<String>> {
        let Value::String(text) = self.value else {
            self.wrong_type(key, "文字（放在英文双引号里）", sink);
            return None;
        };
        Some(Spanned::new(text, self.span))
    }

    /// The node as a table.
    pub fn table(self, key: &str, sink: &mut Sink) -> Option<Table> {
        let Value::Table(table) = self.value else {
            self.wrong_type(key, "一组键值", sink);
            return None;
        };
        Some(table)
    }

    /// The node as a list.
    pub fn list(self, key: &str, sink: &mut Sink) -> Option<Vec<Self>> {
        let Value::Array(items) = self.value else {
            self.wrong_type(key, "列表（放在方括号里）", sink);
            return None;
        };
        Some(items)
    }

    /// Reports a value of the wrong kind.
    pub fn wrong_type(&self, key: &str, wanted: &str, sink: &mut Sink) {
        let message = format!("“{key}”应当是{wanted}，这里是{}", self.value.kind());
        sink.report(Diagnostic::new(&rule::WRONG_TYPE, self.span, message).hint(
            match &self.value {
                Value::Integer(_) | Value::Float(_) if wanted.starts_with("文字") => {
                    "给它加上英文双引号".to_owned()
                }
                Value::String(_) if wanted.starts_with("日期") => {
                    "写成 2026-11-23 的样子，去掉引号".to_owned()
                }
                _ if wanted == "一组键值" => {
                    format!("写成 {key} = {{ 名字 = 值 }}，或另起一节，列出各项")
                }
                Value::Table(_) => format!("写成 {key} = …"),
                _ => format!("改为{wanted}"),
            },
        ));
    }
}

/// The known word that was probably meant.
pub fn nearest<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&word, &name.to_lowercase());
    let (best, name) = known.into_iter().map(|name| (distance(name), name)).min()?;
    let length = word.chars().count().max(name.chars().count());
    (best * 5 <= length * 2).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("tilte", ["title", "subtitle"]), Some("title"));
        assert_eq!(nearest("术语", ["术语表", "目录"]), Some("术语表"));
        assert_eq!(nearest("colour", ["color", "bleed"]), Some("color"));
        assert_eq!(nearest("xyz", ["title", "date"]), None);
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let mut sink = Sink::new();
        let text = "a = \nb = 1\nc = 'x\nd = 2\n";
        let mut table = parse(text, SourceId(0), &mut sink);
        assert_eq!(sink.count(crate::diag::Severity::Error), 2, "{sink:?}");
        assert!(table.take("b").is_some() && table.take("d").is_some());
    }
}
