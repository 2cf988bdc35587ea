//! 用纸: how thick a sheet is, from what people call it.
//!
//! `80克双胶纸` names a grammage and a stock; `papers.toml` knows the bulk of the
//! usual stocks, so the caliper follows. Any of the three can be given instead.

use std::sync::LazyLock;

use serde::Deserialize;

/// A paper: its name, and as much of its measure as is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paper {
    /// As the imprint page and the printing house read it; may be empty.
    pub name: String,
    /// 克重 in g/m².
    pub grammage: Option<f64>,
    /// 松厚度 in cm³/g.
    pub bulk: Option<f64>,
    /// Thickness of one sheet in mm, measured.
    pub measured: Option<f64>,
    /// Whether its face is coated; `None` for an unknown stock.
    pub coated: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Table {
    paper: Vec<Stock>,
}

/// A stock of `papers.toml`.
#[derive(Debug, Deserialize)]
struct Stock {
    names: Vec<String>,
    bulk: f64,
    coated: bool,
}

static STOCKS: LazyLock<Vec<Stock>> = LazyLock::new(|| {
    let table: Result<Table, _> = toml::from_str(include_str!("papers.toml"));
    table.map(|table| table.paper).unwrap_or_default()
});

impl Paper {
    /// What the name alone says.
    pub fn named(name: &str) -> Self {
        let name = name.trim();
        let stock = stock(name);
        Self {
            name: name.to_owned(),
            grammage: grammage(name),
            bulk: stock.map(|stock| stock.bulk),
            measured: None,
            coated: stock.map(|stock| stock.coated),
        }
    }

    /// Thickness of one sheet in mm; `None` when too little is known.
    pub fn caliper(&self) -> Option<f64> {
        self.measured.or_else(|| Some(self.grammage? * self.bulk? / 1000.0))
    }

    /// The stocks that have a known bulk, each by its first name.
    pub fn stocks() -> impl Iterator<Item = &'static str> {
        STOCKS
            .iter()
            .filter_map(|stock| stock.names.first())
            .map(String::as_str)
    }
}

/// The stock with the longest name that stands in `text`.
fn stock(text: &str) -> Option<&'static Stock> {
    let text = text.to_lowercase();
    let named = |stock: &'static Stock| {
        let names = stock.names.iter().filter(|name| text.contains(*name));
        Some((names.map(String::len).max()?, stock))
    };
    let known = STOCKS.iter().filter_map(named);
    known.max_by_key(|(length, _)| *length).map(|(_, stock)| stock)
}

/// The number before `克`, `g` or `gsm`.
fn grammage(text: &str) -> Option<f64> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let unit = rest[end..].trim_start();
    let is_weight = unit.starts_with('克') || unit.starts_with(['g', 'G']);
    let value: f64 = rest[..end].parse().ok()?;
    (is_weight && (20.0..=1000.0).contains(&value)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert!(STOCKS.len() >= 10);
        let mut names: Vec<_> = STOCKS.iter().flat_map(|stock| &stock.names).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands twice");
        assert!(STOCKS.iter().all(|stock| (0.7..=2.2).contains(&stock.bulk)));
    }

    #[test]
    fn a_name_says_how_thick_a_sheet_is() {
        let caliper = |name| Paper::named(name).caliper();
        assert_eq!(caliper("80克双胶纸"), Some(0.1));
        assert_eq!(caliper("80 g/m² 米黄双胶纸"), Some(0.1));
        assert_eq!(Paper::named("157g 无光铜版纸").bulk, Some(0.95));
        assert_eq!(Paper::named("250克铜版卡纸").bulk, Some(1.1));
        assert_eq!(Paper::named("70克轻型胶版纸").bulk, Some(1.75));
        assert_eq!(Paper::named("157g 铜版纸").coated, Some(true));
        assert_eq!(caliper("双胶纸"), None);
        assert_eq!(caliper("80克再造纸"), None);
        assert_eq!(caliper("2026克铜版纸"), None);
        assert_eq!(caliper("A4 纸"), None);
    }

    #[test]
    fn a_measure_beats_the_table() {
        let paper = Paper {
            measured: Some(0.12), ..Paper::named("80克双胶纸")
        };
        assert_eq!(paper.caliper(), Some(0.12));
    }
}
