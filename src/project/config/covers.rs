//! Covers among the editions: each fits the one that it is bound around.

use std::collections::BTreeMap;

use super::editions::{Own, check_edition_name};
use super::{Reader, paper};
use crate::diag::Diagnostic;
use crate::diag::rule::project as rule;
use crate::edition::{Binding, Edition};

/// Gives each cover the page, the type and the binding of its block. A standard
/// cover whose block was turned into something without pages is left out.
pub(super) fn fit(
    editions: &mut BTreeMap<String, Edition>,
    own: &BTreeMap<String, Own>,
    ctx: &mut Reader<'_>,
) {
    let covers: Vec<(String, String)> = editions
        .values()
        .filter_map(|edition| {
            Some((edition.name.clone(), edition.cover.as_ref()?.of.clone()))
        })
        .collect();
    for (name, of) in covers {
        let block = editions.get(&of).filter(|block| block.has_pages()).cloned();
        let settings = own.get(&name).map(|own| &own.settings);
        let Some(block) = block else {
            let said = settings.and_then(|settings| settings.cover_of.as_ref());
            if let Some(said) = said
                && check_edition_name(said, own, ctx)
            {
                let message = format!("版本“{of}”没有书页，配不了封面");
                let found = Diagnostic::new(&rule::UNKNOWN_EDITION, said.span, message);
                ctx.sink
                    .report(found.hint("cover_of 要写一个有正文的 PDF 版本，例如 print"));
            }
            editions.remove(&name);
            continue;
        };
        check_trim(own.get(&name), &of, ctx);
        if matches!(block.binding, Binding::Perfect | Binding::Sewn) {
            check_paper(&name, &of, own, ctx);
        }
        if let Some(cover) = editions.get_mut(&name) {
            cover.trim = block.trim;
            cover.margins = block.margins;
            cover.design = block.design;
            cover.body_size = block.body_size;
            cover.leading = block.leading;
            cover.fonts = block.fonts;
            cover.binding = block.binding;
        }
    }
}

/// A cover's panels are as large as the pages inside.
fn check_trim(own: Option<&Own>, of: &str, ctx: &mut Reader<'_>) {
    let Some(trim) = own.and_then(|own| own.settings.trim) else { return };
    let message = format!("封面的成品尺寸跟着版本 {of}，不能另写");
    let found = Diagnostic::new(&rule::BAD_TRIM, trim.span, message);
    ctx.sink
        .report(found.hint(format!("删去这一行，改在 [editions.{of}] 里写")));
}

/// The spine follows from both papers, unless it is given.
fn check_paper(name: &str, of: &str, own: &BTreeMap<String, Own>, ctx: &mut Reader<'_>) {
    if own.get(name).is_some_and(|own| own.settings.spine.is_some()) {
        return;
    }
    for edition in [of, name] {
        let said = own.get(edition).and_then(|own| own.settings.paper.as_ref());
        if let Some(said) = said {
            paper::check(said, ctx);
        }
    }
}
