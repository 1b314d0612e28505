//! One physical line of a pipe table.

/// The cells of a line, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PipeRow<'a> {
    pub(super) cells: Vec<&'a str>,
    /// Whether a pipe ends the last cell.
    pub(super) closed: bool,
}

/// Splits a line at its pipes. One in code ticks splits too, as IBM's renderer has it;
/// an escaped one does not.
pub(super) fn split(line: &str) -> PipeRow<'_> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let mut from = 0;
    for at in pipe_positions(line) {
        cells.push(&line[from..at]);
        from = at + 1;
    }
    let mut closed = from > 0;
    let last = line[from..].trim();
    if !last.is_empty() {
        cells.push(&line[from..]);
        closed = false;
    }
    // a list at the end of a row is no cell
    if cells.len() > 1 && cells.last().is_some_and(|cell| is_attribute_list(cell)) {
        cells.pop();
        closed = true;
    }
    PipeRow { cells, closed }
}

/// Where the pipes are that split a line.
fn pipe_positions(line: &str) -> impl Iterator<Item = usize> + '_ {
    let mut escaped = false;
    line.bytes().enumerate().filter_map(move |(at, byte)| {
        let splits = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        splits.then_some(at)
    })
}

/// Whether a line has a pipe that splits.
pub(super) fn has_pipe(line: &str) -> bool {
    line.contains('|') && pipe_positions(line).next().is_some()
}

fn is_attribute_list(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with("{:") && cell.ends_with('}')
}

/// How many columns a separator row has; none where the line is no separator.
pub(super) fn separator_columns(line: &str) -> Option<usize> {
    // authors pad columns with these
    if line.contains("&nbsp;") {
        return separator_columns(&line.replace("&nbsp;", " "));
    }
    if is_foreign_rule(line) {
        return separator_columns(&line.chars().map(plain_hyphen).collect::<String>());
    }
    if !line.bytes().all(|b| b" |:-".contains(&b)) || !line.contains('|') {
        return None;
    }
    let row = split(line);
    let dashes = |cell: &&str| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|b| b == b'-')
    };
    (!row.cells.is_empty() && row.cells.iter().all(dashes)).then_some(row.cells.len())
}

/// Whether a line is a rule that markdown does not know: editors turn its hyphens into dashes,
/// other formats write `=`, or `+` where columns meet.
pub(super) fn is_foreign_rule(line: &str) -> bool {
    let drawn = |c: char| plain_hyphen(c) != c;
    // most lines have another character near their beginning
    line.chars().all(|c| drawn(c) || matches!(c, ' ' | '|' | ':' | '-')) && line.contains(drawn)
}

/// The sign that markdown wants in a rule.
fn plain_hyphen(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '═' | '=' => '-',
        '+' => '|',
        _ => c,
    }
}

/// Whether a line among the rows of a table is a rule; `| - | - |` may be a row of empty cells.
pub(super) fn is_rule(line: &str) -> bool {
    (is_foreign_rule(line) || line.contains("---")) && separator_columns(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, cells: &[&str], closed: bool) {
        let row = split(line);
        let got: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).collect();
        assert_eq!((got.as_slice(), row.closed), (cells, closed), "{line}");
    }

    #[test]
    fn rows_split_at_pipes() {
        check("| a | b |", &["a", "b"], true);
        check("a | b", &["a", "b"], false);
        check("| a |  | ", &["a", ""], true);
        check("| a | b", &["a", "b"], false);
        check(r"| a \| b | `c | d` |", &[r"a \| b", "`c", "d`"], true);
        check("| a | b | {: beta}", &["a", "b"], true);
        check("|", &[], false);
    }

    #[test]
    fn separators() {
        assert_eq!(separator_columns("| - | :--: |---|"), Some(3));
        assert_eq!(separator_columns("---|---"), Some(2));
        assert_eq!(separator_columns("|---|"), Some(1));
        assert_eq!(separator_columns("| &nbsp; --- |---|"), Some(2));
        assert_eq!(separator_columns("---"), None);
        assert_eq!(separator_columns("| a | - |"), None);
        assert_eq!(separator_columns("| | |"), None);
        assert_eq!(separator_columns("|—|:–—|"), Some(2));
        assert_eq!(separator_columns("+===+---+"), Some(2));
        assert_eq!(separator_columns("—— = ——"), None);
        assert!(is_rule("|===|===|") && is_rule("|---|") && !is_rule("| - | - |"));
    }
}
