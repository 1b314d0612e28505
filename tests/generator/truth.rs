//! What a careful reader of both versions would say, read off their models.
//!
//! Decisions:
//! - Identity decides, not likeness: a duty that kept its identity is `moved` where its holder
//!   differs, else `reworded` where its text does, else `relocated` where its row went elsewhere.
//! - What a list holds once more, or once less, is no change.
//! - A new label of a row or an area changes no duty.
//! - A split tells one half as `reworded` and the other as `added`; either half may be which. A
//!   join is its mirror; a half that stands word for word in the whole is not told.
//! - `relocated` may go untold, but nothing else may be told in its place. Within one section it is
//!   only where both versions label their rows.
//! - In the owner grid a cell is its row and column; another owner is a move, even where the
//!   row's label changed by a word.

use std::collections::BTreeMap;

use respdiff::model::{Kind, Sides};
use respdiff::normalize::{Names, canonical_text};

use super::model::{Grid, Holder, Id, Page, Placed};
use super::mutate::{Draft, Split};
use super::style::Shape;
use super::vocabulary::WORDS;

/// The heading above the owner grid.
pub(crate) const OVERVIEW: &str = "Overview of shared responsibilities";

/// Where a duty stands and what it says, plain.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) section: String,
    pub(crate) task: String,
    pub(crate) text: String,
}

/// A change that has to be told.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) kind: Kind,
    pub(crate) from: Option<Holder>,
    pub(crate) to: Option<Holder>,
    pub(crate) old: Option<Spot>,
    pub(crate) new: Option<Spot>,
    /// The mutation that made it.
    pub(crate) by: &'static str,
    /// Which reading of which ambiguity it belongs to; one reading of each has to be told.
    pub(crate) reading: Option<(usize, usize)>,
}

/// A text with its marks spelled out.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = text.replace("<ibm>", "IBM").replace("<customer>", "the customer");
    for (at, product) in WORDS.products.iter().enumerate() {
        plain = plain.replace(&format!("<{at}>"), product.name);
    }
    plain
}

fn spot(placed: &Placed<'_>) -> Spot {
    let parent = placed.area.parent.as_deref().unwrap_or_default();
    Spot {
        section: plain(&format!("{parent} {}", placed.area.heading)),
        task: plain(&placed.row.label),
        text: plain(&placed.duty.text.text()),
    }
}

/// All changes between both versions.
pub(crate) fn changes(draft: &Draft, shape: Sides<Shape>) -> Vec<Expected> {
    let old: BTreeMap<Id, Placed<'_>> = draft.old.duties().map(|p| (p.duty.id, p)).collect();
    let new: BTreeMap<Id, Placed<'_>> = draft.new.duties().map(|p| (p.duty.id, p)).collect();
    let by = |id: Id| draft.by.get(&id).copied().unwrap_or("nothing");
    let mut changes = Vec::new();
    let mut ids: Vec<Id> = old.keys().chain(new.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let reading = draft
            .splits
            .iter()
            .position(|split| split.whole == id || split.halves.contains(&id))
            .map(|at| (at, 0));
        let kept = draft.splits.iter().any(|split| stands_whole(split, id, &old, &new));
        if let Some(change) = between(old.get(&id), new.get(&id), by(id))
            && !kept
        {
            changes.push(Expected { reading, ..change });
        }
    }
    for (at, split) in draft.splits.iter().enumerate() {
        let (whole, halves) = if split.joined { (&new, &old) } else { (&old, &new) };
        let (whole, [a, b]) = (whole.get(&split.whole), split.halves.map(|id| halves.get(&id)));
        let kept = |half: Option<&Placed<'_>>| within(half, whole);
        let other = if split.joined {
            let gone = between(a, None, by(split.whole)).filter(|_| !kept(a));
            [between(b, whole, by(split.whole)), gone]
        } else {
            let come = between(None, a, by(split.whole)).filter(|_| !kept(a));
            [between(whole, b, by(split.whole)), come]
        };
        let other = other.into_iter().flatten();
        changes.extend(other.map(|change| Expected { reading: Some((at, 1)), ..change }));
    }
    if !shape.old.has_rows() {
        let is_duplicate =
            |change: &Expected| duplicates(change.old.as_ref(), change.from, &old, &new);
        changes.retain(|change| change.kind != Kind::Removed || !is_duplicate(change));
    }
    if !shape.new.has_rows() {
        let is_duplicate =
            |change: &Expected| duplicates(change.new.as_ref(), change.to, &new, &old);
        changes.retain(|change| change.kind != Kind::Added || !is_duplicate(change));
    }
    if !shape.old.has_rows() || !shape.new.has_rows() {
        // without labels on both sides nobody sees that the row is another one
        let section = |spot: &Option<Spot>| spot.as_ref().map(|spot| spot.section.clone());
        changes.retain(|change| {
            change.kind != Kind::Relocated || section(&change.old) != section(&change.new)
        });
    }
    overview(&draft.old, &draft.new, &by, &mut changes);
    changes
}

/// Whether a duty of a list stands there once more, and stays.
fn duplicates(
    spot: Option<&Spot>,
    holder: Option<Holder>,
    own: &BTreeMap<Id, Placed<'_>>,
    other: &BTreeMap<Id, Placed<'_>>,
) -> bool {
    let Some(gone) = spot else { return false };
    own.iter().filter(|(id, _)| other.contains_key(id)).any(|(_, placed)| {
        let twin = self::spot(placed);
        Some(placed.duty.holder) == holder && twin.section == gone.section && twin.text == gone.text
    })
}

/// Whether a duty is the half of a split or join that stands word for word in the whole.
fn stands_whole(
    split: &Split,
    id: Id,
    old: &BTreeMap<Id, Placed<'_>>,
    new: &BTreeMap<Id, Placed<'_>>,
) -> bool {
    let (whole, halves) = if split.joined { (new, old) } else { (old, new) };
    split.halves[1] == id && within(halves.get(&id), whole.get(&split.whole))
}

fn within(half: Option<&Placed<'_>>, whole: Option<&Placed<'_>>) -> bool {
    let words =
        |placed: &Placed<'_>| canonical_text(&plain(&placed.duty.text.text()), &Names::builtin());
    let (Some(half), Some(whole)) = (half, whole) else { return false };
    let (half, whole) = (format!(" {} ", words(half)), format!(" {} ", words(whole)));
    whole.contains(&half)
}

fn between(
    old: Option<&Placed<'_>>,
    new: Option<&Placed<'_>>,
    by: &'static str,
) -> Option<Expected> {
    let kind = match (old, new) {
        (None, Some(_)) => Kind::Added,
        (Some(_), None) => Kind::Removed,
        (Some(old), Some(new)) if old.duty.holder != new.duty.holder => Kind::Moved,
        (Some(old), Some(new)) if old.duty.text.text() != new.duty.text.text() => Kind::Reworded,
        (Some(old), Some(new)) if old.area.id != new.area.id || old.row.id != new.row.id => {
            Kind::Relocated
        }
        (Some(_), Some(_)) | (None, None) => return None,
    };
    Some(Expected {
        kind,
        from: old.map(|placed| placed.duty.holder),
        to: new.map(|placed| placed.duty.holder),
        old: old.map(spot),
        new: new.map(spot),
        by,
        reading: None,
    })
}

/// The changes of the owner grid, cell by cell.
fn overview(old: &Page, new: &Page, by: &impl Fn(Id) -> &'static str, changes: &mut Vec<Expected>) {
    let (Some(old), Some(new)) = (&old.grid, &new.grid) else { return };
    let rows = old.rows.iter().chain(&new.rows).map(|row| row.id);
    let rows: std::collections::BTreeSet<Id> = rows.collect();
    for id in rows {
        for column in 0..WORDS.columns.len() {
            let (old, new) = (cell(old, id, column), cell(new, id, column));
            let kind = match (&old, &new) {
                (None, Some(_)) => Kind::Added,
                (Some(_), None) => Kind::Removed,
                (Some((old, _)), Some((new, _))) if old != new => Kind::Moved,
                (Some(_), Some(_)) | (None, None) => continue,
            };
            changes.push(Expected {
                kind,
                from: old.as_ref().map(|(holder, _)| *holder),
                to: new.as_ref().map(|(holder, _)| *holder),
                old: old.map(|(_, spot)| spot),
                new: new.map(|(_, spot)| spot),
                by: by(id),
                reading: None,
            });
        }
    }
}

fn cell(grid: &Grid, row: Id, column: usize) -> Option<(Holder, Spot)> {
    let row = grid.rows.iter().find(|other| other.id == row)?;
    let at = grid.columns.iter().position(|other| *other == column)?;
    let heading = WORDS.columns[column];
    let spot = Spot {
        section: OVERVIEW.to_owned(),
        task: row.label.clone(),
        text: format!("{}: {heading}", row.label),
    };
    Some(((*row.owners.get(at)?)?, spot))
}
