//! Rules of the `manuscript` stage.

rules! {}
