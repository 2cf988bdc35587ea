//! What only the whole layout can tell: folios in one place, marks without a
//! gap, the volume in the hand.

use std::collections::BTreeSet;

use super::judge::{Breach, Missed};
use super::role::Role;
use super::tally::Tally;
use crate::diag::Rule;
use crate::diag::rule::legibility as rule;
use crate::edition::{Ban, Edition, Limit, PageMap, RuleSet};

/// How far a folio may stand from the others, in mm.
const FOLIO_PLAY: f64 = 1.0;

/// How many missing marks are named.
const NAMED: usize = 12;

/// A layout as a whole.
pub(super) struct Whole<'a> {
    pub(super) edition: &'a Edition,
    pub(super) pages: usize,
    pub(super) tally: &'a Tally,
    pub(super) standard: Option<&'a PageMap>,
}

impl Whole<'_> {
    /// Everything that misses the rule set.
    pub(super) fn breaches(&self, set: &RuleSet) -> Vec<Breach> {
        let trim = self.edition.trim;
        #[expect(clippy::cast_precision_loss, reason = "a book has few pages")]
        let (pages, leaves) = (self.pages as f64, self.pages.div_ceil(2) as f64);
        let paper = &self.edition.paper;
        let grammage = paper.grammage.unwrap_or(set.stock.grammage);
        let caliper = paper.caliper().unwrap_or(set.stock.caliper);
        let area = trim.width * trim.height / 1e6;
        let figures = [
            (&rule::LARGE_TRIM, Limit::TrimWidth, trim.width),
            (&rule::LARGE_TRIM, Limit::TrimHeight, trim.height),
            (&rule::HEAVY_VOLUME, Limit::VolumePages, pages),
            (&rule::HEAVY_VOLUME, Limit::VolumeWeight, leaves * area * grammage),
            (&rule::HEAVY_VOLUME, Limit::VolumeThickness, leaves * caliper),
        ];
        let mut found: Vec<Breach> = figures
            .into_iter()
            .filter_map(|(rule, limit, measured)| {
                let required = set.limit(limit)?;
                let missed = !limit.is_met(measured, required);
                missed.then(|| breach(rule, Missed::Limit(limit), [measured, required]))
            })
            .collect();
        if set.bans.contains(&Ban::MovingFolio) {
            found.extend(self.moved_folios());
        }
        if set.bans.contains(&Ban::MissingPageMark) {
            found.extend(self.missing_mark());
        }
        found
    }

    /// Folios that do not stand where the first ones do.
    fn moved_folios(&self) -> Vec<Breach> {
        let Some(usual) = self.tally.folios.first() else { return Vec::new() };
        let moved = self.tally.folios.iter().filter(|spot| {
            (spot.outer - usual.outer).abs() > FOLIO_PLAY
                || (spot.foot - usual.foot).abs() > FOLIO_PLAY
        });
        moved
            .map(|spot| Breach {
                page: spot.page,
                role: Some(Role::Folio),
                ..breach(&rule::MOVING_FOLIO, Missed::Ban(Ban::MovingFolio), [0.0; 2])
            })
            .collect()
    }

    /// Pages of the standard edition without a mark: blank ones have none.
    fn missing_mark(&self) -> Option<Breach> {
        let standard = self.standard?;
        let marks: BTreeSet<&str> = self.tally.marks.iter().map(String::as_str).collect();
        let starts = standard.starts.iter().map(|start| start.page);
        let entries = standard.entries.iter().map(|start| start.page);
        // A page may begin twice: inside an entry, and with the next.
        let pages: BTreeSet<usize> = starts.chain(entries).collect();
        let folios = pages.into_iter().filter_map(|page| standard.folios.get(page));
        let missing: Vec<&str> = folios
            .map(String::as_str)
            .filter(|folio| !marks.contains(folio))
            .collect();
        let mut words =
            missing.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
        if missing.len() > NAMED {
            words.push('等');
        }
        (!missing.is_empty()).then(|| Breach {
            role: Some(Role::Mark),
            words,
            count: missing.len(),
            ..breach(
                &rule::MISSING_PAGE_MARK,
                Missed::Ban(Ban::MissingPageMark),
                [0.0; 2],
            )
        })
    }
}

fn breach(rule: &'static Rule, missed: Missed, figures: [f64; 2]) -> Breach {
    let [measured, required] = figures;
    Breach {
        rule,
        missed,
        role: None,
        measured,
        required,
        page: 0,
        words: String::new(),
        origin: None,
        near: None,
        anchor: None,
        count: 1,
    }
}
