//! Labels and what they point at; the diagnostics about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Anchor, Figure, Gaps, Label, Reference, TargetKind};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink, Span};

/// A labelled place.
#[derive(Debug, Clone)]
struct Target {
    kind: TargetKind,
    /// What a reference to it says.
    text: String,
    anchor: Anchor,
}

/// Every labelled place of the book, by label.
#[derive(Debug, Default)]
pub(super) struct Targets {
    by_label: BTreeMap<String, Target>,
    /// Figures in reading order: label, number, place.
    figures: Vec<(Option<String>, String, Span)>,
    referenced: BTreeSet<String>,
    gaps: Gaps,
}

impl Targets {
    /// Records a labelled place.
    pub(super) fn add(
        &mut self,
        label: &Label,
        kind: TargetKind,
        text: String,
        anchor: &Anchor,
    ) {
        // `manuscript` reports labels given twice; the first place has it.
        let target = Target { kind, text, anchor: anchor.clone() };
        self.by_label.entry(label.name.clone()).or_insert(target);
    }

    /// Records a figure, whether it has a label or not.
    pub(super) fn add_figure(&mut self, figure: &Figure, span: Span) {
        let label = figure.label.as_ref();
        let span = label.map_or(span, |label| label.span);
        self.figures
            .push((label.map(|l| l.name.clone()), figure.number.clone(), span));
    }

    /// Takes note of what is missing through no fault of those who refer to it.
    pub(super) fn excuse(&mut self, gaps: Gaps) {
        self.gaps = gaps;
    }

    /// Whether the glossary had entries that could not be read.
    pub(super) fn lost_terms(&self) -> bool {
        self.gaps.terms
    }

    /// Fills in a cross-reference.
    pub(super) fn resolve(&mut self, reference: &mut Reference, sink: &mut Sink) {
        let label = &reference.label;
        if let Some(target) = self.by_label.get(&label.name) {
            reference.text.clone_from(&target.text);
            reference.anchor = target.anchor.clone();
            reference.kind = Some(target.kind);
            self.referenced.insert(label.name.clone());
            return;
        }
        reference.text = format!("@{}", label.name);
        if self.gaps.chapters || self.gaps.labels.contains(&label.name) {
            return;
        }
        let message = format!("找不到引用的目标“{}”", label.name);
        let mut diagnostic =
            Diagnostic::new(&rule::UNDEFINED_REFERENCE, label.span, message);
        diagnostic = match self.nearest(&label.name) {
            Some(name) => diagnostic.hint(format!("检查拼写；相近的标识有“{name}”")),
            None => diagnostic
                .hint(format!("在图、表、公式或标题后写上标识“{{#{}}}”", label.name)),
        };
        sink.report(diagnostic);
    }

    /// The label that was meant: the same name under another prefix, or one like
    /// it.
    fn nearest(&self, wanted: &str) -> Option<&str> {
        let stem =
            |name: &str| name.split_once(':').map_or(0, |(prefix, _)| prefix.len());
        let names = || self.by_label.keys().map(String::as_str);
        let same = names().find(|name| name[stem(name)..] == wanted[stem(wanted)..]);
        same.or_else(|| nearest(wanted, names()))
    }

    /// Reports figures that the text never mentions, after every reference was
    /// filled in.
    pub(super) fn review(&self, sink: &mut Sink) {
        if self.gaps.chapters {
            return;
        }
        for (label, number, span) in &self.figures {
            let referenced =
                label.as_ref().is_some_and(|label| self.referenced.contains(label));
            if !referenced {
                let message = format!("正文没有提到图 {number}");
                let hint = match label {
                    Some(label) => format!("在正文中用“@{label}”提到它"),
                    None => "给图加上标识“{#fig:…}”，在正文中用“@fig:…”提到它".to_owned(),
                };
                let diagnostic =
                    Diagnostic::new(&rule::UNREFERENCED_FIGURE, *span, message);
                sink.report(diagnostic.hint(hint));
            }
        }
    }
}

/// The name most like `wanted`, if one is like it at all.
pub(super) fn nearest<'a>(
    wanted: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let mut score = strsim::jaro_winkler(wanted, name);
        // Chinese words are short: one contained in the other is alike.
        if name.chars().count() > 1 && (wanted.contains(name) || name.contains(wanted)) {
            score = score.max(0.8);
        }
        if score > 0.72 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_typos_and_parts() {
        let names = ["fig:co2", "fig:ice", "反照率"];
        assert_eq!(nearest("fig:c02", names.into_iter()), Some("fig:co2"));
        assert_eq!(nearest("海冰反照率", names.into_iter()), Some("反照率"));
        assert_eq!(nearest("完全不同", names.into_iter()), None);
    }
}
