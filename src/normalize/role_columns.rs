//! Columns of duties under the names of roles: "Provider responsibilities", "Consumer
//! responsibilities". Neither is IBM's nor the customer's.

use std::collections::BTreeSet;

use super::duty_nouns::is_duty_noun;
use super::header_names::{MOST_WORDS, ROLES};
use super::table_header::TableHeader;
use super::text::TextReader;
use super::third_parties;
use super::tokens;
use crate::model::Party;

/// The parties of columns whose headers name roles, at least two: "Provider responsibilities", or
/// "Provider" alone if the table's caption says what it is about. The first column says what a row
/// is about.
pub(super) fn parties_by_role(
    header: &TableHeader,
    says_itself: bool,
    reader: &mut TextReader<'_>,
) -> Option<Vec<Option<Party>>> {
    let mut parties: Vec<Option<Party>> = vec![None];
    for column in 1..header.cells.len() {
        let text = header.column_text(column, reader);
        let named = role_named(&text).filter(|name| says_itself || name.len() < text.len());
        parties.push(named.map(Party::Other));
    }
    let distinct: BTreeSet<&Party> = parties.iter().flatten().collect();
    (distinct.len() > 1).then_some(parties)
}

/// The role that a header names and nothing else but "responsibilities".
fn role_named(text: &str) -> Option<String> {
    let tokens = tokens::raw_tokens(text);
    let tail = tokens.iter().rev().take_while(|token| token.word().is_some_and(is_duty_noun));
    let used = tokens.len() - tail.count();
    let (last, before) = tokens[..used].split_last()?;
    let is_role = last.is_one_of(&ROLES) || third_parties::ends_with_kind(&tokens[..used]);
    let fits =
        is_role && before.len() < MOST_WORDS && before.iter().all(third_parties::may_qualify);
    fits.then(|| third_parties::written_words(text, &tokens, 0, used))
}
