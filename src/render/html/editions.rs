//! The history of a document on the page: its timeline, and its editions with their changes.

use serde::Serialize;

use crate::model::{Change, Kind, Party, Sides};
use crate::render::text::names::{commit_text, commits_text, edition_date};
use crate::render::text::{names, summary};
use crate::report::{Edition, Gone, PageLog, Summary};

use super::anchors::AnchorIds;
use super::chart::{self, Chart, ChartDrawing, ChartPoint};
use super::tags::HtmlTag;
use super::words::{self, HtmlOrigin, HtmlParty, MarkedRun};

/// A timeline, drawn and as a table.
#[derive(Serialize)]
pub(super) struct HtmlTimeline {
    anchor: String,
    view_box: String,
    drawing: Option<ChartDrawing>,
    title: String,
    description: String,
    parties: Vec<HtmlParty>,
    /// What the provider is called.
    provider: String,
    rows: Vec<TimelineRow>,
    left_out: usize,
}

/// One edition of the timeline's table.
#[derive(Serialize)]
struct TimelineRow {
    date: String,
    counts: Vec<usize>,
    to_customer: usize,
    to_ibm: usize,
    elsewhere: usize,
}

impl HtmlTimeline {
    pub(super) fn from_log(log: &PageLog, anchor: String) -> Self {
        let mut parties: Vec<Party> = log
            .editions
            .iter()
            .flat_map(|edition| edition.duties.iter())
            .filter(|(_, count)| count.new > 0)
            .map(|(party, _)| party.clone())
            .collect();
        parties.sort();
        parties.dedup();
        let point = |edition: &Edition| chart_point(edition, &parties);
        let points: Vec<ChartPoint> = log.editions.iter().rev().map(point).collect();
        let shown: Vec<HtmlParty> = parties.iter().map(HtmlParty::from_party).collect();
        let mut rows = Vec::new();
        let last = points.len().saturating_sub(1);
        for (at, (point, edition)) in points.iter().zip(log.editions.iter().rev()).enumerate() {
            let before = at.checked_sub(1).and_then(|at| points.get(at));
            let still = before.is_some_and(|before| before.counts == point.counts);
            if at == last || !still || point.moves != [0; 3] {
                rows.push(timeline_row(edition, point));
            }
        }
        let provider = provider_name(log, &parties);
        let names = parties.into_iter().zip(shown.iter().map(|party| party.name.clone()));
        let chart = Chart { parties: names.collect(), provider: provider.clone(), points };
        Self {
            anchor,
            view_box: chart::view_box(),
            title: format!("Duties of each party over {}", editions_text(log)),
            description: chart_description(&chart),
            drawing: chart::draw_chart(&chart),
            parties: shown,
            provider,
            left_out: log.editions.len() - rows.len(),
            rows,
        }
    }
}

fn editions_text(log: &PageLog) -> String {
    names::counted(log.editions.len(), "edition")
}

/// What the provider is called.
fn provider_name(log: &PageLog, parties: &[Party]) -> String {
    let held = parties.iter().find_map(Party::provider_name);
    let of_changes = || {
        let summaries = log.editions.iter().map(Edition::summary);
        let all = summaries.fold(Summary::default(), |all, one| all.plus(&one));
        all.provider_name().to_owned()
    };
    words::visible_text(&held.map_or_else(of_changes, str::to_owned))
}

fn chart_point(edition: &Edition, parties: &[Party]) -> ChartPoint {
    let count = |party: &Party| {
        let found = edition.duties.iter().find(|(known, _)| known == party);
        found.map_or(0, |(_, count)| count.new)
    };
    // when readers could see it, whatever the page says of itself
    let seen = edition.commits.last().map(|commit| commit.time.to_utc().date_naive());
    let summary = edition.summary();
    let elsewhere = summary.moved - summary.moved_to_customer - summary.moved_to_ibm;
    ChartPoint {
        day: seen.unwrap_or(edition.day),
        counts: parties.iter().map(count).collect(),
        moves: [summary.moved_to_customer, summary.moved_to_ibm, elsewhere],
    }
}

fn timeline_row(edition: &Edition, point: &ChartPoint) -> TimelineRow {
    let [to_customer, to_ibm, elsewhere] = point.moves;
    TimelineRow {
        date: edition_date(edition),
        counts: point.counts.clone(),
        to_customer,
        to_ibm,
        elsewhere,
    }
}

fn chart_description(chart: &Chart) -> String {
    let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) else {
        return String::new();
    };
    let of = |((_, name), (before, after)): (&(Party, String), (&usize, &usize))| {
        format!("{name} from {before} to {after}")
    };
    let counts = first.counts.iter().zip(&last.counts);
    let parties: Vec<String> = chart.parties.iter().zip(counts).map(of).collect();
    let moved: usize = chart.points.iter().flat_map(|point| point.moves).sum();
    format!("{}. {} moved.", parties.join(", "), names::counted(moved, "duty"))
}

/// Editions in which something happened one by one, the others of a stretch together.
#[derive(Serialize)]
pub(super) struct EditionEntry {
    edition: Option<HtmlEdition>,
    quiet: Vec<QuietEdition>,
    quiet_label: String,
}

/// An edition in which no duty changed.
#[derive(Serialize)]
struct QuietEdition {
    date: String,
    commits: String,
    codes: String,
}

/// One edition.
#[derive(Serialize)]
pub(super) struct HtmlEdition {
    anchor: String,
    date: String,
    commits: String,
    told: String,
    renamed: Option<String>,
    gone: Option<String>,
    changes: Vec<HtmlChange>,
    notices: Vec<HtmlNotice>,
}

/// One change in a list.
#[derive(Serialize)]
pub(super) struct HtmlChange {
    pub(super) tag: HtmlTag,
    pub(super) from: Option<HtmlParty>,
    pub(super) to: Option<HtmlParty>,
    pub(super) place: String,
    pub(super) runs: Vec<MarkedRun>,
    pub(super) remarks: Vec<String>,
    pub(super) origin: Option<HtmlOrigin>,
}

impl HtmlChange {
    pub(super) fn from_change(change: &Change, anchor: &str, anchors: &AnchorIds) -> Self {
        let Sides { old: before, new: after } = change.texts().map(Option::unwrap_or_default);
        let party = |party: &Option<Party>| party.as_ref().map(HtmlParty::from_party);
        Self {
            tag: HtmlTag::from_change(change, anchor, anchors),
            from: party(&change.party.old).filter(|_| change.kind == Kind::Moved),
            to: party(&change.party.new).or_else(|| party(&change.party.old)),
            place: change.shown_place().map(words::place_line).unwrap_or_default(),
            runs: match change.kind {
                Kind::Moved | Kind::Reworded => words::inline_runs(before, after),
                Kind::Added | Kind::Relocated => words::unmarked_runs(after),
                Kind::Removed => words::unmarked_runs(before),
            },
            remarks: words::change_remarks(change),
            origin: change.introduced.as_ref().map(HtmlOrigin::from_introduced),
        }
    }
}

/// One notice.
#[derive(Serialize)]
pub(super) struct HtmlNotice {
    pub(super) code: &'static str,
    pub(super) place: String,
    pub(super) message: String,
}

/// The editions as they are listed, newest first.
pub(super) fn edition_entries(
    log: &PageLog,
    ids: &[Vec<String>],
    anchors: &mut AnchorIds,
) -> Vec<EditionEntry> {
    let mut entries: Vec<EditionEntry> = Vec::new();
    for (edition, ids) in log.editions.iter().zip(ids) {
        if !edition.is_quiet() {
            let shown = html_edition(edition, ids, anchors);
            let (quiet, quiet_label) = (Vec::new(), String::new());
            entries.push(EditionEntry { edition: Some(shown), quiet, quiet_label });
            continue;
        }
        if entries.last().is_none_or(|entry| entry.edition.is_some()) {
            let (quiet, quiet_label) = (Vec::new(), String::new());
            entries.push(EditionEntry { edition: None, quiet, quiet_label });
        }
        if let Some(entry) = entries.last_mut() {
            entry.quiet.push(quiet_edition(edition));
            let count = names::counted(entry.quiet.len(), "edition");
            entry.quiet_label = format!("{count} in which no duty changed");
        }
    }
    entries
}

fn quiet_edition(edition: &Edition) -> QuietEdition {
    let mut codes: Vec<&str> = edition.report.notices.iter().map(|n| n.code.name()).collect();
    codes.dedup();
    QuietEdition {
        date: edition_date(edition),
        commits: commits_text(edition),
        codes: codes.join(", "),
    }
}

fn html_edition(edition: &Edition, ids: &[String], anchors: &mut AnchorIds) -> HtmlEdition {
    let told = &edition.report;
    let changes: Vec<HtmlChange> = edition
        .all_changes()
        .zip(ids)
        .map(|(change, id)| HtmlChange::from_change(change, id, anchors))
        .collect();
    let sum = words::visible_text(&summary::edition_counts(edition));
    let gone = |gone: &Gone| {
        let Some(notice) = gone.unread.first() else {
            let removed = summary::page_removal_text(edition);
            let went_to = words::visible_text(&summary::went_to_text(edition, gone));
            let before = summary::unread_until_then(gone, commit_text).unwrap_or_default();
            return format!("then {removed} in {}{went_to}{before}", commit_text(&gone.commit));
        };
        let line = notice.line.map(|line| format!("line {line}, ")).unwrap_or_default();
        format!(
            "then respdiff could no longer tell who has which duty, since {}: {line}{}",
            commit_text(&gone.commit),
            notice.message
        )
    };
    HtmlEdition {
        anchor: anchors.unique_id(&format!("edition-{}", edition.day)),
        date: edition_date(edition),
        commits: commits_text(edition),
        told: sum,
        renamed: told.old_path.as_ref().map(|old| {
            format!("renamed: {} → {}", words::visible_text(old), words::visible_text(&told.path))
        }),
        gone: edition.gone.as_ref().map(gone),
        changes,
        notices: told.notices.iter().map(HtmlNotice::from_notice).collect(),
    }
}
