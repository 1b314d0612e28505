//! `respdiff stats`: who has how much to do, and how that went.

use crate::error::Result;
use crate::render;
use crate::report::{Grouping, PageLog, ReadCounts, Selection, Stats, StatsReport};

use super::args::{CommonArgs, StatsArgs, StatsBy, StatsFormat};
use super::keyrefs::Keyrefs;
use super::log::days_asked_for;
use super::output::Output;
use super::session::Session;
use super::several::{self, RepositoryPlace};
use super::{Outcome, input};

pub(super) fn run(args: &StatsArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let (since, until) = days_asked_for(args.since.as_deref(), args.until.as_deref())?;
    let selection = Selection { since, until, ..Selection::default() };
    let output = Output::to_file(common, args.output.as_deref())?;
    let Some(places) = several::several_places(common)? else {
        let place = RepositoryPlace::only_one(common);
        let report = count_duties(args, &selection, &keyrefs, &place)?;
        output.write(&match args.format {
            StatsFormat::Text => {
                render::text::render_stats(&report, &output.text_options(Some(&place.folder)))
            }
            StatsFormat::Csv => render::csv::render_stats(&[("", &report)])?,
            StatsFormat::Json => render::json::render_stats(&report)?,
        })?;
        return Ok(Outcome::Done);
    };
    let results =
        several::run_each(places, |place| count_duties(args, &selection, &keyrefs, place));
    output.write(&match args.format {
        StatsFormat::Text => several::results_text(&results, &output, render::text::render_stats),
        StatsFormat::Csv => {
            let named = several::named_results(&results).into_iter();
            let good = named.filter_map(|(name, result)| Some((name, result.ok()?)));
            render::csv::render_stats(&good.collect::<Vec<_>>())?
        }
        StatsFormat::Json => render::json::several_stats(&several::named_results(&results))?,
    })?;
    Ok(several::results_outcome(&results, false))
}

fn count_duties(
    args: &StatsArgs,
    selection: &Selection,
    keyrefs: &Keyrefs,
    place: &RepositoryPlace,
) -> Result<StatsReport> {
    let revision = args.revision.as_ref().map(|word| input::word_text(word)).transpose()?;
    let session = Session::open(&place.folder, revision.as_deref(), &args.paths, keyrefs)?;
    let by = match args.by {
        StatsBy::Party => Grouping::Party,
        StatsBy::Area => Grouping::Area,
        StatsBy::Document => Grouping::Document,
    };
    let mut stats = Stats::new(by, !session.span.is_whole() || selection.since.is_some());
    let mut read = ReadCounts::default();
    let mut tell = |page: PageLog| {
        read.count_page(&page);
        if let Some(page) = selection.select_from(page) {
            stats.add_page(&page);
        }
        Ok(())
    };
    let commits = session.page_logs(&mut tell)?;
    session.keyrefs.warn_of_names();
    if read.pages == 0 && args.format == StatsFormat::Text {
        read.at_end = session.tell_none_found(&place.folder, &args.paths)?;
    } else if read.pages == 0 {
        session.note_no_page(place.name_among_several(), &args.paths)?;
    }
    Ok(StatsReport { read, ..stats.finish(commits) })
}
