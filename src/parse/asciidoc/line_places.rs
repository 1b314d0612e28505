//! Where the lines of a page are written that includes files: they are read under numbers of their
//! own, in the order in which they are read.

use std::sync::Arc;

use crate::model::IncludedLine;

/// The first number of a line of a page that includes files; no file has so many lines.
const FIRST: usize = usize::MAX / 2;

/// Where each line that was read is written.
#[derive(Debug, Default)]
pub struct LinePlaces {
    /// By order, from 1: the line of the page, and the file with the byte at which its line begins.
    lines: Vec<(usize, Option<(usize, usize)>)>,
    files: Vec<IncludedFile>,
}

/// A file with the bytes at which its lines begin.
#[derive(Debug)]
struct IncludedFile {
    path: Arc<str>,
    begins: Vec<usize>,
}

impl LinePlaces {
    /// Adds the next line.
    pub(super) fn add_line(&mut self, number: usize, file: Option<(&str, usize)>) {
        let place = file.map(|(path, offset)| {
            let known = self.files.iter().rposition(|file| &*file.path == path);
            let at = known.unwrap_or_else(|| {
                self.files.push(IncludedFile { path: path.into(), begins: Vec::new() });
                self.files.len() - 1
            });
            (at, offset)
        });
        self.lines.push((number, place));
    }

    /// Finds the lines of the files.
    pub(super) fn find_line_starts<'t>(&mut self, text_of: impl Fn(&str) -> &'t str) {
        for file in &mut self.files {
            let ends = memchr::memchr_iter(b'\n', text_of(&file.path).as_bytes());
            file.begins = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        }
    }

    /// The number under which a line is read that is the so-manieth.
    pub(super) const fn number_of(order: usize) -> usize {
        FIRST + order
    }

    /// The line of the page behind a number, and the line of the included file in which it is
    /// written.
    #[must_use]
    pub fn find_line(&self, number: usize) -> (usize, Option<IncludedLine>) {
        let Some(order) = number.checked_sub(FIRST) else { return (number, None) };
        let Some((line, file)) = order.checked_sub(1).and_then(|at| self.lines.get(at)) else {
            return (self.lines.last().map_or(1, |(line, _)| *line), None);
        };
        let within = file.and_then(|(file, offset)| {
            let IncludedFile { path, begins } = self.files.get(file)?;
            let line = begins.partition_point(|begin| *begin <= offset);
            Some(IncludedLine { path: Arc::clone(path), line })
        });
        (*line, within)
    }
}
