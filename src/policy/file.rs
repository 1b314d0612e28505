//! The policy file: what a team says counts in its repository.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny};

use super::controls::{self, ControlRule};
use super::gate_key::{GateKey, GateLevelKey, Unreadable};
use super::level::{self, LevelName, LevelRule, PartyName};
use super::lint::{self, LintRule};
use super::one_or_more::OneOrMore;
use super::other_pages::{AsciiDocKey, OtherPages, Preset, ProviderKey};
use super::pattern::{Pathspec, RepositoryFile};
use super::read::{once_each, read_yaml};
use super::version::FormatVersion;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Change, Code, Level, Party, Place, Severity};

/// What the file is called in a repository's root.
pub const FILE: &str = "respdiff.yaml";

/// From which level on a change fails without a policy.
const DEFAULT_GATE: Level = Level::Boundary;

/// A policy as it applies; the default is what holds without a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Where it was read, for people; none for the default.
    pub origin: Option<String>,
    /// Which files may be responsibility pages; empty for all.
    pub sources: Vec<Pathspec>,
    /// Parties by the names that pages give them.
    pub parties: BTreeMap<String, Party>,
    /// Templates' texts that are no duties.
    pub placeholders: Vec<String>,
    /// Keyref files; later files override earlier ones.
    pub keyrefs: Vec<RepositoryFile>,
    /// The levels of changes; the last rule that matches decides.
    pub levels: Vec<LevelRule>,
    /// How much findings of `lint` matter; the last rule that fits decides.
    pub lint: Vec<LintRule>,
    /// Which of the user's own controls duties belong to; all the rules that fit count.
    pub controls: Vec<ControlRule>,
    /// How pages of others are read.
    pub pages: OtherPages,
    /// From which level on a change fails the check.
    pub fail_on: Option<Level>,
    /// What happens if the parties of a page can no longer be read.
    pub unreadable: Option<Unreadable>,
}

/// Whose file it is, which decides whether it may name targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A repository's own: untrusted.
    Repository,
    /// The user's, named by an option or the environment.
    User,
}

impl Policy {
    /// Reads a policy file's text; `name` is the file as the user knows it.
    ///
    /// # Errors
    /// If anything in it is unknown or has another type; the message names the place.
    pub fn read(name: &str, text: &str, whose: Whose) -> Result<Self> {
        let is_of_alert =
            whose == Whose::User && text.lines().any(|line| line.starts_with("alert:"));
        let mut policy = match whose {
            Whose::Repository => read_yaml::<PolicyFile<Refused>>(name, text).map(Self::from_file),
            Whose::User => read_yaml::<PolicyFile<IgnoredAny>>(name, text).map(Self::from_file),
        }
        .map_err(|error| match (text.trim().is_empty(), error.advice()) {
            (true, _) => Error::new(ErrorKind::Input, format!("{name} is empty"))
                .with_hint("begin it with `version: 1`, or remove it"),
            (false, Some(hint)) => match hint.strip_suffix(", alert") {
                // the key is known only to be refused
                Some(hint) if whose == Whose::Repository => {
                    let hint = hint.to_owned();
                    error.with_hint(hint)
                }
                Some(_) | None => error,
            },
            (false, None) if error.to_string().contains(NO_TARGETS) || is_of_alert => {
                error.with_hint(ALERT_SCHEMA_HINT)
            }
            (false, None) => {
                error.with_hint("`respdiff config schema` prints what the file may contain")
            }
        })?;
        policy.origin = Some(name.to_owned());
        Ok(policy)
    }

    /// The mistakes of a policy file, each key by itself, where reading the whole finds only the first
    /// one. A mistake that no key has by itself is left out.
    #[must_use]
    pub fn all_mistakes(name: &str, text: &str, whose: Whose) -> Vec<Error> {
        let lines: Vec<&str> = text.lines().collect();
        let is_key = |line: &&str| !line.starts_with([' ', '\t', '#', '-', '{', '}']);
        let starts = lines.iter().enumerate().filter(|(_, line)| is_key(line) && !line.is_empty());
        let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        let blocks: Vec<_> = starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
        let is_version = |at: usize| lines.get(at).is_some_and(|line| line.starts_with("version"));
        let mistake = |block: &std::ops::Range<usize>| {
            // the other keys as empty lines, so that each line keeps its number
            let of_version = blocks.iter().find(|other| is_version(other.start));
            let stays = |at: usize| {
                block.contains(&at) || of_version.is_some_and(|version| version.contains(&at))
            };
            let kept = |(at, line): (usize, &&str)| {
                if stays(at) { (*line).to_owned() } else { String::new() }
            };
            let alone: Vec<String> = lines.iter().enumerate().map(kept).collect();
            Self::read(name, &alone.join("\n"), whose).err()
        };
        blocks.iter().filter(|block| !is_version(block.start)).filter_map(mistake).collect()
    }

    fn from_file<A>(file: PolicyFile<A>) -> Self {
        let party = |(name, party): (String, PartyName)| {
            let party = party.party_called(&name);
            (name, party)
        };
        Self {
            origin: None,
            sources: file.sources,
            parties: file.parties.into_iter().map(party).collect(),
            placeholders: file.placeholders,
            keyrefs: file.keyrefs,
            levels: file.levels,
            lint: file.lint,
            controls: file.controls,
            pages: OtherPages::from_keys(file.provider, file.preset, file.stamp, file.asciidoc),
            fail_on: file.gate.as_ref().and_then(|gate| gate.fail_on).map(GateLevelKey::to_level),
            unreadable: file.gate.and_then(|gate| gate.unreadable),
        }
    }

    /// The level of a change of a page; `None` for `off`.
    #[must_use]
    pub fn level_of(&self, change: &Change, path: &str) -> Option<Level> {
        level::judged_level(&self.levels, change, path)
    }

    /// How much a finding of this code in a page matters; none for `off`.
    #[must_use]
    pub fn severity_of(&self, code: Code, path: &str) -> Option<Severity> {
        lint::severity_by_rules(&self.lint, code, path)
    }

    /// The controls that a duty at a place of a page belongs to.
    #[must_use]
    pub fn controls_at(&self, place: &Place, path: &str) -> Vec<String> {
        controls::controls_at(&self.controls, place, path)
    }

    /// The controls that the old and the new place of a change belong to.
    #[must_use]
    pub fn controls_of_change(&self, change: &Change, path: &str) -> Vec<String> {
        controls::controls_of_change(&self.controls, change, path)
    }

    /// From which level on a change fails where nobody says another.
    #[must_use]
    pub fn gate_level(&self) -> Level {
        self.fail_on.unwrap_or(DEFAULT_GATE)
    }

    /// Whether a page whose parties can no longer be read passes the check.
    #[must_use]
    pub fn unreadable_passes(&self) -> bool {
        self.unreadable == Some(Unreadable::Pass)
    }

    /// Whether it says anything of how pages are read.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.parties.is_empty() || !self.placeholders.is_empty() || !self.pages.is_empty()
    }

    /// The keys in which another policy says something else.
    #[must_use]
    pub fn differs_in(&self, other: &Self) -> Vec<&'static str> {
        let asciidoc = |policy: &Self| {
            let pages = &policy.pages;
            (pages.attributes.clone(), pages.attribute_files.clone())
        };
        let keys = [
            ("sources", self.sources != other.sources),
            ("parties", self.parties != other.parties),
            ("placeholders", self.placeholders != other.placeholders),
            ("keyrefs", self.keyrefs != other.keyrefs),
            ("levels", self.levels != other.levels),
            ("controls", self.controls != other.controls),
            ("provider", self.pages.provider != other.pages.provider),
            ("preset", self.pages.presets != other.pages.presets),
            ("stamp", self.pages.stamp != other.pages.stamp),
            ("asciidoc", asciidoc(self) != asciidoc(other)),
            ("gate.fail-on", self.gate_level() != other.gate_level()),
            ("gate.unreadable", self.unreadable_passes() != other.unreadable_passes()),
        ];
        keys.into_iter().filter_map(|(key, differs)| differs.then_some(key)).collect()
    }
}

/// The JSON Schema of the file.
pub fn policy_schema() -> Result<Vec<u8>> {
    crate::report::schemas::of_input::<PolicyFile<Refused>>()
}

/// The policy of a repository, respdiff.yaml.
#[derive(Deserialize, JsonSchema)]
#[schemars(title = "respdiff.yaml", bound = "A: JsonSchema")]
#[serde(deny_unknown_fields, bound = "A: Deserialize<'de>")]
struct PolicyFile<A> {
    #[expect(dead_code, reason = "read to be found good")]
    version: FormatVersion,
    /// The files that may be responsibility pages. By default, all pages.
    #[serde(default)]
    sources: Vec<Pathspec>,
    /// Names in headers and owner cells, and the party that each stands for.
    #[serde(default, deserialize_with = "once_each")]
    #[schemars(with = "BTreeMap<String, PartyName>")]
    parties: BTreeMap<String, PartyName>,
    /// Template texts that are not duties; `*` at the end stands for any words.
    #[serde(default)]
    placeholders: Vec<String>,
    /// Keyref files; later files override earlier ones.
    #[serde(default)]
    keyrefs: Vec<RepositoryFile>,
    /// The levels of changes; the last rule that matches decides.
    #[serde(default)]
    levels: Vec<LevelRule>,
    /// The severities of findings in `respdiff lint`; the last rule that matches decides.
    #[serde(default)]
    lint: Vec<LintRule>,
    /// Maps duties to your own controls; all rules that match count.
    #[serde(default)]
    controls: Vec<ControlRule>,
    /// The provider of the service, if it is not IBM: a name, or `{name: NAME, spellings: [NAME]}`.
    provider: Option<ProviderKey>,
    /// Adds the words that a standard uses for owners: `ccm`, `nist`, `pci`, or a list of them.
    #[serde(default)]
    preset: OneOrMore<Preset>,
    /// The fields with the date of a page; respdiff uses the first one that the page has.
    #[serde(default)]
    stamp: OneOrMore<String>,
    /// Settings for AsciiDoc pages.
    #[serde(default)]
    asciidoc: AsciiDocKey,
    gate: Option<GateKey>,
    /// Targets of alerts: only in the user's own file, never in a repository's.
    #[serde(default)]
    #[schemars(skip)]
    #[expect(dead_code, reason = "read to be found good")]
    alert: PhantomOr<A>,
}

/// A key that may be there, whose value is of no concern here.
struct PhantomOr<A>(PhantomData<A>);

impl<A> Default for PhantomOr<A> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<'de, A: Deserialize<'de>> Deserialize<'de> for PhantomOr<A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        A::deserialize(deserializer).map(|_| Self::default())
    }
}

/// A key that must not be there.
#[derive(JsonSchema)]
struct Refused;

impl<'de> Deserialize<'de> for Refused {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(Never)
    }
}

/// Where to read about the file of `alert`.
pub(super) const ALERT_SCHEMA_HINT: &str =
    "`respdiff config schema alert` prints what that file may contain";

/// What is refused in the policy of a repository.
const NO_TARGETS: &str = "the policy of a repository cannot set alert targets";

/// Refuses whatever stands there, at its place.
struct Never;

impl<'de> serde::de::Visitor<'de> for Never {
    type Value = Refused;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no `alert` in a repository's own policy")
    }

    fn visit_map<M: serde::de::MapAccess<'de>>(
        self,
        _: M,
    ) -> std::result::Result<Refused, M::Error> {
        Err(M::Error::custom(format_args!(
            "{NO_TARGETS}: put `alert` into ~/.config/respdiff/alert.yaml, or into a file that you name with --alert-config",
        )))
    }
}

/// Names that the policy's levels can have, for messages.
#[must_use]
pub fn level_name(level: Option<Level>) -> &'static str {
    LevelName::name(level)
}

#[cfg(test)]
mod tests;
