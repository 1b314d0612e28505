//! Signs in a page's text that steer who shows it: a terminal, a reader of bidirectional text, a
//! CI server's log. In files that machines read they are written as escapes, so that reading gives
//! the same text and looking at the file does no harm.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

/// Begins and ends the code of a sign on its way through the YAML writer, which writes texts with
/// such characters in double quotes, and these as [`OPENED`] and [`CLOSED`].
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
const OPENED: &str = "\\x01";
const CLOSED: &str = "\\x02";

/// Whether a terminal or a bidirectional reader would obey it: C0 but white space, C1, separators
/// of lines and paragraphs, bidirectional marks, overrides and isolates, interlinear marks, tags.
#[must_use]
pub const fn steers_terminal(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}'
        | '\u{e}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a CI server would take a line that begins like that for a command, or one that holds
/// it: `::error`, `##[error]`, `##vso[...]`, `##teamcity[...]`. Its first sign is to be escaped.
#[must_use]
pub fn is_ci_command(text: &str) -> bool {
    let mut rest = text.chars();
    let (first, second, third) = (rest.next(), rest.next(), rest.next());
    match (first, second, third) {
        (Some(':'), Some(':'), Some(next)) => next.is_ascii_alphabetic(),
        (Some('#'), Some('#'), Some(next)) => next.is_ascii_alphabetic() || next == '[',
        _ => false,
    }
}

/// JSON that says the same, in which no such sign stands for itself.
#[must_use]
pub fn quiet_json(json: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&json) else { return json };
    if !needs_care(text) {
        return json;
    }
    let mut out = String::with_capacity(text.len() + 64);
    for (at, c) in text.char_indices() {
        // outside of strings there is no such sign, and within them none ends an escape; line
        // breaks between the fields are not text
        if steers_terminal(c) || is_ci_command(&text[at..]) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // writing to a String cannot fail
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.into_bytes()
}

/// The value as YAML in which no sign that steers stands for itself; for files.
///
/// # Errors
/// Where the value cannot be written as YAML.
pub fn quiet_yaml(value: &impl Serialize) -> Result<String, serde_yaml::Error> {
    write_yaml(value, |rest| rest.starts_with(steers_terminal))
}

/// The same for standard output, which may be a CI server's log.
///
/// # Errors
/// Where the value cannot be written as YAML.
pub fn shown_yaml(value: &impl Serialize) -> Result<String, serde_yaml::Error> {
    write_yaml(value, |rest| rest.starts_with(steers_terminal) || is_ci_command(rest))
}

/// Whether what is left of a text begins with a sign that is to be escaped.
type Harmful = fn(&str) -> bool;

fn write_yaml(value: &impl Serialize, harmful: Harmful) -> Result<String, serde_yaml::Error> {
    let plain = serde_yaml::to_string(value)?;
    if !plain.char_indices().any(|(at, _)| harmful(&plain[at..])) {
        return Ok(plain);
    }
    let mut value = serde_yaml::to_value(value)?;
    mark_signs(&mut value, harmful);
    let marked = serde_yaml::to_string(&value)?;
    let mut out = String::with_capacity(marked.len());
    let mut parts = marked.split(OPENED);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (code, rest) = part.split_once(CLOSED).unwrap_or(("", part));
        let _ = match code.len() {
            0..=4 => write!(out, "\\u{code:0>4}"),
            _ => write!(out, "\\U{code:0>8}"),
        };
        out.push_str(rest);
    }
    Ok(out)
}

/// Puts a code in the place of each sign; of what looks like a written mark, too.
fn mark_signs(value: &mut serde_yaml::Value, harmful: Harmful) {
    use serde_yaml::Value;
    match value {
        Value::String(text) => {
            if let Cow::Owned(marked) = marked_text(text, harmful) {
                *text = marked;
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| mark_signs(item, harmful)),
        Value::Mapping(entries) => {
            *entries = std::mem::take(entries)
                .into_iter()
                .map(|(mut key, mut value)| {
                    mark_signs(&mut key, harmful);
                    mark_signs(&mut value, harmful);
                    (key, value)
                })
                .collect();
        }
        Value::Tagged(tagged) => mark_signs(&mut tagged.value, harmful),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn marked_text(text: &str, harmful: Harmful) -> Cow<'_, str> {
    let is_harmful =
        |rest: &str| harmful(rest) || rest.starts_with(OPENED) || rest.starts_with(CLOSED);
    if !text.char_indices().any(|(at, _)| is_harmful(&text[at..])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if is_harmful(&text[at..]) {
            let _ = write!(out, "{OPEN}{:x}{CLOSE}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn needs_care(text: &str) -> bool {
    text.contains(steers_terminal) || text.contains("::") || text.contains("##")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 7] = [
        "a\u{1b}[31m\u{9b}2J\u{7f}b",
        "\u{202e}x\u{2066}",
        "\u{e0041}\u{1}41\u{2}",
        "\\x01202e\\x02 \u{200e}",
        "::error::x ##[error]y ##vso[z] std::time # ::1",
        "key: [\"\u{9b}\"]\nmore\n\u{85}\u{2028}\t\r",
        "\u{fffe}\u{feff}\\u001b\\\u{200f}\"",
    ];

    #[test]
    fn json_says_the_same_without_a_sign_of_its_own() {
        for text in TEXTS {
            let json = quiet_json(serde_json::to_vec_pretty(&[text]).unwrap());
            let reported = std::str::from_utf8(&json).unwrap();
            assert!(!reported.contains(steers_terminal), "{reported:?}");
            assert!(!reported.contains("::e") && !reported.contains("##["), "{reported}");
            assert_eq!(serde_json::from_str::<[String; 1]>(reported).unwrap(), [text]);
        }
        assert_eq!(quiet_json(b"{\"a\": \"b: c\"}".to_vec()), b"{\"a\": \"b: c\"}");
    }

    #[test]
    fn yaml_says_the_same_without_a_sign_of_its_own() {
        for text in TEXTS {
            let value = std::collections::BTreeMap::from([(text, [text, "plain"])]);
            for reported in [quiet_yaml(&value).unwrap(), shown_yaml(&value).unwrap()] {
                assert!(!reported.contains(steers_terminal), "{reported:?}");
                let read: std::collections::BTreeMap<String, [String; 2]> =
                    serde_yaml::from_str(&reported).unwrap();
                assert_eq!(read[text][0], text, "{reported}");
            }
            assert!(!shown_yaml(&value).unwrap().contains("##["));
        }
    }

    #[test]
    fn yaml_without_such_signs_is_as_ever() {
        let text = "one\ntwo\\x01\n";
        assert_eq!(quiet_yaml(&[text]).unwrap(), serde_yaml::to_string(&[text]).unwrap());
    }
}
