//! `respdiff.repositories/1`: the results of several repositories in one.

use schemars::JsonSchema;
use serde::Serialize;

use super::blame::BlameWire;
use super::check::CheckWire;
use super::diff::DiffWire;
use super::explain::ExplainWire;
use super::lint::LintWire;
use super::matrix::MatrixWire;
use super::published::Published;
use crate::error::Error;
use crate::render::notes::NotesWire;
use crate::render::oscal::OscalChanges;
use crate::report::{LogReport, Several, StatsReport};

/// The results of several repositories, in the order of the command line.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.repositories/1")]
pub(in crate::render) struct RepositoriesWire<'a, R> {
    #[schemars(extend("const" = "respdiff.repositories/1"))]
    schema: &'static str,
    repositories: Vec<RepositoryWire<'a, R>>,
}

/// One repository; either `error` or `result` is null.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Repository")]
struct RepositoryWire<'a, R> {
    /// The repository as it was named.
    path: &'a str,
    error: Option<String>,
    result: Option<R>,
}

impl<'a, R> RepositoriesWire<'a, R> {
    pub(in crate::render) fn from_several<T: Published<Json<'a> = R>>(
        several: &Several<'a, T>,
    ) -> Self {
        let repositories = several.iter().map(|(path, outcome)| RepositoryWire {
            path,
            error: outcome.err().map(Error::to_string),
            result: outcome.ok().map(|result: &'a T| result.to_json()),
        });
        Self { schema: "respdiff.repositories/1", repositories: repositories.collect() }
    }
}

/// The result of the command for one repository.
#[derive(JsonSchema)]
#[schemars(rename = "Result")]
#[serde(untagged)]
#[expect(dead_code, reason = "the schema of all results")]
pub(super) enum AnyResult<'a> {
    /// `respdiff diff`
    Diff(DiffWire<'a>),
    /// `respdiff log`
    Log(&'a LogReport),
    /// `respdiff stats`
    Stats(&'a StatsReport),
    /// `respdiff show`
    Matrix(MatrixWire<'a>),
    /// `respdiff blame`
    Blame(BlameWire<'a>),
    /// `respdiff lint`
    Lint(LintWire<'a>),
    /// `respdiff check`
    Check(CheckWire<'a>),
    /// `respdiff explain`
    Explain(ExplainWire<'a>),
    /// `respdiff notes`
    Notes(NotesWire<'a>),
    /// `respdiff oscal --diff`
    OscalChanges(OscalChanges),
}
