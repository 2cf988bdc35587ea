//! What the numbers of a colour mean (ISO 32000-1, 8.6).

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::function::Function;
use crate::prepress::values;

/// The deepest nesting of spaces in spaces that is read.
const DEEPEST: usize = 6;

/// A colour space.
#[derive(Debug, Clone)]
pub(in crate::prepress) enum Space {
    /// `DeviceGray`, `CalGray`, or an ICC profile of one channel.
    Gray,
    /// `DeviceRGB`, `CalRGB`, or an ICC profile of three channels; the profile
    /// where it is there.
    Rgb(Option<ObjectId>),
    /// `DeviceCMYK`, or an ICC profile of four channels: the numbers are inks,
    /// whatever the profile.
    Cmyk,
    /// CIE L*a*b*, with the limits of a* and b*.
    Lab([f32; 4]),
    /// A table of colours of another space.
    Indexed(Arc<Indexed>),
    /// `Separation` and `DeviceN`.
    Tint(Arc<Tint>),
    /// Patterns; what colours the uncoloured ones.
    Pattern(Option<Arc<Space>>),
    /// Something else.
    Unknown,
}

/// A palette.
#[derive(Debug)]
pub(in crate::prepress) struct Indexed {
    /// The space of the colours.
    pub(in crate::prepress) base: Space,
    /// The colours, a byte a component.
    pub(in crate::prepress) table: Vec<u8>,
}

/// Inks by their names.
#[derive(Debug)]
pub(in crate::prepress) struct Tint {
    /// The inks.
    pub(in crate::prepress) inks: Vec<Vec<u8>>,
    /// What stands in for them.
    pub(in crate::prepress) alternate: Space,
    /// From inks to the alternate.
    pub(in crate::prepress) function: Function,
}

impl Space {
    /// The space that an object describes.
    pub(in crate::prepress) fn read(document: &Document, object: &Object) -> Self {
        read(document, object, 0)
    }

    /// How many numbers a colour has.
    pub(in crate::prepress) fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed(_) => 1,
            Self::Rgb(_) | Self::Lab(_) => 3,
            Self::Cmyk => 4,
            Self::Tint(tint) => tint.inks.len(),
            Self::Pattern(base) => base.as_ref().map_or(0, |base| base.components()),
            Self::Unknown => 0,
        }
    }

    /// The colour that the space begins with (8.6.8).
    pub(in crate::prepress) fn initial(&self) -> Vec<f32> {
        match self {
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Tint(tint) => vec![1.0; tint.inks.len()],
            Self::Pattern(_) => Vec::new(),
            other => vec![0.0; other.components()],
        }
    }

    /// Whether its colours are written as process inks; the others keep their
    /// space.
    pub(in crate::prepress) fn is_process(&self) -> bool {
        matches!(
            self,
            Self::Gray | Self::Rgb(_) | Self::Cmyk | Self::Lab(_) | Self::Indexed(_)
        )
    }
}

impl Tint {
    /// The colour of these tints in the alternate space.
    pub(in crate::prepress) fn alternate(&self, tints: &[f32]) -> Option<Vec<f32>> {
        self.function.at(tints)
    }
}

fn read(document: &Document, object: &Object, depth: usize) -> Space {
    if depth > DEEPEST {
        return Space::Unknown;
    }
    match values::follow(document, object) {
        Object::Name(name) => named(name),
        Object::Array(array) => {
            composed(document, array, depth).unwrap_or(Space::Unknown)
        }
        _ => Space::Unknown,
    }
}

/// A device space, in full or as inline images abbreviate it.
fn named(name: &[u8]) -> Space {
    match name {
        b"DeviceGray" | b"G" | b"CalGray" => Space::Gray,
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Space::Rgb(None),
        b"DeviceCMYK" | b"CMYK" => Space::Cmyk,
        b"Pattern" => Space::Pattern(None),
        _ => Space::Unknown,
    }
}

fn composed(document: &Document, array: &[Object], depth: usize) -> Option<Space> {
    let family = values::follow(document, array.first()?).as_name().ok()?;
    Some(match family {
        b"ICCBased" => {
            let profile = array.get(1)?;
            let id = profile.as_reference().ok();
            let stream = values::follow(document, profile).as_stream().ok()?;
            match values::integer_at(document, &stream.dict, b"N")? {
                1 => Space::Gray,
                3 => Space::Rgb(id),
                4 => Space::Cmyk,
                _ => Space::Unknown,
            }
        }
        b"Lab" => {
            let settings = values::dictionary(values::follow(document, array.get(1)?))?;
            let range = values::numbers_at(document, settings, b"Range");
            Space::Lab(range.try_into().unwrap_or([-100.0, 100.0, -100.0, 100.0]))
        }
        b"Indexed" | b"I" => indexed(document, array, depth)?,
        b"Separation" | b"DeviceN" => {
            let inks = match values::follow(document, array.get(1)?) {
                Object::Name(name) => vec![name.clone()],
                Object::Array(names) => names
                    .iter()
                    .take(32)
                    .map(|name| {
                        values::follow(document, name).as_name().map(<[u8]>::to_vec)
                    })
                    .collect::<Result<_, _>>()
                    .ok()?,
                _ => return None,
            };
            let alternate = read(document, array.get(2)?, depth + 1);
            let function = Function::read(document, array.get(3)?)?;
            Space::Tint(Arc::new(Tint { inks, alternate, function }))
        }
        b"Pattern" => {
            let base = array.get(1).map(|base| Arc::new(read(document, base, depth + 1)));
            Space::Pattern(base)
        }
        other => named(other),
    })
}

fn indexed(document: &Document, array: &[Object], depth: usize) -> Option<Space> {
    let base = read(document, array.get(1)?, depth + 1);
    let high = values::follow(document, array.get(2)?).as_i64().ok()?;
    let colours = usize::try_from(high.clamp(0, 255)).ok()? + 1;
    let mut table = match values::follow(document, array.get(3)?) {
        Object::String(bytes, _) => bytes.clone(),
        Object::Stream(stream) => values::unfolded(stream)?,
        _ => return None,
    };
    if base.components() == 0 || matches!(base, Space::Indexed(_) | Space::Pattern(_)) {
        return None;
    }
    table.resize(colours * base.components(), 0);
    Some(Space::Indexed(Arc::new(Indexed { base, table })))
}

/// The colour spaces of a resource dictionary, by name.
#[derive(Debug, Clone, Default)]
pub(in crate::prepress) struct Spaces(BTreeMap<Vec<u8>, Arc<Space>>);

impl Spaces {
    /// The spaces that these resources name.
    pub(in crate::prepress) fn read(document: &Document, resources: &Dictionary) -> Self {
        let named = values::dictionary_at(document, resources, b"ColorSpace");
        let spaces = named.into_iter().flat_map(Dictionary::iter);
        let spaces = spaces.map(|(name, object)| {
            (name.clone(), Arc::new(Space::read(document, object)))
        });
        Self(spaces.collect())
    }

    /// The space of this name: of the resources, or of the device.
    pub(in crate::prepress) fn get(&self, name: &[u8]) -> Arc<Space> {
        self.0.get(name).cloned().unwrap_or_else(|| Arc::new(named(name)))
    }
}
