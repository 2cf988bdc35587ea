//! The one door by which a stranger's PDF comes in.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{DecompressError, Document, LoadOptions, Object, ObjectId};

use crate::diag::{Diagnostic, rule::pdf as rule};

/// The largest file that is read, in bytes.
const MAX_FILE: usize = 512 << 20;

/// What one object stream or cross-reference stream may hold, in bytes.
const MAX_OBJECT_STREAM: usize = 6 << 20;

/// Values outside streams that are kept: names, numbers, arrays …
const MAX_NODES: usize = 2_500_000;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no PDF header.
    NotPdf,
    /// The structure cannot be read.
    Damaged,
    /// A password is needed.
    Locked,
    /// It asks for more memory than a book can.
    TooLarge,
    /// There is no page in it.
    NoPages,
}

impl Refusal {
    /// What to say of the file called `name`.
    pub(super) fn diagnostic(self, name: &str) -> Diagnostic {
        let (rule, message, hint) = match self {
            Self::NotPdf => (
                &rule::PDF_UNREADABLE,
                format!("{name} 不是 PDF 文件"),
                "看看是不是选错了文件",
            ),
            Self::Damaged => (
                &rule::PDF_UNREADABLE,
                format!("{name} 已经损坏，读不出来"),
                "用制作它的软件重新导出；下载来的重新下载一次",
            ),
            Self::TooLarge => (
                &rule::PDF_UNREADABLE,
                format!("{name} 大得不合情理，没有读"),
                "用制作它的软件重新导出；很厚的书分成几个文件",
            ),
            Self::NoPages => (
                &rule::PDF_UNREADABLE,
                format!("{name} 里没有页面"),
                "用制作它的软件重新导出",
            ),
            Self::Locked => (
                &rule::PDF_ENCRYPTED,
                format!("{name} 加了密"),
                "请制作的人导出一份不加密的；不要设密码，也不要限制打印或复制",
            ),
        };
        Diagnostic::global(rule, message).hint(hint)
    }
}

thread_local! {
    /// Values seen while a file is loaded: the loader's filter is a plain
    /// function and has no other place to count.
    static NODES: Cell<usize> = const { Cell::new(0) };
}

/// Reads the structure of a file; streams stay as they are. A file that is
/// encrypted but opens without a password comes decrypted.
///
/// The parser is a library's, and files are made by strangers: should it
/// panic, the file is damaged and nothing else of ours is touched, so the
/// panic is caught here, at this one place.
pub(super) fn open(pdf: &[u8]) -> Result<Document, Refusal> {
    if pdf.len() > MAX_FILE {
        return Err(Refusal::TooLarge);
    }
    let start = &pdf[..pdf.len().min(1024)];
    if !start.windows(5).any(|five| five == b"%PDF-") {
        return Err(Refusal::NotPdf);
    }
    if loose_tokens(pdf) > MAX_NODES * 2 {
        return Err(Refusal::TooLarge);
    }
    NODES.set(0);
    let options = LoadOptions {
        filter: Some(keep),
        max_decompressed_size: Some(MAX_OBJECT_STREAM),
        ..LoadOptions::default()
    };
    let loaded =
        catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(pdf, options)));
    let document = match loaded {
        Ok(Ok(document)) => document,
        Ok(Err(lopdf::Error::Decompress(
            DecompressError::MemoryLimitExceeded { .. }
            | DecompressError::TooManyFilters { .. },
        ))) => return Err(Refusal::TooLarge),
        Ok(Err(lopdf::Error::InvalidPassword)) => return Err(Refusal::Locked),
        Ok(Err(_)) | Err(_) => return Err(Refusal::Damaged),
    };
    if NODES.get() > MAX_NODES {
        return Err(Refusal::TooLarge);
    }
    if document.is_encrypted() {
        return Err(Refusal::Locked);
    }
    Ok(document)
}

/// Keeps objects until there are too many values in them.
///
/// The loader takes what this returns for the members of object streams, and
/// only asks whether to keep a top-level object; a stream is always one of the
/// latter and need not be copied.
fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let total = NODES.get().saturating_add(nodes(object));
    NODES.set(total);
    if total > MAX_NODES {
        return None;
    }
    match object {
        Object::Stream(_) => Some((id, Object::Null)),
        other => Some((id, other.clone())),
    }
}

/// The values in an object, itself included.
fn nodes(object: &Object) -> usize {
    let entry = |(_, value): (&Vec<u8>, &Object)| 2 + nodes(value);
    let inner = match object {
        Object::Array(elements) => elements.iter().map(nodes).sum(),
        Object::Dictionary(dict) => dict.iter().map(entry).sum(),
        Object::Stream(stream) => stream.dict.iter().map(entry).sum(),
        Object::String(bytes, _) => bytes.len() / 64,
        _ => 0,
    };
    1 + inner
}

/// Words outside streams, roughly: a file of nothing but numbers would need
/// forty times its size in memory.
fn loose_tokens(pdf: &[u8]) -> usize {
    let (mut count, mut at, mut in_word) = (0, 0, false);
    while let Some(byte) = pdf.get(at) {
        if *byte == b's'
            && pdf[at..].starts_with(b"stream")
            && pdf[..at].trim_ascii_end().ends_with(b">>")
        {
            let end = pdf[at..].windows(9).position(|nine| nine == b"endstream");
            at += end.unwrap_or(pdf.len() - at);
            in_word = true;
            continue;
        }
        let inside = !matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12);
        let opens = matches!(byte, b'[' | b'<' | b'(' | b'/');
        if inside && (!in_word || opens) {
            count += 1;
        }
        in_word = inside;
        at += 1;
    }
    count
}
