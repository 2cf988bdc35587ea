//! Text that means itself in Typst.
//!
//! Everything the generated sources say goes through one of two doors:
//! [`markup`] for text between calls, [`string`] for string arguments.

use std::fmt::Write;

/// Characters that mean something wherever they stand in markup.
const ALWAYS: &[char] = &[
    '\\', '#', '$', '*', '_', '`', '~', '@', '<', '>', '[', ']', '"', '\'', '/', '-',
    '+', '=',
];

/// Characters that would continue a call in front of the text.
const AFTER_CALL: &[char] = &['(', ';', '.', ':'];

/// `text` as Typst markup.
///
/// A line break becomes a space: it can only mean one in running text.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut previous = None;
    while let Some(c) = chars.next() {
        match c {
            _ if is_newline(c) => out.push(' '),
            _ if ALWAYS.contains(&c) => escaped(c, &mut out),
            _ if previous.is_none() && AFTER_CALL.contains(&c) => escaped(c, &mut out),
            '.' if needs_escape(previous, chars.peek().copied()) => {
                escaped(c, &mut out);
            }
            _ => out.push(c),
        }
        previous = Some(c);
    }
    out
}

/// A full stop that could be part of `...` or of the number of a list item.
fn needs_escape(previous: Option<char>, next: Option<char>) -> bool {
    let at_item =
        previous.is_some_and(char::is_numeric) && next.is_none_or(char::is_whitespace);
    at_item || previous == Some('.') || next == Some('.') || next.is_none()
}

fn escaped(c: char, out: &mut String) {
    out.push('\\');
    out.push(c);
}

/// What Typst takes for the end of a line.
fn is_newline(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}'
    )
}

/// The text of which `generated` is the markup: takes the escapes away.
pub(super) fn unescaped(generated: &str) -> String {
    let mut out = String::with_capacity(generated.len());
    let mut chars = generated.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            out.extend(chars.next());
        } else {
            out.push(c);
        }
    }
    out
}

/// `text` as a Typst string literal, with its quotes.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped(c, &mut out),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c.is_control() || is_newline(c) => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A number as a Typst literal.
pub(super) fn number(value: f64) -> String {
    if value.is_finite() { format!("{value}") } else { "none".to_owned() }
}

/// A JSON value as a Typst literal.
pub(super) fn json(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(n) => n.as_f64().map_or_else(|| n.to_string(), number),
        Value::String(text) => string(text),
        Value::Array(items) => array(items.iter().map(json)),
        Value::Object(fields) => {
            dictionary(fields.iter().map(|(name, value)| (string(name), json(value))))
        }
    }
}

/// An array literal; one item stays an array.
pub(super) fn array(items: impl IntoIterator<Item = String>) -> String {
    let mut out = String::from("(");
    for item in items {
        out.push_str(&item);
        out.push_str(", ");
    }
    if out.len() > 1 {
        out.pop();
    }
    out.push(')');
    out
}

/// A dictionary literal of names and values that are Typst already.
pub(super) fn dictionary(fields: impl IntoIterator<Item = (String, String)>) -> String {
    let mut out = String::from("(");
    for (name, value) in fields {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{name}: {value}, ");
    }
    if out.len() == 1 {
        out.push(':');
    } else {
        out.truncate(out.len() - 2);
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_back() {
        let nasty = r#"\ # $ * _ ` ~ @ < > [ ] " ' / - + = 1. 2. ... // /* -- --- -? -1"#;
        assert_eq!(unescaped(&markup(nasty)), nasty);
    }

    #[test]
    fn plain_chinese_stays_plain() {
        assert_eq!(markup("碳汇，3.14；见“图”"), "碳汇，3.14；见“图”");
    }

    #[test]
    fn literals() {
        assert_eq!(string("a\"b\\\n"), r#""a\"b\\\n""#);
        assert_eq!(array(["1".to_owned()]), "(1,)");
        assert_eq!(array([]), "()");
        assert_eq!(json(&serde_json::json!({})), "(:)");
        assert_eq!(
            json(&serde_json::json!({"a b": [1, null, "x"], "c": true})),
            r#"("a b": (1, none, "x",), "c": true)"#
        );
    }
}
