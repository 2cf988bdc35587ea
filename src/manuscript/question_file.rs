//! `book/quiz.toml`: questions for the end of the book.

use std::collections::BTreeMap;

use super::reader::World;
use crate::book::{Anchor, AnswerOption, Inline, InlineKind, Question, QuestionKind};
use crate::diag::{Diagnostic, SourceId, Span, Spanned, rule::manuscript as rule};
use crate::project::tree::{self, Table};

/// The kinds of question by name.
const KINDS: &[(&str, QuestionKind)] = &[
    ("single", QuestionKind::Single),
    ("multi", QuestionKind::Multiple),
    ("tf", QuestionKind::TrueFalse),
    ("单选", QuestionKind::Single),
    ("多选", QuestionKind::Multiple),
    ("判断", QuestionKind::TrueFalse),
    ("multiple", QuestionKind::Multiple),
    ("true-false", QuestionKind::TrueFalse),
];

/// Reads the questions in the order of the file.
pub(super) fn read(source: SourceId, text: &str, world: &mut World<'_>) -> Vec<Question> {
    let mut root = tree::parse(text, source, &mut world.sink);
    let tables = root.tables("question", &mut world.sink);
    let broken = root.broken;
    root.finish("题库", &mut world.sink);
    let mut ids: BTreeMap<String, Span> = BTreeMap::new();
    let mut questions = Vec::new();
    for table in tables {
        questions.extend(question(text, table, broken, world, &mut ids));
    }
    questions
}

fn question(
    text: &str,
    mut table: Table,
    broken: bool,
    world: &mut World<'_>,
    ids: &mut BTreeMap<String, Span>,
) -> Option<Question> {
    let place = table.span;
    let sink = &mut world.sink;
    let id = table.string("id", sink);
    let kind = table.string("type", sink);
    let asked = table.string("q", sink);
    let options = table.strings("options", sink).unwrap_or_default();
    let answer = table.string("answer", sink);
    let explanation = table.string("explain", sink);
    // For editors: which checked facts the question rests on.
    table.take("facts");
    table.finish("题目", sink);
    if let Some(id) = &id {
        check_id(world, ids, id);
    }
    if broken && (asked.is_none() || kind.is_none() || answer.is_none()) {
        return None;
    }
    let Some(asked) = asked.filter(|asked| !asked.value.trim().is_empty()) else {
        report(world, place, "这道题缺少 q", "写上题目：q = \"…\"");
        return None;
    };
    let kind = kind_of(world, kind, asked.span)?;
    let Some(answer) = answer else {
        report(world, asked.span, "这道题缺少 answer", "写上答案，如 answer = \"B\"");
        return None;
    };
    let options = match kind {
        QuestionKind::TrueFalse => verdict(world, &answer, &options)?,
        _ => choices(text, world, &options, &answer, kind, asked.span)?,
    };
    let explanation = explanation.map(|value| world.fragment_of(text, &value));
    Some(Question {
        span: place,
        id: id.map(|id| id.value).unwrap_or_default(),
        text: world.fragment_of(text, &asked),
        kind,
        options,
        explanation: explanation.unwrap_or_default(),
        number: 0,
        anchor: Anchor::default(),
        answer_anchor: Anchor::default(),
    })
}

fn check_id(
    world: &mut World<'_>,
    ids: &mut BTreeMap<String, Span>,
    id: &Spanned<String>,
) {
    if let Some(first) = ids.get(&id.value) {
        let message = format!("题号“{}”用了两次", id.value);
        world.sink.report(
            Diagnostic::new(&rule::BAD_QUESTION, id.span, message)
                .hint("改一个题号")
                .related(*first, "已经用在这里"),
        );
    } else {
        ids.insert(id.value.clone(), id.span);
    }
}

fn kind_of(
    world: &mut World<'_>,
    kind: Option<Spanned<String>>,
    place: Span,
) -> Option<QuestionKind> {
    let Some(kind) = kind else {
        report(world, place, "这道题缺少 type", "写上 single、multi 或 tf");
        return None;
    };
    let found = KINDS.iter().find(|(name, _)| *name == kind.value);
    if found.is_none() {
        let message = format!("没有名为“{}”的题型", kind.value);
        report(
            world,
            kind.span,
            &message,
            "写 single（单选）、multi（多选）或 tf（判断）",
        );
    }
    found.map(|(_, kind)| *kind)
}

/// The options of a question of true or false.
fn verdict(
    world: &mut World<'_>,
    answer: &Spanned<String>,
    options: &[Spanned<String>],
) -> Option<Vec<AnswerOption>> {
    if let Some(option) = options.first() {
        report(
            world,
            option.span,
            "判断题不写 options",
            "删去 options；选项是“对”和“错”",
        );
    }
    let right = match answer.value.trim().to_lowercase().as_str() {
        "t" | "true" | "对" | "正确" => true,
        "f" | "false" | "错" | "错误" => false,
        _ => {
            let message = format!("看不懂判断题的答案“{}”", answer.value);
            report(world, answer.span, &message, "写 T（对）或 F（错）");
            return None;
        }
    };
    let option = |word: &str, correct| {
        let kind = InlineKind::Text(word.to_owned());
        AnswerOption {
            text: vec![Inline { kind, span: answer.span }],
            correct,
        }
    };
    Some(vec![option("对", right), option("错", !right)])
}

/// The options of a question with lettered answers.
fn choices(
    text: &str,
    world: &mut World<'_>,
    options: &[Spanned<String>],
    answer: &Spanned<String>,
    kind: QuestionKind,
    place: Span,
) -> Option<Vec<AnswerOption>> {
    if options.len() < 2 || options.len() > 26 {
        report(
            world,
            place,
            "选项的个数不对",
            "写 2 到 26 个选项：options = [\"…\", \"…\"]",
        );
        return None;
    }
    let mut right = vec![false; options.len()];
    for letter in answer
        .value
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '、'))
    {
        let at =
            u32::from(letter.to_ascii_uppercase()).wrapping_sub(u32::from('A')) as usize;
        let Some(right) = right.get_mut(at) else {
            let message = format!("答案“{letter}”不是任何一个选项");
            report(world, answer.span, &message, "用 A、B、C 等字母指出选项");
            return None;
        };
        *right = true;
    }
    let count = right.iter().filter(|right| **right).count();
    if count == 0 || (kind == QuestionKind::Single && count > 1) {
        let message = format!("答案“{}”与题型不合", answer.value);
        report(
            world,
            answer.span,
            &message,
            "单选写一个字母；有几个正确答案时把 type 改为 multi",
        );
    }
    let option = |(option, correct): (&Spanned<String>, bool)| AnswerOption {
        text: world.fragment_of(text, option),
        correct,
    };
    Some(options.iter().zip(right).map(option).collect())
}

fn report(world: &mut World<'_>, span: Span, message: &str, hint: &str) {
    world
        .sink
        .report(Diagnostic::new(&rule::BAD_QUESTION, span, message).hint(hint));
}
