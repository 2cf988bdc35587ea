//! Rules of the `resolve` stage.

rules! {}
