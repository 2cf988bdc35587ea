//! Separations: what each page leaves on the plates of cyan, magenta, yellow,
//! black and the spot inks.
//!
//! A renderer of screens has no plates. So the pages are rewritten, in drawings
//! that it knows: one whose red, green and blue are the absence of cyan, magenta
//! and yellow, one whose grey is the absence of black, and such a one for each
//! spot ink. What knocks out, overprints or shines through on press does the
//! same there.

mod coverage;
mod render;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, dictionary};

use super::color::{Drawing, Inks, Press};
use super::icc::Profile;
use super::separate::separate;
use super::values;
use crate::edition::Palette;
use rayon::prelude::*;
use render::Drawings;

pub use coverage::{Spot, worst_spots};

/// What a page leaves on each plate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plates {
    /// Pixels in a row.
    pub width: usize,
    /// Rows, from the top of the media box.
    pub height: usize,
    /// Pixels in an inch.
    pub dpi: u32,
    /// Cyan, magenta, yellow and black; a byte a pixel, 255 being full ink.
    pub inks: [Vec<u8>; 4],
    /// The spot inks of the document by name, and their plates in the same way.
    pub spots: Vec<(String, Vec<u8>)>,
}

/// Spot inks that have plates of their own; of more, what stands in for them is
/// shown.
const MOST_SPOTS: usize = 4;

/// Pages of a document, ready to be separated into plates.
pub struct Separations(Drawings);

impl Separations {
    /// Prepares the pages of a document (counted from 0) for separation; the
    /// others are left out. Colours that are not in process inks are separated
    /// by the bundled printing condition. Annotations, page rotation and crop boxes are ignored.
    ///
    /// `None` when the document is too damaged to be drawn.
    pub fn of(document: &Document, pages: &[usize]) -> Option<Self> {
        let all: Vec<ObjectId> = document.page_iter().collect();
        let chosen: Vec<ObjectId> = pages
            .iter()
            .map(|page| all.get(*page).copied())
            .collect::<Option<_>>()?;
        let excerpt = excerpt(document, &chosen);
        let spots = spot_inks(&excerpt);
        let process = |drawing| {
            let inks = process_inks()?.drawn_as(drawing, spots.clone());
            drawn(excerpt.clone(), chosen.len(), &inks)
        };
        let (chromatic, black) =
            rayon::join(|| process(Drawing::Chromatic), || process(Drawing::Black));
        let plates = spots.par_iter().map(|name| {
            let inks = process_inks()?.on_plate_of(name);
            let drawn = drawn(excerpt.clone(), chosen.len(), &inks)?;
            Some((String::from_utf8_lossy(name).into_owned(), drawn))
        });
        let plates: Option<Vec<_>> = plates.collect();
        Drawings::read(chromatic?, black?, plates?).map(Self)
    }

    /// The plates of a page; the count is that of the pages chosen.
    ///
    /// `None` when there is no such page, when it is larger than is bearable,
    /// or when it cannot be drawn.
    pub fn plates(&self, page: usize, dpi: u32) -> Option<Plates> {
        self.0.plates(page, dpi)
    }
}

impl Plates {
    /// The sum of inks at a pixel, 100 being one full ink.
    pub fn total(&self, x: usize, y: usize) -> f64 {
        let at = y * self.width + x;
        let spots = self.spots.iter().map(|(_, plate)| plate);
        let sum = self
            .inks
            .iter()
            .chain(spots)
            .map(|plate| plate.get(at).map_or(0, |ink| u32::from(*ink)));
        f64::from(sum.sum::<u32>()) / 2.55
    }

    /// How much of the page each ink covers, from 0 to 1.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a sum of bytes and a count of pixels"
    )]
    pub fn coverage(&self) -> [f64; 4] {
        self.inks.each_ref().map(|plate| {
            let sum: u64 = plate.iter().map(|ink| u64::from(*ink)).sum();
            sum as f64 / 255.0 / plate.len().max(1) as f64
        })
    }
}

/// A document of these pages alone, with all that they need.
fn excerpt(document: &Document, pages: &[ObjectId]) -> Document {
    const BOXES: [&[u8]; 2] = [b"MediaBox", b"Resources"];
    let mut excerpt = Document::with_version("1.7");
    excerpt.objects = document.objects.clone();
    excerpt.max_id = document.max_id + 2;
    let (catalog, tree) = ((document.max_id + 1, 0), (document.max_id + 2, 0));
    let mut kids = Vec::new();
    for (&page, number) in pages.iter().zip(excerpt.max_id + 1..) {
        let mut leaf = dictionary! { "Type" => "Page", "Parent" => tree };
        for key in BOXES {
            if let Some(object) = values::inherited(document, page, key) {
                leaf.set(key, object.clone());
            }
        }
        let own = document.get_dictionary(page).ok();
        for key in [b"Contents".as_slice(), b"Group", b"Resources"] {
            if let Some(object) = own.and_then(|own| own.get(key).ok()) {
                leaf.set(key, object.clone());
            }
        }
        kids.push(Object::Reference((number, 0)));
        excerpt.objects.insert((number, 0), Object::Dictionary(leaf));
        excerpt.max_id = number;
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    let root = dictionary! { "Type" => "Catalog", "Pages" => tree };
    excerpt.objects.insert(tree, Object::Dictionary(pages));
    excerpt.objects.insert(catalog, Object::Dictionary(root));
    excerpt.trailer = Dictionary::new();
    excerpt.trailer.set("Root", catalog);
    excerpt.prune_objects();
    excerpt
}

/// The process inks as they are, without recipes and limits.
fn process_inks() -> Option<Inks<'static>> {
    const NO_LIMIT: f32 = 4.0;
    static NO_PALETTE: LazyLock<Palette> = LazyLock::new(Palette::default);
    let profile = Profile::bundled().ok()?;
    Some(Inks::new(profile, &NO_PALETTE, Press::Process, NO_LIMIT))
}

/// The spot inks that are named anywhere in the document, as colorants are.
fn spot_inks(document: &Document) -> BTreeSet<Vec<u8>> {
    const NONE: [&[u8]; 6] = [b"All", b"None", b"Cyan", b"Magenta", b"Yellow", b"Black"];
    let mut spots = BTreeSet::new();
    let mut objects: Vec<&Object> = document.objects.values().collect();
    while let Some(object) = objects.pop() {
        match object {
            Object::Dictionary(dictionary) => {
                objects.extend(dictionary.iter().map(|(_, value)| value));
            }
            Object::Stream(stream) => {
                objects.extend(stream.dict.iter().map(|(_, value)| value));
            }
            Object::Array(items) => {
                let is_ink = matches!(items.first(), Some(Object::Name(family))
                    if family == b"Separation" || family == b"DeviceN");
                if is_ink && let Some(names) = items.get(1) {
                    let names = match values::follow(document, names) {
                        Object::Array(names) => names.as_slice(),
                        name => std::slice::from_ref(name),
                    };
                    let names = names
                        .iter()
                        .filter_map(|name| values::follow(document, name).as_name().ok());
                    let names = names.filter(|name| !NONE.contains(name));
                    spots.extend(names.map(<[u8]>::to_vec));
                }
                objects.extend(items);
            }
            _ => {}
        }
    }
    if spots.len() > MOST_SPOTS { BTreeSet::new() } else { spots }
}

/// The file of one drawing.
fn drawn(mut excerpt: Document, pages: usize, inks: &Inks<'_>) -> Option<Vec<u8>> {
    let ids: Vec<ObjectId> = excerpt.page_iter().take(pages).collect();
    separate(&mut excerpt, &ids, inks);
    let mut bytes = Vec::new();
    excerpt.save_with_options(&mut bytes, SaveOptions::default()).ok()?;
    Some(bytes)
}
