//! The command line: arguments, progress, diagnostics, exit code.
//!
//! Belongs to the binary: no stage can see it. [`run`] parses, hands over to
//! one file a command, and turns whatever happened into an [`Exit`].

mod args;
mod bind;
mod build;
mod check;
mod claims;
mod explain;
mod export;
mod fonts;
mod geometry;
mod impose;
mod list;
mod new;
mod package;
mod pipeline;
mod preflight;
mod press;
mod proofread;
mod record;
mod render;
mod terminal;
mod usage;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Arguments, Command};
use terminal::Terminal;

/// How a run ended; the contract's exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Made, or nothing to complain about.
    Made,
    /// Problems in the book.
    Problems,
    /// Wrong usage.
    Usage,
    /// A fault of the machine: disk, memory, missing tool, or of the program.
    Machine,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Made => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
            Exit::Machine => 3,
        })
    }
}

/// Runs the program.
pub(crate) fn run() -> Exit {
    let parsed = args::parser()
        .try_get_matches()
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage::report(&error),
    };
    let mut terminal = Terminal::new(&arguments.global);
    std::panic::set_hook(Box::new(|_| {}));
    let dispatched = catch_unwind(AssertUnwindSafe(|| {
        dispatch(&arguments.command, &arguments.global, &mut terminal)
    }));
    dispatched.unwrap_or_else(|panic| {
        let what = panic
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        terminal.internal_fault(&what);
        Exit::Machine
    })
}

fn dispatch(command: &Command, global: &args::Global, terminal: &mut Terminal) -> Exit {
    match command {
        Command::Build(request) => build::run(request, global, terminal),
        Command::Check { epub: Some(file), .. } => proofread::run(file, terminal),
        Command::Check { epub: None, editions, layout, claims } => {
            check::run(*layout, *claims, editions, global, terminal)
        }
        Command::Preflight(request) => preflight::run(request, terminal),
        Command::New { folder, title } => new::run(folder, title.as_deref(), terminal),
        Command::Package(request) => package::run(request, global, terminal),
        Command::Impose(request) => impose::run(request, terminal),
        Command::Fonts => fonts::run(global, terminal),
        Command::Editions => list::run(global, terminal),
        Command::Explain { code } => explain::run(code.as_deref(), terminal),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut args::parser(), "kepu", &mut script);
            terminal.answer(&String::from_utf8_lossy(&script));
            Exit::Made
        }
    }
}
