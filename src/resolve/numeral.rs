//! Chinese numerals and letters for chapters, parts and appendices.

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// `1` as `一`, `12` as `十二`, `105` as `一百零五`.
pub(super) fn chinese(number: usize) -> String {
    match number {
        0..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", unit(number % 10)),
        20..=99 => format!("{}十{}", DIGITS[number / 10], unit(number % 10)),
        100..=999 => {
            let rest = number % 100;
            let tail = match rest {
                0 => String::new(),
                1..=9 => format!("零{}", DIGITS[rest]),
                10..=19 => format!("一{}", chinese(rest)),
                _ => chinese(rest),
            };
            format!("{}百{tail}", DIGITS[number / 100])
        }
        _ => number.to_string(),
    }
}

fn unit(digit: usize) -> &'static str {
    if digit == 0 { "" } else { DIGITS[digit] }
}

/// `1` as `A`, `26` as `Z`, `27` as `AA`.
pub(super) fn letters(mut number: usize) -> String {
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        let offset = u8::try_from(number % 26).unwrap_or_default();
        out.push(char::from(b'A' + offset));
        number /= 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_read_as_people_say_them() {
        let expected = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (21, "二十一"),
            (99, "九十九"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (115, "一百一十五"),
            (120, "一百二十"),
        ];
        for (number, text) in expected {
            assert_eq!(chinese(number), text);
        }
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letters(1), "A");
        assert_eq!(letters(26), "Z");
        assert_eq!(letters(27), "AA");
    }
}
