//! How many duties each party has, in two versions of a page.

use std::collections::BTreeMap;

use crate::model::{Document, Party, Phrase, Sides};
use crate::report::{self, AreaCount};

/// How many duties each party has on each side. References are no load.
pub(super) fn duties_by_party(
    old: Option<&Document>,
    new: &Document,
) -> Vec<(Party, Sides<usize>)> {
    report::duties_by_party(Sides::new(old, Some(new)))
}

/// The duties by heading and party; headings that mean the same are one, as the new page has it.
pub(super) fn duties_by_area(old: Option<&Document>, new: &Document) -> Vec<AreaCount> {
    type Counted<'p> = (Option<&'p Phrase>, Sides<usize>);
    let mut counts: BTreeMap<(&str, &Party), Counted<'_>> = BTreeMap::new();
    for (is_new, page) in [(true, Some(new)), (false, old)] {
        for matrix in page.into_iter().flat_map(|page| &page.matrices) {
            let heading = matrix.section.last();
            let duties = matrix.rows.iter().flat_map(|row| &row.duties);
            for duty in duties.filter(|duty| !duty.reference) {
                let area = duty.area.as_ref().or(heading);
                let key = area.map_or("", |area| area.canonical.as_str());
                let (name, count) = counts.entry((key, &duty.party)).or_default();
                *name = name.or(area);
                *(if is_new { &mut count.new } else { &mut count.old }) += 1;
            }
        }
    }
    let reported = counts.into_iter().map(|((_, party), (area, duties))| AreaCount {
        area: area.cloned().unwrap_or_default(),
        party: party.clone(),
        duties,
    });
    reported.collect()
}
