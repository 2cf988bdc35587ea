//! Opening the smallest book, and what `book.toml` can get wrong.

#![expect(clippy::disallowed_methods, reason = "a test may read and write the disk")]

use std::fs;
use std::path::Path;

use super::*;
use crate::diag::{Severity, emit};
use crate::edition::{Design, Format};

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The smallest book with another `book.toml`; what opening it says.
fn open(config: &str) -> (Project, Sink) {
    let dir = tempfile::tempdir().unwrap();
    copy(Path::new("tests/base"), dir.path());
    fs::write(dir.path().join(Project::CONFIG), config).unwrap();
    let mut sink = Sink::new();
    let project = Project::open(dir.path(), &mut sink).unwrap();
    (project, sink)
}

const BOOK: &str = "title = '书'\nslug = 'b'\ndate = 2026-11-24\n\
    chapters = ['chapters/01.md', 'chapters/02.md']\n";

#[test]
fn the_smallest_book_opens_without_a_word() {
    let mut sink = Sink::new();
    let project = Project::open(Path::new("tests/base"), &mut sink).unwrap();
    assert!(sink.sorted().is_empty(), "{sink:?}");
    let names: Vec<_> = project.editions.keys().map(String::as_str).collect();
    assert_eq!(names, ["epub", "large-print", "large-print-epub", "print", "screen"]);
    assert_eq!(project.config.parts[0].chapters[1].value, "book/chapters/02.md");
    assert_eq!(project.config.front.len() + project.config.back.len(), 11);
    assert!(project.inputs().contains_key("fonts/NotoSerifSC-Regular.ttf"));
}

#[test]
fn screen_and_print_share_their_pages() {
    let (project, sink) = open(BOOK);
    assert!(!sink.has_errors());
    let [screen, print, large] =
        ["screen", "print", "large-print"].map(|name| &project.editions[name]);
    assert_eq!(
        (screen.trim, screen.margins, screen.bleed),
        (print.trim, print.margins, print.bleed)
    );
    assert_eq!((screen.body_size, screen.leading), (print.body_size, print.leading));
    assert_eq!(print.format, Format::PrintPdf);
    assert_eq!((large.design, large.body_size), (Design::LargePrint, 20.0));
    assert_eq!(project.editions["large-print-epub"].format, Format::Epub);
    assert_eq!(project.editions["large-print-epub"].design, Design::LargePrint);
    assert_eq!(project.editions["epub"].page_list_of.as_deref(), Some("print"));
}

#[test]
fn an_edition_inherits_what_it_does_not_say() {
    let (project, sink) = open(&format!(
        "{BOOK}[editions.screen]\ntrim = '16开'\nfonts = {{ hei = 'LXGW WenKai' }}\n\
         [editions.village]\nextends = 'large-print'\naudience = '农村'\n\
         body_size = '小二'\nmargins = {{ inner = 30 }}\n"
    ));
    assert!(!sink.has_errors(), "{sink:?}");
    assert!((project.editions["print"].trim.width - 185.0).abs() < 1e-9);
    let village = &project.editions["village"];
    assert_eq!(village.audience.as_deref(), Some("农村"));
    assert_eq!(
        (village.body_size, village.leading, village.margins.inner),
        (18.0, 34.0, 30.0)
    );
    assert_eq!(village.fonts.hei, ["LXGW WenKai"]);
}

#[test]
fn the_identifier_follows_from_the_book() {
    let identifier = |title: &str| {
        open(&BOOK.replace("书", title)).0.config.metadata.identifier.clone()
    };
    assert!(identifier("甲").starts_with("urn:uuid:"));
    assert_eq!(identifier("甲"), identifier("甲"));
    assert_ne!(identifier("甲"), identifier("乙"));
}

#[test]
fn every_case_of_this_stage_reports_its_code() {
    let later = ["not-utf8", "uncovered-character"];
    let mut seen = 0;
    for rule in crate::diag::rule::project::list() {
        if later.contains(&rule.code) {
            continue;
        }
        let dir = tempfile::tempdir().unwrap();
        copy(Path::new("tests/base"), dir.path());
        let case = Path::new("tests/rules").join(rule.code);
        copy(&case, dir.path());
        for path in fs::read_to_string(case.join("DELETE")).unwrap_or_default().lines() {
            fs::remove_file(dir.path().join(path)).unwrap();
        }
        let mut sink = Sink::new();
        let project = Project::open(dir.path(), &mut sink);
        let sources = project.map(|project| project.sources()).unwrap_or_default();
        let shown: String = sink
            .sorted()
            .into_iter()
            .map(|found| emit::human(found, &sources, emit::Look::default()))
            .collect();
        println!("{shown}");
        assert!(shown.contains(&format!("[{}]", rule.code)), "{}: {shown}", rule.code);
        seen += sink.count(Severity::Error);
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn opening_is_quick() {
    let mut sink = Sink::new();
    let start = std::time::Instant::now();
    for _ in 0..5 {
        assert!(Project::open(Path::new("tests/base"), &mut sink).is_some());
        assert!(
            !Fonts::open(&Files::new(Path::new(".")), &mut sink)
                .family("LXGW WenKai")
                .is_empty()
        );
    }
    let once = start.elapsed() / 5;
    println!("open: {once:?}");
    assert!(once.as_millis() < 300, "{once:?}");
}

#[test]
fn characters_without_a_glyph_are_found_before_layout() {
    let (project, _) = open(BOOK);
    let id = SourceId(0);
    let text = "碳a𱁬\u{200b}𱁬é";
    let span = crate::diag::Span::new(id, 0..text.len());
    let mut sink = Sink::new();
    fonts::check([(text, span)], &project.fonts, &project.editions["screen"], &mut sink);
    let found = sink.sorted();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].span.unwrap().range(), 4..8);
    assert_eq!(found[0].hints.len(), 2);
}
