//! Breaches as diagnostics: one for each kind, at its first place.

use std::collections::BTreeMap;

use typst_layout::PagedDocument;

use super::judge::{Breach, Missed};
use super::role::Role;
use crate::diag::{Diagnostic, Severity, Sink, Span};
use crate::edition::{Ban, Claim, Limit};
use crate::typeset::escape::string;
use crate::typeset::origin::Origin;
use crate::typeset::page_map;

/// How many kinds of one rule are reported one by one.
const KINDS: usize = 12;

/// Breaches of one kind as one: the same rule, kind of text and measure in the
/// same figure or section.
pub(super) fn kinds(breaches: Vec<Breach>) -> Vec<Breach> {
    let mut places = BTreeMap::new();
    let mut kinds: Vec<Breach> = Vec::new();
    for breach in breaches {
        #[expect(clippy::cast_possible_truncation, reason = "a measure in tenths")]
        let measured = (breach.measured * 10.0).round() as i64;
        let anchor = breach.anchor.map(|label| label.resolve().to_string());
        let anchor =
            anchor.filter(|_| breach.role.is_some_and(|role| !role.is_furniture()));
        let key = (breach.rule.code, breach.missed, breach.role, anchor, measured);
        if let Some(&at) = places.get(&key) {
            let kind: &mut Breach = &mut kinds[at];
            kind.count += breach.count;
        } else {
            places.insert(key, kinds.len());
            kinds.push(breach);
        }
    }
    kinds
}

/// Reports the kinds; errors where the edition claims its rules.
pub(super) fn report(
    kinds: &[Breach],
    claim: &Claim,
    document: &PagedDocument,
    origin: &Origin<'_>,
    sink: &mut Sink,
) {
    let folios = page_map::folios(document.pages());
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    for breach in kinds {
        let count = said.entry(breach.rule.code).or_default();
        *count += 1;
        if *count > KINDS {
            continue;
        }
        let span = place(breach, origin).or(claim.place);
        let message = message(breach, claim);
        let mut found = match span {
            Some(span) => Diagnostic::new(breach.rule, span, message),
            None => Diagnostic::global(breach.rule, message),
        };
        found.severity = severity(breach, claim);
        if let Some(folio) = breach.page.checked_sub(1).and_then(|at| folios.get(at)) {
            let count = breach.count;
            let more = if count > 1 {
                format!("，同样的共 {count} 处")
            } else {
                String::new()
            };
            found = found.hint(format!("在这一版的第 {folio} 页{more}"));
        }
        sink.report(found);
    }
    for (code, count) in said.into_iter().filter(|(_, count)| *count > KINDS) {
        let Some(breach) = kinds.iter().find(|breach| breach.rule.code == code) else {
            continue;
        };
        let rest = count - KINDS;
        let message = format!("“{}”还有 {rest} 种没有列出", breach.rule.summary);
        let mut found = Diagnostic::global(breach.rule, message);
        found.severity = severity(breach, claim);
        sink.report(found.hint("改好列出的各处，再检查一遍"));
    }
}

fn severity(breach: &Breach, claim: &Claim) -> Severity {
    let advice =
        matches!(breach.missed, Missed::Limit(l) if claim.set.advice.contains(&l));
    if claim.claimed && !advice { Severity::Error } else { Severity::Warning }
}

/// The place in the manuscript: of the words themselves, or of the figure
/// around them. What templates alone decide has none.
fn place(breach: &Breach, origin: &Origin<'_>) -> Option<Span> {
    if breach.role.is_none_or(Role::is_furniture) {
        return None;
    }
    let glyph = |place: Option<(typst::syntax::Span, u16)>| {
        let (span, offset) = place?;
        origin.of_glyph(span, offset)
    };
    let near = || match breach.role {
        Some(Role::Lettering) => None,
        _ => glyph(breach.near),
    };
    glyph(breach.origin)
        .or_else(near)
        .or_else(|| anchored(breach, origin))
}

/// The place of the figure, table or section that a breach stands in.
fn anchored(breach: &Breach, origin: &Origin<'_>) -> Option<Span> {
    let anchor = string(breach.anchor?.resolve().as_str());
    let calls = [
        format!("#plate({anchor}"),
        format!("#data-table({anchor}"),
        format!("#equation({anchor}"),
        format!("anchor: {anchor}"),
        format!("({anchor}"),
    ];
    calls.iter().find_map(|call| origin.of_call(call))
}

fn message(breach: &Breach, claim: &Claim) -> String {
    let role = breach.role.map_or("", Role::name);
    let words = if breach.words.is_empty() || breach.role == Some(Role::Folio) {
        String::new()
    } else {
        format!("“{}”", breach.words)
    };
    let rules = claim.set.name();
    match breach.missed {
        Missed::Limit(limit) => {
            let (measured, required) = (figure(breach.measured), figure(breach.required));
            let unit = limit.unit();
            let word = if limit.is_most() { "不超过" } else { "不小于" };
            let subject = subject(limit);
            format!(
                "{role}{words}{subject} {measured}{unit}；{rules}：{word} {required}{unit}"
            )
        }
        Missed::Ban(ban) => {
            let what = match ban {
                Ban::Slanted => "用了斜体",
                Ban::Kai => "用了楷体",
                Ban::Stretched => "字距被撑开",
                Ban::Leaders => "是成排的点",
                Ban::TextOverPicture => "压在点阵图上",
                Ban::MovingFolio => "和前面各页不在同一处",
                Ban::MissingPageMark => {
                    return format!(
                        "页边没有标出标准版第 {} 页从哪里开始；{rules}不许漏标",
                        breach.words
                    );
                }
            };
            format!("{role}{words}{what}；{rules}不许这样")
        }
    }
}

/// What a measure is the measure of, behind the words.
fn subject(limit: Limit) -> &'static str {
    match limit {
        Limit::SmallestType
        | Limit::BodyType
        | Limit::SecondaryType
        | Limit::Lettering
        | Limit::IndexType
        | Limit::FolioType => "的字号是",
        Limit::Leading => "的行距是字号的",
        Limit::RowGap => "的行空是",
        Limit::LineCharacters => "这一行长",
        Limit::Contrast => "与底色的对比度是",
        Limit::Weight | Limit::FolioWeight => "的字重是",
        Limit::InnerMargin => "离订口",
        Limit::OuterMargin => "离书页边缘",
        Limit::TrimWidth => "书页宽",
        Limit::TrimHeight => "书页高",
        Limit::VolumePages => "一册有",
        Limit::VolumeWeight => "一册约重",
        Limit::VolumeThickness => "书芯约厚",
    }
}

/// A number with the decimals it needs, one at most; ratios keep two.
fn figure(value: f64) -> String {
    let decimals = if value < 10.0 { 100.0 } else { 10.0 };
    format!("{}", (value * decimals).round() / decimals)
}
