//! `respdiff oscal`: the responsibilities as OSCAL, for tools that compliance teams have already.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository, Request, is_span};
use crate::model::{Sides, counted};
use crate::render;
use crate::render::oscal::ExportedEnds;
use crate::report::{BlamedPage, OscalSource, end_name};
use crate::timeline::OldSide;

use super::args::{CommonArgs, OscalArgs};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::notes_below::NotesBelow;
use super::output::Output;
use super::pages::PagesAt;
use super::range::{self, CompareRequest, end_of, require_paths};
use super::several::{self, Answers, RepositoryPlace};
use super::{Outcome, blame, export_gaps, input, nothing_found, pages};

pub(super) fn run(args: &OscalArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    match (&args.diff, &args.output) {
        (Some(range), _) => print_changes(args, common, &keyrefs, range),
        (None, Some(folder)) => {
            let folder = common.to_write(folder)?;
            let Some(places) = several::several_places(common)? else {
                return write_set(args, common.start_folder(), &keyrefs, &folder);
            };
            let parts = part_folders(&places)?;
            std::fs::create_dir_all(&folder).map_err(|source| {
                let message = format!("`{}` cannot be created: {source}", folder.display());
                Error::new(ErrorKind::Output, message).with_hint("name a folder that you may write")
            })?;
            let results = several::run_each(places, |place| {
                let part = parts.get(&place.name).map(String::as_str).unwrap_or_default();
                write_set(args, &place.folder, &keyrefs, &folder.join(part))
            });
            Ok(several::results_outcome(&results, false))
        }
        (None, None) => Err(Error::new(ErrorKind::Usage, "--output does not name a folder")
            .with_hint("name one: respdiff oscal --output DIR")),
    }
}

/// The folder of each repository's set, by the repository's name: what its own folder is called.
fn part_folders(places: &[RepositoryPlace]) -> Result<BTreeMap<String, String>> {
    let (mut parts, mut taken) = (BTreeMap::new(), BTreeMap::<String, &str>::new());
    for place in places {
        let full = std::fs::canonicalize(&place.folder).unwrap_or_else(|_| place.folder.clone());
        let part = full.file_name().map(|name| name.to_string_lossy().into_owned());
        let part = part.unwrap_or_else(|| "repository".to_owned());
        if let Some(other) = taken.insert(part.clone(), &place.name) {
            let message =
                format!("{other} and {} would be written to one folder `{part}`", place.name);
            return Err(Error::new(ErrorKind::Usage, message)
                .with_hint("each repository is written to a folder of its name: run respdiff once for each of them"));
        }
        parts.insert(place.name.clone(), part);
    }
    Ok(parts)
}

fn write_set(args: &OscalArgs, start: &Path, keyrefs: &Keyrefs, folder: &Path) -> Result<Outcome> {
    let repository = &Repository::open(start)?;
    let revision = args.at.revision.clone();
    let point = pages::named_point(repository, revision)?;
    let pages = oscal_duties(args, repository, keyrefs, &point)?;
    let unread = export_gaps::unread_at(repository, &point, &args.at.paths, keyrefs)?;
    if let Some(error) = export_gaps::incomplete_export(&unread) {
        return Err(error);
    }
    if pages.is_empty() {
        require_paths(repository, &[&point], &args.at.paths)?;
        let keyrefs = keyrefs.in_force(repository, &point)?;
        let filter = keyrefs.path_filter(repository, &args.at.paths)?;
        let asked = (&filter, args.at.paths.as_slice());
        let at = PagesAt::new(repository, &point, &keyrefs);
        let way_out = nothing_found::name_way_out(at, asked)?;
        return Err(nothing_found::no_page_at(at, &args.at.paths, way_out));
    }
    let version = point.commit_id().map_or_else(|| point.name().to_string(), |id| id.to_string());
    let source = OscalSource { name: name_of(args, &pages)?, version, pages };
    let files = render::oscal::render_set(&source, args.component_definition)?;
    deliver::replace_folder(folder, &files, &render::oscal::is_ours)?;
    let (tasks, duties) = render::oscal::task_counts(&source);
    print_line(&format!(
        "Wrote {}: {}, {}, {}, {}.",
        folder.display(),
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
    keyrefs: &Keyrefs,
    range: &OsStr,
) -> Result<Outcome> {
    let range = input::word_text(range)?;
    if !is_span(&range) {
        let message = format!("'{range}' is not a range");
        return Err(Error::new(ErrorKind::Usage, message).with_hint("write --diff A..B"));
    }
    let output = Output::to_file(common, args.output.as_deref())?;
    let mut below = NotesBelow::default();
    let answers = Answers::of_run(common, false, |place| {
        Ok((exported_ends(args, (place, keyrefs), &range, &mut below)?, None))
    })?;
    output.write(&answers.json(|ends| ends)?)?;
    below.print();
    Ok(answers.outcome(false))
}

/// The ends of a range, and the duties of each.
fn exported_ends(
    args: &OscalArgs,
    (place, keyrefs): (&RepositoryPlace, &Keyrefs),
    range: &str,
    below: &mut NotesBelow,
) -> Result<ExportedEnds> {
    let repository = &Repository::open(&place.folder)?;
    let request = Request { revisions: vec![range.to_owned()], cached: false };
    let ends = repository.resolve_ends(&request)?;
    ends.refuse_files(range)?;
    let points = ends.points;
    require_paths(repository, &[&points.new, &points.old], &args.at.paths)?;
    for point in [&points.old, &points.new] {
        let unread = export_gaps::unread_at(repository, point, &args.at.paths, keyrefs)?;
        if let Some(error) = export_gaps::incomplete_export(&unread) {
            return Err(error.with_subject(point.name()));
        }
    }
    let exported = points.as_ref().map(|point| {
        oscal_duties(args, repository, keyrefs, point).map(|pages| (end_of(point), pages))
    });
    let ends = Sides::new(exported.old?, exported.new?);
    if ends.old.1.is_empty() && ends.new.1.is_empty() {
        let wanted = CompareRequest {
            folder: &place.folder,
            request,
            paths: &args.at.paths,
            keyrefs,
            selection: None,
            old_side: OldSide::WithNotice,
        };
        below.add_notes(place.name_among_several(), range::no_page_notes(&wanted)?);
    } else if render::oscal::has_same_exports(&ends) {
        let [old, new] = [&ends.old.0, &ends.new.0].map(end_name);
        let note = format!("note: no exported duty differs between {old} and {new}");
        below.add_notes(place.name_among_several(), vec![note]);
    }
    Ok(ends)
}

fn oscal_duties(
    args: &OscalArgs,
    repository: &Repository,
    keyrefs: &Keyrefs,
    point: &Point,
) -> Result<Vec<BlamedPage>> {
    blame::duties_at(repository, point, &args.at.paths, keyrefs)
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
