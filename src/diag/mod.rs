//! Saying what is wrong, where, and what to do.
//!
//! Every stage puts what it finds into a [`Sink`]; only `cli` prints. A
//! [`Diagnostic`] names its [`Rule`], points at a [`Span`] of a [`Source`] and
//! carries hints that start with what to do. Messages and hints are Chinese,
//! without a final full stop.

pub mod emit;
pub mod rule;
mod source;
mod span;

use std::collections::HashSet;

pub use rule::Rule;
pub use source::{Position, Source, Sources};
pub use span::{SourceId, Span, Spanned};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never stops anything.
    Note,
    /// The editions are made; `--deny-warnings` turns it into an error.
    Warning,
    /// No edition is made.
    Error,
}

/// One problem, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The rule's severity, unless a caller changed it.
    pub severity: Severity,
    /// Where; `None` for problems of the whole project.
    pub span: Option<Span>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do about it, in Chinese.
    pub hints: Vec<String>,
    /// Other places that matter, each with a short label.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A diagnostic of `rule` at `span`.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::global(rule, message) }
    }

    /// A diagnostic of `rule` that has no place in a file.
    pub fn global(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            span: None,
            message: message.into(),
            hints: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// Where a stage's problems gather.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// The same, to ask whether one is there already.
    known: HashSet<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a diagnostic, once.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        if self.known.insert(diagnostic.clone()) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Takes over what another sink gathered.
    pub fn append(&mut self, other: Self) {
        for diagnostic in other.diagnostics {
            self.report(diagnostic);
        }
    }

    /// Whether anything stops the next stage.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// The diagnostics by file and place; those without a place come first.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.diagnostics.iter().collect();
        all.sort_by_key(|d| d.span.map(|s| (s.source, s.start, s.end)));
        all
    }
}
