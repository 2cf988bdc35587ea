//! Reading files of the project: lazily, each once, never outside its folder.

#![expect(clippy::disallowed_methods, reason = "this is where the disk is read")]

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::{Digest, embedded};
use crate::diag::rule::{machine, project as rule};
use crate::diag::{Diagnostic, SourceId, Sources, Span};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// The path leads out of the project: `..`, an absolute path or a link.
    Outside,
    /// The path is written with `\`, which works on one system only.
    Backslash,
    /// The path names a folder.
    Folder,
    /// The file is larger than [`MAX_BYTES`].
    TooLarge(u64),
    /// The text is not UTF-8; the span is the first bad byte.
    NotUtf8(Span),
    /// The machine refuses: permissions, a broken disk.
    Unreadable(String),
}

impl ReadError {
    /// The diagnostic for a file named at `span`.
    pub fn diagnostic(&self, path: &str, span: Option<Span>) -> Diagnostic {
        let at = |rule, message: String| match span {
            Some(span) => Diagnostic::new(rule, span, message),
            None => Diagnostic::global(rule, message),
        };
        match self {
            Self::Missing => at(&rule::MISSING_FILE, format!("找不到文件 {path}"))
                .hint("检查文件名和所在的文件夹；大小写也要一致"),
            Self::Folder => at(&rule::MISSING_FILE, format!("{path} 是文件夹，不是文件"))
                .hint("写出文件夹里那个文件的名字"),
            Self::Outside => {
                at(&rule::PATH_OUTSIDE, format!("路径 {path} 通向书的文件夹之外"))
                    .hint("把文件复制到书的文件夹里，再用相对路径引用")
            }
            Self::Backslash => {
                at(&rule::PATH_BACKSLASH, format!("路径 {path} 用了反斜线"))
                    .hint(format!("改写为 {}", path.replace('\\', "/")))
            }
            Self::TooLarge(size) => at(
                &machine::FILE_TOO_LARGE,
                format!("文件 {path} 有 {} MB，太大了", size / (1024 * 1024)),
            )
            .hint(format!("压缩到 {} MB 以内", MAX_BYTES / (1024 * 1024))),
            Self::NotUtf8(bad) => {
                let found = Diagnostic::new(
                    &rule::NOT_UTF8,
                    *bad,
                    format!("{path} 不是 UTF-8 文本"),
                )
                .hint("在编辑器里“另存为”，编码选 UTF-8");
                match span {
                    Some(span) if span.source != bad.source => {
                        found.related(span, "在这里引用")
                    }
                    _ => found,
                }
            }
            Self::Unreadable(why) => {
                at(&machine::UNREADABLE, format!("无法读取 {path}：{why}"))
                    .hint("检查文件的权限，以及磁盘是否正常")
            }
        }
    }
}

/// A file's bytes: part of the program, or read from the disk.
#[derive(Clone)]
pub enum Bytes {
    /// Part of the program.
    Embedded(&'static [u8]),
    /// Read from the disk.
    Kept(Arc<[u8]>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Kept(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

/// The path `link` as seen from the file `from`, from the project's root, with
/// `.` and `..` resolved: `book/chapters/01.md` and `../../figures/a.svg` give
/// `figures/a.svg`. Does not look at the disk.
pub fn resolve_path(from: &str, link: &str) -> Result<String, ReadError> {
    if link.contains('\\') {
        return Err(ReadError::Backslash);
    }
    let drive = link.as_bytes().get(1) == Some(&b':');
    if link.starts_with('/') || drive || link.contains('\0') {
        return Err(ReadError::Outside);
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(ReadError::Outside)?;
            }
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// The project's files, kept once read.
#[derive(Debug)]
pub(super) struct Files {
    /// The root, as the user named it.
    root: PathBuf,
    /// The root without links; `None` if it cannot be known.
    real_root: Option<PathBuf>,
    kept: Mutex<Kept>,
}

/// What was read so far.
#[derive(Default)]
struct Kept {
    sources: Sources,
    texts: BTreeMap<String, Result<SourceId, ReadError>>,
    bytes: BTreeMap<String, Result<Arc<[u8]>, ReadError>>,
    /// Folders that were listed, as [`listing`] writes them.
    listings: BTreeMap<String, Vec<u8>>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.texts.keys().chain(self.bytes.keys()))
            .finish()
    }
}

impl Files {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
            real_root: root.canonicalize().ok(),
            kept: Mutex::default(),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A poisoned lock still holds whole entries: they are inserted at once.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn text(&self, path: &str) -> Result<SourceId, ReadError> {
        let path = resolve_path("", path)?;
        let mut kept = self.kept();
        if let Some(known) = kept.texts.get(&path) {
            return known.clone();
        }
        let read = self
            .read(&path)
            .map(|bytes| add_text(&mut kept.sources, &path, bytes));
        let read = read.and_then(|text| text);
        kept.texts.insert(path, read.clone());
        read
    }

    pub(super) fn bytes(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        let path = resolve_path("", path)?;
        let mut kept = self.kept();
        if let Some(known) = kept.bytes.get(&path) {
            return known.clone();
        }
        let read = self.read(&path).map(Arc::from);
        kept.bytes.insert(path, read.clone());
        read
    }

    pub(super) fn source(&self, id: SourceId) -> Arc<str> {
        self.kept()
            .sources
            .get(id)
            .map_or_else(|| Arc::from(""), |s| s.text.clone())
    }

    pub(super) fn sources(&self) -> Sources {
        self.kept().sources.clone()
    }

    /// Everything read or looked for, by path, as it was then; `None` where
    /// nothing was found. A listed folder stands here with a `/` behind its name.
    pub(super) fn inputs(&self) -> BTreeMap<String, Option<Digest>> {
        let kept = self.kept();
        let texts = kept.texts.iter().map(|(path, id)| {
            let source = id.clone().ok().and_then(|id| kept.sources.get(id));
            (path, source.map(|source| source.text.as_bytes()))
        });
        let bytes = kept.bytes.iter().map(|(path, bytes)| (path, bytes.as_deref().ok()));
        let listings = kept
            .listings
            .iter()
            .map(|(path, names)| (path, Some(names.as_slice())));
        let all: Vec<(&String, Option<&[u8]>)> =
            texts.chain(bytes).chain(listings).collect();
        all.into_par_iter()
            .map(|(path, bytes)| (path.clone(), bytes.map(Digest::of)))
            .collect()
    }

    /// The names in a folder of the project, sorted; empty without the folder.
    pub(super) fn list(&self, folder: &str) -> Vec<String> {
        let Ok(folder) = resolve_path("", folder) else { return Vec::new() };
        let names = names_in(&self.root.join(&folder));
        self.kept().listings.insert(format!("{folder}/"), listing(&names));
        names
    }

    /// Whether a file exists, inside the project.
    pub(super) fn has(&self, path: &str) -> bool {
        resolve_path("", path).is_ok_and(|path| self.locate(&path).is_ok())
    }

    /// The file on disk for a normal path, checked to lie in the project.
    pub(super) fn locate(&self, path: &str) -> Result<(PathBuf, u64), ReadError> {
        let full = self.root.join(path);
        let real = full.canonicalize().map_err(|error| read_error(&error))?;
        if self.real_root.as_ref().is_none_or(|root| !real.starts_with(root)) {
            return Err(ReadError::Outside);
        }
        let meta = fs::metadata(&real).map_err(|error| read_error(&error))?;
        if !meta.is_file() {
            return Err(ReadError::Folder);
        }
        if meta.len() > MAX_BYTES {
            return Err(ReadError::TooLarge(meta.len()));
        }
        Ok((real, meta.len()))
    }

    /// Reads a file of the project, given by its normal path.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let (full, _) = self.locate(path)?;
        fs::read(full).map_err(|error| read_error(&error))
    }

    /// Reads a file, unless it holds exactly `known`: then `None`. Looks at it
    /// in small pieces, so that an unchanged bundled font costs no memory.
    pub(super) fn read_unless(
        &self,
        path: &str,
        known: Option<(&[u8], &Digest)>,
    ) -> Result<Option<Vec<u8>>, ReadError> {
        let (full, size) = self.locate(path)?;
        if let Some((bytes, digest)) = known
            && bytes.len() as u64 == size
            && digest_of(&full).map_err(|error| read_error(&error))? == *digest
        {
            return Ok(None);
        }
        self.read(path).map(Some)
    }
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// A folder's names as bytes that can be compared.
fn listing(names: &[String]) -> Vec<u8> {
    names.join("\n").into_bytes()
}

/// What a path that an earlier run recorded would give now, without opening
/// the project: the file's content, a folder's names, or what the program
/// itself carries under that name.
pub fn input(root: &Path, path: &str) -> Option<Digest> {
    let full = root.join(path);
    if path.ends_with('/') {
        return Some(Digest::of(&listing(&names_in(&full))));
    }
    match fs::read(full) {
        Ok(bytes) => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            Some(Digest::of(bytes))
        }
        Err(_) => embedded::digest(path),
    }
}

fn digest_of(path: &Path) -> std::io::Result<Digest> {
    Digest::of_reader(fs::File::open(path)?)
}

/// Adds a text to the sources. A byte order mark is dropped: it says nothing in
/// UTF-8, and every later stage may then trust the first character.
fn add_text(
    sources: &mut Sources,
    path: &str,
    bytes: Vec<u8>,
) -> Result<SourceId, ReadError> {
    let mut bytes = bytes;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(path, text)),
        Err(error) => {
            // Kept with the bad bytes replaced, so that the place can be shown.
            let start = error.utf8_error().valid_up_to();
            let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let end = start + char::REPLACEMENT_CHARACTER.len_utf8();
            let id = sources.add(path, shown);
            Err(ReadError::NotUtf8(Span::new(id, start..end)))
        }
    }
}

fn read_error(error: &std::io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => {
            ReadError::Missing
        }
        ErrorKind::IsADirectory => ReadError::Folder,
        ErrorKind::PermissionDenied => ReadError::Unreadable("没有权限".to_owned()),
        _ => ReadError::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_file_that_names_them() {
        let from = "book/chapters/01.md";
        assert_eq!(resolve_path(from, "../../figures/a.svg").unwrap(), "figures/a.svg");
        assert_eq!(resolve_path(from, "./b.png").unwrap(), "book/chapters/b.png");
        assert_eq!(resolve_path(from, "../../../x"), Err(ReadError::Outside));
        assert_eq!(resolve_path(from, "/etc/passwd"), Err(ReadError::Outside));
        assert_eq!(resolve_path(from, "C:/x"), Err(ReadError::Outside));
        assert_eq!(resolve_path(from, "..\\x"), Err(ReadError::Backslash));
    }

    #[test]
    fn a_link_out_of_the_project_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("book");
        fs::create_dir_all(&root).unwrap();
        fs::write(dir.path().join("secret.txt"), "x").unwrap();
        fs::write(root.join("bad.md"), b"\xef\xbb\xbf\xe7\xa2\xb3\xff").unwrap();
        fs::write(root.join("good.md"), "\u{feff}碳").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.txt", root.join("link.md")).unwrap();
        let files = Files::new(&root);
        #[cfg(unix)]
        assert_eq!(files.text("link.md"), Err(ReadError::Outside));
        assert_eq!(files.text("../secret.txt"), Err(ReadError::Outside));
        assert_eq!(files.text("none.md"), Err(ReadError::Missing));
        assert_eq!(files.text("."), Err(ReadError::Folder));
        let good = files.text("./good.md").unwrap();
        assert_eq!(&*files.source(good), "碳");
        assert_eq!(files.text("good.md"), Ok(good), "read once");
        let Err(ReadError::NotUtf8(span)) = files.text("bad.md") else {
            panic!("not refused")
        };
        assert_eq!(span.range(), 3..6);
        assert_eq!(files.sources().text(span), "\u{fffd}");
    }

    #[test]
    fn an_unchanged_file_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), "abc").unwrap();
        let files = Files::new(dir.path());
        let unless =
            |bytes: &[u8]| files.read_unless("a", Some((bytes, &Digest::of(bytes))));
        assert_eq!(unless(b"abc"), Ok(None));
        assert_eq!(unless(b"abd"), Ok(Some(b"abc".to_vec())));
        assert_eq!(unless(b"ab"), Ok(Some(b"abc".to_vec())));
        assert_eq!(files.read_unless("a", None), Ok(Some(b"abc".to_vec())));
    }
}
