//! Small changes of what a sentence says. Each returns whether it found something to change.

use super::focus::Focus;
use super::rng::Rng;
use super::sentence::{Clause, Determiner, Modifier, Sentence};
use super::vocabulary::WORDS;

/// One of them.
pub(crate) type Tweak = fn(&mut Sentence, &Focus, &mut Rng) -> bool;

fn any_clause<'a>(sentence: &'a mut Sentence, rng: &mut Rng) -> &'a mut Clause {
    let at = rng.below(sentence.clauses.len());
    &mut sentence.clauses[at]
}

/// Another number in a circumstance ("every 30 days" to "every 90 days").
pub(crate) fn number(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let modifiers = sentence.clauses.iter_mut().flat_map(|clause| &mut clause.modifiers);
    let mut with_number: Vec<&mut Modifier> = modifiers.filter(|m| m.has_number()).collect();
    if with_number.is_empty() {
        return false;
    }
    let at = rng.below(with_number.len());
    let modifier = &mut *with_number[at];
    let before = modifier.number;
    while modifier.number == before {
        modifier.number = Modifier::draw_number(rng);
    }
    true
}

/// Another product where one is named.
pub(crate) fn product(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let mut named: Vec<&mut usize> = Vec::new();
    for clause in &mut sentence.clauses {
        named.extend(clause.object.of.as_mut());
        let modifiers = clause.modifiers.iter_mut().filter(|m| m.has_product());
        named.extend(modifiers.map(|modifier| &mut modifier.product));
    }
    if named.is_empty() {
        return false;
    }
    let at = rng.below(named.len());
    let before = *named[at];
    while *named[at] == before {
        *named[at] = rng.below(WORDS.products.len());
    }
    true
}

/// A verb that means the same.
pub(crate) fn synonym(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let clause = any_clause(sentence, rng);
    WORDS.verbs[clause.verb].synonym.is_some_and(|verb| {
        clause.verb = verb;
        true
    })
}

/// An adjective that came, went or changed.
pub(crate) fn adjective(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let object = &mut any_clause(sentence, rng).object;
    object.adjective = match object.adjective {
        Some(_) if rng.chance(50) => None,
        Some(before) => {
            Some((before + 1 + rng.below(WORDS.adjectives.len() - 1)) % WORDS.adjectives.len())
        }
        None => Some(rng.below(WORDS.adjectives.len())),
    };
    true
}

/// One circumstance more.
pub(crate) fn more(sentence: &mut Sentence, focus: &Focus, rng: &mut Rng) -> bool {
    let clause = any_clause(sentence, rng);
    let count = clause.modifiers.len();
    if count > 3 {
        return false;
    }
    clause.add_modifiers(count + 1, focus, rng);
    clause.modifiers.len() > count
}

/// One circumstance less.
pub(crate) fn less(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let clause = any_clause(sentence, rng);
    if clause.modifiers.is_empty() {
        return false;
    }
    clause.modifiers.remove(rng.below(clause.modifiers.len()));
    true
}

/// One circumstance replaced by another of its kind.
pub(crate) fn circumstance(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let clause = any_clause(sentence, rng);
    if clause.modifiers.is_empty() {
        return false;
    }
    let at = rng.below(clause.modifiers.len());
    let modifier = &mut clause.modifiers[at];
    let kind = modifier.kind();
    let others: Vec<usize> = (0..WORDS.templates.len())
        .filter(|at| WORDS.templates[*at].kind == kind && *at != modifier.template)
        .collect();
    modifier.template = *rng.pick(&others);
    true
}

/// "the" to "your" and the like.
pub(crate) fn determiner(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let object = &mut any_clause(sentence, rng).object;
    let singular = WORDS.nouns[object.noun].singular;
    object.determiner = match object.determiner {
        Determiner::The => Determiner::Your,
        Determiner::Your if singular => Determiner::The,
        Determiner::Your => Determiner::All,
        Determiner::All | Determiner::None => Determiner::The,
    };
    true
}

/// A misspelling that came or was repaired.
pub(crate) fn typo(sentence: &mut Sentence, _: &Focus, rng: &mut Rng) -> bool {
    let before = sentence.text();
    sentence.typo = if sentence.typo.is_some() { None } else { Some(rng.below(8)) };
    sentence.text() != before
}

/// A condition put first or last.
pub(crate) fn order(sentence: &mut Sentence, _: &Focus, _: &mut Rng) -> bool {
    let before = sentence.text();
    sentence.fronted = !sentence.fronted;
    sentence.text() != before
}

/// About half of the words: verb and object stay (the verb perhaps as a synonym), and one of
/// several circumstances, so that a careful reader still knows the obligation.
pub(crate) fn much(sentence: &mut Sentence, focus: &Focus, rng: &mut Rng) -> bool {
    if rng.chance(25) {
        synonym(sentence, focus, rng);
    }
    let fresh = rng.between(1, 2);
    let clause = &mut sentence.clauses[0];
    let keep = usize::from(clause.modifiers.len() > 1 || rng.chance(40));
    while clause.modifiers.len() > keep {
        clause.modifiers.remove(rng.below(clause.modifiers.len()));
    }
    let kept = clause.modifiers.clone();
    clause.add_modifiers(keep + fresh, focus, rng);
    if rng.chance(40) {
        adjective(sentence, focus, rng);
    }
    sentence.typo = None;
    sentence.clauses[0].modifiers != kept
}
