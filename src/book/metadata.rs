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
    /// More lines for the imprint page, in order: label and text.
    pub imprint: Vec<(String, String)>,
}

/// A person or body and what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// The name.
    pub name: String,
    /// 著, 主编, 绘 …; may be empty.
    pub role: String,
}
