//! Rule sets of legibility: those in the program, a book's own, one file each.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::diag::rule::{legibility, project as rule};
use crate::diag::{Diagnostic, Sink, SourceId, Spanned};
use crate::edition::{Ban, Limit, RuleSet, Stock};
use crate::project::embedded;
use crate::project::tree::{self, Node, Table, Value};

/// The word for no rule set at all.
const NONE: &str = "none";

/// The rule set of this name, or in this file; `None` for `none`, and for what
/// was reported.
pub(super) fn read(
    name: &Spanned<String>,
    grade: Option<&Spanned<String>>,
    ctx: &mut Reader<'_>,
) -> Option<RuleSet> {
    let id = name.value.trim();
    if id == NONE {
        return None;
    }
    let (text, source) = text(name, ctx)?;
    let sheet = parse(&text, source, ctx.sink);
    let set = sheet.choose(name, grade, ctx.sink)?;
    if ctx.is_placed(name.span) && set.limits.is_empty() && set.bans.is_empty() {
        let message = format!("规则集“{}”还没有数字", set.title);
        let found =
            Diagnostic::new(&legibility::RULES_WITHOUT_FIGURES, name.span, message);
        let path = format!("templates/rules/{id}.toml");
        ctx.sink
            .report(found.hint(format!("对照标准原文，把数字写进 {path}，再作声明")));
        return None;
    }
    Some(set)
}

/// The text of a rule set, and its source.
fn text(name: &Spanned<String>, ctx: &mut Reader<'_>) -> Option<(String, SourceId)> {
    let id = name.value.trim();
    let is_file = std::path::Path::new(id)
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("toml"));
    let path =
        if is_file { ctx.file(name)? } else { format!("templates/rules/{id}.toml") };
    match ctx.files.text(&path) {
        Ok(source) => return Some((ctx.files.source(source).to_string(), source)),
        Err(error) if is_file => {
            ctx.sink.report(error.diagnostic(&path, Some(name.span)));
            return None;
        }
        Err(_) => {}
    }
    let bytes = embedded::find(embedded::RULE_SETS, &format!("{id}.toml"));
    if let Some(text) = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        return Some((text.to_owned(), name.span.source));
    }
    let known = embedded::RULE_SETS.iter();
    let mut known: Vec<&str> =
        known.filter_map(|(file, _)| file.strip_suffix(".toml")).collect();
    known.push(NONE);
    let message = format!("没有叫“{id}”的规则集");
    let mut found = Diagnostic::new(&rule::UNKNOWN_VALUE, name.span, message);
    if let Some(near) = tree::nearest(id, known.iter().copied()) {
        found = found.hint(format!("改为 {near}"));
    }
    let hint =
        format!("已有的规则集：{}；也可以写自己的 .toml 文件的路径", known.join("、"));
    ctx.sink.report(found.hint(hint));
    None
}

/// A rule set as its file has it, before a grade is chosen.
struct RuleSheet {
    set: RuleSet,
    grades: BTreeMap<String, BTreeMap<Limit, f64>>,
}

impl RuleSheet {
    /// The rule set with the figures of a grade.
    fn choose(
        mut self,
        name: &Spanned<String>,
        grade: Option<&Spanned<String>>,
        sink: &mut Sink,
    ) -> Option<RuleSet> {
        name.value.trim().clone_into(&mut self.set.id);
        let names = || self.grades.keys().map(String::as_str);
        let list = names().collect::<Vec<_>>().join("、");
        match grade {
            None if self.grades.is_empty() => Some(self.set),
            None => {
                let message = format!("规则集“{}”分学段，还要写 grade", self.set.title);
                let found = Diagnostic::new(&rule::MISSING_KEY, name.span, message);
                sink.report(found.hint(format!("写上 grade = \"…\"；可用的值：{list}")));
                None
            }
            Some(grade) => {
                let Some(figures) = self.grades.get(&grade.value) else {
                    let message = format!("规则集没有“{}”这个学段", grade.value);
                    let mut found =
                        Diagnostic::new(&rule::UNKNOWN_VALUE, grade.span, message);
                    if let Some(near) = tree::nearest(&grade.value, names()) {
                        found = found.hint(format!("改为 {near}"));
                    }
                    let known = if list.is_empty() {
                        "这个规则集不分学段，删去 grade".to_owned()
                    } else {
                        format!("可用的值：{list}")
                    };
                    sink.report(found.hint(known));
                    return None;
                };
                self.set.limits.extend(figures);
                self.set.grade.clone_from(&grade.value);
                Some(self.set)
            }
        }
    }
}

fn parse(text: &str, source: SourceId, sink: &mut Sink) -> RuleSheet {
    let mut root = tree::parse(text, source, sink);
    let mut set = RuleSet::default();
    let string = |key, root: &mut Table, sink: &mut Sink| {
        root.string(key, sink).map(|text| text.value).unwrap_or_default()
    };
    set.title = string("title", &mut root, sink);
    set.standard = string("standard", &mut root, sink);
    // For people who read the file: where its figures come from.
    string("basis", &mut root, sink);
    set.bans = words("forbid", &mut root, Ban::ALL, sink);
    set.advice = words("advice", &mut root, Limit::ALL, sink);
    if let Some(table) = root.table("limits", sink) {
        set.limits = limits(table, sink);
    }
    let mut grades = BTreeMap::new();
    if let Some(mut tables) = root.table("grades", sink) {
        for (grade, node) in tables.take_all() {
            let Some(table) = node.table(&grade.value, sink) else { continue };
            grades.insert(grade.value, limits(table, sink));
        }
    }
    if let Some(mut paper) = root.table("paper", sink) {
        let usual = Stock::default();
        let mut figure = |key, usual| {
            paper
                .take(key)
                .and_then(|node| number(&node, key, sink))
                .unwrap_or(usual)
        };
        set.stock = Stock {
            grammage: figure("grammage", usual.grammage),
            caliper: figure("caliper", usual.caliper),
        };
        paper.finish("paper 里", sink);
    }
    root.finish("规则集里", sink);
    RuleSheet { set, grades }
}

fn limits(mut table: Table, sink: &mut Sink) -> BTreeMap<Limit, f64> {
    let mut limits = BTreeMap::new();
    for (key, limit) in Limit::ALL {
        if let Some(node) = table.take(key)
            && let Some(figure) = number(&node, key, sink)
        {
            limits.insert(*limit, figure);
        }
    }
    table.finish("规则集的数字里", sink);
    limits
}

/// A positive number.
#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 it is no length anyway")]
fn number(node: &Node, key: &str, sink: &mut Sink) -> Option<f64> {
    let figure = match node.value {
        Value::Integer(number) => number as f64,
        Value::Float(number) => number,
        _ => {
            node.wrong_type(key, "数字（不加引号）", sink);
            return None;
        }
    };
    if figure.is_finite() && figure > 0.0 {
        return Some(figure);
    }
    let message = format!("“{key}”不能是 {figure}");
    let found = Diagnostic::new(&rule::BAD_LENGTH, node.span, message);
    sink.report(found.hint("写大于零的数"));
    None
}

/// A list of words out of a table of known ones.
fn words<T: Copy + Ord>(
    key: &'static str,
    root: &mut Table,
    known: &[(&'static str, T)],
    sink: &mut Sink,
) -> BTreeSet<T> {
    let mut found = BTreeSet::new();
    for word in root.strings(key, sink).into_iter().flatten() {
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == word.value) {
            found.insert(*value);
            continue;
        }
        let message = format!("“{key}”里不能有“{}”", word.value);
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        let unknown = Diagnostic::new(&rule::UNKNOWN_VALUE, word.span, message);
        sink.report(unknown.hint(format!("可用的值：{}", names.join("、"))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(file: &str) -> (RuleSheet, Sink) {
        let mut sink = Sink::new();
        let bytes = embedded::find(embedded::RULE_SETS, file).unwrap();
        let sheet = parse(std::str::from_utf8(bytes).unwrap(), SourceId(0), &mut sink);
        (sheet, sink)
    }

    #[test]
    fn the_rule_sets_of_the_program_are_sound() {
        for (file, _) in embedded::RULE_SETS {
            let (sheet, sink) = set(file);
            assert!(sink.sorted().is_empty(), "{file}: {:?}", sink.sorted());
            assert!(!sheet.set.title.is_empty(), "{file}");
        }
    }

    #[test]
    fn figures_stand_as_their_sources_have_them() {
        let (large, _) = set("large-print.toml");
        assert_eq!(large.set.limit(Limit::SmallestType), Some(18.0));
        assert_eq!(large.set.limit(Limit::Contrast), Some(7.0));
        let (school, _) = set("gb-40070-textbook.toml");
        let grade = &school.grades["初中"];
        assert_eq!(grade.get(&Limit::BodyType), Some(&12.0));
        assert_eq!(grade.get(&Limit::RowGap), Some(&3.0));
        assert_eq!(grade.get(&Limit::SecondaryType), Some(&9.0));
        let first = &school.grades["小学一至二年级"];
        assert_eq!(first.get(&Limit::BodyType), Some(&16.0));
        // A standard whose text is not at hand has no figures.
        let (slot, _) = set("gb-t-44732.toml");
        assert!(slot.set.limits.is_empty() && slot.set.bans.is_empty());
    }
}
