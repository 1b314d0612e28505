//! Names and lines that are a party's where the other party has their like: "Handled by IBM" and
//! "Handled by you", "IBM takes care of these tasks:" and "You take care of these tasks:".

use super::Names;
use super::lead::{LONGEST_NAME, LeadCandidate, LeadForm, LeadParty, Sure};
use super::tokens::{self, words_beside_party};
use crate::parse::Run;
use crate::vocabulary::WordList;

/// "Security responsibilities of IBM", "Customer-managed resources": a title that is a party's
/// where the other party has its like.
pub(super) fn of_title(text: &str, runs: &[Run], names: &Names) -> Option<LeadCandidate> {
    // these say when something is done, or what may be, not who has to do it
    static CIRCUMSTANCES: WordList = WordList::named("words of titles that say when");
    if text.len() > LONGEST_NAME || text.ends_with(['.', '!', '?']) {
        return None;
    }
    let tokens = tokens::with_author_named(tokens::of_runs(runs.iter(), names));
    let (who, words) = words_beside_party(tokens)?;
    if words.iter().any(|word| CIRCUMSTANCES.has(word)) {
        return None;
    }
    let party = LeadParty::Party(who.known_party(names)?);
    Some(LeadCandidate { named: party, form: LeadForm::Worded, sure: Sure::Twin(words.join(" ")) })
}
