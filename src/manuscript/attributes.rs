//! `{#id .class key=value key="v"}` after headings, pictures, captions and
//! formulas.

use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, rule::manuscript as rule};

/// What stands between the braces.
#[derive(Debug, Clone)]
pub(super) struct Attributes {
    /// The braces and all between them.
    pub(super) span: Span,
    /// `#id`, without the `#`.
    pub(super) id: Option<Spanned<String>>,
    /// `.class` and bare words, without the dot.
    pub(super) classes: Vec<Spanned<String>>,
    /// `key="value"`.
    pub(super) pairs: Vec<Pair>,
}

/// `key="value"`.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// The key.
    pub(super) key: Spanned<String>,
    /// The value, its escapes undone; the span leaves the quotes out.
    pub(super) value: Spanned<String>,
}

impl Attributes {
    /// Takes the value of `key` out.
    pub(super) fn take(&mut self, key: &str) -> Option<Spanned<String>> {
        let at = self.pairs.iter().position(|pair| pair.key.value == key)?;
        Some(self.pairs.remove(at).value)
    }

    /// Takes the class `name` out; true if it was there.
    pub(super) fn take_class(&mut self, name: &str) -> bool {
        let before = self.classes.len();
        self.classes.retain(|class| class.value != name);
        self.classes.len() < before
    }

    /// Reports whatever nobody took.
    pub(super) fn refuse_rest(self, known: &[&str], sink: &mut Sink) {
        let keys = self.pairs.into_iter().map(|pair| pair.key);
        for name in keys.chain(self.classes) {
            let message = format!("这里不认识属性“{}”", name.value);
            let hint = match super::nearest(&name.value, known.iter().copied()) {
                Some(near) => format!("改为 {near}"),
                None => format!("这里可用的属性有 {}", known.join("、")),
            };
            sink.report(
                Diagnostic::new(&rule::UNKNOWN_ATTRIBUTE, name.span, message).hint(hint),
            );
        }
    }
}

/// Where an attribute list starts in `line`, and whether it ends there too.
///
/// A list stands at the line's end and starts with `#`, `.`, `-` or `key=`;
/// braces that hold anything else are text.
pub(super) fn find(line: &str) -> Option<(usize, bool)> {
    line.match_indices('{').find_map(|(at, _)| {
        if !looks_like_list(&line[at + 1..]) {
            return None;
        }
        match end_of(&line[at..]) {
            Some(end) => line[at + end..].trim().is_empty().then_some((at, true)),
            None => Some((at, false)),
        }
    })
}

/// The byte after the closing brace of a list that starts `text`.
pub(super) fn end_of(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '}' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn looks_like_list(inside: &str) -> bool {
    let inside = inside.trim_start();
    let word = inside.find(|c: char| !is_key(c)).unwrap_or(inside.len());
    let next = |at: usize| inside[at..].chars().next();
    match next(0) {
        Some('#') => next(1).is_some_and(|c| is_key(c) || !c.is_ascii()),
        Some('.') => next(1).is_some_and(char::is_alphabetic),
        Some('-') => next(1) == Some('}'),
        _ => word > 0 && next(word) == Some('='),
    }
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')
}

/// Reads the list `text[start..end]`, braces included.
pub(super) fn parse(
    text: &str,
    source: SourceId,
    range: std::ops::Range<usize>,
    sink: &mut Sink,
) -> Attributes {
    let span = Span::new(source, range.clone());
    let mut found = Attributes {
        span,
        id: None,
        classes: Vec::new(),
        pairs: Vec::new(),
    };
    let mut at = range.start + 1;
    let end = range.end - 1;
    while at < end {
        let rest = &text[at..end];
        let c = rest.chars().next().unwrap_or(' ');
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let word = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '＝'))
            .unwrap_or(rest.len());
        let name = &rest[..word];
        let here = Span::new(source, at..at + word);
        at += word;
        let sign = text[at..end].chars().next().filter(|c| matches!(c, '=' | '＝'));
        let sign_len = sign.map_or(0, char::len_utf8);
        if sign == Some('＝') {
            let here = Span::new(source, at..at + sign_len);
            advise(sink, here, "等号用了全角的".to_owned(), "改成英文的 =");
        }
        if sign.is_some() && name.is_empty() {
            report(
                sink,
                Span::new(source, at..at + sign_len),
                "等号前面缺少名字".to_owned(),
            );
            at = value(text, source, at + sign_len, end, &mut Sink::new()).1;
        } else if sign.is_some() && !matches!(c, '#' | '.') {
            let (value, next) = value(text, source, at + sign_len, end, sink);
            at = next;
            let key = Spanned::new(name.to_owned(), here);
            found.pairs.push(Pair { key, value });
        } else if sign.is_some() {
            report(sink, here, format!("“{name}”后面不能有等号"));
            at += sign_len;
        } else {
            word_of(&mut found, name, here, sink);
        }
    }
    found
}

/// A word without a value: `#id`, `.class`, `-`, or a bare word.
fn word_of(found: &mut Attributes, name: &str, here: Span, sink: &mut Sink) {
    if let Some(id) = name.strip_prefix('#') {
        let id = Spanned::new(id.to_owned(), here.within(1..name.len()));
        if found.id.is_some() {
            report(sink, here, "一处只能有一个标识符".to_owned());
        } else if id.value.is_empty() {
            report(sink, here, "# 后面缺少标识符".to_owned());
        } else {
            found.id = Some(id);
        }
    } else if name == "-" {
        found.classes.push(Spanned::new("unnumbered".to_owned(), here));
    } else {
        let class = name.strip_prefix('.').unwrap_or(name);
        let from = name.len() - class.len();
        let class = Spanned::new(class.to_owned(), here.within(from..name.len()));
        found.classes.push(class);
    }
}

/// Quotes that authors type for the straight double ones.
const QUOTES: [char; 10] = ['“', '”', '‘', '’', '\'', '＂', '「', '」', '『', '』'];

/// The value that starts at `at`, and where it ends.
fn value(
    text: &str,
    source: SourceId,
    at: usize,
    end: usize,
    sink: &mut Sink,
) -> (Spanned<String>, usize) {
    let rest = &text[at..end];
    if rest.starts_with(QUOTES) {
        let wide = rest.chars().next().map_or(0, char::len_utf8);
        let close = rest[wide..].find(QUOTES).map_or(rest.len(), |n| n + wide);
        let skipped = rest[close..].chars().next().map_or(0, char::len_utf8);
        let here = Span::new(source, at..at + close + skipped);
        let message = "属性值的引号不是英文直双引号".to_owned();
        advise(sink, here, message, &format!("写成 \"{}\"", &rest[wide..close]));
        let inner = Span::new(source, at + wide..at + close);
        return (Spanned::new(rest[wide..close].to_owned(), inner), at + close + skipped);
    }
    if !rest.starts_with('"') {
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let here = Span::new(source, at..at + len);
        if len == 0 {
            report(sink, Span::new(source, at - 1..at), "等号后面缺少值".to_owned());
        }
        return (Spanned::new(rest[..len].to_owned(), here), at + len);
    }
    let mut inner = String::new();
    let mut escaped = false;
    for (offset, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => {
                inner.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => {
                let here = Span::new(source, at + 1..at + offset);
                return (Spanned::new(inner, here), at + offset + 1);
            }
            _ => inner.push(c),
        }
    }
    let here = Span::new(source, at..end);
    report(sink, here, "属性值的引号没有配对".to_owned());
    (Spanned::new(inner, here), end)
}

fn report(sink: &mut Sink, span: Span, message: String) {
    advise(sink, span, message, "按 {#标识符 .类 键=\"值\"} 的样子写");
}

fn advise(sink: &mut Sink, span: Span, message: String, hint: &str) {
    sink.report(Diagnostic::new(&rule::BAD_ATTRIBUTES, span, message).hint(hint));
}
