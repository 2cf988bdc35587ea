//! Pinyin order: the letters and the order of glossary and index.
//!
//! The given pinyin decides, for only the author knows how a polyphone is read:
//! first the syllables without tones, one by one, then the tones, then the
//! characters in the pinyin collation of ICU4X. Words that begin with a Latin
//! letter stand under it; digits and signs stand under `#`, behind `Z`.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;

use super::initial::initial;

/// A word with what decides its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SortKey {
    /// `A` … `Z`, `#`.
    pub(super) letter: char,
    /// Syllables without tones; a word without pinyin has none and goes last.
    syllables: Vec<String>,
    tones: Vec<u8>,
    term: String,
}

/// The collator for the last decision, made once.
pub(super) struct Order {
    collator: Option<CollatorBorrowed<'static>>,
}

impl Order {
    /// The order of zh: pinyin.
    pub(super) fn new() -> Self {
        let collator =
            Collator::try_new(locale!("zh").into(), CollatorOptions::default());
        Self { collator: collator.ok() }
    }

    /// The key of a term with its pinyin, which may be empty.
    pub(super) fn key(&self, term: &str, pinyin: &str) -> SortKey {
        let mut syllables = Vec::new();
        let mut tones = Vec::new();
        for syllable in pinyin.split([' ', '\'', '’', '-', '·']) {
            let (letters, tone) = plain_syllable(syllable);
            if !letters.is_empty() {
                syllables.push(letters);
                tones.push(tone);
            }
        }
        let letter = self.letter(term, &syllables);
        SortKey { letter, syllables, tones, term: term.to_owned() }
    }

    /// Orders two keys.
    pub(super) fn compare(&self, a: &SortKey, b: &SortKey) -> Ordering {
        let last = |letter: char| (letter == '#', letter);
        last(a.letter)
            .cmp(&last(b.letter))
            .then_with(|| a.syllables.is_empty().cmp(&b.syllables.is_empty()))
            .then_with(|| a.syllables.cmp(&b.syllables))
            .then_with(|| a.tones.cmp(&b.tones))
            .then_with(|| self.words(&a.term, &b.term))
    }

    fn words(&self, a: &str, b: &str) -> Ordering {
        let collated = self.collator.as_ref().map(|collator| collator.compare(a, b));
        collated.unwrap_or(Ordering::Equal).then_with(|| a.cmp(b))
    }

    fn letter(&self, term: &str, syllables: &[String]) -> char {
        let first = term.chars().next().unwrap_or('#');
        if first.is_ascii_alphabetic() {
            return first.to_ascii_uppercase();
        }
        if first.is_ascii_digit() {
            return '#';
        }
        let given = syllables.first().and_then(|syllable| syllable.chars().next());
        let letter = given.or_else(|| initial(term, |a, b| self.words(a, b)));
        letter
            .filter(char::is_ascii_alphabetic)
            .map_or('#', |c| c.to_ascii_uppercase())
    }
}

/// `tàn` as (`tan`, 4); `lǜ` as (`luz`, 4), so that ü stands behind u.
fn plain_syllable(syllable: &str) -> (String, u8) {
    let mut letters = String::new();
    let mut tone = 5;
    for c in syllable.nfd() {
        match c {
            '\u{304}' => tone = 1,
            '\u{301}' => tone = 2,
            '\u{30C}' | '\u{306}' => tone = 3,
            '\u{300}' => tone = 4,
            '\u{308}' => letters.push('z'),
            'v' | 'V' => letters.push_str("uz"),
            c if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    (letters, tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(words: &[(&str, &str)]) -> Vec<String> {
        let order = Order::new();
        let mut keys: Vec<SortKey> =
            words.iter().map(|(term, pinyin)| order.key(term, pinyin)).collect();
        keys.sort_by(|a, b| order.compare(a, b));
        keys.into_iter()
            .map(|key| format!("{}{}", key.letter, key.term))
            .collect()
    }

    #[test]
    fn syllables_before_tones_before_characters() {
        assert_eq!(
            sorted(&[
                ("碳中和", "tàn zhōng hé"),
                ("碳汇", "tàn huì"),
                ("炭", "tàn"),
                ("滩", "tān"),
                ("碳", "tàn"),
                ("弹性", "tán xìng"),
            ]),
            ["T滩", "T炭", "T碳", "T碳汇", "T弹性", "T碳中和"]
        );
    }

    #[test]
    fn polyphones_follow_their_pinyin() {
        assert_eq!(
            sorted(&[
                ("重庆", "chóng qìng"),
                ("重量", "zhòng liàng"),
                ("长江", "cháng jiāng")
            ]),
            ["C长江", "C重庆", "Z重量"]
        );
    }

    #[test]
    fn letters_digits_and_words_without_pinyin() {
        assert_eq!(
            sorted(&[
                ("1.5℃温控目标", "yī diǎn wǔ"),
                ("CCUS", ""),
                ("测量", "cè liàng"),
                ("绿电", "lǜ diàn"),
                ("路", "lù"),
                ("反照率", ""),
            ]),
            ["C测量", "CCCUS", "F反照率", "L路", "L绿电", "#1.5℃温控目标"]
        );
    }
}
