//! The passes of a layout, as `typst::compile` makes them, on less memory.
//!
//! The engine repeats a layout until nothing moves, and remembers what every
//! pass did. What the latest pass had no use for is forgotten here in between,
//! and of the earlier passes only the last one is kept.

use std::collections::BTreeSet;

use typst::World;
use typst::comemo::{self, Constraint, Track};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::ecow::{EcoString, eco_vec};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Content, Output, StyleChain, Target, TargetElem};
use typst::introspection::{Introspector, MAX_ITERS};
use typst::syntax::DiagSpan;
use typst::utils::{Protected, hash128};
use typst_layout::PagedDocument;

use super::unseen::Unseen;

/// Lays out what `world` holds.
pub(super) fn compile(world: &dyn World) -> Warned<SourceResult<PagedDocument>> {
    let mut sink = Sink::new();
    match passes(world, &mut sink) {
        Ok(Some(document)) => Warned { output: Ok(document), warnings: sink.warnings() },
        // The engine itself explains best what does not settle.
        Ok(None) => typst::compile::<PagedDocument>(world),
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
fn passes(world: &dyn World, sink: &mut Sink) -> SourceResult<Option<PagedDocument>> {
    let traced = Traced::default();
    let library = world.library();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = base.chain(&target);
    let content = read(world, sink)?;
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

/// Evaluates the entry.
fn read(world: &dyn World, sink: &mut Sink) -> SourceResult<Content> {
    let traced = Traced::default();
    let main = world.main();
    let main = world.source(main).map_err(|error| {
        eco_vec![SourceDiagnostic::error(DiagSpan::detached(), EcoString::from(error))]
    })?;
    let module = typst_eval::eval(
        world.track(),
        world.library(),
        traced.track(),
        sink.track_mut(),
        Route::default().track(),
        &main,
    )?;
    Ok(module.content())
}
