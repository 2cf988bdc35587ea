//! The style sheet: `templates/epub.css`, filled in from the design tokens.

use std::collections::BTreeMap;

use super::fonts::Face;
use crate::diag::{Diagnostic, Sink, rule};
use crate::edition::{Design, Edition};

/// Everything in `theme.toml` and the edition's fonts, by dotted names. What
/// is embedded of a family comes before the family.
pub(super) fn tokens(
    theme: &str,
    edition: &Edition,
    faces: &[Face],
) -> BTreeMap<String, String> {
    let mut tokens = BTreeMap::new();
    // A theme that cannot be read has been reported by the stage that read it.
    if let Ok(table) = theme.parse::<toml::Table>() {
        flatten("", &toml::Value::Table(table), &mut tokens);
    }
    for (role, families) in edition.fonts.roles() {
        // Large print has one face for all: no brush strokes.
        let (role_shown, families) = match (edition.design, role) {
            (Design::LargePrint, "kai") => ("hei", edition.fonts.hei.as_slice()),
            _ => (role, families),
        };
        let generic = match role_shown {
            "hei" => "sans-serif",
            "mono" => "monospace",
            _ => "serif",
        };
        let names = families.iter().flat_map(|name| {
            let face = faces.iter().find(|face| face.family == *name);
            let alias = face.map(|face| face.alias.as_str());
            alias.into_iter().chain([name.as_str()])
        });
        let names = names.map(|name| format!("\"{}\"", name.replace('"', "")));
        let list: Vec<_> = names.chain([generic.to_owned()]).collect();
        tokens.insert(format!("font.{role}"), list.join(", "));
    }
    tokens
}

fn flatten(name: &str, value: &toml::Value, tokens: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let dot = if name.is_empty() { "" } else { "." };
                flatten(&format!("{name}{dot}{key}"), value, tokens);
            }
        }
        toml::Value::String(text) => {
            tokens.insert(name.to_owned(), text.clone());
        }
        toml::Value::Integer(number) => {
            tokens.insert(name.to_owned(), number.to_string());
        }
        toml::Value::Float(number) => {
            tokens.insert(name.to_owned(), number.to_string());
        }
        _ => {}
    }
}

/// Fills in the tokens and names the embedded fonts.
pub(super) fn fill(
    template: &str,
    tokens: &BTreeMap<String, String>,
    faces: &[Face],
    sink: &mut Sink,
) -> String {
    let mut out = "@charset \"UTF-8\";\n".to_owned();
    for face in faces {
        let rule = format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: normal; \
             src: url(../{}); }}\n",
            face.alias, face.weight, face.path
        );
        out.push_str(&rule);
    }
    let mut rest = template.trim_start_matches("@charset \"UTF-8\";\n");
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            rest = after;
            break;
        };
        match tokens.get(name.trim()) {
            Some(value) => out.push_str(value),
            None => sink.report(unknown(name.trim(), tokens)),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn unknown(name: &str, tokens: &BTreeMap<String, String>) -> Diagnostic {
    let message = format!("templates/epub.css 用了主题里没有的记号“{name}”");
    let found = Diagnostic::global(&rule::epub::UNKNOWN_STYLE_TOKEN, message);
    let near = tokens
        .keys()
        .map(|known| (strsim::normalized_levenshtein(known, name), known))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, known)) => {
            found.hint(format!("改成“{known}”，或在 templates/theme.toml 中添加它"))
        }
        None => found.hint("在 templates/theme.toml 中添加它"),
    }
}
