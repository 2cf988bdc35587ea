//! What stands between the brackets of a citation.

use std::ops::Range;

use super::label;
use super::token::{Token, range_of, text_of, trim};
use crate::book::{Anchor, Cite, CiteItem, Label};
use crate::diag::{SourceId, Span};

/// What a bracket that starts with `@` holds.
pub(super) enum Read {
    /// Works of the reference list.
    Works(Cite),
    /// `[@fig:co2]`: cross-references.
    Labels(Vec<Label>),
}

/// Reads the tokens between the brackets; an error names its place.
pub(super) fn read(
    tokens: &[Token],
    source: SourceId,
) -> Result<Read, (Range<usize>, String)> {
    let mut items = Vec::new();
    for part in tokens.split(|token| matches!(token.markup(), Some(';' | '；'))) {
        items.push(item(part, source)?);
    }
    let is_label = |item: &CiteItem| {
        item.locator.is_empty() && label::prefix_of(&item.key).is_some()
    };
    if items.iter().all(is_label) {
        let label = |item: CiteItem| Label { name: item.key, span: item.span };
        return Ok(Read::Labels(items.into_iter().map(label).collect()));
    }
    Ok(Read::Works(Cite {
        items,
        text: String::new(),
        anchor: Anchor::default(),
    }))
}

fn item(part: &[Token], source: SourceId) -> Result<CiteItem, (Range<usize>, String)> {
    let part = trim(part);
    let fits = |token: &Token| {
        let is_key = |c: char| {
            c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/' | '+')
        };
        token.markup().is_some_and(is_key)
    };
    let Some(('@', rest)) =
        part.split_first().and_then(|(c, rest)| Some((c.markup()?, rest)))
    else {
        return Err((range_of(part), "引文的每一项都以 @ 开头".to_owned()));
    };
    let length = rest.iter().take_while(|token| fits(token)).count();
    if length == 0 {
        return Err((range_of(part), "@ 后面缺少文献的键".to_owned()));
    }
    let (key, rest) = rest.split_at(length);
    let rest = trim(rest);
    let locator = match rest.split_first() {
        None => String::new(),
        Some((comma, locator)) if matches!(comma.markup(), Some(',' | '，')) => {
            if let Some(at) = locator.iter().position(|t| t.markup() == Some('@')) {
                let message = "两条文献之间用分号".to_owned();
                return Err((range_of(&locator[at..]), message));
            }
            text_of(trim(locator))
        }
        Some(_) => {
            let message = format!("看不懂“{}”之后的内容", text_of(key));
            return Err((range_of(rest), message));
        }
    };
    Ok(CiteItem {
        key: text_of(key),
        locator,
        span: Span::new(source, range_of(key)),
        anchor: Anchor::default(),
    })
}
