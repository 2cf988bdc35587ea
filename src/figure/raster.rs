//! Pixel pictures: format and size; decoded once, to know that they are whole.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

use super::PictureFormat;
use crate::diag::{Diagnostic, Sink, Span, rule};

/// The most pixels that a picture may have: 100 million, a square metre at
/// 250 ppi. More is a mistake, or an attack on the memory.
const MAX_PIXELS: u64 = 100_000_000;

/// Format, width and height of a picture in pixels.
pub(super) fn examine(
    path: &str,
    span: Span,
    bytes: &[u8],
    sink: &mut Sink,
) -> Option<(PictureFormat, u32, u32)> {
    let mut unreadable = |why: &str| {
        let message = format!("图片“{path}”无法读取：{why}");
        sink.report(
            Diagnostic::new(&rule::figure::UNREADABLE_PICTURE, span, message)
                .hint("用看图软件打开它，另存为 PNG、JPEG 或 SVG 后再试"),
        );
    };
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let (format, reader_format) = match reader.format() {
        Some(format @ ImageFormat::Png) => (PictureFormat::Png, format),
        Some(format @ ImageFormat::Jpeg) => (PictureFormat::Jpeg, format),
        Some(format @ ImageFormat::WebP) => (PictureFormat::Webp, format),
        _ => {
            unreadable("不是 PNG、JPEG、WebP 或 SVG");
            return None;
        }
    };
    let Ok((width, height)) = reader.into_dimensions() else {
        unreadable("文件已损坏或不完整");
        return None;
    };
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        unreadable(&format!("{width}×{height} 像素，超过一亿像素的上限"));
        return None;
    }
    // The head may be sound and the rest cut off or damaged; then the layout
    // fails without a place, and an EPUB shows a hole.
    let whole = ImageReader::with_format(Cursor::new(bytes), reader_format);
    if whole.decode().is_err() {
        unreadable("文件已损坏或不完整");
        return None;
    }
    Some((format, width, height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceId;

    /// A small picture in a format.
    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let pixels = image::RgbImage::from_fn(16, 9, |x, y| {
            image::Rgb([u8::try_from(x * y % 256).unwrap(), 90, 30])
        });
        pixels.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn size_of(bytes: &[u8]) -> Result<(u32, u32), &'static str> {
        let mut sink = Sink::new();
        let span = Span::new(SourceId(0), 0..1);
        let found = examine("a", span, bytes, &mut sink);
        let code = sink.sorted().first().map(|found| found.rule.code);
        found
            .map(|(_, width, height)| (width, height))
            .ok_or(code.unwrap_or("nothing"))
    }

    #[test]
    fn damage_behind_the_head_is_found() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let whole = picture(format);
            assert_eq!(size_of(&whole), Ok((16, 9)), "{format:?}");
            let cut = &whole[..whole.len() - whole.len() / 4];
            assert_eq!(size_of(cut), Err("unreadable-picture"), "{format:?}");
        }
        let mut damaged = picture(ImageFormat::Png);
        let data = damaged.windows(4).position(|bytes| bytes == b"IDAT").unwrap();
        damaged[data + 8] ^= 0xff;
        assert_eq!(size_of(&damaged), Err("unreadable-picture"));
        assert_eq!(size_of(b"GIF89a"), Err("unreadable-picture"));
        assert_eq!(size_of(b""), Err("unreadable-picture"));
    }
}
