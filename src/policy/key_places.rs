//! Finds where a key stands in a YAML text: the parser tells only where its mapping begins.

/// A line and a column, from 1.
pub(super) type KeyPlace = (usize, usize);

/// Where a key stands for the second time in the mapping that begins at a place, and words for where
/// it stands first.
pub(super) fn second_and_first(
    text: &str,
    mapping: KeyPlace,
    key: &str,
) -> Option<(KeyPlace, String)> {
    let [first, second] = places_of_key(text, mapping, key)?;
    let words = match first {
        (line, column) if line == second.0 => format!("in column {column}"),
        (line, _) => format!("on line {line}"),
    };
    Some((second, words))
}

/// The first two places of a key in the mapping that begins at a place. None where the mapping is
/// written in a way that a person would not choose for a settings file.
fn places_of_key(text: &str, mapping: KeyPlace, key: &str) -> Option<[KeyPlace; 2]> {
    let (line, column) = mapping;
    let start = text.lines().nth(line.checked_sub(1)?)?.chars().nth(column.checked_sub(1)?)?;
    let mut places = if start == '{' {
        flow_places(text, mapping, key)?
    } else {
        block_places(text, mapping, key)
    };
    places.truncate(2);
    places.try_into().ok()
}

/// Where a key begins a line of a block mapping.
fn block_places(text: &str, (first, column): KeyPlace, key: &str) -> Vec<KeyPlace> {
    let is_key = |line: &str| {
        let rest = line.get(column - 1..).map(|line| line.trim_start_matches(['"', '\'']));
        let rest = rest.and_then(|line| line.strip_prefix(key));
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    let indent_of = |line: &str| line.len() - line.trim_start().len();
    let is_inside = |line: &str| {
        indent_of(line) + 1 >= column || line.trim().is_empty() || line.trim().starts_with('#')
    };
    let mut lines = text.lines().enumerate().skip(first - 1);
    // the first key may stand behind the dash of a list
    let begin = lines.next().filter(|(_, line)| is_key(line));
    let rest = lines.take_while(|(_, line)| is_inside(line));
    let rest = rest.filter(|(_, line)| indent_of(line) + 1 == column && is_key(line));
    begin.into_iter().chain(rest).map(|(at, _)| (at + 1, column)).collect()
}

/// Where a key stands in a flow mapping (`{a: b, c: d}`), which may go on in the next lines.
fn flow_places(text: &str, (first, column): KeyPlace, key: &str) -> Option<Vec<KeyPlace>> {
    let mut places = Vec::new();
    let mut open = 0_usize;
    let mut is_entry_start = false;
    for (at, line) in text.lines().enumerate().skip(first - 1) {
        let mut rest = line;
        if at + 1 == first {
            rest = &line[line.char_indices().nth(column - 1)?.0..];
        }
        while let Some((token, after)) = next_token(rest)? {
            let start = line.len() - rest.trim_start().len();
            rest = after;
            match token {
                "{" | "[" => open += 1,
                "}" | "]" => open = open.saturating_sub(1),
                _ if open == 1 && is_entry_start && unquoted(token) == key => {
                    places.push((at + 1, line[..start].chars().count() + 1));
                }
                _ => {}
            }
            if open == 0 {
                return Some(places);
            }
            is_entry_start = open == 1 && (token == "," || (token == "{" && places.is_empty()));
        }
    }
    None
}

/// The next sign or word of a line and what stands behind it; none inside at the end of the line, and
/// none at all where a quoted text goes on in the next line.
#[expect(clippy::option_option, reason = "the outer one is for `?`")]
fn next_token(line: &str) -> Option<Option<(&str, &str)>> {
    let line = line.trim_start();
    let end = match line.chars().next() {
        None | Some('#') => return Some(None),
        Some('{' | '}' | '[' | ']' | ',' | ':') => 1,
        Some(quote @ ('"' | '\'')) => {
            let mut is_escaped = false;
            let close = line.char_indices().skip(1).find(|(_, c)| {
                let closes = *c == quote && !is_escaped;
                is_escaped = quote == '"' && *c == '\\' && !is_escaped;
                closes
            });
            close?.0 + 1
        }
        Some(_) => {
            let ends = |(at, c): &(usize, char)| match c {
                '{' | '}' | '[' | ']' | ',' => true,
                ':' => line[at + 1..].chars().next().is_none_or(|c| " ,[]{}".contains(c)),
                '#' => line[..*at].ends_with(' '),
                _ => false,
            };
            line.char_indices().find(ends).map_or(line.len(), |(at, _)| at)
        }
    };
    Some(Some((line[..end].trim_end(), &line[end..])))
}

fn unquoted(token: &str) -> &str {
    token.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, mapping: KeyPlace, expected: Option<[KeyPlace; 2]>) {
        assert_eq!(places_of_key(text, mapping, "a"), expected, "{text}");
    }

    #[test]
    fn keys_of_blocks_are_found_at_their_indent() {
        check("a: 1\nb:\n  a: 2\n# a: 3\n\"a\" : 4\n", (1, 1), Some([(1, 1), (5, 1)]));
        check("- a: 1\n  b: 2\n  a: 3\n- a: 4\n", (1, 3), Some([(1, 3), (3, 3)]));
        check("x:\n  ab: 1\n\n  a: 1\n  'a': 2\ny: 3\n  a: 4\n", (2, 3), Some([(4, 3), (5, 3)]));
        check("x:\n  a: 1\ny:\n  a: 2\n", (2, 3), None);
        check("? a\n: 1\n? a\n: 2\n", (1, 1), None);
    }

    #[test]
    fn keys_of_flow_mappings_are_found_between_their_commas() {
        check("x: {a: 1, a: 2}", (1, 4), Some([(1, 5), (1, 11)]));
        check(
            "ü: {'b': \"a, \\\"a: 1\", \"a\": [a, {a: 1}], a: 2}",
            (1, 4),
            Some([(1, 23), (1, 41)]),
        );
        check("x: {b: a, # a: 0\n  a: {},\n  a: a}\na: 1\n", (1, 4), Some([(2, 3), (3, 3)]));
        check("x: {a: http://a, ab: a, b: a}", (1, 4), None);
        check("x: {a: 'one\n  two', a: 2}", (1, 4), None);
        check("x: {a: 1, a: 2", (1, 4), None);
        check("x: 1", (3, 1), None);
    }
}
