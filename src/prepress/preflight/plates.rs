//! 色版: which inks the pages print with, by what their things are painted in.

use std::collections::{BTreeMap, BTreeSet};

use super::inspected::{Depth, Item, Kind, Page, Paint, Space};

/// The process inks, as colorants are named.
pub(super) const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Less of an ink is a rounding of numbers.
const LEAST: f64 = 0.005;

/// Counts the inks of a page; what is in no ink (RGB) is in none.
pub(super) fn count(page: &Page, plates: &mut BTreeMap<String, usize>) {
    let mut inks = BTreeSet::new();
    for item in &page.items {
        note(item, &mut inks);
    }
    for ink in inks {
        *plates.entry(ink.to_owned()).or_default() += 1;
    }
}

/// Whether a page prints in more than black and spot inks.
pub(super) fn is_colored(page: &Page) -> bool {
    let paints = page
        .items
        .iter()
        .flat_map(|item| item.fill.iter().chain(&item.stroke));
    paints.into_iter().any(|paint| match paint.ink {
        Some(ink) => {
            !ink.registration && ink.process[..3].iter().any(|share| *share > LEAST)
        }
        None => match paint.space.base() {
            // What a pattern paints is looked at where it stands.
            Space::Gray
            | Space::Icc(1)
            | Space::Calibrated("CalGray")
            | Space::Pattern => false,
            Space::Inks(names, _) => {
                names.iter().any(|name| PROCESS[..3].contains(&name.as_str()))
            }
            _ => true,
        },
    })
}

fn note<'a>(item: &'a Item, inks: &mut BTreeSet<&'a str>) {
    let is_line = |paint: &&Paint| {
        !matches!(item.kind, Kind::Path { line: None, .. }) || paint.ink.is_some()
    };
    let stroke = item.stroke.as_ref().filter(is_line);
    for paint in item.fill.iter().chain(stroke) {
        match paint.ink {
            // Marks of the shop are on every plate that there is.
            Some(ink) if ink.registration => {}
            Some(ink) => {
                let shares = PROCESS.iter().zip(ink.process);
                inks.extend(
                    shares.filter(|(_, share)| *share > LEAST).map(|(name, _)| *name),
                );
                if ink.spot > LEAST {
                    spots(&paint.space, inks);
                }
            }
            None => of_space(&paint.space, &item.kind, inks),
        }
    }
}

/// The spot inks of a space.
fn spots<'a>(space: &'a Space, inks: &mut BTreeSet<&'a str>) {
    if let Space::Inks(names, _) = space.base() {
        let others = names.iter().map(String::as_str);
        inks.extend(others.filter(|name| !PROCESS.contains(name) && *name != "None"));
    }
}

/// Pictures and gradients: all that their space can hold.
fn of_space<'a>(space: &'a Space, kind: &Kind, inks: &mut BTreeSet<&'a str>) {
    match space.base() {
        Space::Gray => inks.extend(["Black"]),
        Space::Cmyk if !matches!(kind, Kind::Image(image) if image.depth != Depth::Color) =>
        {
            inks.extend(PROCESS);
        }
        Space::Inks(names, _) => {
            inks.extend(names.iter().map(String::as_str).filter(|name| *name != "None"));
        }
        _ => {}
    }
}
