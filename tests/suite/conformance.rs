//! The real book before the real validators. A missing validator fails.
//!
//! Their reports stay beside the files they are about; what they say in short
//! goes to the terminal.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::harness::{ROOT, Run, real_book, tool};

/// Both EPUB editions.
const EPUBS: [&str; 2] = [".epub", "-large-print.epub"];

/// Both tagged PDFs.
const TAGGED: [&str; 2] = ["-screen.pdf", "-large-print.pdf"];

#[test]
fn the_epubs_pass_epubcheck() {
    for name in EPUBS {
        validate("epubcheck.sh", &[], &real_book(name), Some("epubcheck.json"));
    }
}

#[test]
fn the_epubs_pass_ace() {
    for name in EPUBS {
        validate("ace.sh", &[], &real_book(name), Some("ace"));
    }
}

#[test]
fn the_epubs_pass_axe_at_every_size() {
    for name in EPUBS {
        validate("axe.sh", &[], &real_book(name), Some("axe.json"));
    }
}

#[test]
fn the_epubs_open_in_two_reading_systems() {
    for name in EPUBS {
        validate("reading.sh", &[], &real_book(name), Some("reading"));
    }
}

#[test]
fn the_epubs_pass_our_own_examination() {
    for name in EPUBS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
        command
            .args(["check", "--deny-warnings", "--epub"])
            .arg(real_book(name));
        Run::of(&mut command).must_exit(0);
    }
}

#[test]
fn the_tagged_pdfs_pass_as_pdf_ua_and_pdf_a() {
    for name in TAGGED {
        validate("verapdf.sh", &["ua1,2a"], &real_book(name), None);
    }
}

#[test]
fn the_tagged_pdfs_sound_right() {
    for name in TAGGED {
        validate("outloud.sh", &[], &real_book(name), Some("outloud.json"));
    }
}

#[test]
fn the_print_pdfs_pass_as_pdf_a() {
    for name in ["-print.pdf", "-print-cover.pdf"] {
        validate("verapdf.sh", &["2b"], &real_book(name), None);
    }
}

#[test]
fn the_print_pdf_passes_as_pdf_x() {
    validate("pdfx.sh", &["148x210"], &real_book("-print.pdf"), None);
}

#[test]
fn the_pdfs_are_sound() {
    for name in ["-screen.pdf", "-print.pdf", "-print-cover.pdf", "-large-print.pdf"] {
        tool("qpdf", &["--check"], &real_book(name));
    }
}

/// Runs one of the scripts in `tests/validators`.
fn validate(script: &str, first: &[&str], file: &Path, report: Option<&str>) {
    let path = Path::new(ROOT).join("tests/validators").join(script);
    let mut command = Command::new("bash");
    command.arg(&path);
    if report.is_none() {
        command.args(first);
    }
    command.arg(file);
    if let Some(report) = report {
        command.arg(report_path(file, report));
    }
    let run = Run::of(&mut command);
    assert_ne!(run.code, Some(3), "run tests/validators/fetch.sh first\n{}", run.stderr);
    let verdict = run.stdout.trim_end().lines().last().unwrap_or_default().to_owned();
    run.must_exit(0);
    println!("{}: {verdict}", file.file_name().unwrap().to_string_lossy());
}

/// Where a validator's report goes: beside the file.
fn report_path(file: &Path, report: &str) -> PathBuf {
    let stem = file.file_stem().unwrap().to_string_lossy();
    file.with_file_name(format!("{stem}-{report}"))
}
