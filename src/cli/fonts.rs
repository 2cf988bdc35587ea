//! `kepu fonts`: what is found, and what the editions use.

use std::fmt::Write;

use kepu::diag::Sink;
use kepu::project::Project;

use super::args::Global;
use super::terminal::Terminal;
use super::{Exit, pipeline};

pub(super) fn run(global: &Global, terminal: &Terminal) -> Exit {
    let mut sink = Sink::new();
    let project = match pipeline::open(global, &mut sink, terminal) {
        Ok(project) => project,
        Err(exit) => return exit,
    };
    let mut list = String::new();
    for (family, faces) in project.fonts.families() {
        let weights: Vec<_> = faces
            .iter()
            .map(|face| format!("{}{}", face.weight, if face.italic { "斜" } else { "" }))
            .collect();
        let _ = writeln!(
            list,
            "{family}\t字重 {}\t{}",
            weights.join("、"),
            uses(&project, family)
        );
    }
    terminal.answer(&list);
    terminal.report(&sink, &project.sources())
}

/// The editions and roles that name a family.
fn uses(project: &Project, family: &str) -> String {
    let named = project.editions.values().flat_map(|edition| {
        edition
            .fonts
            .roles()
            .into_iter()
            .filter(|(_, families)| {
                families.iter().any(|f| f.eq_ignore_ascii_case(family))
            })
            .map(|(role, _)| format!("{}:{role}", edition.name))
    });
    let named: Vec<_> = named.collect();
    if named.is_empty() { "没有版本用它".to_owned() } else { named.join(" ") }
}
