//! `respdiff schema` and `respdiff config schema`: what machines may rely on.
//!
//! The schemas are files, so that the binary does not carry the code that makes them from the types.
//! A test compares them with what the types give.

use crate::error::Result;

use super::Outcome;
use super::args::{CommonArgs, ConfigFile, SchemaArgs, SchemaOf};
use super::output::Output;

pub(super) fn run(args: &SchemaArgs, common: &CommonArgs) -> Result<Outcome> {
    Output::to_file(common, args.output.as_deref())?.write(output_schema(args.of).as_bytes())?;
    Ok(Outcome::Done)
}

/// The schema of what a command writes.
const fn output_schema(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Diff => include_str!("schemas/diff.json"),
        SchemaOf::Blame => include_str!("schemas/blame.json"),
        SchemaOf::Lint => include_str!("schemas/lint.json"),
        SchemaOf::Matrix => include_str!("schemas/matrix.json"),
        SchemaOf::Log => include_str!("schemas/log.json"),
        SchemaOf::Explain => include_str!("schemas/explain.json"),
        SchemaOf::Stats => include_str!("schemas/stats.json"),
        SchemaOf::Check => include_str!("schemas/check.json"),
        SchemaOf::Alert => include_str!("schemas/alert.json"),
        SchemaOf::AlertStatus => include_str!("schemas/alert-status.json"),
        SchemaOf::Notes => include_str!("schemas/notes.json"),
        SchemaOf::OscalChanges => include_str!("schemas/oscal-changes.json"),
        SchemaOf::Duty => include_str!("schemas/duty.json"),
        SchemaOf::Repositories => include_str!("schemas/repositories.json"),
    }
}

/// The schema of a file that people write.
pub(super) const fn config_schema(of: ConfigFile) -> &'static str {
    match of {
        ConfigFile::Policy => include_str!("schemas/config-policy.json"),
        ConfigFile::Alert => include_str!("schemas/config-alert.json"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::ValueEnum;

    use super::{config_schema, output_schema};
    use crate::cli::args::{ConfigFile, SchemaOf};
    use crate::error::Result;
    use crate::policy;
    use crate::render::json;
    use crate::render::oscal::ExportedEnds;
    use crate::report::{
        BlamedPage, CheckReport, ExplainedChange, LintedPage, LogReport, Notes, Report, ShownPage,
        StatsReport, TargetQueue,
    };

    fn made_from_types(of: SchemaOf) -> Result<Vec<u8>> {
        match of {
            SchemaOf::Diff => json::result_schema::<Report>(),
            SchemaOf::Blame => json::result_schema::<Vec<BlamedPage>>(),
            SchemaOf::Lint => json::result_schema::<Vec<LintedPage>>(),
            SchemaOf::Matrix => json::result_schema::<Vec<ShownPage>>(),
            SchemaOf::Log => json::result_schema::<LogReport>(),
            SchemaOf::Explain => json::result_schema::<Vec<ExplainedChange>>(),
            SchemaOf::Stats => json::result_schema::<StatsReport>(),
            SchemaOf::Check => json::result_schema::<CheckReport>(),
            SchemaOf::Alert => json::alert_schema(),
            SchemaOf::AlertStatus => json::result_schema::<Vec<TargetQueue>>(),
            SchemaOf::Notes => json::result_schema::<Notes>(),
            SchemaOf::OscalChanges => json::result_schema::<ExportedEnds>(),
            SchemaOf::Duty => json::duty_schema(),
            SchemaOf::Repositories => json::repositories_schema(),
        }
    }

    /// `INSTA_UPDATE=always` writes the file, as it does for snapshots.
    #[track_caller]
    fn compare(file: &str, shown: &str, made: &Result<Vec<u8>>) {
        let made = str::from_utf8(made.as_ref().unwrap()).unwrap();
        if shown != made && std::env::var_os("INSTA_UPDATE").is_some_and(|told| told == "always") {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/schemas");
            std::fs::write(folder.join(format!("{file}.json")), made).unwrap();
        } else {
            assert_eq!(shown, made, "src/cli/schemas/{file}.json");
        }
    }

    #[test]
    fn the_schemas_fit_the_types() {
        for of in SchemaOf::value_variants() {
            let name = of.to_possible_value().unwrap();
            compare(name.get_name(), output_schema(*of), &made_from_types(*of));
        }
        let policy = policy::policy_schema();
        compare("config-policy", config_schema(ConfigFile::Policy), &policy);
        let alert = policy::alert::alert_schema();
        compare("config-alert", config_schema(ConfigFile::Alert), &alert);
    }
}
