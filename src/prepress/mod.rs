//! PDF to print-ready PDF: knows PDF and paper, not books.
