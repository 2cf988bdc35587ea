//! Rewrites the colours of a content stream; everything else stays as it is,
//! byte by byte. What is painted with them, and how it meets what is under it,
//! is told in `paint`.

use std::ops::Range;
use std::sync::Arc;

use lopdf::Document;

use super::lexer::{Lexer, Word, name, number};
use super::state::{Overprint, Paint, State, States};
use crate::prepress::color::{Drawing, Ink, Inks, Space, Spaces};
use crate::prepress::image;

/// Ink of black text: black alone, and all of it.
pub(super) const BLACK: Ink = [0.0, 0.0, 0.0, 1.0];
/// The most graphics states that are remembered at once.
const DEEPEST: usize = 4096;

/// What surrounds a content stream.
pub(in crate::prepress) struct Scene<'a> {
    pub(in crate::prepress) document: &'a Document,
    pub(in crate::prepress) inks: &'a Inks<'a>,
    pub(in crate::prepress) spaces: Spaces,
    pub(in crate::prepress) states: States,
    /// Whether its light and dark are a mask, which is data and no colour.
    pub(in crate::prepress) mask: bool,
    /// Whether it begins with the graphics state of a page.
    pub(in crate::prepress) fresh: bool,
}

/// A content stream in inks.
#[derive(Debug, Default)]
pub(in crate::prepress) struct Recolored {
    /// The content.
    pub(in crate::prepress) content: Vec<u8>,
    /// Whether it names graphics states of [`super::OVERPRINT_STATES`].
    pub(in crate::prepress) overprints: bool,
    /// Whether it names the spot ink's colour space.
    pub(in crate::prepress) two_inks: bool,
    /// Whether it has colours that could not be understood and were left.
    pub(in crate::prepress) unknown: bool,
    /// The largest sum of inks that one object lays down, 1 being one full ink.
    pub(in crate::prepress) most_ink: f32,
}

/// Rewrites the colours of a content stream.
pub(in crate::prepress) fn recolor(content: &[u8], scene: &Scene<'_>) -> Recolored {
    let mut writer = Writer::new(content, scene);
    let mut operands: Vec<(Range<usize>, Word<'_>)> = Vec::new();
    for (range, word) in Lexer::new(content) {
        match word {
            Word::Operator(operator) => {
                let start =
                    operands.first().map_or(range.start, |(first, _)| first.start);
                writer.operator(operator, &operands, start..range.end);
                operands.clear();
            }
            Word::InlineImage => {
                writer.inline_image(range);
                operands.clear();
            }
            // More operands than any operator takes: not content.
            _ if operands.len() > 64 => operands.clear(),
            _ => operands.push((range, word)),
        }
    }
    writer.finish()
}

/// A content stream, as far as it is rewritten.
pub(super) struct Writer<'a> {
    pub(super) content: &'a [u8],
    pub(super) scene: &'a Scene<'a>,
    pub(super) out: Vec<u8>,
    /// How much of the content is written or replaced.
    pub(super) copied: usize,
    /// Where in `out` the path under construction begins: nothing but path
    /// operators may stand in it (ISO 32000-1, 8.2).
    pub(super) path: Option<usize>,
    pub(super) state: State,
    pub(super) saved: Vec<State>,
    /// Saved states beyond those that are remembered.
    pub(super) unsaved: usize,
    /// What is said of the content so far.
    pub(super) told: Recolored,
    /// Whether black may overprint here: not in masks, and not where the
    /// original has its own mind about it.
    pub(super) may_overprint: bool,
}

impl<'a> Writer<'a> {
    fn new(content: &'a [u8], scene: &'a Scene<'a>) -> Self {
        let mut out = Vec::with_capacity(content.len() + 64);
        // The colour that pages begin with is black; it has no other ink.
        let first = if scene.inks.is_spot_plate() { [0.0; 4] } else { BLACK };
        if scene.fresh && !scene.mask {
            scene.inks.write(first, false, &mut out);
            scene.inks.write(first, true, &mut out);
        }
        Self {
            content,
            scene,
            out,
            copied: 0,
            path: None,
            state: State::new(scene.fresh.then_some(first)),
            saved: Vec::new(),
            unsaved: 0,
            told: Recolored::default(),
            may_overprint: !scene.mask
                && scene.inks.drawing() == Drawing::Press
                && !scene.states.overprint(),
        }
    }

    fn finish(mut self) -> Recolored {
        self.flush(self.content.len());
        Recolored { content: self.out, ..self.told }
    }

    /// Copies the content up to here.
    pub(super) fn flush(&mut self, to: usize) {
        if to > self.copied {
            self.out.extend_from_slice(&self.content[self.copied..to]);
            self.copied = to;
        }
    }

    /// Leaves out the content of this range.
    pub(super) fn skip(&mut self, range: &Range<usize>) {
        self.flush(range.start);
        self.copied = self.copied.max(range.end);
    }

    fn operator(
        &mut self,
        operator: &[u8],
        operands: &[(Range<usize>, Word<'a>)],
        range: Range<usize>,
    ) {
        match operator {
            b"q" if self.saved.len() < DEEPEST => self.saved.push(self.state.clone()),
            b"q" => self.unsaved += 1,
            b"Q" if self.unsaved > 0 => self.unsaved -= 1,
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"w" => self.state.width = last_number(operands),
            b"Tr" => self.state.mode = mode(last_number(operands)),
            b"gs" => {
                if let Some((_, Word::Name(text))) = operands.last() {
                    self.state.set(self.scene.states.get(&name(text)));
                }
            }
            b"g" | b"rg" | b"k" | b"G" | b"RG" | b"K" => {
                let space = match operator {
                    b"g" | b"G" => Space::Gray,
                    b"rg" | b"RG" => Space::Rgb(None),
                    _ => Space::Cmyk,
                };
                let stroke = operator[0].is_ascii_uppercase();
                self.paint(stroke).space = Arc::new(space);
                self.color(stroke, operands, &range);
            }
            b"cs" | b"CS" => self.space(operator == b"CS", operands, &range),
            b"sc" | b"scn" | b"SC" | b"SCN" => {
                self.color(operator[0] == b'S', operands, &range);
            }
            b"m" | b"re" if self.path.is_none() => {
                self.flush(range.start);
                self.path = Some(self.out.len());
            }
            b"n" => self.path = None,
            b"f" | b"F" | b"f*" => self.shape(&range, true, false),
            b"S" | b"s" => self.shape(&range, false, true),
            b"B" | b"B*" | b"b" | b"b*" => self.shape(&range, true, true),
            b"Tj" | b"TJ" | b"'" | b"\"" => self.text(&range),
            b"sh" | b"Do" => {
                self.settle(&range);
                self.wish(Overprint::Knockout, &range);
            }
            _ => {}
        }
    }

    pub(super) fn paint(&mut self, stroke: bool) -> &mut Paint {
        if stroke { &mut self.state.stroke } else { &mut self.state.fill }
    }

    /// Whether colours of this space stay as they are named.
    fn keeps(&self, space: &Space) -> bool {
        let inks = self.scene.inks;
        match space {
            Space::Tint(_) => {
                !self.scene.mask && inks.drawing() == Drawing::Press && !inks.is_reduced()
            }
            Space::Pattern(None) => true,
            _ => false,
        }
    }

    /// `cs` and `CS`.
    fn space(
        &mut self,
        stroke: bool,
        operands: &[(Range<usize>, Word<'a>)],
        range: &Range<usize>,
    ) {
        let Some((_, Word::Name(text))) = operands.last() else { return };
        let space = self.scene.spaces.get(&name(text));
        let kept =
            self.keeps(&space) || matches!(*space, Space::Pattern(_) | Space::Unknown);
        if matches!(*space, Space::Unknown) {
            self.told.unknown = true;
        }
        if !kept {
            self.skip(range);
        }
        let paint = self.paint(stroke);
        paint.pending = !kept;
        paint.ink = None;
        paint.space = space;
    }

    /// A colour in the current space.
    fn color(
        &mut self,
        stroke: bool,
        operands: &[(Range<usize>, Word<'a>)],
        range: &Range<usize>,
    ) {
        let space = Arc::clone(&self.paint(stroke).space);
        let values: Vec<f32> = operands
            .iter()
            .filter_map(|(_, word)| match word {
                Word::Number(text) => Some(number(text)),
                _ => None,
            })
            .collect();
        self.paint(stroke).pending = false;
        if self.keeps(&space) {
            self.paint(stroke).ink = None;
            return;
        }
        if let Space::Pattern(Some(base)) = space.as_ref() {
            self.tinted_pattern(stroke, base, &values, operands, range);
            return;
        }
        if let Some(ink) = self.scene.inks.of(self.scene.document, &space, &values) {
            self.skip(range);
            self.set(stroke, ink, &space, &values);
        } else {
            self.told.unknown = true;
            self.paint(stroke).ink = None;
        }
    }

    /// Sets a colour, unless it is the current one.
    fn set(&mut self, stroke: bool, ink: Ink, space: &Space, values: &[f32]) {
        let Scene { inks, document, mask, .. } = self.scene;
        if *mask {
            let light = inks.luminosity(document, space, values).unwrap_or(1.0);
            Inks::write_light(light, stroke, &mut self.out);
            self.paint(stroke).ink = None;
            return;
        }
        self.told.most_ink = self.told.most_ink.max(ink.iter().sum());
        if self.paint(stroke).ink != Some(ink) {
            self.told.two_inks |= inks.needs_second(ink);
            inks.write(ink, stroke, &mut self.out);
            self.paint(stroke).ink = Some(ink);
        } else if self.out.last().is_some_and(|last| !last.is_ascii_whitespace()) {
            self.out.push(b'\n');
        }
    }

    /// The colour of an uncoloured pattern.
    fn tinted_pattern(
        &mut self,
        stroke: bool,
        base: &Space,
        values: &[f32],
        operands: &[(Range<usize>, Word<'a>)],
        range: &Range<usize>,
    ) {
        self.paint(stroke).ink = None;
        let Scene { inks, document, .. } = self.scene;
        let (Some(ink), Some((_, Word::Name(pattern)))) =
            (inks.of(document, base, values), operands.last())
        else {
            self.told.unknown = true;
            return;
        };
        if self.keeps(base) {
            return;
        }
        self.skip(range);
        for component in inks.components(ink) {
            self.out.extend_from_slice(component.to_string().as_bytes());
            self.out.push(b' ');
        }
        self.out.push(b'/');
        self.out.extend_from_slice(pattern);
        self.out.extend_from_slice(if stroke { b" SCN\n" } else { b" scn\n" });
    }

    fn inline_image(&mut self, range: Range<usize>) {
        let Scene { document, inks, spaces, mask, .. } = self.scene;
        self.settle(&range);
        let code = &self.content[range.clone()];
        if let Some(image) = image::inline(document, inks, spaces, *mask, code) {
            self.skip(&range);
            self.out.extend_from_slice(&image);
        }
    }
}

fn last_number(operands: &[(Range<usize>, Word<'_>)]) -> f32 {
    match operands.last() {
        Some((_, Word::Number(text))) => number(text),
        _ => 0.0,
    }
}

/// A text rendering mode; 0 to 7.
fn mode(value: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value is clamped"
    )]
    let mode = value.clamp(0.0, 7.0) as u8;
    mode
}
