//! Raised text: trade marks, marks of footnotes, ordinals and exponents.

use std::borrow::Cow;

use super::spans;

/// Signs that mark a footnote.
const SIGNS: [char; 5] = ['*', '†', '‡', '§', '¶'];
/// Units that take an exponent.
const UNITS: [&str; 10] = ["m", "cm", "mm", "km", "ft", "in", "s", "x", "n", "r"];
/// Longer text between carets is not raised.
const LONGEST: usize = 4;

/// What a raised text reads as behind a word: a trade mark is a sign, the mark of a footnote is
/// nothing, anything else stays.
pub(super) fn read_as<'t>(raised: &'t str, before: &str) -> &'t str {
    let bare = raised.trim().trim_matches(['(', ')', '[', ']']);
    match bare.to_lowercase().as_str() {
        "tm" | "™" => "™",
        "r" | "®" => "®",
        "sm" | "℠" => "℠",
        _ if is_footnote_mark(bare, before) => "",
        _ => raised,
    }
}

/// `1`, `1, 2`, `a`, `*`; a number behind a number or a unit is an exponent.
fn is_footnote_mark(bare: &str, before: &str) -> bool {
    let marks = bare.split([',', ';', ' ']).filter(|mark| !mark.is_empty());
    let is_number = |mark: &str| mark.len() < 3 && mark.bytes().all(|b| b.is_ascii_digit());
    let is_letter = |mark: &str| mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_lowercase());
    let is_sign = |mark: &str| mark.chars().all(|c| SIGNS.contains(&c));
    let unit = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let exponent = before.ends_with(|c: char| c.is_ascii_digit())
        || UNITS.contains(&unit.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    let mut marks = marks.peekable();
    marks.peek().is_some()
        && marks.all(|mark| is_sign(mark) || (!exponent && (is_number(mark) || is_letter(mark))))
}

/// `^1^` written as `<sup>1</sup>`, outside code.
pub(super) fn in_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('^') {
        return Cow::Borrowed(text);
    }
    let code = spans::code(text);
    let mut out = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find('^').map(|found| at + found) {
        at = open + 1;
        let Some(length) = text[at..].find('^').filter(|length| (1..=LONGEST).contains(length))
        else {
            continue;
        };
        let inside = &text[at..at + length];
        let plain =
            |c: char| c.is_alphanumeric() || SIGNS.contains(&c) || matches!(c, ',' | '™' | '®');
        let in_code = spans::holds(&code, open);
        if in_code || !inside.chars().all(plain) || text[..open].ends_with(['\\', '[']) {
            continue;
        }
        out.extend([&text[from..open], "<sup>", inside, "</sup>"]);
        from = at + length + 1;
        at = from;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_what_is_none() {
        for (raised, before, expected) in [
            ("TM", "Hat", "™"),
            ("(R)", "IBM", "®"),
            ("1", "vault.", ""),
            ("1, 2", "vault", ""),
            ("[1]", "vault", ""),
            ("a", "vault", ""),
            ("*", "vault", ""),
            ("6", "10", "6"),
            ("2", "5m", "2"),
            ("th", "5", "th"),
            ("beta", "vault", "beta"),
        ] {
            assert_eq!(read_as(raised, before), expected, "{before}<sup>{raised}</sup>");
        }
    }

    #[test]
    fn carets_raise() {
        assert_eq!(in_tags("a^1^ b^TM^"), "a<sup>1</sup> b<sup>TM</sup>");
        for text in ["x^2 + y^2", "`a^1^`", "[^1][^2]", "plain", "\\^1^"] {
            assert_eq!(in_tags(text), text);
        }
    }
}
