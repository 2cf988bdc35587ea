//! What hayagriva renders, as inlines of the book.

use citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use crate::book::{Inline, InlineKind};
use crate::diag::Span;

/// A stretch of text with one look.
struct Piece {
    text: String,
    look: Formatting,
    url: Option<String>,
}

/// An entry of the reference list, without its number.
pub(super) fn entry(children: &ElemChildren, span: Span) -> Vec<Inline> {
    let mut pieces = Vec::new();
    collect(children, &mut pieces);
    tidy(&mut pieces);
    pieces.into_iter().map(|piece| inline(piece, span)).collect()
}

fn collect(children: &ElemChildren, pieces: &mut Vec<Piece>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => {
                push(pieces, &text.text, text.formatting, None);
            }
            // The number is ours.
            ElemChild::Elem(elem) if elem.meta == Some(ElemMeta::CitationNumber) => {}
            ElemChild::Elem(elem) => collect(&elem.children, pieces),
            ElemChild::Markup(text) => push(pieces, text, Formatting::default(), None),
            ElemChild::Link { text, url } => {
                push(pieces, &text.text, text.formatting, Some(url.clone()));
            }
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str, look: Formatting, url: Option<String>) {
    match pieces.last_mut() {
        Some(last) if last.look == look && last.url.is_none() && url.is_none() => {
            last.text.push_str(text);
        }
        _ => pieces.push(Piece { text: text.to_owned(), look, url }),
    }
}

/// Takes away doubled full stops (after `et al.`, after an address that ends
/// in one) and white space at both ends.
fn tidy(pieces: &mut Vec<Piece>) {
    let mut before = String::new();
    for piece in pieces.iter_mut().filter(|piece| piece.url.is_none()) {
        let mut out = String::with_capacity(piece.text.len());
        for c in piece.text.chars() {
            let last = out.chars().next_back().or_else(|| before.chars().next_back());
            if c == '.' && last == Some('.') {
                continue;
            }
            out.push(c);
        }
        before.clone_from(&out);
        piece.text = out;
    }
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = pieces.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    pieces.retain(|piece| !piece.text.is_empty());
}

fn inline(piece: Piece, span: Span) -> Inline {
    let text = Inline { kind: InlineKind::Text(piece.text), span };
    let mut out = text;
    let wrap = |kind: fn(Vec<Inline>) -> InlineKind, inner: Inline| Inline {
        kind: kind(vec![inner]),
        span,
    };
    if piece.look.font_style == FontStyle::Italic {
        out = wrap(InlineKind::Emphasis, out);
    }
    if piece.look.font_weight == FontWeight::Bold {
        out = wrap(InlineKind::Strong, out);
    }
    match piece.look.vertical_align {
        VerticalAlign::Sub => out = wrap(InlineKind::Subscript, out),
        VerticalAlign::Sup => out = wrap(InlineKind::Superscript, out),
        _ => {}
    }
    match piece.url {
        Some(url) => Inline {
            kind: InlineKind::Link { url, text: vec![out] },
            span,
        },
        None => out,
    }
}
