//! The printed cover: its sheet, its spine, its bar code.

use std::path::PathBuf;
use std::process::Command;

use super::harness::{Run, TestProject, letters, page_texts};

const HEAD: &str = "title = \"最小的书\"\nslug = \"smallest-book\"\nauthors = [\"佚名\"]\n\
                    date = 2026-11-24\nrights = \"本书依 CC BY 4.0 许可协议发布。\"\n";
const CHAPTERS: &str = "chapters = [\"chapters/01.md\", \"chapters/02.md\"]\n";
const FILE: &str = "output/smallest-book-print-cover.pdf";

/// The base book with more in its `book.toml`: keys, and tables.
fn book(keys: &str, tables: &str) -> TestProject {
    let config = format!("{HEAD}{keys}{CHAPTERS}{tables}");
    TestProject::base().write("book/book.toml", config)
}

/// Builds the cover and nothing else.
fn built(project: &TestProject) -> PathBuf {
    project.run("build print-cover --deny-warnings").must_exit(0);
    project.path().join(FILE)
}

/// What `build.json` says of the cover.
fn reported(project: &TestProject) -> serde_json::Value {
    let report = project.read("output/build.json");
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    report["outputs"]["smallest-book-print-cover.pdf"].clone()
}

/// A page box in mm: left, bottom, right, top.
fn page_box(project: &TestProject, name: &str) -> [f64; 4] {
    let pdf = lopdf::Document::load_mem(&project.read(FILE)).unwrap();
    let page = pdf.page_iter().next().unwrap();
    let sides = pdf.get_dictionary(page).unwrap().get(name.as_bytes()).unwrap();
    let sides: Vec<f64> = sides
        .as_array()
        .unwrap()
        .iter()
        .map(|side| f64::from(side.as_float().unwrap()) * 25.4 / 72.0)
        .collect();
    sides.try_into().unwrap()
}

fn assert_near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 0.01, "{found} is not {wanted}");
}

#[test]
fn one_sheet_holds_flaps_panels_and_spine() {
    let project = book("", "[editions.print-cover]\nflaps = 80\nspine = 12.4\n");
    built(&project);
    assert!(!project.path().join("output/smallest-book-print.pdf").exists());
    let [left, bottom, right, top] = page_box(&project, "TrimBox");
    assert_near(right - left, 2.0 * 80.0 + 2.0 * 148.0 + 12.4);
    assert_near(top - bottom, 210.0);
    let [bleed_left, ..] = page_box(&project, "BleedBox");
    assert_near(left - bleed_left, 3.0);
    let report = reported(&project);
    assert_eq!(report["trim"], serde_json::json!([468.4, 210.0]));
    assert_eq!(report["spine"]["width"], serde_json::json!(12.4));
}

#[test]
fn the_spine_follows_the_pages_of_the_block() {
    let tables = "[editions.print]\npaper = \"80克双胶纸\"\ncondition = \"FOGRA39\"\n";
    let project = book("", tables);
    built(&project);
    let width =
        |project: &TestProject| reported(project)["spine"]["width"].as_f64().unwrap();
    let thin = width(&project);
    let again = project.run("build print-cover").must_exit(0);
    assert!(again.stderr.contains("没有变化"), "{}", again.stderr);
    let longer = "很长的一段话，一句接一句，说的还是同一件事。".repeat(2000);
    let chapter = String::from_utf8(project.read("book/chapters/02.md")).unwrap();
    let project = project.write("book/chapters/02.md", format!("{chapter}\n{longer}\n"));
    built(&project);
    let thick = width(&project);
    project.run("build print").must_exit(0);
    let report: serde_json::Value =
        serde_json::from_slice(&project.read("output/build.json")).unwrap();
    let pages = report["outputs"]["smallest-book-print.pdf"]["pages"]
        .as_f64()
        .unwrap();
    let wanted = (pages / 2.0).ceil() * 0.1 + 2.0 * 0.2125 + 0.3;
    assert!((thick - wanted).abs() <= 0.051, "{pages} pages: {thick}, not {wanted}");
    assert!(thick > thin + 1.0, "{thin}, {thick}");
}

#[test]
fn a_title_stands_on_a_spine_that_is_wide_enough() {
    for (spine, titles) in [(4.9, 1), (5.0, 2), (30.0, 2)] {
        let tables = format!("[editions.print-cover]\nspine = {spine}\n");
        let project = book("", &tables);
        let run = project.run("build print-cover").must_exit(0);
        assert_eq!(run.stderr.contains("不印书名"), titles == 1, "{}", run.stderr);
        let text = letters(&page_texts(&project.path().join(FILE), &["-raw"]).concat());
        assert_eq!(text.matches("最小的书").count(), titles, "{spine}: {text}");
    }
}

#[test]
fn a_stitched_booklet_has_no_spine() {
    let project = book("", "[editions.print]\nbinding = \"骑马订\"\n");
    built(&project);
    let [left, _, right, _] = page_box(&project, "TrimBox");
    assert_near(right - left, 2.0 * 148.0);
}

#[test]
fn the_bar_code_reads_as_the_isbn() {
    let keys = "isbn = \"978-7-115-54608-1\"\nprice = \"39.80元\"\n";
    let project = book(keys, "[editions.print-cover]\nspine = 10\n");
    let pdf = built(&project);
    let text = letters(&page_texts(&pdf, &["-raw"]).concat());
    assert!(text.contains("ISBN978-7-115-54608-1"), "{text}");
    assert!(text.contains("定价：39.80元"), "{text}");
    let codes = read_bar_codes(&project);
    let (digits, left, right, line) =
        codes.into_iter().next().expect("no bar code is read");
    assert_eq!(digits, "9787115546081");
    // GB/T 12906: magnification 0.80 at least, 15 mm from the edges.
    assert_near_px(right - left, 95.0 * 0.264);
    assert!(left > 3.0 + 74.0, "the left half of the back: {left}");
    let edge = 3.0 + 148.0 - 15.0;
    assert!(right + 7.0 * 0.264 <= edge + 0.1, "{right} beyond {edge}");
    assert!(line < 216.0 - 3.0 - 15.0, "{line} too low");
}

#[test]
fn the_bars_are_black_ink_alone() {
    let keys = "isbn = \"978-7-115-54608-1\"\n";
    let project = book(keys, "[editions.print-cover]\nspine = 10\n");
    built(&project);
    let pdf = lopdf::Document::load_mem(&project.read(FILE)).unwrap();
    let page = pdf.page_iter().next().unwrap();
    let content = pdf.get_and_decode_page_content(page).unwrap();
    let is_black = |operands: &[lopdf::Object]| {
        let inks = operands.iter().map(|ink| ink.as_float().unwrap_or(-1.0));
        inks.eq([0.0, 0.0, 0.0, 1.0])
    };
    let (mut black, mut saved, mut blacks) = (false, Vec::new(), 0);
    for op in &content.operations {
        match op.operator.as_str() {
            "q" => saved.push(black),
            "Q" => black = saved.pop().unwrap_or_default(),
            "k" => black = is_black(&op.operands),
            "g" | "rg" | "sc" | "scn" | "cs" => black = false,
            "f" | "f*" if black => blacks += 1,
            _ => {}
        }
    }
    assert!(blacks >= 30, "{blacks} of thirty bars are black ink alone");
}

#[test]
fn no_isbn_no_bar_code() {
    let project = book("", "[editions.print-cover]\nspine = 10\n");
    let pdf = built(&project);
    assert!(!page_texts(&pdf, &["-raw"]).concat().contains("ISBN"));
    assert!(read_bar_codes(&project).is_empty());
}

#[test]
fn an_internal_publication_says_so() {
    let keys = "kind = \"internal\"\npermit = \"渝内字（2026）第012号\"\n";
    let project = book(keys, "");
    let pdf = built(&project);
    let text = letters(&page_texts(&pdf, &["-raw"]).concat());
    assert!(text.contains("内部资料，免费交流"), "{text}");
    assert!(text.contains("准印证号：渝内字（2026）第012号"), "{text}");
    assert!(!text.contains("定价"), "{text}");
}

#[test]
fn large_print_has_its_cover_too() {
    let tables = "[editions.large-cover]\nextends = \"print-cover\"\n\
                  cover_of = \"large-print\"\nspine = 20\n";
    let project = book("", tables);
    project.run("build large-cover --deny-warnings").must_exit(0);
    let pdf = project.path().join("output/smallest-book-large-cover.pdf");
    assert!(pdf.is_file());
    assert!(!project.path().join("output/smallest-book-large-print.pdf").exists());
    let pdf = lopdf::Document::load(&pdf).unwrap();
    let page = pdf.page_iter().next().unwrap();
    let sides = pdf.get_dictionary(page).unwrap().get(b"TrimBox").unwrap();
    let sides = sides.as_array().unwrap();
    let width = f64::from(sides[2].as_float().unwrap() - sides[0].as_float().unwrap());
    assert_near_px(width * 25.4 / 72.0, 2.0 * 210.0 + 20.0);
}

fn assert_near_px(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 0.1, "{found} is not {wanted}");
}

/// How finely the picture is drawn that the bar code is read from.
const PIXELS_PER_INCH: u32 = 600;

/// The back panel with its bleed, in pixels.
const BACK: u32 = 151 * PIXELS_PER_INCH * 10 / 254;

/// A bar code in the picture: digits, where the first bar begins and the last
/// ends, and the line on which it was read, all in mm from the upper left corner
/// of the sheet with its bleed.
type BarCode = (String, f64, f64, f64);

/// The bar codes on the back panel, read from a picture of it.
fn read_bar_codes(project: &TestProject) -> Vec<BarCode> {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("cover");
    let mut command = Command::new("pdftoppm");
    let fineness = PIXELS_PER_INCH.to_string();
    command.args(["-r", &fineness, "-gray", "-singlefile", "-png"]);
    let run = Run::of(command.arg(project.path().join(FILE)).arg(&picture));
    run.must_exit(0);
    let picture = image::open(picture.with_extension("png")).unwrap().to_luma8();
    let mut found = Vec::new();
    for line in (0..picture.height()).step_by(24) {
        let columns = 0..BACK.min(picture.width());
        let dark: Vec<bool> =
            columns.map(|x| picture.get_pixel(x, line)[0] < 128).collect();
        if let Some((digits, left, right)) = decode(&dark) {
            let mm = |pixels: u32| f64::from(pixels) * 25.4 / f64::from(PIXELS_PER_INCH);
            found.push((digits, mm(left), mm(right), mm(line)));
        }
    }
    found
}

/// The left-hand codes of EAN-13, by the widths of their four runs.
const WIDTHS: [[u32; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];

/// The first digit, by which of the six on the left are mirrored.
const SETS: [&str; 10] = [
    "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
    "LGLGGL", "LGGLGL",
];

/// An EAN-13 in a row of pixels: its 59 runs between two quiet zones.
fn decode(dark: &[bool]) -> Option<(String, u32, u32)> {
    let mut runs: Vec<(usize, u32)> = Vec::new();
    let mut start = 0;
    for at in 1..=dark.len() {
        if at == dark.len() || dark[at] != dark[start] {
            runs.push((start, u32::try_from(at - start).ok()?));
            start = at;
        }
    }
    (1..runs.len().saturating_sub(59)).find_map(|first| {
        let code = &runs[first..first + 59];
        let total: u32 = code.iter().map(|(_, long)| long).sum();
        // A run in modules, rounded; 95 modules are the whole.
        let modules = |long: u32| (2 * 95 * long + total) / (2 * total);
        let is_quiet =
            modules(runs[first - 1].1) >= 11 && modules(runs[first + 59].1) >= 7;
        if !dark[code[0].0] || total < 3 * 95 || !is_quiet {
            return None;
        }
        let widths: Vec<u32> = code.iter().map(|(_, long)| modules(*long)).collect();
        let left = u32::try_from(code[0].0).ok()?;
        digits(&widths).map(|digits| (digits, left, left + total))
    })
}

fn digits(widths: &[u32]) -> Option<String> {
    let is_guard = |range: std::ops::Range<usize>| widths[range].iter().all(|w| *w == 1);
    if !is_guard(0..3) || !is_guard(27..32) || !is_guard(56..59) {
        return None;
    }
    let (mut set, mut digits) = (String::new(), String::new());
    for at in (3..27).step_by(4).chain((32..56).step_by(4)) {
        let cell: [u32; 4] = widths[at..at + 4].try_into().ok()?;
        let mut mirrored = cell;
        mirrored.reverse();
        let place =
            |cell| WIDTHS.iter().zip('0'..='9').find(|(known, _)| **known == cell);
        let (letter, (_, digit)) = match (place(cell), place(mirrored)) {
            (Some(digit), _) => ('L', digit),
            (None, Some(digit)) if at < 27 => ('G', digit),
            _ => return None,
        };
        set.push(letter);
        digits.push(digit);
    }
    let (_, first) = SETS
        .iter()
        .zip('0'..='9')
        .find(|(known, _)| set.starts_with(**known))?;
    Some(format!("{first}{digits}"))
}
