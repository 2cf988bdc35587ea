//! Colour spaces, and the ink that a colour asks for.

use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::function;
use super::value::{Source, dictionary, name};
use crate::prepress::preflight::inspected::{Ink, Paint, Space};

/// Spaces lie in spaces no deeper than this.
const MAX_DEPTH: usize = 6;

/// A space with what is wrong in its description.
#[derive(Debug, Clone)]
pub(super) struct Described {
    pub(super) space: Rc<Space>,
    pub(super) fault: Option<String>,
}

impl Described {
    fn plain(space: Space) -> Self {
        Self { space: Rc::new(space), fault: None }
    }
}

/// Reads a colour space; names are looked up in the resources.
pub(super) fn read(
    source: Source<'_>,
    resources: Option<&Dictionary>,
    object: &Object,
) -> Described {
    at_depth(source, resources, object, 0)
}

fn at_depth(
    source: Source<'_>,
    resources: Option<&Dictionary>,
    object: &Object,
    depth: usize,
) -> Described {
    if depth > MAX_DEPTH {
        return Described::plain(Space::Unknown("嵌套太深".into()));
    }
    if let Some(name) = name(object) {
        return named(source, resources, &name, depth);
    }
    let elements = source.elements(object);
    let Some(family) = elements.first().and_then(|first| name(first)) else {
        return Described::plain(Space::Unknown("未知色彩空间".into()));
    };
    let inner = |index: usize| {
        elements.get(index).map_or_else(
            || Described::plain(Space::Unknown("未知色彩空间".into())),
            |object| at_depth(source, resources, object, depth + 1),
        )
    };
    match family.as_str() {
        "CalGray" => Described::plain(Space::Calibrated("CalGray")),
        "CalRGB" => Described::plain(Space::Calibrated("CalRGB")),
        "Lab" => Described::plain(Space::Calibrated("Lab")),
        "ICCBased" => icc(source, elements.get(1).copied()),
        "Indexed" | "I" => {
            let base = inner(1);
            Described {
                space: Rc::new(Space::Indexed(base.space)),
                fault: base.fault,
            }
        }
        "Separation" | "DeviceN" => {
            let names = match elements.get(1) {
                Some(Object::Array(names)) => names
                    .iter()
                    .take(32)
                    .filter_map(|one| name(source.follow(one)))
                    .collect(),
                Some(one) => name(one).into_iter().collect(),
                None => Vec::new(),
            };
            inks(source, names, inner(2), elements.get(3).copied())
        }
        "Pattern" => Described::plain(Space::Pattern),
        _ => named(source, None, &family, depth),
    }
}

/// A space that has a name: a device's, or one of the resources.
fn named(
    source: Source<'_>,
    resources: Option<&Dictionary>,
    name: &str,
    depth: usize,
) -> Described {
    Described::plain(match name {
        "DeviceGray" | "G" => Space::Gray,
        "DeviceRGB" | "RGB" => Space::Rgb,
        "DeviceCMYK" | "CMYK" => Space::Cmyk,
        "CalGray" => Space::Calibrated("CalGray"),
        "CalRGB" => Space::Calibrated("CalRGB"),
        "Pattern" => Space::Pattern,
        other => {
            let spaces = resources.and_then(|all| source.dict(all, "ColorSpace"));
            let found = spaces.map(|spaces| source.get(spaces, other));
            return match found {
                Some(Object::Null) | None => {
                    Described::plain(Space::Unknown(format!("未定义的 {other}")))
                }
                Some(object) => at_depth(source, None, object, depth + 1),
            };
        }
    })
}

fn icc(source: Source<'_>, profile: Option<&Object>) -> Described {
    let count = profile.and_then(dictionary).and_then(|dict| source.count(dict, "N"));
    match count {
        Some(count @ (1 | 3 | 4)) => Described::plain(Space::Icc(count)),
        _ => Described {
            space: Rc::new(Space::Unknown("ICCBased".into())),
            fault: Some("ICC 色彩空间的 /N 不是 1、3、4".into()),
        },
    }
}

fn inks(
    source: Source<'_>,
    names: Vec<String>,
    alternate: Described,
    tint: Option<&Object>,
) -> Described {
    let outputs = alternate.space.components();
    let fault = alternate.fault.or_else(|| {
        let wrong = match tint {
            Some(tint) if outputs > 0 => {
                function::check(source, tint, names.len(), outputs).err()
            }
            Some(_) => None,
            None => Some("没有色调函数".into()),
        };
        wrong.map(|why| format!("专色 {} 的色调函数：{why}", names.join("、")))
    });
    Described {
        space: Rc::new(Space::Inks(names, alternate.space)),
        fault,
    }
}

/// The colour that these components make in a space.
pub(super) fn paint(space: &Rc<Space>, values: &[f64]) -> Paint {
    Paint { space: Rc::clone(space), ink: ink(space, values) }
}

/// The colour a space starts with (ISO 32000-1, 8.6.5): black, or full ink.
pub(super) fn initial(space: &Rc<Space>) -> Paint {
    let values: &[f64] = match &**space {
        Space::Cmyk | Space::Icc(4) => &[0.0, 0.0, 0.0, 1.0],
        Space::Inks(..) => &[1.0; 32],
        _ => &[0.0; 4],
    };
    let count = space.components().min(values.len());
    paint(space, &values[..count])
}

fn ink(space: &Space, values: &[f64]) -> Option<Ink> {
    let part =
        |index: usize| values.get(index).map_or(0.0, |value| value.clamp(0.0, 1.0));
    match space {
        Space::Gray | Space::Icc(1) | Space::Calibrated("CalGray") => Some(Ink {
            process: [0.0, 0.0, 0.0, 1.0 - part(0)],
            ..Ink::default()
        }),
        Space::Cmyk | Space::Icc(4) => Some(Ink {
            process: [part(0), part(1), part(2), part(3)],
            ..Ink::default()
        }),
        Space::Rgb | Space::Icc(3) | Space::Calibrated("CalRGB") => {
            // What paper gives by itself takes no conversion.
            let white = (0..3).all(|index| part(index) > 0.998);
            white.then(Ink::default)
        }
        Space::Inks(names, _) => {
            let mut ink = Ink::default();
            for (index, name) in names.iter().enumerate() {
                let tint = part(index);
                match name.as_str() {
                    "Cyan" => ink.process[0] = tint,
                    "Magenta" => ink.process[1] = tint,
                    "Yellow" => ink.process[2] = tint,
                    "Black" => ink.process[3] = tint,
                    "None" => {}
                    "All" => {
                        ink.process = [tint; 4];
                        ink.registration = tint > 0.0;
                    }
                    _ => {
                        ink.spot += tint;
                        ink.spots += u8::from(tint > 0.005);
                    }
                }
            }
            Some(ink)
        }
        Space::Indexed(_)
        | Space::Pattern
        | Space::Unknown(_)
        | Space::Calibrated(_)
        | Space::Icc(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn process_colours_by_name_are_process_ink() {
        let names = vec!["Cyan".into(), "PANTONE 354 C".into(), "None".into()];
        let space = Rc::new(Space::Inks(names, Rc::new(Space::Cmyk)));
        let ink = paint(&space, &[0.5, 1.0, 1.0]).ink.unwrap();
        assert_eq!((ink.process[0], ink.spot, ink.spots), (0.5, 1.0, 1));
        assert_eq!(ink.plates(), 2);
    }

    #[test]
    fn white_is_white_in_every_space() {
        for (space, values) in [
            (Space::Gray, vec![1.0]),
            (Space::Rgb, vec![1.0, 1.0, 1.0]),
            (Space::Cmyk, vec![0.0; 4]),
        ] {
            let paint = paint(&Rc::new(space), &values);
            assert!(paint.ink.is_some_and(|ink| ink.is_white()));
        }
    }
}
