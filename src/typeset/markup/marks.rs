//! Page marks: where a page of the standard edition begins.

use std::collections::BTreeMap;

use crate::diag::SourceId;
use crate::edition::PageMap;

/// The page starts of a standard edition, by manuscript file.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    /// Offset and folio, in order of offsets.
    by_source: BTreeMap<SourceId, Vec<(u32, String)>>,
}

impl Marks {
    /// The marks that an edition needs: those of `standard`, or none.
    pub(super) fn of(standard: Option<&PageMap>) -> Self {
        let mut marks = Self::default();
        let Some(map) = standard else { return marks };
        for start in &map.starts {
            if let Some(folio) = map.folios.get(start.page) {
                let list = marks.by_source.entry(start.source).or_default();
                list.push((start.offset, folio.clone()));
            }
        }
        for list in marks.by_source.values_mut() {
            list.sort_by_key(|(offset, _)| *offset);
        }
        marks
    }

    /// Takes the first mark of `source` before `end`.
    pub(super) fn take_before(
        &mut self,
        source: SourceId,
        end: u32,
    ) -> Option<(u32, String)> {
        let list = self.by_source.get_mut(&source)?;
        if list.first()?.0 < end { Some(list.remove(0)) } else { None }
    }
}
