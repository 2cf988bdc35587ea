//! The pinyin initial of a word whose pinyin nobody gave.

use std::cmp::Ordering;

/// The first common character of every initial in pinyin order.
const FIRST: &[(&str, char)] = &[
    ("阿", 'A'),
    ("八", 'B'),
    ("嚓", 'C'),
    ("咑", 'D'),
    ("妸", 'E'),
    ("发", 'F'),
    ("旮", 'G'),
    ("哈", 'H'),
    ("丌", 'J'),
    ("咔", 'K'),
    ("垃", 'L'),
    ("妈", 'M'),
    ("拏", 'N'),
    ("噢", 'O'),
    ("妑", 'P'),
    ("七", 'Q'),
    ("呥", 'R'),
    ("仨", 'S'),
    ("他", 'T'),
    ("屲", 'W'),
    ("夕", 'X'),
    ("丫", 'Y'),
    ("帀", 'Z'),
];

/// The initial of a word's first character, by comparing it with the first
/// character of every letter.
pub(super) fn initial(
    word: &str,
    compare: impl Fn(&str, &str) -> Ordering,
) -> Option<char> {
    let first = word
        .chars()
        .next()
        .filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c))?;
    let first = first.to_string();
    FIRST
        .iter()
        .take_while(|(border, _)| compare(border, &first).is_le())
        .last()
        .map(|(_, letter)| *letter)
}
