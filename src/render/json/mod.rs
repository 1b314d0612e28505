//! The JSON that other tools read (`respdiff.diff/1`, `respdiff.log/1`, ...) and its schemas.
//!
//! The structs here are what is written, field by field in the contract's order, and are kept
//! apart from the model so that neither binds the other.

mod alert;
mod blame;
mod check;
mod common;
mod diff;
mod explain;
mod lint;
mod log;
mod matrix;
mod repositories;
mod rows;
mod stats;

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::render::notes::NotesWire;
use crate::report::{
    Alert, BlamedPage, CheckReport, DutyRow, ExplainedChange, LintedPage, LogReport, Notes,
    PageLog, Report, Several, ShownPage, StatsReport, TargetQueue, schemas, signs,
};

use alert::{AlertWire, StatusWire};
use blame::BlameWire;
use check::CheckWire;
pub(super) use diff::ChangeWire;
use diff::DiffWire;
use explain::ExplainWire;
use lint::LintWire;
use log::{LineWire, LogWire};
pub(super) use matrix::MatrixWire;
pub(super) use repositories::RepositoriesWire;
use rows::DutyRowWire;
use stats::StatsWire;

/// The comparison as `respdiff.diff/1`.
pub fn diff(report: &Report) -> Result<Vec<u8>> {
    pretty(&DiffWire::of(report))
}

/// The pages as `respdiff.matrix/1`.
pub fn matrix(pages: &[ShownPage]) -> Result<Vec<u8>> {
    pretty(&MatrixWire::of(pages))
}

/// The findings as `respdiff.lint/1`.
pub fn lint(pages: &[LintedPage]) -> Result<Vec<u8>> {
    pretty(&LintWire::of(pages))
}

/// Who holds what since when, as `respdiff.blame/1`.
pub fn blame(pages: &[BlamedPage]) -> Result<Vec<u8>> {
    pretty(&BlameWire::of(pages))
}

/// The duties, one a line, as `respdiff.duty/1`.
pub fn duties<'r>(rows: impl IntoIterator<Item = DutyRow<'r>>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut bytes, &DutyRowWire::of(&row)).map_err(unwritable)?;
        bytes.push(b'\n');
    }
    Ok(signs::quiet_json(bytes))
}

/// The JSON Schema of `respdiff.duty/1`.
pub fn duty_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<DutyRowWire<'_>>())
}

/// The pages of several repositories as `respdiff.repositories/1`.
pub fn matrices(several: &Several<'_, Vec<ShownPage>>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_matrix(several))
}

/// Who holds what since when in several repositories, as `respdiff.repositories/1`.
pub fn blames(several: &Several<'_, Vec<BlamedPage>>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_blame(several))
}

/// The findings in several repositories as `respdiff.repositories/1`.
pub fn lints(several: &Several<'_, Vec<LintedPage>>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_lint(several))
}

/// What the gate found in several repositories, as `respdiff.repositories/1`.
pub fn checks(several: &Several<'_, CheckReport>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_check(several))
}

/// The life of pages as `respdiff.log/1`.
pub fn log(report: &LogReport) -> Result<Vec<u8>> {
    pretty(&LogWire::of(report))
}

/// The editions of one page, a line each, as in `respdiff.log/1`.
pub fn log_lines(page: &PageLog, repository: Option<&str>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for line in LineWire::all(page, repository) {
        serde_json::to_writer(&mut bytes, &line).map_err(unwritable)?;
        bytes.push(b'\n');
    }
    Ok(signs::quiet_json(bytes))
}

/// The comparisons of several repositories as `respdiff.repositories/1`.
pub fn diffs(several: &Several<'_, Report>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_diff(several))
}

/// The life of the pages of several repositories as `respdiff.repositories/1`.
pub fn logs(several: &Several<'_, LogReport>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_log(several))
}

/// Why duties were paired, as `respdiff.explain/1`.
pub fn explain(changes: &[ExplainedChange]) -> Result<Vec<u8>> {
    pretty(&ExplainWire::of(changes))
}

/// The JSON Schema of `respdiff.explain/1`.
pub fn explain_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<ExplainWire<'_>>())
}

/// The numbers as `respdiff.stats/1`.
pub fn stats(report: &StatsReport) -> Result<Vec<u8>> {
    pretty(&StatsWire::of(report))
}

/// The numbers of several repositories as `respdiff.repositories/1`.
pub fn several_stats(several: &Several<'_, StatsReport>) -> Result<Vec<u8>> {
    pretty(&RepositoriesWire::of_stats(several))
}

/// The JSON Schema of `respdiff.stats/1`.
pub fn stats_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<StatsWire<'_>>())
}

/// What the gate found, as `respdiff.check/1`.
pub fn check(report: &CheckReport) -> Result<Vec<u8>> {
    pretty(&CheckWire::of(report))
}

/// The JSON Schema of `respdiff.check/1`.
pub fn check_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<CheckWire<'_>>())
}

/// An event of `alert`, on one line.
pub fn alert(alert: &Alert) -> Result<Vec<u8>> {
    serde_json::to_vec(&AlertWire::of(alert)).map(signs::quiet_json).map_err(unwritable)
}

/// What waits for each target, as `respdiff.alert-status/1`.
pub fn alert_status(queues: &[TargetQueue]) -> Result<Vec<u8>> {
    pretty(&StatusWire::of(queues))
}

/// The JSON Schema of `respdiff.alert-status/1`.
pub fn alert_status_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<StatusWire<'_>>())
}

/// The JSON Schema of `respdiff.alert/1`.
pub fn alert_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<AlertWire<'_>>())
}

/// Release notes as `respdiff.notes/1`.
pub fn notes(notes: &Notes) -> Result<Vec<u8>> {
    pretty(&NotesWire::of(notes))
}

/// The JSON Schema of `respdiff.notes/1`.
pub fn notes_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<NotesWire<'_>>())
}

/// The JSON Schema of `respdiff.log/1`.
pub fn log_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<LogWire<'_>>())
}

/// The JSON Schema of `respdiff.repositories/1`.
pub fn repositories_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<RepositoriesWire<'_>>())
}

/// The JSON Schema of `respdiff.diff/1`.
pub fn diff_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<DiffWire<'_>>())
}

/// The JSON Schema of `respdiff.matrix/1`.
pub fn matrix_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<MatrixWire<'_>>())
}

/// The JSON Schema of `respdiff.lint/1`.
pub fn lint_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<LintWire<'_>>())
}

/// The JSON Schema of `respdiff.blame/1`.
pub fn blame_schema() -> Result<Vec<u8>> {
    pretty(&schemas::of_output::<BlameWire<'_>>())
}

pub(in crate::render) fn pretty(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(unwritable)?;
    bytes.push(b'\n');
    Ok(signs::quiet_json(bytes))
}

fn unwritable(source: serde_json::Error) -> Error {
    Error::new(ErrorKind::Output, "the result cannot be written as JSON").because(source)
}

#[cfg(test)]
mod tests;
