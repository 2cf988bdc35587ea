//! What the title page and the imprint page say.

/// Title-page data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// 书名.
    pub title: String,
    /// 副书名; may be empty.
    pub subtitle: String,
    /// The folder-safe name of the outputs.
    pub slug: String,
    /// Who wrote it.
    pub authors: Vec<Contributor>,
    /// Who edited it.
    pub editors: Vec<Contributor>,
    /// 出版者; may be empty.
    pub publisher: String,
    /// 出版地; may be empty.
    pub place: String,
    /// ISBN with hyphens; may be empty.
    pub isbn: String,
    /// BCP 47.
    pub language: String,
    /// Year, month, day.
    pub date: (i32, u8, u8),
    /// 版次: `2026年11月第1版`; may be empty.
    pub edition_statement: String,
    /// 版权声明.
    pub rights: String,
    /// A name of the work that never changes (URN or URL).
    pub identifier: String,
    /// One paragraph about the book.
    pub description: String,
    /// Subject words.
    pub subjects: Vec<String>,
    /// 定价; may be empty.
    pub price: String,
    /// How it comes to its readers.
    pub kind: PublicationKind,
    /// 准印证号 of an internal publication; may be empty.
    pub permit: String,
    /// What stands on the printed cover besides title-page data.
    pub cover: CoverWords,
    /// More lines for the imprint page, in order: label and text.
    pub imprint: Vec<(String, String)>,
}

/// How a publication comes to its readers: what may and must stand on its cover.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PublicationKind {
    /// 图书: sold under an ISBN, or on the way to one.
    #[default]
    Book,
    /// 内部资料: under a permit, free, to a named circle.
    Internal,
    /// 网络传播: read on screens and printed by whoever likes.
    Web,
}

/// The words of the printed cover; each may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverWords {
    /// 封底文字; by default the book's description.
    pub blurb: String,
    /// 封底要点, in order.
    pub points: Vec<String>,
    /// 上架建议.
    pub shelf: String,
    /// 前勒口文字, paragraph by paragraph.
    pub front_flap: Vec<String>,
    /// 后勒口文字, paragraph by paragraph.
    pub back_flap: Vec<String>,
}

/// A person or body and what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// The name.
    pub name: String,
    /// 著, 主编, 绘 …; may be empty.
    pub role: String,
}
