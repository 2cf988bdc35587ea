//! Every diagnostic, as authors see it.
//!
//! A case is a folder `tests/rules/<code>/` (or `<code>--<variant>`): its files
//! lie over `tests/base`, `ARGS` names the command (default `check`), and
//! `expected.txt` holds what the program must say. `UPDATE=1` rewrites it.
//! With `MUTATE` the case is an EPUB with faults planted in it: `mutant.epub`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use super::harness::{ROOT, TestProject};

#[test]
fn every_case_says_what_is_expected() {
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let failures = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = run(case) {
                        failures.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let faults: BTreeSet<_> = kepu::diag::rule::all()
        .filter(|r| kepu::diag::rule::is_fault(r))
        .map(|r| r.code)
        .collect();
    let rules: BTreeSet<_> = kepu::diag::rule::all()
        .map(|rule| rule.code)
        .filter(|c| !faults.contains(c))
        .collect();
    let cases: BTreeSet<_> = cases().iter().map(|case| code(case)).collect();
    let cases: BTreeSet<_> = cases.iter().map(String::as_str).collect();
    let untested: Vec<_> = rules.difference(&cases).collect();
    let unknown: Vec<_> = cases.difference(&rules).collect();
    assert!(untested.is_empty(), "rules without a case: {untested:?}");
    assert!(unknown.is_empty(), "cases without a rule: {unknown:?}");
}

#[test]
fn codes_are_unique_and_explained() {
    let mut seen = BTreeSet::new();
    for rule in kepu::diag::rule::all() {
        assert!(seen.insert(rule.code), "{} stands twice", rule.code);
        assert!(rule.explanation.chars().count() >= 20, "{} is not explained", rule.code);
        assert!(!rule.summary.ends_with('。'), "{}", rule.code);
    }
}

#[test]
fn the_base_book_is_clean() {
    let project = TestProject::base();
    let run = project.run("check --layout --deny-warnings").must_exit(0);
    assert!(!run.stderr.contains('['), "{}", run.stderr);
}

/// Runs one case; the failure tells what was said instead.
fn run(case: &Path) -> Result<(), String> {
    let arguments =
        fs::read_to_string(case.join("ARGS")).unwrap_or_else(|_| "check".into());
    let mut project = TestProject::base().overlay(case);
    if let Ok(changes) = fs::read_to_string(case.join("MUTATE")) {
        project = project.write("mutant.epub", mutant(&changes));
    }
    let run = project.run(&format!("{} --color never --quiet", arguments.trim()));
    let said = format!("{}退出码 {:?}\n", run.stderr, run.code.unwrap_or(-1));
    let said = said.replace(&project.path().display().to_string(), "<项目>");
    let path = case.join("expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &said).unwrap();
    }
    let name = case.display();
    if !said.contains(&format!("[{}]", code(case))) {
        return Err(format!("{name}: its code is not reported:\n{said}"));
    }
    if !matches!(run.code, Some(0 | 1)) {
        return Err(format!("{name}: exit code {:?}\n{said}", run.code));
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if said == expected {
        Ok(())
    } else {
        Err(format!("{name}:\n--- expected\n{expected}\n--- said\n{said}"))
    }
}

/// The EPUB of `tests/base`, which is clean.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let project = TestProject::base();
    project.run("build epub").must_exit(0);
    project
        .run("check --deny-warnings --epub output/smallest-book.epub")
        .must_exit(0);
    project.read("output/smallest-book.epub")
});

/// That EPUB with faults planted: each line of `changes` is a file in it, what
/// stands there and what stands there instead, with tabs between them.
fn mutant(changes: &str) -> Vec<u8> {
    let plain = |text: &str| text.replace("\\n", "\n").replace("\\\\", "\\");
    let mut archive = zip::ZipArchive::new(Cursor::new(SOUND.as_slice())).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut planted = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        for change in changes
            .lines()
            .filter(|line| line.split('\t').next() == Some(name.as_str()))
        {
            let fields: Vec<_> = change.split('\t').map(plain).collect();
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(&fields[1]), "{name} has no {}", fields[1]);
            bytes = text.replacen(&fields[1], &fields[2], 1).into_bytes();
            planted += 1;
        }
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        out.start_file(name, stored).unwrap();
        out.write_all(&bytes).unwrap();
    }
    assert_eq!(planted, changes.lines().count(), "{changes}");
    out.finish().unwrap().into_inner()
}

/// The rule that a case is about: its folder's name up to `--`.
fn code(case: &Path) -> String {
    let name = case.file_name().unwrap().to_string_lossy();
    name.split("--").next().unwrap_or_default().to_owned()
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(ROOT).join("tests/rules");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}
