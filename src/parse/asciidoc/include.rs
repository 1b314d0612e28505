//! Files that a page includes: their texts come from whoever knows the repository, and are never
//! looked for elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::line_places::LinePlaces;
use super::selection::IncludeWords;
use crate::model::{Code, IncludedFiles, Notice, counted, is_included_name};
use crate::parse::source;

/// Files within files, no deeper than this.
const DEEPEST: usize = 32;
/// So many files are included in one page.
const MOST_FILES: usize = 1_000;
const MOST_BYTES: usize = IncludedFiles::MOST_BYTES;

/// The files that a page may include, as text.
pub(super) struct IncludedTexts {
    page: String,
    texts: BTreeMap<String, String>,
    own_pages: BTreeSet<String>,
    /// Whether there may be more than these.
    is_full: bool,
}

impl IncludedTexts {
    pub(super) fn from_files(files: &IncludedFiles) -> Self {
        let text = |(path, content): (&str, &[u8])| {
            (path.to_owned(), source::decode_asciidoc(path, content).0)
        };
        Self {
            page: files.page().to_owned(),
            texts: files.contents().map(text).collect(),
            own_pages: files.own_pages().map(str::to_owned).collect(),
            is_full: files.is_full(),
        }
    }
}

/// Why a file is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum IncludeFault {
    NoRepository,
    Address,
    Outside,
    Attribute,
    Kind,
    Missing,
    Circle,
    TooMuch,
    /// It is read as a page of its own.
    OwnPage,
}

impl IncludeFault {
    const fn reason(self) -> &'static str {
        match self {
            Self::NoRepository => {
                "is not read as part of the page, since the page is read outside of its repository"
            }
            Self::Address => "is an address; only files of the repository are included",
            Self::Outside => "is outside of the repository and is not included",
            Self::Attribute => {
                "names an attribute that is not set, so the file is not included; set it in \
                 respdiff.yaml (asciidoc: attributes)"
            }
            Self::Kind => "is not a file of text that respdiff includes",
            Self::Missing => "is not in the repository, so it is not included",
            Self::Circle => "includes itself; it is included once",
            Self::TooMuch => {
                "is not included: a page includes at most 1,000 files and 16 MiB, 32 files deep"
            }
            Self::OwnPage => "is a page of its own; its duties are reported there, not here again",
        }
    }
}

/// What is included in a page on the way down its lines.
pub(super) struct Inclusion<'t> {
    files: Option<&'t IncludedTexts>,
    /// The files that are open, the page first.
    open: Vec<String>,
    count: usize,
    bytes: usize,
    /// The paths that were asked for.
    pub(super) asked: Vec<String>,
    /// The lines of the page with those of included files, where somebody wants them.
    flat: Option<String>,
    /// Where each line that was read is written, where somebody wants to know.
    places: Option<LinePlaces>,
    /// By reason: the first line and target, and how many there are.
    faults: BTreeMap<IncludeFault, (usize, String, usize)>,
}

impl<'t> Inclusion<'t> {
    pub(super) fn new(files: Option<&'t IncludedTexts>) -> Self {
        let open = files.map(|files| files.page.clone()).into_iter().collect();
        let (asked, faults) = (Vec::new(), BTreeMap::new());
        Self { files, open, count: 0, bytes: 0, asked, flat: None, places: None, faults }
    }

    /// The same that keeps all lines.
    pub(super) fn keeping_lines(files: Option<&'t IncludedTexts>) -> Self {
        Self { flat: Some(String::new()), ..Self::new(files) }
    }

    /// The same that remembers where each line is written.
    pub(super) fn noting_places(files: Option<&'t IncludedTexts>) -> Self {
        Self { places: Some(LinePlaces::default()), ..Self::new(files) }
    }

    /// Notes a line that is read: its number in the page, and its text as it stands in its file.
    pub(super) fn note_line(&mut self, number: usize, text: &str) {
        let Some(places) = &mut self.places else { return };
        let within = self.open.get(1..).and_then(<[String]>::last);
        let file = within.zip(self.files).and_then(|(path, files)| {
            let whole = files.texts.get(path)?;
            let offset = (text.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
            Some((path.as_str(), offset))
        });
        places.add_line(number, file);
    }

    /// Where each line that was read is written; none where no file was included.
    pub(super) fn line_places(&mut self) -> Option<LinePlaces> {
        let files = self.files.filter(|_| self.count > 0)?;
        let mut places = self.places.take()?;
        places.find_line_starts(|path| files.texts.get(path).map_or("", String::as_str));
        Some(places)
    }

    /// The lines that were kept.
    pub(super) fn into_lines(self) -> String {
        self.flat.unwrap_or_default()
    }

    pub(super) fn keep_line(&mut self, line: &str) {
        if let Some(flat) = &mut self.flat {
            flat.push_str(line);
            flat.push('\n');
        }
    }

    /// The last line was replaced by the lines of a file.
    pub(super) fn drop_directive(&mut self) {
        let Some(flat) = &mut self.flat else { return };
        let start = flat.trim_end_matches('\n').rfind('\n').map_or(0, |end| end + 1);
        if flat[start..].starts_with("include::") {
            flat.truncate(start);
        }
    }

    pub(super) fn keep_offset(&mut self, offset: i8) {
        self.keep_line(&format!(":leveloffset: {offset}"));
    }

    /// Opens a file for its lines; the caller closes it. None where it is not included.
    pub(super) fn open(
        &mut self,
        line: usize,
        target: &str,
        words: &IncludeWords,
    ) -> Option<Vec<&'t str>> {
        match self.find_file(target) {
            Ok((path, text)) => {
                let lines = words.select_lines(text);
                self.count += 1;
                self.bytes += lines.iter().map(|line| line.len() + 1).sum::<usize>();
                self.open.push(path);
                Some(lines)
            }
            Err(IncludeFault::Missing) if words.is_optional => None,
            Err(IncludeFault::OwnPage) => {
                self.drop_directive();
                self.note_fault(IncludeFault::OwnPage, line, target);
                None
            }
            Err(fault) => {
                self.note_fault(fault, line, target);
                None
            }
        }
    }

    fn note_fault(&mut self, fault: IncludeFault, line: usize, target: &str) {
        let shown = || target.chars().take(200).collect();
        self.faults.entry(fault).or_insert_with(|| (line, shown(), 0)).2 += 1;
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    fn find_file(&mut self, target: &str) -> Result<(String, &'t str), IncludeFault> {
        if target.contains("://") {
            return Err(IncludeFault::Address);
        }
        let files = self.files.ok_or(IncludeFault::NoRepository)?;
        if target.contains('{') {
            return Err(IncludeFault::Attribute);
        }
        let from = self.open.last().map_or("", String::as_str);
        let path = resolve_target(from, target).ok_or(IncludeFault::Outside)?;
        if !is_included_name(path.as_bytes()) {
            return Err(IncludeFault::Kind);
        }
        if self.open.contains(&path) {
            return Err(IncludeFault::Circle);
        }
        let is_full = self.open.len() > DEEPEST
            || self.count >= MOST_FILES
            || self.bytes >= MOST_BYTES
            || self.asked.len() > MOST_FILES;
        if is_full {
            return Err(IncludeFault::TooMuch);
        }
        self.asked.push(path.clone());
        if files.own_pages.contains(&path) {
            return Err(IncludeFault::OwnPage);
        }
        match files.texts.get(&path) {
            Some(text) if self.bytes + text.len() <= MOST_BYTES => Ok((path, text)),
            None if !files.is_full => Err(IncludeFault::Missing),
            Some(_) | None => Err(IncludeFault::TooMuch),
        }
    }

    /// What was not included, each reason told once.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let tell = |(fault, (line, target, count)): (&IncludeFault, &(usize, String, usize))| {
            let more = match count {
                0 | 1 => String::new(),
                count => format!(" ({} like it in all)", counted(*count, "include")),
            };
            let message = format!("`{target}` {}{more}", fault.reason());
            let is_own = *fault == IncludeFault::OwnPage;
            let code = if is_own { Code::OwnPage } else { Code::NotIncluded };
            Notice::at(*line, code, message)
        };
        self.faults.iter().map(tell).collect()
    }
}

/// A target's path in the repository, by that of the file that names it; none outside of it.
fn resolve_target(from: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    if target.starts_with('/') || target.as_bytes().get(1) == Some(&b':') {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_repository() {
        for (from, target, expected) in [
            ("a/page.adoc", "b.adoc", Some("a/b.adoc")),
            ("a/page.adoc", "./c/../b.adoc", Some("a/b.adoc")),
            ("a/page.adoc", "../b.adoc", Some("b.adoc")),
            ("a/page.adoc", "../../b.adoc", None),
            ("page.adoc", "..\\b.adoc", None),
            ("a/page.adoc", "..\\b.adoc", Some("b.adoc")),
            ("page.adoc", "/etc/passwd.txt", None),
            ("page.adoc", "c:/b.adoc", None),
            ("page.adoc", ".", None),
        ] {
            assert_eq!(resolve_target(from, target).as_deref(), expected, "{from} {target}");
        }
    }
}
