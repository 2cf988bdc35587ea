//! The editions: standard ones, the book's own, and what each inherits.

use std::collections::BTreeMap;

use super::length::PT;
use super::settings::{self, Settings};
use super::{Reader, covers, metadata, press, rules};
use crate::diag::rule::project as rule;
use crate::diag::{Diagnostic, Span, Spanned};
use crate::edition::{
    Binding, Bleed, Claim, ColorPolicy, CoverSheet, Design, Edition, FontRoles, Format,
    Margins, Paper, TrimSize,
};
use crate::project::tree::{self, Table};

/// The editions that exist without being named, and what each extends.
const STANDARD: &[(&str, Option<&str>)] = &[
    ("screen", None),
    ("print", Some("screen")),
    ("print-cover", Some("print")),
    ("large-print", Some("screen")),
    ("epub", Some("screen")),
    ("large-print-epub", Some("epub")),
];

/// Where an edition's font families are named, by edition and lower-case family.
type FontPlaces = BTreeMap<(String, String), Span>;

/// An edition's own table.
pub(super) struct Own {
    pub(super) place: Span,
    pub(super) settings: Settings,
}

/// Reads `[editions]` and completes every edition.
pub(super) fn read(
    root: &mut Table,
    ctx: &mut Reader<'_>,
) -> (BTreeMap<String, Edition>, FontPlaces) {
    let mut own = BTreeMap::new();
    if let Some(mut tables) = root.table("editions", ctx.sink) {
        for (name, node) in tables.take_all() {
            let Some(table) = node.table(&name.value, ctx.sink) else { continue };
            if !metadata::is_safe_name(&name.value) {
                bad_name(&name, ctx);
                continue;
            }
            let settings = settings::read(table, ctx);
            own.insert(name.value, Own { place: name.span, settings });
        }
    }
    check_extends(&own, ctx);
    let mut names: Vec<&str> = STANDARD.iter().map(|(name, _)| *name).collect();
    names.extend(own.keys().map(String::as_str).filter(|name| !is_standard(name)));

    let mut editions = BTreeMap::new();
    let mut places = FontPlaces::new();
    for name in names {
        let Some(settings) = inherit(name, &own, ctx) else { continue };
        for family in settings.fonts.values().flatten() {
            let key = (name.to_owned(), family.value.to_lowercase());
            places.insert(key, family.span);
        }
        let place = own.get(name).map_or_else(|| ctx.top(), |own| own.place);
        if let Some(edition) = complete(name, place, settings, ctx) {
            editions.insert(name.to_owned(), edition);
        }
    }
    covers::fit(&mut editions, &own, ctx);
    check_page_lists(&mut editions, &own, ctx);
    check_file_names(&editions, &own, ctx);
    (editions, places)
}

fn is_standard(name: &str) -> bool {
    STANDARD.iter().any(|(standard, _)| *standard == name)
}

fn bad_name(name: &Spanned<String>, ctx: &mut Reader<'_>) {
    let message = format!("“{}”不能作版本的名字", name.value);
    let found = Diagnostic::new(&rule::BAD_NAME, name.span, message);
    ctx.sink
        .report(found.hint("只用字母、数字和连字符：它也是输出文件名的一部分"));
}

/// What an edition extends: as said, as the standard has it, or `screen`.
fn parent<'a>(name: &str, own: &'a BTreeMap<String, Own>) -> Option<&'a str> {
    let said = own.get(name).and_then(|own| own.settings.extends.as_ref());
    if let Some(said) = said {
        return Some(&said.value);
    }
    match STANDARD.iter().find(|(standard, _)| *standard == name) {
        Some((_, parent)) => *parent,
        None if own.get(name)?.settings.format == Some(Format::Epub) => Some("epub"),
        None => Some("screen"),
    }
}

/// Every `extends` must name an edition.
fn check_extends(own: &BTreeMap<String, Own>, ctx: &mut Reader<'_>) {
    for Own { settings, .. } in own.values() {
        if let Some(base) = &settings.extends {
            check_edition_name(base, own, ctx);
        }
    }
}

pub(super) fn check_edition_name(
    base: &Spanned<String>,
    own: &BTreeMap<String, Own>,
    ctx: &mut Reader<'_>,
) -> bool {
    if is_standard(&base.value) || own.contains_key(&base.value) {
        return true;
    }
    let known = || {
        STANDARD
            .iter()
            .map(|(name, _)| *name)
            .chain(own.keys().map(String::as_str))
    };
    let message = format!("没有叫“{}”的版本", base.value);
    let mut found = Diagnostic::new(&rule::UNKNOWN_EDITION, base.span, message);
    if let Some(near) = tree::nearest(&base.value, known()) {
        found = found.hint(format!("改为 {near}"));
    }
    let names: std::collections::BTreeSet<&str> = known().collect();
    let names: Vec<&str> = names.into_iter().collect();
    ctx.sink
        .report(found.hint(format!("已有的版本：{}", names.join("、"))));
    false
}

/// The edition's settings over all that it extends. `None` in a circle, which
/// is reported once, or below an unknown edition.
fn inherit(
    name: &str,
    own: &BTreeMap<String, Own>,
    ctx: &mut Reader<'_>,
) -> Option<Settings> {
    let mut chain = vec![name];
    while let Some(next) = chain.last().and_then(|last| parent(last, own)) {
        if let Some(at) = chain.iter().position(|seen| *seen == next) {
            circle(&chain[at..], own, ctx);
            return None;
        }
        if !is_standard(next) && !own.contains_key(next) {
            return None;
        }
        chain.push(next);
    }
    let mut settings = Settings::default();
    for name in chain.into_iter().rev() {
        settings = standard_settings(name).over(settings);
        if let Some(own) = own.get(name) {
            settings = own.settings.clone().over(settings);
        }
    }
    Some(settings)
}

/// Reports a circle of `extends`, starting from the same edition each time, so
/// that the sink keeps it once.
fn circle(names: &[&str], own: &BTreeMap<String, Own>, ctx: &mut Reader<'_>) {
    let said = names.iter().enumerate().filter_map(|(at, name)| {
        let place = own.get(*name)?.settings.extends.as_ref()?.span;
        Some((place, at))
    });
    let Some((span, at)) = said.min_by_key(|(span, _)| span.start) else { return };
    let mut order: Vec<&str> = names[at..].iter().chain(&names[..at]).copied().collect();
    order.push(names[at]);
    let message = format!("版本的 extends 绕成了圈：{}", order.join(" → "));
    let found = Diagnostic::new(&rule::EDITION_CYCLE, span, message);
    ctx.sink.report(found.hint("删去其中一个 extends"));
}

/// What the standard editions differ in from the ones they extend.
fn standard_settings(name: &str) -> Settings {
    let unplaced = Span::new(crate::diag::SourceId(0), 0..0);
    let fonts = |roles: [(&'static str, &str); 6]| {
        let spanned = |family: &str| vec![Spanned::new(family.to_owned(), unplaced)];
        roles
            .map(|(role, family)| (role, spanned(family)))
            .into_iter()
            .collect()
    };
    match name {
        "screen" => Settings {
            format: Some(Format::ScreenPdf),
            design: Some(Design::Standard),
            trim: Some(Spanned::new(TrimSize::new(148.0, 210.0), unplaced)),
            bleed: Some(3.0),
            body_size: Some(Spanned::new(10.5, unplaced)),
            leading: Some(Spanned::new(17.5, unplaced)),
            fonts: fonts([
                ("song", "Noto Serif SC"),
                ("hei", "Noto Sans SC"),
                ("kai", "LXGW WenKai"),
                ("latin", "Libertinus Serif"),
                ("math", "New Computer Modern Math"),
                ("mono", "DejaVu Sans Mono"),
            ]),
            ..Settings::default()
        },
        "print" => Settings {
            format: Some(Format::PrintPdf),
            color: Some(ColorPolicy::Cmyk),
            binding: Some(Binding::Perfect),
            ..Settings::default()
        },
        "print-cover" => Settings {
            paper: Some(Spanned::new(Paper::named(CoverSheet::USUAL_PAPER), unplaced)),
            cover_of: Some(Spanned::new("print".to_owned(), unplaced)),
            ..Settings::default()
        },
        "large-print" | "large-print-epub" => large_print(unplaced),
        "epub" => Settings {
            format: Some(Format::Epub),
            embed_fonts: Some(true),
            page_list_of: Some(Spanned::new("print".to_owned(), unplaced)),
            ..Settings::default()
        },
        _ => Settings::default(),
    }
}

/// 大字本: sans serif, 20 pt on a page of its own.
fn large_print(unplaced: Span) -> Settings {
    let sans = || vec![Spanned::new("Noto Sans SC".to_owned(), unplaced)];
    Settings {
        design: Some(Design::LargePrint),
        trim: Some(Spanned::new(TrimSize::new(210.0, 285.0), unplaced)),
        body_size: Some(Spanned::new(20.0, unplaced)),
        leading: Some(Spanned::new(34.0, unplaced)),
        fonts: [("song", sans()), ("latin", sans())].into_iter().collect(),
        page_list_of: Some(Spanned::new("print".to_owned(), unplaced)),
        // Held against the rules; only a book that says so claims them.
        rules: Some(Spanned::new("large-print".to_owned(), unplaced)),
        claim: Some(false),
        ..Settings::default()
    }
}

/// Turns settings into an edition; reports a page without a type area.
fn complete(
    name: &str,
    place: Span,
    settings: Settings,
    ctx: &mut Reader<'_>,
) -> Option<Edition> {
    let format = settings.format?;
    let trim = settings.trim?;
    let body_size = settings.body_size?;
    let leading = settings.leading?;
    if leading.value < body_size.value {
        let message = format!(
            "版本 {name} 的行距 {} 磅小于字号 {} 磅",
            leading.value, body_size.value
        );
        let at = if ctx.is_placed(leading.span) { leading.span } else { place };
        let found = Diagnostic::new(&rule::BAD_LENGTH, at, message);
        ctx.sink.report(found.hint("行距通常是字号的 1.5 到 1.8 倍"));
    }
    let around = Margins::around(trim.value, body_size.value, leading.value);
    let side = |own: Option<Spanned<f64>>, usual: f64| own.map_or(usual, |own| own.value);
    let margins = Margins {
        inner: side(settings.inner, around.inner),
        outer: side(settings.outer, around.outer),
        head: side(settings.head, around.head),
        foot: side(settings.foot, around.foot),
    };
    if format.is_pdf() && settings.cover_of.is_none() {
        check_type_area(name, place, &settings, margins, ctx);
    }
    let family = |role| {
        let families = settings.fonts.get(role).into_iter().flatten();
        families.map(|family| family.value.clone()).collect()
    };
    let rules = claim(&settings, format, ctx);
    let binding = match format {
        Format::PrintPdf => Binding::Perfect,
        _ => Binding::None,
    };
    if format == Format::PrintPdf {
        press::check(&settings, place, ctx);
        press::check_spot(&settings, place, ctx);
    }
    let cover = settings.cover_of.filter(|_| format.is_pdf());
    let cover = cover.map(|of| CoverSheet {
        of: of.value,
        flaps: settings.flaps.unwrap_or_default(),
        spine: settings.spine,
        glue: settings.glue.unwrap_or(CoverSheet::USUAL_GLUE),
    });
    Some(Edition {
        name: name.to_owned(),
        format,
        design: settings.design.unwrap_or(Design::Standard),
        audience: settings.audience,
        trim: trim.value,
        bleed: Bleed(settings.bleed.unwrap_or_default()),
        margins,
        body_size: body_size.value,
        leading: leading.value,
        fonts: FontRoles {
            song: family("song"),
            hei: family("hei"),
            kai: family("kai"),
            latin: family("latin"),
            math: family("math"),
            mono: family("mono"),
        },
        color: settings.color.unwrap_or_default(),
        press: settings.press.complete(),
        binding: settings.binding.unwrap_or(binding),
        paper: settings.paper.map(|paper| paper.value).unwrap_or_default(),
        cover,
        embed_fonts: settings.embed_fonts.unwrap_or(true),
        page_list_of: settings.page_list_of.map(|name| name.value),
        rules,
        on_request: settings.on_request.unwrap_or(false),
    })
}

/// What an edition with pages is held against.
fn claim(settings: &Settings, format: Format, ctx: &mut Reader<'_>) -> Option<Claim> {
    let name = settings.rules.as_ref()?;
    let place = ctx.is_placed(name.span).then_some(name.span);
    if format == Format::Epub || settings.cover_of.is_some() {
        return None;
    }
    let set = rules::read(name, settings.grade.as_ref(), ctx)?;
    Some(Claim {
        set,
        claimed: settings.claim.unwrap_or(false),
        place,
    })
}

/// The type area must hold at least a short line and a few of them.
fn check_type_area(
    name: &str,
    place: Span,
    settings: &Settings,
    margins: Margins,
    ctx: &mut Reader<'_>,
) {
    const SHORTEST_LINE: f64 = 10.0;
    const FEWEST_LINES: f64 = 6.0;
    let (Some(trim), Some(body), Some(leading)) =
        (settings.trim, settings.body_size, settings.leading)
    else {
        return;
    };
    let width = trim.value.width - margins.inner - margins.outer;
    let height = trim.value.height - margins.head - margins.foot;
    let chars = width / (body.value * PT);
    let lines = height / (leading.value * PT);
    if chars >= SHORTEST_LINE && lines >= FEWEST_LINES {
        return;
    }
    let sides = [settings.inner, settings.outer, settings.head, settings.foot];
    let said = sides.into_iter().flatten().map(|side| side.span);
    let said = said.chain([trim.span, body.span]).find(|span| ctx.is_placed(*span));
    let message = format!(
        "版本 {name} 的版心只有 {:.0} × {:.0} 毫米，放不下文字",
        width.max(0.0),
        height.max(0.0)
    );
    let found = Diagnostic::new(&rule::NO_TYPE_AREA, said.unwrap_or(place), message);
    ctx.sink
        .report(found.hint("减小 margins 或 body_size，或换大一些的 trim"));
}

/// An EPUB's page list names the pages of a PDF edition, and so does the margin
/// of large print. A standard one that was turned into something else is
/// silently left out.
fn check_page_lists(
    editions: &mut BTreeMap<String, Edition>,
    own: &BTreeMap<String, Own>,
    ctx: &mut Reader<'_>,
) {
    let numbered: BTreeMap<String, bool> = editions
        .iter()
        .map(|(name, edition)| (name.clone(), edition.has_pages()))
        .collect();
    let standard: Vec<String> = editions
        .values()
        .filter(|e| e.format.is_pdf() && e.design == Design::Standard)
        .map(|edition| edition.name.clone())
        .collect();
    for Own { settings, .. } in own.values() {
        let Some(of) = &settings.page_list_of else { continue };
        if check_edition_name(of, own, ctx) && numbered.get(&of.value) == Some(&false) {
            let message = format!("版本“{}”没有页码", of.value);
            let found = Diagnostic::new(&rule::UNKNOWN_EDITION, of.span, message);
            ctx.sink
                .report(found.hint("page_list_of 要写一个 PDF 版本，例如 print"));
        }
    }
    for edition in editions.values_mut() {
        let paged = |name: &String| numbered.get(name) == Some(&true);
        let kept = match (edition.format, edition.design) {
            (Format::Epub, _) => edition.page_list_of.take().filter(paged),
            // Large print marks the pages of a book that it is read along with.
            (_, Design::LargePrint) if !edition.is_cover() => {
                edition.page_list_of.take().filter(|name| standard.contains(name))
            }
            _ => None,
        };
        edition.page_list_of = kept;
    }
}

/// Two editions must not write the same file.
fn check_file_names(
    editions: &BTreeMap<String, Edition>,
    own: &BTreeMap<String, Own>,
    ctx: &mut Reader<'_>,
) {
    let mut files: BTreeMap<String, &str> = BTreeMap::new();
    for (name, edition) in editions {
        let Some(first) = files.insert(edition.file_name("x").to_lowercase(), name)
        else {
            continue;
        };
        let place = own.get(name).or_else(|| own.get(first));
        let span = place.map_or_else(|| ctx.top(), |own| own.place);
        let message = format!("版本 {first} 和 {name} 会写同一个文件");
        let found = Diagnostic::new(&rule::SAME_OUTPUT, span, message);
        ctx.sink.report(found.hint("给其中一个版本换个名字"));
    }
}
