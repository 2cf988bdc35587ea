//! The lines that open and close `:::` blocks.

use super::attributes::{self, Attributes};
use crate::book::CalloutKind;
use crate::diag::{Diagnostic, Sink, SourceId, Span, Spanned, rule::manuscript as rule};

/// A `:::` line.
#[derive(Debug, Clone)]
pub(super) struct Fence {
    /// How many colons.
    pub(super) colons: usize,
    /// The line, without the space around it.
    pub(super) span: Span,
    /// What it opens; `None` for a line that closes.
    pub(super) opens: Option<Opening>,
}

/// What a `:::` line opens.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Which block; `None` when the name is unknown (reported already).
    pub(super) kind: Option<DirectiveKind>,
    /// The name as written.
    pub(super) name: Spanned<String>,
    /// The rest of the line.
    pub(super) title: Option<Spanned<String>>,
    /// `{…}` or `key=value` words.
    pub(super) attributes: Option<Attributes>,
}

/// The blocks that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DirectiveKind {
    /// A callout.
    Callout(CalloutKind),
    /// 自测.
    Quiz,
    /// 仅.
    Only,
}

/// Every name, Chinese first.
const NAMES: &[(&str, DirectiveKind)] = {
    use CalloutKind as C;
    use DirectiveKind::{Callout, Only, Quiz};
    &[
        ("要点", Callout(C::KeyPoints)),
        ("本章要点", Callout(C::KeyPoints)),
        ("案例", Callout(C::Case)),
        ("数据", Callout(C::Data)),
        ("政策", Callout(C::Policy)),
        ("辟谣", Callout(C::Myth)),
        ("动手做", Callout(C::Activity)),
        ("想一想", Callout(C::Think)),
        ("提示", Callout(C::Tip)),
        ("注意", Callout(C::Warning)),
        ("自测", Quiz),
        ("仅", Only),
        ("keypoints", Callout(C::KeyPoints)),
        ("key-points", Callout(C::KeyPoints)),
        ("important", Callout(C::KeyPoints)),
        ("case", Callout(C::Case)),
        ("example", Callout(C::Case)),
        ("data", Callout(C::Data)),
        ("policy", Callout(C::Policy)),
        ("myth", Callout(C::Myth)),
        ("activity", Callout(C::Activity)),
        ("think", Callout(C::Think)),
        ("question", Callout(C::Think)),
        ("tip", Callout(C::Tip)),
        ("note", Callout(C::Tip)),
        ("info", Callout(C::Tip)),
        ("hint", Callout(C::Tip)),
        ("warning", Callout(C::Warning)),
        ("caution", Callout(C::Warning)),
        ("danger", Callout(C::Warning)),
        ("quiz", Quiz),
        ("only", Only),
    ]
};

/// The block of that name; English names in any case, `callout-` in front as
/// Quarto writes it.
pub(super) fn kind_of(name: &str) -> Option<DirectiveKind> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("callout-").unwrap_or(&name);
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// Reports a name that no block has.
pub(super) fn report_unknown(name: &Spanned<String>, sink: &mut Sink) {
    let message = format!("没有名为“{}”的块", name.value);
    let run_on = NAMES.iter().find(|(known, _)| name.value.starts_with(known));
    let near = super::nearest(&name.value, NAMES.iter().map(|(known, _)| *known));
    let hint = match (run_on, near) {
        (Some((known, _)), _) => format!("在“{known}”和标题之间空一格"),
        (None, Some(near)) => format!("改为“{near}”"),
        (None, None) => {
            "可用的有 要点、案例、数据、政策、辟谣、动手做、想一想、提示、注意、自测、仅"
                .to_owned()
        }
    };
    sink.report(Diagnostic::new(&rule::UNKNOWN_DIRECTIVE, name.span, message).hint(hint));
}

/// Whether a line opens or closes a block: three colons or more, be they wide.
pub(super) fn is_fence(body: &str) -> bool {
    body.chars().take_while(|c| matches!(c, ':' | '：')).count() >= 3
}

/// Reads the line `text[range]`, which starts with `:::`.
pub(super) fn parse(
    text: &str,
    source: SourceId,
    range: std::ops::Range<usize>,
    sink: &mut Sink,
) -> Fence {
    let line = text[range.clone()].trim_end();
    let after = line.trim_start_matches([':', '：']);
    let marks = &line[..line.len() - after.len()];
    let colons = marks.chars().count();
    let span = Span::new(source, range.start..range.start + line.len());
    if marks.contains('：') {
        let here = span.within(0..marks.len());
        let message = "标记用了全角符号，不起作用";
        let hint = format!("改成英文冒号 {}", ":".repeat(colons));
        sink.report(Diagnostic::new(&rule::FULL_WIDTH_MARK, here, message).hint(hint));
    }
    // Pandoc lets colons stand at the end of the line, too.
    let body = after.trim_end_matches(':').trim_end();
    let lead = body.len() - body.trim_start().len();
    let body = body.trim_start();
    if body.is_empty() {
        return Fence { colons, span, opens: None };
    }
    let at = range.start + marks.len() + lead;
    Fence {
        colons,
        span,
        opens: Some(opening(text, source, at..at + body.len(), sink)),
    }
}

fn opening(
    text: &str,
    source: SourceId,
    range: std::ops::Range<usize>,
    sink: &mut Sink,
) -> Opening {
    let body = &text[range.clone()];
    let (at, end) = (range.start, range.end);
    let stop = |c: char| c.is_whitespace() || matches!(c, '{' | '：' | ':');
    let len = body.find(stop).unwrap_or(body.len());
    let mut name = Spanned::new(body[..len].to_owned(), Span::new(source, at..at + len));
    let mut rest = at + len;
    let mut list = None;
    let braces = attributes::find(&text[rest..end]);
    let mut title_end = end;
    if let Some((from, closed)) = braces {
        let open = rest + from;
        if closed {
            let close = open + attributes::end_of(&text[open..end]).unwrap_or(end - open);
            list = Some(attributes::parse(text, source, open..close, sink));
        } else {
            let here = Span::new(source, open..end);
            let message = "属性的花括号没有结束";
            sink.report(
                Diagnostic::new(&rule::BAD_ATTRIBUTES, here, message)
                    .hint("在行末补上 }"),
            );
        }
        title_end = open;
    }
    if name.value.is_empty() {
        // Pandoc: the first class is the name.
        if let Some(list) = list.as_mut().filter(|list| !list.classes.is_empty()) {
            name = list.classes.remove(0);
        }
    }
    let kind = kind_of(&name.value);
    if kind.is_none() {
        report_unknown(&name, sink);
    }
    if kind == Some(DirectiveKind::Only) && list.is_none() {
        // `editions=print audience=农村` without braces.
        list = Some(bare_words(text, source, rest..end, sink));
        rest = end;
        title_end = end;
    }
    let title = &text[rest..title_end];
    let trimmed =
        title.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':'));
    let from = rest + title.len() - trimmed.len();
    let trimmed = trimmed.trim_end();
    let title = (!trimmed.is_empty()).then(|| {
        Spanned::new(trimmed.to_owned(), Span::new(source, from..from + trimmed.len()))
    });
    Opening { kind, name, title, attributes: list }
}

/// Attributes that nobody put into braces.
fn bare_words(
    text: &str,
    source: SourceId,
    range: std::ops::Range<usize>,
    sink: &mut Sink,
) -> Attributes {
    // The reader of lists takes what stands between two bytes; here these are
    // the byte before the words and the one after them.
    let padded = format!("{{{}}}", &text[range.clone()]);
    let start = range.start - 1;
    let mut inner = Sink::new();
    let mut list = attributes::parse(&padded, source, 0..padded.len(), &mut inner);
    let shift = |span: &mut Span| {
        let moved = span.range();
        *span = Span::new(source, moved.start + start..moved.end + start);
    };
    shift(&mut list.span);
    list.classes.iter_mut().for_each(|class| shift(&mut class.span));
    list.id.iter_mut().for_each(|id| shift(&mut id.span));
    for pair in &mut list.pairs {
        shift(&mut pair.key.span);
        shift(&mut pair.value.span);
    }
    for found in inner.sorted() {
        let mut found = found.clone();
        found.span.iter_mut().for_each(shift);
        sink.report(found);
    }
    list
}
