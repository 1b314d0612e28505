//! `respdiff oscal`: the responsibilities as OSCAL, for tools that compliance teams have already.

use std::ffi::OsStr;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository, Request};
use crate::model::counted;
use crate::render::{self, safe};
use crate::report::{BlamedPage, OscalSource};

use super::args::{CommonArgs, OscalArgs};
use super::check::no_page;
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::range::end_of;
use super::{Outcome, blame, input, pages};

pub(super) fn run(args: &OscalArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let repository = Repository::open(common.start_folder())?;
    match (&args.diff, &args.output) {
        (Some(range), _) => print_changes(args, common, &repository, &keyrefs, range),
        (None, Some(folder)) => {
            let folder = common.to_write(folder)?;
            write_set(args, &repository, &keyrefs, &folder)
        }
        (None, None) => Err(Error::new(ErrorKind::Usage, "--output does not name a folder")),
    }
}

fn write_set(
    args: &OscalArgs,
    repository: &Repository,
    keyrefs: &Keyrefs,
    folder: &std::path::Path,
) -> Result<Outcome> {
    let revision = args.revision.as_deref().map(input::word_text).transpose()?;
    let point = pages::named_point(repository, revision)?;
    let pages = oscal_duties(args, repository, keyrefs, &point)?;
    let unread = pages::unread_at(repository, &point, &args.paths, keyrefs)?;
    if let Some(error) = pages::incomplete_export(&unread) {
        return Err(error);
    }
    if pages.is_empty() {
        return Err(no_page(&format!(
            "{} has no page that assigns responsibilities",
            point.name()
        )));
    }
    let version = point.commit_id().map_or_else(|| point.name().to_string(), |id| id.to_string());
    let source = OscalSource { name: name_of(args, &pages)?, version, pages };
    let files = render::oscal::render_set(&source, args.component_definition)?;
    deliver::replace_folder(folder, &files, &render::oscal::is_ours)?;
    let (tasks, duties) = render::oscal::task_counts(&source);
    let shown = folder.display().to_string();
    deliver::print_to_stderr(&format!(
        "Wrote {}: {}, {}, {}, {}.\n",
        safe::make_visible(&shown),
        counted(files.len(), "file"),
        counted(source.pages.len(), "page"),
        counted(tasks, "task"),
        counted(duties, "duty"),
    ));
    Ok(Outcome::Done)
}

fn print_changes(
    args: &OscalArgs,
    common: &CommonArgs,
    repository: &Repository,
    keyrefs: &Keyrefs,
    range: &OsStr,
) -> Result<Outcome> {
    let range = input::word_text(range)?;
    if !range.contains("..") {
        let message = format!("'{range}' is not a range");
        return Err(Error::new(ErrorKind::Usage, message).with_hint("write --diff A..B"));
    }
    let points =
        repository.resolve_ends(&Request { revisions: vec![range], cached: false })?.points;
    for point in [&points.old, &points.new] {
        let unread = pages::unread_at(repository, point, &args.paths, keyrefs)?;
        if let Some(error) = pages::incomplete_export(&unread) {
            let message = format!("{}: {error}", point.name());
            return Err(Error::new(error.kind(), message));
        }
    }
    let pages = points.as_ref().map(|point| oscal_duties(args, repository, keyrefs, point));
    let pages = crate::model::Sides::new(pages.old?, pages.new?);
    let ends = points.as_ref().map(end_of);
    Output::from_args(common).write(&render::oscal::render_changes(&ends, &pages)?)?;
    Ok(Outcome::Done)
}

fn oscal_duties(
    args: &OscalArgs,
    repository: &Repository,
    keyrefs: &Keyrefs,
    point: &Point,
) -> Result<Vec<BlamedPage>> {
    blame::duties_at(repository, point, &args.paths, keyrefs)
}

/// The name that was asked for, else what all pages belong to.
fn name_of(args: &OscalArgs, pages: &[BlamedPage]) -> Result<String> {
    if let Some(name) = &args.name {
        if render::oscal::set_name(name) == *name {
            return Ok(name.clone());
        }
        return Err(Error::new(ErrorKind::Usage, format!("`{name}` is not a valid document name"))
            .with_hint("use lower-case letters, digits and hyphens, a letter first"));
    }
    let mut all = pages.iter().map(|page| page.subcollection.as_deref().unwrap_or_default());
    let first = all.next().filter(|name| !name.is_empty());
    let common = first.filter(|first| all.all(|name| name == *first));
    Ok(render::oscal::set_name(common.unwrap_or("responsibilities")))
}
