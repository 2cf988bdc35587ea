//! Pages with one fault each.
