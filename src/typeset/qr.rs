//! QR codes that stand for players on paper.

use qrcode::QrCode;
use qrcode::render::svg;

/// Where the code of an address lies among the files of a compilation.
pub(super) fn path(url: &str) -> String {
    // FNV-1a: short, stable, and no two addresses of one book collide by
    // chance; the name stays the same while the address does.
    let hash = url.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("/generated/qr-{hash:016x}.svg")
}

/// The code of an address as an SVG picture; `None` when it is too long.
pub(super) fn picture(url: &str) -> Option<String> {
    let code = QrCode::new(url.as_bytes()).ok()?;
    Some(
        code.render::<svg::Color<'_>>()
            .min_dimensions(240, 240)
            .quiet_zone(true)
            .build(),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_address_becomes_a_picture() {
        let svg = super::picture("https://example.org/film").unwrap();
        assert!(svg.contains("<svg"));
        assert!(super::picture(&"x".repeat(5000)).is_none());
        assert_ne!(super::path("a"), super::path("b"));
    }
}
