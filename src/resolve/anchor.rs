//! Anchors: XML names of ASCII letters, digits and hyphens, each once.

use std::collections::BTreeSet;

use crate::book::{Anchor, Label};

/// Prefixes that only labels get; counters use others, so that a label never
/// takes the anchor of a chapter or a note.
const LABEL_PREFIXES: &[&str] = &["fig-", "tbl-", "sec-", "eq-"];

/// Gives out anchors.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
}

impl Anchors {
    /// An anchor for a labelled place; `fallback` where the label has letters
    /// that anchors cannot have, or where there is none.
    pub(super) fn place(&mut self, label: Option<&Label>, fallback: &str) -> Anchor {
        let name = label.and_then(|label| ascii_name(&label.name));
        self.unique(name.as_deref().unwrap_or(fallback))
    }

    /// `name`, with a number behind it when it is taken.
    pub(super) fn unique(&mut self, name: &str) -> Anchor {
        let mut candidate = name.to_owned();
        let mut count = 1;
        while !self.taken.insert(candidate.clone()) {
            count += 1;
            candidate = format!("{name}-{count}");
        }
        Anchor(candidate)
    }
}

/// `fig:co2` as `fig-co2`; nothing for labels that are not ASCII.
fn ascii_name(label: &str) -> Option<String> {
    let name: String = label
        .chars()
        .map(|c| if matches!(c, ':' | '_' | '.') { '-' } else { c })
        .collect();
    let valid =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let known = LABEL_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    valid.then(|| if known { name } else { format!("x-{name}") })
}

/// The part of a label after its prefix, where it can stand in an anchor.
pub(super) fn stem(label: &Label) -> Option<String> {
    let (_, stem) = label.name.split_once(':')?;
    let valid = stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (valid && !stem.is_empty()).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, Span};

    fn label(name: &str) -> Label {
        Label {
            name: name.to_owned(),
            span: Span::new(SourceId(0), 0..0),
        }
    }

    #[test]
    fn labels_become_xml_names() {
        let mut anchors = Anchors::default();
        let place = |anchors: &mut Anchors, name: &str| {
            anchors.place(Some(&label(name)), "fig-n-1").0
        };
        assert_eq!(place(&mut anchors, "fig:co2"), "fig-co2");
        assert_eq!(place(&mut anchors, "fig:co_2"), "fig-co-2");
        assert_eq!(place(&mut anchors, "fig:海冰"), "fig-n-1");
        assert_eq!(place(&mut anchors, "ch:1"), "x-ch-1");
    }

    #[test]
    fn anchors_are_unique() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.unique("a").0, "a");
        assert_eq!(anchors.unique("a").0, "a-2");
        assert_eq!(anchors.unique("a").0, "a-3");
    }
}
