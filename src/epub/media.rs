//! Media types, file names and drawings inside the container.

use super::walk::{self, Met};
use super::xml::Xml;
use crate::book::{BlockKind, FigureContent};
use crate::diag::{Diagnostic, Sink, rule};
use crate::edition::Edition;
use crate::resolve::Resolved;

/// The media type of sound or film; `None` for what EPUB readers cannot play.
pub(super) fn film_or_sound(path: &str) -> Option<&'static str> {
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match extension.as_str() {
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "opus" | "ogg" => "audio/ogg; codecs=opus",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        _ => return None,
    })
}

/// Whether a file is a film.
pub(super) fn is_film(path: &str) -> bool {
    film_or_sound(path).is_some_and(|kind| kind.starts_with("video/"))
}

/// The media type of a file of ours, by its extension.
pub(super) fn of_file(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "ncx" => "application/x-dtbncx+xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => film_or_sound(path).unwrap_or("application/octet-stream"),
    }
}

/// Reports sound and film that EPUB readers cannot play.
pub(super) fn check(resolved: &Resolved, edition: &Edition, sink: &mut Sink) {
    walk::book(resolved, edition, &mut |_, met| {
        let Met::Block(block) = met else { return };
        let BlockKind::Figure(figure) = &block.kind else { return };
        let FigureContent::Media { path, span, .. } = &figure.content else { return };
        if film_or_sound(path).is_none() {
            let message = format!("EPUB 阅读器不能播放“{path}”");
            let found = Diagnostic::new(&rule::epub::MEDIA_FORMAT, *span, message);
            sink.report(found.hint("换成 mp3、m4a、opus 声音或 mp4、webm 影片"));
        }
    });
}

/// A name of ASCII letters, digits and hyphens; never empty.
pub(super) fn ascii_name(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = text.chars().map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

/// An SVG drawing with a title and a description for those who open it alone;
/// `None` when it is not an SVG file.
pub(super) fn described_svg(svg: &str, title: &str, description: &str) -> Option<String> {
    let document = roxmltree::Document::parse(svg).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let start = root.range().start;
    let end = start + tag_length(&svg[start..])?;
    let tag = &svg[start..end];
    let (tag, closing) = match tag.strip_suffix("/>") {
        Some(tag) => (tag, "</svg>"),
        None => (tag.strip_suffix('>')?, ""),
    };
    let mut out = Xml::document();
    out.raw(tag);
    if root.attribute("role").is_none() {
        out.raw(" role=\"img\"");
    }
    out.raw(">");
    out.leaf("title", &[], title);
    if !description.is_empty() {
        out.leaf("desc", &[], description);
        out.raw("\n");
    }
    out.raw(&svg[end..]);
    out.raw(closing);
    Some(out.finish())
}

/// The title and the description that a drawing has of its own.
pub(super) fn svg_words(svg: &[u8]) -> [Option<String>; 2] {
    let text = std::str::from_utf8(svg).unwrap_or_default();
    let Ok(document) = roxmltree::Document::parse(text) else { return [None, None] };
    ["title", "desc"].map(|name| {
        let mut children = document.root_element().children();
        let found = children.find(|child| child.tag_name().name() == name)?;
        let words = found.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(words).filter(|words| !words.is_empty())
    })
}

/// The length of the tag at the start of `text`: `>` may stand in quotes.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) => quote = (c != open).then_some(open),
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return Some(at + 1),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_get_a_title() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" data-a=\"1>0\"><g/></svg>";
        let out = described_svg(svg, "题 & 名", "").unwrap();
        assert!(out.contains("data-a=\"1>0\" role=\"img\"><title>题 &amp; 名</title>"));
        assert!(roxmltree::Document::parse(&out).is_ok());
        assert!(described_svg("<g/>", "", "").is_none());
    }

    #[test]
    fn drawings_keep_their_own_words() {
        let svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title> 题\n名 </title></svg>";
        assert_eq!(svg_words(svg.as_bytes()), [Some("题 名".to_owned()), None]);
        assert_eq!(svg_words(b"<svg"), [None, None]);
    }

    #[test]
    fn names_are_ascii() {
        assert_eq!(ascii_name("co2 图"), "co2");
        assert_eq!(ascii_name("图"), "file");
    }
}
