//! Glyphs that no font has: typst draws a box for them without a word.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::origin::Origin;
use crate::diag::rule::typeset as rule;
use crate::diag::{Diagnostic, Sink};

/// Reports every missing glyph, once a character and family, at its first place.
pub(super) fn check(document: &PagedDocument, origin: &Origin<'_>, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for (page, at) in document.pages().iter().zip(1_usize..) {
        walk(&page.frame, &mut |text| {
            for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                let Some(shown) = text.text.get(glyph.range()) else { continue };
                let Some(c) = shown.chars().find(|&c| !is_invisible(c)) else { continue };
                let family = text.font.font().info().family.clone();
                if !seen.insert((c, family.clone())) {
                    continue;
                }
                let lacks =
                    format!("字体 {family} 里没有“{c}”（U+{:04X}）", u32::from(c));
                let place = origin.of_glyph(glyph.span.0, glyph.span.1);
                let report = if let Some(place) = place {
                    Diagnostic::new(&rule::MISSING_GLYPH, place, lacks)
                } else {
                    let message = format!("第 {at} 面：{lacks}");
                    Diagnostic::global(&rule::MISSING_GLYPH, message)
                };
                sink.report(
                    report.hint("换一个字，或者在 fonts 设置里加入含有这个字的字体"),
                );
            }
        });
    }
}

/// Calls `visit` for every run of text in a frame.
pub(super) fn walk(frame: &Frame, visit: &mut impl FnMut(&TextItem)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, visit),
            FrameItem::Text(text) => visit(text),
            _ => {}
        }
    }
}

/// Characters that are not drawn.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{00AD}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
        )
}
