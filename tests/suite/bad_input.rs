//! Whatever is thrown at it, the program ends, and ends with a contract code.

use super::harness::TestProject;

/// A chapter of hostile text must end in 0 or 1, never in a panic or a hang.
fn survives(name: &str, chapter: impl AsRef<[u8]>) {
    let project = TestProject::base().write("book/chapters/01.md", chapter);
    let run = project.run("check --color never");
    assert!(matches!(run.code, Some(0 | 1)), "{name}: {:?}\n{}", run.code, run.stderr);
    assert!(!run.stderr.contains("internal-fault"), "{name}:\n{}", run.stderr);
}

#[test]
fn hostile_chapters() {
    survives("empty", "");
    survives("not UTF-8", b"# \xff\xfe\xff");
    survives("NUL", "# 标题\n\n\0\0\0\n");
    survives("deep quotes", format!("# 标题\n\n{} 深\n", ">".repeat(20_000)));
    survives("deep lists", {
        let items = (0..2_000).map(|depth| format!("{}- 层\n", "  ".repeat(depth)));
        format!("# 标题\n\n{}", items.collect::<String>())
    });
    survives(
        "deep emphasis",
        format!("# 标题\n\n{}字{}\n", "*字".repeat(5_000), "*".repeat(5_000)),
    );
    survives("deep brackets", format!("# 标题\n\n{}\n", "[".repeat(50_000)));
    survives("deep directives", format!("# 标题\n\n{}", ":::要点\n".repeat(5_000)));
    survives("one long line", format!("# 标题\n\n{}\n", "碳".repeat(1_000_000)));
    survives("many headings", format!("# 标题\n\n{}", "## 节\n\n".repeat(20_000)));
    survives("CRLF and tabs", "# 标题\r\n\r\n\t- 项\r\n\t\t- 项\r\n");
    survives(
        "a formula that never ends",
        format!("# 标题\n\n$${}$$\n", "\\frac{".repeat(3_000)),
    );
    survives(
        "a table of nothing",
        format!("# 标题\n\n{}\n{}\n", "|".repeat(5_000), "|-".repeat(5_000)),
    );
    survives("footnote circles", "# 标题\n\n甲[^a]\n\n[^a]: 乙[^b]\n\n[^b]: 丙[^a]\n");
    survives("bidi and controls", "# 标题\n\n\u{202e}反\u{202c}\u{7}\u{1b}[31m\n");
}

#[test]
fn hostile_configurations() {
    for text in [
        "",
        "title = ",
        "[[[",
        "title = \"书\"\nchapters = [\"../../../../etc/passwd\"]",
        "title = \"书\"\nchapters = [\"chapters\"]",
        "title = \"书\"\nchapters = [\"chapters/01.md\"]\n[editions.a]\nextends = \"b\"\n[editions.b]\nextends = \"a\"",
        "title = \"书\"\nchapters = [\"chapters/01.md\"]\n[editions.screen]\ntrim = \"1e308x1e308mm\"",
        "title = \"书\"\nchapters = [\"chapters/01.md\"]\n[editions.screen]\nbody_size = nan",
        "title = \"\\u0000\"\nchapters = [\"chapters/01.md\"]",
    ] {
        let project = TestProject::base().write("book/book.toml", text);
        let run = project.run("check --color never");
        assert!(
            matches!(run.code, Some(0 | 1)),
            "{text}: {:?}\n{}",
            run.code,
            run.stderr
        );
        assert!(!run.stderr.contains("internal-fault"), "{text}:\n{}", run.stderr);
    }
}

/// A cell of very many pieces is a long cell, not an endless loop of the templates.
#[test]
fn a_table_cell_of_thousands_of_pieces() {
    let cell = "**字**a".repeat(6000);
    let run = TestProject::base()
        .write(
            "book/chapters/02.md",
            format!("# 长格 {{#sec:adding}}\n\n| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n| 1 | 2 | {cell} |\n"),
        )
        .run("build screen large-print --color never");
    assert!(!run.stderr.contains("template-error"), "{}", run.stderr);
    assert!(run.code.is_some(), "{}", run.stderr);
}

/// Charts of one point are drawn, whatever their kind, with a note and without.
#[test]
fn charts_of_a_single_point() {
    for kind in ["line", "area", "stacked-area", "bar", "horizontal-bar", "donut"] {
        // What lies or goes round has no place for notes.
        let noted = !["horizontal-bar", "donut"].contains(&kind);
        for note in ["", "annotations = [{ x = 2020, text = \"2020年：5\" }]\n"]
            .into_iter()
            .take(1 + usize::from(noted))
        {
            let chart = format!(
                "kind = \"{kind}\"\ntitle = \"只有一年\"\nunit = \"吨\"\n\
                 data = \"data/one.csv\"\nx = \"year\"\n\
                 series = {{ column = \"v\", name = \"数\" }}\n{note}\
                 alt = \"只有一个点。\"\nsource = \"数据：本书假设\"\nlicence = \"CC BY 4.0\"\n"
            );
            let run = TestProject::base()
                .write("figures/one.toml", chart)
                .write("figures/data/one.csv", "year,v\n2020,5\n")
                .write(
                    "book/chapters/02.md",
                    "# 一年 {#sec:adding}\n\n![只有一年的数](../../figures/one.toml){#fig:one}\n",
                )
                .run("build screen large-print --color never");
            assert!(
                !run.stderr.contains("template-error"),
                "{kind} {note}:\n{}",
                run.stderr
            );
            assert_eq!(run.code, Some(0), "{kind} {note}:\n{}", run.stderr);
        }
    }
}
