//! The EPUB's page breaks against the pages of the print PDF: all of them.
//!
//! Nothing here knows the program's own page map. A page of the PDF is its
//! lines of text inside the type area; a page of the EPUB is the text after its
//! break. Both must begin alike. What floats to the head of a printed page
//! (pictures, short tables, boxes) stands elsewhere in the EPUB: it is skipped,
//! but no line of running text may be skipped with it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::harness::{REAL_BOOK, ROOT, Run, real_book};

/// How many letters of a page's beginning are compared.
const BEGINNING: usize = 14;

/// Elements whose words are not in print, or not at the same place.
const NOT_IN_PRINT: &[&str] = &["head", "svg", "summary", "rt"];
const NOT_IN_PRINT_BY_CLASS: &[&str] =
    &["notes", "to-answer", "uses", "callout-kind", "description"];

/// The kinds of box, as the templates and the EPUB name them: each in its own
/// way, so they are left out of both.
const LABELS: &[&str] = &[
    "传言",
    "真相",
    "要点",
    "案例",
    "数据",
    "政策",
    "辟谣",
    "动手做",
    "想一想",
    "提示",
    "注意",
    "碳达峰碳中和知多少",
];

/// Boxes that the templates let float.
const FLOATING: &[&str] =
    &["key-points", "case", "data", "tip", "warning", "policy", "activity", "think"];

/// The EPUB as one string of letters, in reading order.
#[derive(Default)]
struct Text {
    letters: Vec<char>,
    /// Whether each letter stands in something that may float.
    floats: Vec<bool>,
    /// Where each break stands.
    breaks: BTreeMap<String, usize>,
    /// The stretches that may float.
    floating: Vec<(usize, usize)>,
    /// The stretches of references.
    references: Vec<(usize, usize)>,
    /// What pictures show, as their descriptions and data tell it.
    pictured: String,
    /// Where each file begins.
    files: Vec<(usize, String)>,
}

#[test]
fn each_print_page_begins_where_the_epub_says() {
    let print = print_pages();
    let folios = folios();
    // Blank pages that fill the last leaf have no number.
    let (print, filling) = print.split_at(folios.len());
    assert!(filling.iter().all(|page| page.0[0].is_empty()));
    let text = Text::read();
    let mut wrong = Vec::new();
    for (at, (page, folio)) in print.iter().zip(&folios).enumerate() {
        let Some(&start) = text.breaks.get(folio) else {
            wrong.push(format!("page {folio} is not in the EPUB"));
            continue;
        };
        let next = folios.get(at + 1).and_then(|folio| text.breaks.get(folio));
        let next = next.copied().unwrap_or(text.letters.len());
        if let Err(why) = text.begins_like(page, start, next) {
            wrong.push(format!("page {folio}: {why}"));
        }
    }
    assert!(folios.len() > 150, "{} pages", folios.len());
    assert!(
        wrong.is_empty(),
        "{} of {} pages:\n{}",
        wrong.len(),
        folios.len(),
        wrong.join("\n")
    );
}

/// The lines of a page, as Poppler reads them and in the order of drawing:
/// columns of a list follow one another only in the latter.
struct Page([Vec<String>; 2]);

impl Text {
    /// Whether the page that begins at `start` begins like `page` in print.
    fn begins_like(&self, page: &Page, start: usize, next: usize) -> Result<(), String> {
        let file = self.file(start);
        if page.0[0].is_empty() {
            let text = self.after(start, file);
            return if start == next {
                Ok(())
            } else {
                Err(format!("empty in print, {text} in the EPUB"))
            };
        }
        // What floated here may be called before or after.
        let mut starts = vec![start];
        let mut end = start;
        while let Some((_, to)) =
            self.floating.iter().find(|(from, to)| *from == end && to > from)
        {
            end = *to;
            starts.push(end);
        }
        // A page that turns inside a reference (`第‖4.2 节`) is marked before it:
        // its words are one link.
        let split = self.references.iter().find(|(from, _)| *from == start);
        starts.extend(split.into_iter().flat_map(|(from, to)| from + 1..*to));
        let mut tried = Vec::new();
        for lines in &page.0 {
            for (skipped, line) in lines.iter().enumerate() {
                let words = beginning(&lines[skipped..], file);
                let running = self.running_after(start, file);
                if starts.iter().any(|&start| matches(&words, &self.after(start, file)))
                    || matches(&words, &running)
                {
                    return Ok(());
                }
                tried.push(words.first().cloned().unwrap_or_default());
                if self.is_running_text(line, start) {
                    break;
                }
            }
        }
        Err(format!(
            "{tried:?} in print, {} | {} in the EPUB",
            self.letters[start.saturating_sub(8)..start]
                .iter()
                .collect::<String>(),
            self.after(start, file),
        ))
    }

    /// The text after a place, without what only print or only the EPUB has.
    fn after(&self, start: usize, file: &str) -> String {
        let end = (start + 300).min(self.letters.len());
        without_numbers(self.letters[start..end].iter().collect(), file)
    }

    /// The same without what floats: in print it may stand anywhere on the page.
    fn running_after(&self, start: usize, file: &str) -> String {
        let end = (start + 600).min(self.letters.len());
        let running = (start..end).filter(|&at| !self.floats[at]);
        without_numbers(running.map(|at| self.letters[at]).collect(), file)
    }

    /// Whether a line of print is running text near `start`.
    fn is_running_text(&self, line: &str, start: usize) -> bool {
        const TELLING: usize = 8;
        // What belongs to this page stands near its break.
        const NEAR: usize = 1200;
        if line.chars().count() < TELLING {
            return false;
        }
        let range = start.saturating_sub(NEAR)..(start + NEAR).min(self.letters.len());
        let text = |floats: bool| -> String {
            let letters = range.clone().filter(|&letter| self.floats[letter] == floats);
            letters.map(|letter| self.letters[letter]).collect()
        };
        // A box may say again what the text says.
        text(false).contains(line)
            && !text(true).contains(line)
            && !self.pictured.contains(line)
    }

    fn file(&self, start: usize) -> &str {
        let at = self.files.partition_point(|(from, _)| *from <= start);
        &self.files[at.saturating_sub(1)].1
    }
}

/// The beginning of some lines, and the same without what may stand before it
/// in print: a label, a number in a circle of its own.
fn beginning(lines: &[String], file: &str) -> Vec<String> {
    // In print a list of figures stops at a caption's colon: its first line counts.
    const TELLING: usize = 4;
    let enough = if lines[0].chars().count() < TELLING { 2 } else { 1 };
    let listed = file.starts_with("contents") && lines.len() >= enough;
    let whole = if listed { lines[..enough].concat() } else { lines.concat() };
    let quiz = whole.strip_prefix("自测答案见第").map(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        format!("自测{}", rest.strip_prefix('页').unwrap_or(rest))
    });
    let bare = LABELS.iter().find_map(|label| whole.strip_prefix(label));
    // The break of a list item stands before its words, its number before that.
    let numbered = Some(whole.trim_start_matches(|c: char| c.is_ascii_digit()));
    // The boxes of a true-or-false question stand in its line.
    let unboxed = Some(whole.replacen("对错", "", 1));
    let all = [
        Some(whole.clone()),
        quiz,
        bare.map(str::to_owned),
        numbered.map(str::to_owned),
        unboxed,
    ];
    // The last page tells of the edition's own making; the heading is the same.
    let length = if file.starts_with("colophon") { 4 } else { BEGINNING };
    all.into_iter()
        .flatten()
        .map(|text| without_numbers(text, file).chars().take(length).collect())
        .collect()
}

/// Whether one of the beginnings in print is that of the text in the EPUB.
fn matches(print: &[String], epub: &str) -> bool {
    print
        .iter()
        .any(|words: &String| !words.is_empty() && epub.starts_with(words.as_str()))
}

/// Lists that lead to pages: print names them by number, the EPUB by links.
fn without_numbers(text: String, file: &str) -> String {
    let lists = ["contents", "glossary", "index"];
    if !lists.iter().any(|list| file.starts_with(list)) {
        return text;
    }
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Letters and digits, all else being layout; numbers of notes restart on each
/// page in print.
fn letters(text: &str) -> String {
    let is_note =
        |c: &char| matches!(c, '\u{2460}'..='\u{24ff}' | '\u{3251}'..='\u{32bf}');
    let text: String = text.chars().filter(|c| !is_note(c)).collect();
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// The type area of every page, line by line.
fn print_pages() -> Vec<Page> {
    let [plain, raw] = [&[][..], &["-raw"][..]].map(lines_of_pages);
    plain
        .into_iter()
        .zip(raw)
        .map(|(plain, raw)| Page([plain, raw]))
        .collect()
}

fn lines_of_pages(options: &[&str]) -> Vec<Vec<String>> {
    let mut sink = kepu::diag::Sink::new();
    let project = kepu::project::Project::open(Path::new(ROOT), &mut sink).unwrap();
    let edition = &project.editions["print"];
    let document = lopdf::Document::load(real_book("-print.pdf")).unwrap();
    let first = document.get_pages()[&1];
    let numbers = |name: &[u8]| -> Vec<f32> {
        let page = document.get_dictionary(first).unwrap();
        let found = page.get(name).unwrap().as_array().unwrap();
        found.iter().map(|number| number.as_float().unwrap()).collect()
    };
    let (media, trim) = (numbers(b"MediaBox"), numbers(b"TrimBox"));
    let pt = |mm: f64| (mm * 72.0 / 25.4).round();
    let above = f64::from(media[3] - trim[3]) + pt(edition.margins.head);
    let height = f64::from(trim[3] - trim[1])
        - pt(edition.margins.head)
        - pt(edition.margins.foot);
    let mut command = std::process::Command::new("pdftotext");
    command.args(options).args(["-x", "0", "-W", "5000"]);
    // A little more, for what hangs out of the area; less than to the running head.
    command.args(["-y", &format!("{:.0}", above - 3.0)]);
    command.args(["-H", &format!("{:.0}", height + 6.0)]);
    let run = Run::of(command.arg(real_book("-print.pdf")).arg("-")).must_exit(0);
    let mut pages: Vec<_> = run.stdout.split('\u{c}').collect();
    // The last form feed ends the last page.
    pages.pop();
    pages
        .into_iter()
        .map(|page| {
            let lines = page.lines().map(letters);
            lines.filter(|line| !line.is_empty() && !is_furniture(line)).collect()
        })
        .collect()
}

/// Lines of their own that only print has: labels of boxes, folios in lists.
fn is_furniture(line: &str) -> bool {
    let is_label = LABELS.contains(&line) && line.chars().count() < BEGINNING / 2;
    is_label || line.chars().all(|c| "ivx".contains(c))
}

/// What stands on each page of the print edition as its number.
fn folios() -> Vec<String> {
    let report = fs::read(REAL_BOOK.join("build.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let folios = &report["outputs"]["tan-zhi-duoshao-print.pdf"]["folios"];
    let folios = folios.as_array().unwrap().iter();
    folios.map(|folio| folio.as_str().unwrap().to_owned()).collect()
}

impl Text {
    fn read() -> Self {
        let mut text = Self::default();
        let package = part("EPUB/package.opf");
        let package = roxmltree::Document::parse(&package).unwrap();
        let named = |name: &'static str| {
            package
                .descendants()
                .filter(move |node| node.has_tag_name((OPF, name)))
        };
        let hrefs: BTreeMap<_, _> = named("item")
            .map(|item| (item.attribute("id").unwrap(), item.attribute("href").unwrap()))
            .collect();
        for reference in named("itemref") {
            let href = hrefs[reference.attribute("idref").unwrap()];
            let name = href.rsplit('/').next().unwrap().to_owned();
            text.files.push((text.letters.len(), name));
            let xhtml = part(&format!("EPUB/{href}"));
            let options =
                roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
            let document =
                roxmltree::Document::parse_with_options(&xhtml, options).unwrap();
            text.collect(document.root(), false);
        }
        text
    }

    fn add(&mut self, words: &str, floats: bool) {
        for letter in letters(words).chars() {
            self.letters.push(letter);
            self.floats.push(floats);
        }
    }

    fn collect(&mut self, node: roxmltree::Node<'_, '_>, in_float: bool) {
        if node.is_text() {
            self.add(node.text().unwrap_or_default(), in_float);
            return;
        }
        let name = node.tag_name().name();
        let classes: Vec<_> =
            node.attribute("class").unwrap_or_default().split(' ').collect();
        let left_out = NOT_IN_PRINT.contains(&name)
            || classes.iter().any(|class| NOT_IN_PRINT_BY_CLASS.contains(class) && name != "section")
            || node.attribute("hidden").is_some()
            || node.attribute("role") == Some("doc-backlink")
            // The imprint has no heading in print.
            || node.parent().and_then(|outer| outer.attribute("id")) == Some("imprint")
                && name == "h1";
        if name == "summary"
            && node.parent().unwrap().attribute("class") == Some("answer")
        {
            // `第 3 题的答案`: print has the number alone.
            let number: String =
                node.text().unwrap().chars().filter(char::is_ascii_digit).collect();
            self.add(&number, in_float);
        }
        if left_out {
            if name == "details" {
                let texts = node.descendants().filter(roxmltree::Node::is_text);
                texts.for_each(|text| self.pictured += &letters(text.text().unwrap()));
            }
            return;
        }
        let question_kind = classes.contains(&"question-kind");
        if question_kind && node.text().is_some_and(|text| text.contains("判断")) {
            // In print the two boxes say so.
            return;
        }
        if name == "li" && node.parent().unwrap().attribute("class") == Some("options") {
            let before = node.prev_siblings().filter(roxmltree::Node::is_element).count();
            let letter = char::from(b'A' + u8::try_from(before).unwrap() - 1);
            self.add(letter.encode_utf8(&mut [0; 4]), in_float);
        }
        let numbered = node.parent().filter(|outer| outer.has_tag_name((XHTML, "ol")));
        let in_nav = || node.ancestors().any(|outer| outer.has_tag_name((XHTML, "nav")));
        if let Some(list) = numbered.filter(|list| {
            name == "li" && list.attribute("class") != Some("options") && !in_nav()
        }) {
            let before = node.prev_siblings().filter(roxmltree::Node::is_element).count();
            let start: usize =
                list.attribute("start").map_or(1, |start| start.parse().unwrap());
            self.add(&(start + before - 1).to_string(), in_float);
        }
        match node.attribute("role") {
            Some("doc-pagebreak") => {
                let folio = node.attribute("aria-label").unwrap().to_owned();
                self.breaks.insert(folio, self.letters.len());
            }
            Some("doc-cover") => {
                let alt = node.attribute("alt").unwrap();
                self.add(alt.trim_start_matches("封面："), false);
            }
            _ => {}
        }
        let may_float = matches!(name, "figure" | "table")
            || classes.contains(&"callout")
                && classes.iter().any(|class| FLOATING.contains(class));
        let from = self.letters.len();
        node.children()
            .for_each(|child| self.collect(child, in_float || may_float));
        if classes.contains(&"xref") {
            self.references.push((from, self.letters.len()));
        }
        if may_float && !in_float {
            self.floating.push((from, self.letters.len()));
        }
    }
}

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const OPF: &str = "http://www.idpf.org/2007/opf";

/// A part of the EPUB, as text.
fn part(name: &str) -> String {
    let file = fs::File::open(real_book(".epub")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
