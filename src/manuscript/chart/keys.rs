//! Which keys a chart file may have, and what each kind of chart needs.

use crate::book::ChartKind;

/// How a setting is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// A text, a number or a date.
    Cell,
    /// A number.
    Number,
    /// A whole number between these two.
    Count(u32, u32),
    /// true or false.
    Flag,
    /// One name, or a list, of rows or columns of the chart.
    Names,
    /// Smallest and largest value.
    Range,
    /// A list of numbers, rising.
    Ticks,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Names of rows or columns, each with a colour of the palette.
    Colors,
    /// A list of tables with these fields.
    Records(&'static [Field]),
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    /// Its key.
    pub(super) name: &'static str,
    /// How it is written.
    pub(super) shape: Shape,
    /// Whether it must be there.
    pub(super) required: bool,
}

/// The palette's names; the colours themselves stand in `templates/theme.toml`.
pub(super) const COLORS: &[&str] = &[
    "ember",
    "ember-deep",
    "ember-line",
    "ember-mid",
    "ember-pale",
    "river",
    "river-deep",
    "river-line",
    "river-mid",
    "river-pale",
    "hill",
    "hill-deep",
    "hill-line",
    "hill-mid",
    "hill-pale",
    "sun",
    "sun-deep",
    "sun-line",
    "sun-pale",
    "ink",
    "slate",
    "stone",
    "hairline",
    "mist",
];

/// Keys of the figure, whatever it shows.
pub(super) const FIGURE: &[&str] =
    &["kind", "caption", "alt", "desc", "source", "licence"];

/// Keys that every chart has besides.
pub(super) const CHART: &[&str] = &["title", "unit", "decimals"];

/// Keys that choose and prepare the data.
pub(super) const DATA: &[&str] = &[
    "data", "x", "x-name", "series", "from", "to", "every", "rows", "except", "sort",
    "scale",
];

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const NOTE: &[Field] = &[
    must("x", Shape::Cell),
    must("text", Shape::Text),
    may("series", Shape::Text),
    may("value", Shape::Number),
    may("place", Shape::Choice(&["above", "below", "left", "right"])),
];
const REFERENCE: &[Field] = &[must("value", Shape::Number), must("text", Shape::Text)];
const BAND: &[Field] =
    &[must("from", Shape::Number), must("to", Shape::Number), must("text", Shape::Text)];
const EVENT: &[Field] = &[
    must("date", Shape::Cell),
    must("text", Shape::Text),
    may("detail", Shape::Text),
    may("highlight", Shape::Flag),
    may("color", Shape::Choice(COLORS)),
];
const LINK: &[Field] = &[
    must("from", Shape::Text),
    must("to", Shape::Text),
    must("value", Shape::Number),
    may("color", Shape::Choice(COLORS)),
];

/// Settings of the look, with the kinds that understand them.
pub(super) const OPTIONS: &[(&str, Shape, &[ChartKind])] = {
    use ChartKind as K;
    use Shape as S;
    const PLANE: &[K] =
        &[K::Line, K::Area, K::StackedArea, K::Bar, K::StackedBar, K::Combo];
    const SERIES: &[K] = &[
        K::Line,
        K::Area,
        K::StackedArea,
        K::Bar,
        K::HorizontalBar,
        K::StackedBar,
        K::Donut,
        K::Combo,
        K::Waterfall,
    ];
    &[
        (
            "range",
            S::Range,
            &[
                K::Line,
                K::Area,
                K::StackedArea,
                K::Bar,
                K::HorizontalBar,
                K::StackedBar,
                K::Combo,
                K::Stripes,
            ],
        ),
        ("ticks", S::Ticks, PLANE),
        (
            "x-ticks",
            S::Ticks,
            &[
                K::Line,
                K::Area,
                K::StackedArea,
                K::Bar,
                K::StackedBar,
                K::Combo,
                K::Stripes,
            ],
        ),
        ("labels", S::Choice(&["all", "ends", "highlight", "none"]), SERIES),
        ("highlight", S::Names, SERIES),
        ("colors", S::Colors, SERIES),
        ("annotations", S::Records(NOTE), PLANE),
        ("references", S::Records(REFERENCE), PLANE),
        ("bands", S::Records(BAND), &[K::Line, K::Area, K::StackedArea]),
        ("percent", S::Flag, &[K::StackedArea, K::StackedBar]),
        ("baseline", S::Number, &[K::Line, K::Stripes]),
        ("lines", S::Names, &[K::Combo]),
        ("line-unit", S::Text, &[K::Combo]),
        ("line-decimals", S::Count(0, 6), &[K::Combo]),
        ("line-range", S::Range, &[K::Combo]),
        ("centre", S::Text, &[K::Donut]),
        ("total", S::Number, &[K::Donut]),
        ("remainder", S::Text, &[K::Donut]),
        ("totals", S::Names, &[K::Waterfall]),
        ("events", S::Records(EVENT), &[K::Timeline]),
        ("links", S::Records(LINK), &[K::Sankey]),
        ("height", S::Number, ALL),
    ]
};

const ALL: &[ChartKind] = &[
    ChartKind::Line,
    ChartKind::Area,
    ChartKind::StackedArea,
    ChartKind::Bar,
    ChartKind::HorizontalBar,
    ChartKind::StackedBar,
    ChartKind::Donut,
    ChartKind::Combo,
    ChartKind::Stripes,
    ChartKind::Waterfall,
    ChartKind::Sankey,
];

/// Whether the kind draws a table, rather than events or flows.
pub(super) fn has_table(kind: ChartKind) -> bool {
    !matches!(kind, ChartKind::Timeline | ChartKind::Sankey)
}

/// Whether the kind shows parts of a whole.
pub(super) fn shows_shares(kind: ChartKind) -> bool {
    matches!(kind, ChartKind::Donut | ChartKind::StackedArea | ChartKind::StackedBar)
}

/// All keys of a kind.
pub(super) fn known(kind: ChartKind) -> Vec<&'static str> {
    let mut keys: Vec<&str> = FIGURE.iter().chain(CHART).copied().collect();
    if has_table(kind) {
        keys.extend(DATA);
    }
    let fits = OPTIONS.iter().filter(|(_, _, kinds)| kinds.contains(&kind));
    keys.extend(fits.map(|(key, ..)| *key));
    keys
}

/// The names of the kinds that understand a setting; `None` for other keys.
pub(super) fn kinds_with(key: &str) -> Option<Vec<&'static str>> {
    let (_, _, kinds) = OPTIONS.iter().find(|(name, ..)| *name == key)?;
    Some(kinds.iter().map(|kind| kind.name()).collect())
}
