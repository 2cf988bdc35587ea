//! Figures: pictures, charts and players, each alone in a paragraph.

use comrak::nodes::{Node, NodeValue};

use super::attributes::Attributes;
use super::chart::Sidecar;
use super::reader::{Reader, attributes_at};
use crate::book::{Anchor, Block, BlockKind, Figure, FigureContent};
use crate::diag::{Diagnostic, Span, Spanned, rule::manuscript as rule};

/// Endings of pictures.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "webp", "svg"];

/// Endings of films and sound; which of them an edition can play, the edition
/// knows.
const MEDIA: &[&str] = &[
    "mp4", "webm", "m4v", "mov", "avi", "mkv", "mp3", "m4a", "aac", "ogg", "opus", "wav",
    "flac",
];

/// The attributes of a figure.
const KEYS: &[&str] = &["width", "alt", "source", "licence", "desc", "url"];

impl<'a> Reader<'a, '_, '_> {
    /// The figures of a paragraph that holds nothing else.
    pub(super) fn figures(&mut self, paragraph: Node<'a>, out: &mut Vec<Block>) {
        for node in paragraph.children() {
            let data = node.data();
            let NodeValue::Image(link) = &data.value else { continue };
            let mut span = self.span_of(node);
            let target = Spanned::new(link.url.clone(), self.target(span, &link.url));
            if !link.title.is_empty() {
                self.report(
                    Diagnostic::new(
                        &rule::UNSUPPORTED_MARKUP,
                        span,
                        "图的引号标题不会出现在书里",
                    )
                    .hint("题注写在方括号里，说明写在 {alt=\"…\"} 里"),
                );
            }
            let list = attributes_at(&self.lines.attributes, data.sourcepos);
            if let Some(list) = &list {
                span.end = span.end.max(list.span.end);
            }
            if let Some(figure) = self.figure(node, &target, list, span) {
                out.push(Block { kind: BlockKind::Figure(Box::new(figure)), span });
            }
        }
    }

    /// Where a picture's path is written.
    fn target(&self, span: Span, url: &str) -> Span {
        let written = &self.text[span.range()];
        let open = written.rfind("](").map_or(0, |at| at + 2);
        match written[open..].find(url).filter(|_| !url.is_empty()) {
            Some(at) => span.within(open + at..open + at + url.len()),
            None => span,
        }
    }

    fn figure(
        &mut self,
        node: Node<'a>,
        target: &Spanned<String>,
        list: Option<Attributes>,
        span: Span,
    ) -> Option<Figure> {
        let caption = self.inlines(node);
        let mut list = list.unwrap_or(Attributes {
            span,
            id: None,
            classes: Vec::new(),
            pairs: Vec::new(),
        });
        let id = list.id.take();
        let label = self.world.labels.add(id, "fig", &mut self.world.sink);
        let url = list.take("url");
        let (content, sidecar) = self.content(target, url)?;
        let mut figure = Figure {
            caption,
            label,
            alt: list
                .take("alt")
                .or(sidecar.alt)
                .filter(|alt| !alt.value.trim().is_empty()),
            description: list.take("desc").or(sidecar.desc).map(|desc| desc.value),
            credit: Vec::new(),
            licence: list
                .take("licence")
                .or(sidecar.licence)
                .map(|licence| licence.value),
            width: list.take("width").and_then(|width| self.width(&width)),
            content,
            number: String::new(),
            anchor: Anchor::default(),
        };
        if let Some(source) = list.take("source") {
            figure.credit = self.world.fragment_of(self.text, &source);
        } else if let Some(source) = sidecar.source {
            figure.credit = self.world.fragment(&source);
        }
        if figure.caption.is_empty()
            && let Some(caption) = sidecar.caption
        {
            figure.caption = self.world.fragment(&caption);
        }
        list.refuse_rest(KEYS, &mut self.world.sink);
        self.check_figure(&figure, span);
        Some(figure)
    }

    fn check_figure(&mut self, figure: &Figure, span: Span) {
        if figure.caption.is_empty() {
            self.report(
                Diagnostic::new(&rule::MISSING_CAPTION, span, "图没有题注")
                    .hint("在 ![ ] 里写上题注：要读者看到什么"),
            );
        }
        if figure.alt.is_none() {
            self.report(
                Diagnostic::new(&rule::MISSING_ALT, span, "图没有替代文字")
                    .hint("加上 {alt=\"…\"}，用一两句话说出图上有什么"),
            );
        }
        if figure.credit.is_empty() || figure.licence.is_none() {
            let lacks = match (figure.credit.is_empty(), figure.licence.is_none()) {
                (true, true) => "来源和许可",
                (true, false) => "来源",
                _ => "许可",
            };
            self.report(
                Diagnostic::new(
                    &rule::MISSING_CREDIT,
                    span,
                    format!("图没有注明{lacks}"),
                )
                .hint("加上 {source=\"…\" licence=\"…\"}；自己画的写“作者绘制”"),
            );
        }
    }

    /// `80%`, or a number of percent.
    fn width(&mut self, width: &Spanned<String>) -> Option<f64> {
        let number: String =
            width.value.trim().chars().map(super::wide::narrow).collect();
        let number = number.trim_end_matches('%');
        let percent = number.parse::<f64>().ok().filter(|n| (5.0..=100.0).contains(n));
        if percent.is_none() {
            let message = format!("宽度“{}”不对", width.value);
            self.report(
                Diagnostic::new(&rule::BAD_ATTRIBUTES, width.span, message)
                    .hint("写版心宽度的百分之几，如 width=80%（5% 到 100%）"),
            );
        }
        percent
    }

    /// What the figure shows, and what its own file says about it.
    fn content(
        &mut self,
        target: &Spanned<String>,
        url: Option<Spanned<String>>,
    ) -> Option<(FigureContent, Sidecar)> {
        let span = target.span;
        let lower = target.value.to_ascii_lowercase();
        let is_remote = lower.starts_with("//")
            || lower.starts_with("data:")
            || lower.split_once("://").is_some_and(|(scheme, _)| scheme.len() > 1);
        if is_remote {
            self.report(
                Diagnostic::new(&rule::REMOTE_IMAGE, span, "书里的图不能取自网上")
                    .hint("下载图片（确认许可），放进 figures 文件夹，再写它的路径"),
            );
            return None;
        }
        let path = self.world.shelf.path(self.source, target, &mut self.world.sink)?;
        let ending = path
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
            .to_ascii_lowercase();
        let (files, sink) = (self.world.shelf, &mut self.world.sink);
        if ending == "toml" {
            let sidecar = files.sidecar(&path, span, sink)?;
            let content = match sidecar.file.clone() {
                Some(file) => FigureContent::Image { path: file.value, span: file.span },
                None => FigureContent::Chart(Box::new(files.chart(&path, span, sink)?)),
            };
            return Some((content, sidecar));
        }
        let is_image = IMAGES.contains(&ending.as_str());
        if !is_image && !MEDIA.contains(&ending.as_str()) {
            let message = format!("不认识“{}”的格式", target.value);
            self.report(
                Diagnostic::new(&rule::UNKNOWN_FIGURE_FORMAT, span, message).hint(
                    format!(
                        "图片用 {}，音像用 mp4、webm、mp3、m4a，图表用 toml",
                        IMAGES.join("、")
                    ),
                ),
            );
            return None;
        }
        let described_by = super::chart::sidecar_path(&path);
        let sidecar = if files.has(&described_by) {
            files.sidecar(&described_by, span, sink)
        } else {
            None
        };
        let sidecar = sidecar.unwrap_or_default();
        let content = if is_image {
            FigureContent::Image { path, span }
        } else {
            FigureContent::Media { path, span, url: url.map(|url| url.value) }
        };
        Some((content, sidecar))
    }
}
