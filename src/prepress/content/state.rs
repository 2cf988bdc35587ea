//! The part of the graphics state that decides how an object separates
//! (ISO 32000-1, 8.4 and 8.6.7).

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, dictionary};

use crate::prepress::color::{Ink, Space};
use crate::prepress::values;

/// What a graphics state parameter dictionary says of overprinting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::prepress) struct Parameters {
    /// `op`: fills overprint.
    fill: Option<bool>,
    /// `OP`: strokes overprint.
    stroke: Option<bool>,
    /// `OPM` is 1: inks of no amount leave what is there.
    sparing: Option<bool>,
}

/// The overprint states of a resource dictionary, by name.
#[derive(Debug, Clone, Default)]
pub(in crate::prepress) struct States(BTreeMap<Vec<u8>, Parameters>);

/// How the next object is printed over what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Overprint {
    /// It knocks out what is under it.
    #[default]
    Knockout,
    /// Its fill overprints.
    Fill,
    /// Its stroke overprints.
    Stroke,
}

impl Overprint {
    /// The operator that sets it.
    pub(super) fn operator(self) -> &'static str {
        match self {
            Self::Knockout => "/KpKnockout gs\n",
            Self::Fill => "/KpFill gs\n",
            Self::Stroke => "/KpStroke gs\n",
        }
    }
}

/// Makes a parameter dictionary.
type Make = fn() -> Dictionary;

/// The graphics states that the recoloured content may name.
pub(in crate::prepress) const OVERPRINT_STATES: [(&str, Make); 5] = [
    (
        "KpKnockout",
        || dictionary! { "Type" => "ExtGState", "OP" => false, "op" => false, "OPM" => 0 },
    ),
    (
        "KpFill",
        || dictionary! { "Type" => "ExtGState", "OP" => false, "op" => true, "OPM" => 1 },
    ),
    (
        "KpStroke",
        || dictionary! { "Type" => "ExtGState", "OP" => true, "op" => false, "OPM" => 1 },
    ),
    ("KpDarken", || dictionary! { "Type" => "ExtGState", "BM" => "Darken" }),
    ("KpNormal", || dictionary! { "Type" => "ExtGState", "BM" => "Normal" }),
];

impl States {
    /// The states that these resources name.
    pub(in crate::prepress) fn read(document: &Document, resources: &Dictionary) -> Self {
        let named = values::dictionary_at(document, resources, b"ExtGState");
        let states = named.into_iter().flat_map(Dictionary::iter);
        let states = states.filter_map(|(name, state)| {
            let state = values::dictionary(values::follow(document, state))?;
            let truth = |key: &[u8]| {
                values::entry(document, state, key).and_then(|v| v.as_bool().ok())
            };
            let stroke = truth(b"OP");
            let parameters = Parameters {
                // Where there is no `op`, `OP` is meant for both.
                fill: truth(b"op").or(stroke),
                stroke,
                sparing: values::entry(document, state, b"OPM").map(is_one),
            };
            Some((name.clone(), parameters))
        });
        Self(states.collect())
    }

    /// Whether any of them makes objects overprint.
    pub(super) fn overprint(&self) -> bool {
        let on = Some(true);
        self.0.values().any(|state| state.fill == on || state.stroke == on)
    }

    /// What the state of this name sets.
    pub(super) fn get(&self, name: &[u8]) -> Parameters {
        self.0.get(name).copied().unwrap_or_default()
    }
}

fn is_one(object: &Object) -> bool {
    object.as_i64().is_ok_and(|mode| mode == 1)
}

/// One of the two current colours.
#[derive(Debug, Clone)]
pub(super) struct Paint {
    /// The space that its numbers are of.
    pub(super) space: Arc<Space>,
    /// What it prints as; `None` for patterns and named inks, and where it was
    /// set by whoever drew this content.
    pub(super) ink: Option<Ink>,
    /// Whether the space was set and its first colour not yet.
    pub(super) pending: bool,
}

/// The graphics state, as far as separations are concerned.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// Line width in user space.
    pub(super) width: f32,
    /// Text rendering mode; 0 fills.
    pub(super) mode: u8,
    /// What the recoloured content has set.
    pub(super) overprint: Overprint,
    /// Whether the original's fills overprint.
    pub(super) fill_overprints: bool,
    /// Whether the original's strokes overprint.
    pub(super) stroke_overprints: bool,
    /// Whether inks of no amount leave what is there.
    pub(super) sparing: bool,
}

impl State {
    /// The state in which content begins: of a page, or of whoever draws it.
    pub(super) fn new(ink: Option<Ink>) -> Self {
        let paint = Paint { space: Arc::new(Space::Gray), ink, pending: false };
        Self {
            fill: paint.clone(),
            stroke: paint,
            width: 1.0,
            mode: 0,
            overprint: Overprint::Knockout,
            fill_overprints: false,
            stroke_overprints: false,
            sparing: false,
        }
    }

    /// Takes over what a parameter dictionary sets.
    pub(super) fn set(&mut self, parameters: Parameters) {
        self.fill_overprints = parameters.fill.unwrap_or(self.fill_overprints);
        self.stroke_overprints = parameters.stroke.unwrap_or(self.stroke_overprints);
        self.sparing = parameters.sparing.unwrap_or(self.sparing);
    }
}
