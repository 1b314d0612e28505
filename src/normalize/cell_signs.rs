//! Cells that say by a sign what a party does with a row: a letter or a word of a RACI table, or
//! a check mark.

use std::ops::ControlFlow;

use super::footnote_signs::is_footnote_sign;
use super::marks::{self, Mark};
use super::remarks;
use super::text::TextReader;
use crate::model::Party;
use crate::parse::{Cell, Table};
use crate::vocabulary::WordList;

/// What a cell says of its party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PartySign {
    /// A check mark.
    Marked,
    /// An X, which is a check mark, or the sign for "no" beside check marks.
    Crossed,
    /// Roles, a letter each: `r` is responsible, `a` accountable.
    Roles(String),
    /// Nothing: blank, or a sign for "no".
    Unset,
    /// One word that is no sign.
    Odd,
    /// A text.
    Text,
}

/// What a cell says, if it is a sign.
pub(super) fn of_cell(cell: &Cell, reader: &mut TextReader<'_>) -> PartySign {
    match marks::of_cell(cell, reader) {
        Mark::Set => return PartySign::Marked,
        Mark::Cross => return PartySign::Crossed,
        Mark::Unset => return PartySign::Unset,
        Mark::Text => {}
    }
    let text = reader.cell_text(cell);
    if let Some(roles) = raci_letters(&text) {
        return PartySign::Roles(roles);
    }
    if has_two_words(&remarks::bare_text(&text)) { PartySign::Text } else { PartySign::Odd }
}

/// Whether a text has two words or more.
fn has_two_words(text: &str) -> bool {
    let mut is_second = false;
    let found = super::canonical::visit_words(text, |_| {
        if is_second {
            return ControlFlow::Break(());
        }
        is_second = true;
        ControlFlow::Continue(())
    });
    found.is_break()
}

/// Longer texts are no roles.
const LONGEST: usize = 80;

/// The roles that a text names and nothing else, as letters: `R, A`, `RA`, "Responsible and
/// accountable", `R (on call)`.
pub(super) fn raci_letters(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let bare = match remarks::bare_text(text) {
        // "(R)"
        bare if bare.is_empty() => text.trim_matches(['(', ')', '[', ']']).to_owned(),
        bare => bare,
    };
    let end = bare.find([':', '–', '—']).or_else(|| bare.find(" - ")).unwrap_or(bare.len());
    let words = super::canonical::words_of(&bare[..end]);
    let roles: Option<String> = words
        .iter()
        .filter(|word| !matches!(word.as_str(), "and" | "or" | "+"))
        .map(|word| raci_letters_of_word(word))
        .collect();
    roles.filter(|roles| !roles.is_empty())
}

/// The words for roles, by the letter of each role.
static ROLES: [(&str, WordList); 7] = [
    ("r", WordList::named("roles: responsible")),
    ("a", WordList::named("roles: accountable")),
    ("c", WordList::named("roles: consulted")),
    ("i", WordList::named("roles: informed")),
    ("s", WordList::named("roles: supporting")),
    ("o", WordList::named("roles: omitted")),
    ("v", WordList::named("roles: verifying")),
];

/// The letters of one word.
fn raci_letters_of_word(word: &str) -> Option<String> {
    if let Some((letter, _)) = ROLES.iter().find(|(_, words)| words.has(word)) {
        return Some((*letter).to_owned());
    }
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || is_footnote_sign(c));
    let single = letters.len() == 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    // written together
    let glued = (2..=5).contains(&letters.len())
        && letters.chars().all(|c| "raciosvq".contains(c))
        && letters.chars().enumerate().all(|(at, c)| !letters[..at].contains(c));
    (single || glued).then(|| letters.to_owned())
}

/// How many cells of the parties' columns hold what.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SignCount {
    pub(super) marks: usize,
    pub(super) roles: usize,
    responsible: usize,
    /// Roles that are nothing but accountable, and consulted or informed.
    accountable: usize,
    consulted: usize,
    odd: usize,
    texts: usize,
    /// Rows in which an X stands beside a check mark, and those in which it stands alone.
    crosses_beside_marks: usize,
    crosses_alone: usize,
}

impl SignCount {
    /// Counts the cells of some columns.
    pub(super) fn count_signs(
        table: &Table,
        parties: &[(usize, Party, String)],
        reader: &mut TextReader<'_>,
    ) -> Self {
        let mut count = Self::default();
        for row in &table.rows {
            let (before, mut crosses) = (count.marks, 0);
            for (column, ..) in parties {
                let Some(cell) = row.cells.get(*column) else { continue };
                match of_cell(cell, reader) {
                    PartySign::Marked => count.marks += 1,
                    PartySign::Crossed => crosses += 1,
                    PartySign::Roles(roles) => {
                        count.roles += 1;
                        count.responsible += usize::from(roles.contains('r'));
                        count.accountable += usize::from(roles == "a");
                        count.consulted += usize::from(roles.chars().all(|c| "ci".contains(c)));
                    }
                    PartySign::Unset => {}
                    PartySign::Odd => count.odd += 1,
                    PartySign::Text => count.texts += 1,
                }
            }
            if crosses > 0 && count.marks > before {
                count.crosses_beside_marks += 1;
            } else if crosses > 0 {
                count.crosses_alone += 1;
            }
            count.marks += crosses;
            // most tables hold texts: there is no need to see them all
            if count.texts > 1 + count.marks + count.roles + table.rows.len() / 4 {
                return count;
            }
        }
        count
    }

    /// Whether signs stand there and hardly a text. Single words among them are odd, but make no
    /// sentences of the signs.
    pub(super) fn are_signs(&self) -> bool {
        let signs = self.marks + self.roles;
        let few_texts =
            self.texts == 0 || (signs > 1 && self.texts == 1) || self.texts * 9 <= signs;
        // some leave the letter of the responsible party out
        let raci = self.accountable > 0
            && self.consulted > 0
            && self.accountable + self.consulted == self.roles;
        let enough = self.marks > 0 || (self.roles > 1 && (self.responsible > 0 || raci));
        enough && few_texts && self.odd <= signs
    }

    /// Whether an X says "no": it stands beside check marks, and nearly never without one.
    pub(super) fn cross_says_no(&self) -> bool {
        self.crosses_beside_marks > self.crosses_alone
    }

    /// Whether the signs are roles rather than marks.
    pub(super) fn are_roles(&self) -> bool {
        self.are_signs() && self.roles > self.marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[test]
    fn roles_in_every_spelling() {
        for (text, letters) in [
            ("R", "r"),
            ("**RA**", "ra"),
            ("r/a", "ra"),
            ("R, A, O", "rao"),
            ("A & R", "ar"),
            ("R*", "r"),
            ("R¹", "r"),
            ("R [1]", "r"),
            ("R (on call)", "r"),
            ("(R)", "r"),
            ("R - hosts only", "r"),
            ("Responsible/Accountable", "ra"),
            ("Responsible and informed", "ri"),
            ("Primary", "r"),
            ("P", "r"),
            ("CI", "ci"),
            ("Perform", "r"),
            ("Assist / Review", "sv"),
            ("Q", "q"),
        ] {
            assert_eq!(raci_letters(text).as_deref(), Some(letters), "{text}");
        }
        for text in ["", "Back up", "A key", "Responsible for the keys", "R and the rest", "RR"] {
            assert_eq!(raci_letters(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_cell_says() {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        for (text, sign) in [
            ("X", PartySign::Crossed),
            ("✓", PartySign::Marked),
            ("✓ (on request)", PartySign::Marked),
            ("Yes, on request", PartySign::Marked),
            ("No", PartySign::Unset),
            ("RA", PartySign::Roles("ra".to_owned())),
            ("Optional", PartySign::Odd),
            ("Optional (on request)", PartySign::Odd),
            ("Keys, doors", PartySign::Text),
            ("Keep the keys", PartySign::Text),
        ] {
            assert_eq!(of_cell(&cell(text), &mut reader), sign, "{text}");
        }
    }
}
