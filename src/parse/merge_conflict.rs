//! The markers that git leaves around the two versions of an unresolved merge.

use crate::model::{Code, Notice};

/// One notice for each unresolved merge among the lines of a page, each with its number.
pub(super) fn find<'t>(lines: impl IntoIterator<Item = (usize, &'t str)>) -> Vec<Notice> {
    let mut found = Vec::new();
    // where the open conflict begins, and whether its second version has begun
    let mut open = None;
    for (number, line) in lines {
        match (open, marker(line)) {
            (_, Some(b'<')) => open = Some((number, false)),
            (Some((begin, false)), Some(b'=')) => open = Some((begin, true)),
            (Some((begin, true)), Some(b'>')) => {
                let message = "an unresolved merge begins here; respdiff reads both versions";
                found.push(Notice::at(begin, Code::MergeConflict, message));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The sign of a line that is a marker: seven of it, and for the outer ones a name or nothing.
fn marker(line: &str) -> Option<u8> {
    const LENGTH: usize = 7;
    let sign = *line.as_bytes().first()?;
    // nearly all lines end here
    if !matches!(sign, b'<' | b'=' | b'>') {
        return None;
    }
    let line = line.trim_end();
    let rest = line.get(LENGTH..)?;
    let is_run = line.bytes().take(LENGTH).all(|byte| byte == sign);
    let ends = match sign {
        b'<' | b'>' => rest.is_empty() || rest.starts_with(' '),
        b'=' => rest.is_empty(),
        _ => false,
    };
    (is_run && ends).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[usize]) {
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let found: Vec<_> = find(lines).iter().filter_map(|notice| notice.line).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_merge_is_unresolved_where_all_its_markers_stand() {
        check("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> side\nd", &[2]);
        check("<<<<<<<\r\n=======\r\n>>>>>>> 1f2e3d\r\n", &[1]);
        check("<<<<<<< HEAD\nb\n||||||| base\nx\n=======\nc\n>>>>>>> side\n", &[1]);
        check("<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b\n", &[1, 4]);
    }

    #[test]
    fn single_markers_are_text() {
        check("Title\n=======\n\n> quote\n>>>>>>> deep quote\n", &[]);
        check("<<<<<<< HEAD\n>>>>>>> side\n=======\n", &[]);
        check("<<<<<<<< HEAD\n========\n>>>>>>>> side\n", &[]);
    }
}
