//! Preflight of files that others made: good ones, and ones that mean harm.
//!
//! What is wrong with a file is proved by the cases under `tests/rules/`; the
//! recipes of all files are the Python scripts in `tests/preflight/`.

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kepu::prepress::preflight::{Profile, preflight};

use super::harness::{ROOT, Run, measured};

/// The PDFs of a folder below `tests/`.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(ROOT).join("tests").join(folder)).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .collect();
    files.sort();
    files
}

fn kepu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kepu"))
}

#[test]
fn good_files_of_other_programs_are_clean() {
    for (folder, profile, least) in [("office", "office", 11), ("press", "x4-coated", 6)]
    {
        let files = files(&format!("preflight/good/{folder}"));
        assert!(files.len() >= least, "{folder}: {} files", files.len());
        let profile = Profile::named(profile).unwrap();
        for file in files {
            let result = preflight(&fs::read(&file).unwrap(), &profile);
            let said: Vec<_> = result.findings.iter().map(|f| &f.message).collect();
            assert!(said.is_empty(), "{}: {said:?}", file.display());
            assert!(!result.pages.is_empty(), "{}", file.display());
        }
    }
}

/// The faults that were planted in a good file to see what free checkers of
/// PDF/X find (three of them found by none), and the case of each here.
const PLANTED: [&str; 25] = [
    "missing-trim-box",
    "bad-page-box",
    "trim-and-art-box",
    "rgb-color",
    "rgb-color--form",
    "rgb-color--picture",
    "rgb-color--gradient",
    "group-color-space",
    "group-color-space--form",
    "missing-trapped",
    "missing-output-intent",
    "bad-output-profile--screen",
    "missing-pdfx",
    "annotation-in-page",
    "pdf-action",
    "transfer-function",
    "font-not-embedded",
    "rich-black-text",
    "ink-limit",
    "white-overprint",
    "low-image-resolution",
    "hairline",
    "bad-function--range",
    "missing-file-id",
    "pdf-without-title",
];

#[test]
fn every_planted_fault_is_named() {
    let profile = Profile::named("x4-coated").unwrap();
    for case in PLANTED {
        let file = Path::new(ROOT).join("tests/rules").join(case).join("bad.pdf");
        let result = preflight(&fs::read(&file).unwrap(), &profile);
        let code = case.split("--").next().unwrap();
        let codes: Vec<_> = result.findings.iter().map(|f| f.rule.code).collect();
        assert!(codes.contains(&code), "{case}: {codes:?}");
    }
    // And the file without them is clean.
    let good = Path::new(ROOT).join("tests/preflight/good/press/sample.pdf");
    assert!(preflight(&fs::read(good).unwrap(), &profile).findings.is_empty());
}

#[test]
fn reports_are_written_whole_and_need_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let bad = Path::new(ROOT).join("tests/rules/rgb-color/bad.pdf");
    Run::of(
        kepu()
            .arg("preflight")
            .arg(&bad)
            .arg("--json")
            .arg(at("a.json"))
            .arg("--html")
            .arg(at("a.html")),
    )
    .must_exit(1);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(at("a.json")).unwrap()).unwrap();
    assert_eq!(json["passed"], false);
    assert_eq!(json["profile"], "x4-coated");
    let finding = &json["findings"][0];
    assert_eq!(finding["code"], "rgb-color");
    assert_eq!(finding["page"], 1);
    for key in ["left_mm", "top_mm", "width_mm", "height_mm", "object"] {
        assert!(finding[key].is_number(), "{key}");
    }
    let html = fs::read_to_string(at("a.html")).unwrap();
    assert_eq!(html.matches("data:image/png;base64,").count(), 1);
    assert!(!html.contains("http"), "nothing is fetched");
    assert!(html.contains("DeviceRGB") && html.contains("rgb-color"));
}

#[test]
fn the_picture_shows_the_place() {
    // A red field, 50 × 30 pt; its picture is red where the frame says.
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("a.html");
    let bad = Path::new(ROOT).join("tests/rules/rgb-color/bad.pdf");
    Run::of(kepu().arg("preflight").arg(&bad).arg("--html").arg(&page)).must_exit(1);
    let html = fs::read_to_string(&page).unwrap();
    let data = html.split("base64,").nth(1).unwrap().split('"').next().unwrap();
    let png = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, data).unwrap();
    let picture = image::load_from_memory(&png).unwrap().to_rgb8();
    let (width, height) = picture.dimensions();
    let middle = picture.get_pixel(width / 2, height / 2).0;
    assert!(middle[0] > 200 && middle[1] < 60 && middle[2] < 60, "{middle:?}");
}

#[test]
fn exit_codes_tell_usage_from_machine() {
    let good = Path::new(ROOT).join("tests/preflight/good/press/sample.pdf");
    Run::of(kepu().arg("preflight").arg(&good))
        .must_exit(0)
        .must_say("没有发现问题");
    Run::of(kepu().args(["preflight", "no-such.pdf"]))
        .must_exit(2)
        .must_say("找不到文件");
    Run::of(kepu().arg("preflight").arg(ROOT))
        .must_exit(2)
        .must_say("文件夹");
    let profile = ["--profile", "gravure"];
    Run::of(kepu().arg("preflight").arg(&good).args(profile))
        .must_exit(2)
        .must_say("x4-coated");
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.toml");
    fs::write(&own, "extends = \"x4-coated\"\n[rules]\nno-such-rule = \"off\"\n")
        .unwrap();
    Run::of(kepu().arg("preflight").arg(&good).arg("--profile").arg(&own))
        .must_exit(2)
        .must_say("no-such-rule");
    let below_a_file = good.join("report.json");
    Run::of(kepu().arg("preflight").arg(&good).arg("--json").arg(below_a_file))
        .must_exit(3);
}

#[test]
fn a_profile_of_ones_own_changes_what_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.toml");
    fs::write(&own, "extends = \"x4-coated\"\n[page]\nbleed = 5.0\n").unwrap();
    let good = Path::new(ROOT).join("tests/preflight/good/press/sample.pdf");
    Run::of(kepu().arg("preflight").arg(&good).arg("--profile").arg(&own))
        .must_exit(1)
        .must_say("[missing-bleed]");
}

/// The most memory that a hostile file may take, in kilobytes.
const MAX_MEMORY: u64 = 512 * 1024;

#[test]
fn files_that_mean_harm_end_soon_and_stay_small() {
    let hostile = files("preflight/hostile");
    assert!(hostile.len() >= 40, "{} files", hostile.len());
    let folder = tempfile::tempdir().unwrap();
    for file in hostile {
        let started = Instant::now();
        let report = folder.path().join("a.html");
        let mut command = kepu();
        command
            .arg("preflight")
            .arg(&file)
            .arg("-q")
            .arg("--html")
            .arg(&report);
        let (code, memory) = measured(&mut command);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(matches!(code, Some(0 | 1)), "{name}: {code:?}");
        assert!(started.elapsed() < Duration::from_mins(1), "{name}: too slow");
        assert!(memory < MAX_MEMORY, "{name}: {memory} KB");
    }
}

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Thousands of runs were made while this was written; these keep the door shut.
#[test]
fn preflight_of_damaged_files_never_panics() {
    const RUNS: usize = 300;
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for folder in ["preflight/good/office", "preflight/good/press"] {
        seeds.extend(files(folder).iter().map(|file| fs::read(file).unwrap()));
    }
    let profile = Profile::named("x4-coated").unwrap();
    panic::set_hook(Box::new(|info| {
        PANICS.fetch_add(usize::from(about_us(info)), Ordering::SeqCst);
    }));
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for run in 0..RUNS {
        let seed = chance.below(seeds.len());
        let broken = chance.damage(&seeds[seed]);
        let before = PANICS.load(Ordering::SeqCst);
        let _ = preflight(&broken, &profile);
        if PANICS.load(Ordering::SeqCst) > before {
            let kept = std::env::temp_dir().join("kepu-preflight-panic.pdf");
            fs::write(&kept, &broken).unwrap();
            panic!("run {run} panicked; the file is {}", kept.display());
        }
    }
    let _ = panic::take_hook();
}

/// Whether a panic was in what reads PDFs, not in another test's thread.
fn about_us(info: &panic::PanicHookInfo<'_>) -> bool {
    info.location().is_some_and(|place| {
        ["lopdf", "preflight/reading", "preflight/rules", "roxmltree"]
            .iter()
            .any(|part| place.file().contains(part))
    })
}

/// Numbers that look like chance and are the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    /// A file with a few bytes changed, lost, doubled or replaced.
    fn damage(&mut self, file: &[u8]) -> Vec<u8> {
        const WORDS: [&[u8]; 8] = [
            b"[",
            b"<<",
            b">>",
            b"99999999999999999999",
            b"-1",
            b"7 0 R",
            b"stream\n",
            b"BI ",
        ];
        let mut file = file.to_vec();
        for _ in 0..=self.below(5) {
            let at = self.below(file.len());
            let end = (at + self.below(120)).min(file.len());
            match self.below(6) {
                0 => file[at] = self.0.to_le_bytes()[0],
                1 => file.truncate(at.max(file.len() / 2)),
                2 => drop(file.drain(at..end)),
                3 => {
                    let piece = file[at..end].to_vec();
                    file.splice(at..at, piece);
                }
                4 => {
                    let word = WORDS[self.below(WORDS.len())];
                    file.splice(at..end.min(at + 3), word.iter().copied());
                }
                _ => file[at] ^= 1 << self.below(8),
            }
            if file.is_empty() {
                break;
            }
        }
        file
    }
}
