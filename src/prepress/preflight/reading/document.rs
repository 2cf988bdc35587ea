//! Facts of the document as a whole.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

use super::page::Leaf;
use super::value::{Source, dictionary, text};
use super::{icc, xmp};
use crate::prepress::preflight::inspected::{
    Action, DocumentFacts, Metadata, OutputIntent,
};

/// How many actions, layers and files are named at most.
const MAX_NAMED: usize = 64;

/// Reads the facts.
pub(super) fn facts(source: Source<'_>, leaves: &[Leaf<'_>]) -> DocumentFacts {
    let document = source.document;
    let empty = Dictionary::new();
    let catalog = document.catalog().unwrap_or(&empty);
    let own = source.name(catalog, "Version").unwrap_or_default();
    let header = document.version.clone();
    let has_id = matches!(source.get(&document.trailer, "ID"), Object::Array(parts)
        if parts.len() == 2 && parts.iter().all(is_filled));
    DocumentFacts {
        version: if own > header { own } else { header },
        encrypted: document.was_encrypted(),
        repaired: document.xref_recovery.is_some(),
        has_id,
        info: information(source),
        metadata: metadata(source, catalog),
        intents: intents(source, catalog),
        layers: layers(source, catalog),
        actions: actions(source, catalog, leaves),
        attachments: attachments(source, catalog),
        has_form: has_form(source, catalog),
        pages: leaves.len(),
    }
}

fn is_filled(part: &Object) -> bool {
    matches!(part, Object::String(bytes, _) if !bytes.is_empty())
}

fn information(source: Source<'_>) -> BTreeMap<String, String> {
    let Some(info) = source.dict(&source.document.trailer, "Info") else {
        return BTreeMap::new();
    };
    let keys = ["Title", "Trapped", "GTS_PDFXVersion", "CreationDate", "ModDate"];
    keys.into_iter()
        .filter_map(|key| Some((key.to_owned(), source.text(info, key)?)))
        .collect()
}

fn metadata(source: Source<'_>, catalog: &Dictionary) -> Metadata {
    let Object::Stream(stream) = source.get(catalog, "Metadata") else {
        return Metadata::Missing;
    };
    match source.data(stream) {
        Some(data) => xmp::read(&data),
        None => Metadata::Broken("数据无法解压".into()),
    }
}

fn intents(source: Source<'_>, catalog: &Dictionary) -> Vec<OutputIntent> {
    source
        .list(catalog, "OutputIntents")
        .into_iter()
        .filter_map(dictionary)
        .take(MAX_NAMED)
        .map(|intent| OutputIntent {
            subtype: source.name(intent, "S").unwrap_or_default(),
            condition: source.text(intent, "OutputConditionIdentifier"),
            profile: match source.get_placed(intent, "DestOutputProfile") {
                (id, Object::Stream(stream)) => {
                    Some(icc::read(source, id.map_or(0, |id| id.0), stream))
                }
                _ => None,
            },
        })
        .collect()
}

fn layers(source: Source<'_>, catalog: &Dictionary) -> Vec<String> {
    let Some(properties) = source.dict(catalog, "OCProperties") else {
        return Vec::new();
    };
    source
        .list(properties, "OCGs")
        .into_iter()
        .filter_map(dictionary)
        .take(MAX_NAMED)
        .map(|layer| source.text(layer, "Name").unwrap_or_else(|| "（无名）".into()))
        .collect()
}

fn attachments(source: Source<'_>, catalog: &Dictionary) -> Vec<String> {
    let names = source.dict(catalog, "Names");
    let files = names.and_then(|names| source.dict(names, "EmbeddedFiles"));
    let mut found = Vec::new();
    if let Some(files) = files {
        collect_names(source, files, 0, &mut found);
        if found.is_empty() {
            found.push("（无名）".into());
        }
    }
    found
}

/// The names of a name tree.
fn collect_names(
    source: Source<'_>,
    node: &Dictionary,
    depth: usize,
    found: &mut Vec<String>,
) {
    for pair in source.list(node, "Names").chunks(2) {
        if let [Object::String(name, _), ..] = pair
            && found.len() < MAX_NAMED
        {
            found.push(text(name));
        }
    }
    if depth < 4 && found.len() < MAX_NAMED && source.budget.form() {
        for kid in source.list(node, "Kids").into_iter().take(8) {
            if let Some(kid) = dictionary(kid) {
                collect_names(source, kid, depth + 1, found);
            }
        }
    }
}

fn has_form(source: Source<'_>, catalog: &Dictionary) -> bool {
    source
        .dict(catalog, "AcroForm")
        .is_some_and(|form| form.has(b"XFA") || !source.list(form, "Fields").is_empty())
}

/// What acts: on opening, by scripts, on pages, in annotations. An opening
/// that only says which page to show does nothing.
fn actions(source: Source<'_>, catalog: &Dictionary, leaves: &[Leaf<'_>]) -> Vec<Action> {
    let mut found = Found { source, actions: Vec::new() };
    found.look(catalog, "OpenAction", None, None);
    found.events(catalog, None, None);
    let names = source.dict(catalog, "Names");
    if names.is_some_and(|names| source.dict(names, "JavaScript").is_some()) {
        found.push("JavaScript", None, None);
    }
    for (index, leaf) in leaves.iter().enumerate() {
        let Some(page) = leaf.dictionary() else { continue };
        let number = Some(index + 1);
        found.events(page, number, Some(leaf.object()));
        let Object::Array(annotations) = source.get(page, "Annots") else { continue };
        for element in annotations.iter().take(10_000) {
            let (id, object) = source.place(element);
            let Some(annotation) = dictionary(object) else { continue };
            found.look(annotation, "A", number, id.map(|id| id.0));
            found.events(annotation, number, id.map(|id| id.0));
        }
    }
    found.actions
}

struct Found<'a> {
    source: Source<'a>,
    actions: Vec<Action>,
}

impl<'a> Found<'a> {
    fn look(
        &mut self,
        dict: &'a Dictionary,
        key: &str,
        page: Option<usize>,
        object: Option<u32>,
    ) {
        let Object::Dictionary(action) = self.source.get(dict, key) else { return };
        let kind = self.source.name(action, "S").unwrap_or_default();
        // Links of a page are annotations, and said there.
        if !matches!(kind.as_str(), "GoTo" | "URI" | "GoToR" | "Named") {
            self.push(&kind, page, object);
        }
    }

    fn events(&mut self, dict: &'a Dictionary, page: Option<usize>, object: Option<u32>) {
        let Some(events) = self.source.dict(dict, "AA") else { return };
        for (event, _) in events.iter().take(16) {
            let event = String::from_utf8_lossy(event);
            self.look(events, &event, page, object);
        }
    }

    fn push(&mut self, kind: &str, page: Option<usize>, object: Option<u32>) {
        if self.actions.len() < MAX_NAMED {
            self.actions.push(Action { kind: kind.to_owned(), page, object });
        }
    }
}
