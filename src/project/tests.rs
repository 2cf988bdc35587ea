//! Opening the smallest book, and what `book.toml` can get wrong.

#![expect(clippy::disallowed_methods, reason = "a test may read and write the disk")]

use std::fs;
use std::path::Path;

use super::*;
use crate::diag::emit;
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
    assert_eq!(
        names,
        ["epub", "large-print", "large-print-epub", "print", "print-cover", "screen"]
    );
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
fn this_book_opens() {
    let mut sink = Sink::new();
    let project = Project::open(Path::new("."), &mut sink).unwrap();
    let look = emit::Look::default();
    let sources = project.sources();
    let said: String = sink
        .sorted()
        .into_iter()
        .map(|found| emit::human(found, &sources, look))
        .collect();
    assert!(said.is_empty(), "{said}");
    let same = |face: &Face| matches!(face.bytes, Bytes::Embedded(_));
    assert!(project.fonts.faces().all(same), "the bundled fonts are not kept twice");
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
    assert_eq!(found[0].hints.len(), 1);
}

/// Cuts and spoils a full `book.toml` at every character: something is said or
/// it is still sound, and nothing panics.
#[test]
fn a_damaged_config_never_panics() {
    let dir = tempfile::tempdir().unwrap();
    copy(Path::new("tests/base"), dir.path());
    let text = fs::read_to_string("src/project/starter/book/book.toml").unwrap();
    let text = text
        .replace("# [", "[")
        .replace("# trim", "trim")
        .replace("# front", "front");
    let read = |text: &str| {
        fs::write(dir.path().join(Project::CONFIG), text).unwrap();
        let mut sink = Sink::new();
        let files = Files::new(dir.path());
        assert!(config::read(&files, "x", &mut sink).is_some());
        let sources = files.sources();
        for found in sink.sorted() {
            assert!(!emit::human(found, &sources, emit::Look::default()).is_empty());
        }
    };
    for (at, c) in text.char_indices().step_by(3) {
        read(&text[..at]);
        for other in ["", "\"", "[", "{", "\u{0}", "。", "\r"] {
            read(&format!("{}{other}{}", &text[..at], &text[at + c.len_utf8()..]));
        }
    }
}
