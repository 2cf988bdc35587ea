//! The stages up to the fork, as `build` and `check` both run them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use kepu::diag::{Sink, Sources};
use kepu::edition::Edition;
use kepu::figure::Figures;
use kepu::project::{Project, fonts};
use kepu::resolve::Resolved;

use super::Exit;
use super::args::Global;
use super::press::PressRoom;
use super::terminal::Terminal;

/// A book ready for its renderers.
pub(super) struct Prepared {
    pub(super) project: Project,
    pub(super) resolved: Resolved,
    pub(super) figures: Figures,
    pub(super) press: PressRoom,
}

impl Prepared {
    /// The book as one edition has it: conditional blocks are decided.
    pub(super) fn book(&self, edition: &Edition) -> Cow<'_, Resolved> {
        self.resolved.for_edition(&edition.name, edition.audience.as_deref())
    }

    /// The editions that were asked for; when none was named, all that are not
    /// made on request only.
    pub(super) fn choose(
        &self,
        asked: &[String],
        terminal: &Terminal,
    ) -> Result<Vec<&Edition>, Exit> {
        let editions = &self.project.editions;
        if asked.is_empty() {
            return Ok(editions.values().filter(|e| !e.on_request).collect());
        }
        if let Some(name) = asked.iter().find(|name| !editions.contains_key(*name)) {
            let known: Vec<_> = editions.keys().map(String::as_str).collect();
            return Err(terminal.wrong_usage(
                &format!("没有名为 `{name}` 的版本"),
                &format!("可以写：{}", known.join("、")),
            ));
        }
        Ok(editions
            .values()
            .filter(|edition| asked.contains(&edition.name))
            .collect())
    }

    /// Reports references to what one of these editions leaves out.
    pub(super) fn check_references(&self, editions: &[&Edition], sink: &mut Sink) {
        // A cover has nothing of the text.
        let named = editions.iter().filter(|edition| !edition.is_cover());
        let named = named.map(|e| (e.name.as_str(), e.audience.as_deref()));
        self.resolved.review_editions(named, sink);
    }

    /// Reports characters that an edition's fonts do not have.
    pub(super) fn check_characters(&self, edition: &Edition, sink: &mut Sink) {
        let Self { project, resolved, .. } = self;
        let texts = if edition.is_cover() {
            Vec::new()
        } else {
            resolved.texts(&edition.name, edition.audience.as_deref())
        };
        let printed = project.config.printed.iter();
        let printed = printed.map(|text| (text.value.as_str(), text.span));
        let all = texts.into_iter().chain(printed);
        fonts::check(all, &project.fonts, edition, sink);
    }
}

/// The project's folder: the one named, or the nearest above.
#[expect(clippy::disallowed_methods, reason = "the command line is an edge")]
pub(super) fn root(global: &Global) -> Result<PathBuf, PathBuf> {
    let start = match &global.project {
        Some(folder) => folder.clone(),
        None => std::env::current_dir().unwrap_or_default(),
    };
    Project::find_root(&start).ok_or(start)
}

/// Opens the project alone, for what is asked of its configuration.
pub(super) fn open(
    global: &Global,
    sink: &mut Sink,
    terminal: &Terminal,
) -> Result<Project, Exit> {
    let root = root(global).map_err(|start| terminal.no_project(&start))?;
    let project = Project::open(&root, sink);
    project.ok_or_else(|| terminal.report(sink, &Sources::default()))
}

/// Opens the project and runs every stage that all editions share.
///
/// What was found stands in the sink; `None` when not even the configuration
/// could be understood.
pub(super) fn prepare(
    root: &Path,
    sink: &mut Sink,
    terminal: &Terminal,
) -> Option<Prepared> {
    let started = Instant::now();
    let project = Project::open(root, sink)?;
    terminal.timing("打开项目", started.elapsed());
    let started = Instant::now();
    let book = kepu::manuscript::read(&project, sink);
    terminal.timing("读书稿", started.elapsed());
    let started = Instant::now();
    let resolved = kepu::resolve::resolve(book, sink);
    kepu::lint::accessibility(&resolved, sink);
    terminal.timing("编号与引用", started.elapsed());
    let started = Instant::now();
    let figures = kepu::figure::prepare(&resolved, &project, sink);
    terminal.timing("查看插图", started.elapsed());
    let press = PressRoom::open(&project, sink);
    Some(Prepared { project, resolved, figures, press })
}
