//! `respdiff check`: the gate.

mod across;
mod after_merge;
mod still_unread;

use std::path::{Path, PathBuf};

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Ends, Filter, Point, Repository, Request};
use crate::model::{Change, Code, Kind, Notice, Sides, counted};
use crate::policy::{self, Gate};
use crate::render;
use crate::report::{CheckReport, DocumentReport, Edit, Report, Status, assemble_report};
use crate::timeline::{self, NamesTable, OldSide, compare_range};

use self::after_merge::AfterMerge;
use super::advice::acceptance_advice;
use super::args::{CheckArgs, CheckFormat, CommonArgs};
use super::check_request::CheckRequest;
use super::error_output::print_line;
use super::export_gaps::more_problems;
use super::keyrefs::Keyrefs;
use super::last_change::LastChange;
use super::nothing_found;
use super::output::Output;
use super::pages::PagesAt;
use super::range::{end_of, report_documents, require_paths};
use super::several::{self, RepositoryPlace};
use super::swapped_ends::note_swapped_points;
use super::{Outcome, baseline, complain_of, input, overlooked, print_error, same_duties};

pub(super) fn run(args: &CheckArgs, common: &CommonArgs) -> Result<Outcome> {
    if let Some(places) = several::several_places(common)? {
        return run_in_several(args, common, places);
    }
    let output = Output::to_file(common, args.output.as_deref())?;
    let repository = Repository::open(common.start_folder())?;
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let asked = CheckRequest { args, common, repository: &repository, keyrefs };
    let checked = asked.run_check()?;
    report_given_policy(&asked.keyrefs);
    let base = (!repository.is_bare()).then(|| repository.shown_path());
    let bytes = match args.format {
        CheckFormat::Text => render::text::render_check(&checked, &output.text_options(base)),
        CheckFormat::Json => render::json::render_result(&checked)?,
        CheckFormat::Github => render::check::render_github(&checked).into_bytes(),
        CheckFormat::Sarif => render::check::render_sarif(&checked)?,
        CheckFormat::Junit => render::check::render_junit(&checked)?,
        CheckFormat::Markdown => {
            render::check::render_markdown(&checked, render::check::COMMENT_LIMIT).into_bytes()
        }
    };
    if let Some(file) = summary_file(args, common)? {
        append_summary(&file, &checked)?;
    }
    output.write(&bytes)?;
    if output.is_to_file() {
        print_line(&render::check::outcome_sentence(&checked));
    }
    if matches!(args.format, CheckFormat::Text | CheckFormat::Github)
        && let Some(advice) = acceptance_advice(&asked, &checked)
    {
        deliver::print_to_stderr(&advice);
    }
    if args.format == CheckFormat::Text {
        nothing_found::print_notes(&last_change_notes(&asked, &checked)?);
    }
    if let Some(error) = incomplete_error(&checked) {
        print_error(&error);
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::from_changed(checked.fails()))
}

/// When a duty changed last, where none did in the range that is checked.
fn last_change_notes(asked: &CheckRequest<'_>, checked: &CheckReport) -> Result<Vec<String>> {
    let has_any = checked.documents.iter().any(|page| !page.changes.is_empty());
    if has_any || checked.baseline.is_some() || checked.incomplete_notices().next().is_some() {
        return Ok(Vec::new());
    }
    let ends = asked.resolve_ends()?;
    if ends.files().is_some() {
        return Ok(Vec::new());
    }
    let tip = ends.points.new.commit_id().map_or_else(|| "HEAD".to_owned(), |id| id.to_string());
    let folder = asked.common.start_folder();
    let last = LastChange::before(folder, &tip, &asked.args.paths, &asked.keyrefs);
    Ok(last.note_text(folder).into_iter().collect())
}

/// Each repository by its own policy and acknowledgements, as if checked in its folder.
fn run_in_several(
    args: &CheckArgs,
    common: &CommonArgs,
    places: Vec<RepositoryPlace>,
) -> Result<Outcome> {
    if !matches!(args.format, CheckFormat::Text | CheckFormat::Json) || args.summary.is_some() {
        let message = "several repositories can be checked only as text or JSON";
        return Err(Error::new(ErrorKind::Usage, message)
            .with_hint("for other formats and --summary, run the command in each repository"));
    }
    let output = Output::to_file(common, args.output.as_deref())?;
    let given = Keyrefs::load(common, args.keyrefs.as_deref())?;
    report_given_policy(&given);
    let results = several::run_each(places, |place| {
        let repository = Repository::open(&place.folder)?;
        let common = common.within_folder(&place.folder);
        let keyrefs = given.of_repository(&repository);
        CheckRequest { args, common: &common, repository: &repository, keyrefs }.run_check()
    });
    output.write(&if args.format == CheckFormat::Json {
        render::json::render_several(&several::named_results(&results))?
    } else {
        let mut bytes = several::results_text(&results, &output, render::text::render_check);
        bytes.extend(several::results_ending(&results, &ENDS, end_of_check));
        bytes
    })?;
    let fails = several::good_results(&results).any(|(_, checked)| checked.fails());
    let mut incomplete_ones = false;
    for (name, checked) in several::good_results(&results) {
        if let Some(error) = incomplete_error(checked) {
            complain_of(Some(name), &error);
            incomplete_ones = true;
        }
    }
    let outcome = several::results_outcome(&results, fails);
    Ok(if incomplete_ones { Outcome::Failed } else { outcome })
}

/// How checks of several repositories end.
const ENDS: [&str; 3] = ["passed", "failed", "could not be checked"];

fn end_of_check(checked: &CheckReport) -> &'static str {
    match (checked.incomplete_notices().next(), checked.fails()) {
        (None, false) => ENDS[0],
        (None, true) => ENDS[1],
        (Some(_), _) => ENDS[2],
    }
}

/// Names the policy that counts, where it is not the repository's own.
fn report_given_policy(keyrefs: &Keyrefs) {
    let policy = &keyrefs.policy;
    if let Some(origin) = policy.policy.origin.as_deref().filter(|_| policy.is_given) {
        print_line(&format!("note: the policy is {origin}, not the repository's own"));
    }
}

/// What could not be known, and what to do about it.
fn incomplete_error(checked: &CheckReport) -> Option<Error> {
    let (document, notice) = checked.incomplete_notices().next()?;
    let path = &document.path;
    let place = notice.line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
    let more = more_problems(checked.incomplete_notices().skip(1).count());
    let what = if notice.code.leaves_doubt() {
        "respdiff may have misread this page"
    } else if document.reads_rest {
        "respdiff can no longer tell who has which duty in this table or list"
    } else {
        "respdiff can no longer tell who has which duty on this page"
    };
    let message = format!("{place}: {what}: {}{more}", notice.message);
    let names_parties = |edit: &Edit| edit.what == "parties" && edit.value.new.is_some();
    let takes_away = notice.message.starts_with(after_merge::BY_POLICY);
    let hint = if notice.code == Code::MergeConflict {
        "keep one of the two versions, and remove the lines that begin with <<<<<<<, ======= or >>>>>>>"
    } else if notice.message.starts_with(after_merge::NO_SOURCE) {
        "keep the page among the `sources` in respdiff.yaml; if it no longer needs a check, remove its tables, or set `gate: {unreadable: pass}` in an earlier change"
    } else if takes_away {
        "keep in respdiff.yaml what the page is read by, or first change the page so that respdiff can read it without"
    } else if checked.edits.iter().any(names_parties) {
        "`parties` count after the merge: merge respdiff.yaml first, in a pull request that does not change the page"
    } else if document.reads_rest {
        "fix the table or list; if it no longer assigns responsibilities, remove it"
    } else {
        "fix the page; if it no longer assigns responsibilities, remove the remaining tables and lists"
    };
    // both sides have to say so
    let first = if checked.baseline.is_some() { "accept" } else { "merge" };
    let or_pass = if hint.starts_with("fix ") {
        format!(", or set `gate: {{unreadable: pass}}` in respdiff.yaml and {first} that first")
    } else {
        String::new()
    };
    Some(Error::new(ErrorKind::Incomplete, message).with_hint(format!("{hint}{or_pass}")))
}

/// The file that a summary goes to: the one that is named, else GitHub's.
fn summary_file(args: &CheckArgs, common: &CommonArgs) -> Result<Option<PathBuf>> {
    let github = || std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty());
    match &args.summary {
        Some(file) => common.to_write(file).map(Some),
        None if args.format == CheckFormat::Github => Ok(github().map(PathBuf::from)),
        None => Ok(None),
    }
}

/// Adds the summary as far as there is room: a larger file is not shown at all.
fn append_summary(file: &Path, checked: &CheckReport) -> Result<()> {
    const LEAST: usize = 4_096;
    let room = render::check::SUMMARY_LIMIT.saturating_sub(deliver::file_length(file));
    if room < LEAST {
        let shown = file.display();
        print_line(&format!("warning: {shown} is full, so the summary is not added"));
        return Ok(());
    }
    deliver::append_bytes(file, render::check::render_markdown(checked, room).as_bytes())
}

impl CheckRequest<'_> {
    pub(super) fn run_check(&self) -> Result<CheckReport> {
        let Some(folder) = &self.args.baseline else {
            let (gate, report) = self.compare_range()?;
            return Ok(judge_report(&gate, report, None));
        };
        let held = self.compare_with_baseline(folder)?;
        let mut checked = judge_report(&held.gate, held.report, Some(folder.display().to_string()));
        baseline::add_reread_changes(&mut checked, held.reread);
        Ok(checked)
    }

    /// All changes, not judged yet.
    pub(super) fn unjudged_report(&self) -> Result<Report> {
        match &self.args.baseline {
            Some(folder) => Ok(self.compare_with_baseline(folder)?.report),
            None => Ok(self.compare_range()?.1),
        }
    }

    /// The ends of the range that is checked.
    fn resolve_ends(&self) -> Result<Ends> {
        let words = self.args.revisions.iter().map(|word| input::word_text(word));
        let request =
            Request { revisions: words.collect::<Result<_>>()?, cached: self.args.cached };
        self.repository.resolve_ends(&request)
    }

    /// The comparison of a range and what it is judged by. Pages are read by the words of the
    /// base side, see [`after_merge::keyrefs_to_read`].
    pub(super) fn compare_range(&self) -> Result<(Gate, Report)> {
        let Self { args, repository, .. } = self;
        let ends = self.resolve_ends()?;
        let (gate, policy) = self.read_gate(&ends.points)?;
        let (asked, filter) = match ends.files() {
            Some(Sides { old, new }) => {
                let both = repository.filter_of_files(&[old.clone(), new.clone()]);
                (both.clone(), both)
            }
            None => (repository.path_filter(&args.paths)?, self.path_filter(&gate)?),
        };
        let keyrefs = after_merge::keyrefs_to_read(self, &ends.points, &filter, &policy)?;
        overlooked::warn_of_misnamed(repository, &ends.points.new)?;
        overlooked::note_uncommitted_policy(repository, &ends.points.new, keyrefs.policy.is_given);
        overlooked::report_sources(
            repository,
            &[&ends.points.old, &ends.points.new],
            &gate.policy.new,
            (&asked, &filter),
            &keyrefs.names_with(&[]),
        )?;
        overlooked::refuse_unread_sources(repository, &ends.points.new, &gate.policy.new)?;
        if ends.points.new == Point::WorkingTree {
            overlooked::report_untracked(repository, &filter, &keyrefs.names_with(&[]));
        }
        require_paths(repository, &[&ends.points.new, &ends.points.old], &args.paths)?;
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        let mut compared =
            compare_range(repository, &ends, &filter, &names_of, OldSide::LastReadable)?;
        note_swapped_points(repository, &ends.points);
        if let Some(error) = compared.unread_others.take() {
            return Err(error);
        }
        let new = PagesAt::new(repository, &ends.points.new, &keyrefs);
        same_duties::note_same_duties(new, &mut compared)?;
        keyrefs.print_warnings();
        let reported = report_documents(&ends, &compared);
        let mut report = assemble_report(ends.points.as_ref().map(end_of), reported, Vec::new());
        let old = PagesAt { point: &ends.points.old, ..new };
        if report.pages_read == Sides::default()
            && !new.has_page(&filter)?
            && !old.has_page(&filter)?
        {
            report.documents.extend(self.still_unread(&ends, &filter, &keyrefs)?);
        }
        let (point, before, after) = (&ends.points.new, &keyrefs, &policy.new);
        AfterMerge { repository, point, asked: &asked, before, after }
            .add_lost_pages(&compared, &mut report)?;
        still_unread::note_former_pages(
            repository,
            (&ends, &filter),
            &keyrefs,
            (&compared, &report),
        )?;
        across::add_disagreements(new, &mut report);
        Ok((gate, report))
    }

    /// Without acknowledgements, the pages that have been unreadable since an older commit: the
    /// commit that broke them was stopped, later ones are not. Without such pages there is nothing
    /// to check.
    fn still_unread(
        &self,
        ends: &Ends,
        filter: &Filter,
        keyrefs: &Keyrefs,
    ) -> Result<Vec<DocumentReport>> {
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        let unread = timeline::still_unread(self.repository, ends, filter, &names_of)?;
        if unread.is_empty() {
            return Err(self.no_page_error(ends, filter, keyrefs)?);
        }
        Ok(unread)
    }

    /// That neither end has a page, after notes that name what may be missing.
    fn no_page_error(&self, ends: &Ends, filter: &Filter, keyrefs: &Keyrefs) -> Result<Error> {
        let paths = self.args.paths.as_slice();
        let new = ends.points.new.name();
        let old = Some(&ends.points.old).filter(|old| **old != Point::Empty).map(Point::name);
        let message = match (old, paths) {
            (None, _) => nothing_found::no_page_text(&ends.points.new, paths),
            (Some(old), []) => {
                format!("neither {old} nor {new} has a page that assigns responsibilities")
            }
            (Some(old), [..]) => format!(
                "no page among the given paths assigns responsibilities, neither in {old} nor in {new}"
            ),
        };
        let (point, asked) = (&ends.points.new, (filter, paths));
        let way_out =
            nothing_found::name_way_out(PagesAt::new(self.repository, point, keyrefs), asked)?;
        if paths.is_empty() || way_out.names_possible_pages() {
            return Ok(nothing_found::no_page(&message, way_out, self.repository));
        }
        Ok(Error::new(ErrorKind::Incomplete, message)
            .with_hint("omit the paths to check every page"))
    }
}

/// The report, judged.
pub(super) fn judge_report(gate: &Gate, report: Report, baseline: Option<String>) -> CheckReport {
    let Report { ends, mut documents, pages_read, .. } = report;
    for document in &mut documents {
        document.notices.extend(removal_notice(document));
    }
    let (fail_on, fail_on_from) = gate.stands_at();
    let judgement = gate.judge_all(documents);
    let mut edits = gate.edits_between_sides();
    if baseline.is_some() {
        for edit in &mut edits {
            edit.effect = policy::once_accepted(edit.effect);
        }
    }
    CheckReport {
        ends,
        baseline,
        fail_on,
        fail_on_from,
        documents: judgement.documents,
        accepted: judgement.accepted,
        stale: judgement.stale,
        edits,
        unreadable_passes: gate.lets_unreadable_pass(),
        pages_read,
    }
}

/// That a page is gone. Its duties count as removed, so a check may pass without naming any of them.
fn removal_notice(document: &DocumentReport) -> Option<Notice> {
    if document.status != Status::Removed || document.file_stays {
        return None;
    }
    let is_gone = |change: &&Change| change.kind == Kind::Removed && !change.reference;
    let with = match document.changes.iter().filter(is_gone).count() {
        0 => String::new(),
        gone => format!(" with {}", counted(gone, "duty")),
    };
    Some(Notice::of_page(Code::PageRemoved, format!("the page was removed{with}")))
}
