//! Preflight: examines any PDF, ours or not, as a print shop would.
//!
//! [`preflight`] reads the file once, page by page, into facts
//! ([`inspected`]); the rules look at these and lay down [`Finding`]s, weighed
//! by a [`Profile`]. Reports for people and programs are made from the result
//! ([`report`]).

mod coverage;
mod drawing;
mod finding;
mod geometry;
pub mod inspected;
mod plates;
mod profile;
mod reading;
pub mod report;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use finding::Finding;
pub use profile::Profile;
pub use reading::Limit;

use crate::diag::rule::preflight as rule;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::prepress::open::Refusal;
use finding::{Bench, Found};
use inspected::{DocumentFacts, Rect};

/// What preflight says of a file.
#[derive(Debug, Default)]
pub struct Preflighted {
    /// The facts of the document.
    pub facts: DocumentFacts,
    /// The pages, in order.
    pub pages: Vec<PageSummary>,
    /// The fonts, by name.
    pub fonts: BTreeMap<String, FontSummary>,
    /// The inks that the pages print with, and on how many pages each.
    pub plates: BTreeMap<String, usize>,
    /// What is wrong: of the document first, then page by page.
    pub findings: Vec<Finding>,
    /// How many more there are of a rule, by its code.
    pub rest: BTreeMap<&'static str, usize>,
}

/// A page in short.
#[derive(Debug, Clone, Copy)]
pub struct PageSummary {
    /// The sheet it is drawn on, in points.
    pub sheet: Rect,
    /// Where it is cut.
    pub cut: Rect,
    /// The bleed box, if there is one.
    pub bleed: Option<Rect>,
    /// `Rotate`, in degrees.
    pub rotation: i64,
}

/// A font in short.
#[derive(Debug, Clone)]
pub struct FontSummary {
    /// `Type0`, `TrueType` …
    pub subtype: String,
    /// The font program is in the file.
    pub embedded: bool,
    /// Only the letters that are used are in it.
    pub subset: bool,
}

impl Preflighted {
    /// How many findings weigh so much.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Reports all findings, and how many were left out.
    pub fn report(&self, sink: &mut Sink) {
        for finding in &self.findings {
            sink.report(finding.diagnostic());
        }
        for (code, count) in &self.rest {
            let Some(last) = self.findings.iter().rev().find(|f| f.rule.code == *code)
            else {
                continue;
            };
            let message = format!("同样的问题另有 {count} 处");
            let mut diagnostic = Diagnostic::global(last.rule, message);
            diagnostic.severity = last.severity;
            sink.report(diagnostic);
        }
    }
}

/// Examines a file by a profile. Never fails: a file that cannot be read is a
/// finding.
pub fn preflight(pdf: &[u8], profile: &Profile) -> Preflighted {
    let opened = match reading::open(pdf) {
        Ok(opened) => opened,
        Err(refusal) => return refused(refusal, profile),
    };
    // Documents of strangers must not end the program; what the walk has not
    // foreseen is said as damage.
    catch_unwind(AssertUnwindSafe(|| examine(pdf, &opened, profile)))
        .unwrap_or_else(|_| refused(Refusal::Damaged, profile))
}

/// Whether a file prints in more than black and spot inks. Its pages are walked
/// until one does; what cannot be read is taken for coloured.
pub(super) fn prints_in_color(pdf: &[u8]) -> bool {
    let walked = catch_unwind(AssertUnwindSafe(|| {
        let Ok(opened) = reading::open(pdf) else { return true };
        let mut reading = opened.read();
        (1..=reading.pages()).any(|number| plates::is_colored(&reading.page(number)))
    }));
    walked.unwrap_or(true)
}

fn examine(pdf: &[u8], opened: &reading::Opened, profile: &Profile) -> Preflighted {
    let mut reading = opened.read();
    if reading.pages() == 0 {
        return refused(Refusal::NoPages, profile);
    }
    let facts = reading.facts();
    let mut bench = Bench::new(profile, &facts);
    rules::document(&mut bench);
    let mut pages = Vec::new();
    let mut fonts = BTreeMap::new();
    let mut plates = BTreeMap::new();
    let mut inked = BTreeSet::new();
    for number in 1..=reading.pages() {
        let page = reading.page(number);
        pages.push(PageSummary {
            sheet: page.boxes.sheet(),
            cut: page.boxes.cut(),
            bleed: page.boxes.bleed,
            rotation: page.rotation,
        });
        for item in &page.items {
            if let inspected::Kind::Text { font, .. } = &item.kind
                && !fonts.contains_key(&font.name)
            {
                let summary = FontSummary {
                    subtype: font.subtype.clone(),
                    embedded: font.embedded,
                    subset: font.subset,
                };
                fonts.insert(font.name.clone(), summary);
            }
        }
        plates::count(&page, &mut plates);
        rules::page(&mut bench, &page);
        if coverage::must_be_measured(&page, profile.ink.limit) {
            inked.insert(number);
        }
    }
    let measured = measure(&mut bench, pdf, &inked, &pages);
    let mut limits = opened.limits();
    limits.extend((!measured).then_some(Limit::Ink));
    rules::limits(&mut bench, &limits);
    let (findings, rest) = bench.finish();
    Preflighted { facts, pages, fonts, plates, findings, rest }
}

/// Measures the ink of these pages, unless nobody asks; whether all of them
/// could be measured.
fn measure(
    bench: &mut Bench<'_>,
    pdf: &[u8],
    inked: &BTreeSet<usize>,
    pages: &[PageSummary],
) -> bool {
    if inked.is_empty() || !bench.wants(&rule::INK_LIMIT) {
        return true;
    }
    let (found, whole) = coverage::measure(pdf, inked, bench.profile.ink.limit);
    for heavy in found {
        if let Some(page) = heavy.page.checked_sub(1).and_then(|at| pages.get(at)) {
            rules::measured(bench, heavy.page, page.cut, &heavy.spots);
        }
    }
    whole
}

fn refused(refusal: Refusal, profile: &Profile) -> Preflighted {
    let said = refusal.diagnostic("文件");
    let advice = said.hints.into_iter().next().unwrap_or_default();
    let facts = DocumentFacts::default();
    let mut bench = Bench::new(profile, &facts);
    bench.find(said.rule, Found::new(said.message, advice));
    let (findings, rest) = bench.finish();
    Preflighted { findings, rest, ..Preflighted::default() }
}
