//! Unicode normalisation, and text without anything that can be pointed at.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::book::{Inline, InlineKind};

/// `text` in NFC.
///
/// CJK compatibility ideographs stay as they are: NFC would replace them by
/// other characters, and an author who typed one (a name's variant) meant it.
pub(super) fn nfc(text: &str) -> String {
    if is_nfc(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for run in text.split_inclusive(is_compatibility_ideograph) {
        match run.char_indices().next_back() {
            Some((at, last)) if is_compatibility_ideograph(last) => {
                out.extend(run[..at].nfc());
                out.push(last);
            }
            _ => out.extend(run.nfc()),
        }
    }
    out
}

fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// A line without notes, citations and anchors, for lists of contents and
/// figures: the words and their look.
pub(super) fn unanchored(inlines: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let span = inline.span;
        let mut push = |kind| out.push(Inline { kind, span });
        match &inline.kind {
            InlineKind::Note(_) | InlineKind::NoteAgain { .. } | InlineKind::Cite(_) => {}
            InlineKind::LineBreak => push(InlineKind::Text(" ".to_owned())),
            InlineKind::Emphasis(inner) => push(InlineKind::Emphasis(unanchored(inner))),
            InlineKind::Strong(inner) => push(InlineKind::Strong(unanchored(inner))),
            InlineKind::Subscript(inner) => {
                push(InlineKind::Subscript(unanchored(inner)));
            }
            InlineKind::Superscript(inner) => {
                push(InlineKind::Superscript(unanchored(inner)));
            }
            InlineKind::Reference(reference) => {
                push(InlineKind::Text(reference.text.clone()));
            }
            InlineKind::Term(term) => out.extend(unanchored(&term.text)),
            InlineKind::Link { text, .. } => out.extend(unanchored(text)),
            kind @ (InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Math { .. }
            | InlineKind::Ruby { .. }) => push(kind.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_and_keeps_compatibility_ideographs() {
        assert_eq!(nfc("ta\u{300}n"), "tàn");
        assert_eq!(nfc("\u{F9DC}"), "\u{F9DC}");
        assert_eq!(nfc("e\u{301}\u{F9DC}e\u{301}"), "é\u{F9DC}é");
    }
}
