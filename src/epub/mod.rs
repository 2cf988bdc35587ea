//! `Resolved` to EPUB 3.3.
