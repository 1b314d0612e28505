//! Rules that map places of pages to the user's own controls; all the rules that fit count.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;

use super::one_or_more::{Listed, OneOrMore};
use super::pattern::Wildcard;
use super::yaml_words::quoted_word;
use crate::model::{Change, Place};
use crate::report::control_chars;

/// A longer id is no id of a control.
const LONGEST: usize = 100;

/// The id of a control in any scheme (`ac-2`, `pci:12.8.5`).
#[derive(Clone, Debug, PartialEq, Eq)]
struct ControlId(String);

impl Listed for ControlId {
    const EXPECTED: &'static str = "a control id such as `ac-2`, or a list of them";
    const SCHEMA: &'static str = "ControlIds";
    const MISSING: Option<&'static str> = Some("no control id is given");
}

impl<'de> Deserialize<'de> for ControlId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::read::deserialize_by(deserializer, "a control id such as `ac-2`", checked_id)
            .map(Self)
    }
}

fn checked_id(id: &str) -> Result<String, String> {
    if id.is_empty() {
        return Err("a control id is empty".to_owned());
    }
    if id.trim() != id || id.len() > LONGEST {
        return Err(format!("the control id `{id}` has spaces around it or is too long"));
    }
    if id.contains(';')
        || id.contains(|c: char| c.is_control() || control_chars::steers_terminal(c))
    {
        return Err(
            "a control id holds a semicolon, a line break or a control character".to_owned()
        );
    }
    Ok(id.to_owned())
}

impl JsonSchema for ControlId {
    fn schema_name() -> Cow<'static, str> {
        "ControlId".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": 1, "pattern": "^[^;]+$"})
    }
}

/// A rule. It matches a duty if all its keys match.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlRule {
    /// The controls of the duties that match: one id or a list, in any scheme.
    ids: OneOrMore<ControlId>,
    /// The nearest heading above the duty (in an owner grid, the heading of the column).
    area: Option<Wildcard>,
    /// The label of the row.
    task: Option<Wildcard>,
    /// Any heading above the duty.
    section: Option<Wildcard>,
    /// The path of the page; `*` also matches slashes.
    document: Option<Wildcard>,
}

impl ControlRule {
    /// Whether it speaks of a duty at a place of a page.
    #[must_use]
    pub fn fits_place(&self, place: &Place, path: &str) -> bool {
        let path = place.path.as_deref().unwrap_or(path);
        let fits = |wanted: &Option<Wildcard>, text: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.matches(text))
        };
        let section = self
            .section
            .as_ref()
            .is_none_or(|wanted| place.section.iter().any(|heading| wanted.matches(heading)));
        section
            && fits(&self.area, &place.area)
            && fits(&self.task, &place.task)
            && fits(&self.document, path)
    }
}

impl fmt::Display for ControlRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns = [
            ("area", &self.area),
            ("task", &self.task),
            ("section", &self.section),
            ("document", &self.document),
        ];
        let reported = patterns.iter().filter_map(|(key, pattern)| Some((key, pattern.as_ref()?)));
        let mut parts: Vec<String> = reported
            .map(|(key, pattern)| format!("{key}: {}", quoted_word(&pattern.to_string())))
            .collect();
        let ids: Vec<String> = self.ids.0.iter().map(|ControlId(id)| quoted_word(id)).collect();
        parts.push(format!("ids: [{}]", ids.join(", ")));
        write!(f, "{{{}}}", parts.join(", "))
    }
}

/// The controls of all rules that fit a place, each once, in the order of the rules.
pub(super) fn controls_at(rules: &[ControlRule], place: &Place, path: &str) -> Vec<String> {
    let mut ids = Vec::new();
    add_controls(rules, place, path, &mut ids);
    ids
}

/// The controls of both places of a change.
pub(super) fn controls_of_change(
    rules: &[ControlRule],
    change: &Change,
    path: &str,
) -> Vec<String> {
    let mut ids = Vec::new();
    for place in [&change.place.new, &change.place.old].into_iter().flatten() {
        add_controls(rules, place, path, &mut ids);
    }
    ids
}

fn add_controls(rules: &[ControlRule], place: &Place, path: &str, ids: &mut Vec<String>) {
    let fitting = rules.iter().filter(|rule| rule.fits_place(place, path));
    for ControlId(id) in fitting.flat_map(|rule| &rule.ids.0) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: &str, expected: &[&str]) {
        let rules: Vec<ControlRule> = serde_yaml::from_str(rules).unwrap();
        let place = Place {
            duty: 0,
            path: None,
            section: vec!["Operations".to_owned(), "Disaster recovery".to_owned()],
            area: "Disaster recovery".to_owned(),
            task: "Restore drills".to_owned(),
            text: "Run a drill.".to_owned(),
            line: 9,
            included: None,
        };
        assert_eq!(controls_at(&rules, &place, "docs/vault.md"), expected, "{rules:?}");
    }

    #[test]
    fn the_rules_that_fit_are_joined() {
        check(
            "[{area: 'disaster*', ids: [cp-9, cp-10]}, {task: '*drill*', ids: cp-4}]",
            &["cp-9", "cp-10", "cp-4"],
        );
        check(
            "[{area: 'disaster*', ids: cp-9}, {document: 'docs/*', ids: [cp-9, a:1]}]",
            &["cp-9", "a:1"],
        );
        check("[{section: operations, ids: ops}, {area: operations, ids: no}]", &["ops"]);
        check("[{area: 'disaster*', task: other, ids: no}, {ids: 'pci:12.8.5'}]", &["pci:12.8.5"]);
        check("[]", &[]);
    }

    #[test]
    fn a_rule_is_told_as_it_is_written() {
        let text = "{area: \"Back *\", document: docs/a.md, ids: [ac-2, \"pci:12.8.5\"]}";
        let rule: ControlRule = serde_yaml::from_str(text).unwrap();
        assert_eq!(rule.to_string(), text);
    }
}
