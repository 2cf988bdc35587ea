//! Which numbers in a sentence claim something.
//!
//! A claim is a number that somebody may want to check: a quantity in Arabic
//! figures (`27.9吨`, `18.4亿千瓦`, `5项`), or a proportion in Chinese ones
//! (三分之二, 六成, 两倍). What only says *when* or *which one* is none:
//!
//! - a date: a year (1000–2999 before 年, or 1700–2100 before no unit), a month,
//!   a day, a time of day, a century or decade, and a range of them;
//! - an ordinal: 第37次, 第2章;
//! - a part of a name: inside 《》 or 〔〕, or joined to Latin letters
//!   (`HFC-134a`, `GB/T 24067—2024`, `R32`) or to a plus sign (“5+9”); a telephone
//!   number (打120);
//! - a proportion that names none: 百万分之几.

use std::ops::Range;

/// Units that count or measure, the longest first where one begins another.
const UNITS: &[&str] = &[
    "千瓦时",
    "平方千米",
    "平方米",
    "立方米",
    "个百分点",
    "百分点",
    "人次",
    "千克",
    "千瓦",
    "千伏",
    "千米",
    "分钟",
    "小时",
    "摄氏度",
    "Gt",
    "GW",
    "TWh",
    "ppm",
    "ppb",
    "吨",
    "克",
    "瓦",
    "伏",
    "米",
    "升",
    "元",
    "家",
    "座",
    "台",
    "辆",
    "户",
    "人",
    "种",
    "项",
    "条",
    "个",
    "倍",
    "成",
    "天",
    "年",
    "次",
    "级",
    "℃",
    "%",
    "‰",
];

/// Figures of Chinese proportions.
const HAN_DIGITS: &str = "一二两三四五六七八九十百千万零几";

/// Multipliers between a figure and its unit.
const MULTIPLIERS: &str = "十百千万亿余多几";

/// Where the claims stand in `text`: each from its figure to the end of its unit.
pub(super) fn claims(text: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut at, mut named) = (0, 0_usize);
    while at < text.len() {
        match text[at] {
            '《' | '〔' => named += 1,
            '》' | '〕' => named = named.saturating_sub(1),
            c if c.is_ascii_digit() => {
                let end = figure_end(text, at);
                if named == 0 && !is_name(text, at, end) && !is_time(text, at, end) {
                    found.push(at..unit_end(text, end));
                }
                at = end;
                continue;
            }
            c if named == 0 && HAN_DIGITS.contains(c) => {
                let end = proportion_end(text, at);
                if let Some(end) = end {
                    found.push(at..end);
                }
                at = end.unwrap_or(at + 1);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The end of the figure that starts at `at`: digits, decimals, a range.
fn figure_end(text: &[char], at: usize) -> usize {
    let digit = |i: usize| text.get(i).is_some_and(char::is_ascii_digit);
    let plain = |mut i: usize| {
        while digit(i) || (matches!(text.get(i), Some('.' | ',')) && digit(i + 1)) {
            i += 1;
        }
        i
    };
    let mut end = plain(at);
    loop {
        let mut next = end;
        let linked =
            matches!(text.get(next), Some('～' | '~' | '—' | '–' | '-' | '至' | '到'));
        next += usize::from(linked);
        next += usize::from(matches!(text.get(next), Some('−')));
        if !linked || !digit(next) {
            return end;
        }
        end = plain(next);
    }
}

/// Whether the figure is part of a name or counts a place in an order.
fn is_name(text: &[char], start: usize, end: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).and_then(|i| text.get(i)).copied();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let joined =
        matches!(before(1), Some(' ' | '-' | '—' | '/' | '.' | '–')) && latin(before(2));
    latin(before(1))
        || joined
        || matches!(before(1), Some('第' | '+' | '＋' | '〕' | '拨' | '打'))
        || matches!(text.get(end), Some('+'))
}

/// Whether the figure says when, not how much.
fn is_time(text: &[char], start: usize, end: usize) -> bool {
    let value: String = text[start..end].iter().collect();
    let whole = value
        .split(['～', '~', '—', '–', '-', '至', '到'])
        .map(|part| part.parse::<u32>().ok())
        .collect::<Option<Vec<_>>>();
    let Some(parts) = whole else { return false };
    let rest = |n: usize| text.get(end + n).copied();
    let within = |range: Range<u32>| parts.iter().all(|part| range.contains(part));
    match rest(0) {
        Some('年') => within(1000..3000) || rest(1) == Some('代'),
        Some('月') => within(1..13) && rest(1) != Some('租'),
        Some('日') => within(1..32),
        Some('点' | '时') => within(0..25),
        Some('分') => text[..start].last() == Some(&'点'),
        Some('世') => rest(1) == Some('纪'),
        Some(c) if MULTIPLIERS.contains(c) => false,
        _ => within(1700..2101) && unit_end(text, end) == end,
    }
}

/// Where the unit after a figure ends; the figure's own end if it has none.
fn unit_end(text: &[char], end: usize) -> usize {
    let mut at = end;
    at += usize::from(text.get(at) == Some(&' '));
    while text.get(at).is_some_and(|&c| MULTIPLIERS.contains(c)) && !starts_unit(text, at)
    {
        at += 1;
    }
    match unit_at(text, at) {
        Some(length) => at + length,
        None if text.get(at.wrapping_sub(1)) == Some(&' ') => end,
        None => at,
    }
}

/// Whether a unit begins with the multiplier at `at`: 千瓦时.
fn starts_unit(text: &[char], at: usize) -> bool {
    text.get(at) == Some(&'千') && unit_at(text, at).is_some()
}

/// The length of the unit that stands at `at`.
fn unit_at(text: &[char], at: usize) -> Option<usize> {
    let starts = |unit: &&&str| {
        unit.chars().enumerate().all(|(i, c)| text.get(at + i) == Some(&c))
    };
    UNITS.iter().find(starts).map(|unit| unit.chars().count())
}

/// Where a proportion in Chinese figures ends that starts at `at`.
fn proportion_end(text: &[char], at: usize) -> Option<usize> {
    let mut end = at;
    while text.get(end).is_some_and(|&c| HAN_DIGITS.contains(c)) {
        end += 1;
    }
    let following = |n: usize| text.get(end + n).copied();
    match following(0)? {
        '分' if following(1) == Some('之') => {
            let mut last = end + 2;
            while text.get(last).is_some_and(|&c| {
                HAN_DIGITS.contains(c) || c.is_ascii_digit() || c == '.'
            }) {
                last += 1;
            }
            let says = text[end + 2..last].iter().any(|&c| c != '几');
            says.then_some(last)
        }
        // 七成, but not 一成不变.
        '成' if !matches!(
            following(1),
            Some('为' | '了' | '不' | '功' | '立' | '本')
        ) =>
        {
            Some(end + 1)
        }
        '倍' => Some(end + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        claims(&chars)
            .into_iter()
            .map(|r| chars[r].iter().collect())
            .collect()
    }

    #[test]
    fn quantities_are_claims() {
        assert_eq!(found("漏1吨甲烷顶27.9吨"), ["1吨", "27.9吨"]);
        assert_eq!(found("装机18.4亿千瓦，占47%"), ["18.4亿千瓦", "47%"]);
        assert_eq!(found("发电42481亿千瓦时，一共26项任务"), ["42481亿千瓦时", "26项"]);
        assert_eq!(found("约2.3℃～2.5℃，5～7年平台期"), ["2.3℃", "2.5℃", "5～7年"]);
        assert_eq!(found("每天约250万人次，差0.1 Gt"), ["250万人次", "0.1 Gt"]);
        assert_eq!(found("百万分之423.9"), ["百万分之423.9"]);
    }

    #[test]
    fn proportions_in_chinese_figures_are_claims() {
        assert_eq!(
            found("约三分之二，少了七成，是它的两倍"),
            ["三分之二", "七成", "两倍"]
        );
        assert_eq!(found("一成不变，三个人"), Vec::<String>::new());
    }

    #[test]
    fn dates_orders_and_names_are_none() {
        for text in [
            "2030年前",
            "2015—2025年",
            "20世纪60年代",
            "8月18日8点30分",
            "第75届",
            "1850—1900年",
            "《2030年前碳达峰行动方案》",
            "国发〔2021〕23号",
            "HFC-134a",
            "GB/T 24067—2024",
            "“5+9”考核",
            "2024、2025年度",
            "国发〔2026〕22号",
            "马上打120",
            "百万分之几",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(found("国发〔2021〕23号和2100吨"), ["2100吨"]);
    }
}
