//! SVG: well-formed, with a size, and self-contained.

use roxmltree::{Document, Node};

use crate::diag::{Diagnostic, Rule, Sink, Span, rule};

/// The namespace that makes XML a drawing.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Width and height of a drawing in user units.
pub(super) fn examine(
    path: &str,
    span: Span,
    bytes: &[u8],
    sink: &mut Sink,
) -> Option<(u32, u32)> {
    let mut report = |rule: &'static Rule, why: String, hint: &str| {
        let message = format!("图片“{path}”{why}");
        sink.report(Diagnostic::new(rule, span, message).hint(hint));
    };
    let parsed = std::str::from_utf8(bytes).ok().map(Document::parse);
    let document = match parsed {
        Some(Ok(document)) => document,
        Some(Err(error)) => {
            let at = error.pos();
            let why = format!("在第 {} 行第 {} 列不合 SVG 的写法", at.row, at.col);
            report(&rule::figure::UNREADABLE_PICTURE, why, "从绘图软件重新导出 SVG");
            return None;
        }
        None => {
            let why = "不是 UTF-8 编码".to_owned();
            report(&rule::figure::UNREADABLE_PICTURE, why, "另存为 UTF-8 编码的 SVG");
            return None;
        }
    };
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        let why = format!("的根元素是 {}，不是 svg", root.tag_name().name());
        report(&rule::figure::UNREADABLE_PICTURE, why, "从绘图软件重新导出 SVG");
        return None;
    }
    if root.tag_name().namespace() != Some(SVG) {
        let why = "的 svg 元素没有写对命名空间".to_owned();
        let hint = format!("把 svg 元素的 xmlns 写成 \"{SVG}\"");
        report(&rule::figure::UNREADABLE_PICTURE, why, &hint);
        return None;
    }
    for node in document.descendants().filter(Node::is_element) {
        if let Some(why) = foreign(node) {
            report(
                &rule::figure::UNSAFE_SVG,
                why,
                "在绘图软件里嵌入或删去它，图片必须自成一体",
            );
        }
    }
    let size = size(root);
    if size.is_none() {
        let why = "没有尺寸".to_owned();
        report(&rule::figure::UNREADABLE_PICTURE, why, "给 svg 元素加上 viewBox");
    }
    size
}

/// What makes an element unfit for print and for readers' devices.
fn foreign(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    if matches!(name, "script" | "foreignObject" | "iframe" | "audio" | "video") {
        return Some(format!("含有 {name} 元素"));
    }
    node.attributes().find_map(|attribute| {
        let value = attribute.value().trim();
        match attribute.name() {
            name if name.starts_with("on") => Some(format!("含有脚本属性 {name}")),
            "href" if !value.starts_with('#') && !value.starts_with("data:") => {
                Some(format!("引用了文件之外的“{value}”"))
            }
            "style" | "fill" | "stroke" | "filter" | "mask" | "clip-path"
                if value.contains("url(")
                    && !value.replace(['"', '\''], "").contains("url(#") =>
            {
                Some(format!("引用了文件之外的“{value}”"))
            }
            _ => None,
        }
    })
}

/// The size, from `width` and `height` or from the view box.
fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let number = |text: &str| {
        let text = text.trim();
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        text[..end].parse().ok().filter(|value: &f64| *value > 0.0)
    };
    let absolute = |name: &str| {
        root.attribute(name)
            .filter(|text| !text.contains('%'))
            .and_then(number)
    };
    let view_box = root.attribute("viewBox").and_then(|text| {
        let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((number(parts.next()?)?, number(parts.next()?)?))
    });
    let (width, height) = match (absolute("width"), absolute("height"), view_box) {
        (_, _, Some(size)) => size,
        (Some(width), Some(height), None) => (width, height),
        _ => return None,
    };
    let whole = |value: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to what fits"
        )]
        let units = value.ceil().clamp(1.0, 1e6) as u32;
        units
    };
    Some((whole(width), whole(height)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceId;

    fn codes(svg: &str) -> Vec<&'static str> {
        let mut sink = Sink::new();
        let span = Span::new(SourceId(0), 0..0);
        examine("a.svg", span, svg.as_bytes(), &mut sink);
        sink.sorted().iter().map(|d| d.rule.code).collect()
    }

    #[test]
    fn a_plain_drawing_has_its_view_box_as_size() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 60.5"><path d="M0 0"/></svg>"#;
        let span = Span::new(SourceId(0), 0..0);
        assert_eq!(examine("a", span, svg.as_bytes(), &mut Sink::new()), Some((96, 61)));
    }

    #[test]
    fn scripts_and_links_outwards_are_refused() {
        let head = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">"#;
        assert_eq!(codes(&head.replace("http:", "http")), ["unreadable-picture"]);
        for inner in [
            "<script/>",
            r#"<image href="http://example.org/a.png"/>"#,
            r#"<rect onclick="x()"/>"#,
            r#"<rect fill="url(other.svg#a)"/>"#,
        ] {
            assert_eq!(codes(&format!("{head}{inner}</svg>")), ["unsafe-svg"], "{inner}");
        }
        assert_eq!(codes(&format!(r##"{head}<use href="#a"/></svg>"##)), [""; 0]);
    }

    #[test]
    fn broken_files_are_reported() {
        assert_eq!(codes("<svg"), ["unreadable-picture"]);
        assert_eq!(codes("<html/>"), ["unreadable-picture"]);
        assert_eq!(codes("<svg/>"), ["unreadable-picture"]);
    }
}
