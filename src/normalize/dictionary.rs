//! Product names in running text: every spelling of one product is rewritten to one.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// A rewriting of word sequences. A text is rewritten from its end, so that a name inside a
/// name (`Block Storage for Virtual Private Cloud`) is settled before the name around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    /// What it knows besides its own spellings.
    beneath: Option<&'static Dictionary>,
    /// Spellings by their first word, in the order of the rest. What stands here for a word is all
    /// that is known for it.
    by_first: FxHashMap<Cow<'static, str>, Vec<Spelling>>,
}

/// One spelling of a product, words joined by blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spelling {
    /// The words behind the first.
    rest: Cow<'static, str>,
    becomes: Cow<'static, str>,
}

impl Dictionary {
    /// All spellings of another one, to add more.
    pub(super) fn over(beneath: &'static Self) -> Self {
        Self { beneath: Some(beneath), by_first: FxHashMap::default() }
    }

    /// What is known for a first word.
    fn starting_with(&self, first: &str) -> &[Spelling] {
        match (self.by_first.get(first), self.beneath) {
            (Some(own), _) => own,
            (None, Some(beneath)) => beneath.starting_with(first),
            (None, None) => &[],
        }
    }

    /// Whether both rewrite texts alike in which these are all the words that are looked up.
    pub(super) fn agrees_on(&self, other: &Self, is_looked_up: impl Fn(&str) -> bool) -> bool {
        let differs = |first: &Cow<'_, str>| {
            is_looked_up(first) && self.starting_with(first) != other.starting_with(first)
        };
        // both lie over the built-in one
        !self.by_first.keys().chain(other.by_first.keys()).any(differs)
    }

    /// Adds a spelling that is settled already: its name holds no other spelling.
    pub(super) fn add_settled(&mut self, spelling: &'static str, name: &'static str) {
        let (first, rest) = spelling.split_once(' ').unwrap_or((spelling, ""));
        self.insert(Cow::Borrowed(first), Cow::Borrowed(rest), Cow::Borrowed(name));
    }

    /// Makes `spelling` read as `name` from now on. Both are words; shorter spellings have to
    /// come first. A spelling that is taken, or that the name itself holds, is left alone.
    pub(super) fn add_spelling(&mut self, spelling: Vec<String>, name: Vec<String>) {
        if spelling == name {
            return;
        }
        let spelling = self.rewrite_words(spelling);
        let name = self.rewrite_words(name);
        let endless = name.windows(spelling.len().max(1)).any(|part| part == spelling);
        if let Some((first, rest)) = spelling.split_first()
            && !name.is_empty()
            && !endless
        {
            self.insert(first.clone().into(), rest.join(" ").into(), name.join(" ").into());
        }
    }

    fn insert(
        &mut self,
        first: Cow<'static, str>,
        rest: Cow<'static, str>,
        becomes: Cow<'static, str>,
    ) {
        let known = self.starting_with(&first);
        let Err(at) = known.binary_search_by(|known| known.rest.cmp(&rest)) else { return };
        let beneath = self.beneath.map(|beneath| beneath.starting_with(&first));
        let spellings = self.by_first.entry(first);
        let spellings = spellings.or_insert_with(|| beneath.unwrap_or_default().to_vec());
        spellings.insert(at, Spelling { rest, becomes });
    }

    /// All spellings with what each becomes.
    #[cfg(test)]
    pub(super) fn settled(&self) -> std::collections::BTreeMap<String, String> {
        let line = |first: &str, spelling: &Spelling| {
            (format!("{first} {}", spelling.rest).trim().to_owned(), spelling.becomes.to_string())
        };
        let all = self.by_first.iter();
        all.flat_map(|(first, list)| list.iter().map(move |spelling| line(first, spelling)))
            .collect()
    }

    /// The words with every known spelling replaced. What comes out holds no spelling that
    /// could be replaced, so doing it twice is doing it once.
    pub(super) fn rewrite_words(&self, words: Vec<String>) -> Vec<String> {
        self.rewrite_noting(words, |_| {})
    }

    /// The same; `note` sees every word that is looked up, which are all that it depends on.
    pub(super) fn rewrite_noting(
        &self,
        words: Vec<String>,
        mut note: impl FnMut(&str),
    ) -> Vec<String> {
        // a replacement leads to words that are settled; the budget is there so that a
        // contradictory keyword file cannot make it run forever
        let mut budget = words.len().saturating_mul(4).saturating_add(64);
        let mut pending = words;
        let mut settled: Vec<String> = Vec::with_capacity(pending.len());
        while let Some(word) = pending.pop() {
            note(&word);
            settled.push(word);
            if let Some((length, name)) = self.longest_spelling(&settled)
                && budget > 0
            {
                budget -= 1;
                settled.truncate(settled.len() - length);
                pending.extend(words_in(name).map(str::to_owned));
            }
        }
        settled.reverse();
        settled
    }

    /// The longest spelling that begins with the last word of `settled` (which is reversed).
    fn longest_spelling(&self, settled: &[String]) -> Option<(usize, &str)> {
        let first = settled.last()?;
        let spellings = self.starting_with(first);
        let alone = spellings.first().filter(|spelling| spelling.rest.is_empty());
        let best = alone.map(|spelling| (1, &*spelling.becomes));
        let Some(second) = settled.len().checked_sub(2).map(|at| settled[at].as_str()) else {
            return best;
        };
        // a blank comes before any letter, so spellings with one second word stand together
        let start = spellings.partition_point(|spelling| &*spelling.rest < second);
        let behind = || settled.iter().rev().skip(1).map(String::as_str);
        spellings[start..]
            .iter()
            .take_while(|spelling| spelling.rest.starts_with(second))
            .filter_map(|spelling| {
                let length = words_in(&spelling.rest).count();
                let fits = words_in(&spelling.rest).eq(behind().take(length));
                fits.then_some((1 + length, &*spelling.becomes))
            })
            .max_by_key(|(length, _)| *length)
            .or(best)
    }
}

fn words_in(joined: &str) -> impl Iterator<Item = &str> {
    joined.split(' ').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn dictionary(pairs: &[(&str, &str)]) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for (spelling, name) in pairs {
            dictionary.add_spelling(words(spelling), words(name));
        }
        dictionary
    }

    #[test]
    fn settles_a_name_inside_a_name_first() {
        let known = dictionary(&[
            ("virtual private sky", "vps"),
            ("ibm skyvault for virtual private sky", "skyvault for vps"),
        ]);
        assert_eq!(
            known.rewrite_words(words("use ibm skyvault for virtual private sky now")),
            words("use skyvault for vps now")
        );
    }

    #[test]
    fn what_comes_out_is_settled() {
        let known = dictionary(&[("ibm cloud skyvault", "skyvault"), ("ibm skyvault", "skyvault")]);
        let once = known.rewrite_words(words("ibm cloud ibm cloud ibm cloud skyvault"));
        assert_eq!(known.rewrite_words(once.clone()), once);
    }

    #[test]
    fn what_lies_beneath_is_known_until_a_word_has_more() {
        let beneath = Box::leak(Box::new(dictionary(&[("ibm skyvault", "skyvault")])));
        let mut over = Dictionary::over(beneath);
        over.add_spelling(words("ibm cloud gates"), words("gates"));
        assert_eq!(over.rewrite_words(words("ibm skyvault")), words("skyvault"));
        assert_eq!(over.rewrite_words(words("ibm cloud gates")), words("gates"));
        assert_eq!(beneath.rewrite_words(words("ibm cloud gates")), words("ibm cloud gates"));
        let plain = Dictionary::over(beneath);
        assert!(plain.agrees_on(&over, |word| word == "gates"));
        assert!(!plain.agrees_on(&over, |word| word == "ibm"));
        assert!(!over.agrees_on(&plain, |word| word == "ibm"));
    }

    #[test]
    fn contradictory_spellings_end() {
        let known = dictionary(&[("a b", "c d"), ("c d", "a b"), ("d", "a")]);
        assert_eq!(known.rewrite_words(words("a b c d")).len(), 4);
    }
}
