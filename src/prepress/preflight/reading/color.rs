//! Colours, patterns and gradients, as operators set them.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId};

use super::function;
use super::lexer::Token;
use super::space;
use super::state::{Ground, Named};
use super::value::dictionary;
use super::walk::{Scene, Walker, numbers, place};
use crate::prepress::preflight::geometry::Rect;
use crate::prepress::preflight::inspected::{Fault, FaultKind, Kind, Paint, Space};

impl<'a> Walker<'a, '_> {
    /// Colour operators; whether it was one.
    pub(super) fn color(
        &mut self,
        scene: &mut Scene<'a>,
        operator: &[u8],
        operands: &[Token<'_>],
    ) -> bool {
        let space = match operator {
            b"g" | b"G" => Space::Gray,
            b"rg" | b"RG" => Space::Rgb,
            b"k" | b"K" => Space::Cmyk,
            b"cs" | b"CS" | b"sc" | b"SC" | b"scn" | b"SCN" => Space::Pattern,
            _ => return false,
        };
        if scene.state.colorless {
            return true;
        }
        let strokes = operator[0].is_ascii_uppercase();
        let ground = match operator {
            b"cs" | b"CS" => {
                let Some(name) = operands.first().and_then(Token::name) else {
                    return true;
                };
                Ground::of(&self.space(scene, name))
            }
            b"sc" | b"SC" | b"scn" | b"SCN" => {
                let old = if strokes { &scene.state.stroke } else { &scene.state.fill };
                let pattern = operands.last().and_then(Token::name).map(<[u8]>::to_vec);
                let space = Rc::clone(&old.paint.space);
                let paint = space::paint(&space, &numbers(operands));
                let pattern = pattern.map(|name| self.resource(scene, "Pattern", &name));
                Ground { paint, pattern }
            }
            _ => Ground {
                paint: space::paint(&Rc::new(space), &numbers(operands)),
                pattern: None,
            },
        };
        if strokes {
            scene.state.stroke = ground;
        } else {
            scene.state.fill = ground;
        }
        true
    }

    /// Sets a named graphics state.
    pub(super) fn graphics_state(
        &mut self,
        scene: &mut Scene<'a>,
        operands: &[Token<'_>],
    ) {
        let Some(name) = operands.first().and_then(Token::name) else { return };
        let (id, object) = self.resource(scene, "ExtGState", name);
        let Some(dict) = dictionary(object) else { return };
        scene.state.set(self.source, dict);
        let source = self.source;
        let is_plain = |object: &Object, plain: &[&str]| match object {
            Object::Null => true,
            Object::Name(name) => plain.iter().any(|p| p.as_bytes() == name.as_slice()),
            _ => false,
        };
        let halftone = source.dict(dict, "HT");
        let transfers = !is_plain(source.get(dict, "TR"), &["Identity"])
            || !is_plain(source.get(dict, "TR2"), &["Default", "Identity"])
            || halftone.is_some_and(|halftone| {
                !is_plain(source.get(halftone, "TransferFunction"), &["Identity"])
            });
        let fault = |kind, detail: &str| Fault {
            kind,
            detail: detail.to_owned(),
            object: Some(id.map_or(scene.object, |id| id.0)),
            rect: None,
        };
        if transfers {
            self.fault(place(object), fault(FaultKind::Transfer, "传递函数"));
        }
        if halftone.is_some() {
            self.fault(place(object), fault(FaultKind::Halftone, "自带网屏"));
        }
    }

    /// Walks a pattern that an area is painted with, once a page.
    pub(super) fn pattern(
        &mut self,
        scene: &Scene<'a>,
        pattern: Option<Named<'a>>,
        shown: Rect,
    ) {
        let Some((id, object)) = pattern else { return };
        let Some(dict) = dictionary(object) else { return };
        if shown.is_empty() || !self.shown.insert(place(object)) {
            return;
        }
        if self.source.number(dict, "PatternType") == Some(2.0) {
            let (id, shading) = self.source.get_placed(dict, "Shading");
            self.shading(scene, id, shading, shown);
            return;
        }
        let Object::Stream(stream) = object else { return };
        let Some(content) = self.source.data(stream) else { return };
        let mut state = scene.state.clone();
        state.ctm = self.source.matrix(dict, "Matrix").then(scene.base);
        state.clip = Rect::ALL;
        state.colorless = self.source.number(dict, "PaintType") == Some(2.0);
        let gray = Rc::new(Space::Gray);
        if !state.colorless {
            state.fill = Ground::of(&gray);
            state.stroke = Ground::of(&gray);
        }
        state.fill.pattern = None;
        state.stroke.pattern = None;
        let resources = self.source.dict(dict, "Resources").or(scene.resources);
        let inner = Scene::new(resources, id.map_or(scene.object, |id| id.0), state);
        let outer = self.stand_in.replace(self.stand_in.unwrap_or(shown));
        self.inside(id, |walker| walker.walk(&content, inner));
        self.stand_in = outer;
    }

    /// The `sh` operator: a gradient over all of the clip.
    pub(super) fn shading_operator(&mut self, scene: &Scene<'a>, operands: &[Token<'_>]) {
        let Some(name) = operands.first().and_then(Token::name) else { return };
        let (id, object) = self.resource(scene, "Shading", name);
        self.shading(scene, id, object, scene.state.clip);
    }

    /// Writes down a gradient and checks its description.
    fn shading(
        &mut self,
        scene: &Scene<'a>,
        id: Option<ObjectId>,
        object: &'a Object,
        shown: Rect,
    ) {
        let Some(dict) = dictionary(object) else { return };
        let (space_id, space) = self.source.get_placed(dict, "ColorSpace");
        let space = self.described(scene, space_id, space);
        let kind = self.source.count(dict, "ShadingType").unwrap_or(0);
        if let Some(detail) = self.shading_fault(dict, kind, &space) {
            let object_number = Some(id.map_or(scene.object, |id| id.0));
            let fault = Fault {
                kind: FaultKind::Function,
                detail: format!("渐变（类型 {kind}，{}）：{detail}", space.name()),
                object: object_number,
                rect: Some(shown),
            };
            self.fault(place(object), fault);
        }
        let mut painted = Scene::new(scene.resources, scene.object, scene.state.clone());
        painted.object = id.map_or(scene.object, |id| id.0);
        painted.state.fill.paint = Paint { space, ink: None };
        self.mark(&painted, Kind::Shading, shown);
    }

    /// What is wrong with a gradient's function.
    fn shading_fault(
        &self,
        dict: &'a Dictionary,
        kind: u32,
        space: &Space,
    ) -> Option<String> {
        let function = self.source.get(dict, "Function");
        let inputs = match kind {
            1 => 2,
            2..=7 => 1,
            _ => return Some("ShadingType 不是 1 至 7".into()),
        };
        if matches!(function, Object::Null) {
            return (kind < 4).then(|| "没有函数".into());
        }
        let outputs = space.components();
        if outputs == 0 {
            return None;
        }
        function::check(self.source, function, inputs, outputs).err()
    }
}
