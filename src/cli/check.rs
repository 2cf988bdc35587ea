//! `kepu check`: all that can be said about the manuscript; writes nothing.

use std::fmt::Write;

use kepu::diag::{Sink, Sources};
use kepu::edition::{Edition, Format};
use kepu::{epub, typeset};

use super::args::Global;
use super::pipeline::Prepared;
use super::render::render;
use super::terminal::Terminal;
use super::{Exit, claims, pipeline};

pub(super) fn run(
    layout: bool,
    claims: bool,
    asked: &[String],
    global: &Global,
    terminal: &Terminal,
) -> Exit {
    let root = match pipeline::root(global) {
        Ok(root) => root,
        Err(start) => return terminal.no_project(&start),
    };
    let mut sink = Sink::new();
    let prepared = pipeline::prepare(&root, &mut sink, terminal);
    if let Some(prepared) = &prepared {
        let editions: Vec<_> = prepared.project.editions.values().collect();
        for edition in &editions {
            check_edition(prepared, edition, &mut sink);
        }
        prepared.check_references(&editions, &mut sink);
        if claims {
            claims::list(prepared, &mut sink, terminal);
        }
        if layout {
            let chosen = match prepared.choose(asked, terminal) {
                Ok(chosen) => chosen,
                Err(exit) => return exit,
            };
            if !sink.has_errors() {
                lay_out(prepared, &chosen, &mut sink, terminal);
            }
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

/// Lays editions out, and says what was measured on their pages.
fn lay_out(
    prepared: &Prepared,
    editions: &[&Edition],
    sink: &mut Sink,
    terminal: &Terminal,
) {
    for made in render(prepared, editions, terminal) {
        sink.append(made.sink);
        let Some(m) = made.measured else { continue };
        let margin = m.inner_margin;
        let mut line = format!(
            "{}  最小的字 {} 磅，每行最多 {} 字，每页最多 {} 行",
            made.edition.name, m.smallest_type, m.line_characters, m.page_lines,
        );
        if let (Some(leading), Some(gap)) = (m.leading, m.row_gap) {
            let _ = write!(line, "，正文行距 {leading} 倍（行空 {gap} 毫米）");
        }
        let _ = write!(line, "，对比度最低 {}∶1，离订口 {margin} 毫米", m.contrast);
        terminal.status("量版", &line);
    }
}

/// What can be said of one edition without laying it out.
fn check_edition(prepared: &Prepared, edition: &Edition, sink: &mut Sink) {
    prepared.check_characters(edition, sink);
    if edition.format == Format::Epub {
        let book = prepared.book(edition);
        epub::check(&book, edition, sink);
        // The formulas are the same in every edition.
        typeset::formulas(&book, &prepared.project, edition, sink);
    }
}
