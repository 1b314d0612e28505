//! Footnotes: what they say, and which lines cite them. Authors write them as `[^note]`, as
//! `<sup>1</sup>`, `^1^` or `¹`, as `[1]` or `[*]` (also as code), and as `*` or `†`.

use std::collections::BTreeMap;

use super::comments::{Line, LineKind, without_long_indent};
use super::{CitedFootnote, inline, raised};

/// Signs that mark a note by themselves or repeated.
const SIGNS: [char; 5] = ['*', '†', '‡', '§', '¶'];
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
/// Longer marks are no marks.
const LONGEST_MARK: usize = 4;
/// Longer labels are no labels.
const LONGEST_LABEL: usize = 100;
/// Longer notes are cut.
const LONGEST_NOTE: usize = 8 * 1024;

/// A note: its line and its text as written.
struct Note {
    line: usize,
    text: String,
}

/// All citations of notes that the page has. The notes that markdown knows leave the lines: the
/// published page puts them at its end.
pub(super) fn read_footnotes(lines: &mut [Line<'_>]) -> Vec<CitedFootnote> {
    let mut notes: BTreeMap<String, Note> = BTreeMap::new();
    let mut is_note = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let Some((mark, text)) = note_at(&lines[at]) else {
            at += 1;
            continue;
        };
        let in_markdown = mark.starts_with('^');
        let mut note = Note { line: lines[at].number, text: text.to_owned() };
        let end = at + 1 + going_on(&lines[at + 1..]);
        for line in &lines[at + 1..end] {
            if note.text.len() < LONGEST_NOTE {
                note.text.extend([" ", line.text.trim()]);
            }
        }
        is_note[at..end].fill(true);
        notes.entry(mark).or_insert(note);
        for line in lines[at..end].iter_mut().filter(|_| in_markdown) {
            line.kind = LineKind::Comment;
            line.text = "".into();
        }
        at = end;
    }
    if notes.is_empty() {
        return Vec::new();
    }
    let is_sign = |mark: &&String| mark.starts_with(SIGNS);
    let signs: Vec<String> = notes.keys().filter(is_sign).cloned().collect();
    let mut found = Vec::new();
    for (line, _) in lines.iter().zip(is_note).filter(|(_, is_note)| !is_note) {
        if line.kind != LineKind::Text {
            continue;
        }
        let mut cited = cited_marks(&line.text);
        cited.extend(signs.iter().filter(|sign| cites_sign(&line.text, sign)).cloned());
        cited.sort();
        cited.dedup();
        for note in cited.iter().filter_map(|mark| notes.get(mark)) {
            let runs = inline::parse_runs(&note.text);
            found.push(CitedFootnote { cited_on: line.number, line: note.line, runs });
        }
    }
    found
}

/// Whether any line is a note, cited or not.
pub(super) fn holds_notes(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| note_at(line).is_some())
}

/// How many lines go on with the text above.
fn going_on(lines: &[Line<'_>]) -> usize {
    let goes_on = |line: &&Line<'_>| {
        let text = without_long_indent(&line.text).trim_start();
        line.kind == LineKind::Text
            && !text.is_empty()
            && !text.starts_with(['|', '#', '-', '+', '{', '<', '>'])
            && note_at(line).is_none()
    };
    lines.iter().take_while(goes_on).count()
}

/// The mark and text of a line that is a note. The marks of markdown's own begin with `^`.
fn note_at<'l>(line: &'l Line<'_>) -> Option<(String, &'l str)> {
    if line.kind != LineKind::Text {
        return None;
    }
    let text = without_long_indent(&line.text).trim_start();
    let opens =
        |byte: &u8| matches!(byte, b'[' | b'<' | b'^' | b'\\' | b'&' | b'*' | b'`' | 0x80..);
    text.as_bytes().first().filter(|byte| opens(byte))?;
    if let Some(inside) = text.strip_prefix("[^") {
        let (label, text) = inside.split_once("]:")?;
        let is_label = !label.is_empty() && !label.contains(['[', ']', ' ']);
        return is_label.then(|| (format!("^{label}"), text.trim()));
    }
    let text = without_tags(text);
    let (mark, rest) = raised_mark(text)
        .or_else(|| bracketed_mark(text))
        .or_else(|| escaped_signs(text))
        .or_else(|| plain_signs(text))?;
    let rest = rest.trim_start_matches([':', '.', ')']).trim();
    let several = rest.split_whitespace().nth(1).is_some();
    let short = mark.chars().count() <= LONGEST_MARK;
    (short && several && !rest.contains('|')).then_some((mark, rest))
}

/// A text behind the tags (but `<sup>`) and the emphasis at its start.
fn without_tags(text: &str) -> &str {
    let mut rest = text;
    while let Some(inside) = rest.strip_prefix('<') {
        let is_raised = inside.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("sup"));
        let Some((_, behind)) = inside.split_once('>').filter(|_| !is_raised) else { break };
        rest = behind.trim_start();
    }
    rest
}

/// `<sup>1</sup>`, `^1^`, `¹` at the start of a text, and what stands behind it.
fn raised_mark(text: &str) -> Option<(String, &str)> {
    let digits = text.chars().take_while(|c| RAISED.contains(c)).count();
    if digits > 0 {
        let end = text.char_indices().nth(digits).map_or(text.len(), |(at, _)| at);
        let mark = text[..end].chars().filter_map(|c| RAISED.iter().position(|r| *r == c));
        return Some((mark.map(|n| n.to_string()).collect(), &text[end..]));
    }
    let (inside, rest) = if let Some(inside) = text.strip_prefix('^') {
        inside.split_once('^')?
    } else {
        let head = text.get(..5).filter(|head| head.eq_ignore_ascii_case("<sup>"))?;
        let inside = &text[head.len()..];
        let end = inside.to_ascii_lowercase().find("</sup>")?;
        (&inside[..end], &inside[end + "</sup>".len()..])
    };
    Some((split_marks(inside).into_iter().next()?, rest))
}

/// `[1]`, `[*]`, also as code.
fn bracketed_mark(text: &str) -> Option<(String, &str)> {
    let code = text.strip_prefix('`');
    let (inside, rest) = code.unwrap_or(text).strip_prefix('[')?.split_once(']')?;
    let rest = if code.is_some() { rest.strip_prefix('`')? } else { rest };
    let mark = mark_in_brackets(inside)?;
    (!rest.starts_with(['(', '['])).then_some((mark, rest))
}

/// The mark of a note that stands in brackets: a number, or signs, which keep their brackets, since
/// signs without them are another mark.
fn mark_in_brackets(inside: &str) -> Option<String> {
    if inside.is_empty() || inside.chars().count() > 2 {
        return None;
    }
    let is_number = inside.bytes().all(|b| b.is_ascii_digit());
    let is_sign = || inside.chars().all(|c| SIGNS.contains(&c));
    if is_number { Some(inside.to_owned()) } else { is_sign().then(|| format!("[{inside}]")) }
}

/// `\*`, `&ast;`, as often as it stands there.
fn escaped_signs(text: &str) -> Option<(String, &str)> {
    let mut rest = text;
    let mut count = 0;
    while let Some(behind) = rest.strip_prefix("\\*").or_else(|| rest.strip_prefix("&ast;")) {
        rest = behind;
        count += 1;
    }
    (count > 0).then(|| ("*".repeat(count), rest))
}

/// `†`, or a `*` that neither begins an item nor emphasis.
fn plain_signs(text: &str) -> Option<(String, &str)> {
    let sign = text.chars().next().filter(|c| SIGNS.contains(c))?;
    let rest = text.trim_start_matches(sign);
    let mark = &text[..text.len() - rest.len()];
    let is_star = sign == '*' && (rest.starts_with(' ') || rest.contains('*'));
    (!is_star).then(|| (mark.to_owned(), rest))
}

/// The marks that a raised text is made of: `1`, `1, 2`, `[1](#note)`, `<a href="#n">1</a>`.
fn split_marks(raised: &str) -> Vec<String> {
    let mut text = String::new();
    let mut skipped: Option<char> = None;
    for c in raised.chars() {
        match (skipped, c) {
            (Some(end), _) => skipped = (c != end).then_some(end),
            (None, '<') => skipped = Some('>'),
            (None, '(') if text.trim_end().ends_with(']') => skipped = Some(')'),
            (None, _) => text.push(c),
        }
    }
    let parts =
        text.split([',', ';', ' ']).map(|part| part.trim_matches(['[', ']', '(', ')', '\\']));
    let is_mark = |part: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(&c);
        !part.is_empty() && part.len() <= LONGEST_MARK && part.chars().all(plain)
    };
    parts.filter(is_mark).map(str::to_owned).collect()
}

/// The marks that a line may cite notes by, but signs.
fn cited_marks(line: &str) -> Vec<String> {
    let mut cited = Vec::new();
    for (at, _) in line.match_indices('[') {
        let inside = line[at + 1..].bytes().take(LONGEST_LABEL).position(|byte| byte == b']');
        let Some(label) = inside.and_then(|end| line.get(at + 1..at + 1 + end)) else { continue };
        let noted = label.starts_with('^').then(|| label.to_owned());
        cited.extend(noted.or_else(|| mark_in_brackets(label)));
    }
    if line.contains('<') || line.contains('^') {
        let text = raised::in_tags(line);
        let lower = text.to_ascii_lowercase();
        let mut rest = 0;
        while let Some(found) = lower[rest..].find("<sup").map(|found| rest + found) {
            let from = lower[found..].find('>').map_or(text.len(), |end| found + end + 1);
            let to = lower[from..].find("</sup>").map_or(text.len(), |end| from + end);
            cited.extend(split_marks(&text[from..to]));
            rest = to;
        }
    }
    let mut digits = String::new();
    for c in line.chars().chain([' ']) {
        match RAISED.iter().position(|raised| *raised == c) {
            Some(digit) => digits.push_str(&digit.to_string()),
            None if digits.is_empty() => {}
            None => cited.push(std::mem::take(&mut digits)),
        }
    }
    cited
}

fn cites_sign(line: &str, sign: &str) -> bool {
    line.split('|').any(|cell| has_sign(cell, sign))
}

/// Whether a cell holds a sign that is no emphasis: right behind a word or alone.
fn has_sign(cell: &str, mark: &str) -> bool {
    let sign = mark.chars().next().unwrap_or_default();
    let escaped = cell.replace("&ast;", "\\*");
    if escaped_run(&escaped, mark.len()) {
        return true;
    }
    let plain = escaped.replace("\\*", "");
    let mut runs = Vec::new();
    let mut chars = plain.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c != sign {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, _)) = chars.next_if(|(_, c)| *c == sign) {
            end = next + sign.len_utf8();
        }
        runs.push(&plain[at..end]);
    }
    // emphasis opens and closes, and items begin with a blank behind the star
    let same = runs.iter().filter(|run| **run == mark).count();
    let is_item = plain.trim_start().starts_with("* ");
    if sign == '*' { same % 2 == 1 && !is_item } else { same > 0 }
}

/// Whether stars are escaped as often in a row.
fn escaped_run(cell: &str, count: usize) -> bool {
    let run = "\\*".repeat(count);
    cell.match_indices(&run)
        .any(|(at, _)| !cell[..at].ends_with("\\*") && !cell[at + run.len()..].starts_with("\\*"))
}

#[cfg(test)]
mod tests {
    use super::super::comments::strip_comments;
    use super::*;
    use crate::parse::Run;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let raw: Vec<&str> = text.split('\n').collect();
        let (mut lines, _) = strip_comments(&raw, 1);
        let found = read_footnotes(&mut lines);
        let found: Vec<(usize, String)> = found
            .iter()
            .map(|one| {
                let text =
                    one.runs.iter().map(|run| if let Run::Text(text) = run { text } else { "?" });
                (one.cited_on, text.collect())
            })
            .collect();
        let found: Vec<(usize, &str)> = found.iter().map(|(at, text)| (*at, &**text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn notes_of_markdown() {
        check(
            "| a[^n] | b |\n\n[^n]: Not\n  on Sundays.\n[^m]: Unused.",
            &[(1, "Not on Sundays.")],
        );
        check("| a[^n] |\n| b[^n] |\n\n[^n]: Never.", &[(1, "Never."), (2, "Never.")]);
        check("| a[^n] |", &[]);
    }

    #[test]
    fn raised_marks() {
        check("| IBM<sup>1</sup> |\n\n<sup>1</sup> Not on Sundays.", &[(1, "Not on Sundays.")]);
        check(
            "<td>IBM<sup><a href=\"#n\">1</a>,2</sup></td>\n\n<p id=\"n\"><sup>1</sup> Not now.</p>",
            &[(1, "Not now.")],
        );
        check("| IBM^1^ | You¹ |\n\n^1^ Not now.", &[(1, "Not now.")]);
        check("| IBM [1] |\n\n[1] Not now.\n[2] Not here.", &[(1, "Not now.")]);
        check("| 5 m<sup>2</sup> |\n\n<sup>1</sup> Not now.", &[]);
    }

    #[test]
    fn signs() {
        check("| IBM\\* | You |\n\n\\* Not now.", &[(1, "Not now.")]);
        check("| IBM* | You |\n| *x* | y** |\n\n\\* Not now.", &[(1, "Not now.")]);
        check("| IBM** | You |\n\n\\*\\* Not now.", &[(1, "Not now.")]);
        check("| IBM† |\n\n† Not now.", &[(1, "Not now.")]);
        check("| IBM `[*]` |\n\n`[*]` Not now.", &[(1, "Not now.")]);
        check("| IBM [**] |\n| You [*] |\n\n[**] Not now.", &[(1, "Not now.")]);
        check("| IBM* |\n\n[*] Not now.", &[]);
        check("| IBM* |\n\n* an item here", &[]);
        check("| IBM* |\n\n*emphasis here* and", &[]);
    }
}
