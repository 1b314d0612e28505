//! Duties with who holds them since when, and what happened to them before.

use crate::model::{Kind, Sides};
use crate::report::{BlamedDuty, BlamedPage, Brought, Event};

use super::canvas::{Canvas, Look, Word, line_width, words};
use super::marks::{Marked, mark};
use super::names::{self, Spot, counted, short_id};

const PLACE: usize = 2;
const DUTY: usize = 4;
/// Names of parties longer than this stand on a line of their own.
const WIDEST_PARTY: usize = 16;
/// A date, a commit and the blanks around them.
const SINCE: usize = 22;

/// Shows the duties as they stand on their pages.
pub(super) fn tell(canvas: &mut Canvas, pages: &[BlamedPage], ids: bool) {
    let told = |canvas: &mut Canvas, page: &BlamedPage| {
        let names = page.duties.iter().map(|duty| line_width(&holder(duty))).max();
        let party = names.unwrap_or(0).min(WIDEST_PARTY) + 2;
        for section in page.duties.chunk_by(|a, b| spot(a).section == spot(b).section) {
            let Some(first) = section.first() else { continue };
            canvas.blank();
            canvas.paragraph(0, &words(&spot(first).section, Look::Heading));
            for task in section.chunk_by(|a, b| spot(a) == spot(b)) {
                let Some(first) = task.first() else { continue };
                let name = spot(first).task;
                if !name.is_empty() {
                    let mut line = words(&name, Look::Place);
                    line.push(at_line(canvas, page, first));
                    canvas.paragraph(PLACE, &line);
                }
                for duty in task {
                    tell_duty(canvas, duty, party, ids);
                }
            }
        }
    };
    tell_pages(canvas, pages, told);
}

/// Writes the history of each duty by itself.
pub(super) fn tell_lives(canvas: &mut Canvas, pages: &[BlamedPage]) {
    let told = |canvas: &mut Canvas, page: &BlamedPage| {
        for duty in &page.duties {
            canvas.blank();
            tell_life(canvas, page, duty);
        }
    };
    tell_pages(canvas, pages, told);
}

fn tell_pages(canvas: &mut Canvas, pages: &[BlamedPage], told: impl Fn(&mut Canvas, &BlamedPage)) {
    for page in pages {
        let title = if page.title.is_empty() { &page.path } else { &page.title };
        canvas.paragraph(0, &words(title, Look::Title));
        canvas.paragraph(0, &words(&page.path, Look::Faint));
        told(canvas, page);
        canvas.blank();
    }
    canvas.line(0, &words(&summary(pages), Look::Title));
}

fn summary(pages: &[BlamedPage]) -> String {
    let duties = || pages.iter().flat_map(|page| &page.duties);
    let moved = duties().filter(|duty| has(duty, Kind::Moved)).count();
    let hands = match moved {
        0 => "none of them ever changed hands".to_owned(),
        1 => "1 of them changed hands".to_owned(),
        several => format!("{several} of them changed hands"),
    };
    match duties().count() {
        0 => "No duty found.".to_owned(),
        found => format!(
            "{} in {}; {hands}.",
            counted(found, "duty"),
            counted(pages.len(), "responsibility page")
        ),
    }
}

fn has(duty: &BlamedDuty, kind: Kind) -> bool {
    duty.history.iter().any(|event| event.kind == kind)
}

fn spot(duty: &BlamedDuty) -> Spot {
    Spot::of(&duty.place)
}

fn holder(duty: &BlamedDuty) -> Vec<Word> {
    words(&names::party(Some(&duty.party)), Look::Plain)
}

fn at_line(canvas: &Canvas, page: &BlamedPage, duty: &BlamedDuty) -> Word {
    let line = duty.place.line;
    canvas.linked(&format!("(line {line})"), &page.path, line, Look::Faint)
}

fn tell_duty(canvas: &mut Canvas, duty: &BlamedDuty, party: usize, ids: bool) {
    let mut lead = vec![since(&duty.since)];
    // party names line up, and so do the texts
    let holder = holder(duty);
    let fits = line_width(&holder) + 2 <= party;
    lead.extend(holder);
    let margin = if fits { SINCE + party } else { SINCE + WIDEST_PARTY + 2 };
    canvas.hanging(DUTY, &lead, margin, &words(&duty.place.text, Look::Plain));
    let way = way(&duty.history);
    if !way.is_empty() {
        canvas.hanging(DUTY, &[], margin, &words(&way, Look::Faint));
    }
    if ids {
        canvas.hanging(DUTY, &[], margin, &words(&format!("id {}", duty.id), Look::Faint));
    }
}

/// The day and the commit, as wide for every duty.
fn since(brought: &Brought) -> Word {
    let commit = brought.commit.as_ref().map_or("not yet", |(id, _)| short_id(id));
    Word::new(format!("{:<10}  {commit:<8} ", day(brought)), Look::Faint)
}

/// The edition's date; the commit's date is used instead.
fn day(brought: &Brought) -> String {
    let day = || brought.commit.as_ref().map(|(_, time)| time.to_utc().date_naive());
    match brought.last_updated.or_else(day) {
        Some(day) => day.to_string(),
        None => "undated".to_owned(),
    }
}

/// What happened after a duty was added, in one line.
fn way(history: &[Event]) -> String {
    let told = history.iter().rev().skip(1).map(|event| {
        let from = match event.kind {
            Kind::Moved => format!(" from {}", names::party(event.party.old.as_ref())),
            Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated => String::new(),
        };
        format!("{}{from} {}", event.kind.name(), day(&event.brought))
    });
    let told: Vec<String> = told.collect();
    match (told.is_empty(), history.last()) {
        (false, Some(first)) => format!("added {}, {}", day(&first.brought), told.join(", ")),
        (true, _) | (false, None) => String::new(),
    }
}

fn tell_life(canvas: &mut Canvas, page: &BlamedPage, duty: &BlamedDuty) {
    let mut line = words(&spot(duty).joined(), Look::Place);
    line.push(at_line(canvas, page, duty));
    canvas.paragraph(0, &line);
    canvas.paragraph(PLACE, &words(&duty.place.text, Look::Plain));
    let held = format!(
        "held by {} since {}, id {}",
        names::party(Some(&duty.party)),
        day(&duty.since),
        duty.id
    );
    canvas.paragraph(PLACE, &words(&held, Look::Faint));
    for event in &duty.history {
        tell_event(canvas, event);
    }
}

fn tell_event(canvas: &mut Canvas, event: &Event) {
    let Sides { old: from, new: to } = event.party.as_ref().map(Option::as_ref);
    let what = match event.kind {
        Kind::Moved => format!("moved: {} → {}", names::party(from), names::party(to)),
        Kind::Added => format!("added: {}", names::party(to)),
        Kind::Removed | Kind::Reworded | Kind::Relocated => event.kind.name().to_owned(),
    };
    let lead = [since(&event.brought)];
    canvas.hanging(DUTY, &lead, SINCE, &words(&what, Look::Heading));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (old, new) = (text(&event.text.old), text(&event.text.new));
    let marked = match event.kind {
        Kind::Moved | Kind::Reworded => mark(&old, &new, canvas.has_color()),
        Kind::Added => Marked::Inline(words(&new, Look::Plain)),
        Kind::Removed | Kind::Relocated => return,
    };
    match marked {
        Marked::Inline(body) => canvas.hanging(DUTY, &[], SINCE, &body),
        Marked::Apart { old, new } => {
            canvas.hanging(DUTY, &[], SINCE, &old);
            canvas.hanging(DUTY, &[], SINCE, &new);
        }
    }
}
