//! What the title page and the imprint page say.

use uuid::Uuid;

use super::{Reader, publication};
use crate::book::{Contributor, Metadata};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Span, Spanned};
use crate::project::tree::{Node, Table, Value};

/// The years that every output can carry: zip knows no others.
const YEARS: std::ops::RangeInclusive<u16> = 1980..=2107;

/// Reads title-page data, and lists what of it is printed.
pub(super) fn read(
    root: &mut Table,
    folder: &str,
    ctx: &mut Reader<'_>,
) -> (Metadata, Vec<Spanned<String>>) {
    let mut printed = Vec::new();
    let (kind, permit, cover) = publication::read(root, ctx, &mut printed);
    let title = title(root, ctx, &mut printed);
    let slug = slug(root, folder, ctx);
    let mut line = |key, ctx: &mut Reader<'_>| {
        let Some(text) = root.string(key, ctx.sink) else { return String::new() };
        let value = text.value.trim().to_owned();
        printed.push(text);
        value
    };
    let subtitle = line("subtitle", ctx);
    let publisher = line("publisher", ctx);
    let place = line("place", ctx);
    let edition_statement = line("edition_statement", ctx);
    let rights = line("rights", ctx);
    let description = line("description", ctx);
    let price = line("price", ctx);
    let authors = contributors(root, "authors", ctx, &mut printed);
    let editors = contributors(root, "editors", ctx, &mut printed);
    let subjects = root.strings("subjects", ctx.sink).unwrap_or_default();
    printed.extend(subjects.iter().cloned());
    let isbn = isbn(root, ctx);
    let language = language(root, ctx);
    let date = date(root, ctx);
    let identifier = identifier(root, &slug, &title, ctx);
    let imprint = imprint(root, ctx, &mut printed);
    let metadata = Metadata {
        title,
        subtitle,
        slug,
        authors,
        editors,
        publisher,
        place,
        isbn,
        language,
        date,
        edition_statement,
        rights,
        identifier,
        description,
        subjects: subjects.into_iter().map(|subject| subject.value).collect(),
        price,
        kind,
        permit,
        cover,
        imprint,
    };
    (metadata, printed)
}

fn title(
    root: &mut Table,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> String {
    if !root.has("title") && !ctx.broken {
        let found =
            Diagnostic::new(&rule::MISSING_KEY, ctx.top(), "book.toml 没有写书名");
        ctx.sink.report(found.hint("在文件开头加一行 title = \"书名\""));
    }
    let Some(title) = root.string("title", ctx.sink) else { return String::new() };
    let value = title.value.trim().to_owned();
    if value.is_empty() {
        let found = Diagnostic::new(&rule::EMPTY_VALUE, title.span, "书名是空的");
        ctx.sink.report(found.hint("写上书名"));
    }
    printed.push(title);
    value
}

/// The name of the outputs: given, or the folder's name made safe.
fn slug(root: &mut Table, folder: &str, ctx: &mut Reader<'_>) -> String {
    if let Some(slug) = root.string("slug", ctx.sink) {
        if is_safe_name(&slug.value) {
            return slug.value;
        }
        let message = format!("“{}”不能作输出文件的名字", slug.value);
        let found = Diagnostic::new(&rule::BAD_NAME, slug.span, message);
        ctx.sink.report(
            found
                .hint(format!("只用字母、数字和连字符，例如 {}", safe_name(&slug.value))),
        );
    }
    safe_name(folder)
}

/// Whether outputs can carry this name on every system.
pub(super) fn is_safe_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 100 && name == safe_name(name)
}

/// The name with everything but letters, digits, `-` and `_` replaced.
fn safe_name(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let mut safe = words.join("-");
    while safe.len() > 100 {
        safe.pop();
    }
    if safe.is_empty() { "book".to_owned() } else { safe }
}

/// People: names, or tables of name and role.
fn contributors(
    root: &mut Table,
    key: &'static str,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> Vec<Contributor> {
    let Some(node) = root.take(key) else { return Vec::new() };
    let items = match node.value {
        Value::Array(items) => items,
        _ => vec![node],
    };
    items
        .into_iter()
        .filter_map(|item| contributor(item, key, ctx, printed))
        .collect()
}

fn contributor(
    item: Node,
    key: &str,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> Option<Contributor> {
    let span = item.span;
    let (name, role) = if let Value::Table(mut table) = item.value {
        let name = table.string("name", ctx.sink);
        let role = table.string("role", ctx.sink);
        table.finish("作者或编者", ctx.sink);
        if name.is_none() {
            let found = Diagnostic::new(&rule::MISSING_KEY, span, "这里没有写姓名");
            ctx.sink.report(found.hint("写成 { name = \"姓名\", role = \"著\" }"));
        }
        (name?, role)
    } else {
        (item.string(key, ctx.sink)?, None)
    };
    let text = name.value.trim().to_owned();
    if text.is_empty() {
        let found = Diagnostic::new(&rule::EMPTY_VALUE, name.span, "姓名是空的");
        ctx.sink.report(found.hint("写上姓名，或删去这一项"));
        return None;
    }
    printed.push(name);
    let role_text = role
        .as_ref()
        .map(|role| role.value.trim().to_owned())
        .unwrap_or_default();
    printed.extend(role);
    Some(Contributor { name: text, role: role_text })
}

/// An ISBN-13 whose check digit is right.
fn isbn(root: &mut Table, ctx: &mut Reader<'_>) -> String {
    let Some(isbn) = root.string("isbn", ctx.sink) else { return String::new() };
    let text = isbn.value.trim();
    let text = text.strip_prefix("ISBN").unwrap_or(text).trim();
    if text.is_empty() {
        return String::new();
    }
    if let Err((message, hint)) = check_isbn(text) {
        let found = Diagnostic::new(&rule::BAD_ISBN, isbn.span, message);
        ctx.sink.report(found.hint(hint));
        return String::new();
    }
    text.to_owned()
}

fn check_isbn(text: &str) -> Result<(), (String, String)> {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let clean = text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    let prefix = digits.starts_with(&[9, 7, 8]) || digits.starts_with(&[9, 7, 9]);
    if !clean || digits.len() != 13 || !prefix {
        return Err((
            format!("“{text}”不是 13 位的书号"),
            "照书号通知单填写，形如 978-7-00-000000-1；还没有书号就删去这一行".to_owned(),
        ));
    }
    let sum: u32 = digits[..12]
        .iter()
        .zip([1, 3].iter().cycle())
        .map(|(d, w)| d * w)
        .sum();
    let check = (10 - sum % 10) % 10;
    if digits[12] != check {
        return Err((
            format!("书号 {text} 的校验码不对：末位应当是 {check}"),
            "逐位核对书号通知单，多半是有一位写错了".to_owned(),
        ));
    }
    Ok(())
}

/// A language tag: letters and digits between hyphens.
fn language(root: &mut Table, ctx: &mut Reader<'_>) -> String {
    const DEFAULT: &str = "zh-CN";
    let Some(language) = root.string("language", ctx.sink) else {
        return DEFAULT.to_owned();
    };
    let mut parts = language.value.split('-');
    let first = parts.next().unwrap_or_default();
    let good = (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len())
                && part.chars().all(|c| c.is_ascii_alphanumeric())
        });
    if good {
        return language.value;
    }
    let message = format!("“{}”不是语言代码", language.value);
    let found = Diagnostic::new(&rule::BAD_LANGUAGE, language.span, message);
    ctx.sink.report(found.hint("中文写 zh-CN"));
    DEFAULT.to_owned()
}

/// The book's date; without one, outputs carry the earliest that a zip can.
fn date(root: &mut Table, ctx: &mut Reader<'_>) -> (i32, u8, u8) {
    const NONE: (i32, u8, u8) = (1980, 1, 1);
    const HINT: &str = "写成 date = 2026-11-23，不加引号";
    let Some(node) = root.take("date") else {
        if !ctx.broken {
            let found = Diagnostic::new(
                &rule::MISSING_DATE,
                ctx.top(),
                "book.toml 没有写日期，暂用 1980-01-01",
            );
            ctx.sink.report(found.hint(HINT));
        }
        return NONE;
    };
    let Value::Date(date) = &node.value else {
        node.wrong_type("date", "日期（不加引号）", ctx.sink);
        return NONE;
    };
    match date.date {
        Some(date) if YEARS.contains(&date.year) => {
            (i32::from(date.year), date.month, date.day)
        }
        _ => {
            let found =
                Diagnostic::new(&rule::BAD_DATE, node.span, "这不是可用的出版日期");
            ctx.sink
                .report(found.hint(format!("{HINT}；年份在 1980 到 2107 之间")));
            NONE
        }
    }
}

/// A URN or URL; by default a UUID that follows from slug and title, so that it
/// is the same at every build.
fn identifier(root: &mut Table, slug: &str, title: &str, ctx: &mut Reader<'_>) -> String {
    let default = || {
        let name = format!("kepu\u{1f}{slug}\u{1f}{title}");
        Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
    };
    let Some(identifier) = root.string("identifier", ctx.sink) else { return default() };
    let text = identifier.value.trim();
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    let good = !rest.is_empty()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !text.contains(char::is_whitespace);
    if good {
        return text.to_owned();
    }
    let message = format!("“{text}”不能作书的标识符");
    let found = Diagnostic::new(&rule::BAD_IDENTIFIER, identifier.span, message);
    ctx.sink
        .report(found.hint("写成 urn:isbn:… 或网址；也可以删去，由书名算出"));
    default()
}

/// More lines of the imprint page: `[["责任编辑", "某某"], …]`.
fn imprint(
    root: &mut Table,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> Vec<(String, String)> {
    let Some(node) = root.take("imprint") else { return Vec::new() };
    let Some(rows) = node.list("imprint", ctx.sink) else { return Vec::new() };
    let mut lines = Vec::new();
    for row in rows {
        let span = row.span;
        let Some(cells) = row.list("imprint", ctx.sink) else { continue };
        let cells: Vec<_> = cells
            .into_iter()
            .filter_map(|c| c.string("imprint", ctx.sink))
            .collect();
        if let [label, text] = cells.as_slice() {
            lines.push((label.value.clone(), text.value.clone()));
            printed.extend(cells);
        } else {
            imprint_row(span, ctx);
        }
    }
    lines
}

fn imprint_row(span: Span, ctx: &mut Reader<'_>) {
    let found =
        Diagnostic::new(&rule::WRONG_TYPE, span, "版权页的一行要有两段文字：名目和内容");
    ctx.sink.report(found.hint("写成 [\"责任编辑\", \"姓名\"]"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_safe() {
        assert_eq!(safe_name("My Book (2)"), "My-Book-2");
        assert_eq!(safe_name("碳·知多少"), "碳-知多少");
        assert_eq!(safe_name("../"), "book");
        assert!(is_safe_name("tan-zhi-duoshao"));
        assert!(!is_safe_name("a/b") && !is_safe_name("-a") && !is_safe_name(""));
    }

    #[test]
    fn the_check_digit_of_an_isbn_counts() {
        assert!(check_isbn("978-7-115-54608-1").is_ok());
        assert!(check_isbn("9787115546081").is_ok());
        let (message, _) = check_isbn("978-7-115-54608-2").unwrap_err();
        assert!(message.ends_with("应当是 1"), "{message}");
        assert!(check_isbn("7-115-54608-1").is_err());
    }
}
