//! 裁切线、折线、套准标记、色标和版外文字 around the pages of a file that is printed
//! as it is. They stand outside the bleed, in a media box that reaches below
//! zero: moving the page instead would leave its gradients behind (patterns are
//! fixed to the page's own origin, ISO 32000-1, 8.7.2).

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::color::SECOND;
use super::imposition::Lettering;
use super::page_box::{PT_PER_MM, Rectangle, grown, object, rectangle};
use super::values;

/// What stands in the margin of each page.
#[derive(Debug, Clone, Default)]
pub struct SlugLine<'a> {
    /// Where the page is folded, in mm from the left edge of the trim box.
    pub folds: Vec<f64>,
    /// A line about the file, before the number of the page.
    pub text: String,
    /// The font file that it is drawn with; nothing is written without one.
    pub font: Option<&'a [u8]>,
}

/// What marks need around the bleed, in points.
const ROOM: f64 = 12.0 * PT_PER_MM;
/// From the bleed to a mark.
const GAP: f64 = 1.0 * PT_PER_MM;
/// Length of a crop mark.
const LENGTH: f64 = 5.0 * PT_PER_MM;
/// From the bleed to the middle of a registration mark or of the colour bar.
const MIDDLE: f64 = 5.0 * PT_PER_MM;
/// The radius of a registration mark.
const RADIUS: f64 = 1.5 * PT_PER_MM;
/// The side of a patch of the colour bar.
const PATCH: f64 = 4.0 * PT_PER_MM;
/// The size of the line of text, in points.
const LETTERS: f64 = 6.0;

/// The colour bar of four inks: each of them, black by half, the overprints, a
/// neutral.
pub(super) const PATCHES: [&str; 9] = [
    "1 0 0 0 k",
    "0 1 0 0 k",
    "0 0 1 0 k",
    "0 0 0 1 k",
    "0 0 0 0.5 k",
    "1 1 0 0 k",
    "1 0 1 0 k",
    "0 1 1 0 k",
    "0.5 0.4 0.4 0 k",
];
/// The colour bar of black alone.
pub(super) const BLACK_PATCHES: [&str; 4] =
    ["0 0 0 1 k", "0 0 0 0.75 k", "0 0 0 0.5 k", "0 0 0 0.25 k"];
/// The colour bar of black and a spot ink.
const TWO_PATCHES: [&str; 6] = [
    "0 0 0 1 k",
    "0 0 0 0.5 k",
    "/KpTwo cs 0 1 scn",
    "/KpTwo cs 0 0.5 scn",
    "/KpTwo cs 1 1 scn",
    "/KpTwo cs 0.5 0.5 scn",
];

/// What marks are drawn with: every plate that is on the press, and no other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Plating {
    /// The four process inks.
    Process,
    /// Black alone.
    Black,
    /// Black and the spot ink of this colour space.
    Two(ObjectId),
}

impl Plating {
    /// The operators that choose the colour of lines on every plate.
    fn line(self) -> &'static str {
        match self {
            Self::Process => "/KpAll CS 1 SCN",
            Self::Black => "0 0 0 1 K",
            Self::Two(_) => "/KpTwo CS 1 1 SCN",
        }
    }

    /// The patches of the colour bar.
    fn patches(self) -> &'static [&'static str] {
        match self {
            Self::Process => &PATCHES,
            Self::Black => &BLACK_PATCHES,
            Self::Two(_) => &TWO_PATCHES,
        }
    }
}

/// Puts marks around each page, which must have its boxes.
pub(super) fn set(
    document: &mut Document,
    pages: &[ObjectId],
    slug: &SlugLine<'_>,
    plating: Plating,
) -> Result<(), lopdf::Error> {
    let lettering = Lettering::new(slug.font);
    let space = match plating {
        Plating::Process => Some(("KpAll", document.add_object(registration()))),
        Plating::Black => None,
        Plating::Two(space) => Some((SECOND, space)),
    };
    for (&id, number) in pages.iter().zip(1..) {
        let (Some(trim), Some(bleed)) =
            (rectangle(document, id, b"TrimBox"), rectangle(document, id, b"BleedBox"))
        else {
            continue;
        };
        let [left, bottom, right, top] = bleed;
        let clip = format!(
            "q {left:.3} {bottom:.3} {:.3} {:.3} re W n\n",
            right - left,
            top - bottom
        );
        let text = format!("{}  第 {number} 页，共 {} 页", slug.text, pages.len());
        let middle = beside(f64::midpoint(trim[0], trim[2]) + MIDDLE, trim, &slug.folds);
        let place = (middle, bottom - MIDDLE - LETTERS / 3.0);
        let words = lettering.write(text.trim(), place, LETTERS, trim[2] - middle);
        let around = format!(
            "Q q\n{}0 0 0 1 k\n{words}Q\n",
            drawn(trim, bleed, plating, &slug.folds)
        );
        let before =
            document.add_object(values::deflated(Dictionary::new(), clip.as_bytes()));
        let after =
            document.add_object(values::deflated(Dictionary::new(), around.as_bytes()));
        let mut contents = vec![Object::Reference(before)];
        contents
            .extend(document.get_page_contents(id).into_iter().map(Object::Reference));
        contents.push(Object::Reference(after));
        let resources =
            values::inherited(document, id, b"Resources").and_then(values::dictionary);
        let mut resources = resources.cloned().unwrap_or_default();
        let spaces = values::dictionary_at(document, &resources, b"ColorSpace");
        let mut spaces = spaces.cloned().unwrap_or_default();
        if let Some((name, id)) = space {
            spaces.set(name, id);
            resources.set("ColorSpace", spaces);
        }
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        page.set("Contents", contents);
        page.set("Resources", resources);
        page.set("MediaBox", object(grown(bleed, ROOM)));
    }
    Ok(())
}

/// Where the line of text begins: no fold mark stands in its first letters.
fn beside(start: f64, trim: Rectangle, folds: &[f64]) -> f64 {
    let folds = folds.iter().map(|fold| trim[0] + fold * PT_PER_MM);
    let near = folds.filter(|x| (x - start).abs() < MIDDLE);
    near.map(|x| x + GAP).fold(start, f64::max)
}

/// The colour that is on every plate (ISO 32000-1, 8.6.6.4).
fn registration() -> Object {
    let function = dictionary! {
        "FunctionType" => 2,
        "Domain" => values::reals([0.0, 1.0]),
        "C0" => values::reals([0.0; 4]),
        "C1" => values::reals([1.0; 4]),
        "N" => 1,
    };
    let space =
        vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), function.into()];
    Object::Array(space)
}

/// The marks of a page.
fn drawn(trim: Rectangle, bleed: Rectangle, plating: Plating, folds: &[f64]) -> String {
    let mut ops = format!("{} 0.25 w\n", plating.line());
    let [left, bottom, right, top] = grown(bleed, GAP);
    for x in [trim[0], trim[2]] {
        line(&mut ops, (x, bottom), (x, bottom - LENGTH));
        line(&mut ops, (x, top), (x, top + LENGTH));
    }
    for y in [trim[1], trim[3]] {
        line(&mut ops, (left, y), (left - LENGTH, y));
        line(&mut ops, (right, y), (right + LENGTH, y));
    }
    ops.push_str("[2 1.5] 0 d\n");
    for fold in folds {
        let x = trim[0] + fold * PT_PER_MM;
        line(&mut ops, (x, bottom), (x, bottom - LENGTH));
        line(&mut ops, (x, top), (x, top + LENGTH));
    }
    ops.push_str("[] 0 d\n");
    let (x, y) = (f64::midpoint(trim[0], trim[2]), f64::midpoint(trim[1], trim[3]));
    let [left, bottom, right, top] = grown(bleed, MIDDLE);
    for centre in [(x, bottom), (x, top), (left, y), (right, y)] {
        target(&mut ops, centre);
    }
    let room = x - trim[0] - 3.0 * PATCH;
    for (patch, place) in plating.patches().iter().zip(0..) {
        let along = f64::from(place) * PATCH;
        if along + PATCH <= room {
            // Writing to a `String` does not fail.
            let _ = writeln!(
                ops,
                "{patch} {:.3} {:.3} {PATCH:.3} {PATCH:.3} re f",
                trim[0] + PATCH + along,
                bottom - PATCH / 2.0
            );
        }
    }
    ops
}

fn line(ops: &mut String, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let _ = writeln!(ops, "{x1:.3} {y1:.3} m {x2:.3} {y2:.3} l S");
}

/// A cross in a circle.
fn target(ops: &mut String, (x, y): (f64, f64)) {
    /// How far the handles of a quarter of a circle reach.
    const HANDLE: f64 = 0.552_285 * RADIUS;
    let reach = RADIUS * 1.6;
    line(ops, (x - reach, y), (x + reach, y));
    line(ops, (x, y - reach), (x, y + reach));
    let _ = write!(ops, "{:.3} {y:.3} m ", x + RADIUS);
    let quarters = [
        [(RADIUS, HANDLE), (HANDLE, RADIUS), (0.0, RADIUS)],
        [(-HANDLE, RADIUS), (-RADIUS, HANDLE), (-RADIUS, 0.0)],
        [(-RADIUS, -HANDLE), (-HANDLE, -RADIUS), (0.0, -RADIUS)],
        [(HANDLE, -RADIUS), (RADIUS, -HANDLE), (RADIUS, 0.0)],
    ];
    for quarter in quarters {
        for (dx, dy) in quarter {
            let _ = write!(ops, "{:.3} {:.3} ", x + dx, y + dy);
        }
        ops.push_str("c ");
    }
    ops.push_str("s\n");
}
