//! The signs that begin items of lists, and how deep those are.

/// A list's item: the sign and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MarkedItem<'t> {
    pub(super) marker: Marker,
    pub(super) text: &'t str,
}

/// A kind of sign. Items with the same one are of the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// So many asterisks.
    Stars(usize),
    /// So many dots.
    Dots(usize),
    /// A hyphen.
    Hyphen,
    /// A bullet.
    Bullet,
    /// `1.`
    Number,
    /// `a.`
    Letter,
    /// `i)`
    Roman,
    /// `<1>`
    Callout,
}

/// The item that a line begins.
pub(super) fn parse_item(line: &str) -> Option<MarkedItem<'_>> {
    const DEEPEST: usize = 5;
    let text = line.trim_start();
    let first = text.chars().next()?;
    let run = || text.len() - text.trim_start_matches(first).len();
    let (marker, length) = match first {
        '*' => (Marker::Stars(run()), run()),
        '.' => (Marker::Dots(run()), run()),
        '-' => (Marker::Hyphen, 1),
        '•' => (Marker::Bullet, first.len_utf8()),
        '<' => {
            let end = text.find('>')?;
            let inside = &text[1..end];
            let is_callout = inside == "." || inside.bytes().all(|byte| byte.is_ascii_digit());
            (is_callout && !inside.is_empty()).then_some((Marker::Callout, end + 1))?
        }
        '0'..='9' => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            text[digits..].starts_with('.').then_some((Marker::Number, digits + 1))?
        }
        'a'..='z' | 'A'..='Z' if text[1..].starts_with('.') => (Marker::Letter, 2),
        'i' | 'v' | 'x' | 'I' | 'V' | 'X' => {
            let letters =
                text.len() - text.trim_start_matches(|c: char| "ivxIVX".contains(c)).len();
            text[letters..].starts_with(')').then_some((Marker::Roman, letters + 1))?
        }
        _ => return None,
    };
    if matches!(marker, Marker::Stars(count) | Marker::Dots(count) if count > DEEPEST) {
        return None;
    }
    let rest = text.get(length..)?;
    let text = rest.trim_start();
    let is_bullet = matches!(marker, Marker::Stars(_) | Marker::Hyphen);
    let text = if is_bullet { without_checkbox(text) } else { text };
    (rest.len() > text.len() && !text.is_empty()).then_some(MarkedItem { marker, text })
}

/// The text of an item of a checklist without its box.
fn without_checkbox(text: &str) -> &str {
    let boxes = ["[ ] ", "[x] ", "[*] "];
    boxes.iter().find_map(|checkbox| text.strip_prefix(checkbox)).unwrap_or(text)
}

/// A term of a description list, and what stands behind it on the line.
pub(super) fn parse_term(line: &str) -> Option<(usize, &str, &str)> {
    const SIGNS: [&str; 4] = ["::::", ":::", "::", ";;"];
    let text = line.trim_start();
    let at = text.match_indices([':', ';']).map(|(at, _)| at).find(|at| {
        SIGNS.iter().any(|sign| {
            let after = text[*at..].strip_prefix(sign);
            after.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    })?;
    let sign = SIGNS.iter().position(|sign| text[at..].starts_with(sign))?;
    let term = text[..at].trim_end();
    (!term.is_empty()).then(|| (sign, term, text[at + SIGNS[sign].len()..].trim()))
}

/// How deep items are, by the signs of the lists that are open.
#[derive(Debug, Default)]
pub(super) struct Depths {
    open: Vec<Marker>,
}

impl Depths {
    /// The depth of the next item.
    pub(super) fn depth_of(&mut self, marker: Marker) -> usize {
        const DEEPEST: usize = 32;
        match self.open.iter().position(|open| *open == marker) {
            Some(at) => self.open.truncate(at + 1),
            None if self.open.len() < DEEPEST => self.open.push(marker),
            None => {}
        }
        self.open.len().saturating_sub(1)
    }

    /// Ends all lists.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_their_depths() {
        let lines = ["* a", "** b", ". c", "** d", "* e", "- f", "1. g", "a. h", "<1> i", "• j"];
        let mut depths = Depths::default();
        let found: Vec<(usize, &str)> = lines
            .iter()
            .map(|line| {
                parse_item(line).map(|item| (depths.depth_of(item.marker), item.text)).unwrap()
            })
            .collect();
        assert_eq!(found[..5], [(0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e")]);
        for line in
            ["*a*", "** ", "*", ".Title", "...... x", "1 a", "text", "", "-", "<a> b", "e.g. a"]
        {
            assert_eq!(parse_item(line), None, "{line}");
        }
    }

    #[test]
    fn terms() {
        assert_eq!(parse_term("Red Hat:: stores"), Some((2, "Red Hat", "stores")));
        assert_eq!(parse_term("Term;;"), Some((3, "Term", "")));
        assert_eq!(parse_term("a::b and c"), None);
        assert_eq!(parse_term(":: x"), None);
    }
}
