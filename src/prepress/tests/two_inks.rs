//! Two-colour printing: black and a spot ink.

use lopdf::{Document, Stream, dictionary};

use super::{RIVER, Sketch, gradient, middle, operators, palette, river, sheet};
use crate::diag::Sink;
use crate::edition::{ColorPolicy, Palette, Recipe, SpotColor};
use crate::prepress::{PressSheet, Separations, SlugLine, finish};

/// A finished file of black and a spot ink.
pub(super) fn in_two_inks(pdf: &[u8]) -> Document {
    let palette = palette();
    let spot = SpotColor {
        name: "PANTONE 3165 C".to_owned(),
        screen: RIVER.0,
        press: RIVER.1,
    };
    let sheet = PressSheet {
        spot: Some(spot),
        ..sheet(&palette, ColorPolicy::MonoSpot)
    };
    let mut sink = Sink::new();
    let made = finish(pdf, &sheet, &mut sink);
    Document::load_mem(&made.unwrap_or_else(|| panic!("{:?}", sink.sorted())).bytes)
        .unwrap()
}

/// The spot ink and black in the middle of the page, in percent; nothing is on
/// the other plates.
pub(super) fn two_inks(document: &Document) -> [u8; 2] {
    let plates = Separations::of(document, &[0]).unwrap().plates(0, 72).unwrap();
    let at = plates.height / 2 * plates.width + plates.width / 2;
    let percent =
        |plate: &Vec<u8>| u8::try_from((u32::from(plate[at]) * 100 + 127) / 255);
    let [c, m, y, k] = plates.inks.each_ref().map(percent).map(Result::unwrap);
    assert_eq!([c, m, y], [0; 3]);
    let spot = plates.spots.iter().find(|(name, _)| name == "PANTONE 3165 C");
    [spot.map_or(0, |(_, plate)| percent(plate).unwrap()), k]
}

#[test]
fn two_colour_printing_has_two_plates() {
    let painted = |paint: &str| {
        let pdf = Sketch::new().drawn(&format!("{paint} 0 0 100 100 re f"));
        two_inks(&in_two_inks(&pdf))
    };
    // The ink's own colour, and what has nothing of it.
    assert_eq!(painted("0.043137256 0.30980393 0.36078432 rg"), [100, 0]);
    assert_eq!(painted("0 g"), [0, 100]);
    assert_eq!(painted("0.5 0.5 0.5 rg"), [0, 50]);
    let [spot, black] = painted("0.79 0.31 0.11 rg");
    assert!(spot == 0 && (50..65).contains(&black), "{spot} {black}");
    // A tint of it, and a colour between the two.
    let [spot, black] = painted("0.87 0.92 0.93 rg");
    assert!((5..20).contains(&spot) && black < 6, "{spot} {black}");
    let [spot, black] = painted("0.1 0.2 0.2 rg");
    assert!(spot > 20 && black > 40, "{spot} {black}");
    // What lies over the ink knocks it out.
    assert_eq!(painted("0.04 0.31 0.36 rg 0 0 100 100 re f 1 g"), [0, 0]);
}

#[test]
fn black_overprints_the_spot_ink_and_gradients_are_made_of_both() {
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1",
    "BaseFont" => "Helvetica" };
    // Letters larger than the page.
    let pdf = Sketch::new().with("Font", "F", font).drawn(
        "0.043137256 0.30980393 0.36078432 rg 0 0 100 100 re f \
         0 g BT /F 400 Tf -60 -90 Td (I) Tj ET",
    );
    let document = in_two_inks(&pdf);
    assert!(operators(&document).iter().any(|operation| operation == "/KpFill gs"));
    assert_eq!(two_inks(&document)[0], 100, "the ground is whole under the letter");

    let pdf = gradient(river(), [1.0; 3], [0, 100]);
    let [spot, black] = two_inks(&in_two_inks(&pdf));
    assert!((25..75).contains(&spot) && black < 25, "{spot} {black}");
}

#[test]
fn pictures_are_black_where_there_are_two_inks() {
    let mut sketch = Sketch::new();
    let entries = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 2,
    "Height" => 2, "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8 };
    let image = sketch.add(Stream::new(entries, [0x0B, 0x4F, 0x5C].repeat(4)));
    let pdf = sketch.with("XObject", "I", image).drawn("100 0 0 100 0 0 cm /I Do");
    let [spot, black] = two_inks(&in_two_inks(&pdf));
    assert!(spot == 0 && (65..85).contains(&black), "{spot} {black}");
}

#[test]
fn black_of_the_theme_is_full_black_in_one_colour_too() {
    // `ink` is not quite black on screen and has no grey of its own.
    let palette: Palette = [(
        [0x11; 3],
        Recipe {
            press: [0.0, 0.0, 0.0, 1.0],
            gray: None,
            spot: None,
        },
    )]
    .into_iter()
    .collect();
    let pdf = Sketch::new().drawn("0.0667 0.0667 0.0667 rg 0 0 100 100 re f");
    let sheet = sheet(&palette, ColorPolicy::Gray);
    let made = finish(&pdf, &sheet, &mut Sink::new()).unwrap();
    assert_eq!(middle(&Document::load_mem(&made.bytes).unwrap()), [0, 0, 0, 100]);
}

#[test]
fn marks_are_on_the_plates_of_the_press_and_on_no_other() {
    let palette = palette();
    let marks = Some(SlugLine { folds: vec![10.0, 20.0], ..SlugLine::default() });
    let pdf = Sketch::new().drawn("1 g 0 0 100 100 re f");
    for (color, has_spot) in [(ColorPolicy::Gray, false), (ColorPolicy::MonoSpot, true)] {
        let spot = SpotColor {
            name: "GOLD".to_owned(),
            screen: [200, 160, 40],
            press: [0.1, 0.3, 0.9, 0.0],
        };
        let sheet = PressSheet {
            marks: marks.clone(),
            spot: has_spot.then_some(spot),
            ..sheet(&palette, color)
        };
        let made = finish(&pdf, &sheet, &mut Sink::new()).unwrap();
        let document = Document::load_mem(&made.bytes).unwrap();
        let plates = Separations::of(&document, &[0]).unwrap().plates(0, 72).unwrap();
        let [c, m, y, k] = plates.coverage();
        assert!(c + m + y == 0.0 && k > 0.0, "{color:?}");
        let spot = plates.spots.iter().map(|(_, plate)| plate.iter().max().unwrap());
        let full = spot.filter(|most| **most > 240).count();
        assert_eq!(full, usize::from(has_spot), "the bar has full ink");
    }
}
