//! Title page, imprint, part openers, texts, chapters and the colophon.

use super::access::Access;
use super::block::phrasing;
use super::curve;
use super::page::{Document, Matter, Page};
use super::role;
use super::xml::Xml;
use crate::book::{Actor, Chapter, Contributor, Generated, Metadata, plain_text};
use crate::edition::Design;
use crate::resolve::Section;

impl<'a> Page<'a, '_> {
    /// The book's title page.
    pub(super) fn title_page(mut self) -> Document {
        let metadata = &self.plan.resolved.metadata;
        let attributes =
            [("class", "title-page"), ("id", "title-page"), ("epub:type", "titlepage")];
        self.xml.open("section", &attributes);
        self.reach_anchor("half-title");
        self.reach_anchor("title-page");
        let class = format!("book-title {}", phrasing(&metadata.title));
        self.xml.leaf("h1", &[("class", class.trim_end())], &metadata.title);
        if !metadata.subtitle.is_empty() {
            let attributes = [("class", "book-subtitle"), ("role", "doc-subtitle")];
            self.xml.leaf("p", &attributes, &metadata.subtitle);
        }
        self.xml.raw(&curve::rule(0.0));
        for person in metadata.authors.iter().chain(&metadata.editors) {
            self.xml.leaf("p", &[("class", "person")], &credit(person));
        }
        if !metadata.publisher.is_empty() {
            self.xml.leaf("p", &[("class", "publisher")], &metadata.publisher);
        }
        self.xml.close();
        let title = metadata.title.clone();
        self.finish(&title, Matter::Front)
    }

    /// 版权页.
    pub(super) fn imprint(mut self) -> Document {
        let attributes =
            [("class", "imprint"), ("id", "imprint"), ("epub:type", "copyright-page")];
        self.xml.open("section", &attributes);
        self.reach_anchor("imprint");
        self.xml.leaf("h1", &[], "版权页");
        let metadata = &self.plan.resolved.metadata;
        if !metadata.description.is_empty() {
            self.xml.open("section", &[("class", "description")]);
            self.xml.leaf("h2", &[], "内容提要");
            self.xml.open("p", &[]);
            self.runs(&metadata.description);
            self.xml.close();
            self.xml.close();
        }
        self.xml.open("dl", &[("class", "imprint-lines")]);
        for (label, text) in imprint_lines(metadata) {
            self.xml.leaf("dt", &[], &label);
            self.xml.open("dd", &[]);
            self.runs(&text);
            self.xml.close();
        }
        self.xml.close();
        if !metadata.rights.is_empty() {
            self.xml.open("p", &[("class", "rights")]);
            self.runs(&metadata.rights);
            self.xml.close();
        }
        self.xml.close();
        self.finish("版权页", Matter::Front)
    }

    /// A part's opener.
    pub(super) fn part(mut self, section: &'a Section) -> Option<Document> {
        let Section::Part { number, title, summary, anchor } = section else {
            return None;
        };
        let anchor = anchor.as_str();
        let label = format!("{anchor}-title");
        let attributes = [
            ("class", "part"),
            ("id", anchor),
            ("epub:type", "part"),
            ("aria-labelledby", label.as_str()),
        ];
        self.xml.open("section", &attributes);
        self.reach_anchor(anchor);
        self.xml.open("h1", &[("id", &label), ("class", phrasing(title))]);
        if !number.is_empty() {
            self.xml.leaf("span", &[("class", "number")], number);
            self.xml.text(" ");
        }
        self.runs(title);
        self.xml.close();
        self.xml.raw(&curve::rule(self.progress(anchor)));
        if !summary.is_empty() {
            self.xml.open("p", &[("class", "summary")]);
            self.runs(summary);
            self.xml.close();
        }
        self.xml.close();
        let title = format!("{number} {title}");
        Some(self.finish(title.trim(), Matter::Body))
    }

    /// A chapter, an appendix or an unnumbered text.
    pub(super) fn chapter(
        mut self,
        chapter: &'a Chapter,
        kind: &str,
        matter: Matter,
    ) -> Document {
        let title = plain_text(&chapter.title);
        let kind = if kind.is_empty() { role::of_text(&title) } else { kind };
        let anchor = chapter.anchor.as_str();
        let label = format!("{anchor}-title");
        let labelled = if kind.is_empty() { "" } else { label.as_str() };
        let attributes = [
            ("class", if kind == "chapter" { "chapter" } else { "text" }),
            ("id", anchor),
            ("epub:type", kind),
            ("aria-labelledby", labelled),
        ];
        self.xml.open("section", &attributes);
        self.reach_anchor(anchor);
        self.flow = Some(chapter.source);
        self.reach_offset(chapter.source, chapter.span.end);
        self.opener(chapter, &label, kind == "chapter");
        self.blocks(&chapter.blocks);
        self.close_sections(0);
        self.note_texts();
        self.xml.close();
        let title = format!("{} {title}", chapter.number);
        self.finish(title.trim(), matter)
    }

    /// Number, title, question, authors and actor of a chapter.
    fn opener(&mut self, chapter: &'a Chapter, label: &str, numbered: bool) {
        self.xml.open("header", &[("class", "opener")]);
        let class = phrasing(&plain_text(&chapter.title));
        self.xml.open("h1", &[("id", label), ("class", class)]);
        if !chapter.number.is_empty() {
            self.xml.leaf("span", &[("class", "number")], &chapter.number);
            self.xml.text(" ");
        }
        self.inlines(&chapter.title);
        self.xml.close();
        if numbered {
            let part = self.progress(chapter.anchor.as_str());
            self.xml.raw(&curve::rule(part));
        }
        if let Some(question) = &chapter.header.question {
            self.xml.open("p", &[("class", "question-answered")]);
            self.runs(question);
            self.xml.close();
        }
        if let Some(actor) = chapter.header.actor {
            let (name, slug, shape) = actor_mark(actor);
            let class = format!("actor {slug}");
            self.xml.open("p", &[("class", &class)]);
            self.xml.raw(&format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 20\" \
                 aria-hidden=\"true\" focusable=\"false\">{shape}</svg>"
            ));
            self.xml.text(&format!(" {name}"));
            self.xml.close();
        }
        if !chapter.header.authors.is_empty() {
            let authors = chapter.header.authors.join("、");
            self.xml.leaf("p", &[("class", "authors")], &authors);
        }
        self.xml.close();
    }

    /// How far into the body a part or chapter stands, from 0 to 1.
    fn progress(&self, anchor: &str) -> f64 {
        let sections = &self.plan.resolved.sections;
        let body = |section: &&Section| {
            matches!(section, Section::Part { .. } | Section::Chapter(_))
        };
        let before = sections.iter().take_while(|section| section.anchor() != anchor);
        let done = u32::try_from(before.filter(body).count()).unwrap_or(0);
        let all = u32::try_from(sections.iter().filter(body).count()).unwrap_or(0);
        if all > 1 { f64::from(done) / f64::from(all - 1) } else { 0.0 }
    }

    /// 书末说明, with what readers who do not see or hear need to know.
    /// The summary is found in the finished files: [`add_summary`] puts it in.
    pub(super) fn colophon(mut self) -> Document {
        let whole = self.plan.has(|section| section.is(Generated::Colophon));
        let title = if whole { "关于本书" } else { "无障碍说明" };
        let attributes = [
            ("class", "colophon"),
            ("id", "colophon"),
            ("epub:type", "colophon"),
            ("aria-labelledby", "colophon-title"),
        ];
        self.xml.open("section", &attributes);
        self.reach_anchor("colophon");
        self.xml.leaf("h1", &[("id", "colophon-title")], title);
        if whole {
            self.origin();
            self.xml.open("section", &[]);
            self.xml.leaf("h2", &[], "无障碍说明");
        }
        self.xml.raw(SUMMARY);
        if whole {
            self.xml.close();
        }
        self.xml.close();
        self.finish(title, Matter::Back)
    }

    /// How the book was made, from which day it is and whom to tell of errors.
    fn origin(&mut self) {
        let parts = self.plan.parts;
        let metadata = &self.plan.resolved.metadata;
        let made = format!(
            "本书由 kepu {} 从同一份书稿制成：纸质书、大字本与电子书的文字、图表和编号相同。",
            parts.version
        );
        self.xml.leaf("p", &[], &made);
        let mut families: Vec<&str> = Vec::new();
        for face in parts.fonts.iter().filter(|_| self.plan.edition.embed_fonts) {
            if !families.contains(&face.family.as_str()) {
                families.push(&face.family);
            }
        }
        if !families.is_empty() {
            self.xml.open("p", &[]);
            self.xml.text("书中带有 ");
            for (at, family) in families.iter().enumerate() {
                self.xml.text(if at > 0 { "、" } else { "" });
                self.xml.leaf("span", &[("lang", "en")], family);
            }
            self.xml.text(match self.plan.edition.design {
                Design::Standard => {
                    " 字体里用到的字，用于标题、图表说明、故事和引文；正文用阅读器的字体。"
                }
                Design::LargePrint => " 字体里用到的字，用于全书。",
            });
            self.xml.text(
                "字体的版权声明和许可全文在本文件包的 META-INF/font-licences.txt 中。",
            );
            self.xml.close();
        }
        let (year, month, day) = metadata.date;
        let whom = if metadata.publisher.is_empty() { "编者" } else { "出版者" };
        let date = format!(
            "版本日期：{year}年{month}月{day}日。发现差错，请告知{whom}，并注明章节和版本日期。"
        );
        self.xml.leaf("p", &[], &date);
    }
}

/// The place of the accessibility summary.
const SUMMARY: &str = "<!-- summary -->";

/// Puts into the colophon how accessible the finished files are.
pub(super) fn add_summary(document: &mut Document, access: &Access) {
    let mut xml = Xml::new();
    xml.leaf("p", &[], &access.summary());
    if let Some(standard) = access.conformance() {
        xml.open("p", &[]);
        xml.text("本书按照 ");
        xml.leaf("span", &[("lang", "en")], standard);
        xml.text(" 制作，由编者自行评估。");
        xml.close();
    }
    document.xhtml = document.xhtml.replacen(SUMMARY, &xml.finish(), 1);
}

/// `张三 著`.
fn credit(person: &Contributor) -> String {
    format!("{} {}", person.name, person.role).trim().to_owned()
}

fn imprint_lines(metadata: &Metadata) -> Vec<(String, String)> {
    let people =
        |people: &[Contributor]| people.iter().map(credit).collect::<Vec<_>>().join("、");
    let (year, month, _) = metadata.date;
    let edition = if metadata.edition_statement.is_empty() {
        format!("{year}年{month}月")
    } else {
        metadata.edition_statement.clone()
    };
    let isbn = if metadata.isbn.is_empty() {
        String::new()
    } else {
        format!("{}（纸质书）", metadata.isbn)
    };
    let fixed = [
        ("书名", metadata.title.clone()),
        ("副书名", metadata.subtitle.clone()),
        ("作者", people(&metadata.authors)),
        ("编者", people(&metadata.editors)),
        ("出版者", metadata.publisher.clone()),
        ("出版地", metadata.place.clone()),
        ("版次", edition),
        ("ISBN", isbn),
    ];
    let fixed = fixed.into_iter().map(|(label, text)| (label.to_owned(), text));
    let lines = fixed.chain(metadata.imprint.iter().cloned());
    lines.filter(|(_, text)| !text.is_empty()).collect()
}

/// An actor's name, class and shape: the meaning never hangs on colour alone.
fn actor_mark(actor: Actor) -> (&'static str, &'static str, &'static str) {
    match actor {
        Actor::Government => (
            "政府",
            "government",
            "<rect x=\"3\" y=\"3\" width=\"14\" height=\"14\" fill=\"currentColor\"/>",
        ),
        Actor::Enterprise => (
            "企业",
            "enterprise",
            "<path d=\"M10 1.5 17.5 5.8V14.2L10 18.5 2.5 14.2V5.8Z\" fill=\"currentColor\"/>",
        ),
        Actor::Society => (
            "社会组织",
            "society",
            "<circle cx=\"10\" cy=\"10\" r=\"8\" fill=\"currentColor\"/>",
        ),
        Actor::Individual => (
            "个人",
            "individual",
            "<path d=\"M10 1.5C13 6 16 9 16 12.5A6 6 0 0 1 4 12.5C4 9 7 6 10 1.5Z\" \
             fill=\"currentColor\"/>",
        ),
    }
}
