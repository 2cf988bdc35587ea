//! comrak's blocks to the model's.

use comrak::nodes::{ListType, Node, NodeHeading, NodeList, NodeValue};

use super::directive::{self, DirectiveKind};
use super::lines::{Formula, Mark};
use super::reader::{Reader, attributes_at};
use crate::book::{
    Anchor, Block, BlockKind, Callout, CalloutKind, Equation, Heading, InlineKind, List,
    ListItem,
};
use crate::diag::{Diagnostic, Span, Spanned, rule::manuscript as rule};

/// The deepest heading that a chapter may have.
const DEEPEST_HEADING: u8 = 4;

impl<'a> Reader<'a, '_, '_> {
    /// The blocks inside a node.
    pub(super) fn children(&mut self, parent: Node<'a>) -> Vec<Block> {
        let nodes: Vec<_> = parent.children().collect();
        self.siblings(&nodes)
    }

    /// Blocks that stand below each other; a table takes its caption.
    pub(super) fn siblings(&mut self, nodes: &[Node<'a>]) -> Vec<Block> {
        let captions = self.captions(nodes);
        let mut blocks = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if captions.values().any(|caption| *caption == at) {
                continue;
            }
            let caption = captions.get(&at).map(|caption| nodes[*caption]);
            self.block(node, caption, &mut blocks);
        }
        blocks
    }

    fn block(&mut self, node: Node<'a>, caption: Option<Node<'a>>, out: &mut Vec<Block>) {
        let mut span = self.block_span(node);
        let data = node.data();
        let kind = match &data.value {
            NodeValue::Paragraph => return self.paragraph(node, span, out),
            NodeValue::Heading(heading) => {
                return self.heading(node, *heading, span, out);
            }
            NodeValue::Table(table) => {
                let (table, whole) = self.table(node, table, caption);
                span = whole;
                BlockKind::Table(Box::new(table))
            }
            NodeValue::List(list) => {
                let list = self.enclosed(node, |reader| Some(reader.list(node, *list)));
                let Some(list) = list else { return };
                BlockKind::List(list)
            }
            NodeValue::BlockQuote => {
                BlockKind::Quote(self.enclosed(node, |reader| reader.children(node)))
            }
            NodeValue::Callout(callout) => {
                let name = callout.callout_type.clone();
                BlockKind::Callout(self.alert(node, &name, span))
            }
            NodeValue::CodeBlock(code) => {
                self.check_code(code.fenced, code.closed, span);
                let language = code.info.split_whitespace().next().unwrap_or_default();
                BlockKind::Code {
                    language: language.to_owned(),
                    text: code.literal.clone(),
                }
            }
            NodeValue::HtmlBlock(html) => return self.report_html(&html.literal, span),
            NodeValue::ThematicBreak => {
                match self.lines.marks.get(&data.sourcepos.start.line).cloned() {
                    None => BlockKind::Break,
                    Some(Mark::Formula(formula)) => {
                        span = formula.span;
                        BlockKind::Equation(self.equation(formula))
                    }
                    // The line that opened the block was reported.
                    Some(Mark::Fence(fence)) if fence.opens.is_none() => return,
                    Some(Mark::Fence(fence)) => return self.report_misplaced(fence.span),
                }
            }
            _ => return,
        };
        out.push(Block { kind, span });
    }

    /// Reads what stands in a list, quote, callout or note: no headings there.
    pub(super) fn enclosed<T: Default>(
        &mut self,
        node: Node<'a>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.enclosed += 1;
        let value = self.nested(node, read);
        self.enclosed -= 1;
        value
    }

    fn paragraph(&mut self, node: Node<'a>, span: Span, out: &mut Vec<Block>) {
        let written = &self.text[span.range()];
        if written.starts_with(":::") {
            return self.report_misplaced(span);
        }
        if is_image_paragraph(node) {
            return self.figures(node, out);
        }
        self.check_paragraph(span);
        if let Some(tex) = lone_formula(node) {
            let formula = Formula { span, tex, attributes: None };
            let kind = BlockKind::Equation(self.equation(formula));
            out.push(Block { kind, span });
            return;
        }
        let inlines = self.inlines(node);
        if !inlines.is_empty() {
            out.push(Block { kind: BlockKind::Paragraph(inlines), span });
        }
    }

    /// Markup that other systems know and that would be printed as it stands.
    fn check_paragraph(&mut self, span: Span) {
        let written = &self.text[span.range()];
        let hashes = written.len() - written.trim_start_matches('#').len();
        let after = written[hashes..].chars().next();
        if (1..=6).contains(&hashes) && after.is_some_and(|c| !c.is_whitespace()) {
            let here = span.within(0..hashes);
            self.report(
                Diagnostic::new(
                    &rule::HEADING_WITHOUT_SPACE,
                    here,
                    "# 后面缺少空格，这不是标题",
                )
                .hint("在 # 和标题之间空一格；要印出 # 时写成 \\#"),
            );
        }
        let last = written.lines().next_back().unwrap_or_default().trim();
        if last.len() >= 3
            && last.bytes().all(|b| b == b'=')
            && written.lines().count() > 1
        {
            self.report(
                Diagnostic::new(&rule::UNSUPPORTED_MARKUP, span, "标题不用下划线的写法")
                    .hint("写成 # 标题 或 ## 标题"),
            );
        }
        if self.lines_caption(span) {
            self.report(
                Diagnostic::new(&rule::ORPHAN_CAPTION, span, "这条表题旁边没有表格")
                    .hint("让表题紧挨在表格之前或之后"),
            );
        }
    }

    fn heading(
        &mut self,
        node: Node<'a>,
        heading: NodeHeading,
        span: Span,
        out: &mut Vec<Block>,
    ) {
        let position = node.data().sourcepos;
        let mut list = attributes_at(&self.lines.attributes, position);
        let numbered = !list.as_mut().is_some_and(|list| list.take_class("unnumbered"));
        let label = list.and_then(|mut list| {
            let id = list.id.take();
            list.refuse_rest(&["unnumbered"], &mut self.world.sink);
            self.world.labels.add(id, "sec", &mut self.world.sink)
        });
        let text = self.inlines(node);
        if text.is_empty() {
            self.report(
                Diagnostic::new(&rule::EMPTY_HEADING, span, "标题没有文字")
                    .hint("写上标题，或删去这一行"),
            );
        }
        if heading.level == 1 && self.enclosed == 0 && self.title.is_none() {
            self.title = Some(super::chapter::Title { span, text, label, numbered });
            return;
        }
        self.check_level(heading.level, span);
        let level = heading.level.clamp(2, DEEPEST_HEADING);
        let (number, anchor) = (String::new(), Anchor::default());
        let heading = Heading { level, text, label, numbered, number, anchor };
        out.push(Block { kind: BlockKind::Heading(heading), span });
    }

    fn check_level(&mut self, level: u8, span: Span) {
        if self.enclosed > 0 {
            self.report(
                Diagnostic::new(
                    &rule::MISPLACED_HEADING,
                    span,
                    "列表、引用、提示框和注里不能有标题",
                )
                .hint("把标题移到外面，或改成加粗的一行"),
            );
            return;
        }
        if level == 1 {
            let mut second =
                Diagnostic::new(&rule::SECOND_TITLE, span, "一章只能有一个一级标题")
                    .hint("改为 ## 开头的二级标题，或把这部分移到另一个文件");
            if let Some(title) = &self.title {
                second = second.related(title.span, "章的标题在这里");
            }
            self.report(second);
            return;
        }
        if level > DEEPEST_HEADING {
            self.report(
                Diagnostic::new(
                    &rule::HEADING_TOO_DEEP,
                    span,
                    format!("标题只到 {DEEPEST_HEADING} 级"),
                )
                .hint("减少层次，或改成加粗的一行"),
            );
        } else if level > self.level + 1 {
            let message = format!("标题从 {} 级跳到了 {level} 级", self.level);
            self.report(
                Diagnostic::new(&rule::HEADING_SKIPS_LEVEL, span, message)
                    .hint(format!("改用 {} 个 #", self.level + 1)),
            );
        }
        self.level = level;
    }

    fn list(&mut self, node: Node<'a>, list: NodeList) -> List {
        let start = (list.list_type == ListType::Ordered).then_some(list.start);
        let mut items = Vec::new();
        for item in node.children() {
            let checked = match &item.data().value {
                NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
                _ => None,
            };
            items.push(ListItem { checked, blocks: self.children(item) });
        }
        List { start, tight: list.tight, items }
    }

    /// `> [!TIP] 标题`.
    fn alert(&mut self, node: Node<'a>, name: &str, span: Span) -> Callout {
        let kind = if let Some(DirectiveKind::Callout(kind)) = directive::kind_of(name) {
            kind
        } else {
            let written = &self.text[span.range()];
            let at = written.find("[!").map_or(0, |at| at + 2);
            let length = written[at..].find(']').unwrap_or(0);
            let raw = written[at..at + length].to_owned();
            let name = Spanned::new(raw, span.within(at..at + length));
            directive::report_unknown(&name, &mut self.world.sink);
            CalloutKind::Tip
        };
        let mut title = Vec::new();
        let mut nodes = Vec::new();
        for child in node.children() {
            if matches!(child.data().value, NodeValue::CalloutTitle) {
                // comrak reads the title as blocks; it is one line of text.
                title = child.children().flat_map(|line| self.inlines(line)).collect();
            } else {
                nodes.push(child);
            }
        }
        let blocks = self.enclosed(node, |reader| reader.siblings(&nodes));
        Callout { kind, title, blocks }
    }

    fn equation(&mut self, formula: Formula) -> Equation {
        let mut alt = String::new();
        let label = formula.attributes.and_then(|mut list| {
            let id = list.id.take();
            alt = list.take("alt").map(|alt| alt.value).unwrap_or_default();
            list.refuse_rest(&["alt"], &mut self.world.sink);
            self.world.labels.add(id, "eq", &mut self.world.sink)
        });
        if formula.tex.is_empty() {
            self.report(
                Diagnostic::new(&rule::UNCLOSED_FORMULA, formula.span, "公式是空的")
                    .hint("在两个 $$ 之间写上公式"),
            );
        }
        let (number, anchor) = (String::new(), Anchor::default());
        Equation { tex: formula.tex, label, alt, number, anchor }
    }

    fn check_code(&mut self, fenced: bool, closed: bool, span: Span) {
        if !fenced {
            self.report(
                Diagnostic::new(
                    &rule::INDENTED_CODE,
                    span,
                    "行首的四个空格把这段变成了代码",
                )
                .hint("删去行首的空格，段首缩进由版式决定；真要写代码时用 ``` 围起来"),
            );
        } else if !closed {
            let line = self.text[span.range()].lines().next().map_or(0, str::len);
            self.report(
                Diagnostic::new(
                    &rule::UNCLOSED_CODE,
                    span.within(0..line),
                    "代码块没有结束",
                )
                .hint("在代码之后另起一行写 ```"),
            );
        }
    }

    fn report_misplaced(&mut self, span: Span) {
        self.report(
            Diagnostic::new(
                &rule::MISPLACED_DIRECTIVE,
                span,
                "::: 块不能放在列表、引用或注里",
            )
            .hint("让 ::: 从行首开始，前面没有列表符号、> 和缩进"),
        );
    }
}

/// Whether a paragraph holds pictures and nothing else.
fn is_image_paragraph(node: Node<'_>) -> bool {
    let mut children = node.children().peekable();
    children.peek().is_some()
        && children.all(|child| match &child.data().value {
            NodeValue::Image(_) | NodeValue::SoftBreak => true,
            NodeValue::Text(text) => text.trim().is_empty(),
            _ => false,
        })
}

/// The formula that is all of a paragraph.
fn lone_formula(node: Node<'_>) -> Option<String> {
    let only = node.first_child().filter(|child| child.next_sibling().is_none())?;
    match &only.data().value {
        NodeValue::Math(math) if math.display_math => {
            Some(math.literal.trim().to_owned())
        }
        _ => None,
    }
}

/// The text of a block that is a paragraph.
pub(super) fn paragraph_of(block: &Block) -> Option<&[crate::book::Inline]> {
    match &block.kind {
        BlockKind::Paragraph(inlines) => Some(inlines),
        _ => None,
    }
}

/// Whether inlines are only spaces.
pub(super) fn is_blank(inlines: &[crate::book::Inline]) -> bool {
    inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        _ => false,
    })
}
