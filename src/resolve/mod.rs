//! `Book` to [`Resolved`]: after this stage nothing is left to look up.
//!
//! # The normal form
//!
//! In a [`Resolved`] book
//! - every chapter, section, figure, table, formula, note and question has its
//!   final number, and every place that can be pointed at a unique anchor;
//! - every cross-reference, citation and term has its text and its target;
//! - the reference list, the glossary and the index stand in their order, with
//!   their links back;
//! - headings nest without gaps, text is NFC;
//! - conditional blocks remain, as the only thing that depends on an edition:
//!   renderers ask [`Condition::admits`](crate::book::Condition::admits).
//!
//! Both renderers are plain walks over this value, so that every edition
//! carries the same numbers by construction.

mod model;

pub use model::{
    AnswerGroup, ContentsEntry, EntryGroup, FigureEntry, IndexEntry, IndexGroup,
    ReferenceEntry, Resolved, Section,
};
