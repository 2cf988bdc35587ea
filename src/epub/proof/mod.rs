//! Reading a finished EPUB as an inspector would, ours or anybody's.
//!
//! [`proofread`] opens the container ([`publication`]), looks at every document
//! ([`document`], [`table`], [`notes`]), at what leads where ([`links`],
//! [`navigation`]), at the style sheets ([`style`]) and at what the package
//! claims ([`package`]). It knows nothing of the manuscript: a fault is named
//! at its place in the container, with what to do about it.

mod alternative;
mod css;
mod document;
mod links;
mod navigation;
mod notes;
mod package;
mod publication;
mod style;
mod table;

use crate::diag::{Sink, Sources};
use publication::Publication;

/// Examines the EPUB `bytes`, which is called `name`, and returns the texts that
/// the findings point into.
pub fn proofread(name: &str, bytes: &[u8], sink: &mut Sink) -> Sources {
    let mut sources = Sources::default();
    let Some(parts) = publication::unpack(name, bytes, &mut sources, sink) else {
        return sources;
    };
    let Some(book) = Publication::open(&parts, &sources, sink) else { return sources };
    for document in &book.documents {
        document::check(document, sink);
        alternative::check(document, sink);
        table::check(document, sink);
    }
    notes::check(&book, sink);
    links::check(&book, sink);
    navigation::check(&book, sink);
    package::check(&book, sink);
    style::check(&book, sink);
    sources
}
