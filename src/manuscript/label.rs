//! Identifiers: their form, and that each is given once in the book.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Label;
use crate::diag::{Diagnostic, Sink, Span, Spanned, rule::manuscript as rule};

/// What an identifier starts with, before the colon.
pub(super) const PREFIXES: &[&str] = &["sec", "fig", "tbl", "eq"];

/// What other systems call them.
const MEANT: &[(&str, &str)] = &[
    ("section", "sec"),
    ("chapter", "sec"),
    ("chap", "sec"),
    ("ch", "sec"),
    ("figure", "fig"),
    ("img", "fig"),
    ("image", "fig"),
    ("table", "tbl"),
    ("tab", "tbl"),
    ("equation", "eq"),
    ("eqn", "eq"),
];

/// The prefix that a similar word means.
pub(super) fn meant_prefix(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let own = PREFIXES.iter().find(|prefix| **prefix == word).copied();
    own.or_else(|| MEANT.iter().find(|(name, _)| *name == word).map(|(_, own)| *own))
}

/// Characters of an identifier after its prefix.
pub(super) fn is_label_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The prefix of a whole, well-formed identifier.
pub(super) fn prefix_of(name: &str) -> Option<&str> {
    let (prefix, id) = name.split_once(':')?;
    let fits = !id.is_empty() && id.chars().all(is_label_char);
    (fits && PREFIXES.contains(&prefix)).then_some(prefix)
}

/// Every identifier of the book, and the place that gave it first.
#[derive(Debug, Default)]
pub(super) struct Labels {
    places: BTreeMap<String, Span>,
    /// What malformed ones were meant to be.
    meant: BTreeSet<String>,
}

impl Labels {
    /// Every identifier that was given, well-formed or not.
    pub(super) fn given(&self) -> BTreeSet<String> {
        self.places.keys().chain(&self.meant).cloned().collect()
    }

    /// Checks an identifier that must start with `prefix` and was not given
    /// before.
    pub(super) fn add(
        &mut self,
        id: Option<Spanned<String>>,
        prefix: &str,
        sink: &mut Sink,
    ) -> Option<Label> {
        let id = id?;
        if prefix_of(&id.value) != Some(prefix) {
            let message = format!("标识符“{}”不合规则", id.value);
            let bare = id.value.rsplit([':', '：']).next().unwrap_or_default();
            self.meant.insert(id.value.clone());
            let hint = if !bare.is_empty() && bare.chars().all(is_label_char) {
                self.meant.insert(format!("{prefix}:{bare}"));
                format!("写成 #{prefix}:{bare}")
            } else {
                format!("以 {prefix}: 开头，其后只用英文字母、数字、- 和 _")
            };
            sink.report(Diagnostic::new(&rule::BAD_LABEL, id.span, message).hint(hint));
            return None;
        }
        if let Some(first) = self.places.get(&id.value) {
            let message = format!("标识符“{}”用了两次", id.value);
            sink.report(
                Diagnostic::new(&rule::DUPLICATE_LABEL, id.span, message)
                    .hint("改一个名字；标识符在全书中只能用一次")
                    .related(*first, "已经用在这里"),
            );
            return None;
        }
        self.places.insert(id.value.clone(), id.span);
        Some(Label { name: id.value, span: id.span })
    }
}
