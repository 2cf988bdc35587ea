//! Finding runs of English in Chinese text, so that voices can change.

/// A stretch of text in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'a> {
    /// The text.
    pub text: &'a str,
    /// True for English; otherwise the language of the book.
    pub english: bool,
}

/// Splits `text` at the borders of English passages.
///
/// A passage is at least two words, one of them in small letters: `carbon
/// sink` is English, `CO`, `IPCC` and `5 kWh` are read the same in both.
pub fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest.find(|c: char| c.is_whitespace() || !c.is_ascii());
            at += end.unwrap_or(rest.len());
            continue;
        }
        let length = passage(rest);
        if length > 0 {
            if plain < at {
                runs.push(Run { text: &text[plain..at], english: false });
            }
            runs.push(Run { text: &rest[..length], english: true });
            at += length;
            plain = at;
        } else {
            at += skip(rest);
        }
    }
    if plain < text.len() {
        runs.push(Run { text: &text[plain..], english: false });
    }
    runs
}

/// Bytes to the next place at which a passage might begin.
fn skip(text: &str) -> usize {
    let word = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let gap = text[word..].find(|c: char| c.is_ascii_alphabetic());
    gap.map_or(text.len(), |gap| (word + gap).max(1))
}

/// The length of the English passage at the start of `text`; 0 for none.
fn passage(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    let inside = |c: char| c.is_ascii_alphanumeric() || " -'’.,:&".contains(c);
    let end = text.find(|c: char| !inside(c)).unwrap_or(text.len());
    let passage = text[..end].trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = passage
        .split(|c: char| !c.is_ascii_alphabetic() && c != '\'' && c != '’')
        .filter(|word| word.len() > 1)
        .collect();
    let small = |word: &&str| {
        word.len() > 2 && word.chars().skip(1).all(|c| c.is_ascii_lowercase() || c == '’')
    };
    // `www.gov.cn` is an address.
    let spoken = passage.contains(' ') && words.len() > 1;
    if spoken && words.iter().any(small) { passage.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> Vec<&str> {
        runs(text)
            .iter()
            .filter(|run| run.english)
            .map(|run| run.text)
            .collect()
    }

    #[test]
    fn passages_are_found_and_abbreviations_are_not() {
        assert_eq!(english("碳汇（carbon sink）是"), ["carbon sink"]);
        assert_eq!(english("见 https://a.org/carbon-sink and more"), ["and more"]);
        assert_eq!(english("IPCC 说 CO2 有 420 ppm"), [""; 0]);
        assert_eq!(english("查 www.gov.cn。"), [""; 0]);
        assert_eq!(
            english("[1] IPCC. Climate change 2021: the basis[M]"),
            ["IPCC. Climate change 2021: the basis"]
        );
    }

    #[test]
    fn nothing_is_lost() {
        let text = "见 World Energy Outlook，第 3 章 a b";
        assert_eq!(runs(text).iter().map(|run| run.text).collect::<String>(), text);
    }
}
