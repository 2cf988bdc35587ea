//! Books with one fault each that keeps some readers out, and who finds it.
//!
//! Each is a case of `tests/rules/`, which [`super::rules`] runs; here they are
//! counted, and held to the one rule that must name the fault. None needs an
//! outside validator, and most would pass one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::harness::ROOT;

/// The case, and what was planted.
const FAULTS: &[(&str, &str)] = &[
    // In the manuscript.
    ("missing-alt", "a picture without an alternative"),
    ("poor-alternative", "an alternative that any picture could bear"),
    ("poor-alternative--file", "an alternative that is a file's name"),
    ("poor-alternative--caption", "an alternative that repeats the caption"),
    ("poor-alternative--long", "an alternative too long to be heard"),
    ("poor-alternative--formula", "a formula read out as LaTeX"),
    ("poor-alternative--twice", "two pictures told in the same words"),
    ("poor-alternative--description", "a description that repeats the alternative"),
    ("media-without-text", "a film without words"),
    ("missing-caption", "a table and a figure without names"),
    ("table-without-header", "a table without a header"),
    ("table-without-header--column", "a column without a name"),
    ("heading-skips-level", "a heading of level 4 under level 2"),
    ("empty-heading", "a heading without words"),
    ("missing-title", "a chapter without a title"),
    ("second-title", "two titles in a chapter"),
    ("heading-without-space", "a heading that is none"),
    ("bold-as-heading", "bold type in place of a heading"),
    ("typed-list", "typed bullets in place of a list"),
    ("spaced-word", "a word with blanks between its letters"),
    ("vague-link", "a link that says `here`"),
    ("ambiguous-link", "one name for two addresses"),
    ("bad-link", "a link without words"),
    ("pointed-by-place", "a table pointed at by its place"),
    ("color-alone", "a part of a figure named by its colour alone"),
    ("undefined-note", "a mark whose note is missing"),
    ("unused-note", "a note that nothing marks"),
    ("undefined-reference", "a reference to nothing"),
    ("control-character", "a character no voice can say"),
    ("bad-language", "a language that is none"),
    // On the pages.
    ("small-type", "type under the floor"),
    ("small-body", "running text under the floor"),
    ("small-secondary", "captions under the floor"),
    ("small-index", "indices under the floor"),
    ("small-folio", "folios too small"),
    ("small-folio--thin", "folios too thin"),
    ("small-lettering", "small lettering in a drawing"),
    ("small-lettering--chart", "small lettering in a chart"),
    ("low-contrast", "pale lettering"),
    ("low-contrast--on-fill", "lettering on a fill of like lightness"),
    ("low-contrast--gradient", "lettering that a gradient swallows"),
    ("text-over-picture", "lettering over a photograph"),
    ("light-type", "light type"),
    ("slanted-type", "slanted type"),
    ("brush-type", "Kai in large print"),
    ("stretched-type", "letters driven apart"),
    ("tight-lines", "lines too close"),
    ("tight-lines--school", "lines too close for a class"),
    ("long-line", "lines too long"),
    ("near-binding", "text in the fold"),
    ("near-edge", "text at the edge"),
    ("moving-folio", "folios that move"),
    ("dotted-leader", "rows of dots in the contents"),
    ("missing-page-mark", "a page of the print edition that is not marked"),
    ("large-trim", "pages too large to hold"),
    ("heavy-volume", "a volume too heavy to hold"),
    ("missing-glyph", "letters that the face does not have"),
    // In an EPUB.
    ("epub-language", "a page without a language"),
    ("epub-language--package", "a package without a language"),
    ("epub-title", "a page without a title"),
    ("epub-headings", "a heading of level 5 under level 2"),
    ("epub-headings--empty", "a heading without words"),
    ("epub-alternative", "a picture without an alternative"),
    ("epub-alternative--drawing", "a drawing without a name"),
    ("epub-alternative--formula", "a formula without words"),
    ("epub-poor-alternative", "an alternative that is a file's name"),
    ("epub-poor-alternative--caption", "an alternative that repeats the caption"),
    ("epub-poor-alternative--latex", "a formula read out as LaTeX"),
    ("epub-table", "a table without a header"),
    ("epub-table--scope", "a header without a scope"),
    ("epub-note", "a mark that leads to no note"),
    ("epub-note--orphan", "a note that nothing marks"),
    ("epub-note--no-way-back", "a note without a way back"),
    ("epub-link", "a link to no place"),
    ("epub-link--file", "a link to no file"),
    ("epub-link-purpose", "a link that says `here`"),
    ("epub-link-purpose--empty", "a link without words"),
    ("epub-duplicate-id", "one name for two places"),
    ("epub-role", "a mark of a note without a role"),
    ("epub-private-character", "a character of private use"),
    ("epub-player", "a player that starts by itself"),
    ("epub-contents", "contents out of order"),
    ("epub-page-list", "a page list with wrong targets"),
    ("epub-page-list--hole", "a page list with a hole"),
    ("epub-page-list--no-label", "a page break without a number"),
    ("epub-accessibility-metadata", "no word on hazards"),
    ("epub-accessibility-metadata--dash", "a standard's name misspelt"),
    ("epub-accessibility-metadata--source", "page numbers of no edition"),
    ("epub-false-claim", "a feature claimed that is not there"),
    ("epub-false-claim--unclaimed", "a feature there that is not claimed"),
    ("epub-reader-settings", "a style that overrules the reader"),
    ("epub-contrast", "pale type"),
    ("epub-contrast--night", "type too dark for the night"),
    ("epub-color-alone", "links told by their colour alone"),
    ("epub-scroll-box", "a box that a keyboard cannot enter"),
];

#[test]
fn every_planted_fault_is_named_by_its_rule() {
    let mut alone = 0;
    for (case, planted) in FAULTS {
        let code = case.split("--").next().unwrap_or(case);
        let expected =
            Path::new(ROOT).join("tests/rules").join(case).join("expected.txt");
        let said = fs::read_to_string(&expected)
            .unwrap_or_else(|error| panic!("{planted}: {}: {error}", expected.display()));
        let codes: BTreeSet<_> = ["错误[", "警告["]
            .iter()
            .flat_map(|severity| said.split(severity).skip(1))
            .filter_map(|rest| rest.split(']').next())
            .collect();
        assert!(codes.contains(code), "{planted}: {code} is not among {codes:?}");
        assert!(said.contains("┌─ "), "{case}: the place is not named");
        alone += usize::from(codes.len() == 1);
    }
    let distinct: BTreeSet<_> = FAULTS.iter().map(|(case, _)| case).collect();
    assert_eq!(distinct.len(), FAULTS.len(), "a case is listed twice");
    assert!(alone >= 80, "only {alone} faults are named by their rule alone");
}

#[test]
fn no_rule_of_an_epub_for_readers_is_left_out() {
    let listed: BTreeSet<_> = FAULTS.iter().map(|(case, _)| *case).collect();
    // What of an EPUB's rules concerns machines alone.
    let for_machines = ["epub-unreadable", "epub-manifest"];
    let epub = kepu::diag::rule::all()
        .map(|rule| rule.code)
        .filter(|code| code.starts_with("epub-") && !for_machines.contains(code));
    for code in epub {
        let is_of = |case: &&&str| case.split("--").next() == Some(code);
        assert!(listed.iter().any(|case| is_of(&case)), "{code} has no fault here");
    }
}
