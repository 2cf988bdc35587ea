//! How one edition differs from the next: values only.
//!
//! `project` reads them from `book.toml` (standard editions exist without
//! being named); every later stage takes an [`Edition`] by reference.

mod cover;
mod ink;
mod job;
mod measured;
mod page;
mod page_map;
mod paper;
mod rules;

pub use cover::{CoverSheet, Spine};
pub use ink::{ColorPolicy, InkLimit, Palette, Press, Recipe, SpotColor, SpotInk};
pub use job::{Component, Contact, CoverComponent, JobTicket, PrintOrder};
pub use measured::{Measured, TypeRange};
pub use page::{Binding, Bleed, Margins, Side, TrimSize};
pub use page_map::{
    EntryStart, PageMap, PageStart, contents_entry, index_entry, letters, list_entry,
};
pub use paper::Paper;
pub use rules::{Ban, Claim, Limit, RuleSet, Stock};

/// What an edition is made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// An accessible PDF for screens: tagged, PDF/UA-1 and PDF/A-2a.
    ScreenPdf,
    /// A PDF for the press.
    PrintPdf,
    /// EPUB 3.3.
    Epub,
}

/// Which design the templates use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Design {
    /// The book's normal design.
    Standard,
    /// Large print: a design of its own, not a magnified page.
    LargePrint,
}

/// One product made from the book.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its name in `book.toml` and in output names.
    pub name: String,
    /// What it is made as.
    pub format: Format,
    /// Which design it has.
    pub design: Design,
    /// Whom it is for; selects `audience=` blocks.
    pub audience: Option<String>,
    /// 成品尺寸.
    pub trim: TrimSize,
    /// 出血.
    pub bleed: Bleed,
    /// The white around the type area.
    pub margins: Margins,
    /// Body size in pt.
    pub body_size: f64,
    /// Distance of baselines in pt.
    pub leading: f64,
    /// Font families by role.
    pub fonts: FontRoles,
    /// Colours.
    pub color: ColorPolicy,
    /// The press that it is printed on.
    pub press: Press,
    /// How it is bound.
    pub binding: Binding,
    /// 用纸: of the leaves, or of the cover in an edition that is one.
    pub paper: Paper,
    /// Covers only: what it is bound around, and its flaps and spine.
    pub cover: Option<CoverSheet>,
    /// EPUB only: subset fonts are embedded.
    pub embed_fonts: bool,
    /// The edition whose pages the page-list of an EPUB names and the margin of
    /// large print marks.
    pub page_list_of: Option<String>,
    /// What its pages are held against; never for EPUB.
    pub rules: Option<Claim>,
    /// Made only when it is asked for by name.
    pub on_request: bool,
}

impl Format {
    /// Whether pages are laid out.
    pub fn is_pdf(self) -> bool {
        self != Self::Epub
    }
}

impl Edition {
    /// Whether its pages are printed beyond the trim.
    pub fn bleeds(&self) -> bool {
        self.format == Format::PrintPdf && self.bleed.0 > 0.0
    }

    /// The ink beside black, where it is printed in two colours.
    pub fn spot_name(&self) -> Option<&str> {
        let spot = self.press.spot.as_ref()?;
        (self.color == ColorPolicy::MonoSpot).then_some(spot.name.value.as_str())
    }

    /// The standards that its file claims.
    pub fn standards(&self) -> &'static [&'static str] {
        match self.format {
            Format::ScreenPdf => &["PDF/UA-1", "PDF/A-2a"],
            Format::PrintPdf if self.color == ColorPolicy::Rgb => &["PDF 1.7"],
            Format::PrintPdf => &["PDF/X-4", "PDF/A-2b"],
            Format::Epub => &["EPUB 3.3", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"],
        }
    }

    /// 页数的倍数: the pages are filled up to whole leaves, or to whole sheets
    /// where sheets are folded.
    pub fn page_multiple(&self) -> usize {
        if self.format != Format::PrintPdf || self.is_cover() {
            return 1;
        }
        let usual = match self.binding {
            Binding::SaddleStitch | Binding::Sewn => 4,
            Binding::Perfect | Binding::Spiral => 2,
            Binding::None => 1,
        };
        self.press.page_multiple.map_or(usual, |said| said.max(1) as usize)
    }

    /// How many blank pages follow this many pages.
    pub fn blanks(&self, pages: usize) -> usize {
        pages.next_multiple_of(self.page_multiple()) - pages
    }

    /// Whether it is the cover of another edition.
    pub fn is_cover(&self) -> bool {
        self.cover.is_some()
    }

    /// Whether the book's text is laid out on numbered pages.
    pub fn has_pages(&self) -> bool {
        self.format.is_pdf() && !self.is_cover()
    }

    /// The output's file name, without its folder.
    pub fn file_name(&self, slug: &str) -> String {
        match (self.format, self.name.as_str()) {
            (Format::Epub, "epub") => format!("{slug}.epub"),
            (Format::Epub, name) => {
                format!("{slug}-{}.epub", name.strip_suffix("-epub").unwrap_or(name))
            }
            (_, name) => format!("{slug}-{name}.pdf"),
        }
    }
}

/// Font families by role; each is a list, tried in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontRoles {
    /// 宋: running text.
    pub song: Vec<String>,
    /// 黑: headings, captions.
    pub hei: Vec<String>,
    /// 楷: stories, quotations, emphasis.
    pub kai: Vec<String>,
    /// Latin letters and digits beside 宋.
    pub latin: Vec<String>,
    /// Formulas.
    pub math: Vec<String>,
    /// Fixed width.
    pub mono: Vec<String>,
}

impl FontRoles {
    /// The roles with their names in `book.toml`.
    pub fn roles(&self) -> [(&'static str, &[String]); 6] {
        [
            ("song", &self.song),
            ("hei", &self.hei),
            ("kai", &self.kai),
            ("latin", &self.latin),
            ("math", &self.math),
            ("mono", &self.mono),
        ]
    }
}
