//! What two contents have in common: the stretches that stand in both in the same order.

use std::ops::Range;

use memchr::{memchr, memchr3, memrchr, memrchr3};

/// Bytes are compared in chunks of so many.
const CHUNK: usize = 256;

/// Where contents differ, lines are searched for by which they go on together: as many as make so
/// many bytes, in so many bytes of the new content, for so many lines of the old one.
const ANCHOR: usize = 48;
const FAR: usize = 16 * 1024;
const MOST_LINES: usize = 16;

/// Bytes that are the same in both contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SameStretch {
    /// Where they begin in the old content.
    pub(super) old: usize,
    /// Where they begin in the new one.
    pub(super) new: usize,
    pub(super) length: usize,
}

impl SameStretch {
    /// Where a stretch of the old content stands in the new one, if all of it is the same.
    pub(super) fn find(&self, old: &Range<usize>) -> Option<usize> {
        let holds = self.old <= old.start && old.end <= self.old + self.length;
        holds.then(|| old.start - self.old + self.new)
    }
}

/// The stretches that are the same in two contents, in order. They need not be all.
pub(super) fn same_stretches(old: &[u8], new: &[u8]) -> Vec<SameStretch> {
    let mut found = Vec::new();
    let mut at = (0, 0);
    loop {
        let length = same_head(&old[at.0..], &new[at.1..]);
        found.push(SameStretch { old: at.0, new: at.1, length });
        at = (at.0 + length, at.1 + length);
        match next_anchor(old, new, at) {
            Some(next) => at = next,
            None => break,
        }
    }
    let length = same_tail(&old[at.0..], &new[at.1..]);
    found.push(SameStretch { old: old.len() - length, new: new.len() - length, length });
    found.retain(|stretch| stretch.length > 0);
    found
}

/// Where two contents that differ at a place go on together.
fn next_anchor(old: &[u8], new: &[u8], at: (usize, usize)) -> Option<(usize, usize)> {
    let near = new.get(at.1..)?;
    let near = &near[..near.len().min(FAR)];
    let mut line = if at.0 == 0 || old[at.0 - 1] == b'\n' { at.0 } else { line_end(old, at.0) };
    let mut begins = LineBegins { text: near, known: vec![0] };
    for _ in 0..MOST_LINES {
        let anchor = line..line_end(old, line + ANCHOR);
        if anchor.len() < ANCHOR {
            return None;
        }
        if let Some(found) = begins.find_anchor(&old[anchor]) {
            return Some((line, at.1 + found));
        }
        line = line_end(old, line);
    }
    None
}

/// Where the lines of a text begin, as far as they were looked for; its first byte counts as one.
struct LineBegins<'t> {
    text: &'t [u8],
    known: Vec<usize>,
}

impl LineBegins<'_> {
    /// The first line that begins with an anchor.
    fn find_anchor(&mut self, anchor: &[u8]) -> Option<usize> {
        let mut number = 0;
        loop {
            let at = *self.known.get(number)?;
            if self.text.get(at..)?.starts_with(anchor) {
                return Some(at);
            }
            number += 1;
            if number == self.known.len() && at < self.text.len() {
                self.known.push(line_end(self.text, at));
            }
        }
    }
}

/// Where the line below begins.
fn line_end(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    memchr(b'\n', rest).map_or(text.len(), |end| at + end + 1)
}

fn same_head(old: &[u8], new: &[u8]) -> usize {
    let in_chunk =
        |old: &[u8], new: &[u8]| old.iter().zip(new).take_while(|(old, new)| old == new).count();
    same_length(old.chunks(CHUNK).zip(new.chunks(CHUNK)), in_chunk)
}

fn same_tail(old: &[u8], new: &[u8]) -> usize {
    let in_chunk = |old: &[u8], new: &[u8]| {
        old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count()
    };
    same_length(old.rchunks(CHUNK).zip(new.rchunks(CHUNK)), in_chunk)
}

fn same_length<'b>(
    chunks: impl Iterator<Item = (&'b [u8], &'b [u8])>,
    in_chunk: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let mut length = 0;
    for (old, new) in chunks {
        if old != new {
            return length + in_chunk(old, new);
        }
        length += old.len();
    }
    length
}

/// The places of the new content that are not the same in the old one; an empty place is where
/// something went.
pub(super) fn changed_places(
    stretches: &[SameStretch],
    (old, new): (usize, usize),
) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut from = (0, 0);
    for stretch in stretches.iter().chain([&SameStretch { old, new, length: 0 }]) {
        if from != (stretch.old, stretch.new) {
            places.push(from.1..stretch.new);
        }
        from = (stretch.old + stretch.length, stretch.new + stretch.length);
    }
    places
}

/// Places of a content, each with what stands around it as far as a word, a cell or a row goes on:
/// at least `reach` bytes and two lines. Windows that touch are one.
pub(super) fn windows_around(
    bytes: &[u8],
    places: Vec<Range<usize>>,
    reach: usize,
) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    for place in places {
        let window = window_around(bytes, &place, reach);
        match windows.last_mut().filter(|last| window.start <= last.end) {
            Some(last) => last.end = last.end.max(window.end),
            None => windows.push(window),
        }
    }
    windows
}

fn window_around(bytes: &[u8], place: &Range<usize>, reach: usize) -> Range<usize> {
    const LINES: usize = 2;
    let mut from = place.start.saturating_sub(reach);
    let near = &bytes[from..place.start];
    if memrchr3(b'|', b'<', b'>', near).is_none() && !holds_words(near) {
        from = memrchr3(b'|', b'<', b'>', &bytes[..from]).unwrap_or_default();
    }
    for _ in 0..=LINES {
        from = memrchr(b'\n', &bytes[..from]).unwrap_or_default();
    }
    let mut to = (place.end + reach).min(bytes.len());
    let near = &bytes[place.end..to];
    if memchr3(b'|', b'<', b'>', near).is_none() && !holds_words(near) {
        to = memchr3(b'|', b'<', b'>', &bytes[to..]).map_or(bytes.len(), |at| to + at);
    }
    for _ in 0..=LINES {
        to = line_end(bytes, to);
    }
    from..to
}

/// Whether a text has more words than are looked at in a cell, where a keyref of 80 bytes is one.
fn holds_words(text: &[u8]) -> bool {
    const ENOUGH: usize = 128;
    let (mut begin, mut words) = (0, 0);
    for (at, byte) in text.iter().enumerate() {
        if byte.is_ascii_alphanumeric() {
            continue;
        }
        if at > begin + 1 && !text[begin..at].eq_ignore_ascii_case(b"the") {
            words += 1;
            if words > ENOUGH {
                return true;
            }
        }
        begin = at + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(numbers: impl IntoIterator<Item = u32>) -> String {
        let line = |number| format!("Line {number} is as long as lines of pages are.\n");
        numbers.into_iter().map(line).collect()
    }

    #[test]
    fn stretches_stand_in_both() {
        let old = lines(0..400);
        for new in [
            old.clone(),
            String::new(),
            lines((0..400).filter(|number| number % 90 != 7)),
            lines((0..400).map(|number| if number % 90 == 7 { 1_000 } else { number })),
            lines((0..100).chain(1_000..1_010).chain(100..400)),
            lines((200..400).chain(0..200)),
            format!("{}{old}", lines(500..501)),
            format!("{old}{}", lines(500..501)),
            old[10..].to_owned(),
            old[..old.len() - 10].to_owned(),
        ] {
            let found = same_stretches(old.as_bytes(), new.as_bytes());
            let (mut from, mut same) = ((0, 0), 0);
            for SameStretch { old: at, new: to, length } in found.iter().copied() {
                assert!(at >= from.0 && to >= from.1, "{found:?}");
                assert_eq!(old[at..at + length], new[to..to + length]);
                from = (at + length, to + length);
                same += length;
            }
            assert!(same + 10_000 > new.len(), "{same} of {}", new.len());
            let places = changed_places(&found, (old.len(), new.len()));
            assert!(old != new || places.is_empty());
            assert_eq!(places.iter().map(ExactSizeIterator::len).sum::<usize>(), new.len() - same);
        }
    }
}
