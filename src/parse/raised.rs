//! Raised text that is written between carets.

use std::borrow::Cow;

use super::spans;

/// Signs that mark a footnote.
const SIGNS: [char; 5] = ['*', '†', '‡', '§', '¶'];
/// Longer text between carets is not raised.
const LONGEST: usize = 4;

/// `^1^` written as `<sup>1</sup>`, outside code.
pub(super) fn in_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('^') {
        return Cow::Borrowed(text);
    }
    let code = spans::code_spans(text);
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
        let in_code = spans::spans_hold(&code, open);
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
    fn carets_raise() {
        assert_eq!(in_tags("a^1^ b^TM^"), "a<sup>1</sup> b<sup>TM</sup>");
        for text in ["x^2 + y^2", "`a^1^`", "[^1][^2]", "plain", "\\^1^"] {
            assert_eq!(in_tags(text), text);
        }
    }
}
