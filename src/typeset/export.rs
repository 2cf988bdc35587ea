//! A layout as PDF.
//!
//! For screens: tagged, PDF/UA-1 and PDF/A-2a, cut to the trim. For the press:
//! plain PDF 1.7 with its bleed, in the colours of the screen; `prepress` puts
//! inks in their place.

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, Sides};
use typst::text::Locale;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::page_map;
use crate::book::Metadata;
use crate::edition::{Edition, Format};

/// What made the PDF.
const CREATOR: &str = concat!("kepu ", env!("CARGO_PKG_VERSION"));

/// The PDF of an edition; `cover_apart`, where its cover is a sheet of its own.
pub(super) fn pdf(
    document: &PagedDocument,
    edition: &Edition,
    metadata: &Metadata,
    cover_apart: bool,
) -> Result<Vec<u8>, Vec<SourceDiagnostic>> {
    let is_print = edition.format == Format::PrintPdf;
    let mut pages: Vec<Page> = document.pages().to_vec();
    if !is_print {
        for page in &mut pages {
            page.bleed = Sides::default();
        }
    }
    if is_print && cover_apart {
        begin_with_half_title(&mut pages, document);
    }
    let mut info = typst::model::Document::info(document).clone();
    describe(&mut info, metadata);
    let document = PagedDocument::new(pages.into(), info);
    let wanted: &[PdfStandard] = if is_print {
        &[PdfStandard::V_1_7]
    } else {
        &[PdfStandard::A_2a, PdfStandard::Ua_1]
    };
    let standards = PdfStandards::new(wanted).map_err(|error| {
        let span = typst::syntax::DiagSpan::detached();
        vec![SourceDiagnostic::error(span, error.message().clone())]
    })?;
    let identifier = if metadata.identifier.is_empty() {
        &metadata.slug
    } else {
        &metadata.identifier
    };
    let options = PdfOptions {
        ident: Smart::Custom(format!("{identifier}#{}", edition.name)),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        standards,
        tagged: !is_print,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options)
        .map_err(|errors| errors.into_iter().collect::<Vec<_>>())?;
    Ok(if is_print { pdf } else { super::pinyin::named(pdf) })
}

/// A block without its cover begins with the half title, on a recto, to protect
/// the title page; where that stood behind the cover the page is blank. All other
/// pages keep their places.
fn begin_with_half_title(pages: &mut [Page], document: &PagedDocument) {
    let [cover, half_title, ..] = pages else { return };
    let stands = |anchor, page| page_map::page_of(document, anchor) == Some(page);
    if stands("cover", 0) && stands("half-title", 1) {
        let blank = Frame::hard(half_title.frame.size());
        cover.frame = std::mem::replace(&mut half_title.frame, blank);
        cover.fill = std::mem::replace(&mut half_title.fill, Smart::Auto);
    }
}

/// What the document says about itself comes from `book.toml`, whatever the
/// templates set.
fn describe(info: &mut typst::model::DocumentInfo, metadata: &Metadata) {
    let (year, month, day) = metadata.date;
    let title = if metadata.subtitle.is_empty() {
        metadata.title.clone()
    } else {
        format!("{}：{}", metadata.title, metadata.subtitle)
    };
    info.title = Some(title.into());
    info.author = metadata
        .authors
        .iter()
        .map(|author| author.name.as_str().into())
        .collect();
    info.keywords = metadata.subjects.iter().map(|word| word.as_str().into()).collect();
    if !metadata.description.is_empty() {
        info.description = Some(metadata.description.as_str().into());
    }
    info.date = Smart::Custom(Datetime::from_ymd(year, month, day));
    let mut tags = metadata.language.split('-');
    if let Some(lang) = tags.next().and_then(|lang| lang.parse().ok()) {
        let region = tags.next_back().and_then(|region| region.parse().ok());
        info.locale = Smart::Custom(Locale { lang, region });
    }
}
