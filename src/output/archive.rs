//! Zip files: the same files always make the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files by their paths, sorted, all of one date (year, month, day).
///
/// PDF files are stored: they are compressed inside.
pub fn pack(
    files: &BTreeMap<String, Vec<u8>>,
    (year, month, day): (i32, u8, u8),
) -> zip::result::ZipResult<Vec<u8>> {
    let year = u16::try_from(year).unwrap_or(1980);
    // Dates before 1980 do not exist in a zip file.
    let time =
        DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let method = if Path::new(path)
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
        {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(time)
            .unix_permissions(0o644);
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
