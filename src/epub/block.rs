//! Blocks to XHTML.

use super::page::{OPENING, Page};
use super::walk::admits;
use crate::book::{
    Block, BlockKind, Callout, CalloutKind, Equation, Figure, Heading, List, ListItem,
    plain_text,
};
use crate::diag::{SourceId, Span};

impl<'a> Page<'a, '_> {
    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for (at, block) in blocks.iter().enumerate() {
            if let (BlockKind::Figure(figure), Some(next)) =
                (&block.kind, blocks.get(at + 1))
            {
                self.reach_figure(figure, next);
            }
            self.block(block);
        }
    }

    /// Places the break of a page that begins with a block's first words: what
    /// stands before them (a callout's kind, a table's caption) comes after it.
    fn reach_block(&mut self, block: &Block) {
        if let Some((source, offset)) = first_text(block) {
            self.reach_offset(source, offset);
        }
    }

    /// A figure at the head of a page comes after the break, although the page
    /// is known by the text that follows.
    fn reach_figure(&mut self, figure: &Figure, next: &Block) {
        let page = self.folios.of_anchor(figure.anchor.as_str());
        let Some((source, offset)) = first_text(next) else { return };
        if page.is_some() && self.folios.until(source, offset) == page {
            self.reach_offset(source, offset);
        }
    }

    fn block(&mut self, block: &'a Block) {
        let span = block.span;
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, span),
            BlockKind::Paragraph(text) => {
                self.xml.open("p", &[]);
                self.inlines(text);
                self.xml.close();
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote(inner) => self.boxed("blockquote", &[], inner),
            BlockKind::Code { language, text } => {
                self.reach_offset(span.source, span.start);
                let class = if language.is_empty() {
                    String::new()
                } else {
                    format!("language-{}", super::media::ascii_name(language))
                };
                self.xml.open("pre", &[]);
                self.xml.leaf("code", &[("class", &class)], text);
                self.xml.close();
            }
            BlockKind::Figure(figure) => self.figure(figure, span),
            BlockKind::Table(table) => {
                self.reach_block(block);
                self.table(table, span);
            }
            BlockKind::Equation(equation) => self.equation(equation, span),
            BlockKind::Callout(callout) => {
                self.reach_block(block);
                self.callout(callout, span);
            }
            BlockKind::Quiz(questions) => {
                self.reach_block(block);
                self.quiz(questions);
            }
            BlockKind::Conditional(condition, inner) => {
                if admits(self.plan.edition, condition) {
                    self.blocks(inner);
                }
            }
            BlockKind::Break => self.xml.empty("hr", &[]),
        }
    }

    /// Writes blocks inside an element that is no section of the contents.
    fn boxed(&mut self, name: &str, attributes: &[(&str, &str)], inner: &'a [Block]) {
        self.boxed += 1;
        self.xml.open(name, attributes);
        self.blocks(inner);
        self.xml.close();
        self.boxed -= 1;
    }

    /// Opens the heading's sub-section, closing those that end before it.
    fn heading(&mut self, heading: &'a Heading, span: Span) {
        let level = heading.level.clamp(2, self.level + 1);
        if self.boxed == 0 {
            self.close_sections(level);
            // The break stands before the section, so that its heading holds
            // nothing but its words.
            self.reach_offset(span.source, span.end);
            self.xml.open("section", &[]);
            self.sections.push(level);
            self.level = level;
        } else {
            self.reach_offset(span.source, span.end);
        }
        let anchor = heading.anchor.as_str();
        let words = plain_text(&heading.text);
        let attributes = [("id", anchor), ("class", phrasing(&words))];
        self.xml.open(element(level), &attributes);
        if !heading.number.is_empty() {
            // A mark that opens has white enough of its own.
            let opens = words.starts_with(OPENING);
            let class = if opens { "number close" } else { "number" };
            self.xml.leaf("span", &[("class", class)], &heading.number);
            self.xml.text(if opens { "" } else { " " });
        }
        self.inlines(&heading.text);
        self.xml.close();
    }

    /// Closes the sub-sections of this level and below.
    pub(super) fn close_sections(&mut self, level: u8) {
        while self.sections.last().is_some_and(|&open| open >= level) {
            self.sections.pop();
            self.xml.close();
        }
        self.level = self.sections.last().copied().unwrap_or(1);
    }

    fn list(&mut self, list: &'a List) {
        let start = list.start.filter(|&start| start != 1);
        let start = start.map(|start| start.to_string()).unwrap_or_default();
        let class = if list.tight { "tight" } else { "" };
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.boxed += 1;
        self.xml.open(name, &[("class", class), ("start", &start)]);
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.xml.close();
        self.boxed -= 1;
    }

    fn item(&mut self, item: &'a ListItem, tight: bool) {
        let class = if item.checked.is_some() { "task" } else { "" };
        self.xml.open("li", &[("class", class)]);
        if let Some(done) = item.checked {
            self.xml.text(if done { "☑ " } else { "☐ " });
        }
        let mut blocks = item.blocks.as_slice();
        if let (true, Some((first, rest))) = (tight, blocks.split_first())
            && let BlockKind::Paragraph(text) = &first.kind
        {
            self.inlines(text);
            blocks = rest;
        }
        self.blocks(blocks);
        self.xml.close();
    }

    fn equation(&mut self, equation: &'a Equation, span: Span) {
        self.reach_offset(span.source, span.start);
        let attributes = [("class", "equation"), ("id", equation.anchor.as_str())];
        self.xml.open("div", &attributes);
        self.formula(&equation.tex, &equation.alt, true, span);
        if !equation.number.is_empty() {
            let number = format!("({})", equation.number);
            self.xml.leaf("span", &[("class", "equation-number")], &number);
        }
        self.xml.close();
    }

    fn callout(&mut self, callout: &'a Callout, span: Span) {
        self.reach_offset(span.source, span.start);
        let class = format!("callout {}", callout.kind.slug());
        let id = self.fresh_id();
        let (name, kind) = match callout.kind {
            CalloutKind::Tip => ("aside", "tip"),
            CalloutKind::Warning => ("section", "notice"),
            _ => ("section", ""),
        };
        let label = if kind.is_empty() { "" } else { id.as_str() };
        let attributes =
            [("class", class.as_str()), ("epub:type", kind), ("aria-labelledby", label)];
        self.xml.open(name, &attributes);
        let level = self.level;
        self.level = level + 1;
        let title = [("class", "callout-title"), ("id", label)];
        self.xml.open(element(level + 1), &title);
        self.xml
            .leaf("span", &[("class", "callout-kind")], callout.kind.name());
        if !callout.title.is_empty() {
            self.xml.text(" ");
            self.inlines(&callout.title);
        }
        self.xml.close();
        self.boxed += 1;
        self.blocks(&callout.blocks);
        self.boxed -= 1;
        self.level = level;
        self.xml.close();
    }
}

/// The heading element of a level.
pub(super) fn element(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// Where the first words of a block stand in the manuscript.
fn first_text(block: &Block) -> Option<(SourceId, u32)> {
    let span = match &block.kind {
        BlockKind::Heading(heading) => heading.text.first()?.span,
        BlockKind::Paragraph(text) => text.first()?.span,
        BlockKind::List(list) => {
            return first_text(list.items.first()?.blocks.first()?);
        }
        BlockKind::Quote(inner) | BlockKind::Conditional(_, inner) => {
            return first_text(inner.first()?);
        }
        BlockKind::Table(table) => table.rows.first()?.first()?.text.first()?.span,
        BlockKind::Callout(callout) => match callout.title.first() {
            Some(text) => text.span,
            None => return first_text(callout.blocks.first()?),
        },
        BlockKind::Quiz(questions) => questions.first()?.text.first()?.span,
        _ => block.span,
    };
    Some((span.source, span.start))
}

/// The class of a heading that is made of short phrases: its lines break at
/// their marks, and words stay whole. Empty for others.
pub(super) fn phrasing(words: &str) -> &'static str {
    /// A phrase that fits a telephone's line with the number before it.
    const LONGEST: usize = 13;
    /// One that is shorter makes no line of its own.
    const SHORTEST: usize = 4;
    const MARKS: [char; 7] = ['，', '；', '：', '？', '！', '。', '、'];
    const OPENING: [char; 3] = ['“', '《', '（'];
    let length = |phrase: &str| phrase.chars().count();
    let mut phrases = words.split(MARKS).filter(|phrase| !phrase.is_empty());
    // Lines break before what opens, too.
    let first = words.find(|c| MARKS.contains(&c) || OPENING.contains(&c));
    let is_phrased = words.trim_end_matches(MARKS).contains(MARKS)
        && first.is_none_or(|end| end == 0 || length(&words[..end]) >= SHORTEST)
        && phrases.all(|phrase| length(phrase) <= LONGEST);
    if is_phrased { "phrased" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::phrasing;

    #[test]
    fn short_phrases_stay_whole() {
        assert_eq!(phrasing("同样一千瓦时，哪里的电更“绿”？"), "phrased");
        // A line of two characters would come first.
        assert_eq!(phrasing("看到“低碳”“零碳”，怎么验货？"), "");
        assert_eq!(phrasing("岛：一块地不盖房子，能长出什么？"), "");
        // One phrase, or one that is longer than a line.
        assert_eq!(phrasing("我家一年排多少碳？"), "");
        assert_eq!(phrasing("碳，一九五九到二〇二五年的六十多年里没有一年下降"), "");
    }
}
