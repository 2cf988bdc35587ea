//! Images that stand in the content itself (ISO 32000-1, 8.9.7).

use std::fmt::Write;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream};

use super::Outcome;
use crate::prepress::color::{Inks, Space, Spaces};
use crate::prepress::values;

/// The short names of keys and values in inline images, and the long ones.
const SHORT: &[(&str, &str)] = &[
    ("BPC", "BitsPerComponent"),
    ("CS", "ColorSpace"),
    ("D", "Decode"),
    ("DP", "DecodeParms"),
    ("F", "Filter"),
    ("H", "Height"),
    ("IM", "ImageMask"),
    ("I", "Interpolate"),
    ("W", "Width"),
    ("AHx", "ASCIIHexDecode"),
    ("A85", "ASCII85Decode"),
    ("LZW", "LZWDecode"),
    ("Fl", "FlateDecode"),
    ("RL", "RunLengthDecode"),
    ("CCF", "CCITTFaxDecode"),
    ("DCT", "DCTDecode"),
];

fn long(name: &[u8]) -> Vec<u8> {
    let found = SHORT.iter().find(|(short, _)| short.as_bytes() == name);
    found.map_or(name, |(_, long)| long.as_bytes()).to_vec()
}

fn lengthened(object: &Object) -> Object {
    match object {
        Object::Name(name) => Object::Name(long(name)),
        Object::Array(items) => Object::Array(items.iter().map(lengthened).collect()),
        other => other.clone(),
    }
}

/// An inline image in inks; `None` when it stays as it is.
pub(in crate::prepress) fn inline(
    document: &Document,
    inks: &Inks<'_>,
    spaces: &Spaces,
    mask: bool,
    code: &[u8],
) -> Option<Vec<u8>> {
    let operation = Content::decode(code).ok()?.operations.into_iter().next()?;
    let image = operation.operands.first()?.as_stream().ok()?;
    let mut dictionary = Dictionary::new();
    for (key, value) in &image.dict {
        dictionary.set(long(key), lengthened(value));
    }
    if let Ok(name) = dictionary.get(b"ColorSpace").and_then(Object::as_name) {
        let device = match *spaces.get(name) {
            Space::Gray => "DeviceGray",
            Space::Rgb(_) => "DeviceRGB",
            Space::Cmyk => "DeviceCMYK",
            _ => return None,
        };
        dictionary.set("ColorSpace", device);
    }
    let stream = Stream::new(dictionary, image.content.clone());
    let Outcome::Changed(image) = super::image(document, inks, &stream, mask) else {
        return None;
    };
    written(&image)
}

/// The image as content, in hexadecimal digits, which nothing can be mistaken for.
fn written(image: &Stream) -> Option<Vec<u8>> {
    let number = |key: &[u8]| image.dict.get(key).and_then(Object::as_i64).ok();
    let (width, height) = (number(b"Width")?, number(b"Height")?);
    let space = match image.dict.get(b"ColorSpace").and_then(Object::as_name).ok()? {
        b"DeviceGray" => "G",
        b"DeviceRGB" => "RGB",
        _ => "CMYK",
    };
    if image
        .filters()
        .is_ok_and(|filters| filters.contains(&b"DCTDecode".as_slice()))
    {
        return None;
    }
    let bytes = values::unfolded(image)?;
    let mut code = format!("BI /W {width} /H {height} /CS /{space} /BPC 8 /F /AHx ID\n");
    for byte in bytes {
        // Writing to a `String` does not fail.
        let _ = write!(code, "{byte:02x}");
    }
    code.push_str(">\nEI\n");
    Some(code.into_bytes())
}
