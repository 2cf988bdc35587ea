//! The whole book, bound and taken apart again.

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use super::{FontFace, Parts, bind};
use crate::book::{BlockKind, FigureContent};
use crate::diag::{Sink, SourceId};
use crate::edition::{
    Binding, Bleed, ColorPolicy, Design, Edition, FontRoles, Format, Margins, PageMap,
    PageStart, Paper, Press, TrimSize,
};
use crate::figure::{Figures, Lettering, Picture, PictureFormat};
use crate::project::Bytes;
use crate::resolve::{Resolved, Section};

const CSS: &str = include_str!("../../../templates/epub.css");
const THEME: &str = include_str!("../../../templates/theme.toml");

/// What the sample's parts are borrowed from.
struct Shelf {
    figures: Figures,
    drawings: BTreeMap<String, String>,
    lettering: Lettering<'static>,
    charts: BTreeMap<String, String>,
    formulas: BTreeMap<(String, bool), String>,
    page_map: PageMap,
    fonts: Vec<FontFace>,
}

impl Shelf {
    fn new() -> Self {
        let mut png = Vec::new();
        let mut buffer = std::io::Cursor::new(&mut png);
        image::RgbImage::new(4, 4)
            .write_to(&mut buffer, image::ImageFormat::Png)
            .unwrap();
        let picture = Picture {
            bytes: png.into(),
            format: PictureFormat::Png,
            width: 4,
            height: 4,
        };
        let pictures = BTreeMap::from([("figures/小图.png".to_owned(), picture)]);
        let chart = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\
                     <path d=\"M0 0L9 9\" stroke=\"#000000\"/></svg>";
        let math = "<math><mi>E</mi><mo>=</mo><mi>m</mi></math>";
        let sound: Arc<[u8]> = Arc::from([0xff, 0xfb, 0x90, 0x00]);
        let film: Arc<[u8]> = Arc::from(*b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom");
        let media = BTreeMap::from([
            ("media/风.mp3".to_owned(), sound),
            ("media/x.mp4".to_owned(), film),
        ]);
        let font = include_bytes!("../../../fonts/NotoSansSC-Bold.ttf");
        Self {
            figures: Figures { pictures, media },
            drawings: BTreeMap::new(),
            // Without faces, lettering stays as it is.
            lettering: Lettering::new(Box::leak(Box::default()), &FontRoles::default()),
            charts: BTreeMap::from([("figures/co2.toml".to_owned(), chart.to_owned())]),
            formulas: BTreeMap::from([
                (("x".to_owned(), false), math.to_owned()),
                (("E".to_owned(), true), math.to_owned()),
            ]),
            page_map: page_map(),
            fonts: vec![FontFace {
                family: "Noto Sans SC".to_owned(),
                weight: 700,
                bytes: Bytes::Embedded(font.as_slice()),
                index: 0,
            }],
        }
    }

    fn parts(&self) -> Parts<'_> {
        Parts {
            figures: &self.figures,
            drawings: &self.drawings,
            lettering: &self.lettering,
            charts: &self.charts,
            formulas: &self.formulas,
            page_map: Some(&self.page_map),
            cover: None,
            css: CSS,
            theme: THEME,
            fonts: &self.fonts,
            version: "0.1.0",
        }
    }
}

/// Half title, blank, title, imprint, contents; part opener, its blank back,
/// four pages of chapter 1, appendix, glossary, answers, references, index.
fn page_map() -> PageMap {
    let front = ["i", "ii", "iii", "iv", "v", "vi"];
    let body = (1..=12).map(|folio: usize| folio.to_string());
    let folios = front.iter().map(|&folio| folio.to_owned()).chain(body).collect();
    let anchors = [
        ("half-title", 0),
        ("title-page", 2),
        ("imprint", 3),
        ("contents", 4),
        ("text-1", 5),
        ("part-1", 6),
        ("ch-1", 8),
        ("use-1", 8),
        ("app-a", 12),
        ("glossary", 13),
        ("term-1", 13),
        ("answers", 14),
        ("references", 15),
        ("index", 16),
        ("colophon", 17),
    ];
    let start = |page, offset| PageStart { page, source: SourceId(1), offset };
    PageMap {
        folios,
        anchors: anchors
            .iter()
            .map(|(name, page)| ((*name).to_owned(), *page))
            .collect(),
        // Page 10 begins inside the first paragraph, 11 in the second section.
        starts: vec![
            start(8, 100),
            start(9, 100 + u32::try_from("第一页的开头，".len()).unwrap()),
            start(11, 400),
        ],
        entries: Vec::new(),
    }
}

fn edition(name: &str, design: Design) -> Edition {
    let family = |name: &str| vec![name.to_owned()];
    Edition {
        name: name.to_owned(),
        format: Format::Epub,
        design,
        audience: None,
        trim: TrimSize::new(148.0, 210.0),
        bleed: Bleed(0.0),
        margins: Margins { inner: 20.0, outer: 18.0, head: 20.0, foot: 22.0 },
        body_size: 10.5,
        leading: 17.5,
        fonts: FontRoles {
            song: family("Noto Serif SC"),
            hei: family("Noto Sans SC"),
            kai: family("LXGW WenKai"),
            latin: family("Libertinus Serif"),
            math: family("New Computer Modern Math"),
            mono: family("DejaVu Sans Mono"),
        },
        color: ColorPolicy::Rgb,
        press: Press::default(),
        binding: Binding::None,
        paper: Paper::default(),
        cover: None,
        embed_fonts: false,
        page_list_of: Some("print".to_owned()),
        rules: None,
        on_request: false,
    }
}

fn make(resolved: &Resolved, edition: &Edition) -> (Option<Vec<u8>>, Vec<&'static str>) {
    let shelf = Shelf::new();
    let mut sink = Sink::new();
    let bytes = bind(resolved, &shelf.parts(), edition, &mut sink);
    (bytes, sink.sorted().iter().map(|found| found.rule.code).collect())
}

fn files(epub: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn texts(epub: &[u8]) -> BTreeMap<String, String> {
    let text = |(name, bytes): (String, Vec<u8>)| {
        let kind = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let kept = ["xhtml", "opf", "ncx", "svg", "xml"].contains(&kind);
        kept.then(|| (name.clone(), String::from_utf8(bytes).unwrap()))
    };
    files(epub).into_iter().filter_map(text).collect()
}

fn standard() -> Vec<u8> {
    make(&sample::book(), &edition("epub", Design::Standard)).0.unwrap()
}

#[test]
fn every_part_is_as_it_was() {
    for (name, text) in texts(&standard()) {
        let name = name.replace(['/', '.'], "_");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

#[test]
fn the_same_book_makes_the_same_bytes() {
    assert_eq!(standard(), standard());
}

#[test]
fn mimetype_comes_first_and_plain() {
    let epub = standard();
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    let names: Vec<_> = files(&epub).into_iter().map(|(name, _)| name).collect();
    let mut sorted = names[2..].to_vec();
    sorted.sort();
    assert_eq!(names[2..], sorted);
}

#[test]
fn missing_parts_stop_the_edition() {
    let mut shelf = Shelf::new();
    shelf.figures.pictures.clear();
    let mut sink = Sink::new();
    let edition = edition("epub", Design::Standard);
    assert!(bind(&sample::book(), &shelf.parts(), &edition, &mut sink).is_none());
    assert!(sink.sorted().iter().any(|found| found.rule.code == "part-missing"));
}

#[test]
fn unknown_tokens_are_named() {
    let shelf = Shelf::new();
    let parts = Parts {
        css: "p { color: {{palette.rivr.screen}} }",
        ..shelf.parts()
    };
    let mut sink = Sink::new();
    let edition = edition("epub", Design::Standard);
    assert!(bind(&sample::book(), &parts, &edition, &mut sink).is_none());
    let found = sink.sorted();
    let found = found
        .iter()
        .find(|found| found.rule.code == "unknown-style-token")
        .unwrap();
    assert!(found.hints[0].contains("palette.river.screen"));
}

#[test]
fn every_print_page_is_listed_in_order() {
    let texts = texts(&standard());
    let list = &texts["EPUB/text/contents.xhtml"];
    let list = list.split_once("id=\"page-list\"").unwrap().1;
    let listed: Vec<_> = list
        .split("</a>")
        .filter_map(|line| line.rsplit_once("\">"))
        .map(|(_, folio)| folio.to_owned())
        .collect();
    assert_eq!(listed, page_map().folios);
    let chapter = &texts["EPUB/text/ch-1.xhtml"];
    assert!(chapter.contains("第一页的开头，<span epub:type=\"pagebreak\""));
}

#[test]
fn links_lead_somewhere_and_ids_are_unique() {
    let texts = texts(&standard());
    let mut ids = BTreeSet::new();
    let mut links = Vec::new();
    for (name, text) in texts.iter().filter(|(name, _)| name.contains(".xhtml")) {
        let document = roxmltree::Document::parse_with_options(
            text,
            roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
        );
        let document = document.unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(format!("{name}#{id}")), "{name}: {id} stands twice");
            }
            let href = node.attribute("href").filter(|_| node.tag_name().name() == "a");
            if let Some(href) = href.filter(|href| !href.contains(':')) {
                let file = if href.starts_with('#') { name } else { "EPUB/text/" };
                links.push(format!("{file}{href}"));
            }
        }
    }
    for link in links {
        let file = texts.contains_key(&link);
        assert!(file || ids.contains(&link), "{link} leads nowhere");
    }
}

/// The sample without its players.
fn silent() -> Resolved {
    let mut book = sample::book();
    for section in &mut book.sections {
        let (Section::Chapter(chapter) | Section::Appendix(chapter)) = section else {
            continue;
        };
        chapter.blocks.retain(|block| {
            let BlockKind::Figure(figure) = &block.kind else { return true };
            !matches!(figure.content, FigureContent::Media { .. })
        });
    }
    book
}

#[test]
fn the_standard_is_claimed_only_where_all_has_words() {
    let claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
    let parts = ["EPUB/package.opf", "EPUB/text/colophon.xhtml"];
    let edition = edition("epub", Design::Standard);
    let whole = texts(&make(&silent(), &edition).0.unwrap());
    let with_film = texts(&standard());
    for part in parts {
        assert!(whole[part].contains(claim), "{part}");
        assert!(!with_film[part].contains(claim), "{part}");
    }
}

#[test]
fn notes_pop_up_by_every_convention() {
    let chapter = &texts(&standard())["EPUB/text/ch-1.xhtml"];
    let document = roxmltree::Document::parse_with_options(
        chapter,
        roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
    );
    let document = document.unwrap();
    let has = |node: &roxmltree::Node<'_, '_>, class: &str| {
        let classes = node.attribute("class").unwrap_or_default();
        classes.split(' ').any(|one| one == class)
    };
    let marks: Vec<_> = document
        .descendants()
        .filter(|node| has(node, "duokan-footnote"))
        .collect();
    assert!(marks.len() > 2);
    for mark in marks {
        assert_eq!(mark.attribute("role"), Some("doc-noteref"));
        let picture = mark.first_element_child().unwrap();
        assert!(has(&picture, "qqreader-footnote"));
        assert!(picture.attribute("alt").unwrap().contains("这里的碳"));
        let target = mark.attribute("href").unwrap().trim_start_matches('#');
        let note = document
            .descendants()
            .find(|node| node.attribute("id") == Some(target))
            .unwrap();
        assert_eq!(note.attribute("role"), Some("doc-footnote"));
        assert!(note.descendants().any(|node| has(&node, "duokan-footnote-item")));
    }
}

#[test]
fn embedded_fonts_keep_their_characters() {
    let edition = Edition {
        embed_fonts: true,
        ..edition("large-print-epub", Design::LargePrint)
    };
    let epub = make(&sample::book(), &edition).0.unwrap();
    let files = files(&epub);
    let (_, font) = files
        .iter()
        .find(|(name, _)| name == "EPUB/fonts/book-hei-700.ttf")
        .unwrap();
    let face = ttf_parser::Face::parse(font, 0).unwrap();
    let glyph = face.glyph_index('碳').unwrap();
    assert!(face.glyph_bounding_box(glyph).is_some());
    assert!(font.len() < 400_000);
    let names: Vec<_> =
        face.names().into_iter().filter_map(|name| name.to_string()).collect();
    assert!(names.iter().all(|name| !name.starts_with("Noto")), "{names:?}");
    assert!(names.iter().any(|name| name.contains("SIL Open Font License")));
    let part = |part: &str| {
        let (_, bytes) = files.iter().find(|(name, _)| name == part).unwrap();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let css = part("EPUB/style/book.css");
    assert!(css.contains("@font-face { font-family: \"book-hei\""));
    assert!(css.contains("font-family: \"book-hei\", \"Noto Sans SC\", sans-serif"));
    let licences = part("META-INF/font-licences.txt");
    assert!(licences.contains("with Reserved Font Name 'Source'"));
    assert!(licences.contains("PERMISSION & CONDITIONS"));
    save("large", &epub);
    save("standard", &standard());
}

/// Leaves the EPUB where the validators find it: `KEPU_KEEP` names a folder.
fn save(name: &str, epub: &[u8]) {
    if let Some(folder) = option_env!("KEPU_KEEP") {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test may write for the validators"
        )]
        std::fs::write(format!("{folder}/{name}.epub"), epub).unwrap();
    }
}
