//! The repository side of `diff`: from revisions to a report.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::diff::Comparison;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Ends, Point, Repository, Request, is_span};
use crate::lint;
use crate::model::{Document, Format, Sides};
use crate::report::{Compared, End, Report, Selection, assemble_report};
use crate::timeline::{self, NamesTable, OldSide, compare_range};

use super::asked_names::{self, NamesOnPages};
use super::keyrefs::Keyrefs;
use super::last_change::LastChange;
use super::pages::PagesAt;
use super::shell::{command_in, git_in, shell_quoted};
use super::swapped_ends::note_swapped_points;
use super::{nothing_found, overlooked, same_duties, way_out};

/// What to compare in a repository.
pub(super) struct CompareRequest<'a> {
    /// Where the repository is.
    pub(super) folder: &'a Path,
    /// The ends.
    pub(super) request: Request,
    /// Pathspecs.
    pub(super) paths: &'a [OsString],
    /// The user's names.
    pub(super) keyrefs: &'a Keyrefs,
    /// Which changes are asked for, and the repository's name where there are several: a party or
    /// heading that no page has is refused.
    pub(super) selection: Option<(&'a Selection, Option<&'a str>)>,
    /// What a page is compared with that cannot be read at the old end.
    pub(super) old_side: OldSide,
}

/// Compares two ends of the repository's history; also gives the folder its paths are below.
pub(super) fn compare_repository(wanted: &CompareRequest<'_>) -> Result<(Report, Option<PathBuf>)> {
    compare_and(wanted, |ends, documents| assemble_report(ends, documents, Vec::new()))
}

/// The same, with the result that `tell` makes of the comparison.
pub(super) fn compare_and<T>(
    wanted: &CompareRequest<'_>,
    tell: impl FnOnce(Sides<End>, Vec<Compared<'_>>) -> T,
) -> Result<(T, Option<PathBuf>)> {
    let repository = Repository::open(wanted.folder)?;
    let ends = repository.resolve_ends(&wanted.request)?;
    require_paths(&repository, &[&ends.points.new, &ends.points.old], wanted.paths)?;
    let keyrefs = wanted.keyrefs.in_force(&repository, &ends.points.new)?;
    let filter = match ends.files() {
        // named one by one, whatever the sources are
        Some(files) => repository.filter_of_files(&[files.old.clone(), files.new.clone()]),
        None => keyrefs.reported_filter(
            &repository,
            &[&ends.points.old, &ends.points.new],
            wanted.paths,
        )?,
    };
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    let mut compared = compare_range(&repository, &ends, &filter, &names_of, wanted.old_side)?;
    note_swapped_points(&repository, &ends.points);
    let new = PagesAt::new(&repository, &ends.points.new, &keyrefs);
    same_duties::note_same_duties(new, &mut compared)?;
    for document in &mut compared.documents {
        let path = document.path.new.as_ref().or(document.path.old.as_ref());
        let comparison = &mut document.comparison;
        comparison.ignored =
            keyrefs.relevel(&mut comparison.changes, path.map_or("", String::as_str));
    }
    keyrefs.print_warnings();
    if let Some((selection, name)) = wanted.selection {
        overlooked::note_uncommitted_policy(&repository, &ends.points.new, keyrefs.policy.is_given);
        let changes = compared.documents.iter().flat_map(|document| &document.comparison.changes);
        let add_pages = |names: &mut NamesOnPages| {
            for point in [&ends.points.old, &ends.points.new] {
                let pages = PagesAt::new(&repository, point, &keyrefs).pages_under(&filter)?;
                for page in &pages {
                    names.add_page(&page.document);
                }
            }
            Ok(())
        };
        asked_names::require_names(selection, changes, add_pages, name)?;
    }
    let base = (!repository.is_bare()).then(|| repository.shown_path().to_owned());
    let documents = report_documents(&ends, &compared);
    Ok((tell(ends.points.as_ref().map(end_of), documents), base))
}

/// Whether nothing differs because neither end has a responsibility page.
pub(super) fn has_no_page(report: &Report, wanted: &CompareRequest<'_>) -> Result<bool> {
    if report.has_read_pages() {
        return Ok(false);
    }
    let (repository, points, keyrefs) = new_end(wanted)?;
    let filter = keyrefs.path_filter(&repository, wanted.paths)?;
    let has_page = |point| PagesAt::new(&repository, point, &keyrefs).has_page(&filter);
    Ok(!has_page(&points.new)? && !has_page(&points.old)?)
}

/// Notes that say so below an answer that cannot, and what may be missing.
pub(super) fn no_page_notes(wanted: &CompareRequest<'_>) -> Result<Vec<String>> {
    let (repository, points, keyrefs) = new_end(wanted)?;
    let filter = keyrefs.path_filter(&repository, wanted.paths)?;
    let asked = (&filter, wanted.paths);
    nothing_found::no_page_notes(PagesAt::new(&repository, &points.new, &keyrefs), asked)
}

/// Whether the policy at the new end leaves out a page there.
pub(super) fn excludes_page(wanted: &CompareRequest<'_>) -> Result<bool> {
    let (repository, points, keyrefs) = new_end(wanted)?;
    way_out::excludes_page(PagesAt::new(&repository, &points.new, &keyrefs), wanted.paths)
}

/// Why a range has no change: how many pages its new end has, and when the last change before it was.
pub(super) fn explain_no_change(wanted: &CompareRequest<'_>) -> Result<(usize, Option<String>)> {
    let (repository, points, keyrefs) = new_end(wanted)?;
    let filter = keyrefs.path_filter(&repository, wanted.paths)?;
    let pages = PagesAt::new(&repository, &points.new, &keyrefs).pages_under(&filter)?;
    let pages = pages.iter().filter(|page| page.document.is_responsibility_page()).count();
    let tip = points.new.commit_id().map_or_else(|| "HEAD".to_owned(), |id| id.to_string());
    let last = LastChange::before(wanted.folder, &tip, wanted.paths, wanted.keyrefs);
    Ok((pages, last.note_text(wanted.folder)))
}

/// Whether two files that the user named are compared.
pub(super) fn compares_files(wanted: &CompareRequest<'_>) -> Result<bool> {
    let ends = Repository::open(wanted.folder)?.resolve_ends(&wanted.request)?;
    Ok(ends.files().is_some())
}

/// The ends, and what holds at the new one.
fn new_end(wanted: &CompareRequest<'_>) -> Result<(Repository, Sides<Point>, Keyrefs)> {
    let repository = Repository::open(wanted.folder)?;
    let points = repository.resolve_ends(&wanted.request)?.points;
    let keyrefs = wanted.keyrefs.in_force(&repository, &points.new)?;
    Ok((repository, points, keyrefs))
}

pub(super) fn report_documents<'a>(
    ends: &Ends,
    compared: &'a timeline::ComparedRange,
) -> Vec<Compared<'a>> {
    let commit = ends.points.as_ref().map(|point| point.commit_id().map(|id| id.to_string()));
    let documents = compared.documents.iter().map(|document| {
        let (path, comparison) = (document.path.clone(), document.comparison.clone());
        compared_page(path, commit.clone(), document.page_sides(), comparison)
    });
    documents.collect()
}

/// A comparison of a page, with what its content says of itself on each side.
pub(super) fn compared_page(
    path: Sides<Option<String>>,
    commit: Sides<Option<String>>,
    page: Sides<Option<&Document>>,
    comparison: Comparison,
) -> Compared<'_> {
    let findings = page.map(|page| page.map(lint::content_findings).unwrap_or_default());
    Compared { path, commit, page, findings, comparison }
}

/// The end as the report names it.
pub(super) fn end_of(point: &Point) -> End {
    match point {
        Point::Commit(revision) => {
            End::Commit { rev: revision.name.clone(), commit: revision.commit.to_string() }
        }
        Point::Index => End::Index,
        Point::WorkingTree => End::WorkingTree,
        Point::Empty => End::Empty,
    }
}

/// Refuses paths that match no markdown file at any of these points: a slip would look like a page
/// without a change.
pub(super) fn require_paths(
    repository: &Repository,
    points: &[&Point],
    paths: &[OsString],
) -> Result<()> {
    for path in paths {
        if !is_there(repository, points, path)? {
            return Err(no_such_path(repository, points, path));
        }
    }
    Ok(())
}

/// Whether a path matches a markdown file at one of these points.
pub(super) fn is_there(
    repository: &Repository,
    points: &[&Point],
    path: &OsString,
) -> Result<bool> {
    let filter = repository.path_filter(std::slice::from_ref(path))?;
    for point in points {
        if !repository.page_files(point, &filter)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What to do where HEAD has the file, and only the working tree or the index lacks it.
fn hint_for_deleted(repository: &Repository, points: &[&Point], path: &OsStr) -> Option<String> {
    if points.iter().any(|point| point.commit_id().is_some()) {
        return None;
    }
    let head = Point::Commit(repository.find_revision("HEAD").ok()?);
    let filter = repository.path_filter(&[path]).ok()?;
    let is_there = repository.page_files(&head, &filter).is_ok_and(|files| !files.is_empty());
    is_there.then(|| {
        let git = git_in(repository.given_folder());
        let shown = shell_quoted(&path.to_string_lossy());
        format!(
            "it is deleted here, but HEAD has it: name HEAD to read it, or restore it with \
             `{git} checkout HEAD -- {shown}`"
        )
    })
}

/// A path that the user named and that leads nowhere at these points.
pub(super) fn no_such_path(repository: &Repository, points: &[&Point], path: &OsStr) -> Error {
    // `REV:PATH` became a pathspec with magic
    let plain = path.to_string_lossy();
    let plain = plain.split_once("literal)").map_or(&*plain, |(_, plain)| plain);
    let shown = shell_quoted(plain);
    if [":!", ":^", ":(exclude"].iter().any(|magic| plain.starts_with(magic)) {
        let message = format!("`{plain}` excludes every page");
        return Error::new(ErrorKind::Input, message).with_hint("exclude fewer pages");
    }
    let format = Format::of_name(path.as_encoded_bytes());
    let what = match format {
        Some(Format::Markdown) => "markdown file",
        Some(Format::Mdx) => "MDX file",
        Some(Format::AsciiDoc) => "AsciiDoc file",
        None => "file",
    };
    let error = Error::new(ErrorKind::Input, format!("no {what} matches `{plain}`"));
    if let Some(hint) = nothing_found::hint_for_submodule(repository, Path::new(path)) {
        return error.with_hint(hint);
    }
    let git = git_in(repository.given_folder());
    let read_alone = format!(
        "read it alone with `{} show --no-index {shown}`",
        command_in(repository.given_folder())
    );
    if repository.is_ignored(Path::new(path)) {
        return error.with_hint(format!(
            "git ignores it (`{git} check-ignore -v {shown}` names the rule): \
             `{git} add -f {shown}` includes it, or {read_alone}"
        ));
    }
    if repository.is_on_disk(Path::new(path)) && format.is_none() {
        return error.with_hint("git tracks no markdown, MDX or AsciiDoc file there");
    }
    if repository.is_link(Path::new(path)) {
        return error.with_hint(
            "it is a symbolic link, which respdiff does not follow: name the file that it points to",
        );
    }
    if repository.is_on_disk(Path::new(path)) {
        let way_in = if points.iter().any(|point| matches!(point, Point::WorkingTree)) {
            format!("git does not track it: `{git} add -N {shown}` includes it")
        } else if points.iter().any(|point| matches!(point, Point::Index)) {
            format!("it is not in the index: `{git} add {shown}` adds it")
        } else {
            "no commit that was read contains it: commit it first".to_owned()
        };
        return error.with_hint(format!("{way_in}, or {read_alone}"));
    }
    if let Some(hint) = hint_for_deleted(repository, points, path) {
        return error.with_hint(hint);
    }
    if format.is_none() && repository.parse_span(Some(plain)).is_ok() {
        let what = if is_span(plain) { "range" } else { "revision" };
        return error.with_hint(format!(
            "`{plain}` is a {what}: name it before the paths, as in `{shown} -- PATH`"
        ));
    }
    if plain.starts_with('-') {
        return error.with_hint("everything after -- is a path: put options before it");
    }
    let relative = if path.to_string_lossy().starts_with(":(top,") {
        "in REV:PATH, the path begins at the root of the repository; for the current folder, write \
         REV:./PATH"
    } else {
        "paths are relative to the current folder, as in git"
    };
    let mut pages = repository.similar_pages(plain);
    // in the current folder, a page may have the very path that begins at the root
    pages.retain(|page| page.trim_matches('\'') != plain);
    error.with_hint(if pages.is_empty() {
        relative.to_owned()
    } else {
        format!("did you mean {}? {relative}", pages.join(" or "))
    })
}
