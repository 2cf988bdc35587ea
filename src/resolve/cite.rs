//! Citations in the order of the text: their numbers, marks and links back.

use std::collections::BTreeMap;

use super::csl::{self, Cited, Library};
use super::model::ReferenceEntry;
use super::reference::nearest;
use crate::book::{Anchor, CitationStyle, Cite, CiteItem, Inline, TermPlace};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink};

/// What was cited so far.
#[derive(Debug)]
pub(super) struct Citations {
    library: Library,
    style: CitationStyle,
    /// Numbers by key, from 1, in the order of first citation.
    numbers: BTreeMap<String, usize>,
    /// Where each work is cited, by number less one.
    uses: Vec<Vec<TermPlace>>,
    /// Every citation, for styles that see the whole book.
    requests: Vec<Vec<Cited>>,
    anchored: usize,
}

impl Citations {
    /// No citations yet.
    pub(super) fn new(library: Library, style: CitationStyle) -> Self {
        Self {
            library,
            style,
            numbers: BTreeMap::new(),
            uses: Vec::new(),
            requests: Vec::new(),
            anchored: 0,
        }
    }

    /// Whether anything is cited.
    pub(super) fn any(&self) -> bool {
        !self.uses.is_empty()
    }

    /// Numbers a citation; gives it an anchor if readers can be led back to it.
    pub(super) fn cite(
        &mut self,
        cite: &mut Cite,
        chapter: &Anchor,
        anchored: bool,
        sink: &mut Sink,
    ) {
        if anchored {
            self.anchored += 1;
            cite.anchor = Anchor(format!("cite-{}", self.anchored));
        }
        let place = TermPlace {
            anchor: cite.anchor.clone(),
            chapter: chapter.clone(),
        };
        let mut known = Vec::new();
        for item in &mut cite.items {
            if !self.library.contains(&item.key) {
                if !self.library.is_unreadable(&item.key) {
                    self.undefined(item, sink);
                }
                continue;
            }
            let number = self.number(&item.key);
            item.anchor = Anchor(format!("ref-{number}"));
            let uses = &mut self.uses[number - 1];
            if anchored && uses.last() != Some(&place) {
                uses.push(place.clone());
            }
            known.push((number, locator(&item.locator)));
        }
        cite.text = mark(known);
        let cited = |item: &CiteItem| Cited {
            key: item.key.clone(),
            locator: item.locator.clone(),
        };
        self.requests.push(cite.items.iter().map(cited).collect());
    }

    fn number(&mut self, key: &str) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        self.uses.push(Vec::new());
        self.numbers.insert(key.to_owned(), self.uses.len());
        self.uses.len()
    }

    fn undefined(&self, item: &CiteItem, sink: &mut Sink) {
        let message = format!("文献“{}”不在文献库中", item.key);
        let diagnostic = Diagnostic::new(&rule::UNDEFINED_CITATION, item.span, message);
        let near = nearest(&item.key, self.library.keys());
        let hint = match near {
            Some(key) => format!("检查键的拼写；相近的键有“{key}”"),
            None => "在 book/references.yml 中添加它".to_owned(),
        };
        sink.report(diagnostic.hint(hint));
    }

    /// The reference list, and every citation's mark where the style decides
    /// more than numbers. `whole` tells whether the whole book could be read.
    pub(super) fn finish(
        self,
        whole: bool,
        sink: &mut Sink,
    ) -> (Vec<ReferenceEntry>, Option<Vec<String>>) {
        self.library.review(&self.numbers, whole, sink);
        let mut keys = vec![String::new(); self.numbers.len()];
        for (key, number) in &self.numbers {
            keys[number - 1].clone_from(key);
        }
        let rendered =
            csl::render(&self.library, &self.style, &keys, &self.requests, sink);
        let references = rendered
            .entries
            .into_iter()
            .filter_map(|entry| {
                let number = *self.numbers.get(&entry.key)?;
                Some(ReferenceEntry {
                    number: entry.number.unwrap_or_else(|| format!("[{number}]")),
                    text: entry.text,
                    anchor: Anchor(format!("ref-{number}")),
                    uses: self.uses[number - 1].clone(),
                    key: entry.key,
                })
            })
            .collect();
        (references, rendered.marks)
    }
}

/// What follows the bracket: `12` for `p. 12` and `第 12 页`, else as typed.
fn locator(text: &str) -> String {
    let text = text.trim();
    let page = text
        .strip_prefix("pp.")
        .or_else(|| text.strip_prefix("p."))
        .or_else(|| text.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')));
    page.map_or_else(|| text.to_owned(), |page| page.trim().replace('–', "-"))
}

/// The mark of works cited at one place: `[1]`, `[2-4,7]`; a work with a
/// locator has a bracket of its own, `[5]12` (GB/T 7714—2025, 9.2.1.2 and
/// 9.2.1.3).
fn mark(mut works: Vec<(usize, String)>) -> String {
    works.sort();
    works.dedup();
    let (plain, located): (Vec<_>, Vec<_>) =
        works.into_iter().partition(|(_, locator)| locator.is_empty());
    let mut out = String::new();
    let numbers: Vec<usize> = plain.into_iter().map(|(number, _)| number).collect();
    if !numbers.is_empty() {
        let runs: Vec<String> = numbers.chunk_by(|a, b| a + 1 == *b).map(run).collect();
        out = format!("[{}]", runs.join(","));
    }
    for (number, locator) in located {
        out.extend([format!("[{number}]"), locator]);
    }
    out
}

fn run(numbers: &[usize]) -> String {
    match numbers {
        [first, .., last] => format!("{first}-{last}"),
        _ => numbers.iter().map(ToString::to_string).collect(),
    }
}

/// A citation of keys that an entry of the glossary names as its sources.
pub(super) fn of_sources(sources: &[crate::diag::Spanned<String>]) -> Option<Inline> {
    let span = sources.first()?.span;
    let item = |source: &crate::diag::Spanned<String>| CiteItem {
        key: source.value.clone(),
        locator: String::new(),
        span: source.span,
        anchor: Anchor::default(),
    };
    let cite = Cite {
        items: sources.iter().map(item).collect(),
        text: String::new(),
        anchor: Anchor::default(),
    };
    Some(Inline { kind: crate::book::InlineKind::Cite(cite), span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn works(works: &[(usize, &str)]) -> String {
        mark(works.iter().map(|&(number, l)| (number, locator(l))).collect())
    }

    #[test]
    fn runs_are_joined() {
        assert_eq!(works(&[(1, "")]), "[1]");
        assert_eq!(works(&[(255, ""), (256, "")]), "[255-256]");
        assert_eq!(works(&[(4, ""), (2, ""), (3, ""), (7, "")]), "[2-4,7]");
        assert_eq!(works(&[(2, ""), (2, "")]), "[2]");
    }

    #[test]
    fn locators_stand_behind_the_bracket() {
        assert_eq!(works(&[(2, "p. 260")]), "[2]260");
        assert_eq!(works(&[(2, "pp. 326–329")]), "[2]326-329");
        assert_eq!(works(&[(2, "第 12 页")]), "[2]12");
        assert_eq!(works(&[(2, "第 3 章"), (1, "")]), "[1][2]第 3 章");
    }
}
