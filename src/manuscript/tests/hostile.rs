//! Input that no author writes: no panic, no hang, a diagnostic where due.

use std::fmt::Write;

use super::{codes, read};

/// Reads and checks that every span is inside the text, at characters.
fn survive(text: &str) -> Vec<&'static str> {
    let (chapter, sink) = read(text);
    super::places::visit(&chapter, &mut |inline| {
        assert!(text.get(inline.span.range()).is_some(), "{:?}", inline.span);
    });
    for found in sink.sorted() {
        for span in found.span.iter().chain(found.related.iter().map(|(span, _)| span)) {
            assert!(text.get(span.range()).is_some(), "{}: {span:?}", found.rule.code);
        }
    }
    codes(&sink)
}

#[test]
fn deep_nesting_is_refused() {
    let quotes = format!("# 题\n\n{}文\n", "> ".repeat(10_000));
    assert_eq!(survive(&quotes), ["nesting-too-deep"]);
    let tight = format!("# 题\n\n{}文\n", ">".repeat(10_000));
    assert_eq!(survive(&tight), ["nesting-too-deep"]);
    let mut lists = "# 题\n\n".to_owned();
    for depth in 0..200 {
        let _ = writeln!(lists, "{}- 项", "  ".repeat(depth));
    }
    assert!(survive(&lists).contains(&"nesting-too-deep"));
    let strong = format!("# 题\n\n{}文{}\n", "**a ".repeat(5000), " b**".repeat(5000));
    survive(&strong);
    let fences = format!("# 题\n\n{}", ":::提示\n".repeat(3000));
    assert!(survive(&fences).contains(&"unclosed-directive"));
}

#[test]
fn long_runs_of_markup_end() {
    for piece in [
        "[", "[[", "[[a|", "{碳|", "{", "$", "$$", "@fig:", "~", "^", "*", "**", "`",
        "<", "![", "[@a;", "[^", "\\", "|", "{#a ", ":::", "&", "https://", "]]", "_",
        "表：", "> ", "- ", "\u{202e}", "₂", "#", "~~", "$a$", "a~b~", "“", "\t",
    ] {
        let text = format!("# 题\n\n{}\n", piece.repeat(20_000));
        survive(&text);
        let text = format!("# 题\n\n{}\n", format!("{piece}\n").repeat(3000));
        survive(&text);
        let text = format!("# 题\n\n| a | b |\n|---|---|\n| {} |\n", piece.repeat(2000));
        survive(&text);
    }
}

#[test]
fn odd_bytes_are_reported() {
    assert_eq!(survive("# 题\n\n碳\0汇\n"), ["control-character"]);
    assert_eq!(survive("# 题\n\n碳\u{b}汇\u{fffd}\n"), ["control-character"; 2]);
    assert_eq!(survive("# 题\r\n\r\n碳\r\n汇\r\n"), [""; 0]);
    assert_eq!(survive("# 题\r\r碳\r汇\r"), [""; 0]);
    assert_eq!(survive(""), ["missing-title"]);
    assert_eq!(survive("\n\n\n"), ["missing-title"]);
    assert_eq!(survive("+++"), ["bad-header", "missing-title"]);
    assert!(survive("+++\na = \n+++\n# 题").contains(&"toml-syntax"));
    assert_eq!(survive("---\ntitle: x\n---\n# 题\n"), ["bad-header"]);
}

/// Every prefix of a text that uses everything.
#[test]
fn every_prefix_is_read() {
    let text = "+++\nactor = \"政府\"\n+++\n# 章*题* {#sec:a .unnumbered}\r\n\n见@fig:co2，[@a; @b, p. 12]和[[碳汇|**森林**碳汇]]。CO~2~ m² {碳|tàn}[^1]\n:::辟谣 标*题*\n> [!TIP] 提\n> 文\n::::\n| a | b |\n|--|:-:|\n| [[x\\|y]] | $a$ |\n表：题 {#tbl:x source=\"[@k]\"}\n\n$$\nx\n$$ {#eq:x alt=\"y\"}\n![图](a.svg){#fig:x\n alt=\"说\"}\n\n:::自测\n问？\n- [x] 对\n- [ ] 错\n\n解析：因为。\n:::\n\n[^1]: 注`x`\n";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        survive(&text[..end]);
    }
    for start in (0..text.len()).filter(|start| text.is_char_boundary(*start)) {
        survive(&text[start..]);
    }
}
