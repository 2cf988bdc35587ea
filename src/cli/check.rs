//! `kepu check`: all that can be said about the manuscript; writes nothing.

use kepu::diag::{Sink, Sources};

use super::args::Global;
use super::render::render;
use super::terminal::Terminal;
use super::{Exit, pipeline};

pub(super) fn run(layout: bool, global: &Global, terminal: &Terminal) -> Exit {
    let root = match pipeline::root(global) {
        Ok(root) => root,
        Err(start) => return terminal.no_project(&start),
    };
    let mut sink = Sink::new();
    let prepared = pipeline::prepare(&root, &mut sink, terminal);
    if layout
        && !sink.has_errors()
        && let Some(prepared) = &prepared
    {
        let editions: Vec<_> = prepared.project.editions.values().collect();
        for made in render(prepared, &editions, terminal) {
            sink.append(made.sink);
        }
    }
    let sources = prepared.map_or_else(Sources::default, |p| p.project.sources());
    let exit = terminal.report(&sink, &sources);
    terminal.summary(&sink);
    if exit == Exit::Made {
        terminal.status("检查", "没有发现错误");
    }
    exit
}
