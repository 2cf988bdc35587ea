//! Just enough of CSS: rules with their selectors, declarations and media.

use std::ops::Range;

/// A rule of a style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule<'a> {
    /// Its selectors, one by one.
    pub(super) selectors: Vec<&'a str>,
    /// Its declarations: property, value, and the bytes of both.
    pub(super) declarations: Vec<(&'a str, &'a str, Range<usize>)>,
    /// Whether it stands inside `prefers-color-scheme: dark`.
    pub(super) dark: bool,
}

/// How deep at-rules may nest before the rest is skipped.
const DEEPEST: usize = 16;

/// The rules of a style sheet, those inside at-rules among them.
pub(super) fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut reader = Reader { text, at: 0, rules: Vec::new() };
    reader.block(false, 0);
    reader.rules
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    rules: Vec<Rule<'a>>,
}

impl<'a> Reader<'a> {
    /// Reads rules up to the `}` that closes this block.
    fn block(&mut self, dark: bool, depth: usize) {
        while let Some((prelude, opened)) = self.prelude() {
            if !opened {
                if prelude == "}" {
                    return;
                }
                continue;
            }
            if let Some(name) = prelude.strip_prefix('@') {
                let nests = ["media", "supports", "container", "layer"]
                    .iter()
                    .any(|kind| name.starts_with(kind));
                if nests && depth < DEEPEST {
                    let dark = dark
                        || prelude.contains("prefers-color-scheme: dark")
                        || prelude.contains("prefers-color-scheme:dark");
                    self.block(dark, depth + 1);
                } else {
                    self.skip();
                }
                continue;
            }
            let selectors = prelude.split(',').map(str::trim).collect();
            let declarations = self.declarations();
            self.rules.push(Rule { selectors, declarations, dark });
        }
    }

    /// What stands before the next `{` (true), `;` or `}` (false).
    fn prelude(&mut self) -> Option<(&'a str, bool)> {
        self.space();
        let rest = &self.text[self.at..];
        let end = rest.find(['{', ';', '}'])?;
        let start = self.at;
        self.at += end + 1;
        let found = self.text[start..start + end].trim();
        match &rest[end..=end] {
            "{" => Some((found, true)),
            "}" => Some(("}", false)),
            _ => Some((found, false)),
        }
    }

    fn declarations(&mut self) -> Vec<(&'a str, &'a str, Range<usize>)> {
        let mut all = Vec::new();
        loop {
            self.space();
            let rest = &self.text[self.at..];
            let Some(end) = rest.find([';', '}']) else {
                self.at = self.text.len();
                return all;
            };
            let (start, closed) = (self.at, rest[end..].starts_with('}'));
            let piece = &self.text[start..start + end];
            if let Some((property, value)) = piece.split_once(':') {
                let length = piece.trim_end().len();
                all.push((property.trim(), value.trim(), start..start + length));
            }
            self.at += end + 1;
            if closed {
                return all;
            }
        }
    }

    /// Skips a block with everything in it.
    fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            let Some(at) = self.text[self.at..].find(['{', '}']) else {
                self.at = self.text.len();
                return;
            };
            depth = if self.text[self.at + at..].starts_with('{') {
                depth + 1
            } else {
                depth - 1
            };
            self.at += at + 1;
        }
    }

    /// Skips white space and comments.
    fn space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if !self.text[self.at..].starts_with("/*") {
                return;
            }
            let end = self.text[self.at..].find("*/");
            self.at = end.map_or(self.text.len(), |end| self.at + end + 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_inside_media() {
        let text = "@charset \"UTF-8\"; /* a { b: c } */ a, b > c { color: red; x: y }\n\
                    @media (prefers-color-scheme: dark) { d { color: #fff } }\n\
                    @font-face { src: url(x) } e { f: g";
        let found = rules(text);
        let names: Vec<_> =
            found.iter().map(|r| (r.selectors.join("|"), r.dark)).collect();
        assert_eq!(
            names,
            [("a|b > c".into(), false), ("d".into(), true), ("e".into(), false)]
        );
        let (property, value, range) = &found[0].declarations[0];
        assert_eq!(
            (*property, *value, &text[range.clone()]),
            ("color", "red", "color: red")
        );
    }

    #[test]
    fn broken_sheets_end() {
        for text in ["{", "}", "@media {", "a{{{", "/*", "a:b", "@x;}}a{b:c;;}"] {
            rules(text);
        }
    }
}
