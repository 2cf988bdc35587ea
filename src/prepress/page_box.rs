//! Media, bleed and trim boxes.

use lopdf::{Document, Object, SaveOptions};

use crate::edition::Bleed;

/// Points in a millimetre.
const PT_PER_MM: f64 = 72.0 / 25.4;

/// Sets the bleed box to the media box and the trim box inside it.
pub(super) fn set(pdf: &[u8], bleed: Bleed) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<_> = document.page_iter().collect();
    for id in pages {
        let media = document.get_dictionary(id)?.get(b"MediaBox")?.clone();
        let sides = rectangle(&media)?;
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        page.set("TrimBox", trim(sides, bleed.0 * PT_PER_MM));
        page.set("BleedBox", media);
    }
    let mut bytes = Vec::with_capacity(pdf.len() + 4096);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    document.save_with_options(&mut bytes, options.build())?;
    Ok(bytes)
}

fn rectangle(object: &Object) -> Result<[f64; 4], lopdf::Error> {
    let mut sides = [0.0; 4];
    for (side, value) in sides.iter_mut().zip(object.as_array()?) {
        *side = f64::from(value.as_float()?);
    }
    Ok(sides)
}

/// The trim box, in thousandths of a point: finer is noise of the number
/// format.
fn trim([left, bottom, right, top]: [f64; 4], bleed: f64) -> Object {
    #[expect(clippy::cast_possible_truncation, reason = "PDF reals are single precision")]
    let real = |side: f64| Object::Real(((side * 1000.0).round() / 1000.0) as f32);
    let sides = [left + bleed, bottom + bleed, right - bleed, top - bleed];
    Object::Array(sides.into_iter().map(real).collect())
}
