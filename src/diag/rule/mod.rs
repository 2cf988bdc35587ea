//! Every diagnostic's code, severity and explanation, once.
//!
//! A file a stage. Codes are kebab-case and stable: authors look them up with
//! `kepu explain`, and each has its case under `tests/rules/<code>/`.

use super::Severity;

/// What a diagnostic stands for.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The stable name, in kebab-case.
    pub code: &'static str,
    /// The usual weight.
    pub severity: Severity,
    /// What is checked, in one Chinese line.
    pub summary: &'static str,
    /// Why it matters and how to satisfy it, in Chinese paragraphs.
    pub explanation: &'static str,
}

/// Declares a stage's rules as statics, and the list of them.
macro_rules! rules {
    ($($name:ident = $severity:ident $code:literal, $summary:literal, $explanation:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $summary)]
            pub static $name: $crate::diag::Rule = $crate::diag::Rule {
                code: $code,
                severity: $crate::diag::Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            };
        )*
        /// The rules of this stage.
        pub(super) static RULES: &[&$crate::diag::Rule] = &[$(&$name),*];
    };
}

pub mod chart;
pub mod epub;
pub mod figure;
pub mod imposition;
pub mod legibility;
pub mod lint;
pub mod manuscript;
pub mod machine;
pub mod pdf;
pub mod preflight;
pub mod press;
pub mod project;
pub mod proof;
pub mod resolve;
pub mod typeset;

/// Every rule, stage by stage.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        project::RULES,
        manuscript::RULES,
        chart::RULES,
        resolve::RULES,
        lint::RULES,
        figure::RULES,
        typeset::RULES,
        legibility::RULES,
        epub::RULES,
        proof::RULES,
        press::RULES,
        pdf::RULES,
        preflight::RULES,
        imposition::RULES,
        machine::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// Whether a rule is about the machine or the program, not about the book.
pub fn is_fault(rule: &Rule) -> bool {
    machine::RULES.iter().any(|fault| fault.code == rule.code)
}
