//! Which page of a typeset edition holds what: a plain value that the
//! typesetter hands to the EPUB, to large print and to the cover.

use std::collections::BTreeMap;

/// The pages of a typeset edition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageMap {
    /// The folio of each physical page, as printed or as it would be printed
    /// (`i`, `ii`, … in the front matter, then `1`, `2`, …); in order.
    pub folios: Vec<String>,
    /// The physical page (from 0) on which each anchor stands.
    pub anchors: BTreeMap<String, usize>,
    /// Where pages begin inside the running text, in order.
    pub starts: Vec<PageStart>,
    /// Where pages begin inside generated pieces, in order.
    pub entries: Vec<EntryStart>,
}

/// The place in the manuscript at which a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// Physical page, from 0.
    pub page: usize,
    /// The source file of the first glyph of running text on the page.
    pub source: crate::diag::SourceId,
    /// Its byte offset there.
    pub offset: u32,
}

/// The place in a generated piece (contents, glossary, answers, references,
/// index) at which a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryStart {
    /// Physical page, from 0.
    pub page: usize,
    /// The entry: its anchor, or what [`contents_entry`] and its like make of
    /// it.
    pub entry: String,
    /// How many of the entry's letters ([`letters`]) stand on earlier pages.
    pub letters: usize,
}

/// The name in the page map of a line of the contents.
pub fn contents_entry(anchor: &str) -> String {
    format!("contents:{anchor}")
}

/// The name in the page map of a line of the list of figures or tables.
pub fn list_entry(anchor: &str) -> String {
    format!("list:{anchor}")
}

/// The name in the page map of an entry of the index.
pub fn index_entry(term: &str) -> String {
    format!("index:{term}")
}

/// How many letters and digits there are in `text`: what all renderings of it
/// have in common, whatever they do to marks and spaces.
pub fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

impl PageMap {
    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.folios.len()
    }

    /// The folio of the page on which an anchor stands.
    pub fn folio(&self, anchor: &str) -> Option<&str> {
        let page = *self.anchors.get(anchor)?;
        self.folios.get(page).map(String::as_str)
    }
}
