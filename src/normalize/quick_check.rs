//! Whether a page is worth parsing, from its bytes alone. Every markdown file of a range goes
//! through here, so it looks for rare letters and allocates nothing per page. It lets too many pages
//! through rather than one too few, and takes its words from the grammar.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memrchr};

use super::canonical::CLIENT;
use super::duty_nouns::RESPONSIBILITY_STEMS;
use super::token::{IBM_KEYS, PARTIES};
use crate::model::Format;

/// The same for a page of any format. Cells of AsciiDoc may stand in lines of their own, and say
/// what an attribute does.
pub(super) fn may_assign_as(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Markdown | Format::Mdx => may_assign_responsibility(bytes),
        Format::AsciiDoc => {
            let cell = |at: usize| {
                let inside = bytes[at + 1..].trim_ascii_start();
                inside.starts_with(b"{") || opens_party_cell(inside, FIRST_WORDS)
            };
            holds_responsibility(bytes)
                || memchr2_iter(b'|', b'!', bytes).any(cell)
                || memchr::memmem::find(bytes, b",===").is_some()
                || memchr::memmem::find(bytes, b":===").is_some()
        }
    }
}

/// Never false for a page with a matrix: either a word for responsibility stands in it, or a
/// cell begins with a party's name.
pub(super) fn may_assign_responsibility(bytes: &[u8]) -> bool {
    holds_responsibility(bytes) || holds_party_cell(bytes)
}

/// Whether a cell of a table begins with a party's name.
pub(super) fn holds_party_cell(bytes: &[u8]) -> bool {
    let cell = |at: usize| opens_party_cell(&bytes[at + 1..], FIRST_WORDS);
    holds_party_row(bytes) || memchr_iter(b'>', bytes).any(cell)
}

/// Whether a row of bars may name a party: a row that may be a table's first or second in the first
/// words of a cell, or of two cells; any other at the head of a cell.
fn holds_party_row(bytes: &[u8]) -> bool {
    let mut at = 0;
    let mut below_row = false;
    while let Some(bar) = memchr(b'|', &bytes[at..]).map(|bar| at + bar) {
        let start = memrchr(b'\n', &bytes[at..bar]).map_or(at, |end| at + end + 1);
        below_row &= start == at;
        let end = memchr(b'\n', &bytes[bar..]).map_or(bytes.len(), |end| bar + end);
        let line = &bytes[start..end];
        let next = bytes.get(end + 1..).unwrap_or_default();
        let next = &next[..memchr(b'\n', next).unwrap_or(next.len())];
        if is_rule(line) {
            // what stands below a rule may be what the header should say
            below_row = false;
        } else {
            let words = if below_row && !is_rule(next) { 1 } else { FIRST_WORDS };
            let cells = || memchr_iter(b'|', line);
            let named =
                |words: usize| cells().filter(move |bar| opens_party_cell(&line[bar + 1..], words));
            if named(words).next().is_some() || named(FIRST_WORDS).nth(1).is_some() {
                return true;
            }
            below_row = true;
        }
        at = (end + 1).min(bytes.len());
    }
    false
}

/// Whether a line may be a table's rule.
fn is_rule(line: &[u8]) -> bool {
    let drawn = |byte: &u8| {
        matches!(byte, b'|' | b'-' | b':' | b'=' | b'+' | b'>' | b' ' | b'\t' | b'\r' | 0x80..)
    };
    line.iter().any(|byte| !byte.is_ascii_whitespace()) && line.iter().all(drawn)
}

/// Whether a word for responsibility stands anywhere, in any letter case; what a reader of the page
/// does not see may stand between its letters: emphasis, tags, notes, a soft hyphen.
pub(super) fn holds_responsibility(bytes: &[u8]) -> bool {
    // one search finds all stems that have a rare letter in common
    STEMS_BY_LETTER.iter().any(|(letter, stems)| {
        memchr2_iter(*letter, letter.to_ascii_uppercase(), bytes).any(|found| {
            stems.iter().any(|(before, after)| {
                starts_with(&bytes[found + 1..], after) && ends_with(&bytes[..found], before)
            })
        })
    })
}

/// What stands before and behind the rarest letter of a stem.
type SplitStem = (&'static [u8], &'static [u8]);

/// The stems of words for responsibility by their rarest letter.
static STEMS_BY_LETTER: LazyLock<BTreeMap<u8, Vec<SplitStem>>> = LazyLock::new(|| {
    const RARE: &[u8] = b"jqxzvkwybpgmufcd";
    let rank = |letter: u8| RARE.iter().position(|rare| *rare == letter).unwrap_or(RARE.len());
    let mut by_letter: BTreeMap<u8, Vec<SplitStem>> = BTreeMap::new();
    for stem in RESPONSIBILITY_STEMS.map(str::as_bytes) {
        if let Some(at) = (0..stem.len()).min_by_key(|at| rank(stem[*at])) {
            by_letter.entry(stem[at]).or_default().push((&stem[..at], &stem[at + 1..]));
        }
    }
    by_letter
});

fn ends_with(mut text: &[u8], letters: &[u8]) -> bool {
    letters.iter().rev().all(|wanted| {
        if !text.last().is_some_and(u8::is_ascii_alphabetic) {
            text = trim_unseen(text);
        }
        text.split_last().is_some_and(|(letter, rest)| {
            text = rest;
            letter.eq_ignore_ascii_case(wanted)
        })
    })
}

fn starts_with(text: &[u8], letters: &[u8]) -> bool {
    text.get(..letters.len()).is_some_and(|head| head.eq_ignore_ascii_case(letters))
}

fn trim_unseen(mut text: &[u8]) -> &[u8] {
    const FAR: usize = 80;
    let far = text.len().saturating_sub(FAR);
    while let Some((last, rest)) = text.split_last().filter(|(last, _)| !last.is_ascii_alphabetic())
    {
        let opening = match last {
            b']' => Some(b'['),
            b'>' => Some(b'<'),
            b'}' => Some(b'{'),
            b';' => Some(b'&'),
            _ => None,
        };
        let opened = opening
            .and_then(|sign| text.get(far..)?.iter().rposition(|byte| *byte == sign))
            .map(|at| &text[..far + at]);
        text = opened.unwrap_or(rest);
        if text.len() <= far {
            break;
        }
    }
    text
}

/// A header names its party among its first words, an owner's cell with the first.
const FIRST_WORDS: usize = 4;

/// Whether one of the first words of a cell is a party's name. An article and single letters, as
/// those of a RACI table are, count for no word.
fn opens_party_cell(cell: &[u8], most: usize) -> bool {
    // a bar or a tag begins another cell, so that no byte is passed over twice
    let ends = |byte: u8| matches!(byte, b'|' | b'<' | b'>');
    let mut rest = cell;
    let mut words = 0;
    while words < most {
        let sign = |byte: &&u8| !byte.is_ascii_alphanumeric() && !ends(**byte) && **byte != b'{';
        rest = &rest[rest.iter().take_while(sign).count()..];
        let Some(first) = rest.first().filter(|first| !ends(**first)) else { return false };
        let length = if *first == b'{' {
            match keyref_at(rest) {
                (true, _) => return true,
                (false, length) => length,
            }
        } else {
            // a line break in a cell is written as `\n`
            let broken = rest.strip_prefix(b"n").is_some_and(is_party);
            if is_party(rest) || broken {
                return true;
            }
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
        };
        let is_small = length == 1 || rest[..length].eq_ignore_ascii_case(b"the");
        words += usize::from(!is_small || most > 1);
        rest = &rest[length..];
    }
    false
}

fn is_party(word: &[u8]) -> bool {
    let mut names = PARTIES.iter().map(|(name, _)| *name).chain([CLIENT]);
    names.any(|name| starts_with(word, name.as_bytes()))
}

/// Whether a keyref at the head of a text may name IBM, and how long it is.
fn keyref_at(text: &[u8]) -> (bool, usize) {
    let body = text.get(..80).unwrap_or(text);
    let length = memchr2(b'}', b'|', body).filter(|end| *end > 0).unwrap_or(1);
    let names = |key: &str| {
        let mut windows = body[..length].windows(key.len());
        windows.any(|window| window.eq_ignore_ascii_case(key.as_bytes()))
    };
    (IBM_KEYS.iter().any(|key| names(key)), length)
}

#[cfg(test)]
mod tests {
    use super::may_assign_responsibility as may;

    #[test]
    fn pages_that_may() {
        for page in [
            "|Task|IBM responsibilities|Your RESPONSIBILITIES|",
            "| Duty | Owner |\n|--|--|\n| Back up | the Customer |",
            "| Task | IBM | You |\n",
            "Task | {{site.data.keyword.IBM_notm}} | Customer",
            "|Vault|[You](#x)|`IBM`|",
            "|Vault|**IBM® Cloud**|",
            "|Vault|IBM and you|",
            "|Vault|\u{1f464} You|",
            "|Vault|&nbsp;IBM|",
            "|Vault|IBM’s|",
            "|Vault|You\\n|",
            "|Vault|\\n You|",
            "|Vault|IBM - night watch|",
            "|Vault|You — tenants|",
            "|Vault|R/A: IBM|",
            &format!("|Vault|IBM{0}|{0}You{0}|", " ".repeat(200)),
            "<td>Shared</td>",
            "| How {{site.data.keyword.IBM}} helps | What you can do |",
            "# Responsibilities\n\n- Back up",
            "IBM responsibilities:\n-Back up",
            "## Your duties\n\nBack up.",
            "Obligations of IBM\n:   Store keys",
            "|Vault|\\nYou|",
            "| Managed by IBM | Responsible |",
            &format!("{}IBM responsibilities:\n- Back up", "\u{200b}".repeat(80)),
            "IBM res[^a]ponsibilities:\n<li>Back up",
            "|Task|IBM respon&shy;si\u{200b}<!-- x -->bilities|",
        ] {
            assert!(may(page.as_bytes()), "{page}");
        }
    }

    #[test]
    fn pages_that_do_not() {
        for page in [
            "",
            "# Response of the products\n\n- Choose a region.",
            "| Response | Account owner |",
            "Text about IBM and you.",
            "| Vault | {{site.data.keyword.cos_full}} in the region |",
            "|",
            "|{",
        ] {
            assert!(!may(page.as_bytes()), "{page}");
        }
    }

    #[test]
    fn words_without_end_take_no_stack() {
        let run = || may(format!("|Vault|a {}x|", "cloud".repeat(200_000)).as_bytes());
        let run = std::thread::Builder::new().stack_size(1 << 18).spawn(run);
        assert!(!run.unwrap().join().unwrap());
    }
}
