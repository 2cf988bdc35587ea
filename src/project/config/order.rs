//! `[order]`: what a printing house is asked for.

use super::Reader;
use crate::diag::Diagnostic;
use crate::diag::rule::project as rule;
use crate::edition::{Contact, PrintOrder};
use crate::project::tree::{Node, Table, Value};

/// The most copies that a ticket carries.
const MOST_COPIES: u32 = 100_000_000;

/// Reads `[order]`; nothing in it must be there.
pub(super) fn read(root: &mut Table, ctx: &mut Reader<'_>) -> PrintOrder {
    let Some(mut table) = root.table("order", ctx.sink) else {
        return PrintOrder::default();
    };
    let quantity = table.take("quantity").and_then(|node| copies(&node, ctx));
    let deadline = table.take("deadline").and_then(|node| date(&node, ctx));
    let order = PrintOrder {
        quantity,
        deadline,
        finishing: lines(&mut table, "finishing", ctx),
        proof: line(&mut table, "proof", ctx),
        packing: line(&mut table, "packing", ctx),
        delivery: line(&mut table, "delivery", ctx),
        printer: line(&mut table, "printer", ctx),
        contact: contact(&mut table, ctx),
        notes: lines(&mut table, "notes", ctx),
    };
    table.finish("order 里", ctx.sink);
    order
}

fn contact(table: &mut Table, ctx: &mut Reader<'_>) -> Contact {
    let Some(mut table) = table.table("contact", ctx.sink) else {
        return Contact::default();
    };
    let contact = Contact {
        company: line(&mut table, "company", ctx),
        name: line(&mut table, "name", ctx),
        phone: line(&mut table, "phone", ctx),
        email: line(&mut table, "email", ctx),
    };
    table.finish("contact 里", ctx.sink);
    contact
}

fn line(table: &mut Table, key: &'static str, ctx: &mut Reader<'_>) -> String {
    let text = table.string(key, ctx.sink);
    text.map(|text| text.value.trim().to_owned()).unwrap_or_default()
}

fn lines(table: &mut Table, key: &'static str, ctx: &mut Reader<'_>) -> Vec<String> {
    let texts = table.strings(key, ctx.sink).unwrap_or_default().into_iter();
    let texts = texts.map(|text| text.value.trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

fn copies(node: &Node, ctx: &mut Reader<'_>) -> Option<u32> {
    let Value::Integer(number) = node.value else {
        node.wrong_type("quantity", "整数（不加引号）", ctx.sink);
        return None;
    };
    let copies = u32::try_from(number).ok();
    let copies = copies.filter(|copies| (1..=MOST_COPIES).contains(copies));
    if copies.is_none() {
        let found =
            Diagnostic::new(&rule::WRONG_TYPE, node.span, format!("印数不能是 {number}"));
        ctx.sink.report(
            found.hint(format!("写册数，从 1 到 {MOST_COPIES}；没有定就删去这一行")),
        );
    }
    copies
}

fn date(node: &Node, ctx: &mut Reader<'_>) -> Option<(i32, u8, u8)> {
    let Value::Date(date) = &node.value else {
        node.wrong_type("deadline", "日期（不加引号）", ctx.sink);
        return None;
    };
    let date = date.date?;
    Some((i32::from(date.year), date.month, date.day))
}
