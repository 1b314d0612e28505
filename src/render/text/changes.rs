//! The changes of one document under headings that say what happened.

use crate::model::{Change, Introduced, Kind, Party, Place};
use crate::report::DocumentReport;

use super::canvas::{Canvas, Look, Word, line_width, words};
use super::marks::{Marked, mark};
use super::names::{self, Spot};
use super::{split, whole_page};

const HEADING: usize = 2;
const PLACE: usize = 4;
const STEP: usize = 2;
/// Names of parties longer than this stand on a line of their own.
const WIDEST_MARGIN: usize = 24;

/// How changes are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeStyle {
    /// Show the id of each change.
    pub ids: bool,
    /// Show old and new side by side, where the screen is wide enough.
    pub split: bool,
    /// Show every duty of new and removed pages, not just how many there are.
    pub all: bool,
}

/// Which commits are shown beside the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origins {
    /// None: the head names the one commit.
    Common,
    /// The commit and its edition.
    WithEdition,
    /// The commit; the head names the edition.
    OfEdition,
}

/// Shows the changes below one heading for each kind.
pub(super) fn tell(
    canvas: &mut Canvas,
    document: &DocumentReport,
    origins: Origins,
    style: ChangeStyle,
) {
    let mut changes: Vec<&Change> = document.changes.iter().collect();
    changes.sort_by_key(|change| rank(change));
    for same_heading in changes.chunk_by(|a, b| rank(a) == rank(b)) {
        let [first, ..] = same_heading else { continue };
        canvas.blank();
        canvas.line(HEADING, &heading_line(first, same_heading.len()));
        let margin = same_heading.iter().map(|change| line_width(&holder(change))).max();
        let margin = margin.unwrap_or(0).min(WIDEST_MARGIN) + 2;
        let told = Told { document, margin, origins, style };
        if !style.all && whole_page::is_summed(document) {
            whole_page::sum_up(canvas, &told, same_heading);
        } else {
            told.sections(canvas, same_heading);
        }
    }
}

/// What burdens the customer before all else, then the order of the report; references, which are
/// no load, last.
fn rank(change: &Change) -> (bool, Kind, Option<(u8, &str)>) {
    let Kind::Moved = change.kind else { return (change.reference, change.kind, None) };
    let rank = match (&change.party.old, &change.party.new) {
        (_, Some(Party::Customer)) => (0, ""),
        (Some(Party::Ibm | Party::Provider(_)), Some(Party::Shared)) => (1, ""),
        (_, Some(Party::Ibm | Party::Provider(_))) => (2, ""),
        (_, Some(Party::Shared)) => (3, ""),
        (_, Some(Party::Other(name))) => (4, name.as_str()),
        (_, None) => (5, ""),
    };
    (change.reference, change.kind, Some(rank))
}

/// What happened, and to how many duties.
fn heading_line(change: &Change, count: usize) -> Vec<Word> {
    let (title, look) = heading(change);
    let (title, count) = if change.reference {
        (format!("REFERENCES {title}"), count.to_string())
    } else {
        (title, names::counted(count, "duty"))
    };
    let mut line = vec![Word::new(title, look)];
    line.extend(words(&format!("({count})"), Look::Faint));
    line
}

fn heading(change: &Change) -> (String, Look) {
    let (title, look) = match change.kind {
        Kind::Moved => return move_heading(change),
        Kind::Added => ("ADDED", Look::Heading),
        Kind::Removed => ("REMOVED", Look::Heading),
        Kind::Reworded => ("REWORDED", Look::Heading),
        Kind::Relocated => ("RELOCATED", Look::Heading),
    };
    (title.to_owned(), look)
}

fn move_heading(change: &Change) -> (String, Look) {
    let (title, look) = match (&change.party.old, &change.party.new) {
        (_, Some(Party::Customer)) => ("MOVED TO YOU", Look::Alarm),
        (Some(Party::Ibm | Party::Provider(_)), Some(Party::Shared)) => {
            ("NOW SHARED WITH YOU", Look::Alarm)
        }
        (_, Some(Party::Ibm)) => ("MOVED TO IBM", Look::Move),
        (_, Some(Party::Shared)) => {
            let name = names::visible(change.provider.as_deref().unwrap_or("IBM")).to_uppercase();
            return (format!("NOW SHARED WITH {name}"), Look::Move);
        }
        (_, to @ (Some(Party::Provider(_) | Party::Other(_)) | None)) => {
            let name = names::party(to.as_ref()).to_uppercase();
            return (format!("MOVED TO {name}"), Look::Move);
        }
    };
    (title.to_owned(), look)
}

/// Who has the duty, or who had it and who has it.
pub(super) fn holder(change: &Change) -> Vec<Word> {
    let (old, new) = (change.party.old.as_ref(), change.party.new.as_ref());
    let text = match change.kind {
        Kind::Moved => format!("{} → {}", names::party(old), names::party(new)),
        Kind::Removed => names::party(old),
        Kind::Added | Kind::Reworded | Kind::Relocated => names::party(new),
    };
    words(&text, Look::Plain)
}

/// The side by which a change is found: the new one, if it is there.
fn told_place(change: &Change) -> Option<&Place> {
    change.place.new.as_ref().or(change.place.old.as_ref())
}

pub(super) fn spot(change: &Change) -> Spot {
    told_place(change)
        .map_or_else(|| Spot { section: String::new(), task: String::new() }, Spot::of)
}

/// Where it stood before, if elsewhere.
fn spot_before(change: &Change) -> Option<Spot> {
    let before = change.place.old.as_ref().map(Spot::of)?;
    (before != spot(change)).then_some(before)
}

/// How the changes under one heading are written.
pub(super) struct Told<'a> {
    document: &'a DocumentReport,
    /// Columns for the parties.
    margin: usize,
    origins: Origins,
    style: ChangeStyle,
}

impl Told<'_> {
    /// The changes, section by section. A commit is named once above all that came with it.
    pub(super) fn sections(&self, canvas: &mut Canvas, changes: &[&Change]) {
        let mut named = None;
        for section in changes.chunk_by(|a, b| spot(a).section == spot(b).section) {
            self.section(canvas, section, &mut named);
        }
    }

    /// Changes under the same headings of the page; what they share is said once.
    fn section<'c>(
        &self,
        canvas: &mut Canvas,
        changes: &[&'c Change],
        named: &mut Option<&'c Introduced>,
    ) {
        let groups: Vec<_> = changes.chunk_by(|a, b| self.site(a) == self.site(b)).collect();
        let Some(first) = changes.first() else { return };
        if changes.iter().all(|change| self.origin(change) == self.origin(first)) {
            self.name_origin(canvas, PLACE, first, named);
        }
        if let [group] = groups[..] {
            self.title(canvas, group, PLACE, &spot(first).joined());
            self.duties(canvas, group, PLACE + STEP);
            return;
        }
        let section = Spot { task: String::new(), ..spot(first) };
        canvas.paragraph(PLACE, &words(&section.joined(), Look::Place));
        let mut above: Option<(Spot, Option<Spot>)> = None;
        for group in groups {
            let Some(first) = group.first() else { continue };
            self.name_origin(canvas, PLACE + STEP, first, named);
            let place = (spot(first), spot_before(first));
            if above.as_ref() != Some(&place) {
                self.title(canvas, group, PLACE + STEP, &place.0.task);
            }
            above = Some(place);
            self.duties(canvas, group, PLACE + STEP + STEP);
        }
    }

    /// Names the commit of a change, unless it is the one that was named last.
    fn name_origin<'c>(
        &self,
        canvas: &mut Canvas,
        indent: usize,
        change: &'c Change,
        named: &mut Option<&'c Introduced>,
    ) {
        let origin = self.origin(change);
        if let Some(introduced) = origin.filter(|_| *named != origin) {
            let told = match self.origins {
                Origins::OfEdition => names::introduced_in_edition(introduced),
                Origins::Common | Origins::WithEdition => names::introduced(introduced),
            };
            let text = format!("introduced in {told}:");
            let line = canvas.of_commit(&text, &introduced.commit, Look::Faint);
            canvas.paragraph(indent, &line);
            *named = origin;
        }
    }

    fn title(&self, canvas: &mut Canvas, group: &[&Change], indent: usize, title: &str) {
        let mut line = words(title, Look::Place);
        line.extend(lines_of(canvas, self.document, group));
        canvas.paragraph(indent, &line);
        if let Some(before) = group.first().and_then(|change| spot_before(change)) {
            let text = format!("was under {}", before.joined());
            canvas.paragraph(indent + STEP, &words(&text, Look::Faint));
        }
    }

    /// The duties of one task that came with one commit.
    fn duties(&self, canvas: &mut Canvas, group: &[&Change], indent: usize) {
        for change in group {
            let margin = if self.style.split { 0 } else { self.margin };
            if self.style.split {
                split::tell(canvas, change, indent);
            } else {
                tell_change(canvas, change, indent, margin);
            }
            tell_emphasis(canvas, change, indent, margin);
            if let Some(worded) = &change.worded {
                let text = format!("current words since {}", names::introduced(worded));
                canvas.hanging(indent, &[], margin, &words(&text, Look::Faint));
            }
            if self.style.ids {
                let id = format!("id {}", change.id);
                canvas.hanging(indent, &[], margin, &words(&id, Look::Faint));
            }
        }
    }

    /// What the changes of one group share.
    fn site<'c>(&self, change: &'c Change) -> (Spot, Option<Spot>, Option<&'c Introduced>) {
        (spot(change), spot_before(change), self.origin(change))
    }

    fn origin<'c>(&self, change: &'c Change) -> Option<&'c Introduced> {
        change.introduced.as_ref().filter(|_| self.origins != Origins::Common)
    }
}

/// Where a group is found, as a link to its first line.
fn lines_of(canvas: &Canvas, document: &DocumentReport, group: &[&Change]) -> Option<Word> {
    let place = told_place(group.first()?)?;
    let path = place.path.as_deref().unwrap_or(&document.path);
    let lines = || group.iter().filter_map(|change| Some(told_place(change)?.line));
    let (first, last) = (lines().min()?, lines().max()?);
    let was = if place_is_gone(group) { "was " } else { "" };
    let text = if first == last {
        format!("({was}line {first})")
    } else {
        format!("({was}lines {first}–{last})")
    };
    Some(canvas.linked(&text, path, first, Look::Faint))
}

fn place_is_gone(group: &[&Change]) -> bool {
    group.iter().all(|change| change.place.new.is_none())
}

pub(super) fn tell_change(canvas: &mut Canvas, change: &Change, indent: usize, margin: usize) {
    let text = |place: &Option<Place>| place.as_ref().map(|p| p.text.clone()).unwrap_or_default();
    let (old, new) = (text(&change.place.old), text(&change.place.new));
    let lead = holder(change);
    let marked = match change.kind {
        Kind::Moved | Kind::Reworded => mark(&old, &new, canvas.has_color()),
        Kind::Added | Kind::Relocated => Marked::Inline(words(&new, Look::Plain)),
        Kind::Removed => Marked::Inline(words(&old, Look::Plain)),
    };
    match marked {
        Marked::Inline(body) => canvas.hanging(indent, &lead, margin, &body),
        Marked::Apart { old, new } => {
            canvas.hanging(indent, &lead, margin, &old);
            canvas.hanging(indent, &[], margin, &new);
        }
    }
}

fn tell_emphasis(canvas: &mut Canvas, change: &Change, indent: usize, margin: usize) {
    if !change.emphasis.is_empty() {
        let told: Vec<_> = change.emphasis.iter().map(|word| names::emphasis(*word)).collect();
        let text = format!("changes {}", told.join(" and "));
        canvas.hanging(indent, &[], margin, &words(&text, Look::Warning));
    }
}
