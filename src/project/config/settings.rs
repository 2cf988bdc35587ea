//! What an edition's table in `book.toml` says, before inheritance.

use std::collections::BTreeMap;

use super::{Reader, length, paper, press};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Span, Spanned};
use crate::edition::{Binding, ColorPolicy, Design, Format, Paper, TrimSize};
use crate::project::tree::{self, Table};

/// Only what is said is `Some`.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    pub(super) extends: Option<Spanned<String>>,
    pub(super) format: Option<Format>,
    pub(super) design: Option<Design>,
    pub(super) audience: Option<String>,
    pub(super) trim: Option<Spanned<TrimSize>>,
    pub(super) bleed: Option<f64>,
    pub(super) inner: Option<Spanned<f64>>,
    pub(super) outer: Option<Spanned<f64>>,
    pub(super) head: Option<Spanned<f64>>,
    pub(super) foot: Option<Spanned<f64>>,
    pub(super) body_size: Option<Spanned<f64>>,
    pub(super) leading: Option<Spanned<f64>>,
    pub(super) fonts: BTreeMap<&'static str, Vec<Spanned<String>>>,
    pub(super) color: Option<ColorPolicy>,
    pub(super) binding: Option<Binding>,
    pub(super) paper: Option<Spanned<Paper>>,
    pub(super) press: press::Settings,
    pub(super) cover_of: Option<Spanned<String>>,
    pub(super) flaps: Option<f64>,
    pub(super) spine: Option<f64>,
    pub(super) glue: Option<f64>,
    pub(super) embed_fonts: Option<bool>,
    pub(super) page_list_of: Option<Spanned<String>>,
    pub(super) rules: Option<Spanned<String>>,
    pub(super) grade: Option<Spanned<String>>,
    pub(super) claim: Option<bool>,
    pub(super) on_request: Option<bool>,
}

impl Settings {
    /// These settings over the ones they extend.
    pub(super) fn over(self, base: Self) -> Self {
        let mut fonts = base.fonts;
        fonts.extend(self.fonts);
        Self {
            extends: self.extends,
            format: self.format.or(base.format),
            design: self.design.or(base.design),
            audience: self.audience.or(base.audience),
            trim: self.trim.or(base.trim),
            bleed: self.bleed.or(base.bleed),
            inner: self.inner.or(base.inner),
            outer: self.outer.or(base.outer),
            head: self.head.or(base.head),
            foot: self.foot.or(base.foot),
            body_size: self.body_size.or(base.body_size),
            leading: self.leading.or(base.leading),
            fonts,
            color: self.color.or(base.color),
            binding: self.binding.or(base.binding),
            paper: self.paper.or(base.paper),
            press: self.press.over(base.press),
            cover_of: self.cover_of.or(base.cover_of),
            flaps: self.flaps.or(base.flaps),
            spine: self.spine.or(base.spine),
            glue: self.glue.or(base.glue),
            embed_fonts: self.embed_fonts.or(base.embed_fonts),
            page_list_of: self.page_list_of.or(base.page_list_of),
            // A grade and a claim belong to the rule set beside them.
            grade: self.grade.or(base.grade.filter(|_| self.rules.is_none())),
            claim: self.claim.or(base.claim),
            rules: self.rules.or(base.rules),
            // What is made on request is said of each edition alone.
            on_request: self.on_request,
        }
    }
}

const FORMATS: &[(&str, Format)] = &[
    ("screen-pdf", Format::ScreenPdf),
    ("print-pdf", Format::PrintPdf),
    ("epub", Format::Epub),
];

const DESIGNS: &[(&str, Design)] =
    &[("standard", Design::Standard), ("large-print", Design::LargePrint)];

const COLORS: &[(&str, ColorPolicy)] = &[
    ("rgb", ColorPolicy::Rgb),
    ("cmyk", ColorPolicy::Cmyk),
    ("gray", ColorPolicy::Gray),
    ("mono+spot", ColorPolicy::MonoSpot),
];

const BINDINGS: &[(&str, Binding)] = &[
    ("perfect", Binding::Perfect),
    ("无线胶装", Binding::Perfect),
    ("saddle-stitch", Binding::SaddleStitch),
    ("骑马订", Binding::SaddleStitch),
    ("sewn", Binding::Sewn),
    ("锁线胶装", Binding::Sewn),
    ("spiral", Binding::Spiral),
    ("圈装", Binding::Spiral),
    ("none", Binding::None),
    ("不装订", Binding::None),
];

/// Reads one `[editions.NAME]`.
pub(super) fn read(mut table: Table, ctx: &mut Reader<'_>) -> Settings {
    let chosen =
        |key, table: &mut Table, ctx: &mut Reader<'_>| table.string(key, ctx.sink);
    let extends = chosen("extends", &mut table, ctx);
    let format = chosen("format", &mut table, ctx)
        .and_then(|name| ctx.choose("format", &name, FORMATS));
    let design = chosen("design", &mut table, ctx)
        .and_then(|name| ctx.choose("design", &name, DESIGNS));
    let color = chosen("color", &mut table, ctx)
        .and_then(|name| ctx.choose("color", &name, COLORS));
    let binding = chosen("binding", &mut table, ctx)
        .and_then(|name| ctx.choose("binding", &name, BINDINGS));
    let audience = chosen("audience", &mut table, ctx).map(|name| name.value);
    let paper = paper::read(&mut table, ctx);
    let press = press::read(&mut table, ctx);
    let cover_of = chosen("cover_of", &mut table, ctx);
    let flaps = paper::length_of(table.take("flaps"), "flaps", 0.0..=200.0, ctx);
    let spine = paper::length_of(table.take("spine"), "spine", 0.0..=120.0, ctx);
    let glue = paper::length_of(table.take("glue"), "glue", 0.0..=5.0, ctx);
    let page_list_of = chosen("page_list_of", &mut table, ctx);
    let rules = chosen("rules", &mut table, ctx);
    let grade = chosen("grade", &mut table, ctx);
    // Who names a rule set claims it, unless the contrary is said.
    let claim = table.boolean("claim", ctx.sink).or(rules.as_ref().map(|_| true));
    let on_request = table.boolean("on_request", ctx.sink);
    let trim = chosen("trim", &mut table, ctx).and_then(|name| trim(&name, ctx));
    let bleed = table
        .take("bleed")
        .and_then(|node| length::millimetres(&node, "bleed", 0.0..=20.0, ctx))
        .map(|bleed| bleed.value);
    let body_size = table
        .take("body_size")
        .and_then(|node| length::points(&node, "body_size", 6.0..=72.0, ctx));
    let leading = table
        .take("leading")
        .and_then(|node| length::points(&node, "leading", 6.0..=200.0, ctx));
    let [inner, outer, head, foot] = margins(&mut table, ctx);
    let fonts = fonts(&mut table, ctx);
    let embed_fonts = table.boolean("embed_fonts", ctx.sink);
    table.finish("版本设置里", ctx.sink);
    Settings {
        extends,
        format,
        design,
        audience,
        trim,
        bleed,
        inner,
        outer,
        head,
        foot,
        body_size,
        leading,
        fonts,
        color,
        binding,
        paper,
        press,
        cover_of,
        flaps,
        spine,
        glue,
        embed_fonts,
        page_list_of,
        rules,
        grade,
        claim,
        on_request,
    }
}

fn trim(name: &Spanned<String>, ctx: &mut Reader<'_>) -> Option<Spanned<TrimSize>> {
    if let Some(size) = TrimSize::parse(&name.value) {
        return Some(Spanned::new(size, name.span));
    }
    let message = format!("不认识成品尺寸“{}”", name.value);
    let mut found = Diagnostic::new(&rule::BAD_TRIM, name.span, message);
    let names = TrimSize::NAMED.iter().map(|(name, _)| *name);
    if let Some(near) = tree::nearest(&name.value, names.clone()) {
        found = found.hint(format!("改为 {near}"));
    }
    let names: Vec<_> = names.collect();
    ctx.sink.report(found.hint(format!(
        "写名字（{}），或写宽×高，例如 148x210 mm；边长 20 到 2000 毫米",
        names.join("、")
    )));
    None
}

fn margins(table: &mut Table, ctx: &mut Reader<'_>) -> [Option<Spanned<f64>>; 4] {
    let Some(mut margins) = table.table("margins", ctx.sink) else {
        return [None; 4];
    };
    let sides = ["inner", "outer", "head", "foot"].map(|side| {
        let node = margins.take(side)?;
        length::millimetres(&node, side, 0.0..=500.0, ctx)
    });
    margins.finish("margins 里", ctx.sink);
    sides
}

fn fonts(
    table: &mut Table,
    ctx: &mut Reader<'_>,
) -> BTreeMap<&'static str, Vec<Spanned<String>>> {
    let Some(mut roles) = table.table("fonts", ctx.sink) else {
        return BTreeMap::new();
    };
    let mut fonts = BTreeMap::new();
    for role in ["song", "hei", "kai", "latin", "math", "mono"] {
        let key_span = roles.key_span(role);
        let Some(families) = roles.strings(role, ctx.sink) else { continue };
        if let (true, Some(span)) = (families.is_empty(), key_span) {
            empty_fonts(role, span, ctx);
        } else {
            fonts.insert(role, families);
        }
    }
    roles.finish("fonts 里", ctx.sink);
    fonts
}

fn empty_fonts(role: &str, span: Span, ctx: &mut Reader<'_>) {
    let message = format!("没有给“{role}”写字体");
    let found = Diagnostic::new(&rule::EMPTY_VALUE, span, message);
    ctx.sink
        .report(found.hint("写上字体族的名字，或删去这一行以使用默认字体"));
}
