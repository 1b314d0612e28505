//! `respdiff stats`: who has how much to do, and how that went.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::error::Result;
use crate::model::Sides;
use crate::render;
use crate::report::{
    Edition, Grouping, PageLog, PageTotals, ReadCounts, Selection, Stats, StatsReport,
    duties_by_party,
};

use super::Outcome;
use super::args::{CommonArgs, StatsArgs, StatsBy, StatsFormat};
use super::keyrefs::Keyrefs;
use super::log::days_asked_for;
use super::notes_below::NotesBelow;
use super::other_dates::CommitsUnderOtherDates;
use super::output::Output;
use super::session::Session;
use super::several::{self, Answers, RepositoryPlace};

pub(super) fn run(args: &StatsArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let (since, until) = days_asked_for(args.since.as_deref(), args.until.as_deref())?;
    let selection = Selection { since, until, ..Selection::default() };
    let output = Output::to_file(common, args.output.as_deref())?;
    let mut below = NotesBelow::default();
    let answers = Answers::of_run(common, false, |place| {
        let (report, notes) = count_duties(args, &selection, &keyrefs, place)?;
        below.add_notes(place.name_among_several(), notes);
        Ok((report, Some(place.folder.clone())))
    })?;
    output.write(&match args.format {
        StatsFormat::Text => answers.text(&output, render::text::render_stats, |results| {
            several::results_ending(results, &ENDS, end_of_counts)
        }),
        StatsFormat::Csv => render::csv::render_stats(&answers.good())?,
        StatsFormat::Json => answers.json(|report| report)?,
    })?;
    below.print();
    Ok(answers.outcome(false))
}

/// How the counts of several repositories end.
const ENDS: [&str; 4] = ["counted", "without an edition", "without a page", "could not be read"];

fn end_of_counts(report: &StatsReport) -> &'static str {
    match (report.editions, report.read.has_page()) {
        (0, false) => ENDS[2],
        (0, true) => ENDS[1],
        (_, _) => ENDS[0],
    }
}

/// The counts of one repository, and notes that stand below them.
fn count_duties(
    args: &StatsArgs,
    selection: &Selection,
    keyrefs: &Keyrefs,
    place: &RepositoryPlace,
) -> Result<(StatsReport, Vec<String>)> {
    let session = Session::open(&place.folder, &args.span, keyrefs)?;
    let by = match args.by {
        StatsBy::Party => Grouping::Party,
        StatsBy::Area => Grouping::Area,
        StatsBy::Document => Grouping::Document,
    };
    let mut stats = Stats::new(by, !session.span.is_whole() || selection.since.is_some());
    let for_paths = !args.span.paths.is_empty();
    let mut read = ReadCounts { for_paths, ..ReadCounts::default() };
    let mut not_counted = PageTotals::default();
    let mut under_other_dates = CommitsUnderOtherDates::default();
    let mut counted_paths = HashSet::new();
    let mut tell = |page: PageLog| {
        read.count_page(page.editions.len());
        under_other_dates.add_page(selection, &page);
        counted_paths.insert(page.path.clone());
        let standing = standing_duties(&page, selection.until);
        match selection.select_from(page) {
            Some(page) => stats.add_page(&page),
            None => not_counted.count_page(standing),
        }
        Ok(())
    };
    let commits = session.page_logs(&mut tell)?;
    let dates = (args.since.as_deref(), args.until.as_deref());
    let mut notes = Vec::from_iter(under_other_dates.note_text(
        &place.folder,
        args.span.revision.as_deref(),
        dates,
    ));
    session.keyrefs.print_warnings();
    let report = stats.finish(commits);
    if report.editions == 0 {
        let is_text = args.format == StatsFormat::Text;
        let asked = (place.folder.as_path(), args.span.paths.as_slice());
        notes.extend(session.explain_empty(asked, (&mut read, commits), is_text)?);
    }
    if !session.span.is_whole() && selection.until.is_none() {
        for page in session.tip_pages()? {
            let is_counted = counted_paths.contains(&page.path());
            if !is_counted && page.document.is_responsibility_page() {
                let duties = duties_by_party(Sides::new(None, Some(&page.document)));
                let total = duties.iter().map(|(_, count)| count.new).sum();
                not_counted.count_page(Some(total));
            }
        }
    }
    Ok((StatsReport { not_counted, read, ..report }, notes))
}

/// How many duties a page has at the end of a period in which it has no edition; none where it is
/// not there.
fn standing_duties(page: &PageLog, until: Option<NaiveDate>) -> Option<usize> {
    let is_before = |edition: &&Edition| until.is_none_or(|until| edition.day <= until);
    let last = page.editions.iter().find(is_before)?;
    last.gone.is_none().then(|| last.all_duties())
}
