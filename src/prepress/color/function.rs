//! PDF functions (ISO 32000-1, 7.10): numbers in, numbers out.

use lopdf::{Dictionary, Document, Object, Stream};

use super::calculator::Program;
use crate::prepress::values;

/// The deepest nesting of stitched functions that is read.
const DEEPEST: usize = 8;
/// The most inputs of a sampled function; each doubles the work of a look-up.
const MOST_INPUTS: usize = 6;

/// A function with its limits.
#[derive(Debug, Clone)]
pub(in crate::prepress) struct Function {
    domain: Vec<[f32; 2]>,
    range: Vec<[f32; 2]>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Type 0.
    Sampled(Sampled),
    /// Type 2.
    Exponential { from: Vec<f32>, to: Vec<f32>, exponent: f32 },
    /// Type 3.
    Stitched { parts: Vec<Function>, bounds: Vec<f32>, encode: Vec<[f32; 2]> },
    /// Type 4.
    Calculator(Program),
    /// An array of functions, each with one output.
    Together(Vec<Function>),
}

#[derive(Debug, Clone)]
struct Sampled {
    size: Vec<usize>,
    encode: Vec<[f32; 2]>,
    decode: Vec<[f32; 2]>,
    /// Samples between 0 and 1, the first input fastest.
    samples: Vec<f32>,
}

fn pairs(values: &[f32]) -> Vec<[f32; 2]> {
    values.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

fn clamp(value: f32, [low, high]: [f32; 2]) -> f32 {
    value.max(low).min(high.max(low))
}

/// `value` of one range where it stands in the other.
fn interpolate(value: f32, [low, high]: [f32; 2], [to_low, to_high]: [f32; 2]) -> f32 {
    if high <= low {
        return to_low;
    }
    to_low + (value - low) / (high - low) * (to_high - to_low)
}

impl Function {
    /// Reads a function, or an array of functions with one output each; `None`
    /// when it is not one.
    pub(in crate::prepress) fn read(
        document: &Document,
        object: &Object,
    ) -> Option<Self> {
        read(document, object, 0)
    }

    /// The function at these inputs; `None` when it cannot be computed there.
    pub(in crate::prepress) fn at(&self, inputs: &[f32]) -> Option<Vec<f32>> {
        let inputs: Vec<f32> = if self.domain.is_empty() {
            inputs.to_vec()
        } else {
            let limits = self.domain.iter();
            limits
                .zip(inputs)
                .map(|(limits, value)| clamp(*value, *limits))
                .collect()
        };
        let first = *inputs.first()?;
        let mut outputs = match &self.kind {
            Kind::Sampled(sampled) => sampled.at(&inputs, &self.domain)?,
            Kind::Exponential { from, to, exponent } => {
                let share = if (*exponent - 1.0).abs() < f32::EPSILON {
                    first
                } else {
                    first.powf(*exponent)
                };
                from.iter().zip(to).map(|(a, b)| a + share * (b - a)).collect()
            }
            Kind::Stitched { parts, bounds, encode } => {
                let at = bounds.iter().filter(|bound| first >= **bound).count();
                let at = at.min(parts.len().checked_sub(1)?);
                let [low, high] = *self.domain.first()?;
                let from =
                    at.checked_sub(1).and_then(|at| bounds.get(at)).unwrap_or(&low);
                let to = bounds.get(at).unwrap_or(&high);
                let inner = interpolate(first, [*from, *to], *encode.get(at)?);
                parts.get(at)?.at(&[inner])?
            }
            Kind::Calculator(program) => {
                let all = program.run(&inputs)?;
                // krilla declares three outputs for conic gradients in CMYK; the
                // stack tells the truth.
                let extra = all.len().saturating_sub(self.range.len().max(4));
                all[extra..].to_vec()
            }
            Kind::Together(parts) => {
                let outputs = parts.iter().map(|part| part.at(&inputs)?.first().copied());
                outputs.collect::<Option<_>>()?
            }
        };
        for (value, limits) in outputs.iter_mut().zip(&self.range) {
            *value = clamp(*value, *limits);
        }
        outputs.iter().all(|value| value.is_finite()).then_some(outputs)
    }

    /// Where the function of one input has its corners, its ends among them.
    pub(in crate::prepress) fn stops(&self) -> Vec<f32> {
        let Some([low, high]) = self.domain.first().copied() else {
            return vec![0.0, 1.0];
        };
        let mut stops = vec![low];
        if let Kind::Stitched { bounds, .. } = &self.kind {
            stops.extend(bounds);
        }
        stops.push(high);
        stops
    }
}

fn read(document: &Document, object: &Object, depth: usize) -> Option<Function> {
    if depth > DEEPEST {
        return None;
    }
    let (dictionary, stream) = match values::follow(document, object) {
        Object::Array(parts) => {
            let parts = parts.iter().take(32);
            let parts = parts.map(|part| read(document, part, depth + 1));
            let parts: Vec<Function> = parts.collect::<Option<_>>()?;
            let domain = parts.first()?.domain.clone();
            return Some(Function {
                domain,
                range: Vec::new(),
                kind: Kind::Together(parts),
            });
        }
        Object::Stream(stream) => (&stream.dict, Some(stream)),
        Object::Dictionary(dictionary) => (dictionary, None),
        _ => return None,
    };
    let domain = pairs(&values::numbers_at(document, dictionary, b"Domain"));
    if domain.is_empty() {
        return None;
    }
    let range = pairs(&values::numbers_at(document, dictionary, b"Range"));
    let kind = match values::integer_at(document, dictionary, b"FunctionType")? {
        0 => Kind::Sampled(Sampled::read(document, stream?, domain.len(), &range)?),
        2 => exponential(document, dictionary)?,
        3 => stitched(document, dictionary, depth)?,
        4 => Kind::Calculator(Program::read(&values::unfolded(stream?)?)?),
        _ => return None,
    };
    Some(Function { domain, range, kind })
}

fn exponential(document: &Document, dictionary: &Dictionary) -> Option<Kind> {
    let or = |key: &[u8], otherwise: f32| {
        let values = values::numbers_at(document, dictionary, key);
        if values.is_empty() { vec![otherwise] } else { values }
    };
    let (from, to) = (or(b"C0", 0.0), or(b"C1", 1.0));
    let exponent = values::number_at(document, dictionary, b"N")?;
    Some(Kind::Exponential { from, to, exponent })
}

fn stitched(document: &Document, dictionary: &Dictionary, depth: usize) -> Option<Kind> {
    let parts = values::entry(document, dictionary, b"Functions")?.as_array().ok()?;
    let parts = parts.iter().take(4096).map(|part| read(document, part, depth + 1));
    let parts: Vec<Function> = parts.collect::<Option<_>>()?;
    let bounds = values::numbers_at(document, dictionary, b"Bounds");
    let encode = pairs(&values::numbers_at(document, dictionary, b"Encode"));
    let whole = !parts.is_empty() && encode.len() >= parts.len();
    whole.then_some(Kind::Stitched { parts, bounds, encode })
}

impl Sampled {
    #[expect(clippy::cast_precision_loss, reason = "sizes and samples are small")]
    fn read(
        document: &Document,
        stream: &Stream,
        inputs: usize,
        range: &[[f32; 2]],
    ) -> Option<Self> {
        let dictionary = &stream.dict;
        let size: Vec<usize> = values::entry(document, dictionary, b"Size")?
            .as_array()
            .ok()?
            .iter()
            .map(|size| {
                usize::try_from(values::follow(document, size).as_i64().ok()?).ok()
            })
            .collect::<Option<_>>()?;
        if size.len() != inputs || inputs > MOST_INPUTS || range.is_empty() {
            return None;
        }
        let count = size.iter().try_fold(range.len(), |all, size| {
            all.checked_mul(*size)
                .filter(|all| *all > 0 && *all <= values::LARGEST_STREAM / 4)
        })?;
        let bits = values::integer_at(document, dictionary, b"BitsPerSample")?;
        let bits = usize::try_from(bits).ok().filter(|bits| (1..=32).contains(bits))?;
        let data = values::unfolded(stream)?;
        if data.len() < (count * bits).div_ceil(8) {
            return None;
        }
        let most = (u64::MAX >> (64 - bits)) as f32;
        let samples = (0..count).map(|at| bits_at(&data, at * bits, bits) as f32 / most);
        let or = |key: &[u8], otherwise: Vec<[f32; 2]>| {
            let given = pairs(&values::numbers_at(document, dictionary, key));
            if given.len() >= otherwise.len() { given } else { otherwise }
        };
        let whole = size.iter().map(|size| [0.0, (size - 1) as f32]).collect();
        Some(Self {
            samples: samples.collect(),
            encode: or(b"Encode", whole),
            decode: or(b"Decode", range.to_vec()),
            size,
        })
    }

    /// Linear between the samples around.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "places in a table, clamped to it"
    )]
    fn at(&self, inputs: &[f32], domain: &[[f32; 2]]) -> Option<Vec<f32>> {
        let outputs = self.decode.len();
        // The place in each dimension, and how far it is to the next.
        let mut places = Vec::with_capacity(self.size.len());
        for (dimension, size) in self.size.iter().enumerate() {
            let input = *inputs.get(dimension)?;
            let encode = *self.encode.get(dimension)?;
            let at = interpolate(input, *domain.get(dimension)?, encode);
            let at = clamp(at, [0.0, (size - 1) as f32]);
            places.push((at as usize, at.fract()));
        }
        let mut result = vec![0.0; outputs];
        for corner in 0..1_usize << places.len() {
            let (mut weight, mut index, mut stride) = (1.0, 0, 1);
            for (dimension, (at, share)) in places.iter().enumerate() {
                let next = corner >> dimension & 1;
                weight *= if next == 1 { *share } else { 1.0 - share };
                index += (at + next).min(self.size[dimension] - 1) * stride;
                stride *= self.size[dimension];
            }
            if weight > 0.0 {
                let samples = self.samples.get(index * outputs..(index + 1) * outputs)?;
                for (sum, sample) in result.iter_mut().zip(samples) {
                    *sum += weight * sample;
                }
            }
        }
        for (value, [low, high]) in result.iter_mut().zip(&self.decode) {
            *value = low + *value * (high - low);
        }
        Some(result)
    }
}

/// A number of some bits, at some bit.
pub(in crate::prepress) fn bits_at(data: &[u8], at: usize, bits: usize) -> u64 {
    let mut value = 0_u64;
    for bit in at..at + bits {
        let byte = data.get(bit / 8).copied().unwrap_or_default();
        value = value << 1 | u64::from(byte >> (7 - bit % 8) & 1);
    }
    value
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn evaluated(object: impl Into<Object>, inputs: &[f32]) -> Option<Vec<f32>> {
        Function::read(&Document::new(), &object.into())?.at(inputs)
    }

    fn fade(from: i64, to: i64) -> Dictionary {
        dictionary! { "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![from.into()], "C1" => vec![to.into()], "N" => 1 }
    }

    #[test]
    fn stitched_functions_change_at_their_bounds() {
        let stitched = dictionary! { "FunctionType" => 3, "Domain" => vec![0.into(), 1.into()],
        "Functions" => vec![fade(0, 1).into(), fade(5, 7).into()],
        "Bounds" => vec![Object::Real(0.5)],
        "Encode" => vec![0.into(), 1.into(), 0.into(), 1.into()] };
        assert_eq!(evaluated(stitched.clone(), &[0.25]), Some(vec![0.5]));
        assert_eq!(evaluated(stitched.clone(), &[0.5]), Some(vec![5.0]));
        assert_eq!(evaluated(stitched, &[9.0]), Some(vec![7.0]));
    }

    #[test]
    fn samples_are_read_bit_by_bit_and_interpolated() {
        let dictionary = dictionary! { "FunctionType" => 0,
        "Domain" => vec![0.into(), 1.into(), 0.into(), 1.into()],
        "Range" => vec![0.into(), 1.into()],
        "Size" => vec![2.into(), 2.into()], "BitsPerSample" => 4 };
        let sampled = Stream::new(dictionary, vec![0x0F, 0x0F]);
        assert_eq!(evaluated(sampled.clone(), &[0.5, 0.0]), Some(vec![0.5]));
        assert_eq!(evaluated(sampled, &[1.0, 1.0]), Some(vec![1.0]));
    }

    #[test]
    fn impossible_functions_are_nothing() {
        let huge = dictionary! { "FunctionType" => 0, "Domain" => vec![0.into(), 1.into()],
        "Range" => vec![0.into(), 1.into()], "Size" => vec![i64::MAX.into()],
        "BitsPerSample" => 32 };
        assert_eq!(evaluated(Stream::new(huge, vec![]), &[0.0]), None);
        assert_eq!(evaluated(Dictionary::new(), &[0.0]), None);
        let nothing = dictionary! { "FunctionType" => 3, "Domain" => vec![0.into(), 1.into()],
        "Functions" => Vec::<Object>::new(), "Bounds" => Vec::<Object>::new(),
        "Encode" => Vec::<Object>::new() };
        assert_eq!(evaluated(nothing, &[0.0]), None);
    }
}
