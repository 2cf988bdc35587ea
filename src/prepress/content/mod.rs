//! Content streams: their words, and the colours in them.

mod lexer;
mod paint;
mod recolor;
mod state;

pub(super) use recolor::{Recolored, Scene, recolor};
pub(super) use state::{OVERPRINT_STATES, States};
