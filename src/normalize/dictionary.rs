//! Product names in running text: every spelling of one product is rewritten to one.

use std::collections::HashMap;

/// A rewriting of word sequences. A text is rewritten from its end, so that a name inside a
/// name (`Block Storage for Virtual Private Cloud`) is settled before the name around it.
#[derive(Clone, Debug)]
pub(super) struct Dictionary {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: HashMap<Box<str>, usize>,
    becomes: Option<Vec<String>>,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Dictionary {
    /// Makes `spelling` read as `name` from now on. Both are words; shorter spellings have to
    /// come first. A spelling that is taken, or that the name itself holds, is left alone.
    pub(super) fn teach(&mut self, spelling: &[String], name: &[String]) {
        let spelling = self.rewrite(spelling.to_vec());
        let name = self.rewrite(name.to_vec());
        let endless = name.windows(spelling.len().max(1)).any(|part| part == spelling);
        if spelling.is_empty() || name.is_empty() || endless {
            return;
        }
        let mut at = 0;
        for word in spelling {
            let fresh = self.nodes.len();
            at = *self.nodes[at].next.entry(word.into_boxed_str()).or_insert(fresh);
            if at == fresh {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[at].becomes.get_or_insert(name);
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
                pending.extend(name.iter().cloned());
            }
        }
        settled.reverse();
        settled
    }

    /// The longest spelling that begins with the last word of `settled` (which is reversed).
    fn longest(&self, settled: &[String]) -> Option<(usize, &[String])> {
        let mut best = None;
        let mut at = 0;
        for (length, word) in settled.iter().rev().enumerate() {
            let Some(&next) = self.nodes[at].next.get(word.as_str()) else { break };
            at = next;
            if let Some(name) = &self.nodes[at].becomes {
                best = Some((length + 1, name.as_slice()));
            }
        }
        best
    }
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
            dictionary.teach(&words(spelling), &words(name));
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
