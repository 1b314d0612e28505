//! Changes as results of SARIF.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words::{
    change_headline, duty_text, notice_line, old_place, outcome_sentence, place_labels,
};
use crate::error::Result;
use crate::model::{Kind, Level};
use crate::render::ci::sarif::{
    self, Artifact, Configuration, Location, MOST, Notification, Physical, Region, SarifResult,
    SarifRule, SarifText, Suppression,
};
use crate::render::safe;
use crate::report::{CheckReport, CheckedDocument, Judged, Verdict};

/// SARIF 2.1.0, with the report as one run.
pub fn render_sarif(report: &CheckReport) -> Result<Vec<u8>> {
    let all = report.worst_first();
    let results = all.iter().take(MOST).map(|(document, judged)| change_result(document, judged));
    let shown = |text: &str| SarifText { text: safe::make_visible(text).into_owned() };
    let mut notifications =
        vec![Notification { level: "note", message: shown(&outcome_sentence(report)) }];
    if all.len() > MOST {
        let message = shown(&format!("{} more changes are omitted here", all.len() - MOST));
        notifications.push(Notification { level: "warning", message });
    }
    for document in &report.documents {
        notifications.extend(document.fresh_notices().map(|notice| Notification {
            level: if report.is_incomplete_by(document, notice) { "error" } else { "warning" },
            message: shown(&notice_line(document, notice)),
        }));
    }
    for edit in &report.edits {
        let message = shown(&format!("{} changes {}: {}", edit.file, edit.what, edit.effect));
        notifications.push(Notification { level: "warning", message });
    }
    let rules = Kind::ALL.into_iter().map(kind_rule).collect();
    let exit_code = match report.incomplete_notices().next() {
        Some(_) => 2,
        None => u8::from(report.fails()),
    };
    sarif::sarif_file(rules, results.collect(), exit_code, notifications)
}

/// What a kind of change is, under an id that never changes.
fn kind_rule(kind: Kind) -> SarifRule {
    let (name, what) = match kind {
        Kind::Moved => ("DutyMoved", "A duty moved to another party."),
        Kind::Added => ("DutyAdded", "A duty was added."),
        Kind::Removed => ("DutyRemoved", "A duty was removed."),
        Kind::Reworded => ("DutyReworded", "A duty is worded differently; the same party has it."),
        Kind::Relocated => {
            ("DutyRelocated", "A duty is under another task or section, or on another page.")
        }
    };
    let level = match kind {
        Kind::Moved => "error",
        Kind::Added | Kind::Removed => "warning",
        Kind::Reworded | Kind::Relocated => "note",
    };
    SarifRule {
        id: kind.name(),
        name: name.to_owned(),
        short_description: SarifText { text: what.to_owned() },
        help: SarifText {
            text: "If the change is intended, accept it with `respdiff ack ID --by NAME --reason TEXT RANGE` (the range of this check, or `--baseline DIR`), and have the acknowledgement reviewed like code. Otherwise, fix the page."
                .to_owned(),
        },
        default_configuration: Configuration { level },
    }
}

fn change_result(document: &CheckedDocument, judged: &Judged) -> SarifResult<CheckProperties> {
    let change = &judged.change;
    let place = judged.change.shown_place();
    let path = place.and_then(|place| place.path.as_ref()).unwrap_or(&document.path);
    let level = match (judged.verdict, change.level) {
        (Verdict::Fails, _) => "error",
        (
            Verdict::Passes | Verdict::Acknowledged | Verdict::Off,
            Level::Boundary | Level::Scope,
        ) => "warning",
        (Verdict::Passes | Verdict::Acknowledged | Verdict::Off, Level::Wording) => "note",
    };
    // the old side's line means nothing in the file as it is
    let line = place.filter(|_| change.kind != Kind::Removed).map_or(1, |place| place.line.max(1));
    let was = old_place(change).map(|was| format!("; {was}")).unwrap_or_default();
    let message = format!(
        "{}{was}. {}: {}",
        change_headline(change),
        place_labels(judged),
        duty_text(change)
    );
    let suppression = judged.ack.as_ref().map(|ack| Suppression {
        kind: "external",
        status: "accepted",
        justification: safe::make_visible(&format!("{}: {}", ack.by, ack.reason)).into_owned(),
    });
    SarifResult {
        rule_id: change.kind.name(),
        rule_index: Kind::ALL.iter().position(|kind| *kind == change.kind).unwrap_or_default(),
        level,
        message: SarifText { text: safe::make_visible(&message).into_owned() },
        locations: [Location {
            physical_location: Physical {
                artifact_location: Artifact { uri: safe::uri_path(path), uri_base_id: "%SRCROOT%" },
                region: Region { start_line: line, start_column: None },
            },
        }],
        partial_fingerprints: BTreeMap::from([("respdiffChange/v1", change.id.clone())]),
        suppressions: suppression.into_iter().collect(),
        properties: CheckProperties {
            level: change.level.name(),
            burden: change.burden.name(),
            from: change.party.old.as_ref().map(ToString::to_string),
            to: change.party.new.as_ref().map(ToString::to_string),
            verdict: judged.verdict.name(),
            controls: change.controls.clone(),
        },
    }
}

#[derive(Serialize)]
struct CheckProperties {
    level: &'static str,
    burden: &'static str,
    from: Option<String>,
    to: Option<String>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::check::sample::{judged, report};

    #[test]
    fn it_is_what_the_standard_s_schema_asks_for() {
        let shown = render_sarif(&report(vec![
            judged(Kind::Moved, 9, Verdict::Fails),
            judged(Kind::Removed, 7, Verdict::Acknowledged),
            judged(Kind::Reworded, 8, Verdict::Passes),
        ]));
        let shown: Value = serde_json::from_slice(&shown.unwrap()).unwrap();
        let schema = include_str!("../../../tests/data/sarif-schema-2.1.0.json");
        // one of its patterns ends in a bracket that only JavaScript takes for a letter
        let schema = schema.replace("{2}]?$", "{2}\\\\]?$");
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let fits = jsonschema::validate(&schema, &shown);
        assert!(fits.is_ok(), "{fits:?}");
        let results = &shown["runs"][0]["results"];
        let driver = &shown["runs"][0]["tool"]["driver"];
        assert_eq!(driver["informationUri"], env!("CARGO_PKG_REPOSITORY"));
        assert_eq!(results[0]["ruleId"], "moved");
        assert_eq!(results[0]["partialFingerprints"]["respdiffChange/v1"], "0000000000000009");
        let uri = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "docs/a%2Cb%3A%20100%25.md");
        let lines: Vec<_> = (0..3)
            .map(|at| &results[at]["locations"][0]["physicalLocation"]["region"]["startLine"])
            .collect();
        assert_eq!(lines, [9, 8, 1]);
        assert_eq!(results[2]["suppressions"][0]["justification"], "Ada: agreed | at last");
    }

    #[test]
    fn more_than_code_scanning_takes_is_told() {
        let many = (1..=MOST + 2).map(|line| judged(Kind::Moved, line, Verdict::Fails));
        let shown = render_sarif(&report(many.collect())).unwrap();
        let shown: Value = serde_json::from_slice(&shown).unwrap();
        assert_eq!(shown["runs"][0]["results"].as_array().map(Vec::len), Some(MOST));
        let notes = &shown["runs"][0]["invocations"][0]["toolExecutionNotifications"];
        assert_eq!(notes[1]["message"]["text"], "2 more changes are omitted here");
    }
}
