//! The passes of a layout, as `typst::compile` makes them, on less memory.
//!
//! The engine repeats a layout until nothing moves, and remembers what every
//! pass did. What the latest pass had no use for is forgotten here in between,
//! and of the earlier passes only the last one is kept.

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::World;
use typst::comemo::{self, Constraint, Track};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::ecow::{EcoString, eco_vec};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Content, Module, Output, StyleChain, Target, TargetElem};
use typst::introspection::{Introspector, MAX_ITERS};
use typst::syntax::{DiagSpan, Source};
use typst::utils::{Protected, hash128};
use typst_layout::PagedDocument;

use super::unseen::Unseen;
use super::world::Desk;

/// Lays out what lies on the desk.
pub(super) fn compile(desk: &Desk) -> Warned<SourceResult<PagedDocument>> {
    let mut sink = Sink::new();
    match passes(desk, &mut sink) {
        Ok(Some(document)) => Warned { output: Ok(document), warnings: sink.warnings() },
        // The engine itself explains best what does not settle.
        Ok(None) => typst::compile::<PagedDocument>(desk),
        Err(mut errors) => {
            let mut seen = BTreeSet::new();
            errors.retain(|error| seen.insert(hash128(&(&error.span, &error.message))));
            Warned { output: Err(errors), warnings: sink.warnings() }
        }
    }
}

/// Forgets how layouts came about; the laid-out pages remain. Another geometry
/// has nothing in common with them.
pub fn forget() {
    comemo::evict(0);
}

/// Repeats the layout until nothing moves; `None` when it always does.
fn passes(desk: &Desk, sink: &mut Sink) -> SourceResult<Option<PagedDocument>> {
    let world: &dyn World = desk;
    let traced = Traced::default();
    let library = world.library();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = base.chain(&target);
    let content = read(desk, sink)?;
    let unseen = Unseen::new();
    let mut last: Option<PagedDocument> = None;
    for _ in 0..MAX_ITERS {
        let introspector: &dyn Introspector = match &last {
            Some(document) => Output::introspector(document),
            None => &unseen,
        };
        let constraint = Constraint::new();
        let mut found = Sink::new();
        let mut engine = Engine {
            library,
            world: world.track(),
            introspector: Protected::new(introspector.track_with(&constraint)),
            traced: traced.track(),
            sink: found.track_mut(),
            route: Route::default(),
        };
        let document = typst_layout::layout_document(&mut engine, &content, styles)?;
        if constraint.validate(Output::introspector(&document)) {
            sink.extend_from_sink(found);
            let delayed = sink.delayed();
            return if delayed.is_empty() { Ok(Some(document)) } else { Err(delayed) };
        }
        last = Some(document);
        // What this pass did not ask for, no later one will.
        comemo::evict(1);
    }
    Ok(None)
}

/// Evaluates the entry. It includes the sections' texts one after the other; the
/// engine remembers what it has evaluated, so that they can be ready before.
fn read(desk: &Desk, sink: &mut Sink) -> SourceResult<Content> {
    let texts = desk.texts();
    // The templates are evaluated with the first of them.
    if let Some((first, others)) = texts.split_first() {
        // What is wrong with a text is said when the entry includes it.
        let ready = |text| drop(evaluated(desk, text, &mut Sink::new()));
        ready(first);
        others.par_iter().for_each(ready);
    }
    let main = desk.main();
    let main = desk.source(main).map_err(|error| {
        eco_vec![SourceDiagnostic::error(DiagSpan::detached(), EcoString::from(error))]
    })?;
    Ok(evaluated(desk, &main, sink)?.content())
}

fn evaluated(desk: &Desk, source: &Source, sink: &mut Sink) -> SourceResult<Module> {
    let world: &dyn World = desk;
    let traced = Traced::default();
    typst_eval::eval(
        world.track(),
        world.library(),
        traced.track(),
        sink.track_mut(),
        Route::default().track(),
        source,
    )
}
