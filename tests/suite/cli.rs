//! The contract's commands, files and exit codes, from outside.

use std::fs;

use super::harness::{Run, TestProject};

#[test]
fn a_new_book_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("我的书");
    let kepu = || std::process::Command::new(env!("CARGO_BIN_EXE_kepu"));
    Run::of(kepu().arg("new").arg(&book)).must_exit(0);
    Run::of(kepu().arg("--project").arg(&book).args(["build", "--deny-warnings"]))
        .must_exit(0);
    let made = fs::read_dir(book.join("output")).unwrap().count();
    assert_eq!(made, 7, "six editions and build.json");
    Run::of(kepu().arg("new").arg(&book))
        .must_exit(2)
        .must_say("已经有内容");
}

#[test]
fn an_unchanged_edition_is_not_rebuilt() {
    let project = TestProject::base();
    project.run("build screen epub").must_exit(0).must_say("screen.pdf");
    let first = project.read("output/build.json");
    project.run("build screen epub").must_exit(0).must_say("没有变化");
    assert_eq!(project.read("output/build.json"), first);
    let project = project.write("figures/unused.txt", "not an input");
    project.run("build screen epub").must_exit(0).must_say("没有变化");

    // A lost or damaged output is made again.
    fs::write(project.path().join("output").join(screen(&project)), "broken").unwrap();
    project.run("build screen epub").must_exit(0);
    assert!(
        project
            .read(&format!("output/{}", screen(&project)))
            .starts_with(b"%PDF")
    );
    let run = project.run("build screen --force").must_exit(0);
    assert!(!run.stderr.contains("没有变化"));
}

#[test]
fn a_changed_chapter_rebuilds_its_editions() {
    let project = TestProject::base();
    project.run("build screen").must_exit(0);
    let before = project.read(&format!("output/{}", screen(&project)));
    let mut chapter = String::from_utf8(project.read("book/chapters/01.md")).unwrap();
    chapter.push_str("\n\n又一段。\n");
    let project = project.write("book/chapters/01.md", chapter);
    let run = project.run("build screen").must_exit(0);
    assert!(!run.stderr.contains("没有变化"), "{}", run.stderr);
    assert_ne!(project.read(&format!("output/{}", screen(&project))), before);
}

#[test]
fn a_mistake_keeps_the_previous_outputs() {
    let project = TestProject::base();
    project.run("build").must_exit(0);
    let before = project.read(&format!("output/{}", screen(&project)));
    let project = project.write("book/chapters/01.md", "# 标题\n\n见@fig:nothing。\n");
    project.run("build").must_exit(1).must_say("undefined-reference");
    assert_eq!(project.read(&format!("output/{}", screen(&project))), before);
}

#[test]
fn json_diagnostics_have_the_contracts_keys() {
    let project =
        TestProject::base().write("book/chapters/01.md", "# 标题\n\n见@fig:nothing。\n");
    let run = project.run("check --message-format json").must_exit(1);
    let line = run
        .stdout
        .lines()
        .find(|line| line.contains("undefined-reference"))
        .unwrap();
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let mut contract = [
        "code",
        "severity",
        "message",
        "hints",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
    ];
    contract.sort_unstable();
    let mut keys = keys;
    keys.sort_unstable();
    assert_eq!(keys, contract);
    assert_eq!(value["line"], 3);
    assert_eq!(value["column"], 3);
    assert_eq!(value["file"], "book/chapters/01.md");
}

#[test]
fn twenty_mistakes_are_twenty_messages_in_order() {
    let project = TestProject::base()
        .write(
            "book/book.toml",
            "title = \"最小的书\"\nauthors = [\"佚名\"]\nlanguage = \"中文\"\ndate = 1879-03-14\n\
             isbn = \"978-7-115-54608-2\"\nauhtor = \"x\"\ncitation_style = \"apa\"\n\
             chapters = [\"chapters/01.md\", \"chapters/02.md\"]\n\n[editions.screen]\n\
             trim = \"大32\"\nbleed = -3\n",
        )
        .write(
            "book/chapters/02.md",
            "# 把数加起来 {#sec:adding}\n\n见@fig:nothing、[[没有的词]]和[@none2020]。\n\n\
             #### 跳级\n\n##没有空格\n\nCO<sub>2</sub>和 $x 没有结束，注[^no]。\n\n\
             ![圆](../../figures/none.svg){#fig:a alt=\"方格纸上画着一个圆\" source=\"甲\" licence=\"乙\"}\n\n\
             见@fig:a。\n\n:::要典\n框\n:::\n\n：：：提示\n框\n:::\n\n:::提示\n没有结束\n",
        )
        .write(
            "book/glossary.toml",
            "[[term]]\nzh = \"二氧化碳\"\npinyin = \"èr yǎng huà tàn\"\nsoruce = \"x\"\ndef = \"气体。\"\n",
        )
        .write(
            "book/quiz.toml",
            "[[question]]\nid = \"Q1\"\ntype = \"tf\"\nq = \"对吗？\"\nanswer = \"也许\"\n",
        );
    let run = project.run("check --message-format json").must_exit(1);
    let found: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let codes: Vec<_> =
        found.iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "bad-language",
            "bad-date",
            "bad-isbn",
            "unknown-key",
            "unknown-value",
            "bad-trim",
            "bad-length",
            "undefined-reference",
            "undefined-term",
            "undefined-citation",
            "heading-skips-level",
            "heading-without-space",
            "raw-html",
            "raw-html",
            "unclosed-formula",
            "undefined-note",
            "missing-file",
            "unknown-directive",
            "full-width-mark",
            "unclosed-directive",
            "unknown-key",
            "bad-question",
        ]
    );
    let place = |found: &serde_json::Value| {
        let line = found["line"].as_u64().unwrap();
        (
            found["file"].as_str().unwrap().to_owned(),
            line,
            found["column"].as_u64().unwrap(),
        )
    };
    for pair in found.windows(2).map(|pair| (place(&pair[0]), place(&pair[1]))) {
        let (a, b) = pair;
        assert!(a.0 != b.0 || (a.1, a.2) <= (b.1, b.2), "{a:?} stands before {b:?}");
    }
}

#[test]
fn warnings_fail_only_when_denied() {
    let project = TestProject::base();
    let mut glossary = String::from_utf8(project.read("book/glossary.toml")).unwrap();
    glossary.push_str(
        "\n[[term]]\nzh = \"从来不用的词\"\npinyin = \"cóng lái bù yòng de cí\"\nen = \"never used\"\ndef = \"书里没有它。\"\n",
    );
    let project = project.write("book/glossary.toml", glossary);
    project.run("check").must_exit(0).must_say("unused-term");
    project.run("check --deny-warnings").must_exit(1);
    project.run("build epub").must_exit(0);
}

#[test]
fn wrong_usage_is_two_and_says_what_is_right() {
    let project = TestProject::base();
    project.run("biuld").must_exit(2).must_say("没有 `biuld` 这个命令");
    project.run("build --nosuch").must_exit(2).must_say("--nosuch");
    project.run("build screne").must_exit(2).must_say("screen");
    project
        .run("explain undefined-trem")
        .must_exit(2)
        .must_say("undefined-term");
    let empty = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kepu"));
    Run::of(command.current_dir(empty.path()).arg("build"))
        .must_exit(2)
        .must_say("book/book.toml");
}

#[test]
fn an_unwritable_folder_is_the_machines_fault() {
    let project = TestProject::base().write("output", "a file where a folder should be");
    project.run("build epub").must_exit(3).must_say("unwritable-output");
}

#[test]
fn lists_and_explanations_go_to_stdout() {
    let project = TestProject::base();
    let editions = project.run("editions").must_exit(0).stdout;
    for name in
        ["screen", "print", "print-cover", "large-print", "epub", "large-print-epub"]
    {
        assert!(editions.lines().any(|line| line.starts_with(name)), "{editions}");
    }
    assert!(project.run("fonts").must_exit(0).stdout.contains("Noto Serif SC"));
    assert!(
        project
            .run("explain undefined-term")
            .must_exit(0)
            .stdout
            .contains("术语")
    );
    assert!(project.run("completions bash").must_exit(0).stdout.contains("kepu"));
    assert!(project.run("--help").must_exit(0).stdout.contains("build"));
}

#[test]
fn the_typst_source_can_be_written_out() {
    let project = TestProject::base();
    project.run("build screen --emit-typst source").must_exit(0);
    for path in ["main.typ", "edition.json", "templates/book.typ"] {
        assert!(!project.read(&format!("source/{path}")).is_empty());
    }
    assert!(!project.path().join("output").exists(), "nothing else is built");
}

/// The name of the base book's screen edition.
fn screen(project: &TestProject) -> String {
    let entries = fs::read_dir(project.path().join("output")).unwrap();
    let mut names =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.find(|name| name.ends_with("-screen.pdf")).unwrap()
}
