//! Colour: spaces, functions, and the inks that print them.

mod calculator;
mod function;
mod inks;
mod second;
mod space;

pub(super) use function::{Function, bits_at};
pub(super) use inks::{Drawing, Ink, Inks, Press, SECOND, byte, indexed_values};
pub(super) use second::Second;
pub(super) use space::{Space, Spaces};
