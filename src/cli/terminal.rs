//! The one door to the person at the terminal.
//!
//! Answers (lists, explanations, JSON) go to stdout; progress and diagnostics
//! for people go to stderr. A reader that goes away ends nothing.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use kepu::diag::{Diagnostic, Severity, Sink, Sources, emit, rule};

use super::Exit;
use super::args::{ColorChoice, Global, MessageFormat};

/// What the person sees.
#[derive(Debug)]
pub(super) struct Terminal {
    json: bool,
    talk: Talk,
    color: bool,
    deny_warnings: bool,
}

/// How much is said besides problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Talk {
    /// Nothing.
    Quiet,
    /// What is done.
    Progress,
    /// And how long it took.
    Times,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let color = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => std::io::stderr().is_terminal() && !no_color(),
        };
        Self {
            json: global.message_format == MessageFormat::Json,
            talk: match (global.quiet, global.verbose) {
                (true, _) => Talk::Quiet,
                (false, false) => Talk::Progress,
                (false, true) => Talk::Times,
            },
            color,
            deny_warnings: global.deny_warnings,
        }
    }

    /// A line of progress: a verb, and what it is about.
    pub(super) fn status(&self, verb: &str, what: &str) {
        if self.talk >= Talk::Progress {
            self.line(verb, what);
        }
    }

    /// How long a step took; for those who asked.
    pub(super) fn timing(&self, step: &str, time: Duration) {
        if self.talk >= Talk::Times {
            self.line("用时", &format!("{step} {:.3} 秒", time.as_secs_f64()));
        }
    }

    /// Writes to stdout.
    #[expect(clippy::unused_self, reason = "what is printed goes through the terminal")]
    pub(super) fn answer(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes());
        if !text.ends_with('\n') {
            let _ = out.write_all(b"\n");
        }
        let _ = out.flush();
    }

    /// Reports all that a sink gathered, and says how the run ends by it.
    pub(super) fn report(&self, sink: &Sink, sources: &Sources) -> Exit {
        let diagnostics = sink.sorted();
        let look = emit::Look { color: self.color, ..emit::Look::default() };
        let text: String = diagnostics
            .iter()
            .map(|diagnostic| {
                if self.json {
                    emit::json(diagnostic, sources) + "\n"
                } else {
                    emit::human(diagnostic, sources, look) + "\n"
                }
            })
            .collect();
        if self.json && !text.is_empty() {
            self.answer(&text);
        } else if !text.is_empty() {
            say(&text);
        }
        self.exit(sink)
    }

    /// How a run with these diagnostics ends.
    pub(super) fn exit(&self, sink: &Sink) -> Exit {
        if sink.sorted().iter().any(|d| is_fault(d)) {
            Exit::Machine
        } else if sink.has_errors()
            || (self.deny_warnings && sink.count(Severity::Warning) > 0)
        {
            Exit::Problems
        } else {
            Exit::Made
        }
    }

    /// The last line: how many problems there were.
    pub(super) fn summary(&self, sink: &Sink) {
        let errors = sink.count(Severity::Error);
        let warnings = sink.count(Severity::Warning);
        match (errors, warnings) {
            (0, 0) => {}
            (0, _) => self.status("共有", &format!("{warnings} 个警告")),
            (_, 0) => self.status("共有", &format!("{errors} 个错误")),
            _ => self.status("共有", &format!("{errors} 个错误，{warnings} 个警告")),
        }
    }

    /// Whether answers are for programs.
    pub(super) fn speaks_json(&self) -> bool {
        self.json
    }

    /// Whether warnings fail the run.
    pub(super) fn denies_warnings(&self) -> bool {
        self.deny_warnings
    }

    /// A wrong call: one line, and what to do.
    pub(super) fn wrong_usage(&self, message: &str, hint: &str) -> Exit {
        let (bold, red, plain) = self.styles();
        say(&format!(
            "{bold}{red}错误{plain}{bold}：{message}{plain}\n  = 建议：{hint}\n"
        ));
        Exit::Usage
    }

    /// No project where one was expected.
    pub(super) fn no_project(&self, place: &Path) -> Exit {
        self.wrong_usage(
            &format!("在 {} 及其上级文件夹中没有找到 book/book.toml", place.display()),
            "进入书的文件夹再运行，或用 --project 指明它；新书用 `kepu new 文件夹` 建立",
        )
    }

    /// The program's own mistake.
    pub(super) fn internal_fault(&self, what: &str) {
        let mut sink = Sink::new();
        let rule = &rule::machine::INTERNAL_FAULT;
        sink.report(
            Diagnostic::global(rule, format!("程序内部出错：{what}"))
                .hint("请把书稿和这条消息一起报告给开发者；上一次的成品没有被改动"),
        );
        self.report(&sink, &Sources::default());
    }

    fn line(&self, verb: &str, what: &str) {
        let (bold, _, plain) = self.styles();
        let green = if self.color { "\u{1b}[32m" } else { "" };
        say(&format!("{bold}{green}{verb:>4}{plain} {what}\n"));
    }

    fn styles(&self) -> (&'static str, &'static str, &'static str) {
        if self.color { ("\u{1b}[1m", "\u{1b}[31m", "\u{1b}[0m") } else { ("", "", "") }
    }
}

/// Whether a diagnostic is about the machine, not about the book.
fn is_fault(diagnostic: &Diagnostic) -> bool {
    rule::is_fault(diagnostic.rule)
}

/// The convention of no-color.org.
#[expect(clippy::disallowed_methods, reason = "the terminal is an edge")]
fn no_color() -> bool {
    std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty())
}

/// Writes to stderr; a closed stderr is not our problem.
pub(super) fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
