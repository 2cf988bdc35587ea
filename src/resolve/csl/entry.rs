//! Entries made ready for GB/T 7714—2025: what the standard asks and a CSL
//! style cannot know.
//!
//! - The document type (annex A) comes from the entry's type, or from `genre`
//!   where the author wrote a code (`DS`, `PP`, `CM` …); works on the network
//!   add `/OL`.
//! - Standards (8.9) are number and title, without author or date.
//! - Numbers of documents and reports follow the title (8.8).
//! - Only web pages, data sets and preprints keep their access date (8.11,
//!   8.14, 8.15).
//! - A DOI that the address already holds is not repeated (7.9.1).

use hayagriva::Entry;
use hayagriva::types::{EntryType, FormatString, QualifiedUrl};

use super::names;

/// The codes of annex A.
const CODES: &[&str] = &[
    "M", "J", "N", "C", "D", "R", "S", "P", "EB", "A", "CM", "DS", "PP", "G", "CP", "DB",
    "Z",
];

/// The entry as our style expects it.
pub(super) fn prepare(entry: &Entry) -> Entry {
    let code = code(entry);
    let mut ready = if code == "S" { standard(entry) } else { with_names(entry) };
    if code != "S" {
        place_number(entry, &mut ready, code);
    }
    drop_known_doi(entry, &mut ready);
    if let Some(url) = entry.url_any() {
        let keeps_date = matches!(code, "EB" | "DS" | "PP");
        let visited = url.visit_date.filter(|_| keeps_date);
        ready.set_url(QualifiedUrl::new(url.value.clone(), visited));
    }
    let carrier = if entry.url_any().is_some() || code == "EB" { "/OL" } else { "" };
    ready.set_genre(FormatString::with_value(format!("{code}{carrier}")));
    ready
}

/// The entry with its persons and bodies told apart.
pub(super) fn with_names(entry: &Entry) -> Entry {
    let mut ready = entry.clone();
    if let Some(people) = entry.authors() {
        ready.set_authors(names::expand(people));
    }
    if let Some(people) = entry.editors() {
        ready.set_editors(names::expand(people));
    }
    if !entry.parents().is_empty() {
        ready.set_parents(entry.parents().iter().map(with_names).collect());
    }
    ready
}

/// The document type's code.
pub(super) fn code(entry: &Entry) -> &'static str {
    let genre = entry.genre().map(ToString::to_string).unwrap_or_default();
    let genre = genre.split('/').next().unwrap_or_default();
    if let Some(code) = CODES.iter().find(|code| **code == genre) {
        return code;
    }
    let parent = entry.parents().first().map(Entry::entry_type);
    let online = entry.url_any().is_some();
    match entry.entry_type() {
        EntryType::Article => match parent {
            Some(EntryType::Newspaper) => "N",
            Some(EntryType::Proceedings | EntryType::Conference) => "C",
            Some(EntryType::Repository) => "PP",
            _ if entry.keyed_serial_number("arxiv").is_some() => "PP",
            _ => "J",
        },
        EntryType::Chapter | EntryType::Anthos | EntryType::Entry => match parent {
            Some(EntryType::Proceedings | EntryType::Conference) => "C",
            _ => "M",
        },
        EntryType::Book | EntryType::Reference => "M",
        EntryType::Anthology => "G",
        EntryType::Proceedings | EntryType::Conference => "C",
        EntryType::Periodical => "J",
        EntryType::Newspaper => "N",
        EntryType::Thesis => "D",
        EntryType::Report => "R",
        EntryType::Patent => "P",
        EntryType::Repository => "CP",
        EntryType::Manuscript => "A",
        EntryType::Web | EntryType::Blog | EntryType::Post | EntryType::Thread => "EB",
        _ if is_standard(entry) => "S",
        _ if online => "EB",
        _ => "Z",
    }
}

/// Whether the number is that of a standard: `GB/T 24067-2024`, `ISO 14067:2018`.
fn is_standard(entry: &Entry) -> bool {
    let Some(number) = entry.keyed_serial_number("serial") else { return false };
    let Some((body, rest)) = number.split_once(' ') else { return false };
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '/';
    body.chars().all(upper)
        && body.starts_with(|c: char| c.is_ascii_uppercase())
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.contains(['-', '—', ':'])
}

/// A standard: number and name, nothing else.
fn standard(entry: &Entry) -> Entry {
    let mut ready = Entry::new(entry.key(), EntryType::Misc);
    let number = entry.keyed_serial_number("serial").unwrap_or_default();
    let title = title(entry);
    let number = if title.chars().any(names::is_han) {
        with_long_dash(number)
    } else {
        number.to_owned()
    };
    ready.set_title(FormatString::with_value(format!("{number} {title}").trim()));
    ready
}

/// `GB/T 24067-2024` as `GB/T 24067—2024`.
fn with_long_dash(number: &str) -> String {
    match number.rsplit_once('-') {
        Some((head, year)) if year.len() == 4 => format!("{head}—{year}"),
        _ => number.to_owned(),
    }
}

/// An address that holds the DOI says it already (7.9.1).
fn drop_known_doi(entry: &Entry, ready: &mut Entry) {
    let (Some(doi), Some(url)) = (entry.doi(), entry.url_any()) else { return };
    let known = url.value.as_str().to_lowercase().contains(&doi.to_lowercase());
    if let (true, Some(serial)) = (known, entry.serial_number()) {
        let mut serial = serial.clone();
        serial.0.remove("doi");
        ready.set_serial_number(serial);
    }
}

/// The number of a document or report follows its title; what an article
/// without its journal gives as a number is its source.
fn place_number(entry: &Entry, ready: &mut Entry, code: &str) {
    let Some(number) = entry.keyed_serial_number("serial") else { return };
    if matches!(code, "J" | "N") {
        if entry.parents().is_empty() {
            let mut source = Entry::new(entry.key(), EntryType::Periodical);
            source.set_title(FormatString::with_value(number));
            ready.set_parents(vec![source]);
        }
        return;
    }
    ready.set_title(FormatString::with_value(format!("{}: {number}", title(entry))));
}

fn title(entry: &Entry) -> String {
    entry.title().map(ToString::to_string).unwrap_or_default()
}
