//! Attribute lists: `{: caption="..." caption-side="top"}`, also badly quoted ones.

const QUOTES: [char; 4] = ['"', '\'', '“', '”'];

/// Whether a line is an attribute list or a definition of one.
pub(super) fn is_list(line: &str) -> bool {
    let line = line.trim_start();
    line.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// The attributes of a line of lists; a definition (`{:tip: .tip}`) has none.
pub(super) fn parse(line: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = line.trim();
    if is_definition(rest) {
        return attributes;
    }
    loop {
        rest = rest.trim_start_matches([' ', '{', '}', ':', '|', ',']);
        if rest.is_empty() || rest.starts_with("-->") {
            return attributes;
        }
        let (attribute, after) = next_attribute(rest);
        attributes.extend(attribute);
        rest = after;
    }
}

/// The id that a line of lists gives.
pub(super) fn id_in_attributes(line: &str) -> Option<String> {
    let mut attributes = parse(line).into_iter();
    attributes.find(|(name, value)| name == "id" && !value.is_empty()).map(|(_, value)| value)
}

/// A heading's title without the lists behind it (`{: #id}`, and `{#id}` as kramdown has it), and
/// the id that they give.
pub(super) fn title_and_id(title: &str) -> (&str, Option<String>) {
    let id = title.find("{:").and_then(|at| id_in_attributes(&title[at..]));
    let short = title.trim_end().strip_suffix('}').and_then(|title| title.rfind("{#"));
    match short {
        Some(at) => {
            let given = title[at..].trim_matches(['{', '}', ' ', '#']).split(' ').next();
            (title[..at].trim_end(), id.or_else(|| given.map(str::to_owned)))
        }
        None => (title, id),
    }
}

fn is_definition(line: &str) -> bool {
    let name = line.trim_start_matches(['{', ' ']).trim_start_matches(':').trim_start();
    let end = name.find(|c: char| !is_name(c)).unwrap_or(name.len());
    end > 0 && name[end..].starts_with(':')
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// One attribute and what follows; always at least a character is consumed.
fn next_attribute(text: &str) -> (Option<(String, String)>, &str) {
    if let Some(mark @ ('#' | '.')) = text.chars().next() {
        let end = text.find([' ', '}']).unwrap_or(text.len());
        let name = if mark == '#' { "id" } else { "class" };
        return (Some((name.to_owned(), text[1..end].to_owned())), &text[end..]);
    }
    let end = text.find(|c: char| !is_name(c)).unwrap_or(text.len());
    if end == 0 {
        let skip = text.chars().next().map_or(1, char::len_utf8);
        return (None, &text[skip..]);
    }
    let (name, after) = text.split_at(end);
    let Some(value) = after.trim_start().strip_prefix('=') else {
        return (Some((name.to_owned(), String::new())), after);
    };
    let (value, after) = quoted_value(value.trim_start());
    (Some((name.to_owned(), value.trim().to_owned())), after)
}

/// A value and what follows. Authors put quotes inside quotes and forget the last one, so
/// a quote ends the value only where an attribute or the list's end follows.
fn quoted_value(text: &str) -> (&str, &str) {
    let Some(inside) = text.strip_prefix(QUOTES) else {
        let end = text.find([' ', '}']).unwrap_or(text.len());
        return text.split_at(end);
    };
    for (at, quote) in inside.match_indices(QUOTES) {
        let after = &inside[at + quote.len()..];
        if ends_here(after) {
            return (&inside[..at], after);
        }
    }
    let end = inside.rfind('}').unwrap_or(inside.len());
    (&inside[..end], &inside[end..])
}

fn ends_here(after: &str) -> bool {
    let next = after.trim_start();
    if next.is_empty() || next.starts_with(['}', '|']) {
        return true;
    }
    let name = next.find(|c: char| !is_name(c)).unwrap_or(next.len());
    next.len() < after.len() && (next.starts_with(['#', '.']) || next[name..].starts_with('='))
        || name > 0 && next[name..].starts_with('=')
        || name > 0 && next.len() < after.len() && next[name..].starts_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, want: &[(&str, &str)]) {
        let got = parse(line);
        let got: Vec<(&str, &str)> = got.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(got, want, "{line}");
    }

    #[test]
    fn lists_as_they_should_be() {
        let caption = ("caption", "Table 1. Duties for A. B");
        let line = r#"{: caption="Table 1. Duties for A. B" caption-side="top"}"#;
        check(line, &[caption, ("caption-side", "top")]);
        check("{: row-headers}", &[("row-headers", "")]);
        check(
            "{: #tab .simple}{: summary='x'}",
            &[("id", "tab"), ("class", "simple"), ("summary", "x")],
        );
        check(
            r#"{: caption="Use {{site.data.keyword.x}} well"}"#,
            &[("caption", "Use {{site.data.keyword.x}} well")],
        );
    }

    #[test]
    fn lists_as_they_are() {
        check(r#"{: caption="Table 2. Parts}"#, &[("caption", "Table 2. Parts")]);
        check(
            r#"{: caption="T" caption-side="top"|"#,
            &[("caption", "T"), ("caption-side", "top")],
        );
        check(
            r#"{: caption="T" caption-side="top"} -->"#,
            &[("caption", "T"), ("caption-side", "top")],
        );
        check(
            r#"{: caption="The "best" one" caption-side="top"}"#,
            &[("caption", r#"The "best" one"#), ("caption-side", "top")],
        );
        check(r"{:caption=“Curly”}", &[("caption", "Curly")]);
    }

    #[test]
    fn definitions_hold_nothing() {
        check("{:shortdesc: .shortdesc}", &[]);
        check("{:new_window: target=\"_blank\"}", &[]);
        assert!(is_list("{: note}") && !is_list("{{site.data.keyword.x}}"));
    }
}
