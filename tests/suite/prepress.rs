//! The print PDF before outside tools: what stands on which plate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use kepu::diag::Sink;
use kepu::edition::{Bleed, ColorPolicy, InkLimit, Palette};
use kepu::prepress::{Plates, PressSheet, Profile, Separations, finish};

use super::harness::{Run, TestProject, measured, real_book, tool};

/// Everything in a PDF that is not in process inks: names of spaces, operators.
fn colours_of_screens(pdf: &Path) -> BTreeSet<String> {
    let document = Document::load_mem(&fs::read(pdf).unwrap()).unwrap();
    let mut found = BTreeSet::new();
    for object in document.objects.values() {
        spaces(object, &mut found);
        let Object::Stream(stream) = object else { continue };
        if !is_content(&stream.dict) {
            continue;
        }
        let plain = stream.get_plain_content().unwrap();
        for operation in Content::decode(&plain).unwrap().operations {
            if matches!(operation.operator.as_str(), "rg" | "RG" | "g" | "G" | "ri") {
                found.insert(format!("operator {}", operation.operator));
            }
            if let ("cs" | "CS", Some(Object::Name(name))) =
                (operation.operator.as_str(), operation.operands.first())
                && name.starts_with(b"Device")
            {
                found.insert(String::from_utf8_lossy(name).into_owned());
            }
        }
    }
    found
}

/// Pages' contents have no dictionary entries of their own; forms, patterns and
/// glyphs have.
fn is_content(dictionary: &Dictionary) -> bool {
    let is = |key: &[u8], value: &[u8]| {
        dictionary
            .get(key)
            .and_then(Object::as_name)
            .is_ok_and(|name| name == value)
    };
    let others = [b"Type".as_slice(), b"FunctionType", b"Length1", b"N", b"Subtype"];
    is(b"Subtype", b"Form")
        || dictionary.has(b"PatternType")
        || others.iter().all(|key| !dictionary.has(key))
}

/// Colour spaces that no press has, anywhere in an object.
fn spaces(object: &Object, found: &mut BTreeSet<String>) {
    const SCREENS: [&[u8]; 6] =
        [b"DeviceRGB", b"CalRGB", b"CalGray", b"Lab", b"ICCBased", b"RGB"];
    match object {
        Object::Name(name) if SCREENS.contains(&name.as_slice()) => {
            found.insert(String::from_utf8_lossy(name).into_owned());
        }
        Object::Array(items) => items.iter().for_each(|item| spaces(item, found)),
        Object::Dictionary(dictionary) => {
            dictionary.iter().for_each(|(_, item)| spaces(item, found));
        }
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, item)| spaces(item, found));
        }
        _ => {}
    }
}

#[test]
fn nothing_of_the_print_pdf_is_in_the_colours_of_screens() {
    assert_eq!(colours_of_screens(&real_book("-print.pdf")), BTreeSet::new());
    assert_eq!(colours_of_screens(&real_book("-print-cover.pdf")), BTreeSet::new());
    // The test can tell.
    assert!(!colours_of_screens(&real_book("-screen.pdf")).is_empty());
}

#[test]
fn the_print_pdf_says_what_it_is() {
    let pdf = real_book("-print.pdf");
    let info = tool("pdfinfo", &[], &pdf);
    assert!(info.contains("PDF/X-4"), "{info}");
    assert!(info.contains("PDF version:     1.6"), "{info}");
    let document = Document::load_mem(&fs::read(&pdf).unwrap()).unwrap();
    let catalog = document.catalog().unwrap();
    let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
    assert_eq!(intents.len(), 2);
    for key in [b"Outlines".as_slice(), b"StructTreeRoot", b"Names", b"OpenAction"] {
        assert!(!catalog.has(key));
    }
    for page in document.page_iter() {
        assert!(!document.get_dictionary(page).unwrap().has(b"Annots"));
    }
}

/// The plates of some pages, counted from 0.
fn plates(pdf: &Path, pages: &[usize], dpi: u32) -> Vec<Plates> {
    let document = Document::load_mem(&fs::read(pdf).unwrap()).unwrap();
    let separations = Separations::of(&document, pages).unwrap();
    (0..pages.len())
        .map(|page| separations.plates(page, dpi).unwrap())
        .collect()
}

#[test]
fn black_text_is_on_the_black_plate_alone() {
    let pdf = real_book("-print.pdf");
    let inks = ghostscript_inks(&pdf);
    let pages: Vec<usize> = (0..inks.len()).collect();
    let ours = plates(&pdf, &pages, 72);
    let mut black_only = 0;
    for (page, (gs, plates)) in inks.iter().zip(&ours).enumerate() {
        let coverage = plates.coverage();
        for (ink, (gs, own)) in gs.iter().zip(coverage).enumerate() {
            assert!((gs - own).abs() < 0.006, "page {}, ink {ink}: {gs} {own}", page + 1);
        }
        let coloured = coverage[..3].iter().sum::<f64>();
        if coloured == 0.0 && coverage[3] > 0.0 {
            assert!(gs[..3].iter().sum::<f64>() == 0.0, "page {}: {gs:?}", page + 1);
            black_only += 1;
        }
    }
    assert!(black_only > 0, "no page has black text alone");
}

/// Mean ink of each page by Ghostscript, from 0 to 1.
fn ghostscript_inks(pdf: &Path) -> Vec<[f64; 4]> {
    let options = [
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-dTextAlphaBits=4",
        "-dGraphicsAlphaBits=4",
        "-sDEVICE=ink_cov",
        "-r72",
        "-o",
        "-",
    ];
    let said = tool("gs", &options, pdf);
    let inks = said.lines().filter(|line| line.contains("CMYK OK")).map(|line| {
        let numbers: Vec<f64> =
            line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let inks: [f64; 4] = numbers.try_into().unwrap();
        inks.map(|percent| percent / 100.0)
    });
    inks.collect()
}

#[test]
fn black_overprints_what_is_under_it() {
    // The same page knocked out by a reader that knows no overprint has a hole
    // in the tint where the letters stand.
    let project = TestProject::base();
    let chapter = String::from_utf8(project.read("book/chapters/01.md")).unwrap();
    let chapter = format!("{chapter}\n:::案例 墨\n黑字印在底色上，底色不挖空。\n:::\n");
    let project = project.write("book/chapters/01.md", chapter);
    project.run("build print").must_exit(0);
    let document =
        Document::load_mem(&project.read("output/smallest-book-print.pdf")).unwrap();
    let all: Vec<usize> = (0..document.get_pages().len()).collect();
    let separations = Separations::of(&document, &all).unwrap();
    let on_tint = all.iter().any(|page| {
        let plates = separations.plates(*page, 144).unwrap();
        let [_, _, yellow, black] = &plates.inks;
        yellow
            .iter()
            .zip(black)
            .any(|(tint, black)| *tint > 3 && *black > 250)
    });
    assert!(on_tint);
}

#[test]
fn print_looks_like_the_screen() {
    /// Three millimetres are fifteen pixels.
    const DPI: u32 = 127;
    const SIDE: usize = 15;
    let screen = real_book("-screen.pdf");
    let document =
        Document::load_mem(&fs::read(real_book("-print.pdf")).unwrap()).unwrap();
    // Blank pages at the end are in print alone.
    let shared = Document::load(&screen).unwrap().get_pages().len();
    let pages: Vec<usize> = (0..shared).collect();
    assert!((shared..shared + 2).contains(&document.get_pages().len()));
    let separations = Separations::of(&document, &pages).unwrap();
    let seen = proof();
    let (mut sum, mut worst) = (0.0, (0.0, 0));
    for page in &pages {
        // The half title stands in the cover's place, and nothing in its own.
        let other = match page {
            0 => 1,
            1 => continue,
            page => *page,
        };
        let plates = separations.plates(*page, DPI).unwrap();
        let (width, height, pixels) = shown(&screen, other + 1, DPI);
        let mut inks = Vec::new();
        for at in
            (SIDE..SIDE + height).flat_map(|y| (SIDE..SIDE + width).map(move |x| (x, y)))
        {
            let at = at.1 * plates.width + at.0;
            inks.extend(plates.inks.each_ref().map(|plate| plate[at]));
        }
        let mut printed = vec![0; width * height * 3];
        seen.transform(&inks, &mut printed).unwrap();
        let (own, other) =
            (squares(&pixels, width, SIDE), squares(&printed, width, SIDE));
        let away = own.iter().zip(&other).map(|(a, b)| (a - b).abs()).sum::<f64>();
        #[expect(clippy::cast_precision_loss, reason = "a few thousand squares")]
        let away = away / own.len() as f64;
        sum += away;
        if away > worst.0 {
            worst = (away, page + 1);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred pages")]
    let mean = sum / pages.len() as f64;
    println!("mean {mean:.2} of 255, worst page {} with {:.2}", worst.1, worst.0);
    // Part openers are full grounds of colours that no ink has exactly.
    assert!(mean < 2.5 && worst.0 < 15.0, "mean {mean}, page {}: {}", worst.1, worst.0);
}

/// From inks to what they look like on paper, by the profile itself.
fn proof() -> std::sync::Arc<moxcms::Transform8BitExecutor> {
    let profile = Profile::bundled().unwrap();
    let press = moxcms::ColorProfile::new_from_slice(profile.bytes()).unwrap();
    let srgb = moxcms::ColorProfile::new_srgb();
    let options = moxcms::TransformOptions::default();
    let (inks, light) = (moxcms::Layout::Rgba, moxcms::Layout::Rgb);
    press.create_transform_8bit(inks, &srgb, light, options).unwrap()
}

/// A page as Poppler shows it: width, height, pixels.
fn shown(pdf: &Path, page: usize, dpi: u32) -> (usize, usize, Vec<u8>) {
    let mut command = Command::new("pdftoppm");
    command.args([
        "-r",
        &dpi.to_string(),
        "-f",
        &page.to_string(),
        "-l",
        &page.to_string(),
    ]);
    let picture = command.arg(pdf).output().unwrap().stdout;
    let header: Vec<&[u8]> = picture.splitn(4, |byte| *byte == b'\n').collect();
    let size = String::from_utf8(header[1].to_vec()).unwrap();
    let size: Vec<usize> = size.split(' ').map(|side| side.parse().unwrap()).collect();
    (size[0], size[1], header[3].to_vec())
}

/// Means of the channels of squares, in order.
fn squares(pixels: &[u8], width: usize, side: usize) -> Vec<f64> {
    let height = pixels.len() / 3 / width;
    let mut means = Vec::new();
    for top in (0..height - side).step_by(side) {
        for left in (0..width - side).step_by(side) {
            for channel in 0..3 {
                let rows = top..top + side;
                let sum: u32 = rows
                    .flat_map(|y| {
                        (left..left + side).map(move |x| (y * width + x) * 3 + channel)
                    })
                    .map(|at| u32::from(pixels[at]))
                    .sum();
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a side is a small number"
                )]
                means.push(f64::from(sum) / (side * side) as f64);
            }
        }
    }
    means
}

#[test]
fn two_colour_printing_fills_two_plates_and_no_other() {
    let project = TestProject::base();
    let config = String::from_utf8(project.read("book/book.toml")).unwrap();
    let spot = "\n[editions.two]\nextends = \"print\"\ncolor = \"mono+spot\"\n\
                spot = \"PANTONE 3165 C\"\nmarks = true\n";
    let project = project.write("book/book.toml", format!("{config}{spot}"));
    project.run("build two").must_exit(0);
    let file = project.path().join("output/smallest-book-two.pdf");
    let inked = ghostscript_plates(&file);
    let names: Vec<&str> = inked.keys().map(String::as_str).collect();
    assert_eq!(names, ["Black", "Cyan", "Magenta", "PANTONE 3165 C", "Yellow"]);
    for (name, pages) in &inked {
        let is_on_press = matches!(name.as_str(), "Black" | "PANTONE 3165 C");
        assert_eq!(*pages > 0, is_on_press, "{name}: ink on {pages} pages");
    }
    // Nor do the marks of imposed sheets.
    let sheets = project.path().join("sheets.pdf");
    project
        .run("impose output/smallest-book-two.pdf -o sheets.pdf --scheme saddle")
        .must_exit(0);
    for (name, pages) in ghostscript_plates(&sheets) {
        let is_on_press = matches!(name.as_str(), "Black" | "PANTONE 3165 C");
        assert_eq!(pages > 0, is_on_press, "{name}: ink on {pages} sheets");
    }
    // As the printing house examines it: the ink is known, nothing is wrong.
    let lenient = "extends = \"x4-coated\"\n[ink]\nspots = [\"PANTONE 3165 C\"]\n";
    let project = project.write("two.toml", lenient);
    let run = project.run("preflight output/smallest-book-two.pdf --profile two.toml");
    assert!(!run.stderr.contains("spot-color"), "{}", run.stderr);
    let run = project.run("preflight output/smallest-book-two.pdf --json report.json");
    let report: serde_json::Value =
        serde_json::from_slice(&project.read("report.json")).unwrap();
    let plates = report["plates"].as_object().unwrap();
    let plates: Vec<&str> = plates.keys().map(String::as_str).collect();
    assert_eq!(plates, ["Black", "PANTONE 3165 C"]);
    assert!(run.stderr.contains("专色“PANTONE 3165 C”"), "{}", run.stderr);
}

/// On how many pages Ghostscript puts ink, by plate.
fn ghostscript_plates(pdf: &Path) -> BTreeMap<String, usize> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("gs");
    command.args(["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r36"]);
    command.args(["-sCompression=none", "-o"]);
    let run = Run::of(command.arg(folder.path().join("p%03d.tif")).arg(pdf));
    run.must_exit(0);
    let mut inked = BTreeMap::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Some((_, plate)) = stem.split_once('(') else { continue };
        let count = inked.entry(plate.trim_end_matches(')').to_owned()).or_default();
        *count += usize::from(darkest(&fs::read(&path).unwrap()) < 255);
    }
    inked
}

/// The darkest byte of an uncompressed TIFF of one channel.
fn darkest(tiff: &[u8]) -> u8 {
    let half = |at: usize| u16::from_le_bytes([tiff[at], tiff[at + 1]]);
    let whole = |at: usize| {
        let bytes: [u8; 4] = tiff[at..at + 4].try_into().unwrap();
        usize::try_from(u32::from_le_bytes(bytes)).unwrap()
    };
    assert_eq!(&tiff[..4], b"II*\0");
    let directory = whole(4);
    // A tag's values stand in its entry, or where it points when they are many.
    let values = |tag: u16| -> Vec<usize> {
        let entries = 0..usize::from(half(directory));
        let entry = entries.map(|at| directory + 2 + 12 * at).find(|at| half(*at) == tag);
        let entry = entry.unwrap();
        let (kind, count) = (half(entry + 2), whole(entry + 4));
        let size = if kind == 3 { 2 } else { 4 };
        let start = if count * size > 4 { whole(entry + 8) } else { entry + 8 };
        let at = (0..count).map(|n| start + n * size);
        at.map(|at| if size == 2 { usize::from(half(at)) } else { whole(at) })
            .collect()
    };
    let (starts, lengths) = (values(273), values(279));
    let strips = starts.into_iter().zip(lengths);
    strips
        .flat_map(|(start, length)| &tiff[start..start + length])
        .copied()
        .min()
        .unwrap()
}

/// A photograph of this many pixels a side, its colours its own.
fn photograph(side: u16, seed: u16) -> Vec<u8> {
    let pixels: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .flat_map(|(x, y)| [x + seed, y * 2, (x + y) / 3 + seed * 5])
        .map(|value| u8::try_from(value % 256).unwrap())
        .collect();
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
    encoder
        .encode(&pixels, side, side, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    jpeg
}

#[test]
fn a_photograph_is_converted_once_however_often_it_is_shown() {
    let project = TestProject::base().write("figures/woods.jpg", photograph(600, 1));
    let mut chapter = String::from_utf8(project.read("book/chapters/02.md")).unwrap();
    for _ in 0..3 {
        chapter.push_str(
            "\n![山上的树林](../../figures/woods.jpg){alt=\"山坡上的一片树林，远处有一条河\" \
             source=\"本书编写组\" licence=\"CC BY 4.0\"}\n",
        );
    }
    let project = project.write("book/chapters/02.md", chapter);
    project.run("build print").must_exit(0);
    let pdf = project.read("output/smallest-book-print.pdf");
    let document = Document::load_mem(&pdf).unwrap();
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    let jpegs = streams.filter(|s| s.filters().is_ok_and(|f| f == [b"DCTDecode"]));
    let spaces: Vec<_> = jpegs.map(|s| s.dict.get(b"ColorSpace").unwrap()).collect();
    assert_eq!(spaces, [&Object::from("DeviceCMYK")]);
}

/// Names the file that the child process of the next test finishes.
const FINISHED_ALONE: &str = "KEPU_TEST_FINISHED_ALONE";

#[test]
fn memory_is_bounded_by_a_few_pictures_and_not_by_the_book() {
    /// A picture as it is decoded, in three channels and in four inks, in KB.
    const PICTURE: u64 = 2600 * 2600 * 7 / 1024;
    // Alone in a process, that nothing else is measured.
    if let Some(file) = std::env::var_os(FINISHED_ALONE) {
        let pdf = fs::read(file).unwrap();
        assert!(finished(&pdf).len() > pdf.len());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let peak = |count: u16| {
        let file = folder.path().join(format!("{count}.pdf"));
        fs::write(&file, album(count)).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.env(FINISHED_ALONE, file).args([
            "--exact",
            concat!(
                "suite::prepress::",
                "memory_is_bounded_by_a_few_pictures_and_not_by_the_book"
            ),
        ]);
        let (code, memory) = measured(&mut command);
        assert_eq!(code, Some(0));
        memory
    };
    let (few, many) = (peak(4), peak(24));
    println!("{few} KB with four pictures, {many} KB with twenty-four");
    assert!(many < few + 4 * PICTURE, "{few} KB, {many} KB");
}

/// A file finished for the press.
fn finished(pdf: &[u8]) -> Vec<u8> {
    let sheet = PressSheet {
        bleed: Bleed(0.0),
        color: ColorPolicy::Cmyk,
        profile: Profile::bundled().unwrap(),
        condition: Profile::BUNDLED_CONDITION,
        spot: None,
        palette: &Palette::default(),
        ink_limit: InkLimit(InkLimit::USUAL),
        marks: None,
        page_multiple: 1,
        title: "相册".to_owned(),
        authors: Vec::new(),
        date: (2026, 11, 27),
        creator: "kepu",
    };
    finish(pdf, &sheet, &mut Sink::new()).unwrap().bytes
}

/// A photograph on each page, all different.
fn album(pages: u16) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    for number in 0..pages {
        let image = dictionary! { "Type" => "XObject", "Subtype" => "Image",
        "Width" => 2600, "Height" => 2600, "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8, "Filter" => "DCTDecode" };
        let image = document.add_object(Stream::new(image, photograph(2600, number)));
        let content = b"400 0 0 400 0 0 cm /I Do".to_vec();
        let content = document.add_object(Stream::new(Dictionary::new(), content));
        let resources = dictionary! { "XObject" => dictionary! { "I" => image } };
        let page = dictionary! { "Type" => "Page", "Parent" => tree,
        "MediaBox" => [0, 0, 400, 400].map(Object::from).to_vec(),
        "Contents" => content, "Resources" => resources };
        kids.push(Object::Reference(document.add_object(page)));
    }
    let pages = dictionary! { "Type" => "Pages", "Count" => i64::from(pages),
    "Kids" => kids };
    document.objects.insert(tree, Object::Dictionary(pages));
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
