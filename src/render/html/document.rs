//! One document on the page: what it is, its timeline, its matrices, its notices, its editions.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Notice, Side, Stamp};
use crate::render::text::{names, summary};
use crate::report::{DocumentReport, Edition, PageLog, Sheet, Status, Summary};

use super::anchors::{AnchorIds, Ids};
use super::editions::{EditionEntry, HtmlNotice, HtmlTimeline, edition_entries};
use super::matrix::HtmlMatrix;
use super::words;

/// One document.
#[derive(Serialize)]
pub(super) struct HtmlDocument {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) path: String,
    old_path: Option<String>,
    status: &'static str,
    pub(super) versions: String,
    before: String,
    after: String,
    pub(super) counts: HtmlCounts,
    pub(super) told: String,
    timeline: Option<HtmlTimeline>,
    matrices: Vec<HtmlMatrix>,
    /// How many matrices are as they were.
    same_matrices: usize,
    notices: Vec<HtmlNotice>,
    entries: Vec<EditionEntry>,
    editions: usize,
}

/// How many changes of each kind.
#[derive(Serialize)]
pub(super) struct HtmlCounts {
    pub(super) to_customer: usize,
    pub(super) to_ibm: usize,
    pub(super) shared: usize,
    pub(super) elsewhere: usize,
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) reworded: usize,
    pub(super) relocated: usize,
}

impl HtmlCounts {
    /// Of duties: references are not counted.
    pub(super) fn from_summary(summary: &Summary) -> Self {
        let [added, removed, reworded, relocated] =
            summary.without_references().map(|(count, _)| count);
        Self {
            to_customer: summary.moved_to_customer,
            to_ibm: summary.moved_to_ibm,
            shared: summary.moved_to_shared,
            elsewhere: summary.moved
                - summary.moved_to_customer
                - summary.moved_to_ibm
                - summary.moved_to_shared,
            added,
            removed,
            reworded,
            relocated,
        }
    }
}

impl HtmlDocument {
    /// How many duties moved, and how many changed at all.
    pub(super) const fn change_weight(&self) -> (usize, usize) {
        let HtmlCounts {
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

    pub(super) fn from_sheet(sheet: &Sheet, ids: &Ids, anchors: &mut AnchorIds) -> Self {
        let told = &sheet.report;
        let anchor = anchors.unique_id("document");
        let matrices: Vec<HtmlMatrix> = sheet
            .matrices
            .iter()
            .map(|matrix| HtmlMatrix::from_pair(matrix, &told.changes, &ids.net, anchors))
            .collect();
        let title = if told.title.is_empty() { &told.path } else { &told.title };
        let of_changes = Summary::of_changes(&told.changes).with_ignored(told.ignored);
        let [before, after] = [&told.version.old, &told.version.new]
            .map(|version| version.as_ref().map(|version| edition_text(&version.stamp)));
        Self {
            title: words::visible_text(title),
            path: words::visible_text(&told.path),
            old_path: told.old_path.as_deref().map(words::visible_text),
            status: status_word(told),
            versions: versions_text(sheet),
            before: before.unwrap_or_else(|| "no page".to_owned()),
            after: after.unwrap_or_else(|| "no page".to_owned()),
            told: match of_changes.total_changes() + told.ignored {
                0 => unchanged_text(sheet),
                _ => summary::counts_text(&of_changes),
            },
            counts: HtmlCounts::from_summary(&of_changes),
            timeline: sheet
                .life
                .as_ref()
                .filter(|life| life.editions.len() > 1)
                .map(|life| HtmlTimeline::from_log(life, format!("{anchor}-timeline"))),
            same_matrices: matrices.iter().filter(|matrix| matrix.is_same()).count(),
            matrices,
            notices: notice_list(&told.notices),
            editions: sheet.life.as_ref().map_or(0, |life| life.editions.len()),
            entries: sheet
                .life
                .as_ref()
                .map(|life| edition_entries(life, &ids.editions, anchors))
                .unwrap_or_default(),
            anchor,
        }
    }
}

const fn status_word(told: &DocumentReport) -> &'static str {
    match told.status {
        Status::Modified => "",
        Status::Added => "new page",
        Status::Removed if told.file_stays => "no longer assigns responsibilities",
        Status::Removed => "page removed",
        Status::Renamed => "renamed",
    }
}

/// What a page without a change has to say: that its duties came from another page or went to one,
/// or that it was removed with them.
fn unchanged_text(sheet: &Sheet) -> String {
    let life = sheet.life.as_ref();
    if sheet.went_elsewhere > 0 {
        let duties = names::counted(sheet.went_elsewhere, "duty");
        return format!("{duties} went to other pages; no other duty changed");
    }
    let removed = life.and_then(PageLog::removed_duties);
    let newest = life.and_then(|life| life.editions.first());
    let is_emptied = newest.is_some_and(Edition::file_stays);
    match (life.map_or(0, PageLog::arrived_duties), removed) {
        (0, None) if life.is_some_and(|life| life.unread_duties().is_some()) => {
            "respdiff can no longer tell who has which duty".to_owned()
        }
        (0, None) => match life.and_then(PageLog::duties_in_unread_tables) {
            Some(unread) => {
                let duties = names::counted(unread, "duty");
                format!("respdiff can no longer tell who has {duties}; no other duty changed")
            }
            None => "No duty changed".to_owned(),
        },
        (0, Some(0)) if is_emptied => "Its duties are on another page".to_owned(),
        (0, Some(duties)) if is_emptied => {
            format!("Left without duties; {} removed", names::counted(duties, "duty"))
        }
        (0, Some(0)) => "Removed; its duties are on another page".to_owned(),
        (0, Some(duties)) => format!("Removed, with its {}", names::counted(duties, "duty")),
        (arrived, _) => summary::only_arrived(arrived),
    }
}

fn edition_text(stamp: &Stamp) -> String {
    match stamp.last_updated {
        Some(_) => format!("edition {}", words::stamp_date(stamp)),
        None => "edition without a date".to_owned(),
    }
}

fn versions_text(sheet: &Sheet) -> String {
    let version = &sheet.report.version;
    match (&version.old, &version.new) {
        (Some(old), Some(new)) => between_text(&old.stamp, &new.stamp),
        (None, Some(new)) => format!("new page, {}", edition_text(&new.stamp)),
        (Some(old), None) => {
            format!("{}, last {}", status_word(&sheet.report), edition_text(&old.stamp))
        }
        (None, None) => String::new(),
    }
}

fn between_text(old: &Stamp, new: &Stamp) -> String {
    let (before, after) = (edition_text(old), words::stamp_date(new));
    let dates = if edition_text(new) == before { before } else { format!("{before} → {after}") };
    if old.copyright == new.copyright {
        return dates;
    }
    let (before, after) = (names::years_text(old.copyright), names::years_text(new.copyright));
    format!("{dates}, © {before} → {after}")
}

impl HtmlNotice {
    pub(super) fn from_notice(notice: &Notice) -> Self {
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
            message: words::visible_text(&notice.message),
        }
    }
}

/// Each notice once: a notice that is the same on both sides is shown for the new one.
fn notice_list(notices: &[Notice]) -> Vec<HtmlNotice> {
    let key = |notice: &Notice| (notice.code, notice.message.clone());
    let new: BTreeSet<_> =
        notices.iter().filter(|notice| notice.side != Some(Side::Old)).map(key).collect();
    let told = |notice: &&Notice| notice.side != Some(Side::Old) || !new.contains(&key(notice));
    notices.iter().filter(told).map(HtmlNotice::from_notice).collect()
}
