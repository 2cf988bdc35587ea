//! comrak's inlines to tokens, and tokens to inlines.

use std::ops::Range;

use comrak::nodes::{Node, NodeValue};

use super::reader::{GUARD, Reader};
use super::recognise::Place;
use super::token::Token;
use crate::book::{Inline, InlineKind};
use crate::diag::{Diagnostic, Span, rule::manuscript as rule};

/// Addresses that a book may link to.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "doi"];

impl<'a> Reader<'a, '_, '_> {
    /// The inlines of a paragraph, heading or cell.
    pub(super) fn inlines(&mut self, node: Node<'a>) -> Vec<Inline> {
        let tokens = self.tokens(node);
        self.recognise(tokens, Place::Text)
    }

    /// A node's children as tokens.
    pub(super) fn tokens(&mut self, parent: Node<'a>) -> Vec<Token> {
        let mut out = Vec::new();
        for node in parent.children() {
            self.token(node, &mut out);
        }
        out
    }

    fn token(&mut self, node: Node<'a>, out: &mut Vec<Token>) {
        let span = self.span_of(node);
        let data = node.data();
        let kind = match &data.value {
            NodeValue::Text(text) => {
                self.characters(text, span.range(), out);
                return;
            }
            NodeValue::Escaped => {
                let inner = node.first_child();
                if let Some(NodeValue::Text(text)) = inner.map(|n| n.data().value.clone())
                {
                    let at = span.range();
                    let literal = |c| Token::Char { c, at: at.clone(), literal: true };
                    out.extend(text.chars().map(literal));
                }
                return;
            }
            NodeValue::SoftBreak => {
                out.push(Token::Break(span.range()));
                return;
            }
            NodeValue::LineBreak => InlineKind::LineBreak,
            NodeValue::Code(code) => InlineKind::Code(code.literal.clone()),
            NodeValue::Emph => InlineKind::Emphasis(self.inner(node, Place::Text)),
            NodeValue::Strong => InlineKind::Strong(self.inner(node, Place::Text)),
            NodeValue::Math(math) => {
                if math.display_math {
                    self.report_inline_display(span);
                }
                InlineKind::Math {
                    tex: math.literal.trim().to_owned(),
                    alt: String::new(),
                }
            }
            NodeValue::Link(link) => self.link(node, &link.url, &link.title, span),
            NodeValue::FootnoteReference(mark) => {
                let Some(kind) = self.note(&mark.name, span) else { return };
                kind
            }
            NodeValue::Image(_) => {
                self.report(
                    Diagnostic::new(&rule::INLINE_IMAGE, span, "图不能排在行内")
                        .hint("让图独占一段：前后各空一行"),
                );
                return;
            }
            NodeValue::HtmlInline(html) => {
                self.report_html(html, span);
                return;
            }
            _ => return,
        };
        out.push(Token::Node(Inline { kind, span }));
    }

    fn inner(&mut self, node: Node<'a>, place: Place) -> Vec<Inline> {
        self.nested(node, |reader| {
            let tokens = reader.tokens(node);
            reader.recognise(tokens, place)
        })
    }

    fn link(&mut self, node: Node<'a>, url: &str, title: &str, span: Span) -> InlineKind {
        let text = self.inner(node, Place::Link);
        if !title.is_empty() {
            self.report(
                Diagnostic::new(
                    &rule::UNSUPPORTED_MARKUP,
                    span,
                    "链接的标题不会出现在书里",
                )
                .hint("删去引号里的标题，需要的话写进正文"),
            );
        }
        if let Some((message, hint)) = refuse_address(url) {
            self.report(Diagnostic::new(&rule::BAD_LINK, span, message).hint(hint));
        } else if text.is_empty() {
            let message = "链接没有文字";
            self.report(
                Diagnostic::new(&rule::BAD_LINK, span, message)
                    .hint("在方括号里写上读者看到的文字"),
            );
        }
        InlineKind::Link { url: url.to_owned(), text }
    }

    fn report_inline_display(&mut self, span: Span) {
        self.report(
            Diagnostic::new(&rule::MISPLACED_FORMULA, span, "独立公式 $$…$$ 夹在文字里")
                .hint("让公式独占一段，或改用 $…$"),
        );
    }

    /// Reports raw HTML; comments say nothing to readers and may stay.
    pub(super) fn report_html(&mut self, html: &str, span: Span) {
        let html = html.trim();
        if html.starts_with("<!--") && html.ends_with("-->") {
            return;
        }
        let name = html.trim_start_matches(['<', '/', '!', '?']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        let hint = match name.as_str() {
            "br" => "要换行就另起一段，或在行末写反斜线 \\",
            "sub" => "下标写成 ~2~ 或直接输入 ₂",
            "sup" => "上标写成 ^2^ 或直接输入 ²",
            "img" | "figure" => "图写成 ![题注](路径){#fig:名称}，独占一段",
            "table" | "tr" | "td" | "th" => "表格用 | 分隔的写法",
            "b" | "strong" => "加粗写成 **文字**",
            "i" | "em" => "强调写成 *文字*",
            "a" => "链接写成 [文字](地址)",
            "ruby" | "rt" | "rb" => "注音写成 {字|拼音}",
            "div" | "details" | "section" => "成块的内容写成 :::名称 … :::",
            "video" | "audio" => "音像写成 ![题注](路径.mp4)，独占一段",
            _ => "改用 Markdown 的写法；要印出尖括号时写成 \\<",
        };
        let message = format!("不能使用 HTML（<{name}>）");
        self.report(Diagnostic::new(&rule::RAW_HTML, span, message).hint(hint));
    }

    /// A text node's characters, each with its bytes in the file.
    fn characters(&mut self, text: &str, range: Range<usize>, out: &mut Vec<Token>) {
        let text = text.strip_prefix(GUARD).unwrap_or(text);
        if self.fixed.is_some() {
            let push = |c| Token::Char { c, at: range.clone(), literal: false };
            out.extend(text.chars().map(push));
            return;
        }
        let raw = &self.text[range.clone()];
        if raw == text {
            out.extend(text.char_indices().map(|(at, c)| {
                let at = range.start + at;
                Token::Char { c, at: at..at + c.len_utf8(), literal: false }
            }));
            return;
        }
        align(raw, text, range.start, out);
    }
}

/// Pairs each character of `text` with the bytes of `raw` that wrote it:
/// itself, an escape or an entity.
fn align(raw: &str, text: &str, base: usize, out: &mut Vec<Token>) {
    let mut at = 0;
    let mut entity = 0..0;
    for (place, c) in text.char_indices() {
        let rest = &raw[at..];
        let is_entity = rest.starts_with('&')
            && rest
                .find(';')
                .is_some_and(|end| !text[place..].starts_with(&rest[..=end]));
        let mut literal = true;
        let taken = if is_entity {
            let length = rest.find(';').map_or(rest.len(), |end| end + 1);
            entity = at..at + length;
            length
        } else if rest.starts_with(c) {
            literal = false;
            c.len_utf8()
        } else if rest.strip_prefix('\\').is_some_and(|rest| rest.starts_with(c)) {
            // Only `\|` in a table comes here, and its bar is still markup.
            literal = c != '|';
            1 + c.len_utf8()
        } else {
            // Control characters became spaces.
            usize::from(rest.starts_with(super::lines::is_control) && c == ' ')
        };
        let here = if taken == 0 { entity.clone() } else { at..at + taken };
        at += taken;
        let here = base + here.start..base + here.end;
        out.push(Token::Char { c, at: here, literal });
    }
}

/// Why an address cannot stand in a book, and what to do.
fn refuse_address(url: &str) -> Option<(String, String)> {
    let url = url.trim();
    if url.is_empty() {
        return Some(("链接没有地址".to_owned(), "在圆括号里写上完整地址".to_owned()));
    }
    if let Some(id) = url.strip_prefix('#') {
        let hint = format!("引用书中内容写成 @{id}，如 @sec:名称、@fig:名称");
        return Some(("书内的引用不用链接".to_owned(), hint));
    }
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = !scheme.is_empty()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+');
    if !is_scheme {
        let message = format!("“{url}”不是完整的网址");
        let hint = "写出以 https:// 开头的地址；引用书中内容用 @sec:、@fig: 等";
        return Some((message, hint.to_owned()));
    }
    if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
        return None;
    }
    let message = format!("不能使用 {scheme}: 开头的地址");
    Some((message, "改为以 https:// 开头的网址".to_owned()))
}
