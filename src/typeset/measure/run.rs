//! Runs of text as they stand on a page, and what kind of text each is.

use std::collections::BTreeMap;

use typst::foundations::{Label, Packed, Smart};
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point, Size, Transform};
use typst::math::EquationElem;
use typst::model::{FigureCaption, FigureElem, FigureKind};
use typst::pdf::ArtifactElem;
use typst::syntax::Span;
use typst::text::{FontStyle, TextItem};
use typst::visualize::{Image, ImageKind, Paint, Shape};
use typst_layout::Page;

use super::ground::{Ground, Painted, Painting};
use super::picture;
use super::role::{Role, is_folio};
use crate::edition::Edition;
use crate::typeset::world::path_of;

/// A run of text of one font, size and colour. Lengths are pt from the top
/// left corner of the page, after all transformations.
#[expect(clippy::struct_excessive_bools, reason = "facts that have nothing in common")]
pub(super) struct Run {
    pub(super) words: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    pub(super) glyphs: usize,
    pub(super) role: Role,
    pub(super) family: String,
    pub(super) weight: u16,
    pub(super) slanted: bool,
    /// The widest advance between two Han characters, in ems.
    pub(super) stretch: f64,
    /// sRGB; `None` for gradients and patterns.
    pub(super) fill: Option<[u8; 3]>,
    pub(super) ground: Ground,
    /// Decoration that a reader may miss.
    pub(super) decorative: bool,
    /// Runs in another direction than the page's lines.
    pub(super) turned: bool,
    /// Lies over a bitmap.
    pub(super) over_picture: bool,
    /// Where the first glyph was written.
    pub(super) origin: (Span, u16),
    /// Where the words of the manuscript before it were written.
    pub(super) near: Option<(Span, u16)>,
    /// The figure, table or section that begins last before it.
    pub(super) anchor: Option<Label>,
}

/// What the walk over one page's frames found.
pub(super) struct Found {
    pub(super) runs: Vec<Run>,
    /// Pictures made of pixels.
    pub(super) bitmaps: usize,
}

/// What pages of an edition have in common.
pub(super) struct Form<'a> {
    pub(super) edition: &'a Edition,
    /// The size of running text as it is, in pt.
    pub(super) body_size: f64,
}

/// Reads a page's runs; pages count from 1.
pub(super) fn read(page: &Page, number: usize, form: &Form<'_>) -> Found {
    let mut walk = Walk {
        form,
        recto: number % 2 == 1,
        size: page.frame.size(),
        runs: Vec::new(),
        painting: Painting::of(page),
        anchor: None,
        near: None,
        formulas: Vec::new(),
        artifacts: Vec::new(),
        captions: Vec::new(),
        plates: Vec::new(),
        sheets: BTreeMap::new(),
        bitmaps: 0,
    };
    walk.frame(&page.frame, Transform::identity());
    Found { runs: walk.runs, bitmaps: walk.bitmaps }
}

/// Which kind of file a run was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Manuscript,
    Entry,
    Chart,
    Page,
    Inline,
    Other,
}

struct Walk<'a> {
    form: &'a Form<'a>,
    recto: bool,
    size: Size,
    runs: Vec<Run>,
    painting: Painting,
    anchor: Option<Label>,
    near: Option<(Span, u16)>,
    formulas: Vec<typst::introspection::Location>,
    artifacts: Vec<typst::introspection::Location>,
    captions: Vec<typst::introspection::Location>,
    plates: Vec<typst::introspection::Location>,
    sheets: BTreeMap<std::num::NonZeroU16, Sheet>,
    bitmaps: usize,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, ts: Transform) {
        for (offset, item) in frame.items() {
            let at = ts.pre_concat(Transform::translate(offset.x, offset.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, at.pre_concat(group.transform));
                }
                FrameItem::Text(text) => self.text(text, at),
                FrameItem::Shape(shape, _) => self.shape(shape, at),
                FrameItem::Image(image, size, span) => {
                    self.image(image, *size, *span, at);
                }
                FrameItem::Tag(tag) => self.tag(tag),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(element, _) => {
                let Some(location) = element.location() else { return };
                if element.is::<EquationElem>() {
                    self.formulas.push(location);
                } else if element.is::<ArtifactElem>() {
                    self.artifacts.push(location);
                } else if element.is::<FigureCaption>() {
                    self.captions.push(location);
                } else if let Some(figure) = element.to_packed::<FigureElem>()
                    && is_plate(figure)
                {
                    self.plates.push(location);
                }
                if let Some(label) = element.label()
                    && is_place(label.resolve().as_str())
                {
                    self.anchor = Some(label);
                }
            }
            Tag::End(location, ..) => {
                self.formulas.retain(|open| open != location);
                self.artifacts.retain(|open| open != location);
                self.captions.retain(|open| open != location);
                self.plates.retain(|open| open != location);
            }
        }
    }

    fn shape(&mut self, shape: &Shape, at: Transform) {
        let Some(fill) = &shape.fill else { return };
        let bounds = shape.bbox(false);
        let is_rect = matches!(shape.geometry, typst::visualize::Geometry::Rect(_));
        let painted = Painted::new(bounds.min, bounds.max, at, is_rect.then_some(fill));
        self.painting.push(painted);
    }

    fn image(&mut self, image: &Image, size: Size, span: Span, at: Transform) {
        let corner = Point::new(size.x, size.y);
        let mut painted = Painted::new(Point::zero(), corner, at, None);
        match image.kind() {
            ImageKind::Svg(svg) => {
                self.painting.push(painted);
                let contents = picture::contents(svg, size, at);
                self.bitmaps += contents.bitmaps.len();
                for mut run in contents.runs {
                    run.origin = (span, 0);
                    run.anchor = self.anchor;
                    self.runs.push(run);
                }
            }
            ImageKind::Raster(_) | ImageKind::Pdf(_) => {
                self.bitmaps += 1;
                painted.bitmap = true;
                self.painting.push(painted);
            }
        }
    }

    fn text(&mut self, text: &TextItem, at: Transform) {
        let blank = |text: &str| {
            text.chars().all(|c| {
                c.is_whitespace()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}')
            })
        };
        // Joiners come from the templates: the run belongs to who wrote the words.
        let seen = |glyph: &&typst::text::Glyph| {
            text.text.get(glyph.range()).is_some_and(|shown| !blank(shown))
        };
        let Some(first) = text.glyphs.iter().find(seen) else { return };
        let scale = magnification(at);
        let start = Point::zero().transform(at);
        let end = Point::new(text.width(), typst::layout::Abs::zero()).transform(at);
        let size = text.size.to_pt() * scale;
        let turned = (end.y - start.y).to_pt().abs() > 0.05 * size;
        let (left, right) = (start.x.min(end.x).to_pt(), start.x.max(end.x).to_pt());
        let baseline = start.y.to_pt();
        let info = text.font.font().info();
        let fill = if let Paint::Solid(color) = &text.fill {
            let [r, g, b, _] = typst::visualize::Color::from(color.to_rgb()).to_vec4_u8();
            Some([r, g, b])
        } else {
            None
        };
        let top = Point::new(typst::layout::Abs::zero(), -text.size * 0.8);
        let corner = Point::new(text.width(), text.size * 0.1);
        let area = Painted::new(top, corner, at, None);
        let (ground, over_picture) = self.painting.behind(&area, text, at);
        let in_formula = !self.formulas.is_empty();
        let mut run = Run {
            words: text.text.chars().filter(|&c| c != '\u{2060}').collect(),
            left,
            right,
            baseline,
            size,
            glyphs: text.glyphs.len(),
            role: Role::Secondary,
            family: info.family.clone(),
            weight: info.variant.weight.to_number(),
            slanted: !in_formula
                && (info.variant.style != FontStyle::Normal || is_skewed(at)),
            stretch: stretch(text),
            fill,
            ground,
            decorative: !self.artifacts.is_empty(),
            turned,
            over_picture,
            origin: first.span,
            near: self.near,
            anchor: self.anchor,
        };
        run.role = if in_formula { Role::Formula } else { self.role(&run) };
        if self.sheet(run.origin.0) == Sheet::Manuscript {
            self.near = Some(run.origin);
        }
        self.runs.push(run);
    }

    /// What kind of text a run is: by where it stands, who wrote it, and how
    /// large it is.
    fn role(&mut self, run: &Run) -> Role {
        let sheet = self.sheet(run.origin.0);
        // Words that a template computes, folios for one, say nothing of where
        // they were written.
        let computed = run.origin.0.is_detached();
        let margins = self.form.edition.margins;
        let pt = |mm: f64| mm * 72.0 / 25.4;
        let (width, height) = (self.size.x.to_pt(), self.size.y.to_pt());
        let (inner, outer) = (pt(margins.inner), pt(margins.outer));
        let (left, right) = if self.recto { (inner, outer) } else { (outer, inner) };
        let furniture =
            computed || matches!(sheet, Sheet::Page | Sheet::Entry | Sheet::Manuscript);
        let body = self.form.body_size;
        match sheet {
            Sheet::Chart => Role::Lettering,
            // In a plate, above its caption.
            _ if !self.plates.is_empty()
                && self.captions.is_empty()
                && sheet != Sheet::Manuscript =>
            {
                Role::Lettering
            }
            _ if (computed || sheet == Sheet::Inline)
                && (run.right < left || run.left > width - right) =>
            {
                Role::Mark
            }
            _ if (computed || sheet == Sheet::Page)
                && run.baseline > height - pt(margins.foot) + 1.0
                && is_folio(&run.words) =>
            {
                Role::Folio
            }
            _ if furniture && run.baseline < pt(margins.head) => Role::Head,
            _ if run.size > body + 0.5 => Role::Heading,
            Sheet::Manuscript if run.size > body - 0.25 => Role::Body,
            _ => Role::Secondary,
        }
    }

    fn sheet(&mut self, span: Span) -> Sheet {
        let Some(id) = span.id() else { return Sheet::Other };
        *self.sheets.entry(id.into_raw()).or_insert_with(|| {
            let path = path_of(id);
            match path.strip_prefix("/templates/") {
                None if path.starts_with("/text/") => Sheet::Manuscript,
                None => Sheet::Entry,
                Some(name) if name.starts_with("chart") => Sheet::Chart,
                Some("page.typ") => Sheet::Page,
                Some("text.typ") => Sheet::Inline,
                Some(_) => Sheet::Other,
            }
        })
    }
}

/// Whether a figure holds a drawing: tables are figures as well.
fn is_plate(figure: &Packed<FigureElem>) -> bool {
    match figure.kind.as_option() {
        Some(Smart::Custom(FigureKind::Name(name))) => name == "plate",
        _ => false,
    }
}

/// Whether a label names a place that people look for.
fn is_place(label: &str) -> bool {
    let kinds = ["fig", "tbl", "sec", "ch-", "app-", "eq", "text-", "part-"];
    kinds.iter().any(|kind| label.starts_with(kind))
}

/// How much larger a transformation makes type.
pub(super) fn magnification(at: Transform) -> f64 {
    let determinant = at.sx.get() * at.sy.get() - at.kx.get() * at.ky.get();
    determinant.abs().sqrt()
}

/// Whether a transformation slants upright type.
fn is_skewed(at: Transform) -> bool {
    let across = at.sx.get() * at.kx.get() + at.ky.get() * at.sy.get();
    across.abs() > 0.02
}

/// The widest advance of a Han character before another, in ems.
fn stretch(text: &TextItem) -> f64 {
    let is_han = |glyph: &typst::text::Glyph| {
        let shown = text.text.get(glyph.range()).unwrap_or_default();
        let mut all = shown.chars();
        all.next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let mut widest = 0.0_f64;
    for pair in text.glyphs.windows(2) {
        // The white before it is that between Han and Latin.
        let advance = pair[0].x_advance.get() - pair[0].x_offset.get();
        if advance > widest && is_han(&pair[0]) && is_han(&pair[1]) {
            widest = advance;
        }
    }
    widest
}

/// The size in which most of the manuscript is set: the edition's own, unless
/// the templates hardly use it.
pub(super) fn body_size(pages: &[Page], edition: &Edition) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    #[expect(clippy::cast_possible_truncation, reason = "sizes of type are small")]
    let key = |size: f64| (size * 20.0).round() as i64;
    for page in pages {
        crate::typeset::tofu::walk(&page.frame, &mut |text| {
            let id = text.glyphs.first().and_then(|glyph| glyph.span.0.id());
            if id.is_some_and(|id| path_of(id).starts_with("/text/")) {
                *sizes.entry(key(text.size.to_pt())).or_default() += text.glyphs.len();
            }
        });
    }
    let all: usize = sizes.values().sum();
    let declared = sizes.get(&key(edition.body_size)).copied().unwrap_or_default();
    if declared * 5 >= all {
        return edition.body_size;
    }
    let most = sizes.iter().max_by_key(|(_, count)| **count);
    #[expect(clippy::cast_precision_loss, reason = "sizes of type are small")]
    most.map_or(edition.body_size, |(size, _)| *size as f64 / 20.0)
}
