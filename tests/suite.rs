//! Everything that links the library, in one binary: each file here would
//! otherwise link typst once more.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may read the disk, start programs and panic"
)]

mod suite {
    pub(crate) mod harness;

    mod accessibility;
    mod bad_input;
    mod book;
    mod cli;
    mod conformance;
    mod cover;
    mod determinism;
    mod imposition;
    mod package;
    mod page_list;
    mod preflight;
    mod prepress;
    mod rules;
}
