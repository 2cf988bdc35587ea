//! What a link says of itself to those who hear the book.
//!
//! The engine's own words are “page N” for every place in the book. To know N,
//! each of some two thousand links asks for its target's page, which sends its
//! paragraph through the layout again whenever a page moves: a quarter of the
//! time and of the memory. The words that the reader sees tell more, and stay.

use typst::Library;
use typst::ecow::{EcoString, eco_format};
use typst::foundations::{NativeElement, ShowFn, Target};
use typst::model::{Destination, LinkElem, LinkMarker};

/// Lets links in `library` speak by [`purpose`].
pub(super) fn speak(library: &mut Library) {
    library.rules.replace(Target::Paged, RULE);
}

/// As the engine's own rule, apart from the alternative text.
const RULE: ShowFn<LinkElem> = |elem, engine, styles| {
    let span = elem.span();
    // While targets are not yet known, the words still take their room: pages that
    // lose them would break elsewhere and be laid out once more.
    let target = elem.dest.resolve_early(engine, span).map(Some);
    let Some(target) = engine.delay(target) else { return Ok(elem.body.clone()) };
    let alternative = match &target {
        Destination::Location(_) => purpose(&elem.body.plain_text()),
        other => other.alt_text(engine, styles, span)?,
    };
    let marker = LinkMarker::new(elem.body.clone(), Some(alternative));
    Ok(marker.pack().spanned(span).set(LinkElem::current, Some(target)))
};

/// Where a link inside the book leads, by the words that carry it
/// (ISO 14289-1, 7.18.5; WCAG 2.2, 2.4.4).
fn purpose(words: &str) -> EcoString {
    // A word joiner is for the line breaker.
    let words: EcoString = words.chars().filter(|c| *c != '\u{2060}').collect();
    let words = words.trim();
    let is_folio = |c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x' | 'l');
    if words.is_empty() {
        "书中另一处".into()
    } else if words.starts_with('[') {
        eco_format!("参考文献 {words}")
    } else if words.chars().all(is_folio) {
        eco_format!("第 {words} 页")
    } else {
        eco_format!("前往“{words}”")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_say_where_they_lead() {
        assert_eq!(purpose("\u{2060}[12]"), "参考文献 [12]");
        assert_eq!(purpose("xiv"), "第 xiv 页");
        assert_eq!(purpose("图 3-2"), "前往“图 3-2”");
        assert_eq!(purpose("碳汇"), "前往“碳汇”");
        assert_eq!(purpose(" "), "书中另一处");
    }
}
