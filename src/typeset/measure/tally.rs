//! The measures of a layout, gathered page by page.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::judge::{Sheet, edges, millimetres};
use super::role::Role;
use super::run::Run;
use crate::edition::{Measured, TypeRange};

/// How many sub- and superscripts are named.
const SAMPLES: usize = 12;

/// Baselines nearer than this belong to lines side by side, in pt.
const BESIDE: i64 = 6;

/// Where a folio stands: from the outer edge and from the foot, in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) page: usize,
    pub(super) outer: f64,
    pub(super) foot: f64,
}

/// What was seen so far.
#[derive(Default)]
pub(super) struct Tally {
    types: BTreeMap<Role, TypeRange>,
    samples: Vec<String>,
    leading: Option<f64>,
    row_gap: Option<f64>,
    characters: f64,
    page_lines: usize,
    contrast: Option<f64>,
    weight: Option<u16>,
    slanted: usize,
    stretch: f64,
    margins: Option<[f64; 2]>,
    pub(super) bitmaps: usize,
    /// Where the folios stand, page by page.
    pub(super) folios: Vec<Spot>,
    /// The marks of the standard edition's pages, in order.
    pub(super) marks: Vec<String>,
}

impl Tally {
    /// Counts a page.
    pub(super) fn add(&mut self, sheet: &Sheet<'_>) {
        for (at, run) in sheet.runs.iter().enumerate() {
            self.run(run, at, sheet);
        }
        let mut baselines: Vec<i64> = Vec::new();
        for line in sheet.lines.iter().filter(|line| line.role.is_running()) {
            self.characters = self.characters.max(line.characters());
            #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
            baselines.push(line.baseline.round() as i64);
        }
        // Lines side by side count once.
        baselines.sort_unstable();
        let mut lines = 0;
        let mut last = i64::MIN;
        for baseline in baselines {
            if baseline.saturating_sub(last) >= BESIDE {
                (lines, last) = (lines + 1, baseline);
            }
        }
        self.page_lines = self.page_lines.max(lines);
        for &(at, pitch) in sheet.pitches {
            let line = &sheet.lines[at];
            if line.role == Role::Body {
                let lower =
                    |old: Option<f64>, new: f64| Some(old.map_or(new, |o| o.min(new)));
                self.leading = lower(self.leading, pitch / line.size);
                self.row_gap = lower(self.row_gap, millimetres(pitch - line.size));
            }
        }
    }

    fn run(&mut self, run: &Run, at: usize, sheet: &Sheet<'_>) {
        let (size, glyphs) = (run.size, run.glyphs);
        let range = TypeRange { smallest: size, largest: size, glyphs: 0 };
        let range = self.types.entry(run.role).or_insert(range);
        range.smallest = range.smallest.min(size);
        range.largest = range.largest.max(size);
        range.glyphs += glyphs;
        let weight = self.weight.unwrap_or(u16::MAX);
        self.weight = Some(weight.min(run.weight));
        self.slanted += if run.slanted { glyphs } else { 0 };
        if run.role.is_running() {
            self.stretch = self.stretch.max(run.stretch);
        }
        if let Some(contrast) = sheet.contrasts[at].filter(|_| !run.decorative) {
            self.contrast = Some(self.contrast.map_or(contrast, |old| old.min(contrast)));
        }
        match run.role {
            Role::Index => self.sample(run, at, sheet),
            Role::Mark => self.marks.push(run.words.clone()),
            Role::Folio => {
                let (width, height) = sheet.size;
                let outer =
                    if sheet.number % 2 == 1 { width - run.right } else { run.left };
                self.folios.push(Spot {
                    page: sheet.number,
                    outer: millimetres(outer),
                    foot: millimetres(height - run.baseline),
                });
            }
            _ => {}
        }
        if !sheet.cover && run.role != Role::Mark {
            let new = edges(run, sheet);
            let old = self.margins.unwrap_or([f64::INFINITY; 2]);
            self.margins = Some([old[0].min(new[0]), old[1].min(new[1])]);
        }
    }

    /// Names a script with what stands before it: `CO₂`.
    fn sample(&mut self, run: &Run, at: usize, sheet: &Sheet<'_>) {
        if self.samples.len() >= SAMPLES {
            return;
        }
        let before = at.checked_sub(1).map_or("", |before| &sheet.runs[before].words);
        let tail: Vec<char> = before.trim().chars().rev().take(3).collect();
        let tail: String = tail.into_iter().rev().collect();
        let sample = format!("{tail}[{}]", run.words.trim());
        if !self.samples.contains(&sample) {
            self.samples.push(sample);
        }
    }

    /// The measures.
    pub(super) fn measured(self) -> Measured {
        let round = |value: f64| (value * 100.0).round() / 100.0;
        let smallest = self.types.values().map(|range| range.smallest);
        let types = self.types.iter().map(|(role, range)| {
            let (smallest, largest) = (round(range.smallest), round(range.largest));
            (role.key().to_owned(), TypeRange { smallest, largest, glyphs: range.glyphs })
        });
        let [inner, outer] = self.margins.unwrap_or_default();
        Measured {
            smallest_type: round(smallest.min_by(f64::total_cmp).unwrap_or_default()),
            types: types.collect(),
            index_samples: self.samples,
            leading: self.leading.map(round),
            row_gap: self.row_gap.map(round),
            line_characters: round(self.characters),
            page_lines: self.page_lines,
            contrast: round(self.contrast.unwrap_or_default()),
            bitmaps: self.bitmaps,
            weight: self.weight.unwrap_or_default(),
            slanted: self.slanted,
            stretch: round(self.stretch),
            inner_margin: round(inner),
            outer_margin: round(outer),
            page_marks: self.marks.len(),
            ..Measured::default()
        }
    }

    /// Adds the pages that come after.
    pub(super) fn append(&mut self, after: Self) {
        for (role, range) in after.types {
            match self.types.entry(role) {
                Entry::Vacant(entry) => {
                    entry.insert(range);
                }
                Entry::Occupied(mut entry) => {
                    let all = entry.get_mut();
                    all.smallest = all.smallest.min(range.smallest);
                    all.largest = all.largest.max(range.largest);
                    all.glyphs += range.glyphs;
                }
            }
        }
        for sample in after.samples {
            if self.samples.len() < SAMPLES && !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
        let least = |one: Option<f64>, other: Option<f64>| match (one, other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.leading = least(self.leading, after.leading);
        self.row_gap = least(self.row_gap, after.row_gap);
        self.contrast = least(self.contrast, after.contrast);
        self.characters = self.characters.max(after.characters);
        self.page_lines = self.page_lines.max(after.page_lines);
        self.weight = self.weight.into_iter().chain(after.weight).min();
        self.slanted += after.slanted;
        self.stretch = self.stretch.max(after.stretch);
        self.margins = match (self.margins, after.margins) {
            (Some(a), Some(b)) => Some([a[0].min(b[0]), a[1].min(b[1])]),
            (a, b) => a.or(b),
        };
        self.bitmaps += after.bitmaps;
        self.folios.extend(after.folios);
        self.marks.extend(after.marks);
    }
}
