//! Separations: what each page leaves on the plates of cyan, magenta, yellow
//! and black.
//!
//! A renderer of screens has no plates. So the pages are rewritten twice, in
//! drawings that it knows: one whose red, green and blue are the absence of
//! cyan, magenta and yellow, and one whose grey is the absence of black. What
//! knocks out, overprints or shines through on press does the same there.

mod coverage;
mod render;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, dictionary};

use super::color::{Drawing, Inks};
use super::icc::Profile;
use super::separate::separate;
use super::values;
use crate::edition::Palette;
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
}

/// Pages of a document, ready to be separated into plates.
pub struct Separations(Drawings);

impl Separations {
    /// Prepares the pages of a document (counted from 0) for separation; the
    /// others are left out. Colours that are not in process inks are separated
    /// by the bundled printing condition; spot colours by what stands in for
    /// them. Annotations, page rotation and crop boxes are ignored.
    ///
    /// `None` when the document is too damaged to be drawn.
    pub fn of(document: &Document, pages: &[usize]) -> Option<Self> {
        let all: Vec<ObjectId> = document.page_iter().collect();
        let chosen: Vec<ObjectId> = pages
            .iter()
            .map(|page| all.get(*page).copied())
            .collect::<Option<_>>()?;
        let excerpt = excerpt(document, &chosen);
        let drawn = |drawing| drawn(excerpt.clone(), chosen.len(), drawing);
        let (chromatic, black) =
            rayon::join(|| drawn(Drawing::Chromatic), || drawn(Drawing::Black));
        Drawings::read(chromatic?, black?).map(Self)
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
        let sum = self
            .inks
            .iter()
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

/// The file of one drawing.
fn drawn(mut excerpt: Document, pages: usize, drawing: Drawing) -> Option<Vec<u8>> {
    const NO_LIMIT: f32 = 4.0;
    let palette = Palette::default();
    let inks =
        Inks::new(Profile::bundled().ok()?, &palette, false, NO_LIMIT).drawn_as(drawing);
    let ids: Vec<ObjectId> = excerpt.page_iter().take(pages).collect();
    separate(&mut excerpt, &ids, &inks);
    let mut bytes = Vec::new();
    excerpt.save_with_options(&mut bytes, SaveOptions::default()).ok()?;
    Some(bytes)
}
