//! Words as they count for likeness: stems, and how much each one says. A word says the same on
//! every page, so that what is paired in a section does not depend on what else a page holds.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::deed_nouns::deed_as_noun;
use super::stem_counts::StemCounts;
use crate::vocabulary::WordList;

/// What a word says, where that is less than 1.
///
/// Words that carry voice, tense and grammar say nothing: "You must back up X" and "The customer
/// is responsible for backing up X" are one duty. Words that half of all duties on such pages
/// share tell little apart.
static WEIGHTS: LazyLock<FxHashMap<String, f64>> = LazyLock::new(|| {
    let stemmer = page_stemmer();
    let (common, voice) =
        (WordList::named("common words"), WordList::named("words of voice and grammar"));
    let common = common.iter().map(|word| (stemmer.stem(word).into_owned(), 0.6));
    common.chain(voice.iter().map(|word| (word.to_owned(), 0.0))).collect()
});

/// Verbs with the same meaning, each mapped to the first of its line: "collect the logs" and
/// "gather the logs" are one duty in two wordings.
static SYNONYMS: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let stemmer = page_stemmer();
    let mut synonyms = FxHashMap::default();
    for line in include_str!("synonyms.txt").lines() {
        let mut stems = line.split(' ').map(|verb| stemmer.stem(verb).into_owned());
        let Some(first) = stems.next() else { continue };
        synonyms.extend(stems.map(|stem| (stem, first.clone())));
    }
    synonyms
});

/// Verbs of which what follows "to" is done by somebody else, as stems.
static MEANS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| stems_of(&WordList::named("verbs that give the means")));

/// All stems of both versions.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// By word as written.
    words: FxHashMap<Arc<str>, u32>,
    ids: FxHashMap<Arc<str>, u32>,
    stems: Vec<Stem>,
}

#[derive(Clone)]
struct Stem {
    text: Arc<str>,
    /// 0 for voice, less than 1 for common words.
    weight: f64,
}

/// So many words are remembered with their stems; after that the memory is cleared.
const MOST_WORDS: usize = 50_000;

thread_local! {
    /// The stems of words in any comparison of this run: pages of one field share most words, and
    /// stemming takes longer than looking up.
    static STEMS: RefCell<FxHashMap<Arc<str>, Stem>> = RefCell::default();
}

/// What a word of a page's title says: it names the service, which any duty may name.
pub(super) const TITLE_WORD: f64 = 0.3;

impl Vocabulary {
    /// Words that say little on pages of this title.
    pub(super) fn learn_title(&mut self, title: &str, stemmer: &Stemmer) {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words {
            let id = self.stem_id(&word.to_lowercase(), stemmer);
            let stem = &mut self.stems[id as usize];
            stem.weight = stem.weight.min(TITLE_WORD);
        }
    }

    /// Stems a canonical text.
    pub(super) fn add_text(&mut self, canonical: &str, stemmer: &Stemmer) -> StemCounts {
        StemCounts::from_ids(words_of(canonical).map(|word| self.stem_id(word, stemmer)).collect())
    }

    /// The stems of a text whose words were learned with others.
    pub(super) fn stems_of(&self, canonical: &str) -> StemCounts {
        StemCounts::from_ids(
            words_of(canonical).filter_map(|word| self.words.get(word).copied()).collect(),
        )
    }

    /// The first stems of a text that count; `text` is the same as it is written.
    pub(super) fn head_stems(
        &mut self,
        canonical: &str,
        text: &str,
        stemmer: &Stemmer,
    ) -> Vec<u32> {
        static CIRCUMSTANCE: WordList = WordList::named("circumstances before a deed");
        const LENGTH: usize = 4;
        let canonical = behind_reminder(canonical);
        let mut words = words_of(behind_means(canonical)).peekable();
        if words.peek().is_none_or(|first| CIRCUMSTANCE.has(first)) {
            // "When a node fails, you must ...": the deed stands behind the verb that binds
            let binds = |word: &&str| matches!(*word, "must" | "should" | "shall" | "responsible");
            if words.by_ref().find(binds).is_none() {
                let Some(deed) = deed_behind_condition(canonical, text) else { return Vec::new() };
                words = words_of(deed).peekable();
            }
        }
        let mut head = Vec::with_capacity(LENGTH);
        for word in words {
            // what follows says more of the object, or where, when and how
            if head.len() > 1 && (CIRCUMSTANCE.has(word) || DETAILS.has(word)) {
                break;
            }
            let id = self.stem_id(word, stemmer);
            if self.stems[id as usize].weight > 0.0 {
                head.push(id);
            }
            if head.len() == LENGTH {
                break;
            }
        }
        head
    }

    /// How much a stem says, 0 to 1.
    pub(super) fn stem_weight(&self, id: u32) -> f64 {
        self.stems[id as usize].weight
    }

    /// How much a text says.
    pub(super) fn text_weight(&self, text: &StemCounts) -> f64 {
        text.total_weight(|id| self.stem_weight(id))
    }

    /// Whether a verb gives somebody the means to do something: "provide a console to upgrade".
    pub(super) fn gives_means(&self, id: u32) -> bool {
        MEANS.contains(self.stem_text(id))
    }

    /// The stem itself.
    pub(super) fn stem_text(&self, id: u32) -> &str {
        &self.stems[id as usize].text
    }

    /// The first word of a canonical text with this stem.
    pub(super) fn word_in<'t>(&self, canonical: &'t str, id: u32) -> Option<&'t str> {
        canonical.split(' ').find(|word| self.is_form_of(word, id))
    }

    /// Whether a word says more than grammar and voice.
    pub(super) fn says_something(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|id| self.stem_weight(*id) > 0.0)
    }

    /// The stem of a word that was learned.
    pub(super) fn stem_id_of(&self, word: &str) -> Option<u32> {
        self.words.get(word).copied()
    }

    /// Whether a word has this stem.
    pub(super) fn is_form_of(&self, word: &str, id: u32) -> bool {
        self.words.get(word) == Some(&id)
    }

    fn stem_id(&mut self, word: &str, stemmer: &Stemmer) -> u32 {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let (word, stem) = known_stem(word, stemmer);
        let id = self.id_of_stem(stem);
        self.words.insert(word, id);
        id
    }

    fn id_of_stem(&mut self, stem: Stem) -> u32 {
        if let Some(id) = self.ids.get(&stem.text) {
            return *id;
        }
        let id = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        self.ids.insert(Arc::clone(&stem.text), id);
        self.stems.push(stem);
        id
    }
}

/// The stems of a text that count, each once.
pub(crate) type CountedStems = BTreeSet<Arc<str>>;

/// The stems of a canonical text that count.
pub(crate) fn counted_stems(canonical: &str) -> CountedStems {
    let stemmer = page_stemmer();
    let stems = words_of(canonical).map(|word| known_stem(word, &stemmer).1);
    stems.filter(|stem| stem.weight > 0.0).map(|stem| stem.text).collect()
}

/// The stem of a word, as it is remembered.
pub(super) fn known_stem_text(word: &str) -> Arc<str> {
    known_stem(word, &page_stemmer()).1.text
}

/// A word and its stem.
fn known_stem(word: &str, stemmer: &Stemmer) -> (Arc<str>, Stem) {
    STEMS.with_borrow_mut(|known| {
        if let Some((word, stem)) = known.get_key_value(word) {
            return (Arc::clone(word), stem.clone());
        }
        if known.len() >= MOST_WORDS {
            known.clear();
        }
        let text = stem_of(word, stemmer);
        let weight = WEIGHTS.get(&text).copied().unwrap_or(1.0);
        let (word, stem) = (Arc::<str>::from(word), Stem { text: text.into(), weight });
        known.insert(Arc::clone(&word), stem.clone());
        (word, stem)
    })
}

/// Words that open a sentence with a condition; the deed stands behind its comma.
static CONDITIONS: WordList = WordList::named("words that open a condition");

/// Words behind which more is said of an object, not another one.
static DETAILS: WordList = WordList::named("words that say more of an object");

/// The words of a canonical text as they are compared. "make sure" is left out: it says what "ensure"
/// says, and its "make" is no deed. "Back up" is one word, and "take a backup of" is the same.
fn words_of(canonical: &str) -> impl Iterator<Item = &str> {
    let (deed, rest) =
        deed_as_noun(canonical).map_or((None, canonical), |(deed, rest)| (Some(deed), rest));
    let mut words = rest.split(' ').filter(|word| !word.is_empty()).peekable();
    let others = std::iter::from_fn(move || {
        let word = words.next()?;
        let is_reminder = matches!(word, "make" | "makes" | "making" | "be")
            && words.next_if_eq(&"sure").is_some();
        if is_reminder {
            return words.next();
        }
        if let Some(particle) = particle_of(word) {
            words.next_if_eq(&particle);
        }
        Some(word)
    });
    deed.into_iter().chain(others)
}

/// What belongs to a verb of two words, in any of its forms.
fn particle_of(verb: &str) -> Option<&'static str> {
    let particle = match verb {
        "back" | "backs" | "backed" | "backing" | "set" | "sets" | "setting" | "clean"
        | "cleans" | "cleaned" | "cleaning" | "look" | "looks" | "looked" | "looking" => "up",
        "fail" | "fails" | "failed" | "failing" => "over",
        "roll" | "rolls" | "rolled" | "rolling" => "back",
        "shut" | "shuts" | "shutting" => "down",
        _ => return None,
    };
    Some(particle)
}

/// The text behind "make sure that you": what has to be done.
fn behind_reminder(canonical: &str) -> &str {
    let rest = canonical.split_once(" sure ").filter(|(before, _)| {
        let mut words = before.rsplit(' ');
        matches!(words.next(), Some("make" | "makes" | "be")) && words.count() <= 2
    });
    rest.map_or(canonical, |(_, rest)| rest)
}

/// The text behind its means: "use the API, CLI, or console to" says how, not what.
fn behind_means(canonical: &str) -> &str {
    const MOST: usize = 12;
    let Some(rest) = canonical.strip_prefix("use ") else { return canonical };
    let to = rest.match_indices(" to ").map(|(at, to)| (at, &rest[at + to.len()..]));
    let near = |(at, _): &(usize, &str)| rest[..*at].split(' ').count() <= MOST;
    to.take_while(near).map(|(_, deed)| deed).next().unwrap_or(canonical)
}

/// What a text asks for behind the condition that it opens with; `text` is the same as it is
/// written. None where it opens with none.
pub(crate) fn deed_behind_condition<'t>(canonical: &'t str, text: &str) -> Option<&'t str> {
    let opens = canonical.split(' ').next().is_some_and(|word| CONDITIONS.has(word));
    behind_comma(canonical, text).filter(|_| opens)
}

/// The words behind the first comma: "When a node fails, replace the node".
fn behind_comma<'t>(canonical: &'t str, text: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ').map(str::to_lowercase);
    let begin = format!(" {} {} ", words.next()?, words.next()?);
    canonical.find(&begin).map(|at| &canonical[at + 1..])
}

/// Voice words keep their form so that none of them shares a stem with a word that counts
/// ("need" the modal, "needs" the noun; "use" and "user").
fn stem_of(word: &str, stemmer: &Stemmer) -> String {
    if WEIGHTS.get(word) == Some(&0.0) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    let bare = word.strip_suffix("'s").unwrap_or(word);
    let stem = stemmer.stem(bare).into_owned();
    SYNONYMS.get(&stem).cloned().unwrap_or(stem)
}

/// The stems of the words of a list.
pub(super) fn stems_of(list: &WordList) -> BTreeSet<String> {
    let stemmer = page_stemmer();
    list.iter().map(|word| stem_of(word, &stemmer)).collect()
}

/// The stemmer for the pages' language.
pub(super) fn page_stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
}
