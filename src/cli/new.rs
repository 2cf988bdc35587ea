//! `kepu new FOLDER`: a book that builds at once.

use std::path::Path;

use kepu::diag::{Diagnostic, Sink, Sources, rule};
use kepu::{output, project};

use super::Exit;
use super::terminal::Terminal;

pub(super) fn run(folder: &Path, title: Option<&str>, terminal: &Terminal) -> Exit {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let title = title.map(str::to_owned).or(name).unwrap_or_else(|| "新书".to_owned());
    let files = project::starter::files(&title);
    if let Err(error) = output::create_folder(folder, &files) {
        if error.error.kind() == std::io::ErrorKind::AlreadyExists {
            return terminal.wrong_usage(
                &format!("{} 已经有内容了", folder.display()),
                "换一个不存在的或空的文件夹",
            );
        }
        let mut sink = Sink::new();
        let rule = &rule::machine::UNWRITABLE_OUTPUT;
        sink.report(Diagnostic::global(rule, error.message()));
        return terminal.report(&sink, &Sources::default());
    }
    terminal.status("新建", &format!("《{title}》，在 {}", folder.display()));
    terminal.status("接着", &format!("kepu --project {} build", folder.display()));
    Exit::Made
}
