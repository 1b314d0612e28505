//! Rules that say how much a finding of `lint` matters; the last one that fits decides.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;

use super::one_or_more::{Listed, OneOrMore};
use super::pattern::Wildcard;
use super::read::deserialize_by;
use super::yaml_words::quoted_word;
use crate::model::{Code, Severity};

/// A severity of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SeverityName {
    /// Ignored.
    Off,
    /// Worth knowing.
    Note,
    /// It should be fixed.
    Warning,
    /// Readers cannot rely on what the page says.
    Error,
}

impl SeverityName {
    /// The severity; none for `off`.
    const fn to_severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A code, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CodeName(Code);

impl CodeName {
    fn parse(text: &str) -> Result<Self, String> {
        let found = Code::ALL.into_iter().find(|code| code.name() == text);
        found.map(Self).ok_or_else(|| {
            let known: Vec<_> = Code::ALL.iter().map(|code| format!("`{}`", code.name())).collect();
            // as serde words it, so that the nearest name is suggested
            format!("unknown variant `{text}`, expected one of {}", known.join(", "))
        })
    }
}

impl<'de> Deserialize<'de> for CodeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_by(deserializer, "a code of a finding", Self::parse)
    }
}

impl JsonSchema for CodeName {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": Code::ALL.map(Code::name).to_vec()})
    }
}

impl Listed for CodeName {
    const EXPECTED: &'static str = "a code of a finding, or a list of codes";
    const SCHEMA: &'static str = "Codes";
    const MISSING: Option<&'static str> = Some("no code is given");
}

/// A rule. It matches a finding if all its keys match.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LintRule {
    /// The severity of the findings that match.
    severity: SeverityName,
    /// The codes of the findings. By default, all codes.
    code: Option<OneOrMore<CodeName>>,
    /// The path of the page; `*` also matches slashes.
    document: Option<Wildcard>,
}

impl LintRule {
    /// Whether it names pages.
    #[must_use]
    pub const fn names_pages(&self) -> bool {
        self.document.is_some()
    }

    /// Whether it can speak of a page.
    #[must_use]
    pub fn fits_page(&self, path: &str) -> bool {
        self.document.as_ref().is_none_or(|document| document.matches(path))
    }

    fn fits_finding(&self, code: Code, path: &str) -> bool {
        let named = |codes: &OneOrMore<CodeName>| codes.0.iter().any(|one| one.0 == code);
        self.code.as_ref().is_none_or(named) && self.fits_page(path)
    }
}

impl fmt::Display for LintRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(OneOrMore(codes)) = &self.code {
            let names: Vec<_> = codes.iter().map(|code| code.0.name()).collect();
            parts.push(match names.as_slice() {
                [one] => format!("code: {one}"),
                more => format!("code: [{}]", more.join(", ")),
            });
        }
        if let Some(document) = &self.document {
            parts.push(format!("document: {}", quoted_word(&document.to_string())));
        }
        let severity = self.severity.to_severity().map_or("off", Severity::name);
        parts.push(format!("severity: {}", quoted_word(severity)));
        write!(f, "{{{}}}", parts.join(", "))
    }
}

/// How much a finding matters: what the last rule that fits says, else its code's default; none for
/// `off`.
pub(super) fn severity_by_rules(rules: &[LintRule], code: Code, path: &str) -> Option<Severity> {
    let found = rules.iter().rev().find(|rule| rule.fits_finding(code, path));
    found.map_or(Some(code.default_severity()), |rule| rule.severity.to_severity())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: &str, expected: Option<Severity>) {
        let rules: Vec<LintRule> = serde_yaml::from_str(rules).unwrap();
        assert_eq!(severity_by_rules(&rules, Code::CutOff, "docs/gate.md"), expected);
    }

    #[test]
    fn the_last_rule_that_fits_decides() {
        check("[]", Some(Severity::Warning));
        check("[{code: cut-off, severity: error}]", Some(Severity::Error));
        check("[{severity: error}, {code: [hidden, cut-off], severity: 'off'}]", None);
        check(
            "[{code: cut-off, severity: 'off'}, {document: 'DOCS/*', severity: note}]",
            Some(Severity::Note),
        );
        check("[{code: hidden, severity: 'off'}]", Some(Severity::Warning));
        check("[{document: '*.txt', severity: 'off'}]", Some(Severity::Warning));
    }

    #[test]
    fn a_rule_is_told_as_it_is_written() {
        for text in [
            "{code: [cut-off, hidden], document: \"docs/*\", severity: \"off\"}",
            "{code: cut-off, severity: error}",
        ] {
            let rule: LintRule = serde_yaml::from_str(text).unwrap();
            assert_eq!(rule.to_string(), text);
        }
    }
}
