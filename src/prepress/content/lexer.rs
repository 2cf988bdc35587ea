//! Content streams as words: operands and operators (ISO 32000-1, 7.8.2).
//!
//! Words are ranges of the stream, so that what a stage does not change is
//! copied as it stands. Arrays, dictionaries and strings are one word each.

use std::ops::Range;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::prepress) enum Word<'a> {
    /// A number, as written.
    Number(&'a [u8]),
    /// A name without its slash, as written.
    Name(&'a [u8]),
    /// A string, an array or a dictionary.
    Compound,
    /// What is done with the operands before it.
    Operator(&'a [u8]),
    /// An inline image, from `BI` to `EI`.
    InlineImage,
}

/// Reads a content stream from its beginning.
#[derive(Debug, Clone)]
pub(in crate::prepress) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Lexer<'a> {
    pub(in crate::prepress) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes on while bytes are of this kind.
    fn skip_while(&mut self, kind: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        self.at += rest.iter().position(|byte| !kind(*byte)).unwrap_or(rest.len());
    }

    /// White space and comments.
    fn skip_space(&mut self) {
        loop {
            self.skip_while(is_space);
            if self.peek() != Some(b'%') {
                return;
            }
            self.skip_while(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    /// A string in parentheses, from its first one.
    fn skip_string(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// Everything up to the bracket that closes the one here.
    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'(' => {
                    self.skip_string();
                    continue;
                }
                b'%' => {
                    self.skip_space();
                    continue;
                }
                b'[' | b'<' => depth += 1,
                b']' | b'>' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// The rest of an inline image: after `ID`, to the `EI` that stands alone
    /// and is followed by something that can be content.
    fn skip_inline_image(&mut self) {
        while self.at < self.bytes.len() {
            let Some(found) = find(&self.bytes[self.at..], b"EI") else { break };
            let start = self.at + found;
            self.at = start + 2;
            let before = start.checked_sub(1).and_then(|at| self.bytes.get(at));
            let alone = before.is_none_or(|byte| is_space(*byte))
                && self.peek().is_none_or(is_space);
            let next = self.bytes[self.at..].iter().take(12);
            let readable =
                next.copied().all(|byte| is_space(byte) || (32..127).contains(&byte));
            if alone && readable {
                return;
            }
        }
        self.at = self.bytes.len();
    }

    /// The operator word that starts here; `BI` takes its image with it.
    fn operator(&mut self, start: usize) -> Word<'a> {
        self.skip_while(is_regular);
        if self.at == start {
            // A stray closing bracket.
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        if word != b"BI" {
            return Word::Operator(word);
        }
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else { return Word::InlineImage };
            let start = self.at;
            match byte {
                b'(' => self.skip_string(),
                b'[' | b'<' => self.skip_nested(),
                b'/' => {
                    self.at += 1;
                    self.skip_while(is_regular);
                }
                _ => {
                    self.skip_while(is_regular);
                    self.at = self.at.max(start + 1);
                    if &self.bytes[start..self.at] == b"ID" {
                        self.skip_inline_image();
                        return Word::InlineImage;
                    }
                }
            }
        }
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = (Range<usize>, Word<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_space();
        let start = self.at;
        let word = match self.peek()? {
            b'(' => {
                self.skip_string();
                Word::Compound
            }
            b'[' | b'<' => {
                self.skip_nested();
                Word::Compound
            }
            b'/' => {
                self.at += 1;
                self.skip_while(is_regular);
                Word::Name(&self.bytes[start + 1..self.at])
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                self.skip_while(is_regular);
                Word::Number(&self.bytes[start..self.at])
            }
            _ => self.operator(start),
        };
        self.at = self.at.min(self.bytes.len());
        Some((start..self.at, word))
    }
}

/// Where a word first stands.
pub(in crate::prepress) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// A number as PDF writes it; what is none counts as 0.
pub(in crate::prepress) fn number(text: &[u8]) -> f32 {
    let text = str::from_utf8(text).unwrap_or_default();
    let value: f32 = text.parse().unwrap_or_default();
    if value.is_finite() { value } else { 0.0 }
}

/// A name with its `#xx` resolved.
pub(in crate::prepress) fn name(text: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [a, b, ..] if *first == b'#' => {
                let digits = [*a, *b];
                str::from_utf8(&digits)
                    .ok()
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            }
            _ => None,
        };
        if let Some(byte) = escaped {
            name.push(byte);
            rest = &tail[2..];
        } else {
            name.push(*first);
            rest = tail;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(content: &[u8]) -> Vec<String> {
        Lexer::new(content)
            .filter_map(|(_, word)| match word {
                Word::Operator(name) => Some(String::from_utf8_lossy(name).into_owned()),
                Word::InlineImage => Some("BI".to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn operators_are_told_from_what_stands_in_strings() {
        let content = b"q (1 0 0 rg \\) (a) b) Tj [<00> -12 (] rg)] TJ\
            /P <</A [(>>)] /B<12>>> BDC % 0 g\n0.5 g Q";
        assert_eq!(operators(content), ["q", "Tj", "TJ", "BDC", "g", "Q"]);
    }

    #[test]
    fn inline_images_are_one_word() {
        let content = b"BI /W 2 /H 1 /CS /RGB /BPC 8 ID \x01 EI\xff\x02\x03 EI\nQ";
        assert_eq!(operators(content), ["BI", "Q"]);
    }

    #[test]
    fn broken_content_ends() {
        for content in
            [b"(((".as_slice(), b"[ [ <", b"BI /W", b"BI ID xx", b">>]]})", b"/", b"\\"]
        {
            assert!(Lexer::new(content).count() < 10);
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "these have exact values")]
    fn numbers_and_names() {
        assert_eq!(number(b"-.5"), -0.5);
        assert_eq!(number(b"4."), 4.0);
        assert_eq!(number(b"--"), 0.0);
        assert_eq!(name(b"A#20B#"), b"A B#");
    }
}
