//! `:::自测`: questions with a task list each.

use super::block::{is_blank, paragraph_of};
use crate::book::{
    Anchor, AnswerOption, Block, BlockKind, Inline, InlineKind, List, Question,
    QuestionKind, plain_text,
};
use crate::diag::{Diagnostic, Sink, Span, rule::manuscript as rule};

/// What an explanation starts with.
const EXPLANATION: &[&str] = &["解析：", "解析:", "解释：", "解释:", "答案：", "答案:"];

/// Options that make a question one of true or false.
const TRUE_FALSE: &[&str] =
    &["对", "错", "正确", "错误", "是", "否", "√", "×", "true", "false"];

/// The questions of a block: each a paragraph, a task list, and perhaps an
/// explanation.
pub(super) fn questions(
    blocks: Vec<Block>,
    fence: Span,
    sink: &mut Sink,
) -> Vec<Question> {
    let mut found: Vec<Question> = Vec::new();
    let mut text: Option<(Vec<Inline>, Span)> = None;
    for block in blocks {
        let span = block.span;
        if let Some(explanation) = paragraph_of(&block).and_then(explanation) {
            match found.last_mut().filter(|_| text.is_none()) {
                Some(question) => question.explanation = explanation,
                None => report(sink, span, "解析之前没有题目", "把解析写在选项之后"),
            }
            continue;
        }
        match block.kind {
            BlockKind::Paragraph(inlines) => {
                if let Some(pending) = text.replace((inlines, span)) {
                    settle(pending, &mut found, sink);
                }
            }
            BlockKind::List(list) => match text.take() {
                Some((text, start)) => {
                    let whole = Span { end: span.end, ..start };
                    found.push(question(text, list, whole, span, sink));
                }
                None => report(sink, span, "选项之前没有题目", "先写一段题目，再列选项"),
            },
            _ => report(sink, span, "自测里只能有题目、选项和解析", "把其他内容移到块外"),
        }
    }
    if let Some(pending) = text {
        settle(pending, &mut found, sink);
    }
    if found.is_empty() {
        report(sink, fence, "自测里没有题目", "写一段题目，再用 - [ ] 和 - [x] 列出选项");
    }
    found
}

/// A paragraph without options: the last question's explanation, though it
/// does not say so, unless it asks something.
fn settle((text, span): (Vec<Inline>, Span), found: &mut [Question], sink: &mut Sink) {
    let asks = plain_text(&text).trim_end().ends_with(['？', '?', '：', ':']);
    match found
        .last_mut()
        .filter(|question| !asks && question.explanation.is_empty())
    {
        Some(question) => question.explanation = text,
        None => {
            report(sink, span, "这道题没有选项", "在题目下面用 - [ ] 和 - [x] 列出选项");
        }
    }
}

fn question(
    text: Vec<Inline>,
    list: List,
    span: Span,
    list_span: Span,
    sink: &mut Sink,
) -> Question {
    let mut options = Vec::new();
    let mut unmarked = false;
    for item in list.items {
        let Some(correct) = item.checked else {
            report(
                sink,
                list_span,
                "有的选项没有 [ ]",
                "每个选项都写成 - [ ] 或 - [x]，方括号和 x 用英文的",
            );
            unmarked = true;
            continue;
        };
        let mut blocks = item.blocks.into_iter();
        match (blocks.next().map(|block| block.kind), blocks.next()) {
            (Some(BlockKind::Paragraph(text)), None) => {
                options.push(AnswerOption { text, correct });
            }
            _ => report(sink, list_span, "一个选项只能是一段文字", "把选项缩成一段"),
        }
    }
    if !unmarked {
        check_options(&options, list_span, sink);
    }
    Question {
        span,
        id: String::new(),
        text,
        kind: kind_of(&options),
        options,
        explanation: Vec::new(),
        number: 0,
        anchor: Anchor::default(),
        answer_anchor: Anchor::default(),
    }
}

/// Reports options that make no question.
pub(super) fn check_options(options: &[AnswerOption], span: Span, sink: &mut Sink) {
    if options.len() < 2 {
        report(sink, span, "一道题至少要有两个选项", "补上选项");
    } else if !options.iter().any(|option| option.correct) {
        report(sink, span, "没有标出正确的选项", "把正确的选项标为 - [x]");
    }
}

/// The kind of question that its options make.
pub(super) fn kind_of(options: &[AnswerOption]) -> QuestionKind {
    let right = options.iter().filter(|option| option.correct).count();
    let is_verdict = |option: &AnswerOption| {
        TRUE_FALSE.contains(&plain_text(&option.text).trim().to_lowercase().as_str())
    };
    match options {
        [first, second] if right == 1 && is_verdict(first) && is_verdict(second) => {
            QuestionKind::TrueFalse
        }
        _ if right > 1 => QuestionKind::Multiple,
        _ => QuestionKind::Single,
    }
}

/// The text after `解析：`.
fn explanation(inlines: &[Inline]) -> Option<Vec<Inline>> {
    let (first, rest) = inlines.split_first()?;
    // The word may be set bold: **解析：**.
    let word = plain_text(std::slice::from_ref(first));
    let prefix = EXPLANATION.iter().find(|prefix| word.starts_with(**prefix))?;
    let mut out = Vec::new();
    if let InlineKind::Text(text) = &first.kind {
        let after = text[prefix.len()..].trim_start();
        let skipped = text.len() - after.len();
        if !after.is_empty() {
            let length = first.span.range().len();
            let span = first.span.within(skipped.min(length)..length);
            out.push(Inline { kind: InlineKind::Text(after.to_owned()), span });
        }
    }
    out.extend(rest.iter().cloned());
    (!is_blank(&out)).then_some(out)
}

fn report(sink: &mut Sink, span: Span, message: &str, hint: &str) {
    sink.report(Diagnostic::new(&rule::BAD_QUIZ, span, message).hint(hint));
}
