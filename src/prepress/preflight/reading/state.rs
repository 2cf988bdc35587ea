//! The graphics state (ISO 32000-1, 8.4), as far as a press cares.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId};

use super::font::Face;
use super::space;
use super::value::Source;
use crate::prepress::preflight::geometry::{Matrix, Rect};
use crate::prepress::preflight::inspected::{Overprint, Paint, Space};

/// A resource: its number, if it has one, and what it is.
pub(super) type Named<'a> = (Option<ObjectId>, &'a Object);

/// A colour with the pattern that stands for it.
#[derive(Debug, Clone)]
pub(super) struct Ground<'a> {
    pub(super) paint: Paint,
    pub(super) pattern: Option<Named<'a>>,
}

impl Ground<'_> {
    /// The initial colour of a space.
    pub(super) fn of(space: &Rc<Space>) -> Self {
        Self { paint: space::initial(space), pattern: None }
    }
}

/// What is set while marks are made.
#[derive(Debug, Clone)]
pub(super) struct State<'a> {
    pub(super) ctm: Matrix,
    pub(super) clip: Rect,
    pub(super) fill: Ground<'a>,
    pub(super) stroke: Ground<'a>,
    pub(super) line: f64,
    pub(super) overprint: Overprint,
    pub(super) text: TextState,
    /// The transparency of the group that this is in.
    pub(super) outer: Option<&'static str>,
    alpha: f64,
    blends: bool,
    masked: bool,
    /// Inside a glyph or a pattern without colours of its own.
    pub(super) colorless: bool,
}

/// The text state.
#[derive(Debug, Clone)]
pub(super) struct TextState {
    pub(super) face: Option<Rc<Face>>,
    pub(super) size: f64,
    pub(super) letter_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: u8,
}

impl<'a> State<'a> {
    pub(super) fn new(clip: Rect) -> Self {
        let gray = Rc::new(Space::Gray);
        Self {
            ctm: Matrix::IDENTITY,
            clip,
            fill: Ground::of(&gray),
            stroke: Ground::of(&gray),
            line: 1.0,
            overprint: Overprint::default(),
            text: TextState {
                face: None,
                size: 0.0,
                letter_space: 0.0,
                word_space: 0.0,
                stretch: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
            outer: None,
            alpha: 1.0,
            blends: false,
            masked: false,
            colorless: false,
        }
    }

    /// Why what is painted now is not simply opaque.
    pub(super) fn transparency(&self) -> Option<&'static str> {
        if self.masked {
            Some("软蒙版")
        } else if self.alpha < 1.0 {
            Some("不透明度")
        } else if self.blends {
            Some("混合模式")
        } else {
            self.outer
        }
    }

    /// The state at the start of a group.
    pub(super) fn enter_group(&mut self) {
        self.outer = self.transparency();
        self.alpha = 1.0;
        self.blends = false;
        self.masked = false;
    }

    /// Sets what a graphics state dictionary holds.
    pub(super) fn set(&mut self, source: Source<'a>, dict: &'a Dictionary) {
        if let Some(width) = source.number(dict, "LW") {
            self.line = width;
        }
        let flag = |key| match source.get(dict, key) {
            Object::Boolean(flag) => Some(*flag),
            _ => None,
        };
        // OP without op speaks for both.
        if let Some(on) = flag("OP") {
            self.overprint.stroke = on;
            self.overprint.fill = on;
        }
        if let Some(on) = flag("op") {
            self.overprint.fill = on;
        }
        if let Some(mode) = source.number(dict, "OPM") {
            self.overprint.nonzero = mode > 0.0;
        }
        let alphas = ["CA", "ca"].map(|key| source.number(dict, key));
        if alphas.iter().any(Option::is_some) {
            self.alpha = alphas.into_iter().flatten().fold(1.0, f64::min);
        }
        match source.get(dict, "BM") {
            Object::Null => {}
            object => {
                let first = source.elements(object).into_iter().next().unwrap_or(object);
                let name = super::value::name(first);
                let plain = ["Normal", "Compatible"];
                self.blends = name.is_some_and(|name| !plain.contains(&name.as_str()));
            }
        }
        match source.get(dict, "SMask") {
            Object::Null => {}
            object => self.masked = super::value::dictionary(object).is_some(),
        }
    }
}
