//! Where code ticks are, in linear time.

use std::collections::BTreeMap;
use std::ops::Range;

/// The byte ranges of code spans, ticks included, in order.
pub(super) fn code_spans(text: &str) -> Vec<Range<usize>> {
    if !text.contains('`') {
        return Vec::new();
    }
    let runs = tick_runs(text.as_bytes());
    let closers = closing_runs(&runs);
    let mut spans = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let escaped = runs[at].start > 0 && text.as_bytes()[runs[at].start - 1] == b'\\';
        match closers[at] {
            Some(closer) if !escaped => {
                spans.push(runs[at].start..runs[closer].end);
                at = closer + 1;
            }
            _ => at += 1,
        }
    }
    spans
}

/// Whether a position is inside one of the spans, which stand in order.
pub(super) fn spans_hold(spans: &[Range<usize>], at: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= at);
    after.checked_sub(1).is_some_and(|before| spans[before].contains(&at))
}

fn tick_runs(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, b)| **b == b'`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// For each run the next one of the same length, found from the right.
fn closing_runs(runs: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut next = BTreeMap::new();
    let mut closers = vec![None; runs.len()];
    for (index, run) in runs.iter().enumerate().rev() {
        closers[index] = next.insert(run.len(), index);
    }
    closers
}

#[cfg(test)]
mod tests {
    use super::code_spans;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = code_spans(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn spans_close_with_as_many_ticks() {
        check("a `b` c", &["`b`"]);
        check("``a ` b`` `c`", &["``a ` b``", "`c`"]);
        check("odd ` tick", &[]);
        check(r"\`a `b`", &["`b`"]);
    }
}
