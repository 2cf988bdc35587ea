//! `kepu build`: the editions, each a file in the output folder.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use kepu::diag::{Diagnostic, Sink, Sources, rule};
use kepu::edition::{Edition, Spine};
use kepu::output::{self, Report, WriteError};
use kepu::project::Digest;
use kepu::typeset;

use super::args::{self, Global};
use super::pipeline::Prepared;
use super::render::{Rendered, render};
use super::terminal::Terminal;
use super::{Exit, pipeline, record};

pub(super) fn run(request: &args::Build, global: &Global, terminal: &Terminal) -> Exit {
    let root = match pipeline::root(global) {
        Ok(root) => root,
        Err(start) => return terminal.no_project(&start),
    };
    if let Some(jobs) = request.jobs {
        // Fails only when a pool exists already, which then serves as well.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.into());
        let _ = pool.build_global();
    }
    let out = request.out.clone().unwrap_or_else(|| root.join("output"));
    let previous = Report::load(&out);
    let rebuild = request.force || request.emit_typst.is_some();
    if !rebuild && record::is_current(&previous, &root, &out, &request.editions, terminal)
    {
        return Exit::Made;
    }
    Build { request, root, out, previous, terminal }.run()
}

/// One run of the command.
struct Build<'a> {
    request: &'a args::Build,
    root: PathBuf,
    out: PathBuf,
    previous: Report,
    terminal: &'a Terminal,
}

impl Build<'_> {
    fn run(self) -> Exit {
        let mut sink = Sink::new();
        let Some(prepared) = pipeline::prepare(&self.root, &mut sink, self.terminal)
        else {
            return self.finish(&sink, &Sources::default());
        };
        let chosen = match prepared.choose(&self.request.editions, self.terminal) {
            Ok(chosen) => chosen,
            Err(exit) => return exit,
        };
        check(&prepared, &chosen, &mut sink);
        if sink.has_errors() {
            return self.finish(&sink, &prepared.project.sources());
        }
        if let Some(folder) = &self.request.emit_typst {
            return self.emit(folder, &prepared, &chosen, &mut sink);
        }
        let rendered = render(&prepared, &chosen, self.terminal);
        let place = Shelf { out: &self.out, previous: &self.previous };
        place.write(&prepared, rendered, self.terminal, &mut sink);
        self.finish(&sink, &prepared.project.sources())
    }

    /// Writes the source that typst would get, for one PDF edition.
    fn emit(
        &self,
        folder: &Path,
        prepared: &Prepared,
        chosen: &[&Edition],
        sink: &mut Sink,
    ) -> Exit {
        let Some(edition) = chosen.iter().find(|edition| edition.has_pages()) else {
            return self.terminal.wrong_usage(
                "EPUB 和封面没有书页可写",
                "写出一个有正文的 PDF 版本的名字，例如 screen",
            );
        };
        let Prepared { project, figures, .. } = prepared;
        let book = prepared.book(edition);
        let copy = typeset::mark_up(&book, project, edition, None, sink);
        for (path, bytes) in typeset::emit(&book, project, figures, &copy) {
            if let Err(error) = output::write(&folder.join(path), &bytes) {
                sink.report(fault(&error));
                break;
            }
        }
        self.terminal.status(
            "写出",
            &format!("{} 的 typst 源文件，在 {}", edition.name, folder.display()),
        );
        self.finish(sink, &prepared.project.sources())
    }

    fn finish(&self, sink: &Sink, sources: &Sources) -> Exit {
        let exit = self.terminal.report(sink, sources);
        self.terminal.summary(sink);
        exit
    }
}

/// Makes editions of a book that is ready; what failed is in the sink.
pub(super) fn make(
    prepared: &Prepared,
    chosen: &[&Edition],
    out: &Path,
    previous: &Report,
    terminal: &Terminal,
    sink: &mut Sink,
) {
    check(prepared, chosen, sink);
    if sink.has_errors() {
        return;
    }
    let rendered = render(prepared, chosen, terminal);
    Shelf { out, previous }.write(prepared, rendered, terminal, sink);
}

/// What can be said of these editions before anything is laid out.
fn check(prepared: &Prepared, chosen: &[&Edition], sink: &mut Sink) {
    for edition in chosen {
        prepared.check_characters(edition, sink);
    }
    prepared.check_references(chosen, sink);
}

/// The output folder, and what it held before.
struct Shelf<'a> {
    out: &'a Path,
    previous: &'a Report,
}

impl Shelf<'_> {
    /// Writes the files of the editions that succeeded, then the report.
    fn write(
        &self,
        prepared: &Prepared,
        rendered: Vec<Rendered>,
        terminal: &Terminal,
        sink: &mut Sink,
    ) {
        let started = Instant::now();
        let project = &prepared.project;
        let slug = &project.config.metadata.slug;
        let path = |edition: &Edition| self.out.join(edition.file_name(slug));
        let (inputs, written) = rayon::join(
            || project.inputs(),
            || -> Vec<_> {
                let files = rendered.par_iter();
                files.map(|made| Written::new(&path(made.edition), made)).collect()
            },
        );
        let mut report = record::carry_over(self.previous, project);
        let sources = project.sources();
        for (made, written) in rendered.into_iter().zip(written) {
            sink.append(made.sink);
            let written = match written {
                None => continue,
                Some(Ok(written)) => written,
                Some(Err(error)) => {
                    sink.report(fault(&error));
                    continue;
                }
            };
            let size = match made.pages.pages() {
                0 => record::size(written.bytes),
                pages => match made.edition.blanks(pages) {
                    0 => format!("{pages} 页，{}", record::size(written.bytes)),
                    blanks => format!(
                        "{pages} 页和 {blanks} 个空白页，{}",
                        record::size(written.bytes)
                    ),
                },
            };
            let time = (made.time + written.time).as_secs_f64();
            let file = path(made.edition);
            if let Some(spine) = &made.spine {
                say_spine(made.edition, spine, terminal);
            }
            terminal.status("成品", &format!("{}  {size}  {time:.2} 秒", file.display()));
            let name = made.edition.file_name(slug);
            let entry = record::Made {
                edition: made.edition,
                bytes: written.bytes,
                sha256: written.sha256,
                pages: &made.pages,
                measured: made.measured,
                fonts: made.fonts,
                spine: made.spine,
            };
            report
                .outputs
                .insert(name, record::output(&entry, &inputs, sink, &sources));
        }
        if !report.outputs.is_empty()
            && let Err(error) = report.write(self.out)
        {
            sink.report(fault(&error));
        }
        terminal.timing("写入", started.elapsed());
    }
}

/// How wide the spine came out, and why.
fn say_spine(cover: &Edition, spine: &Spine, terminal: &Terminal) {
    let Spine { width, formula } = spine;
    let title = if spine.is_lettered() || *width <= 0.0 {
        String::new()
    } else {
        format!("；不足 {} 毫米，不印书名", Spine::NARROWEST_LETTERED)
    };
    let name = &cover.name;
    terminal.status("书脊", &format!("{name}：{width:.1} 毫米 = {formula}{title}"));
}

/// A file of an edition, written.
struct Written {
    bytes: usize,
    sha256: Digest,
    time: Duration,
}

impl Written {
    /// Writes the edition's file; `None` when the edition failed.
    fn new(path: &Path, made: &Rendered) -> Option<Result<Self, WriteError>> {
        let started = Instant::now();
        let bytes = made.bytes.as_ref()?;
        let written = output::write(path, bytes).map(|()| Self {
            bytes: bytes.len(),
            sha256: Digest::of(bytes),
            time: started.elapsed(),
        });
        Some(written)
    }
}

/// What to say of a file that could not be written.
pub(super) fn fault(error: &WriteError) -> Diagnostic {
    Diagnostic::global(&rule::machine::UNWRITABLE_OUTPUT, error.message())
        .hint("检查文件夹的权限和磁盘空间；上一次的成品没有被改动")
}
