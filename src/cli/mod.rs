//! The command line: arguments, progress, diagnostics, exit code.
