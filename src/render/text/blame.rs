//! Duties with who holds them since when, and what happened to them before.

use chrono::NaiveDate;

use crate::model::{Kind, Party, Sides};
use crate::report::{BlamedDuty, BlamedPage, Brought, DutyEvent};

use super::change_writer::included_file;
use super::marks::{MarkedText, mark_changes};
use super::names::{self, ShownPlace, counted, short_id};
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, Word, line_width, safe_words};

const PLACE: usize = 2;
const DUTY: usize = 4;
/// Names of parties longer than this stand on a line of their own.
const WIDEST_PARTY: usize = 16;
/// A date, a commit and the blanks around them.
const SINCE: usize = 22;
const UNCOMMITTED: &str = "uncommitted";

/// Who holds each duty since when; `ids` shows the id of each, which never changes.
#[must_use]
pub fn render_blame(pages: &[BlamedPage], options: &TextOptions, ids: bool) -> Vec<u8> {
    let shown = |canvas: &mut TextWriter, page: &BlamedPage| {
        let names = page.duties.iter().map(|duty| line_width(&holder_words(duty))).max();
        let party = names.unwrap_or(0).min(WIDEST_PARTY) + 2;
        for section in page.duties.chunk_by(|a, b| duty_place(a).section == duty_place(b).section) {
            let Some(first) = section.first() else { continue };
            canvas.blank_line();
            canvas.write_paragraph(0, &safe_words(&duty_place(first).section, Look::Heading));
            for task in section.chunk_by(|a, b| duty_place(a) == duty_place(b)) {
                let Some(first) = task.first() else { continue };
                let name = duty_place(first).task;
                if !name.is_empty() {
                    let mut line = safe_words(&name, Look::Place);
                    line.push(at_line(canvas, page, first));
                    canvas.write_paragraph(PLACE, &line);
                }
                for duty in task {
                    write_duty(canvas, duty, party, ids);
                }
            }
        }
    };
    pages_text(pages, options, shown)
}

/// All that happened to duties, each by itself.
#[must_use]
pub fn render_history(pages: &[BlamedPage], options: &TextOptions) -> Vec<u8> {
    let shown = |canvas: &mut TextWriter, page: &BlamedPage| {
        for duty in &page.duties {
            canvas.blank_line();
            write_history(canvas, page, duty);
        }
    };
    pages_text(pages, options, shown)
}

fn pages_text(
    pages: &[BlamedPage],
    options: &TextOptions,
    shown: impl Fn(&mut TextWriter, &BlamedPage),
) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    for page in pages {
        let title = if page.title.is_empty() { &page.path } else { &page.title };
        canvas.write_paragraph(0, &safe_words(title, Look::Title));
        canvas.write_paragraph(0, &safe_words(&page.path, Look::Faint));
        shown(&mut canvas, page);
        canvas.blank_line();
    }
    let duties = pages.iter().flat_map(|page| &page.duties);
    let mut events = duties.flat_map(|duty| &duty.history);
    if events.any(|event| event.brought.last_updated.is_some()) {
        let text =
            "Dates are those of the editions; `committed` gives the day of a commit, in UTC.";
        canvas.write_paragraph(0, &safe_words(text, Look::Faint));
    }
    canvas.write_last_line(&safe_words(&blame_summary(pages), Look::Title));
    canvas.into_bytes()
}

fn blame_summary(pages: &[BlamedPage]) -> String {
    let all = || pages.iter().flat_map(|page| &page.duties);
    let duties = || all().filter(|duty| !duty.reference);
    let (found, has_references) = (duties().count(), duties().count() < all().count());
    let moved = duties().filter(|duty| has_event(duty, Kind::Moved)).count();
    let read = counted(pages.len(), "responsibility page");
    let counts = counted_duties(all());
    match found {
        0 if pages.is_empty() => "No responsibility page found.".to_owned(),
        0 if !has_references => format!("No duty in {read}."),
        0 => format!("{counts} in {read}."),
        _ if found == moved => format!("{} changed hands, in {read}.", counted(found, "duty")),
        1 if !has_references => format!("{counts} in {read}; it never changed hands."),
        _ => {
            let hands = match moved {
                0 if has_references => "none of the duties".to_owned(),
                0 => "none of them".to_owned(),
                some => counted(some, "duty"),
            };
            format!("{counts} in {read}; {hands} changed hands.")
        }
    }
}

/// How many duties there are, with the references apart: `104 duties and 2 references`.
pub fn counted_duties<'a>(all: impl Iterator<Item = &'a BlamedDuty>) -> String {
    let (references, duties): (Vec<_>, Vec<_>) = all.partition(|duty| duty.reference);
    let count = |references: Vec<_>| counted(references.len(), "reference");
    match (duties.len(), references.is_empty()) {
        (found, true) => counted(found, "duty"),
        (0, false) => count(references),
        (found, false) => format!("{} and {}", counted(found, "duty"), count(references)),
    }
}

fn has_event(duty: &BlamedDuty, kind: Kind) -> bool {
    duty.history.iter().any(|event| event.kind == kind)
}

fn duty_place(duty: &BlamedDuty) -> ShownPlace {
    ShownPlace::from_place(&duty.place)
}

fn holder_words(duty: &BlamedDuty) -> Vec<Word> {
    safe_words(&names::party_name(Some(&duty.party)), Look::Plain)
}

fn at_line(canvas: &TextWriter, page: &BlamedPage, duty: &BlamedDuty) -> Word {
    let (path, line) = duty.place.written_at(&page.path);
    let at = format!("({}line {line})", included_file(&duty.place));
    canvas.linked_word(&at, path, line, Look::Faint)
}

fn write_duty(canvas: &mut TextWriter, duty: &BlamedDuty, party: usize, ids: bool) {
    let mut lead = vec![since_word(&duty.since)];
    // party names line up, and so do the texts
    let holder = holder_words(duty);
    let fits = line_width(&holder) + 2 <= party;
    lead.extend(holder);
    let margin = if fits { SINCE + party } else { SINCE + WIDEST_PARTY + 2 };
    canvas.hanging_paragraph(DUTY, &lead, margin, &safe_words(&duty.place.text, Look::Plain));
    let way = history_line(&duty.history);
    if !way.is_empty() {
        canvas.hanging_paragraph(DUTY, &[], margin, &safe_words(&way, Look::Faint));
    }
    if ids {
        canvas.hanging_paragraph(
            DUTY,
            &[],
            margin,
            &safe_words(&format!("id {}", duty.id), Look::Faint),
        );
    }
}

/// The day and the commit, as wide for every duty. What is not committed has no day yet: its page
/// may have an old date.
fn since_word(brought: &Brought) -> Word {
    let text = match &brought.commit {
        Some(commit) => format!("{:<10}  {:<8} ", brought_day(brought), short_id(commit)),
        None => format!("{UNCOMMITTED:<20} "),
    };
    Word::new(text, Look::Faint)
}

/// The edition's date; the commit's date is used instead.
fn brought_day(brought: &Brought) -> String {
    match brought.last_updated.or_else(|| commit_day(brought)) {
        Some(day) => day.to_string(),
        None => "undated".to_owned(),
    }
}

fn commit_day(brought: &Brought) -> Option<NaiveDate> {
    brought.time.map(|time| time.to_utc().date_naive())
}

/// The edition's date, and the day of the commit if it is another one.
fn dated(brought: &Brought) -> String {
    let day = brought_day(brought);
    match other_day(brought) {
        _ if brought.commit.is_none() => format!("({UNCOMMITTED})"),
        Some(committed) => format!("{day} ({committed})"),
        None => day,
    }
}

/// The day of the commit if it is not that of the edition.
fn other_day(brought: &Brought) -> Option<String> {
    let day = commit_day(brought).filter(|day| brought.last_updated.is_some_and(|own| own != *day));
    day.map(|day| format!("committed {day}"))
}

/// The day of the commit; of a merge, also the commit that made the change.
fn committed_text(brought: &Brought) -> Option<String> {
    let day = commit_day(brought)?;
    Some(match &brought.author_commit {
        Some(author) => format!("merged {day}, written in commit {}", short_id(author)),
        None => format!("committed {day}"),
    })
}

/// What happened to a duty, in one line; if it was only added, the day of the commit if that is not
/// the edition's.
fn history_line(history: &[DutyEvent]) -> String {
    let shown = history.iter().rev().skip(1).map(|event| {
        let from = match event.kind {
            Kind::Moved => format!(" from {}", names::party_name(event.party.old.as_ref())),
            Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated => String::new(),
        };
        format!("{}{from} {}", event.kind.name(), dated(&event.brought))
    });
    let shown: Vec<String> = shown.collect();
    match (shown.is_empty(), history.last()) {
        (false, Some(first)) => {
            format!("added {}, {}", dated(&first.brought), shown.join(", "))
        }
        (true, Some(first)) => other_day(&first.brought).unwrap_or_default(),
        (_, None) => String::new(),
    }
}

fn write_history(canvas: &mut TextWriter, page: &BlamedPage, duty: &BlamedDuty) {
    let mut line = safe_words(&duty_place(duty).in_one_line(), Look::Place);
    line.push(at_line(canvas, page, duty));
    canvas.write_paragraph(0, &line);
    canvas.write_paragraph(PLACE, &safe_words(&duty.place.text, Look::Plain));
    let holder = match &duty.party {
        Party::Shared => "shared".to_owned(),
        Party::Customer => "held by the customer".to_owned(),
        other @ (Party::Ibm | Party::Provider(_) | Party::Other(_)) => {
            format!("held by {}", names::party_name(Some(other)))
        }
    };
    let since = match &duty.since.commit {
        Some(_) => format!(" since {}", dated(&duty.since)),
        None => format!(" ({UNCOMMITTED})"),
    };
    let held = format!("{holder}{since}, id {}", duty.id);
    canvas.write_paragraph(PLACE, &safe_words(&held, Look::Faint));
    for event in &duty.history {
        write_event(canvas, event);
    }
}

fn write_event(canvas: &mut TextWriter, event: &DutyEvent) {
    let Sides { old: from, new: to } = event.party.as_ref().map(Option::as_ref);
    let what = match event.kind {
        Kind::Moved => format!("moved: {} → {}", names::party_name(from), names::party_name(to)),
        Kind::Added => format!("added: {}", names::party_name(to)),
        Kind::Removed | Kind::Reworded | Kind::Relocated => event.kind.name().to_owned(),
    };
    let lead = [since_word(&event.brought)];
    let mut line = safe_words(&what, Look::Heading);
    if let Some(committed) = committed_text(&event.brought) {
        line.extend(safe_words(&format!("({committed})"), Look::Faint));
    }
    canvas.hanging_paragraph(DUTY, &lead, SINCE, &line);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (old, new) = (text(&event.text.old), text(&event.text.new));
    let marked = match event.kind {
        Kind::Moved | Kind::Reworded => mark_changes(&old, &new, canvas.has_color()),
        Kind::Added => MarkedText::Inline(safe_words(&new, Look::Plain)),
        Kind::Removed | Kind::Relocated => return,
    };
    match marked {
        MarkedText::Inline(body) => canvas.hanging_paragraph(DUTY, &[], SINCE, &body),
        MarkedText::Apart { old, new } => {
            canvas.hanging_paragraph(DUTY, &[], SINCE, &old);
            canvas.hanging_paragraph(DUTY, &[], SINCE, &new);
        }
    }
}
