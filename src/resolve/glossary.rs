//! The glossary and the index, grouped by letter; what is wrong with entries.

use std::collections::BTreeSet;

use super::collate::{Order, SortKey};
use super::model::{EntryGroup, IndexEntry, IndexGroup};
use crate::book::{Anchor, Entry, Inline, InlineKind};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink};

/// Brings the entries into pinyin order and gives them their anchors; entries
/// that only go into the index have none.
pub(super) fn arrange(entries: &mut Vec<Entry>) -> Vec<SortKey> {
    let order = Order::new();
    let mut keyed: Vec<(SortKey, Entry)> = entries
        .drain(..)
        .map(|entry| (order.key(&entry.term.value, &entry.pinyin), entry))
        .collect();
    keyed.sort_by(|(a, _), (b, _)| order.compare(a, b));
    let mut keys = Vec::with_capacity(keyed.len());
    let mut number = 0;
    for (key, mut entry) in keyed {
        if !entry.index_only {
            number += 1;
            entry.anchor = Anchor(format!("term-{number}"));
        }
        keys.push(key);
        entries.push(entry);
    }
    keys
}

/// Cites the sources of each entry at the end of its definition.
pub(super) fn cite_sources(entries: &mut [Entry]) {
    for entry in entries.iter_mut().filter(|entry| !entry.index_only) {
        if let Some(cite) = super::cite::of_sources(&entry.sources) {
            place_cite(&mut entry.definition, cite);
        }
    }
}

/// A citation stands before the full stop that ends the definition.
fn place_cite(definition: &mut Vec<Inline>, cite: Inline) {
    let stop = match definition.last_mut() {
        Some(Inline { kind: InlineKind::Text(text), span }) if text.ends_with('。') => {
            text.pop();
            Some(Inline {
                kind: InlineKind::Text("。".to_owned()),
                span: *span,
            })
        }
        _ => None,
    };
    definition.push(cite);
    definition.extend(stop);
}

/// The glossary by letter.
pub(super) fn groups(entries: &[Entry], keys: &[SortKey]) -> Vec<EntryGroup> {
    let mut groups: Vec<EntryGroup> = Vec::new();
    let shown = entries.iter().zip(keys).filter(|(entry, _)| !entry.index_only);
    for (entry, key) in shown {
        let letter = key.letter.to_string();
        match groups.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.entries.push(entry.clone()),
            None => groups.push(EntryGroup { letter, entries: vec![entry.clone()] }),
        }
    }
    groups
}

/// The index by letter: entries that are used somewhere. `glossary` tells
/// whether the book prints the entries that an index entry can point at.
pub(super) fn index(
    entries: &[Entry],
    keys: &[SortKey],
    glossary: bool,
) -> Vec<IndexGroup> {
    let mut groups: Vec<IndexGroup> = Vec::new();
    let used = entries.iter().zip(keys).filter(|(entry, _)| !entry.uses.is_empty());
    for (entry, key) in used {
        let letter = key.letter.to_string();
        let index_entry = IndexEntry {
            term: entry.term.value.clone(),
            entry: if glossary { entry.anchor.clone() } else { Anchor::default() },
            uses: entry.uses.clone(),
        };
        match groups.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.entries.push(index_entry),
            None => groups.push(IndexGroup { letter, entries: vec![index_entry] }),
        }
    }
    groups
}

/// Entries that stand nowhere in the book, in one diagnostic.
pub(super) fn review(entries: &[Entry], seen: &BTreeSet<usize>, sink: &mut Sink) {
    let unused: Vec<&Entry> = entries
        .iter()
        .enumerate()
        .filter(|(at, _)| !seen.contains(at))
        .map(|(_, entry)| entry)
        .collect();
    let Some(first) = unused.iter().min_by_key(|entry| entry.term.span) else { return };
    let shown: Vec<&str> =
        unused.iter().take(5).map(|entry| entry.term.value.as_str()).collect();
    let message = match unused.len() {
        1 => format!("词条“{}”在书中没有用到", first.term.value),
        n if n <= 5 => format!("有 {n} 个词条在书中没有用到：{}", shown.join("、")),
        n => format!("有 {n} 个词条在书中没有用到：{}……", shown.join("、")),
    };
    let diagnostic = Diagnostic::new(&rule::UNUSED_TERM, first.term.span, message)
        .hint("在正文中用到它，或从术语表中删去");
    sink.report(diagnostic);
}
