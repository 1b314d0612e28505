//! Whether a page is worth parsing, from its bytes alone. Every markdown file of a range goes
//! through here, so it looks for rare letters and allocates nothing.

use memchr::{memchr2, memchr2_iter};

/// Never false for a page with a matrix: either "responsib" stands where it can name a column, a
/// caption, a heading or a lead line, or a cell begins like a party's header or an owner.
pub(super) fn may_assign_responsibility(bytes: &[u8]) -> bool {
    let cell = |at: usize| opens_party_cell(&bytes[at + 1..]);
    // the rarest letter of "responsib"
    let named = |at: usize| ends_responsib(&bytes[..at]) && can_name(bytes, at);
    let says =
        memchr2_iter(b'|', b'>', bytes).any(cell) || memchr2_iter(b'b', b'B', bytes).any(named);
    says && is_structured(bytes)
}

/// Whether there is a cell, a tag or an item of a list.
pub(super) fn is_structured(bytes: &[u8]) -> bool {
    let bullet = |byte: u8| matches!(byte, b'-' | b'*' | b'+');
    let item = |pair: &[u8]| {
        (bullet(pair[0]) || matches!(pair[0], b'.' | b')')) && pair[1].is_ascii_whitespace()
    };
    // items are read without their space, too
    let tight =
        |three: &[u8]| three[0].is_ascii_whitespace() && bullet(three[1]) && three[1] != three[2];
    memchr2(b'|', b'>', bytes).is_some()
        || bytes.windows(2).any(item)
        || bytes.windows(3).any(tight)
}

/// Whether the line around `at` is more than prose: a table's row, an attribute list, or short
/// enough for a heading or a lead line. Running text speaks of responsibilities on every other
/// page.
fn can_name(bytes: &[u8], at: usize) -> bool {
    const FAR: usize = 1_024;
    const SHORT: usize = 160;
    let before = &bytes[at.saturating_sub(FAR)..at];
    let after = &bytes[at..bytes.len().min(at + FAR)];
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = before.iter().rposition(ends).map_or(before, |end| &before[end + 1..]);
    let rest = after.iter().position(ends).map_or(after, |end| &after[..end]);
    let marked = |part: &[u8]| part.iter().any(|byte| matches!(byte, b'|' | b'<' | b'>' | b'='));
    let heading = start.trim_ascii_start().starts_with(b"#");
    // what is no letter of a text is not read at all
    let length = |part: &[u8]| part.iter().filter(|byte| matches!(byte, b' '..=b'~')).count();
    heading || length(start) + length(rest) <= SHORT || marked(start) || marked(rest)
}

/// Whether the letters before a `b` make "responsib" of it; what a reader of the page does not see
/// may stand between them: emphasis, tags, notes, a soft hyphen.
fn ends_responsib(mut before: &[u8]) -> bool {
    b"isnopser".iter().all(|wanted| {
        before = trim_unseen(before);
        before.split_last().is_some_and(|(letter, rest)| {
            before = rest;
            letter.eq_ignore_ascii_case(wanted)
        })
    })
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

/// Names and openings that a header or an owner cell can begin with.
const OPENINGS: [&[u8]; 26] = [
    b"your",
    b"you",
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
    b"managed by",
    b"owned by",
    b"role of ",
    b"roles of ",
    b"task of ",
    b"tasks of ",
    b"duty of ",
    b"duties of ",
    b"action of ",
    b"actions of ",
    b"activity of ",
    b"activities of ",
    b"ownership of ",
    b"obligations of ",
];

/// What may follow a party's name in a cell that says no more than that.
const FOLLOWERS: [&[u8]; 18] = [
    b"and ", b"or ", b"plus ", b"resp", b"repons", b"role", b"task", b"dut", b"action", b"activit",
    b"account", b"oblig", b"owner", b"manage", b"is ", b"are ", b"side", b"only",
];

/// No letters of roles that stand before a name are longer.
const LETTERS: usize = 6;

/// No entity that stands before a name is longer.
const ENTITY: usize = 10;

fn opens_party_cell(cell: &[u8]) -> bool {
    let cell = skip(cell);
    let article = cell.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"the "));
    let cell = if article { &cell[4..] } else { cell };
    // "R: IBM"
    let colon = cell.iter().take(LETTERS).position(|byte| *byte == b':');
    let cell = colon.map_or(cell, |at| skip(&cell[at + 1..]));
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

/// What stands before a cell's first word: blanks, emphasis, signs, entities.
fn skip(cell: &[u8]) -> &[u8] {
    // A keyref may be a party's name. A bar or a tag begins another cell, so that no byte is
    // passed over twice.
    let mark =
        |byte: &u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'{' | b'|' | b'<' | b'>');
    let mut at = 0;
    while let Some(byte) = cell.get(at).filter(|byte| mark(byte)) {
        let entity = (*byte == b'&')
            .then(|| cell[at..].iter().take(ENTITY).position(|byte| *byte == b';'))
            .flatten();
        let line_break = usize::from(cell[at..].starts_with(b"\\n"));
        at += entity.unwrap_or(0) + line_break + 1;
    }
    &cell[at..]
}

/// Whether a cell ends behind a party's name, or goes on as a list or a header would.
fn is_party_tail(rest: &[u8]) -> bool {
    // any letter outside ASCII may be a trade mark, a curly apostrophe or a no-break space
    let signs = |byte: &u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'\n' | b'|' | b'<');
    let join = |byte: &u8| {
        matches!(byte, b'/' | b'&' | b',' | b'+' | b'(' | b'[' | b'{' | b';' | b':' | b'-')
    };
    let dash = |signs: &[u8]| {
        ["–", "—"].iter().any(|dash| signs.windows(3).any(|at| at == dash.as_bytes()))
    };
    let mut rest = rest;
    loop {
        rest = rest.strip_prefix(b"s").unwrap_or(rest);
        let Some(at) = rest.iter().position(|byte| !signs(byte)) else { return true };
        let joined = rest[..at].iter().any(join) || dash(&rest[..at]);
        let tail = &rest[at..];
        let follows = |follower: &&[u8]| {
            tail.get(..follower.len()).is_some_and(|head| head.eq_ignore_ascii_case(follower))
        };
        if joined || matches!(tail[0], b'\n' | b'|' | b'<') || FOLLOWERS.iter().any(follows) {
            return true;
        }
        // "IBM's" is IBM, and a `\n` in a cell ends a line
        let ends = tail.get(1).is_none_or(|next| !next.is_ascii_alphanumeric());
        if (ends && tail[0].eq_ignore_ascii_case(&b's'))
            || (tail[0] == b'n' && rest[..at].ends_with(b"\\"))
        {
            rest = &tail[1..];
            continue;
        }
        // "IBM Cloud" is IBM
        if !tail.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"cloud")) {
            return false;
        }
        rest = &tail[5..];
    }
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
            &format!("- Choose a region.\n\nIt is your responsibility to {}.", "wait ".repeat(60)),
            "# Responsibilities",
            "| Response | Account owner |",
            "Text about IBM and you.",
            "| Vault | IBM Cloud Object Storage |",
            "| Vault | {{site.data.keyword.cos_full}} in the cloud |",
            "|",
            "|{",
        ] {
            assert!(!may(page.as_bytes()), "{page}");
        }
    }

    #[test]
    fn words_without_end_take_no_stack() {
        let run = || may(format!("|Vault|IBM {}x|", "cloud".repeat(200_000)).as_bytes());
        let run = std::thread::Builder::new().stack_size(1 << 18).spawn(run);
        assert!(!run.unwrap().join().unwrap());
    }
}
