//! The changes under one heading: where each duty stands, who has it, what its words are.

use crate::model::{Change, Introduced, Kind, Place, Sides};
use crate::report::DocumentReport;

use super::marks::{MarkedText, mark_changes};
use super::names::{self, ShownPlace};
use super::split;
use super::text_writer::{Look, TextWriter, Word, safe_words};

const PLACE: usize = 4;

const STEP: usize = 2;

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
pub(super) enum ShownCommits {
    /// None: the head names the one commit.
    Common,
    /// The commit and its edition.
    WithEdition,
    /// The commit; the head names the edition.
    OfEdition,
    /// The commit in which it was written; the head names the merge.
    InMerge,
}

impl ShownCommits {
    /// Whether the changes are those of one edition.
    const fn are_of_edition(self) -> bool {
        matches!(self, Self::OfEdition | Self::InMerge)
    }

    /// Where changes come from, as far as the head does not say it, and the commit to link.
    fn origin_text(self, introduced: &Introduced) -> (String, &str) {
        match &introduced.author_commit {
            Some(author) if self == Self::InMerge => {
                (format!("written in commit {}", names::short_id(author)), author)
            }
            _ => {
                let commit = names::commit_of(introduced, !self.are_of_edition());
                (format!("changed in {commit}"), &introduced.commit)
            }
        }
    }

    /// The line that says where all changes of a head come from, if there is one origin.
    pub(super) fn common_line(
        self,
        canvas: &TextWriter,
        document: &DocumentReport,
    ) -> Option<Vec<Word>> {
        let (first, rest) = document.changes.split_first()?;
        let origin = first.introduced.as_ref()?;
        if rest.iter().any(|change| change.introduced.as_ref() != Some(origin)) {
            return None;
        }
        let (text, commit) = self.origin_text(origin);
        let text = if rest.is_empty() { text } else { format!("all {text}") };
        Some(canvas.of_commit(&text, commit, Look::Faint))
    }
}

/// How the changes under one heading are written.
pub(super) struct ChangeWriter<'a> {
    pub(super) document: &'a DocumentReport,
    /// Columns for the parties.
    pub(super) margin: usize,
    pub(super) origins: ShownCommits,
    pub(super) style: ChangeStyle,
}

impl ChangeWriter<'_> {
    /// The changes, section by section. In each of them, a commit is named once above all that came
    /// with it; in an edition, above all sections in a row that came with it.
    pub(super) fn write_sections(&self, canvas: &mut TextWriter, changes: &[&Change]) {
        let mut commits = CommitHeadings::default();
        let mut is_named_above = false;
        for section in changes.chunk_by(|a, b| change_place(a).section == change_place(b).section) {
            let has_one_commit = self.has_one_commit(section);
            if !(is_named_above && has_one_commit) {
                commits = CommitHeadings::default();
            }
            self.write_section(canvas, section, &mut commits);
            is_named_above = has_one_commit && self.origins.are_of_edition();
        }
    }

    fn has_one_commit(&self, changes: &[&Change]) -> bool {
        let mut commits = changes.iter().map(|change| self.shown_commit(change));
        let first = commits.next();
        commits.all(|commit| Some(commit) == first)
    }

    /// Changes under the same headings of the page; what they share is said once.
    fn write_section<'c>(
        &self,
        canvas: &mut TextWriter,
        changes: &[&'c Change],
        commits: &mut CommitHeadings<'c>,
    ) {
        let groups: Vec<_> =
            changes.chunk_by(|a, b| self.shared_site(a) == self.shared_site(b)).collect();
        let Some(first) = changes.first() else { return };
        if self.has_one_commit(changes) {
            self.name_origin(canvas, PLACE, first, commits);
        }
        if let [group] = groups[..] {
            self.write_title(canvas, group, PLACE, &change_place(first).in_one_line());
            self.write_duties(canvas, group, PLACE + STEP);
            return;
        }
        let section = ShownPlace { task: String::new(), ..change_place(first) };
        canvas.write_paragraph(PLACE, &safe_words(&section.in_one_line(), Look::Place));
        let mut above: Option<(ShownPlace, Option<ShownPlace>)> = None;
        for group in groups {
            let Some(first) = group.first() else { continue };
            let place = (change_place(first), spot_before(first));
            // below a title that stays, the commit is that of the duties below it
            let indent =
                if above.as_ref() == Some(&place) { PLACE + STEP + STEP } else { PLACE + STEP };
            self.name_origin(canvas, indent, first, commits);
            if above.as_ref() != Some(&place) {
                self.write_title(canvas, group, PLACE + STEP, &place.0.task);
            }
            above = Some(place);
            self.write_duties(canvas, group, PLACE + STEP + STEP);
        }
    }

    /// Names the commit of a change, unless it is the one that was named last.
    fn name_origin<'c>(
        &self,
        canvas: &mut TextWriter,
        indent: usize,
        change: &'c Change,
        commits: &mut CommitHeadings<'c>,
    ) {
        commits.write_heading(canvas, indent, self.shown_commit(change), self.origins);
    }

    fn write_title(&self, canvas: &mut TextWriter, group: &[&Change], indent: usize, title: &str) {
        let mut line = safe_words(title, Look::Place);
        line.extend(lines_of(canvas, self.document, group));
        canvas.write_paragraph(indent, &line);
        let first = group.first();
        if let Some((first, before)) = first.and_then(|first| Some((first, spot_before(first)?))) {
            let text = before.was_text(&change_place(first));
            canvas.write_paragraph(indent + STEP, &safe_words(&text, Look::Faint));
        }
    }

    /// The duties of one task that came with one commit.
    fn write_duties(&self, canvas: &mut TextWriter, group: &[&Change], indent: usize) {
        for change in group {
            let margin = if self.style.split { 0 } else { self.margin };
            if self.style.split {
                split::write_change(canvas, change, indent);
            } else {
                write_change(canvas, change, indent, margin);
            }
            write_emphasis(canvas, change, indent, margin);
            for text in names::later_origins(change) {
                canvas.hanging_paragraph(indent, &[], margin, &safe_words(&text, Look::Faint));
            }
            if self.style.ids {
                let id = format!("id {}", change.id);
                canvas.hanging_paragraph(indent, &[], margin, &safe_words(&id, Look::Faint));
            }
        }
    }

    /// What the changes of one group share.
    fn shared_site<'c>(
        &self,
        change: &'c Change,
    ) -> (ShownPlace, Option<ShownPlace>, Option<&'c Introduced>) {
        (change_place(change), spot_before(change), self.shown_commit(change))
    }

    fn shown_commit<'c>(&self, change: &'c Change) -> Option<&'c Introduced> {
        change.introduced.as_ref().filter(|_| self.origins != ShownCommits::Common)
    }
}

/// Names each commit once, above the changes that came with it.
#[derive(Debug, Default)]
pub(super) struct CommitHeadings<'a> {
    named: Option<&'a Introduced>,
}

impl<'a> CommitHeadings<'a> {
    /// Writes where the next change comes from, unless that was written last.
    pub(super) fn write_heading(
        &mut self,
        canvas: &mut TextWriter,
        indent: usize,
        introduced: Option<&'a Introduced>,
        origins: ShownCommits,
    ) -> bool {
        if self.named == introduced {
            return false;
        }
        self.named = introduced;
        let line = match introduced {
            Some(introduced) => {
                let (text, commit) = origins.origin_text(introduced);
                canvas.of_commit(&format!("{text}:"), commit, Look::Faint)
            }
            // of the working tree, or of the old version's own branch
            None => safe_words("not from a commit in this range:", Look::Faint),
        };
        canvas.write_paragraph(indent, &line);
        true
    }
}

/// Who has the duty, or who had it and who has it.
pub(super) fn holder_words(change: &Change) -> Vec<Word> {
    let (old, new) = (change.party.old.as_ref(), change.party.new.as_ref());
    let text = match change.kind {
        Kind::Moved => format!("{} → {}", names::party_name(old), names::party_name(new)),
        Kind::Removed => names::party_name(old),
        Kind::Added | Kind::Reworded | Kind::Relocated => names::party_name(new),
    };
    safe_words(&text, Look::Plain)
}

pub(super) fn change_place(change: &Change) -> ShownPlace {
    change.shown_place().map_or_else(
        || ShownPlace { section: String::new(), task: String::new() },
        ShownPlace::from_place,
    )
}

/// Where it stood before, if elsewhere.
fn spot_before(change: &Change) -> Option<ShownPlace> {
    let before = change.place.old.as_ref().map(ShownPlace::from_place)?;
    (before != change_place(change)).then_some(before)
}

/// Where a group is found, as a link to its first line.
fn lines_of(canvas: &TextWriter, document: &DocumentReport, group: &[&Change]) -> Option<Word> {
    let place = group.first()?.shown_place()?;
    let (path, _) = place.written_at(&document.path);
    let in_file = |(file, line): (&str, usize)| (file == path).then_some(line);
    let lines = || {
        let places = group.iter().filter_map(|change| change.shown_place());
        places.filter_map(|place| in_file(place.written_at(&document.path)))
    };
    let (first, last) = (lines().min()?, lines().max()?);
    let was = if place_is_gone(group) { "was " } else { "" };
    let file = included_file(place);
    let text = if first == last {
        format!("({was}{file}line {first})")
    } else {
        format!("({was}{file}lines {first}–{last})")
    };
    Some(canvas.linked_word(&text, path, first, Look::Faint))
}

/// The file that the document includes and in which a duty is written, before its line.
pub(super) fn included_file(place: &Place) -> String {
    place.included.as_ref().map(|included| format!("{}, ", included.path)).unwrap_or_default()
}

fn place_is_gone(group: &[&Change]) -> bool {
    group.iter().all(|change| change.place.new.is_none())
}

pub(super) fn write_change(canvas: &mut TextWriter, change: &Change, indent: usize, margin: usize) {
    let Sides { old, new } = change.texts().map(Option::unwrap_or_default);
    let lead = holder_words(change);
    let marked = match change.kind {
        Kind::Moved | Kind::Reworded => mark_changes(old, new, canvas.has_color()),
        Kind::Added | Kind::Relocated => MarkedText::Inline(safe_words(new, Look::Plain)),
        Kind::Removed => MarkedText::Inline(safe_words(old, Look::Plain)),
    };
    match marked {
        MarkedText::Inline(body) => canvas.hanging_paragraph(indent, &lead, margin, &body),
        MarkedText::Apart { old, new } => {
            canvas.hanging_paragraph(indent, &lead, margin, &old);
            canvas.hanging_paragraph(indent, &[], margin, &new);
        }
    }
}

fn write_emphasis(canvas: &mut TextWriter, change: &Change, indent: usize, margin: usize) {
    if !change.emphasis.is_empty() {
        let shown: Vec<_> =
            change.emphasis.iter().map(|word| names::emphasis_text(*word)).collect();
        let text = format!("changes {}", shown.join(" and "));
        canvas.hanging_paragraph(indent, &[], margin, &safe_words(&text, Look::Warning));
    }
}
