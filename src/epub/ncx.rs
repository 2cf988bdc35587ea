//! The NCX: the contents for readers older than EPUB 3.

use super::nav::Line;
use super::xml::Xml;

/// The NCX of a book.
pub(super) fn write(
    contents: &[Line<'_>],
    title: &str,
    identifier: &str,
    language: &str,
) -> String {
    let mut xml = Xml::document();
    let attributes = [
        ("xmlns", "http://www.daisy.org/z3986/2005/ncx/"),
        ("version", "2005-1"),
        ("xml:lang", language),
    ];
    xml.open("ncx", &attributes);
    xml.open("head", &[]);
    let depth = depth(contents).to_string();
    for (name, content) in [
        ("dtb:uid", identifier),
        ("dtb:depth", depth.as_str()),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ] {
        xml.empty("meta", &[("name", name), ("content", content)]);
    }
    xml.close();
    xml.open("docTitle", &[]);
    xml.leaf("text", &[], title);
    xml.close();
    xml.open("navMap", &[]);
    let mut order = 0;
    points(&mut xml, contents, &mut order);
    xml.finish()
}

fn points(xml: &mut Xml, lines: &[Line<'_>], order: &mut usize) {
    for line in lines {
        *order += 1;
        let id = format!("point-{order}");
        xml.open("navPoint", &[("id", &id), ("playOrder", &order.to_string())]);
        xml.open("navLabel", &[]);
        xml.leaf("text", &[], &line.words());
        xml.close();
        xml.empty("content", &[("src", &format!("text/{}", line.href))]);
        points(xml, &line.below, order);
        xml.close();
    }
}

fn depth(lines: &[Line<'_>]) -> usize {
    lines.iter().map(|line| 1 + depth(&line.below)).max().unwrap_or(0)
}
