//! `respdiff show`: the matrices as they are read.

use crate::error::Result;
use crate::history::{Point, Repository, Request};
use crate::normalize;
use crate::render;
use crate::report::ShownPage;

use super::args::{CommonArgs, ShowArgs, ShowFormat};
use super::keyrefs::{Keyrefs, NamesAt};
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
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    if let Some(file) = args.no_index {
        let bytes = input::read(&common.resolve(&file))?;
        let document = normalize::read(&bytes, &keyrefs.names(&[]));
        return Ok(vec![ShownPage { path: file.display().to_string(), document }]);
    }
    let revision = args.revision.map(|word| input::text(&word)).transpose()?;
    let repository = Repository::open(common.folder())?;
    let point = point(&repository, revision)?;
    let filter = repository.filter(&args.paths)?;
    let mut names = NamesAt::new(&repository, &point, &keyrefs);
    let mut pages = Vec::new();
    for file in repository.files(&point, &filter)? {
        let bytes = repository.read(&file)?;
        if !normalize::may_assign_responsibility(&bytes) {
            continue;
        }
        let document = normalize::read(&bytes, &names.of(&file.path)?);
        if document.is_responsibility_page() {
            pages.push(ShownPage { path: file.path.to_string(), document });
        }
    }
    keyrefs.warn();
    Ok(pages)
}

/// The version to show: the one that is named, else what is being worked on.
fn point(repository: &Repository, revision: Option<String>) -> Result<Point> {
    let head = || "HEAD".to_owned();
    let named = revision.or_else(|| repository.is_bare().then(head));
    let revisions = named.map(|named| vec![named.clone(), named]).unwrap_or_default();
    Ok(repository.ends(&Request { revisions, cached: false })?.points.new)
}
