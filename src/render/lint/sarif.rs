//! Findings as results of SARIF.

use std::collections::BTreeMap;

use serde::Serialize;

use super::LintRuleText;
use crate::error::Result;
use crate::model::{Severity, capitalized};
use crate::render::ci::sarif::{
    self, Artifact, Configuration, Location, MOST, Notification, Physical, Region, SarifResult,
    SarifRule, SarifText,
};
use crate::render::safe;
use crate::render::text::lint_summary;
use crate::report::{Finding, LintReport, LintedPage};

/// SARIF 2.1.0, with the report as one run; `rules` are all codes with their default severity and
/// what they mean.
pub fn render_sarif(report: &LintReport, rules: &[LintRuleText]) -> Result<Vec<u8>> {
    let shown = |text: &str| SarifText { text: safe::make_visible(text).into_owned() };
    let mut notifications =
        vec![Notification { level: "note", message: shown(&lint_summary(&report.pages)) }];
    let all = report.worst_first();
    if all.len() > MOST {
        let message = shown(&format!("{} more findings are omitted here", all.len() - MOST));
        notifications.push(Notification { level: "warning", message });
    }
    let results = all
        .into_iter()
        .take(MOST)
        .map(|(page, finding)| finding_result(page, finding, rules))
        .collect();
    sarif::sarif_file(
        rules.iter().map(sarif_rule).collect(),
        results,
        u8::from(report.fails()),
        notifications,
    )
}

/// SARIF's levels have the names that severities have.
const fn sarif_level(severity: Severity) -> &'static str {
    severity.name()
}

fn sarif_rule(rule: &LintRuleText) -> SarifRule {
    SarifRule {
        id: rule.code.name(),
        name: pascal_case(rule.code.name()),
        short_description: SarifText { text: rule.meaning.to_owned() },
        help: SarifText { text: rule.help.to_owned() },
        default_configuration: Configuration { level: sarif_level(rule.severity) },
    }
}

/// A name as SARIF wants it: `CutOff` for `cut-off`.
fn pascal_case(code: &str) -> String {
    code.split('-').map(capitalized).collect()
}

fn finding_result(
    page: &LintedPage,
    finding: &Finding,
    rules: &[LintRuleText],
) -> SarifResult<LintProperties> {
    SarifResult {
        rule_id: finding.code.name(),
        rule_index: rules.iter().position(|rule| rule.code == finding.code).unwrap_or_default(),
        level: sarif_level(finding.severity),
        message: SarifText { text: safe::make_visible(&finding.message).into_owned() },
        locations: [Location {
            physical_location: Physical {
                artifact_location: Artifact {
                    uri: safe::uri_path(&page.path),
                    uri_base_id: "%SRCROOT%",
                },
                region: Region { start_line: finding.line, start_column: Some(finding.column) },
            },
        }],
        // code scanning makes its own from the line
        partial_fingerprints: BTreeMap::new(),
        suppressions: Vec::new(),
        properties: LintProperties { help: finding.help },
    }
}

#[derive(Serialize)]
struct LintProperties {
    help: &'static str,
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::model::Code;
    use crate::render::lint::sample::{finding, report};

    #[test]
    fn it_is_what_the_standard_s_schema_asks_for() {
        let rule = |code| LintRuleText {
            code,
            severity: Severity::Warning,
            meaning: "It is so.",
            help: "Mend it.",
        };
        let shown = render_sarif(
            &report(vec![
                finding(Code::StampStale, Severity::Note, 3),
                finding(Code::LongRow, Severity::Error, 9),
            ]),
            &Code::ALL.map(rule),
        );
        let shown: Value = serde_json::from_slice(&shown.unwrap()).unwrap();
        let schema = include_str!("../../../tests/data/sarif-schema-2.1.0.json");
        // one of its patterns ends in a bracket that only JavaScript takes for a letter
        let schema = schema.replace("{2}]?$", "{2}\\\\]?$");
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let fits = jsonschema::validate(&schema, &shown);
        assert!(fits.is_ok(), "{fits:?}");
        let run = &shown["runs"][0];
        let result = &run["results"][0];
        assert_eq!([&result["ruleId"], &result["level"]], ["long-row", "error"]);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["name"], "LongRow");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["region"], serde_json::json!({"startLine": 9, "startColumn": 5}));
        assert_eq!(place["artifactLocation"]["uri"], "docs/a%2Cb%3A%201.md");
    }
}
