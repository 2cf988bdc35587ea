//! Values of a PDF, with references followed and damage taken for absence.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::limits::Budget;
use crate::prepress::preflight::geometry::{Matrix, Rect};

/// References that may lead to one another.
const MAX_HOPS: usize = 16;

static NULL: Object = Object::Null;

/// A document and what may still be spent on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) document: &'a Document,
    pub(super) budget: &'a Budget,
}

impl<'a> Source<'a> {
    /// The object that is meant; `null` for what is not there.
    pub(super) fn follow(self, object: &'a Object) -> &'a Object {
        self.place(object).1
    }

    /// The same with the number of the last reference.
    pub(super) fn place(self, mut object: &'a Object) -> (Option<ObjectId>, &'a Object) {
        let mut id = None;
        for _ in 0..MAX_HOPS {
            let Object::Reference(next) = object else { return (id, object) };
            id = Some(*next);
            object = self.document.objects.get(next).unwrap_or(&NULL);
        }
        (id, &NULL)
    }

    /// The value of a key.
    pub(super) fn get(self, dict: &'a Dictionary, key: &str) -> &'a Object {
        dict.get(key.as_bytes()).map_or(&NULL, |value| self.follow(value))
    }

    /// The value of a key with its number.
    pub(super) fn get_placed(
        self,
        dict: &'a Dictionary,
        key: &str,
    ) -> (Option<ObjectId>, &'a Object) {
        dict.get(key.as_bytes())
            .map_or((None, &NULL), |value| self.place(value))
    }

    /// The dictionary under a key, a stream's included.
    pub(super) fn dict(self, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        dictionary(self.get(dict, key))
    }

    /// The elements under a key, references followed; none if it is no array.
    pub(super) fn list(self, dict: &'a Dictionary, key: &str) -> Vec<&'a Object> {
        self.elements(self.get(dict, key))
    }

    /// The elements of an array, references followed.
    pub(super) fn elements(self, object: &'a Object) -> Vec<&'a Object> {
        let Object::Array(elements) = object else { return Vec::new() };
        elements.iter().take(4096).map(|one| self.follow(one)).collect()
    }

    /// The name under a key, as text.
    pub(super) fn name(self, dict: &'a Dictionary, key: &str) -> Option<String> {
        name(self.get(dict, key))
    }

    /// The number under a key.
    pub(super) fn number(self, dict: &'a Dictionary, key: &str) -> Option<f64> {
        number(self.get(dict, key))
    }

    /// A whole number under a key that is at least zero.
    pub(super) fn count(self, dict: &'a Dictionary, key: &str) -> Option<u32> {
        let Object::Integer(value) = self.get(dict, key) else { return None };
        u32::try_from(*value).ok()
    }

    /// The text string under a key.
    pub(super) fn text(self, dict: &'a Dictionary, key: &str) -> Option<String> {
        match self.get(dict, key) {
            Object::String(bytes, _) | Object::Name(bytes) => Some(text(bytes)),
            _ => None,
        }
    }

    /// All numbers of an array.
    pub(super) fn numbers(self, object: &'a Object) -> Vec<f64> {
        self.elements(object).into_iter().filter_map(number).collect()
    }

    /// The rectangle under a key.
    pub(super) fn rect(self, dict: &'a Dictionary, key: &str) -> Option<Rect> {
        let [x, y, u, v] = self.numbers(self.get(dict, key)).try_into().ok()?;
        Some(Rect::between(x, y, u, v))
    }

    /// The matrix under a key; the identity if there is none.
    pub(super) fn matrix(self, dict: &'a Dictionary, key: &str) -> Matrix {
        self.numbers(self.get(dict, key))
            .try_into()
            .map_or(Matrix::IDENTITY, Matrix)
    }

    /// A stream's data, decoded; `None` if damaged or too large.
    pub(super) fn data(self, stream: &'a Stream) -> Option<Vec<u8>> {
        self.budget.decode(stream)
    }
}

/// The dictionary, a stream's included.
pub(super) fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The name as text.
pub(super) fn name(object: &Object) -> Option<String> {
    let Object::Name(bytes) = object else { return None };
    Some(String::from_utf8_lossy(bytes).chars().take(256).collect())
}

/// The number, if it is a finite one.
pub(super) fn number(object: &Object) -> Option<f64> {
    let value = match object {
        #[expect(clippy::cast_precision_loss, reason = "beyond 2^52 nothing is on paper")]
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        _ => return None,
    };
    value.is_finite().then(|| value.clamp(-1e9, 1e9))
}

/// A text string: UTF-16, UTF-8 or (nearly) Latin-1; at most 4,096 bytes of it.
pub(super) fn text(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(4096)];
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
