//! What a copy editor would mark in a book that is otherwise sound.
//!
//! Lints read the resolved book and change nothing. One concern a file:
//! [`claims`] asks every number for its source.
//!
//! Nothing here runs by itself: a book without references is a book too, so
//! the command line asks for a lint by name.

mod claim;
mod number;
mod sentence;

pub use claim::{Claim, Source, claims};
