//! Tables, and what becomes of them where there is little room.

use super::float::is_named;
use super::page::Page;
use crate::book::{Alignment, Cell, Table, plain_text};
use crate::diag::Span;
use crate::edition::Design;

impl<'a> Page<'a, '_> {
    /// Writes a table; its caption stands above it.
    pub(super) fn table(&mut self, table: &'a Table, span: Span) {
        self.reach_offset(span.source, span.start);
        let widths = Widths::of(table);
        let classes = column_classes(table, &widths);
        let headed = table.header.iter().any(|cell| !cell.text.is_empty());
        let roles = self.roles(if headed { classes.len() } else { 0 }, widths.is_wide());
        self.xml.open("div", &[("class", "table")]);
        let attributes = [("id", table.anchor.as_str()), ("class", roles.class())];
        self.xml.open("table", &attributes);
        if !table.caption.is_empty() {
            self.xml.open("caption", &[]);
            if !table.number.is_empty() {
                let number = format!("表 {}", table.number);
                self.xml.leaf("span", &[("class", "number")], &number);
                self.xml.text(" ");
            }
            self.inlines(&table.caption);
            self.xml.close();
        }
        if headed {
            self.xml.open("thead", &[]);
            self.xml.open("tr", &[]);
            for (column, cell) in table.header.iter().enumerate() {
                let scope = if cell.text.is_empty() { "" } else { "col" };
                let class = classes.get(column).map_or("", String::as_str);
                self.cell(cell, scope, (class, ""), roles);
            }
            self.xml.close();
            self.xml.close();
        }
        self.xml.open("tbody", &[]);
        for row in &table.rows {
            self.xml.open("tr", &[]);
            for (column, cell) in row.iter().enumerate() {
                let heads = table.row_headers && column == 0 && !cell.text.is_empty();
                let head = table.header.get(column);
                let head = head.map(|cell| plain_text(&cell.text)).unwrap_or_default();
                let scope = if heads { "row" } else { "" };
                let class = classes.get(column).map_or("", String::as_str);
                self.cell(cell, scope, (class, &head), roles);
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
        self.xml.close();
        if !table.credit.is_empty() {
            self.xml.open("p", &[("class", "credit")]);
            if !is_named(&plain_text(&table.credit)) {
                self.xml.text("资料来源：");
            }
            self.inlines(&table.credit);
            self.xml.close();
        }
    }

    /// Writes a cell of a column, of which `look` knows class and heading.
    fn cell(&mut self, cell: &'a Cell, scope: &str, look: (&str, &str), roles: Roles) {
        let (name, role, label) = match scope {
            "" => ("td", "cell", look.1),
            "row" => ("th", "rowheader", ""),
            _ => ("th", "columnheader", ""),
        };
        let attributes = [
            ("scope", scope),
            ("class", look.0),
            ("role", roles.get(role)),
            ("data-label", roles.get(label)),
        ];
        self.xml.open(name, &attributes);
        self.inlines(&cell.text);
        self.xml.close();
    }

    /// On a narrow screen wide tables are shown record by record, and so are in
    /// large print all of three columns and more.
    pub(super) fn roles(&self, columns: usize, wide: bool) -> Roles {
        let large = self.plan.edition.design == Design::LargePrint;
        match columns {
            0..=2 => Roles::Cells,
            _ if large || wide => Roles::Records,
            _ => Roles::Stacks,
        }
    }
}

/// How a table is shown where there is little room. Cells that stand one below
/// the other are none to browsers, so that each must name its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Roles {
    /// Side by side, always.
    Cells,
    /// Record by record where letters are so large that nothing else is left.
    Stacks,
    /// Record by record on a telephone.
    Records,
}

impl Roles {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Cells => "",
            Self::Stacks => "stacks",
            Self::Records => "records",
        }
    }

    /// An attribute's value, if it is needed.
    pub(super) fn get(self, value: &str) -> &str {
        if self == Self::Cells { "" } else { value }
    }
}

/// How wide the columns of a table would like to be, in ems.
struct Widths(Vec<f64>);

impl Widths {
    /// More than this does not stand side by side on a telephone.
    const WIDE: f64 = 26.0;
    /// A column of short words or of numbers: its cells are not broken.
    const SHORT: f64 = 7.6;
    /// What all unbroken columns may take together.
    const KEPT: f64 = 11.0;

    fn of(table: &Table) -> Self {
        let mut widths: Vec<f64> = Vec::new();
        let header = table.header.iter();
        for row in std::iter::once(header).chain(table.rows.iter().map(|row| row.iter()))
        {
            for (column, cell) in row.enumerate() {
                let width = extent(&plain_text(&cell.text));
                match widths.get_mut(column) {
                    Some(known) => *known = width.max(*known),
                    None => widths.push(width),
                }
            }
        }
        Self(widths)
    }

    fn is_wide(&self) -> bool {
        const COLUMNS: usize = 4;
        self.0.len() >= COLUMNS && self.0.iter().sum::<f64>() > Self::WIDE
    }

    /// Whether each column stays unbroken: the shortest first, as far as there
    /// is room.
    fn kept(&self) -> Vec<bool> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by(|&a, &b| self.0[a].total_cmp(&self.0[b]));
        let mut kept = vec![false; self.0.len()];
        let mut taken = 0.0;
        for column in order {
            taken += self.0[column];
            kept[column] = self.0[column] <= Self::SHORT && taken <= Self::KEPT;
        }
        kept
    }
}

/// The width of a text in ems: Latin letters and digits take about half.
fn extent(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}

/// The class of each column: as aligned by the author, or by its contents.
fn column_classes(table: &Table, widths: &Widths) -> Vec<String> {
    let aligned = (0..widths.0.len()).map(|column| alignment_class(table, column));
    aligned
        .zip(widths.kept())
        .map(
            |(class, kept)| if kept { format!("{class} keep") } else { class.to_owned() },
        )
        .collect()
}

fn alignment_class(table: &Table, column: usize) -> &'static str {
    match table.alignments.get(column).copied().unwrap_or_default() {
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
        Alignment::Auto if column == 0 && table.row_headers => "left",
        Alignment::Auto => {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            let mut texts = cells.map(|cell| plain_text(&cell.text)).peekable();
            let any = texts.peek().is_some();
            if any && texts.all(|text| is_number(&text)) { "right" } else { "left" }
        }
    }
}

/// Whether a cell holds a number, or says that there is none.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let sign = |c: char| "0123456789.,+-−–—%～~± ".contains(c);
    text.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        assert!(is_number("−1.2 %") && is_number("—") && !is_number("约 3"));
    }

    #[test]
    fn the_shortest_columns_stay_whole() {
        let widths = Widths(vec![7.0, 30.0, 3.0, 5.0]);
        assert_eq!(widths.kept(), [false, false, true, true]);
        assert!(widths.is_wide() && !Widths(vec![4.0, 9.0, 12.0]).is_wide());
    }
}
