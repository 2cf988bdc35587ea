//! The container and what is in it, parsed once.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use roxmltree::{Document as Tree, Node, ParsingOptions};
use zip::ZipArchive;

use crate::diag::rule::proof as rule;
use crate::diag::{Diagnostic, Sink, SourceId, Sources, Span};

/// The most a part may hold; books have chapters, not databases.
const MAX_PART: u64 = 64 << 20;

/// The most parts that are looked at.
const MAX_PARTS: usize = 20_000;

/// The most nodes of one document.
const MAX_NODES: u32 = 4_000_000;

/// The parts of a container by their paths; texts are sources, too.
pub(super) struct Parts {
    /// Every path, with its text where it is one.
    pub(super) paths: BTreeMap<String, Option<SourceId>>,
}

/// A publication taken apart.
pub(super) struct Publication<'a> {
    /// The paths in the container.
    pub(super) parts: &'a Parts,
    /// The package document.
    pub(super) package: Document<'a>,
    /// The manifest, by path.
    pub(super) manifest: BTreeMap<String, Item>,
    /// Every XHTML file, in reading order, then those outside it.
    pub(super) documents: Vec<Document<'a>>,
    /// The style sheets.
    pub(super) styles: Vec<(SourceId, &'a str)>,
    /// The path of the navigation document; empty where there is none.
    pub(super) navigation: String,
}

/// A line of the manifest.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// What kind of file it is.
    pub(super) media_type: String,
    /// Its properties.
    pub(super) properties: String,
    /// Its place.
    pub(super) span: Span,
}

/// An XML file.
pub(super) struct Document<'a> {
    /// Its path in the container.
    pub(super) path: String,
    /// Its text.
    pub(super) source: SourceId,
    /// Its tree.
    pub(super) tree: Tree<'a>,
}

impl Document<'_> {
    /// The place of a node: its start tag.
    pub(super) fn span(&self, node: Node<'_, '_>) -> Span {
        let range = node.range();
        let text = &self.tree.input_text()[range.clone()];
        let length = text.find('>').map_or(text.len(), |at| at + 1);
        Span::new(self.source, range.start..range.start + length)
    }

    /// All elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = Node<'_, '_>> {
        self.tree.root().descendants().filter(Node::is_element)
    }

    /// All elements of this name.
    pub(super) fn named<'s>(
        &'s self,
        name: &'s str,
    ) -> impl Iterator<Item = Node<'s, 's>> {
        self.elements().filter(move |node| node.tag_name().name() == name)
    }
}

/// The words in a node, without white space at the ends.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let all = node.descendants().filter(Node::is_text);
    let text: String = all.filter_map(|text| text.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The `epub:type`s of a node.
pub(super) fn types<'n>(node: Node<'n, '_>) -> impl Iterator<Item = &'n str> {
    const OPS: &str = "http://www.idpf.org/2007/ops";
    node.attribute((OPS, "type")).unwrap_or_default().split_whitespace()
}

/// The path that `href`, written in the file `from`, leads to, and its
/// fragment; `None` for addresses outside the container.
pub(super) fn target(from: &str, href: &str) -> Option<(String, String)> {
    let scheme = href.find(':').is_some_and(|at| !href[..at].contains(['/', '#', '?']));
    if scheme || href.starts_with("//") {
        return None;
    }
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    if path.is_empty() {
        return Some((from.to_owned(), fragment.to_owned()));
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> =
        folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    Some((steps.join("/"), fragment.to_owned()))
}

/// Opens the container.
pub(super) fn unpack(
    name: &str,
    bytes: &[u8],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Parts> {
    let unreadable = |message: String| Diagnostic::global(&rule::UNREADABLE, message);
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) if archive.len() <= MAX_PARTS => archive,
        Ok(_) => {
            sink.report(unreadable(format!("“{name}”里的文件太多，没有检查")));
            return None;
        }
        Err(_) => {
            sink.report(unreadable(format!("“{name}”不是 EPUB：它不是 zip 文件")));
            return None;
        }
    };
    if !starts_with_its_type(bytes) {
        let message = format!("“{name}”的第一个文件不是未压缩的 mimetype");
        let hint = "打包时先放 mimetype，不压缩，内容是 application/epub+zip";
        sink.report(unreadable(message).hint(hint));
    }
    let mut paths = BTreeMap::new();
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        let Ok(path) = part.name().map(std::borrow::Cow::into_owned) else { continue };
        if path.ends_with('/') {
            continue;
        }
        let mut text = String::new();
        let readable =
            is_text(&path) && part.take(MAX_PART).read_to_string(&mut text).is_ok();
        let source = readable.then(|| sources.add(format!("{name}/{path}"), text));
        paths.insert(path, source);
    }
    Some(Parts { paths })
}

/// OCF 4.3.
fn starts_with_its_type(bytes: &[u8]) -> bool {
    const NAME: usize = 30;
    let has = |at: usize, wanted: &[u8]| {
        bytes.get(at..at + wanted.len()).is_some_and(|found| found == wanted)
    };
    // Compression method, name, content.
    has(8, &[0, 0]) && has(NAME, b"mimetype") && has(NAME + 8, b"application/epub+zip")
}

fn is_text(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["xhtml", "html", "xml", "opf", "ncx", "css", "svg"].contains(&extension)
}

/// A file as XML; reports what it is not.
fn parse<'a>(
    path: &str,
    parts: &Parts,
    sources: &'a Sources,
    sink: &mut Sink,
) -> Option<Document<'a>> {
    let source = parts.paths.get(path).copied().flatten();
    let Some((source, text)) = source.and_then(|id| Some((id, &sources.get(id)?.text)))
    else {
        let message = format!("没有文件“{path}”");
        sink.report(Diagnostic::global(&rule::UNREADABLE, message));
        return None;
    };
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        ..Default::default()
    };
    match Tree::parse_with_options(text, options) {
        Ok(tree) => Some(Document { path: path.to_owned(), source, tree }),
        Err(error) => {
            let place = error.pos();
            let line = usize::try_from(place.row).unwrap_or(1);
            let start = sources.get(source).map_or(0, |source| source.line_start(line));
            let span = Span::new(source, start..start + 1);
            let message = format!("第 {line} 行起不是合格的 XML");
            let found = Diagnostic::new(&rule::UNREADABLE, span, message);
            sink.report(found.hint("检查没有配对的标签、没有转义的 & 和命名实体"));
            None
        }
    }
}

impl<'a> Publication<'a> {
    /// Follows the container's own description of itself.
    pub(super) fn open(
        parts: &'a Parts,
        sources: &'a Sources,
        sink: &mut Sink,
    ) -> Option<Self> {
        let container = parse("META-INF/container.xml", parts, sources, sink)?;
        let path = container
            .named("rootfile")
            .find_map(|node| node.attribute("full-path").map(str::to_owned));
        let package = parse(&path.unwrap_or_default(), parts, sources, sink)?;
        let mut manifest = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for node in package.named("item") {
            let href = node.attribute("href").unwrap_or_default();
            let Some((path, _)) = target(&package.path, href) else { continue };
            ids.insert(node.attribute("id").unwrap_or_default(), path.clone());
            let text = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
            let item = Item {
                media_type: text("media-type"),
                properties: text("properties"),
                span: package.span(node),
            };
            manifest.insert(path, item);
        }
        let mut order: Vec<String> = package
            .named("itemref")
            .filter_map(|node| ids.get(node.attribute("idref")?).cloned())
            .collect();
        let xhtml = |item: &Item| item.media_type == "application/xhtml+xml";
        for (path, _) in manifest.iter().filter(|(_, item)| xhtml(item)) {
            if !order.contains(path) {
                order.push(path.clone());
            }
        }
        let is_listed = |path: &&String| manifest.get(*path).is_some_and(xhtml);
        let documents = order
            .iter()
            .filter(is_listed)
            .filter(|path| parts.paths.contains_key(*path))
            .filter_map(|path| parse(path, parts, sources, sink))
            .collect();
        let is_nav = |item: &Item| item.properties.split(' ').any(|name| name == "nav");
        let navigation = manifest.iter().find(|(_, item)| is_nav(item));
        let navigation = navigation.map(|(path, _)| path.clone()).unwrap_or_default();
        let styles = parts
            .paths
            .iter()
            .filter(|(path, _)| {
                Path::new(path)
                    .extension()
                    .is_some_and(|e| e.eq_ignore_ascii_case("css"))
            })
            .filter_map(|(_, id)| Some(((*id)?, sources.get((*id)?)?.text.as_ref())))
            .collect();
        Some(Self {
            parts,
            package,
            manifest,
            documents,
            styles,
            navigation,
        })
    }

    /// The document at a path.
    pub(super) fn document(&self, path: &str) -> Option<&Document<'a>> {
        self.documents.iter().find(|document| document.path == path)
    }
}
