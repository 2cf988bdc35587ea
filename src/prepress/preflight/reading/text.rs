//! Text operators (ISO 32000-1, 9).

use std::rc::Rc;

use super::font::{Face, Measured};
use super::lexer::Token;
use super::value::dictionary;
use super::walk::{Scene, Walker, first, matrix, numbers, place};
use crate::prepress::preflight::geometry::{Matrix, Rect, real};
use crate::prepress::preflight::inspected::Kind;

/// How far letters reach below and above the baseline, in sizes: the frame of
/// a Chinese character.
const BELOW: f64 = -0.12;
const ABOVE: f64 = 0.88;

impl<'a> Walker<'a, '_> {
    /// Text operators; whether it was one.
    pub(super) fn text(
        &mut self,
        scene: &mut Scene<'a>,
        operator: &[u8],
        operands: &[Token<'_>],
    ) -> bool {
        let value = first(operands).unwrap_or(0.0);
        let text = &mut scene.state.text;
        match operator {
            b"BT" => {
                scene.text = Matrix::IDENTITY;
                scene.line = Matrix::IDENTITY;
            }
            b"ET" => {}
            b"Tf" => {
                text.size = operands.get(1).and_then(Token::number).unwrap_or(0.0);
                let name = operands.first().and_then(Token::name);
                scene.state.text.face = name.and_then(|name| self.face(scene, name));
            }
            b"Tc" => text.letter_space = value,
            b"Tw" => text.word_space = value,
            b"Tz" => text.stretch = value / 100.0,
            b"TL" => text.leading = value,
            b"Ts" => text.rise = value,
            b"Tr" => {
                let modes = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
                let mode =
                    modes.iter().position(|mode| (mode - value).abs() < 0.5).unwrap_or(0);
                text.mode = u8::try_from(mode).unwrap_or(0);
            }
            b"Td" | b"TD" => {
                let [x, y] = numbers(operands).try_into().unwrap_or([0.0; 2]);
                if operator == b"TD" {
                    text.leading = -y;
                }
                next_line(scene, x, y);
            }
            b"Tm" => {
                if let Some(matrix) = matrix(operands) {
                    scene.line = matrix;
                    scene.text = matrix;
                }
            }
            b"T*" => {
                let leading = text.leading;
                next_line(scene, 0.0, -leading);
            }
            b"Tj" => self.show(scene, operands),
            b"TJ" => match operands.first() {
                Some(Token::Array(pieces)) => self.show(scene, pieces),
                _ => return true,
            },
            b"'" | b"\"" => {
                if let ([word, letter, _], b"\"") = (operands, operator) {
                    text.word_space = word.number().unwrap_or(0.0);
                    text.letter_space = letter.number().unwrap_or(0.0);
                }
                let leading = text.leading;
                next_line(scene, 0.0, -leading);
                self.show(scene, operands.last().map_or(&[], std::slice::from_ref));
            }
            _ => return false,
        }
        true
    }

    /// Shows strings with the adjustments between them.
    fn show(&mut self, scene: &mut Scene<'a>, pieces: &[Token<'_>]) {
        let Some(face) = scene.state.text.face.clone() else { return };
        let mut all = Measured::default();
        let mut around: Option<Rect> = None;
        for piece in pieces {
            match piece {
                Token::Number(number) => {
                    let way = -number / 1000.0 * scene.state.text.size;
                    advance(scene, &face, way);
                }
                Token::String(string) => {
                    let measured = face.measure(string);
                    let rect = letters(scene, &face, measured);
                    all.letters += measured.letters;
                    all.missing += measured.missing;
                    if !string.iter().all(|byte| *byte == b' ') {
                        around = Some(around.map_or(rect, |around| around.with(rect)));
                    }
                }
                _ => {}
            }
        }
        let Some(rect) = around else { return };
        // Without ink: invisible text of scans, and text as a clip.
        if matches!(scene.state.text.mode, 3 | 7) {
            return;
        }
        let shown = rect.meet(scene.state.clip);
        let size = scene.state.text.size.abs() * scene.text.then(scene.state.ctm).up();
        let kind = Kind::Text {
            font: Rc::clone(&face.font),
            size,
            letters: all.letters,
            missing: all.missing,
        };
        self.mark(scene, kind, rect);
        self.pattern(scene, scene.state.fill.pattern, shown);
        self.glyphs(scene, &face, shown);
    }

    /// Walks the glyph descriptions of a Type 3 font, once a page.
    fn glyphs(&mut self, scene: &Scene<'a>, face: &Face, shown: Rect) {
        let Some(id) = face.procedures else { return };
        let Some(object) = self.source.document.objects.get(&id) else { return };
        let Some(font) = dictionary(object) else { return };
        if shown.is_empty() || !self.shown.insert(place(object)) {
            return;
        }
        let Some(procedures) = self.source.dict(font, "CharProcs") else { return };
        let resources = self.source.dict(font, "Resources").or(scene.resources);
        let size = scene.state.text.size;
        let outer = self.stand_in.replace(self.stand_in.unwrap_or(shown));
        for (_, procedure) in procedures.iter().take(512) {
            let (id, lopdf::Object::Stream(stream)) = self.source.place(procedure) else {
                continue;
            };
            let Some(content) = self.source.data(stream) else { continue };
            let mut state = scene.state.clone();
            state.ctm = self
                .source
                .matrix(font, "FontMatrix")
                .then(Matrix([size, 0.0, 0.0, size, 0.0, 0.0]))
                .then(scene.text)
                .then(scene.state.ctm);
            state.clip = Rect::ALL;
            let inner = Scene::new(resources, id.map_or(scene.object, |id| id.0), state);
            self.inside(id, |walker| walker.walk(&content, inner));
        }
        self.stand_in = outer;
    }
}

fn next_line(scene: &mut Scene<'_>, x: f64, y: f64) {
    scene.line = Matrix::shift(x, y).then(scene.line);
    scene.text = scene.line;
}

/// Moves the pen by a way in units of text space.
fn advance(scene: &mut Scene<'_>, face: &Face, way: f64) {
    let shift = if face.vertical {
        Matrix::shift(0.0, way)
    } else {
        Matrix::shift(way * scene.state.text.stretch, 0.0)
    };
    scene.text = shift.then(scene.text);
}

/// Where these letters lie on the page; moves the pen behind them.
fn letters(scene: &mut Scene<'_>, face: &Face, measured: Measured) -> Rect {
    let text = &scene.state.text;
    let size = text.size;
    let spaces = text.letter_space * real(measured.letters)
        + text.word_space * real(measured.spaces);
    let (rect, way) = if face.vertical {
        let down = -size * real(measured.letters) + spaces;
        (Rect::between(-size / 2.0, 0.0, size / 2.0, down), down)
    } else {
        let way = measured.advance * size + spaces;
        let (low, high) = (BELOW * size + text.rise, ABOVE * size + text.rise);
        (Rect::between(0.0, low, way * text.stretch, high), way)
    };
    let rect = rect.under(scene.text.then(scene.state.ctm));
    advance(scene, face, way);
    rect
}
