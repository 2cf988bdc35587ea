//! Walks the content of a page and writes down each mark.
//!
//! Forms, patterns and Type 3 glyphs are walked where they are used. Soft
//! masks are not: their colours are data and never reach a plate.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId};

use super::font::Face;
use super::lexer::{Lexer, Token};
use super::limits::{Limit, MAX_FORMS, MAX_ITEMS};
use super::outline::Outline;
use super::space::{self, Described};
use super::state::{Named, State};
use super::value::{Source, dictionary};
use crate::prepress::preflight::geometry::{Matrix, Rect};
use crate::prepress::preflight::inspected::{Fault, FaultKind, Item, Kind, Page, Space};

/// `q` without `Q` beyond this is damage.
const MAX_SAVED: usize = 256;

/// What was read once and is used again, by the place of its object.
#[derive(Debug, Default)]
pub(super) struct Known {
    spaces: BTreeMap<usize, Described>,
    faces: BTreeMap<usize, Rc<Face>>,
}

/// Walks one page.
#[derive(Debug)]
pub(super) struct Walker<'a, 'k> {
    pub(super) source: Source<'a>,
    known: &'k mut Known,
    pub(super) page: &'k mut Page,
    /// Faults are said once a page.
    said: BTreeSet<(FaultKind, usize)>,
    /// Patterns and Type 3 fonts that this page has shown already.
    pub(super) shown: BTreeSet<usize>,
    /// The streams that are being walked, outermost first.
    open: Vec<ObjectId>,
    /// Where marks are said to be while a pattern or a glyph is walked.
    pub(super) stand_in: Option<Rect>,
}

/// A stream while it is walked.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) resources: Option<&'a Dictionary>,
    /// The object number of the stream.
    pub(super) object: u32,
    pub(super) state: State<'a>,
    /// The matrix that patterns are relative to.
    pub(super) base: Matrix,
    pub(super) outline: Outline,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
    saved: Vec<State<'a>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        resources: Option<&'a Dictionary>,
        object: u32,
        state: State<'a>,
    ) -> Self {
        Self {
            resources,
            object,
            base: state.ctm,
            state,
            outline: Outline::default(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            saved: Vec::new(),
        }
    }
}

impl<'a, 'k> Walker<'a, 'k> {
    pub(super) fn new(
        source: Source<'a>,
        known: &'k mut Known,
        page: &'k mut Page,
    ) -> Self {
        Self {
            source,
            known,
            page,
            said: BTreeSet::new(),
            shown: BTreeSet::new(),
            open: Vec::new(),
            stand_in: None,
        }
    }

    /// Walks a content stream.
    pub(super) fn walk(&mut self, content: &[u8], mut scene: Scene<'a>) {
        let mut lexer = Lexer::new(content);
        while let Some(operation) = lexer.next() {
            if !self.source.budget.operator() {
                return;
            }
            let (operator, operands) = (operation.operator, operation.operands);
            match operator {
                b"q" => {
                    if scene.saved.len() < MAX_SAVED {
                        scene.saved.push(scene.state.clone());
                    } else {
                        self.source.budget.meet(Limit::Nesting);
                    }
                }
                b"Q" => {
                    if let Some(state) = scene.saved.pop() {
                        scene.state = state;
                    }
                }
                b"cm" => {
                    if let Some(matrix) = matrix(operands) {
                        scene.state.ctm = matrix.then(scene.state.ctm);
                    }
                }
                b"w" => scene.state.line = first(operands).unwrap_or(1.0),
                b"gs" => self.graphics_state(&mut scene, operands),
                b"Do" => self.object(&mut scene, operands),
                b"BI" => self.inline_image(&scene, operands),
                b"sh" => self.shading_operator(&scene, operands),
                b"d1" => scene.state.colorless = true,
                _ => {
                    let _ = self.color(&mut scene, operator, operands)
                        || self.text(&mut scene, operator, operands)
                        || self.path(&mut scene, operator, operands);
                }
            }
        }
    }

    /// Walks another stream inside this one, unless it is open already or
    /// lies too deep.
    pub(super) fn inside(&mut self, id: Option<ObjectId>, walk: impl FnOnce(&mut Self)) {
        let id = id.unwrap_or((0, 0));
        if self.open.len() >= MAX_FORMS || (id.0 != 0 && self.open.contains(&id)) {
            self.source.budget.meet(Limit::Nesting);
            return;
        }
        if !self.source.budget.form() {
            return;
        }
        self.open.push(id);
        walk(self);
        self.open.pop();
    }

    /// Writes down a mark, if it shows.
    pub(super) fn mark(&mut self, scene: &Scene<'a>, kind: Kind, rect: Rect) {
        let rect = rect.meet(scene.state.clip);
        if rect.is_empty() {
            return;
        }
        if self.page.items.len() >= MAX_ITEMS {
            self.source.budget.meet(Limit::Items);
            return;
        }
        let (fills, strokes) = match &kind {
            Kind::Text { .. } => {
                let mode = scene.state.text.mode;
                (matches!(mode, 0 | 2 | 4 | 6), matches!(mode, 1 | 2 | 5 | 6))
            }
            Kind::Path { line, .. } => (scene.outline.filled, line.is_some()),
            Kind::Image(_) | Kind::Shading => (true, false),
        };
        let state = &scene.state;
        self.page.items.push(Item {
            kind,
            rect: self.stand_in.unwrap_or(rect),
            object: scene.object,
            fill: fills.then(|| state.fill.paint.clone()),
            stroke: strokes.then(|| state.stroke.paint.clone()),
            overprints: state.overprint,
            transparency: state.transparency(),
        });
    }

    /// Notes a fault of the object at this place, once a page.
    pub(super) fn fault(&mut self, place: usize, fault: Fault) {
        if self.said.insert((fault.kind, place)) && self.page.faults.len() < 1000 {
            self.page.faults.push(fault);
        }
    }

    /// An entry of the resources, with its number.
    pub(super) fn resource(
        &self,
        scene: &Scene<'a>,
        category: &str,
        name: &[u8],
    ) -> Named<'a> {
        let name = String::from_utf8_lossy(name);
        scene
            .resources
            .and_then(|resources| self.source.dict(resources, category))
            .map_or((None, &Object::Null), |all| self.source.get_placed(all, &name))
    }

    /// The colour space of this name.
    pub(super) fn space(&mut self, scene: &Scene<'a>, name: &[u8]) -> Rc<Space> {
        let (id, object) = self.resource(scene, "ColorSpace", name);
        if matches!(object, Object::Null) {
            let name = Object::Name(name.to_vec());
            return space::read(self.source, None, &name).space;
        }
        self.described(scene, id, object)
    }

    /// A colour space that is described by an object.
    pub(super) fn described(
        &mut self,
        scene: &Scene<'a>,
        id: Option<ObjectId>,
        object: &'a Object,
    ) -> Rc<Space> {
        let place = place(object);
        let described = if let Some(known) = self.known.spaces.get(&place) {
            known.clone()
        } else {
            let read = space::read(self.source, scene.resources, object);
            // A name means what the resources say, and those differ.
            if !matches!(object, Object::Name(_)) {
                self.known.spaces.insert(place, read.clone());
            }
            read
        };
        if let Some(detail) = described.fault {
            let object = Some(id.map_or(scene.object, |id| id.0));
            let rect = self.stand_in;
            let kind = FaultKind::Function;
            self.fault(place, Fault { kind, detail, object, rect });
        }
        described.space
    }

    /// The font of this name.
    pub(super) fn face(&mut self, scene: &Scene<'a>, name: &[u8]) -> Option<Rc<Face>> {
        let (id, object) = self.resource(scene, "Font", name);
        let Some(dict) = dictionary(object) else {
            let detail = format!("字体 /{}", String::from_utf8_lossy(name));
            self.missing(scene, detail);
            return None;
        };
        let place = place(object);
        if let Some(face) = self.known.faces.get(&place) {
            return Some(Rc::clone(face));
        }
        let face = Rc::new(Face::read(self.source, id, dict));
        self.known.faces.insert(place, Rc::clone(&face));
        Some(face)
    }

    /// Notes a resource that is named but not there.
    pub(super) fn missing(&mut self, scene: &Scene<'a>, detail: String) {
        let kind = FaultKind::MissingResource;
        let (object, rect) = (Some(scene.object), self.stand_in);
        self.fault(scene.object as usize, Fault { kind, detail, object, rect });
    }
}

/// Where an object lies in memory: the same for as long as the document lives.
pub(super) fn place(object: &Object) -> usize {
    std::ptr::from_ref(object).addr()
}

/// The first number.
pub(super) fn first(operands: &[Token<'_>]) -> Option<f64> {
    operands.first().and_then(Token::number)
}

/// All numbers.
pub(super) fn numbers(operands: &[Token<'_>]) -> Vec<f64> {
    operands.iter().filter_map(Token::number).collect()
}

/// Six numbers as a matrix.
pub(super) fn matrix(operands: &[Token<'_>]) -> Option<Matrix> {
    numbers(operands).try_into().ok().map(Matrix)
}
