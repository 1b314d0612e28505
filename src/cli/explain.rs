//! `respdiff explain`: why two duties were paired, or were not.

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::render;
use crate::report::explain_changes;

use super::args::{CommonArgs, ExplainArgs, ExplainFormat};
use super::output::Output;
use super::several::RepositoryPlace;
use super::{Outcome, diff};

/// A shorter beginning of an id says too little.
const SHORTEST: usize = 4;

pub(super) fn run(args: ExplainArgs, common: &CommonArgs) -> Result<Outcome> {
    let id = args.change.to_lowercase();
    if id.len() < SHORTEST {
        return Err(Error::new(
            ErrorKind::Usage,
            format!(
                "`{}` is too short for a change id: give at least {SHORTEST} digits",
                args.change
            ),
        )
        .with_hint(LIST));
    }
    if !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let message = format!("`{}` is not the id of a change", args.change);
        return Err(Error::new(ErrorKind::Usage, message).with_hint(
            "the id comes first: respdiff explain ID A..B; `respdiff --ids A..B` lists the ids",
        ));
    }
    let format = args.format;
    let output = Output::to_file(common, args.output.as_deref())?;
    let (explained, base) = diff::with_comparison(
        args.into_compare_args(),
        &RepositoryPlace::only_one(common),
        common,
        |_, documents| explain_changes(&documents, &|change| change.id.starts_with(&id)),
    )?;
    match explained.as_slice() {
        [] => {
            Err(Error::new(ErrorKind::Input, format!("no change in this range has the id `{id}`"))
                .with_hint(LIST))
        }
        [_] => {
            output.write(&match format {
                ExplainFormat::Text => {
                    render::text::render_explain(&explained, &output.text_options(base.as_deref()))
                }
                ExplainFormat::Json => render::json::render_explain(&explained)?,
            })?;
            Ok(Outcome::Done)
        }
        several => {
            let ids: BTreeSet<&str> = several.iter().map(|one| one.change.id.as_str()).collect();
            if ids.len() == 1 {
                let pages: Vec<&str> = several.iter().map(|one| one.path.as_str()).collect();
                let message = format!("`{id}` is the same change in {}", pages.join(", "));
                return Err(Error::new(ErrorKind::Input, message)
                    .with_hint("name one of these pages: respdiff explain ID RANGE -- PATH"));
            }
            let message = format!("`{id}` is ambiguous: {} ids begin with it", ids.len());
            let ids: Vec<&str> = ids.into_iter().collect();
            Err(Error::new(ErrorKind::Input, message)
                .with_hint(format!("give more of {}", ids.join(", "))))
        }
    }
}

const LIST: &str = "list the ids with `respdiff --ids` and the same revisions";
