//! Rules of the `typeset` stage.

rules! {}
