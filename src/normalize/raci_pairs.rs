//! RACI in one cell: "R: IBM, A: You", "IBM (R/A), You (C)".

use super::cell_signs;
use super::lead_words::is_copula;
use super::text::TextReader;
use super::third_parties;
use super::tokens::{self, Token};
use crate::model::Party;
use crate::parse::{Cell, Table};

/// The roles of a party, as letters.
pub(super) type RolePair = (String, Party);

/// Whether such cells stand in a column, and hardly any other.
pub(super) fn stand_in(table: &Table, column: usize, reader: &mut TextReader<'_>) -> bool {
    let (mut pairs, mut others, mut responsible) = (0_usize, 0_usize, false);
    for cell in table.rows.iter().filter_map(|row| row.cells.get(column)) {
        match of_cell(cell, reader) {
            Some(found) => {
                pairs += 1;
                responsible |= found.iter().any(|(roles, _)| roles.contains('r'));
            }
            None => others += usize::from(!cell.pieces.is_empty()),
        }
        if others > pairs + 1 + table.rows.len() / 4 {
            return false;
        }
    }
    responsible && pairs > 1 && others * 2 <= pairs
}

/// Who is responsible; two together share.
pub(super) fn responsible_of_pairs(pairs: &[RolePair]) -> Option<Party> {
    let holders = pairs.iter().filter(|(roles, _)| roles.contains('r'));
    holders.map(|(_, party)| party.clone()).reduce(|one, other| joint_holder(one, &other))
}

/// Who two holders of one duty are: they share it if the customer is one of them.
pub(super) fn joint_holder(one: Party, other: &Party) -> Party {
    let named = |party: &Party| match party {
        Party::Ibm => "IBM".to_owned(),
        Party::Provider(name) | Party::Other(name) => name.clone(),
        Party::Customer | Party::Shared => String::new(),
    };
    if one == *other {
        return one;
    }
    match (named(&one), named(other)) {
        (first, second) if first.is_empty() || second.is_empty() => Party::Shared,
        (first, second) => Party::Other(format!("{first} and {second}")),
    }
}

/// The roles that a cell gives to parties, if it does nothing else.
pub(super) fn of_cell(cell: &Cell, reader: &mut TextReader<'_>) -> Option<Vec<RolePair>> {
    let tokens = tokens::of_cell(cell, reader.names());
    if !(2..=24).contains(&tokens.len()) {
        return None;
    }
    let text = reader.cell_text(cell);
    let mut parts = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let named = third_parties::named_third_party(rest).unwrap_or_default();
        if let (Token::Party(who), 0) = (first, named) {
            parts.push(RolePart::Holder(who.known_party(reader.names())?));
            rest = after;
        } else if named > 0 {
            let from = tokens.len() - rest.len();
            // the name's own words, wherever they stand in the text
            let words: Vec<&str> =
                tokens[from..from + named].iter().filter_map(Token::word).collect();
            parts.push(RolePart::Holder(Party::Other(as_written(&text, &words))));
            rest = &rest[named..];
        } else {
            match first {
                Token::Join => {}
                // "You are responsible" names an owner; "IBM: IS" has two roles
                Token::Word(word) if is_copula(word) && after.first().is_some_and(is_role) => {
                    return None;
                }
                Token::Word(word) => parts.push(RolePart::Roles(cell_signs::raci_letters(word)?)),
                Token::Party(_) => return None,
            }
            rest = after;
        }
    }
    pair_roles(&parts)
}

fn is_role(token: &Token) -> bool {
    ["responsible", "accountable", "consulted", "informed"].iter().any(|role| token.is(role))
}

/// The words of a name as the text spells them.
fn as_written(text: &str, words: &[&str]) -> String {
    let name = words.join(" ");
    let lower = text.to_lowercase();
    let found = lower.find(&name).and_then(|at| text.get(at..at + name.len()));
    found.map_or(name.clone(), str::to_owned)
}

enum RolePart {
    Holder(Party),
    Roles(String),
}

/// Roles with the parties behind them, or parties with the roles behind them.
fn pair_roles(parts: &[RolePart]) -> Option<Vec<RolePair>> {
    let roles_first = matches!(parts.first()?, RolePart::Roles(_));
    let mut pairs: Vec<RolePair> = Vec::new();
    let mut groups: Vec<(String, Vec<Party>)> = Vec::new();
    let mut begins = true;
    for part in parts {
        let opens = matches!(part, RolePart::Roles(_)) == roles_first;
        if opens && begins {
            groups.push((String::new(), Vec::new()));
        }
        // what opens a group may be several words; the next group begins behind the other kind
        begins = !opens;
        let (roles, holders) = groups.last_mut()?;
        match part {
            RolePart::Holder(holder) => holders.push(holder.clone()),
            RolePart::Roles(letters) => roles.push_str(letters),
        }
    }
    for (roles, holders) in groups {
        if roles.is_empty() || holders.is_empty() {
            return None;
        }
        pairs.extend(holders.into_iter().map(|party| (roles.clone(), party)));
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[test]
    fn who_plays_which_role() {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        let mut read = |text: &str| {
            let pairs = of_cell(&cell(text), &mut reader)?;
            Some(pairs.iter().map(|(roles, party)| format!("{roles} {party}")).collect::<Vec<_>>())
        };
        let mut check = |text: &str, expected: Option<&[&str]>| {
            assert_eq!(
                read(text).as_deref(),
                expected
                    .map(|parts| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>())
                    .as_deref(),
                "{text}"
            );
        };
        check("R: IBM, A: You", Some(&["r ibm", "a customer"]));
        check(
            "R/A: {IBM_notm} and Red Hat\nC: Customer",
            Some(&["ra ibm", "ra other:Red Hat", "c customer"]),
        );
        check("IBM (R, A); You (CI)", Some(&["ra ibm", "ci customer"]));
        check("IBM: R, Customer: S", Some(&["r ibm", "s customer"]));
        check("Responsible: Partner", Some(&["r other:Partner"]));
        check("You are responsible.", None);
        check("IBM: IS, You: R", Some(&["is ibm", "r customer"]));
        check("IBM and you", None);
        check("R", None);
        check("You make the keys", None);
    }

    #[test]
    fn two_without_the_customer_do_not_share() {
        let vendor = Party::Other("Vendor".to_owned());
        assert_eq!(joint_holder(Party::Ibm, &Party::Customer), Party::Shared);
        assert_eq!(joint_holder(vendor.clone(), &Party::Customer), Party::Shared);
        assert_eq!(joint_holder(Party::Ibm, &vendor), Party::Other("IBM and Vendor".to_owned()));
        assert_eq!(joint_holder(Party::Ibm, &Party::Ibm), Party::Ibm);
    }
}
