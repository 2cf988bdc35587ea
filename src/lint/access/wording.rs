//! Phrases that point with the eye: by place, by colour, by nothing at all.

use crate::book::{Inline, InlineKind, plain_text};
use crate::diag::rule::lint as rule;
use crate::diag::{Diagnostic, Rule, Sink, Span};

/// Words that tell nothing about where a link leads.
pub(crate) const VAGUE: &[&str] = &[
    "这里",
    "此处",
    "点击",
    "点击这里",
    "点这里",
    "点此",
    "链接",
    "更多",
    "详情",
    "查看",
    "here",
    "click here",
    "link",
    "more",
    "read more",
];

/// Where a figure stands on one page of one edition.
const PLACES: &[&str] = &[
    "上图",
    "下图",
    "左图",
    "右图",
    "上表",
    "下表",
    "左边的图",
    "右边的图",
    "上面的图",
    "下面的图",
    "上面的表",
    "下面的表",
];

/// Colours, and what is named by them alone.
const COLORS: &[&str] = &["红", "橙", "黄", "绿", "青", "蓝", "紫", "灰", "粉", "棕"];
const MARKED: &[&str] = &[
    "线", "曲线", "折线", "柱", "柱子", "条", "块", "色块", "点", "箭头", "部分", "区域",
    "格", "格子", "阴影", "字",
];

/// Checks one inline; what is inside it comes by itself.
pub(super) fn check(inline: &Inline, sink: &mut Sink) {
    match &inline.kind {
        InlineKind::Link { text, .. } => {
            let words = plain_text(text);
            let bare = words.trim().to_lowercase();
            if VAGUE.contains(&bare.as_str()) {
                let message = format!("链接文字“{words}”没有说出它通向哪里");
                let found = Diagnostic::new(&rule::VAGUE_LINK, inline.span, message);
                sink.report(found.hint("写上目标的名称，例如网页的标题"));
            }
        }
        InlineKind::Text(text) => {
            if let Some((at, length)) = place(text) {
                let words = &text[at..at + length];
                let message = format!("“{words}”靠位置指图：换个版本，它就不在那里了");
                let hint = "写成 @fig:标识 或 @tbl:标识，印出来是编号";
                report(
                    &rule::POINTED_BY_PLACE,
                    inline,
                    text,
                    (at, length),
                    (message, hint),
                    sink,
                );
            }
            if let Some((at, length)) = color(text) {
                let words = &text[at..at + length];
                let message =
                    format!("“{words}”只用颜色指认：分不清颜色的读者和灰度印刷都认不出");
                let hint = "写上它的名称、形状或位置，例如“标着‘煤电’的线”";
                report(
                    &rule::COLOR_ALONE,
                    inline,
                    text,
                    (at, length),
                    (message, hint),
                    sink,
                );
            }
            if let Some((at, length)) = spaced(text) {
                let words = &text[at..at + length];
                let message = format!("“{words}”在字间打了空格，会一个字一个字地念");
                report(
                    &rule::SPACED_WORD,
                    inline,
                    text,
                    (at, length),
                    (message, "去掉空格；字距由模板决定"),
                    sink,
                );
            }
        }
        _ => {}
    }
}

fn report(
    rule: &'static Rule,
    inline: &Inline,
    text: &str,
    (at, length): (usize, usize),
    (message, hint): (String, &str),
    sink: &mut Sink,
) {
    // The place in the source is known where text and source are the same.
    let exact = inline.span.range().len() == text.len();
    let span: Span =
        if exact { inline.span.within(at..at + length) } else { inline.span };
    sink.report(Diagnostic::new(rule, span, message).hint(hint));
}

/// A figure that is named by where it stands.
fn place(text: &str) -> Option<(usize, usize)> {
    let found = PLACES
        .iter()
        .filter_map(|word| Some((text.find(word)?, word.len())))
        .min()?;
    // 以上图书, 地下图书馆: part of another word.
    let after = text[found.0 + found.1..].chars().next();
    (!matches!(after, Some('书' | '腾' | '纸' | '达'))).then_some(found)
}

/// Something that is named by its colour: `红线`, `绿色的部分`.
fn color(text: &str) -> Option<(usize, usize)> {
    for color in COLORS {
        for (at, _) in text.match_indices(color) {
            let rest = &text[at + color.len()..];
            let Some(rest) = rest.strip_prefix('色') else { continue };
            let rest = rest.strip_prefix('的').unwrap_or(rest);
            let mut named = MARKED.iter().filter(|word| rest.starts_with(*word));
            if let Some(word) = named.next() {
                return Some((at, text.len() - rest.len() + word.len() - at));
            }
        }
    }
    None
}

/// Three and more Han characters with one space between each two.
fn spaced(text: &str) -> Option<(usize, usize)> {
    const FEWEST: usize = 3;
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut start = 0;
    let ends = |c: char| !is_han(c) && c != ' ' && c != '\u{3000}';
    for piece in text.split_inclusive(ends) {
        let words: Vec<&str> =
            piece.trim_end_matches(ends).split([' ', '\u{3000}']).collect();
        let single = |word: &&str| word.chars().count() == 1 && word.chars().all(is_han);
        let mut at = start;
        let mut run: Option<(usize, usize, usize)> = None;
        for word in words {
            if single(&word) {
                let (from, _, count) = run.unwrap_or((at, 0, 0));
                run = Some((from, at + word.len(), count + 1));
            } else if run.is_some_and(|(.., count)| count >= FEWEST) {
                break;
            } else {
                run = None;
            }
            at += word.len() + separator(text, at + word.len());
        }
        if let Some((from, to, count)) = run
            && count >= FEWEST
        {
            return Some((from, to - from));
        }
        start += piece.len();
    }
    None
}

/// The length of the space at a place.
fn separator(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, find: fn(&str) -> Option<(usize, usize)>) -> &str {
        find(text).map_or("", |(at, length)| &text[at..at + length])
    }

    #[test]
    fn pointing_is_found() {
        assert_eq!(words("如下图所示", place), "下图");
        assert_eq!(words("查阅以上图书", place), "");
        assert_eq!(words("看红色的线和别的", color), "红色的线");
        assert_eq!(words("绿色电力证书", color), "");
        assert_eq!(words("请看 注 意 事 项：", spaced), "注 意 事 项");
        assert_eq!(words("约 3 吨 和 5 吨", spaced), "");
    }
}
