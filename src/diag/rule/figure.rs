//! Rules of the `figure` stage.

rules! {}
