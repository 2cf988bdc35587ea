//! Parses, runs, reports, exits.

mod cli;

fn main() {}
