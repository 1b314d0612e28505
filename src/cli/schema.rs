//! `respdiff schema`: what machines may rely on.

use crate::error::Result;
use crate::render::json;
use crate::render::oscal::ExportedEnds;
use crate::report::{
    BlamedPage, CheckReport, ExplainedChange, LintedPage, LogReport, Notes, Report, ShownPage,
    StatsReport, TargetQueue,
};

use super::Outcome;
use super::args::{CommonArgs, SchemaArgs, SchemaOf};
use super::output::Output;

pub(super) fn run(args: &SchemaArgs, common: &CommonArgs) -> Result<Outcome> {
    let schema = match args.of {
        SchemaOf::Diff => json::result_schema::<Report>()?,
        SchemaOf::Blame => json::result_schema::<Vec<BlamedPage>>()?,
        SchemaOf::Lint => json::result_schema::<Vec<LintedPage>>()?,
        SchemaOf::Matrix => json::result_schema::<Vec<ShownPage>>()?,
        SchemaOf::Log => json::result_schema::<LogReport>()?,
        SchemaOf::Explain => json::result_schema::<Vec<ExplainedChange>>()?,
        SchemaOf::Stats => json::result_schema::<StatsReport>()?,
        SchemaOf::Check => json::result_schema::<CheckReport>()?,
        SchemaOf::Alert => json::alert_schema()?,
        SchemaOf::AlertStatus => json::result_schema::<Vec<TargetQueue>>()?,
        SchemaOf::Notes => json::result_schema::<Notes>()?,
        SchemaOf::OscalChanges => json::result_schema::<ExportedEnds>()?,
        SchemaOf::Duty => json::duty_schema()?,
        SchemaOf::Repositories => json::repositories_schema()?,
    };
    Output::to_file(common, args.output.as_deref())?.write(&schema)?;
    Ok(Outcome::Done)
}
