//! Marks typed while a Chinese input method was on: `：：：`, `＃`, `【@键】`.
//!
//! They look right to the author and mean nothing to the program, so each is
//! told; where it is clear what was meant, the text is read as if it had been
//! typed so, and one mistake stays one message.

use std::ops::Range;

use super::attributes::{self, Attributes};
use super::label;
use super::token::{Token, find, text_of};
use crate::diag::{Diagnostic, Sink, SourceId, Span, rule::manuscript as rule};

/// The longest stretch that is looked through for a closing mark.
const LONGEST: usize = 200;

/// A mark typed wide at the start of a line.
pub(super) struct Mark {
    /// Its bytes, counted from the line's text.
    pub(super) range: Range<usize>,
    /// What to type.
    hint: String,
    /// What it would have been, for the parser; `None` where the line is lost.
    pub(super) meant: Option<String>,
}

impl Mark {
    /// Reports the mark in a line whose text starts at byte `start`.
    pub(super) fn report(&self, source: SourceId, start: usize, sink: &mut Sink) {
        let range = start + self.range.start..start + self.range.end;
        report(Span::new(source, range), &self.hint, sink);
    }
}

fn report(span: Span, hint: &str, sink: &mut Sink) {
    let message = "标记用了全角符号，不起作用";
    sink.report(Diagnostic::new(&rule::FULL_WIDTH_MARK, span, message).hint(hint));
}

/// What a line starts with, if that was typed wide.
pub(super) fn at_start(body: &str, quoted: bool) -> Option<Mark> {
    let hashes = body.chars().take_while(|c| matches!(c, '#' | '＃')).count();
    let run = body.trim_start_matches(['#', '＃']);
    if body[..body.len() - run.len()].contains('＃') {
        let space = if run.starts_with([' ', '\t']) { "" } else { " " };
        let sharp = "#".repeat(hashes);
        return Some(Mark {
            range: 0..body.len() - run.len(),
            hint: format!("用英文的 #，后面空一格：{sharp} 标题"),
            meant: Some(sharp + space),
        });
    }
    if let Some(mark) = wide_space(body) {
        return Some(mark);
    }
    if body.starts_with("！[") && body.contains("](") {
        return Some(Mark {
            range: 0..'！'.len_utf8(),
            hint: "图以英文叹号开头：![题注](路径)".to_owned(),
            meant: Some("!".to_owned()),
        });
    }
    if body.starts_with("![")
        && let Some(at) = body.find("]（")
    {
        return Some(Mark {
            range: at + 1..at + 1 + '（'.len_utf8(),
            hint: "路径放在英文圆括号里：![题注](路径)".to_owned(),
            meant: None,
        });
    }
    if body.starts_with('｜') && body.matches('｜').count() > 2 {
        return Some(Mark {
            range: 0..body.trim_end().len(),
            hint: "表格的竖线用英文的 |".to_owned(),
            meant: None,
        });
    }
    let is_rule = |c: char| matches!(c, '|' | '-' | ':' | '：' | ' ');
    if body.starts_with('|')
        && body.contains('：')
        && body.contains('-')
        && body.trim_end().chars().all(is_rule)
    {
        return Some(Mark {
            range: 0..body.trim_end().len(),
            hint: "表头下面的一行用英文符号：| :--- | ---: |".to_owned(),
            meant: None,
        });
    }
    let alert = ["［!", "［！", "[！"].into_iter().find(|mark| body.starts_with(mark));
    alert.filter(|_| quoted).map(|_| Mark {
        range: 0..body.trim_end().len(),
        hint: "方括号和叹号用英文的：> [!TIP]".to_owned(),
        meant: None,
    })
}

/// A heading or list sign with a wide space behind it, which makes it text.
fn wide_space(body: &str) -> Option<Mark> {
    let (sign, _) = body.split_once('\u{3000}')?;
    let digits = sign.trim_end_matches(['.', ')']);
    let is_number = digits.len() + 1 == sign.len()
        && !digits.is_empty()
        && digits.len() < 4
        && digits.bytes().all(|b| b.is_ascii_digit());
    let is_heading = (1..=6).contains(&sign.len()) && sign.bytes().all(|b| b == b'#');
    if !is_heading && !is_number && !matches!(sign, "-" | "*" | "+") {
        return None;
    }
    Some(Mark {
        range: 0..sign.len() + '\u{3000}'.len_utf8(),
        hint: format!("{sign} 后面的空格用英文的"),
        meant: Some(format!("{sign} ")),
    })
}

/// An attribute list at the end of a line that was typed wide: where it starts,
/// and what it says.
pub(super) fn list_at_end(
    body: &str,
    source: SourceId,
    start: usize,
    sink: &mut Sink,
) -> Option<(usize, Attributes)> {
    let open = body.rfind(['{', '｛'])?;
    let tail = body[open..].trim_end();
    let inside = tail.trim_start_matches(['{', '｛']).trim_end_matches(['}', '｝']);
    let is_wide =
        tail.starts_with('｛') || tail.ends_with('｝') || inside.starts_with('＃');
    let is_closed = tail.ends_with(['}', '｝']);
    let is_list = inside.starts_with(['#', '＃', '.']) || inside.contains(['=', '＝']);
    if !is_wide || !is_closed || !is_list {
        return None;
    }
    let span = Span::new(source, start + open..start + open + tail.len());
    report(span, "花括号和 # 用英文的：{#sec:名称}", sink);
    let narrow: String = inside.chars().map(narrow).collect();
    let narrow = format!("{{{narrow}}}");
    // Whatever else is wrong will be told when these are put right.
    let mut list = attributes::parse(&narrow, source, 0..narrow.len(), &mut Sink::new());
    list.span = span;
    list.id.iter_mut().for_each(|id| id.span = span);
    list.classes.iter_mut().for_each(|class| class.span = span);
    for pair in &mut list.pairs {
        (pair.key.span, pair.value.span) = (span, span);
    }
    Some((open, list))
}

/// The ASCII character that a wide one looks like.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '“' | '”' => '"',
        '\u{3000}' => ' ',
        c => c,
    }
}

/// A wide mark in running text: how many tokens to point at, and what to type.
pub(super) fn in_text(tokens: &[Token]) -> Option<(usize, &'static str)> {
    let c = |at: usize| tokens.get(at).and_then(Token::markup);
    let until = |marks: &[&str]| {
        let ends = marks.iter().filter_map(|mark| {
            find(tokens, mark, LONGEST).map(|at| at + mark.chars().count())
        });
        ends.min().unwrap_or(2)
    };
    let at_label = |at: usize| {
        let rest = text_of(&tokens[at..tokens.len().min(at + 6)]);
        label::PREFIXES.iter().any(|prefix| {
            rest.strip_prefix(prefix).is_some_and(|r| r.starts_with([':', '：']))
        })
    };
    match (c(0)?, c(1)) {
        ('【' | '［', Some('@' | '＠')) | ('[', Some('＠')) if !at_label(2) => {
            Some((until(&["]", "】", "］"]), "引文写成 [@键]，方括号和 @ 用英文的"))
        }
        ('【', Some('【')) | ('［', Some('［')) => {
            Some((until(&["】】", "］］", "]]"]), "术语写成 [[术语]]，方括号用英文的"))
        }
        ('［', Some('^')) => {
            Some((until(&["］", "]"]), "注号写成 [^名称]，方括号用英文的"))
        }
        ('{' | '｛', _) => wide_ruby(tokens),
        ('＠', _) if at_label(1) => Some((1, "引用写成 @fig:名称，@ 和冒号用英文的")),
        ('＊', Some('＊')) => {
            let end = find(&tokens[2..], "＊＊", LONGEST)?;
            Some((end + 4, "加粗写成 **文字**，星号用英文的"))
        }
        _ => None,
    }
}

/// `{字｜拼音}`, `｛字|拼音｝`.
fn wide_ruby(tokens: &[Token]) -> Option<(usize, &'static str)> {
    let is = |token: &Token, marks: &[char]| {
        token.markup().is_some_and(|c| marks.contains(&c))
    };
    let close = tokens.iter().take(LONGEST).position(|t| is(t, &['}', '｝']))?;
    let bar = tokens[..close].iter().position(|t| is(t, &['|', '｜']))?;
    let base = &tokens[1..bar];
    let is_han = base
        .iter()
        .all(|token| token.char().is_some_and(super::token::is_han));
    let is_wide = [&tokens[0], &tokens[bar], &tokens[close]]
        .into_iter()
        .any(|token| is(token, &['｛', '｜', '｝']));
    (is_wide && is_han && !base.is_empty())
        .then_some((close + 1, "注音写成 {字|拼音}，花括号和竖线用英文的"))
}
