//! `Resolved` to PDF; the only module that knows typst.
