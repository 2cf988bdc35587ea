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
