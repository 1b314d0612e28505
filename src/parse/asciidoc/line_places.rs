//! Where the lines of a page are written that includes files: they are read under numbers of their
//! own, in the order in which they are read.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::IncludedLine;

/// The first number of a line of a page that includes files; no file has so many lines.
const FIRST: usize = usize::MAX / 2;

/// Where each line that was read is written.
#[derive(Debug, Default)]
pub struct LinePlaces {
    /// By order, from 1.
    lines: Vec<LinePlace>,
    files: Vec<IncludedFile>,
    /// The position of each file, from 1.
    positions: HashMap<Arc<str>, usize>,
}

/// Where a line is written; there may be very many.
#[derive(Debug)]
struct LinePlace {
    /// The line of the page.
    number: u32,
    /// The included file, from 1; 0 for the page itself.
    file: u32,
    /// The byte of the file at which it begins.
    offset: u32,
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
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (file, offset) = file.map_or((0, 0), |(path, offset)| {
            let known = self.positions.get(path).copied();
            let at = known.unwrap_or_else(|| {
                let path: Arc<str> = path.into();
                self.files.push(IncludedFile { path: Arc::clone(&path), begins: Vec::new() });
                self.positions.insert(path, self.files.len());
                self.files.len()
            });
            (at, offset)
        });
        let (number, file, offset) = (small(number), small(file), small(offset));
        self.lines.push(LinePlace { number, file, offset });
    }

    /// Finds the lines of the files.
    pub(super) fn find_line_starts<'t>(&mut self, text_of: impl Fn(&str) -> &'t str) {
        for file in &mut self.files {
            let ends = memchr::memchr_iter(b'\n', text_of(&file.path).as_bytes());
            file.begins = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        }
    }

    /// The number under which the line of this order is read.
    pub(super) const fn number_of(order: u32) -> usize {
        FIRST + order as usize
    }

    /// The line of the page behind a number, and the line of the included file in which it is
    /// written.
    #[must_use]
    pub fn find_line(&self, number: usize) -> (usize, Option<IncludedLine>) {
        let Some(order) = number.checked_sub(FIRST) else { return (number, None) };
        let Some(place) = order.checked_sub(1).and_then(|at| self.lines.get(at)) else {
            return (self.lines.last().map_or(1, |place| place.number as usize), None);
        };
        let file = (place.file as usize).checked_sub(1).and_then(|at| self.files.get(at));
        let included = file.map(|IncludedFile { path, begins }| {
            let line = begins.partition_point(|begin| *begin <= place.offset as usize);
            IncludedLine { path: Arc::clone(path), line }
        });
        (place.number as usize, included)
    }
}
