//! The cover, drawn from the theme: the title and the one curve.

use std::collections::BTreeMap;

use super::curve;
use super::page::{Document, Matter, Page};
use super::plan::Plan;
use super::xml::Xml;
use crate::book::Metadata;

/// The file that shows the cover.
pub(super) const PAGE: &str = "cover.xhtml";

/// The path of the cover's picture.
pub(super) fn file(plan: &Plan<'_>) -> &'static str {
    if plan.parts.cover.is_some() { "images/cover.png" } else { "images/cover.svg" }
}

/// The words for a cover that nobody sees.
fn alt(metadata: &Metadata) -> String {
    let names: Vec<_> =
        metadata.authors.iter().map(|person| person.name.as_str()).collect();
    let mut alt = format!("封面：《{}》", metadata.title);
    if !metadata.subtitle.is_empty() {
        alt.push('，');
        alt.push_str(&metadata.subtitle);
    }
    if !names.is_empty() {
        alt.push('，');
        alt.push_str(&names.join("、"));
    }
    alt
}

impl Page<'_, '_> {
    /// The page that shows the cover.
    pub(super) fn cover(mut self) -> Document {
        let attributes = [("class", "cover"), ("id", "cover"), ("epub:type", "cover")];
        self.xml.open("section", &attributes);
        self.reach_anchor("cover");
        let src = format!("../{}", file(self.plan));
        let alt = alt(&self.plan.resolved.metadata);
        let attributes =
            [("src", src.as_str()), ("alt", alt.as_str()), ("role", "doc-cover")];
        self.xml.empty("img", &attributes);
        self.xml.close();
        self.finish("封面", Matter::Front)
    }
}

/// The cover as a drawing of 1600 × 2240.
pub(super) fn draw(metadata: &Metadata, tokens: &BTreeMap<String, String>) -> String {
    let color = |name: &str, fallback: &str| {
        let found = tokens.get(&format!("palette.{name}.screen"));
        found.cloned().unwrap_or_else(|| fallback.to_owned())
    };
    let ground = color("river", "#0B4F5C");
    let shade = color("river-deep", "#07404B");
    let mark = color("sun", "#E9B13B");
    let pale = color("mist", "#EEF3F1");
    let mut xml = Xml::document();
    let attributes = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 1600 2240"),
        ("width", "1600"),
        ("height", "2240"),
        ("role", "img"),
        ("lang", metadata.language.as_str()),
    ];
    xml.open("svg", &attributes);
    xml.leaf("title", &[], &alt(metadata));
    xml.empty("rect", &[("width", "1600"), ("height", "2240"), ("fill", &ground)]);
    // The curve comes in over the left edge; from the point at which it has
    // come down to zero, zero goes on over the right one.
    let place = |(x, y): (f64, f64)| (x * 4.6 - 60.0, y * 11.0 + 1020.0);
    let line = curve::path(place);
    let (x, y) = place(curve::point(1.0));
    let below = format!("{line} Z");
    xml.empty("path", &[("d", &below), ("fill", &shade)]);
    let zero = format!("M{x:.0} {y:.0} H1700");
    for (path, width) in [(&line, "12"), (&zero, "5")] {
        let attributes = [
            ("d", path.as_str()),
            ("fill", "none"),
            ("stroke", pale.as_str()),
            ("stroke-width", width),
        ];
        xml.empty("path", &attributes);
    }
    let (x, y) = (format!("{x:.0}"), format!("{y:.0}"));
    xml.empty("circle", &[("cx", &x), ("cy", &y), ("r", "36"), ("fill", &mark)]);
    let lines = break_title(&metadata.title);
    let longest = lines.iter().map(|line| width(line)).fold(1.0, f64::max);
    let size = (1320.0 / longest).min(176.0);
    let mut y = 420.0;
    for line in &lines {
        text(&mut xml, line, (140.0, y), size, ("700", &pale));
        y += size * 1.3;
    }
    if !metadata.subtitle.is_empty() {
        let size = (1320.0 / width(&metadata.subtitle)).min(72.0);
        text(&mut xml, &metadata.subtitle, (140.0, y + 30.0), size, ("400", &pale));
    }
    let names: Vec<_> =
        metadata.authors.iter().map(|person| person.name.as_str()).collect();
    text(&mut xml, &names.join("  "), (140.0, 1960.0), 60.0, ("400", &pale));
    text(&mut xml, &metadata.publisher, (140.0, 2080.0), 48.0, ("400", &pale));
    xml.finish()
}

fn text(xml: &mut Xml, text: &str, at: (f64, f64), size: f64, look: (&str, &str)) {
    if text.is_empty() {
        return;
    }
    let family = "'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', sans-serif";
    let attributes = [
        ("x", format!("{:.0}", at.0)),
        ("y", format!("{:.0}", at.1)),
        ("font-family", family.to_owned()),
        ("font-size", format!("{size:.0}")),
        ("font-weight", look.0.to_owned()),
        ("fill", look.1.to_owned()),
    ];
    let attributes: Vec<_> = attributes
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    xml.leaf("text", &attributes, text);
}

/// Width in ems: Han characters are one, others about half.
fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| if c.is_ascii() { 0.55 } else { 1.0 })
        .sum::<f64>()
        .max(1.0)
}

/// Breaks a title at its own marks, or where a line would be too long.
fn break_title(title: &str) -> Vec<String> {
    const LINE: usize = 8;
    let mut lines = vec![String::new()];
    for c in title.chars() {
        let marks = "：，、—！？";
        let count = lines.last().map_or(0, |line| line.chars().count());
        let closes = marks.contains(c) || "》”）".contains(c);
        if count >= LINE && !closes {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        if marks.contains(c) && count >= 2 {
            lines.push(String::new());
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::break_title;

    #[test]
    fn titles_break_at_their_marks() {
        assert_eq!(break_title("碳知多少：双碳入门"), ["碳知多少：", "双碳入门"]);
        assert_eq!(break_title("一二三四五六七八九").len(), 2);
    }
}
