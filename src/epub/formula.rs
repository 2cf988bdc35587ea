//! `MathML` from the typesetter, made fit for an EPUB.

use super::xml::Xml;

/// Attributes that EPUB's `MathML` does not know, or that override the reader's
/// settings.
const LEFT_OUT: &[&str] = &["style", "class", "alttext", "display", "xmlns"];

/// Writes the `math` element of `source` with its spoken form; false when
/// `source` is not `MathML`.
pub(super) fn write(xml: &mut Xml, source: &str, alt: &str, display: bool) -> bool {
    let Ok(document) = roxmltree::Document::parse(source) else { return false };
    let root = document.root_element();
    if root.tag_name().name() != "math" {
        return false;
    }
    let mode = if display { "block" } else { "" };
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/1998/Math/MathML"),
        ("alttext", alt),
        ("display", mode),
    ];
    attributes.extend(kept(root));
    xml.open("math", &attributes);
    children(xml, root);
    xml.close();
    true
}

fn children(xml: &mut Xml, parent: roxmltree::Node<'_, '_>) {
    for node in parent.children() {
        if node.is_element() {
            xml.open(node.tag_name().name(), &kept(node));
            children(xml, node);
            xml.close();
        } else if let Some(text) = node.text().filter(|_| node.is_text()) {
            xml.text(&text.chars().map(plain_letter).collect::<String>());
        }
    }
}

fn kept<'a>(node: roxmltree::Node<'a, '_>) -> Vec<(&'a str, &'a str)> {
    let table = node.tag_name().name() == "mtable";
    node.attributes()
        .filter(|attribute| !LEFT_OUT.contains(&attribute.name()))
        // The schema of EPUB 3.3 has no `scriptlevel` on tables.
        .filter(|attribute| !(table && attribute.name() == "scriptlevel"))
        .map(|attribute| (attribute.name(), attribute.value()))
        .collect()
}

/// The plain letter of a mathematical alphanumeric symbol: `mi` slants it by
/// itself, old devices have no glyph for the others, and voices misread them.
fn plain_letter(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    let folded = matches!(c, '\u{1d400}'..='\u{1d7ff}' | 'ℎ');
    if folded { c.nfkc().next().unwrap_or(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_plain_and_the_spoken_form_is_there() {
        let mut xml = Xml::new();
        let source = "<math><mi>𝑥</mi><mtable scriptlevel=\"0\" style=\"a\"><mtr/></mtable></math>";
        assert!(write(&mut xml, source, "x", true));
        assert_eq!(
            xml.finish(),
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x\" \
             display=\"block\"><mi>x</mi><mtable><mtr></mtr></mtable></math>"
        );
        assert!(!write(&mut Xml::new(), "no", "x", false));
    }
}
