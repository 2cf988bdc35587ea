//! LaTeX formulas to Typst mathematics.
//!
//! mitex translates; the names it uses are in `templates/math.typ`. What it
//! would let through (open braces, raw Typst, colours) is an error here, so
//! that no TeX ever reaches a page.

use crate::diag::rule::typeset as rule;
use crate::diag::{Diagnostic, Sink, Sources, Span};

/// Commands that mitex would pass through in ways a book cannot use.
const REFUSED: &[(&str, &str)] = &[
    ("\\iftypst", "公式里不能写 Typst 代码"),
    ("\\includegraphics", "公式里不能放图片"),
    ("\\color", "公式不单独着色，颜色由模板决定"),
    ("\\textcolor", "公式不单独着色，颜色由模板决定"),
    ("\\colorbox", "公式不单独着色，颜色由模板决定"),
    ("\\tag", "编号由程序给出，用 {#eq:名字} 标识公式"),
    ("\\label", "编号由程序给出，用 {#eq:名字} 标识公式"),
    ("\\hspace", "用 \\, \\; \\quad 留空"),
    ("\\vspace", "用 \\\\ 换行"),
    ("\\eqref", "在公式外用 @eq:名字 引用公式"),
    ("\\ref", "在公式外用 @eq:名字 引用公式"),
];

/// Names of mitex that Typst no longer has, and what they stood for.
const RENAMED: &[(&str, &str)] = &[
    ("angle.l", "⟨"),
    ("angle.r", "⟩"),
    ("arrow.l.dash", "⇠"),
    ("arrow.r.dash", "⇢"),
    ("ast.circle", "⊛"),
    ("bracket.l.double", "⟦"),
    ("bracket.r.double", "⟧"),
    ("circle.nested", "⊚"),
    ("dash.circle", "⊝"),
    ("diff", "∂"),
    ("dot.circle", "⊙"),
    ("dot.circle.big", "⨀"),
    ("minus.circle", "⊖"),
    ("ohm.inv", "℧"),
    ("planck.reduce", "ℏ"),
    ("plus.circle", "⊕"),
    ("plus.circle.big", "⨁"),
    ("sect", "∩"),
    ("sect.big", "⋂"),
    ("sect.double", "⋒"),
    ("sect.sq", "⊓"),
    ("thickapprox", "≈"),
    ("thicksim", "∼"),
    ("times.circle", "⊗"),
    ("times.circle.big", "⨂"),
    ("varDelta", "Delta"),
    ("varGamma", "Gamma"),
    ("varLambda", "Lambda"),
    ("varOmega", "Omega"),
    ("varPhi", "Phi"),
    ("varPi", "Pi"),
    ("varPsi", "Psi"),
    ("varSigma", "Sigma"),
    ("varTheta", "Theta"),
    ("varUpsilon", "Upsilon"),
    ("varXi", "Xi"),
];

/// What is wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    /// What, in Chinese.
    message: String,
    /// What to do about it.
    hint: Option<String>,
    /// Where, in the TeX source.
    at: std::ops::Range<usize>,
}

impl Fault {
    fn new(message: impl Into<String>, hint: &str, at: std::ops::Range<usize>) -> Self {
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        Self { message: message.into(), hint, at }
    }

    /// The fault's place in the manuscript: `span` is the formula's, `text` is
    /// what stands there.
    fn place(&self, text: &str, tex: &str, span: Span) -> Span {
        match text.find(tex) {
            Some(start) => span.within(start + self.at.start..start + self.at.end),
            None => span,
        }
    }
}

/// The Typst source of a formula that stands at `span`, without its dollar
/// signs; a fault is reported at its place.
pub(super) fn read(
    tex: &str,
    span: Span,
    sources: &Sources,
    sink: &mut Sink,
) -> Option<String> {
    match to_typst(tex) {
        Ok(code) => Some(code),
        Err(fault) => {
            let place = fault.place(sources.text(span), tex, span);
            let mut found = Diagnostic::new(&rule::FORMULA_SYNTAX, place, fault.message);
            found.hints.extend(fault.hint);
            sink.report(found);
            None
        }
    }
}

/// The Typst source of a formula.
fn to_typst(tex: &str) -> Result<String, Fault> {
    let trimmed = tex.trim();
    if trimmed.is_empty() {
        return Err(Fault::new("公式是空的", "写出公式，或删去它", 0..tex.len()));
    }
    check_braces(tex)?;
    for (at, name) in commands(tex) {
        if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            let message = format!("公式里不能用 {name}");
            return Err(Fault::new(message, why, at..at + name.len()));
        }
    }
    match mitex::convert_math(trimmed, None) {
        Ok(code) => {
            let code = joined_digits(&renamed(code.trim()));
            // LaTeX writes degrees as a raised circle.
            Ok(code.replace("^(compose )", "degree "))
        }
        Err(error) => Err(translated(tex, &error)),
    }
}

/// mitex's message in Chinese, at its place.
fn translated(tex: &str, error: &str) -> Fault {
    let unknown = error.split_once("unknown command: ").map(|(_, name)| name.trim());
    let environment = error.split_once("unknown environment: ").map(|(_, name)| name);
    if let Some(name) = unknown {
        let found = commands(tex).into_iter().find(|(_, other)| *other == name);
        let at = found.map_or(0..tex.len(), |(at, name)| at..at + name.len());
        return Fault::new(
            format!("公式里有不认识的命令 {name}"),
            "检查拼写；下标、正体和单位可写成 \\mathrm{…}、\\text{…}",
            at,
        );
    }
    if let Some(name) = environment {
        let name = name.trim().trim_start_matches('\\');
        let at = tex.find(name).map_or(0..tex.len(), |at| at..at + name.len());
        let hint = "用 aligned、cases、pmatrix、bmatrix 等环境";
        return Fault::new(format!("公式里有不认识的环境 {name}"), hint, at);
    }
    Fault::new("公式读不懂", "检查括号和命令是否完整", 0..tex.len())
}

/// The commands of a formula: place and name with its backslash.
fn commands(tex: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = tex[at..].find('\\') {
        let start = at + next;
        let name = tex[start + 1..]
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(tex.len() - start - 1);
        let escaped = tex[start + 1..].chars().next().map_or(0, char::len_utf8);
        let end = start + 1 + if name == 0 { escaped } else { name };
        found.push((start, &tex[start..end]));
        at = end;
    }
    found
}

/// Every brace has its partner.
fn check_braces(tex: &str) -> Result<(), Fault> {
    let mut open = Vec::new();
    let mut escaped = false;
    for (at, c) in tex.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => open.push(at),
            '}' if open.pop().is_none() => {
                return Err(Fault::new("多了一个 }", "删去它，或补上 {", at..at + 1));
            }
            _ => {}
        }
    }
    match open.pop() {
        Some(at) => Err(Fault::new("{ 没有配对", "补上 }", at..at + 1)),
        None if escaped => {
            let at = tex.len() - 1;
            Err(Fault::new("公式以 \\ 结尾", "删去它，或写全命令", at..at + 1))
        }
        None => Ok(()),
    }
}

/// The names that Typst has, outside of text.
fn renamed(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    let mut text_depth = 0_usize;
    let is_name = |c: char| c.is_ascii_alphabetic() || c == '.';
    while let Some(c) = rest.chars().next() {
        if text_depth == 0 && c.is_ascii_alphabetic() {
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let name = &rest[..end];
            let found = RENAMED.iter().find(|(old, _)| *old == name);
            out.push_str(found.map_or(name, |(_, new)| new));
            rest = &rest[end..];
            continue;
        }
        let mut length = c.len_utf8();
        match c {
            // An escaped character stays with its backslash.
            '\\' => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => text_depth += 1,
            ']' => text_depth = text_depth.saturating_sub(1),
            _ => {}
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// Digits that mitex set apart, as one number: `5 . 3 5` to `5.35`.
fn joined_digits(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    let mut out = String::with_capacity(code.len());
    let mut at = 0;
    let mut text_depth = 0_usize;
    while at < chars.len() {
        let c = chars[at];
        match c {
            '\\' => {
                out.push(c);
                out.extend(chars.get(at + 1));
                at += 2;
                continue;
            }
            '[' => text_depth += 1,
            ']' => text_depth = text_depth.saturating_sub(1),
            _ => {}
        }
        out.push(c);
        at += 1;
        if text_depth > 0 || !c.is_ascii_digit() {
            continue;
        }
        if is(at, ' ') && digit(at + 1) {
            at += 1;
        } else if is(at, ' ') && is(at + 1, '.') && is(at + 2, ' ') && digit(at + 3) {
            out.push('.');
            at += 3;
        }
    }
    grouped(&out)
}

/// `1 \,000` is one number, `1,000`: a comma in front of three digits.
fn grouped(code: &str) -> String {
    let mut parts = code.split(" \\,");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        if digits == 3 && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push_str("\\u{2c}");
        } else {
            out.push_str(" \\,");
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceId;

    #[test]
    fn numbers_stay_whole() {
        let code = to_typst("5.35 \\ln x_{12.5}").unwrap();
        assert!(code.starts_with("5.35 "), "{code}");
        assert!(code.contains("(12.5 )"), "{code}");
        let text = to_typst("\\text{第 5 5 页}").unwrap();
        assert!(text.contains("第 5 5 页"), "{text}");
    }

    #[test]
    fn names_that_typst_lost_are_replaced_outside_of_text() {
        assert_eq!(to_typst("a \\cap b").unwrap(), "a  ∩  b");
        assert_eq!(to_typst("\\text{diff}").unwrap(), "#textmath[diff];");
        assert!(to_typst("20^\\circ").unwrap().contains("degree"));
    }

    #[test]
    fn faults_stand_at_their_place() {
        let source = "$a + \\nosuch{x}$";
        let tex = "a + \\nosuch{x}";
        let fault = to_typst(tex).unwrap_err();
        let span = Span::new(SourceId(0), 10..10 + source.len());
        let place = fault.place(source, tex, span);
        assert_eq!(
            &source[place.start as usize - 10..place.end as usize - 10],
            "\\nosuch"
        );
        assert!(fault.message.contains("\\nosuch"), "{}", fault.message);
    }

    #[test]
    fn what_mitex_lets_through_is_refused() {
        for tex in ["", "\\frac{1}{", "a}", "\\color{red} x", "\\tag{1}", "x\\"] {
            assert!(to_typst(tex).is_err(), "{tex}");
        }
        assert!(to_typst("\\{ x \\}").is_ok());
    }
}
