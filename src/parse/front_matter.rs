//! Front matter, also where it is no good YAML.
//!
//! Each field is looked for line by line, which gives its line and survives any mistake
//! around it; YAML is read besides, for values written over lines and to tell mistakes.

use serde_yaml::Value;

use super::FrontMatter;
use crate::model::{Code, Notice};

/// Longer blocks are not handed to the YAML parser.
const MOST_BYTES: usize = 64 * 1024;
/// More brackets than these make the YAML parser slow, and no author writes them.
const MOST_BRACKETS: usize = 256;
const QUOTES: [char; 6] = ['"', '\'', '“', '”', '‘', '’'];
const KEYS: [&str; 7] =
    ["copyright", "lastupdated", "years", "subcollection", "keywords", "content-type", "title"];

/// The fields, the index of the first line below the block, and what is wrong with it.
pub(super) fn read(lines: &[&str]) -> (FrontMatter, usize, Vec<Notice>) {
    let Some(block) = locate(lines) else {
        return (FrontMatter::default(), 0, Vec::new());
    };
    let inside = lines.get(block.from..block.to).unwrap_or_default();
    let mut fields = by_line(inside, block.from + 1);
    let mut notices = Vec::new();
    if let Some(message) = block.fault {
        notices.push(Notice::at(block.from.max(1), Code::FrontMatter, message));
    }
    match yaml(inside) {
        Yaml::Good(value) => prefer(&mut fields, &value),
        Yaml::Unsafe => {}
        Yaml::Bad(line, what) => notices.push(Notice::at(
            (block.from + line.max(1)).min(lines.len()),
            Code::FrontMatter,
            format!("The front matter is no good YAML ({what}); it is read line by line."),
        )),
    }
    (fields, block.body, notices)
}

struct Extent {
    from: usize,
    to: usize,
    body: usize,
    fault: Option<&'static str>,
}

fn locate(lines: &[&str]) -> Option<Extent> {
    let first = lines.iter().take(64).position(|line| !line.trim().is_empty())?;
    let opened = is_fence(lines[first]);
    if !opened && !has_key(lines[first]) {
        return None;
    }
    let from = if opened { first + 1 } else { first };
    let missing = (!opened).then_some("The front matter's opening `---` is missing.");
    let mut bytes = 0;
    for (index, line) in lines.iter().enumerate().skip(from) {
        bytes += line.len() + 1;
        if is_fence(line) || line.trim_end() == "..." {
            return Some(Extent { from, to: index, body: index + 1, fault: missing });
        }
        if bytes > MOST_BYTES || (line.starts_with('#') && line.contains("# ")) {
            break;
        }
    }
    let to = lines
        .iter()
        .enumerate()
        .skip(from)
        .find(|(_, line)| !may_be_inside(line))
        .map_or(lines.len(), |(index, _)| index);
    let known = lines[from..to].iter().any(|line| has_key(line));
    let fault = Some("The front matter's closing `---` is missing.");
    known.then_some(Extent { from, to, body: to, fault })
}

fn is_fence(line: &str) -> bool {
    line.starts_with("---") && line.trim_end().bytes().all(|b| b == b'-')
}

fn has_key(line: &str) -> bool {
    pair(line).is_some_and(|(key, _)| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known)))
}

fn may_be_inside(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(' ') || pair(line).is_some()
}

/// `key: value`, the key a single word.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim();
    let word =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    word.then_some((key, value.trim()))
}

fn by_line(lines: &[&str], first_line: usize) -> FrontMatter {
    let mut fields = FrontMatter::default();
    for (index, line) in lines.iter().enumerate() {
        let Some((key, value)) = pair(line) else { continue };
        let at = first_line + index;
        let value = unquoted(without_comment(value));
        if key.eq_ignore_ascii_case("lastupdated") {
            fields.last_updated = filled(value).map(|value| (value, at)).or(fields.last_updated);
        } else if key.eq_ignore_ascii_case("subcollection") {
            fields.subcollection = filled(value).or(fields.subcollection);
        } else if key.eq_ignore_ascii_case("years") {
            let value = filled(value).unwrap_or_else(|| listed(&lines[index + 1..]));
            fields.years = filled(value).map(|value| (value, at)).or(fields.years);
        } else if key.eq_ignore_ascii_case("copyright") {
            let value = value.strip_prefix("years:").unwrap_or(&value).trim().to_owned();
            fields.years = filled(value).map(|value| (value, at)).or(fields.years);
        }
    }
    fields
}

fn filled(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// The items of a block list that follows its key.
fn listed(lines: &[&str]) -> String {
    let items = lines.iter().map_while(|line| line.trim().strip_prefix('-'));
    items.take(64).map(unquoted).collect::<Vec<_>>().join(", ")
}

fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    value.find(" #").map_or(value, |at| &value[..at])
}

fn unquoted(value: &str) -> String {
    let value: String = value.chars().filter(|c| !QUOTES.contains(c)).collect();
    value.trim().to_owned()
}

enum Yaml {
    Good(Value),
    Bad(usize, String),
    /// Nothing wrong, but nothing to give to a parser: anchors can grow without bound.
    Unsafe,
}

fn yaml(lines: &[&str]) -> Yaml {
    let bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
    if bytes > MOST_BYTES {
        return Yaml::Bad(1, "it is longer than 64 KB".to_owned());
    }
    let text = lines.join("\n");
    let brackets = text.bytes().filter(|b| b"[{".contains(b)).count();
    if brackets > MOST_BRACKETS {
        return Yaml::Bad(1, "it is nested too deep".to_owned());
    }
    if has_anchor(&text) {
        return Yaml::Unsafe;
    }
    match serde_yaml::from_str::<Value>(&text) {
        Ok(value) => Yaml::Good(value),
        Err(error) => {
            let line = error.location().map_or(1, |at| at.line());
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default().to_owned();
            Yaml::Bad(line, what)
        }
    }
}

fn has_anchor(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let starts = at == 0 || b" \n[{,".contains(&bytes[at - 1]);
        let named = bytes.get(at + 1).is_some_and(|b| !b" \n".contains(b));
        b"&*".contains(byte) && starts && named
    })
}

/// YAML's own values, where they are scalars or lists of them.
fn prefer(fields: &mut FrontMatter, value: &Value) {
    let lastupdated = value.get("lastupdated").and_then(scalar);
    if let (Some(value), Some(field)) = (lastupdated, fields.last_updated.as_mut()) {
        field.0 = value;
    }
    let copyright = value.get("copyright");
    let years = copyright.and_then(|c| c.get("years")).and_then(scalar);
    if let (Some(value), Some(field)) = (years, fields.years.as_mut()) {
        field.0 = value;
    }
    if let Some(value) = value.get("subcollection").and_then(scalar) {
        fields.subcollection = Some(value);
    }
}

fn scalar(value: &Value) -> Option<String> {
    if let Value::Sequence(items) = value {
        let items: Option<Vec<String>> = items.iter().map(single).collect();
        return items.map(|items| items.join(", ")).and_then(filled);
    }
    single(value).and_then(filled)
}

fn single(value: &Value) -> Option<String> {
    if let Value::Number(number) = value {
        return Some(number.to_string());
    }
    value.as_str().map(unquoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (FrontMatter, usize, Vec<Notice>) {
        read(&text.split('\n').collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(text: &str, date: &str, years: &str, notices: usize) {
        let (fields, _, told) = parse(text);
        assert_eq!(fields.last_updated.map(|f| f.0).unwrap_or_default(), date, "{text}");
        assert_eq!(fields.years.map(|f| f.0).unwrap_or_default(), years, "{text}");
        assert_eq!(told.len(), notices, "{text}\n{told:?}");
    }

    #[test]
    fn the_usual_block() {
        let text = "---\n\ncopyright:\n  years: 2019, 2025\nlastupdated: \"2025-01-02\"\n\n\
                    subcollection: skyvault\n\n---\n# T";
        let (fields, body, notices) = parse(text);
        assert_eq!(fields.last_updated, Some(("2025-01-02".to_owned(), 5)));
        assert_eq!(fields.years, Some(("2019, 2025".to_owned(), 4)));
        assert_eq!(fields.subcollection.as_deref(), Some("skyvault"));
        assert_eq!((body, notices.len()), (9, 0));
    }

    #[test]
    fn years_in_every_form() {
        check("---\ncopyright:\n years: 2019\n---", "", "2019", 0);
        check("---\ncopyright:\n  years: [2019, 2020]\n---", "", "2019, 2020", 0);
        check("---\ncopyright:\n  years:\n  - 2019\n  - \"2020\"\n---", "", "2019, 2020", 0);
        check("---\ncopyright:\n  years: 2020, \n---", "", "2020,", 0);
        check("---\ncopyright:\n  years:2019\n---", "", "2019", 0);
        check("---\ncopyright: \"2023, 2024\"\n---", "", "2023, 2024", 0);
        check("---\ncopyright:\n  years: 2019, 2020, 2021\n---", "", "2019, 2020, 2021", 0);
        check("---\ncopyright:\n  years: \"2025\", \"2025\"\n---", "", "2025, 2025", 1);
    }

    #[test]
    fn broken_blocks_are_read_by_line_and_told() {
        check(
            "---\nkeywords: {{site.data.keyword.x}} , y\nlastupdated: \"2020-02-03\"\n---",
            "2020-02-03",
            "",
            1,
        );
        check(
            "copyright:\n  years: 2020\nlastupdated: \"2020-02-03\"\n---\n# T",
            "2020-02-03",
            "2020",
            1,
        );
        check("\n---\nlastupdated: “2020-02-03”\n---\n", "2020-02-03", "", 0);
        check(
            "---\nsubcollection: a\nsubcollection: b\nlastupdated: 2020-02-03\n---",
            "2020-02-03",
            "",
            1,
        );
        check("---\nlastupdated: 2020-02-03\n\n# Title\n", "2020-02-03", "", 1);
        check("---\nlastupdated: [{LAST_UPDATED_DATE}]\n---", "[{LAST_UPDATED_DATE}]", "", 0);
    }

    #[test]
    fn bombs_are_not_parsed() {
        check("---\na: &a [x,x]\nb: [*a,*a]\nlastupdated: 2020-02-03\n---", "2020-02-03", "", 0);
        let deep = format!("---\na: {}\nlastupdated: 2020-02-03\n---", "[".repeat(9_000));
        check(&deep, "2020-02-03", "", 1);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert_eq!(parse("---\nSome words\n\n# T").1, 0);
        assert_eq!(parse("# T\n\nlastupdated: x").1, 0);
    }
}
