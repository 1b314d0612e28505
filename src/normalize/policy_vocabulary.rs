//! Words that a policy adds to the grammar: names of parties, and templates' texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::canonical;
use super::content_kind::{self, ContentKind};
use super::dictionary::Dictionary;
use super::presets::{self, PresetOwner};
use super::section_cache::SectionCache;
use super::token::{Token, Who, raw_tokens};
use crate::model::Party;
use crate::parse::DocAttributes;

/// A policy's own words, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct PolicyVocabulary {
    /// Names as tokens, longest first.
    names: Vec<(Vec<Token>, Who)>,
    /// The parties behind [`Who::Own`].
    parties: Vec<Party>,
    /// Names that read as the party's own one in running text.
    spellings: Dictionary,
    placeholders: Vec<Placeholder>,
    /// What the provider is called, where the policy names one.
    pub(super) provider: Option<String>,
    /// Whether it has the owner words of a scheme.
    pub(super) has_preset: bool,
    /// Attributes of AsciiDoc pages.
    pub(super) attributes: DocAttributes,
    /// The fields with the date of a page's last update; empty for those of its format.
    pub(super) stamp_fields: Vec<String>,
    /// Letters of each name that any page must hold to name that party.
    needles: Vec<Vec<u8>>,
    /// Sections that were read under the policy.
    pub(super) sections: Arc<SectionCache>,
}

/// A template's text in canonical words.
#[derive(Clone, Debug)]
struct Placeholder {
    words: String,
    /// Whether anything may follow.
    open: bool,
}

impl PolicyVocabulary {
    /// Names of parties as pages write them, and templates' texts; a `*` at the end of one stands
    /// for any words.
    #[must_use]
    pub fn new(parties: &BTreeMap<String, Party>, placeholders: &[String]) -> Self {
        let mut own = Self::default();
        for (name, party) in parties {
            own.add_party(name, party);
        }
        own.names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for text in placeholders {
            let open = text.ends_with('*');
            let words = canonical::words_of(text.trim_end_matches('*')).join(" ");
            if !words.is_empty() {
                own.placeholders.push(Placeholder { words, open });
            }
        }
        own
    }

    fn add_party(&mut self, name: &str, party: &Party) {
        let who = match party {
            Party::Ibm | Party::Provider(_) => Who::Ibm,
            Party::Customer => Who::Customer,
            Party::Shared => Who::Shared,
            Party::Other(_) => {
                self.parties.push(party.clone());
                Who::Own(self.parties.len() - 1)
            }
        };
        if !self.add_name(name, who) {
            return;
        }
        let plain = match party {
            Party::Ibm | Party::Provider(_) => Some("ibm"),
            Party::Customer => Some("customer"),
            Party::Shared | Party::Other(_) => None,
        };
        if let Some(plain) = plain {
            self.spellings.add_spelling(canonical::words_of(name), vec![plain.to_owned()]);
        }
    }

    /// Adds a name as cells and headers have it; false where it has no words.
    fn add_name(&mut self, name: &str, who: Who) -> bool {
        let found = raw_tokens(name);
        if found.is_empty() {
            return false;
        }
        self.names.push((found, who));
        let longest =
            name.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|part| part.len());
        self.needles.push(longest.unwrap_or_default().as_bytes().to_vec());
        true
    }

    /// The same with a provider by its names. IBM is another party then, unless it is among them.
    #[must_use]
    pub fn with_provider(mut self, name: &str, spellings: &[String]) -> Self {
        self.provider = Some(name.to_owned());
        let all = || std::iter::once(name).chain(spellings.iter().map(String::as_str));
        for spelling in all() {
            self.add_party(spelling, &Party::Ibm);
        }
        let ibm = raw_tokens("IBM");
        if !self.names.iter().any(|(known, _)| *known == ibm) {
            self.add_party("IBM Cloud", &Party::Other("IBM".to_owned()));
            self.add_party("IBM", &Party::Other("IBM".to_owned()));
        }
        self.names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        self
    }

    /// The same with the owner words of a scheme.
    #[must_use]
    pub fn with_preset(mut self, preset: &str) -> Self {
        self.has_preset = true;
        for (word, owner) in presets::words_of(preset) {
            let who = match owner {
                PresetOwner::Provider => Who::Ibm,
                PresetOwner::Customer => Who::Customer,
                PresetOwner::Shared => Who::Shared,
                PresetOwner::ThirdParty => {
                    self.parties.push(Party::Other("Third party".to_owned()));
                    Who::Own(self.parties.len() - 1)
                }
            };
            self.add_name(word, who);
        }
        self.names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        self
    }

    /// The same with the fields that hold the date of the last update.
    #[must_use]
    pub fn with_stamp_fields(self, fields: &[String]) -> Self {
        Self { stamp_fields: fields.to_vec(), ..self }
    }

    /// The same with attributes of AsciiDoc pages.
    #[must_use]
    pub fn with_attributes(self, attributes: DocAttributes) -> Self {
        Self { attributes, ..self }
    }

    /// A fingerprint of these words; `more` is what is said beside parties and templates.
    #[must_use]
    pub fn words_fingerprint(
        parties: &BTreeMap<String, Party>,
        placeholders: &[String],
        more: &[String],
    ) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for (name, party) in parties {
            hash.update(format!("{name:?}: {:?}\n", party.to_string()));
        }
        for text in placeholders.iter().chain(more) {
            hash.update(format!("{text:?}\n"));
        }
        hash.finalize().iter().take(8).fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
    }

    /// The party behind [`Who::Own`].
    pub(super) fn party_at(&self, at: usize) -> Option<&Party> {
        self.parties.get(at)
    }

    /// The tokens with every name of a party in the place of its words.
    pub(super) fn with_party_names(&self, tokens: Vec<Token>) -> Vec<Token> {
        if self.names.is_empty() {
            return tokens;
        }
        let mut named = Vec::with_capacity(tokens.len());
        let mut rest = tokens.as_slice();
        while let [first, below @ ..] = rest {
            let name = self.names.iter().find(|(name, _)| rest.starts_with(name));
            if let Some((name, who)) = name {
                named.push(Token::Party(*who));
                rest = &rest[name.len()..];
            } else {
                named.push(first.clone());
                rest = below;
            }
        }
        named
    }

    /// Every name of IBM and of the customer to the same word.
    pub(super) fn rewrite_parties(&self, words: Vec<String>) -> Vec<String> {
        self.spellings.rewrite_words(words)
    }

    /// What kind of content a text is, if the policy says so.
    pub(super) fn content_kind(&self, text: &str) -> Option<ContentKind> {
        const LONGEST: usize = 400;
        if self.placeholders.is_empty() || text.len() > LONGEST {
            return None;
        }
        let words = canonical::words_of(text).join(" ");
        let fits = |known: &Placeholder| match words.strip_prefix(known.words.as_str()) {
            Some(rest) => rest.is_empty() || (known.open && rest.starts_with(' ')),
            None => false,
        };
        self.placeholders.iter().any(fits).then_some(content_kind::ContentKind::Placeholder)
    }

    /// Whether a page's bytes may hold any of the names.
    pub(super) fn may_stand_in(&self, bytes: &[u8]) -> bool {
        self.needles.iter().any(|needle| {
            needle.is_empty()
                || bytes.windows(needle.len()).any(|found| found.eq_ignore_ascii_case(needle))
        })
    }

    /// How many bytes the longest word has that such a quick look searches for.
    pub(super) fn longest_needle(&self) -> usize {
        self.needles.iter().map(Vec::len).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{self, Names};

    fn names() -> Names {
        let parties = BTreeMap::from([
            ("Platform team".to_owned(), Party::Ibm),
            ("Tenant".to_owned(), Party::Customer),
            ("Auditor".to_owned(), Party::Other("Auditor".to_owned())),
        ]);
        let own = PolicyVocabulary::new(&parties, &["Fill me in".to_owned(), "FIXME*".to_owned()]);
        Names::builtin().with_own(&Arc::new(own))
    }

    fn parties(page: &str, names: &Names) -> Vec<String> {
        if !normalize::may_assign(page.as_bytes(), names) {
            return Vec::new();
        }
        let document = normalize::read_page(page.as_bytes(), names);
        document.duties().map(|(_, _, duty)| duty.party.to_string()).collect()
    }

    const PAGE: &str = "\
| Task | Platform team | Tenant's duties | Auditor |
|---|---|---|---|
| Gates | Paint them. | Close them. | FIXME later |
| Walls | Fill me in. | Guard them. | Count them. |
";

    #[test]
    fn a_header_of_own_names_is_read_and_templates_are_left_out() {
        let found = parties(PAGE, &names());
        assert_eq!(found, ["ibm", "customer", "customer", "other:Auditor"]);
        assert!(parties(PAGE, &Names::builtin()).is_empty());
    }

    #[test]
    fn an_own_name_reads_as_the_party_in_texts() {
        let names = names();
        let canonical = |text: &str| normalize::canonical_text(text, &names);
        assert_eq!(canonical("The tenant locks up"), canonical("The Customer locks up"));
        assert_ne!(canonical("The auditor locks up"), canonical("The customer locks up"));
    }

    #[test]
    fn a_known_word_may_be_given_to_another_party() {
        let parties = BTreeMap::from([("User".to_owned(), Party::Other("User".to_owned()))]);
        let names = Names::builtin().with_own(&Arc::new(PolicyVocabulary::new(&parties, &[])));
        let page = "| Task | IBM | You | User |\n|--|--|--|--|\n| A | Paint. | Close. | Walk. |\n";
        assert_eq!(self::parties(page, &names), ["ibm", "customer", "other:User"]);
    }
}
