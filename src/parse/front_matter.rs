//! Front matter, also where it is no good YAML.
//!
//! Each field is looked for line by line, which gives its line and survives any mistake
//! around it; YAML is read besides, for values written over lines and to tell mistakes.

use serde_yaml::Value;

use super::{FrontMatter, yaml};
use crate::model::{Code, Notice};

/// Longer blocks are not handed to the YAML parser.
const MOST_BYTES: usize = 64 * 1024;
/// More brackets than these make the YAML parser slow, and no author writes them.
const MOST_BRACKETS: usize = 256;
const QUOTES: [char; 6] = ['"', '\'', '“', '”', '‘', '’'];
/// What a key is followed by whose value is a block of text below it.
const BLOCK_SCALARS: [&str; 6] = ["|", ">", "|-", ">-", "|+", ">+"];
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
    match parse_yaml(inside) {
        Ok(value) => prefer(&mut fields, &value, inside, block.from + 1),
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

/// What keeps the YAML parser from reading the block, and on which of its lines, from 1.
struct Fault {
    line: usize,
    what: String,
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
    if let Some(to) = closing_fence(&lines[from..]).map(|at| from + at) {
        return Some(Extent { from, to, body: to + 1, fault: missing });
    }
    let inside = &lines[from..];
    let stays = |at: usize| may_be_inside(inside[at]) || is_comment_among_keys(&inside[at..]);
    let to = (0..inside.len()).find(|at| !stays(*at)).map_or(lines.len(), |at| from + at);
    let known = lines[from..to].iter().any(|line| has_key(line));
    let fault = Some("The front matter's closing `---` is missing.");
    known.then_some(Extent { from, to, body: to, fault })
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
    pair(line).is_some_and(|(key, _)| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known)))
}

fn may_be_inside(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t']) || pair(line).is_some()
}

/// `key: value`, the key a single word, quoted or not.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
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
        let value = || {
            let is_above_value = value.is_empty() || BLOCK_SCALARS.contains(&value.as_str());
            if is_above_value { value_below(&lines[index + 1..]) } else { value.clone() }
        };
        if key.eq_ignore_ascii_case("lastupdated") {
            fields.last_updated = filled(value()).map(|value| (value, at)).or(fields.last_updated);
        } else if key.eq_ignore_ascii_case("subcollection") {
            fields.subcollection = filled(value()).or(fields.subcollection);
        } else if key.eq_ignore_ascii_case("years") {
            fields.years = filled(value()).map(|value| (value, at)).or(fields.years);
        } else if key.eq_ignore_ascii_case("copyright") {
            let value = value();
            let value = value.strip_prefix("years:").unwrap_or(&value).trim().to_owned();
            fields.years = filled(value).map(|value| (value, at)).or(fields.years);
        }
    }
    fields
}

fn filled(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// The value of a key that stands on the lines below it: a text, or the items of a block list.
fn value_below(lines: &[&str]) -> String {
    let items = lines.iter().map_while(|line| line.trim().strip_prefix('-'));
    let items = items.take(64).map(unquoted).collect::<Vec<_>>().join(", ");
    let text = lines.iter().find(|line| !line.trim().is_empty());
    match text.filter(|line| line.starts_with([' ', '\t']) && pair(line).is_none()) {
        Some(text) if items.is_empty() => unquoted(without_comment(text.trim())),
        Some(_) | None => items,
    }
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
        let found = yaml::read(&text).map_err(|what| Fault { line: 1, what })?;
        return match found.twice.first() {
            Some(path) => fault(1, &format!("{} is there twice", path.join("."))),
            None => Ok(merged(found.value)),
        };
    }
    serde_yaml::from_str::<Value>(&text).map_err(|error| {
        let line = error.location().map_or(1, |at| at.line());
        let what = error.to_string();
        Fault { line, what: what.split(" at line ").next().unwrap_or_default().to_owned() }
    })
}

/// The value with what `<<` takes over from other mappings.
fn merged(value: Value) -> Value {
    let mut whole = value.clone();
    if whole.apply_merge().is_ok() { whole } else { value }
}

/// YAML's own values, where they are scalars or lists of them. A value without a line of its own
/// is of its key's.
fn prefer(fields: &mut FrontMatter, value: &Value, lines: &[&str], first_line: usize) {
    let line_of = |name: &str| {
        let is_named = |line: &&str| pair(line).is_some_and(|(key, _)| key == name);
        lines.iter().position(is_named).map(|at| first_line + at)
    };
    if let Some(value) = value.get("lastupdated").and_then(scalar) {
        let line = fields.last_updated.as_ref().map(|(_, line)| *line);
        let line = line.or_else(|| line_of("lastupdated")).unwrap_or(first_line);
        fields.last_updated = Some((value, line));
    }
    let copyright = value.get("copyright");
    if let Some(value) = copyright.and_then(|c| c.get("years")).and_then(scalar) {
        let line = fields.years.as_ref().map(|(_, line)| *line);
        let line = line.or_else(|| line_of("years")).or_else(|| line_of("copyright"));
        fields.years = Some((value, line.unwrap_or(first_line)));
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
    if let Value::Tagged(tagged) = value {
        return single(&tagged.value);
    }
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
    fn comments_belong_to_yaml() {
        check(
            "---\n# Use if asked.\ncopyright:\n  years: 2020 # first\n# Or:\n# lastupdated: 1\n\
             lastupdated: 2020-02-03\n## End\n---\n# T\n\nSome words\n\n---\n",
            "2020-02-03",
            "2020",
            0,
        );
        // no closing fence: the title is no comment
        let text = "---\nlastupdated: 2020-02-03\n\n# Title\n\nSome words\n\n---\nMore\n";
        let (_, body, told) = parse(text);
        assert_eq!((body, told.len()), (3, 1));
        let text = "---\n# About\nlastupdated: 2020-02-03\n\n# Title\n\nSome words\n";
        let (fields, body, _) = parse(text);
        assert_eq!((fields.last_updated, body), (Some(("2020-02-03".to_owned(), 3)), 4));
    }

    #[test]
    fn values_in_every_form_that_yaml_has() {
        let day = "2020-02-03";
        check(
            "---\ncopyright:\n  years:\n    2019\nlastupdated:\n  \"2020-02-03\"\n---",
            day,
            "2019",
            0,
        );
        check("---\nday: &d 2020-02-03\nlastupdated: *d\n---", day, "", 0);
        check("---\nlastupdated: &d 2020-02-03\nreviewed: *d\n---", day, "", 0);
        check("---\nbase: &b\n  lastupdated: 2020-02-03\n<<: *b\n---", day, "", 0);
        check("---\nlastupdated: !day 2020-02-03\n---", day, "", 0);
        check("---\nlastupdated: >-\n  2020-02-03\n---", day, "", 0);
        check("---\nlastupdated: |\n  2020-02-03\n---", day, "", 0);
        check(
            "---\n'lastupdated': '2020-02-03'\n\"copyright\":\n  'years': 2019\n---",
            day,
            "2019",
            0,
        );
        check("---\n{lastupdated: 2020-02-03, copyright: {years: \"2019\"}}\n---", day, "2019", 0);
        check("---\nkeywords: a: b\nlastupdated:\n  \"2020-02-03\"\n---", day, "", 1);
    }

    #[test]
    fn bombs_are_not_parsed() {
        check("---\na: &a [x,x]\nb: [*a,*a]\nlastupdated: 2020-02-03\n---", "2020-02-03", "", 0);
        let bomb = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\n\
                    d: [*c,*c,*c,*c,*c,*c,*c,*c]\n";
        check(&format!("---\n{bomb}lastupdated: 2020-02-03\n---"), "2020-02-03", "", 1);
        let deep = format!("---\na: {}\nlastupdated: 2020-02-03\n---", "[".repeat(9_000));
        check(&deep, "2020-02-03", "", 1);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert_eq!(parse("---\nSome words\n\n# T").1, 0);
        assert_eq!(parse("# T\n\nlastupdated: x").1, 0);
    }
}
