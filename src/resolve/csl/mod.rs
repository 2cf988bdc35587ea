//! The reference list, set by a citation style: the only module that knows
//! hayagriva.
//!
//! GB/T 7714—2025 is a style of our own (`gb-7714-2025-numeric.csl`). What the
//! standard asks and CSL cannot express is done to the entries before they are
//! rendered ([`entry`]): document types, standards without authors, access
//! dates only where the standard wants them, bodies and persons told apart.
//! Works are rendered by language, so that Chinese ones say 等 and English
//! ones et al.

mod entry;
mod inline;
mod library;
mod names;
mod yaml;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry,
    LocatorPayload, SpecificLocator,
};

pub(super) use library::Library;

use crate::book::{CitationStyle, Inline};
use crate::diag::rule::resolve as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Span};

/// Our style for GB/T 7714—2025.
const GB_7714_2025: &str = include_str!("gb-7714-2025-numeric.csl");

/// The languages that works are told apart by, for styles that do not bring
/// their own words; reading them takes longer than setting a list.
static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let wanted = ["zh-CN", "en-US"];
    let known = |locale: &Locale| {
        locale
            .lang
            .as_ref()
            .is_some_and(|lang| wanted.contains(&lang.0.as_str()))
    };
    archive::locales().into_iter().filter(known).collect()
});

/// A work cited at some place.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    pub(super) key: String,
    pub(super) locator: String,
}

/// An entry of the list as the style sets it.
#[derive(Debug)]
pub(super) struct RenderedEntry {
    pub(super) key: String,
    /// What stands before it, where it is not simply its number.
    pub(super) number: Option<String>,
    pub(super) text: Vec<Inline>,
}

/// The list, and the marks in the text.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) entries: Vec<RenderedEntry>,
    /// One for every citation; `None` where plain numbers do.
    pub(super) marks: Option<Vec<String>>,
}

/// Sets the reference list: `keys` in the order of their first citation.
pub(super) fn render(
    library: &Library,
    style: &CitationStyle,
    keys: &[String],
    requests: &[Vec<Cited>],
    sink: &mut Sink,
) -> Rendered {
    let edition = match style {
        CitationStyle::Gb7714_2025 => Edition::Gb2025,
        CitationStyle::Gb7714_2015 => Edition::Gb2015,
        CitationStyle::Csl { path, text, span } => {
            if keys.is_empty() {
                return Rendered { entries: Vec::new(), marks: None };
            }
            let Ok(style) = IndependentStyle::from_xml(text) else {
                report_style(path, text, *span, sink);
                return Rendered { entries: Vec::new(), marks: None };
            };
            return whole(library, &style, requests);
        }
    };
    let Some(style) = edition.style() else {
        return Rendered { entries: Vec::new(), marks: None };
    };
    let works: Vec<(Language, Entry)> = keys
        .iter()
        .filter_map(|key| library.entry(key))
        .map(|entry| (Language::of(entry), edition.prepare(entry)))
        .collect();
    let mut entries = Vec::new();
    for language in [Language::Chinese, Language::English] {
        let spoken = works.iter().filter(|work| work.0 == language);
        let spoken: Vec<&Entry> = spoken.map(|work| &work.1).collect();
        entries.extend(list(library, &style, edition.locales(), language, &spoken));
    }
    let order: BTreeMap<&String, usize> = keys.iter().zip(0..).collect();
    entries.sort_by_key(|entry| order.get(&entry.key).copied());
    Rendered { entries, marks: None }
}

/// The numeric styles that come with the program.
#[derive(Debug, Clone, Copy)]
enum Edition {
    Gb2025,
    Gb2015,
}

impl Edition {
    fn style(self) -> Option<IndependentStyle> {
        match self {
            Self::Gb2025 => IndependentStyle::from_xml(GB_7714_2025).ok(),
            Self::Gb2015 => match ArchivedStyle::by_name("gb-7714-2015-numeric")?.get() {
                Style::Independent(style) => Some(style),
                Style::Dependent(_) => None,
            },
        }
    }

    /// Our own style has all its words in itself.
    fn locales(self) -> &'static [Locale] {
        match self {
            Self::Gb2025 => &[],
            Self::Gb2015 => &LOCALES,
        }
    }

    fn prepare(self, entry: &Entry) -> Entry {
        match self {
            Self::Gb2025 => entry::prepare(entry),
            Self::Gb2015 => entry::with_names(entry),
        }
    }
}

/// The language a work is listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Chinese,
    English,
}

impl Language {
    fn of(entry: &Entry) -> Self {
        if let Some(language) = entry.language() {
            return if language.language.as_str() == "zh" {
                Self::Chinese
            } else {
                Self::English
            };
        }
        let title = entry.title().map(ToString::to_string).unwrap_or_default();
        if title.chars().any(names::is_han) { Self::Chinese } else { Self::English }
    }

    fn locale(self) -> LocaleCode {
        let code = match self {
            Self::Chinese => "zh-CN",
            Self::English => "en-US",
        };
        LocaleCode(code.to_owned())
    }
}

/// The list of some works in one language, in their order.
fn list(
    library: &Library,
    style: &IndependentStyle,
    locales: &[Locale],
    language: Language,
    works: &[&Entry],
) -> Vec<RenderedEntry> {
    let mut driver = BibliographyDriver::new();
    for work in works {
        let items = vec![CitationItem::with_entry(*work)];
        let locale = Some(language.locale());
        driver.citation(CitationRequest::new(items, style, locale, locales, None));
    }
    let request = BibliographyRequest::new(style, Some(language.locale()), locales);
    let bibliography = driver.finish(request).bibliography;
    let items = bibliography.map(|list| list.items).unwrap_or_default();
    items
        .into_iter()
        .map(|item| RenderedEntry {
            number: None,
            text: inline::entry(&item.content, library.span(&item.key)),
            key: item.key,
        })
        .collect()
}

/// A list and marks by a style of the project, which sees the whole book.
fn whole(
    library: &Library,
    style: &IndependentStyle,
    requests: &[Vec<Cited>],
) -> Rendered {
    let locale = Some(Language::Chinese.locale());
    let mut driver = BibliographyDriver::new();
    for request in requests {
        let items = request
            .iter()
            .filter_map(|cited| {
                let locator = (!cited.locator.is_empty()).then(|| {
                    SpecificLocator(
                        citationberg::taxonomy::Locator::Page,
                        LocatorPayload::Str(&cited.locator),
                    )
                });
                let entry = library.entry(&cited.key)?;
                Some(CitationItem::with_locator(entry, locator))
            })
            .collect();
        driver.citation(CitationRequest::new(
            items,
            style,
            locale.clone(),
            &LOCALES,
            None,
        ));
    }
    let rendered =
        driver.finish(BibliographyRequest::new(style, locale.clone(), &LOCALES));
    let marks = rendered.citations.iter().map(|cite| format!("{:#}", cite.citation));
    let items = rendered.bibliography.map(|list| list.items).unwrap_or_default();
    let entries = items
        .into_iter()
        .map(|item| RenderedEntry {
            number: Some(
                item.first_field
                    .map(|field| format!("{field:#}").trim().to_owned())
                    .unwrap_or_default(),
            ),
            text: inline::entry(&item.content, library.span(&item.key)),
            key: item.key,
        })
        .collect();
    Rendered { marks: Some(marks.collect()), entries }
}

fn report_style(path: &str, text: &str, span: Span, sink: &mut Sink) {
    // The parser's words are English and name no place; these are the mistakes
    // that a style can have as a whole.
    let why = if !text.contains("<style") {
        "它不是 CSL 样式（没有 style 元素）"
    } else if text.contains("rel=\"independent-parent\"") {
        "它只指向另一个样式，自己没有内容"
    } else if !text.contains("<citation") {
        "它没有规定引文怎么写（没有 citation 元素）"
    } else {
        "它的 XML 有错误，或缺少必需的元素"
    };
    let message = format!("引文样式“{path}”不能用：{why}");
    let diagnostic = Diagnostic::new(&rule::BAD_CITATION_STYLE, span, message)
        .hint("换一个独立的 CSL 样式文件，或在 book.toml 中写 citation_style = \"gb-7714-2025-numeric\"");
    sink.report(diagnostic);
}

/// The span of works that have none.
fn nowhere() -> Span {
    Span::new(SourceId(0), 0..0)
}

#[cfg(test)]
mod tests;
