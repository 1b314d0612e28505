//! What a reader should know beside the changes: news one by one, old acquaintances counted.

use std::collections::BTreeMap;

use crate::model::{Code, Notice, Side, noun_for, short_id};

use super::names;
use super::text_writer::{Look, TextWriter, Word, safe_words};

const HEADING: usize = 2;
const NOTICE: usize = 4;
/// The longest code and two blanks.
const MARGIN: usize = 20;
/// More lines than these are counted.
const LINES: usize = 5;

/// Where one notice is made on each side.
#[derive(Default)]
struct NoticeLines {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
    neither: Vec<Option<usize>>,
}

impl NoticeLines {
    /// Whether it was there before and still is, which is no news.
    fn stood_before(&self) -> bool {
        !self.old.is_empty() && self.old.len() == self.new.len()
    }
}

/// The codes of notices, each once, for a line that has no room for their messages.
pub(super) fn notice_codes<'a>(notices: impl Iterator<Item = &'a Notice>) -> Option<Word> {
    let mut codes: Vec<&str> = Vec::new();
    for notice in notices {
        if !codes.contains(&notice.code.name()) {
            codes.push(notice.code.name());
        }
    }
    let noun = noun_for(codes.len(), "notice");
    (!codes.is_empty()).then(|| Word::new(format!("({noun}: {})", codes.join(", ")), Look::Warning))
}

/// The notices of one document; `old` is the commit of its old version.
pub(super) fn of_document(canvas: &mut TextWriter, notices: &[Notice], old: Option<&str>) {
    if notices.is_empty() {
        return;
    }
    canvas.blank_line();
    canvas.write_line(HEADING, &safe_words("NOTICES", Look::Heading));
    let mut stood: BTreeMap<Code, usize> = BTreeMap::new();
    for ((code, message), lines) in group_notices(notices) {
        if lines.stood_before() {
            *stood.entry(code).or_default() += lines.new.len();
            continue;
        }
        let lead = safe_words(code.name(), Look::Warning);
        let text = format!("{}{message}", location_text(&lines));
        canvas.hanging_paragraph(NOTICE, &lead, MARGIN, &safe_words(&text, Look::Plain));
    }
    if !stood.is_empty() {
        let counted = |(code, count): (&Code, &usize)| match count {
            1 => code.name().to_owned(),
            more => format!("{} ({more})", code.name()),
        };
        let counts: Vec<_> = stood.iter().map(counted).collect();
        let place = match old.map(short_id) {
            Some(version) => format!("`{} lint {version}` shows where", canvas.command()),
            None => format!("`{} lint` shows where in the new version", canvas.command()),
        };
        let text = format!("already in the old version: {}; {place}", counts.join(", "));
        canvas.write_paragraph(NOTICE, &safe_words(&text, Look::Faint));
    }
}

/// What concerns the comparison as a whole.
pub(super) fn of_report(canvas: &mut TextWriter, notices: &[Notice], after: bool) {
    if after && !notices.is_empty() {
        canvas.blank_line();
    }
    for notice in notices {
        let lead = safe_words(notice.code.name(), Look::Warning);
        canvas.hanging_paragraph(0, &lead, MARGIN, &safe_words(&notice.message, Look::Plain));
    }
}

fn group_notices(notices: &[Notice]) -> Vec<((Code, &str), NoticeLines)> {
    let mut groups: Vec<((Code, &str), NoticeLines)> = Vec::new();
    let mut index: BTreeMap<(Code, &str), usize> = BTreeMap::new();
    for notice in notices {
        let key = (notice.code, notice.message.as_str());
        let at = *index.entry(key).or_insert_with(|| {
            groups.push((key, NoticeLines::default()));
            groups.len() - 1
        });
        let Some((_, lines)) = groups.get_mut(at) else { continue };
        match notice.side {
            Some(Side::Old) => lines.old.push(notice.line),
            Some(Side::New) => lines.new.push(notice.line),
            None => lines.neither.push(notice.line),
        }
    }
    groups
}

fn location_text(lines: &NoticeLines) -> String {
    let new: Vec<String> =
        [&lines.new, &lines.neither].into_iter().filter_map(|lines| line_list("", lines)).collect();
    match (line_list("old ", &lines.old), new.is_empty()) {
        (None, true) => String::new(),
        (Some(old), true) => format!("{old}: "),
        (None, false) => format!("{}: ", new.join(", ")),
        (Some(_), false) => {
            let old = line_list("", &lines.old);
            let old = old.map(|old| format!(" (old version: {old})")).unwrap_or_default();
            format!("{}{old}: ", new.join(", "))
        }
    }
}

fn line_list(side: &str, lines: &[Option<usize>]) -> Option<String> {
    let reported = !lines.is_empty();
    let lines: Vec<usize> = lines.iter().copied().flatten().collect();
    let shown: Vec<String> = lines.iter().take(LINES).map(ToString::to_string).collect();
    let more = match lines.len().saturating_sub(LINES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match lines.len() {
        0 => side.strip_suffix(' ').filter(|_| reported).map(|side| format!("{side} version")),
        1 => Some(format!("{side}line {}", shown.concat())),
        _ => Some(format!("{side}lines {}{more}", shown.join(", "))),
    }
}

/// A page's own notices, as `show` prints them.
pub(super) fn of_page(canvas: &mut TextWriter, notices: &[Notice]) {
    if notices.is_empty() {
        return;
    }
    canvas.blank_line();
    canvas.write_line(0, &safe_words(&names::counted(notices.len(), "notice"), Look::Heading));
    for ((code, message), lines) in group_notices(notices) {
        let lead = safe_words(code.name(), Look::Warning);
        let text = format!("{}{message}", location_text(&lines));
        canvas.hanging_paragraph(HEADING, &lead, MARGIN, &safe_words(&text, Look::Plain));
    }
}
