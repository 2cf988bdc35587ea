//! The report for programs; its keys are stable.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Head;
use crate::diag::Severity;
use crate::prepress::preflight::geometry::mm;
use crate::prepress::preflight::inspected::Rect;
use crate::prepress::preflight::{Finding, Preflighted};

#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    sha256: &'a str,
    kepu: &'a str,
    profile: &'a str,
    passed: bool,
    errors: usize,
    warnings: usize,
    pdf_version: &'a str,
    claims: Option<&'a str>,
    output_condition: Option<&'a str>,
    pages: Vec<Page>,
    fonts: Vec<Font<'a>>,
    plates: &'a BTreeMap<String, usize>,
    findings: Vec<Entry<'a>>,
    more: &'a BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Page {
    #[serde(rename = "page")]
    number: usize,
    trim_mm: [f64; 2],
    media_mm: [f64; 2],
    bleed_mm: Option<[f64; 4]>,
}

#[derive(Serialize)]
struct Font<'a> {
    name: &'a str,
    subtype: &'a str,
    embedded: bool,
    subset: bool,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'a str,
    page: Option<usize>,
    object: Option<u32>,
    left_mm: Option<f64>,
    top_mm: Option<f64>,
    width_mm: Option<f64>,
    height_mm: Option<f64>,
    value: Option<f64>,
    limit: Option<f64>,
    message: &'a str,
    advice: &'a str,
}

/// The report as JSON. Places are measured from the trim's upper left corner.
pub fn json(result: &Preflighted, head: &Head<'_>) -> String {
    let facts = &result.facts;
    let intents = &facts.intents;
    let report = Report {
        file: head.file,
        sha256: head.sha256,
        kepu: head.version,
        profile: head.profile,
        passed: result.count(Severity::Error) == 0,
        errors: result.count(Severity::Error),
        warnings: result.count(Severity::Warning),
        pdf_version: &facts.version,
        claims: facts
            .metadata
            .get("pdfxid:GTS_PDFXVersion")
            .or(facts.info.get("GTS_PDFXVersion").map(String::as_str)),
        output_condition: intents.iter().find_map(|one| one.condition.as_deref()),
        pages: pages(result),
        fonts: fonts(result),
        plates: &result.plates,
        findings: result.findings.iter().map(entry).collect(),
        more: &result.rest,
    };
    // Strings and numbers cannot fail to serialise.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn pages(result: &Preflighted) -> Vec<Page> {
    let size = |rect: Rect| [mm(rect.width()), mm(rect.height())];
    let numbered = result.pages.iter().enumerate();
    numbered
        .map(|(index, page)| Page {
            number: index + 1,
            trim_mm: size(page.cut),
            media_mm: size(page.sheet),
            bleed_mm: page.bleed.map(|bleed| {
                [
                    mm(page.cut.left - bleed.left),
                    mm(bleed.top - page.cut.top),
                    mm(bleed.right - page.cut.right),
                    mm(page.cut.bottom - bleed.bottom),
                ]
            }),
        })
        .collect()
}

fn fonts(result: &Preflighted) -> Vec<Font<'_>> {
    result
        .fonts
        .iter()
        .map(|(name, font)| Font {
            name,
            subtype: &font.subtype,
            embedded: font.embedded,
            subset: font.subset,
        })
        .collect()
}

fn entry(finding: &Finding) -> Entry<'_> {
    let place = finding.millimetres();
    let hundredths = |value: f64| (value * 100.0).round() / 100.0;
    Entry {
        code: finding.rule.code,
        severity: finding.severity.slug(),
        page: finding.page,
        object: finding.object,
        left_mm: place.map(|[left, ..]| left),
        top_mm: place.map(|[_, top, ..]| top),
        width_mm: place.map(|[_, _, width, _]| width),
        height_mm: place.map(|[.., height]| height),
        value: finding.value.map(hundredths),
        limit: finding.limit,
        message: &finding.message,
        advice: &finding.advice,
    }
}
