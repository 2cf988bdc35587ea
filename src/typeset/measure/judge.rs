//! A page's text against the figures of a rule set.

use typst::foundations::Label;
use typst::syntax::Span;

use super::line::Line;
use super::role::Role;
use super::run::Run;
use crate::diag::Rule;
use crate::diag::rule::legibility as rule;
use crate::edition::{Ban, Limit, RuleSet};

/// What was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Missed {
    Limit(Limit),
    Ban(Ban),
}

/// One place that misses a figure.
#[derive(Debug, Clone)]
pub(super) struct Breach {
    pub(super) rule: &'static Rule,
    pub(super) missed: Missed,
    pub(super) role: Option<Role>,
    pub(super) measured: f64,
    pub(super) required: f64,
    /// Physical page, from 1.
    pub(super) page: usize,
    /// The words at the place; empty where there are none.
    pub(super) words: String,
    pub(super) origin: Option<(Span, u16)>,
    /// Words of the manuscript before it.
    pub(super) near: Option<(Span, u16)>,
    pub(super) anchor: Option<Label>,
    /// How many places there are, this one included.
    pub(super) count: usize,
}

/// How many characters of a text are quoted.
const QUOTED: usize = 12;

/// A page as it was read.
pub(super) struct Sheet<'a> {
    pub(super) number: usize,
    /// Width and height in pt.
    pub(super) size: (f64, f64),
    /// Not bound between other leaves: margins do not matter.
    pub(super) cover: bool,
    /// Brush faces.
    pub(super) kai: &'a [String],
    pub(super) runs: &'a [Run],
    pub(super) contrasts: &'a [Option<f64>],
    pub(super) lines: &'a [Line],
    pub(super) pitches: &'a [(usize, f64)],
}

/// All breaches of a page, in drawing order.
pub(super) fn page(sheet: &Sheet<'_>, set: &RuleSet) -> Vec<Breach> {
    let mut court = Court { sheet, set, found: Vec::new() };
    for (at, run) in sheet.runs.iter().enumerate() {
        court.size(run);
        court.look(run);
        court.contrast(run, sheet.contrasts[at]);
        court.margins(run);
    }
    court.leaders();
    for line in sheet.lines {
        court.line(line);
    }
    for &(at, pitch) in sheet.pitches {
        court.pitch(&sheet.lines[at], pitch);
    }
    court.found
}

struct Court<'a> {
    sheet: &'a Sheet<'a>,
    set: &'a RuleSet,
    found: Vec<Breach>,
}

impl Court<'_> {
    fn breach(
        &mut self,
        rule: &'static Rule,
        missed: Missed,
        run: &Run,
        figures: [f64; 2],
    ) {
        let [measured, required] = figures;
        self.found.push(Breach {
            rule,
            missed,
            role: Some(run.role),
            measured,
            required,
            page: self.sheet.number,
            words: run.words.trim().chars().take(QUOTED).collect(),
            origin: Some(run.origin),
            near: run.near,
            anchor: run.anchor,
            count: 1,
        });
    }

    /// Reports a measure that misses its figure; tells whether it does.
    fn limit(
        &mut self,
        rule: &'static Rule,
        limit: Limit,
        run: &Run,
        measured: f64,
    ) -> bool {
        let Some(required) = self.set.limit(limit) else { return false };
        let missed = !limit.is_met(measured, required);
        if missed {
            self.breach(rule, Missed::Limit(limit), run, [measured, required]);
        }
        missed
    }

    fn ban(&mut self, rule: &'static Rule, ban: Ban, run: &Run, broken: bool) {
        if broken && self.set.bans.contains(&ban) {
            self.breach(rule, Missed::Ban(ban), run, [0.0, 0.0]);
        }
    }

    /// The size: the figure for this kind of text, then the one for all.
    fn size(&mut self, run: &Run) {
        let (rule, own) = match run.role {
            Role::Body => (&rule::SMALL_BODY, Some(Limit::BodyType)),
            Role::Secondary | Role::Head | Role::Mark => {
                (&rule::SMALL_SECONDARY, Some(Limit::SecondaryType))
            }
            Role::Lettering => (&rule::SMALL_LETTERING, Some(Limit::Lettering)),
            Role::Index => (&rule::SMALL_INDEX, Some(Limit::IndexType)),
            Role::Folio => (&rule::SMALL_FOLIO, Some(Limit::FolioType)),
            Role::Heading | Role::Formula => (&rule::SMALL_TYPE, None),
        };
        let own_missed = own.is_some_and(|limit| self.limit(rule, limit, run, run.size));
        if !own_missed {
            let general = match run.role {
                Role::Index | Role::Lettering | Role::Folio => rule,
                _ => &rule::SMALL_TYPE,
            };
            self.limit(general, Limit::SmallestType, run, run.size);
        }
        if run.role == Role::Folio {
            let weight = f64::from(run.weight);
            self.limit(&rule::SMALL_FOLIO, Limit::FolioWeight, run, weight);
        }
    }

    fn look(&mut self, run: &Run) {
        self.limit(&rule::LIGHT_TYPE, Limit::Weight, run, f64::from(run.weight));
        self.ban(&rule::SLANTED_TYPE, Ban::Slanted, run, run.slanted);
        let brush = run.role.is_running() && self.sheet.kai.contains(&run.family);
        self.ban(&rule::BRUSH_TYPE, Ban::Kai, run, brush);
        let over = run.over_picture && !run.decorative;
        self.ban(&rule::TEXT_OVER_PICTURE, Ban::TextOverPicture, run, over);
        let stretched = run.role.is_running() && run.stretch > 1.03;
        self.ban(&rule::STRETCHED_TYPE, Ban::Stretched, run, stretched);
    }

    /// Rows of dots, in one run or in many.
    fn leaders(&mut self) {
        let sheet = self.sheet;
        let mut row: Option<(&Run, usize)> = None;
        for run in sheet.runs {
            let dots = dots(&run.words);
            row = match row {
                _ if dots == 0 => None,
                Some((first, before)) if (first.baseline - run.baseline).abs() < 1.0 => {
                    Some((first, before + dots))
                }
                _ => Some((run, dots)),
            };
            if let Some((first, all)) = row
                && all >= LEADER
                && all - dots < LEADER
            {
                self.ban(&rule::DOTTED_LEADER, Ban::Leaders, first, true);
            }
        }
    }

    fn contrast(&mut self, run: &Run, contrast: Option<f64>) {
        // Decoration says nothing that a reader could miss.
        if let Some(contrast) =
            contrast.filter(|_| !run.decorative || run.role == Role::Mark)
        {
            self.limit(&rule::LOW_CONTRAST, Limit::Contrast, run, contrast);
        }
    }

    fn margins(&mut self, run: &Run) {
        if self.sheet.cover || run.role == Role::Mark {
            return;
        }
        let [inner, outer] = edges(run, self.sheet);
        self.limit(&rule::NEAR_BINDING, Limit::InnerMargin, run, inner);
        self.limit(&rule::NEAR_EDGE, Limit::OuterMargin, run, outer);
    }

    fn line(&mut self, line: &Line) {
        if line.role.is_running() {
            let run = &self.sheet.runs[line.first];
            let length = line.characters();
            self.limit(&rule::LONG_LINE, Limit::LineCharacters, run, length);
        }
    }

    fn pitch(&mut self, line: &Line, pitch: f64) {
        let run = &self.sheet.runs[line.first];
        let ratio = pitch / line.size;
        if self.limit(&rule::TIGHT_LINES, Limit::Leading, run, ratio) {
            return;
        }
        if line.role == Role::Body {
            let gap = millimetres(pitch - line.size);
            self.limit(&rule::TIGHT_LINES, Limit::RowGap, run, gap);
        }
    }
}

/// From the binding edge, and from the nearest of the other edges, in mm.
pub(super) fn edges(run: &Run, sheet: &Sheet<'_>) -> [f64; 2] {
    let (width, height) = sheet.size;
    let (left, right) = (run.left, width - run.right);
    let (inner, outer) =
        if sheet.number % 2 == 1 { (left, right) } else { (right, left) };
    let vertical = (run.baseline - 0.8 * run.size).min(height - run.baseline);
    [millimetres(inner), millimetres(outer.min(vertical))]
}

pub(super) fn millimetres(pt: f64) -> f64 {
    pt * 25.4 / 72.0
}

/// So many dots in a row lead the eye; an ellipsis has two characters.
const LEADER: usize = 6;

/// How many dots a text is made of; none where there is anything else.
fn dots(words: &str) -> usize {
    let is_dot = |c: char| matches!(c, '.' | '…' | '·' | '⋯' | '．');
    let mut seen = words.chars().filter(|c| !c.is_whitespace());
    if seen.clone().all(is_dot) { seen.by_ref().count() } else { 0 }
}
