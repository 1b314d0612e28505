//! What no output may hold.

/// Nothing in it steers a terminal, a bidirectional reader or a CI server. Line breaks are ours.
#[track_caller]
pub(crate) fn harmless(text: &str, of: &str) {
    for (number, line) in text.lines().enumerate() {
        if let Some(bad) = line.chars().find(|c| steers(*c)) {
            panic!("{of}, line {}: {bad:?} in {line:?}", number + 1);
        }
        let begins = line.trim_start_matches(|c: char| !c.is_ascii_graphic());
        let obeyed =
            begins.strip_prefix("::").is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        assert!(!obeyed && !line.contains("##["), "{of}, line {}: {line}", number + 1);
    }
    assert!(
        !text.contains(['\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']),
        "{of}"
    );
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text without our own colours and links; each link's target is given to `targets`.
pub(crate) fn without_looks(text: &str, targets: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&rest[..at]);
        let sequence = &rest[at + 1..];
        if let Some(link) = sequence.strip_prefix("]8;;") {
            let end = link.find("\u{1b}\\").unwrap();
            targets.push(link[..end].to_owned());
            rest = &link[end + 2..];
        } else {
            let codes = sequence.strip_prefix('[').unwrap_or_else(|| panic!("{sequence:.40?}"));
            let end = codes.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap();
            assert!(codes[end..].starts_with('m'), "{sequence:.40?}");
            rest = &codes[end + 1..];
        }
    }
    out + rest
}
