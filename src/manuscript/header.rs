//! A chapter's header: TOML between `+++` lines at the start of its file.

use crate::book::{Actor, Header};
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, rule::manuscript as rule};
use crate::project::tree;

/// The actors by the names that a header may use.
const ACTORS: &[(&str, Actor)] = &[
    ("政府", Actor::Government),
    ("企业", Actor::Enterprise),
    ("社会组织", Actor::Society),
    ("个人", Actor::Individual),
    ("government", Actor::Government),
    ("enterprise", Actor::Enterprise),
    ("society", Actor::Society),
    ("individual", Actor::Individual),
];

/// The header, and the byte where the text starts.
pub(super) fn read(source: SourceId, text: &str, sink: &mut Sink) -> (Header, usize) {
    let first = text.lines().next().unwrap_or_default();
    let mark = first.trim_end();
    if mark != "+++" && mark != "---" {
        return (Header::default(), 0);
    }
    let start = line_end(text, 0);
    let Some((close, after)) = closing(text, start, mark) else {
        if mark == "+++" {
            let span = Span::new(source, 0..3);
            sink.report(
                Diagnostic::new(&rule::BAD_HEADER, span, "章的头部没有结束")
                    .hint("在头部的最后一项之后另起一行写 +++"),
            );
            return (Header::default(), unclosed_end(text, start));
        }
        return (Header::default(), 0);
    };
    if mark == "---" {
        let span = Span::new(source, 0..after);
        sink.report(
            Diagnostic::new(&rule::BAD_HEADER, span, "章的头部不用 YAML")
                .hint("改成两行 +++ 之间的 TOML，如 short_title = \"短题\""),
        );
        return (Header::default(), after);
    }
    // Spaces in place of the first line keep every offset as it is.
    let toml = format!("{}{}", " ".repeat(start), &text[start..close]);
    let mut table = tree::parse(&toml, source, sink);
    let text_of = |value: Option<Spanned<String>>| value.map(|value| value.value);
    let header = Header {
        short_title: text_of(table.string("short_title", sink)),
        question: text_of(table.string("question", sink)),
        actor: table.string("actor", sink).and_then(|name| actor(&name, sink)),
        autolink: table.boolean("autolink", sink),
        authors: table
            .strings("authors", sink)
            .unwrap_or_default()
            .into_iter()
            .map(|name| name.value)
            .collect(),
    };
    table.finish("章的头部", sink);
    (header, after)
}

/// Where the closing line starts, and where the line after it does.
fn closing(text: &str, start: usize, mark: &str) -> Option<(usize, usize)> {
    let mut at = start;
    while at < text.len() {
        let end = line_end(text, at);
        if text[at..end].trim_end() == mark {
            return Some((at, end));
        }
        at = end;
    }
    None
}

/// Where the text probably starts behind a header that was never closed: at its
/// first blank line or heading.
fn unclosed_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim();
        if line.is_empty() || line.starts_with("# ") {
            break;
        }
        at = end;
    }
    at
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

fn actor(name: &Spanned<String>, sink: &mut Sink) -> Option<Actor> {
    let found = ACTORS.iter().find(|(known, _)| *known == name.value);
    if found.is_none() {
        let message = format!("没有名为“{}”的主体", name.value);
        let near = super::nearest(&name.value, ACTORS.iter().map(|(known, _)| *known));
        let hint = match near {
            Some(near) => format!("改为 {near}"),
            None => "写 政府、企业、社会组织 或 个人".to_owned(),
        };
        sink.report(Diagnostic::new(&rule::BAD_HEADER, name.span, message).hint(hint));
    }
    found.map(|(_, actor)| *actor)
}
