//! Media, bleed and trim boxes (ISO 15930-7, 6.13).

use lopdf::{Document, Object, ObjectId};

use super::values;
use crate::edition::Bleed;

/// Points in a millimetre.
pub(super) const PT_PER_MM: f64 = 72.0 / 25.4;

/// A rectangle: left, bottom, right, top, in points.
pub(super) type Rectangle = [f64; 4];

/// Sets the boxes of each page: the trim box is where it was, or as far inside
/// the media box as the bleed; the bleed box lies around it.
pub(super) fn set(
    document: &mut Document,
    pages: &[ObjectId],
    bleed: Bleed,
) -> Result<(), lopdf::Error> {
    let bleed = bleed.0 * PT_PER_MM;
    for &id in pages {
        let read = |key: &[u8]| rectangle(document, id, key);
        let media = read(b"MediaBox").unwrap_or([0.0, 0.0, 595.276, 841.89]);
        let trim = read(b"TrimBox").unwrap_or_else(|| grown(media, -bleed));
        let outer = grown(trim, bleed);
        let printed = [
            outer[0].max(media[0]),
            outer[1].max(media[1]),
            outer[2].min(media[2]),
            outer[3].min(media[3]),
        ];
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        page.remove(b"CropBox");
        page.remove(b"ArtBox");
        page.set("MediaBox", object(media));
        page.set("TrimBox", object(trim));
        page.set("BleedBox", object(printed));
    }
    Ok(())
}

/// A box of a page, as it is written or inherited.
pub(super) fn rectangle(
    document: &Document,
    page: ObjectId,
    key: &[u8],
) -> Option<Rectangle> {
    let sides = values::numbers(document, values::inherited(document, page, key)?);
    let [a, b, c, d] = *sides.first_chunk::<4>()?;
    let [left, bottom, right, top] =
        [a.min(c), b.min(d), a.max(c), b.max(d)].map(f64::from);
    (right > left && top > bottom).then_some([left, bottom, right, top])
}

/// The rectangle with each side moved outwards.
pub(super) fn grown([left, bottom, right, top]: Rectangle, by: f64) -> Rectangle {
    [left - by, bottom - by, right + by, top + by]
}

/// A box as PDF has it, in thousandths of a point: finer is noise of the number
/// format.
pub(super) fn object(sides: Rectangle) -> Object {
    #[expect(clippy::cast_possible_truncation, reason = "PDF reals are single precision")]
    let real = |side: f64| Object::Real(((side * 1000.0).round() / 1000.0) as f32);
    Object::Array(sides.into_iter().map(real).collect())
}
