//! `epub:type` and the ARIA role that goes with it, in one table.

/// The types that we write, each with its DPUB-ARIA role.
const ROLES: &[(&str, &str)] = &[
    ("acknowledgments", "doc-acknowledgments"),
    ("afterword", "doc-afterword"),
    ("appendix", "doc-appendix"),
    ("bibliography", "doc-bibliography"),
    ("biblioref", "doc-biblioref"),
    ("chapter", "doc-chapter"),
    ("colophon", "doc-colophon"),
    ("conclusion", "doc-conclusion"),
    ("epilogue", "doc-epilogue"),
    ("footnote", "doc-footnote"),
    ("foreword", "doc-foreword"),
    ("glossary", "doc-glossary"),
    ("glossref", "doc-glossref"),
    ("index", "doc-index"),
    ("introduction", "doc-introduction"),
    ("noteref", "doc-noteref"),
    ("notice", "doc-notice"),
    ("page-list", "doc-pagelist"),
    ("pagebreak", "doc-pagebreak"),
    ("part", "doc-part"),
    ("preface", "doc-preface"),
    ("tip", "doc-tip"),
    ("toc", "doc-toc"),
];

/// The role of an `epub:type`; implicit roles (`dfn`, `dd`) need none.
pub(super) fn of(kind: &str) -> Option<&'static str> {
    ROLES.iter().find(|(name, _)| *name == kind).map(|(_, role)| *role)
}

/// What an unnumbered text is, judged by its title; empty when it is nothing
/// that the vocabulary names.
pub(super) fn of_text(title: &str) -> &'static str {
    const TITLES: &[(&str, &str)] = &[
        ("序", "foreword"),
        ("前言", "preface"),
        ("编者的话", "preface"),
        ("写在前面", "preface"),
        ("引言", "introduction"),
        ("导言", "introduction"),
        ("导读", "introduction"),
        ("结语", "conclusion"),
        ("尾声", "epilogue"),
        ("后记", "afterword"),
        ("跋", "afterword"),
        ("致谢", "acknowledgments"),
    ];
    let found = TITLES.iter().find(|(start, _)| title.starts_with(start));
    found.map_or("", |(_, kind)| kind)
}
