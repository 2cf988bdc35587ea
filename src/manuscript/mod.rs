//! Markdown and TOML to the book's model; the only module that knows comrak.
