//! Pictures fit for an edition.
