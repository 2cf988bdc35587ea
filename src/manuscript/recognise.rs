//! Terms, citations, cross-references, ruby, scripts and addresses in running
//! text.

use super::reader::Reader;
use super::script::{self, Shift};
use super::token::{
    Line, Token, find, is_han, join_lines, range_of, starts_with, text_of, trim,
};
use super::{cite, label, wide};
use crate::book::{Anchor, Inline, InlineKind, Label, Reference, TermUse};
use crate::diag::{Diagnostic, Span, rule::manuscript as rule};

/// The longest term, citation or ruby, in characters.
const LONGEST: usize = 400;

/// Where in the text inlines stand: some things do not nest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Running text.
    Text,
    /// A link's text, where addresses are not links again.
    Link,
}

impl Reader<'_, '_, '_> {
    /// Tokens to inlines.
    pub(super) fn recognise(
        &mut self,
        mut tokens: Vec<Token>,
        place: Place,
    ) -> Vec<Inline> {
        join_lines(&mut tokens);
        let mut line = Line::new(self.source);
        let mut at = 0;
        while at < tokens.len() {
            let taken = self.construct(&tokens, at, place, &mut line);
            if taken > 0 {
                at += taken;
                continue;
            }
            match tokens[at].clone() {
                Token::Char { c, at, .. } => line.push_char(c, at),
                Token::Break(at) => line.push_char(' ', at),
                Token::Node(inline) => line.push(inline.kind, inline.span.range()),
            }
            at += 1;
        }
        line.finish()
    }

    /// What starts at `at`: pushes it and returns how many tokens it took.
    fn construct(
        &mut self,
        tokens: &[Token],
        at: usize,
        place: Place,
        line: &mut Line,
    ) -> usize {
        let before = at.checked_sub(1).and_then(|at| tokens[at].char());
        let rest = &tokens[at..];
        if let Some((length, hint)) = wide::in_text(rest) {
            let here = self.span(range_of(&rest[..length]));
            let message = "标记用了全角符号，不起作用";
            self.report(
                Diagnostic::new(&rule::FULL_WIDTH_MARK, here, message).hint(hint),
            );
        }
        if let Some(taken) = typed_script(rest, line) {
            return taken;
        }
        match rest[0].markup() {
            Some('[') if starts_with(rest, "[[") => self.term(rest, line),
            Some('[') if starts_with(rest, "[@") => self.citation(rest, line),
            Some('[') if starts_with(rest, "[^") => self.undefined_note(rest),
            Some('[') => self.worded_citation(rest),
            Some('{') => ruby(rest, line),
            Some('@') => self.reference(before, rest, line),
            Some('~') if starts_with(rest, "~~") => self.strikethrough(rest),
            Some('~' | '^') => delimited_script(before, rest, line),
            Some('$') => self.stray_dollar(rest, line),
            Some('h') if place == Place::Text => address(before, rest, line),
            _ => 0,
        }
    }

    /// `[[碳汇]]`, `[[碳汇|森林碳汇]]`.
    fn term(&mut self, tokens: &[Token], line: &mut Line) -> usize {
        let close = find(&tokens[2..], "]]", LONGEST);
        let again = find(&tokens[2..], "[[", LONGEST);
        let Some(length) = close.filter(|close| again.is_none_or(|at| at > *close))
        else {
            let here = self.span(range_of(&tokens[..2]));
            let message = "术语标记 [[ 没有结束";
            self.report(
                Diagnostic::new(&rule::UNCLOSED_TERM, here, message)
                    .hint("在术语之后补上 ]]；要印出方括号时写成 \\[\\["),
            );
            return 0;
        };
        let inside = &tokens[2..2 + length];
        let range = range_of(&tokens[..length + 4]);
        let bar = inside.iter().position(|token| token.markup() == Some('|'));
        let (name, shown) = match bar {
            Some(bar) => (&inside[..bar], &inside[bar + 1..]),
            None => (inside, inside),
        };
        let term = text_of(trim(name));
        let shown = trim(shown);
        if term.is_empty() || shown.is_empty() {
            let here = self.span(range.clone());
            let message = "术语标记里没有词";
            self.report(
                Diagnostic::new(&rule::UNCLOSED_TERM, here, message)
                    .hint("写成 [[术语]] 或 [[术语|文中的说法]]"),
            );
            return length + 4;
        }
        let text = self.recognise(shown.to_vec(), Place::Text);
        let term = TermUse {
            term,
            text,
            explicit: true,
            entry: Anchor::default(),
            anchor: Anchor::default(),
            first: false,
        };
        line.push(InlineKind::Term(term), range);
        length + 4
    }

    /// `[@a; @b, p. 12]`.
    fn citation(&mut self, tokens: &[Token], line: &mut Line) -> usize {
        let close = find(tokens, "]", LONGEST);
        let again = find(&tokens[1..], "[", LONGEST).map(|at| at + 1);
        let close = close.filter(|close| again.is_none_or(|at| at > *close));
        let Some(length) = close else {
            let here = self.span(range_of(&tokens[..2]));
            self.report(
                Diagnostic::new(&rule::BAD_CITATION, here, "引文标记 [@ 没有结束")
                    .hint("在文献的键之后补上 ]"),
            );
            return 0;
        };
        let inside = &tokens[1..length];
        let range = range_of(&tokens[..=length]);
        match cite::read(inside, self.source) {
            Ok(cite::Read::Works(cite)) => line.push(InlineKind::Cite(cite), range),
            Ok(cite::Read::Labels(labels)) => {
                // Quarto writes cross-references in brackets, too.
                for (nth, label) in labels.into_iter().enumerate() {
                    let at = label.span.range();
                    if nth > 0 {
                        line.push_char('、', at.start..at.start);
                    }
                    line.push(reference_to(label), at);
                }
            }
            Err((bad, message)) => {
                let bad = if bad.is_empty() { range } else { bad };
                let here = self.span(bad);
                self.report(
                    Diagnostic::new(&rule::BAD_CITATION, here, message)
                        .hint("写成 [@键] 或 [@键一; @键二, p. 12]"),
                );
            }
        }
        length + 1
    }

    /// `[见 @a]`, as Pandoc allows: the brackets would be printed.
    fn worded_citation(&mut self, tokens: &[Token]) -> usize {
        let Some(length) = find(tokens, "]", LONGEST) else { return 0 };
        let text = text_of(&tokens[1..length]);
        let is_key = |(at, _): (usize, &str)| {
            let before = text[..at].chars().next_back();
            let key = &text[at + 1..];
            let is_label = label::PREFIXES.iter().any(|prefix| {
                key.strip_prefix(prefix).is_some_and(|k| k.starts_with(':'))
            });
            before.is_some_and(|c| c.is_whitespace() || is_han(c))
                && key.starts_with(|c: char| c.is_ascii_alphanumeric())
                && !is_label
        };
        if !text.contains('[') && text.match_indices('@').any(is_key) {
            let here = self.span(range_of(&tokens[..=length]));
            self.report(
                Diagnostic::new(&rule::BAD_CITATION, here, "引文的方括号里只写文献的键")
                    .hint("把说明写在方括号外面：见[@键]"),
            );
        }
        0
    }

    /// `[^x]` that comrak left alone: it has no text.
    fn undefined_note(&mut self, tokens: &[Token]) -> usize {
        let Some(length) = find(tokens, "]", LONGEST) else { return 0 };
        let name = text_of(&tokens[2..length]);
        if name.is_empty() || name.contains(char::is_whitespace) {
            return 0;
        }
        let here = self.span(range_of(&tokens[..=length]));
        if tokens.get(length + 1).and_then(Token::markup) == Some('：') {
            let message = "标记用了全角符号，不起作用";
            self.report(
                Diagnostic::new(&rule::FULL_WIDTH_MARK, here, message)
                    .hint(format!("注文写成 [^{name}]: 注文，冒号用英文的")),
            );
            return length + 1;
        }
        let message = format!("注“{name}”没有注文");
        self.report(
            Diagnostic::new(&rule::UNDEFINED_NOTE, here, message)
                .hint(format!("在本章另起一段写 [^{name}]: 注文")),
        );
        length + 1
    }

    /// `@fig:co2`.
    fn reference(
        &mut self,
        before: Option<char>,
        tokens: &[Token],
        line: &mut Line,
    ) -> usize {
        let joined = |c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.' | '-' | '+' | '%')
        };
        if before.is_some_and(joined) {
            return 0;
        }
        let word = |tokens: &[Token], fits: fn(char) -> bool| {
            tokens.iter().take_while(|t| t.markup().is_some_and(fits)).count()
        };
        let prefix = word(&tokens[1..], |c| c.is_ascii_alphabetic());
        let name = text_of(&tokens[1..=prefix]);
        let colon = tokens.get(prefix + 1).and_then(Token::markup);
        if prefix == 0 || !matches!(colon, Some(':' | '：')) {
            return 0;
        }
        let id = word(&tokens[prefix + 2..], label::is_label_char);
        let taken = prefix + 2 + id;
        let here = self.span(range_of(&tokens[..taken]));
        let known = label::PREFIXES.contains(&name.as_str());
        if known && colon == Some(':') && id > 0 {
            let label = Label {
                name: text_of(&tokens[1..taken]),
                span: here.within(1..here.range().len()),
            };
            line.push(reference_to(label), here.range());
            return taken;
        }
        let meant = label::meant_prefix(&name);
        if !known && meant.is_none() {
            return 0;
        }
        let hint = match meant {
            Some(meant) if id > 0 => {
                format!("写成 @{meant}:{}", text_of(&tokens[prefix + 2..taken]))
            }
            _ => "标识符由英文字母、数字、- 和 _ 组成，如 @fig:co2".to_owned(),
        };
        let message = format!("看不懂的引用“{}”", text_of(&tokens[..taken]));
        self.report(Diagnostic::new(&rule::BAD_REFERENCE, here, message).hint(hint));
        0
    }

    /// `~~删除~~`.
    fn strikethrough(&mut self, tokens: &[Token]) -> usize {
        let Some(length) = find(&tokens[2..], "~~", LONGEST) else { return 0 };
        let here = self.span(range_of(&tokens[..length + 4]));
        self.report(
            Diagnostic::new(&rule::UNSUPPORTED_MARKUP, here, "书里没有删除线")
                .hint("删去这几个字；要印出波浪号时写成 \\~"),
        );
        0
    }

    /// `$` that comrak did not pair.
    fn stray_dollar(&mut self, tokens: &[Token], line: &mut Line) -> usize {
        let wide = if starts_with(tokens, "$$") { 2 } else { 1 };
        let here = self.span(range_of(&tokens[..wide]));
        self.report(
            Diagnostic::new(&rule::UNCLOSED_FORMULA, here, "公式没有结束")
                .hint("补上另一个美元符号；要印出美元符号时写成 \\$"),
        );
        for token in &tokens[..wide] {
            line.push_char('$', token.range());
        }
        wide
    }

    /// A span of this file.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.source, range)
    }
}

fn reference_to(label: Label) -> InlineKind {
    InlineKind::Reference(Reference {
        label,
        text: String::new(),
        anchor: Anchor::default(),
        kind: None,
    })
}

/// `CO₂`, `10⁻⁶`.
fn typed_script(tokens: &[Token], line: &mut Line) -> Option<usize> {
    let (shift, _) = script::plain(tokens[0].char()?)?;
    let plain = |token: &Token| {
        let (way, c) = script::plain(token.char()?)?;
        (way == shift).then_some(c)
    };
    let text: Vec<char> = tokens.iter().map_while(plain).collect();
    let run = &tokens[..text.len()];
    push_script(shift, text.iter().collect(), run, run, line);
    Some(run.len())
}

/// `CO~2~`, `m^2^`.
fn delimited_script(before: Option<char>, tokens: &[Token], line: &mut Line) -> usize {
    let Some((shift, length)) = script::delimited(before, tokens) else { return 0 };
    let inside = &tokens[1..=length];
    // A hyphen before a number is a minus.
    let mut text = text_of(inside);
    if let Some(number) = text.strip_prefix('-')
        && number.starts_with(|c: char| c.is_ascii_digit())
    {
        text = format!("\u{2212}{number}");
    }
    push_script(shift, text, &tokens[..length + 2], inside, line);
    length + 2
}

fn push_script(
    shift: Shift,
    text: String,
    all: &[Token],
    inside: &[Token],
    line: &mut Line,
) {
    let mut inner = Line::new(line.source());
    inner.push(InlineKind::Text(text), range_of(inside));
    let inner = inner.finish();
    let kind = match shift {
        Shift::Down => InlineKind::Subscript(inner),
        Shift::Up => InlineKind::Superscript(inner),
    };
    line.push(kind, range_of(all));
}

/// `{碳汇|tàn huì}`.
fn ruby(tokens: &[Token], line: &mut Line) -> usize {
    let Some(length) = find(tokens, "}", LONGEST) else { return 0 };
    let inside = &tokens[1..length];
    let Some(bar) = inside.iter().position(|token| token.markup() == Some('|')) else {
        return 0;
    };
    let base = text_of(trim(&inside[..bar]));
    let text = text_of(trim(&inside[bar + 1..]));
    if base.is_empty() || text.is_empty() || !base.chars().all(is_han) {
        return 0;
    }
    line.push(InlineKind::Ruby { base, text }, range_of(&tokens[..=length]));
    length + 1
}

/// A bare address: `https://…`.
fn address(before: Option<char>, tokens: &[Token], line: &mut Line) -> usize {
    let scheme = ["https://", "http://"].into_iter().find(|s| starts_with(tokens, s));
    let Some(scheme) = scheme else { return 0 };
    if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return 0;
    }
    let fits = |token: &Token| {
        token.markup().is_some_and(|c| {
            c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '|')
        })
    };
    let mut length = tokens.iter().take_while(|token| fits(token)).count();
    let ends_sentence = |token: &Token| {
        matches!(token.char(), Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\''))
    };
    while length > scheme.len() && ends_sentence(&tokens[length - 1]) {
        length -= 1;
    }
    if length <= scheme.len() {
        return 0;
    }
    let all = &tokens[..length];
    let url = text_of(all);
    let mut inner = Line::new(line.source());
    inner.push(InlineKind::Text(url.clone()), range_of(all));
    line.push(InlineKind::Link { url, text: inner.finish() }, range_of(all));
    length
}
