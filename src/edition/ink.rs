//! Colour on paper.

/// How colours leave the press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ColorPolicy {
    /// sRGB, for screens.
    #[default]
    Rgb,
    /// Four process colours.
    Cmyk,
    /// Black only.
    Gray,
}

/// 总墨量: the largest sum of inks at one point, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InkLimit(pub f64);

/// 输出意图: the printing condition that a PDF is made for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutputIntent {
    /// The registered name of the printing condition: `FOGRA39`.
    pub condition: String,
}
