//! Cells that say by a sign what a party does with a row: a letter or a word of a RACI table, or
//! a check mark.

use super::asides;
use super::marks::{self, Mark};
use super::text::Reader;
use crate::model::Party;
use crate::parse::{Cell, Table};

/// What a cell says of its party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A check mark.
    Marked,
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
pub(super) fn of_cell(cell: &Cell, reader: &mut Reader<'_>) -> Sign {
    match marks::of_cell(cell, reader) {
        Mark::Set => return Sign::Marked,
        Mark::Unset => return Sign::Unset,
        Mark::Text => {}
    }
    let text = reader.cell(cell);
    if let Some(roles) = roles(&text) {
        return Sign::Roles(roles);
    }
    let words = super::canonical::words(&asides::bare_text(&text)).len();
    if words < 2 { Sign::Odd } else { Sign::Text }
}

/// Longer texts are no roles.
const LONGEST: usize = 80;

/// The roles that a text names and nothing else, as letters: `R, A`, `RA`, "Responsible and
/// accountable", `R (on call)`.
pub(super) fn roles(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let bare = match asides::bare_text(text) {
        // "(R)"
        bare if bare.is_empty() => text.trim_matches(['(', ')', '[', ']']).to_owned(),
        bare => bare,
    };
    let end = bare.find([':', '–', '—']).or_else(|| bare.find(" - ")).unwrap_or(bare.len());
    let words = super::canonical::words(&bare[..end]);
    let roles: Option<String> = words
        .iter()
        .filter(|word| !matches!(word.as_str(), "and" | "or" | "+"))
        .map(|word| role(word))
        .collect();
    roles.filter(|roles| !roles.is_empty())
}

/// The letters of one word.
fn role(word: &str) -> Option<String> {
    let letter = match word {
        "responsible" | "primary" | "lead" | "leads" | "perform" | "performs" | "performer"
        | "execute" | "executes" | "do" | "does" | "own" | "owns" | "owner" => "r",
        "accountable" | "approver" | "approves" | "approve" | "approval" => "a",
        "consulted" | "consult" | "consults" | "advise" | "advises" => "c",
        "informed" | "inform" | "notified" => "i",
        "secondary" | "supporting" | "supports" | "supported" | "support" | "assists"
        | "assist" | "contributes" | "contribute" | "contributor" | "help" | "helps"
        | "participate" | "participates" => "s",
        "omitted" => "o",
        "verifies" | "verifier" | "verify" | "review" | "reviews" | "reviewer" => "v",
        _ => "",
    };
    if !letter.is_empty() {
        return Some(letter.to_owned());
    }
    let letters =
        word.trim_end_matches(|c: char| c.is_ascii_digit() || asides::is_footnote_sign(c));
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
    odd: usize,
    texts: usize,
}

impl SignCount {
    /// Counts the cells of some columns.
    pub(super) fn of(
        table: &Table,
        parties: &[(usize, Party, String)],
        reader: &mut Reader<'_>,
    ) -> Self {
        let mut count = Self::default();
        for row in &table.rows {
            for (column, ..) in parties {
                let Some(cell) = row.cells.get(*column) else { continue };
                match of_cell(cell, reader) {
                    Sign::Marked => count.marks += 1,
                    Sign::Roles(roles) => {
                        count.roles += 1;
                        count.responsible += usize::from(roles.contains('r'));
                    }
                    Sign::Unset => {}
                    Sign::Odd => count.odd += 1,
                    Sign::Text => count.texts += 1,
                }
            }
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
        let enough = self.marks > 0 || (self.roles > 1 && self.responsible > 0);
        enough && few_texts && self.odd <= signs
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
            ("CI", "ci"),
            ("Perform", "r"),
            ("Assist / Review", "sv"),
            ("Q", "q"),
        ] {
            assert_eq!(roles(text).as_deref(), Some(letters), "{text}");
        }
        for text in ["", "Back up", "A key", "Responsible for the keys", "R and the rest", "RR"] {
            assert_eq!(roles(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_cell_says() {
        let names = Names::builtin();
        let mut reader = Reader::new(&names, Vec::new());
        for (text, sign) in [
            ("X", Sign::Marked),
            ("✓ (on request)", Sign::Marked),
            ("Yes, on request", Sign::Marked),
            ("No", Sign::Unset),
            ("RA", Sign::Roles("ra".to_owned())),
            ("Optional", Sign::Odd),
            ("Keep the keys", Sign::Text),
        ] {
            assert_eq!(of_cell(&cell(text), &mut reader), sign, "{text}");
        }
    }
}
