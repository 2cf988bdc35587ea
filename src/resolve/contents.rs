//! The contents, the lists of figures and tables, and the answers.

use super::model::{AnswerGroup, ContentsEntry, FigureEntry, Section};
use super::normal::unanchored;
use crate::book::{
    Anchor, Block, BlockKind, Chapter, Generated, Inline, InlineKind, Question,
    plain_text, visit_blocks,
};
use crate::diag::{SourceId, Span};

/// What is collected from the text, in reading order.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) contents: Vec<ContentsEntry>,
    pub(super) figures: Vec<FigureEntry>,
    pub(super) tables: Vec<FigureEntry>,
    pub(super) answers: Vec<AnswerGroup>,
}

/// Collects from all sections.
pub(super) fn collect(sections: &[Section], quiz: &[Question]) -> Collected {
    let mut collected = Collected::default();
    for section in sections {
        collected.section(section);
    }
    if !quiz.is_empty() {
        collected.answers.push(AnswerGroup {
            title: "综合自测".to_owned(),
            chapter: Anchor::default(),
            questions: quiz.to_vec(),
        });
    }
    collected
}

impl Collected {
    fn section(&mut self, section: &Section) {
        let anchor = Anchor(section.anchor().to_owned());
        let line = |depth, number: &str, title: Vec<Inline>| ContentsEntry {
            depth,
            number: number.to_owned(),
            title,
            anchor: anchor.clone(),
            section: anchor.clone(),
        };
        match section {
            Section::Generated(
                Generated::Cover
                | Generated::HalfTitle
                | Generated::TitlePage
                | Generated::Imprint
                | Generated::Contents,
            ) => {}
            Section::Generated(piece) => {
                self.contents.push(line(1, "", plain(piece.title())));
            }
            Section::Part { number, title, .. } => {
                self.contents.push(line(0, number, plain(title)));
            }
            Section::Text(chapter)
            | Section::Chapter(chapter)
            | Section::Appendix(chapter) => {
                let title = unanchored(&chapter.title);
                self.contents.push(line(1, &chapter.number, title));
                self.chapter(chapter, &anchor);
            }
        }
    }

    fn chapter(&mut self, chapter: &Chapter, section: &Anchor) {
        let mut questions = Vec::new();
        visit_blocks(&chapter.blocks, &mut |block: &Block| match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 3 => {
                self.contents.push(ContentsEntry {
                    depth: heading.level,
                    number: heading.number.clone(),
                    title: unanchored(&heading.text),
                    anchor: heading.anchor.clone(),
                    section: section.clone(),
                });
            }
            BlockKind::Figure(figure) => self.figures.push(FigureEntry {
                number: figure.number.clone(),
                caption: unanchored(&figure.caption),
                anchor: figure.anchor.clone(),
                section: section.clone(),
            }),
            BlockKind::Table(table) if !table.number.is_empty() => {
                self.tables.push(FigureEntry {
                    number: table.number.clone(),
                    caption: unanchored(&table.caption),
                    anchor: table.anchor.clone(),
                    section: section.clone(),
                });
            }
            BlockKind::Quiz(quiz) => questions.extend(quiz.iter().cloned()),
            _ => {}
        });
        if !questions.is_empty() {
            let title = plain_text(&unanchored(&chapter.title));
            let title = format!("{} {title}", chapter.number).trim().to_owned();
            self.answers
                .push(AnswerGroup { title, chapter: section.clone(), questions });
        }
    }
}

fn plain(text: &str) -> Vec<Inline> {
    let span = Span::new(SourceId(0), 0..0);
    vec![Inline { kind: InlineKind::Text(text.to_owned()), span }]
}
