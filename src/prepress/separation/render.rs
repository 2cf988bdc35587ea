//! Draws the drawings of a page and reads the plates off them; the only
//! module that knows hayro.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontQuery, StandardFont};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};

use super::Plates;

/// The most pixels of a page.
const MOST_PIXELS: f32 = 64e6;

/// The drawings of the coloured plates, of the black one and of the spot inks.
pub(super) struct Drawings {
    chromatic: Pdf,
    black: Pdf,
    spots: Vec<(String, Pdf)>,
}

impl Drawings {
    pub(super) fn read(
        chromatic: Vec<u8>,
        black: Vec<u8>,
        spots: Vec<(String, Vec<u8>)>,
    ) -> Option<Self> {
        let read = |bytes: Vec<u8>| {
            catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes).ok())).ok().flatten()
        };
        let spots = spots.into_iter().map(|(name, drawing)| Some((name, read(drawing)?)));
        Some(Self {
            chromatic: read(chromatic)?,
            black: read(black)?,
            spots: spots.collect::<Option<_>>()?,
        })
    }

    pub(super) fn plates(&self, page: usize, dpi: u32) -> Option<Plates> {
        let (colours, black) = rayon::join(
            || drawn(&self.chromatic, page, dpi),
            || drawn(&self.black, page, dpi),
        );
        let ((width, height, colours), (_, _, black)) = (colours?, black?);
        let plate = |pixels: &[[u8; 4]], channel: usize| -> Vec<u8> {
            pixels.iter().map(|pixel| 255 - pixel[channel]).collect()
        };
        let inks = [
            plate(&colours, 0),
            plate(&colours, 1),
            plate(&colours, 2),
            plate(&black, 0),
        ];
        let spots = self.spots.iter().map(|(name, drawing)| {
            let (_, _, pixels) = drawn(drawing, page, dpi)?;
            Some((name.clone(), plate(&pixels, 0)))
        });
        let spots = spots.collect::<Option<_>>()?;
        Some(Plates { width, height, dpi, inks, spots })
    }
}

/// A page in pixels of red, green, blue and opacity, on white.
fn drawn(pdf: &Pdf, page: usize, dpi: u32) -> Option<(usize, usize, Vec<[u8; 4]>)> {
    let page = pdf.pages().get(page)?;
    #[expect(clippy::cast_precision_loss, reason = "a resolution is a small number")]
    let scale = dpi as f32 / 72.0;
    let (width, height) = page.render_dimensions();
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let bearable = (1.0..=65_535.0).contains(&width)
        && (1.0..=65_535.0).contains(&height)
        && width * height <= MOST_PIXELS;
    if !bearable {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the limits are checked"
    )]
    let (width, height) = (width as u16, height as u16);
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        width: Some(width),
        height: Some(height),
        bg_color: WHITE,
    };
    // Files come from anywhere, and a fault of the renderer must not end the
    // run: such a page has no plates.
    let pixels = catch_unwind(AssertUnwindSafe(|| {
        hayro::render(page, &RenderCache::new(), &interpreter(), &settings).take()
    }));
    let pixels = pixels
        .ok()?
        .into_iter()
        .map(|pixel| [pixel.r, pixel.g, pixel.b, pixel.a]);
    Some((usize::from(width), usize::from(height), pixels.collect()))
}

fn interpreter() -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(|query| {
            let font = match query {
                FontQuery::Standard(font) => *font,
                FontQuery::Fallback(font) => font.pick_standard_font(),
            };
            Some((Arc::new(standard_font(font)), 0))
        }),
        cmap_resolver: Arc::new(|_| None),
        warning_sink: Arc::new(|_| {}),
        render_annotations: false,
    }
}

/// The faces that every reader has (ISO 32000-1, 9.6.2.2).
fn standard_font(font: StandardFont) -> &'static [u8] {
    use typst_assets::pdf;
    match font {
        StandardFont::Helvetica => pdf::SANS,
        StandardFont::HelveticaBold => pdf::SANS_BOLD,
        StandardFont::HelveticaOblique => pdf::SANS_ITALIC,
        StandardFont::HelveticaBoldOblique => pdf::SANS_BOLD_ITALIC,
        StandardFont::Courier => pdf::FIXED,
        StandardFont::CourierBold => pdf::FIXED_BOLD,
        StandardFont::CourierOblique => pdf::FIXED_ITALIC,
        StandardFont::CourierBoldOblique => pdf::FIXED_BOLD_ITALIC,
        StandardFont::TimesRoman => pdf::SERIF,
        StandardFont::TimesBold => pdf::SERIF_BOLD,
        StandardFont::TimesItalic => pdf::SERIF_ITALIC,
        StandardFont::TimesBoldItalic => pdf::SERIF_BOLD_ITALIC,
        StandardFont::ZapfDingBats => pdf::DING_BATS,
        StandardFont::Symbol => pdf::SYMBOL,
    }
}
