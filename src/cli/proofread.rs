//! `kepu check --epub FILE`: what an inspector would say of a finished EPUB,
//! whoever made it; writes nothing.

use std::path::Path;

use kepu::diag::Sink;
use kepu::{epub, project};

use super::Exit;
use super::terminal::Terminal;

pub(super) fn run(file: &Path, terminal: &Terminal) -> Exit {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let is_epub = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("epub"));
    let bytes = if is_epub { project::read_file(file).ok() } else { None };
    let Some(bytes) = bytes else {
        return terminal.wrong_usage(
            &format!("“{}”不是可以打开的 EPUB 文件", file.display()),
            "写上 EPUB 文件的路径，例如 output/书名.epub；检查书稿时不写 --epub",
        );
    };
    let mut sink = Sink::new();
    let sources = epub::proofread(&name, &bytes, &mut sink);
    let exit = terminal.report(&sink, &sources);
    terminal.summary(&sink);
    if exit == Exit::Made {
        terminal.status("检查", &format!("{name} 没有发现错误"));
    }
    exit
}
