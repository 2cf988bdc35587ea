//! TOML's syntax errors, told to authors in Chinese.

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
        "文字里有不能直接写的字符",
        "检查引号是否成对，引号内不能换行",
    ),
    ("invalid literal string", "文字没有写完", "检查单引号是否成对，引号内不能换行"),
    ("invalid multi-line", "多行文字没有写完", "检查三个引号是否成对"),
    ("invalid table header", "方括号里的名字写得不对", "写成 [名字]，单独占一行"),
    ("date", "日期写得不对", "写成 2026-11-23，不加引号"),
];

/// A syntax error's message and hint.
pub(super) fn explain(message: &str) -> (String, String) {
    let lower = message.to_lowercase();
    let known = KNOWN.iter().find(|(start, ..)| lower.contains(start));
    match known {
        Some((_, text, hint)) => ((*text).to_owned(), (*hint).to_owned()),
        None => (
            format!("这里不合 TOML 的写法（{message}）"),
            "一行写一项：名字 = 值；文字用英文双引号括起来".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
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
            let (_, errors) = toml::de::DeTable::parse_recoverable(text);
            assert!(!errors.is_empty(), "{text} is accepted");
            for error in errors {
                let (message, _) = super::explain(error.message());
                assert!(!message.contains('（'), "{text}: {message}");
            }
        }
    }
}
