//! What sounds the same and is not: links of the same words that lead elsewhere
//! (WCAG 2.4.4), pictures that are told in the same words (WCAG 1.1.1).

use std::collections::BTreeMap;

use crate::book::{
    Block, BlockKind, Chapter, Figure, FigureContent, Inline, InlineKind, Inside,
    plain_text,
};
use crate::diag::rule::lint as rule;
use crate::diag::{Diagnostic, Sink};

/// What a reader has heard so far.
#[derive(Default)]
pub(super) struct Heard<'a> {
    /// Where the words of a link led, in this chapter.
    links: BTreeMap<String, &'a str>,
    /// Which picture was told in these words, in this book; none for charts.
    pictures: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Heard<'a> {
    /// Hears one more chapter.
    pub(super) fn chapter(&mut self, chapter: &'a Chapter, sink: &mut Sink) {
        self.links.clear();
        self.blocks(&chapter.blocks, sink);
    }

    fn blocks(&mut self, all: &'a [Block], sink: &mut Sink) {
        for block in all {
            if let BlockKind::Figure(figure) = &block.kind {
                self.picture(figure, sink);
            }
            block.inside(&mut |part| self.inside(part, sink));
        }
    }

    fn inlines(&mut self, all: &'a [Inline], sink: &mut Sink) {
        for inline in all {
            if let InlineKind::Link { url, text } = &inline.kind {
                self.link(inline, url, text, sink);
            }
            inline.inside(&mut |part| self.inside(part, sink));
        }
    }

    fn inside(&mut self, part: Inside<'a>, sink: &mut Sink) {
        match part {
            Inside::Inlines(all) => self.inlines(all, sink),
            Inside::Blocks(all) => self.blocks(all, sink),
            Inside::Question(question) => {
                self.inlines(&question.text, sink);
                self.inlines(&question.explanation, sink);
            }
        }
    }

    fn link(&mut self, inline: &Inline, url: &'a str, text: &[Inline], sink: &mut Sink) {
        let words = plain_text(text);
        let url = url.trim_end_matches('/');
        let first = *self.links.entry(words.trim().to_lowercase()).or_insert(url);
        if first != url {
            let message = format!("链接文字“{words}”在这一章通向两个地方");
            let found = Diagnostic::new(&rule::AMBIGUOUS_LINK, inline.span, message);
            sink.report(found.hint(format!("另一处通向 {first}；让两处的文字各不相同")));
        }
    }

    fn picture(&mut self, figure: &'a Figure, sink: &mut Sink) {
        let Some(alt) = &figure.alt else { return };
        let path = match &figure.content {
            FigureContent::Image { path, .. } | FigureContent::Media { path, .. } => {
                Some(path.as_str())
            }
            FigureContent::Chart(_) => None,
        };
        let words = alt.value.trim();
        if words.is_empty() {
            return;
        }
        if let Some(before) = self.pictures.insert(words, path)
            && (before.is_none() || before != path)
        {
            let message = "这句替代文字前面的一幅图已经用过，听起来是同一幅图";
            let found = Diagnostic::new(&rule::POOR_ALTERNATIVE, alt.span, message);
            sink.report(found.hint("写出这一幅与那一幅的不同"));
        }
    }
}
