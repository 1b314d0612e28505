//! `respdiff report`: one page for people, to be kept and handed on.

use std::path::Path;

use crate::deliver::{self, Progress};
use crate::error::Result;
use crate::history::{Point, Repository, Request};
use crate::render;
use crate::report::{Dossier, End, PageLog};
use crate::timeline::{self, NamesTable};

use super::args::{CommonArgs, ReportArgs};
use super::keyrefs::Keyrefs;
use super::range::{self, Wanted};
use super::several::{self, Place};
use super::{Outcome, input};

pub(super) fn run(args: &ReportArgs, common: &CommonArgs) -> Result<Outcome> {
    let asked = Asked {
        args,
        revision: args.revision.as_ref().map(|word| input::text(word)).transpose()?,
        keyrefs: Keyrefs::load(common, args.keyrefs.as_deref())?,
    };
    let file = common.to_write(&args.output)?;
    let Some(places) = several::places(common)? else {
        let place = Place::only(common);
        let dossier = asked.dossier(&place)?;
        write(&file, &args.output, &vec![(place.name.as_str(), Ok(&dossier))])?;
        return Ok(Outcome::Done);
    };
    let results = several::each(places, |place| asked.dossier(place));
    write(&file, &args.output, &several::named(&results))?;
    Ok(several::outcome(&results, false))
}

/// What was asked for, found good.
struct Asked<'a> {
    args: &'a ReportArgs,
    revision: Option<String>,
    keyrefs: Keyrefs,
}

impl Asked<'_> {
    fn dossier(&self, place: &Place) -> Result<Dossier> {
        let repository = Repository::open(&place.folder)?;
        let span = repository.span(self.revision.as_deref())?;
        if span.is_whole() { self.whole(&repository) } else { self.range(&repository, place) }
    }

    /// Each page from its first edition to its newest.
    fn whole(&self, repository: &Repository) -> Result<Dossier> {
        let span = repository.span(self.revision.as_deref())?;
        let filter = repository.filter(&self.args.paths)?;
        let keyrefs = self.keyrefs.of_repository(repository);
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.passed(count);
        let (mut lives, commits) = timeline::lives(repository, &span, &filter, &names_of, &passed)?;
        self.keyrefs.warn();
        let tip = span.tip();
        let policy = self.keyrefs.in_force(repository, &Point::Commit(tip.clone()))?;
        for life in &mut lives {
            policy.assign_controls(&mut life.comparison.changes, &life.log.path);
            assign_controls(&policy, &mut life.log);
        }
        let end = End::Commit { rev: tip.name.clone(), commit: tip.commit.to_string() };
        Ok(Dossier::of_lives(end, lives, commits))
    }

    /// Two ends, and the editions between them.
    fn range(&self, repository: &Repository, place: &Place) -> Result<Dossier> {
        let wanted = Wanted {
            folder: &place.folder,
            request: Request { revisions: self.revision.iter().cloned().collect(), cached: false },
            paths: &self.args.paths,
            keyrefs: &self.keyrefs,
        };
        let (dossier, _) = range::compare_and(&wanted, Dossier::of_range)?;
        let span = repository.span(self.revision.as_deref())?;
        let filter = repository.filter(&self.args.paths)?;
        let keyrefs = self.keyrefs.of_repository(repository);
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let mut logs = Vec::new();
        let tip = Point::Commit(span.tip().clone());
        let policy = self.keyrefs.in_force(repository, &tip)?;
        let commits = timeline::log(repository, &span, &filter, &names_of, &|_| {}, &mut |log| {
            let mut log = log;
            assign_controls(&policy, &mut log);
            logs.push(log);
            Ok(())
        })?;
        Ok(dossier.with_lives(logs, commits))
    }
}

/// Says of the changes of all editions of a page which controls they belong to.
pub(super) fn assign_controls(policy: &Keyrefs, page: &mut PageLog) {
    for edition in &mut page.editions {
        policy.assign_controls(&mut edition.told.changes, &edition.told.path);
    }
}

/// Writes the page where it was asked for, and says what is in it.
fn write(file: &Path, named: &Path, dossiers: &crate::report::Several<'_, Dossier>) -> Result<()> {
    let bytes = render::html::report(dossiers)?;
    if named == Path::new("-") {
        return deliver::part(&bytes);
    }
    deliver::write(file, &bytes)?;
    let sheets: Vec<_> =
        dossiers.iter().filter_map(|(_, one)| one.as_ref().ok()).flat_map(|d| &d.sheets).collect();
    let changes: usize = sheets.iter().map(|sheet| sheet.told.changes.len()).sum();
    let (pages, changes) = (counted(sheets.len(), "page"), counted(changes, "change"));
    let shown = named.display().to_string();
    let shown = render::safe::visible(&shown);
    deliver::aside(&format!("Wrote {shown}: {pages}, {changes}.\n"));
    Ok(())
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
