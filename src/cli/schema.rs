//! `respdiff schema`: what machines may rely on.

use crate::error::Result;
use crate::render::json;

use super::Outcome;
use super::args::{CommonArgs, SchemaArgs, SchemaOf};
use super::output::Output;

pub(super) fn run(args: &SchemaArgs, common: &CommonArgs) -> Result<Outcome> {
    let schema = match args.of {
        SchemaOf::Diff => json::diff_schema()?,
        SchemaOf::Blame => json::blame_schema()?,
        SchemaOf::Lint => json::lint_schema()?,
        SchemaOf::Matrix => json::matrix_schema()?,
        SchemaOf::Log => json::log_schema()?,
        SchemaOf::Explain => json::explain_schema()?,
        SchemaOf::Stats => json::stats_schema()?,
        SchemaOf::Check => json::check_schema()?,
        SchemaOf::Alert => json::alert_schema()?,
        SchemaOf::AlertStatus => json::alert_status_schema()?,
        SchemaOf::Notes => json::notes_schema()?,
        SchemaOf::OscalChanges => crate::render::json::oscal_changes_schema()?,
        SchemaOf::Duty => json::duty_schema()?,
        SchemaOf::Repositories => json::repositories_schema()?,
    };
    Output::to_file(common, args.output.as_deref())?.write(&schema)?;
    Ok(Outcome::Done)
}
