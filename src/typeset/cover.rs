//! The printed cover: back, spine and front of one sheet, and the bar code.

use std::collections::BTreeMap;

use barcoders::sym::ean13::EAN13;

use super::escape::{array, string};
use super::layout::{Forme, Layout};
use super::sheet::Sheet;
use super::world::Desk;
use super::{faces, markup, with_templates};
use crate::book::{Metadata, PublicationKind};
use crate::diag::rule::typeset as rule;
use crate::diag::{Diagnostic, Sink};
use crate::edition::{Edition, Spine};
use crate::project::Project;
use crate::resolve::Resolved;

/// Lays out the cover of a block with this spine: one page, as large as the
/// sheet. `edition` must be a cover.
pub fn cover(
    book: &Resolved,
    project: &Project,
    edition: &Edition,
    spine: &Spine,
    sink: &mut Sink,
) -> Option<Layout> {
    let mut sheet = Sheet::default();
    sheet.push(&source(&book.metadata, edition, spine));
    let sheets = BTreeMap::from([(markup::MAIN.to_owned(), sheet)]);
    let files = with_templates(book, project, edition, &sheets);
    let desk = Desk::new(&files, faces(project), book.metadata.date)?;
    let sources = project.sources();
    let forme = Forme { desk, sheets, sources, edition: edition.clone() };
    let layout = Layout::of_sheet(forme, sink)?;
    check_room(&layout, &book.metadata, project, sink);
    Some(layout)
}

/// Reports words for which the sheet has no room; the templates mark them.
fn check_room(layout: &Layout, metadata: &Metadata, project: &Project, sink: &mut Sink) {
    let words = &metadata.cover;
    for anchor in layout.page_map().anchors.keys() {
        let Some(place) = anchor.strip_prefix("kepu-overfull-") else { continue };
        let (name, first) = match place {
            "front-flap" => ("前勒口", words.front_flap.first()),
            "back-flap" => ("后勒口", words.back_flap.first()),
            _ => {
                let blurb = [&words.blurb, &metadata.description];
                let mut said = words.points.iter().chain(blurb);
                ("封底", said.find(|text| !text.is_empty()))
            }
        };
        let mut printed = project.config.printed.iter();
        let written =
            printed.find(|text| Some(text.value.trim()) == first.map(|f| f.trim()));
        let message = format!("{name}的字排不下");
        let mut found = Diagnostic::global(&rule::OVERFULL_COVER, message);
        found.span = written.map(|text| text.span);
        sink.report(found.hint("删短这些字；勒口也可以加宽"));
    }
}

/// The one call that the sheet is.
fn source(metadata: &Metadata, edition: &Edition, spine: &Spine) -> String {
    let words = &metadata.cover;
    let blurb = if words.blurb.is_empty() { &metadata.description } else { &words.blurb };
    let is_sold = metadata.kind == PublicationKind::Book;
    let price = if is_sold { metadata.price.as_str() } else { "" };
    let code = if is_sold { barcode(&metadata.isbn) } else { None };
    let list = |lines: &[String]| array(lines.iter().map(|line| string(line)));
    let flaps = edition.cover.as_ref().map_or(0.0, |cover| cover.flaps);
    format!(
        "#import \"/templates/book.typ\": *\n\
         #import \"/templates/cover-sheet.typ\": cover-sheet\n\
         #show: book\n\
         #cover-sheet(spine: {}, lettered: {}, flaps: {flaps}, blurb: {}, points: {}, \
         shelf: {}, price: {}, barcode: {}, front-flap: {}, back-flap: {})\n",
        spine.width,
        spine.is_lettered(),
        string(blurb),
        list(&words.points),
        string(&words.shelf),
        string(price),
        code.unwrap_or_else(|| "none".to_owned()),
        list(&words.front_flap),
        list(&words.back_flap),
    )
}

/// The bar code of an ISBN as the templates take it; `None` without an ISBN.
fn barcode(isbn: &str) -> Option<String> {
    let digits: String = isbn.chars().filter(char::is_ascii_digit).collect();
    let bars = EAN13::new(&digits).ok()?.encode();
    let bars: String = bars.iter().map(|bar| if *bar == 1 { '1' } else { '0' }).collect();
    let (bars, digits, isbn) = (string(&bars), string(&digits), string(&spaced(isbn)));
    Some(format!("(bars: {bars}, digits: {digits}, isbn: {isbn})"))
}

/// An ISBN with its hyphens (GB/T 5795). Those of China are found when they
/// were not written: after 978-7 comes the publisher, two to seven digits long.
fn spaced(isbn: &str) -> String {
    let is_plain = isbn.len() == 13 && isbn.chars().all(|c| c.is_ascii_digit());
    let Some(rest) = isbn.strip_prefix("9787").filter(|_| is_plain) else {
        return isbn.replace(' ', "-");
    };
    let publisher = match rest.get(..2).and_then(|head| head.parse::<u8>().ok()) {
        Some(0..=9) => 2,
        Some(10..=49) => 3,
        Some(50..=79) => 4,
        Some(80..=89) => 5,
        Some(90..=98) => 6,
        _ => 7,
    };
    let (publisher, rest) = rest.split_at(publisher);
    let (title, check) = rest.split_at(rest.len() - 1);
    format!("978-7-{publisher}-{title}-{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_stand_where_the_agency_puts_them() {
        assert_eq!(spaced("9787115546081"), "978-7-115-54608-1");
        assert_eq!(spaced("9787020002207"), "978-7-02-000220-7");
        assert_eq!(spaced("9787568912341"), "978-7-5689-1234-1");
        assert_eq!(spaced("978 7 115 54608 1"), "978-7-115-54608-1");
        assert_eq!(spaced("9783161484100"), "9783161484100");
    }

    #[test]
    fn only_what_has_an_isbn_has_a_bar_code() {
        assert_eq!(barcode(""), None);
        let code = barcode("978-7-115-54608-1").unwrap();
        assert!(code.contains("digits: \"9787115546081\""), "{code}");
        let bars = code.split('"').nth(1).unwrap();
        assert_eq!(bars.len(), 95);
        assert!(bars.starts_with("101") && bars.ends_with("101"));
    }
}
