//! The press that an edition is printed on: condition, limit of ink, marks.

use super::{Reader, length};
use crate::diag::rule::press as rule;
use crate::diag::rule::project::{MISSING_KEY, UNKNOWN_VALUE};
use crate::diag::{Diagnostic, Span, Spanned};
use crate::edition::{ColorPolicy, InkLimit, Press, SpotInk};
use crate::project::tree::Table;

/// What a spot ink is when nothing is said: the colour of headings and covers.
const SPOT_COLOR: &str = "river";

/// Only what is said is `Some`.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    icc: Option<Spanned<String>>,
    condition: Option<Spanned<String>>,
    ink_limit: Option<f64>,
    spot: Option<Spanned<String>>,
    spot_color: Option<Spanned<String>>,
    marks: Option<bool>,
    page_multiple: Option<u32>,
}

/// Conditions that are characterised on coated paper, by their registered names.
const COATED: &[&str] =
    &["FOGRA27", "FOGRA39", "FOGRA51", "JC200103", "CGATS TR 006", "GRACOL"];

impl Settings {
    /// These settings over the ones they extend.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            icc: self.icc.or(base.icc),
            condition: self.condition.or(base.condition),
            ink_limit: self.ink_limit.or(base.ink_limit),
            spot: self.spot.or(base.spot),
            spot_color: self.spot_color.or(base.spot_color),
            marks: self.marks.or(base.marks),
            page_multiple: self.page_multiple.or(base.page_multiple),
        }
    }

    /// The press, complete.
    pub(super) fn complete(self) -> Press {
        let color = self.spot_color;
        let spot = self.spot.map(|name| SpotInk {
            color: color
                .unwrap_or_else(|| Spanned::new(SPOT_COLOR.to_owned(), name.span)),
            name,
        });
        Press {
            spot,
            condition: self.condition.map(|condition| condition.value),
            profile: self.icc,
            ink_limit: InkLimit(self.ink_limit.unwrap_or(InkLimit::USUAL)),
            marks: self.marks.unwrap_or_default(),
            page_multiple: self.page_multiple,
        }
    }

    /// Whether anybody chose the printing condition.
    pub(super) fn is_chosen(&self) -> bool {
        self.icc.is_some() || self.condition.is_some()
    }
}

/// Takes `icc`, `condition`, `ink_limit`, `spot`, `spot_color`, `marks` and
/// `page_multiple`.
pub(super) fn read(table: &mut Table, ctx: &mut Reader<'_>) -> Settings {
    let icc = table.string("icc", ctx.sink);
    let condition = table.string("condition", ctx.sink);
    let mut number = |key, limits, ctx: &mut Reader<'_>| {
        let node = table.take(key)?;
        length::plain(&node, key, limits, ctx).map(|number| number.value)
    };
    let ink_limit = number("ink_limit", 100.0..=400.0, ctx);
    let multiple = number("page_multiple", 1.0..=128.0, ctx);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the limits are checked"
    )]
    let page_multiple = multiple.map(|multiple| multiple.round() as u32);
    let spot = table.string("spot", ctx.sink);
    let spot_color = table.string("spot_color", ctx.sink);
    let marks = table.boolean("marks", ctx.sink);
    Settings {
        icc,
        condition,
        ink_limit,
        spot,
        spot_color,
        marks,
        page_multiple,
    }
}

/// Two-colour printing needs its second ink, by a name that the press knows.
pub(super) fn check_spot(
    settings: &super::settings::Settings,
    place: Span,
    ctx: &mut Reader<'_>,
) {
    if settings.color != Some(ColorPolicy::MonoSpot) {
        return;
    }
    let hint =
        "例如 spot = \"PANTONE 3165 C\"，spot_color = \"river\"（主题里最像它的颜色）";
    let Some(name) = &settings.press.spot else {
        let message = "color = \"mono+spot\" 是黑加一种专色，还要写 spot，说明是哪种专色";
        ctx.sink
            .report(Diagnostic::new(&MISSING_KEY, place, message).hint(hint));
        return;
    };
    let taken = ["cyan", "magenta", "yellow", "black", "all", "none", ""];
    if taken.contains(&name.value.trim().to_lowercase().as_str()) {
        let message = format!("“{}”不是专色的名字", name.value);
        ctx.sink
            .report(Diagnostic::new(&UNKNOWN_VALUE, name.span, message).hint(hint));
    }
}

/// Says so when uncoated paper is printed by the usual condition, which is one
/// of coated paper, and nobody chose that.
pub(super) fn check(
    settings: &super::settings::Settings,
    place: Span,
    ctx: &mut Reader<'_>,
) {
    let Some(paper) = &settings.paper else { return };
    let coated = settings.press.condition.as_ref().is_none_or(|condition| {
        let name = condition.value.to_uppercase();
        COATED.iter().any(|known| name.starts_with(known))
    });
    let is_surprising = paper.value.coated == Some(false)
        && coated
        && !settings.press.is_chosen()
        && settings.color == Some(ColorPolicy::Cmyk);
    if !is_surprising {
        return;
    }
    let span = if ctx.is_placed(paper.span) { paper.span } else { place };
    let message = format!(
        "“{}”没有涂布，颜色却按涂布纸（FOGRA39）分色，印出来会偏暗",
        paper.value.name
    );
    let found = Diagnostic::new(&rule::COATED_CONDITION, span, message);
    ctx.sink.report(
        found
            .hint("向印刷厂要这种纸的 ICC 文件，写 icc = \"…\"")
            .hint("印刷厂说可以照此印刷时，写明 condition = \"FOGRA39\""),
    );
}
