//! MDX to markdown, line by line, so that lines keep their numbers: imports, exports, comments and
//! the tags of components go, and what stands between them stays.

use std::collections::HashMap;
use std::ops::Range;

use super::head_of;

/// A tag is no longer than this; a `<` without an end is text.
const LONGEST_TAG: usize = 4096;
/// Attributes of components whose value is a title over what they hold.
const TITLES: [&str; 3] = ["label", "title", "summary"];

/// The same page in markdown.
pub(super) fn to_markdown(text: &str) -> String {
    let mut out = MdxWriter { constants: exported_constants(text), ..MdxWriter::default() };
    let mut rest = text;
    if let Some(end) = front_matter_end(text) {
        out.text.push_str(&text[..end]);
        rest = &text[end..];
    }
    out.write_body(rest);
    out.text
}

/// Where the body begins below the front matter.
fn front_matter_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("---\n")?;
    let mut at = text.len() - inside.len();
    for line in inside.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return Some(at);
        }
    }
    None
}

/// Texts that the page exports by a name: `export const cloud = 'Skyvault'`.
fn exported_constants(text: &str) -> HashMap<&str, &str> {
    text.split('\n').filter_map(exported_constant).collect()
}

fn exported_constant(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix("export const ")?.split_once('=')?;
    let value = value.trim().trim_end_matches(';');
    let quote = value.chars().next().filter(|c| "\"'`".contains(*c))?;
    Some((name.trim(), value.strip_prefix(quote)?.strip_suffix(quote)?))
}

#[derive(Default)]
struct MdxWriter<'t> {
    text: String,
    constants: HashMap<&'t str, &'t str>,
    /// The fence of the open code block.
    fence: Option<&'t str>,
    /// Whether no comment is closed below.
    no_comment_ends: bool,
}

impl<'t> MdxWriter<'t> {
    fn write_body(&mut self, body: &'t str) {
        let mut at = 0;
        let mut above_is_blank = true;
        while at < body.len() {
            let end = body[at..].find('\n').map_or(body.len(), |end| at + end + 1);
            let line = &body[at..end];
            let text = line.trim();
            if self.is_code(text) {
                self.text.push_str(line);
                at = end;
            } else if above_is_blank && (line.starts_with("import ") || line.starts_with("export "))
            {
                at = module_end(body, at);
                self.keep_lines(&body[end - line.len()..at]);
            } else if text.starts_with(":::") {
                // the sign of a note; its words are text
                self.keep_lines(line);
                at = end;
            } else {
                at = self.write_line(body, at, end);
            }
            above_is_blank = text.is_empty();
        }
    }

    /// Whether a line belongs to fenced code; opens and closes fences.
    fn is_code(&mut self, text: &'t str) -> bool {
        let mark = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark));
        match (self.fence, mark) {
            (None, Some(_)) => {
                let sign = text.chars().next().unwrap_or('`');
                let length = text.len() - text.trim_start_matches(sign).len();
                self.fence = Some(&text[..length]);
                true
            }
            (Some(fence), Some(_)) if text.starts_with(fence) => {
                self.fence = None;
                true
            }
            (fence, _) => fence.is_some(),
        }
    }

    /// Copies a line without its components; returns where it goes on, which is further below where
    /// one of them is broken over lines.
    fn write_line(&mut self, body: &'t str, start: usize, end: usize) -> usize {
        let line = &body[start..end];
        let mut at = start;
        // indentation inside of components is no code
        let inner = line.trim_start_matches(' ');
        if inner.starts_with(['|', '<']) {
            at += line.len() - inner.len();
        }
        let mut end = end;
        while at < end {
            let Some(found) = body[at..end].find(['<', '{', '`']).map(|found| at + found) else {
                self.text.push_str(&body[at..end]);
                return end;
            };
            self.text.push_str(&body[at..found]);
            let (written, length) = match body.as_bytes()[found] {
                b'`' => (None, code_length(&body[found..end])),
                b'<' => Self::replace_tag(body, found, body[start..found].trim().is_empty()),
                _ => self.replace_expression(body, found),
            };
            let source = &body[found..found + length];
            match written {
                Some(written) => {
                    self.text.push_str(&written);
                    self.keep_lines(source);
                }
                None => self.text.push_str(source),
            }
            at = found + length;
            if at > end {
                end = body[at..].find('\n').map_or(body.len(), |end| at + end + 1);
            }
        }
        at
    }

    /// What stands for a tag, none where it stays as it is, and its length. `opens_line` says that
    /// nothing stands before it.
    fn replace_tag(body: &str, at: usize, opens_line: bool) -> (Option<String>, usize) {
        let Some(tag) = Tag::parse(&body[at..]) else { return (None, 1) };
        if tag.is_component {
            let alone = opens_line && !tag.closes;
            let title = tag.title.filter(|_| alone).unwrap_or_default();
            return (Some(title), tag.length);
        }
        if tag.expressions.is_empty() {
            return (None, tag.length);
        }
        let mut kept = String::new();
        let mut from = at;
        for range in tag.expressions {
            kept.push_str(&body[from..at + range.start]);
            from = at + range.end;
        }
        kept.push_str(&body[from..at + tag.length]);
        // its line ends are kept apart
        (Some(kept.replace('\n', " ")), tag.length)
    }

    /// What stands for an expression in braces, and its length.
    fn replace_expression(&mut self, body: &str, at: usize) -> (Option<String>, usize) {
        let rest = &body[at..];
        if rest.starts_with("{/*") && !self.no_comment_ends {
            if let Some(end) = rest.find("*/}") {
                return (Some(String::new()), end + 3);
            }
            self.no_comment_ends = true;
        }
        if rest.starts_with("{{") {
            return (None, 2);
        }
        let line = rest.split('\n').next().unwrap_or_default();
        if let Some((text, length)) = quoted_expression(line) {
            // its braces are text
            return (Some(text.replace('{', "&#123;").replace('}', "&#125;")), length);
        }
        let Some(end) = line.find('}') else { return (None, 1) };
        let inside = line[1..end].trim();
        if let Some(text) = self.constants.get(inside) {
            return (Some((*text).to_owned()), end + 1);
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        let is_name = inside.starts_with(|c: char| c.is_ascii_alphabetic())
            && inside.chars().all(is_part)
            && !inside.ends_with('.');
        // a name whose value is not in this file is read as names of products are
        (is_name.then(|| format!("{{[{inside}]}}")), if is_name { end + 1 } else { 1 })
    }

    /// Writes the line ends of a text.
    fn keep_lines(&mut self, text: &str) {
        let count = text.bytes().filter(|byte| *byte == b'\n').count();
        self.text.extend(std::iter::repeat_n('\n', count));
    }
}

/// The text of `{'text'}` at the head of a line, and the length of all of it.
fn quoted_expression(line: &str) -> Option<(&str, usize)> {
    let inside = line.strip_prefix('{')?.trim_start();
    let quote = inside.chars().next().filter(|c| "\"'`".contains(*c))?;
    let (text, rest) = inside[1..].split_once(quote)?;
    let rest = rest.trim_start().strip_prefix('}')?;
    Some((text, line.len() - rest.len()))
}

/// Where an import or export ends: at a blank line outside of brackets.
fn module_end(body: &str, start: usize) -> usize {
    let mut depth = 0_i64;
    let mut at = start;
    for line in body[start..].split_inclusive('\n') {
        if line.trim().is_empty() && depth <= 0 {
            break;
        }
        at += line.len();
        for byte in line.bytes() {
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth -= 1,
                _ => {}
            }
        }
    }
    at
}

/// The length of a code span, or of its ticks where it is never closed.
fn code_length(text: &str) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let close = text[ticks..].find(&text[..ticks]).map(|end| ticks + end + ticks);
    close.unwrap_or(ticks)
}

/// A tag as it is written.
struct Tag {
    length: usize,
    closes: bool,
    /// Whether it is a component's and not HTML's.
    is_component: bool,
    title: Option<String>,
    /// Attributes whose values are expressions.
    expressions: Vec<Range<usize>>,
}

impl Tag {
    /// The tag at the start of a text that begins with `<`.
    fn parse(text: &str) -> Option<Self> {
        let text = head_of(text, LONGEST_TAG);
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let from = 1 + usize::from(closes);
        let is_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let name = bytes.get(from..)?.iter().take_while(|byte| is_name(byte)).count();
        let first = bytes.get(from).copied()?;
        let is_fragment = name == 0 && first == b'>';
        let is_component =
            is_fragment || first.is_ascii_uppercase() || bytes[from..from + name].contains(&b'.');
        if !is_fragment && !first.is_ascii_alphabetic() {
            return None;
        }
        let mut tag =
            Self { length: 0, closes, is_component, title: None, expressions: Vec::new() };
        let mut at = from + name;
        loop {
            match bytes.get(at)? {
                b'>' => {
                    tag.length = at + 1;
                    return Some(tag);
                }
                b'<' => return None,
                byte if byte.is_ascii_alphabetic() => at = tag.add_attribute(text, at)?,
                b'{' => at += braces_length(&bytes[at..])?,
                _ => at += 1,
            }
        }
    }

    /// Takes in the attribute that begins here; returns where it ends.
    fn add_attribute(&mut self, text: &str, start: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let ends =
            |byte: &u8| matches!(byte, b'=' | b'>' | b'/' | b'{') || byte.is_ascii_whitespace();
        let length = bytes[start..].iter().position(ends)?;
        let name = &text[start..start + length];
        let at = start + length;
        if bytes.get(at) != Some(&b'=') {
            return Some(at);
        }
        let value = at + 1;
        match bytes.get(value)? {
            quote @ (b'"' | b'\'') => {
                let end = bytes[value + 1..].iter().position(|byte| byte == quote)?;
                let inside = text.get(value + 1..value + 1 + end)?;
                if TITLES.contains(&name) && !inside.contains('\n') {
                    self.title = Some(inside.to_owned());
                }
                Some(value + end + 2)
            }
            b'{' => {
                let end = value + braces_length(&bytes[value..])?;
                self.expressions.push(start..end);
                Some(end)
            }
            _ => Some(value),
        }
    }
}

/// The length of an expression in braces.
fn braces_length(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = to_markdown(text);
        assert_eq!(found, expected);
        assert_eq!(found.matches('\n').count(), text.matches('\n').count());
    }

    #[test]
    fn modules_and_comments_go() {
        check("import A from 'a'\nimport {\n\n  B } from 'b'\n\n# T\n", "\n\n\n\n\n# T\n");
        check(
            "export const meta = {\n  a: 1\n}\n\nimports are text\n",
            "\n\n\n\nimports are text\n",
        );
        check("a {/* b\nc */} d\n{/* open", "a \n d\n{/* open");
        check("---\ntitle: a\n---\nimport x from 'y'\n", "---\ntitle: a\n---\n\n");
        check("```js\nimport a\n<Tag>\n```\n<Tag>b</Tag>\n", "```js\nimport a\n<Tag>\n```\nb\n");
    }

    #[test]
    fn components_go_and_their_titles_stay() {
        check("<Tabs>\n<Tab label=\"IBM\">\n  | a |\n</Tab>\n</Tabs>", "\nIBM\n| a |\n\n");
        check("| <Cell kind={a > b}>Rotate</Cell> | <Icon name='x' /> |", "| Rotate |  |");
        check(
            "<td style={{width: '5%'}} className=\"a\">x<br/></td>",
            "<td  className=\"a\">x<br/></td>",
        );
        check("<Admonition\n  type=\"note\"\n>\nText\n</Admonition>", "\n\n\nText\n");
        check("a < b and <b>c</b> <>d</>", "a < b and <b>c</b> d");
        check("`<Tag>` {'x'}{\" \"}y", "`<Tag>` x y");
        check("<Open a", "<Open a");
        check("{'{keys}'} {`it's`} {'open}", "&#123;keys&#125; it's {'open}");
    }

    #[test]
    fn names_are_put_in() {
        check(
            "export const cloud = 'Skyvault';\n\n{cloud} {props.owner} {{site.data.keyword.x}} {: #id} {#id}",
            "\n\nSkyvault {[props.owner]} {{site.data.keyword.x}} {: #id} {#id}",
        );
        check(":::note[Mind]\nText\n:::\n", "\nText\n\n");
    }
}
