//! Projects in temporary folders, and the program run on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

/// The repository.
pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A throwaway copy of a project.
pub(crate) struct TestProject {
    folder: tempfile::TempDir,
}

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl TestProject {
    /// `tests/base`: the smallest complete book, which builds clean.
    pub(crate) fn base() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        copy(&Path::new(ROOT).join("tests/base"), project.path());
        project
    }

    /// The book of this repository, with all that belongs to it.
    pub(crate) fn real() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["book", "figures", "fonts", "templates"] {
            copy(&Path::new(ROOT).join(folder), &project.path().join(folder));
        }
        project
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Lays a folder's files over the project's.
    pub(crate) fn overlay(self, folder: &Path) -> Self {
        copy(folder, self.path());
        let deleted = fs::read_to_string(folder.join("DELETE")).unwrap_or_default();
        for path in deleted.lines().filter(|line| !line.trim().is_empty()) {
            fs::remove_file(self.path().join(path.trim())).unwrap();
        }
        self
    }

    /// Writes one file.
    pub(crate) fn write(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// The bytes of a file; fails the test when it is not there.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program in the project.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
        command.current_dir(self.path()).args(arguments.split_whitespace());
        Run::of(&mut command)
    }
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command
            .output()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self {
            code: status.code(),
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
        }
    }

    /// Fails the test unless the program ended with this code.
    pub(crate) fn must_exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Fails the test unless stderr says this.
    pub(crate) fn must_say(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text} is missing in:\n{}", self.stderr);
        self
    }
}

/// The real book in all its editions, built once for all tests.
pub(crate) static REAL_BOOK: LazyLock<PathBuf> = LazyLock::new(|| {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real-book");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command
        .args(["build", "--deny-warnings", "--project", ROOT, "--out"])
        .arg(&out);
    Run::of(&mut command).must_exit(0);
    out
});

/// A file of the real book.
pub(crate) fn real_book(name: &str) -> PathBuf {
    let path = REAL_BOOK.join(format!("tan-zhi-duoshao{name}"));
    assert!(path.is_file(), "{} was not built", path.display());
    path
}

/// Runs an outside tool that the suite needs; a missing one fails the test.
pub(crate) fn tool(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{program}: {error}; run tests/validators/fetch.sh first")
    });
    assert!(output.status.success(), "{program} {}", file.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of each page of a PDF.
pub(crate) fn page_texts(pdf: &Path, options: &[&str]) -> Vec<String> {
    let mut command = Command::new("pdftotext");
    let run = Run::of(command.args(options).arg(pdf).arg("-")).must_exit(0);
    let mut pages: Vec<_> = run.stdout.split('\u{c}').map(str::to_owned).collect();
    // The last form feed ends the last page.
    pages.pop();
    pages
}

/// Text without anything that layout may change: white space and joiners.
pub(crate) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{2060}')
        .collect()
}

/// Runs a command; gives its exit code and, where the system tells, the most
/// memory that it took, in kilobytes.
pub(crate) fn measured(command: &mut Command) -> (Option<i32>, u64) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak = text
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|number| number.parse().ok());
        most = most.max(peak.unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), most);
        }
        std::thread::sleep(Duration::from_millis(4));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if matches!(name.to_str(), Some("expected.txt" | "DELETE" | "ARGS" | "MUTATE")) {
            continue;
        }
        let target = to.join(&name);
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
