//! Sheets into a PDF: pages, boxes, and a catalog that keeps what still holds.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};
use sha2::Digest;

use super::claims;
use super::layout::Area;
use super::source::reals;

/// The largest metadata stream that is looked into, in bytes.
const MAX_METADATA: usize = 4 << 20;

/// A face, drawn.
pub(super) struct Drawn {
    pub(super) content: String,
    /// The forms it places, by their names.
    pub(super) forms: Vec<(String, ObjectId)>,
    /// From trim to trim of the outermost pages.
    pub(super) trim: Area,
    /// What is printed beyond that, without marks.
    pub(super) bleed: Area,
}

/// How the sheets are turned over in a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flip {
    /// About the paper's long edge.
    Long,
    /// About its short edge.
    Short,
}

/// Whether the file says that it is made for a press with these plates: lines
/// in all of them may then be drawn.
pub(super) fn has_four_plates(document: &Document) -> bool {
    let intents = document
        .catalog()
        .and_then(|c| c.get_deref(b"OutputIntents", document));
    let Ok(intents) = intents.and_then(Object::as_array) else { return false };
    intents.iter().any(|intent| {
        let intent = document.dereference(intent).and_then(|(_, i)| i.as_dict());
        let Ok(intent) = intent else { return false };
        let kind = intent.get_deref(b"S", document).and_then(Object::as_name);
        let profile = intent.get_deref(b"DestOutputProfile", document);
        let colors = profile.and_then(Object::as_stream);
        let colors = colors.and_then(|p| p.dict.get_deref(b"N", document)?.as_i64());
        matches!(kind, Ok(b"GTS_PDFX")) && matches!(colors, Ok(4) | Err(_))
    })
}

/// The colour that prints on every plate, as an array (ISO 32000-1, 8.6.6.4).
fn all_plates() -> Object {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        "N" => 1,
    };
    Object::Array(vec![
        "Separation".into(),
        "All".into(),
        "DeviceCMYK".into(),
        tint.into(),
    ])
}

/// Replaces the pages of `document` by the faces and writes it. `seed` is what
/// the new identifier is made of.
pub(super) fn write(
    mut document: Document,
    faces: Vec<Drawn>,
    paper: (f64, f64),
    group: Option<&Dictionary>,
    flip: Option<Flip>,
    seed: &[u8],
) -> Result<Vec<u8>, lopdf::Error> {
    let plates = has_four_plates(&document).then(|| document.add_object(all_plates()));
    let tree = document.new_object_id();
    let count = i64::try_from(faces.len()).unwrap_or(i64::MAX);
    let mut kids = Vec::new();
    for face in faces {
        let mut content = Stream::new(Dictionary::new(), face.content.into_bytes());
        content.compress()?;
        let content = document.add_object(content);
        let forms =
            face.forms.into_iter().map(|(name, id)| (name, Object::Reference(id)));
        let mut resources = dictionary! { "XObject" => forms.collect::<Dictionary>() };
        if let Some(plates) = plates {
            resources.set("ColorSpace", dictionary! { "All" => plates });
        }
        let corners = |a: Area| reals([a.left, a.bottom, a.right(), a.top()]);
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => reals([0.0, 0.0, paper.0, paper.1]),
            "BleedBox" => corners(face.bleed),
            "TrimBox" => corners(face.trim),
            "Resources" => resources,
            "Contents" => content,
        };
        if let Some(group) = group {
            page.set("Group", group.clone());
        }
        kids.push(Object::Reference(document.add_object(page)));
    }
    document.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count },
    );
    let catalog = catalog(&mut document, tree, flip)?;
    let catalog = document.add_object(catalog);
    trailer(&mut document, catalog, seed);
    document.prune_objects();
    document.renumber_objects();
    let modern = document.version.as_str() >= "1.5";
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(modern)
        .use_xref_streams(modern);
    document.save_with_options(&mut bytes, options.build())?;
    Ok(bytes)
}

/// A catalog of what is true of the sheets too. Outlines, destinations, forms,
/// actions and structure belong to pages that no longer exist.
fn catalog(
    document: &mut Document,
    tree: ObjectId,
    flip: Option<Flip>,
) -> Result<Dictionary, lopdf::Error> {
    let old = document.catalog()?.clone();
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    for key in
        ["Version", "Extensions", "Lang", "OutputIntents", "OCProperties", "Metadata"]
    {
        if let Ok(value) = old.get(key.as_bytes()) {
            catalog.set(key, value.clone());
        }
    }
    let mut viewer = dictionary! { "PrintScaling" => "None" };
    if let Some(flip) = flip {
        viewer.set(
            "Duplex",
            match flip {
                Flip::Long => "DuplexFlipLongEdge",
                Flip::Short => "DuplexFlipShortEdge",
            },
        );
    }
    catalog.set("ViewerPreferences", viewer);
    let metadata = old.get_deref(b"Metadata", document).and_then(Object::as_stream);
    let metadata = metadata.and_then(|m| m.get_plain_content_with_limit(MAX_METADATA));
    let metadata = metadata.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some(xmp) = metadata.and_then(|xmp| claims::without_structure(&xmp)) {
        let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let stream = Stream::new(dict, xmp.into_bytes()).with_compression(false);
        catalog.set("Metadata", document.add_object(stream));
    }
    Ok(catalog)
}

/// A trailer with the new catalog; the second identifier is that of this file
/// (ISO 32000-1, 14.4).
fn trailer(document: &mut Document, catalog: ObjectId, seed: &[u8]) {
    let own = sha2::Sha256::digest(seed)[..16].to_vec();
    let own = Object::String(own, lopdf::StringFormat::Hexadecimal);
    let first = document.trailer.get_deref(b"ID", document).and_then(Object::as_array);
    let first = first.ok().and_then(|id| id.first()).cloned();
    let first = first.filter(|id| id.as_str().is_ok()).unwrap_or_else(|| own.clone());
    let info = document.trailer.get(b"Info").cloned();
    let mut trailer =
        dictionary! { "Root" => catalog, "ID" => Object::Array(vec![first, own]) };
    if let Ok(info) = info {
        trailer.set("Info", info);
    }
    document.trailer = trailer;
}
