//! Whether contents assign responsibilities, asked of one after the other. Contents of one file
//! differ in a few lines from one version to the next: only the sections that differ are cut and
//! read again.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memchr_iter;
use memchr::memmem::FinderRev;

use super::page::{PageWalk, any_section, lacks_responsibility};
use super::same_text::{SameStretch, changed_places, same_stretches, windows_around};
use super::section_read::{Above, SectionRead};
use super::{Names, assigns_responsibility, may_assign, may_include, read_page};
use crate::model::Format;
use crate::parse::{CutPage, PageText, Section, Source, to_utf8};

/// What the quick check looks at around a place lies within so many bytes, or in the same cell.
const REACH: usize = 2_048;

/// What is asked of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageQuestion {
    /// Whether they assign responsibilities.
    Assigns,
    /// Whether they do, or seem to: see
    /// [`Document::seems_to_assign`](crate::model::Document::seems_to_assign).
    SeemsToAssign,
}

impl PageQuestion {
    /// Whether a section is reason enough to say yes.
    fn answered_by(self, section: &SectionRead) -> bool {
        section.assigns_duties() || (self == Self::SeemsToAssign && section.leaves_unassigned())
    }

    /// The same of a whole content.
    fn answer_for(self, source: Source<'_>, names: &Names) -> bool {
        match self {
            Self::Assigns => assigns_responsibility(source, names),
            Self::SeemsToAssign if source.format == Format::Markdown => {
                may_assign(source, names)
                    && any_section(source, names, |section| self.answered_by(section))
            }
            Self::SeemsToAssign => {
                may_assign(source, names) && read_page(source, names).seems_to_assign()
            }
        }
    }
}

/// Asks of one content after the other; quick where each is much like the one before.
pub struct SuccessiveCheck<'n> {
    question: PageQuestion,
    names: &'n Names,
    last: Option<Checked>,
}

/// What is known of the last content.
struct Checked {
    bytes: Vec<u8>,
    findings: Findings,
}

enum Findings {
    /// The quick check rules it out.
    RuledOut,
    /// Sections that can be read one by one.
    Sections(CheckedSections),
    /// The answer; its sections depend on each other.
    Whole(bool),
}

impl Findings {
    fn answer(&self) -> bool {
        match self {
            Self::RuledOut => false,
            Self::Sections(sections) => sections.answer,
            Self::Whole(answer) => *answer,
        }
    }
}

impl<'n> SuccessiveCheck<'n> {
    /// A check that goes by these names.
    #[must_use]
    pub const fn new(question: PageQuestion, names: &'n Names) -> Self {
        Self { question, names, last: None }
    }

    /// The answer for a content; yes where AsciiDoc may include what assigns responsibilities. It
    /// does not depend on what was asked before.
    pub fn is_page(&mut self, format: Format, bytes: &[u8]) -> bool {
        let last = self.last.take();
        let is_plain = matches!(to_utf8(bytes), Cow::Borrowed(_)) && !has_bare_return(bytes);
        if format != Format::Markdown || !is_plain {
            return may_include(format, bytes)
                || self.question.answer_for(Source::in_format(format, bytes), self.names);
        }
        let findings = last.and_then(|last| self.check_changes(last, bytes));
        let findings = findings.unwrap_or_else(|| self.check_whole(bytes));
        let answer = findings.answer();
        self.last = Some(Checked { bytes: bytes.to_vec(), findings });
        answer
    }

    fn check_whole(&self, bytes: &[u8]) -> Findings {
        if !may_assign(bytes, self.names) {
            return Findings::RuledOut;
        }
        let whole = Stretch { bytes, from: 0, to: bytes.len(), next: None };
        let lacks_responsibility = lacks_responsibility(std::iter::once(bytes), self.names);
        let above = Above { lacks_responsibility, ..Above::default() };
        match whole.read_sections(above, self.question, self.names) {
            Some((sections, _)) => Findings::Sections(sections),
            None => Findings::Whole(self.question.answer_for(bytes.into(), self.names)),
        }
    }

    /// Checks what differs from the last content; none where that does not answer the question.
    fn check_changes(&self, last: Checked, bytes: &[u8]) -> Option<Findings> {
        let same = same_stretches(&last.bytes, bytes);
        let changed = ChangedContent { bytes, old_length: last.bytes.len(), same: &same };
        match last.findings {
            Findings::RuledOut => {
                let own = self.names.policy_vocabulary();
                let reach = own.map_or(REACH, |own| REACH.max(own.longest_needle()));
                let mut windows = changed.windows(reach);
                let may = windows.any(|window| may_assign(window, self.names));
                (!may).then_some(Findings::RuledOut)
            }
            Findings::Sections(sections) => {
                let lacked = sections.lack_responsibility();
                let lacks = if lacked {
                    lacks_responsibility(changed.windows(REACH), self.names)
                } else {
                    lacks_responsibility(std::iter::once(bytes), self.names)
                };
                let read = || sections.with_changes(&changed, self.question, self.names);
                (lacks == lacked).then(read).flatten().map(Findings::Sections)
            }
            Findings::Whole(_) => {
                let shared: usize = same.iter().map(|stretch| stretch.length).sum();
                let answer = || self.question.answer_for(bytes.into(), self.names);
                (2 * shared > bytes.len()).then(|| Findings::Whole(answer()))
            }
        }
    }
}

/// A content beside the one before.
struct ChangedContent<'b> {
    bytes: &'b [u8],
    old_length: usize,
    same: &'b [SameStretch],
}

impl ChangedContent<'_> {
    /// What differs, with what stands around it.
    fn windows(&self, reach: usize) -> impl Iterator<Item = &[u8]> {
        let places = changed_places(self.same, (self.old_length, self.bytes.len()));
        let windows = windows_around(self.bytes, places, reach);
        windows.into_iter().filter_map(|window| self.bytes.get(window))
    }

    /// Where a section stands that is the same as in the content before, down to the heading below
    /// it: its start, and that of the next one. Comments that it does not close have to end where
    /// they did, too.
    fn find_section(
        &self,
        section: &CheckedSection,
        next: Option<SectionStart>,
    ) -> Option<(SectionStart, Option<SectionStart>)> {
        let all = section.start.at..next.map_or(self.old_length, |next| next.below);
        let stretch = self.same.iter().find(|same| same.find(&all).is_some())?;
        let at = stretch.find(&all)?;
        // the head of a page stays above all, and a heading begins its line
        let is_in_place = match section.start.at {
            0 => at == 0,
            _ => self.bytes.get(at.wrapping_sub(1)) == Some(&b'\n'),
        };
        let is_end = stretch.old + stretch.length == self.old_length
            && stretch.new + stretch.length == self.bytes.len();
        if !is_in_place || (!is_end && (next.is_none() || !section.closes_comments)) {
            return None;
        }
        let moved = |start: SectionStart| start.moved(stretch.old, stretch.new);
        Some((moved(section.start), next.map(moved)))
    }
}

/// Whether a line ends as on old Macs.
fn has_bare_return(bytes: &[u8]) -> bool {
    memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// The sections of a content, down to the first that is reason enough to say yes.
struct CheckedSections {
    answer: bool,
    sections: Vec<CheckedSection>,
    /// Where the first section begins that was not read.
    unread: Option<SectionStart>,
}

struct CheckedSection {
    start: SectionStart,
    above: Above,
    /// Whether the last comment that begins in it ends in it, too.
    closes_comments: bool,
}

#[derive(Clone, Copy)]
struct SectionStart {
    /// The byte of the content.
    at: usize,
    /// Where the line below the heading begins; the same for the head of the page.
    below: usize,
}

impl SectionStart {
    /// The same where what began at the byte `old` begins at `new`.
    fn moved(self, old: usize, new: usize) -> Self {
        Self { at: self.at + new - old, below: self.below + new - old }
    }
}

impl CheckedSections {
    /// Whether they were read as those of a page without a word for responsibility.
    fn lack_responsibility(&self) -> bool {
        self.sections.first().is_some_and(|first| first.above.lacks_responsibility)
    }

    /// The sections of the next content, of which only those are read that differ; none where what
    /// differs matters to the others.
    fn with_changes(
        self,
        changed: &ChangedContent<'_>,
        question: PageQuestion,
        names: &Names,
    ) -> Option<Self> {
        let starts = self.sections.iter().map(|section| section.start).skip(1);
        let nexts: Vec<Option<SectionStart>> = starts.map(Some).chain([self.unread]).collect();
        let mut found = Self { answer: false, sections: Vec::new(), unread: None };
        // where the first section begins that is not known yet, and what stands above it
        let mut open: Option<(usize, Above)> = None;
        // where the next section begins if the last one is the same
        let mut expected: Option<SectionStart> = None;
        for (section, next) in self.sections.into_iter().zip(nexts) {
            let place = changed.find_section(&section, next);
            let from = expected.map_or(0, |start| start.at);
            let Some((start, next)) = place else {
                open.get_or_insert((from, section.above));
                continue;
            };
            if open.is_none() && from < start.at {
                open = Some((from, section.above.clone()));
            }
            if let Some((from, above)) = open.take() {
                let stretch =
                    Stretch { bytes: changed.bytes, from, to: start.below, next: Some(start) };
                let (read, above) = stretch.read_sections(above, question, names)?;
                found.sections.extend(read.sections);
                if read.answer {
                    return Some(Self { answer: true, unread: read.unread, ..found });
                }
                if above != section.above {
                    return None;
                }
            }
            found.sections.push(CheckedSection { start, ..section });
            expected = next;
        }
        let Some((from, above)) = open else {
            return Some(Self { answer: self.answer, unread: expected, ..found });
        };
        let rest = Stretch { bytes: changed.bytes, from, to: changed.bytes.len(), next: None };
        let (read, _) = rest.read_sections(above, question, names)?;
        found.sections.extend(read.sections);
        Some(Self { answer: read.answer, unread: read.unread, ..found })
    }
}

/// Whole sections of a content that follow each other.
struct Stretch<'b> {
    bytes: &'b [u8],
    from: usize,
    to: usize,
    /// The section below, whose heading ends the stretch.
    next: Option<SectionStart>,
}

impl Stretch<'_> {
    /// The sections down to the first that is reason enough to say yes, and what stands above the
    /// next; none where they cannot be read one by one.
    fn read_sections(
        &self,
        above: Above,
        question: PageQuestion,
        names: &Names,
    ) -> Option<(CheckedSections, Above)> {
        let bytes = self.bytes.get(self.from..self.to)?;
        let text = PageText::decode(Source::from(bytes));
        let cut = CutPage::sections_from_text(&text);
        let is_cut_off = self.next.is_some() && cut.ends_inside();
        if !cut.has_independent_sections() || is_cut_off {
            return None;
        }
        let sections: Vec<Section<'_>> = cut.sections().collect();
        let line_starts: Vec<usize> =
            memchr_iter(b'\n', bytes).map(|end| self.from + end + 1).collect();
        let line_start = |line: usize| line.checked_sub(2).and_then(|at| line_starts.get(at));
        let start = |at: usize| {
            let line = sections.get(at)?.first_line();
            if at == 0 && self.from == 0 {
                return Some(SectionStart { at: 0, below: 0 });
            }
            let below = line_start(line + 1).copied().unwrap_or(self.to);
            Some(SectionStart { at: line_start(line).copied().unwrap_or(self.from), below })
        };
        let count = match self.next {
            Some(next) => {
                let last = sections.len().checked_sub(1)?;
                start(last).filter(|last| last.at == next.at)?;
                last
            }
            None => sections.len(),
        };
        let mut walk = PageWalk::new(&sections, above, names);
        let mut found = CheckedSections { answer: false, sections: Vec::new(), unread: None };
        for (at, section) in sections.iter().enumerate().take(count) {
            let above = walk.above.clone();
            let read = walk.next_alone(at, walk.depth_of(at))?;
            let closes_comments = closes_comments(section.text());
            if self.next.is_some() && !closes_comments {
                return None;
            }
            found.answer = question.answered_by(&read);
            found.sections.push(CheckedSection { start: start(at)?, above, closes_comments });
            if found.answer {
                found.unread = start(at + 1);
                break;
            }
        }
        Some((found, walk.above))
    }
}

fn closes_comments(text: &str) -> bool {
    let [begin, end] = &*COMMENT_SIGNS;
    let last = |sign: &FinderRev<'_>| sign.rfind(text.as_bytes());
    last(begin).is_none_or(|begin| last(end).is_some_and(|end| end > begin))
}

/// What begins and what ends a comment.
static COMMENT_SIGNS: LazyLock<[FinderRev<'_>; 2]> =
    LazyLock::new(|| ["<!--", "-->"].map(FinderRev::new));

#[cfg(test)]
mod tests;
