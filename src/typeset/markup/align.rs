//! From a place in a text to its place in the manuscript, character by
//! character.
//!
//! The text of an inline is nearly its source: escapes lose their backslash,
//! line breaks become a space or nothing, letters may have been composed. So
//! both are walked side by side, and what only the source has is passed over.

/// How far ahead the next character of the text is looked for in the source.
const WINDOW: usize = 64;

/// The byte offset in `source` of the character at `index` of `text`.
pub(in crate::typeset) fn in_source(text: &str, index: usize, source: &str) -> usize {
    if text == source {
        return index.min(source.len());
    }
    let mut at = 0;
    for (place, c) in text.char_indices() {
        let found = next(c, source, at);
        if place >= index {
            return found;
        }
        at = found + source[found..].chars().next().map_or(0, char::len_utf8);
        if c == ' ' {
            at += leading_blank(&source[at..]);
        }
    }
    if index >= text.len() { source.len() } else { at }
}

/// The byte index in `text` of the first character at or after `offset` of
/// `source`.
pub(in crate::typeset) fn in_text(text: &str, offset: usize, source: &str) -> usize {
    if text == source {
        return offset.min(text.len());
    }
    let mut at = 0;
    for (place, c) in text.char_indices() {
        let found = next(c, source, at);
        if found >= offset {
            return place;
        }
        at = found + source[found..].chars().next().map_or(0, char::len_utf8);
        if c == ' ' {
            at += leading_blank(&source[at..]);
        }
    }
    text.len()
}

/// Where `c` stands in `source` from `at` on; `at` itself when it does not.
fn next(c: char, source: &str, at: usize) -> usize {
    let rest = &source[at..];
    let matches = |other: char| other == c || (c == ' ' && other == '\n');
    rest.char_indices()
        .take(WINDOW)
        .find(|&(_, other)| matches(other))
        .map_or(at, |(found, _)| at + found)
}

/// How many blank bytes `text` starts with.
fn leading_blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_line_breaks_are_passed_over() {
        let source = "碳\\*汇\n是 CO\n  two";
        let text = "碳*汇是 CO two";
        let at = |c: char| text.char_indices().find(|x| x.1 == c).map_or(0, |x| x.0);
        for c in ['碳', '*', '汇', '是', 'C', 't', 'w'] {
            let offset = in_source(text, at(c), source);
            assert!(source[offset..].starts_with(c), "{c}");
            assert_eq!(in_text(text, offset, source), at(c), "{c}");
        }
    }

    #[test]
    fn a_composed_letter_costs_one_character() {
        assert_eq!(in_source("é碳", 2, "e\u{301}碳"), 3);
    }
}
