//! What one page is about: pages on a real service say the same few words again and again, and
//! that is what makes their duties hard to tell apart.

use super::rng::Rng;
use super::vocabulary::WORDS;

/// The words that a page draws from, as positions in the vocabulary.
#[derive(Clone, Debug)]
pub(crate) struct Focus {
    pub(crate) nouns: Vec<usize>,
    pub(crate) verbs: Vec<usize>,
    pub(crate) templates: Vec<usize>,
    pub(crate) products: Vec<usize>,
}

impl Focus {
    /// A narrow, a usual or an open one.
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let [nouns, verbs, templates, products] =
            *rng.weighted(&[(4, [8, 14, 12, 2]), (4, [20, 30, 24, 4]), (2, [200, 200, 200, 20])]);
        Self {
            nouns: some(WORDS.nouns.len(), nouns, rng),
            verbs: some(WORDS.verbs.len(), verbs, rng),
            templates: some(WORDS.templates.len(), templates, rng),
            products: some(WORDS.products.len(), products, rng),
        }
    }

    /// All words.
    pub(crate) fn whole() -> Self {
        Self {
            nouns: (0..WORDS.nouns.len()).collect(),
            verbs: (0..WORDS.verbs.len()).collect(),
            templates: (0..WORDS.templates.len()).collect(),
            products: (0..WORDS.products.len()).collect(),
        }
    }

    /// A verb that takes the object; any of the vocabulary's where the page has none.
    pub(crate) fn verb_for(&self, noun: usize, rng: &mut Rng) -> usize {
        let class = WORDS.nouns[noun].class;
        let fits = |verb: &usize| WORDS.verbs[*verb].classes.contains(class);
        let own: Vec<usize> = self.verbs.iter().copied().filter(fits).collect();
        if own.len() > 2 {
            return *rng.pick(&own);
        }
        let any: Vec<usize> = (0..WORDS.verbs.len()).filter(fits).collect();
        *rng.pick(&any)
    }
}

fn some(of: usize, count: usize, rng: &mut Rng) -> Vec<usize> {
    let mut all: Vec<usize> = (0..of).collect();
    rng.shuffle(&mut all);
    all.truncate(count);
    all
}
