//! Small documents through the whole of [`finish`] and onto plates.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

mod foreign;
mod two_inks;

use super::{PressSheet, Profile, Separations, finish};
use crate::diag::Sink;
use crate::edition::{Bleed, ColorPolicy, InkLimit, Palette, Recipe};

/// A brand colour: sRGB, and its recipe.
const RIVER: ([u8; 3], [f32; 4]) = ([0x0B, 0x4F, 0x5C], [0.9, 0.5, 0.45, 0.3]);

fn palette() -> Palette {
    let (screen, press) = RIVER;
    [(screen, Recipe { press, gray: Some(0.8), spot: None })]
        .into_iter()
        .collect()
}

fn sheet(palette: &Palette, color: ColorPolicy) -> PressSheet<'_> {
    PressSheet {
        bleed: Bleed(3.0),
        color,
        profile: Profile::bundled().unwrap(),
        condition: Profile::BUNDLED_CONDITION,
        spot: None,
        palette,
        ink_limit: InkLimit(InkLimit::USUAL),
        marks: None,
        page_multiple: 1,
        title: "书 & 名".to_owned(),
        authors: vec!["甲".to_owned()],
        date: (2026, 11, 27),
        creator: "kepu",
    }
}

/// A page of 100 points a side with these resources and this content.
struct Sketch {
    document: Document,
    resources: Dictionary,
}

impl Sketch {
    fn new() -> Self {
        Self {
            document: Document::with_version("1.7"),
            resources: Dictionary::new(),
        }
    }

    /// Names an object in the resources.
    fn with(mut self, kind: &str, name: &str, object: impl Into<Object>) -> Self {
        let mut named =
            self.resources.get(kind.as_bytes()).and_then(Object::as_dict).cloned();
        let named = named.as_mut().map(std::mem::take).unwrap_or_default();
        let mut named = named;
        named.set(name, object);
        self.resources.set(kind, named);
        self
    }

    fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.document.add_object(object)
    }

    /// The file.
    fn drawn(mut self, content: &str) -> Vec<u8> {
        let content = self.add(Stream::new(Dictionary::new(), content.into()));
        let tree = self.document.new_object_id();
        let page = self.document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "Resources" => self.resources.clone(),
            "MediaBox" => vec![0.into(), 0.into(), 100.into(), 100.into()],
        });
        let pages = dictionary! {
        "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        self.document.objects.insert(tree, Object::Dictionary(pages));
        let root = self.add(dictionary! { "Type" => "Catalog", "Pages" => tree });
        self.document.trailer.set("Root", root);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).unwrap();
        bytes
    }
}

/// The finished file.
fn finished(pdf: &[u8], color: ColorPolicy) -> Document {
    let palette = palette();
    let mut sink = Sink::new();
    let made = finish(pdf, &sheet(&palette, color), &mut sink);
    let made = made.unwrap_or_else(|| panic!("{:?}", sink.sorted()));
    Document::load_mem(&made.bytes).unwrap()
}

/// The operators of the only page, with their operands.
fn operators(document: &Document) -> Vec<String> {
    let page = document.page_iter().next().unwrap();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let shown = |operand: &Object| format!("{operand:?}");
    content
        .operations
        .iter()
        .map(|operation| {
            let operands: Vec<String> = operation.operands.iter().map(shown).collect();
            format!("{} {}", operands.join(" "), operation.operator)
                .trim()
                .to_owned()
        })
        .collect()
}

/// What the middle of the page gets of each ink, in percent.
fn middle(document: &Document) -> [u8; 4] {
    let plates = Separations::of(document, &[0]).unwrap().plates(0, 72).unwrap();
    let at = plates.height / 2 * plates.width + plates.width / 2;
    plates
        .inks
        .each_ref()
        .map(|plate| u8::try_from((u32::from(plate[at]) * 100 + 127) / 255).unwrap())
}

/// A full page in this colour, finished: the ink in its middle.
fn printed(paint: &str, color: ColorPolicy) -> [u8; 4] {
    let pdf = Sketch::new().drawn(&format!("{paint} 0 0 100 100 re f"));
    middle(&finished(&pdf, color))
}

#[test]
fn named_colours_print_by_their_recipe_and_greys_in_black() {
    let river = "0.043137256 0.30980393 0.36078432 rg";
    assert_eq!(printed(river, ColorPolicy::Cmyk), [90, 50, 45, 30]);
    assert_eq!(printed(river, ColorPolicy::Gray), [0, 0, 0, 80]);
    assert_eq!(printed("0 g", ColorPolicy::Cmyk), [0, 0, 0, 100]);
    assert_eq!(printed("0.5 0.5 0.5 rg", ColorPolicy::Cmyk), [0, 0, 0, 50]);
    assert_eq!(printed("1 1 1 rg", ColorPolicy::Cmyk), [0; 4]);
    let red = printed("1 0 0 rg", ColorPolicy::Cmyk);
    assert!(red[0] < 5 && red[1] > 85 && red[2] > 85 && red[3] < 5, "{red:?}");
    assert_eq!(printed("1 0 0 rg", ColorPolicy::Gray)[..3], [0; 3]);
}

#[test]
fn black_text_overprints_and_nothing_else_does() {
    let content = "0 g BT (a) Tj ET 1 1 1 rg BT (b) Tj ET 0 G 0.5 w 0 0 m 9 9 l S \
        0 0 9 9 re f 9 w 0 0 m 9 9 l S";
    let document = finished(&Sketch::new().drawn(content), ColorPolicy::Cmyk);
    let said = operators(&document);
    let states: Vec<&str> = said
        .iter()
        .filter_map(|operation| operation.strip_suffix(" gs"))
        .map(|name| name.trim_start_matches('/'))
        .collect();
    assert_eq!(states, ["KpFill", "KpKnockout", "KpStroke", "KpKnockout"], "{said:?}");
    // A state is set before the path, never in it.
    let after = said.iter().position(|operation| operation.ends_with("KpStroke gs"));
    assert!(said[after.unwrap() + 1].ends_with(" m"), "{said:?}");
}

#[test]
fn overprinted_black_leaves_the_ground_on_its_plates() {
    let ground = "0.5 0.2 0 0 k 0 0 100 100 re f ";
    let black = "/O gs 0 0 0 1 k 0 0 100 100 re f";
    let state = dictionary! { "op" => true, "OP" => true, "OPM" => 1 };
    let over = Sketch::new()
        .with("ExtGState", "O", state)
        .drawn(&format!("{ground}{black}"));
    assert_eq!(middle(&Document::load_mem(&over).unwrap()), [50, 20, 0, 100]);
    let knocked = Sketch::new().drawn(&format!("{ground}0 0 0 1 k 0 0 100 100 re f"));
    assert_eq!(middle(&Document::load_mem(&knocked).unwrap()), [0, 0, 0, 100]);
}

#[test]
fn forms_blend_in_inks_and_masks_stay_light_and_dark() {
    let mut sketch = Sketch::new();
    let form = |colour: &str, space: &str| {
        let entries = dictionary! { "Type" => "XObject", "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 100.into(), 100.into()],
        "Group" => dictionary! { "S" => "Transparency", "CS" => space },
        "Resources" => Dictionary::new() };
        Stream::new(entries, format!("{colour} 0 0 100 100 re f").into_bytes())
    };
    let mask = sketch.add(form("0.5 0.5 0.5 rg", "DeviceRGB"));
    let drawing = sketch.add(form("1 0 0 rg", "DeviceRGB"));
    let soft = dictionary! { "S" => "Luminosity", "G" => mask };
    let pdf = sketch
        .with("ExtGState", "M", dictionary! { "SMask" => soft })
        .with("XObject", "F", drawing)
        .drawn("/M gs /F Do");
    let document = finished(&pdf, ColorPolicy::Cmyk);
    let spaces: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| {
            object.as_stream().ok()?.dict.get(b"Group").ok()?.as_dict().ok()
        })
        .map(|group| format!("{:?}", group.get(b"CS").unwrap()))
        .collect();
    assert_eq!(spaces, ["/DeviceGray", "/DeviceCMYK"]);
    // Half of the red comes through.
    let [_, magenta, yellow, _] = middle(&document);
    assert!((40..60).contains(&magenta) && (40..60).contains(&yellow));
}

fn river() -> [f32; 3] {
    RIVER.0.map(|part| f32::from(part) / 255.0)
}

/// A page under one axial gradient from left to right, between these places
/// in pt; before and behind them its ends go on.
fn gradient(from: [f32; 3], to: [f32; 3], [left, right]: [i64; 2]) -> Vec<u8> {
    let color = |parts: [f32; 3]| parts.map(Object::from).to_vec();
    let function = dictionary! { "FunctionType" => 2, "N" => 1,
    "Domain" => vec![0.into(), 1.into()], "C0" => color(from), "C1" => color(to) };
    let shading = dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceRGB",
    "Coords" => vec![left.into(), 0.into(), right.into(), 0.into()],
    "Extend" => vec![true.into(), true.into()], "Function" => function };
    Sketch::new().with("Shading", "S", shading).drawn("/S sh")
}

#[test]
fn gradients_keep_the_recipes_of_their_stops() {
    let pdf = gradient(river(), [1.0; 3], [49, 149]);
    let ink = middle(&finished(&pdf, ColorPolicy::Cmyk));
    let near = |own: u8, wanted: u8| own.abs_diff(wanted) <= 2;
    let recipe = [90, 50, 45, 30];
    assert!(ink.iter().zip(recipe).all(|(own, wanted)| near(*own, wanted)), "{ink:?}");
}

#[test]
fn grey_gradients_and_pictures_are_black_alone() {
    let pdf = gradient([0.2, 0.203, 0.2], [0.9, 0.9, 0.903], [0, 100]);
    let [c, m, y, k] = middle(&finished(&pdf, ColorPolicy::Cmyk));
    assert_eq!([c, m, y], [0; 3]);
    assert!((40..50).contains(&k));

    assert_eq!(pictured([100, 101, 100]), [0, 0, 0, 60]);
    let red = pictured([255, 0, 0]);
    assert!(red[1] > 85 && red[2] > 85, "{red:?}");
}

/// A picture of one colour over the page: the ink in its middle.
fn pictured(pixel: [u8; 3]) -> [u8; 4] {
    let mut sketch = Sketch::new();
    let entries = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 2,
    "Height" => 2, "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8 };
    let image = sketch.add(Stream::new(entries, pixel.repeat(4)));
    let pdf = sketch.with("XObject", "I", image).drawn("100 0 0 100 0 0 cm /I Do");
    middle(&finished(&pdf, ColorPolicy::Cmyk))
}

#[test]
fn photographs_stay_jpegs_and_are_not_turned_inside_out() {
    let pixels: Vec<u8> = (0..64 * 64).flat_map(|_| [230, 40, 30]).collect();
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 95)
        .encode(&pixels, 64, 64, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    let mut sketch = Sketch::new();
    let entries = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 64,
    "Height" => 64, "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
    "Filter" => "DCTDecode" };
    let image = sketch.add(Stream::new(entries, jpeg));
    let pdf = sketch.with("XObject", "I", image).drawn("100 0 0 100 0 0 cm /I Do");
    let document = finished(&pdf, ColorPolicy::Cmyk);
    let kept = document.objects.values().filter_map(|object| object.as_stream().ok());
    let mut kept =
        kept.filter(|stream| stream.filters().is_ok_and(|f| f == [b"DCTDecode"]));
    assert!(kept.next().is_some());
    let [c, m, y, k] = middle(&document);
    assert!(c < 20 && m > 80 && y > 80 && k < 15, "{:?}", [c, m, y, k]);
}

#[test]
fn spot_colours_stay_and_their_stand_in_is_in_inks() {
    let function = dictionary! { "FunctionType" => 2, "N" => 1,
    "Domain" => vec![0.into(), 1.into()],
    "C0" => vec![1.into(), 1.into(), 1.into()],
    "C1" => vec![0.into(), 0.5.into(), 0.into()] };
    let space =
        vec!["Separation".into(), "GREEN".into(), "DeviceRGB".into(), function.into()];
    let pdf = Sketch::new()
        .with("ColorSpace", "S", space)
        .drawn("/S cs 1 scn 0 0 100 100 re f");
    let document = finished(&pdf, ColorPolicy::Cmyk);
    assert!(operators(&document).iter().any(|operation| operation == "/S cs"));
    let plates = Separations::of(&document, &[0]).unwrap().plates(0, 72).unwrap();
    assert!(plates.coverage().iter().all(|ink| *ink == 0.0), "it has its own plate");
    let [(name, plate)] = plates.spots.as_slice() else { panic!("one spot ink") };
    assert!(name == "GREEN" && plate.iter().all(|ink| *ink == 255));
    let page = document.page_iter().next().unwrap();
    let resources = super::values::inherited(&document, page, b"Resources").unwrap();
    let spaces = resources.as_dict().unwrap().get(b"ColorSpace").unwrap();
    let space = spaces.as_dict().unwrap().get(b"S").unwrap().as_array().unwrap();
    assert_eq!(space[2].as_name().unwrap(), b"DeviceCMYK");
    assert_eq!(middle(&finished(&pdf, ColorPolicy::Gray))[..3], [0; 3]);
}

#[test]
fn too_much_ink_is_an_error_and_says_where() {
    let palette: Palette =
        [([1, 2, 3], Recipe { press: [1.0; 4], gray: None, spot: None })]
            .into_iter()
            .collect();
    let pdf = Sketch::new().drawn("0.00392 0.00784 0.01176 rg 0 0 100 100 re f");
    let mut sink = Sink::new();
    assert!(finish(&pdf, &sheet(&palette, ColorPolicy::Cmyk), &mut sink).is_none());
    let said = sink.sorted();
    assert_eq!(said[0].rule.code, "too-much-ink");
    assert!(said[0].message.contains("400 %"), "{}", said[0].message);
}

#[test]
fn pages_are_filled_up_with_named_blanks() {
    let palette = palette();
    let sheet = PressSheet {
        page_multiple: 4,
        ..sheet(&palette, ColorPolicy::Cmyk)
    };
    let pdf = Sketch::new().drawn("0 g 0 0 100 100 re f");
    let made = finish(&pdf, &sheet, &mut Sink::new()).unwrap();
    assert_eq!(made.blanks, 3);
    let document = Document::load_mem(&made.bytes).unwrap();
    assert_eq!(document.get_pages().len(), 4);
    let last = document.page_iter().last().unwrap();
    assert!(document.get_dictionary(last).unwrap().has(b"TrimBox"));
    assert!(document.catalog().unwrap().has(b"PageLabels"));
}

#[test]
fn marks_stand_outside_the_bleed() {
    let palette = palette();
    let marks = Some(super::SlugLine::default());
    let sheet = PressSheet { marks, ..sheet(&palette, ColorPolicy::Cmyk) };
    let pdf = Sketch::new().drawn("1 g -50 -50 300 300 re f");
    let made = finish(&pdf, &sheet, &mut Sink::new()).unwrap();
    let document = Document::load_mem(&made.bytes).unwrap();
    let plates = Separations::of(&document, &[0]).unwrap().plates(0, 144).unwrap();
    assert!(plates.width > 200 + 60 && plates.height > 200 + 60);
    let (left, bottom) = ((plates.width - 200) / 2, (plates.height - 200) / 2);
    for y in 0..plates.height {
        for x in 0..plates.width {
            let inside =
                (left..left + 200).contains(&x) && (bottom..bottom + 200).contains(&y);
            assert!(!inside || plates.total(x, y) == 0.0, "{x} {y}");
        }
    }
    // Crop marks are on every plate.
    assert!(plates.coverage().iter().all(|ink| *ink > 0.0));
}

#[test]
fn a_custom_condition_has_no_registered_name() {
    let palette = palette();
    let sheet = PressSheet {
        condition: "",
        ..sheet(&palette, ColorPolicy::Cmyk)
    };
    let pdf = Sketch::new().drawn("");
    let made = finish(&pdf, &sheet, &mut Sink::new()).unwrap();
    let text = String::from_utf8_lossy(&made.bytes);
    assert!(text.contains("书 &amp; 名"));
    let document = Document::load_mem(&made.bytes).unwrap();
    let intents = document.objects.values().filter_map(|object| object.as_dict().ok());
    let intents: Vec<_> =
        intents.filter(|d| d.has(b"OutputConditionIdentifier")).collect();
    assert_eq!(intents.len(), 2);
    for intent in intents {
        let name = intent.get(b"OutputConditionIdentifier").and_then(Object::as_str);
        assert_eq!(name.unwrap(), b"Custom");
        assert!(!intent.has(b"RegistryName"));
    }
}

#[test]
fn damaged_files_are_refused_or_finished_and_never_worse() {
    let whole = Sketch::new().drawn("1 0 0 rg 0 0 100 100 re f");
    let palette = palette();
    for cut in (0..whole.len()).step_by(37) {
        let mut broken = whole.clone();
        broken[cut] ^= 0x55;
        finish(&broken, &sheet(&palette, ColorPolicy::Cmyk), &mut Sink::new());
        finish(&whole[..cut], &sheet(&palette, ColorPolicy::Cmyk), &mut Sink::new());
    }
}
