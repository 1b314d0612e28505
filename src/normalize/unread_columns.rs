//! Columns of a table of party columns whose texts are nobody's.

use super::duty_nouns::is_responsibility;
use super::party_columns::{PartyColumns, cell_text};
use super::table_header::TableHeader;
use super::text::TextReader;
use super::tokens::{self, Token, Who};
use crate::model::Code;
use crate::parse::{Cell, TableRow};
use crate::vocabulary::WordList;

/// A party's name is shorter.
const MOST_WORDS: usize = 4;

/// Words of headers over remarks, whole sentences or not.
static LABELS: WordList = WordList::named("headers of remarks");

/// Reports columns behind the parties' that hold sentences under a name that is neither a party's
/// nor a label's: their texts are nobody's. A name that speaks of a party is no label's.
pub(super) fn note_unread_columns(
    columns: &PartyColumns,
    header: &TableHeader,
    rows: &[TableRow],
    reader: &mut TextReader<'_>,
) {
    let Some((first, ..)) = columns.parties.first() else { return };
    for &column in columns.labels.others.iter().filter(|column| *column > first) {
        let name = header.column_text(column, reader);
        let words = super::canonical::words_of(&name);
        let party = names_a_holder(&header.cells[column], reader);
        if (is_label(&words) && !party) || !(1..=MOST_WORDS).contains(&words.len()) {
            continue;
        }
        let (mut filled, mut reported) = (0_usize, 0_usize);
        for text in rows.iter().map(|row| cell_text(row.cells.get(column), reader)) {
            filled += usize::from(!text.is_empty());
            reported += usize::from(text.ends_with('.') && text.split(' ').count() > 2);
        }
        if reported > 0 && reported * 2 >= filled {
            let line = rows.first().map_or(1, |row| row.line);
            let message = if party {
                format!(
                    "column \"{name}\" is not read: it names a party but does not list only its duties"
                )
            } else {
                format!("column \"{name}\" names no party, so its text is not assigned to anyone")
            };
            reader.add_notice(line, Code::Unassigned, message);
        }
    }
}

/// Whether a header is short enough for a name, and no label's.
pub(super) fn may_be_a_holder(name: &str) -> bool {
    let words = super::canonical::words_of(name);
    (1..=MOST_WORDS).contains(&words.len()) && !is_label(&words)
}

/// Whether a header's words name remarks, not duties.
fn is_label(words: &[String]) -> bool {
    let duties = words.iter().any(|word| is_responsibility(word));
    !duties && words.iter().any(|word| LABELS.has(word))
}

/// Whether a header begins with somebody who can hold duties ("Shared details").
fn names_a_holder(cell: &Cell, reader: &TextReader<'_>) -> bool {
    let tokens = tokens::of_cell(cell, reader.names());
    tokens.iter().any(|token| {
        matches!(token, Token::Party(Who::Ibm | Who::Customer | Who::Shared | Who::Own(_)))
    })
}

#[cfg(test)]
mod tests {
    use crate::model::Code;
    use crate::normalize::fixture::{codes, document, table};

    #[test]
    fn texts_under_a_name_of_nobody_are_told() {
        let rows = ["Keys | Store keys. | Make keys. | Count all keys.", "Doors | a | b | "];
        let reported = |name: &str, rows: &[&str]| {
            codes(&document(vec![table(&format!("Task | IBM | You | {name}"), rows)]))
        };
        assert_eq!(reported("Night watch", &rows), [Code::Unassigned]);
        assert!(reported("More information", &rows).is_empty());
        assert!(reported("Night watch responsibilities", &rows).is_empty());
        assert_eq!(reported("Shared details", &rows), [Code::Unassigned]);
        assert!(reported("Frequency", &["Keys | a | b | Each day"]).is_empty());
    }
}
