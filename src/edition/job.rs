//! 印制单: what a printing house is asked to make, as values.
//!
//! [`PrintOrder`] is what `book.toml` says in `[order]`; [`JobTicket`] joins it
//! with what a build knows. The ticket is typeset for people and written as
//! XJDF for machines; what is not settled stays open in both.

use super::{Binding, ColorPolicy, Edition, Paper, Spine, TrimSize};

/// What the book's owner orders; everything may be left open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PrintOrder {
    /// 印数, in copies.
    pub quantity: Option<u32>,
    /// 工艺 on the cover, in order: 覆哑膜, 局部 UV, 烫金 …
    pub finishing: Vec<String>,
    /// 打样: what proof is wanted.
    pub proof: String,
    /// 包装.
    pub packing: String,
    /// 交货日期: year, month, day.
    pub deadline: Option<(i32, u8, u8)>,
    /// 交货地址.
    pub delivery: String,
    /// 承印厂.
    pub printer: String,
    /// Who orders.
    pub contact: Contact,
    /// 备注, in order.
    pub notes: Vec<String>,
}

/// Whom the printing house calls; each may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// 单位.
    pub company: String,
    /// 姓名.
    pub name: String,
    /// 电话.
    pub phone: String,
    /// 电子邮件.
    pub email: String,
}

/// A printing job in full.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JobTicket {
    /// The job's name for machines: the book's slug.
    pub id: String,
    /// 书名, with the subtitle.
    pub title: String,
    /// 著者, joined.
    pub authors: String,
    /// 出版者; may be empty.
    pub publisher: String,
    /// ISBN; may be empty.
    pub isbn: String,
    /// 定价; may be empty.
    pub price: String,
    /// 版次; may be empty.
    pub edition_statement: String,
    /// The book's date: year, month, day.
    pub date: (i32, u8, u8),
    /// The text block.
    pub block: Component,
    /// The cover, where it is printed apart.
    pub cover: Option<CoverComponent>,
    /// How it is bound.
    pub binding: Binding,
    /// 输出条件: the registered name of the printing condition; may be empty.
    pub condition: String,
    /// 总墨量 in percent, if it is limited.
    pub ink_limit: Option<f64>,
    /// What was ordered.
    pub order: PrintOrder,
}

/// A part of the book that is printed on one paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Pages: for the block, all that are printed; for a cover, its four sides.
    pub pages: usize,
    /// 成品尺寸; of a cover, before folding.
    pub trim: TrimSize,
    /// 出血 in mm.
    pub bleed: f64,
    /// 用纸.
    pub paper: Paper,
    /// 印色.
    pub color: ColorPolicy,
    /// 专色: the name of the ink beside black in two-colour printing; else empty.
    pub spot: String,
    /// The PDF's name in the package; may be empty.
    pub file: String,
}

/// The cover of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverComponent {
    /// The sheet.
    pub sheet: Component,
    /// 书脊.
    pub spine: Spine,
    /// 勒口 in mm; 0 for none.
    pub flaps: f64,
}

impl Default for Component {
    fn default() -> Self {
        Self {
            pages: 0,
            trim: TrimSize::new(0.0, 0.0),
            bleed: 0.0,
            paper: Paper::default(),
            color: ColorPolicy::default(),
            spot: String::new(),
            file: String::new(),
        }
    }
}

impl Component {
    /// The block of an edition with so many pages.
    pub fn block(edition: &Edition, pages: usize, file: &str) -> Self {
        Self {
            pages,
            trim: edition.trim,
            bleed: edition.bleed.0,
            paper: edition.paper.clone(),
            color: edition.color,
            spot: edition.spot_name().unwrap_or_default().to_owned(),
            file: file.to_owned(),
        }
    }
}

impl CoverComponent {
    /// The cover of an edition that is one, with this spine.
    pub fn of(edition: &Edition, spine: Spine, file: &str) -> Self {
        let (width, height) = edition.sheet(&spine);
        let trim = TrimSize::new(width, height);
        let sheet = Component { trim, ..Component::block(edition, 4, file) };
        let flaps = edition.cover.as_ref().map_or(0.0, |cover| cover.flaps);
        Self { sheet, spine, flaps }
    }
}
