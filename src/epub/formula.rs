//! Formulas: `MathML` from the typesetter, with the words of this place.

use super::xml::Xml;

/// Attributes of `math` that are written anew.
const OWN: &[&str] = &["alttext", "display"];

/// Writes the `math` element of `source` with its spoken form; false when
/// `source` is not `MathML`.
pub(super) fn write(xml: &mut Xml, source: &str, alt: &str, display: bool) -> bool {
    let Ok(document) = roxmltree::Document::parse(source) else { return false };
    let root = document.root_element();
    if root.tag_name().name() != "math" {
        return false;
    }
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/1998/Math/MathML"),
        ("alttext", alt),
        ("display", if display { "block" } else { "" }),
    ];
    let others = root.attributes().filter(|attribute| !OWN.contains(&attribute.name()));
    attributes.extend(others.map(|attribute| (attribute.name(), attribute.value())));
    xml.open("math", &attributes);
    children(xml, root);
    xml.close();
    true
}

fn children(xml: &mut Xml, parent: roxmltree::Node<'_, '_>) {
    for node in parent.children() {
        if node.is_element() {
            let attributes: Vec<_> =
                node.attributes().map(|a| (a.name(), a.value())).collect();
            xml.open(node.tag_name().name(), &attributes);
            children(xml, node);
            xml.close();
        } else if let Some(text) = node.text().filter(|_| node.is_text()) {
            xml.text(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spoken_form_is_the_one_of_this_place() {
        let mut xml = Xml::new();
        let source = "<math alttext=\"old\"><mi>x</mi><mo stretchy=\"false\">&lt;</mo></math>";
        assert!(write(&mut xml, source, "x 小于", true));
        assert_eq!(
            xml.finish(),
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x 小于\" \
             display=\"block\"><mi>x</mi><mo stretchy=\"false\">&lt;</mo></math>"
        );
        assert!(!write(&mut Xml::new(), "no", "x", false));
    }
}
