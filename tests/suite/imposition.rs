//! `kepu impose`, from outside: real files in, sheets out, read back by an
//! independent program. That the schemes fold into books is proved beside
//! them, in `src/prepress/imposition/tests.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::harness::{Run, tool};

/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;

/// A page of a sample: how it is written, not how it looks.
#[derive(Clone, Copy, Default)]
struct Quirks {
    /// `/Rotate`, in degrees; the content is written so that it reads upright.
    rotate: i64,
    /// The page is written in user units of two points.
    doubled: bool,
    /// The content is cut into three streams.
    pieces: bool,
    /// No trim box: a crop box shows the page.
    cropped: bool,
}

/// A book whose pages say `P1`, `P2`, … in the middle and `H1`, `H2`, … at the
/// head. Boxes and resources are inherited.
fn sample(folder: &Path, pages: usize, quirks: impl Fn(usize) -> Quirks) -> PathBuf {
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    for number in 1..=pages {
        kids.push(Object::Reference(page(&mut document, tree, number, quirks(number))));
    }
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    };
    let resources = dictionary! { "Font" => dictionary! { "F" => font } };
    let count = i64::try_from(pages).unwrap();
    document.set_object(
        tree,
        dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count,
            "Resources" => resources, "MediaBox" => media(1.0),
        },
    );
    let catalog =
        document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let path = folder.join(format!("sample-{pages}.pdf"));
    document.save(&path).unwrap();
    path
}

/// 148 × 210 mm, with 3 mm of bleed and the corner not at the origin.
fn media(unit: f64) -> Object {
    let sides = [100.0, 50.0, 100.0 + 154.0 * MM / unit, 50.0 + 216.0 * MM / unit];
    numbers(sides)
}

fn numbers(values: [f64; 4]) -> Object {
    #[expect(clippy::cast_possible_truncation, reason = "PDF reals are single precision")]
    Object::Array(values.map(|value| Object::Real(value as f32)).to_vec())
}

fn page(document: &mut Document, tree: ObjectId, number: usize, is: Quirks) -> ObjectId {
    let unit = if is.doubled { 2.0 } else { 1.0 };
    let bleed = 3.0 * MM / unit;
    let (mut width, mut height) = (154.0 * MM / unit, 216.0 * MM / unit);
    // Upright coordinates, then the turn that the viewer will undo.
    let turn = match is.rotate {
        90 => {
            let turn = format!("0 1 -1 0 {height} 0");
            (width, height) = (height, width);
            turn
        }
        180 => format!("-1 0 0 -1 {width} {height}"),
        _ => "1 0 0 1 0 0".to_owned(),
    };
    let (across, up) = if is.rotate == 90 { (height, width) } else { (width, height) };
    let text = [
        format!("q 1 0 0 1 100 50 cm {turn} cm 0.9 g 0 0 {across} {up} re f 0 g"),
        format!("BT /F {} Tf {} {} Td (P{number})", 30.0 / unit, across / 2.0, up / 2.0),
        format!("Tj 0 {} Td (H{number}) Tj ET Q", up * 0.4),
    ];
    let stream = |document: &mut Document, text: &str| {
        let stream = Stream::new(Dictionary::new(), text.as_bytes().to_vec());
        Object::Reference(document.add_object(stream))
    };
    let contents = if is.pieces {
        Object::Array(text.iter().map(|text| stream(document, text)).collect())
    } else {
        stream(document, &text.join(" "))
    };
    let trim = numbers([
        100.0 + bleed,
        50.0 + bleed,
        100.0 + width - bleed,
        50.0 + height - bleed,
    ]);
    let mut page =
        dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => contents };
    if is.rotate != 0 {
        page.set("Rotate", is.rotate);
        page.set("MediaBox", numbers([100.0, 50.0, 100.0 + width, 50.0 + height]));
    }
    if is.doubled {
        page.set("UserUnit", 2);
        page.set("MediaBox", media(unit));
    }
    page.set(if is.cropped { "CropBox" } else { "TrimBox" }, trim);
    document.add_object(page)
}

/// Runs `kepu impose` on a file.
fn impose(file: &Path, options: &str) -> (PathBuf, Run) {
    let output = file.with_extension("imposed.pdf");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command.arg("impose").arg(file).arg("-o").arg(&output);
    let run = Run::of(command.args(options.split_whitespace()));
    (output, run)
}

/// The middle of each word of each page, in mm from the upper left corner.
fn words(pdf: &Path) -> Vec<BTreeMap<String, (f64, f64)>> {
    let mut command = Command::new("pdftotext");
    let run = Run::of(command.arg("-bbox").arg(pdf).arg("-")).must_exit(0);
    let mut pages = Vec::new();
    for line in run.stdout.lines() {
        let value = |key: &str| -> f64 {
            let (_, rest) = line.split_once(&format!("{key}=\"")).unwrap();
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        if line.contains("<page ") {
            pages.push(BTreeMap::new());
        } else if line.contains("<word ") {
            let (_, word) = line.split_once('>').unwrap();
            let word = word.trim_end_matches("</word>").to_owned();
            let x = f64::midpoint(value("xMin"), value("xMax")) / MM;
            let y = f64::midpoint(value("yMin"), value("yMax")) / MM;
            pages.last_mut().unwrap().insert(word, (x, y));
        }
    }
    pages
}

/// The numbers of the pages on each face, rows from the top; negative when the
/// head is below the middle.
fn faces(pdf: &Path) -> Vec<Vec<Vec<i64>>> {
    let read = |words: BTreeMap<String, (f64, f64)>| {
        let mut rows: BTreeMap<i64, Vec<(f64, i64)>> = BTreeMap::new();
        for (word, (x, y)) in &words {
            let Some(number) = word.strip_prefix('P') else { continue };
            let (_, head) = words[&format!("H{number}")];
            let number: i64 = number.parse().unwrap();
            let signed = if head > *y { -number } else { number };
            #[expect(clippy::cast_possible_truncation, reason = "rows are 100 mm apart")]
            rows.entry((y / 100.0).round() as i64).or_default().push((*x, signed));
        }
        rows.into_values()
            .map(|mut row| {
                row.sort_by(|a, b| a.0.total_cmp(&b.0));
                row.into_iter().map(|(_, number)| number).collect()
            })
            .collect()
    };
    words(pdf).into_iter().map(read).collect()
}

#[test]
fn sheets_carry_the_pages_that_the_schemes_say() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path(), 16, |_| Quirks::default());
    let (saddle, run) = impose(&file, "--scheme saddle");
    run.must_exit(0).must_say("4 张纸").must_say("没有空白页");
    assert_eq!(
        faces(&saddle),
        [
            [[16, 1]],
            [[2, 15]],
            [[14, 3]],
            [[4, 13]],
            [[12, 5]],
            [[6, 11]],
            [[10, 7]],
            [[8, 9]]
        ]
    );
    let (perfect, run) = impose(&file, "--scheme perfect --sheet 大对开");
    run.must_exit(0).must_say("书帖 16 页");
    assert_eq!(
        faces(&perfect),
        [[[-5, -12, -9, -8], [4, 13, 16, 1]], [[-7, -10, -11, -6], [2, 15, 14, 3]],]
    );
    let (cut, run) = impose(&file, "--scheme cutstack --grid 2x2");
    run.must_exit(0);
    assert_eq!(
        faces(&cut),
        [[[1, 5], [9, 13]], [[6, 2], [14, 10]], [[3, 7], [11, 15]], [[8, 4], [16, 12]]]
    );
    let (nup, run) = impose(&file, "--scheme nup --grid 2x2 --one-sided");
    run.must_exit(0).must_say("缩小到");
    assert_eq!(faces(&nup).len(), 4);
    for pdf in [&saddle, &perfect, &cut, &nup] {
        tool("qpdf", &["--check"], pdf);
    }
}

#[test]
fn a_booklet_for_the_office_printer_is_a4_at_full_size() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path(), 6, |_| Quirks::default());
    let (booklet, run) = impose(&file, "--scheme office --blank before-last");
    let run = run.must_exit(0).must_say("2 张纸，297×210 mm").must_say("短边翻转");
    assert!(!run.stderr.contains("缩小"), "{}", run.stderr);
    let expected: [&[i64]; 4] = [&[6, 1], &[2], &[3], &[4, 5]];
    let read: Vec<_> = faces(&booklet).into_iter().map(|face| face.concat()).collect();
    assert_eq!(read, expected);
    // The printer's other way of turning: backs stand on their heads.
    let (other, run) = impose(&file, "--scheme office --flip long");
    run.must_exit(0).must_say("长边翻转");
    let read: Vec<_> = faces(&other).into_iter().map(|face| face.concat()).collect();
    let expected: [&[i64]; 4] = [&[1], &[-2], &[6, 3], &[-5, -4]];
    assert_eq!(read, expected);
}

#[test]
fn a_thick_book_becomes_several_booklets() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path(), 14, |_| Quirks::default());
    let (sheets, run) = impose(&file, "--scheme office --booklet 8");
    run.must_exit(0).must_say("2 册 8 页 ×2").must_say("补了 2 个空白页");
    let read: Vec<_> = faces(&sheets).into_iter().map(|face| face.concat()).collect();
    let expected: [&[i64]; 8] =
        [&[8, 1], &[2, 7], &[6, 3], &[4, 5], &[9], &[10], &[14, 11], &[12, 13]];
    assert_eq!(read, expected);
}

#[test]
fn pages_of_all_kinds_stand_upright_in_their_cells() {
    let folder = tempfile::tempdir().unwrap();
    let quirks = |number| match number {
        2 => Quirks { rotate: 90, ..Quirks::default() },
        3 => Quirks { rotate: 180, ..Quirks::default() },
        4 => Quirks { doubled: true, ..Quirks::default() },
        5 => Quirks { pieces: true, ..Quirks::default() },
        6 => Quirks { cropped: true, ..Quirks::default() },
        _ => Quirks::default(),
    };
    let file = sample(folder.path(), 8, quirks);
    let plain = sample(&folder.path().join("."), 7, |_| Quirks::default());
    let (odd, run) = impose(&file, "--scheme saddle");
    run.must_exit(0);
    assert_eq!(faces(&odd), [[[8, 1]], [[2, 7]], [[6, 3]], [[4, 5]]]);
    let (even, run) = impose(&plain, "--scheme saddle");
    run.must_exit(0);
    // Wherever it comes from, a page lies where the plain one would.
    for (odd, even) in words(&odd).iter().zip(words(&even)) {
        for (word, (x, y)) in even {
            let (other_x, other_y) = odd[&word];
            let apart = (x - other_x).hypot(y - other_y);
            assert!(apart < 0.5, "{word}: {apart} mm apart");
        }
    }
}

#[test]
fn creep_moves_the_inner_pages_towards_the_spine() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path(), 16, |_| Quirks::default());
    let (still, _) = impose(&file, "--scheme saddle");
    let still = words(&still);
    let (moved, run) = impose(&file, "--scheme saddle --caliper 0.4");
    run.must_exit(0).must_say("爬移最多补偿 1.20 mm");
    let moved = words(&moved);
    for (page, (word, shift)) in [
        (0, ("P1", 0.0)),
        (2, ("P3", -0.4)),
        (6, ("P7", -1.2)),
        (7, ("P9", -1.2)),
        (7, ("P8", 1.2)),
        (1, ("P15", 0.0)),
    ] {
        let by = moved[page][word].0 - still[page][word].0;
        assert!((by - shift).abs() < 0.02, "{word} moved by {by}");
    }
}

#[test]
fn failures_leave_the_previous_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample(folder.path(), 4, |_| Quirks::default());
    let (output, run) = impose(&file, "--scheme saddle");
    run.must_exit(0);
    let before = fs::read(&output).unwrap();
    let (_, run) = impose(&file, "--scheme saddle");
    run.must_exit(0);
    assert_eq!(fs::read(&output).unwrap(), before, "the same file again");
    let (_, run) = impose(&file, "--scheme saddle --sheet A5");
    run.must_exit(1).must_say("sheet-too-small");
    assert_eq!(fs::read(&output).unwrap(), before);
    for misuse in [
        "--scheme saddle --sheet 报纸",
        "--scheme saddle --grid 2x2",
        "--scheme nup --grid 0x2",
        "--scheme perfect --signature 12",
        "--scheme saddle --caliper -1",
        "--scheme saddle --gutter NaN",
        "--scheme nup --caliper 0.1",
        "--scheme perfect --booklet 16",
        "--scheme saddle --scale fit",
        "--scheme booklet",
    ] {
        let (_, run) = impose(&file, misuse);
        run.must_exit(2);
    }
    assert_eq!(fs::read(&output).unwrap(), before);
    fs::create_dir(folder.path().join("folder")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command.arg("impose").arg(&file).args(["--scheme", "saddle", "-o"]);
    Run::of(command.arg(folder.path().join("folder"))).must_exit(3);
}

#[test]
fn the_real_book_keeps_its_output_intent_on_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("print.pdf");
    fs::copy(super::harness::real_book("-print.pdf"), &file).unwrap();
    let before = Document::load(&file).unwrap();
    let (sheets, run) = impose(&file, "--scheme perfect");
    run.must_exit(0);
    tool("qpdf", &["--check"], &sheets);
    let after = Document::load(&sheets).unwrap();
    for key in [b"OutputIntents".as_slice(), b"Metadata"] {
        let had = before.catalog().unwrap().has(key);
        assert_eq!(after.catalog().unwrap().has(key), had);
    }
    // Nothing that was vector has become an image.
    let images = |document: &Document| {
        let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
        let is = |s: &&Stream| s.dict.get(b"Subtype").is_ok_and(|k| k == &"Image".into());
        streams.filter(is).count()
    };
    assert_eq!(images(&after), images(&before));
}

#[test]
fn damaged_files_are_refused_and_nothing_worse() {
    const DAMAGE: &[u8] = b"0917.-/<>[]()RrAZ \xff";
    use kepu::diag::Sink;
    use kepu::prepress::imposition::{
        Blanks, BoundAt, Fold, Request, Scheme, impose as on_sheets,
    };
    let folder = tempfile::tempdir().unwrap();
    let file =
        sample(folder.path(), 5, |n| Quirks { pieces: n == 2, ..Quirks::default() });
    let good = fs::read(file).unwrap();
    let request = Request {
        scheme: Scheme::Gathered(Fold::Eight),
        blanks: Blanks::End,
        bound: BoundAt::Left,
        sheet: None,
        fit: false,
        bleed: None,
        gutter: None,
        mill: None,
        caliper: 0.1,
        gripper: 0.0,
        marks: true,
        bar: None,
        flip: None,
        name: "sample".to_owned(),
    };
    let mut made = 0;
    let mut attempt = |bytes: &[u8]| {
        let mut sink = Sink::new();
        let result = on_sheets(bytes, &request, None, &mut sink);
        assert_eq!(result.is_none(), sink.has_errors(), "a failure says why");
        made += usize::from(result.is_some());
    };
    attempt(&good);
    for length in (0..good.len()).step_by(37) {
        attempt(&good[..length]);
    }
    // Numbers from a linear congruence: the same damage in every run.
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..400 {
        let mut bytes = good.clone();
        for _ in 0..=random(6) {
            let at = random(bytes.len());
            bytes[at] = DAMAGE[random(DAMAGE.len())];
        }
        attempt(&bytes);
    }
    assert!(made > 100, "only {made} of the damaged files were still readable");
}

#[test]
fn sheets_have_a_colour_bar_of_the_plates_on_the_press() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book.pdf");
    fs::copy(super::harness::real_book("-print.pdf"), &book).unwrap();
    let patches = |options: &str| {
        let (sheets, _) = impose(&book, options);
        let document = Document::load(&sheets).unwrap();
        let page = document.page_iter().next().unwrap();
        let content = document.get_page_content(page);
        let content = String::from_utf8(content).unwrap();
        let is_patch = |line: &&str| line.contains(" k ") && line.ends_with("re f Q");
        content.lines().filter(is_patch).count()
    };
    assert_eq!(patches("--scheme perfect"), 9, "a PDF/X-4 in four colours");
    assert_eq!(patches("--scheme perfect --color-bar black"), 4);
    assert_eq!(patches("--scheme perfect --color-bar none"), 0);
    assert_eq!(patches("--scheme perfect --no-marks"), 0);
}
