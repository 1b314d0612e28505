//! A row that came or went as a whole, as the page has it: each party's duties together.

use serde::Serialize;

use crate::model::{Change, Kind, Party, Sides};
use crate::report::{DutyPair, HeldDuty, RowPair};

use super::anchors::AnchorIds;
use super::tags::{HtmlTag, line_state};
use super::words::{self, HtmlOrigin, HtmlParty};

/// A row that is on one side only.
#[derive(Serialize)]
pub(super) struct HtmlStack {
    kind: &'static str,
    sign: &'static str,
    side: &'static str,
    /// Columns of the other side.
    blank: usize,
    /// Who brought all of it, if one commit did.
    origin: Option<HtmlOrigin>,
    cells: Vec<StackCell>,
}

/// What one party has there.
#[derive(Serialize)]
struct StackCell {
    party: HtmlParty,
    items: Vec<StackItem>,
}

/// One duty there.
#[derive(Serialize)]
struct StackItem {
    change: HtmlTag,
    text: String,
    /// The controls that the policy maps it to.
    controls: Option<String>,
    /// Who brought it, where it was not the commit that brought the others.
    origin: Option<HtmlOrigin>,
}

/// The row, where it is on one side only and each of its duties came or went. `columns` are the
/// parties of each side.
pub(super) fn stacked_row(
    row: &RowPair,
    columns: &Sides<Vec<Party>>,
    (changes, ids): (&[Change], &[String]),
    anchors: &AnchorIds,
) -> Option<HtmlStack> {
    let Sides { old: before, new: after } = columns;
    let (kind, side, own, blank) = match line_state(row.line) {
        "new" => (Kind::Added, "after", after, before.len()),
        "gone" => (Kind::Removed, "before", before, after.len()),
        _ => return None,
    };
    let tagged = |strand: &DutyPair| {
        let at = strand.change?;
        let change = changes.get(at).filter(|change| change.kind == kind)?;
        let held = strand.duty.new.clone().or_else(|| strand.duty.old.clone())?;
        Some((held, change, ids.get(at)?))
    };
    let items: Vec<(HeldDuty, &Change, &String)> =
        row.strands.iter().map(tagged).collect::<Option<_>>()?;
    let first = items.first().and_then(|(_, change, _)| change.introduced.as_ref());
    let common = items.iter().all(|(_, change, _)| change.introduced.as_ref() == first);
    let origin = |change: &Change| change.introduced.as_ref().map(HtmlOrigin::from_introduced);
    let item = |(held, change, id): &(HeldDuty, &Change, &String)| StackItem {
        change: HtmlTag::from_change(change, id, anchors),
        text: words::visible_text(&held.text),
        controls: words::controls_text(change),
        origin: origin(change).filter(|_| !common),
    };
    let cell = |party: &Party| StackCell {
        party: HtmlParty::from_party(party),
        items: items.iter().filter(|(held, _, _)| held.party == *party).map(item).collect(),
    };
    Some(HtmlStack {
        kind: kind.name(),
        sign: words::kind_sign(kind),
        side,
        blank,
        origin: first.map(HtmlOrigin::from_introduced).filter(|_| common),
        cells: own.iter().map(cell).collect(),
    })
}
