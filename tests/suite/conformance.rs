//! The real book before the real validators. A missing validator fails.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::harness::{ROOT, Run, real_book, tool};

#[test]
fn the_epubs_pass_epubcheck() {
    for name in [".epub", "-large-print.epub"] {
        validate("epubcheck.sh", &[], &real_book(name), Some("epubcheck.json"));
    }
}

#[test]
fn the_epubs_pass_ace() {
    validate("ace.sh", &[], &real_book(".epub"), Some("ace"));
}

#[test]
fn the_screen_pdf_passes_as_pdf_ua_and_pdf_a() {
    validate("verapdf.sh", &["ua1,2a"], &real_book("-screen.pdf"), None);
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
    let script = Path::new(ROOT).join("tests/validators").join(script);
    let mut command = Command::new("bash");
    command.arg(&script);
    if report.is_none() {
        command.args(first);
    }
    command.arg(file);
    if let Some(report) = report {
        command.arg(report_path(file, report));
    }
    let run = Run::of(&mut command);
    assert_ne!(run.code, Some(3), "run tests/validators/fetch.sh first\n{}", run.stderr);
    run.must_exit(0);
}

/// Where a validator's report goes: beside the file.
fn report_path(file: &Path, report: &str) -> PathBuf {
    let stem = file.file_stem().unwrap().to_string_lossy();
    file.with_file_name(format!("{stem}-{report}"))
}
