//! Footnotes: their texts stand anywhere in the chapter, and go to their first
//! mark.

use std::collections::BTreeMap;

use comrak::nodes::{Node, NodeValue};

use super::reader::Reader;
use crate::book::{Anchor, InlineKind, Note};
use crate::diag::{Diagnostic, Span, rule::manuscript as rule};

/// The texts of a chapter's notes, by name.
#[derive(Default)]
pub(super) struct Notes<'a> {
    texts: BTreeMap<String, Text<'a>>,
    /// Whether a note is being read.
    inside: bool,
}

/// A note's text.
struct Text<'a> {
    node: Node<'a>,
    /// The name with its brackets.
    span: Span,
    used: bool,
}

impl<'a> Reader<'a, '_, '_> {
    /// Finds the texts of all notes.
    pub(super) fn collect_notes(&mut self, root: Node<'a>) {
        for node in root.descendants() {
            let NodeValue::FootnoteDefinition(definition) = &node.data().value else {
                continue;
            };
            let whole = self.span_of(node);
            let line = &self.text[whole.range()];
            let head = line.find(']').map_or(line.len(), |end| end + 1);
            let span = whole.within(0..head);
            let text = Text { node, span, used: false };
            let key = key_of(&definition.name);
            if let Some(first) = self.notes.texts.get(&key) {
                let first = first.span;
                let message = format!("注“{}”有两份注文", definition.name);
                self.report(
                    Diagnostic::new(&rule::DUPLICATE_NOTE, span, message)
                        .hint("给其中一个注另取名字")
                        .related(first, "已经写在这里"),
                );
            } else {
                self.notes.texts.insert(key, text);
            }
        }
    }

    /// The note for a mark.
    pub(super) fn note(&mut self, name: &str, mark: Span) -> Option<InlineKind> {
        if self.notes.inside {
            self.report(
                Diagnostic::new(&rule::NESTED_NOTE, mark, "注文里不能再有注")
                    .hint("把内容并入这条注，或写到正文里"),
            );
            return None;
        }
        let text = self.notes.texts.get_mut(&key_of(name))?;
        if text.used {
            return Some(InlineKind::NoteAgain {
                number: 0,
                name: name.to_owned(),
                anchor: Anchor::default(),
            });
        }
        text.used = true;
        let definition = text.node;
        self.notes.inside = true;
        self.enclosed += 1;
        let blocks = self.nested(definition, |reader| reader.children(definition));
        self.enclosed -= 1;
        self.notes.inside = false;
        let note = Note {
            name: name.to_owned(),
            blocks,
            number: 0,
            anchor: Anchor::default(),
        };
        Some(InlineKind::Note(Box::new(note)))
    }

    /// Reports notes that no mark leads to.
    pub(super) fn report_unused_notes(&mut self) {
        let unused: Vec<Span> = self
            .notes
            .texts
            .values()
            .filter(|text| !text.used)
            .map(|text| text.span)
            .collect();
        for span in unused {
            self.report(
                Diagnostic::new(&rule::UNUSED_NOTE, span, "这条注没有用到")
                    .hint("在正文里加上注号，或删去注文"),
            );
        }
    }
}

/// Names are compared as Markdown does: letter case and spacing do not count.
fn key_of(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
