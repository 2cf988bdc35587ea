//! `:::` blocks: pairs the lines that open with those that close.

use comrak::nodes::{Node, NodeValue};

use super::directive::{DirectiveKind, Fence, Opening};
use super::lines::Mark;
use super::quiz;
use super::reader::Reader;
use crate::book::{Block, BlockKind, Callout, CalloutKind, Condition};
use crate::diag::{Diagnostic, Span, Spanned, rule::manuscript as rule};

/// The most `:::` blocks inside each other.
const DEEPEST: usize = 8;

/// An open block; the first stands for the chapter itself.
struct Region {
    opened: Option<(Fence, Opening)>,
    blocks: Vec<Block>,
}

impl<'a> Reader<'a, '_, '_> {
    /// The blocks of a whole text.
    pub(super) fn regions(&mut self, root: Node<'a>) -> Vec<Block> {
        let mut stack = vec![Region { opened: None, blocks: Vec::new() }];
        let mut plain: Vec<Node<'a>> = Vec::new();
        for node in root.children() {
            let Some(fence) = self.fence_at(node) else {
                plain.push(node);
                continue;
            };
            self.fill(&mut stack, &mut plain);
            match fence.opens.clone() {
                Some(opening) => self.open(&mut stack, fence, opening),
                None => self.close(&mut stack, &fence),
            }
        }
        self.fill(&mut stack, &mut plain);
        while stack.len() > 1 {
            self.report_unclosed(&stack);
            let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.end(&mut stack, end);
        }
        stack.pop().map(|region| region.blocks).unwrap_or_default()
    }

    fn fence_at(&self, node: Node<'a>) -> Option<Fence> {
        let data = node.data();
        if !matches!(data.value, NodeValue::ThematicBreak) {
            return None;
        }
        match self.lines.marks.get(&data.sourcepos.start.line)? {
            Mark::Fence(fence) => Some(fence.clone()),
            Mark::Formula(_) => None,
        }
    }

    /// Reads the nodes gathered so far into the innermost block.
    fn fill(&mut self, stack: &mut [Region], plain: &mut Vec<Node<'a>>) {
        let blocks = self.siblings(plain);
        plain.clear();
        if let Some(region) = stack.last_mut() {
            region.blocks.extend(blocks);
        }
    }

    fn open(&mut self, stack: &mut Vec<Region>, fence: Fence, mut opening: Opening) {
        if stack.len() > DEEPEST {
            // What is deeper is read as if it stood in the block around it.
            opening.kind = None;
            if stack.len() == DEEPEST + 1 {
                self.report(
                    Diagnostic::new(
                        &rule::NESTING_TOO_DEEP,
                        fence.span,
                        "::: 块嵌套得太深",
                    )
                    .hint(format!("最多嵌套 {DEEPEST} 层")),
                );
            }
        }
        if encloses(&opening) {
            self.enclosed += 1;
        }
        stack.push(Region { opened: Some((fence, opening)), blocks: Vec::new() });
    }

    /// Closes the innermost block with as many colons; failing that, the
    /// innermost, as Pandoc does.
    fn close(&mut self, stack: &mut Vec<Region>, fence: &Fence) {
        if stack.len() == 1 {
            self.report(
                Diagnostic::new(
                    &rule::STRAY_DIRECTIVE_END,
                    fence.span,
                    "这个 ::: 没有对应的开头",
                )
                .hint("删去这一行，或在前面补上 :::名称"),
            );
            return;
        }
        let colons =
            |region: &Region| region.opened.as_ref().map(|(open, _)| open.colons);
        let exact = stack.iter().rposition(|region| colons(region) == Some(fence.colons));
        let target = exact.unwrap_or(stack.len() - 1);
        while stack.len() > target + 1 {
            self.report_unclosed(stack);
            self.end(stack, fence.span.start);
        }
        self.end(stack, fence.span.end);
    }

    fn report_unclosed(&mut self, stack: &[Region]) {
        let Some((fence, opening)) =
            stack.last().and_then(|region| region.opened.as_ref())
        else {
            return;
        };
        let message = format!("“{}”块没有结束", opening.name.value);
        let hint = format!("在块的末尾另起一行写 {}", ":".repeat(fence.colons));
        self.report(
            Diagnostic::new(&rule::UNCLOSED_DIRECTIVE, fence.span, message).hint(hint),
        );
    }

    /// Finishes the innermost block, which ends at byte `end`.
    fn end(&mut self, stack: &mut Vec<Region>, end: u32) {
        let Some(Region { opened: Some((fence, opening)), blocks }) = stack.pop() else {
            return;
        };
        if encloses(&opening) {
            self.enclosed -= 1;
        }
        let span = Span { end, ..fence.span };
        let block = self.directive(fence.span, opening, blocks);
        if let Some(parent) = stack.last_mut() {
            match block {
                Ok(kind) => parent.blocks.push(Block { kind, span }),
                // An unknown block was reported; its text is still checked.
                Err(blocks) => parent.blocks.extend(blocks),
            }
        }
    }

    fn directive(
        &mut self,
        fence: Span,
        mut opening: Opening,
        blocks: Vec<Block>,
    ) -> Result<BlockKind, Vec<Block>> {
        let Some(kind) = opening.kind else { return Err(blocks) };
        Ok(match kind {
            DirectiveKind::Callout(kind) => {
                BlockKind::Callout(self.callout(kind, opening, blocks, fence))
            }
            DirectiveKind::Quiz => {
                if let Some(title) = opening.title.take() {
                    self.report_argument(title.span, "自测不带标题", "删去标题");
                }
                self.refuse_attributes(&mut opening, &[]);
                BlockKind::Quiz(quiz::questions(blocks, fence, &mut self.world.sink))
            }
            DirectiveKind::Only => {
                BlockKind::Conditional(self.condition(opening, fence), blocks)
            }
        })
    }

    fn callout(
        &mut self,
        kind: CalloutKind,
        mut opening: Opening,
        blocks: Vec<Block>,
        fence: Span,
    ) -> Callout {
        let given = opening.attributes.as_mut().and_then(|list| list.take("title"));
        self.refuse_attributes(&mut opening, &["title"]);
        if blocks.is_empty() {
            self.report_argument(
                fence,
                "提示框里没有内容",
                "在开头和结尾的 ::: 之间写上内容",
            );
        }
        let title = given.or(opening.title);
        let title = title.map(|title| self.world.fragment_of(self.text, &title));
        Callout { kind, title: title.unwrap_or_default(), blocks }
    }

    fn refuse_attributes(&mut self, opening: &mut Opening, known: &[&str]) {
        if let Some(list) = opening.attributes.take() {
            list.refuse_rest(known, &mut self.world.sink);
        }
    }

    /// `editions=print,screen audience=农村`.
    fn condition(&mut self, opening: Opening, fence: Span) -> Condition {
        let mut condition = Condition::default();
        let mut list = opening.attributes;
        let mut take = |keys: &[&str]| {
            let list = list.as_mut()?;
            keys.iter().find_map(|key| list.take(key))
        };
        let editions = take(&["editions", "edition", "版本"]);
        let audiences = take(&["audience", "audiences", "读者"]);
        for edition in editions.iter().flat_map(items) {
            self.check_edition(&edition);
            condition.editions.push(edition.value);
        }
        let audiences = audiences.iter().flat_map(items).map(|name| name.value);
        condition.audiences.extend(audiences);
        if let Some(title) = opening.title {
            self.report_argument(
                title.span,
                "看不懂的条件",
                "写成 :::仅 editions=print 或 audience=农村",
            );
        } else if condition.editions.is_empty() && condition.audiences.is_empty() {
            self.report_argument(
                fence,
                "没有写条件",
                "写成 :::仅 editions=print 或 audience=农村",
            );
        }
        if let Some(list) = list {
            list.refuse_rest(&["editions", "audience"], &mut self.world.sink);
        }
        condition
    }

    fn check_edition(&mut self, name: &Spanned<String>) {
        let editions = &self.world.editions;
        if editions.is_empty() || editions.contains(&name.value) {
            return;
        }
        let message = format!("没有名为“{}”的版本", name.value);
        let near = super::nearest(&name.value, editions.iter().map(String::as_str));
        let hint = match near {
            Some(near) => format!("改为 {near}"),
            None => format!("可用的版本有 {}", editions.join("、")),
        };
        self.report(
            Diagnostic::new(&rule::UNKNOWN_CONDITION, name.span, message).hint(hint),
        );
    }

    fn report_argument(&mut self, span: Span, message: &str, hint: &str) {
        self.report(Diagnostic::new(&rule::BAD_DIRECTIVE, span, message).hint(hint));
    }
}

/// Whether headings may not stand in the block: conditional text is ordinary
/// text.
fn encloses(opening: &Opening) -> bool {
    matches!(opening.kind, Some(DirectiveKind::Callout(_) | DirectiveKind::Quiz))
}

/// The names in a list, each with its place.
fn items(list: &Spanned<String>) -> Vec<Spanned<String>> {
    let is_comma = |c: char| matches!(c, ',' | '，' | '、' | ';' | '；');
    let mut found = Vec::new();
    let mut at = 0;
    for part in list.value.split_inclusive(is_comma) {
        let name = part.trim_end_matches(is_comma);
        let from = at + name.len() - name.trim_start().len();
        let name = name.trim();
        if !name.is_empty() {
            let span = list.span.within(from..from + name.len());
            found.push(Spanned::new(name.to_owned(), span));
        }
        at += part.len();
    }
    found
}
