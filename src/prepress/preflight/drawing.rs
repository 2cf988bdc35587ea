//! Pages as pictures, for the report.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::RgbaImage;
use lopdf::{Dictionary, Object, ObjectId};

use super::inspected::Rect;
use super::reading;

/// Pixels in a point: 144 in an inch.
const SCALE: f64 = 2.0;

/// The longest side of a picture, in pixels.
const MAX_SIDE: f64 = 2200.0;

/// The longest side of a page, in points: the largest that PDF 1.6 knows.
const MAX_SHEET: f64 = 14_400.0;

/// A drawn page.
#[derive(Debug)]
pub(super) struct Drawn {
    pixels: RgbaImage,
    sheet: Rect,
    scale: f64,
}

/// A part of a drawn page, with the place of what it shows.
#[derive(Debug)]
pub(super) struct Cutout {
    pub(super) pixels: RgbaImage,
    /// Left, top, width, height of the thing, in parts of the picture.
    pub(super) frame: [f64; 4],
}

/// The renderer's stack, in bytes: it follows nested things by recursion.
const STACK: usize = 64 << 20;

/// Draws pages one after another and gives each to `take`; pages that cannot
/// be drawn within bounds are left out.
pub(super) fn draw(
    pdf: &[u8],
    pages: &BTreeSet<usize>,
    take: impl FnMut(usize, &Drawn) + Send,
) {
    let Ok(mut opened) = reading::open(pdf) else { return };
    // Written anew, so that the renderer reads what was measured. The writer
    // is a library's, too, and object numbers may be the largest there are.
    let written = catch_unwind(AssertUnwindSafe(|| {
        let sheets = opened.spread(pages);
        opened.document.prune_objects();
        opened.document.renumber_objects();
        let mut clean = Vec::new();
        opened.document.save_to(&mut clean).ok()?;
        Some((sheets, clean))
    }));
    let Ok(Some((sheets, clean))) = written else { return };
    if sheets.is_empty() {
        return;
    }
    drop(opened);
    std::thread::scope(|scope| {
        // A page that the renderer cannot take has no picture; the finding
        // stands, and the panic ends only this thread.
        let work = || {
            let _ = catch_unwind(AssertUnwindSafe(|| render_all(clean, &sheets, take)));
        };
        let thread = std::thread::Builder::new().stack_size(STACK);
        let _ = thread.spawn_scoped(scope, work).map(|handle| handle.join().is_ok());
    });
}

fn render_all(
    clean: Vec<u8>,
    sheets: &[(usize, Rect)],
    mut take: impl FnMut(usize, &Drawn),
) {
    let Ok(pdf) = Pdf::new(clean) else { return };
    let cache = RenderCache::new();
    let settings = InterpreterSettings {
        render_annotations: false,
        ..InterpreterSettings::default()
    };
    for (page, (number, sheet)) in pdf.pages().iter().zip(sheets) {
        let longest = sheet.width().max(sheet.height()).max(1.0);
        let scale = SCALE.min(MAX_SIDE / longest);
        #[expect(clippy::cast_possible_truncation, reason = "a scale between 0 and 2")]
        let factor = scale as f32;
        let look = RenderSettings {
            x_scale: factor,
            y_scale: factor,
            bg_color: WHITE,
            ..RenderSettings::default()
        };
        let pixmap = render(page, &cache, &settings, &look);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        let bytes = pixmap.data_as_u8_slice().to_vec();
        if let Some(pixels) = RgbaImage::from_raw(width, height, bytes) {
            take(*number, &Drawn { pixels, sheet: *sheet, scale });
        }
    }
}

impl Drawn {
    /// The part around a rectangle, at least so wide and high (in points).
    pub(super) fn around(&self, rect: Rect, least: f64) -> Option<Cutout> {
        let shown = rect.meet(self.sheet);
        if shown.is_empty() {
            return None;
        }
        let grow = |length: f64| ((least - length) / 2.0).max(length * 0.08).max(4.0);
        let (x, y) = (grow(shown.width()), grow(shown.height()));
        let window = Rect {
            left: shown.left - x,
            bottom: shown.bottom - y,
            right: shown.right + x,
            top: shown.top + y,
        };
        let window = window.meet(self.sheet);
        let left = pixel((window.left - self.sheet.left) * self.scale);
        let top = pixel((self.sheet.top - window.top) * self.scale);
        let width = pixel(window.width() * self.scale).max(1);
        let height = pixel(window.height() * self.scale).max(1);
        let pixels =
            image::imageops::crop_imm(&self.pixels, left, top, width, height).to_image();
        if pixels.width() == 0 || pixels.height() == 0 {
            return None;
        }
        let frame = [
            (shown.left - window.left) / window.width(),
            (window.top - shown.top) / window.height(),
            shown.width() / window.width(),
            shown.height() / window.height(),
        ];
        Some(Cutout { pixels, frame })
    }

    /// The whole page.
    pub(super) fn whole(&self) -> Cutout {
        Cutout { pixels: self.pixels.clone(), frame: [0.0; 4] }
    }
}

/// A whole number of pixels; at least none, at most what a picture has.
fn pixel(length: f64) -> u32 {
    let text = format!("{:.0}", length.clamp(0.0, MAX_SIDE * 4.0));
    text.parse().unwrap_or(0)
}

impl reading::Opened {
    /// A number that no object has; the library's own way may overflow.
    fn free_id(&self) -> ObjectId {
        let is_free = |number: &u32| !self.document.objects.contains_key(&(*number, 0));
        ((1..u32::MAX).find(is_free).unwrap_or(u32::MAX), 0)
    }

    /// Leaves only the pages that can be drawn, each showing all of its sheet,
    /// upright, in a page tree of one level; gives their sheets in order.
    pub(super) fn spread(&mut self, pages: &BTreeSet<usize>) -> Vec<(usize, Rect)> {
        let wanted: Vec<_> = {
            let mut reading = self.read();
            pages
                .iter()
                .filter_map(|number| {
                    let (id, sheet, inherited) = reading.place(*number)?;
                    let sized = sheet.width() > 1.0
                        && sheet.height() > 1.0
                        && sheet.width().max(sheet.height()) < MAX_SHEET;
                    let drawable = sized && reading.is_drawable(*number);
                    drawable.then_some((*number, id, sheet, inherited))
                })
                .collect()
        };
        let root = self.free_id();
        let mut kids = Vec::new();
        let mut sheets = Vec::new();
        for (number, id, sheet, inherited) in wanted {
            let Some(Object::Dictionary(page)) = self.document.objects.get_mut(&id)
            else {
                continue;
            };
            #[expect(
                clippy::cast_possible_truncation,
                reason = "PDF reals are single precision"
            )]
            let sides = [sheet.left, sheet.bottom, sheet.right, sheet.top]
                .map(|side| Object::Real(side as f32));
            page.set("MediaBox", sides.to_vec());
            page.set("CropBox", sides.to_vec());
            page.set("Rotate", 0);
            page.set("Parent", root);
            page.remove(b"UserUnit");
            if let Some(resources) = inherited {
                page.set("Resources", resources);
            }
            kids.push(Object::Reference(id));
            sheets.push((number, sheet));
        }
        let mut tree = Dictionary::new();
        tree.set("Type", "Pages");
        tree.set("Count", u32::try_from(kids.len()).unwrap_or(0));
        tree.set("Kids", kids);
        self.document.objects.insert(root, Object::Dictionary(tree));
        if let Ok(catalog) = self.document.catalog_mut() {
            catalog.set("Pages", root);
        }
        sheets
    }
}
