//! Pages that are measured: what a clean page comes to, and where a fault is
//! said to be.

use crate::diag::{Severity, Sink};
use crate::edition::{Edition, Measured, PageMap};
use crate::figure::Figures;
use crate::typeset::tests::project;
use crate::typeset::{Layout, layout, mark_up};

/// A chapter of this text, laid out as an edition and measured.
fn measured(
    chapter: &str,
    change: impl FnOnce(&mut Edition),
    standard: Option<&PageMap>,
) -> (Measured, Sink, Layout) {
    let (_dir, project, _) = project(chapter);
    let mut sink = Sink::new();
    let book = crate::manuscript::read(&project, &mut sink);
    let book = crate::resolve::resolve(book, &mut sink);
    let mut edition = project.editions["large-print"].clone();
    change(&mut edition);
    let figures = Figures::default();
    let copy = mark_up(&book, &project, &edition, standard, &mut sink);
    let pages = layout(&book, &project, &figures, copy, &mut sink).unwrap();
    let mut found = Sink::new();
    let measured = pages.measure(&edition, standard, &mut found);
    (measured, found, pages)
}

fn codes(sink: &Sink) -> Vec<&'static str> {
    sink.sorted().iter().map(|found| found.rule.code).collect()
}

const TEXT: &str = "# 标题\n\n";

fn paragraph() -> String {
    format!("{TEXT}{}CO~2~ 也在其中。\n", "气候变化是全人类面临的共同挑战，".repeat(40))
}

#[test]
fn large_print_is_measured_as_it_is() {
    let (measured, sink, _) = measured(&paragraph(), |_| {}, None);
    assert_eq!(codes(&sink), [""; 0], "{:?}", sink.sorted());
    assert!((measured.smallest_type - 18.0).abs() < 0.01, "{measured:?}");
    let body = &measured.types["body"];
    assert!((body.smallest - 20.0).abs() < 0.01 && body.glyphs > 600, "{measured:?}");
    assert_eq!(measured.types["index"].glyphs, 1, "{measured:?}");
    assert_eq!(measured.index_samples, ["CO[2]"]);
    assert_eq!(measured.leading, Some(1.7));
    assert!(measured.line_characters > 20.0 && measured.line_characters <= 22.0);
    // White on the cover's ground.
    assert!(measured.contrast > 7.0 && measured.contrast < 12.0, "{measured:?}");
    assert!(measured.inner_margin >= 25.0, "{measured:?}");
    assert!(!measured.claimed && measured.breaches == 0);
}

#[test]
fn a_breach_is_an_error_only_where_the_rules_are_claimed() {
    let smaller = |claimed: bool| {
        move |edition: &mut Edition| {
            edition.body_size = 16.0;
            edition.rules.as_mut().unwrap().claimed = claimed;
        }
    };
    let (_, advised, _) = measured(&paragraph(), smaller(false), None);
    assert!(codes(&advised).contains(&"small-body"), "{:?}", codes(&advised));
    assert_eq!(advised.count(Severity::Error), 0);
    let (measured, claimed, _) = measured(&paragraph(), smaller(true), None);
    assert!(claimed.count(Severity::Error) > 0 && measured.breaches > 0);
    let found = claimed.sorted();
    let body = found.iter().find(|found| found.rule.code == "small-body").unwrap();
    assert!(body.message.contains("16 磅") && body.message.contains("18 磅"));
    assert!(body.span.is_some());
}

#[test]
fn the_marks_of_the_standard_pages_are_complete_or_missed() {
    let chapter = format!("{TEXT}{}\n", "气候变化是全人类面临的共同挑战，".repeat(200));
    let (_, _, standard) = measured(
        &chapter,
        |edition| {
            edition.design = crate::edition::Design::Standard;
            edition.rules = None;
        },
        None,
    );
    let mut map = standard.page_map();
    assert!(map.starts.len() > 2, "{:?}", map.starts);
    let (measured_once, sink, _) = measured(&chapter, |_| {}, Some(&map));
    assert_eq!(codes(&sink), [""; 0], "{:?}", sink.sorted());
    // Generated pieces are marked where they open, besides.
    assert!(measured_once.page_marks >= map.starts.len(), "{measured_once:?}");
    // A page that begins beyond the text of this edition is not marked.
    let mut beyond = map.starts[map.starts.len() - 1].clone();
    beyond.offset = u32::MAX;
    beyond.page = map.folios.len();
    map.folios.push("999".to_owned());
    map.starts.push(beyond);
    let (_, sink, _) = measured(&chapter, |_| {}, Some(&map));
    assert_eq!(codes(&sink), ["missing-page-mark"]);
    assert!(sink.sorted()[0].message.contains("999"));
}
