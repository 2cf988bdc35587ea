//! The EPUB's page breaks against the pages of the print PDF.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;

use super::harness::{REAL_BOOK, letters, page_texts, real_book};

/// How many letters of a page's beginning are looked up: enough to be unique.
const BEGINNING: usize = 14;

/// What print does not have at the same place: pictures' descriptions, notes,
/// formulas.
const NOT_IN_THE_TEXT: &[&str] = &["details", "math", "svg", "aside", "head"];

/// The letters of an EPUB text, and how many of them stand before each break.
#[derive(Default)]
struct Text {
    letters: String,
    breaks: BTreeMap<String, usize>,
}

/// Wherever a print page begins with words of the running text, the EPUB has
/// the break of that page before the same words.
#[test]
fn each_print_page_begins_where_the_epub_says() {
    let print = page_texts(&real_book("-print.pdf"), &[]);
    let folios = folios();
    assert_eq!(print.len(), folios.len());
    let texts = texts();
    let heads = running_heads();
    let (mut pages, mut found) = (0, 0);
    let mut wrong = Vec::new();
    for (page, folio) in print.iter().zip(&folios) {
        let Some(text) = texts.iter().find(|text| text.breaks.contains_key(folio)) else {
            continue;
        };
        pages += 1;
        let page = letters(page);
        let marked = text.breaks[folio];
        let head = heads.iter().find(|head| page.starts_with(head.as_str()));
        // On the page that opens a chapter the title is no running head.
        let head = head.filter(|_| marked > 0);
        let page = &page[head.map_or(0, String::len)..];
        let beginning: String = page.chars().take(BEGINNING).collect();
        // Figures float: the page is known by the text below them.
        if beginning.starts_with('图') && beginning.contains('-') {
            continue;
        }
        let places: Vec<_> = text.letters.match_indices(&beginning).collect();
        // Other pages begin with a picture's own words, a table's second half …
        let [(place, _)] = places[..] else { continue };
        found += 1;
        let after: String = text.letters[marked..].chars().take(BEGINNING).collect();
        if (place, &beginning) != (marked, &after) {
            wrong
                .push(format!("page {folio}: {beginning} in print, {after} in the EPUB"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(pages > 100 && found * 5 > pages * 2, "{found} of {pages} pages compared");
}

/// What stands on each page of the print edition as its number.
fn folios() -> Vec<String> {
    let report = fs::read(REAL_BOOK.join("build.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let folios = &report["outputs"]["tan-zhi-duoshao-print.pdf"]["folios"];
    let folios = folios.as_array().unwrap().iter();
    folios.map(|folio| folio.as_str().unwrap().to_owned()).collect()
}

/// The running text: chapters, appendices and what has no number.
fn texts() -> Vec<Text> {
    let names = ["text/ch-", "text/app-", "text/text-"];
    let parts = epub_parts(|name| names.iter().any(|part| name.contains(part)));
    parts.iter().map(|xhtml| read(xhtml)).collect()
}

/// The words at the head of a page: a chapter's number and title, a part's
/// title, whichever is longer first.
fn running_heads() -> Vec<String> {
    let ncx = epub_parts(|name| name.ends_with("toc.ncx")).remove(0);
    let titles = ncx.split("<text>").skip(1);
    let titles = titles.map(|part| part.split("</text>").next().unwrap());
    let mut heads: Vec<String> = titles
        .flat_map(|title| [title, title.split_once(' ').map_or(title, |(_, rest)| rest)])
        .map(letters)
        .filter(|head| !head.is_empty())
        .collect();
    heads.sort_by_key(|head| std::cmp::Reverse(head.len()));
    heads
}

fn read(xhtml: &str) -> Text {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xhtml, options).unwrap();
    let mut text = Text::default();
    collect(document.root(), &mut text);
    text
}

fn collect(node: roxmltree::Node<'_, '_>, text: &mut Text) {
    if node.is_text() {
        text.letters.push_str(&letters(node.text().unwrap_or_default()));
    } else if NOT_IN_THE_TEXT.contains(&node.tag_name().name()) {
        return;
    } else if node.attribute("role") == Some("doc-pagebreak") {
        let folio = node.attribute("aria-label").unwrap().to_owned();
        text.breaks.insert(folio, text.letters.len());
    }
    node.children().for_each(|child| collect(child, text));
}

/// The parts of the EPUB with such names, as text.
fn epub_parts(wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let file = fs::File::open(real_book(".epub")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let names: Vec<_> =
        archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let names = names.into_iter().filter(|name| wanted(name));
    names
        .map(|name| {
            let mut text = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            text
        })
        .collect()
}
