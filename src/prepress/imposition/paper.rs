//! Press sheets and office paper.

use crate::edition::TrimSize;

/// Points in a millimetre.
pub(super) const PT: f64 = 72.0 / 25.4;

/// Sheets by name, upright, in mm: ISO 216, the raw formats of digital presses,
/// and GB/T 148 sheets of 正度 (787 × 1092) and 大度 (889 × 1194) paper.
const NAMED: &[(&str, f64, f64)] = &[
    ("A5", 148.0, 210.0),
    ("A4", 210.0, 297.0),
    ("A3", 297.0, 420.0),
    ("A2", 420.0, 594.0),
    ("A1", 594.0, 841.0),
    ("B5", 176.0, 250.0),
    ("B4", 250.0, 353.0),
    ("B3", 353.0, 500.0),
    ("B2", 500.0, 707.0),
    ("SRA4", 225.0, 320.0),
    ("SRA3", 320.0, 450.0),
    ("SRA2", 450.0, 640.0),
    ("SRA1", 640.0, 900.0),
    ("全开", 787.0, 1092.0),
    ("对开", 546.0, 787.0),
    ("四开", 393.0, 546.0),
    ("八开", 273.0, 393.0),
    ("大全开", 889.0, 1194.0),
    ("大对开", 597.0, 889.0),
    ("大四开", 444.0, 597.0),
    ("大八开", 298.0, 444.0),
];

/// The names that [`parse`] knows, for messages.
pub fn names() -> String {
    let names: Vec<_> = NAMED.iter().map(|(name, ..)| *name).collect();
    names.join("、")
}

/// A sheet by its name, or as `WxH` in mm. 正度 may be said or not.
pub fn parse(text: &str) -> Option<TrimSize> {
    const SMALLEST: f64 = 50.0;
    const LARGEST: f64 = 5000.0;
    let text = text.trim();
    let name = text.strip_prefix("正度").unwrap_or(text).replace("大度", "大");
    let named = NAMED.iter().find(|(known, ..)| known.eq_ignore_ascii_case(&name));
    if let Some((_, width, height)) = named {
        return Some(TrimSize::new(*width, *height));
    }
    let size = text.strip_suffix("mm").unwrap_or(text);
    let (width, height) = size.split_once(['x', 'X', '×', '*'])?;
    let length = |text: &str| {
        let text = text.trim();
        let value: f64 = text.strip_suffix("mm").unwrap_or(text).trim().parse().ok()?;
        (SMALLEST..=LARGEST).contains(&value).then_some(value)
    };
    Some(TrimSize::new(length(width)?, length(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_or_numbers() {
        let size = |text| parse(text).map(|size| (size.width, size.height));
        assert_eq!(size("sra3"), Some((320.0, 450.0)));
        assert_eq!(size("对开"), size("正度对开"));
        assert_eq!(size("大度四开"), Some((444.0, 597.0)));
        assert_eq!(size("440 x 590 mm"), Some((440.0, 590.0)));
        assert_eq!(size("49x100"), None);
        assert_eq!(size("infx100"), None);
        assert_eq!(size("报纸"), None);
    }
}
