//! Characters with their places: what comrak's inlines become before terms,
//! citations and the rest are recognised in them.

use std::ops::Range;

use crate::book::{Inline, InlineKind, plain_text};
use crate::diag::{SourceId, Span};

/// A piece of running text.
#[derive(Debug, Clone)]
pub(super) enum Token {
    /// A character.
    Char {
        /// The character.
        c: char,
        /// Its bytes in the file.
        at: Range<usize>,
        /// Escaped or written as an entity: never markup.
        literal: bool,
    },
    /// A soft line break.
    Break(Range<usize>),
    /// Something complete.
    Node(Inline),
}

impl Token {
    /// The character, if it may be markup.
    pub(super) fn markup(&self) -> Option<char> {
        match self {
            Self::Char { c, literal: false, .. } => Some(*c),
            _ => None,
        }
    }

    /// The character, escaped or not.
    pub(super) fn char(&self) -> Option<char> {
        match self {
            Self::Char { c, .. } => Some(*c),
            _ => None,
        }
    }

    /// The bytes in the file.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Char { at, .. } | Self::Break(at) => at.clone(),
            Self::Node(inline) => inline.span.range(),
        }
    }

    /// The first character that a reader sees.
    fn first(&self) -> Option<char> {
        match self {
            Self::Char { c, .. } => Some(*c),
            Self::Break(_) => Some(' '),
            Self::Node(inline) => plain_text(std::slice::from_ref(inline)).chars().next(),
        }
    }

    /// The last character that a reader sees.
    fn last(&self) -> Option<char> {
        match self {
            Self::Node(inline) => {
                plain_text(std::slice::from_ref(inline)).chars().next_back()
            }
            _ => self.first(),
        }
    }
}

/// Whether tokens start with these characters, none of them escaped.
pub(super) fn starts_with(tokens: &[Token], text: &str) -> bool {
    let mut tokens = tokens.iter();
    text.chars().all(|c| tokens.next().and_then(Token::markup) == Some(c))
}

/// The place of the first such characters, none of them escaped.
pub(super) fn find(tokens: &[Token], text: &str, limit: usize) -> Option<usize> {
    (0..tokens.len().min(limit)).find(|at| starts_with(&tokens[*at..], text))
}

/// The characters alone.
pub(super) fn text_of(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(|token| match token {
            Token::Char { c, .. } => c.to_string(),
            Token::Break(_) => " ".to_owned(),
            Token::Node(inline) => plain_text(std::slice::from_ref(inline)),
        })
        .collect()
}

/// The bytes from the first token to the last.
pub(super) fn range_of(tokens: &[Token]) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.range().start..last.range().end,
        _ => 0..0,
    }
}

/// Removes spaces at both ends.
pub(super) fn trim(mut tokens: &[Token]) -> &[Token] {
    let is_space = |token: &Token| match token {
        Token::Char { c, .. } => c.is_whitespace(),
        Token::Break(_) => true,
        Token::Node(_) => false,
    };
    while let [first, rest @ ..] = tokens
        && is_space(first)
    {
        tokens = rest;
    }
    while let [rest @ .., last] = tokens
        && is_space(last)
    {
        tokens = rest;
    }
    tokens
}

/// Turns soft breaks into nothing or a space, by what stands around them.
pub(super) fn join_lines(tokens: &mut Vec<Token>) {
    for at in 0..tokens.len() {
        let Token::Break(range) = tokens[at].clone() else { continue };
        let before = tokens[..at].iter().rev().find_map(Token::last);
        let after = tokens[at + 1..].iter().find_map(Token::first);
        let joined = match (before, after) {
            (Some(before), Some(after)) => {
                is_cjk_punctuation(before)
                    || is_cjk_punctuation(after)
                    || (is_cjk(before) && is_cjk(after))
            }
            _ => true,
        };
        // A NUL stands for nothing; it is removed below.
        let c = if joined { '\0' } else { ' ' };
        tokens[at] = Token::Char { c, at: range, literal: true };
    }
    tokens.retain(|token| token.char() != Some('\0'));
}

/// Characters set solid in Chinese text.
pub(super) fn is_cjk(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c) || matches!(c, '\u{3040}'..='\u{30ff}')
}

/// Han characters.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Chinese punctuation; quotes, dashes and dots included.
fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3006}' | '\u{3008}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Gathers text and finished inlines in order.
pub(super) struct Line {
    source: SourceId,
    inlines: Vec<Inline>,
    text: String,
    range: Range<usize>,
}

impl Line {
    /// An empty line.
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            inlines: Vec::new(),
            text: String::new(),
            range: 0..0,
        }
    }

    /// The file.
    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    /// Adds a character to the text.
    pub(super) fn push_char(&mut self, c: char, at: Range<usize>) {
        if self.text.is_empty() {
            self.range = at.clone();
        }
        self.text.push(c);
        self.range.end = self.range.end.max(at.end);
    }

    /// Adds a finished inline.
    pub(super) fn push(&mut self, kind: InlineKind, at: Range<usize>) {
        self.flush();
        self.inlines.push(Inline { kind, span: Span::new(self.source, at) });
    }

    /// Ends the line.
    pub(super) fn finish(mut self) -> Vec<Inline> {
        self.flush();
        self.inlines
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = InlineKind::Text(std::mem::take(&mut self.text));
            let span = Span::new(self.source, self.range.clone());
            self.inlines.push(Inline { kind: text, span });
        }
    }
}
