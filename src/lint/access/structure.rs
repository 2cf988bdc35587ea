//! What looks like a table, a heading or a list, and is none to those who
//! cannot see it (WCAG 1.3.1).

use crate::book::{Block, BlockKind, Cell, Inline, InlineKind, Table, plain_text};
use crate::diag::rule::lint as rule;
use crate::diag::{Diagnostic, Sink};

/// A paragraph of so few characters, all bold, is meant as a heading.
const HEADING: usize = 24;

/// Checks one block.
pub(super) fn check(block: &Block, sink: &mut Sink) {
    match &block.kind {
        BlockKind::Table(table) => header(table, block, sink),
        BlockKind::Paragraph(text) if is_all_strong(text) => {
            let words = plain_text(text);
            let ends =
                words.trim_end().ends_with(['。', '！', '？', '；', '：', '.', '”']);
            if words.chars().count() <= HEADING && !ends {
                let message = format!("“{words}”用加粗代替了标题");
                let found = Diagnostic::new(&rule::BOLD_AS_HEADING, block.span, message);
                sink.report(
                    found
                        .hint("写成 `## 标题` 或 `### 标题`，目录和屏幕阅读器才找得到它"),
                );
            }
        }
        _ => {}
    }
}

/// Every column but the first, whose cells name the rows, needs a name.
fn header(table: &Table, block: &Block, sink: &mut Sink) {
    let named = |cell: &Cell| !plain_text(&cell.text).trim().is_empty();
    let message = if !table.header.iter().any(named) {
        "表的第一行是空的：听表的读者不知道每一列是什么".to_owned()
    } else if let Some(at) = table.header.iter().skip(1).position(|cell| !named(cell)) {
        format!("表的第 {} 列没有名称：听表的读者不知道这一列是什么", at + 2)
    } else {
        return;
    };
    let found = Diagnostic::new(&rule::TABLE_WITHOUT_HEADER, block.span, message);
    sink.report(found.hint("在第一行写上各列的名称"));
}

fn is_all_strong(text: &[Inline]) -> bool {
    let strong = |inline: &Inline| matches!(inline.kind, InlineKind::Strong(_));
    !text.is_empty() && text.iter().all(strong)
}

/// Reports paragraphs one below the other that begin with a typed mark.
pub(super) fn typed_lists(all: &[Block], sink: &mut Sink) {
    let mut run: Vec<&Block> = Vec::new();
    for block in all {
        if is_typed_item(block) {
            run.push(block);
            continue;
        }
        report(&run, sink);
        run.clear();
    }
    report(&run, sink);
}

fn report(run: &[&Block], sink: &mut Sink) {
    const FEWEST: usize = 2;
    let Some(first) = run.first().filter(|_| run.len() >= FEWEST) else { return };
    let message = format!("这里的 {} 段用打出来的符号冒充列表", run.len());
    let found = Diagnostic::new(&rule::TYPED_LIST, first.span, message);
    sink.report(found.hint("每项一行，用 `- ` 或 `1. ` 开头"));
}

fn is_typed_item(block: &Block) -> bool {
    let BlockKind::Paragraph(text) = &block.kind else { return false };
    plain_text(text).starts_with(['•', '·', '●', '○', '■', '□', '◆', '▪', '➢', '★'])
}
