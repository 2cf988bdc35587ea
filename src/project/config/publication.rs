//! How the book comes to its readers, and the words of its printed cover.

use super::Reader;
use crate::book::{CoverWords, PublicationKind};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Span, Spanned};
use crate::project::tree::Table;

const KINDS: &[(&str, PublicationKind)] = &[
    ("book", PublicationKind::Book),
    ("图书", PublicationKind::Book),
    ("internal", PublicationKind::Internal),
    ("内部资料", PublicationKind::Internal),
    ("web", PublicationKind::Web),
    ("网络", PublicationKind::Web),
];

/// Reads `kind`, `permit` and `[cover]`; must come before `isbn` and `price`
/// are taken, for the places of both.
pub(super) fn read(
    root: &mut Table,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> (PublicationKind, String, CoverWords) {
    let kind = root.string("kind", ctx.sink);
    let place = kind.as_ref().map(|kind| kind.span);
    let kind = kind
        .and_then(|name| ctx.choose("kind", &name, KINDS))
        .unwrap_or_default();
    let isbn = root.key_span("isbn");
    let price = root.key_span("price");
    let permit_place = root.key_span("permit");
    let permit = line(root, "permit", ctx, printed);
    if kind == PublicationKind::Internal {
        refuse(isbn, "内部资料没有书号", "删去 isbn 这一行", ctx);
        refuse(price, "内部资料不得定价", "删去 price 这一行", ctx);
        if permit.is_empty()
            && let Some(place) = place
        {
            let message = "内部资料没有写准印证号";
            let found = Diagnostic::new(&rule::MISSING_PERMIT, place, message);
            ctx.sink
                .report(found.hint("加一行 permit = \"…\"，照准印证抄写完整的编号"));
        }
    } else if !permit.is_empty() {
        let hint = "删去 permit 这一行，或写 kind = \"internal\"";
        refuse(permit_place, "只有内部资料才有准印证号", hint, ctx);
    }
    let cover = cover(root, ctx, printed);
    (kind, permit, cover)
}

/// Reports a key that this kind of publication must not have.
fn refuse(place: Option<Span>, message: &str, hint: &str, ctx: &mut Reader<'_>) {
    if let Some(place) = place {
        let found = Diagnostic::new(&rule::INTERNAL_PUBLICATION, place, message);
        ctx.sink.report(found.hint(hint));
    }
}

/// `[cover]`: the words of the printed cover.
fn cover(
    root: &mut Table,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> CoverWords {
    let Some(mut table) = root.table("cover", ctx.sink) else {
        return CoverWords::default();
    };
    let blurb = line(&mut table, "blurb", ctx, printed);
    let shelf = line(&mut table, "shelf", ctx, printed);
    let mut lines = |key, ctx: &mut Reader<'_>| -> Vec<String> {
        let texts = table.strings(key, ctx.sink).unwrap_or_default();
        printed.extend(texts.iter().cloned());
        let texts = texts.into_iter().map(|text| text.value.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let points = lines("points", ctx);
    let front_flap = lines("front_flap", ctx);
    let back_flap = lines("back_flap", ctx);
    table.finish("cover 里", ctx.sink);
    CoverWords { blurb, points, shelf, front_flap, back_flap }
}

fn line(
    table: &mut Table,
    key: &'static str,
    ctx: &mut Reader<'_>,
    printed: &mut Vec<Spanned<String>>,
) -> String {
    let Some(text) = table.string(key, ctx.sink) else { return String::new() };
    let value = text.value.trim().to_owned();
    printed.push(text);
    value
}
