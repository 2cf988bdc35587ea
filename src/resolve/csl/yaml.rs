//! What the YAML reader says, told to authors in Chinese; anchors in a text.

/// Words in the reader's message, what they mean, and what to do.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "no entry type",
        "没有写 type",
        "写上种类，例如 type: book、type: web 或 type: report",
    ),
    ("date format unknown", "日期写得不对", "写成 2024、2024-05 或 2024-05-01"),
    (
        "unknown anchor",
        "用 * 引用了没有定义的锚点",
        "在它之前的条目里用 & 定义这个锚点；要印出星号时给整段文字加英文引号",
    ),
    ("duplicate", "同一项写了两次", "删去其中一项"),
    (
        "mapping values are not allowed",
        "文字里有英文冒号，或缩进不对",
        "给有冒号的文字加上英文双引号；同一层的项目左边对齐",
    ),
    (
        "cannot start any token",
        "这里有不能直接写的字符",
        "缩进用空格，不用 Tab；以 @、%、` 等开头的文字加上英文双引号",
    ),
    ("quoted scalar", "引号没有成对", "在文字两端各写一个英文双引号"),
    ("unknown escape", "反斜线后面的字符不对", "文字里的反斜线写成 \\\\，或改用单引号"),
    ("flow", "方括号或花括号没有写完", "补上 ] 或 }"),
    ("a map representing", "键下面没有缩进的项目", "另起一行，缩进两格写 type: …"),
    ("a map between", "键下面没有缩进的项目", "另起一行，缩进两格写 type: …"),
    ("control character", "有看不见的控制字符", "删去那个字符"),
    (
        "expected",
        "这一行附近的冒号或缩进不对",
        "每项写成“名字: 值”，冒号用英文的，后面空一格；同一层的项目左边对齐",
    ),
];

/// An error's meaning, and what to do.
pub(super) fn explain(error: &str) -> (String, String) {
    if let Some((_, rest)) = error.split_once("unknown variant `") {
        let name = rest.split('`').next().unwrap_or_default();
        if name.contains(' ') {
            let what = "下一行缩进得太深，接到了 type 后面";
            return (what.to_owned(), "同一层的项目左边对齐".to_owned());
        }
        return (
            format!("不认识的 type“{name}”"),
            "常用的有 book、article、web、report、legislation、thesis、newspaper"
                .to_owned(),
        );
    }
    let field = field(error);
    let is_syntax = error.contains("while ") || error.contains("did not find");
    let known = KNOWN.iter().find(|(words, ..)| error.contains(words));
    match (known, field) {
        (Some((_, _, hint)), Some(field)) if error.contains("date format") => {
            (format!("“{field}”的日期写得不对"), (*hint).to_owned())
        }
        (_, Some(field)) if !is_syntax => (
            format!("“{field}”的值写得不对"),
            "检查这一项该写文字、数、日期还是列表；文字里有特殊符号时加英文双引号"
                .to_owned(),
        ),
        (Some((_, what, hint)), _) => ((*what).to_owned(), (*hint).to_owned()),
        (None, _) => (
            "有一项的写法不合规定".to_owned(),
            "逐项核对：作者写成 author: 姓名 或列表，网址写成 url: { value: …, date: … }"
                .to_owned(),
        ),
    }
}

/// What is wrong with the colon of a line that the reader stumbled over.
pub(super) fn colon(line: &str) -> Option<(String, String)> {
    let name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let rest = line.trim_start_matches(['-', ' ']).trim_start_matches(name);
    let rest = rest.trim_start();
    if rest.starts_with('：') {
        let hint = "改成英文冒号，后面空一格：type: book";
        return Some(("冒号用了中文的".to_owned(), hint.to_owned()));
    }
    if rest.starts_with(':') && rest.len() > 1 && !rest.starts_with(": ") {
        let hint = "写成“名字: 值”，例如 type: book";
        return Some(("冒号后面没有空格".to_owned(), hint.to_owned()));
    }
    None
}

/// The field that an error is about: `key.field: …`.
fn field(error: &str) -> Option<&str> {
    let (path, _) = error.split_once(": ")?;
    let (_, field) = path.split_once('.')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '[' | ']');
    (!field.is_empty() && field.chars().all(plain)).then_some(field)
}

/// The names of anchors (`&name`) or of what points at them (`*name`).
pub(super) fn names(text: &str, sign: char) -> impl Iterator<Item = &str> {
    text.match_indices(sign).filter_map(move |(at, _)| {
        let starts = text[..at].ends_with([' ', '[', ',']);
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'));
        let name = &rest[..end.unwrap_or(rest.len())];
        (starts && !name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reader's own message for an entry.
    fn error(text: &str) -> String {
        hayagriva::io::from_yaml_str(text).unwrap_err().to_string()
    }

    #[test]
    fn every_error_is_chinese() {
        for text in [
            "a:\n  title: A\n",
            "a:\n  type: livre\n",
            "a:\n  type: book\n  date: 去年\n",
            "a:\n  type: book\n  title \"x\"\n",
            "a:\n  type: book\n  title: a: b\n",
            "a:\n  type: book\n title: a\n",
            "a:\n\ttype: book\n",
            "a:\n  type: book\n  title: \"x\n",
            "a:\n  type: book\n  author: [x\n",
            "a: type: book\n",
            "a: book\n",
            "a:\n  type: book\n  author: *who\n",
            "a:\n  type: book\n  author: { given: x }\n",
            "a:\n  type: book\n  type: web\n",
            "a:\n  type: web\n  url: 7\n",
            "a:\n  type: book\n  page-range: { a: b }\n",
            "a:\n  type: book\n  title: @x\n",
            "a:\n  type: book\n  parent: 3\n",
        ] {
            let (what, hint) = explain(&error(text));
            assert!(
                !what.contains("line") && !what.contains("expected"),
                "{text}: {what}"
            );
            assert!(
                what.chars().count() >= 4 && hint.chars().count() >= 5,
                "{what} {hint}"
            );
        }
    }

    #[test]
    fn a_line_that_ran_on_is_told() {
        let (what, _) = explain(&error("a:\n  type: book\n   title: x\n"));
        assert!(!what.contains("book title"), "{what}");
    }

    #[test]
    fn the_field_is_named() {
        let (what, _) =
            explain(&error("a:\n  type: web\n  url: { value: x, date: 去年 }\n"));
        assert!(what.contains("“url.date”") || what.contains("“url"), "{what}");
        let (what, hint) = explain(&error("a:\n  type: book\n  date: 去年\n"));
        assert_eq!(what, "“date”的日期写得不对");
        assert!(hint.contains("2024-05"));
    }

    #[test]
    fn colons_are_looked_at() {
        assert!(colon("type：book").is_some_and(|(what, _)| what.contains("中文")));
        assert!(colon("type:book").is_some_and(|(what, _)| what.contains("空格")));
        assert_eq!(colon("title: 甲：乙"), None);
        assert_eq!(colon("url:"), None);
    }

    #[test]
    fn names_are_found() {
        assert_eq!(names("a: &who 王\nb: [*x, *y]", '&').collect::<Vec<_>>(), ["who"]);
        assert_eq!(names("a: &who 王\nb: [*x, *y]", '*').collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(names("AT&T **x**", '&').count(), 0);
    }
}
