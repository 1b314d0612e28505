//! Front matter, also where it is no good YAML.
//!
//! Each field is looked for line by line, which gives its line and survives any mistake
//! around it; YAML is parsed as well, for values over several lines and to find mistakes.

use serde_yaml::Value;

use super::{FrontMatter, yaml};
use crate::model::{Code, Notice};

/// Longer blocks are not handed to the YAML parser.
const MOST_BYTES: usize = 64 * 1024;
/// Below so many blank lines no block begins.
const MOST_BLANK: usize = 64;
/// More brackets than these make the YAML parser slow, and no author writes them.
const MOST_BRACKETS: usize = 256;
const QUOTES: [char; 6] = ['"', '\'', '“', '”', '‘', '’'];
/// What a key is followed by whose value is a block of text below it.
const BLOCK_SCALARS: [&str; 6] = ["|", ">", "|-", ">-", "|+", ">+"];
const KEYS: [&str; 7] =
    ["copyright", "lastupdated", "years", "subcollection", "keywords", "content-type", "title"];

/// The fields, the index of the first line below the block, and what is wrong with it.
pub(super) fn read_front_matter(lines: &[&str]) -> (FrontMatter, usize, Vec<Notice>) {
    let Some(block) = find_extent(lines) else {
        return (FrontMatter::default(), 0, Vec::new());
    };
    let inside = lines.get(block.from..block.to).unwrap_or_default();
    let mut fields = by_line(inside, block.from + 1);
    let mut notices = Vec::new();
    if let Some(message) = block.fault {
        notices.push(Notice::at(block.from.max(1), Code::FrontMatter, message));
    }
    match parse_yaml(inside) {
        Ok(value) => prefer_yaml(&mut fields, &value, inside, block.from + 1),
        Err(fault) => {
            let Fault { line, what } = fault;
            notices.push(Notice::at(
                (block.from + line.max(1)).min(lines.len()),
                Code::FrontMatter,
                format!("The front matter is not valid YAML ({what}); it is read line by line."),
            ));
        }
    }
    (fields, block.body, notices)
}

/// The index of the first line below the block, and whether it stays so whatever lines follow.
pub(super) fn body_start(lines: &[&str]) -> (usize, bool) {
    let first = lines.iter().take(MOST_BLANK).position(|line| !line.trim().is_empty());
    let Some(first) = first else { return (0, lines.len() >= MOST_BLANK) };
    let opened = is_fence(lines[first]);
    if !opened && !has_key(lines[first]) {
        return (0, true);
    }
    let below = lines.get(first + usize::from(opened)..).unwrap_or_default();
    let body = find_extent(lines).map_or(0, |block| block.body);
    (body, closing_fence(below).is_some())
}

/// What keeps the YAML parser from reading the block, and on which of its lines, from 1.
struct Fault {
    line: usize,
    what: String,
}

struct FrontMatterExtent {
    from: usize,
    to: usize,
    body: usize,
    fault: Option<&'static str>,
}

fn find_extent(lines: &[&str]) -> Option<FrontMatterExtent> {
    let first = lines.iter().take(MOST_BLANK).position(|line| !line.trim().is_empty())?;
    let opened = is_fence(lines[first]);
    if !opened && !has_key(lines[first]) {
        return None;
    }
    let from = if opened { first + 1 } else { first };
    let missing = (!opened).then_some("The front matter's opening `---` is missing.");
    if let Some(to) = closing_fence(&lines[from..]).map(|at| from + at) {
        return Some(FrontMatterExtent { from, to, body: to + 1, fault: missing });
    }
    let inside = &lines[from..];
    let stays = |at: usize| may_be_inside(inside[at]) || is_comment_among_keys(&inside[at..]);
    let to = (0..inside.len()).find(|at| !stays(*at)).map_or(lines.len(), |at| from + at);
    let known = lines[from..to].iter().any(|line| has_key(line));
    let fault = Some("The front matter's closing `---` is missing.");
    known.then_some(FrontMatterExtent { from, to, body: to, fault })
}

/// The line that closes the block. Below a `# ` line, which is a comment or the page's title,
/// only what can be YAML may stand before it.
fn closing_fence(lines: &[&str]) -> Option<usize> {
    let mut bytes = 0;
    let mut below_comment = false;
    for (index, line) in lines.iter().enumerate() {
        bytes += line.len() + 1;
        if is_fence(line) || line.trim_end() == "..." {
            return Some(index);
        }
        let is_comment = line.starts_with('#');
        let may_be_yaml = is_comment || line.trim_start().starts_with("- ") || may_be_inside(line);
        if bytes > MOST_BYTES || (below_comment && !may_be_yaml) {
            return None;
        }
        below_comment |= is_comment;
    }
    None
}

/// Whether the first line is a comment, and a field of the front matter follows it.
fn is_comment_among_keys(lines: &[&str]) -> bool {
    const MOST_COMMENTS: usize = 64;
    let is_comment = |line: &str| line.starts_with('#');
    let below = &lines[..lines.len().min(MOST_COMMENTS)];
    let next = below.iter().find(|line| !is_comment(line) && !line.trim().is_empty());
    lines.first().is_some_and(|line| is_comment(line)) && next.is_some_and(|line| has_key(line))
}

fn is_fence(line: &str) -> bool {
    line.starts_with("---") && line.trim_end().bytes().all(|b| b == b'-')
}

fn has_key(line: &str) -> bool {
    parse_pair(line)
        .is_some_and(|(key, _)| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known)))
}

fn may_be_inside(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t']) || parse_pair(line).is_some()
}

/// `key: value`, the key a single word, quoted or not.
fn parse_pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    let word =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    word.then_some((key, value.trim()))
}

fn by_line(lines: &[&str], first_line: usize) -> FrontMatter {
    let mut fields = FrontMatter::default();
    for (index, line) in lines.iter().enumerate() {
        let Some((key, value)) = parse_pair(line) else { continue };
        let at = first_line + index;
        let value = unquote_value(without_comment(value));
        let value = || {
            let is_above_value = value.is_empty() || BLOCK_SCALARS.contains(&value.as_str());
            if is_above_value { value_below(&lines[index + 1..]) } else { value.clone() }
        };
        if key.eq_ignore_ascii_case("lastupdated") {
            fields.last_updated =
                non_empty(value()).map(|value| (value, at)).or(fields.last_updated);
        } else if key.eq_ignore_ascii_case("subcollection") {
            fields.subcollection = non_empty(value()).or(fields.subcollection);
        } else if key.eq_ignore_ascii_case("years") {
            fields.years = non_empty(value()).map(|value| (value, at)).or(fields.years);
        } else if key.eq_ignore_ascii_case("copyright") {
            let value = value();
            let value = value.strip_prefix("years:").unwrap_or(&value).trim().to_owned();
            fields.years = non_empty(value).map(|value| (value, at)).or(fields.years);
        }
    }
    fields
}

/// A field of the front matter of a page by its name, dots between nested ones, and its line.
pub(super) fn read_field(lines: &[&str], name: &str) -> Option<(String, usize)> {
    let block = find_extent(lines)?;
    let inside = lines.get(block.from..block.to)?;
    let (outer, inner) = name.split_once('.').map_or((name, None), |(a, b)| (a, Some(b)));
    let line_of = |wanted: &str| {
        inside.iter().position(|line| {
            line.split_once(':').is_some_and(|(key, _)| {
                key.trim().trim_matches(['"', '\'']).eq_ignore_ascii_case(wanted)
            })
        })
    };
    // `ms.date` may be one key, or a key within another
    let at = line_of(name).or_else(|| line_of(inner?)).or_else(|| line_of(outer));
    let line = block.from + 1 + at.unwrap_or_default();
    if let Ok(value) = parse_yaml(inside) {
        let nested = || inner.and_then(|inner| value.get(outer)?.get(inner));
        let found = value.get(name).or_else(nested).and_then(scalar_text);
        return found.map(|found| (found, line));
    }
    let (_, value) = inside.get(line_of(name)?)?.split_once(':')?;
    non_empty(unquote_value(without_comment(value.trim()))).map(|found| (found, line))
}

fn non_empty(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// The value of a key that stands on the lines below it: a text, or the items of a block list.
fn value_below(lines: &[&str]) -> String {
    let items = lines.iter().map_while(|line| line.trim().strip_prefix('-'));
    let items = items.take(64).map(unquote_value).collect::<Vec<_>>().join(", ");
    let text = lines.iter().find(|line| !line.trim().is_empty());
    match text.filter(|line| line.starts_with([' ', '\t']) && parse_pair(line).is_none()) {
        Some(text) if items.is_empty() => unquote_value(without_comment(text.trim())),
        Some(_) | None => items,
    }
}

fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    value.find(" #").map_or(value, |at| &value[..at])
}

fn unquote_value(value: &str) -> String {
    let value: String = value.chars().filter(|c| !QUOTES.contains(c)).collect();
    value.trim().to_owned()
}

fn parse_yaml(lines: &[&str]) -> Result<Value, Fault> {
    let fault = |line, what: &str| Err(Fault { line, what: what.to_owned() });
    let bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
    if bytes > MOST_BYTES {
        return fault(1, "it is longer than 64 KB");
    }
    let text = lines.join("\n");
    let brackets = text.bytes().filter(|b| b"[{".contains(b)).count();
    if brackets > MOST_BRACKETS {
        return fault(1, "it is nested too deeply");
    }
    // anchors can grow without bound, so a counting reader takes them
    if yaml::has_anchor(&text) {
        let found = yaml::read_yaml(&text).map_err(|what| Fault { line: 1, what })?;
        return match found.twice.first() {
            Some(path) => fault(1, &format!("{} is there twice", path.join("."))),
            None => Ok(merge_mappings(found.value)),
        };
    }
    serde_yaml::from_str::<Value>(&text).map_err(|error| {
        let line = error.location().map_or(1, |at| at.line());
        let what = error.to_string();
        Fault { line, what: what.split(" at line ").next().unwrap_or_default().to_owned() }
    })
}

/// The value with what `<<` takes over from other mappings.
fn merge_mappings(value: Value) -> Value {
    let mut whole = value.clone();
    if whole.apply_merge().is_ok() { whole } else { value }
}

/// YAML's own values, where they are scalars or lists of them. A value without a line of its own
/// is of its key's.
fn prefer_yaml(fields: &mut FrontMatter, value: &Value, lines: &[&str], first_line: usize) {
    let line_of = |name: &str| {
        let is_named = |line: &&str| parse_pair(line).is_some_and(|(key, _)| key == name);
        lines.iter().position(is_named).map(|at| first_line + at)
    };
    if let Some(value) = value.get("lastupdated").and_then(scalar_text) {
        let line = fields.last_updated.as_ref().map(|(_, line)| *line);
        let line = line.or_else(|| line_of("lastupdated")).unwrap_or(first_line);
        fields.last_updated = Some((value, line));
    }
    let copyright = value.get("copyright");
    if let Some(value) = copyright.and_then(|c| c.get("years")).and_then(scalar_text) {
        let line = fields.years.as_ref().map(|(_, line)| *line);
        let line = line.or_else(|| line_of("years")).or_else(|| line_of("copyright"));
        fields.years = Some((value, line.unwrap_or(first_line)));
    }
    if let Some(value) = value.get("subcollection").and_then(scalar_text) {
        fields.subcollection = Some(value);
    }
}

fn scalar_text(value: &Value) -> Option<String> {
    if let Value::Sequence(items) = value {
        let items: Option<Vec<String>> = items.iter().map(single_text).collect();
        return items.map(|items| items.join(", ")).and_then(non_empty);
    }
    single_text(value).and_then(non_empty)
}

fn single_text(value: &Value) -> Option<String> {
    if let Value::Tagged(tagged) = value {
        return single_text(&tagged.value);
    }
    if let Value::Number(number) = value {
        return Some(number.to_string());
    }
    value.as_str().map(unquote_value)
}

#[cfg(test)]
mod tests;
