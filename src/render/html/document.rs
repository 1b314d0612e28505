//! One document on the page: what it is, its timeline, its matrices, its notices, its editions.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Notice, Side, Stamp};
use crate::render::text::{names, summary};
use crate::report::{DocumentReport, Sheet, Status, Summary};

use super::anchors::{Anchors, Ids};
use super::editions::{EntryWire, NoticeWire, TimelineWire, entries};
use super::matrix::MatrixWire;
use super::words;

/// One document.
#[derive(Serialize)]
pub(super) struct DocumentWire {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) path: String,
    old_path: Option<String>,
    status: &'static str,
    pub(super) versions: String,
    before: String,
    after: String,
    pub(super) counts: CountsWire,
    pub(super) told: String,
    timeline: Option<TimelineWire>,
    matrices: Vec<MatrixWire>,
    /// How many matrices are as they were.
    same_matrices: usize,
    notices: Vec<NoticeWire>,
    entries: Vec<EntryWire>,
    editions: usize,
}

/// How many changes of each kind.
#[derive(Serialize)]
pub(super) struct CountsWire {
    pub(super) to_customer: usize,
    pub(super) to_ibm: usize,
    pub(super) shared: usize,
    pub(super) elsewhere: usize,
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) reworded: usize,
    pub(super) relocated: usize,
}

impl CountsWire {
    pub(super) fn of(summary: &Summary) -> Self {
        Self {
            to_customer: summary.moved_to_customer,
            to_ibm: summary.moved_to_ibm,
            shared: summary.moved_to_shared,
            elsewhere: summary.moved
                - summary.moved_to_customer
                - summary.moved_to_ibm
                - summary.moved_to_shared,
            added: summary.added,
            removed: summary.removed,
            reworded: summary.reworded,
            relocated: summary.relocated,
        }
    }
}

impl DocumentWire {
    /// How many duties moved, and how many changed at all.
    pub(super) const fn weight(&self) -> (usize, usize) {
        let CountsWire {
            to_customer,
            to_ibm,
            shared,
            elsewhere,
            added,
            removed,
            reworded,
            relocated,
        } = &self.counts;
        let moved = *to_customer + *to_ibm + *shared + *elsewhere;
        (moved, moved + *added + *removed + *reworded + *relocated)
    }

    pub(super) fn of(sheet: &Sheet, ids: &Ids, anchors: &mut Anchors) -> Self {
        let told = &sheet.told;
        let anchor = anchors.take("document");
        let matrices: Vec<MatrixWire> = sheet
            .matrices
            .iter()
            .map(|matrix| MatrixWire::of(matrix, &told.changes, &ids.net, anchors))
            .collect();
        let title = if told.title.is_empty() { &told.path } else { &told.title };
        let of_changes = Summary::of(&told.changes);
        let [before, after] = [&told.version.old, &told.version.new]
            .map(|version| version.as_ref().map(|version| edition(&version.stamp)));
        Self {
            title: words::shown(title),
            path: words::shown(&told.path),
            old_path: told.old_path.as_deref().map(words::shown),
            status: status(told),
            versions: versions(sheet),
            before: before.unwrap_or_else(|| "no page".to_owned()),
            after: after.unwrap_or_else(|| "no page".to_owned()),
            told: match of_changes.changes() {
                0 => "No duty changed".to_owned(),
                _ => summary::counts(&of_changes),
            },
            counts: CountsWire::of(&of_changes),
            timeline: sheet
                .life
                .as_ref()
                .filter(|life| life.editions.len() > 1)
                .map(|life| TimelineWire::of(life, format!("{anchor}-timeline"))),
            same_matrices: matrices.iter().filter(|matrix| matrix.is_same()).count(),
            matrices,
            notices: notices(&told.notices),
            editions: sheet.life.as_ref().map_or(0, |life| life.editions.len()),
            entries: sheet
                .life
                .as_ref()
                .map(|life| entries(life, &ids.editions, anchors))
                .unwrap_or_default(),
            anchor,
        }
    }
}

const fn status(told: &DocumentReport) -> &'static str {
    match told.status {
        Status::Modified => "",
        Status::Added => "new page",
        Status::Removed if told.file_stays => "no longer assigns responsibilities",
        Status::Removed => "page removed",
        Status::Renamed => "renamed",
    }
}

fn edition(stamp: &Stamp) -> String {
    match stamp.last_updated {
        Some(_) => format!("edition {}", words::date(stamp)),
        None => "undated edition".to_owned(),
    }
}

fn versions(sheet: &Sheet) -> String {
    let version = &sheet.told.version;
    match (&version.old, &version.new) {
        (Some(old), Some(new)) => between(&old.stamp, &new.stamp),
        (None, Some(new)) => format!("new page, {}", edition(&new.stamp)),
        (Some(old), None) => format!("{}, last {}", status(&sheet.told), edition(&old.stamp)),
        (None, None) => String::new(),
    }
}

fn between(old: &Stamp, new: &Stamp) -> String {
    let (before, after) = (edition(old), words::date(new));
    let dates = if edition(new) == before { before } else { format!("{before} → {after}") };
    if old.copyright == new.copyright {
        return dates;
    }
    let (before, after) = (names::years(old.copyright), names::years(new.copyright));
    format!("{dates}, © {before} → {after}")
}

impl NoticeWire {
    pub(super) fn of(notice: &Notice) -> Self {
        let side = match notice.side {
            Some(Side::Old) => "before",
            Some(Side::New) | None => "",
        };
        let line = notice.line.map(|line| format!("line {line}"));
        let parts: Vec<&str> =
            [side, line.as_deref().unwrap_or("")].into_iter().filter(|p| !p.is_empty()).collect();
        Self {
            code: notice.code.name(),
            place: parts.join(", "),
            message: words::shown(&notice.message),
        }
    }
}

/// Each notice once: a notice that is the same on both sides is shown for the new one.
fn notices(notices: &[Notice]) -> Vec<NoticeWire> {
    let key = |notice: &Notice| (notice.code, notice.message.clone());
    let new: BTreeSet<_> =
        notices.iter().filter(|notice| notice.side != Some(Side::Old)).map(key).collect();
    let told = |notice: &&Notice| notice.side != Some(Side::Old) || !new.contains(&key(notice));
    notices.iter().filter(told).map(NoticeWire::of).collect()
}
