//! Which pages may contradict a page, from their bytes alone: a gate cannot read every page of a
//! repository for one that changed.

use rustc_hash::FxHashSet;

use crate::model::{Claim, ClaimBasis};

/// So many letters of a word count, so that "replace" finds "replacing".
const LETTERS: usize = 5;

/// The words that another page must have to be about the same as a page.
#[derive(Debug)]
pub struct SoughtWords {
    /// The words of each claim; a page needs all of one.
    of_claims: Vec<Vec<u64>>,
    all: FxHashSet<u64>,
}

impl SoughtWords {
    /// What to look for, by what a page says. A name may be spelled in many ways, so words with a
    /// capital do not count, but for those of areas.
    #[must_use]
    pub fn of_claims(claims: &[Claim]) -> Self {
        let mut of_claims: Vec<Vec<u64>> = claims.iter().map(words_of).collect();
        of_claims.sort();
        of_claims.dedup();
        let all = of_claims.iter().flatten().copied().collect();
        Self { of_claims, all }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of_claims.is_empty()
    }

    /// Whether a page may say something about one of the claims. It has to speak of
    /// responsibilities.
    #[must_use]
    pub fn may_be_in(&self, page: &[u8]) -> bool {
        const SUBJECT: &[u8] = b"responsib";
        let mut there = FxHashSet::default();
        let mut is_about_it = false;
        for word in page.split(|byte| !byte.is_ascii_alphabetic()) {
            let head = word.get(..SUBJECT.len());
            is_about_it |= head.is_some_and(|head| head.eq_ignore_ascii_case(SUBJECT));
            if let Some(head) = head_of(word)
                && self.all.contains(&head)
            {
                there.insert(head);
            }
        }
        is_about_it
            && self.of_claims.iter().any(|words| words.iter().all(|word| there.contains(word)))
    }
}

fn words_of(claim: &Claim) -> Vec<u64> {
    let is_plain = |word: &&str| !word.starts_with(|letter: char| letter.is_ascii_uppercase());
    let split = |text: &str, names_too: bool| -> Vec<u64> {
        text.split(|letter: char| !letter.is_ascii_alphabetic())
            .filter(|word| names_too || is_plain(word))
            .filter_map(|word| head_of(word.as_bytes()))
            .collect()
    };
    let mut words = split(&claim.shown, false);
    if claim.basis != ClaimBasis::Text
        && let Some(area) = claim.about.last()
    {
        words.extend(split(area, true));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The first letters of a word in lower case, as one number; short words say little.
fn head_of(word: &[u8]) -> Option<u64> {
    let head = word.get(..LETTERS)?;
    Some(head.iter().fold(0, |number, letter| number << 8 | u64::from(letter.to_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::claims_of_page;
    use crate::normalize::{Names, read_page};

    #[test]
    fn a_page_needs_all_words_of_one_claim() {
        let page = "# Your responsibilities with Skyvault\n\n## Disaster recovery\n\n\
            | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
            | Racks | Replace a broken Acme shelf within one day. | |\n";
        let sought = SoughtWords::of_claims(&claims_of_page(
            &read_page(page.as_bytes(), &Names::builtin()),
            page.as_bytes(),
        ));
        for (other, may) in [
            ("Responsibility: replacing of a {{acme}} **broken** shelf within a day", true),
            ("responsibilities: replace what is broken within one day, on the shelves", false),
            ("# Responsibilities | Racks | Change | Disaster Recovery |", true),
            ("| Racks | Change | Disaster Recovery |", false),
            ("nothing of that", false),
            ("", false),
        ] {
            assert_eq!(sought.may_be_in(other.as_bytes()), may, "{other}");
        }
    }
}
