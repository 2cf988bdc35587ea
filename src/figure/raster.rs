//! Pixel pictures: format and size from the file's head, nothing decoded.

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
    let format = match reader.format() {
        Some(ImageFormat::Png) => PictureFormat::Png,
        Some(ImageFormat::Jpeg) => PictureFormat::Jpeg,
        Some(ImageFormat::WebP) => PictureFormat::Webp,
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
    Some((format, width, height))
}
