//! What the book offers to readers who do not see, hear or turn pages: found
//! in the finished files, never claimed beforehand.

use std::collections::BTreeSet;

use super::page::Document;
use super::plan::Plan;
use crate::book::Generated;
use crate::edition::Design;

/// The standard that editions are made to; Ace knows this very string.
const CONFORMANCE: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

/// What the files hold.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Access {
    /// Pictures besides the cover.
    pictures: bool,
    /// Long descriptions.
    described: bool,
    /// Formulas.
    formulas: bool,
    /// Ruby.
    ruby: bool,
    /// Sound, or film.
    sound: bool,
    /// Film.
    film: bool,
    /// An index.
    index: bool,
    /// A page-list.
    pub(super) pages: bool,
    /// The large-print design.
    large: bool,
    /// There are words for all that is seen and heard (WCAG 1.1.1, 1.2): of what
    /// the standard asks, the one part that depends on the author alone. The
    /// rest is the renderer's, and tested.
    conforms: bool,
}

impl Access {
    /// Looks through the files.
    pub(super) fn of(documents: &[Document], plan: &Plan<'_>, pages: bool) -> Self {
        let elements: BTreeSet<&str> = documents
            .iter()
            .flat_map(|d| &d.elements)
            .map(String::as_str)
            .collect();
        let has = |name: &str| elements.contains(name);
        Self {
            pictures: documents.iter().any(|document| document.facts.pictured),
            described: documents.iter().any(|document| document.facts.described),
            conforms: !documents.iter().any(|document| document.facts.unspoken),
            formulas: has("math"),
            ruby: has("ruby"),
            sound: has("audio") || has("video"),
            film: has("video"),
            index: plan.has(|section| section.is(Generated::Index)),
            pages,
            large: plan.edition.design == Design::LargePrint,
        }
    }

    /// The standard that this edition may claim.
    pub(super) fn conformance(&self) -> Option<&'static str> {
        self.conforms.then_some(CONFORMANCE)
    }

    /// How the content is perceived.
    pub(super) fn modes(&self) -> Vec<&'static str> {
        let all = [
            ("textual", true),
            ("visual", self.pictures || self.film),
            ("auditory", self.sound),
        ];
        all.into_iter()
            .filter(|(_, there)| *there)
            .map(|(mode, _)| mode)
            .collect()
    }

    /// Which ways of perceiving are enough.
    pub(super) fn sufficient(&self) -> Vec<&'static str> {
        if self.sound && !self.conforms {
            vec!["textual,visual,auditory"]
        } else {
            vec!["textual", "textual,visual"]
        }
    }

    /// The features that are there.
    pub(super) fn features(&self) -> Vec<&'static str> {
        let all = [
            ("alternativeText", self.pictures),
            ("longDescription", self.described),
            ("describedMath", self.formulas),
            ("MathML", self.formulas),
            ("rubyAnnotations", self.ruby),
            ("tableOfContents", true),
            ("index", self.index),
            ("pageBreakMarkers", self.pages),
            ("pageNavigation", self.pages),
            ("structuralNavigation", true),
            ("readingOrder", true),
            ("displayTransformability", true),
            ("highContrastDisplay", self.large),
            ("largePrint", self.large),
            ("ARIA", true),
            ("unlocked", true),
        ];
        all.into_iter()
            .filter(|(_, there)| *there)
            .map(|(feature, _)| feature)
            .collect()
    }

    /// What may hurt: of film nobody but its makers can say.
    pub(super) fn hazards(&self) -> Vec<&'static str> {
        if self.film { vec!["unknown"] } else { vec!["none"] }
    }

    /// The same in words, for the shop and for the book's own last page.
    pub(super) fn summary(&self) -> String {
        let mut text =
            "本书是可重排的电子书，字号、字体、颜色和行距都听从阅读器的设置；".to_owned();
        text.push_str("标题、目录和地标可供跳转，注释和术语有去有回");
        if self.large {
            text.push_str("；大字版：字大、对比强、没有装饰，宽表逐条列出");
        }
        let claims = [
            (self.pictures && self.conforms, "；图片都有替代文字"),
            (self.described, "，复杂的图另有详细说明"),
            (self.formulas, "；公式用 MathML 写成，可以朗读"),
            (self.ruby, "；生僻字注有拼音"),
            (self.pages, "；页码与纸质书一致"),
            (self.sound && self.conforms, "；声音都另有文字"),
            (self.sound && !self.conforms, "；含声音或影片，未逐一配字幕"),
        ];
        claims
            .iter()
            .filter(|(there, _)| *there)
            .for_each(|(_, claim)| text.push_str(claim));
        text.push_str(if self.film {
            "。"
        } else {
            "。没有闪烁和自动播放的内容。"
        });
        text
    }
}
