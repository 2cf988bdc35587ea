//! A ticket as a machine reads it.

use super::*;
use crate::edition::{Paper, PrintOrder, Spine, TrimSize};

fn sheet(paper: &str, pages: usize, file: &str) -> Component {
    Component {
        pages,
        trim: TrimSize::new(148.0, 210.0),
        bleed: 3.0,
        paper: Paper::named(paper),
        color: ColorPolicy::Cmyk,
        spot: String::new(),
        file: file.to_owned(),
    }
}

fn full() -> JobTicket {
    let spine = Spine { width: 9.7, formula: String::new() };
    JobTicket {
        id: "tan-zhi-duoshao".to_owned(),
        title: "碳 & 中和 <知多少>".to_owned(),
        isbn: "978-7-115-54608-1".to_owned(),
        date: (2026, 11, 24),
        block: sheet("80克双胶纸", 180, "书 芯.pdf"),
        cover: Some(CoverComponent {
            sheet: sheet("250克铜版纸", 4, "cover.pdf"),
            spine,
            flaps: 0.0,
        }),
        condition: "FOGRA39".to_owned(),
        order: PrintOrder {
            quantity: Some(3000),
            finishing: vec!["覆哑膜".to_owned()],
            deadline: Some((2026, 12, 31)),
            delivery: "重庆市渝中区\u{1}某路1号".to_owned(),
            contact: Contact {
                name: "张三".to_owned(),
                phone: "023-0000".to_owned(),
                ..Contact::default()
            },
            notes: vec!["先看蓝样".to_owned()],
            ..PrintOrder::default()
        },
        ..JobTicket::default()
    }
}

/// The attribute of the first element of this name under the product.
fn intent(
    xml: &roxmltree::Document<'_>,
    product: &str,
    element: &str,
    key: &str,
) -> String {
    let product = xml.descendants().find(|node| node.attribute("ID") == Some(product));
    let mut inside = product.unwrap().descendants();
    let element = inside.find(|node| node.has_tag_name((NAMESPACE, element)));
    element.unwrap().attribute(key).unwrap_or_default().to_owned()
}

#[test]
fn a_full_ticket_is_well_formed_and_says_everything() {
    let text = xjdf(&full());
    let xml = roxmltree::Document::parse(&text).unwrap();
    let root = xml.root_element();
    assert!(root.has_tag_name((NAMESPACE, "XJDF")));
    assert_eq!(root.attribute("Version"), Some("2.1"));
    assert_eq!(root.attribute("DescriptiveName"), Some("碳 & 中和 <知多少>"));
    let order: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
    let order: Vec<_> = order.iter().map(|node| node.tag_name().name()).collect();
    let sets = ["ResourceSet"; 3];
    let wanted = [&["AuditPool", "Comment", "ProductList"][..], &sets].concat();
    assert_eq!(order, wanted, "the schema's sequence");
    assert_eq!(intent(&xml, "book", "BindingIntent", "BindingType"), "SoftCover");
    assert_eq!(intent(&xml, "book", "BindingIntent", "ChildRefs"), "cover block");
    assert_eq!(
        intent(&xml, "book", "LayoutIntent", "FinishedDimensions"),
        "419.528 595.276 27.496"
    );
    assert_eq!(intent(&xml, "block", "LayoutIntent", "Pages"), "180");
    assert_eq!(intent(&xml, "block", "MediaIntent", "Weight"), "80");
    assert_eq!(intent(&xml, "block", "MediaIntent", "Thickness"), "100");
    assert_eq!(intent(&xml, "cover", "MediaIntent", "Coating"), "Coated");
    assert_eq!(intent(&xml, "cover", "LaminatingIntent", "Texture"), "Matte");
    assert_eq!(intent(&xml, "block", "SurfaceColor", "PrintStandard"), "FOGRA39");
    assert!(text.contains("URL=\"%E4%B9%A6%20%E8%8A%AF.pdf\""), "{text}");
    assert!(text.contains("Required=\"2026-12-31T00:00:00Z\""), "{text}");
    assert!(!text.contains('\u{1}'));
}

#[test]
fn every_reference_has_its_target() {
    let text = xjdf(&full());
    let xml = roxmltree::Document::parse(&text).unwrap();
    let ids: Vec<_> = xml.descendants().filter_map(|node| node.attribute("ID")).collect();
    assert_eq!(ids, ["book", "cover", "block"]);
    for node in xml.descendants() {
        for key in ["ChildRefs", "ItemRef", "ProductPart"] {
            for target in node.attribute(key).unwrap_or_default().split(' ') {
                assert!(target.is_empty() || ids.contains(&target), "{key} {target}");
            }
        }
    }
}

#[test]
fn what_is_open_is_left_out() {
    let ticket = JobTicket {
        id: "book".to_owned(),
        block: sheet("", 16, ""),
        date: (2026, 11, 24),
        binding: Binding::SaddleStitch,
        ..JobTicket::default()
    };
    let text = xjdf(&ticket);
    let xml = roxmltree::Document::parse(&text).unwrap();
    assert_eq!(intent(&xml, "book", "BindingIntent", "BindingType"), "SaddleStitch");
    for absent in ["Amount", "Weight", "Thickness", "Contact", "RunList", "ChildRefs"] {
        assert!(!text.contains(absent), "{absent}: {text}");
    }
}
