//! 用纸 in `book.toml`: a name, or a name with measures; and what a cover adds.

use super::{Reader, length};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Spanned};
use crate::edition::Paper;
use crate::project::tree::{Node, Table, Value};

/// `paper = "80克双胶纸"`, or `{ name, gsm, bulk, caliper }`.
pub(super) fn read(table: &mut Table, ctx: &mut Reader<'_>) -> Option<Spanned<Paper>> {
    let node = table.take("paper")?;
    let span = node.span;
    let Value::Table(mut measures) = node.value else {
        let name = node.string("paper", ctx.sink)?;
        return Some(Spanned::new(Paper::named(&name.value), span));
    };
    let name = measures.string("name", ctx.sink).map(|name| name.value);
    let mut paper = Paper::named(name.as_deref().unwrap_or_default());
    let mut number = |key, limits, ctx: &mut Reader<'_>| {
        let node = measures.take(key)?;
        length::plain(&node, key, limits, ctx).map(|number| number.value)
    };
    paper.grammage = number("gsm", 20.0..=1000.0, ctx).or(paper.grammage);
    paper.bulk = number("bulk", 0.5..=3.0, ctx).or(paper.bulk);
    paper.measured = number("caliper", 0.02..=2.0, ctx);
    measures.finish("paper 里", ctx.sink);
    Some(Spanned::new(paper, span))
}

/// A paper of a book with a spine must have a known caliper.
pub(super) fn check(paper: &Spanned<Paper>, ctx: &mut Reader<'_>) {
    if paper.value.name.is_empty() || paper.value.caliper().is_some() {
        return;
    }
    let message = format!("不知道“{}”有多厚，书脊只能估计", paper.value.name);
    let found = Diagnostic::new(&rule::UNKNOWN_PAPER, paper.span, message);
    let stocks: Vec<_> = Paper::stocks().collect();
    ctx.sink.report(
        found
            .hint("写出克重和纸名，例如 \"80克双胶纸\"；或写 { name = \"…\", caliper = 0.1 }，单张厚度，毫米")
            .hint(format!("认得的纸：{}", stocks.join("、"))),
    );
}

/// `spine` and other lengths of a cover, in mm.
pub(super) fn length_of(
    node: Option<Node>,
    key: &str,
    limits: std::ops::RangeInclusive<f64>,
    ctx: &mut Reader<'_>,
) -> Option<f64> {
    length::millimetres(&node?, key, limits, ctx).map(|length| length.value)
}
