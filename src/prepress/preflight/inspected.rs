//! What is in a PDF, as far as a press cares: the rules look at nothing else.
//!
//! A document's facts are kept whole; a page's marks live only while the rules
//! look at that page.

use std::collections::BTreeMap;
use std::rc::Rc;

pub use super::geometry::Rect;

/// The facts of the document as a whole.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a file")]
pub struct DocumentFacts {
    /// The version that header and catalog name, the higher one: `1.6`.
    pub version: String,
    /// The file was encrypted, and could be opened without a password.
    pub encrypted: bool,
    /// The cross-reference table is damaged and was repaired.
    pub repaired: bool,
    /// The trailer has a file identifier.
    pub has_id: bool,
    /// The information dictionary, as text.
    pub info: BTreeMap<String, String>,
    /// The metadata stream.
    pub metadata: Metadata,
    /// The output intents.
    pub intents: Vec<OutputIntent>,
    /// The names of layers (optional content groups).
    pub layers: Vec<String>,
    /// Things that act: JavaScript, opening actions …; where they hang.
    pub actions: Vec<Action>,
    /// Files inside the file, by name.
    pub attachments: Vec<String>,
    /// Form fields, or an XFA form.
    pub has_form: bool,
    /// How many pages there are.
    pub pages: usize,
}

/// The document's XMP.
#[derive(Debug, Clone, Default)]
pub enum Metadata {
    /// There is none.
    #[default]
    Missing,
    /// It is no well-formed XMP; why.
    Broken(String),
    /// Its simple properties: `prefix:name` (by the usual prefixes) to value.
    Read(BTreeMap<String, String>),
}

impl Metadata {
    /// A property's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        let Self::Read(properties) = self else { return None };
        properties.get(name).map(String::as_str)
    }
}

/// An output intent (ISO 32000-1, 14.11.5).
#[derive(Debug, Clone, Default)]
pub struct OutputIntent {
    /// `GTS_PDFX`, `GTS_PDFA1` …
    pub subtype: String,
    /// The characterised printing condition it names.
    pub condition: Option<String>,
    /// The embedded profile.
    pub profile: Option<IccProfile>,
}

/// The head of an ICC profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IccProfile {
    /// Its object number.
    pub object: u32,
    /// The number of components that the PDF states (`/N`).
    pub components: Option<u32>,
    /// The device class: `prtr`, `mntr` …; empty if it is no profile.
    pub class: String,
    /// The data colour space: `CMYK`, `RGB`, `GRAY` …
    pub space: String,
    /// Its description, if there is one.
    pub description: Option<String>,
    /// Whether it has the tables from and to its device (`A2B0`, `B2A0`).
    pub has_tables: bool,
}

/// Something that acts when the file is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The action's type: `JavaScript`, `Launch` …
    pub kind: String,
    /// The page it hangs on, from 1.
    pub page: Option<usize>,
    /// The object number of what holds it.
    pub object: Option<u32>,
}

/// The boxes of a page, as written; inherited ones included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Boxes {
    /// `MediaBox`.
    pub media: Option<Rect>,
    /// `CropBox`.
    pub crop: Option<Rect>,
    /// `BleedBox`.
    pub bleed: Option<Rect>,
    /// `TrimBox`.
    pub trim: Option<Rect>,
    /// `ArtBox`.
    pub art: Option<Rect>,
}

impl Boxes {
    /// The sheet the page is drawn on; A4 if the file does not say.
    pub fn sheet(&self) -> Rect {
        let a4 = Rect { left: 0.0, bottom: 0.0, right: 595.28, top: 841.89 };
        self.media.filter(|rect| !rect.is_empty()).unwrap_or(a4)
    }

    /// Where the page will be cut: the trim box, or what stands for it.
    pub fn cut(&self) -> Rect {
        self.trim
            .or(self.art)
            .or(self.crop)
            .filter(|rect| !rect.is_empty())
            .unwrap_or_else(|| self.sheet())
    }
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// Its object number.
    pub object: u32,
    /// Its boxes.
    pub boxes: Boxes,
    /// `Rotate`, in degrees.
    pub rotation: i64,
    /// `UserUnit`, if it is not 1.
    pub unit: Option<f64>,
    /// The blending colour space of the page group.
    pub group: Option<Rc<Space>>,
    /// What is printed, in order.
    pub items: Vec<Item>,
    /// Annotations.
    pub annotations: Vec<Annotation>,
    /// Faults met while the page was walked.
    pub faults: Vec<Fault>,
}

/// An annotation.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Its subtype.
    pub kind: String,
    /// Where it is.
    pub rect: Option<Rect>,
    /// Its object number.
    pub object: Option<u32>,
}

/// Something wrong with a resource of a page.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// What exactly: names and numbers, for the message.
    pub detail: String,
    /// The object number.
    pub object: Option<u32>,
    /// Where it shows.
    pub rect: Option<Rect>,
}

/// What can be wrong with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A function whose numbers of values do not fit.
    Function,
    /// A transfer function.
    Transfer,
    /// A halftone of its own.
    Halftone,
    /// A group blends in a colour space that is not the press's.
    GroupSpace,
    /// A `PostScript` object or a reference to another file.
    External,
    /// A resource that is used is not there.
    MissingResource,
}

/// Something printed.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Where it is, clipped; points of the page.
    pub rect: Rect,
    /// The object number of the stream that it stands in.
    pub object: u32,
    /// The colour of areas and letters.
    pub fill: Option<Paint>,
    /// The colour of lines.
    pub stroke: Option<Paint>,
    /// It lets what lies under it print, too.
    pub overprints: Overprint,
    /// It is not opaque, has a soft mask or a blend mode; which of it.
    pub transparency: Option<&'static str>,
}

/// The overprint parameters (ISO 32000-1, 8.6.7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overprint {
    /// For areas.
    pub fill: bool,
    /// For lines.
    pub stroke: bool,
    /// Overprint mode 1: a zero of a `DeviceCMYK` colour leaves its plate alone.
    pub nonzero: bool,
}

/// What is printed.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Letters of one font.
    Text {
        /// The font.
        font: Rc<Font>,
        /// Its size on the page, in points.
        size: f64,
        /// How many letters.
        letters: usize,
        /// Letters that the font does not have (`.notdef`).
        missing: usize,
    },
    /// Lines and areas.
    Path {
        /// The width of lines on the page, in points; `None` without lines.
        line: Option<f64>,
        /// It is one upright rectangle.
        rectangle: bool,
    },
    /// A picture.
    Image(Image),
    /// A gradient over an area.
    Shading,
}

/// A placed picture.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its object number; none for an inline image.
    pub object: Option<u32>,
    /// Its width in samples.
    pub width: u32,
    /// Its height in samples.
    pub height: u32,
    /// Samples in an inch on the page, the lower of both directions.
    pub resolution: f64,
    /// What it shows.
    pub depth: Depth,
}

/// What an image's samples are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// One bit: line art.
    Line,
    /// Greys, or one ink.
    Gray,
    /// Colours.
    Color,
}

/// A font.
#[derive(Debug, Clone, Default)]
pub struct Font {
    /// Its object number.
    pub object: u32,
    /// Its `BaseFont`.
    pub name: String,
    /// `Type1`, `TrueType`, `Type0` …
    pub subtype: String,
    /// The font program is in the file.
    pub embedded: bool,
    /// Only the letters that are used are in it (the name says so).
    pub subset: bool,
    /// The size of the font program, in bytes.
    pub bytes: usize,
}

/// A colour as it is set.
#[derive(Debug, Clone)]
pub struct Paint {
    /// Its space.
    pub space: Rc<Space>,
    /// The ink it asks for; `None` if that takes a conversion or a picture.
    pub ink: Option<Ink>,
}

/// Ink, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ink {
    /// Cyan, magenta, yellow, black.
    pub process: [f64; 4],
    /// All spot inks together.
    pub spot: f64,
    /// How many spot inks print.
    pub spots: u8,
    /// It prints on every plate (`All`).
    pub registration: bool,
}

impl Ink {
    /// The ink in per cent of the area, all plates together.
    pub fn total(&self) -> f64 {
        (self.process.iter().sum::<f64>() + self.spot) * 100.0
    }

    /// How many plates print.
    pub fn plates(&self) -> usize {
        self.process.iter().filter(|ink| **ink > 0.005).count() + usize::from(self.spots)
    }

    /// No ink at all: the paper.
    pub fn is_white(&self) -> bool {
        self.total() < 0.5 && !self.registration
    }
}

/// A colour space, as far as the rules tell them apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Space {
    /// `DeviceGray`.
    Gray,
    /// `DeviceRGB`.
    Rgb,
    /// `DeviceCMYK`.
    Cmyk,
    /// `CalGray`, `CalRGB`, `Lab`: by name.
    Calibrated(&'static str),
    /// `ICCBased`, with its number of components.
    Icc(u32),
    /// `Indexed` over another space.
    Indexed(Rc<Space>),
    /// `Separation` or `DeviceN`: names of inks, and the alternate space.
    Inks(Vec<String>, Rc<Space>),
    /// A pattern.
    Pattern,
    /// Anything else; its name.
    Unknown(String),
}

impl Space {
    /// How many components a colour has.
    pub fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed(_) | Self::Calibrated("CalGray") => 1,
            Self::Rgb | Self::Calibrated(_) => 3,
            Self::Cmyk => 4,
            Self::Icc(count) => *count as usize,
            Self::Inks(names, _) => names.len(),
            Self::Pattern | Self::Unknown(_) => 0,
        }
    }

    /// The space that samples finally are in.
    pub fn base(&self) -> &Self {
        match self {
            Self::Indexed(base) => base.base(),
            other => other,
        }
    }

    /// Its name for messages.
    pub fn name(&self) -> String {
        match self {
            Self::Gray => "DeviceGray".into(),
            Self::Rgb => "DeviceRGB".into(),
            Self::Cmyk => "DeviceCMYK".into(),
            Self::Calibrated(name) => (*name).into(),
            Self::Icc(1) => "ICC 灰度".into(),
            Self::Icc(3) => "ICC RGB".into(),
            Self::Icc(4) => "ICC CMYK".into(),
            Self::Icc(count) => format!("ICC（{count} 个分量）"),
            Self::Indexed(base) => format!("索引色（{}）", base.name()),
            Self::Inks(names, _) => format!("专色 {}", names.join("、")),
            Self::Pattern => "图案".into(),
            Self::Unknown(name) => name.clone(),
        }
    }
}
