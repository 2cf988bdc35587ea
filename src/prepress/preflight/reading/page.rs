//! The page tree, and what a page dictionary says.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::external::is_press_space;
use super::limits::{Limit, MAX_PAGES};
use super::state::State;
use super::value::{Source, dictionary};
use super::walk::{Known, Scene, Walker};
use crate::prepress::preflight::inspected::{Annotation, Boxes, Fault, FaultKind, Page};

/// How deep the page tree may be.
const MAX_DEPTH: usize = 48;

/// A page with what it inherits.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'a> {
    pub(super) id: ObjectId,
    /// The page and the nodes above it, nearest first.
    line: Vec<&'a Dictionary>,
}

/// The leaves of the page tree, in order; nodes that come twice are left out.
pub(super) fn leaves(source: Source<'_>) -> Vec<Leaf<'_>> {
    let Ok(catalog) = source.document.catalog() else { return Vec::new() };
    let (Some(root), _) = source.get_placed(catalog, "Pages") else { return Vec::new() };
    let mut leaves = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<(ObjectId, Vec<&Dictionary>)> = vec![(root, Vec::new())];
    while let Some((id, above)) = waiting.pop() {
        let found = source.document.objects.get(&id).map(|object| source.follow(object));
        let Some(dict) = found.and_then(dictionary) else { continue };
        if !seen.insert(id) || above.len() > MAX_DEPTH {
            source.budget.meet(Limit::Nesting);
            continue;
        }
        let mut line = vec![dict];
        line.extend(&above);
        if let Object::Array(kids) = source.get(dict, "Kids") {
            let kids = kids.iter().rev().filter_map(|kid| match kid {
                Object::Reference(id) => Some(*id),
                _ => None,
            });
            waiting.extend(kids.map(|kid| (kid, line.clone())));
            if waiting.len() > MAX_PAGES * 4 {
                source.budget.meet(Limit::Pages);
                return leaves;
            }
        } else if leaves.len() < MAX_PAGES {
            leaves.push(Leaf { id, line });
        } else {
            source.budget.meet(Limit::Pages);
            return leaves;
        }
    }
    leaves
}

impl<'a> Leaf<'a> {
    /// The page's own dictionary.
    fn own(&self) -> Option<&'a Dictionary> {
        self.line.first().copied()
    }

    /// The nearest dictionary that has a key which pages inherit.
    fn heir(&self, key: &str) -> Option<&'a Dictionary> {
        self.line.iter().copied().find(|dict| dict.has(key.as_bytes()))
    }

    /// The resources as written, wherever they are inherited from.
    pub(super) fn resources(&self) -> Option<Object> {
        self.heir("Resources")?.get(b"Resources").ok().cloned()
    }

    /// The page's object number.
    pub(super) fn object(&self) -> u32 {
        self.id.0
    }

    /// The page's dictionary.
    pub(super) fn dictionary(&self) -> Option<&'a Dictionary> {
        self.own()
    }

    /// Reads the page and walks its content.
    pub(super) fn read(
        &self,
        source: Source<'a>,
        known: &mut Known,
        number: usize,
    ) -> Page {
        let mut page = Page { number, object: self.id.0, ..Page::default() };
        let Some(own) = self.own() else { return page };
        page.boxes = self.boxes(source);
        let rotation = self.heir("Rotate").and_then(|dict| source.number(dict, "Rotate"));
        page.rotation = [90.0, 180.0, 270.0]
            .into_iter()
            .zip([90, 180, 270])
            .find(|(turn, _)| {
                rotation.is_some_and(|by| (by.rem_euclid(360.0) - *turn).abs() < 0.5)
            })
            .map_or(0, |(_, degrees)| degrees);
        page.unit = source
            .number(own, "UserUnit")
            .filter(|unit| (unit - 1.0).abs() > 1e-6);
        page.annotations = annotations(source, own);
        let resources =
            self.heir("Resources").and_then(|dict| source.dict(dict, "Resources"));
        let content = content(source, own);
        let state = State::new(page.boxes.sheet());
        let scene = Scene::new(resources, self.id.0, state);
        let mut walker = Walker::new(source, known, &mut page);
        if let Some(group) = source.dict(own, "Group") {
            let (id, space) = source.get_placed(group, "CS");
            if !matches!(space, Object::Null) {
                let space = walker.described(&scene, id, space);
                if !is_press_space(&space) {
                    let fault = Fault {
                        kind: FaultKind::GroupSpace,
                        detail: format!("页面，{}", space.name()),
                        object: Some(self.id.0),
                        rect: None,
                    };
                    walker.fault(0, fault);
                }
                walker.page.group = Some(space);
            }
        }
        walker.walk(&content, scene);
        page
    }

    pub(super) fn boxes(&self, source: Source<'a>) -> Boxes {
        let inherited = |key| self.heir(key).and_then(|dict| source.rect(dict, key));
        let own = |key| self.own().and_then(|dict| source.rect(dict, key));
        Boxes {
            media: inherited("MediaBox"),
            crop: inherited("CropBox"),
            bleed: own("BleedBox"),
            trim: own("TrimBox"),
            art: own("ArtBox"),
        }
    }
}

/// The content streams of a page as one: operators may be split between them.
fn content(source: Source<'_>, page: &Dictionary) -> Vec<u8> {
    let streams = match source.get(page, "Contents") {
        stream @ Object::Stream(_) => vec![stream],
        object => source.elements(object),
    };
    let mut content = Vec::new();
    for object in streams {
        let Object::Stream(stream) = object else { continue };
        if let Some(data) = source.data(stream) {
            content.extend_from_slice(&data);
            content.push(b'\n');
        }
    }
    content
}

fn annotations(source: Source<'_>, page: &Dictionary) -> Vec<Annotation> {
    let Object::Array(elements) = source.get(page, "Annots") else { return Vec::new() };
    elements
        .iter()
        .take(10_000)
        .filter_map(|element| {
            let (id, object) = source.place(element);
            let dict = dictionary(object)?;
            Some(Annotation {
                kind: source.name(dict, "Subtype").unwrap_or_default(),
                rect: source.rect(dict, "Rect"),
                object: id.map(|id| id.0),
            })
        })
        .collect()
}
