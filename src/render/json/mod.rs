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
mod matrix;
pub(super) mod published;
mod repositories;

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::report::{Alert, DutyRow, EditionLine, PageLog, Several, control_chars, schemas};

use alert::AlertWire;
pub use published::Published;
use repositories::AnyResult;
pub(super) use repositories::RepositoriesWire;

/// A result as JSON.
pub fn render_result<T: Published>(result: &T) -> Result<Vec<u8>> {
    pretty_json(&result.to_json())
}

/// The results of several repositories as `respdiff.repositories/1`.
pub fn render_several<T: Published>(several: &Several<'_, T>) -> Result<Vec<u8>> {
    pretty_json(&RepositoriesWire::from_several(several))
}

/// The JSON Schema of a result.
pub fn result_schema<T: Published + 'static>() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<T::Json<'static>>())
}

/// The JSON Schema of `respdiff.repositories/1`.
pub fn repositories_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<RepositoriesWire<'_, AnyResult<'_>>>())
}

/// The duties, one a line, as `respdiff.duty/1`.
pub fn render_duties<'r>(rows: impl IntoIterator<Item = DutyRow<'r>>) -> Result<Vec<u8>> {
    json_lines(rows)
}

/// The JSON Schema of `respdiff.duty/1`.
pub fn duty_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<DutyRow<'_>>())
}

/// The editions of one page, a line each, as in `respdiff.log/1`.
pub fn log_lines(page: &PageLog, repository: Option<&str>) -> Result<Vec<u8>> {
    let document = &page.path;
    json_lines(page.editions.iter().map(|edition| EditionLine { repository, document, edition }))
}

/// An event of `alert`, on one line.
pub fn render_alert(alert: &Alert) -> Result<Vec<u8>> {
    serde_json::to_vec(&AlertWire::from_alert(alert))
        .map(control_chars::quiet_json)
        .map_err(unwritable_json)
}

/// The JSON Schema of `respdiff.alert/1`.
pub fn alert_schema() -> Result<Vec<u8>> {
    pretty_json(&schemas::of_output::<AlertWire<'_>>())
}

fn pretty_json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(unwritable_json)?;
    bytes.push(b'\n');
    Ok(control_chars::quiet_json(bytes))
}

fn json_lines(values: impl IntoIterator<Item = impl Serialize>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for value in values {
        serde_json::to_writer(&mut bytes, &value).map_err(unwritable_json)?;
        bytes.push(b'\n');
    }
    Ok(control_chars::quiet_json(bytes))
}

fn unwritable_json(source: serde_json::Error) -> Error {
    Error::new(ErrorKind::Output, "the result cannot be written as JSON").with_source(source)
}

#[cfg(test)]
mod tests;
