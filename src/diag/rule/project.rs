//! Rules of the `project` stage.

rules! {}
