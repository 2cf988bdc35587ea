//! Pictures and gradients as other programs make them: masked by colour, packed
//! as JPEG 2000, spread over meshes.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::two_inks::{in_two_inks, two_inks};
use super::{Sketch, finished, middle, palette, sheet};
use crate::diag::Sink;
use crate::edition::ColorPolicy;
use crate::prepress::{Separations, finish};

/// A picture with these entries and samples over the page.
fn picture(entries: Dictionary, samples: Vec<u8>, before: &str) -> Vec<u8> {
    let mut sketch = Sketch::new();
    let mut entries = entries;
    entries.set("Type", "XObject");
    entries.set("Subtype", "Image");
    let image = sketch.add(Stream::new(entries, samples));
    let content = format!("{before} 100 0 0 100 0 0 cm /I Do");
    sketch.with("XObject", "I", image).drawn(&content)
}

/// Two pixels on a red ground: left out on the left, green on the right.
fn keyed() -> Vec<u8> {
    let entries = dictionary! { "Width" => 2, "Height" => 1,
    "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
    "Mask" => [250, 255, 0, 5, 0, 5].map(Object::from).to_vec() };
    picture(entries, vec![255, 0, 0, 0, 160, 80], "0 1 1 0 k 0 0 100 100 re f")
}

#[test]
fn a_picture_masked_by_colour_keeps_its_hole() {
    let pdf = keyed();
    let document = finished(&pdf, ColorPolicy::Cmyk);
    let images = document.objects.values().filter_map(|object| object.as_stream().ok());
    let masks = images.filter_map(|image| image.dict.get(b"Mask").ok());
    assert!(masks.into_iter().all(|mask| mask.as_reference().is_ok()));
    let plates = Separations::of(&document, &[0]).unwrap().plates(0, 72).unwrap();
    let at = |x: usize| 50 * plates.width + x;
    assert_eq!([plates.inks[0][at(20)], plates.inks[1][at(20)]], [0, 255]);
    assert!(plates.inks[0][at(80)] > 150 && plates.inks[1][at(80)] < 60);
    // Before it is finished, the same place is open.
    let raw = Document::load_mem(&pdf).unwrap();
    let plates = Separations::of(&raw, &[0]).unwrap().plates(0, 72).unwrap();
    assert_eq!(plates.inks[1][at(20)], 255);
}

/// Eight by eight pixels of RGB 230, 40, 30, by `OpenJPEG`.
const RED_JP2: &str = "\
    AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAACAAAAAgA\
    AwcHAAAAAAAPY29scgEAAAAAABAAAADBanAyY/9P/1EALwAAAAAACAAAAAgAAAAAAAAAAAAAAAgA\
    AAAIAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAAAEBAAB/1wABEBA/2QAJQABQ3JlYXRlZCBi\
    eSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAAAAAASQAB/5PPtEwUAFyv/JCIAAAAGEhLuvWA\
    BhIRz7Q0EVBUooNWKAAAADCQl8+0SBFQVK/9oYgAAAAYSEWYQMJCX//Z";

fn red() -> Vec<u8> {
    base64::Engine::decode(&base64::prelude::BASE64_STANDARD, RED_JP2).unwrap()
}

#[test]
fn jpeg_2000_is_unpacked_and_separated() {
    let data = red();
    let with = |space: Option<&str>| {
        let mut entries = dictionary! { "Width" => 8, "Height" => 8,
        "BitsPerComponent" => 8, "Filter" => "JPXDecode" };
        if let Some(space) = space {
            entries.set("ColorSpace", space);
        }
        picture(entries, data.clone(), "")
    };
    // Its colour space may be its own.
    for pdf in [with(Some("DeviceRGB")), with(None)] {
        let document = finished(&pdf, ColorPolicy::Cmyk);
        let [c, m, y, k] = middle(&document);
        assert!(c < 20 && m > 80 && y > 80 && k < 15, "{:?}", [c, m, y, k]);
        let [c, m, y, k] = middle(&finished(&pdf, ColorPolicy::Gray));
        assert!(c + m + y == 0 && (40..80).contains(&k), "{:?}", [c, m, y, k]);
        let images = document.objects.values().filter_map(|o| o.as_stream().ok());
        let mut filters = images.filter_map(|image| image.filters().ok());
        assert!(filters.all(|filters| filters != [b"JPXDecode"]));
    }
    // Damaged, it is refused with a word about it.
    let entries = dictionary! { "Width" => 8, "Height" => 8, "BitsPerComponent" => 8,
    "ColorSpace" => "DeviceRGB", "Filter" => "JPXDecode" };
    let pdf = picture(entries, data[..60].to_vec(), "");
    let palette = palette();
    let mut sink = Sink::new();
    assert!(finish(&pdf, &sheet(&palette, ColorPolicy::Cmyk), &mut sink).is_none());
    assert_eq!(sink.sorted()[0].rule.code, "prepress-failed");
}

/// A mesh over the page: a triangle (4), a lattice (5), or a patch (6, 7), all of
/// whose points have this colour.
fn mesh(kind: i64, color: [u8; 3]) -> Vec<u8> {
    let point = |x: u16, y: u16| [x.to_be_bytes(), y.to_be_bytes()].concat();
    // Coordinates run from -100 to 300.
    let corners = [(0_u16, 0_u16), (0, 65535), (65535, 65535), (65535, 0)];
    let mut data = Vec::new();
    match kind {
        4 | 5 => {
            let order: &[usize] =
                if kind == 4 { &[0, 1, 2, 0, 2, 3] } else { &[0, 3, 1, 2] };
            for corner in order {
                let (x, y) = corners[*corner];
                if kind == 4 {
                    data.push(0);
                }
                data.extend(point(x, y));
                data.extend(color);
            }
        }
        _ => {
            // Thirds of each side between the corners, then the inner points.
            data.push(0);
            for at in 0..4 {
                let ((ax, ay), (bx, by)) = (corners[at], corners[(at + 1) % 4]);
                let third = |a: u16, b: u16, n: u32| {
                    let (a, b) = (u32::from(a), u32::from(b));
                    u16::try_from((a * (3 - n) + b * n) / 3).unwrap()
                };
                for n in 0..3 {
                    data.extend(point(third(ax, bx, n), third(ay, by, n)));
                }
            }
            if kind == 7 {
                for (x, y) in [(1, 1), (1, 2), (2, 2), (2, 1)] {
                    data.extend(point(x * 21845, y * 21845));
                }
            }
            data.extend(color.repeat(4));
        }
    }
    let mut sketch = Sketch::new();
    let mut entries = dictionary! { "ShadingType" => kind, "ColorSpace" => "DeviceRGB",
    "BitsPerCoordinate" => 16, "BitsPerComponent" => 8,
    "Decode" => [-100, 300, -100, 300, 0, 1, 0, 1, 0, 1].map(Object::from).to_vec() };
    if kind == 5 {
        entries.set("VerticesPerRow", 2);
    } else {
        entries.set("BitsPerFlag", 8);
    }
    let shading = sketch.add(Stream::new(entries, data));
    sketch.with("Shading", "S", shading).drawn("/S sh")
}

#[test]
fn meshes_are_separated_point_by_point() {
    for kind in 4..=7 {
        let pdf = mesh(kind, [0x0B, 0x4F, 0x5C]);
        assert_eq!(
            middle(&finished(&pdf, ColorPolicy::Cmyk)),
            [90, 50, 45, 30],
            "{kind}"
        );
        assert_eq!(middle(&finished(&pdf, ColorPolicy::Gray)), [0, 0, 0, 80], "{kind}");
        assert_eq!(two_inks(&in_two_inks(&pdf)), [100, 0], "{kind}");
        let grey = finished(&mesh(kind, [128; 3]), ColorPolicy::Cmyk);
        assert_eq!(middle(&grey), [0, 0, 0, 50], "{kind}");
    }
}

#[test]
fn damaged_meshes_and_pictures_never_end_the_run() {
    let packed = dictionary! { "Width" => 8, "Height" => 8, "BitsPerComponent" => 8,
    "ColorSpace" => "DeviceRGB", "Filter" => "JPXDecode" };
    let mut seeds = vec![keyed(), picture(packed, red(), "")];
    seeds.extend((4..=7).map(|kind| mesh(kind, [200, 20, 20])));
    for whole in seeds {
        for at in (9..whole.len()).step_by(11) {
            let mut broken = whole.clone();
            broken[at] ^= 0x55;
            // The drawings of plates go through the same conversion.
            for broken in [broken.as_slice(), &whole[..at]] {
                if let Ok(document) = Document::load_mem(broken) {
                    let _ = Separations::of(&document, &[0]);
                }
            }
        }
    }
}
