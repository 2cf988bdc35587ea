//! Writes the disk; the only module that does.
//!
//! A run hands over finished bytes. Each file is written beside its place and
//! renamed into it, so that readers see the old file or the new one, never a
//! half; whatever fails leaves the previous file as it was. The [`report`] of
//! what was made is a file like any other and is written last.

#![expect(clippy::disallowed_methods, reason = "writing the disk is this module's work")]

mod archive;
pub mod report;

pub use archive::pack;
pub use report::Report;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::project::Digest;

/// Why a file could not be written.
#[derive(Debug)]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl WriteError {
    /// What went wrong, in Chinese, for the person at the terminal.
    pub fn message(&self) -> String {
        let why = match self.error.kind() {
            io::ErrorKind::PermissionDenied => "没有写入权限".to_owned(),
            io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "文件系统只读".to_owned(),
            io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
            io::ErrorKind::IsADirectory => "同名的文件夹挡住了它".to_owned(),
            _ => self.error.to_string(),
        };
        format!("无法写入 {}：{why}", self.path.display())
    }
}

/// Writes one file whole, or leaves what was there.
///
/// The bytes go to a temporary file in the same folder, which then takes the
/// place of the old one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let fail = |error| WriteError { path: path.to_owned(), error };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(fail)?;
    let mut file = temporary(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// A temporary file that others may read once it has its final name.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kepu-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// The SHA-256 of a file that an earlier run wrote; `None` when it is gone.
pub fn written(path: &Path) -> Option<Digest> {
    fs::read(path).ok().map(|bytes| Digest::of(&bytes))
}

/// Writes a new folder: all its files, or nothing if it is not empty.
pub fn create_folder(root: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let occupied = fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        let error = io::Error::new(io::ErrorKind::AlreadyExists, "文件夹不是空的");
        return Err(WriteError { path: root.to_owned(), error });
    }
    for (path, bytes) in files {
        write(&root.join(path), bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_keeps_the_previous_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.pdf");
        write(&path, b"old").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");

        // A folder in the way of the rename: the write fails, nothing is lost.
        let taken = folder.path().join("taken");
        fs::create_dir_all(taken.join("inner")).unwrap();
        assert!(write(&taken, b"bytes").is_err());
        assert!(taken.join("inner").is_dir());
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 2, "no temporary file stays behind");
    }

    #[test]
    fn an_occupied_folder_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        let files = [("book/book.toml".to_owned(), b"title".to_vec())];
        assert!(create_folder(folder.path(), &files).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
