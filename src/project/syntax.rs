//! TOML's syntax errors, told to authors in Chinese, one for each mistake.

use std::ops::Range;

use toml::de::DeTable;

/// What each of the parser's messages means, and what to do.
const KNOWN: &[(&str, &str, &str)] = &[
    ("duplicate key", "这一项写了两次", "删去其中一个"),
    ("string values must be quoted", "文字没有加引号", "用英文双引号把文字括起来"),
    ("missing opening quote", "引号没有成对", "在文字两端各写一个英文双引号"),
    ("unquoted keys cannot be empty", "等号左边没有名字", "在等号左边写上项的名字"),
    (
        "invalid unquoted key",
        "项的名字里有不能直接写的字符",
        "名字只用英文字母、数字、- 和 _；中文名字要加英文双引号",
    ),
    ("extra `=`", "多了一个等号", "一项只写一个等号"),
    ("missing value", "等号右边没有值", "写上值，或删去这一行"),
    ("key with no value", "这一项没有值", "写成 名字 = 值"),
    ("unclosed array table", "双方括号没有写完", "在行尾补上 ]]"),
    ("unclosed array", "列表的方括号没有写完", "在列表末尾补上 ]"),
    ("unclosed table", "方括号没有写完", "在行尾补上 ]"),
    ("unclosed inline table", "花括号没有写完", "在末尾补上 }"),
    ("missing comma", "两项之间缺逗号", "在前一项后面补上英文逗号"),
    ("extra comma", "多了一个逗号", "删去多余的逗号"),
    ("missing array opening", "多了一个 ]", "删去它，或在前面补上 ["),
    ("missing inline table opening", "多了一个 }", "删去它，或在前面补上 {"),
    ("missing assignment", "缺等号", "写成 名字 = 值"),
    ("extra assignment", "多了一个等号", "一项只写一个等号"),
    (
        "unexpected `=` in array",
        "列表里不能有等号",
        "一组键值要放在花括号里：{ name = \"…\" }",
    ),
    ("carriage return must", "换行符不完整", "用编辑器把换行统一为 LF 或 CRLF"),
    ("invalid comment character", "注释里有不可见的控制字符", "删去那个字符"),
    ("leading zero", "数字不能以 0 开头", "去掉开头的 0；如果是编号，给它加上英文双引号"),
    ("missing escaped value", "反斜线后面缺字符", "文字里的反斜线要写成 \\\\"),
    ("unicode value", "反斜线转义写得不完整", "文字里的反斜线要写成 \\\\"),
    ("unexpected content", "这里多了内容", "一行只写一项；说明文字放在 # 后面"),
    ("unexpected key or value", "这里多了内容", "一行只写一项；说明文字放在 # 后面"),
    ("recurs", "括号嵌套得太深", "减少嵌套"),
    (
        "invalid basic string",
        "引号没有成对，或文字里有不能直接写的字符",
        "检查引号是否成对，引号内不能换行",
    ),
    ("invalid literal string", "文字没有写完", "检查单引号是否成对，引号内不能换行"),
    ("invalid multi-line", "多行文字没有写完", "检查三个引号是否成对"),
    ("invalid table header", "方括号里的名字写得不对", "写成 [名字]，单独占一行"),
    ("multi-line literal strings", "名字不能写成几行", "名字只用英文字母、数字、- 和 _"),
    ("missing table open", "方括号没有成对", "写成 [名字]，单独占一行"),
    ("missing comment start", "这里多了内容", "一行只写一项；说明文字放在 # 后面"),
    ("missing key", "等号左边没有名字", "写成 名字 = 值"),
    ("key-value pair", "这一项写得不对", "写成 名字 = 值"),
    ("inline table element", "花括号里写得不对", "写成 { 名字 = 值, 名字 = 值 }"),
    ("dotted key", "这一项写了两次", "删去其中一个"),
    ("boolean", "真假值写得不对", "写成 true 或 false"),
    ("number", "数写得不对", "只用数字和小数点；文字要加英文双引号"),
    ("float", "数写得不对", "只用数字和小数点；文字要加英文双引号"),
    ("fraction", "数写得不对", "小数点后面要有数字"),
    ("exponent", "数写得不对", "只用数字和小数点；文字要加英文双引号"),
    ("mantissa", "数写得不对", "只用数字和小数点；文字要加英文双引号"),
    ("radix", "数写得不对", "只用数字和小数点；文字要加英文双引号"),
    ("sign", "数写得不对", "数的前面最多写一个正负号"),
    ("between digits", "数写得不对", "只用数字和小数点；文字要加英文双引号"),
    ("date", "日期写得不对", "写成 2026-11-23，不加引号"),
];

/// The most mistakes that are looked for in one file.
const MOST: usize = 50;

/// A mistake, and what to do.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

/// The mistakes of a text, and the text with each spoilt item blanked, so that
/// the rest of it can be read. Offsets stay the same.
///
/// One forgotten bracket makes everything after it look wrong to a parser. So
/// only its first error counts; then the item with the error is taken out and
/// the text is parsed again.
pub(super) fn mistakes(text: &str) -> (String, Vec<Mistake>) {
    let mut text = text.to_owned();
    let mut found = Vec::new();
    while found.len() < MOST {
        let (_, errors) = DeTable::parse_recoverable(&text);
        let end = text.len()..text.len();
        let errors = errors.into_iter().map(|error| {
            (error.span().unwrap_or(end.clone()), error.message().to_owned())
        });
        let Some((mut range, mut message)) = errors.min_by_key(|(range, _)| range.start)
        else {
            break;
        };
        let mut item = item_at(&text, range.start);
        if range.start == item.start
            && item.start > 0
            && message.contains("array elements")
        {
            // This item is sound: the list before it was never closed.
            item = item_at(&text, item.start - 1);
            let written = text[item.clone()].trim_end().len();
            range = item.start..item.start + written;
            "unclosed array".clone_into(&mut message);
        }
        let (message, hint) =
            wide(&text[range.start..]).unwrap_or_else(|| explain(&message));
        found.push(Mistake { range, message, hint });
        if !blank(&mut text, item) {
            break;
        }
    }
    (text, found)
}

/// The item that holds the byte `at`: from the line of its name to the next
/// one; for a table's header, to the next header.
fn item_at(text: &str, at: usize) -> Range<usize> {
    let starts = || {
        let mut next = 0;
        text.split_inclusive('\n').map(move |line| {
            let start = next;
            next += line.len();
            (start, line)
        })
    };
    let first = starts()
        .take_while(|(start, _)| *start <= at)
        .filter(|(_, line)| is_header(line) || is_key(line))
        .last();
    let Some((start, line)) = first else { return 0..first_item(text, at) };
    let header = is_header(line);
    let end = starts()
        .skip_while(|(next, _)| *next <= start)
        .find(|(_, line)| is_header(line) || (!header && is_key(line)))
        .map_or(text.len(), |(end, _)| end);
    start + (line.len() - line.trim_start().len())..end
}

/// The end of what stands before the first item.
fn first_item(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |line| at + line + 1)
}

/// Whether a line is a table's header; rows of a list have commas.
fn is_header(line: &str) -> bool {
    line.starts_with('[') && !line.contains(',')
}

/// Whether a line starts with `name =`.
fn is_key(line: &str) -> bool {
    let line = line.trim_start();
    let rest = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            line[1..].split_once(quote).map_or("", |(_, rest)| rest)
        }
        _ => line,
    };
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let after = rest.trim_start_matches(name);
    // `def：` was meant to be a key, too.
    let ascii = line.trim_start_matches(|c: char| name(c) && c.is_ascii());
    if ascii.len() < line.len() && ascii.trim_start().starts_with(['＝', '：']) {
        return true;
    }
    (rest.len() < line.len() || after.len() < line.len())
        && after.trim_start().starts_with('=')
}

/// Replaces a stretch with spaces; false if there was nothing but space.
fn blank(text: &mut String, range: Range<usize>) -> bool {
    let spaces = |c: char| match c {
        '\n' | '\r' => String::from(c),
        c => " ".repeat(c.len_utf8()),
    };
    let old = &text[range.clone()];
    let changed = !old.trim().is_empty();
    let blanked: String = old.chars().map(spaces).collect();
    text.replace_range(range, &blanked);
    changed
}

/// Marks typed while a Chinese input method was on.
const WIDE: &[(char, &str, &str)] = &[
    ('“', "引号", "\""),
    ('”', "引号", "\""),
    ('‘', "引号", "\""),
    ('’', "引号", "\""),
    ('＂', "引号", "\""),
    ('「', "引号", "\""),
    ('，', "逗号", ","),
    ('、', "逗号", ","),
    ('＝', "等号", "="),
    ('：', "等号", "="),
    ('【', "方括号", "["),
    ('】', "方括号", "]"),
    ('［', "方括号", "["),
    ('］', "方括号", "]"),
    ('｛', "花括号", "{"),
    ('｝', "花括号", "}"),
    ('＃', "# 号", "#"),
];

/// The mistake of a text that starts with a Chinese mark in place of TOML's.
fn wide(text: &str) -> Option<(String, String)> {
    let first = text.chars().next()?;
    let (_, name, narrow) = WIDE.iter().find(|(mark, ..)| *mark == first)?;
    Some((format!("这里的{name}是中文符号 {first}"), format!("改成英文的 {narrow}")))
}

/// A syntax error's message and hint.
fn explain(message: &str) -> (String, String) {
    let lower = message.to_lowercase();
    let known = KNOWN.iter().find(|(start, ..)| lower.contains(start));
    match known {
        Some((_, text, hint)) => ((*text).to_owned(), (*hint).to_owned()),
        None => (
            "这里不合 TOML 的写法".to_owned(),
            "一行写一项：名字 = 值；文字用英文双引号括起来".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line and message of each mistake.
    fn found(text: &str) -> Vec<(usize, String)> {
        let (rest, found) = mistakes(text);
        assert_eq!(rest.len(), text.len());
        assert!(DeTable::parse(&rest).is_ok(), "{rest}");
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        found.into_iter().map(|m| (line(m.range.start), m.message)).collect()
    }

    #[test]
    fn one_mistake_is_one_error() {
        let text = "a = [\"x\", \"y\nb = 1\nc = [1 2]\nd = 01\na = 2\n";
        let lines: Vec<_> = found(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 4]);
        let open = found("a = [1, 2\nb = 3\n\n[c]\nd = 4\n");
        assert_eq!(open, [(1, "列表的方括号没有写完".to_owned())]);
        let twice = found("[a]\nb = 1\n[a]\nb = 2\nc = 3\n[d]\n");
        assert_eq!(twice, [(3, "这一项写了两次".to_owned())]);
        assert_eq!(found("a = 1\n:::\nb = 2\n").len(), 1);
        assert_eq!(found("= 1\n] x\nb = 2").len(), 2);
    }

    #[test]
    fn chinese_marks_are_named() {
        for (text, mark) in [
            ("title：\"书\"", '：'),
            ("title = “书”", '“'),
            ("a = [\"x\"，\"y\"]", '，'),
            ("【a】\nb = 1", '【'),
            ("a ＝ 1", '＝'),
        ] {
            let found = found(text);
            assert!(found[0].1.contains(mark), "{text}: {found:?}");
        }
        assert_eq!(found("a = “x”\nb：\"y\"\nc = 1").len(), 2);
        // Inside a string they are text.
        assert_eq!(found("a = \"“引号”，：\""), []);
    }

    #[test]
    fn common_mistakes_are_explained() {
        for text in [
            "title = 书名",
            "title = \"书名",
            "a = 1\na = 2",
            "书名 = \"x\"",
            "a = [1, 2",
            "a = [1 2]",
            "a",
            "a =",
            "[editions.screen",
            "isbn = 0123",
            "a = \"x\" b = 2",
            "date = 2026-13-01",
            "date = 2026-1-1",
            "a = {b = 1",
        ] {
            let (_, errors) = DeTable::parse_recoverable(text);
            assert!(!errors.is_empty(), "{text} is accepted");
            for error in errors {
                let (message, _) = explain(error.message());
                assert_ne!(message, "这里不合 TOML 的写法", "{text}");
            }
        }
    }
}
