//! Product names in running text: every spelling of one product is rewritten to one.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// A rewriting of word sequences. A text is rewritten from its end, so that a name inside a
/// name (`Block Storage for Virtual Private Cloud`) is settled before the name around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    /// Spellings by their first word, in the order of the rest.
    by_first: FxHashMap<Cow<'static, str>, Vec<Spelling>>,
}

/// One spelling of a product, words joined by blanks.
#[derive(Clone, Debug)]
struct Spelling {
    /// The words behind the first.
    rest: Cow<'static, str>,
    becomes: Cow<'static, str>,
}

impl Dictionary {
    /// Adds a spelling that is settled already: its name holds no other spelling.
    pub(super) fn add_settled(&mut self, spelling: &'static str, name: &'static str) {
        let (first, rest) = spelling.split_once(' ').unwrap_or((spelling, ""));
        self.insert(Cow::Borrowed(first), Cow::Borrowed(rest), Cow::Borrowed(name));
    }

    /// Makes `spelling` read as `name` from now on. Both are words; shorter spellings have to
    /// come first. A spelling that is taken, or that the name itself holds, is left alone.
    pub(super) fn teach(&mut self, spelling: Vec<String>, name: Vec<String>) {
        if spelling == name {
            return;
        }
        let spelling = self.rewrite(spelling);
        let name = self.rewrite(name);
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
        let spellings = self.by_first.entry(first).or_default();
        if let Err(at) = spellings.binary_search_by(|known| known.rest.cmp(&rest)) {
            spellings.insert(at, Spelling { rest, becomes });
        }
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
    pub(super) fn rewrite(&self, words: Vec<String>) -> Vec<String> {
        // a replacement leads to words that are settled; the budget is there so that a
        // contradictory keyword file cannot make it run forever
        let mut budget = words.len().saturating_mul(4).saturating_add(64);
        let mut pending = words;
        let mut settled: Vec<String> = Vec::with_capacity(pending.len());
        while let Some(word) = pending.pop() {
            settled.push(word);
            if let Some((length, name)) = self.longest(&settled)
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
    fn longest(&self, settled: &[String]) -> Option<(usize, &str)> {
        let first = settled.last()?;
        let spellings = self.by_first.get(first.as_str())?;
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
            dictionary.teach(words(spelling), words(name));
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
            known.rewrite(words("use ibm skyvault for virtual private sky now")),
            words("use skyvault for vps now")
        );
    }

    #[test]
    fn what_comes_out_is_settled() {
        let known = dictionary(&[("ibm cloud skyvault", "skyvault"), ("ibm skyvault", "skyvault")]);
        let once = known.rewrite(words("ibm cloud ibm cloud ibm cloud skyvault"));
        assert_eq!(known.rewrite(once.clone()), once);
    }

    #[test]
    fn contradictory_spellings_end() {
        let known = dictionary(&[("a b", "c d"), ("c d", "a b"), ("d", "a")]);
        assert_eq!(known.rewrite(words("a b c d")).len(), 4);
    }
}
