//! What the press is told of an edition: gathered from the project, once a run.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kepu::book::Metadata;
use kepu::diag::rule::press as rule;
use kepu::diag::rule::project::UNKNOWN_VALUE;
use kepu::diag::{Diagnostic, Sink};
use kepu::edition::{Edition, Format, Palette};
use kepu::prepress::{PressSheet, Profile, SlugLine};
use kepu::project::Project;

/// What made the PDF.
const CREATOR: &str = concat!("kepu ", env!("CARGO_PKG_VERSION"));

/// The printing conditions and colours of a project.
pub(super) struct PressRoom {
    /// By path in the project; only those that are good.
    profiles: BTreeMap<String, Profile>,
    palette: Palette,
}

impl PressRoom {
    /// Reads what the editions are printed by; profiles that are none are
    /// reported where `book.toml` names them.
    pub(super) fn open(project: &Project, sink: &mut Sink) -> Self {
        let mut profiles = BTreeMap::new();
        for edition in project.editions.values() {
            let Some(path) = &edition.press.profile else { continue };
            if edition.format != Format::PrintPdf || profiles.contains_key(&path.value) {
                continue;
            }
            let wrong = match project.bytes(&path.value) {
                Ok(bytes) => match Profile::read(Cow::Owned(bytes.to_vec())) {
                    Ok(profile) => {
                        profiles.insert(path.value.clone(), profile);
                        continue;
                    }
                    Err(error) => error.message().to_owned(),
                },
                Err(_) => "读不到这个文件".to_owned(),
            };
            let message = format!("“{}”不能用来分色：{wrong}", path.value);
            let found = Diagnostic::new(&rule::BAD_PRESS_PROFILE, path.span, message);
            sink.report(
                found
                    .hint("路径从书的文件夹写起，例如 icc = \"press/shop.icc\"")
                    .hint("删去 icc 就用自带的 ISO Coated v2 300 %（FOGRA39）"),
            );
        }
        for edition in project.editions.values() {
            check_spot(edition, project, sink);
        }
        Self { profiles, palette: project.palette() }
    }

    /// What the press is told of an edition; `None` when its profile is missing,
    /// which has been reported.
    pub(super) fn sheet<'a>(
        &'a self,
        edition: &'a Edition,
        folds: &[f64],
        project: &'a Project,
        metadata: &Metadata,
    ) -> Option<PressSheet<'a>> {
        let press = &edition.press;
        let (profile, usual) = match &press.profile {
            Some(path) => (self.profiles.get(&path.value)?, ""),
            None => (Profile::bundled().ok()?, Profile::BUNDLED_CONDITION),
        };
        let title = if metadata.subtitle.is_empty() {
            metadata.title.clone()
        } else {
            format!("{}：{}", metadata.title, metadata.subtitle)
        };
        let condition = press.condition.as_deref().unwrap_or(usual);
        let (year, month, day) = metadata.date;
        let spot = edition.spot_name().and(press.spot.as_ref());
        let marks = press.marks.then(|| SlugLine {
            folds: folds.to_vec(),
            text: format!(
                "{title}  {}  {condition}  {year}-{month:02}-{day:02}",
                edition.name
            ),
            font: letters(edition, project),
        });
        Some(PressSheet {
            bleed: edition.bleed,
            color: edition.color,
            profile,
            condition,
            spot: spot.and_then(|ink| project.spot_color(ink)),
            palette: &self.palette,
            ink_limit: press.ink_limit,
            marks,
            page_multiple: edition.page_multiple(),
            title,
            authors: metadata.authors.iter().map(|author| author.name.clone()).collect(),
            date: metadata.date,
            creator: CREATOR,
        })
    }
}

/// Reports a spot ink whose colour the theme does not have.
fn check_spot(edition: &Edition, project: &Project, sink: &mut Sink) {
    let Some(ink) = edition.spot_name().and(edition.press.spot.as_ref()) else { return };
    if project.spot_color(ink).is_some() {
        return;
    }
    let message =
        format!("主题里没有叫“{}”的颜色，不知道专色是什么样子", ink.color.value);
    let found = Diagnostic::new(&UNKNOWN_VALUE, ink.color.span, message);
    let hint =
        "写 templates/theme.toml 里 [palette.…] 的名字，例如 spot_color = \"river\"";
    sink.report(found.hint(hint));
}

/// The face of the edition's headings, for a line beside the pages.
fn letters<'a>(edition: &Edition, project: &'a Project) -> Option<&'a [u8]> {
    let families = edition.fonts.hei.iter();
    let mut faces =
        families.filter_map(|family| project.fonts.nearest_face(family, 400, false));
    faces.next().map(|face| face.bytes.as_ref())
}
