//! The pages of the file that is imposed, and their forms.
//!
//! A page becomes a form `XObject` (ISO 32000-1, 8.10) that keeps its content as
//! it was written: nothing is decoded, converted or drawn anew. What a page
//! inherits, its boxes, its turn and its unit are resolved here.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::layout::Area;
use super::matrix::Matrix;
use super::paper::PT;

/// The most that the pieces of one page's content may unpack to, in bytes.
const MAX_CONTENT: usize = 256 << 20;

/// How far up the page tree an inherited entry is looked for.
const MAX_TREE: usize = 64;

/// The smallest and the largest page, in points (ISO 32000-1, annex C).
const PAGE_SIZES: std::ops::RangeInclusive<f64> = 3.0..=14_400.0;

/// A page of the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    id: ObjectId,
    /// 成品: the trim box, or what the crop box shows.
    trim: Area,
    /// What is printed, the bleed box.
    bleed: Area,
    /// Clockwise, in degrees.
    rotate: i64,
    /// Points in a user unit.
    unit: f64,
}

/// A page as it can be placed: forms, each with the way into the page's space.
pub(super) type Plate = Vec<(ObjectId, Matrix)>;

/// Reads all pages; the numbers, from 1, of those that cannot be placed are
/// the error.
pub(super) fn pages(document: &Document) -> Result<Vec<Page>, Vec<usize>> {
    let mut pages = Vec::new();
    let mut bad = Vec::new();
    for (number, id) in document.page_iter().enumerate() {
        match Page::read(document, id) {
            Some(page) => pages.push(page),
            None => bad.push(number + 1),
        }
    }
    if bad.is_empty() { Ok(pages) } else { Err(bad) }
}

impl Page {
    fn read(document: &Document, id: ObjectId) -> Option<Self> {
        let dict = document.get_dictionary(id).ok()?;
        let own = |key: &[u8]| area(document, dict.get(key).ok()?);
        let media = area(document, inherited(document, dict, b"MediaBox")?.1)?;
        let crop = inherited(document, dict, b"CropBox");
        let crop = crop.and_then(|(_, value)| area(document, value));
        let shown = crop.and_then(|crop| common(crop, media)).unwrap_or(media);
        let trim = own(b"TrimBox").and_then(|trim| common(trim, media));
        let bleed = match (own(b"BleedBox"), trim) {
            (Some(bleed), Some(_)) => common(bleed, media),
            (None, Some(_)) => Some(shown),
            (_, None) => None,
        };
        let trim = trim.unwrap_or(shown);
        let bleed = bleed.map_or(trim, |bleed| around(bleed, trim));
        let rotate = inherited(document, dict, b"Rotate");
        let rotate = rotate.and_then(|(_, value)| value.as_i64().ok()).unwrap_or(0);
        let unit = dict.get_deref(b"UserUnit", document).and_then(Object::as_float);
        let unit = unit.map_or(1.0, f64::from);
        let sides = [trim.width * unit, trim.height * unit];
        let placeable = sides.iter().all(|side| PAGE_SIZES.contains(side))
            && [bleed.left, bleed.bottom].iter().all(|at| at.abs() < 1e6);
        placeable.then_some(Self { id, trim, bleed, rotate, unit })
    }

    /// Width and height of the trimmed page as it is read, in points.
    pub(super) fn size(&self) -> (f64, f64) {
        let (width, height) = (self.trim.width * self.unit, self.trim.height * self.unit);
        if self.rotate.rem_euclid(180) == 90 { (height, width) } else { (width, height) }
    }

    /// The bleed that all four sides have, in points.
    pub(super) fn bleed(&self) -> f64 {
        let (trim, bleed) = (self.trim, self.bleed);
        let sides = [
            trim.left - bleed.left,
            trim.bottom - bleed.bottom,
            bleed.right() - trim.right(),
            bleed.top() - trim.top(),
        ];
        sides.into_iter().fold(f64::INFINITY, f64::min).max(0.0) * self.unit
    }

    /// From the page's own space to an upright trimmed page at the origin,
    /// turned by a further quarter to the left if `turned`.
    pub(super) fn upright(&self, turned: bool) -> Matrix {
        let degrees = self.rotate + if turned { 270 } else { 0 };
        let size = (self.trim.width * self.unit, self.trim.height * self.unit);
        Matrix::shifted(-self.trim.left, -self.trim.bottom)
            .then(Matrix::scaled(self.unit))
            .then(Matrix::turned(degrees, size))
    }
}

/// Turns pages into forms; each page, content and resource once.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Content streams that have become forms.
    used: BTreeSet<ObjectId>,
    /// Resources that stood directly in a page or tree node, by that holder.
    resources: BTreeMap<ObjectId, ObjectId>,
    /// The group of the sheets: forms of the same group need none of their own.
    pub(super) group: Option<Dictionary>,
}

impl Forms {
    /// No forms yet; the sheets will have this group.
    pub(super) fn new(group: Option<Dictionary>) -> Self {
        Self { group, ..Self::default() }
    }

    /// The form of a page, showing its bleed or only its trim, and the printed
    /// annotations that lie on it. `None` if its content is larger than
    /// memory should be.
    pub(super) fn plate(
        &mut self,
        document: &mut Document,
        page: &Page,
        bleeds: bool,
    ) -> Option<Plate> {
        let dict = document.get_dictionary(page.id).ok()?.clone();
        let resources = self.resources(document, page.id, &dict);
        let streams = document.get_page_contents(page.id);
        let whole = match streams.as_slice() {
            [only] if self.used.insert(*only) => {
                document.get_object(*only).and_then(Object::as_stream).is_ok()
            }
            _ => false,
        };
        let (id, mut form) = if whole {
            // The stream itself becomes the form.
            let taken = document.objects.remove(&streams[0])?;
            (streams[0], taken.as_stream().ok()?.clone())
        } else {
            let content = document.get_page_content_with_limit(page.id, MAX_CONTENT);
            let mut form = Stream::new(Dictionary::new(), content.ok()?);
            form.compress().ok()?;
            (document.new_object_id(), form)
        };
        let shown = if bleeds { page.bleed } else { page.trim };
        form.dict.set("Type", "XObject");
        form.dict.set("Subtype", "Form");
        form.dict
            .set("BBox", reals([shown.left, shown.bottom, shown.right(), shown.top()]));
        form.dict.set("Resources", resources);
        let group = dict.get_deref(b"Group", document).and_then(Object::as_dict);
        if let Ok(group) = group
            && self.group.as_ref() != Some(group)
        {
            let mut group = group.clone();
            group.set("I", true);
            form.dict.set("Group", group);
        }
        document.objects.insert(id, Object::Stream(form));
        let mut plate = vec![(id, Matrix::IDENTITY)];
        plate.extend(annotations(document, &dict));
        Some(plate)
    }

    fn resources(
        &mut self,
        document: &mut Document,
        page: ObjectId,
        dict: &Dictionary,
    ) -> Object {
        let found = inherited(document, dict, b"Resources");
        let found = found.map(|(holder, value)| (holder.unwrap_or(page), value.clone()));
        match found {
            Some((_, Object::Reference(id))) => Object::Reference(id),
            Some((holder, direct @ Object::Dictionary(_))) => {
                let known = self.resources.entry(holder);
                Object::Reference(*known.or_insert_with(|| document.add_object(direct)))
            }
            _ => Object::Dictionary(Dictionary::new()),
        }
    }
}

/// The group that most sheets will need: that of the first page with one.
pub(super) fn group(document: &Document, pages: &[Page]) -> Option<Dictionary> {
    pages.iter().find_map(|page| {
        let dict = document.get_dictionary(page.id).ok()?;
        let group = dict.get_deref(b"Group", document).and_then(Object::as_dict);
        group.ok().cloned()
    })
}

/// The annotations of a page that are printed: comments, stamps and filled
/// fields, but not links. Each is a form already (ISO 32000-1, 12.5.5).
fn annotations(document: &mut Document, page: &Dictionary) -> Plate {
    const HIDDEN: i64 = 1 << 1;
    const PRINT: i64 = 1 << 2;
    let mut forms = Plate::new();
    let list = page.get_deref(b"Annots", document).and_then(Object::as_array);
    let list = list.cloned().unwrap_or_default();
    for annotation in &list {
        let found = || {
            let (_, annotation) = document.dereference(annotation).ok()?;
            let dict = annotation.as_dict().ok()?;
            let flags = dict.get_deref(b"F", document).and_then(Object::as_i64);
            let printed = flags.unwrap_or(0) & (HIDDEN | PRINT) == PRINT;
            let kind = dict.get_deref(b"Subtype", document).and_then(Object::as_name);
            if !printed || matches!(kind, Ok(b"Link" | b"Popup")) {
                return None;
            }
            let id = appearance(document, dict)?;
            let rect = area(document, dict.get(b"Rect").ok()?)?;
            let form = &document.get_object(id).and_then(Object::as_stream).ok()?.dict;
            Some((id, onto(form, document, rect)?))
        };
        let Some((id, matrix)) = found() else { continue };
        if let Ok(form) = document.get_object_mut(id).and_then(Object::as_stream_mut) {
            form.dict.set("Type", "XObject");
            form.dict.set("Subtype", "Form");
        }
        forms.push((id, matrix));
    }
    forms
}

/// The normal appearance of an annotation in its present state.
fn appearance(document: &Document, annotation: &Dictionary) -> Option<ObjectId> {
    let looks = annotation.get_deref(b"AP", document).and_then(Object::as_dict).ok()?;
    let (id, normal) = document.dereference(looks.get(b"N").ok()?).ok()?;
    match normal {
        Object::Stream(_) => id,
        Object::Dictionary(states) => {
            let state = annotation.get_deref(b"AS", document).ok()?.as_name().ok()?;
            let (id, stream) = document.dereference(states.get(state).ok()?).ok()?;
            stream.as_stream().ok()?;
            id
        }
        _ => None,
    }
}

/// What brings an appearance's box onto the annotation's rectangle.
fn onto(form: &Dictionary, document: &Document, rect: Area) -> Option<Matrix> {
    let shown = area(document, form.get(b"BBox").ok()?)?;
    let own = form.get_deref(b"Matrix", document).and_then(Object::as_array);
    let own = own.map_or(Some(Matrix::IDENTITY), |values| {
        let values: Vec<f64> =
            values.iter().filter_map(|v| number(document, v)).collect();
        values.try_into().ok().map(Matrix)
    })?;
    let corners = [
        (shown.left, shown.bottom),
        (shown.right(), shown.bottom),
        (shown.left, shown.top()),
        (shown.right(), shown.top()),
    ];
    let corners = corners.map(|corner| own.apply(corner));
    let span = |pick: fn(&(f64, f64)) -> f64| {
        let values = corners.iter().map(pick);
        let low = values.clone().fold(f64::INFINITY, f64::min);
        (low, values.fold(f64::NEG_INFINITY, f64::max) - low)
    };
    let ((left, width), (bottom, height)) = (span(|c| c.0), span(|c| c.1));
    if !(width > 0.0 && height > 0.0) {
        return None;
    }
    let (x, y) = (rect.width / width, rect.height / height);
    Some(Matrix([x, 0.0, 0.0, y, rect.left - left * x, rect.bottom - bottom * y]))
}

/// An entry of a page or of a node above it, and the node if it has a number.
fn inherited<'a>(
    document: &'a Document,
    page: &'a Dictionary,
    key: &[u8],
) -> Option<(Option<ObjectId>, &'a Object)> {
    let mut holder = None;
    let mut node = page;
    for _ in 0..MAX_TREE {
        if let Ok(value) = node.get(key) {
            let (_, resolved) = document.dereference(value).ok()?;
            if !resolved.is_null() {
                // Resources are shared by reference; everything else is a value.
                let by_reference = matches!(resolved, Object::Dictionary(_));
                return Some((holder, if by_reference { value } else { resolved }));
            }
        }
        let parent = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        holder = Some(parent);
        node = document.get_dictionary(parent).ok()?;
    }
    None
}

/// A rectangle, its corners in any order.
fn area(document: &Document, object: &Object) -> Option<Area> {
    let (_, object) = document.dereference(object).ok()?;
    let sides = object.as_array().ok()?.iter().map(|side| number(document, side));
    let [a, b, c, d] = <[f64; 4]>::try_from(sides.collect::<Option<Vec<_>>>()?).ok()?;
    Some(Area {
        left: a.min(c),
        bottom: b.min(d),
        width: (a - c).abs(),
        height: (b - d).abs(),
    })
}

fn number(document: &Document, object: &Object) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    object
        .as_float()
        .ok()
        .map(f64::from)
        .filter(|number| number.is_finite())
}

/// What two areas share.
fn common(a: Area, b: Area) -> Option<Area> {
    let (left, bottom) = (a.left.max(b.left), a.bottom.max(b.bottom));
    let (width, height) =
        (a.right().min(b.right()) - left, a.top().min(b.top()) - bottom);
    (width > 0.0 && height > 0.0).then_some(Area { left, bottom, width, height })
}

/// The smallest area around both.
fn around(a: Area, b: Area) -> Area {
    let (left, bottom) = (a.left.min(b.left), a.bottom.min(b.bottom));
    Area {
        left,
        bottom,
        width: a.right().max(b.right()) - left,
        height: a.top().max(b.top()) - bottom,
    }
}

/// Numbers for a dictionary, in thousandths of a point: finer is noise.
pub(super) fn reals<const N: usize>(values: [f64; N]) -> Object {
    #[expect(clippy::cast_possible_truncation, reason = "PDF reals are single precision")]
    let real = |value: f64| Object::Real(((value * 1000.0).round() / 1000.0) as f32);
    Object::Array(values.into_iter().map(real).collect())
}

/// The bleed of a file whose pages do not all say theirs, in points: what most
/// printers ask for.
pub(super) const LARGEST_BLEED: f64 = 5.0 * PT;
