//! Rendering diagnostics: for people, and as JSON lines for programs.
