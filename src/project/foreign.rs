//! Files that belong to no project: what a command is given on its command
//! line, and what the program carries with it.

#![expect(clippy::disallowed_methods, reason = "this is where the disk is read")]

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::embedded;
use super::files::ReadError;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 30;

/// The bytes of a file anywhere on the disk.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let fail = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        ErrorKind::IsADirectory => ReadError::Folder,
        _ => ReadError::Unreadable(error.to_string()),
    };
    let file = File::open(path).map_err(fail)?;
    let metadata = file.metadata().map_err(fail)?;
    if metadata.is_dir() {
        return Err(ReadError::Folder);
    }
    let mut bytes = Vec::new();
    // A file that is a pipe says nothing of its length.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge(metadata.len().max(MAX_BYTES)));
    }
    Ok(bytes)
}

/// A font that the program carries, by its file name.
pub fn carried_font(name: &str) -> Option<&'static [u8]> {
    embedded::font(name).map(|(bytes, _)| bytes)
}
