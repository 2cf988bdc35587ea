//! The real book, edition against edition.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;

use super::harness::{REAL_BOOK, TestProject, letters, page_texts, real_book, tool};

#[test]
fn screen_and_print_have_the_same_words_on_each_page() {
    // In drawing order: tags would let the reader reorder the screen edition.
    let screen = page_texts(&real_book("-screen.pdf"), &["-raw"]);
    let print = page_texts(&real_book("-print.pdf"), &["-raw"]);
    assert_eq!(screen.len(), print.len());
    // Its cover is a sheet of its own: the block begins with the half title, and
    // nothing stands behind that.
    assert_eq!(letters(&screen[1]), letters(&print[0]));
    assert_eq!(letters(&print[1]), "");
    for (number, (screen, print)) in screen.iter().zip(&print).enumerate().skip(2) {
        assert_eq!(letters(screen), letters(print), "page {}", number + 1);
    }
}

#[test]
fn every_font_is_embedded_and_subset() {
    for name in ["-screen.pdf", "-print.pdf", "-large-print.pdf"] {
        let table = tool("pdffonts", &[], &real_book(name));
        let rows: Vec<_> = table.lines().skip(2).collect();
        assert!(!rows.is_empty(), "{name}");
        for row in rows {
            // … emb sub uni object ID
            let cells: Vec<_> = row.split_whitespace().rev().take(5).collect();
            assert_eq!(cells[4..].first(), Some(&"yes"), "{name}: {row}");
        }
    }
}

#[test]
fn the_chapters_text_comes_back_in_order() {
    let pages = page_texts(&real_book("-screen.pdf"), &[]);
    let text = letters(&pages.join(""));
    let mut at = 0;
    for (number, title) in titles() {
        let heading = letters(&title);
        let found = text[at..].find(&heading);
        at += found
            .unwrap_or_else(|| panic!("{number} {title} is missing or out of order"));
    }
}

#[test]
fn no_page_shows_a_missing_glyph() {
    for name in ["-screen.pdf", "-print.pdf", "-large-print.pdf"] {
        for (number, text) in page_texts(&real_book(name), &[]).iter().enumerate() {
            let bad = text
                .chars()
                .find(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
            assert_eq!(bad, None, "{name}, page {}", number + 1);
        }
    }
}

#[test]
fn the_print_pages_have_their_boxes() {
    let info = tool("pdfinfo", &["-box", "-l", "-1"], &real_book("-print.pdf"));
    for line in info.lines().filter(|line| line.contains("Box:")) {
        let numbers: Vec<f64> =
            line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [left, _, right, top] = numbers[numbers.len() - 4..] else {
            panic!("{line}")
        };
        let bleed = 3.0 * 72.0 / 25.4;
        if line.contains("TrimBox") {
            assert!((left - bleed).abs() < 0.01, "{line}");
            assert!((right - left - 148.0 * 72.0 / 25.4).abs() < 0.02, "{line}");
        } else if line.contains("BleedBox") || line.contains("MediaBox") {
            assert!(left.abs() < 0.01, "{line}");
            assert!((top - (210.0 * 72.0 / 25.4 + 2.0 * bleed)).abs() < 0.02, "{line}");
        }
    }
    assert!(info.contains("BleedBox"), "{info}");
}

#[test]
fn the_epubs_page_list_names_every_print_page() {
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(REAL_BOOK.join("build.json")).unwrap()).unwrap();
    let folios: Vec<_> = report["outputs"]["tan-zhi-duoshao-print.pdf"]["folios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|folio| folio.as_str().unwrap().to_owned())
        .collect();
    let nav = epub_part("contents.xhtml");
    let list = nav
        .split("doc-pagelist")
        .nth(1)
        .or(nav.split("page-list").nth(1))
        .unwrap();
    let list = list.split("</nav>").next().unwrap();
    let listed: Vec<_> = list
        .split("<a ")
        .skip(1)
        .map(|link| link.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(listed, folios);
    let unique: BTreeSet<_> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "a folio stands twice");
}

#[test]
fn the_large_print_keeps_the_rules_it_claims() {
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(REAL_BOOK.join("build.json")).unwrap()).unwrap();
    let measured = &report["outputs"]["tan-zhi-duoshao-large-print.pdf"]["measured"];
    assert_eq!(measured["claimed"], true, "{measured}");
    assert_eq!(measured["breaches"], 0, "{measured}");
    let smallest = measured["smallest_type"].as_f64().unwrap();
    assert!(smallest >= 18.0, "{measured}");
    assert!(measured["contrast"].as_f64().unwrap() >= 7.0, "{measured}");
    // And as another program reads the file: sizes in whole points.
    let large = real_book("-large-print.pdf");
    let xml = tool("pdftohtml", &["-xml", "-i", "-zoom", "1", "-stdout"], &large);
    let sizes = xml.split("<fontspec ").skip(1).map(|font| {
        let size = font.split("size=\"").nth(1).unwrap();
        size.split('"').next().unwrap().parse::<f64>().unwrap()
    });
    let sizes: Vec<_> = sizes.filter(|size| *size > 0.0).collect();
    assert!(sizes.len() > 5, "{sizes:?}");
    let least = sizes.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(least >= 18.0, "{least}");
}

/// The pages of the print edition are marked in the margin of the large print:
/// all but the few that are blank or hold nothing but titles.
#[test]
fn the_large_print_marks_the_print_pages() {
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(REAL_BOOK.join("build.json")).unwrap()).unwrap();
    let outputs = &report["outputs"];
    let marks = outputs["tan-zhi-duoshao-large-print.pdf"]["measured"]["page_marks"]
        .as_u64()
        .unwrap();
    let pages = outputs["tan-zhi-duoshao-print.pdf"]["pages"].as_u64().unwrap();
    assert!(marks + 9 >= pages, "{marks} marks for {pages} pages");
}

/// Nothing that is drawn in a chart is cut off at its edge, however large its
/// letters are.
#[test]
fn charts_stay_inside_their_edges() {
    for name in [".epub", "-large-print.epub"] {
        let file = fs::File::open(real_book(name)).unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        let names: Vec<_> =
            archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let charts: Vec<_> =
            names.iter().filter(|name| name.contains("/charts/")).collect();
        assert!(charts.len() > 30, "{names:?}");
        for chart in charts {
            let mut svg = String::new();
            archive.by_name(chart).unwrap().read_to_string(&mut svg).unwrap();
            let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
            let (drawn, size) = (tree.root().abs_stroke_bounding_box(), tree.size());
            let inside = drawn.left() > -0.5
                && drawn.top() > -0.5
                && drawn.right() < size.width() + 0.5
                && drawn.bottom() < size.height() + 0.5;
            assert!(inside, "{name} {chart}: {drawn:?} in {size:?}");
        }
    }
}

#[test]
fn every_number_has_its_source() {
    let run = TestProject::real().run("check --claims --deny-warnings").must_exit(0);
    let claims = run.stdout.lines().count();
    assert!(claims > 800, "only {claims} claims");
    assert!(!run.stdout.contains("\t没有出处\t"));
}

/// The titles of the real book's chapters, from its own navigation.
fn titles() -> Vec<(usize, String)> {
    let ncx = epub_part("toc.ncx");
    ncx.split("<text>")
        .skip(1)
        .map(|part| part.split("</text>").next().unwrap().to_owned())
        .filter(|title| title.starts_with('第') && title.contains('章'))
        .enumerate()
        .collect()
}

/// A part of the EPUB whose name ends so.
fn epub_part(name: &str) -> String {
    let file = fs::File::open(real_book(".epub")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let names: Vec<_> =
        archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = names.iter().find(|part| part.ends_with(name)).unwrap();
    let mut text = String::new();
    archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
    text
}
