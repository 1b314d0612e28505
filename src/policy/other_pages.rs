//! Keys of the policy for pages beyond IBM's own: who provides the service, whose words owner cells
//! use, which field holds the date, and attributes of AsciiDoc.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::one_or_more::{Listed, OneOrMore};
use super::pattern::RepositoryFile;
use super::read::once_each;
use super::yaml_words::quoted_word;

/// What a policy says of how pages of others are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherPages {
    /// The party that provides the service, where it is not IBM.
    pub provider: Option<Provider>,
    /// A standard with its own words for owners.
    pub presets: Vec<Preset>,
    /// The fields that say when a page was updated, the first that is there counts.
    pub stamp: Vec<String>,
    /// Attributes of AsciiDoc pages; without a value they are not set.
    pub attributes: BTreeMap<String, Option<String>>,
    /// Files of attributes, the later over the earlier.
    pub attribute_files: Vec<RepositoryFile>,
}

/// A provider by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// As texts for people call it.
    pub name: String,
    /// What pages call it beside that.
    pub spellings: Vec<String>,
}

/// A standard with its own words for owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Cloud Controls Matrix: CSP, CSC.
    Ccm,
    /// NIST and FedRAMP: inherited, provided, configured by the customer.
    Nist,
    /// PCI DSS: TPSP, entity.
    Pci,
}

impl Preset {
    /// The name that the file has for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ccm => "ccm",
            Self::Nist => "nist",
            Self::Pci => "pci",
        }
    }
}

/// Settings for AsciiDoc pages.
#[derive(Default, Deserialize, JsonSchema)]
#[schemars(rename = "AsciiDoc")]
#[serde(deny_unknown_fields)]
pub(super) struct AsciiDocKey {
    /// Attributes by name; `false` means that the attribute is not set. `ifdef` and
    /// similar conditions depend on them.
    #[serde(default, deserialize_with = "once_each")]
    attributes: BTreeMap<String, AttributeValue>,
    /// Files that define attributes, from the root of the repository.
    #[serde(default)]
    files: Vec<RepositoryFile>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AttributeWire")]
#[serde(untagged, expecting = "expected a text, a whole number, true or false")]
enum AttributeValue {
    Switch(bool),
    Number(i64),
    Text(String),
    Nothing(()),
}

impl AttributeValue {
    fn into_value(self) -> Option<String> {
        match self {
            Self::Switch(false) => None,
            Self::Switch(true) | Self::Nothing(()) => Some(String::new()),
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text),
        }
    }
}

/// A name, or a name with other spellings.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Provider")]
pub(super) enum ProviderKey {
    Name(String),
    Names(ProviderNames),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProviderNames {
    name: String,
    #[serde(default)]
    spellings: Vec<String>,
}

impl<'de> Deserialize<'de> for ProviderKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ProviderVisitor;

        impl<'de> Visitor<'de> for ProviderVisitor {
            type Value = ProviderKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or `{name: NAME, spellings: [NAME]}`")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<ProviderKey, E> {
                named_provider(name)?;
                Ok(ProviderKey::Name(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, keys: A) -> Result<ProviderKey, A::Error> {
                let names = ProviderNames::deserialize(MapAccessDeserializer::new(keys))?;
                named_provider(&names.name)?;
                Ok(ProviderKey::Names(names))
            }
        }

        deserializer.deserialize_any(ProviderVisitor)
    }
}

fn named_provider<E: serde::de::Error>(name: &str) -> Result<(), E> {
    if name.trim().is_empty() {
        return Err(E::custom("the provider's name is empty"));
    }
    Ok(())
}

impl Listed for Preset {
    const EXPECTED: &'static str = EXPECTED_NAMES;
    const SCHEMA: &'static str = "OneOrMorePreset";
    const MISSING: Option<&'static str> = None;
}

impl Listed for String {
    const EXPECTED: &'static str = EXPECTED_NAMES;
    const SCHEMA: &'static str = "OneOrMorestring";
    const MISSING: Option<&'static str> = None;
}

const EXPECTED_NAMES: &str = "a name or a list of names";

impl OtherPages {
    pub(super) fn from_keys(
        provider: Option<ProviderKey>,
        presets: OneOrMore<Preset>,
        stamp: OneOrMore<String>,
        asciidoc: AsciiDocKey,
    ) -> Self {
        let provider = provider.map(|found| match found {
            ProviderKey::Name(name) => Provider { name, spellings: Vec::new() },
            ProviderKey::Names(ProviderNames { name, spellings }) => Provider { name, spellings },
        });
        let value = |(name, value): (String, AttributeValue)| (name, value.into_value());
        Self {
            provider,
            presets: presets.0,
            stamp: stamp.0,
            attributes: asciidoc.attributes.into_iter().map(value).collect(),
            attribute_files: asciidoc.files,
        }
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What each key says, for comparisons: its name and its values.
    #[must_use]
    pub fn key_values(&self) -> Vec<(&'static str, Vec<String>)> {
        let names = |provider: &Provider| {
            std::iter::once(&provider.name).chain(&provider.spellings).cloned().collect()
        };
        let attribute = |(name, value): (&String, &Option<String>)| match value {
            Some(value) => format!("{name}: {value}"),
            None => format!("{name}: false"),
        };
        let files = self.attribute_files.iter().map(|file| file.as_str().to_owned());
        vec![
            ("provider", self.provider.as_ref().map(names).unwrap_or_default()),
            ("preset", self.presets.iter().map(|preset| preset.name().to_owned()).collect()),
            ("stamp", self.stamp.clone()),
            ("asciidoc.attributes", self.attributes.iter().map(attribute).collect()),
            ("asciidoc.files", files.collect()),
        ]
    }

    /// The defaults of the keys that nobody set, as comments.
    pub(super) fn default_lines(&self) -> String {
        let has_asciidoc = !self.attributes.is_empty() || !self.attribute_files.is_empty();
        let keys = [
            (self.provider.is_none(), "provider: IBM"),
            (self.presets.is_empty(), "preset: none"),
            (self.stamp.is_empty(), "stamp: lastupdated"),
            (!has_asciidoc, "asciidoc: no attributes"),
        ];
        let shown = keys.into_iter().filter(|(is_default, _)| *is_default);
        shown.fold(String::new(), |text, (_, line)| format!("{text}# {line} (default)\n"))
    }

    /// As YAML; nothing where it says nothing.
    pub(super) fn to_yaml(&self, from: &str) -> String {
        let mut out = String::new();
        let list = |items: &[String]| {
            let items: Vec<String> = items.iter().map(|item| quoted_word(item)).collect();
            format!("[{}]", items.join(", "))
        };
        // writing to a String cannot fail
        if let Some(provider) = &self.provider {
            let (name, spellings) = (quoted_word(&provider.name), list(&provider.spellings));
            let _ = writeln!(out, "provider: {{name: {name}, spellings: {spellings}}}  # {from}");
        }
        if !self.presets.is_empty() {
            let names: Vec<&str> = self.presets.iter().map(|preset| preset.name()).collect();
            let _ = writeln!(out, "preset: [{}]  # {from}", names.join(", "));
        }
        if !self.stamp.is_empty() {
            let _ = writeln!(out, "stamp: {}  # {from}", list(&self.stamp));
        }
        if !self.attributes.is_empty() || !self.attribute_files.is_empty() {
            let files: Vec<String> =
                self.attribute_files.iter().map(|file| file.as_str().to_owned()).collect();
            let _ = writeln!(out, "asciidoc:  # {from}\n  files: {}\n  attributes:", list(&files));
            for (name, value) in &self.attributes {
                let value = value.as_ref().map_or("false".to_owned(), |value| quoted_word(value));
                let _ = writeln!(out, "    {}: {value}", quoted_word(name));
            }
            if self.attributes.is_empty() {
                out.truncate(out.len() - "  attributes:\n".len());
            }
        }
        out
    }
}
