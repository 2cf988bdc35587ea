//! `Do`: forms and images.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::lexer::Token;
use super::space;
use super::state::Ground;
use super::value::{Source, dictionary};
use super::walk::{Scene, Walker, place};
use crate::prepress::preflight::geometry::{PT_PER_MM, Rect};
use crate::prepress::preflight::inspected::{
    Depth, Fault, FaultKind, Image, Kind, Paint, Space,
};

impl<'a> Walker<'a, '_> {
    /// Places an external object.
    pub(super) fn object(&mut self, scene: &mut Scene<'a>, operands: &[Token<'_>]) {
        let Some(name) = operands.first().and_then(Token::name) else { return };
        let (id, object) = self.resource(scene, "XObject", name);
        let Object::Stream(stream) = object else {
            let detail = format!("对象 /{}", String::from_utf8_lossy(name));
            self.missing(scene, detail);
            return;
        };
        let source = self.source;
        let external = |walker: &mut Self, detail: &str| {
            let fault = Fault {
                kind: FaultKind::External,
                detail: detail.to_owned(),
                object: id.map(|id| id.0),
                rect: None,
            };
            walker.fault(place(object), fault);
        };
        for (key, detail) in
            [("OPI", "OPI 代用图"), ("Ref", "引用外部 PDF"), ("F", "数据在外部文件里")]
        {
            if stream.dict.has(key.as_bytes()) {
                external(self, detail);
            }
        }
        match source.name(&stream.dict, "Subtype").as_deref() {
            Some("Form") => self.form(scene, id, stream),
            Some("Image") => self.image(scene, id, stream),
            Some("PS") => external(self, "PostScript 对象"),
            _ => {}
        }
    }

    fn form(&mut self, scene: &Scene<'a>, id: Option<ObjectId>, stream: &'a Stream) {
        let dict = &stream.dict;
        let mut state = scene.state.clone();
        state.ctm = self.source.matrix(dict, "Matrix").then(state.ctm);
        if let Some(bbox) = self.source.rect(dict, "BBox") {
            state.clip = state.clip.meet(bbox.under(state.ctm));
        }
        if let Some(group) = self.source.dict(dict, "Group") {
            state.enter_group();
            self.group(scene, id, group, state.clip);
        }
        if state.clip.is_empty() {
            return;
        }
        let resources = self.source.dict(dict, "Resources").or(scene.resources);
        let object = id.map_or(scene.object, |id| id.0);
        let mut inner = Scene::new(resources, object, state);
        inner.text = scene.text;
        self.inside(id, |walker| {
            if let Some(content) = walker.source.data(stream) {
                walker.walk(&content, inner);
            }
        });
    }

    /// Checks the colour space that a group blends in.
    pub(super) fn group(
        &mut self,
        scene: &Scene<'a>,
        id: Option<ObjectId>,
        group: &'a Dictionary,
        shown: Rect,
    ) {
        let (space_id, space) = self.source.get_placed(group, "CS");
        if matches!(space, Object::Null) {
            return;
        }
        let described = self.described(scene, space_id, space);
        if is_press_space(&described) {
            return;
        }
        let fault = Fault {
            kind: FaultKind::GroupSpace,
            detail: described.name(),
            object: Some(id.map_or(scene.object, |id| id.0)),
            rect: Some(shown),
        };
        self.fault(std::ptr::from_ref(group).addr(), fault);
    }

    fn image(&mut self, scene: &Scene<'a>, id: Option<ObjectId>, stream: &'a Stream) {
        let dict = &stream.dict;
        let (space_id, object) = self.source.get_placed(dict, "ColorSpace");
        let space = match object {
            Object::Null => None,
            object => Some(self.described(scene, space_id, object)),
        };
        let shape = Shape::of(self.source, dict);
        let mut scene = shallow(scene);
        if dictionary(self.source.get(dict, "SMask")).is_some() {
            scene.state.outer = Some("软蒙版");
        }
        self.place_image(&scene, id, shape, space);
    }

    /// An image in the content stream.
    pub(super) fn inline_image(&mut self, scene: &Scene<'a>, operands: &[Token<'_>]) {
        let Some(Token::Dict(pairs)) = operands.first() else { return };
        let value = |long: &str, short: &str| {
            let is = |key: &[u8]| key == long.as_bytes() || key == short.as_bytes();
            pairs.iter().find(|(key, _)| is(key)).map(|(_, value)| value)
        };
        let number = |long, short| value(long, short).and_then(Token::number);
        let shape = Shape {
            width: whole(number("Width", "W")),
            height: whole(number("Height", "H")),
            bits: whole(number("BitsPerComponent", "BPC")),
            mask: matches!(value("ImageMask", "IM"), Some(Token::Word(b"true"))),
        };
        let space = match value("ColorSpace", "CS") {
            Some(Token::Name(name)) => match name.as_ref() {
                b"G" => Some(Rc::new(Space::Gray)),
                b"RGB" => Some(Rc::new(Space::Rgb)),
                b"CMYK" => Some(Rc::new(Space::Cmyk)),
                name => Some(self.space(scene, name)),
            },
            // Only indexed spaces are written out: [/I /RGB 1 <…>].
            Some(Token::Array(parts)) => {
                let base = parts.get(1).and_then(Token::name).unwrap_or_default();
                let base = Object::Name(base.to_vec());
                let base = space::read(self.source, scene.resources, &base).space;
                Some(Rc::new(Space::Indexed(base)))
            }
            _ => None,
        };
        self.place_image(scene, None, shape, space);
    }

    fn place_image(
        &mut self,
        scene: &Scene<'a>,
        id: Option<ObjectId>,
        shape: Shape,
        space: Option<Rc<Space>>,
    ) {
        let ctm = scene.state.ctm;
        let unit = Rect { left: 0.0, bottom: 0.0, right: 1.0, top: 1.0 };
        let inch = 25.4 * PT_PER_MM;
        let along =
            |samples: u32, length: f64| f64::from(samples) / (length / inch).max(1e-6);
        let resolution =
            along(shape.width, ctm.across()).min(along(shape.height, ctm.up()));
        let depth = match space.as_deref() {
            _ if shape.mask || shape.bits == 1 => Depth::Line,
            Some(space) if space.base().components() == 1 => Depth::Gray,
            _ => Depth::Color,
        };
        let image = Image {
            object: id.map(|id| id.0),
            width: shape.width,
            height: shape.height,
            resolution,
            depth,
        };
        let rect = unit.under(ctm);
        let mut scene = shallow(scene);
        if shape.mask {
            // A stencil prints in the colour of areas.
            self.pattern(&scene, scene.state.fill.pattern, rect.meet(scene.state.clip));
        } else {
            let space =
                space.unwrap_or_else(|| Rc::new(Space::Unknown("JPEG 2000".into())));
            scene.state.fill =
                Ground { paint: Paint { space, ink: None }, pattern: None };
        }
        self.mark(&scene, Kind::Image(image), rect);
    }
}

/// What an image dictionary says of its samples.
#[derive(Debug, Clone, Copy)]
struct Shape {
    width: u32,
    height: u32,
    bits: u32,
    mask: bool,
}

impl Shape {
    fn of(source: Source<'_>, dict: &Dictionary) -> Self {
        Self {
            width: source.count(dict, "Width").unwrap_or(0),
            height: source.count(dict, "Height").unwrap_or(0),
            bits: source.count(dict, "BitsPerComponent").unwrap_or(8),
            mask: matches!(source.get(dict, "ImageMask"), Object::Boolean(true)),
        }
    }
}

/// A copy to change colours in, without what `Q` would restore.
fn shallow<'a>(scene: &Scene<'a>) -> Scene<'a> {
    let mut copy = Scene::new(scene.resources, scene.object, scene.state.clone());
    copy.base = scene.base;
    copy
}

/// Whether groups may blend in it on a press: CMYK or grey.
pub(super) fn is_press_space(space: &Space) -> bool {
    matches!(space, Space::Cmyk | Space::Gray | Space::Icc(1 | 4))
}

/// A small whole number; 0 if it is none.
fn whole(number: Option<f64>) -> u32 {
    let text = number.map(|number| format!("{number:.0}"));
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}
