//! `kepu package`: the print shop's zip, from outside.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use super::harness::TestProject;

/// A profile that every PDF meets, and one that none does.
const LENIENT: &str = "extends = \"office\"\ntitle = \"宽松\"\n";
const STRICT: &str = "extends = \"x4-coated\"\ntitle = \"过严\"\n\n[page]\nbleed = 9.0\n";

/// The files of the package.
fn unpacked(project: &TestProject) -> BTreeMap<String, Vec<u8>> {
    let folder = fs::read_dir(project.path().join("output")).unwrap();
    let mut names = folder.map(|entry| entry.unwrap().path());
    let path = names
        .find(|path| path.to_string_lossy().ends_with("-print-package.zip"))
        .unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn a_package_holds_all_that_a_printing_house_needs() {
    let project = TestProject::base().write("lenient.toml", LENIENT);
    project
        .run("package --profile lenient.toml")
        .must_exit(0)
        .must_say("个文件");
    let files = unpacked(&project);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let slug = names.iter().find_map(|name| name.strip_suffix("-print.pdf")).unwrap();
    let block = format!("{slug}-print.pdf");
    let cover = format!("{slug}-print-cover.pdf");
    let mut expected = vec![
        "README.txt",
        "SHA256SUMS",
        &block,
        &cover,
        "job-ticket.pdf",
        "job-ticket.xjdf",
        "preflight-print-cover.html",
        "preflight-print-cover.json",
        "preflight-print.html",
        "preflight-print.json",
    ];
    expected.sort_unstable();
    assert_eq!(names, expected);

    // The sums are those of the files, all of them.
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).unwrap();
    let listed: BTreeMap<_, _> =
        sums.lines().filter_map(|line| line.split_once("  ")).collect();
    for (name, bytes) in &files {
        if name != "SHA256SUMS" {
            let Some((sum, ())) = listed
                .iter()
                .find_map(|(sum, file)| (file == name).then_some((*sum, ())))
            else {
                panic!("{name} has no sum");
            };
            assert_eq!(sum, kepu::project::Digest::of(bytes).to_string(), "{name}");
        }
    }
    // The files are those of the output folder.
    assert_eq!(files[&block], project.read(&format!("output/{block}")));
    let letter = String::from_utf8(files["README.txt"].clone()).unwrap();
    for said in ["付印说明", "成品尺寸", "书脊", "输出条件", "请核对", "SHA256SUMS"]
    {
        assert!(letter.contains(said), "{said} is missing in\n{letter}");
    }

    // Again: nothing is built, and the bytes are the same.
    let run = project.run("package --profile lenient.toml").must_exit(0);
    assert!(run.stderr.contains("没有变化"), "{}", run.stderr);
    assert_eq!(unpacked(&project), files);
}

#[test]
fn what_breaks_the_profile_is_not_packed() {
    let project = TestProject::base()
        .write("lenient.toml", LENIENT)
        .write("strict.toml", STRICT);
    project.run("package --profile lenient.toml").must_exit(0);
    let before = unpacked(&project);
    project
        .run("package --profile strict.toml")
        .must_exit(1)
        .must_say("没有打包");
    assert_eq!(unpacked(&project), before, "the last package stays");

    let project = project.write("book/chapters/01.md", "# 标题\n\n见@fig:nothing。\n");
    project
        .run("package --profile lenient.toml")
        .must_exit(1)
        .must_say("undefined-reference");
    assert_eq!(unpacked(&project), before);
}

#[test]
fn only_printed_blocks_are_packed() {
    let project = TestProject::base();
    for edition in ["epub", "screen", "print-cover", "nothing"] {
        let run = project.run(&format!("package {edition}"));
        run.must_exit(2).must_say("不是印刷用的内文版本");
    }
    project.run("package --profile nothing").must_exit(2);
}
