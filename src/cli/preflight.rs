//! `kepu preflight FILE.pdf`: examines any PDF as a print shop would.

use std::path::Path;
use std::time::Instant;

use kepu::diag::{Diagnostic, Sink, Sources, rule};
use kepu::output;
use kepu::prepress::preflight::{Preflighted, Profile, preflight, report};
use kepu::project::{Digest, ReadError, read_file};

use super::Exit;
use super::args::Preflight;
use super::terminal::Terminal;

pub(super) fn run(request: &Preflight, terminal: &Terminal) -> Exit {
    let profile = match profile(&request.profile, terminal) {
        Ok(profile) => profile,
        Err(exit) => return exit,
    };
    let pdf = match read(&request.file, terminal) {
        Ok(pdf) => pdf,
        Err(exit) => return exit,
    };
    let started = Instant::now();
    let result = preflight(&pdf, &profile);
    terminal.timing("检查", started.elapsed());
    let mut sink = Sink::new();
    result.report(&mut sink);
    write_reports(request, &profile, &result, &pdf, &mut sink);
    let name = request.file.display();
    terminal
        .status("检查", &format!("{name}  {} 页，{}", result.pages.len(), profile.title));
    let exit = terminal.report(&sink, &Sources::default());
    match exit {
        Exit::Made if sink.sorted().is_empty() => terminal.status("完成", "没有发现问题"),
        _ => terminal.summary(&sink),
    }
    exit
}

/// The profile of this name, or in the file of this name.
pub(super) fn profile(name: &str, terminal: &Terminal) -> Result<Profile, Exit> {
    if let Some(profile) = Profile::named(name) {
        return Ok(profile);
    }
    let known = Profile::names().collect::<Vec<_>>().join("、");
    let path = Path::new(name);
    if path.extension().is_none() {
        let message = format!("没有 `{name}` 这个检查配置");
        let hint = format!("自带的有 {known}；也可以写一个 .toml 文件的路径");
        return Err(terminal.wrong_usage(&message, &hint));
    }
    let bytes = read(path, terminal)?;
    let wrong = |why: &str| {
        let message = format!("检查配置 {name} {why}");
        terminal.wrong_usage(
            &message,
            &format!("从自带的配置（{known}）开始写：extends = \"x4-coated\""),
        )
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong("不是 UTF-8 文本"))?;
    Profile::read(text).map_err(|why| wrong(&why))
}

/// A file that was named: not there is a wrong call, unreadable a fault.
fn read(path: &Path, terminal: &Terminal) -> Result<Vec<u8>, Exit> {
    let name = path.display().to_string();
    read_file(path).map_err(|error| match error {
        ReadError::Missing => terminal
            .wrong_usage(&format!("找不到文件 {name}"), "检查文件名和所在的文件夹"),
        ReadError::Folder => terminal
            .wrong_usage(&format!("{name} 是文件夹，不是文件"), "写出 PDF 文件的名字"),
        error => {
            let mut sink = Sink::new();
            sink.report(error.diagnostic(&name, None));
            terminal.report(&sink, &Sources::default())
        }
    })
}

fn write_reports(
    request: &Preflight,
    profile: &Profile,
    result: &Preflighted,
    pdf: &[u8],
    sink: &mut Sink,
) {
    if request.json.is_none() && request.html.is_none() {
        return;
    }
    let file = request.file.file_name().unwrap_or_default().to_string_lossy();
    let digest = Digest::of(pdf).to_string();
    let head = report::Head {
        file: &file,
        sha256: &digest,
        profile: &request.profile,
        title: &profile.title,
        version: env!("CARGO_PKG_VERSION"),
    };
    let mut write = |path: &Path, text: String| {
        if let Err(error) = output::write(path, text.as_bytes()) {
            let rule = &rule::machine::UNWRITABLE_OUTPUT;
            sink.report(Diagnostic::global(rule, error.message()));
        }
    };
    if let Some(path) = &request.json {
        write(path, report::json(result, &head));
    }
    if let Some(path) = &request.html {
        write(path, report::html(result, &head, pdf));
    }
}
