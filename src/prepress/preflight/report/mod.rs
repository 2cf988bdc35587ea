//! The result for programs (JSON) and for people (one page of HTML).

mod html;
mod json;
mod picture;

pub use html::html;
pub use json::json;

/// What stands at the head of a report.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Its SHA-256, in hexadecimal.
    pub sha256: &'a str,
    /// The profile's name.
    pub profile: &'a str,
    /// What the profile is for.
    pub title: &'a str,
    /// The program's version.
    pub version: &'a str,
}
