//! The page: trim size, bleed, margins. All lengths in millimetres.

/// 成品尺寸: the page after cutting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrimSize {
    /// Width in mm.
    pub width: f64,
    /// Height in mm.
    pub height: f64,
}

impl TrimSize {
    /// The sizes that have names (GB/T 788, and what the trade says).
    pub const NAMED: &'static [(&'static str, Self)] = &[
        ("A4", Self::new(210.0, 297.0)),
        ("A5", Self::new(148.0, 210.0)),
        ("B5", Self::new(176.0, 250.0)),
        ("16开", Self::new(185.0, 260.0)),
        ("大16开", Self::new(210.0, 285.0)),
        ("小16开", Self::new(170.0, 240.0)),
        ("32开", Self::new(130.0, 184.0)),
        ("大32开", Self::new(140.0, 203.0)),
    ];

    /// A size in mm.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// A size by its name, or as `WxH mm`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let named = Self::NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        if let Some((_, size)) = named {
            return Some(*size);
        }
        let size = text.strip_suffix("mm").unwrap_or(text).trim();
        let (width, height) = size.split_once(['x', 'X', '×'])?;
        let length = |text: &str| {
            let text = text.trim();
            let value: f64 =
                text.strip_suffix("mm").unwrap_or(text).trim().parse().ok()?;
            (value.is_finite() && (20.0..=2000.0).contains(&value)).then_some(value)
        };
        Some(Self::new(length(width)?, length(height)?))
    }
}

/// 出血: how far the print goes beyond the trim, in mm on all sides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bleed(pub f64);

/// The white around the type area, in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// 订口: towards the spine.
    pub inner: f64,
    /// 切口: towards the fore-edge.
    pub outer: f64,
    /// 天头.
    pub head: f64,
    /// 地脚.
    pub foot: f64,
}

impl Margins {
    /// The usual margins of a page, in mm; sizes of type in pt. The type area is
    /// a whole number of characters wide and of lines high (29 × 28 on A5 with
    /// 10.5/17.5 pt), a little nearer to the fore-edge and to the foot.
    pub fn around(trim: TrimSize, body_size: f64, leading: f64) -> Self {
        const PT: f64 = 25.4 / 72.0;
        let (em, pitch) = (body_size * PT, leading * PT);
        // Large type needs its measure: margins shrink towards 25 mm.
        let (share, head_share) = if em > 5.0 { (0.74, 0.5) } else { (0.73, 0.52) };
        let measure = (trim.width * share / em).floor().max(1.0) * em;
        let lines = ((trim.height * 0.825 - em) / pitch).floor().max(0.0);
        let height = lines * pitch + em;
        let (beside, above) = (trim.width - measure, trim.height - height);
        // Rounded down to hundredths, so that the last character still fits.
        let hundredths = |length: f64| (length * 100.0).floor() / 100.0;
        // In large print the other edition's folios stand in the outer margin.
        let inner = hundredths(beside * if em > 5.0 { 0.47 } else { 0.52 });
        let head = hundredths(above * head_share);
        Self {
            inner,
            outer: hundredths(beside - inner),
            head,
            foot: hundredths(above - head),
        }
    }
}

/// The side of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// 单码面: right-hand, odd.
    Recto,
    /// 双码面: left-hand, even.
    Verso,
}

/// How the edition is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Binding {
    /// 无线胶装.
    #[default]
    Perfect,
    /// 骑马订.
    SaddleStitch,
    /// 锁线胶装.
    Sewn,
    /// 圈装.
    Spiral,
    /// Not bound: for screens.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    const PT: f64 = 25.4 / 72.0;

    /// Characters in a line and lines on a page.
    fn grid(trim: TrimSize, body: f64, leading: f64) -> (f64, f64) {
        let margins = Margins::around(trim, body, leading);
        let width = trim.width - margins.inner - margins.outer;
        let height = trim.height - margins.head - margins.foot;
        (width / (body * PT), (height / PT - body) / leading + 1.0)
    }

    #[test]
    fn type_areas_are_whole_characters_and_lines() {
        let (chars, lines) = grid(TrimSize::new(148.0, 210.0), 10.5, 17.5);
        assert!((chars - 29.0).abs() < 0.01, "{chars}");
        assert!((lines - 28.0).abs() < 0.01, "{lines}");
        let large = TrimSize::new(210.0, 285.0);
        let (chars, lines) = grid(large, 20.0, 34.0);
        assert!((chars - 22.0).abs() < 0.01, "{chars}");
        assert!((lines - 20.0).abs() < 0.01, "{lines}");
        let margins = Margins::around(large, 20.0, 34.0);
        let smallest =
            margins.inner.min(margins.outer).min(margins.head).min(margins.foot);
        assert!(smallest >= 25.0, "{margins:?}");
    }

    #[test]
    fn trim_sizes_have_names_or_numbers() {
        let size = |text| TrimSize::parse(text).map(|size| (size.width, size.height));
        assert_eq!(size("大32开"), Some((140.0, 203.0)));
        assert_eq!(size("a5"), Some((148.0, 210.0)));
        assert_eq!(size("170 × 240 mm"), Some((170.0, 240.0)));
        assert_eq!(size("170mmx240mm"), Some((170.0, 240.0)));
        assert_eq!(size("170"), None);
        assert_eq!(size("-5x10"), None);
        assert_eq!(size("NaNx10"), None);
    }
}
