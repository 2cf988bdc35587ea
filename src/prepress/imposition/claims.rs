//! What an imposed file may still say of itself.
//!
//! Pages that have become forms keep their colours, fonts and output intent, so
//! PDF/X-4 and PDF/A level B still hold. Their structure tree is gone, and with
//! it PDF/UA and level A; a file must not claim what it has lost.

use std::ops::Range;

/// The metadata without the claims that need a structure tree; `None` if there
/// were none.
pub(super) fn without_structure(xmp: &str) -> Option<String> {
    let mut text = xmp.to_owned();
    for name in ["part", "rev", "amd", "corr"] {
        while let Some(range) = property(&text, &format!("pdfuaid:{name}")) {
            text.replace_range(range, "");
        }
    }
    let element = |level: &str| format!("<pdfaid:conformance>{level}</");
    text = text.replace(&element("A"), &element("B"));
    for quote in ['"', '\''] {
        let attribute = |level: &str| format!("pdfaid:conformance={quote}{level}{quote}");
        text = text.replace(&attribute("A"), &attribute("B"));
    }
    (text != xmp).then_some(text)
}

/// Where a property stands, as an element or as an attribute.
fn property(text: &str, name: &str) -> Option<Range<usize>> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    if let Some(start) = text.find(&open) {
        let end = start + text[start..].find(&close)? + close.len();
        return Some(start..end);
    }
    let start = text.find(&format!("{name}="))?;
    let value = start + name.len() + 1;
    let quote = text[value..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = value + 1 + text[value + 1..].find(quote)? + 1;
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_of_structure_go_and_the_others_stay() {
        let xmp = "<a><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\
                   <pdfuaid:part>1</pdfuaid:part><pdfxid:GTS_PDFXVersion>PDF/X-4\
                   </pdfxid:GTS_PDFXVersion></a>";
        let kept = without_structure(xmp).unwrap();
        assert!(!kept.contains("pdfuaid:part"), "{kept}");
        assert!(kept.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{kept}");
        assert!(kept.contains("PDF/X-4"));
        let attributes = "<b pdfuaid:part='1' pdfaid:conformance=\"A\" x=\"y\"/>";
        let kept = without_structure(attributes).unwrap();
        assert_eq!(kept, "<b  pdfaid:conformance=\"B\" x=\"y\"/>");
        assert_eq!(without_structure("<c pdfaid:conformance=\"B\"/>"), None);
        assert_eq!(without_structure("<pdfuaid:part>1"), None);
    }
}
