//! Rules of the `epub` stage.

rules! {}
