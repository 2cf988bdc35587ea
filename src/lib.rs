//! kepu (科普): one set of Markdown chapters, figures and a glossary becomes a
//! typeset, published book.
//!
//! The stages stand here in the order in which the pages travel. Each is a
//! folder with one public verb; it takes values and gives values. The disk is
//! touched only at the two ends, by [`project`] and [`output`].
//!
//! ```text
//!    book/  figures/  fonts/  templates/
//!         └───────┴────────┴───────┘
//!  project     Project::open(root)                → Project
//!  manuscript  read(&Project, &mut Sink)          → Book
//!  resolve     resolve(Book, &mut Sink)           → Resolved
//!  lint        accessibility, claims                           what a copy editor would mark
//!  figure      prepare(&Resolved, &Project, …)    → Figures
//!         ┌──────────────┴──────────────┐
//!  typeset  typeset(..) → Pages → Pdf   epub  bind(..) → Vec<u8>
//!  prepress finish(Pdf, ..) → Pdf       │
//!         └──────────────┬──────────────┘
//!  output      Artifacts::write(dir)
//! ```
//!
//! Dependencies point upwards only; `tests/tidy.rs` holds that.

pub mod diag;
pub mod book;
pub mod edition;
pub mod project;
pub mod manuscript;
pub mod resolve;
pub mod lint;
pub mod figure;
pub mod typeset;
pub mod epub;
pub mod prepress;
pub mod output;
