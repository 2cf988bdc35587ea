//! `kepu editions`: what is defined.

use std::fmt::Write;

use kepu::diag::Sink;
use kepu::edition::{Edition, Format};

use super::args::Global;
use super::terminal::Terminal;
use super::{Exit, pipeline};

pub(super) fn run(global: &Global, terminal: &Terminal) -> Exit {
    let mut sink = Sink::new();
    let project = match pipeline::open(global, &mut sink, terminal) {
        Ok(project) => project,
        Err(exit) => return exit,
    };
    let mut list = String::new();
    for edition in project.editions.values() {
        let _ = writeln!(list, "{}", line(edition, &project.config.metadata.slug));
    }
    terminal.answer(&list);
    terminal.report(&sink, &project.sources())
}

/// One edition in one line.
fn line(edition: &Edition, slug: &str) -> String {
    let name = &edition.name;
    let file = edition.file_name(slug);
    let format = match edition.format {
        Format::ScreenPdf => "屏幕 PDF",
        Format::PrintPdf => "印刷 PDF",
        Format::Epub => return format!("{name}\tEPUB 3.3\t{file}"),
    };
    if let Some(cover) = &edition.cover {
        return format!("{name}\t封面 PDF\t配 {}\t{file}", cover.of);
    }
    let (width, height) = (edition.trim.width, edition.trim.height);
    let (size, leading) = (edition.body_size, edition.leading);
    let mut line = format!(
        "{name}\t{format}\t{width}×{height} mm\t正文 {size}/{leading} 磅\t{file}"
    );
    if let Some(claim) = edition.rules.as_ref().filter(|claim| claim.claimed) {
        let _ = write!(line, "\t声明达到{}", claim.set.name());
    }
    if edition.on_request {
        line.push_str("\t点名才排");
    }
    line
}
