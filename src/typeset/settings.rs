//! `/edition.json`: what the templates know of an edition.

use serde_json::{Value, json};

use crate::book::{Contributor, Metadata, PublicationKind};
use crate::edition::{Binding, ColorPolicy, Design, Edition, Format, Limit};

/// The bleed of a layout whose own edition drops it, in mm; so screen and
/// print share one.
const SHARED_BLEED: f64 = 3.0;

/// The settings of an edition.
pub(super) fn of(edition: &Edition, metadata: &Metadata) -> Value {
    let fonts: serde_json::Map<String, Value> = edition
        .fonts
        .roles()
        .into_iter()
        .map(|(role, families)| (role.to_owned(), json!(families)))
        .collect();
    let color = match edition.color {
        ColorPolicy::Rgb => "rgb",
        ColorPolicy::Cmyk => "cmyk",
        ColorPolicy::Gray => "gray",
        ColorPolicy::MonoSpot => "mono+spot",
    };
    let design = match edition.design {
        Design::Standard => "standard",
        Design::LargePrint => "large-print",
    };
    let binding = match edition.binding {
        Binding::Perfect => "perfect",
        Binding::SaddleStitch => "saddle-stitch",
        Binding::Sewn => "sewn",
        Binding::Spiral => "spiral",
        Binding::None => "none",
    };
    let bleed =
        if edition.format == Format::PrintPdf { edition.bleed.0 } else { SHARED_BLEED };
    let margins = edition.margins;
    let set = edition.rules.as_ref().map(|claim| &claim.set);
    // No size of the templates' scale goes below it.
    let floor = set
        .into_iter()
        .flat_map(|set| {
            [Limit::SmallestType, Limit::SecondaryType].map(|limit| set.limit(limit))
        })
        .flatten()
        .fold(0.0, f64::max);
    json!({
        "name": edition.name,
        "design": design,
        "color": color,
        "spot": edition.spot_name().and(edition.press.spot.as_ref()).map(|ink| &ink.color.value),
        "trim": { "width": edition.trim.width, "height": edition.trim.height },
        "bleed": bleed,
        "margins": {
            "inner": margins.inner, "outer": margins.outer,
            "head": margins.head, "foot": margins.foot,
        },
        "body-size": edition.body_size,
        "leading": edition.leading,
        "fonts": fonts,
        "binding": binding,
        "paper": edition.paper.name,
        "floor": floor,
        "legibility": edition
            .rules
            .as_ref()
            .filter(|claim| claim.claimed)
            .map(|claim| claim.set.statement()),
        "meta": meta(metadata),
    })
}

/// The settings as far as they decide line and page breaks: editions that
/// agree in them share a layout.
pub(super) fn geometry(edition: &Edition, metadata: &Metadata) -> Value {
    let mut settings = of(edition, metadata);
    for name in ["name", "binding", "paper"] {
        settings[name] = Value::Null;
    }
    // Charts are drawn otherwise where colours are few.
    if !edition.color.is_reduced() {
        settings["color"] = Value::Null;
    }
    settings
}

fn meta(metadata: &Metadata) -> Value {
    let people = |list: &[Contributor]| -> Vec<Value> {
        list.iter()
            .map(|c| json!({ "name": c.name, "role": c.role }))
            .collect()
    };
    let (year, month, day) = metadata.date;
    let kind = match metadata.kind {
        PublicationKind::Book => "book",
        PublicationKind::Internal => "internal",
        PublicationKind::Web => "web",
    };
    json!({
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "authors": people(&metadata.authors),
        "editors": people(&metadata.editors),
        "publisher": metadata.publisher,
        "place": metadata.place,
        "isbn": metadata.isbn,
        "date": { "year": year, "month": month, "day": day },
        "edition-statement": metadata.edition_statement,
        "rights": metadata.rights,
        "identifier": metadata.identifier,
        "description": metadata.description,
        "subjects": metadata.subjects,
        "price": metadata.price,
        "kind": kind,
        "permit": metadata.permit,
        "imprint": metadata.imprint,
        "language": metadata.language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::project::Project;

    #[test]
    fn charts_of_few_colours_are_a_layout_of_their_own() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/base");
        let project = Project::open(root.as_ref(), &mut Sink::new()).unwrap();
        let print = &project.editions["print"];
        let metadata = Metadata::default();
        let key = |color| {
            let edition = Edition { color, ..print.clone() };
            geometry(&edition, &metadata)
        };
        assert_eq!(key(ColorPolicy::Rgb), key(ColorPolicy::Cmyk));
        assert_ne!(key(ColorPolicy::Gray), key(ColorPolicy::Cmyk));
        assert_ne!(key(ColorPolicy::MonoSpot), key(ColorPolicy::Gray));
    }
}
