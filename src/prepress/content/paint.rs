//! What is painted with the colours of a content stream: how it meets what lies
//! under it, and what it leaves on each plate.

use std::ops::Range;
use std::sync::Arc;

use super::recolor::{BLACK, Scene, Writer};
use super::state::{Overprint, State};
use crate::prepress::color::{Drawing, Space};

/// The widest black line that overprints, in user space. Broader ones cover
/// what is under them.
const THIN: f32 = 2.0;

impl Writer<'_> {
    /// Writes something before the object that is painted here: before its
    /// path, where it has one.
    pub(super) fn before(&mut self, text: &[u8], range: &Range<usize>) {
        if let Some(at) = self.path {
            self.out.splice(at..at, text.iter().copied());
            self.path = Some(at + text.len());
        } else {
            self.flush(range.start);
            self.out.extend_from_slice(text);
        }
    }

    /// Sets the colours that spaces begin with and nothing changed since.
    pub(super) fn settle(&mut self, range: &Range<usize>) {
        for stroke in [false, true] {
            if !self.paint(stroke).pending {
                continue;
            }
            self.paint(stroke).pending = false;
            let space = Arc::clone(&self.paint(stroke).space);
            let Scene { inks, document, .. } = self.scene;
            if let Some(ink) = inks.of(document, &space, &space.initial()) {
                let mut text = Vec::new();
                inks.write(ink, stroke, &mut text);
                self.told.two_inks |= inks.needs_second(ink);
                self.before(&text, range);
                self.paint(stroke).ink = Some(ink);
            }
        }
    }

    /// Sets how the next object overprints, where that is not so already.
    pub(super) fn wish(&mut self, overprint: Overprint, range: &Range<usize>) {
        if self.state.overprint != overprint {
            self.state.overprint = overprint;
            self.told.overprints = true;
            self.before(overprint.operator().as_bytes(), range);
        }
    }

    /// A path is filled, stroked, or both.
    pub(super) fn shape(&mut self, range: &Range<usize>, fill: bool, stroke: bool) {
        self.settle(range);
        let thin =
            !fill && self.state.width <= THIN && self.state.stroke.ink == Some(BLACK);
        let overprints = thin && self.may_overprint;
        self.wish(
            if overprints { Overprint::Stroke } else { Overprint::Knockout },
            range,
        );
        let marks_fill = fill && self.marks(false);
        let marks_stroke = stroke && self.marks(true);
        if (marks_fill, marks_stroke) != (fill, stroke) {
            self.skip(range);
            self.out.extend_from_slice(match (marks_fill, marks_stroke) {
                (false, false) => b"n",
                (true, _) => b"f",
                (false, true) => b"S",
            });
        } else if (fill && self.darkens(false)) || (stroke && self.darkens(true)) {
            self.darkened(range);
        }
        self.path = None;
    }

    /// Text is shown.
    pub(super) fn text(&mut self, range: &Range<usize>) {
        self.settle(range);
        let black = self.state.mode == 0 && self.state.fill.ink == Some(BLACK);
        let overprints = black && self.may_overprint;
        self.wish(if overprints { Overprint::Fill } else { Overprint::Knockout }, range);
        if self.state.mode < 3 && !self.marks(self.state.mode == 1) {
            // Invisible, and as wide as ever.
            self.before(b"3 Tr\n", range);
            self.flush(range.end);
            self.out
                .extend_from_slice(format!("\n{} Tr\n", self.state.mode).as_bytes());
        } else if self.darkens(self.state.mode == 1) {
            self.darkened(range);
        }
    }

    /// What the overprinted inks of an object leave untouched of this drawing:
    /// all of it, some, or nothing.
    fn spared(&self, stroke: bool) -> (bool, bool) {
        let State { fill, stroke: line, .. } = &self.state;
        let (paint, overprints) = if stroke {
            (line, self.state.stroke_overprints)
        } else {
            (fill, self.state.fill_overprints)
        };
        let is_tint = matches!(*paint.space, Space::Tint(_));
        // Process colours that overprint leave the other plates alone.
        let is_process = matches!(*paint.space, Space::Cmyk);
        let spares = self.state.sparing || self.scene.inks.is_spot_plate();
        let is_sparing = is_process && spares || is_tint;
        let (true, true, Some(ink)) = (overprints, is_sparing, paint.ink) else {
            return (false, false);
        };
        let plates = match self.scene.inks.drawing() {
            Drawing::Press => return (false, false),
            Drawing::Chromatic => &ink[..3],
            Drawing::Black => &ink[3..],
        };
        let empty = |ink: &f32| *ink == 0.0;
        (plates.iter().all(empty), plates.iter().any(empty))
    }

    /// Whether an object leaves anything on this drawing.
    fn marks(&self, stroke: bool) -> bool {
        !self.spared(stroke).0
    }

    /// Whether an object leaves something on some plates of this drawing only.
    fn darkens(&self, stroke: bool) -> bool {
        self.spared(stroke).1
    }

    /// Paints the object so that plates without its inks stay as they are.
    fn darkened(&mut self, range: &Range<usize>) {
        self.told.overprints = true;
        self.before(b"/KpDarken gs\n", range);
        self.flush(range.end);
        self.out.extend_from_slice(b"\n/KpNormal gs\n");
    }
}
