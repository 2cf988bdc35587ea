//! The operators of a content stream, one at a time.
//!
//! Libraries read a whole stream into a list first; a stream of eight million
//! numbers would then take a gigabyte. Here an operator's operands live until
//! the next one, and there is an upper bound for each of them.

use std::borrow::Cow;

/// Operands kept for one operator; a `DeviceN` colour has at most 32.
const MAX_OPERANDS: usize = 64;

/// Elements kept of one array.
const MAX_ELEMENTS: usize = 8192;

/// How deep arrays and dictionaries may nest.
const MAX_DEPTH: usize = 16;

/// Bytes kept of one string.
const MAX_STRING: usize = 1 << 16;

/// An operand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Name(Cow<'a, [u8]>),
    String(Vec<u8>),
    Array(Vec<Token<'a>>),
    Dict(Vec<(Cow<'a, [u8]>, Token<'a>)>),
    /// A word that is no operand: an operator, `true`, `null` …
    Word(&'a [u8]),
}

impl Token<'_> {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// An operator with what stands before it.
#[derive(Debug)]
pub(super) struct Operation<'l, 'a> {
    pub(super) operator: &'a [u8],
    /// An inline image (`BI`) has one operand, its dictionary.
    pub(super) operands: &'l [Token<'a>],
}

/// Reads operators; skips what it cannot read.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    operands: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, operands: Vec::new() }
    }

    /// The next operator.
    pub(super) fn next(&mut self) -> Option<Operation<'_, 'a>> {
        self.operands.clear();
        loop {
            match self.token(0)? {
                Token::Word(b"BI") => {
                    let dict = self.inline_image();
                    self.operands.clear();
                    self.operands.push(dict);
                    return Some(Operation { operator: b"BI", operands: &self.operands });
                }
                Token::Word(b"true" | b"false" | b"null") => {}
                Token::Word(operator) => {
                    return Some(Operation { operator, operands: &self.operands });
                }
                operand if self.operands.len() < MAX_OPERANDS => {
                    self.operands.push(operand);
                }
                _ => {}
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn token(&mut self, depth: usize) -> Option<Token<'a>> {
        self.skip_space();
        let start = self.at;
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'/' => Token::Name(unescaped(self.regular())),
            b'(' => Token::String(self.literal()),
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Token::Dict(self.pairs(depth, b">>"))
            }
            b'<' => Token::String(self.hexadecimal()),
            b'[' => self.array(depth),
            b'>' if self.peek() == Some(b'>') => {
                self.at += 1;
                Token::Word(b">>")
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => {
                self.at = start;
                let text = self.regular();
                number(text).map_or(Token::Word(text), Token::Number)
            }
            _ if is_delimiter(byte) => Token::Word(&self.bytes[start..self.at]),
            _ => {
                self.at = start;
                Token::Word(self.regular())
            }
        })
    }

    /// Regular characters from here on.
    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn array(&mut self, depth: usize) -> Token<'a> {
        let mut elements = Vec::new();
        if depth < MAX_DEPTH {
            while let Some(token) = self.token(depth + 1) {
                match token {
                    Token::Word(b"]") => break,
                    Token::Word(_) => {}
                    token if elements.len() < MAX_ELEMENTS => elements.push(token),
                    _ => {}
                }
            }
        }
        Token::Array(elements)
    }

    /// Keys and values up to the closing word.
    fn pairs(&mut self, depth: usize, closing: &[u8]) -> Vec<(Cow<'a, [u8]>, Token<'a>)> {
        let mut pairs = Vec::new();
        if depth >= MAX_DEPTH {
            return pairs;
        }
        while let Some(token) = self.token(depth + 1) {
            match token {
                Token::Word(word) if word == closing => break,
                Token::Name(key) => match self.token(depth + 1) {
                    Some(Token::Word(word)) if word == closing => break,
                    Some(value) if pairs.len() < MAX_OPERANDS => pairs.push((key, value)),
                    Some(_) => {}
                    None => break,
                },
                _ => {}
            }
        }
        pairs
    }

    fn literal(&mut self) -> Vec<u8> {
        let (mut out, mut open) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            let byte = match byte {
                b'(' => {
                    open += 1;
                    byte
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    byte
                }
                b'\\' => match self.escape() {
                    Some(byte) => byte,
                    None => continue,
                },
                _ => byte,
            };
            if out.len() < MAX_STRING {
                out.push(byte);
            }
        }
        out
    }

    /// What stands after a backslash; `None` for a broken line.
    fn escape(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                code.to_le_bytes()[0]
            }
            other => other,
        })
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let (mut out, mut high) = (Vec::new(), None);
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                None => high = Some(digit),
                Some(high) if out.len() < MAX_STRING => out.push(high << 4 | digit),
                Some(_) => {}
            }
        }
        out.extend(high.map(|high| high << 4));
        out
    }

    /// The dictionary of an inline image; its data are skipped.
    fn inline_image(&mut self) -> Token<'a> {
        let pairs = self.pairs(0, b"ID");
        self.at += 1; // one space after ID
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_end = |at: &usize| {
            let after = rest.get(at + 2).copied();
            let follows = rest.get(at + 2..).unwrap_or_default();
            let text =
                follows.iter().take(12).all(|b| is_space(*b) || b.is_ascii_graphic());
            *at > 0 && is_space(rest[at - 1]) && after.is_none_or(is_space) && text
        };
        let end = rest
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| *pair == b"EI")
            .map(|(at, _)| at)
            .find(is_end);
        self.at += end.map_or(rest.len(), |at| at + 2);
        Token::Dict(pairs)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 12 | 0)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A number as PDF writes it: no exponent; kept to what paper needs.
fn number(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    let known = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.');
    if text.len() > 64 || !text.bytes().all(known) {
        return None;
    }
    // `--5` and `1.5-3` occur in old files; readers take what makes sense.
    let digits = text.trim_start_matches(['+', '-']);
    let digits = digits.split(['+', '-']).next().unwrap_or_default();
    let value: f64 = if digits == "." { 0.0 } else { digits.parse().ok()? };
    let value = value.min(1e9);
    Some(if text.starts_with('-') { -value } else { value })
}

/// A name without its `#xx`.
fn unescaped(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        if let (b'#', [high, low, after @ ..]) = (first, tail)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            out.push(high << 4 | low);
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(content: &[u8]) -> Vec<String> {
        let mut lexer = Lexer::new(content);
        let mut all = Vec::new();
        while let Some(operation) = lexer.next() {
            let name = String::from_utf8_lossy(operation.operator);
            all.push(format!("{name}/{}", operation.operands.len()));
        }
        all
    }

    #[test]
    fn operands_come_before_their_operator() {
        let content = b"q 1 0 0 -1.5 .5 +7 cm % note\n/F#31 9 Tf[(a\\)(b))-20<4a4>]TJ ET";
        assert_eq!(operators(content), ["q/0", "cm/6", "Tf/2", "TJ/1", "ET/0"]);
        let mut lexer = Lexer::new(b"/F#31 9 Tf");
        let operation = lexer.next().unwrap();
        assert_eq!(operation.operands[0].name(), Some(b"F1".as_slice()));
    }

    #[test]
    fn strings_are_read_with_their_escapes() {
        let mut lexer = Lexer::new(b"(a\\)(b)\\101\\\n)Tj");
        let operation = lexer.next().unwrap();
        assert_eq!(operation.operands, [Token::String(b"a)(b)A".to_vec())]);
    }

    #[test]
    fn the_data_of_an_inline_image_is_no_content() {
        let content = b"BI /W 2 /H 1 /BPC 8 /CS /G ID \x00EI\xff EI\nQ";
        assert_eq!(operators(content), ["BI/1", "Q/0"]);
        let torn = b"BI /W 2 ID EI EI EI";
        assert_eq!(operators(torn), ["BI/1", "EI/0"], "what is left over is read on");
    }

    #[test]
    fn hostile_streams_end() {
        assert_eq!(operators(&b"[".repeat(100_000)), Vec::<String>::new());
        assert_eq!(operators(&b"<<".repeat(100_000)), Vec::<String>::new());
        assert_eq!(operators(&b"(".repeat(100_000)), Vec::<String>::new());
        let many = [b"1 ".repeat(1_000_000), b"S".to_vec()].concat();
        assert_eq!(operators(&many), ["S/64"]);
    }
}
