//! `respdiff stats`: who has how much to do, and how that went.

use crate::error::Result;
use crate::render;
use crate::report::{Grouping, PageLog, Read, Selection, Stats, StatsReport};

use super::args::{CommonArgs, StatsArgs, StatsBy, StatsFormat};
use super::keyrefs::Keyrefs;
use super::log::{first_day, last_day};
use super::output::Output;
use super::session::Session;
use super::several::{self, Place};
use super::{Outcome, input};

pub(super) fn run(args: &StatsArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let selection = Selection {
        since: first_day(args.since.as_deref())?,
        until: last_day(args.until.as_deref())?,
        ..Selection::default()
    };
    let output = Output::to(common, args.output.as_deref())?;
    let Some(places) = several::places(common)? else {
        let place = Place::only(common);
        let report = counted(args, &selection, &keyrefs, &place)?;
        output.write(&match args.format {
            StatsFormat::Text => render::text::stats(&report, &output.text(Some(&place.folder))),
            StatsFormat::Csv => render::csv::stats(&[("", &report)])?,
            StatsFormat::Json => render::json::stats(&report)?,
        })?;
        return Ok(Outcome::Done);
    };
    let results = several::each(places, |place| counted(args, &selection, &keyrefs, place));
    output.write(&match args.format {
        StatsFormat::Text => several::text(&results, &output, render::text::stats),
        StatsFormat::Csv => {
            let named = several::named(&results).into_iter();
            let good = named.filter_map(|(name, result)| Some((name, result.ok()?)));
            render::csv::stats(&good.collect::<Vec<_>>())?
        }
        StatsFormat::Json => render::json::several_stats(&several::named(&results))?,
    })?;
    Ok(several::outcome(&results, false))
}

fn counted(
    args: &StatsArgs,
    selection: &Selection,
    keyrefs: &Keyrefs,
    place: &Place,
) -> Result<StatsReport> {
    let revision = args.revision.as_ref().map(|word| input::text(word)).transpose()?;
    let session = Session::open(&place.folder, revision.as_deref(), &args.paths, keyrefs)?;
    let by = match args.by {
        StatsBy::Party => Grouping::Party,
        StatsBy::Area => Grouping::Area,
        StatsBy::Document => Grouping::Document,
    };
    let mut stats = Stats::new(by, !session.span.is_whole() || selection.since.is_some());
    let mut read = Read::default();
    let mut tell = |page: PageLog| {
        read.count(&page);
        if let Some(page) = selection.of(page) {
            stats.add(&page);
        }
        Ok(())
    };
    let commits = session.page_logs(&mut tell)?;
    session.keyrefs.warn_of_names();
    if read.pages == 0 && args.format == StatsFormat::Text {
        read.at_end = session.tell_none_found(&place.folder, &args.paths)?;
    }
    Ok(StatsReport { read, ..stats.finish(commits) })
}
