//! Findings: what is wrong, where on which page, and what to do.

use std::collections::{BTreeMap, BTreeSet};

use super::geometry::mm;
use super::inspected::{DocumentFacts, Page, Rect};
use super::profile::Profile;
use crate::diag::{Diagnostic, Rule, Severity};

/// Findings of one rule that are kept on one page.
const MAX_ON_PAGE: usize = 4;

/// Findings of one rule that are kept in all.
const MAX_OF_RULE: usize = 48;

/// One broken rule at one place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// What the profile makes of it.
    pub severity: Severity,
    /// The page, from 1; none for the document as a whole.
    pub page: Option<usize>,
    /// The number of the PDF object to look at.
    pub object: Option<u32>,
    /// Where it is on the page, in points of the page's own coordinates.
    pub rect: Option<Rect>,
    /// The corner that places are measured from: the trim's upper left.
    pub origin: (f64, f64),
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub advice: String,
    /// The measured value, if the rule measures.
    pub value: Option<f64>,
    /// What the profile asks for.
    pub limit: Option<f64>,
}

impl Finding {
    /// The place in millimetres from the trim's upper left corner: left, top,
    /// width, height.
    pub fn millimetres(&self) -> Option<[f64; 4]> {
        let rect = self.rect?;
        let (left, top) = self.origin;
        Some([
            mm(rect.left - left),
            mm(top - rect.top),
            mm(rect.width()),
            mm(rect.height()),
        ])
    }

    /// Where it is, in words; empty for the document as a whole.
    pub fn place(&self) -> String {
        let page = self.page.map(|page| format!("第 {page} 页"));
        let place = self
            .millimetres()
            .map(|[left, top, ..]| format!("距成品左边 {left:.1} mm、上边 {top:.1} mm"));
        let object = self
            .object
            .filter(|number| *number > 0)
            .map(|number| format!("对象 {number}"));
        let parts: Vec<String> = [page, place, object].into_iter().flatten().collect();
        parts.join("，")
    }

    /// The finding for the terminal.
    pub fn diagnostic(&self) -> Diagnostic {
        let place = self.place();
        let message = if place.is_empty() {
            self.message.clone()
        } else {
            format!("{place}：{}", self.message)
        };
        let mut diagnostic =
            Diagnostic::global(self.rule, message).hint(self.advice.clone());
        diagnostic.severity = self.severity;
        diagnostic
    }
}

/// A finding while a rule writes it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) object: Option<u32>,
    pub(super) rect: Option<Rect>,
    pub(super) message: String,
    pub(super) advice: String,
    pub(super) value: Option<f64>,
    pub(super) limit: Option<f64>,
    /// Weighs a warning even where the rule weighs an error.
    pub(super) mild: bool,
}

impl Found {
    /// A finding with a message and what to do.
    pub(super) fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            advice: advice.into(),
            ..Self::default()
        }
    }

    /// At an object of the PDF.
    pub(super) fn object(mut self, object: impl Into<Option<u32>>) -> Self {
        self.object = object.into();
        self
    }

    /// At a place on the page.
    pub(super) fn at(mut self, rect: impl Into<Option<Rect>>) -> Self {
        self.rect = rect.into();
        self
    }

    /// With the measured value and what is asked for.
    pub(super) fn measured(mut self, value: f64, limit: f64) -> Self {
        self.value = Some(value);
        self.limit = Some(limit);
        self
    }
}

/// Where rules lay down what they find.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    pub(super) profile: &'a Profile,
    pub(super) facts: &'a DocumentFacts,
    findings: Vec<Finding>,
    /// Findings by rule that were not kept.
    rest: BTreeMap<&'static str, usize>,
    of_rule: BTreeMap<&'static str, usize>,
    on_page: BTreeMap<&'static str, usize>,
    once: BTreeSet<(&'static str, String)>,
    page: Option<(usize, (f64, f64))>,
    size: Option<(f64, f64)>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(profile: &'a Profile, facts: &'a DocumentFacts) -> Self {
        Self {
            profile,
            facts,
            findings: Vec::new(),
            rest: BTreeMap::new(),
            of_rule: BTreeMap::new(),
            on_page: BTreeMap::new(),
            once: BTreeSet::new(),
            page: None,
            size: None,
        }
    }

    /// The size of the first page, which the others are held against; `None`
    /// on the first page itself.
    pub(super) fn first_size(&mut self, width: f64, height: f64) -> Option<(f64, f64)> {
        self.size.or_else(|| {
            self.size = Some((width, height));
            None
        })
    }

    /// Turns to a page; later findings are on it.
    pub(super) fn turn_to(&mut self, page: &Page) {
        self.turn_to_number(page.number, page.boxes.cut());
    }

    /// Turns to a page by its number.
    pub(super) fn turn_to_number(&mut self, number: usize, cut: Rect) {
        self.page = Some((number, (cut.left, cut.top)));
        self.on_page.clear();
    }

    /// Whether a rule has found something on a page around this place.
    pub(super) fn knows(&self, rule: &Rule, page: usize, rect: &Rect) -> bool {
        self.findings.iter().any(|finding| {
            finding.rule.code == rule.code
                && finding.page == Some(page)
                && finding.rect.is_some_and(|known| !known.meet(*rect).is_empty())
        })
    }

    /// Turns back to the document as a whole.
    pub(super) fn turn_back(&mut self) {
        self.page = None;
        self.on_page.clear();
    }

    /// Whether a rule is switched on.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        self.profile.weight(rule).is_some()
    }

    /// Whether this is the first time that a rule names this thing.
    pub(super) fn first(&mut self, rule: &'static Rule, thing: &str) -> bool {
        self.once.insert((rule.code, thing.to_owned()))
    }

    /// Lays down a finding, unless the profile switched the rule off.
    pub(super) fn find(&mut self, rule: &'static Rule, found: Found) {
        let Some(mut severity) = self.profile.weight(rule) else { return };
        if found.mild {
            severity = severity.min(Severity::Warning);
        }
        let on_page = self.on_page.entry(rule.code).or_default();
        let of_rule = self.of_rule.entry(rule.code).or_default();
        if *on_page >= MAX_ON_PAGE || *of_rule >= MAX_OF_RULE {
            *self.rest.entry(rule.code).or_default() += 1;
            return;
        }
        *on_page += 1;
        *of_rule += 1;
        self.findings.push(Finding {
            rule,
            severity,
            page: self.page.map(|(number, _)| number),
            object: found.object,
            rect: found.rect,
            origin: self.page.map_or((0.0, 0.0), |(_, origin)| origin),
            message: found.message,
            advice: found.advice,
            value: found.value,
            limit: found.limit,
        });
    }

    /// All findings, those of the document first, then page by page; and how
    /// many more there are of a rule.
    pub(super) fn finish(mut self) -> (Vec<Finding>, BTreeMap<&'static str, usize>) {
        self.findings.sort_by_key(|finding| finding.page);
        (self.findings, self.rest)
    }
}
