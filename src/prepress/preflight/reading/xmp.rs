//! The XMP packet: really read, so that a property is not taken for its
//! description in an extension schema (ISO 16684-1).

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use crate::prepress::preflight::inspected::Metadata;

/// The largest packet that is read, in bytes.
const MAX_PACKET: usize = 2 << 20;

/// How deep elements may nest; the parser is recursive in nothing, but its
/// nodes are counted.
const MAX_NODES: u32 = 100_000;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// The namespaces that matter, with their usual prefixes.
const SPACES: &[(&str, &str)] = &[
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://ns.adobe.com/xap/1.0/", "xmp"),
    ("http://ns.adobe.com/xap/1.0/mm/", "xmpMM"),
    ("http://ns.adobe.com/pdf/1.3/", "pdf"),
    ("http://www.npes.org/pdfx/ns/id/", "pdfxid"),
    ("http://ns.adobe.com/pdfx/1.3/", "pdfx"),
    ("http://www.aiim.org/pdfa/ns/id/", "pdfaid"),
];

/// Reads a packet: properties at the top level of its descriptions.
pub(super) fn read(data: &[u8]) -> Metadata {
    if data.len() > MAX_PACKET {
        return Metadata::Broken("超过 2 MB".into());
    }
    let Some(text) = decoded(data) else {
        return Metadata::Broken("不是 UTF-8 或 UTF-16 文字".into());
    };
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    // Space after the packet is there for later edits.
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{FEFF}');
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return Metadata::Broken(format!("不是合格的 XML：{error}")),
    };
    let mut properties = BTreeMap::new();
    let descriptions = document
        .root()
        .descendants()
        .filter(|node| node.has_tag_name((RDF, "RDF")))
        .flat_map(|rdf| rdf.children())
        .filter(|node| node.has_tag_name((RDF, "Description")));
    for description in descriptions {
        for attribute in description.attributes() {
            let space = attribute.namespace().unwrap_or_default();
            note(&mut properties, space, attribute.name(), attribute.value());
        }
        for property in description.children().filter(Node::is_element) {
            let space = property.tag_name().namespace().unwrap_or_default();
            note(&mut properties, space, property.tag_name().name(), value(property));
        }
    }
    Metadata::Read(properties)
}

/// A property's text, or that of the first item of its list.
fn value<'a>(property: Node<'a, '_>) -> &'a str {
    property
        .descendants()
        .find(|node| node.has_tag_name((RDF, "li")))
        .unwrap_or(property)
        .text()
        .unwrap_or_default()
}

fn note(properties: &mut BTreeMap<String, String>, space: &str, name: &str, value: &str) {
    if let Some((_, prefix)) = SPACES.iter().find(|(uri, _)| *uri == space) {
        let value = value.trim().chars().take(512).collect();
        properties.insert(format!("{prefix}:{name}"), value);
    }
}

fn decoded(data: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match data {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        _ => String::from_utf8(data.to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIBED_ONLY: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Trapped="False">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">书名</rdf:li></rdf:Alt></dc:title>
<pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;

    #[test]
    fn a_described_property_is_no_property() {
        let read = read(DESCRIBED_ONLY.as_bytes());
        assert_eq!(read.get("dc:title"), Some("书名"));
        assert_eq!(read.get("pdf:Trapped"), Some("False"));
        assert_eq!(read.get("pdfxid:GTS_PDFXVersion"), None);
    }

    #[test]
    fn broken_and_hostile_packets_are_said() {
        for packet in ["<x>", "", "\u{0}", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"] {
            assert!(matches!(read(packet.as_bytes()), Metadata::Broken(_)), "{packet}");
        }
        let deep = "<a>".repeat(40_000);
        assert!(matches!(read(deep.as_bytes()), Metadata::Broken(_)));
        let deep = format!("{}{}", "<a>".repeat(40_000), "</a>".repeat(40_000));
        let _ = read(deep.as_bytes());
    }
}
