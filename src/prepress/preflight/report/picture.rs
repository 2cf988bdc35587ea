//! Pictures of the places of findings.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, RgbaImage};

use crate::prepress::preflight::drawing::{self, Cutout};
use crate::prepress::preflight::{Finding, Preflighted};

/// Pictures in one report.
const MAX_PICTURES: usize = 80;

/// The shown part is at least this wide and high, in points: 4 cm.
const LEAST: f64 = 113.0;

/// The longest side of a picture, in pixels.
const SIDE: u32 = 340;

/// A picture, ready for a page of HTML.
#[derive(Debug)]
pub(super) struct Picture {
    /// `data:image/png;base64,…`.
    pub(super) address: String,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Left, top, width, height of the finding, in parts of the picture.
    pub(super) frame: [f64; 4],
}

/// The pictures, by the index of their finding.
pub(super) fn pictures(result: &Preflighted, pdf: &[u8]) -> BTreeMap<usize, Picture> {
    let numbered = result.findings.iter().enumerate();
    let chosen: Vec<(usize, &Finding)> = numbered
        .filter(|(_, finding)| finding.page.is_some())
        .take(MAX_PICTURES)
        .collect();
    let pages: BTreeSet<usize> = chosen.iter().filter_map(|(_, f)| f.page).collect();
    let mut pictures = BTreeMap::new();
    if pages.is_empty() {
        return pictures;
    }
    drawing::draw(pdf, &pages, |page, drawn| {
        for (index, finding) in chosen.iter().filter(|(_, f)| f.page == Some(page)) {
            let cutout = match finding.rect {
                Some(rect) => drawn.around(rect, LEAST),
                None => Some(drawn.whole()),
            };
            if let Some(picture) = cutout.and_then(|cutout| encoded(&cutout)) {
                pictures.insert(*index, picture);
            }
        }
    });
    pictures
}

fn encoded(cutout: &Cutout) -> Option<Picture> {
    let (width, height) = cutout.pixels.dimensions();
    let longest = width.max(height).max(1);
    let small;
    let pixels: &RgbaImage = if longest > SIDE {
        let fit = |side: u32| (side * SIDE / longest).max(1);
        small = image::imageops::thumbnail(&cutout.pixels, fit(width), fit(height));
        &small
    } else {
        &cutout.pixels
    };
    let mut png = Vec::new();
    let rgb: Vec<u8> = pixels
        .pixels()
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    PngEncoder::new_with_quality(
        &mut png,
        CompressionType::Default,
        FilterType::Adaptive,
    )
    .write_image(&rgb, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
    .ok()?;
    Some(Picture {
        address: format!("data:image/png;base64,{}", BASE64_STANDARD.encode(png)),
        width: pixels.width(),
        height: pixels.height(),
        frame: cutout.frame,
    })
}
