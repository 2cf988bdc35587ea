//! How much work a file may ask for.
//!
//! Each limit is far above what books need, and each is counted, not timed:
//! the same file always meets the same limit. A file that meets one is said to
//! be examined in part.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use lopdf::Stream;

/// Pages that are examined.
pub(super) const MAX_PAGES: usize = 5000;

/// What one content stream may hold, in bytes.
const MAX_STREAM: usize = 48 << 20;

/// What all streams together may be decoded to, in bytes.
const MAX_DECODED: usize = 2 << 30;

/// Operators that are read, in all.
const MAX_OPERATORS: usize = 20_000_000;

/// What walking into a form costs, in operators.
const FORM: usize = 80;

/// How deep forms, patterns and glyphs may nest.
pub(super) const MAX_FORMS: usize = 24;

/// Marks that are kept of one page.
pub(super) const MAX_ITEMS: usize = 200_000;

/// Why a file is examined in part only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// A stream is too large when decoded, or all together are.
    Data,
    /// There are too many operators.
    Operators,
    /// There are too many pages.
    Pages,
    /// Forms lie in one another too deeply, or in themselves.
    Nesting,
    /// One page has too many marks.
    Items,
    /// A stream is damaged.
    Damage,
    /// The ink of some page could not be measured.
    Ink,
}

/// What is left of the limits, and which were met.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: Cell<usize>,
    operators: Cell<usize>,
    met: RefCell<BTreeSet<Limit>>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            bytes: Cell::new(MAX_DECODED),
            operators: Cell::new(MAX_OPERATORS),
            met: RefCell::default(),
        }
    }

    /// Notes that a limit was met.
    pub(super) fn meet(&self, limit: Limit) {
        self.met.borrow_mut().insert(limit);
    }

    /// The limits that were met.
    pub(super) fn met(&self) -> Vec<Limit> {
        self.met.borrow().iter().copied().collect()
    }

    /// Operators read so far.
    pub(super) fn spent(&self) -> usize {
        MAX_OPERATORS - self.operators.get()
    }

    /// Whether one more operator may be read.
    pub(super) fn operator(&self) -> bool {
        self.spend(1)
    }

    /// Whether one more form may be walked.
    pub(super) fn form(&self) -> bool {
        self.spend(FORM)
    }

    fn spend(&self, operators: usize) -> bool {
        let left = self.operators.get();
        if left < operators {
            self.meet(Limit::Operators);
            return false;
        }
        self.operators.set(left - operators);
        true
    }

    /// Decodes a stream, if it may.
    pub(super) fn decode(&self, stream: &Stream) -> Option<Vec<u8>> {
        let left = self.bytes.get();
        match stream.decompressed_content_with_limit(MAX_STREAM.min(left)) {
            Ok(data) => {
                self.bytes.set(left - data.len().min(left));
                Some(data)
            }
            Err(lopdf::Error::Decompress(
                lopdf::DecompressError::MemoryLimitExceeded { .. }
                | lopdf::DecompressError::TooManyFilters { .. },
            )) => {
                self.bytes.set(left.saturating_sub(MAX_STREAM));
                self.meet(Limit::Data);
                None
            }
            Err(_) => {
                self.meet(Limit::Damage);
                None
            }
        }
    }
}
