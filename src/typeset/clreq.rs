//! CLREQ on the real book's pages: what may start and end a line, how far a
//! line may reach, where baselines stand.

use typst::layout::{Frame, FrameItem, Point};
use typst::text::TextItem;

use super::*;

/// Marks that no line may start with (CLREQ 3.1.2, the basic level).
const NEVER_FIRST: &str = "，。、；：！？）》”’】〉」』·";

/// Marks that no line may end with.
const NEVER_LAST: &str = "（《“‘【〈「『";

/// A line of text as it stands on a page.
struct Line {
    page: usize,
    baseline: f64,
    right: f64,
    size: f64,
    text: String,
}

#[test]
fn lines_keep_the_rules_of_clreq() {
    let (layout, edition) = real_book();
    let lines = lines(&layout);
    assert!(lines.len() > 3_000, "{} lines", lines.len());
    for Line { page, text, .. } in &lines {
        let mut seen = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2060}');
        let (first, last) = (seen.clone().next(), seen.next_back());
        // A lone mark is a sign of its own: the question mark of a myth.
        if text.chars().count() < 2 {
            continue;
        }
        let first_is_bad = first.is_some_and(|c| NEVER_FIRST.contains(c));
        let last_is_bad = last.is_some_and(|c| NEVER_LAST.contains(c));
        assert!(!first_is_bad && !last_is_bad, "page {page}: {text}");
    }

    let edge = edition.trim.width * 72.0 / 25.4;
    for Line { page, right, text, .. } in &lines {
        assert!(
            *right < edge - 20.0,
            "page {page}: {text} reaches {right:.1} of {edge:.1}"
        );
    }
}

#[test]
fn baselines_stand_on_one_grid() {
    let (layout, edition) = real_book();
    let lines = lines(&layout);
    let body: Vec<_> = lines
        .iter()
        .filter(|line| (line.size - edition.body_size).abs() < 0.01)
        .filter(|line| line.text.chars().count() > 15)
        .collect();
    // The grid starts at the head of the type area; its phase is the most
    // frequent remainder.
    let mut phases = BTreeMap::new();
    for line in &body {
        let phase = (line.baseline.rem_euclid(edition.leading) * 10.0).round();
        #[expect(clippy::cast_possible_truncation, reason = "less than 200")]
        let phase = phase as i32;
        *phases.entry(phase).or_insert(0_usize) += 1;
    }
    let most = phases
        .iter()
        .max_by_key(|(_, count)| **count)
        .map_or(0, |(phase, _)| *phase);
    let near = |phase: i32| (phase - most).abs() <= 2;
    let on_grid: usize = phases
        .iter()
        .filter(|(phase, _)| near(**phase))
        .map(|(_, count)| count)
        .sum();
    assert!(
        on_grid * 100 >= body.len() * 85,
        "{on_grid} of {} lines stand on the grid: {phases:?}",
        body.len()
    );
}

/// The book of this repository, laid out as its screen edition.
fn real_book() -> (Layout, Edition) {
    let mut sink = Sink::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::open(root, &mut sink).unwrap();
    let book = crate::manuscript::read(&project, &mut sink);
    let resolved = crate::resolve::resolve(book, &mut sink);
    let figures = crate::figure::prepare(&resolved, &project, &mut sink);
    let edition = project.editions["screen"].clone();
    let copy = mark_up(&resolved, &project, &edition, None, &mut sink);
    let layout = layout(&resolved, &project, &figures, copy, &mut sink).unwrap();
    (layout, edition)
}

/// The lines of all pages: runs that follow each other on one baseline, with
/// the scripts and marks raised or lowered beside them.
fn lines(layout: &Layout) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    layout.visit_frames(&mut |page, frame| {
        let start = lines.len();
        collect(frame, Point::zero(), &mut |at, text| {
            let (x, y) = (at.x.to_pt(), at.y.to_pt());
            let (size, right) = (text.size.to_pt(), (at.x + text.width()).to_pt());
            let open = lines[start..].last_mut().filter(|line| {
                (line.baseline - y).abs() < 0.6 * line.size.max(size)
                    && (x - line.right).abs() < 1.5 * line.size.max(size)
            });
            if let Some(line) = open {
                line.right = right;
                line.text.push_str(&text.text);
                if size > line.size {
                    (line.size, line.baseline) = (size, y);
                }
            } else {
                let text = text.text.to_string();
                lines.push(Line { page, baseline: y, right, size, text });
            }
        });
    });
    lines
}

/// Calls `visit` for every run of text with its place on the page.
fn collect(frame: &Frame, at: Point, visit: &mut impl FnMut(Point, &TextItem)) {
    for (position, item) in frame.items() {
        match item {
            FrameItem::Text(text) => visit(at + *position, text),
            FrameItem::Group(group) => collect(&group.frame, at + *position, visit),
            _ => {}
        }
    }
}
