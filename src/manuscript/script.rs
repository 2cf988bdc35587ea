//! Sub- and superscripts, whichever way they are typed.

use super::token::{Token, is_han, starts_with};

/// Which way a script goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// Below the line.
    Down,
    /// Above the line.
    Up,
}

/// The longest script between `~` or `^`, in characters.
const LONGEST: usize = 24;

/// Superscript characters and the plain ones they stand for.
const UP: &[(char, char)] = &[
    ('⁰', '0'),
    ('¹', '1'),
    ('²', '2'),
    ('³', '3'),
    ('⁴', '4'),
    ('⁵', '5'),
    ('⁶', '6'),
    ('⁷', '7'),
    ('⁸', '8'),
    ('⁹', '9'),
    ('⁺', '+'),
    ('⁻', '\u{2212}'),
    ('⁼', '='),
    ('⁽', '('),
    ('⁾', ')'),
    ('ⁿ', 'n'),
    ('ⁱ', 'i'),
];

/// Subscript characters and the plain ones they stand for.
const DOWN: &[(char, char)] = &[
    ('₀', '0'),
    ('₁', '1'),
    ('₂', '2'),
    ('₃', '3'),
    ('₄', '4'),
    ('₅', '5'),
    ('₆', '6'),
    ('₇', '7'),
    ('₈', '8'),
    ('₉', '9'),
    ('₊', '+'),
    ('₋', '\u{2212}'),
    ('₌', '='),
    ('₍', '('),
    ('₎', ')'),
    ('ₐ', 'a'),
    ('ₑ', 'e'),
    ('ₒ', 'o'),
    ('ₓ', 'x'),
    ('ₙ', 'n'),
    ('ᵢ', 'i'),
    ('ⱼ', 'j'),
];

/// The plain form of a typed sub- or superscript character.
pub(super) fn plain(c: char) -> Option<(Shift, char)> {
    let find = |table: &[(char, char)]| {
        table.iter().find(|(typed, _)| *typed == c).map(|(_, plain)| *plain)
    };
    if c.is_ascii() {
        return None;
    }
    find(UP)
        .map(|plain| (Shift::Up, plain))
        .or_else(|| find(DOWN).map(|plain| (Shift::Down, plain)))
}

/// The script that starts at `tokens[0]`, which is `~` or `^`: which way, and
/// how many tokens stand between the marks.
///
/// A `~` between numbers is a range (`10~20`), not a subscript.
pub(super) fn delimited(
    before: Option<char>,
    tokens: &[Token],
) -> Option<(Shift, usize)> {
    let mark = tokens.first()?.markup()?;
    let shift = match mark {
        '~' => Shift::Down,
        '^' => Shift::Up,
        _ => return None,
    };
    let inside = &tokens[1..];
    let length =
        (0..inside.len().min(LONGEST)).find(|at| inside[*at].markup() == Some(mark))?;
    let inside = &inside[..length];
    if length == 0 || starts_with(&tokens[length + 2..], &mark.to_string()) {
        return None;
    }
    let chars: Option<Vec<char>> = inside.iter().map(Token::char).collect();
    let chars = chars?;
    let first = *chars.first()?;
    let fits = |c: &char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '+' | '-' | '\u{2212}' | '=' | '(' | ')' | ',' | '.' | '/' | '*'
            )
    };
    if !chars.iter().all(fits) {
        return None;
    }
    let is_range = shift == Shift::Down
        && before.is_some_and(|c| c.is_ascii_digit())
        && first.is_ascii_digit();
    let has_han = chars.iter().copied().any(is_han);
    let after_han = before.is_none_or(is_han);
    (!is_range && (!has_han || !after_han)).then_some((shift, length))
}
