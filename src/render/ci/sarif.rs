//! SARIF 2.1.0: the part of the standard that code scanning shows.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::report::control_chars;

/// More results in a run are refused.
pub(in crate::render) const MOST: usize = 25_000;
/// Where respdiff is described.
const INFORMATION: &str = env!("CARGO_PKG_REPOSITORY");
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// The bytes of a file with one run.
pub(in crate::render) fn sarif_file<P: Serialize>(
    rules: Vec<SarifRule>,
    results: Vec<SarifResult<P>>,
    exit_code: u8,
    notifications: Vec<Notification>,
) -> Result<Vec<u8>> {
    let driver = Driver {
        name: "respdiff",
        information_uri: INFORMATION,
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules,
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [SarifRun {
            tool: Tool { driver },
            invocations: [Invocation {
                // a run that could not know everything did not succeed
                execution_successful: exit_code < 2,
                exit_code,
                tool_execution_notifications: notifications,
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    let mut bytes = serde_json::to_vec_pretty(&log).map_err(|source| {
        Error::new(ErrorKind::Output, "the result cannot be written as SARIF").with_source(source)
    })?;
    bytes.push(b'\n');
    Ok(control_chars::quiet_json(bytes))
}

/// A whole file.
#[derive(Serialize)]
pub(in crate::render) struct Log<P> {
    #[serde(rename = "$schema")]
    pub(in crate::render) schema: &'static str,
    pub(in crate::render) version: &'static str,
    pub(in crate::render) runs: [SarifRun<P>; 1],
}

/// One run of respdiff.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct SarifRun<P> {
    pub(in crate::render) tool: Tool,
    pub(in crate::render) invocations: [Invocation; 1],
    pub(in crate::render) column_kind: &'static str,
    pub(in crate::render) results: Vec<SarifResult<P>>,
}

/// What ran.
#[derive(Serialize)]
pub(in crate::render) struct Tool {
    pub(in crate::render) driver: Driver,
}

/// respdiff, with its rules.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Driver {
    pub(in crate::render) name: &'static str,
    pub(in crate::render) information_uri: &'static str,
    pub(in crate::render) semantic_version: &'static str,
    pub(in crate::render) rules: Vec<SarifRule>,
}

/// A kind of result, under an id that never changes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct SarifRule {
    pub(in crate::render) id: &'static str,
    pub(in crate::render) name: String,
    pub(in crate::render) short_description: SarifText,
    pub(in crate::render) help: SarifText,
    pub(in crate::render) default_configuration: Configuration,
}

/// The level of a rule where a result says no other.
#[derive(Serialize)]
pub(in crate::render) struct Configuration {
    pub(in crate::render) level: &'static str,
}

/// How the run ended.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Invocation {
    pub(in crate::render) execution_successful: bool,
    pub(in crate::render) exit_code: u8,
    pub(in crate::render) tool_execution_notifications: Vec<Notification>,
}

/// What is no result.
#[derive(Serialize)]
pub(in crate::render) struct Notification {
    pub(in crate::render) level: &'static str,
    pub(in crate::render) message: SarifText,
}

/// Plain text.
#[derive(Serialize)]
pub(in crate::render) struct SarifText {
    pub(in crate::render) text: String,
}

/// One result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct SarifResult<P> {
    pub(in crate::render) rule_id: &'static str,
    pub(in crate::render) rule_index: usize,
    pub(in crate::render) level: &'static str,
    pub(in crate::render) message: SarifText,
    pub(in crate::render) locations: [Location; 1],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::render) partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::render) suppressions: Vec<Suppression>,
    pub(in crate::render) properties: P,
}

/// A place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Location {
    pub(in crate::render) physical_location: Physical,
}

/// A place in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Physical {
    pub(in crate::render) artifact_location: Artifact,
    pub(in crate::render) region: Region,
}

/// A file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Artifact {
    pub(in crate::render) uri: String,
    pub(in crate::render) uri_base_id: &'static str,
}

/// A line and, where it is known, its column.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::render) struct Region {
    pub(in crate::render) start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::render) start_column: Option<usize>,
}

/// Why a result does not count.
#[derive(Serialize)]
pub(in crate::render) struct Suppression {
    pub(in crate::render) kind: &'static str,
    pub(in crate::render) status: &'static str,
    pub(in crate::render) justification: String,
}
