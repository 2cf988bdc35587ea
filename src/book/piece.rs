//! Pieces of the front and back matter: what is made from the book, and what
//! somebody wrote.

/// A piece of front or back matter; `T` is what is known of a written one: its
/// path, or its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<T> {
    /// Made from the book.
    Generated(Generated),
    /// An unnumbered text of its own: 编者的话, 后记.
    Text(T),
}

/// A piece that nobody writes: it is made from the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generated {
    /// 封面.
    Cover,
    /// 半书名页 (half title).
    HalfTitle,
    /// 书名页 (title page).
    TitlePage,
    /// 版权页 (imprint page).
    Imprint,
    /// 目录.
    Contents,
    /// 图目录.
    ListOfFigures,
    /// 表目录.
    ListOfTables,
    /// 术语表.
    Glossary,
    /// 自测题与答案.
    Answers,
    /// 参考文献.
    References,
    /// 索引.
    Index,
    /// 书末说明: fonts, data date, how to report an error.
    Colophon,
}

impl Generated {
    /// All of them, in the order in which books have them.
    pub const ALL: [Self; 12] = [
        Self::Cover,
        Self::HalfTitle,
        Self::TitlePage,
        Self::Imprint,
        Self::Contents,
        Self::ListOfFigures,
        Self::ListOfTables,
        Self::Glossary,
        Self::Answers,
        Self::References,
        Self::Index,
        Self::Colophon,
    ];

    /// Its name in `book.toml`, and its anchor.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::HalfTitle => "half-title",
            Self::TitlePage => "title-page",
            Self::Imprint => "imprint",
            Self::Contents => "contents",
            Self::ListOfFigures => "list-of-figures",
            Self::ListOfTables => "list-of-tables",
            Self::Glossary => "glossary",
            Self::Answers => "answers",
            Self::References => "references",
            Self::Index => "index",
            Self::Colophon => "colophon",
        }
    }

    /// Its title, as contents and headings print it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cover => "封面",
            Self::HalfTitle => "半书名页",
            Self::TitlePage => "书名页",
            Self::Imprint => "版权页",
            Self::Contents => "目录",
            Self::ListOfFigures => "图目录",
            Self::ListOfTables => "表目录",
            Self::Glossary => "术语表",
            Self::Answers => "自测题与答案",
            Self::References => "参考文献",
            Self::Index => "索引",
            Self::Colophon => "关于本书",
        }
    }
}
