//! What a copy editor would mark in a book that is otherwise sound.
//!
//! Lints read the resolved book and change nothing. One concern a file:
//! [`claims`] asks every number for its source; [`accessibility`] reads as
//! those do who do not see the page.
//!
//! `claims` does not run by itself: a book without references is a book too,
//! so the command line asks for it by name.

pub(crate) mod access;
mod claim;
mod number;
mod sentence;

pub use access::accessibility;
pub use claim::{Claim, Source, claims};
