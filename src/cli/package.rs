//! `kepu package`: everything that a printing house needs, in one zip.
//!
//! The editions are built if they are stale, examined as a print shop would,
//! and packed with their reports, the job ticket and a letter. Nothing is packed
//! that breaks an error-level rule of the profile; the last package stays.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kepu::diag::{Diagnostic, Severity, Sink, Sources, rule};
use kepu::edition::{ColorPolicy, Contact, Edition, Format, JobTicket, Spine};
use kepu::output::{self, Report};
use kepu::prepress::letter::{Examined, letter};
use kepu::prepress::preflight::{self, Preflighted, Profile};
use kepu::prepress::ticket::xjdf;
use kepu::project::{Digest, read_file};
use kepu::typeset;

use super::args::{self, Global};
use super::pipeline::Prepared;
use super::terminal::Terminal;
use super::{Exit, build, pipeline, record};

/// A PDF of the package.
struct Part<'p> {
    edition: &'p Edition,
    /// Its name, in the output folder and in the package.
    file: String,
    bytes: Vec<u8>,
    /// As it claims them.
    standards: Vec<String>,
    spine: Option<Spine>,
}

pub(super) fn run(request: &args::Package, global: &Global, terminal: &Terminal) -> Exit {
    let root = match pipeline::root(global) {
        Ok(root) => root,
        Err(start) => return terminal.no_project(&start),
    };
    let out = request.out.clone().unwrap_or_else(|| root.join("output"));
    let mut sink = Sink::new();
    let Some(prepared) = pipeline::prepare(&root, &mut sink, terminal) else {
        return finish(&sink, &Sources::default(), terminal);
    };
    let package = match Package::open(request, &prepared, terminal) {
        Ok(package) => Package { root, out, ..package },
        Err(exit) => return exit,
    };
    package.make(&mut sink);
    finish(&sink, &prepared.project.sources(), terminal)
}

fn finish(sink: &Sink, sources: &Sources, terminal: &Terminal) -> Exit {
    let exit = terminal.report(sink, sources);
    terminal.summary(sink);
    exit
}

/// One run of the command.
struct Package<'p> {
    root: PathBuf,
    out: PathBuf,
    prepared: &'p Prepared,
    block: &'p Edition,
    covers: Vec<&'p Edition>,
    /// The profile's name, and what it asks.
    profile: (String, Profile),
    terminal: &'p Terminal,
}

impl<'p> Package<'p> {
    fn open(
        request: &args::Package,
        prepared: &'p Prepared,
        terminal: &'p Terminal,
    ) -> Result<Self, Exit> {
        let editions = &prepared.project.editions;
        let is_block = |edition: &&Edition| {
            edition.format == Format::PrintPdf && edition.has_pages()
        };
        let block = editions.get(&request.edition).filter(is_block);
        let Some(block) = block else {
            let printed = editions.values().filter(is_block);
            let names: Vec<_> = printed.map(|edition| edition.name.as_str()).collect();
            return Err(terminal.wrong_usage(
                &format!("`{}` 不是印刷用的内文版本", request.edition),
                &format!("可以写：{}", names.join("、")),
            ));
        };
        let wraps = |edition: &&Edition| {
            edition.cover.as_ref().is_some_and(|cover| cover.of == block.name)
        };
        let name = request.profile.clone().unwrap_or_else(|| usual_profile(block));
        let mut profile = super::preflight::profile(&name, terminal)?;
        let covers: Vec<&Edition> = editions.values().filter(wraps).collect();
        // The spot inks of the order are meant.
        let ordered = covers.iter().chain([&block]).filter_map(|e| e.spot_name());
        profile.ink.spots.extend(ordered.map(str::to_owned));
        Ok(Self {
            root: PathBuf::new(),
            out: PathBuf::new(),
            prepared,
            block,
            covers,
            profile: (name, profile),
            terminal,
        })
    }

    /// Builds, examines, packs and writes; what hinders is in the sink.
    fn make(&self, sink: &mut Sink) {
        let Some(parts) = self.build(sink) else { return };
        let examined: Vec<_> = parts.iter().map(|part| self.examine(part)).collect();
        for result in &examined {
            result.report(sink);
        }
        if sink.has_errors() {
            self.terminal.status("打包", "有错误，没有打包；上一次的包没有被改动");
            return;
        }
        let Some(files) = self.files(parts, &examined, sink) else { return };
        self.check_contact(sink);
        let slug = &self.prepared.resolved.metadata.slug;
        let path = self.out.join(format!("{slug}-{}-package.zip", self.block.name));
        let count = files.len();
        let written = match output::pack(&files, self.prepared.resolved.metadata.date) {
            Ok(bytes) => output::write(&path, &bytes).map(|()| bytes.len()),
            Err(error) => {
                let message = format!("压缩包做不出来：{error}");
                sink.report(Diagnostic::global(&rule::machine::PREPRESS_FAILED, message));
                return;
            }
        };
        match written {
            Ok(size) => {
                let size = record::size(size);
                let path = path.display();
                self.terminal
                    .status("打包", &format!("{path}  {count} 个文件，{size}"));
            }
            Err(error) => sink.report(build::fault(&error)),
        }
    }

    /// Says so when nobody is named whom the printing house could call.
    fn check_contact(&self, sink: &mut Sink) {
        if self.prepared.project.config.order.contact != Contact::default() {
            return;
        }
        let message = "印制单和付印说明里的联系人是“未填”";
        let found = Diagnostic::global(&rule::press::ORDER_WITHOUT_CONTACT, message);
        let hint = "在 book.toml 的 [order.contact] 里写 company、name、phone、email";
        sink.report(found.hint(hint));
    }

    /// The PDF files, made if they are not as they would be made now.
    fn build(&self, sink: &mut Sink) -> Option<Vec<Part<'p>>> {
        let chosen: Vec<&Edition> = std::iter::once(self.block)
            .chain(self.covers.iter().copied())
            .collect();
        let names: Vec<_> = chosen.iter().map(|edition| edition.name.clone()).collect();
        let previous = Report::load(&self.out);
        let (root, out, terminal) = (&self.root, &self.out, self.terminal);
        if !record::is_current(&previous, root, out, &names, terminal) {
            build::make(self.prepared, &chosen, out, &previous, terminal, sink);
        }
        if sink.has_errors() {
            return None;
        }
        let report = Report::load(out);
        chosen
            .into_iter()
            .map(|edition| part(edition, self.prepared, out, &report, sink))
            .collect()
    }

    fn examine(&self, part: &Part<'_>) -> Preflighted {
        let (_, profile) = &self.profile;
        let result = preflight::preflight(&part.bytes, profile);
        let found = match (result.count(Severity::Error), result.count(Severity::Warning))
        {
            (0, 0) => "没有发现问题".to_owned(),
            (errors, warnings) => format!("{errors} 个错误，{warnings} 个警告"),
        };
        let (file, title) = (&part.file, &profile.title);
        self.terminal.status("检查", &format!("{file}  {title}：{found}"));
        result
    }

    /// Everything that goes into the package.
    fn files(
        &self,
        parts: Vec<Part<'_>>,
        examined: &[Preflighted],
        sink: &mut Sink,
    ) -> Option<BTreeMap<String, Vec<u8>>> {
        let Prepared { project, resolved, .. } = self.prepared;
        let ticket = self.ticket(&parts, examined);
        let form = typeset::ticket(resolved, project, self.block, &ticket, sink)?;
        let mut files = BTreeMap::new();
        let mut others = Vec::new();
        let mut told = Vec::new();
        for (part, result) in parts.into_iter().zip(examined) {
            told.push(self.told(&part, result));
            let head = preflight::report::Head {
                file: &part.file,
                sha256: &Digest::of(&part.bytes).to_string(),
                profile: &self.profile.0,
                title: &self.profile.1.title,
                version: env!("CARGO_PKG_VERSION"),
            };
            let html = preflight::report::html(result, &head, &part.bytes);
            let json = preflight::report::json(result, &head);
            let name = format!("preflight-{}", part.edition.name);
            for (extension, text, what) in [
                ("html", html, "印前检查报告，用浏览器看"),
                ("json", json, "同一份检查报告，给程序读"),
            ] {
                let name = format!("{name}.{extension}");
                others.push((name.clone(), what));
                files.insert(name, text.into_bytes());
            }
            files.insert(part.file, part.bytes);
        }
        others.push(("job-ticket.pdf".to_owned(), "印制单"));
        others
            .push(("job-ticket.xjdf".to_owned(), "同一份印制单，XJDF 2.1，给流程软件读"));
        others.push(("SHA256SUMS".to_owned(), "校验和"));
        files.insert("job-ticket.pdf".to_owned(), form);
        files.insert("job-ticket.xjdf".to_owned(), xjdf(&ticket).into_bytes());
        let letter = letter(&ticket, &told, &others).replace('\n', "\r\n");
        // The mark and the line ends are for the editors of printing houses.
        files.insert("README.txt".to_owned(), format!("\u{feff}{letter}").into_bytes());
        files.insert("SHA256SUMS".to_owned(), sums(&files).into_bytes());
        Some(files)
    }

    /// The job ticket, with the printing condition that the file itself names.
    fn ticket(&self, parts: &[Part<'_>], examined: &[Preflighted]) -> JobTicket {
        let Prepared { project, resolved, .. } = self.prepared;
        // With the blank pages that fill it up.
        let pages = examined.first().map_or(0, |result| result.pages.len());
        let cover = parts.iter().find_map(|part| {
            let spine = part.spine.clone()?;
            Some((part.edition, spine))
        });
        let mut ticket =
            typeset::job_ticket(&resolved.metadata, project, (self.block, pages), cover);
        let intents = examined.first().map(|result| result.facts.intents.as_slice());
        let mut intents = intents.unwrap_or_default().iter();
        let condition = intents.find_map(|intent| intent.condition.clone());
        ticket.condition = condition.unwrap_or_default();
        if self.block.color != ColorPolicy::Rgb {
            ticket.ink_limit = Some(self.block.press.ink_limit.0);
        }
        ticket
    }

    /// What the letter says of a file.
    fn told(&self, part: &Part<'_>, result: &Preflighted) -> Examined {
        Examined {
            file: part.file.clone(),
            pages: result.pages.len(),
            profile: self.profile.1.title.clone(),
            findings: (result.count(Severity::Error), result.count(Severity::Warning)),
            standard: part.standards.join("、"),
        }
    }
}

/// The profile of the block's paper.
fn usual_profile(block: &Edition) -> String {
    match block.paper.coated {
        Some(false) => "x4-uncoated".to_owned(),
        _ => "x4-coated".to_owned(),
    }
}

/// An edition as it lies in the output folder.
fn part<'p>(
    edition: &'p Edition,
    prepared: &Prepared,
    out: &Path,
    report: &Report,
    sink: &mut Sink,
) -> Option<Part<'p>> {
    let file = edition.file_name(&prepared.resolved.metadata.slug);
    let path = out.join(&file);
    let bytes = read_file(&path)
        .map_err(|error| sink.report(error.diagnostic(&path.to_string_lossy(), None)))
        .ok()?;
    let output = report.outputs.get(&file);
    let spine = output.and_then(|output| output.spine.as_ref());
    Some(Part {
        edition,
        bytes,
        standards: output.map(|output| output.standards.clone()).unwrap_or_default(),
        spine: spine
            .map(|spine| Spine { width: spine.width, formula: spine.formula.clone() }),
        file,
    })
}

/// `SHA256SUMS`, as `sha256sum -c` reads it.
fn sums(files: &BTreeMap<String, Vec<u8>>) -> String {
    let line =
        |(name, bytes): (&String, &Vec<u8>)| format!("{}  {name}\n", Digest::of(bytes));
    files.iter().map(line).collect()
}
