//! `respdiff.repositories/1`: the results of several repositories in one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;
use crate::render::notes::NotesWire;
use crate::render::oscal::{ChangesWire, ExportedEnds};
use crate::report::{
    BlamedPage, CheckReport, ExplainedChange, LintedPage, LogReport, Notes, Report, Several,
    ShownPage, StatsReport,
};

use super::blame::BlameWire;
use super::check::CheckWire;
use super::diff::DiffWire;
use super::explain::ExplainWire;
use super::lint::LintWire;
use super::log::LogWire;
use super::matrix::MatrixWire;
use super::stats::StatsWire;

/// The results of several repositories, in the order of the command line.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.repositories/1")]
pub(in crate::render) struct RepositoriesWire<'a> {
    #[schemars(extend("const" = "respdiff.repositories/1"))]
    schema: &'static str,
    repositories: Vec<RepositoryWire<'a>>,
}

/// One repository; either `error` or `result` is null.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Repository")]
struct RepositoryWire<'a> {
    /// The repository as it was named.
    path: &'a str,
    error: Option<String>,
    result: Option<ResultWire<'a>>,
}

/// The result of the command for one repository.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Result")]
#[serde(untagged)]
enum ResultWire<'a> {
    /// `respdiff diff`
    Diff(DiffWire<'a>),
    /// `respdiff log`
    Log(LogWire<'a>),
    /// `respdiff stats`
    Stats(StatsWire<'a>),
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
    OscalChanges(ChangesWire),
}

impl<'a> RepositoriesWire<'a> {
    pub(super) fn of_diff(several: &Several<'a, Report>) -> Self {
        Self::from_several(several, |report| ResultWire::Diff(DiffWire::from_report(report)))
    }

    pub(super) fn of_log(several: &Several<'a, LogReport>) -> Self {
        Self::from_several(several, |report| ResultWire::Log(LogWire::from_report(report)))
    }

    pub(super) fn of_stats(several: &Several<'a, StatsReport>) -> Self {
        Self::from_several(several, |report| ResultWire::Stats(StatsWire::from_report(report)))
    }

    pub(in crate::render) fn of_matrix(several: &Several<'a, Vec<ShownPage>>) -> Self {
        Self::from_several(several, |pages| ResultWire::Matrix(MatrixWire::from_pages(pages)))
    }

    pub(super) fn of_blame(several: &Several<'a, Vec<BlamedPage>>) -> Self {
        Self::from_several(several, |pages| ResultWire::Blame(BlameWire::from_pages(pages)))
    }

    pub(super) fn of_lint(several: &Several<'a, Vec<LintedPage>>) -> Self {
        Self::from_several(several, |pages| ResultWire::Lint(LintWire::from_pages(pages)))
    }

    pub(super) fn of_check(several: &Several<'a, CheckReport>) -> Self {
        Self::from_several(several, |report| ResultWire::Check(CheckWire::from_report(report)))
    }

    pub(super) fn of_explain(several: &Several<'a, Vec<ExplainedChange>>) -> Self {
        let wire = |changes: &'a Vec<_>| ResultWire::Explain(ExplainWire::from_changes(changes));
        Self::from_several(several, wire)
    }

    pub(super) fn of_notes(several: &Several<'a, Notes>) -> Self {
        Self::from_several(several, |notes| ResultWire::Notes(NotesWire::from_notes(notes)))
    }

    pub(super) fn of_oscal_changes(several: &Several<'a, ExportedEnds>) -> Self {
        let wire = |sides: &ExportedEnds| ResultWire::OscalChanges(ChangesWire::from_sides(sides));
        Self::from_several(several, wire)
    }

    fn from_several<T>(several: &Several<'a, T>, wire: impl Fn(&'a T) -> ResultWire<'a>) -> Self {
        let repositories = several.iter().map(|(path, outcome)| RepositoryWire {
            path,
            error: outcome.err().map(Error::to_string),
            result: outcome.ok().map(&wire),
        });
        Self { schema: "respdiff.repositories/1", repositories: repositories.collect() }
    }
}
