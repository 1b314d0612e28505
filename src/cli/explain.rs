//! `respdiff explain`: why two duties were paired, or were not.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::error::{Error, ErrorKind, Result};
use crate::render;
use crate::report::{ExplainedChange, explain_changes};

use super::args::{CommonArgs, ExplainArgs, ExplainFormat};
use super::output::Output;
use super::several::{self, RepositoryPlace};
use super::{Outcome, comparison};

/// A shorter beginning of an id says too little.
const SHORTEST: usize = 4;

pub(super) fn run(args: &ExplainArgs, common: &CommonArgs) -> Result<Outcome> {
    let id = args.change.to_lowercase();
    if !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let message = format!("`{}` is not the id of a change", args.change);
        return Err(Error::new(ErrorKind::Usage, message).with_hint(
            "the id comes first: respdiff explain ID A..B; `respdiff --ids A..B` lists the ids",
        ));
    }
    if id.len() < SHORTEST {
        let message = format!(
            "`{}` is too short for a change id: give at least {SHORTEST} characters",
            args.change
        );
        return Err(Error::new(ErrorKind::Usage, message).with_hint(list_hint(args)));
    }
    let output = Output::to_file(common, args.output.as_deref())?;
    if let Some(places) = several::several_places(common)?.filter(|_| !args.what.no_index) {
        return explain_in_several(args, common, places, &id, &output);
    }
    let (explained, base) = explain_one(args, common, &RepositoryPlace::only_one(common), &id)?;
    if explained.is_empty() {
        let range =
            if has_range(args) { "in this range" } else { "between HEAD and the working tree" };
        let message = format!("no change {range} has the id `{id}`");
        return Err(Error::new(ErrorKind::Input, message).with_hint(list_hint(args)));
    }
    output.write(&match args.format {
        ExplainFormat::Text => {
            render::text::render_explain(&explained, true, &output.text_options(base.as_deref()))
        }
        ExplainFormat::Json => render::json::render_result(&explained)?,
    })?;
    Ok(Outcome::Done)
}

/// The change may be in any of the repositories, and in more than one.
fn explain_in_several(
    args: &ExplainArgs,
    common: &CommonArgs,
    places: Vec<RepositoryPlace>,
    id: &str,
    output: &Output,
) -> Result<Outcome> {
    let mut results = several::run_each(places, |place| {
        explain_one(args, common, place, id).map(|(explained, _)| explained)
    });
    if several::good_results(&results).all(|(_, explained)| explained.is_empty()) {
        let outcome = several::results_outcome(&results, false);
        if outcome != Outcome::Done {
            return Ok(outcome);
        }
        let message = format!("no change in this range has the id `{id}` in any repository");
        return Err(Error::new(ErrorKind::Input, message).with_hint(list_hint(args)));
    }
    if args.format == ExplainFormat::Json {
        let named = several::named_results(&results);
        output.write(&render::json::render_several(&named)?)?;
    } else {
        results.retain(|(_, one)| one.as_ref().map_or(true, |explained| !explained.is_empty()));
        output.write(&several::results_text(&results, output, |explained, options| {
            render::text::render_explain(explained, true, options)
        }))?;
    }
    Ok(several::results_outcome(&results, false))
}

/// The change of one repository with this id, none where it has no such change; and the folder
/// that its paths are below.
fn explain_one(
    args: &ExplainArgs,
    common: &CommonArgs,
    place: &RepositoryPlace,
    id: &str,
) -> Result<(Vec<ExplainedChange>, Option<PathBuf>)> {
    let (explained, base) =
        comparison::with_comparison((args.what.clone(), None), place, common, |_, documents| {
            explain_changes(&documents, &|change| change.id.starts_with(id))
        })?;
    if explained.len() < 2 {
        return Ok((explained, base));
    }
    let ids: BTreeSet<&str> = explained.iter().map(|one| one.change.id.as_str()).collect();
    if ids.len() == 1 {
        let pages: Vec<&str> = explained.iter().map(|one| one.path.as_str()).collect();
        let message = format!("`{id}` is the same change in {}", pages.join(", "));
        return Err(Error::new(ErrorKind::Input, message)
            .with_hint("name one of these pages: respdiff explain ID RANGE -- PATH"));
    }
    let message = format!("`{id}` is ambiguous: {} ids begin with it", ids.len());
    let ids: Vec<&str> = ids.into_iter().collect();
    Err(Error::new(ErrorKind::Input, message)
        .with_hint(format!("give more characters: {}", ids.join(", "))))
}

/// Where the ids are.
const fn list_hint(args: &ExplainArgs) -> &'static str {
    if has_range(args) {
        "list the ids of changes with `respdiff --ids` and the same revisions; ids of duties, which \
         `respdiff blame` prints, do not work here"
    } else {
        "give the range of the change: respdiff explain ID A..B; `respdiff --ids A..B` lists the ids \
         of changes; ids of duties, which `respdiff blame` prints, do not work here"
    }
}

/// Whether something else than HEAD and the working tree is compared.
const fn has_range(args: &ExplainArgs) -> bool {
    !args.what.revisions.is_empty() || args.what.cached || args.what.no_index
}
