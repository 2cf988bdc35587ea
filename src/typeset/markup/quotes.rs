//! Curly quotation marks that belong to a Latin run.
//!
//! “ ” ‘ ’ have one code point for Chinese and for Latin text, and Chinese
//! faces draw them one em wide. Inside a Latin run they come from the Latin
//! face instead; which run they are in, their neighbours say.

/// The byte indices of the marks in `text` that are Latin; `before` is the
/// character in front of the text.
pub(super) fn latin(text: &str, before: Option<char>) -> Vec<usize> {
    if !text.contains(['“', '”', '‘', '’']) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for (open, close) in [('“', '”'), ('‘', '’')] {
        pairs(&chars, before, (open, close), &mut found);
    }
    apostrophes(&chars, before, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Pairs around Latin words among Latin words.
fn pairs(
    chars: &[(usize, char)],
    before: Option<char>,
    (open, close): (char, char),
    found: &mut Vec<usize>,
) {
    for (i, &(start, c)) in chars.iter().enumerate() {
        if c != open {
            continue;
        }
        let Some(length) = chars[i + 1..].iter().position(|&(_, c)| c == close) else {
            continue;
        };
        let j = i + 1 + length;
        let inside = &chars[i + 1..j];
        let is_latin_inside = inside.iter().any(|&(_, c)| is_letter(c))
            && inside.iter().all(|&(_, c)| !is_wide(c));
        let left = chars[..i]
            .iter()
            .rev()
            .map(|x| x.1)
            .chain(before)
            .find(|&c| not_blank(c));
        let right = chars[j + 1..].iter().map(|x| x.1).find(|&c| not_blank(c));
        let outside = [left, right];
        let is_latin_outside = outside.iter().flatten().any(|&c| is_letter(c))
            && !outside.iter().flatten().any(|&c| is_wide(c));
        if is_latin_inside && is_latin_outside {
            found.push(start);
            found.push(chars[j].0);
        }
    }
}

/// Apostrophes: T’Pol, farmers’ market.
fn apostrophes(chars: &[(usize, char)], before: Option<char>, found: &mut Vec<usize>) {
    for (i, &(start, c)) in chars.iter().enumerate() {
        if c != '’' {
            continue;
        }
        let left = if i == 0 { before } else { Some(chars[i - 1].1) };
        let right = chars.get(i + 1).map(|x| x.1);
        let after = chars[i + 1..].iter().map(|x| x.1).find(|&c| not_blank(c));
        let goes_on = right.is_some_and(is_letter)
            || right == Some(' ') && after.is_some_and(is_letter);
        let opened = chars[..i].iter().rev().find(|x| matches!(x.1, '‘' | '’'));
        let closes = opened.is_some_and(|x| x.1 == '‘');
        if left.is_some_and(is_letter) && goes_on && (!closes || right != Some(' ')) {
            found.push(start);
        }
    }
}

fn not_blank(c: char) -> bool {
    !c.is_whitespace()
}

/// A letter or digit of a Latin run.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{0250}'
}

/// A Han character or a full-width mark.
fn is_wide(c: char) -> bool {
    super::is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::latin;

    /// The text with Latin marks straightened.
    fn straightened(text: &str) -> String {
        let found = latin(text, None);
        let straight = |(at, c)| if found.contains(&at) { '"' } else { c };
        text.char_indices().map(straight).collect()
    }

    #[test]
    fn neighbours_decide() {
        for (text, expected) in [
            ("T’Pol 说", "T\"Pol 说"),
            ("他说“net zero”一词", "他说“net zero”一词"),
            ("He said “yes” twice", "He said \"yes\" twice"),
            ("farmers’ market", "farmers\" market"),
            ("‘净零’的 He’s", "‘净零’的 He\"s"),
            ("“碳”", "“碳”"),
        ] {
            assert_eq!(straightened(text), expected);
        }
    }
}
