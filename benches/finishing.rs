//! Finishing for the press against Ghostscript's conversion of the same file.
//!
//! `cargo bench --bench finishing`, on an idle machine, prints both times and
//! their ratio. Ghostscript has to be there.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads the disk and the clock, and may panic"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use kepu::diag::Sink;
use kepu::edition::{Bleed, ColorPolicy, InkLimit, Palette};
use kepu::prepress::{self, PressSheet, Profile};

/// How often each is timed; the medians are compared.
const RUNS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("tan-zhi-duoshao-screen.pdf");
    let built = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["build", "screen", "--force", "--quiet", "--out"])
        .arg(folder.path())
        .status()
        .unwrap();
    assert!(built.success());
    let ghostscript =
        median(|| ghostscript(&plain, &folder.path().join("converted.pdf")));
    let bytes = fs::read(&plain).unwrap();
    let own = median(|| finish(&bytes));
    let ratio = ghostscript.as_secs_f64() / own.as_secs_f64();
    println!("Ghostscript {ghostscript:.2?}, finish {own:.2?}, ratio {ratio:.0}");
}

fn median(task: impl Fn()) -> Duration {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            task();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn ghostscript(from: &Path, to: &Path) {
    let status = Command::new("gs")
        .args(["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite"])
        .args(["-dProcessColorModel=/DeviceCMYK", "-sColorConversionStrategy=CMYK", "-o"])
        .arg(to)
        .arg(from)
        .status()
        .unwrap();
    assert!(status.success());
}

fn finish(bytes: &[u8]) {
    let palette = Palette::default();
    let sheet = PressSheet {
        bleed: Bleed(3.0),
        color: ColorPolicy::Cmyk,
        profile: Profile::bundled().unwrap(),
        condition: "FOGRA39",
        spot: None,
        palette: &palette,
        ink_limit: InkLimit(300.0),
        marks: None,
        page_multiple: 1,
        title: "书".to_owned(),
        authors: Vec::new(),
        date: (2026, 11, 27),
        creator: "benchmark",
    };
    prepress::finish(bytes, &sheet, &mut Sink::new()).unwrap();
}
