//! What a run of text is on its page.

/// What a run of text is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Body,
    Heading,
    Secondary,
    Formula,
    Index,
    Lettering,
    Head,
    Folio,
    Mark,
}

impl Role {
    /// Its name in `build.json`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Secondary => "secondary",
            Self::Formula => "formula",
            Self::Index => "index",
            Self::Lettering => "lettering",
            Self::Head => "running-head",
            Self::Folio => "folio",
            Self::Mark => "page-mark",
        }
    }

    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Body => "正文",
            Self::Heading => "标题",
            Self::Secondary => "辅文",
            Self::Formula => "公式",
            Self::Index => "上下标",
            Self::Lettering => "图中文字",
            Self::Head => "书眉",
            Self::Folio => "页码",
            Self::Mark => "页边标出的原书页码",
        }
    }

    /// Whether it is text that is read line after line.
    pub(super) fn is_running(self) -> bool {
        matches!(self, Self::Body | Self::Secondary)
    }

    /// Whether templates alone decide its look.
    pub(super) fn is_furniture(self) -> bool {
        matches!(self, Self::Head | Self::Folio | Self::Mark)
    }
}

/// Whether these words are a page number.
pub(super) fn is_folio(words: &str) -> bool {
    let roman = |c: char| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c');
    let words = words.trim();
    !words.is_empty()
        && (words.chars().all(|c| c.is_ascii_digit()) || words.chars().all(roman))
}
