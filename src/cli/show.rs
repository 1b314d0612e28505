//! `respdiff show`: the matrices as they are read.

use crate::error::{Error, ErrorKind, Result};
use crate::normalize;
use crate::render;
use crate::report::ShownPage;

use super::args::{CommonArgs, ShowArgs, ShowFormat};
use super::output::Output;
use super::{Outcome, input};

pub(super) fn run(args: ShowArgs, common: &CommonArgs) -> Result<Outcome> {
    let format = args.format;
    let output = Output::of(common);
    let pages = pages(args, common)?;
    let bytes = match format {
        ShowFormat::Text => render::text::show(&pages, &output.text(None)),
        ShowFormat::Yaml => render::yaml::matrix(&pages)?,
        ShowFormat::Json => render::json::matrix(&pages)?,
    };
    output.write(&bytes)?;
    Ok(Outcome::Done)
}

fn pages(args: ShowArgs, common: &CommonArgs) -> Result<Vec<ShownPage>> {
    let names = input::names(common, args.keyrefs.as_deref())?;
    if let Some(file) = args.no_index {
        let bytes = input::read(&common.resolve(&file))?;
        let document = normalize::read(&bytes, &names);
        return Ok(vec![ShownPage { path: file.display().to_string(), document }]);
    }
    Err(Error::new(ErrorKind::Repository, format!("`{}` (being built)", common.folder().display())))
}
