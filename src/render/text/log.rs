//! The history of pages: one edition after the other, each compared with the one before.

use std::cmp::Ordering;

use crate::model::{Code, Party, Sides, Stamp};
use crate::report::{CommitReport, DocumentReport, Edition, Gone, LogReport, PageLog, Summary};

use super::change_writer::{ChangeStyle, ShownCommits};
use super::names::{self, commit_text, commits_text, edition_date};
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, Word, safe_words};
use super::{changes, notices, summary};

/// How much is shown of an edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Every change.
    #[default]
    Changes,
    /// One line.
    Line,
    /// How many duties each party has.
    Counts,
}

/// What of each edition is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogStyle {
    /// How much of an edition.
    pub detail: Detail,
    /// Each edition by itself, those without a change of duties, too.
    pub all: bool,
}

/// Which editions are shown, and what of them.
#[derive(Clone, Copy)]
struct ShownEditions {
    /// Each by itself.
    all: bool,
    /// Only the changes that were asked for.
    for_changes: bool,
}

impl ShownEditions {
    /// How many changes an edition has; where others were left out, none of those that were asked for
    /// does not mean that nothing changed.
    fn counts_text(self, edition: &Edition) -> String {
        if self.for_changes && edition.all_changes().next().is_none() {
            return "no matching change".to_owned();
        }
        summary::edition_counts(edition)
    }
}

/// The history of pages as text.
#[must_use]
pub fn render_log(report: &LogReport, style: LogStyle, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    let of_all = ShownEditions { all: style.all, for_changes: report.read.for_changes };
    for (at, page) in report.pages.iter().enumerate() {
        match style.detail {
            Detail::Changes => write_page(&mut canvas, page, at > 0, of_all),
            Detail::Line => {
                // the editions of each page are in order, not those of all pages
                if report.pages.len() > 1 {
                    if at > 0 {
                        canvas.blank_line();
                    }
                    write_page_line(&mut canvas, page);
                }
                write_lines(&mut canvas, page, of_all);
            }
            Detail::Counts => write_counts(&mut canvas, page, at > 0, of_all.for_changes),
        }
    }
    if report.pages.is_empty() {
        let text = names::none_found_text(&report.read, report.commits);
        canvas.write_last_line(&safe_words(&text, Look::Plain));
    }
    canvas.into_bytes()
}

fn write_title(canvas: &mut TextWriter, page: &PageLog, after: bool) {
    if after {
        canvas.blank_line();
        canvas.blank_line();
    }
    let title = if page.title.is_empty() { &page.path } else { &page.title };
    canvas.write_paragraph(0, &safe_words(title, Look::Title));
    write_page_line(canvas, page);
}

/// The path of a page, and how many of its editions are shown.
fn write_page_line(canvas: &mut TextWriter, page: &PageLog) {
    let editions = match page.editions.len() {
        shown if shown < page.all_editions => {
            format!("{shown} of {}", names::counted(page.all_editions, "edition"))
        }
        all => names::counted(all, "edition"),
    };
    canvas.write_paragraph(0, &safe_words(&format!("{}, {editions}", page.path), Look::Faint));
}

fn write_page(canvas: &mut TextWriter, page: &PageLog, after: bool, shown: ShownEditions) {
    write_title(canvas, page, after);
    for run in edition_runs(page, shown.all) {
        canvas.blank_line();
        if let Some(folded) = Folded::fold_run(run, shown.all) {
            let between = if run.len() == 1 { " " } else { ", " };
            let text = format!("{}{between}{}: no duty changed", folded.count, folded.days);
            let mut line = safe_words(&text, Look::Faint);
            line.extend(folded.codes);
            canvas.write_paragraph(0, &line);
            continue;
        }
        for edition in run {
            whole_edition(canvas, edition, shown);
        }
    }
}

/// The editions one by one; unless all are asked for, those in a row that changed no duty together.
fn edition_runs(page: &PageLog, all: bool) -> impl Iterator<Item = &[Edition]> {
    page.editions.chunk_by(move |a, b| !all && a.is_quiet() && b.is_quiet())
}

/// How many editions in a row changed no duty, and when.
struct Folded {
    days: String,
    count: String,
    codes: Option<Word>,
}

impl Folded {
    /// None where there is more to say of some edition, or all are asked for.
    fn fold_run(run: &[Edition], all: bool) -> Option<Self> {
        if all || !run.iter().all(Edition::is_quiet) {
            return None;
        }
        let days = || run.iter().map(|edition| edition.day);
        let (first, last) = (days().min()?, days().max()?);
        let days = if first == last { first.to_string() } else { format!("{first} to {last}") };
        let count = match run.len() {
            1 => "edition".to_owned(),
            more => names::counted(more, "edition"),
        };
        Some(Self { days, count, codes: edition_codes(run) })
    }
}

fn whole_edition(canvas: &mut TextWriter, edition: &Edition, of_all: ShownEditions) {
    canvas.write_paragraph(0, &safe_words(&edition_heading(edition), Look::Heading));
    let newest = edition.commits.first().map_or("", |commit| commit.commit.as_str());
    canvas.write_paragraph(2, &canvas.of_commit(&commits_text(edition), newest, Look::Faint));
    if let Some(old) = &edition.report.old_path {
        let text = format!("{old} → {}", edition.report.path);
        canvas.write_paragraph(2, &safe_words(&text, Look::Faint));
    }
    if edition.report.changes.is_empty() && !edition.only_ends() {
        canvas.write_paragraph(2, &safe_words(&of_all.counts_text(edition), Look::Faint));
    } else if let Some(unread) = summary::unread_tables_in(edition) {
        canvas.write_paragraph(2, &safe_words(&unread, Look::Warning));
    }
    if let Some(gone) = &edition.gone {
        let then = if edition.only_ends() || !gone.unread.is_empty() { "" } else { "then " };
        let text = format!("{then}{}", ended_text(edition, gone));
        canvas.write_paragraph(2, &safe_words(&text, Look::Warning));
    }
    let shown = DocumentReport {
        changes: edition.all_changes().cloned().collect(),
        ..edition.report.clone()
    };
    let origins = name_common_origin(canvas, edition, &shown);
    let style = ChangeStyle { all: of_all.all, ..ChangeStyle::default() };
    changes::write_changes(canvas, &shown, origins, style);
    let old = edition.report.version.old.as_ref().and_then(|version| version.commit.as_deref());
    notices::of_document(canvas, &edition.report.notices, old);
}

/// How the page went, or why it cannot be read any more.
fn ended_text(edition: &Edition, gone: &Gone) -> String {
    let with = format!("commit {}", commit_text(&gone.commit));
    let Some(notice) = gone.unread.first() else {
        let removed = summary::page_removal_text(edition);
        let before = summary::unread_until_then(gone, commit_text).unwrap_or_default();
        return format!("{removed} in {with}{}{before}", summary::went_to_text(edition, gone));
    };
    let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let stamp = gone.stamp.as_ref().and_then(Stamp::written_date);
    let edition = stamp.map(|date| format!(", edition {date}")).unwrap_or_default();
    format!(
        "since {with}{edition}, respdiff cannot tell who has which duty: {line}{}",
        notice.message
    )
}

/// Names in the head of an edition the commit that every change came with, unless the head has
/// named it; returns what is left to be said beside the changes.
fn name_common_origin(
    canvas: &mut TextWriter,
    edition: &Edition,
    shown: &DocumentReport,
) -> ShownCommits {
    let mut introduced = shown.changes.iter().filter_map(|change| change.introduced.as_ref());
    let origins = match edition.commits.len() {
        1 if introduced.all(|introduced| introduced.author_commit.is_none()) => {
            return ShownCommits::Common;
        }
        1 => ShownCommits::InMerge,
        _ => ShownCommits::OfEdition,
    };
    let Some(line) = origins.common_line(canvas, shown) else { return origins };
    canvas.write_paragraph(2, &line);
    ShownCommits::Common
}

fn edition_heading(edition: &Edition) -> String {
    let years = |stamp: &Stamp| match stamp.copyright {
        Some(_) => format!(", © {}", names::years_text(stamp.copyright)),
        None => String::new(),
    };
    format!("edition {}{}", edition_date(edition), years(&edition.stamp()))
}

fn write_lines(canvas: &mut TextWriter, page: &PageLog, shown: ShownEditions) {
    for run in edition_runs(page, shown.all) {
        if let Some(folded) = Folded::fold_run(run, shown.all).filter(|_| run.len() > 1) {
            let mut line = safe_words(&folded.days, Look::Place);
            // a run that is folded has no rename in it
            let path = run.first().map_or(&page.path, |edition| &edition.report.path);
            line.extend(safe_words(path, Look::Plain));
            line.extend(safe_words(&format!("{}, no duty changed", folded.count), Look::Faint));
            line.extend(folded.codes);
            canvas.write_line(0, &line);
            continue;
        }
        for edition in run {
            one_line(canvas, edition, shown);
        }
    }
}

fn one_line(canvas: &mut TextWriter, edition: &Edition, shown: ShownEditions) {
    let mut line = safe_words(&edition_date(edition), Look::Place);
    let commit = shown_commit(edition);
    line.extend(canvas.of_commit(names::short_id(commit), commit, Look::Faint));
    line.extend(safe_words(&edition.report.path, Look::Plain));
    line.extend(safe_words(&edition_line(edition, shown), Look::Plain));
    line.extend(edition_codes(std::slice::from_ref(edition)));
    canvas.write_line(0, &line);
}

/// The newest commit of an edition that changed a duty, else its newest commit.
fn shown_commit(edition: &Edition) -> &str {
    let brought = |commit: &&CommitReport| {
        let mut introduced = edition.all_changes().filter_map(|change| change.introduced.as_ref());
        introduced.any(|introduced| introduced.commit == commit.commit)
    };
    let shown = edition.commits.iter().find(brought).or(edition.commits.first());
    shown.map(|commit| commit.commit.as_str()).unwrap_or_default()
}

fn edition_line(edition: &Edition, shown: ShownEditions) -> String {
    let text = shown.counts_text(edition);
    match &edition.gone {
        None => text,
        Some(gone) if edition.only_ends() => brief_end(edition, gone),
        Some(gone) => format!("{text}; then {}", brief_end(edition, gone)),
    }
}

/// How the page went, or that it cannot be read any more, for a line that names no commit.
fn brief_end(edition: &Edition, gone: &Gone) -> String {
    if !gone.unread.is_empty() {
        return "respdiff could no longer tell who has which duty".to_owned();
    }
    let removed = summary::page_removal_text(edition);
    let removed = format!("{removed}{}", summary::went_to_text(edition, gone));
    match gone.unread_since {
        Some(_) => {
            format!("respdiff could no longer tell who had which duty; later {removed}")
        }
        None => removed,
    }
}

/// What is to be noticed of editions, by code. Where no duty changed, a new date needs no word.
fn edition_codes(editions: &[Edition]) -> Option<Word> {
    let all = editions.iter().flat_map(|edition| &edition.report.notices);
    notices::notice_codes(all.filter(|notice| notice.code != Code::StampOnly))
}

fn write_counts(canvas: &mut TextWriter, page: &PageLog, after: bool, for_changes: bool) {
    write_title(canvas, page, after);
    canvas.blank_line();
    let dates: Vec<String> = page.editions.iter().map(edition_date).collect();
    let margin = dates.iter().map(|date| date.chars().count()).max().unwrap_or(0) + 2;
    for (edition, date) in page.editions.iter().zip(dates) {
        let duties: Vec<String> =
            edition.duties.iter().map(|(party, count)| of_party(edition, party, *count)).collect();
        let mut line = safe_words(&duties.join(", "), Look::Plain);
        let summary = Summary::of_changes(edition.all_changes());
        if summary.moved > 0 {
            // the numbers before it are of the whole page
            let which = if for_changes { "matching: " } else { "" };
            let text = format!("· {which}{}", summary::moves_text(&summary));
            line.extend(safe_words(&text, Look::Faint));
        }
        if let Some(unread) = summary::unread_tables_in(edition) {
            line.extend(safe_words(&format!("· {unread}"), Look::Warning));
        }
        if let Some(gone) = &edition.gone {
            let text = format!("· then {}", brief_end(edition, gone));
            line.extend(safe_words(&text, Look::Warning));
        }
        canvas.hanging_paragraph(0, &safe_words(&date, Look::Place), margin, &line);
    }
}

/// A party's duties, and by how many they grew or shrank.
fn of_party(edition: &Edition, party: &Party, count: Sides<usize>) -> String {
    let name = names::party_name(Some(party));
    let shown = format!("{name} {}", count.new);
    if edition.stamp_before().is_none() {
        return shown;
    }
    match count.new.cmp(&count.old) {
        Ordering::Greater => format!("{shown} (+{})", count.new - count.old),
        Ordering::Less => format!("{shown} (-{})", count.old - count.new),
        Ordering::Equal => shown,
    }
}
