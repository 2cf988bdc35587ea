//! How many samples an image has, by its dictionary and by its own head.

use lopdf::Dictionary;

use super::value::Source;

/// Samples that one image may have to be drawn.
pub(super) const MAX_SAMPLES: u64 = 40_000_000;

/// Width times height as the dictionary says.
pub(super) fn samples(source: Source<'_>, dict: &Dictionary) -> u64 {
    let of = |key| u64::from(source.count(dict, key).unwrap_or(0));
    let parameters = source.dict(dict, "DecodeParms");
    let parameter =
        |key| u64::from(parameters.and_then(|dict| source.count(dict, key)).unwrap_or(0));
    let row = parameter("Columns")
        .saturating_mul(parameter("Colors").max(1))
        .saturating_mul(parameter("BitsPerComponent").max(8) / 8);
    let drawn = of("Width").saturating_mul(of("Height"));
    drawn.max(row.saturating_mul(parameter("Rows").max(1)))
}

/// Width times height as a JPEG or JPEG 2000 file says of itself.
pub(super) fn head(data: &[u8]) -> u64 {
    let long = |at: usize| {
        data.get(at..at + 4)
            .and_then(|four| four.try_into().ok())
            .map_or(0, |four| u64::from(u32::from_be_bytes(four)))
    };
    let short = |at: usize| {
        data.get(at..at + 2)
            .and_then(|two| two.try_into().ok())
            .map_or(0, |two| u64::from(u16::from_be_bytes(two)))
    };
    if data.starts_with(&[0xFF, 0xD8]) {
        // The frame header may stand behind long tables and thumbnails.
        let mut at = 2;
        while data.get(at) == Some(&0xFF) {
            let marker = data.get(at + 1).copied().unwrap_or(0);
            if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
                return short(at + 5).saturating_mul(short(at + 7));
            }
            let length = usize::try_from(short(at + 2)).unwrap_or(0);
            at += 2 + length.max(2);
        }
        return 0;
    }
    let start = &data[..data.len().min(1 << 16)];
    let siz = [0xFF, 0x4F, 0xFF, 0x51];
    match start.windows(4).position(|four| four == siz) {
        Some(at) => long(at + 8).saturating_mul(long(at + 12)),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_says_its_size_in_its_frame() {
        let table = [0xFF, 0xDB, 0, 4, 1, 2];
        let frame = [0xFF, 0xC0, 0, 17, 8, 0, 30, 0, 40, 3];
        let file = [&[0xFF, 0xD8][..], &table, &frame].concat();
        assert_eq!(head(&file), 1200);
        assert_eq!(head(&file[..9]), 0);
    }

    #[test]
    fn a_codestream_says_its_size_behind_its_start() {
        let mut file = vec![0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0];
        file.extend([0, 0, 1, 0, 0, 0, 2, 0]);
        assert_eq!(head(&file), 256 * 512);
    }
}
