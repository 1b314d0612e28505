//! Rules that say how much a change matters; the last one that fits decides.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;

use super::one_or_more::{Listed, OneOrMore};
use super::pattern::Wildcard;
use super::read::deserialize_by;
use super::yaml_words::quoted_word;
use crate::model::{Change, Kind, Level, Party, Place};

/// A level of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum LevelName {
    /// Ignored.
    Off,
    /// A duty was reworded or relocated.
    Wording,
    /// A duty was added or removed.
    Scope,
    /// A duty moved to another party.
    Boundary,
}

impl LevelName {
    /// The level; none for `off`.
    const fn to_level(self) -> Option<Level> {
        match self {
            Self::Off => None,
            Self::Wording => Some(Level::Wording),
            Self::Scope => Some(Level::Scope),
            Self::Boundary => Some(Level::Boundary),
        }
    }

    /// As a policy writes it.
    pub(super) fn name(level: Option<Level>) -> &'static str {
        level.map_or("off", Level::name)
    }
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Moved,
    Added,
    Removed,
    Reworded,
    Relocated,
}

impl KindName {
    const fn to_kind(self) -> Kind {
        match self {
            Self::Moved => Kind::Moved,
            Self::Added => Kind::Added,
            Self::Removed => Kind::Removed,
            Self::Reworded => Kind::Reworded,
            Self::Relocated => Kind::Relocated,
        }
    }
}

impl Listed for KindName {
    const EXPECTED: &'static str = "a kind of change, or a list of kinds";
    const SCHEMA: &'static str = "Kinds";
    const MISSING: Option<&'static str> = Some("no kind of change is given");
}

/// A party, or any that is neither IBM nor the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartyName(Option<Party>);

impl PartyName {
    fn matches(&self, party: Option<&Party>) -> bool {
        match (&self.0, party) {
            (Some(Party::Other(wanted)), Some(Party::Other(found))) => {
                wanted.to_lowercase() == found.to_lowercase()
            }
            (Some(wanted), Some(found)) => wanted == found,
            (None, Some(found)) => matches!(found, Party::Other(_)),
            (_, None) => false,
        }
    }

    /// The party that a name of a page stands for.
    pub(super) fn party_called(self, name: &str) -> Party {
        self.0.unwrap_or_else(|| Party::Other(name.to_owned()))
    }
}

impl fmt::Display for PartyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(party) => party.fmt(f),
            None => f.write_str("other"),
        }
    }
}

impl<'de> Deserialize<'de> for PartyName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_by(
            deserializer,
            "a party (ibm, customer, shared, other or other:NAME)",
            |text| {
                let other = || {
                    let name = text.strip_prefix("other:").map(str::trim);
                    name.filter(|name| !name.is_empty()).map(|name| Party::Other(name.to_owned()))
                };
                Ok(Self(match text {
                "ibm" => Some(Party::Ibm),
                "customer" => Some(Party::Customer),
                "shared" => Some(Party::Shared),
                "other" => None,
                _ => Some(other().ok_or_else(|| {
                    format!(
                        "unknown variant `{text}`, expected one of `ibm`, `customer`, `shared`, \
                         `other`, `other:NAME`"
                    )
                })?),
            }))
            },
        )
    }
}

impl JsonSchema for PartyName {
    fn schema_name() -> Cow<'static, str> {
        "Party".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^(ibm|customer|shared|other|other:.+)$"})
    }
}

/// A rule. It matches a change if all its keys match.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Rule")]
pub struct LevelRule {
    /// The level of the changes that match.
    level: LevelName,
    /// The kinds of changes.
    kind: Option<OneOrMore<KindName>>,
    /// The party before; does not match added duties.
    from: Option<PartyName>,
    /// The party now; does not match removed duties.
    to: Option<PartyName>,
    /// The nearest heading above the duty (in the new version, if the duty is there).
    area: Option<Wildcard>,
    /// The path of the page; `*` also matches slashes.
    document: Option<Wildcard>,
}

impl LevelRule {
    /// The level of the changes that match; none for `off`.
    pub(super) const fn level(&self) -> Option<Level> {
        self.level.to_level()
    }

    /// Whether it names headings or pages.
    #[must_use]
    pub const fn names_place(&self) -> bool {
        self.area.is_some() || self.document.is_some()
    }

    /// Whether it can speak of a duty at a place of a page.
    #[must_use]
    pub fn fits_place(&self, place: &Place, path: &str) -> bool {
        self.area.as_ref().is_none_or(|area| area.matches(&place.area))
            && self.document.as_ref().is_none_or(|document| document.matches(path))
    }

    /// Whether it speaks of a change of a page.
    fn fits_change(&self, change: &Change, path: &str) -> bool {
        let place = change.shown_place();
        let kind = self
            .kind
            .as_ref()
            .is_none_or(|kinds| kinds.0.iter().any(|k| k.to_kind() == change.kind));
        let party = |wanted: &Option<PartyName>, found: &Option<Party>| {
            wanted.as_ref().is_none_or(|wanted| wanted.matches(found.as_ref()))
        };
        let area = self
            .area
            .as_ref()
            .is_none_or(|area| place.is_some_and(|place| area.matches(&place.area)));
        kind && party(&self.from, &change.party.old)
            && party(&self.to, &change.party.new)
            && area
            && self.document.as_ref().is_none_or(|document| document.matches(path))
    }
}

impl fmt::Display for LevelRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(OneOrMore(kinds)) = &self.kind {
            let names: Vec<_> = kinds.iter().map(|kind| kind.to_kind().name()).collect();
            parts.push(match names.as_slice() {
                [one] => format!("kind: {one}"),
                more => format!("kind: [{}]", more.join(", ")),
            });
        }
        let holder = |name, party: &Option<PartyName>| {
            party.as_ref().map(|party| format!("{name}: {}", quoted_word(&party.to_string())))
        };
        let wildcard = |name, wildcard: &Option<Wildcard>| {
            wildcard.as_ref().map(|text| format!("{name}: {}", quoted_word(&text.to_string())))
        };
        parts.extend(holder("from", &self.from));
        parts.extend(holder("to", &self.to));
        parts.extend(wildcard("area", &self.area));
        parts.extend(wildcard("document", &self.document));
        parts.push(format!("level: {}", LevelName::name(self.level.to_level())));
        write!(f, "{{{}}}", parts.join(", "))
    }
}

/// The level of a change: by the last rule that fits, else by its kind; `None` for `off`.
pub(super) fn judged_level(rules: &[LevelRule], change: &Change, path: &str) -> Option<Level> {
    let found = rules.iter().rev().find(|rule| rule.fits_change(change, path));
    found.map_or(Some(change.level), |rule| rule.level.to_level())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Burden, Sides};

    fn change(kind: Kind, from: Option<Party>, to: Option<Party>) -> Change {
        let place = Place {
            duty: 0,
            path: None,
            section: vec!["Security".to_owned()],
            area: "Security".to_owned(),
            task: "Gates".to_owned(),
            text: "Close the gate.".to_owned(),
            line: 9,
            included: None,
        };
        Change {
            id: "1".to_owned(),
            kind,
            party: Sides::new(from, to),
            level: Level::Boundary,
            burden: Burden::None,
            similarity: None,
            emphasis: Vec::new(),
            reference: false,
            controls: Vec::new(),
            place: Sides::new(None, Some(place)),
            introduced: None,
            worded: None,
            assigned: None,
            provider: None,
        }
    }

    #[track_caller]
    fn check(rules: &str, expected: &str) {
        let rules: Vec<LevelRule> = serde_yaml::from_str(rules).unwrap();
        let change = change(Kind::Moved, Some(Party::Ibm), Some(Party::Other("Acme".to_owned())));
        assert_eq!(LevelName::name(judged_level(&rules, &change, "docs/gate.md")), expected);
    }

    #[test]
    fn the_last_rule_that_fits_decides() {
        check("[]", "boundary");
        check("[{kind: moved, level: scope}]", "scope");
        check("[{kind: moved, level: scope}, {from: ibm, level: off}]", "off");
        check("[{level: off}, {to: 'other:acme', level: wording}]", "wording");
        check("[{level: off}, {to: other, area: 'secur*', level: scope}]", "scope");
        check("[{kind: [added, removed], level: off}]", "boundary");
        check("[{document: '*.txt', level: off}]", "boundary");
        check("[{document: 'docs/*', from: customer, level: off}]", "boundary");
    }

    #[test]
    fn a_rule_is_told_as_it_is_written() {
        let text = "{kind: [moved, added], from: ibm, area: \"Back *\", level: off}";
        let rule: LevelRule = serde_yaml::from_str(text).unwrap();
        assert_eq!(rule.to_string(), text);
    }
}
