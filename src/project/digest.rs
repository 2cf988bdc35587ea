//! SHA-256: what an input or an output was, in one line of `build.json`.

use std::fmt;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// A SHA-256, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest(String);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::written(sha2::Sha256::digest(bytes).as_slice())
    }

    /// The digest of everything that a reader gives, read in small pieces.
    pub(super) fn of_reader(mut reader: impl Read) -> io::Result<Self> {
        let mut hasher = sha2::Sha256::new();
        let mut piece = vec![0; 128 * 1024];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(Self::written(hasher.finalize().as_slice())),
                read => hasher.update(&piece[..read]),
            }
        }
    }

    fn written(sum: &[u8]) -> Self {
        use fmt::Write;
        let mut hex = String::with_capacity(64);
        for byte in sum {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_the_same_digest() {
        let bytes = vec![7; 300_000];
        let whole = Digest::of(&bytes);
        assert_eq!(Digest::of_reader(bytes.as_slice()).unwrap(), whole);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), empty);
    }
}
