//! Questions in the chapters and answers at the back.

use super::block::element;
use super::page::Page;
use crate::book::{Generated, Question, QuestionKind};
use crate::resolve::AnswerGroup;

impl<'a> Page<'a, '_> {
    /// Writes a chapter's quiz; the answers stand at the back of the book, or
    /// here when it has no such place.
    pub(super) fn quiz(&mut self, questions: &'a [Question]) {
        let at_back = self.plan.has(|section| section.is(Generated::Answers));
        self.xml.open("section", &[("class", "quiz")]);
        self.xml
            .leaf(element(self.level + 1), &[("class", "quiz-title")], "自测");
        for question in questions {
            self.question(question, !at_back);
        }
        self.xml.close();
    }

    /// Writes a group of answers; the questions of the whole book stand before
    /// theirs, as in print.
    pub(super) fn answer_group(&mut self, group: &'a AnswerGroup) {
        // Questions that this edition does not ask need no answer.
        let asked: Vec<_> = group
            .questions
            .iter()
            .filter(|question| self.href(question.anchor.as_str()).is_some())
            .collect();
        let Some(first) = asked.first() else { return };
        if group.chapter.is_empty() {
            self.open_group(first.anchor.as_str(), &group.title, None);
            for question in &asked {
                self.enter(question.anchor.as_str());
                self.question(question, false);
                self.leave();
            }
            self.xml.close();
            let title = format!("{}答案", group.title);
            self.open_group(first.answer_anchor.as_str(), &title, None);
        } else {
            let href = self.href(group.chapter.as_str());
            self.open_group(first.answer_anchor.as_str(), &group.title, href);
        }
        for question in asked {
            self.enter(question.answer_anchor.as_str());
            self.answer(question, true);
            self.leave();
        }
        self.xml.close();
    }

    /// Opens the section of a group that begins with the entry `first`.
    fn open_group(&mut self, first: &str, title: &str, href: Option<String>) {
        self.reach_entry(first);
        self.xml.open("section", &[]);
        self.xml.open("h2", &[]);
        match href {
            Some(href) => self.xml.leaf("a", &[("href", &href)], title),
            None => self.xml.text(title),
        }
        self.xml.close();
    }

    fn question(&mut self, question: &'a Question, answered: bool) {
        let id = question.anchor.as_str();
        if let Some(first) = question.text.first() {
            self.reach_offset(first.span.source, first.span.start);
        }
        self.boxed += 1;
        self.xml.open("div", &[("class", "question"), ("id", id)]);
        self.xml.open("p", &[("class", "question-text")]);
        let number = format!("{}.", question.number);
        self.xml.leaf("span", &[("class", "number")], &number);
        self.xml.text(" ");
        self.inlines(&question.text);
        let kind = match question.kind {
            QuestionKind::Single => "（单选）",
            QuestionKind::Multiple => "（多选）",
            QuestionKind::TrueFalse => "（判断）",
        };
        self.xml.leaf("span", &[("class", "question-kind")], kind);
        self.xml.close();
        if question.kind != QuestionKind::TrueFalse {
            self.xml.open("ol", &[("class", "options"), ("type", "A")]);
            for option in &question.options {
                self.xml.open("li", &[]);
                self.inlines(&option.text);
                self.xml.close();
            }
            self.xml.close();
        }
        if answered {
            self.answer(question, false);
        } else {
            self.answer_link(question);
        }
        self.xml.close();
        self.boxed -= 1;
    }

    fn answer_link(&mut self, question: &Question) {
        let Some(href) = self.href(question.answer_anchor.as_str()) else { return };
        self.xml.open("p", &[("class", "to-answer")]);
        let text = format!("第 {} 题的答案", question.number);
        self.xml.leaf("a", &[("href", &href)], &text);
        self.xml.close();
    }

    /// Writes an answer, folded; `back` adds the way to its question.
    fn answer(&mut self, question: &'a Question, back: bool) {
        let id = question.answer_anchor.as_str();
        self.xml.open("details", &[("class", "answer"), ("id", id)]);
        let summary = format!("第 {} 题的答案", question.number);
        self.xml.leaf("summary", &[], &summary);
        self.xml.open("p", &[]);
        self.xml.leaf("strong", &[], &right_answer(question));
        if !question.explanation.is_empty() {
            self.xml.text("。");
            self.inlines(&question.explanation);
        }
        self.xml.close();
        if back && let Some(href) = self.href(question.anchor.as_str()) {
            self.xml.open("p", &[]);
            let text = format!("回到第 {} 题", question.number);
            let link = [("href", href.as_str()), ("role", "doc-backlink")];
            self.xml.leaf("a", &link, &text);
            self.xml.close();
        }
        self.xml.close();
    }
}

/// `B`, `A、C`, or `对`.
fn right_answer(question: &Question) -> String {
    let letters = (b'A'..=b'Z').map(char::from);
    let right = question
        .options
        .iter()
        .zip(letters)
        .filter(|(option, _)| option.correct);
    let names = right.map(|(option, letter)| match question.kind {
        QuestionKind::TrueFalse => crate::book::plain_text(&option.text),
        _ => letter.to_string(),
    });
    names.collect::<Vec<_>>().join("、")
}
