//! A lead-in that changed is reported with one of its items, not with each of them.

use std::collections::HashMap;

use super::{DutyLink, PlacedDuty};
use crate::model::{ComparedText, Kind, Party, Row, Sides};

/// Of several duties in which only the common lead-in was reworded, keeps one. It is chosen by its
/// words, so that neither order nor direction matters.
pub(super) fn keep_one(links: &mut [DutyLink], duties: &Sides<Vec<PlacedDuty<'_>>>) {
    let mut lists: HashMap<LeadInList<'_>, Vec<(&str, usize)>> = HashMap::new();
    for (at, link) in links.iter().enumerate() {
        if let Some((list, body)) = reworded_lead_in(link, duties) {
            lists.entry(list).or_default().push((body, at));
        }
    }
    for mut items in lists.into_values() {
        items.sort_unstable();
        for (_, at) in items.into_iter().skip(1) {
            links[at].kind = None;
        }
    }
}

/// Items of one cell on each side, under one lead-in on each side.
type LeadInList<'a> = (Sides<*const Row>, &'a Party, Sides<&'a str>);

fn reworded_lead_in<'a>(
    link: &DutyLink,
    duties: &Sides<Vec<PlacedDuty<'a>>>,
) -> Option<(LeadInList<'a>, &'a str)> {
    let placed = Sides::new(
        duties.old.get(link.duty.old.filter(|_| link.kind == Some(Kind::Reworded))?)?,
        duties.new.get(link.duty.new?)?,
    );
    let texts = placed.as_ref().map(|(_, _, duty)| duty.lead_and_body());
    let (leads, bodies) = (texts.map(|(lead, _)| lead), texts.map(|(_, body)| body));
    let led = !leads.old.is_empty() || !leads.new.is_empty();
    let rows = placed.map(|(_, row, _)| std::ptr::from_ref(*row));
    let same = led && ComparedText(bodies.old) == ComparedText(bodies.new);
    same.then_some(((rows, &placed.old.2.party, leads), bodies.old.min(bodies.new)))
}
