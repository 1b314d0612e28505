//! Columns of duties under a name for people, beside the columns of IBM and the customer: "SAP Basis
//! team", "Security team", "Partner (optional)". As owners, such people are parties of their own.

use super::lead_words::is_verb;
use super::table_header::TableHeader;
use super::text::TextReader;
use super::third_parties::{self, is_people, may_qualify};
use super::tokens::{self, Token};
use super::{party_columns, remarks};
use crate::model::Party;
use crate::parse::TableRow;

/// A name of people is shorter.
const MOST_WORDS: usize = 4;

/// Gives the columns that hold sentences under a name for people to those people. The first column
/// says what a row is about.
pub(super) fn assign_people_s_columns(
    parties: &mut [Option<Party>],
    header: &TableHeader,
    rows: &[TableRow],
    reader: &mut TextReader<'_>,
) {
    let both = [reader.names().provider(), Party::Customer].map(Some);
    if !both.iter().all(|party| parties.contains(party)) {
        return;
    }
    for (column, party) in parties.iter_mut().enumerate().skip(1) {
        if party.is_some() {
            continue;
        }
        let cell_tokens = tokens::of_cell(&header.cells[column], reader.names());
        let is_theirs = cell_tokens.iter().any(|token| matches!(token, Token::Party(_)));
        let name = remarks::bare_text(&header.column_text(column, reader));
        if !is_theirs && names_people(&name) && holds_sentences(rows, column, reader) {
            *party = Some(Party::Other(name));
        }
    }
}

/// Whether a name is that of people: "Security team", "SAP Basis administrators", "Red Hat support",
/// "Partner".
pub(super) fn names_people(name: &str) -> bool {
    let tokens = tokens::first_raw_tokens(name, MOST_WORDS + 1);
    if let Some(used) = third_parties::named_third_party(&tokens) {
        let rest = &tokens[used..];
        return rest.is_empty() || (rest.len() < MOST_WORDS && remarks::ends_with_group(rest));
    }
    let Some((last, before)) = tokens.split_last() else { return false };
    last.is_a(is_people)
        && before.len() < MOST_WORDS
        && before.iter().all(may_qualify)
        && !before.iter().any(|token| token.is_a(is_verb))
}

/// Whether sentences stand in most of a column's cells.
fn holds_sentences(rows: &[TableRow], column: usize, reader: &mut TextReader<'_>) -> bool {
    const FEWEST_WORDS: usize = 3;
    let (mut filled, mut sentences) = (0_usize, 0_usize);
    for row in rows {
        let text = party_columns::cell_text(row.cells.get(column), reader);
        filled += usize::from(!text.is_empty());
        sentences += usize::from(text.split(' ').count() >= FEWEST_WORDS);
    }
    sentences > 0 && sentences * 2 >= filled
}

#[cfg(test)]
mod tests {
    use crate::model::Code;
    use crate::normalize::fixture::{codes, document, heading, list, table};

    /// The parties of a row below `Task | IBM | You | NAME`.
    fn parties_beside(name: &str, text: &str) -> Vec<String> {
        let row = format!("Keys | Store keys. | Make keys. | {text}");
        let page = document(vec![table(&format!("Task | IBM | You | {name}"), &[&row])]);
        let duties =
            page.matrices.iter().flat_map(|matrix| &matrix.rows).flat_map(|row| &row.duties);
        duties.map(|duty| duty.party.to_string()).collect()
    }

    #[test]
    fn people_with_a_column_of_duties_are_a_party() {
        for (header, name) in [
            ("Security team", "Security team"),
            ("SAP Basis team", "SAP Basis team"),
            ("Red Hat SRE", "Red Hat SRE"),
            ("Red Hat support", "Red Hat support"),
            ("Partner (optional)", "Partner"),
            ("Vault administrator", "Vault administrator"),
            ("Developers", "Developers"),
        ] {
            let other = format!("other:{name}");
            assert_eq!(parties_beside(header, "Count all keys"), ["ibm", "customer", &other]);
        }
    }

    #[test]
    fn other_columns_stay_nobody_s() {
        for (header, text) in [
            ("Night watch", "Count all keys."),
            ("Contact the team", "Count all keys."),
            ("SAP notes", "Count all keys."),
            ("Team", "Blue"),
            ("Vault operations", "Count all keys."),
        ] {
            assert_eq!(parties_beside(header, text), ["ibm", "customer"], "{header}");
        }
        let beside_one =
            table("Task | IBM responsibilities | Night team", &["a | b c d. | e f g."]);
        assert!(!codes(&document(vec![beside_one])).contains(&Code::Contradiction));
    }

    #[test]
    fn people_with_a_list_of_duties_beside_ibm_s_are_a_party() {
        let parties_below = |title: &str| -> Vec<String> {
            let page = document(vec![
                heading(2, "Keys"),
                heading(3, "IBM responsibilities"),
                list(&["Store keys.", "Count keys."]),
                heading(3, title),
                list(&["Make keys.", "Lose no keys."]),
            ]);
            let duties = page.matrices.iter().flat_map(|matrix| &matrix.rows);
            let duties = duties.flat_map(|row| &row.duties).map(|duty| duty.party.to_string());
            duties.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
        };
        let name = "Cloud administrator";
        let found = parties_below(&format!("{name} responsibilities"));
        assert_eq!(found, ["ibm".to_owned(), format!("other:{name}")]);
        assert_eq!(parties_below("Storage responsibilities"), ["ibm"]);
    }
}
