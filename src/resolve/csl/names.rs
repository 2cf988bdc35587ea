//! Persons and bodies: what one `author` line really names.
//!
//! Authors write `中共中央 国务院`, `邓旭, 谢俊, 滕飞`, `蔡博峰等` or
//! `Friedlingstein, P. et al.` into one string. Hayagriva reads a comma as the
//! border between family and given name; here such strings become the names
//! that they mean.

use hayagriva::types::Person;

/// Chinese family names of two characters.
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐",
    "宇文", "长孙", "司徒", "夏侯", "轩辕", "端木", "百里", "南宫", "独孤", "呼延",
];

/// The persons and bodies that some names mean.
pub(super) fn expand(people: &[Person]) -> Vec<Person> {
    people.iter().flat_map(expand_one).collect()
}

/// Han characters, also beyond the basic plane.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn expand_one(person: &Person) -> Vec<Person> {
    if person.name.chars().any(is_han) {
        return chinese(person);
    }
    let mut person = person.clone();
    // “Our World in Data” is a body; hayagriva takes its first words for a
    // particle, as in “van Gogh”.
    if person.given_name.is_none()
        && let Some(prefix) = person.prefix.take()
    {
        person.name = format!("{} {}", prefix.trim(), person.name.trim());
    }
    let more = strip_et_al(&mut person);
    let mut people = vec![person];
    if more {
        people.push(body("et al."));
    }
    people
}

/// Takes `et al.` off the end of a name.
fn strip_et_al(person: &mut Person) -> bool {
    let text = person.given_name.as_mut().unwrap_or(&mut person.name);
    let trimmed = text.trim_end_matches('.').trim_end();
    let Some(rest) = trimmed.strip_suffix("et al") else { return false };
    *text = rest.trim_end().trim_end_matches(',').to_owned();
    true
}

fn chinese(person: &Person) -> Vec<Person> {
    let given = person.given_name.as_deref().unwrap_or_default();
    let suffix = person.suffix.as_deref().unwrap_or_default();
    // Hayagriva's own form: 张, 三.
    if suffix.is_empty() && !given.is_empty() && is_surname(&person.name) {
        return vec![body(&format!("{}{given}", person.name))];
    }
    let mut people = Vec::new();
    for part in [person.name.as_str(), suffix, given] {
        for name in split(part) {
            match name.strip_suffix('等').filter(|rest| rest.chars().count() > 1) {
                Some(rest) => people.extend([body(rest), body("等")]),
                None => people.push(body(name)),
            }
        }
    }
    people
}

fn is_surname(name: &str) -> bool {
    name.chars().count() == 1 || DOUBLE_SURNAMES.contains(&name)
}

/// Cuts at 、，； and at spaces and slashes between Han characters.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let between_han = is_han(before) && is_han(after);
        let cuts = matches!(c, '、' | '，' | '；' | ',' | ';')
            || matches!(c, ' ' | '/' | '\u{3000}') && between_han;
        if cuts {
            parts.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
        before = c;
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// A name that is printed as it stands.
fn body(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        given_name: None,
        prefix: None,
        suffix: None,
        comma_suffix: false,
        alias: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let parts = text.split(',').collect();
        let person = Person::from_strings(parts).expect("at most three parts");
        let show = |p: Person| match p.given_name {
            Some(given) => format!("{}|{given}", p.name),
            None => p.name,
        };
        expand(&[person]).into_iter().map(show).collect()
    }

    #[test]
    fn bodies_and_persons() {
        assert_eq!(names("中共中央 国务院"), ["中共中央", "国务院"]);
        assert_eq!(names("邓旭, 谢俊, 滕飞"), ["邓旭", "谢俊", "滕飞"]);
        assert_eq!(names("张, 三"), ["张三"]);
        assert_eq!(names("欧阳, 修"), ["欧阳修"]);
        assert_eq!(names("蔡博峰等"), ["蔡博峰", "等"]);
        assert_eq!(names("生态环境部等15部门"), ["生态环境部等15部门"]);
        assert_eq!(names("华龙网/中新网"), ["华龙网", "中新网"]);
        assert_eq!(names("Friedlingstein, P. et al."), ["Friedlingstein|P.", "et al."]);
        assert_eq!(names("Our World in Data"), ["Our World in Data"]);
        assert_eq!(names("WRI/WBCSD"), ["WRI/WBCSD"]);
    }
}
