//! `respdiff show`: the matrices as they are read.

use crate::error::Result;
use crate::history::Repository;
use crate::lint;
use crate::model::Document;
use crate::normalize;
use crate::render;
use crate::report::ShownPage;

use super::args::{CommonArgs, ShowArgs, ShowFormat};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::{Outcome, input, pages};

pub(super) fn run(args: ShowArgs, common: &CommonArgs) -> Result<Outcome> {
    let format = args.format;
    let output = Output::of(common);
    let pages = shown(args, common)?;
    let bytes = match format {
        ShowFormat::Text => render::text::show(&pages, &output.text(None)),
        ShowFormat::Yaml => render::yaml::matrix(&pages)?,
        ShowFormat::Json => render::json::matrix(&pages)?,
    };
    output.write(&bytes)?;
    Ok(Outcome::Done)
}

fn shown(args: ShowArgs, common: &CommonArgs) -> Result<Vec<ShownPage>> {
    let keyrefs = Keyrefs::load(common, args.version.keyrefs.as_deref())?;
    if let Some(file) = args.version.no_index {
        let bytes = input::read_option(&common.resolve(&file))?;
        let document = normalize::read(&bytes, &keyrefs.names(&[]));
        keyrefs.warn();
        return Ok(vec![shown_page(file.display().to_string(), document)]);
    }
    let revision = args.version.revision.map(|word| input::text(&word)).transpose()?;
    let repository = Repository::open(common.folder())?;
    let point = pages::point(&repository, revision)?;
    let found = pages::at(&repository, &point, &args.version.paths, &keyrefs)?;
    keyrefs.warn();
    let found = found.into_iter().filter(|page| page.document.is_responsibility_page());
    Ok(found.map(|page| shown_page(page.file.path.to_string(), page.document)).collect())
}

/// A page with what its content says of itself, as `diff` tells it, too.
fn shown_page(path: String, mut document: Document) -> ShownPage {
    document.notices.extend(lint::content(&document));
    document.notices.sort();
    document.notices.dedup();
    ShownPage { path, document }
}
