//! What makes a PDF a PDF/X-4 and a PDF/A-2b: the output intent, the metadata,
//! and the absence of everything that a press does not print.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{PressSheet, values, xmp};

/// What a page is, for a press; its annotations, thumbnails and tags are not.
const PAGE: [&[u8]; 9] = [
    b"Type",
    b"Parent",
    b"Resources",
    b"Contents",
    b"MediaBox",
    b"BleedBox",
    b"TrimBox",
    b"Rotate",
    b"Group",
];

/// What a document is, for a press.
const CATALOG: [&[u8]; 4] = [b"Type", b"Pages", b"PageLabels", b"Lang"];

/// The profile of the printing condition as it is embedded (6.2.2).
pub(super) fn intent_profile(sheet: &PressSheet<'_>) -> Stream {
    let dictionary = dictionary! { "N" => 4, "Alternate" => "DeviceCMYK" };
    values::deflated(dictionary, sheet.profile.bytes())
}

/// Turns a separated document with page boxes into one that claims its standards.
pub(super) fn claim(
    document: &mut Document,
    pages: &[ObjectId],
    sheet: &PressSheet<'_>,
    profile: Stream,
    original: &[u8],
) -> Result<(), lopdf::Error> {
    for &id in pages {
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        *page = only(page, &PAGE);
    }
    let profile = document.add_object(profile);
    let intents = ["GTS_PDFX", "GTS_PDFA1"].map(|standard| {
        Object::Reference(document.add_object(intent(standard, sheet, profile)))
    });
    let identity = Identity::of(document, original);
    let metadata = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp::packet(sheet, &identity.document, &identity.instance).into_bytes(),
    );
    let metadata = document.add_object(metadata.with_compression(false));
    let catalog = document.catalog_mut()?;
    *catalog = only(catalog, &CATALOG);
    catalog.set("OutputIntents", intents.to_vec());
    catalog.set("Metadata", metadata);
    let info = document.add_object(info(sheet));
    document.trailer.set("Info", info);
    document.trailer.set("ID", identity.trailer());
    // PDF/X-4 is made of PDF 1.6 (6.1), and PDF/A-2 takes every 1.x.
    "1.6".clone_into(&mut document.version);
    Ok(())
}

/// The dictionary with these keys alone.
fn only(dictionary: &Dictionary, keys: &[&[u8]]) -> Dictionary {
    let mut kept = Dictionary::new();
    for key in keys {
        if let Ok(object) = dictionary.get(key) {
            kept.set(*key, object.clone());
        }
    }
    kept
}

/// An output intent (ISO 15930-7, 6.2.2; ISO 19005-2, 6.2.3). Both standards get
/// the same one.
fn intent(standard: &str, sheet: &PressSheet<'_>, profile: ObjectId) -> Dictionary {
    let name = sheet.profile.name();
    // A condition without a registered name has none: the profile says it all.
    let condition = if sheet.condition.is_empty() { "Custom" } else { sheet.condition };
    let mut intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => standard,
        "OutputConditionIdentifier" => text(condition),
        "OutputCondition" => text(name),
        "Info" => text(if name.is_empty() { condition } else { name }),
        "DestOutputProfile" => profile,
    };
    if !sheet.condition.is_empty() {
        intent.set("RegistryName", text("http://www.color.org"));
    }
    intent
}

/// Text for people (ISO 32000-1, 7.9.2.2).
pub(super) fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    let bytes = [0xFE, 0xFF].into_iter().chain(units).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The document information dictionary (6.9, 6.10).
fn info(sheet: &PressSheet<'_>) -> Dictionary {
    let (year, month, day) = sheet.date;
    let date = text(&format!("D:{year:04}{month:02}{day:02}000000Z"));
    let mut info = dictionary! {
        "Title" => text(&sheet.title),
        "Creator" => text(sheet.creator),
        "Producer" => text(sheet.creator),
        "CreationDate" => date.clone(),
        "ModDate" => date,
        "Trapped" => "False",
        "GTS_PDFXVersion" => text("PDF/X-4"),
    };
    if !sheet.authors.is_empty() {
        info.set("Author", text(&sheet.authors.join("、")));
    }
    info
}

/// Who the file is: the document stays the same through its versions.
struct Identity {
    document: Uuid,
    instance: Uuid,
}

impl Identity {
    fn of(document: &Document, original: &[u8]) -> Self {
        let digest = Sha256::digest(original);
        let given = document.trailer.get(b"ID").and_then(Object::as_array);
        let given = given.ok().and_then(|ids| ids.first()?.as_str().ok());
        let name = |of: &[u8]| Uuid::new_v5(&Uuid::NAMESPACE_OID, of);
        Self {
            document: name(given.unwrap_or(digest.as_slice())),
            instance: name(digest.as_slice()),
        }
    }

    fn trailer(&self) -> Object {
        let id = |uuid: &Uuid| {
            Object::String(uuid.as_bytes().to_vec(), StringFormat::Hexadecimal)
        };
        Object::Array(vec![id(&self.document), id(&self.instance)])
    }
}
