//! Same inputs, same bytes: in any folder, with any number of threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::harness::{ROOT, TestProject};

#[test]
fn two_folders_and_one_or_two_threads_give_the_same_bytes() {
    let (one, two) = (TestProject::real(), TestProject::real());
    one.run("build --jobs 1").must_exit(0);
    two.run("build --jobs 2").must_exit(0);
    let (one, two) = (outputs(one.path()), outputs(two.path()));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    assert!(one.len() >= 5);
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{name} differs");
    }
}

/// Large print marks the pages of the edition that it names, whatever else is
/// made in the same run.
#[test]
fn large_print_is_the_same_alone_and_in_company() {
    let config = fs::read_to_string(format!("{ROOT}/tests/base/book/book.toml")).unwrap();
    // A standard edition with other pages, which comes first by its name.
    let company = "\n[editions.a6]\nextends = \"screen\"\ntrim = \"105x148 mm\"\n";
    let project =
        || TestProject::base().write("book/book.toml", format!("{config}{company}"));
    let (alone, together) = (project(), project());
    alone.run("build large-print").must_exit(0);
    together.run("build a6 large-print").must_exit(0);
    let name = "output/smallest-book-large-print.pdf";
    assert!(alone.read(name) == together.read(name));
}

fn outputs(project: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(project.join("output")).unwrap();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(path).unwrap(),
            )
        })
        .collect()
}
