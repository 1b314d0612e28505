//! Links and images by reference: `[text][label]` with `[label]: target` somewhere on the page.
//! They become links with their target in place, so that a cell can be read without the page.

use std::collections::BTreeMap;

use super::comments::{Line, LineKind, without_long_indent};
use super::spans;

/// Longer labels are no labels.
const LONGEST_LABEL: usize = 200;

/// Puts targets in place of references and takes the definitions out. A page without definitions
/// is left as it is; returns whether it has any.
pub(super) fn resolve_references(lines: &mut [Line<'_>]) -> bool {
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let mut may_define = true;
    for line in lines.iter_mut() {
        if line.kind != LineKind::Text {
            may_define |= line.kind == LineKind::Code;
            continue;
        }
        let definition = if may_define { parse_definition(&line.text) } else { None };
        if let Some((label, target)) = definition {
            // the first definition of a label counts
            targets.entry(label).or_insert(target);
            line.kind = LineKind::Comment;
            line.text = "".into();
        } else {
            // a paragraph or a table row is not interrupted by a definition
            let text = without_long_indent(&line.text).trim();
            may_define = text.is_empty() || text.starts_with('#') || text.starts_with("{:");
        }
    }
    if targets.is_empty() {
        return false;
    }
    for line in
        lines.iter_mut().filter(|line| line.kind == LineKind::Text && line.text.contains('['))
    {
        if let Some(text) = with_targets(&line.text, &targets) {
            line.text = text.into();
        }
    }
    true
}

/// The label and target of `[label]: target "title"`.
fn parse_definition(line: &str) -> Option<(String, String)> {
    let text = line.trim_start();
    if line.len() - text.len() > 3 {
        return None;
    }
    let inside = text.strip_prefix('[').filter(|inside| !inside.starts_with('^'))?;
    let (name, rest) = inside.split_once("]:")?;
    if name.contains(['[', ']']) || name.len() > LONGEST_LABEL || name.trim().is_empty() {
        return None;
    }
    let rest = rest.trim();
    let (target, title) = match rest.strip_prefix('<') {
        Some(inside) => inside.split_once('>')?,
        None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    let titled = title.trim();
    let is_title =
        titled.is_empty() || titled.starts_with(['"', '\'', '(']) || titled.starts_with("{:");
    let is_plain = !target.is_empty() && !target.contains(['(', ')', ' ']);
    (is_title && is_plain).then(|| (normalized_label(name), target.to_owned()))
}

/// Labels are the same in any letter case, with any white space.
fn normalized_label(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text with targets in place of labels; none where it has no such reference.
fn with_targets(text: &str, targets: &BTreeMap<String, String>) -> Option<String> {
    let code = spans::code_spans(text);
    let mut out = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|found| at + found) {
        at = open + 1;
        if spans::spans_hold(&code, open) || text[..open].ends_with('\\') {
            continue;
        }
        let Some(close) = closing_bracket(text, open) else { continue };
        let shown = &text[open + 1..close];
        let rest = &text[close + 1..];
        if rest.starts_with(['(', ':']) {
            continue;
        }
        let behind = rest.strip_prefix('[').and_then(|inside| {
            let near = inside.bytes().take(LONGEST_LABEL).position(|byte| byte == b']')?;
            inside.get(..near)
        });
        let (name, end) = match behind {
            Some(name) if !name.trim().is_empty() => (name, close + name.len() + 3),
            Some(_) => (shown, close + 3),
            None => (shown, close + 1),
        };
        let Some(target) = targets.get(&normalized_label(name)) else { continue };
        out.push_str(&text[from..=close]);
        out.extend(["(", target, ")"]);
        from = end;
        at = end;
    }
    (from > 0).then(|| {
        out.push_str(&text[from..]);
        out
    })
}

/// Where the bracket that opens at `open` closes.
fn closing_bracket(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(open).take(2_000) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::comments::strip_comments;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let raw: Vec<&str> = text.split('\n').collect();
        let (mut lines, _) = strip_comments(&raw, 1);
        resolve_references(&mut lines);
        let kept: Vec<&str> = lines
            .iter()
            .filter(|line| line.kind == LineKind::Text)
            .map(|line| &*line.text)
            .collect();
        assert_eq!(kept, expected, "{text}");
    }

    #[test]
    fn references_get_their_targets() {
        check(
            "Use [the vault][V] or ![lock][].\n\n[v]: /docs/v \"T\"\n[Lock]: l.png",
            &["Use [the vault](/docs/v) or ![lock](l.png).", ""],
        );
        check("See [vault].\n\n[vault]: <https://x>", &["See [vault](https://x).", ""]);
        check(
            "| [a][v] | `[b][v]` | [c](/c) |\n\n[v]: /v",
            &["| [a](/v) | `[b][v]` | [c](/c) |", ""],
        );
    }

    #[test]
    fn what_is_no_definition_stays() {
        check("[a][v] and [^n]\n\n[^n]: note", &["[a][v] and [^n]", "", "[^n]: note"]);
        check("text\n[v]: /v\n[a][v]", &["text", "[v]: /v", "[a][v]"]);
        check("[v]: some words here", &["[v]: some words here"]);
        check("[x] done\n\n[v]: /v", &["[x] done", ""]);
    }
}
