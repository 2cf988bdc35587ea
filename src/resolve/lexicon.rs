//! The words that the glossary knows, found in text in one pass.
//!
//! A trie over all terms, aliases and forbidden spellings; at every place the
//! longest word wins and the search goes on behind it, so that a term inside a
//! longer one never matches. Words that begin or end with a Latin letter or a
//! digit match only at a word's edge.

use std::collections::BTreeMap;
use std::ops::Range;

use super::normal::nfc;
use crate::book::Entry;

/// What a found word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A term or an alias of the entry at this position in the glossary.
    Term(usize),
    /// A spelling that the entry forbids.
    Forbidden(usize),
}

/// All words.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The first node is the root.
    nodes: Vec<Node>,
    /// Terms and aliases to the entry's position.
    terms: BTreeMap<String, usize>,
}

#[derive(Debug, Default)]
struct Node {
    next: BTreeMap<char, usize>,
    word: Option<Word>,
}

/// A word found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) word: Word,
}

impl Lexicon {
    /// The words of a glossary; where two entries want a word, the first has it.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut lexicon = Self {
            nodes: vec![Node::default()],
            terms: BTreeMap::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            lexicon.add_term(&entry.term.value, at);
        }
        for (at, entry) in entries.iter().enumerate() {
            for alias in &entry.aliases {
                lexicon.add_term(alias, at);
            }
        }
        for (at, entry) in entries.iter().enumerate() {
            for spelling in &entry.forbidden {
                lexicon.add(&nfc(spelling), Word::Forbidden(at));
            }
        }
        lexicon
    }

    /// The entry that `word` names.
    pub(super) fn entry(&self, word: &str) -> Option<usize> {
        self.terms.get(&nfc(word.trim())).copied()
    }

    /// All terms and aliases.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.terms.keys().map(String::as_str)
    }

    /// The words in `text`, in order and never overlapping.
    pub(super) fn find(&self, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut before = None;
        while let Some(c) = text[at..].chars().next() {
            let matched = self.longest(&text[at..], before);
            let length = matched.map_or(c.len_utf8(), |(length, word)| {
                found.push(Match { range: at..at + length, word });
                length
            });
            before = text[at..at + length].chars().next_back();
            at += length;
        }
        found
    }

    /// The longest word that `rest` begins with, and its length in bytes.
    fn longest(&self, rest: &str, before: Option<char>) -> Option<(usize, Word)> {
        let mut node = &self.nodes[0];
        let mut best = None;
        let mut chars = rest.char_indices().peekable();
        let first = rest.chars().next()?;
        if is_latin(first) && before.is_some_and(is_latin) {
            return None;
        }
        while let Some((at, c)) = chars.next() {
            node = match node.next.get(&c) {
                Some(&next) => &self.nodes[next],
                None => break,
            };
            let edge = !is_latin(c) || !chars.peek().is_some_and(|&(_, c)| is_latin(c));
            if let (Some(word), true) = (node.word, edge) {
                best = Some((at + c.len_utf8(), word));
            }
        }
        best
    }

    fn add_term(&mut self, term: &str, entry: usize) {
        let term = nfc(term.trim());
        if !self.terms.contains_key(&term) {
            self.add(&term, Word::Term(entry));
            self.terms.insert(term, entry);
        }
    }

    fn add(&mut self, text: &str, word: Word) {
        if text.is_empty() {
            return;
        }
        let mut node = 0;
        for c in text.chars() {
            let fresh = self.nodes.len();
            let next = *self.nodes[node].next.entry(c).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Node::default());
            }
            node = next;
        }
        self.nodes[node].word.get_or_insert(word);
    }
}

/// Letters and digits that only end at the edge of a word.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{C0}'..='\u{24F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, Span, Spanned};

    fn entry(term: &str, aliases: &[&str], forbidden: &[&str]) -> Entry {
        let own = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect();
        Entry {
            term: Spanned::new(term.to_owned(), Span::new(SourceId(0), 0..0)),
            aliases: own(aliases),
            forbidden: own(forbidden),
            pinyin: String::new(),
            english: String::new(),
            definition: Vec::new(),
            sources: Vec::new(),
            index_only: false,
            anchor: crate::book::Anchor::default(),
            uses: Vec::new(),
        }
    }

    fn words<'a>(lexicon: &Lexicon, text: &'a str) -> Vec<(&'a str, Word)> {
        let found = lexicon.find(text);
        found.into_iter().map(|m| (&text[m.range], m.word)).collect()
    }

    #[test]
    fn the_longest_word_wins_everywhere() {
        let lexicon =
            Lexicon::new(&[entry("碳汇", &[], &[]), entry("森林碳汇", &[], &[])]);
        assert_eq!(
            words(&lexicon, "森林碳汇是一种碳汇"),
            [("森林碳汇", Word::Term(1)), ("碳汇", Word::Term(0))]
        );
    }

    #[test]
    fn latin_words_match_whole() {
        let lexicon = Lexicon::new(&[entry("CCUS", &["CCS"], &[])]);
        assert_eq!(words(&lexicon, "用CCS技术"), [("CCS", Word::Term(0))]);
        assert!(words(&lexicon, "XCCS CCSX CCS1").is_empty());
    }

    #[test]
    fn forbidden_spellings_are_found_unless_they_are_terms() {
        let lexicon = Lexicon::new(&[entry("碳排放", &[], &["炭排放", "碳排"])]);
        assert_eq!(words(&lexicon, "炭排放"), [("炭排放", Word::Forbidden(0))]);
        assert_eq!(words(&lexicon, "碳排放"), [("碳排放", Word::Term(0))]);
    }
}
