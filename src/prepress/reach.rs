//! Everything that pages draw, each thing once: the content streams with their
//! resources, the images, the gradients.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{image, values};

/// A content stream that is not a page's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn<'a> {
    /// What its names mean.
    pub(super) resources: &'a Dictionary,
    /// Whether it is drawn into a mask.
    pub(super) mask: bool,
    /// Whether it begins with the graphics state of a page.
    pub(super) fresh: bool,
}

/// A page and what its names mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) id: ObjectId,
    pub(super) resources: &'a Dictionary,
}

/// What pages reach.
#[derive(Debug, Default)]
pub(super) struct Reach<'a> {
    pub(super) pages: Vec<Page<'a>>,
    pub(super) contents: BTreeMap<ObjectId, Drawn<'a>>,
    /// Images, and whether they are masks.
    pub(super) images: BTreeMap<ObjectId, bool>,
    /// Shading dictionaries, and whether they are drawn into a mask.
    pub(super) shadings: BTreeMap<ObjectId, bool>,
    /// Resource dictionaries that are objects of their own.
    pub(super) resources: BTreeMap<ObjectId, &'a Dictionary>,
    seen: BTreeSet<(usize, bool)>,
    to_see: Vec<(&'a Dictionary, bool)>,
}

/// No resources at all.
fn nothing() -> &'static Dictionary {
    static NOTHING: std::sync::LazyLock<Dictionary> =
        std::sync::LazyLock::new(Dictionary::new);
    &NOTHING
}

/// A dictionary as itself, wherever it stands: two with the same content are two.
pub(super) fn identity(dictionary: &Dictionary) -> usize {
    std::ptr::from_ref(dictionary).addr()
}

impl<'a> Reach<'a> {
    /// Everything that these pages draw.
    pub(super) fn of(document: &'a Document, pages: &[ObjectId]) -> Self {
        let mut reach = Self::default();
        for &id in pages {
            let resources = values::inherited(document, id, b"Resources")
                .and_then(values::dictionary)
                .unwrap_or(nothing());
            reach.pages.push(Page { id, resources });
            if let Ok(page) = document.get_dictionary(id) {
                reach.note_resources(document, page);
            }
            reach.to_see.push((resources, false));
        }
        while let Some((resources, mask)) = reach.to_see.pop() {
            if reach.seen.insert((identity(resources), mask)) {
                reach.look_into(document, resources, mask);
            }
        }
        reach
    }

    /// Remembers the resources of a dictionary where they are their own object.
    fn note_resources(&mut self, document: &'a Document, holder: &'a Dictionary) {
        if let Ok(id) = holder.get(b"Resources").and_then(Object::as_reference)
            && let Ok(resources) = document.get_dictionary(id)
        {
            self.resources.insert(id, resources);
        }
    }

    fn look_into(
        &mut self,
        document: &'a Document,
        resources: &'a Dictionary,
        mask: bool,
    ) {
        let references = |key: &[u8]| {
            let named = values::dictionary_at(document, resources, key);
            let objects = named.into_iter().flat_map(Dictionary::iter);
            objects
                .filter_map(|(_, object)| object.as_reference().ok())
                .collect::<Vec<_>>()
        };
        for id in references(b"XObject") {
            self.external(document, id, resources, mask);
        }
        for id in references(b"Pattern") {
            match document.get_object(id) {
                Ok(Object::Stream(_)) => {
                    self.content(document, id, resources, mask, true);
                }
                Ok(Object::Dictionary(pattern)) => {
                    if let Ok(id) = pattern.get(b"Shading").and_then(Object::as_reference)
                    {
                        self.shadings.insert(id, mask);
                    }
                }
                _ => {}
            }
        }
        for id in references(b"Shading") {
            self.shadings.insert(id, mask);
        }
        let states = values::dictionary_at(document, resources, b"ExtGState");
        for (_, state) in states.into_iter().flat_map(Dictionary::iter) {
            let state = values::dictionary(values::follow(document, state));
            let group = state
                .and_then(|state| values::dictionary_at(document, state, b"SMask"))
                .and_then(|mask| mask.get(b"G").and_then(Object::as_reference).ok());
            if let Some(group) = group {
                self.content(document, group, resources, true, false);
            }
        }
        for id in references(b"Font") {
            self.glyphs(document, id, resources, mask);
        }
    }

    fn external(
        &mut self,
        document: &'a Document,
        id: ObjectId,
        resources: &'a Dictionary,
        mask: bool,
    ) {
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else {
            return;
        };
        match values::name_at(document, &stream.dict, b"Subtype") {
            Some(b"Image") => {
                self.images.entry(id).or_insert(mask);
                if let Some(soft) = image::soft_mask(stream) {
                    self.images.insert(soft, true);
                }
            }
            Some(b"Form") => self.content(document, id, resources, mask, false),
            _ => {}
        }
    }

    /// A form or a pattern; what has no resources of its own uses those of
    /// whoever draws it.
    fn content(
        &mut self,
        document: &'a Document,
        id: ObjectId,
        around: &'a Dictionary,
        mask: bool,
        fresh: bool,
    ) {
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else {
            return;
        };
        let resources =
            values::dictionary_at(document, &stream.dict, b"Resources").unwrap_or(around);
        self.note_resources(document, &stream.dict);
        self.contents.entry(id).or_insert(Drawn { resources, mask, fresh });
        self.to_see.push((resources, mask));
    }

    /// The glyphs of a Type 3 font are content like any other.
    fn glyphs(
        &mut self,
        document: &'a Document,
        id: ObjectId,
        around: &'a Dictionary,
        mask: bool,
    ) {
        let Ok(font) = document.get_dictionary(id) else { return };
        if !matches!(values::name_at(document, font, b"Subtype"), Some(b"Type3")) {
            return;
        }
        let resources =
            values::dictionary_at(document, font, b"Resources").unwrap_or(around);
        self.note_resources(document, font);
        self.to_see.push((resources, mask));
        let glyphs = values::dictionary_at(document, font, b"CharProcs");
        for (_, glyph) in glyphs.into_iter().flat_map(Dictionary::iter) {
            if let Ok(id) = glyph.as_reference() {
                self.contents.entry(id).or_insert(Drawn {
                    resources,
                    mask,
                    fresh: false,
                });
            }
        }
    }
}

/// Makes every shading an object of its own, so that each can be replaced where
/// it stands.
pub(super) fn hoist_shadings(document: &mut Document) {
    let mut hoisted = Vec::new();
    let mut next = document.max_id;
    let mut hoist = |shading: &mut Object| {
        if let Object::Dictionary(_) = shading {
            next += 1;
            let id = (next, 0);
            hoisted.push((id, std::mem::replace(shading, Object::Reference(id))));
        }
    };
    for object in document.objects.values_mut() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        // A pattern has one shading, resources have them by name.
        if let Ok(Object::Dictionary(shading)) = dictionary.get_mut(b"Shading") {
            if shading.has(b"ShadingType") {
                if let Ok(shading) = dictionary.get_mut(b"Shading") {
                    hoist(shading);
                }
            } else {
                shading.iter_mut().for_each(|(_, shading)| hoist(shading));
            }
        }
        if let Ok(Object::Dictionary(resources)) = dictionary.get_mut(b"Resources")
            && let Ok(Object::Dictionary(shadings)) = resources.get_mut(b"Shading")
        {
            shadings.iter_mut().for_each(|(_, shading)| hoist(shading));
        }
    }
    document.max_id = next;
    document.objects.extend(hoisted);
}
