//! Lines of running text, put together from runs.

use super::role::Role;
use super::run::Run;

/// A line: runs that follow each other on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its first run.
    pub(super) first: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    pub(super) role: Role,
}

impl Line {
    /// Its length in ems.
    pub(super) fn characters(&self) -> f64 {
        (self.right - self.left) / self.size
    }
}

/// White inside a line, in ems; more of it separates columns.
const JOINT: f64 = 0.6;

/// Raised or lowered by more than this share of the size: a script.
const SHIFT: f64 = 0.06;

/// The lines of a page, in drawing order. Sub- and superscripts are found on
/// the way: their runs get the role [`Role::Index`].
pub(super) fn lines(runs: &mut [Run]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for at in 0..runs.len() {
        let run = &runs[at];
        let is_read = matches!(
            run.role,
            Role::Body | Role::Secondary | Role::Heading | Role::Lettering
        );
        if run.turned || !is_read {
            // A formula belongs to its line and says nothing of its size.
            if run.role == Role::Formula
                && let Some(line) = lines.last_mut().filter(|line| follows(line, run))
            {
                line.right = line.right.max(run.right);
            }
            continue;
        }
        let Some(line) = lines.last_mut().filter(|line| follows(line, run)) else {
            // A citation alone, in a cell or at a line's start.
            if is_citation(&run.words) {
                runs[at].role = Role::Index;
                continue;
            }
            lines.push(Line {
                first: at,
                left: run.left,
                right: run.right,
                baseline: run.baseline,
                size: run.size,
                role: run.role,
            });
            continue;
        };
        line.right = line.right.max(run.right);
        let shifted = (run.baseline - line.baseline).abs() > SHIFT * line.size;
        if run.size > line.size + 0.01 {
            (line.size, line.baseline, line.role) = (run.size, run.baseline, run.role);
            // The line began with a script; in a chart, labels of two sizes may
            // stand beside each other.
            if shifted && run.role != Role::Lettering {
                let first = line.first;
                for run in &mut runs[first..at] {
                    run.role = Role::Index;
                }
            }
        } else if shifted {
            runs[at].role = Role::Index;
        }
    }
    // What is written in a figure has scripts, but no lines that are read on.
    lines.retain(|line| line.role != Role::Lettering);
    lines
}

/// Whether these words are the number of a cited work, `[12]`.
fn is_citation(words: &str) -> bool {
    let inside = words.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.is_some_and(|numbers| {
        numbers
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–'))
    })
}

fn follows(line: &Line, run: &Run) -> bool {
    let size = line.size.max(run.size);
    let white = run.left - line.right;
    (run.baseline - line.baseline).abs() < JOINT * size
        && (-0.3 * size..JOINT * size).contains(&white)
}

/// Each line of running text with the distance to the next line below it of
/// the same size: index of the lower line, distance of baselines in pt.
pub(super) fn pitches(lines: &[Line]) -> Vec<(usize, f64)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !line.role.is_running() || line.characters() < 2.0 {
            continue;
        }
        let below = lines.iter().enumerate().filter(|(other, below)| {
            *other != at
                && below.baseline > line.baseline + 0.3 * line.size
                && overlap(line, below) > 0.5 * line.size
        });
        let nearest = below.min_by(|(_, a), (_, b)| a.baseline.total_cmp(&b.baseline));
        if let Some((other, below)) = nearest
            && below.role == line.role
            && (below.size - line.size).abs() < 0.1
        {
            found.push((other, below.baseline - line.baseline));
        }
    }
    found
}

fn overlap(one: &Line, other: &Line) -> f64 {
    one.right.min(other.right) - one.left.max(other.left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::measure::ground::Ground;
    use typst::syntax::Span;

    fn lettering(words: &str, left: f64, baseline: f64, size: f64) -> Run {
        Run {
            words: words.to_owned(),
            left,
            right: words.chars().fold(left, |right, _| right + 0.5 * size),
            baseline,
            size,
            glyphs: words.chars().count(),
            role: Role::Lettering,
            family: String::new(),
            weight: 400,
            slanted: false,
            stretch: 1.0,
            fill: None,
            ground: Ground::Plain([255; 3]),
            decorative: false,
            turned: false,
            over_picture: false,
            origin: (Span::detached(), 0),
            near: None,
            anchor: None,
        }
    }

    #[test]
    fn a_script_in_a_figure_is_a_script_and_its_neighbour_is_not() {
        let mut runs = [
            lettering("CO", 10.0, 20.0, 8.5),
            lettering("2", 18.5, 21.5, 5.1),
            lettering("4.5", 60.0, 40.0, 7.0),
            lettering("kg", 71.0, 38.0, 8.5),
        ];
        assert!(lines(&mut runs).is_empty());
        let roles = runs.map(|run| run.role);
        let lettering = Role::Lettering;
        assert_eq!(roles, [lettering, Role::Index, lettering, lettering]);
    }
}
