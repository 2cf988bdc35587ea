//! Pictures fit for an edition.
//!
//! [`prepare`] reads every picture that the book shows, once, and finds out
//! what it is: format, size, and for SVG whether it can be printed anywhere
//! (no scripts, nothing fetched from outside). The renderers get the bytes.

mod lettering;
mod raster;
mod vector;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::{BlockKind, Figure, FigureContent, visit_blocks};
use crate::diag::{Sink, Span};
use crate::project::Project;
use crate::resolve::Resolved;

pub use lettering::Lettering;

/// The pictures and players' files of a book, by path from the project's root.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// The pictures.
    pub pictures: BTreeMap<String, Picture>,
    /// Sound and film.
    pub media: BTreeMap<String, Arc<[u8]>>,
}

/// A picture that is known to be good.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// What it is.
    pub format: PictureFormat,
    /// Width in pixels; in user units for SVG.
    pub width: u32,
    /// Height in pixels; in user units for SVG.
    pub height: u32,
}

/// The formats that pictures may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

impl PictureFormat {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// Reads and examines every picture of the book.
///
/// Sound and film are only read: no edition looks inside them.
pub fn prepare(resolved: &Resolved, project: &Project, sink: &mut Sink) -> Figures {
    let mut figures = Figures::default();
    for section in &resolved.sections {
        let Some(chapter) = section.chapter() else { continue };
        visit_blocks(&chapter.blocks, &mut |block| {
            if let BlockKind::Figure(figure) = &block.kind {
                add(figure, project, &mut figures, sink);
            }
        });
    }
    figures
}

/// The drawings among the pictures with their lettering as outlines, by path;
/// those without lettering are not among them.
pub fn outlined(
    figures: &Figures,
    lettering: &Lettering<'_>,
) -> BTreeMap<String, String> {
    let pictures = figures.pictures.iter();
    let drawings = pictures.filter(|(_, picture)| picture.format == PictureFormat::Svg);
    drawings
        .filter_map(|(path, picture)| {
            Some((path.clone(), lettering.outline(&picture.bytes)?))
        })
        .collect()
}

/// Adds what one figure shows.
fn add(figure: &Figure, project: &Project, figures: &mut Figures, sink: &mut Sink) {
    let (FigureContent::Image { path, span } | FigureContent::Media { path, span, .. }) =
        &figure.content
    else {
        return;
    };
    if figures.pictures.contains_key(path) || figures.media.contains_key(path) {
        return;
    }
    let bytes = match project.bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => return sink.report(error.diagnostic(path, Some(*span))),
    };
    if matches!(figure.content, FigureContent::Media { .. }) {
        figures.media.insert(path.clone(), bytes);
    } else if let Some(picture) = examine(path, *span, bytes, sink) {
        figures.pictures.insert(path.clone(), picture);
    }
}

/// Finds out what a picture is; reports what makes it unfit.
fn examine(path: &str, span: Span, bytes: Arc<[u8]>, sink: &mut Sink) -> Option<Picture> {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if extension == "svg" {
        let (width, height) = vector::examine(path, span, &bytes, sink)?;
        return Some(Picture { bytes, format: PictureFormat::Svg, width, height });
    }
    let (format, width, height) = raster::examine(path, span, &bytes, sink)?;
    Some(Picture { bytes, format, width, height })
}
