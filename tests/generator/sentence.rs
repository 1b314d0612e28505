//! An obligation as what it says (verb, object, circumstances) apart from how it says it.
//!
//! Texts hold names as marks (`<3>` the fourth product, `<ibm>`, `<customer>`), which the writer
//! spells as its style wants: so two texts are the same words exactly when they are equal.

use super::focus::Focus;
use super::rng::Rng;
use super::vocabulary::{Circumstance, WORDS};

/// How a sentence says who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// "Back up X."
    Imperative,
    /// "Backing up X."
    Gerund,
    /// "You must back up X."
    YouMust,
    /// "You should back up X."
    YouShould,
    /// "You are responsible for backing up X."
    YouAreResponsible,
    /// "The customer is responsible for backing up X."
    CustomerIsResponsible,
    /// "The customer backs up X."
    CustomerDoes,
    /// "IBM is responsible for backing up X."
    IbmIsResponsible,
    /// "IBM backs up X."
    IbmDoes,
    /// "Skyvault backs up X."
    ServiceDoes(usize),
    /// "X is backed up by IBM."
    PassiveIbm,
    /// "X is backed up by the customer."
    PassiveCustomer,
}

/// What stands before an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Determiner {
    None,
    The,
    Your,
    All,
}

/// What is to be backed up, patched, ...
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) noun: usize,
    pub(crate) determiner: Determiner,
    pub(crate) adjective: Option<usize>,
    /// The product that it belongs to.
    pub(crate) of: Option<usize>,
}

/// When, where, how, ...
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modifier {
    pub(crate) template: usize,
    pub(crate) number: usize,
    pub(crate) product: usize,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) verb: usize,
    pub(crate) object: Object,
    pub(crate) modifiers: Vec<Modifier>,
}

/// One or two things to do, in one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) voice: Voice,
    pub(crate) clauses: Vec<Clause>,
    /// Whether a condition of the first clause opens the sentence.
    pub(crate) fronted: bool,
    /// Which long word is misspelled.
    pub(crate) typo: Option<usize>,
}

impl Modifier {
    pub(crate) fn kind(&self) -> Circumstance {
        WORDS.templates[self.template].kind
    }

    pub(crate) fn text(&self) -> String {
        WORDS.templates[self.template]
            .text
            .replace("{n}", &self.number.to_string())
            .replace("{p}", &format!("<{}>", self.product))
    }

    pub(crate) fn has_number(&self) -> bool {
        WORDS.templates[self.template].text.contains("{n}")
    }

    pub(crate) fn has_product(&self) -> bool {
        WORDS.templates[self.template].text.contains("{p}")
    }

    pub(crate) fn draw(focus: &Focus, rng: &mut Rng) -> Self {
        Self {
            template: *rng.pick(&focus.templates),
            number: Self::draw_number(rng),
            product: *rng.pick(&focus.products),
        }
    }

    /// A number as such pages have them.
    pub(crate) fn draw_number(rng: &mut Rng) -> usize {
        const NUMBERS: [usize; 14] = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60, 90];
        *rng.pick(&NUMBERS)
    }
}

impl Object {
    fn text(&self) -> String {
        let determiner = match self.determiner {
            Determiner::None => "",
            Determiner::The => "the ",
            Determiner::Your => "your ",
            Determiner::All => "all ",
        };
        let adjective =
            self.adjective.map_or_else(String::new, |at| format!("{} ", WORDS.adjectives[at]));
        let of = self.of.map_or_else(String::new, |product| format!(" of <{product}>"));
        format!("{determiner}{adjective}{}{of}", WORDS.nouns[self.noun].text)
    }
}

impl Clause {
    /// A thing to do that makes sense: the verb takes such objects.
    pub(crate) fn draw(focus: &Focus, topic: Option<usize>, rng: &mut Rng) -> Self {
        let noun = topic.unwrap_or_else(|| *rng.pick(&focus.nouns));
        let verb = focus.verb_for(noun, rng);
        let singular = WORDS.nouns[noun].singular;
        let determiner = match rng.below(10) {
            0..=3 => Determiner::The,
            4..=5 => Determiner::Your,
            6 if !singular => Determiner::All,
            _ if singular => Determiner::The,
            _ => Determiner::None,
        };
        let adjective = rng.chance(30).then(|| rng.below(WORDS.adjectives.len()));
        let of = rng.chance(20).then(|| *rng.pick(&focus.products));
        Self { verb, object: Object { noun, determiner, adjective, of }, modifiers: Vec::new() }
    }

    /// Adds circumstances of kinds that are not there yet.
    pub(crate) fn add_modifiers(&mut self, count: usize, focus: &Focus, rng: &mut Rng) {
        for _ in 0..count * 3 {
            let modifier = Modifier::draw(focus, rng);
            let known = self.modifiers.iter().any(|other| other.kind() == modifier.kind());
            if !known && count > 0 {
                self.modifiers.push(modifier);
            }
            if self.modifiers.len() >= count {
                break;
            }
        }
        self.modifiers.sort_by_key(Modifier::kind);
    }

    fn text(&self, form: Form, fronted: bool) -> String {
        let verb = &WORDS.verbs[self.verb];
        let object = self.object.text();
        let mut text = match form {
            Form::Base => format!("{} {object}", verb.base),
            Form::Third => format!("{} {object}", verb.third),
            Form::Gerund => format!("{} {object}", verb.gerund),
            Form::Passive(by) => {
                let be = if WORDS.nouns[self.object.noun].singular { "is" } else { "are" };
                format!("{object} {be} {} by {by}", verb.participle)
            }
        };
        for modifier in self.modifiers.iter().filter(|m| !fronted || m.kind() != Circumstance::If) {
            text.push(' ');
            text.push_str(&modifier.text());
        }
        text
    }

    fn essence(&self, words: &mut Vec<String>) {
        let mut add = |text: &str| {
            words
                .extend(text.split([' ', ',']).filter(|word| says_something(word)).map(Into::into));
        };
        add(WORDS.verbs[self.verb].base);
        add(WORDS.nouns[self.object.noun].text);
        if let Some(adjective) = self.object.adjective {
            add(WORDS.adjectives[adjective]);
        }
        if let Some(product) = self.object.of {
            add(&format!("<{product}>"));
        }
        for modifier in &self.modifiers {
            add(&modifier.text());
        }
    }
}

#[derive(Clone, Copy)]
enum Form {
    Base,
    Third,
    Gerund,
    Passive(&'static str),
}

impl Sentence {
    /// A new obligation, perhaps about a given noun. About a tenth hold two things to do.
    pub(crate) fn draw(focus: &Focus, topic: Option<usize>, rng: &mut Rng) -> Self {
        let mut first = Clause::draw(focus, topic, rng);
        let count = *rng.weighted(&[(14, 0), (30, 1), (31, 2), (18, 3), (7, 4)]);
        first.add_modifiers(count, focus, rng);
        let mut clauses = vec![first];
        if rng.chance(12) {
            let mut second = Clause::draw(focus, None, rng);
            let count = rng.between(1, 2);
            second.add_modifiers(count, focus, rng);
            clauses.push(second);
        }
        let fronted = rng.chance(25);
        Self { voice: Voice::Imperative, clauses, fronted, typo: None }
    }

    /// The text, with names as marks.
    pub(crate) fn text(&self) -> String {
        let (subject, form) = match self.voice {
            Voice::Imperative => (String::new(), Form::Base),
            Voice::Gerund => (String::new(), Form::Gerund),
            Voice::YouMust => ("you must ".to_owned(), Form::Base),
            Voice::YouShould => ("you should ".to_owned(), Form::Base),
            Voice::YouAreResponsible => ("you are responsible for ".to_owned(), Form::Gerund),
            Voice::CustomerIsResponsible => {
                ("<customer> is responsible for ".to_owned(), Form::Gerund)
            }
            Voice::CustomerDoes => ("<customer> ".to_owned(), Form::Third),
            Voice::IbmIsResponsible => ("<ibm> is responsible for ".to_owned(), Form::Gerund),
            Voice::IbmDoes => ("<ibm> ".to_owned(), Form::Third),
            Voice::ServiceDoes(product) => (format!("<{product}> "), Form::Third),
            Voice::PassiveIbm => (String::new(), Form::Passive("<ibm>")),
            Voice::PassiveCustomer => (String::new(), Form::Passive("<customer>")),
        };
        let first = self.clauses.first();
        let front = first
            .and_then(|clause| clause.modifiers.iter().find(|m| m.kind() == Circumstance::If))
            .filter(|_| self.fronted)
            .map_or_else(String::new, |modifier| format!("{}, ", modifier.text()));
        let told: Vec<String> = self
            .clauses
            .iter()
            .enumerate()
            .map(|(at, clause)| clause.text(form, self.fronted && at == 0))
            .collect();
        let text = format!("{front}{subject}{}.", told.join(" and "));
        capitalized(&self.misspelled(&text))
    }

    fn misspelled(&self, text: &str) -> String {
        let Some(typo) = self.typo else { return text.to_owned() };
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let long: Vec<usize> = (0..words.len())
            .filter(|at| words[*at].len() > 6 && words[*at].bytes().all(|b| b.is_ascii_lowercase()))
            .collect();
        if let Some(at) = long.get(typo % long.len().max(1)) {
            let mut letters: Vec<char> = words[*at].chars().collect();
            // a doubled letter would hide the slip
            let slip = (2..letters.len() - 2).find(|i| letters[*i] != letters[*i + 1]).unwrap_or(2);
            letters.swap(slip, slip + 1);
            words[*at] = letters.into_iter().collect();
        }
        words.join(" ")
    }

    /// What it says beside voice and grammar, in base forms.
    pub(crate) fn essence(&self) -> Vec<String> {
        let mut words = Vec::new();
        for clause in &self.clauses {
            clause.essence(&mut words);
        }
        words
    }
}

fn says_something(word: &str) -> bool {
    const SAYS_NOTHING: [&str; 44] = [
        "", "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "that", "so",
        "if", "when", "is", "are", "be", "can", "with", "from", "up", "out", "after", "before",
        "within", "each", "every", "as", "no", "any", "than", "more", "where", "such", "one",
        "all", "least", "it", "its", "does", "has",
    ];
    !SAYS_NOTHING.contains(&word)
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
