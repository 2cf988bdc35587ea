//! The XMP packet (ISO 16684-1) of a press file.

use std::fmt::Write;

use quick_xml::escape::partial_escape;
use uuid::Uuid;

use super::PressSheet;

/// Properties that PDF/A wants described because its own schemas lack them
/// (ISO 19005-2, 6.6.2.3): schema, namespace, prefix, properties.
const EXTENSIONS: &[(&str, &str, &str, &[&str])] = &[
    (
        "PDF/X ID Schema",
        "http://www.npes.org/pdfx/ns/id/",
        "pdfxid",
        &["GTS_PDFXVersion"],
    ),
    ("Adobe PDF Schema", "http://ns.adobe.com/pdf/1.3/", "pdf", &["Trapped"]),
    (
        "XMP Media Management Schema",
        "http://ns.adobe.com/xap/1.0/mm/",
        "xmpMM",
        &["VersionID", "RenditionClass"],
    ),
];

/// The metadata of the document, readable by tools that know no PDF: UTF-8, with
/// room for changes in place.
pub(super) fn packet(sheet: &PressSheet<'_>, document: &Uuid, instance: &Uuid) -> String {
    let (year, month, day) = sheet.date;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let title = escaped(&sheet.title);
    let tool = escaped(sheet.creator);
    let mut authors = String::new();
    for author in &sheet.authors {
        // Writing to a `String` does not fail.
        let _ = write!(authors, "<rdf:li>{}</rdf:li>", escaped(author));
    }
    let creator = if authors.is_empty() {
        String::new()
    } else {
        format!("<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>")
    };
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         {creator}\n\
         <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>\
         <xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{tool}</xmp:CreatorTool>\n\
         <pdf:Producer>{tool}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>\n\
         <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n\
         <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n\
         <xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>\
         <xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>\
         <xmpMM:VersionID>1</xmpMM:VersionID>\
         <xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
         </rdf:Description>\n{}</rdf:RDF></x:xmpmeta>\n{}<?xpacket end=\"w\"?>",
        extensions(),
        format!("{}\n", " ".repeat(99)).repeat(20),
    )
}

fn extensions() -> String {
    let mut schemas = String::new();
    for (schema, namespace, prefix, properties) in EXTENSIONS {
        let mut listed = String::new();
        for name in *properties {
            // Writing to a `String` does not fail.
            let _ = write!(
                listed,
                "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
                 <pdfaProperty:valueType>Text</pdfaProperty:valueType>\
                 <pdfaProperty:category>internal</pdfaProperty:category>\
                 <pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"
            );
        }
        let _ = writeln!(
            schemas,
            "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>{schema}</pdfaSchema:schema>\
             <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>\
             <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\
             <pdfaSchema:property><rdf:Seq>{listed}</rdf:Seq></pdfaSchema:property></rdf:li>"
        );
    }
    format!(
        "<rdf:Description rdf:about=\"\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
         <pdfaExtension:schemas><rdf:Bag>\n{schemas}</rdf:Bag></pdfaExtension:schemas>\
         </rdf:Description>\n"
    )
}

/// Text that means itself in XML; characters that XML does not have are left out.
fn escaped(text: &str) -> String {
    let lines = |c: char| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
    let text: String = text.chars().map(lines).filter(|c| !c.is_control()).collect();
    partial_escape(text).into_owned()
}
