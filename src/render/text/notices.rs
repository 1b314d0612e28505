//! What a reader should know beside the changes: news one by one, old acquaintances counted.

use std::collections::BTreeMap;

use crate::model::{Code, Notice, Side};

use super::canvas::{Canvas, Look, words};
use super::names;

const HEADING: usize = 2;
const NOTICE: usize = 4;
/// The longest code and two blanks.
const MARGIN: usize = 20;
/// More lines than these are counted.
const LINES: usize = 5;

/// Where one notice is made on each side.
#[derive(Default)]
struct Lines {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
    neither: Vec<Option<usize>>,
}

impl Lines {
    /// Whether it was there before and still is, which is no news.
    fn stood(&self) -> bool {
        !self.old.is_empty() && self.old.len() == self.new.len()
    }
}

/// The notices of one document.
pub(super) fn of_document(canvas: &mut Canvas, notices: &[Notice]) {
    if notices.is_empty() {
        return;
    }
    canvas.blank();
    canvas.line(HEADING, &words("NOTICES", Look::Heading));
    let mut stood: BTreeMap<Code, usize> = BTreeMap::new();
    for ((code, message), lines) in grouped(notices) {
        if lines.stood() {
            *stood.entry(code).or_default() += lines.new.len();
            continue;
        }
        let lead = words(code.name(), Look::Warning);
        let text = format!("{}{message}", location(&lines));
        canvas.hanging(NOTICE, &lead, MARGIN, &words(&text, Look::Plain));
    }
    if !stood.is_empty() {
        let counts: Vec<_> =
            stood.iter().map(|(code, count)| format!("{count} {}", code.name())).collect();
        let text = format!("the same in both versions: {}", counts.join(", "));
        canvas.paragraph(NOTICE, &words(&text, Look::Faint));
    }
}

/// What concerns the comparison as a whole.
pub(super) fn of_report(canvas: &mut Canvas, notices: &[Notice], after: bool) {
    if after && !notices.is_empty() {
        canvas.blank();
    }
    for notice in notices {
        let lead = words(notice.code.name(), Look::Warning);
        canvas.hanging(0, &lead, MARGIN, &words(&notice.message, Look::Plain));
    }
}

fn grouped(notices: &[Notice]) -> Vec<((Code, &str), Lines)> {
    let mut groups: Vec<((Code, &str), Lines)> = Vec::new();
    let mut index: BTreeMap<(Code, &str), usize> = BTreeMap::new();
    for notice in notices {
        let key = (notice.code, notice.message.as_str());
        let at = *index.entry(key).or_insert_with(|| {
            groups.push((key, Lines::default()));
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

fn location(lines: &Lines) -> String {
    let told: Vec<String> = [("old ", &lines.old), ("", &lines.new), ("", &lines.neither)]
        .into_iter()
        .filter_map(|(side, lines)| list(side, lines))
        .collect();
    if told.is_empty() { String::new() } else { format!("{}: ", told.join(", ")) }
}

fn list(side: &str, lines: &[Option<usize>]) -> Option<String> {
    let told = !lines.is_empty();
    let lines: Vec<usize> = lines.iter().copied().flatten().collect();
    let shown: Vec<String> = lines.iter().take(LINES).map(ToString::to_string).collect();
    let more = match lines.len().saturating_sub(LINES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match lines.len() {
        0 => side.strip_suffix(' ').filter(|_| told).map(|side| format!("{side} version")),
        1 => Some(format!("{side}line {}", shown.concat())),
        _ => Some(format!("{side}lines {}{more}", shown.join(", "))),
    }
}

/// A page's own notices, as `show` prints them.
pub(super) fn of_page(canvas: &mut Canvas, notices: &[Notice]) {
    if notices.is_empty() {
        return;
    }
    canvas.blank();
    canvas.line(0, &words(&names::counted(notices.len(), "notice"), Look::Heading));
    for ((code, message), lines) in grouped(notices) {
        let lead = words(code.name(), Look::Warning);
        let text = format!("{}{message}", location(&lines));
        canvas.hanging(HEADING, &lead, MARGIN, &words(&text, Look::Plain));
    }
}
