//! Colour: spaces, functions, and the inks that print them.

mod calculator;
mod function;
mod inks;
mod space;

pub(super) use function::{Function, bits_at};
pub(super) use inks::{Drawing, Ink, Inks, byte, indexed_values};
pub(super) use space::{Space, Spaces};
