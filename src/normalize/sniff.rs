//! Whether a page is worth parsing, from its bytes alone. Every markdown file of a range goes
//! through here, so it is one pass without allocation.

/// Never false for a page with a matrix: either a word for responsibility or ownership stands
/// somewhere, or a cell holds a party's name.
pub(super) fn may_assign_responsibility(bytes: &[u8]) -> bool {
    let (mut says, mut structured) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        // the rarest letters of "respons", "owner" and "accountab"
        match byte {
            b'p' | b'P' => {
                says |= stands(bytes, at, 3, b"respons") || stands(bytes, at, 2, b"repons");
            }
            b'w' | b'W' => says |= stands(bytes, at, 1, b"owne"),
            b'|' | b'>' => {
                structured = true;
                says |= opens_party_cell(&bytes[at + 1..]);
            }
            b'-' | b'*' | b'+' | b'.' | b')' => {
                structured |= bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace);
            }
            _ => {}
        }
        if says && structured {
            return true;
        }
    }
    false
}

/// Whether `word` stands so that its letter number `letter` is at `at`.
fn stands(bytes: &[u8], at: usize, letter: usize, word: &[u8]) -> bool {
    at.checked_sub(letter)
        .and_then(|from| bytes.get(from..from + word.len()))
        .is_some_and(|found| found.eq_ignore_ascii_case(word))
}

/// Names and openings that a header or an owner cell can begin with.
const OPENINGS: [&[u8]; 16] = [
    b"your",
    b"you",
    b"the customer",
    b"the client",
    b"customer",
    b"client",
    b"ibm",
    b"shared",
    b"both",
    b"user",
    b"joint",
    b"mutual",
    b"how ",
    b"what ",
    b"who ",
    b"managed by",
];

/// What may follow a party's name in a cell that says no more than that.
const FOLLOWERS: [&[u8]; 17] = [
    b"and ", b"or ", b"plus ", b"role", b"task", b"dut", b"action", b"activit", b"account",
    b"oblig", b"help", b"can ", b"do", b"must", b"need", b"should", b"is ",
];

fn opens_party_cell(cell: &[u8]) -> bool {
    let cell = skip(cell);
    if let Some(rest) = keyref(cell) {
        return is_party_tail(rest);
    }
    OPENINGS.iter().any(|opening| {
        let fits = cell.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening));
        fits && (opening.ends_with(b" ") || is_party_tail(&cell[opening.len()..]))
    })
}

/// What stands behind a keyref at the head of a cell, if it may name IBM.
fn keyref(cell: &[u8]) -> Option<&[u8]> {
    let body = cell.strip_prefix(b"{").map(|rest| rest.get(..80).unwrap_or(rest))?;
    let end = body.iter().position(|byte| matches!(byte, b'}'))?;
    let named = [b"ibm".as_slice(), b"cloud", b"bluemix"].iter().any(|name| {
        body[..end].windows(name.len()).any(|window| window.eq_ignore_ascii_case(name))
    });
    let rest = &cell[1 + end..];
    let closed = rest.iter().position(|byte| *byte != b'}').map_or(&[][..], |at| &rest[at..]);
    named.then_some(closed)
}

fn skip(cell: &[u8]) -> &[u8] {
    let marks =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'*' | b'_' | b'`' | b'[' | b'(');
    let at = cell.iter().take(64).position(|byte| !marks(byte)).unwrap_or(cell.len().min(64));
    &cell[at..]
}

/// Whether a cell ends behind a party's name, or goes on as a list or a header would.
fn is_party_tail(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"s").unwrap_or(rest);
    // any letter outside ASCII may be a trade mark, a curly apostrophe or a no-break space
    let signs = |byte: &u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'\n' | b'|' | b'<');
    let signs_end = rest.iter().take(64).position(|byte| !signs(byte));
    let Some(at) = signs_end else { return rest.len() < 64 };
    let tail = &rest[at..];
    let joined = rest[..at]
        .iter()
        .any(|byte| matches!(byte, b'/' | b'&' | b',' | b'+' | b'(' | b'[' | b'{'));
    let tail_word = tail.strip_prefix(b"s ").unwrap_or(tail);
    let cloud = tail.get(..5).filter(|word| word.eq_ignore_ascii_case(b"cloud"));
    matches!(tail.first(), Some(b'\n' | b'|' | b'<'))
        || joined
        || cloud.is_some_and(|_| is_party_tail(&tail[5..]))
        || FOLLOWERS.iter().any(|follower| {
            tail_word.get(..follower.len()).is_some_and(|head| head.eq_ignore_ascii_case(follower))
        })
}

#[cfg(test)]
mod tests {
    use super::may_assign_responsibility as may;

    #[test]
    fn pages_that_may() {
        for page in [
            "|Task|IBM responsibilities|Your RESPONSIBILITIES|",
            "| Duty | Owner |",
            "| Task | IBM | You |\n",
            "Task | {{site.data.keyword.IBM_notm}} | Customer",
            "|Vault|[You](#x)|`IBM`|",
            "|Vault|**IBM® Cloud**|",
            "|Vault|IBM and you|",
            "<td>Shared</td>",
            "| How {{site.data.keyword.IBM}} helps | What you can do |",
            "# Responsibilities\n\n- Back up",
        ] {
            assert!(may(page.as_bytes()), "{page}");
        }
    }

    #[test]
    fn pages_that_do_not() {
        for page in [
            "",
            "# Responsibilities",
            "Text about IBM and you.",
            "| Vault | IBM Cloud Object Storage |",
            "| Vault | {{site.data.keyword.cos_full}} in the cloud |",
            "|",
            "|{",
        ] {
            assert!(!may(page.as_bytes()), "{page}");
        }
    }
}
