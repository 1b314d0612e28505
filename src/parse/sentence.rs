//! Runs to sentences.

use super::{Run, pieces};
use crate::vocabulary::WordList;

/// A dot after these ends no sentence.
static ABBREVIATIONS: WordList = WordList::named("abbreviations");

/// Digits that cite a footnote.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Splits runs into sentences, never inside code or keyrefs.
#[must_use]
pub fn split_sentences(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut sentences = Vec::new();
    let mut current: Vec<Run> = Vec::new();
    let mut marks = Marks::default();
    for (index, run) in runs.iter().enumerate() {
        let Run::Text(text) = run else {
            current.push(run.clone());
            continue;
        };
        let mut from = 0;
        for end in sentence_ends(text) {
            let next = text[end..].trim_start();
            let starts = match next.chars().next() {
                Some(c) => begins_sentence(c, next),
                None => runs.get(index + 1).is_some_and(is_opaque),
            };
            let fresh = current.is_empty();
            if starts && ends_sentence(&text[from..end], next, fresh, &mut marks) {
                current.push(Run::Text(text[from..end].to_owned()));
                finish_sentence(&mut current, &mut sentences);
                marks = Marks::default();
                from = end;
            }
        }
        current.push(Run::Text(text[from..].to_owned()));
    }
    finish_sentence(&mut current, &mut sentences);
    sentences
}

fn finish_sentence(current: &mut Vec<Run>, sentences: &mut Vec<Vec<Run>>) {
    let mut runs = std::mem::take(current);
    pieces::trim_runs(&mut runs);
    if !runs.is_empty() {
        sentences.push(runs);
    }
}

/// Code, keyrefs and included text may open a sentence.
fn is_opaque(run: &Run) -> bool {
    match run {
        Run::Code(_) | Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => true,
        Run::Text(_) => false,
    }
}

/// Where a terminator, with quotes and brackets that close after it and the raised number of a
/// footnote, is followed by a blank.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let is_end = |c: char| ".!?…".contains(c);
    text.char_indices().filter_map(move |(at, c)| {
        let tail = &text[at + c.len_utf8()..];
        if !is_end(c) || tail.starts_with(is_end) {
            return None;
        }
        let after = tail.trim_start_matches(['"', '\'', '”', '’', ')', ']', '»']);
        let after = after.trim_start_matches(RAISED);
        after.starts_with(' ').then(|| text.len() - after.len())
    })
}

fn begins_sentence(c: char, next: &str) -> bool {
    if "([".contains(c) {
        return next[1..].starts_with(char::is_uppercase);
    }
    c.is_uppercase() || c.is_numeric() || "\"'“‘`<".contains(c)
}

/// Numbers of a list written within a sentence ("Do: 1. Review 2. Approve").
#[derive(Default)]
struct Marks {
    last: Option<u32>,
}

fn ends_sentence(sentence: &str, next: &str, fresh: bool, marks: &mut Marks) -> bool {
    let Some(body) = sentence.trim_end_matches(RAISED).strip_suffix('.') else {
        return true;
    };
    // a marker for nothing, no initial
    if fresh && body.trim_start().eq_ignore_ascii_case("n/a") {
        return true;
    }
    let word = body.rsplit([' ', '(', '"', '“', '/']).next().unwrap_or_default();
    let before = body[..body.len() - word.len()].trim_end();
    if is_mark(word, before, fresh, marks) {
        return false;
    }
    let numbered = ["No", "Nos"].contains(&word) && next.starts_with(char::is_numeric);
    let initial = word.ends_with(char::is_uppercase)
        && (word.chars().count() == 1
            || word.rsplit('.').next().is_some_and(|l| l.chars().count() == 1));
    let lower = word.to_lowercase();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    !(numbered || initial || ABBREVIATIONS.has(lower))
}

fn is_mark(word: &str, before: &str, fresh: bool, marks: &mut Marks) -> bool {
    if word.is_empty() || word.len() > 2 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let number = word.parse().unwrap_or(0);
    let first = (before.is_empty() && fresh) || before.ends_with([':', ';']);
    let mark = first || marks.last.is_some_and(|last| last + 1 == number);
    if mark {
        marks.last = Some(number);
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::super::inline::parse_runs;
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let shown = |runs: &Vec<Run>| {
            let one = |run: &Run| match run {
                Run::Text(text) => text.clone(),
                Run::Code(code) => format!("`{code}`"),
                Run::Keyref { key, .. } => format!("<{key}>"),
                Run::Content(key) => key.clone(),
                Run::Image { alt, .. } => alt.clone(),
            };
            runs.iter().map(one).collect::<String>()
        };
        let got: Vec<String> = split_sentences(&parse_runs(text)).iter().map(shown).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn sentences_end() {
        check("Keep it.<sup>1</sup> Watch it.² Go", &["Keep it.¹", "Watch it.²", "Go"]);
        check("Keep it. Back it up! Done? Yes", &["Keep it.", "Back it up!", "Done?", "Yes"]);
        check(
            "Keep it. `sky` runs. {{site.data.keyword.a}} too.",
            &["Keep it.", "`sky` runs.", "<a> too."],
        );
        check("Keep it (safe.) \"Now\" go.. Next", &["Keep it (safe.)", "\"Now\" go..", "Next"]);
        check("See [Is it safe?](/docs/x). 3 nodes.", &["See Is it safe?.", "3 nodes."]);
        check("Use X etc. The rest", &["Use X etc.", "The rest"]);
        check("N/A. See Vaults.", &["N/A.", "See Vaults."]);
        check("Upgrade to version 4. You must", &["Upgrade to version 4.", "You must"]);
    }

    #[test]
    fn sentences_go_on() {
        check(
            "Use it, e.g. OAuth (i.e. OIDC) vs. SAML",
            &["Use it, e.g. OAuth (i.e. OIDC) vs. SAML"],
        );
        check(
            "In the U.S. Government cloud, No. 5 of Acme Inc. Ltd",
            &["In the U.S. Government cloud, No. 5 of Acme Inc. Ltd"],
        );
        check(
            "Version 4.7 or earlier; 99.99% up. or so",
            &["Version 4.7 or earlier; 99.99% up. or so"],
        );
        check("Do: 1. Review it 2. Approve it", &["Do: 1. Review it 2. Approve it"]);
        check("1. Review it. Then go", &["1. Review it.", "Then go"]);
        check("Run `a. B` and site.data. x", &["Run `a. B` and site.data. x"]);
    }
}
