//! What `build.json` knows of earlier runs: whether an output is still good,
//! and what this run adds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use kepu::diag::{Severity, Sink, Sources};
use kepu::edition::{Edition, Measured, PageMap, Spine};
use kepu::output::report::{Output, Spine as SpineReport, Warning};
use kepu::output::{self, Report};
use kepu::project::{self, Digest, Project};

use super::terminal::Terminal;

/// This very program, down to its source.
const PROGRAM: &str =
    concat!("kepu ", env!("CARGO_PKG_VERSION"), " ", env!("KEPU_FINGERPRINT"));

/// SHA-256 of everything that was read or looked for.
pub(super) type Inputs = BTreeMap<String, Option<Digest>>;

/// What an edition turned into.
pub(super) struct Made<'a> {
    pub(super) edition: &'a Edition,
    pub(super) bytes: usize,
    pub(super) sha256: Digest,
    pub(super) pages: &'a PageMap,
    pub(super) measured: Option<Measured>,
    pub(super) fonts: Vec<String>,
    pub(super) spine: Option<Spine>,
}

/// Whether everything that is asked for stands in the output folder as this
/// program would make it again. Says so, a line an edition.
pub(super) fn is_current(
    report: &Report,
    root: &Path,
    out: &Path,
    asked: &[String],
    terminal: &Terminal,
) -> bool {
    let started = Instant::now();
    let names = if asked.is_empty() { &report.editions } else { asked };
    if names.is_empty() || report.program != PROGRAM {
        return false;
    }
    let Some(outputs) = names
        .iter()
        .map(|name| report.output(name, PROGRAM))
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let warned = outputs.iter().any(|(_, output)| !output.warnings.is_empty());
    if warned && terminal.denies_warnings() {
        return false;
    }
    let paths: BTreeSet<&str> = outputs
        .iter()
        .flat_map(|(_, output)| output.inputs.keys().map(String::as_str))
        .collect();
    let paths: Vec<_> = paths.into_iter().collect();
    let now: BTreeMap<&str, Option<Digest>> = paths
        .par_iter()
        .map(|path| (*path, project::input(root, path)))
        .collect();
    let inputs_hold = outputs.iter().all(|(_, output)| {
        output
            .inputs
            .iter()
            .all(|(path, was)| now.get(path.as_str()) == Some(was))
    });
    let outputs_hold = inputs_hold
        && outputs.par_iter().all(|(file, output)| {
            output.sha256.is_some() && output::written(&out.join(file)) == output.sha256
        });
    if outputs_hold {
        for (file, output) in &outputs {
            let warnings = match output.warnings.len() {
                0 => String::new(),
                count => format!("，上次有 {count} 个警告"),
            };
            terminal.status(
                "成品",
                &format!("{}  没有变化{warnings}", out.join(file).display()),
            );
        }
        terminal.timing("核对", started.elapsed());
    }
    outputs_hold
}

/// The report that this run continues: outputs of editions that still exist.
pub(super) fn carry_over(previous: &Report, project: &Project) -> Report {
    let mut outputs = previous.outputs.clone();
    outputs.retain(|_, output| project.editions.contains_key(&output.edition));
    let usual = project.editions.values().filter(|edition| !edition.on_request);
    Report {
        program: PROGRAM.to_owned(),
        editions: usual.map(|edition| edition.name.clone()).collect(),
        outputs,
    }
}

/// What the report says of one output.
pub(super) fn output(
    made: &Made<'_>,
    inputs: &Inputs,
    sink: &Sink,
    sources: &Sources,
) -> Output {
    let Made { edition, bytes, pages, spine, .. } = made;
    let (width, height) = edition.sheet(&spine.clone().unwrap_or_default());
    let paged = pages.pages() > 0;
    let folio = |(anchor, page): (&String, &usize)| {
        Some((anchor.clone(), pages.folios.get(*page)?.clone()))
    };
    Output {
        edition: edition.name.clone(),
        program: PROGRAM.to_owned(),
        sha256: Some(made.sha256.clone()),
        bytes: *bytes,
        pages: paged.then_some(pages.pages()),
        blanks: edition.blanks(pages.pages()),
        trim: paged.then_some([width, height]),
        spine: spine.as_ref().map(|spine| SpineReport {
            width: spine.width,
            formula: spine.formula.clone(),
            lettered: spine.is_lettered(),
        }),
        bleed: edition.bleeds().then_some(edition.bleed.0),
        standards: edition.standards().iter().map(ToString::to_string).collect(),
        fonts: made.fonts.clone(),
        measured: made.measured.clone(),
        folios: pages.folios.clone(),
        page_map: pages.anchors.iter().filter_map(folio).collect(),
        warnings: warnings(sink, sources),
        inputs: inputs.clone(),
    }
}

fn warnings(sink: &Sink, sources: &Sources) -> Vec<Warning> {
    let weigh = |d: &&&kepu::diag::Diagnostic| d.severity == Severity::Warning;
    sink.sorted()
        .iter()
        .filter(weigh)
        .map(|diagnostic| {
            let place = diagnostic.span.and_then(|span| {
                let source = sources.get(span.source)?;
                Some((source.path.clone(), source.position(span.start as usize).line))
            });
            let (file, line) = place.unzip();
            Warning {
                code: diagnostic.rule.code.to_owned(),
                message: diagnostic.message.clone(),
                file,
                line,
            }
        })
        .collect()
}

/// A size as people say it.
pub(super) fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let bytes = bytes as f64;
    if bytes < 1e6 {
        format!("{:.0} KB", bytes / 1e3)
    } else {
        format!("{:.1} MB", bytes / 1e6)
    }
}
