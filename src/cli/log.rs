//! `respdiff log`: the history of pages, edition by edition.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::Repository;
use crate::model::{Kind, Party, short_id};
use crate::render;
use crate::render::text::{Detail, LogStyle, TextOptions};
use crate::report::{Edition, EditionTime, LogReport, PageLog, ReadCounts, Selection};

use super::Outcome;
use super::args::{ByArg, ChangeArgs, CommonArgs, KindArg, LogArgs, LogFormat};
use super::asked_names::{self, NamesOnPages};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::notes_below::NotesBelow;
use super::other_dates::CommitsUnderOtherDates;
use super::output::Output;
use super::session::Session;
use super::several::{self, Answers, RepositoryPlace};
use super::shell::command_in;

pub(super) fn run(args: &LogArgs, common: &CommonArgs) -> Result<Outcome> {
    refuse_layout(args.format == LogFormat::Text, args.oneline, args.stat)?;
    let asked = LogRequest::from_args(args, common)?;
    let output = Output::to_file(common, args.output.as_deref())?;
    if args.format == LogFormat::Jsonl && output.is_to_file() {
        return Err(Error::new(ErrorKind::Usage, "--format jsonl goes to standard output")
            .with_hint(
                "it writes each line as soon as it is found; redirect standard output to the file",
            ));
    }
    let mut below = NotesBelow::default();
    let mut changed = false;
    let answers = Answers::of_run(common, false, |place| {
        let (report, has_changes) = asked.repository_log(place, &mut below)?;
        changed |= has_changes;
        Ok((report, Some(place.folder.clone())))
    })?;
    let text = |report: &LogReport, options: &TextOptions| {
        render::text::render_log(report, asked.log_style(), options)
    };
    match args.format {
        LogFormat::Text => output.write(&answers.text(&output, text, |results| {
            several::changes_ending(results, asked.selection.is_for_changes(), |report| {
                (report.read.has_page(), report.pages.iter().any(has_changes))
            })
        }))?,
        LogFormat::Json => output.write(&answers.json(|report| report)?)?,
        LogFormat::Csv => output.write(&render::csv::render_log(answers.good())?)?,
        LogFormat::Jsonl => {}
    }
    below.print();
    Ok(answers.outcome(args.exit_code && changed))
}

/// Refuses an option that lays out text where something else is written.
pub(super) fn refuse_layout(is_text: bool, lines: bool, counts: bool) -> Result<()> {
    let option = match (lines, counts) {
        _ if is_text => return Ok(()),
        (false, false) => return Ok(()),
        (true, _) => "--oneline",
        (false, true) => "--stat",
    };
    Err(Error::new(ErrorKind::Usage, format!("{option} applies only to text"))
        .with_hint(format!("omit {option}, or omit --format")))
}

/// What was asked for, found good.
struct LogRequest<'a> {
    args: &'a LogArgs,
    selection: Selection,
    keyrefs: Keyrefs,
}

impl<'a> LogRequest<'a> {
    fn from_args(args: &'a LogArgs, common: &CommonArgs) -> Result<Self> {
        let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
        Ok(Self { args, selection: selection_of(args)?, keyrefs })
    }

    fn log_style(&self) -> LogStyle {
        let detail = match (self.args.oneline, self.args.stat) {
            (true, _) => Detail::Line,
            (false, true) => Detail::Counts,
            (false, false) => Detail::Changes,
        };
        LogStyle { detail, all: self.args.all }
    }

    /// The log of one repository, and whether it has any change. Lines are written page by page
    /// and not kept.
    fn repository_log(
        &self,
        place: &RepositoryPlace,
        below: &mut NotesBelow,
    ) -> Result<(LogReport, bool)> {
        let span = &self.args.span;
        let session = Session::open(&place.folder, span, &self.keyrefs)?;
        let (mut pages, mut changed, mut is_empty) = (Vec::new(), false, true);
        let for_changes = self.selection.is_for_changes();
        let for_paths = !span.paths.is_empty();
        let mut read = ReadCounts { for_changes, for_paths, ..ReadCounts::default() };
        let mut firsts = BTreeMap::<String, Vec<String>>::new();
        let mut names = NamesOnPages::default();
        let asks_for_names = asked_names::names_anything(&self.selection);
        let mut under_other_dates = CommitsUnderOtherDates::default();
        let mut tell = |page: PageLog| {
            read.count_page(page.editions.len());
            under_other_dates.add_page(&self.selection, &page);
            if asks_for_names {
                names.add_log(&page);
            }
            if let Some(first) = page.editions.last().and_then(|first| first.commits.last()) {
                firsts.entry(first.commit.clone()).or_default().push(page.path.clone());
            }
            let Some(page) = self.selection.select_from(page) else { return Ok(()) };
            changed |= has_changes(&page);
            is_empty = false;
            if self.args.format == LogFormat::Jsonl {
                let lines = render::json::log_lines(&page, place.name_among_several())?;
                return deliver::write_part(&lines);
            }
            pages.push(page);
            Ok(())
        };
        let commits = session.page_logs(&mut tell)?;
        if names.has_unknown(&self.selection) {
            for page in session.tip_pages()? {
                names.add_page(&page.document);
            }
            names.require(&self.selection, place.name_among_several())?;
        }
        session.report_unread_pages()?;
        let (since, until) = (self.args.since.as_deref(), self.args.until.as_deref());
        let dates =
            under_other_dates.note_text(&place.folder, span.revision.as_deref(), (since, until));
        below.add_notes(place.name_among_several(), Vec::from_iter(dates));
        session.keyrefs.print_warnings();
        report_merged_histories(&session.repository, &place.folder, &firsts)?;
        if is_empty {
            let is_text = self.args.format == LogFormat::Text;
            let asked = (place.folder.as_path(), span.paths.as_slice());
            let notes = session.explain_empty(asked, (&mut read, commits), is_text)?;
            below.add_notes(place.name_among_several(), notes);
        }
        Ok((LogReport { pages, commits, read }, changed))
    }
}

/// Whether anything became of a page since its first edition.
fn has_changes(page: &PageLog) -> bool {
    let has_any = |one: &Edition| one.has_changes() || one.gone.is_some();
    page.editions.iter().any(|one| has_any(one) || one.has_unread_tables())
}

/// Says where the past of pages is that came with a merged history of its own: it is not on the
/// published line.
fn report_merged_histories(
    repository: &Repository,
    folder: &Path,
    firsts: &BTreeMap<String, Vec<String>>,
) -> Result<()> {
    let command = command_in(folder);
    for (commit, paths) in firsts {
        let Some(number) = repository.unrelated_parent(commit)? else { continue };
        let short = short_id(commit);
        let paths = paths.join(", ");
        print_line(&format!(
            "note: {paths} came with the merge {short}, from a history of its own; `{command} log {short}^{number}` shows that history"
        ));
    }
    Ok(())
}

fn selection_of(args: &LogArgs) -> Result<Selection> {
    if args.number == Some(0) {
        return Err(Error::new(ErrorKind::Usage, "-n 0 asks for no editions")
            .with_hint("give a number of at least 1, or omit -n to show every edition"));
    }
    let (since, until) = days_asked_for(args.since.as_deref(), args.until.as_deref())?;
    if args.by == ByArg::Commit && since.is_none() && until.is_none() {
        let message = "--by commit has no effect without --since or --until";
        return Err(
            Error::new(ErrorKind::Usage, message).with_hint("add one of them, or omit --by")
        );
    }
    Ok(Selection {
        since,
        until,
        by: match args.by {
            ByArg::Stamp => EditionTime::Stamp,
            ByArg::Commit => EditionTime::Commit,
        },
        number: args.number,
        reverse: args.reverse,
        ..changes_asked_for(&args.changes)
    })
}

/// The part of a selection that says which changes are asked for.
pub(super) fn changes_asked_for(args: &ChangeArgs) -> Selection {
    Selection {
        kinds: args.kind.iter().map(|kind| kind_of(*kind)).collect(),
        parties: args.party.iter().map(|name| parse_party(name)).collect(),
        area: args.area.clone(),
        ..Selection::default()
    }
}

/// The first and the last day that `--since` and `--until` ask for.
pub(super) fn days_asked_for(
    since: Option<&str>,
    until: Option<&str>,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>)> {
    let first = since.map(|text| parse_days(text).map(|days| days.0)).transpose()?;
    let last = until.map(|text| parse_days(text).map(|days| days.1)).transpose()?;
    match (since, until) {
        (Some(since), Some(until)) if first > last => {
            let message = format!("--since {since} is after --until {until}");
            Err(Error::new(ErrorKind::Usage, message)
                .with_hint(format!("swap the dates: --since {until} --until {since}")))
        }
        _ => Ok((first, last)),
    }
}

/// The first and last day that a day, month or year names.
fn parse_days(text: &str) -> Result<(NaiveDate, NaiveDate)> {
    let whole = |suffix: &str| format!("{text}{suffix}").parse::<NaiveDate>().ok();
    let end_of_month = || (28..=31).rev().find_map(|day| whole(&format!("-{day}")));
    match text.len() {
        4 => whole("-01-01").zip(whole("-12-31")),
        7 => whole("-01").zip(end_of_month()),
        _ => whole("").map(|day| (day, day)),
    }
    .ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("`{text}` is not a date"))
            .with_hint("write it as 2024-05-31, 2024-05 or 2024")
    })
}

fn kind_of(kind: KindArg) -> Kind {
    match kind {
        KindArg::Moved => Kind::Moved,
        KindArg::Added => Kind::Added,
        KindArg::Removed => Kind::Removed,
        KindArg::Reworded => Kind::Reworded,
        KindArg::Relocated => Kind::Relocated,
    }
}

/// A party by the names that text and JSON have for it.
pub(super) fn parse_party(name: &str) -> Party {
    match name.to_lowercase().as_str() {
        "ibm" => Party::Ibm,
        "customer" | "you" => Party::Customer,
        "shared" => Party::Shared,
        _ => Party::Other(name.strip_prefix("other:").unwrap_or(name).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = parse_days(text).ok().map(|(a, b)| (a.to_string(), b.to_string()));
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn a_month_and_a_year_are_all_their_days() {
        check("2024-05-09", Some(("2024-05-09", "2024-05-09")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2024", Some(("2024-01-01", "2024-12-31")));
        check("2024-13", None);
        check("soon", None);
        check("", None);
    }
}
