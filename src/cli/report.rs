//! `respdiff report`: one page for people, to be kept and handed on.

use std::path::Path;

use crate::deliver;
use crate::error::Result;
use crate::history::Request;
use crate::model::counted;
use crate::render;
use crate::report::{Dossier, DossierScope, End, Sheet};
use crate::timeline::OldSide;

use super::Outcome;
use super::args::{CommonArgs, ReportArgs};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::notes_below::NotesBelow;
use super::range::{self, CompareRequest};
use super::session::Session;
use super::several::{self, RepositoryPlace};

pub(super) fn run(args: &ReportArgs, common: &CommonArgs) -> Result<Outcome> {
    let asked = ReportRequest { args, keyrefs: Keyrefs::load(common, args.keyrefs.as_deref())? };
    let file = common.to_write(&args.output)?;
    let is_standard = args.output == Path::new("-");
    let named = if is_standard { args.output.clone() } else { common.resolve_path(&args.output) };
    let mut below = NotesBelow::default();
    let Some(places) = several::several_places(common)? else {
        let place = RepositoryPlace::only_one(common);
        let dossier = asked.build_dossier(&place, &mut below)?;
        write_report(&file, &named, &vec![(place.name.as_str(), Ok(&dossier))])?;
        below.print();
        return Ok(Outcome::Done);
    };
    let results = several::run_each(places, |place| asked.build_dossier(place, &mut below));
    write_report(&file, &named, &several::named_results(&results))?;
    below.print();
    Ok(several::results_outcome(&results, false))
}

/// What was asked for, found good.
struct ReportRequest<'a> {
    args: &'a ReportArgs,
    keyrefs: Keyrefs,
}

impl ReportRequest<'_> {
    fn build_dossier(&self, place: &RepositoryPlace, below: &mut NotesBelow) -> Result<Dossier> {
        let span = &self.args.span;
        let session = Session::open(&place.folder, span, &self.keyrefs)?;
        let mut dossier = if session.span.is_whole() {
            dossier_of_history(&session)?
        } else {
            self.dossier_of_range(&session, place)?
        };
        if dossier.sheets.is_empty() {
            let (at_end, notes) = session.explain_none_found(&place.folder, &span.paths)?;
            below.add_notes(place.name_among_several(), notes);
            dossier.has_no_page = at_end.is_none_or(|pages| pages == 0);
        }
        Ok(dossier)
    }

    /// Two ends, and the editions between them.
    fn dossier_of_range(&self, session: &Session, place: &RepositoryPlace) -> Result<Dossier> {
        let span = &self.args.span;
        let wanted = CompareRequest {
            folder: &place.folder,
            request: Request { revisions: span.revision.iter().cloned().collect(), cached: false },
            paths: &span.paths,
            keyrefs: &self.keyrefs,
            selection: None,
            old_side: OldSide::LastReadable,
        };
        let (dossier, _) = range::compare_and(&wanted, Dossier::of_range)?;
        let mut logs = Vec::new();
        let commits = session.page_logs(&mut |log| {
            logs.push(log);
            Ok(())
        })?;
        Ok(dossier.with_histories(logs, commits))
    }
}

/// Each page from its first edition to its newest.
fn dossier_of_history(session: &Session) -> Result<Dossier> {
    let (lives, commits) = session.page_histories()?;
    session.keyrefs.print_warnings();
    let tip = session.span.tip();
    let end = End::Commit { rev: tip.name.clone(), commit: tip.commit.to_string() };
    Ok(Dossier::of_histories(end, lives, commits))
}

/// Writes the page where it was asked for, and says what is in it.
fn write_report(
    file: &Path,
    named: &Path,
    dossiers: &crate::report::Several<'_, Dossier>,
) -> Result<()> {
    let bytes = render::html::render_report(dossiers)?;
    if named == Path::new("-") {
        return deliver::write_part(&bytes);
    }
    deliver::write_file(file, &bytes)?;
    let good = || dossiers.iter().filter_map(|(_, one)| one.as_ref().ok().copied());
    let sheets: Vec<_> = good().flat_map(|dossier| &dossier.sheets).collect();
    let changes: usize = good().map(shown_changes).sum();
    let what = if !sheets.is_empty() {
        let changes = counted(changes, "change");
        let editions = match good().map(walked_editions).sum() {
            0 => String::new(),
            count => format!(" in {}", counted(count, "edition")),
        };
        format!("{}, {changes}{editions}", counted(sheets.len(), "page"))
    } else if good().any(|dossier| !dossier.has_no_page) {
        let read = render::text::pages_read_text(crate::report::pages_read(good()));
        format!("no duty changed; {read}")
    } else {
        "no responsibility page found".to_owned()
    };
    print_line(&format!("Wrote {}: {what}.", named.display()));
    Ok(())
}

/// How many editions hold these changes, where they are not those between two ends.
fn walked_editions(dossier: &Dossier) -> usize {
    let lives = dossier.sheets.iter().filter_map(|sheet| sheet.life.as_ref());
    match &dossier.scope {
        DossierScope::Whole(_) => lives.map(|life| life.editions.len()).sum(),
        DossierScope::Range(_) => 0,
    }
}

/// How many changes the page shows of a repository: those of each edition, or those between two ends.
fn shown_changes(dossier: &Dossier) -> usize {
    let of_page = |sheet: &Sheet| match (&dossier.scope, &sheet.life) {
        (DossierScope::Whole(_), Some(life)) => {
            let editions = life.editions.iter();
            let own = editions.flat_map(|one| one.report.changes.iter().chain(&one.changes_within));
            own.count() + life.arrived_changes().count()
        }
        (DossierScope::Whole(_) | DossierScope::Range(_), _) => sheet.report.changes.len(),
    };
    dossier.sheets.iter().map(of_page).sum()
}
