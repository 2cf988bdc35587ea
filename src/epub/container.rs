//! The OCF container: the same files always make the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// `META-INF/container.xml`.
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
<rootfiles>\n\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
</rootfiles>\n\
</container>\n";

/// Packs `files` (paths inside `EPUB/`): `mimetype` first and stored, the
/// others sorted, every date that of the book. `licences`, if any, stand
/// beside the container's own file.
pub(super) fn pack(
    files: &BTreeMap<String, Vec<u8>>,
    licences: &str,
    date: (i32, u8, u8),
) -> zip::result::ZipResult<Vec<u8>> {
    let (year, month, day) = date;
    let year = u16::try_from(year).unwrap_or(1980);
    // Dates before 1980 do not exist in a zip file.
    let time =
        DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(time)
        .unix_permissions(0o644);
    let deflated = stored.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    zip.start_file("META-INF/container.xml", deflated)?;
    zip.write_all(CONTAINER.as_bytes())?;
    for (path, bytes) in files {
        let options = if is_packed(path) { stored } else { deflated };
        zip.start_file(format!("EPUB/{path}"), options)?;
        zip.write_all(bytes)?;
    }
    if !licences.is_empty() {
        zip.start_file("META-INF/font-licences.txt", deflated)?;
        zip.write_all(licences.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Whether a format is compressed by itself.
fn is_packed(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["png", "jpg", "jpeg", "webp", "mp3", "m4a", "mp4", "m4v", "webm", "opus", "ogg"]
        .contains(&extension)
}
