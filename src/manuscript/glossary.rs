//! `book/glossary.toml`: the book's terms.

use std::collections::BTreeMap;

use super::reader::World;
use crate::book::{Anchor, Entry};
use crate::diag::{Diagnostic, SourceId, Span, Spanned, rule::manuscript as rule};
use crate::project::tree::{self, Table};

/// Reads the entries in the order of the file, and whether some may be lost to
/// mistakes in it.
pub(super) fn read(
    source: SourceId,
    text: &str,
    world: &mut World<'_>,
) -> (Vec<Entry>, bool) {
    let mut root = tree::parse(text, source, &mut world.sink);
    let broken = root.broken;
    let mut nameless = false;
    let tables = root.tables("term", &mut world.sink);
    root.finish("术语表", &mut world.sink);
    let mut names = BTreeMap::new();
    let mut entries = Vec::new();
    for table in tables {
        match entry(text, table, broken, world, &mut names) {
            Some(entry) => entries.push(entry),
            None => nameless = true,
        }
    }
    (entries, broken || nameless)
}

fn entry(
    text: &str,
    mut table: Table,
    broken: bool,
    world: &mut World<'_>,
    names: &mut BTreeMap<String, Span>,
) -> Option<Entry> {
    let sink = &mut world.sink;
    let place = table.span;
    let term = table.string("zh", sink);
    let pinyin = table.string("pinyin", sink);
    let english = table.string("en", sink);
    let definition = table.string("def", sink);
    let sources = table.strings("source", sink).unwrap_or_default();
    let aliases = table.strings("aliases", sink).unwrap_or_default();
    let forbidden = table.strings("forbidden", sink).unwrap_or_default();
    let index_only = table.boolean("index_only", sink).unwrap_or(false);
    table.finish("词条", sink);
    let filled =
        |value: Option<Spanned<String>>| value.filter(|v| !v.value.trim().is_empty());
    let Some(term) = filled(term) else {
        if !broken {
            let hint = "写上术语：zh = \"碳汇\"";
            report_incomplete(world, place, "这个词条缺少 zh", hint);
        }
        return None;
    };
    let pinyin = filled(pinyin);
    if pinyin.is_none() && !broken {
        let message = format!("词条“{}”缺少 pinyin", term.value);
        let hint = "写上带声调的拼音，字间空一格：pinyin = \"tàn huì\"";
        report_incomplete(world, term.span, &message, hint);
    }
    let definition = filled(definition);
    if definition.is_none() && !index_only && !broken {
        let message = format!("词条“{}”缺少 def", term.value);
        let hint = "写上释义；只进索引、不进术语表的词写 index_only = true";
        report_incomplete(world, term.span, &message, hint);
    }
    for name in std::iter::once(&term).chain(&aliases) {
        check_unique(world, names, name);
    }
    for name in &forbidden {
        if names.contains_key(&name.value) {
            check_unique(world, names, name);
        }
    }
    let values = |list: Vec<Spanned<String>>| list.into_iter().map(|v| v.value).collect();
    Some(Entry {
        term,
        aliases: values(aliases),
        forbidden: values(forbidden),
        pinyin: pinyin.map(|pinyin| pinyin.value).unwrap_or_default(),
        english: english.map(|english| english.value).unwrap_or_default(),
        definition: definition
            .map(|definition| world.fragment_of(text, &definition))
            .unwrap_or_default(),
        sources,
        index_only,
        anchor: Anchor::default(),
        uses: Vec::new(),
    })
}

fn check_unique(
    world: &mut World<'_>,
    names: &mut BTreeMap<String, Span>,
    name: &Spanned<String>,
) {
    let Some(first) = names.insert(name.value.clone(), name.span) else { return };
    names.insert(name.value.clone(), first);
    let message = format!("“{}”在术语表里出现了两次", name.value);
    world.sink.report(
        Diagnostic::new(&rule::DUPLICATE_TERM, name.span, message)
            .hint("合并两个词条，或删去重复的别名")
            .related(first, "已经写在这里"),
    );
}

fn report_incomplete(world: &mut World<'_>, span: Span, message: &str, hint: &str) {
    world
        .sink
        .report(Diagnostic::new(&rule::INCOMPLETE_TERM, span, message).hint(hint));
}
