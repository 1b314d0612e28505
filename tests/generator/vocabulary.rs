//! The words that pages are made of, read from the text files beside.

use std::sync::LazyLock;

/// A verb in the forms that the voices need.
pub(crate) struct Verb {
    pub(crate) base: &'static str,
    pub(crate) third: &'static str,
    pub(crate) gerund: &'static str,
    pub(crate) participle: &'static str,
    /// The classes of objects that it takes, a letter each.
    pub(crate) classes: &'static str,
    /// Another verb that a careful reader takes for the same.
    pub(crate) synonym: Option<usize>,
    /// The first of the verbs that are nearly the same, itself perhaps.
    pub(crate) kin: usize,
}

/// What verbs are done to.
pub(crate) struct Noun {
    pub(crate) text: &'static str,
    pub(crate) singular: bool,
    pub(crate) class: char,
}

/// What kind of circumstance a modifier tells, in the order in which a sentence tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Circumstance {
    Scope,
    Where,
    How,
    When,
    If,
    Why,
}

/// A template of a circumstance: `{n}` is a number, `{p}` a product.
pub(crate) struct Template {
    pub(crate) kind: Circumstance,
    pub(crate) text: &'static str,
}

/// A product and the keyref keys that are spellings of its one name.
pub(crate) struct Product {
    pub(crate) name: &'static str,
    pub(crate) keys: Vec<&'static str>,
}

/// All of it.
pub(crate) struct Vocabulary {
    pub(crate) verbs: Vec<Verb>,
    pub(crate) nouns: Vec<Noun>,
    pub(crate) adjectives: Vec<&'static str>,
    pub(crate) templates: Vec<Template>,
    pub(crate) products: Vec<Product>,
    pub(crate) areas: Vec<&'static str>,
    pub(crate) plans: Vec<&'static str>,
    pub(crate) natures: Vec<&'static str>,
    pub(crate) short_labels: Vec<&'static str>,
    pub(crate) generic: Vec<&'static str>,
    pub(crate) resources: Vec<&'static str>,
    pub(crate) columns: Vec<&'static str>,
}

/// The words, read once.
pub(crate) static WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::read);

impl Vocabulary {
    fn read() -> Self {
        let labels = include_str!("vocabulary/labels.txt");
        Self {
            verbs: verbs(),
            nouns: nouns(),
            adjectives: lines(include_str!("vocabulary/adjectives.txt")).collect(),
            templates: templates(),
            products: products(),
            areas: keyed(labels, "area"),
            plans: keyed(labels, "plan"),
            natures: keyed(labels, "nature"),
            short_labels: keyed(labels, "short"),
            generic: keyed(labels, "generic"),
            resources: keyed(labels, "resource"),
            columns: keyed(labels, "column"),
        }
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn keyed(text: &'static str, key: &str) -> Vec<&'static str> {
    lines(text)
        .filter_map(|line| line.split_once(": "))
        .filter(|(found, _)| *found == key)
        .map(|(_, value)| value)
        .collect()
}

fn verbs() -> Vec<Verb> {
    let fields = || {
        lines(include_str!("vocabulary/verbs.txt")).filter_map(|line| {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            <[&str; 6]>::try_from(fields).ok()
        })
    };
    let at = |base: &str| fields().position(|verb| verb[0] == base);
    fields()
        .enumerate()
        .map(|(own, [base, third, gerund, participle, classes, synonym])| Verb {
            base,
            third,
            gerund,
            participle,
            classes,
            synonym: at(synonym),
            kin: kin_of(base).filter_map(at).chain(at(synonym)).min().unwrap_or(own).min(own),
        })
        .collect()
}

/// The verbs that are nearly the same.
fn kin_of(base: &'static str) -> impl Iterator<Item = &'static str> {
    let groups = lines(include_str!("vocabulary/kin.txt"));
    groups
        .filter(move |group| group.split(", ").any(|verb| verb == base))
        .flat_map(|g| g.split(", "))
}

fn nouns() -> Vec<Noun> {
    let mut nouns = Vec::new();
    for line in lines(include_str!("vocabulary/objects.txt")) {
        let Some((class, list)) = line.split_once(": ") else { continue };
        for word in list.split(", ") {
            nouns.push(Noun {
                text: word.trim_end_matches('*'),
                singular: word.ends_with('*'),
                class: class.chars().next().unwrap_or(' '),
            });
        }
    }
    nouns
}

fn templates() -> Vec<Template> {
    let text = include_str!("vocabulary/modifiers.txt");
    [
        ("scope", Circumstance::Scope),
        ("where", Circumstance::Where),
        ("how", Circumstance::How),
        ("when", Circumstance::When),
        ("if", Circumstance::If),
        ("why", Circumstance::Why),
    ]
    .into_iter()
    .flat_map(|(key, kind)| keyed(text, key).into_iter().map(move |text| Template { kind, text }))
    .collect()
}

fn products() -> Vec<Product> {
    lines(include_str!("vocabulary/products.txt"))
        .filter_map(|line| line.split_once('|'))
        .map(|(name, keys)| Product {
            name: name.trim(),
            keys: keys.split(',').map(str::trim).filter(|key| !key.is_empty()).collect(),
        })
        .collect()
}
