//! `kepu check --claims`: the list of every number in the book and its source.

use std::collections::BTreeMap;

use kepu::diag::{Sink, Sources, Span};
use kepu::lint::{self, Claim, Source};

use super::pipeline::Prepared;
use super::terminal::Terminal;

/// Prints a line a claim, and how many there are of each kind of source.
pub(super) fn list(prepared: &Prepared, sink: &mut Sink, terminal: &Terminal) {
    let claims = lint::claims(&prepared.resolved, sink);
    let sources = prepared.project.sources();
    let lines: Vec<String> = claims
        .iter()
        .map(|claim| {
            if terminal.speaks_json() {
                json(claim, &sources)
            } else {
                line(claim, &sources)
            }
        })
        .collect();
    if !lines.is_empty() {
        terminal.answer(&lines.join("\n"));
    }
    let mut counts = BTreeMap::<&str, usize>::new();
    for claim in &claims {
        *counts.entry(kind(claim.source.as_ref()).1).or_default() += 1;
    }
    let counts: Vec<_> =
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    terminal.status("数字", &format!("共 {} 处：{}", claims.len(), counts.join("，")));
}

/// The kind of a source: for programs, and for people.
fn kind(source: Option<&Source>) -> (&'static str, &'static str) {
    match source {
        Some(Source::Cited(_)) => ("cited", "引文献"),
        Some(Source::Computed { .. }) => ("computed", "脚注推算"),
        Some(Source::Assumed) => ("assumed", "文中说明是假定或定义"),
        Some(Source::Shown(_)) => ("shown", "见图表"),
        Some(Source::Elsewhere(_)) => ("elsewhere", "同章已注"),
        None => ("none", "没有出处"),
    }
}

/// `book/chapters/01.md:31:12  27.9吨  引文献 ar6gwp  句子`.
fn line(claim: &Claim, sources: &Sources) -> String {
    let name = kind(claim.source.as_ref()).1;
    let detail = match &claim.source {
        Some(Source::Cited(keys) | Source::Shown(keys)) => keys.join("、"),
        Some(Source::Computed { note, keys }) => {
            format!("注{note}（{}）", keys.join("、"))
        }
        Some(Source::Elsewhere(span)) => place(*span, sources),
        Some(Source::Assumed) | None => String::new(),
    };
    let place = place(claim.span, sources);
    let what = format!("{name} {detail}");
    format!("{place}\t{}\t{}\t{}", claim.number, what.trim_end(), claim.sentence)
}

fn json(claim: &Claim, sources: &Sources) -> String {
    let (file, line, column) = position(claim.span, sources);
    let keys = match &claim.source {
        Some(
            Source::Cited(keys) | Source::Shown(keys) | Source::Computed { keys, .. },
        ) => keys.clone(),
        _ => Vec::new(),
    };
    let note = match claim.source {
        Some(Source::Computed { note, .. }) => Some(note),
        _ => None,
    };
    serde_json::json!({
        "claim": claim.number,
        "source": kind(claim.source.as_ref()).0,
        "keys": keys,
        "note": note,
        "file": file,
        "line": line,
        "column": column,
        "sentence": claim.sentence,
    })
    .to_string()
}

fn place(span: Span, sources: &Sources) -> String {
    let (file, line, column) = position(span, sources);
    format!("{file}:{line}:{column}")
}

fn position(span: Span, sources: &Sources) -> (String, usize, usize) {
    sources.get(span.source).map_or_else(
        || (String::new(), 0, 0),
        |source| {
            let at = source.position(span.range().start);
            (source.path.clone(), at.line, at.column)
        },
    )
}
