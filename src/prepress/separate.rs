//! A document in inks: what its pages draw is converted side by side, each
//! thing once, and put where it stood.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use super::color::{Drawing, Inks, SECOND, Space, Spaces};
use super::content::{OVERPRINT_STATES, Recolored, Scene, States, recolor};
use super::reach::{Drawn, Page, Reach, hoist_shadings, identity};
use super::{image, shading, values};

/// What the conversion came upon.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Findings {
    /// The pages (from 0) that have colours which could not be understood;
    /// those of shared objects count for no page.
    pub(super) unknown: usize,
    /// The largest sum of inks that one object lays down on each page, 1 being
    /// one full ink; and the same for forms, patterns and glyphs.
    pub(super) page_ink: Vec<f32>,
    /// The same of what is not a page's own content.
    pub(super) shared_ink: f32,
}

/// Separates what these pages draw.
pub(super) fn separate(
    document: &mut Document,
    pages: &[ObjectId],
    inks: &Inks<'_>,
) -> Findings {
    hoist_shadings(document);
    let reach = Reach::of(document, pages);
    let reserved = document.max_id;
    let converted = Converted::of(document, &reach, inks, reserved);
    let states = shared_states(inks, converted.max_id);
    let overprinting = converted.resources(&reach, |content| content.overprints);
    let two_inks = converted.resources(&reach, |content| content.two_inks);
    let dress = |resources: &Dictionary| {
        let own = identity(resources);
        let named = if overprinting.contains(&own) { states.as_slice() } else { &[] };
        let second = inks.second().filter(|_| two_inks.contains(&own));
        resources_in_inks(document, inks, resources, named, second)
    };
    let mut findings = Findings::default();
    let mut changed: Vec<(ObjectId, Object)> = Vec::new();
    for (id, resources) in &reach.resources {
        changed.push((*id, Object::Dictionary(dress(resources))));
    }
    let mut next = converted.max_id + u32::try_from(states.len()).unwrap_or_default();
    for (page, content) in reach.pages.iter().zip(converted.pages) {
        findings.page_ink.push(content.most_ink);
        findings.unknown += usize::from(content.unknown);
        next += 1;
        if let Some(object) = page_in_inks(document, inks, page, (next, 0), &dress) {
            changed.push((page.id, object));
            changed.push(((next, 0), Object::Stream(content.stream)));
        }
    }
    for ((id, drawn), content) in reach.contents.iter().zip(converted.contents) {
        findings.shared_ink = findings.shared_ink.max(content.most_ink);
        findings.unknown += usize::from(content.unknown);
        let mut stream = content.stream;
        finish_form(document, inks, drawn, &mut stream.dict, &dress);
        changed.push((*id, Object::Stream(stream)));
    }
    findings.unknown += converted.unknown;
    changed.extend(converted.others);
    changed.extend(
        states
            .into_iter()
            .map(|(_, id, state)| (id, Object::Dictionary(state))),
    );
    document.max_id = next;
    document.objects.extend(changed);
    findings
}

/// A content stream, rewritten and packed.
struct Content {
    stream: Stream,
    overprints: bool,
    two_inks: bool,
    unknown: bool,
    most_ink: f32,
}

/// Everything that pages reach, in inks.
struct Converted {
    pages: Vec<Content>,
    contents: Vec<Content>,
    /// Images, shadings and their functions.
    others: Vec<(ObjectId, Object)>,
    unknown: usize,
    /// The last object number that is taken.
    max_id: u32,
}

impl Converted {
    fn of(
        document: &Document,
        reach: &Reach<'_>,
        inks: &Inks<'_>,
        reserved: u32,
    ) -> Self {
        let (contents, others) = rayon::join(
            || {
                let pages = reach.pages.par_iter().map(|page| {
                    let content = values::page_content(document, page.id);
                    let drawn = Drawn {
                        resources: page.resources,
                        mask: false,
                        fresh: true,
                    };
                    converted(document, inks, &drawn, &content, Dictionary::new())
                });
                let pages: Vec<_> = pages.collect();
                let contents = reach.contents.par_iter().map(|(id, drawn)| {
                    let stream = document.get_object(*id).and_then(Object::as_stream);
                    let stream = stream.ok()?;
                    let content = values::unfolded(stream)?;
                    Some(converted(document, inks, drawn, &content, stream.dict.clone()))
                });
                (pages, contents.collect::<Vec<_>>())
            },
            || others(document, reach, inks, reserved),
        );
        let (pages, contents) = contents;
        let (others, unknown) = others;
        let things = reach.images.len() + reach.shadings.len();
        let things = u32::try_from(things).unwrap_or_default();
        let empty = || Content {
            stream: Stream::new(Dictionary::new(), Vec::new()),
            overprints: false,
            two_inks: false,
            unknown: true,
            most_ink: 0.0,
        };
        Self {
            pages,
            contents: contents
                .into_iter()
                .map(|made| made.unwrap_or_else(empty))
                .collect(),
            others,
            unknown,
            max_id: reserved + things,
        }
    }

    /// The resource dictionaries of such contents.
    fn resources(
        &self,
        reach: &Reach<'_>,
        such: impl Fn(&Content) -> bool,
    ) -> BTreeSet<usize> {
        let pages = reach.pages.iter().map(|page| page.resources).zip(&self.pages);
        let contents = reach
            .contents
            .values()
            .map(|drawn| drawn.resources)
            .zip(&self.contents);
        pages
            .chain(contents)
            .filter(|(_, content)| such(content))
            .map(|(resources, _)| identity(resources))
            .collect()
    }
}

fn converted(
    document: &Document,
    inks: &Inks<'_>,
    drawn: &Drawn<'_>,
    content: &[u8],
    dictionary: Dictionary,
) -> Content {
    let scene = Scene {
        document,
        inks,
        spaces: Spaces::read(document, drawn.resources),
        states: States::read(document, drawn.resources),
        mask: drawn.mask,
        fresh: drawn.fresh,
    };
    let made = recolor(content, &scene);
    let Recolored { content, overprints, two_inks, unknown, most_ink } = made;
    let stream = match inks.drawing() {
        Drawing::Press => values::deflated(dictionary, &content),
        // Drawings of plates are looked at once, and never stored.
        _ => values::plain(dictionary, content),
    };
    Content { stream, overprints, two_inks, unknown, most_ink }
}

/// Images and shadings; how many could not be understood.
fn others(
    document: &Document,
    reach: &Reach<'_>,
    inks: &Inks<'_>,
    reserved: u32,
) -> (Vec<(ObjectId, Object)>, usize) {
    let mut numbers = reserved + 1..;
    let numbered: Vec<_> = reach.images.iter().zip(numbers.by_ref()).collect();
    let images = numbered.into_par_iter().map(|((id, mask), stencil)| {
        let stencil = (stencil, 0);
        let stream = document.get_object(*id).and_then(Object::as_stream).ok()?;
        Some(match image::image(document, inks, stream, *mask) {
            image::Outcome::Kept => vec![],
            image::Outcome::Changed(image) => vec![(*id, Object::Stream(image))],
            image::Outcome::Masked(image, mask) => {
                let image = image::masked(*image, stencil);
                vec![(*id, Object::Stream(image)), (stencil, Object::Stream(*mask))]
            }
            image::Outcome::Unknown => return None,
        })
    });
    let numbered: Vec<_> = reach.shadings.iter().zip(numbers).collect();
    let shadings = numbered.into_par_iter().map(|((id, mask), function)| {
        let function = (function, 0);
        let original = document.get_object(*id).ok()?;
        Some(match shading::shading(document, inks, original, *mask, function) {
            shading::Outcome::Kept => vec![],
            shading::Outcome::Changed(shaded) => {
                let shading = match original {
                    Object::Stream(stream) => {
                        let mut stream = stream.clone();
                        stream.dict = shaded.dictionary;
                        Object::Stream(stream)
                    }
                    _ => Object::Dictionary(shaded.dictionary),
                };
                vec![(*id, shading), (function, Object::Stream(shaded.function))]
            }
            shading::Outcome::Mesh(mesh) => vec![(*id, Object::Stream(*mesh))],
            shading::Outcome::Unknown => return None,
        })
    });
    let made: Vec<Option<Vec<_>>> = images.chain(shadings).collect();
    let unknown = made.iter().filter(|made| made.is_none()).count();
    (made.into_iter().flatten().flatten().collect(), unknown)
}

/// The graphics states that contents may name, and the objects that they are.
fn shared_states(
    inks: &Inks<'_>,
    last: u32,
) -> Vec<(&'static str, ObjectId, Dictionary)> {
    let useful = OVERPRINT_STATES.iter().filter(|(name, _)| {
        let blends = matches!(*name, "KpDarken" | "KpNormal");
        blends != (inks.drawing() == Drawing::Press)
    });
    let states = useful.zip(last + 1..);
    states
        .map(|((name, state), number)| (*name, (number, 0), state()))
        .collect()
}

/// A resource dictionary without the colour spaces that nothing names any more,
/// and with the graphics states and the colour space that are named now.
fn resources_in_inks(
    document: &Document,
    inks: &Inks<'_>,
    resources: &Dictionary,
    states: &[(&'static str, ObjectId, Dictionary)],
    second: Option<ObjectId>,
) -> Dictionary {
    let mut dressed = resources.clone();
    let spaces = values::dictionary_at(document, resources, b"ColorSpace");
    let mut kept = Dictionary::new();
    for (name, object) in spaces.into_iter().flat_map(Dictionary::iter) {
        if let Some(space) = space_in_inks(document, inks, object) {
            kept.set(name.clone(), space);
        }
    }
    if let Some(second) = second {
        kept.set(SECOND, second);
    }
    if kept.is_empty() {
        dressed.remove(b"ColorSpace");
    } else {
        dressed.set("ColorSpace", kept);
    }
    if !states.is_empty() {
        let named = values::dictionary_at(document, resources, b"ExtGState");
        let mut named = named.cloned().unwrap_or_default();
        for (name, id, _) in states {
            named.set(*name, *id);
        }
        dressed.set("ExtGState", named);
    }
    dressed
}

/// A colour space as content still names it; `None` when nothing does.
fn space_in_inks(
    document: &Document,
    inks: &Inks<'_>,
    object: &Object,
) -> Option<Object> {
    let space = Space::read(document, object);
    match &space {
        space if space.is_process() => None,
        Space::Pattern(Some(base)) if base.is_process() => {
            Some(Object::Array(vec!["Pattern".into(), inks.paint_space()]))
        }
        // None of these is on the press.
        Space::Tint(_) if inks.is_reduced() => None,
        Space::Tint(tint) if tint.inks.len() == 1 && tint.alternate.components() != 4 => {
            let full = inks.of(document, &space, &[1.0])?;
            let array = values::follow(document, object).as_array().ok()?;
            let function = dictionary! {
                "FunctionType" => 2,
                "Domain" => values::reals([0.0, 1.0]),
                "C0" => values::reals([0.0; 4]),
                "C1" => values::reals(full),
                "N" => 1,
            };
            let name = array.get(1)?.clone();
            let space =
                vec!["Separation".into(), name, "DeviceCMYK".into(), function.into()];
            Some(Object::Array(space))
        }
        _ => Some(object.clone()),
    }
}

/// A page with its new content, and a group that blends in the press's inks.
fn page_in_inks(
    document: &Document,
    inks: &Inks<'_>,
    page: &Page<'_>,
    content: ObjectId,
    dress: &impl Fn(&Dictionary) -> Dictionary,
) -> Option<Object> {
    let mut dictionary = document.get_dictionary(page.id).ok()?.clone();
    dictionary.set("Contents", content);
    let is_shared = dictionary.get(b"Resources").is_ok_and(|r| r.as_reference().is_ok());
    if !is_shared {
        dictionary.set("Resources", dress(page.resources));
    }
    let group = values::dictionary_at(document, &dictionary, b"Group");
    let mut group = group.cloned().unwrap_or_default();
    group.set("Type", "Group");
    group.set("S", "Transparency");
    group.set("CS", inks.device());
    dictionary.set("Group", group);
    Some(Object::Dictionary(dictionary))
}

/// The resources and the blending space of a form.
fn finish_form(
    document: &Document,
    inks: &Inks<'_>,
    drawn: &Drawn<'_>,
    form: &mut Dictionary,
    dress: &impl Fn(&Dictionary) -> Dictionary,
) {
    if form
        .get(b"Resources")
        .is_ok_and(|resources| resources.as_dict().is_ok())
    {
        form.set("Resources", dress(drawn.resources));
    }
    let group = values::dictionary_at(document, form, b"Group").cloned();
    if let Some(mut group) = group
        && group.has(b"CS")
    {
        group.set("CS", if drawn.mask { "DeviceGray" } else { inks.device() });
        form.set("Group", group);
    }
}
