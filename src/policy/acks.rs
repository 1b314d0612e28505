//! Acknowledgements: who accepts which change, reviewed like code.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::read::{deserialize_by, read_yaml};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Change, Place};
use crate::report::{Acknowledged, control_chars};

/// Where they are kept in a repository.
pub const ACKS: &str = ".respdiff/acks.yaml";

/// What stands above the list.
const HEAD: &str = "\
# Accepted changes to responsibilities. Written by `respdiff ack`; review each like
# code. Only `id`, `by`, `reason` and `until` count; the rest describes the change.
# To withdraw one, delete its entry.
";

/// One acknowledgement with what it says it accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ack {
    /// The change's id.
    #[serde(deserialize_with = "read_id")]
    pub id: String,
    /// Who accepts it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The last day on which the acknowledgement counts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_day")]
    pub until: Option<NaiveDate>,
    /// What happened.
    #[serde(default)]
    pub kind: String,
    /// Who had the duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The page where it was acknowledged.
    #[serde(default)]
    pub page: String,
    /// Headings and task.
    #[serde(default)]
    pub place: String,
    /// The duty before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The duty after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Ack {
    /// Accepts a change of a page.
    #[must_use]
    pub fn for_change(change: &Change, page: &str, by: &str, reason: &str) -> Self {
        let text = |place: &Option<Place>| place.as_ref().map(|place| place.text.clone());
        let place = change.shown_place();
        let labels = |place: &Place| {
            let headings = place.section.iter().chain([&place.task]);
            let named = headings.filter(|label| !label.is_empty()).map(String::as_str);
            named.collect::<Vec<_>>().join(" › ")
        };
        Self {
            id: change.id.clone(),
            by: by.to_owned(),
            reason: reason.to_owned(),
            until: None,
            kind: change.kind.name().to_owned(),
            from: change.party.old.as_ref().map(ToString::to_string),
            to: change.party.new.as_ref().map(ToString::to_string),
            page: page.to_owned(),
            place: place.map(labels).unwrap_or_default(),
            old: text(&change.place.old),
            new: text(&change.place.new)
                .filter(|new| Some(new) != text(&change.place.old).as_ref()),
        }
    }

    /// Whether its words are not the change's, signs and letter case apart.
    #[must_use]
    pub fn has_other_words(&self, change: &Change) -> bool {
        let reported = Self::for_change(change, "", "", "");
        let plain = |text: &Option<String>| -> String {
            let letters = text.iter().flat_map(|text| text.chars());
            letters.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let facts = |ack: &Self| (ack.kind.clone(), ack.from.clone(), ack.to.clone());
        facts(self) != facts(&reported)
            || plain(&self.old) != plain(&reported.old)
            || plain(&self.new) != plain(&reported.new)
    }

    /// The part that counts.
    #[must_use]
    pub fn acknowledged(&self) -> Acknowledged {
        let Self { id, by, reason, until, .. } = self.clone();
        Acknowledged { id, by, reason, until }
    }
}

fn read_id<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<String, D::Error> {
    deserialize_by(deserializer, "the id of a change, in quotes", |text| {
        let good = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if good {
            Ok(text.to_owned())
        } else {
            Err(format!("`{text}` is not the 16 characters of a change id"))
        }
    })
}

fn read_day<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<NaiveDate>, D::Error> {
    deserialize_by(deserializer, "a day such as 2026-03-31", |text| {
        text.parse().map(Some).map_err(|_| format!("`{text}` is not a date such as 2026-03-31"))
    })
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AcksFile {
    version: u32,
    #[serde(default)]
    acks: Vec<Ack>,
}

/// All acknowledgements of a point, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acks(BTreeMap<String, Ack>);

impl Acks {
    /// Reads the file's text; `name` is the file as the user knows it.
    ///
    /// # Errors
    /// If anything in it is unknown; the message names the place.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let file: AcksFile = read_yaml(name, text)?;
        let fault = |what: String| Error::new(ErrorKind::Input, format!("{name}: {what}"));
        if file.version != 1 {
            return Err(fault(format!(
                "this version of respdiff does not support format {}",
                file.version
            ))
            .with_hint("a newer version of respdiff wrote the file: install that version"));
        }
        let mut acks = Self::default();
        for ack in file.acks {
            if ack.by.trim().is_empty() || ack.reason.trim().is_empty() {
                return Err(fault(format!("{} has no name or no reason", ack.id))
                    .with_hint("say who accepts the change and why"));
            }
            if let Some(twice) = acks.insert(ack) {
                return Err(fault(format!("{} is acknowledged twice", twice.id))
                    .with_hint("keep one of them"));
            }
        }
        Ok(acks)
    }

    /// The file's text: sorted by id, so that it merges well.
    pub fn write(&self) -> Result<String> {
        let file = AcksFile { version: 1, acks: self.0.values().cloned().collect() };
        let body = control_chars::quiet_yaml(&file).map_err(|source| {
            Error::new(ErrorKind::Output, "the acknowledgements cannot be written as YAML")
                .with_source(source)
        })?;
        Ok(format!("{HEAD}{body}"))
    }

    /// Adds one; gives the one that stood there.
    pub fn insert(&mut self, ack: Ack) -> Option<Ack> {
        self.0.insert(ack.id.clone(), ack)
    }

    /// Takes one out.
    pub fn remove(&mut self, id: &str) -> Option<Ack> {
        self.0.remove(id)
    }

    /// The one of a change.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Ack> {
        self.0.get(id)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Ack> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "\
version: 1
acks:
- id: 0123456789abcdef
  by: Ada
  reason: agreed
  until: '2026-03-31'
";

    #[test]
    fn what_is_written_is_read() {
        let acks = Acks::read("acks.yaml", ONE).unwrap();
        let again = acks.write().unwrap();
        assert!(again.starts_with(HEAD), "{again}");
        assert_eq!(Acks::read("acks.yaml", &again).unwrap(), acks);
        assert_eq!(acks.get("0123456789abcdef").unwrap().until.unwrap().to_string(), "2026-03-31");
        // an id of digits alone stays a text
        let digits = ONE.replace("0123456789abcdef", "'0123456789012345'");
        let acks = Acks::read("acks.yaml", &digits).unwrap();
        assert_eq!(Acks::read("acks.yaml", &acks.write().unwrap()).unwrap(), acks);
    }

    #[track_caller]
    fn check(text: &str, message: &str) {
        let error = Acks::read("acks.yaml", text).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }

    #[test]
    fn slips_are_told() {
        check("version: 2", "acks.yaml: this version of respdiff does not support format 2");
        check(&ONE.replace("until", "untill"), "acks.yaml:6:3: acks[0]: unknown key `untill`");
        check(
            &ONE.replace("2026-03-31", "soon"),
            "acks.yaml:6:10: acks[0].until: `soon` is not a date",
        );
        check(
            &ONE.replace("0123456789abcdef", "xyz"),
            "acks.yaml:3:7: acks[0].id: `xyz` is not the 16 characters of a change id",
        );
        check(&ONE.replace("Ada", "' '"), "acks.yaml: 0123456789abcdef has no name");
        let twice = format!("{ONE}{}", ONE.split_once("acks:\n").unwrap().1);
        check(&twice, "acks.yaml: 0123456789abcdef is acknowledged twice");
    }
}
