//! Cells side by side, each wrapped to its column.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use super::text_writer::{TextWriter, Word, line_width};

/// Some words with a sign before them, below which they are set in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnItem {
    /// The sign; none for plain text.
    pub(super) sign: Option<Word>,
    /// The words.
    pub(super) words: Vec<Word>,
}

impl ColumnItem {
    pub(super) fn plain(words: Vec<Word>) -> Self {
        Self { sign: None, words }
    }

    /// Its columns on one line.
    pub(super) fn width(&self) -> usize {
        self.indent() + line_width(&self.words)
    }

    fn indent(&self) -> usize {
        self.sign.as_ref().map_or(0, |sign| line_width(std::slice::from_ref(sign)) + 1)
    }

    /// Lines with the column at which each begins.
    fn wrapped_lines(&self, width: usize) -> Vec<(usize, Vec<Word>)> {
        let indent = self.indent();
        let measure = width.saturating_sub(indent).max(1);
        let words = break_words(&self.words, measure);
        let lines = textwrap::wrap_algorithms::wrap_first_fit(&words, &[measure as f64]);
        let mut lines: Vec<(usize, Vec<Word>)> =
            lines.into_iter().map(|line| (indent, line.to_vec())).collect();
        if let (Some(sign), Some(first)) = (&self.sign, lines.first_mut()) {
            first.0 = 0;
            first.1.insert(0, sign.clone());
        }
        lines
    }
}

/// What stands in one column of a row: items below each other.
pub(super) type ColumnCell = Vec<ColumnItem>;

/// A column of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScreenColumn {
    /// Where it begins.
    pub(super) start: usize,
    /// How wide it is.
    pub(super) width: usize,
}

impl ScreenColumn {
    /// Columns of these widths, `gap` apart.
    pub(super) fn of_widths(indent: usize, widths: &[usize], gap: usize) -> Vec<Self> {
        let mut start = indent;
        let place = |width: &usize| {
            let column = Self { start, width: *width };
            start += width + gap;
            column
        };
        widths.iter().map(place).collect()
    }
}

/// Columns as wide as their content, between `bounds`; where that is too much for `room`, the
/// wide ones share what the narrow ones leave.
pub(super) fn share_widths(natural: &[usize], room: usize, bounds: (usize, usize)) -> Vec<usize> {
    let mut widths: Vec<usize> = natural.iter().map(|width| (*width).clamp(1, bounds.1)).collect();
    let mut narrow_first: Vec<usize> = (0..widths.len()).collect();
    narrow_first.sort_by_key(|at| widths.get(*at).copied());
    let (mut left, count) = (room, widths.len());
    for (done, at) in narrow_first.into_iter().enumerate() {
        let share = left / (count - done);
        if let Some(width) = widths.get_mut(at) {
            *width = (*width).min(share.max(bounds.0));
            left = left.saturating_sub(*width);
        }
    }
    widths
}

/// Writes the cells of a row; each of `rules` is a word that stands at its column in every line.
pub(super) fn write_row(
    canvas: &mut TextWriter,
    columns: &[ScreenColumn],
    cells: &[ColumnCell],
    rules: &[(usize, Word)],
) {
    let wrapped: Vec<Vec<(usize, Vec<Word>)>> = columns
        .iter()
        .zip(cells)
        .map(|(column, cell)| {
            let lines = cell.iter().flat_map(|item| item.wrapped_lines(column.width));
            lines.map(|(indent, words)| (column.start + indent, words)).collect()
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut pieces: Vec<(usize, &[Word])> = wrapped
            .iter()
            .filter_map(|lines| lines.get(at))
            .map(|(start, words)| (*start, words.as_slice()))
            .collect();
        pieces.extend(rules.iter().map(|(at, rule)| (*at, std::slice::from_ref(rule))));
        pieces.sort_by_key(|(start, _)| *start);
        canvas.write_pieces(&pieces);
    }
}

/// The same words, those that are too wide for a line in pieces.
fn break_words(words: &[Word], width: usize) -> Cow<'_, [Word]> {
    if words.iter().all(|word| word.width() <= width) {
        return Cow::Borrowed(words);
    }
    let mut out = Vec::new();
    for word in words {
        // a link is not to be torn, and no longer than what it shows
        if word.width() <= width || word.text.contains('\u{1b}') {
            out.push(word.clone());
            continue;
        }
        let mut rest = word.text.as_str();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(cut_position(rest, width));
            out.push(Word::new(piece, word.look));
            rest = after;
        }
    }
    Cow::Owned(out)
}

/// Where to cut a word so that what comes first fits; behind a sign such as `/`, if one is near.
fn cut_position(word: &str, width: usize) -> usize {
    let (mut used, mut sign) = (0, None);
    for (at, c) in word.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && at > 0 {
            return sign.filter(|sign| *sign > at / 2).unwrap_or(at);
        }
        if matches!(c, '/' | '-' | '_' | '.') {
            sign = Some(at + c.len_utf8());
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::super::TextOptions;
    use super::super::text_writer::{Look, safe_words};
    use super::*;

    fn item(sign: &str, text: &str) -> ColumnItem {
        let sign = (!sign.is_empty()).then(|| Word::new(sign, Look::Plain));
        ColumnItem { sign, words: safe_words(text, Look::Plain) }
    }

    #[track_caller]
    fn check(widths: &[usize], cells: &[ColumnCell], expected: &str) {
        let mut canvas = TextWriter::new(&TextOptions::default());
        let rule = (widths[0] + 1, Word::new("│", Look::Plain));
        write_row(&mut canvas, &ScreenColumn::of_widths(0, widths, 3), cells, &[rule]);
        assert_eq!(String::from_utf8(canvas.into_bytes()).unwrap(), expected);
    }

    #[test]
    fn cells_keep_to_their_columns() {
        let left = vec![item("-", "Light the lamps"), item("+", "Sail")];
        check(
            &[9, 9],
            &[left, vec![item("", "Ring the bell")]],
            "\
- Light   │ Ring the
  the     │ bell
  lamps   │
+ Sail    │
",
        );
    }

    #[test]
    fn a_long_word_is_cut_behind_a_sign() {
        assert_eq!(
            [
                cut_position("docs/quay.md", 8),
                cut_position("docs/quay.md", 12),
                cut_position("a/quays", 6)
            ],
            [5, 12, 6]
        );
    }

    #[test]
    fn wide_letters_and_long_words_are_counted_as_they_are_seen() {
        check(
            &[6, 6],
            &[vec![item("", "港の灯を守る")], vec![item("", "abcdefghi")]],
            "\
港の灯 │ abcdef
を守る │ ghi
",
        );
    }
}
