//! The stages up to the fork, as `build` and `check` both run them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use kepu::diag::Sink;
use kepu::figure::Figures;
use kepu::project::Project;
use kepu::resolve::Resolved;

use super::args::Global;
use super::terminal::Terminal;

/// A book ready for its renderers.
pub(super) struct Prepared {
    pub(super) project: Project,
    pub(super) resolved: Resolved,
    pub(super) figures: Figures,
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
    terminal.timing("编号与引用", started.elapsed());
    let started = Instant::now();
    let figures = kepu::figure::prepare(&resolved, &project, sink);
    terminal.timing("查看插图", started.elapsed());
    Some(Prepared { project, resolved, figures })
}
