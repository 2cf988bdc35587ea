//! Colour: spaces, functions, and the inks that print them.

mod calculator;
mod function;
mod inks;
mod second;
mod space;
mod written;

pub(super) use function::{Function, bits_at};
pub(super) use inks::{Ink, Inks, Press, byte, indexed_values};
pub(super) use second::Second;
pub(super) use space::{Space, Spaces};
pub(super) use written::{Drawing, SECOND};
