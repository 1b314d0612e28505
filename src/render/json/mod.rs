//! The JSON that other tools read (`respdiff.diff/1`, `respdiff.log/1`, ...) and its schemas.
//!
//! The types of `report` serialize themselves. The structs here put the schema's name before them,
//! with what is counted over all of a report, or show it in another shape.

mod alert;
mod blame;
mod check;
mod diff;
mod explain;
mod lint;
mod log;
mod matrix;
mod repositories;

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::render::notes::NotesWire;
use crate::render::oscal::{ChangesWire, ExportedEnds};
use crate::report::{
    Alert, BlamedPage, CheckReport, DutyRow, ExplainedChange, LintedPage, LogReport, Notes,
    PageLog, Report, Several, ShownPage, StatsReport, TargetQueue, control_chars, schemas,
};

use alert::{AlertStatusWire, AlertWire};
use blame::BlameWire;
use check::CheckWire;
use diff::DiffWire;
use explain::ExplainWire;
use lint::LintWire;
use log::EditionLineWire;
pub(super) use matrix::MatrixWire;
use repositories::AnyResult;
pub(super) use repositories::RepositoriesWire;

/// The comparison as `respdiff.diff/1`.
pub fn render_diff(report: &Report) -> Result<Vec<u8>> {
    pretty_json(&DiffWire::from_report(report))
}

/// The pages as `respdiff.matrix/1`.
pub fn render_matrix(pages: &[ShownPage]) -> Result<Vec<u8>> {
    pretty_json(&MatrixWire::from_pages(pages))
}

/// The findings as `respdiff.lint/1`.
pub fn render_lint(pages: &[LintedPage]) -> Result<Vec<u8>> {
    pretty_json(&LintWire::from_pages(pages))
}

/// Who holds what since when, as `respdiff.blame/1`.
pub fn render_blame(pages: &[BlamedPage]) -> Result<Vec<u8>> {
    pretty_json(&BlameWire::from_pages(pages))
}

/// The duties, one a line, as `respdiff.duty/1`.
pub fn render_duties<'r>(rows: impl IntoIterator<Item = DutyRow<'r>>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut bytes, &row).map_err(unwritable_json)?;
        bytes.push(b'\n');
    }
    Ok(control_chars::quiet_json(bytes))
}

/// The JSON Schema of `respdiff.duty/1`.
pub fn duty_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<DutyRow<'_>>())
}

/// The pages of several repositories as `respdiff.repositories/1`.
pub fn render_matrices(several: &Several<'_, Vec<ShownPage>>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, |pages| MatrixWire::from_pages(pages)))
}

/// Who holds what since when in several repositories, as `respdiff.repositories/1`.
pub fn render_blames(several: &Several<'_, Vec<BlamedPage>>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, |pages| BlameWire::from_pages(pages)))
}

/// The findings in several repositories as `respdiff.repositories/1`.
pub fn render_lints(several: &Several<'_, Vec<LintedPage>>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, |pages| LintWire::from_pages(pages)))
}

/// What the gate found in several repositories, as `respdiff.repositories/1`.
pub fn render_checks(several: &Several<'_, CheckReport>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, CheckWire::from_report))
}

/// The life of pages as `respdiff.log/1`.
pub fn render_log(report: &LogReport) -> Result<Vec<u8>> {
    pretty_json(report)
}

/// The editions of one page, a line each, as in `respdiff.log/1`.
pub fn log_lines(page: &PageLog, repository: Option<&str>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for line in EditionLineWire::of_page(page, repository) {
        serde_json::to_writer(&mut bytes, &line).map_err(unwritable_json)?;
        bytes.push(b'\n');
    }
    Ok(control_chars::quiet_json(bytes))
}

/// The comparisons of several repositories as `respdiff.repositories/1`.
pub fn render_diffs(several: &Several<'_, Report>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, DiffWire::from_report))
}

/// The life of the pages of several repositories as `respdiff.repositories/1`.
pub fn render_logs(several: &Several<'_, LogReport>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, |report| report))
}

/// Why duties were paired, as `respdiff.explain/1`.
pub fn render_explain(changes: &[ExplainedChange]) -> Result<Vec<u8>> {
    pretty_json(&ExplainWire::from_changes(changes))
}

/// Why duties were paired in several repositories, as `respdiff.repositories/1`.
pub fn several_explained(several: &Several<'_, Vec<ExplainedChange>>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, |changes| ExplainWire::from_changes(changes)))
}

/// The JSON Schema of `respdiff.explain/1`.
pub fn explain_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<ExplainWire<'_>>())
}

/// The numbers as `respdiff.stats/1`.
pub fn render_stats(report: &StatsReport) -> Result<Vec<u8>> {
    pretty_json(report)
}

/// The numbers of several repositories as `respdiff.repositories/1`.
pub fn several_stats(several: &Several<'_, StatsReport>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, |report| report))
}

/// The JSON Schema of `respdiff.stats/1`.
pub fn stats_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<StatsReport>())
}

/// What the gate found, as `respdiff.check/1`.
pub fn render_check(report: &CheckReport) -> Result<Vec<u8>> {
    pretty_json(&CheckWire::from_report(report))
}

/// The JSON Schema of `respdiff.check/1`.
pub fn check_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<CheckWire<'_>>())
}

/// An event of `alert`, on one line.
pub fn render_alert(alert: &Alert) -> Result<Vec<u8>> {
    serde_json::to_vec(&AlertWire::from_alert(alert))
        .map(control_chars::quiet_json)
        .map_err(unwritable_json)
}

/// What waits for each target, as `respdiff.alert-status/1`.
pub fn alert_status(queues: &[TargetQueue]) -> Result<Vec<u8>> {
    pretty_json(&AlertStatusWire::from_queues(queues))
}

/// The JSON Schema of `respdiff.alert-status/1`.
pub fn alert_status_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<AlertStatusWire<'_>>())
}

/// The JSON Schema of `respdiff.alert/1`.
pub fn alert_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<AlertWire<'_>>())
}

/// What differs between two OSCAL exports, as `respdiff.oscal-changes/1`.
pub fn oscal_changes(sides: &ExportedEnds) -> Result<Vec<u8>> {
    pretty_json(&ChangesWire::from_sides(sides))
}

/// The same of several repositories, as `respdiff.repositories/1`.
pub fn several_oscal_changes(several: &Several<'_, ExportedEnds>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, ChangesWire::from_sides))
}

/// The JSON Schema of `respdiff.oscal-changes/1`.
pub fn oscal_changes_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<ChangesWire>())
}

/// Release notes as `respdiff.notes/1`.
pub fn render_notes(notes: &Notes) -> Result<Vec<u8>> {
    pretty_json(&NotesWire::from_notes(notes))
}

/// Release notes of several repositories as `respdiff.repositories/1`.
pub fn several_notes(several: &Several<'_, Notes>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::new(several, NotesWire::from_notes))
}

/// The JSON Schema of `respdiff.notes/1`.
pub fn notes_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<NotesWire<'_>>())
}

/// The JSON Schema of `respdiff.log/1`.
pub fn log_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<LogReport>())
}

/// The JSON Schema of `respdiff.repositories/1`.
pub fn repositories_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<RepositoriesWire<'_, AnyResult<'_>>>())
}

/// The JSON Schema of `respdiff.diff/1`.
pub fn diff_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<DiffWire<'_>>())
}

/// The JSON Schema of `respdiff.matrix/1`.
pub fn matrix_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<MatrixWire<'_>>())
}

/// The JSON Schema of `respdiff.lint/1`.
pub fn lint_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<LintWire<'_>>())
}

/// The JSON Schema of `respdiff.blame/1`.
pub fn blame_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<BlameWire<'_>>())
}

pub(in crate::render) fn pretty_json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(unwritable_json)?;
    bytes.push(b'\n');
    Ok(control_chars::quiet_json(bytes))
}

fn unwritable_json(source: serde_json::Error) -> Error {
    Error::new(ErrorKind::Output, "the result cannot be written as JSON").with_source(source)
}

#[cfg(test)]
mod tests;
