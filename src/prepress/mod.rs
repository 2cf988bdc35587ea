//! PDF to print-ready PDF: knows PDF and paper, not books.

mod color;
mod content;
mod icc;
mod image;
mod page_box;
mod reach;
mod separate;
mod separation;
mod shading;
mod values;

pub use icc::{Profile, ProfileError};
pub use separation::{Plates, Separations, Spot, worst_spots};

use crate::edition::Palette;

pub fn try_it(pdf: &[u8]) -> Vec<u8> {
    let t = std::time::Instant::now();
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    eprintln!("load {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let pages: Vec<_> = document.page_iter().collect();
    let palette = Palette::default();
    let profile = Profile::bundled().unwrap();
    eprintln!("profile {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let inks = color::Inks::new(profile, &palette, false, 3.0);
    let findings = separate::separate(&mut document, &pages, &inks);
    eprintln!("separate {:?} {findings:?}", t.elapsed());
    let t = std::time::Instant::now();
    let mut out = Vec::new();
    document.prune_objects();
    eprintln!("prune {:?}", t.elapsed());
    document.save_with_options(&mut out, lopdf::SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build()).unwrap();
    eprintln!("save {:?}", t.elapsed());
    out
}
