//! The book that `kepu new` begins with.
