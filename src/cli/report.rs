//! `respdiff report`: one page for people, to be kept and handed on.

use std::path::Path;

use crate::deliver;
use crate::error::Result;
use crate::history::Request;
use crate::model::counted;
use crate::render;
use crate::report::{Dossier, End};

use super::args::{CommonArgs, ReportArgs};
use super::keyrefs::Keyrefs;
use super::range::{self, Wanted};
use super::session::Session;
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
        let revision = self.revision.as_deref();
        let session = Session::open(&place.folder, revision, &self.args.paths, &self.keyrefs)?;
        if session.span.is_whole() { whole(&session) } else { self.range(&session, place) }
    }

    /// Two ends, and the editions between them.
    fn range(&self, session: &Session, place: &Place) -> Result<Dossier> {
        let wanted = Wanted {
            folder: &place.folder,
            request: Request { revisions: self.revision.iter().cloned().collect(), cached: false },
            paths: &self.args.paths,
            keyrefs: &self.keyrefs,
        };
        let (dossier, _) = range::compare_and(&wanted, Dossier::of_range)?;
        let mut logs = Vec::new();
        let commits = session.page_logs(&mut |log| {
            logs.push(log);
            Ok(())
        })?;
        Ok(dossier.with_lives(logs, commits))
    }
}

/// Each page from its first edition to its newest.
fn whole(session: &Session) -> Result<Dossier> {
    let (lives, commits) = session.page_lives()?;
    session.keyrefs.warn();
    let tip = session.span.tip();
    let end = End::Commit { rev: tip.name.clone(), commit: tip.commit.to_string() };
    Ok(Dossier::of_lives(end, lives, commits))
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
