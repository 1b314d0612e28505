//! Remarks beside a party's name: "IBM (operations team)", "IBM, solution owner", "Customer via
//! ticket", "Shared [1]". They change no party.

use std::borrow::Cow;

use super::Names;
use super::footnote_signs::is_footnote_sign;
use super::owner_words::{is_filler, known_party, may_precede_party};
use super::third_parties;
use super::tokens::{self, Token, Who};
use crate::model::Party;
use crate::parse::{Cell, Run};
use crate::vocabulary::WordList;

/// A longer text in front of a remark is no name.
const LONGEST_NAME: usize = 80;
/// A longer remark after a colon or a dash is what the party does, not who it is.
const LONGEST_REMARK: usize = 120;
/// How many places of a text are tried as the begin of a remark.
const MOST_CUTS: usize = 8;

/// A cell without what stands in brackets; none where nothing does, or nothing else is left.
pub(super) fn without_brackets(cell: &Cell) -> Option<Cell> {
    let mut bare = cell.clone();
    let (mut depth, mut found) = (0_usize, false);
    for run in bare.pieces.iter_mut().flat_map(|piece| &mut piece.runs) {
        if let Run::Text(text) | Run::Code(text) = run {
            let before = text.len();
            *text = unbracketed_text(text, &mut depth);
            found |= text.len() < before;
        } else if depth > 0 {
            *run = Run::Text(String::new());
        }
    }
    for piece in &mut bare.pieces {
        piece.runs.retain(|run| !matches!(run, Run::Text(text) if text.is_empty()));
    }
    let blank = |run: &Run| matches!(run, Run::Text(text) if text.trim().is_empty());
    let left = bare.pieces.iter().flat_map(|piece| &piece.runs).any(|run| !blank(run));
    (found && left).then_some(bare)
}

/// A text without what stands in brackets, `depth` of which are open at its head.
fn unbracketed_text(text: &str, depth: &mut usize) -> String {
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => *depth += 1,
            ')' | ']' if *depth > 0 => *depth -= 1,
            _ if *depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// A text without remarks in brackets, and without the signs of footnotes.
pub(super) fn bare_text(text: &str) -> String {
    let opens = memchr::memchr2(b'(', b'[', text.as_bytes()).is_some();
    let text = if opens { Cow::Owned(unbracketed_text(text, &mut 0)) } else { Cow::Borrowed(text) };
    let mut bare = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !bare.is_empty() {
            bare.push(' ');
        }
        bare.push_str(word);
    }
    bare.trim_matches(is_footnote_sign).trim().to_owned()
}

/// The party of a text that names one and adds a remark.
pub(super) fn qualified_party(text: &str, names: &Names) -> Option<Party> {
    if !opens_with_party(text, names) {
        return None;
    }
    if let Some(party) = of_group(text, names) {
        return Some(party);
    }
    let bare = bare_text(text);
    if is_divided(&bare, names) {
        return Some(Party::Shared);
    }
    remark_cuts(&bare).into_iter().find_map(|RemarkCut { head, sign, rest }| {
        let party = party_alone(head, names).or_else(|| with_group(head, names))?;
        // what each of both does there takes nothing from the other
        let is_explained = party == Party::Shared && sign != RemarkSign::Join;
        let fits = is_explained || !goes_on(sign, rest, names);
        (fits && !is_lead(head, sign, names)).then_some(party)
    })
}

/// Whether a text gives a part to IBM and one to the customer: "IBM for the platform, you for the
/// data", "You, except for the platform, which IBM manages".
fn is_divided(text: &str, names: &Names) -> bool {
    let holder = |clause: &str| {
        let tokens = tokens::of_text(clause.trim(), names);
        let which = tokens.first().is_some_and(|token| token.is("which") || token.is("that"));
        let tokens = &tokens[usize::from(which)..];
        let (who, used) = tokens::listed_party(tokens)?;
        let goes_on = match tokens.get(used..) {
            Some([next, ..]) => which || next.is_a(|word| REMARK_WORDS.has(word)),
            Some([]) | None => true,
        };
        who.known_party(names).filter(|_| goes_on)
    };
    let clauses = text.split([',', ';']);
    let parties: Vec<Party> = clauses.filter_map(holder).collect();
    parties.contains(&names.provider()) && parties.contains(&Party::Customer)
}

/// The party that a header names before a comma or "or": "You, or your delegate".
pub(super) fn named_before_others(cell: &Cell, names: &Names) -> Option<Who> {
    let [piece] = cell.pieces.as_slice() else { return None };
    let [Run::Text(text)] = piece.runs.as_slice() else { return None };
    let cuts = [", ", " and/or ", " or "];
    let cut = cuts.iter().find_map(|cut| Some((*cut, text.split_once(*cut)?)));
    let (cut, (head, rest)) = cut.filter(|_| text.len() <= LONGEST_NAME)?;
    if cut != ", " && !ends_with_group(&tokens::of_text(rest, names)) {
        return None;
    }
    let tokens = tokens::of_text(head, names);
    let (who, used) = tokens::listed_party(&tokens)?;
    let own = |text: &str| text.replace("your ", "").replace("its ", "").replace("their ", "");
    (used == tokens.len() && !goes_on(RemarkSign::Comma, &own(rest), names)).then_some(who)
}

/// Whether a party stands at the head of a text; most texts need no closer look.
fn opens_with_party(text: &str, names: &Names) -> bool {
    let head = text.get(..LONGEST_NAME).filter(|head| head.is_ascii());
    let head = head.unwrap_or_else(|| {
        let end = text.char_indices().nth(LONGEST_NAME).map_or(text.len(), |(at, _)| at);
        &text[..end]
    });
    let run = Run::Text(head.to_owned());
    tokens::open_with_party([run].iter(), names, may_precede_party)
}

fn party_alone(text: &str, names: &Names) -> Option<Party> {
    known_party(&tokens::of_text(text, names), names)
}

/// The party of a text that names a group of its people, remarks in brackets aside.
pub(super) fn of_group(text: &str, names: &Names) -> Option<Party> {
    let bare = bare_text(text);
    party_alone(&bare, names).or_else(|| with_group(&bare, names))
}

/// "IBM operations team", "Customer administrators": a group of a party's people is the party.
fn with_group(text: &str, names: &Names) -> Option<Party> {
    const MOST_WORDS: usize = 4;
    let tokens = tokens::of_text(text, names);
    let (who, used) = tokens::listed_party(&tokens)?;
    let rest = &tokens[used..];
    let words = rest.iter().all(|token| token.word().is_some());
    let fits = (1..=MOST_WORDS).contains(&rest.len()) && words && ends_with_group(rest);
    // customers have a support team, but "customer support" is their vendor's
    let theirs =
        who == Who::Ibm || !rest.iter().any(|token| token.is("support") || token.is("success"));
    let one = matches!(who, Who::Ibm | Who::Customer);
    (fits && theirs && one).then(|| who.known_party(names)).flatten()
}

/// Whether a text ends with a word for people who act for a party.
pub(super) fn ends_with_group(tokens: &[Token]) -> bool {
    static GROUPS: WordList = WordList::named("words for groups of people");
    tokens
        .last()
        .and_then(Token::word)
        .is_some_and(|word| third_parties::is_people(word) || GROUPS.has(word))
}

/// A text cut where a remark may begin.
struct RemarkCut<'t> {
    head: &'t str,
    sign: RemarkSign,
    rest: &'t str,
}

/// What stands between a name and a remark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RemarkSign {
    /// `,` and `;`, which stand between the names of a list, too.
    Comma,
    Colon,
    /// A dash or a full stop.
    Pause,
    /// `/`, `&`, `+`, "and": names follow.
    Join,
    /// "via", "on", "unless".
    Word,
}

/// Words after which a remark goes on.
static REMARK_WORDS: WordList = WordList::named("words that open a remark");

fn remark_cuts(text: &str) -> Vec<RemarkCut<'_>> {
    let mut cuts = Vec::new();
    for (at, c) in text.char_indices() {
        if cuts.len() >= MOST_CUTS || at > LONGEST_NAME {
            break;
        }
        let rest = &text[at + c.len_utf8()..];
        let spaced = rest.starts_with(' ');
        let sign = match c {
            ',' | ';' => RemarkSign::Comma,
            ':' => RemarkSign::Colon,
            '–' | '—' => RemarkSign::Pause,
            '.' | '-' if spaced => RemarkSign::Pause,
            '/' | '&' | '+' => RemarkSign::Join,
            ' ' => match rest.split(' ').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "and" | "or" => RemarkSign::Join,
                word if REMARK_WORDS.has(word) => RemarkSign::Word,
                _ => continue,
            },
            _ => continue,
        };
        let rest = rest.trim();
        if at > 0 && !rest.is_empty() {
            cuts.push(RemarkCut { head: &text[..at], sign, rest });
        }
    }
    cuts
}

/// "IBM responsibilities: ...": the duties follow.
fn is_lead(head: &str, sign: RemarkSign, names: &Names) -> bool {
    let tokens = tokens::of_text(head, names);
    matches!(sign, RemarkSign::Colon | RemarkSign::Pause)
        && tokens.last().and_then(Token::word).is_some_and(is_filler)
}

/// Whether what follows a name is no remark: a further party, or a sentence.
fn goes_on(sign: RemarkSign, rest: &str, names: &Names) -> bool {
    let tokens = tokens::of_text(rest, names);
    let begin = usize::from(tokens.first().is_some_and(|token| {
        *token == Token::Join || token.is("the") || token.is("and") || token.is("or")
    }));
    let behind = &tokens[begin.min(tokens.len())..];
    let is_party = behind.first().is_some_and(|token| matches!(token, Token::Party(_)));
    let length = third_parties::named_third_party(behind);
    let organization = length.is_some();
    let wholly = length == Some(behind.len());
    let capital = rest.starts_with(char::is_uppercase);
    let short = behind.len() <= 3 && !behind.first().is_some_and(|token| token.is("see"));
    let party_within = || tokens.iter().any(|token| matches!(token, Token::Party(_)));
    let first = rest.split(' ').next().unwrap_or_default().to_lowercase();
    let condition = REMARK_WORDS.has(&first);
    match sign {
        RemarkSign::Join => !ends_with_group(behind) || organization || is_party,
        RemarkSign::Comma => {
            rest.len() > LONGEST_REMARK
                || (party_within() && !condition)
                || wholly
                || (capital && (organization || (short && !ends_with_group(behind))))
        }
        RemarkSign::Pause => {
            rest.len() > LONGEST_REMARK || party_within() || (capital && organization)
        }
        // what a party does has more words than who it is
        RemarkSign::Colon => behind.len() > 4 || party_within() || (capital && organization),
        RemarkSign::Word => rest.len() > LONGEST_REMARK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::fixture::cell;

    #[test]
    fn remarks_change_no_party() {
        let names = Names::builtin();
        for (text, party) in [
            ("IBM (operations team)", Some(Party::Ibm)),
            ("IBM, solution owner", Some(Party::Ibm)),
            ("IBM Cloud Support", Some(Party::Ibm)),
            ("IBM - SRE", Some(Party::Ibm)),
            ("IBM – second line", Some(Party::Ibm)),
            ("IBM: operations", Some(Party::Ibm)),
            ("IBM, see the SLA.", Some(Party::Ibm)),
            ("IBM. See the SLA.", Some(Party::Ibm)),
            ("IBM / SRE team", Some(Party::Ibm)),
            ("IBM [1]", Some(Party::Ibm)),
            ("IBM (1)", Some(Party::Ibm)),
            ("IBM¹", Some(Party::Ibm)),
            ("Shared¹ ²", Some(Party::Shared)),
            ("You*", Some(Party::Customer)),
            ("Customer via ticket", Some(Party::Customer)),
            ("Customer (third-party vendor)", Some(Party::Customer)),
            ("Client (or Designate)", Some(Party::Customer)),
            ("You, with IBM support", Some(Party::Customer)),
            ("Customer administrators", Some(Party::Customer)),
            ("IBM (hosts) and customer (guests)", Some(Party::Shared)),
            ("IBM and customer, see the SLA", Some(Party::Shared)),
            ("Shared: IBM stores the keys and you make them", Some(Party::Shared)),
            ("Customer support", None),
            ("IBM, Equinix", None),
            ("IBM, vendor", None),
            ("Customer, third-party vendor", None),
            ("IBM / Red Hat", None),
            ("IBM and Skyworks", None),
            ("IBM - Red Hat", None),
            ("IBM: patching; You: networks", None),
            ("IBM responsibility: Store keys.", None),
            ("You: make the keys, and keep them well.", None),
            ("IBM responsibilities:, Store keys, Your responsibilities:, Make keys", None),
            ("System Integrator (IBM or other)", None),
            ("Workload provider", None),
            ("You look after the keys of the vault.", None),
            ("IBM Cloud Object Storage", None),
        ] {
            assert_eq!(qualified_party(text, &names), party, "{text}");
        }
    }

    #[test]
    fn brackets_go_unless_they_hold_all() {
        let shown = |text: &str| {
            let found = without_brackets(&cell(text))?;
            let runs = found.pieces.into_iter().flat_map(|piece| piece.runs);
            Some(
                runs.map(|run| if let Run::Text(text) = run { text } else { "#".to_owned() })
                    .collect(),
            )
        };
        assert_eq!(shown("Client (or {IBM} [1])"), Some("Client ".to_owned()));
        assert_eq!(shown("({IBM_notm})"), None);
        assert_eq!(shown("Client"), None);
    }
}
