//! The history of pages: one edition after the other, each compared with the one before.

use std::cmp::Ordering;

use crate::model::{Code, Party, Sides, Stamp};
use crate::report::{CommitReport, DocumentReport, Edition, Gone, LogReport, PageLog, Summary};

use super::canvas::{Canvas, Look, Word, words};
use super::changes::{ChangeStyle, Origins};
use super::{changes, names, notices, summary};

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

/// More commits than these are counted.
const COMMITS: usize = 3;

pub(super) fn tell(canvas: &mut Canvas, report: &LogReport, style: LogStyle) {
    for (at, page) in report.pages.iter().enumerate() {
        match style.detail {
            Detail::Changes => whole(canvas, page, at > 0, style.all),
            Detail::Line => lines(canvas, page, style.all),
            Detail::Counts => counts(canvas, page, at > 0),
        }
    }
    if report.pages.is_empty() {
        canvas.line(0, &words(&names::none_found(&report.read, report.commits), Look::Plain));
    }
}

fn title(canvas: &mut Canvas, page: &PageLog, after: bool) {
    if after {
        canvas.blank();
        canvas.blank();
    }
    let title = if page.title.is_empty() { &page.path } else { &page.title };
    canvas.paragraph(0, &words(title, Look::Title));
    let editions = names::counted(page.editions.len(), "edition");
    canvas.paragraph(0, &words(&format!("{}, {editions}", page.path), Look::Faint));
}

fn whole(canvas: &mut Canvas, page: &PageLog, after: bool, all: bool) {
    title(canvas, page, after);
    for run in runs(page, all) {
        canvas.blank();
        if let Some(folded) = Folded::of(run, all) {
            let between = if run.len() == 1 { " " } else { ", " };
            let text = format!("{}{between}{}: no duty changed", folded.count, folded.days);
            let mut line = words(&text, Look::Faint);
            line.extend(folded.codes);
            canvas.paragraph(0, &line);
            continue;
        }
        for edition in run {
            whole_edition(canvas, edition);
        }
    }
}

/// The editions one by one; unless all are asked for, those in a row that changed no duty together.
fn runs(page: &PageLog, all: bool) -> impl Iterator<Item = &[Edition]> {
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
    fn of(run: &[Edition], all: bool) -> Option<Self> {
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
        Some(Self { days, count, codes: codes(run, &[Code::StampOnly]) })
    }
}

fn whole_edition(canvas: &mut Canvas, edition: &Edition) {
    canvas.paragraph(0, &words(&heading(edition), Look::Heading));
    let newest = edition.commits.first().map_or("", |commit| commit.commit.as_str());
    canvas.paragraph(2, &canvas.of_commit(&commits(edition), newest, Look::Faint));
    if let Some(old) = &edition.told.old_path {
        let text = format!("{old} → {}", edition.told.path);
        canvas.paragraph(2, &words(&text, Look::Faint));
    }
    if let Some(gone) = &edition.gone {
        canvas.paragraph(2, &words(&ended(gone), Look::Warning));
    }
    if edition.told.changes.is_empty() {
        canvas.paragraph(2, &words(&nothing(edition), Look::Faint));
    }
    // an edition of one commit needs not say of each change which it was
    let told = DocumentReport {
        changes: [&*edition.told.changes, &edition.between_pages].concat(),
        ..edition.told.clone()
    };
    let one = edition.commits.len() == 1 && !is_merge(edition);
    let origins = if one { Origins::Common } else { Origins::OfEdition };
    changes::tell(canvas, &told, origins, ChangeStyle::default());
    notices::of_document(canvas, &edition.told.notices);
}

/// How the page went, or why it cannot be read any more.
fn ended(gone: &Gone) -> String {
    let with = commit(&gone.commit);
    let Some(notice) = gone.unread.first() else {
        return format!("the page was removed in {with}");
    };
    let line = notice.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    let stamp = gone.stamp.as_ref().and_then(Stamp::date);
    let edition = stamp.map(|date| format!(", edition {date}")).unwrap_or_default();
    format!("its parties are unreadable since {with}{edition}: {line}{}", notice.message)
}

/// Whether some change was written in another commit than the one that published it.
fn is_merge(edition: &Edition) -> bool {
    let mut introduced =
        edition.told.changes.iter().filter_map(|change| change.introduced.as_ref());
    introduced.any(|introduced| introduced.author_commit.is_some())
}

fn nothing(edition: &Edition) -> String {
    if edition.stamp_before().is_none() {
        summary::first_edition(edition)
    } else {
        "no duty changed".to_owned()
    }
}

fn heading(edition: &Edition) -> String {
    let years = |stamp: &Stamp| match stamp.copyright {
        Some(_) => format!(", © {}", names::years(stamp.copyright)),
        None => String::new(),
    };
    format!("edition {}{}", dated(edition), years(&edition.stamp()))
}

/// The date of the stamp, or of the commit that stands in for it.
fn dated(edition: &Edition) -> String {
    let stamp = edition.stamp();
    match stamp.last_updated {
        Some(_) => names::date(&stamp),
        None => format!("{} (undated)", edition.day),
    }
}

fn commits(edition: &Edition) -> String {
    let all = &edition.commits;
    let told: Vec<String> = all.iter().take(COMMITS).map(commit).collect();
    let told = told.join(", ");
    match all.len().checked_sub(COMMITS + 1) {
        Some(more) => format!("{told} and {} more", more + 1),
        None => told,
    }
}

fn commit(commit: &CommitReport) -> String {
    format!("{} of {}", names::short_id(&commit.commit), commit.time.date_naive())
}

fn lines(canvas: &mut Canvas, page: &PageLog, all: bool) {
    for run in runs(page, all) {
        if let Some(folded) = Folded::of(run, all).filter(|_| run.len() > 1) {
            let mut line = words(&folded.days, Look::Place);
            line.extend(words(&page.path, Look::Plain));
            line.extend(words(&format!("{}, no duty changed", folded.count), Look::Faint));
            line.extend(folded.codes);
            canvas.line(0, &line);
            continue;
        }
        for edition in run {
            one_line(canvas, edition);
        }
    }
}

fn one_line(canvas: &mut Canvas, edition: &Edition) {
    let mut line = words(&dated(edition), Look::Place);
    let newest = edition.commits.first();
    let commit = newest.map(|commit| commit.commit.as_str()).unwrap_or_default();
    line.extend(canvas.of_commit(names::short_id(commit), commit, Look::Faint));
    line.extend(words(&edition.told.path, Look::Plain));
    line.extend(words(&told(edition), Look::Plain));
    line.extend(codes(std::slice::from_ref(edition), &[]));
    canvas.line(0, &line);
}

fn told(edition: &Edition) -> String {
    let summary = edition.summary();
    let text = if edition.stamp_before().is_none() || summary.changes() == 0 {
        nothing(edition)
    } else {
        summary::brief_counts(&summary)
    };
    match &edition.gone {
        Some(gone) if gone.unread.is_empty() => format!("{text}; then the page was removed"),
        Some(_) => format!("{text}; then its parties became unreadable"),
        None => text,
    }
}

/// What is to be noticed, by code.
fn codes(editions: &[Edition], but: &[Code]) -> Option<Word> {
    let mut codes: Vec<&str> = Vec::new();
    for notice in editions.iter().flat_map(|edition| &edition.told.notices) {
        if !but.contains(&notice.code) && !codes.contains(&notice.code.name()) {
            codes.push(notice.code.name());
        }
    }
    (!codes.is_empty()).then(|| Word::new(format!("[{}]", codes.join(", ")), Look::Warning))
}

fn counts(canvas: &mut Canvas, page: &PageLog, after: bool) {
    title(canvas, page, after);
    canvas.blank();
    let dates: Vec<String> = page.editions.iter().map(dated).collect();
    let margin = dates.iter().map(|date| date.chars().count()).max().unwrap_or(0) + 2;
    for (edition, date) in page.editions.iter().zip(dates) {
        let duties: Vec<String> =
            edition.duties.iter().map(|(party, count)| of_party(edition, party, *count)).collect();
        let mut line = words(&duties.join(", "), Look::Plain);
        line.extend(words(&shift(&edition.summary()), Look::Faint));
        canvas.hanging(0, &words(&date, Look::Place), margin, &line);
    }
}

/// A party's duties, and by how many they grew or shrank.
fn of_party(edition: &Edition, party: &Party, count: Sides<usize>) -> String {
    let name = names::party(Some(party));
    let told = format!("{name} {}", count.new);
    if edition.stamp_before().is_none() {
        return told;
    }
    match count.new.cmp(&count.old) {
        Ordering::Greater => format!("{told} (+{})", count.new - count.old),
        Ordering::Less => format!("{told} (-{})", count.old - count.new),
        Ordering::Equal => told,
    }
}

/// Whose load grew, all in all.
fn shift(summary: &Summary) -> String {
    let (customer, ibm) = (summary.burden_customer, summary.burden_ibm);
    match customer.cmp(&ibm) {
        Ordering::Greater => format!("· net {} toward you", customer - ibm),
        Ordering::Less => {
            format!("· net {} toward {}", ibm - customer, names::visible(summary.provider()))
        }
        Ordering::Equal => String::new(),
    }
}
