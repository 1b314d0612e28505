//! Where no responsibility page was found: files that look like one, and submodules, whose pages
//! are not part of the repository.

use std::ffi::OsString;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{File, Filter, Point, RepoPath, Repository, Submodule, is_lfs_pointer};
use crate::model::{Code, Document, counted};
use crate::normalize::{self, Source};

use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::pages::PagesAt;
use super::shell::shell_quoted;
use super::way_out::{GIT_LFS_HINT, PARTIES_HINT, WayOut, explain_nothing};

/// More files than these are not named.
const MOST: usize = 3;

/// The same beside an answer that has pages.
const MOST_LEFT_OUT: usize = 5;

/// What an answer that cannot say so has beside it.
const NO_PAGE: &str = "no responsibility page found";

/// Nothing to read is no success.
pub(super) fn no_page(message: &str, way_out: WayOut, repository: &Repository) -> Error {
    let hint = way_out.hint(repository.given_folder());
    Error::new(ErrorKind::Incomplete, message.to_owned()).with_hint(hint)
}

/// The same for a point at which no page was found, among these paths where there are any.
pub(super) fn no_page_at(at: PagesAt<'_>, paths: &[OsString], way_out: WayOut) -> Error {
    no_page(&no_page_text(at.point, paths), way_out, at.repository)
}

pub(super) fn no_page_text(point: &Point, paths: &[OsString]) -> String {
    let name = point.name();
    if paths.is_empty() {
        format!("{name} has no page that assigns responsibilities")
    } else {
        format!("no page among the given paths assigns responsibilities in {name}")
    }
}

/// What to do next, as a line of its own.
pub(super) fn hint_text(hint: &str) -> String {
    format!("hint: {hint}")
}

/// Says that there is no page, beside an answer that cannot say so; names the repository where
/// there are several.
pub(super) fn note_no_page(repository: Option<&str>) {
    let name = repository.map(|name| format!("{name}: ")).unwrap_or_default();
    print_line(&format!("note: {name}{NO_PAGE}"));
}

/// What text says of an empty answer, as a note beside one that cannot say so.
pub(super) fn empty_answer_note(text: &str) -> String {
    let text = text.trim_end().trim_end_matches('.');
    let (first, rest) = text.split_at_checked(1).unwrap_or((text, ""));
    format!("note: {}{rest}", first.to_lowercase())
}

/// The same as a list of notes, with what may be missing or else where a page may be.
pub(super) fn no_page_notes(at: PagesAt<'_>, asked: (&Filter, &[OsString])) -> Result<Vec<String>> {
    let (way_out, ways) = way_out_notes(at, asked)?;
    let mut notes = vec![format!("note: {NO_PAGE}")];
    notes.extend(ways);
    if !way_out.is_named() {
        notes.push(hint_text(&way_out.hint(at.repository.given_folder())));
    }
    Ok(notes)
}

/// What may be missing in an answer without a page, and what to do about files that look like one.
pub(super) fn way_out_notes(
    at: PagesAt<'_>,
    asked: (&Filter, &[OsString]),
) -> Result<(WayOut, Vec<String>)> {
    let (way_out, mut notes) = find_way_out(at, asked, &|_| false)?;
    if way_out.names_possible_pages() {
        notes.push(hint_text(&way_out.hint(at.repository.given_folder())));
    }
    Ok((way_out, notes))
}

/// Names what may be missing in an answer without a page: files that look like a responsibility
/// page, with the reason why they are not read, and submodules. What to do about it is left to the
/// error that follows.
pub(super) fn name_way_out(at: PagesAt<'_>, asked: (&Filter, &[OsString])) -> Result<WayOut> {
    let (way_out, notes) = find_way_out(at, asked, &|_| false)?;
    print_notes(&notes);
    Ok(way_out)
}

/// The first file at a point that looks like a responsibility page, and why it is none.
#[cfg(feature = "alert")]
pub(super) fn first_unread(at: PagesAt<'_>, filter: &Filter) -> Result<Option<String>> {
    let (way_out, notes) = find_way_out(at, (filter, &[]), &|_| false)?;
    // submodules come first
    let count =
        at.repository.submodules(at.point).iter().filter(|one| one.is_asked_for(filter)).count();
    let first = notes.get(count).filter(|_| way_out.names_possible_pages());
    Ok(first.and_then(|note| note.strip_prefix("note: ")).map(str::to_owned))
}

/// The same as notes; files that `is_named` are passed over.
pub(super) fn find_way_out(
    at: PagesAt<'_>,
    (filter, paths): (&Filter, &[OsString]),
    is_named: &dyn Fn(&RepoPath) -> bool,
) -> Result<(WayOut, Vec<String>)> {
    let PagesAt { repository, point, .. } = at;
    let mut submodules = repository.submodules(point);
    submodules.retain(|submodule| submodule.is_asked_for(filter));
    let note = |submodule: &Submodule| format!("note: {}", unread_pages(submodule));
    let mut notes: Vec<String> = submodules.iter().map(note).collect();
    let files = repository.page_files(point, filter)?;
    let without_files = if submodules.is_empty() { WayOut::Nothing } else { WayOut::Submodules };
    let is_few = !paths.is_empty() && files.len() <= MOST;
    let (mut unread, mut named, mut in_lfs) = (Vec::new(), Vec::new(), 0);
    for file in files.into_iter().filter(|file| !is_named(&file.path)) {
        let content = repository.read_file(&file)?;
        if is_lfs_pointer(&content) {
            in_lfs += 1;
            unread.push(lfs_note(&file.path.to_string()));
            continue;
        }
        let is_like = is_named_like_a_page(&file) || is_titled_like_a_page(&content);
        if !(is_few || is_like) {
            continue;
        }
        let document = read_at(at, &file, &content)?;
        if document.is_responsibility_page() {
            return Ok((without_files, notes));
        }
        let list = if is_like { &mut unread } else { &mut named };
        list.push(unread_note(&file.path.to_string(), &document));
    }
    let unread_files = unread.len();
    notes.extend(unread.into_iter().chain(named).take(MOST));
    if unread_files > 0 {
        let way_out = if in_lfs == unread_files { WayOut::GitLfs } else { WayOut::Unread };
        return Ok((way_out, notes));
    }
    if notes.is_empty() {
        let (way_out, note) = explain_nothing(at, paths)?;
        notes.extend(note);
        return Ok((way_out, notes));
    }
    let way_out =
        if without_files == WayOut::Submodules { without_files } else { WayOut::NamedFiles };
    Ok((way_out, notes))
}

/// A file as it is read with the files that it includes.
fn read_at(at: PagesAt<'_>, file: &File, content: &[u8]) -> Result<Document> {
    let PagesAt { repository, point, keyrefs } = at;
    let names = keyrefs.names_with(&[]);
    let included = repository.included_at(point, file, &names)?;
    let included = repository.included_texts(&file.path, &included)?;
    let names = names.with_included(included);
    Ok(normalize::read_page(Source::in_format(file.path.format(), content), &names))
}

/// Names, beside an answer that has pages, the files that it leaves out although they look like
/// one. `is_known` are the pages of the answer.
pub(super) fn note_look_alikes(
    at: PagesAt<'_>,
    filter: &Filter,
    is_known: &dyn Fn(&RepoPath) -> bool,
) -> Result<()> {
    let notes = find_look_alikes(at, filter, is_known)?;
    print_notes(&notes);
    Ok(())
}

/// The same as notes: files with a table and with responsibilities in a heading or in their name.
pub(super) fn find_look_alikes(
    at: PagesAt<'_>,
    filter: &Filter,
    is_known: &dyn Fn(&RepoPath) -> bool,
) -> Result<Vec<String>> {
    let PagesAt { repository, point, .. } = at;
    let (mut left_out, mut in_lfs) = (Vec::new(), Vec::new());
    for file in repository.page_files(point, filter)? {
        if is_known(&file.path) {
            continue;
        }
        let content = repository.read_file(&file)?;
        if is_lfs_pointer(&content) && is_named_like_a_page(&file) {
            in_lfs.push(lfs_note(&file.path.to_string()));
            continue;
        }
        let is_titled = is_titled_like_a_page(&content);
        if !(is_titled || (is_named_like_a_page(&file) && has_table(&content))) {
            continue;
        }
        let document = read_at(at, &file, &content)?;
        if !document.seems_to_assign() {
            left_out.push(unread_note(&file.path.to_string(), &document));
        }
    }
    let more = left_out.len().saturating_sub(MOST_LEFT_OUT);
    left_out.truncate(MOST_LEFT_OUT);
    if more > 0 {
        let verb = if more == 1 { "names" } else { "name" };
        let files = counted(more, "more file");
        left_out.push(format!("note: {files} with a table about responsibilities {verb} no party"));
    }
    if !left_out.is_empty() {
        left_out.push(hint_text(PARTIES_HINT));
    }
    let more = in_lfs.len().saturating_sub(MOST_LEFT_OUT);
    in_lfs.truncate(MOST_LEFT_OUT);
    if more > 0 {
        in_lfs
            .push(format!("note: only Git LFS has the content of {}", counted(more, "more file")));
    }
    if !in_lfs.is_empty() {
        in_lfs.push(hint_text(GIT_LFS_HINT));
    }
    left_out.extend(in_lfs);
    Ok(left_out)
}

/// Says why a file is not read as a responsibility page.
pub(super) fn tell_unread_file(path: &str, content: &[u8], document: &Document) {
    if tell_missing_content(path, content) {
        return;
    }
    print_line(&unread_note(path, document));
    print_line(&hint_text(PARTIES_HINT));
}

/// Says that only Git LFS has the content of a file, if that is so.
pub(super) fn tell_missing_content(path: &str, content: &[u8]) -> bool {
    let is_pointer = is_lfs_pointer(content);
    if is_pointer {
        print_notes(&[lfs_note(path), hint_text("run `git lfs pull`, and then try again")]);
    }
    is_pointer
}

/// A note about a file that is not read, with the reason.
fn unread_note(path: &str, document: &Document) -> String {
    format!("note: {path} is not a responsibility page: {}", unread_reason(document))
}

/// A note about a file of which only a pointer is here: it may be a page.
fn lfs_note(path: &str) -> String {
    format!("note: only Git LFS has the content of {path}")
}

/// The same as [`way_out_notes`] at a revision of the repository in a folder.
pub(super) fn way_out_notes_at(
    folder: &Path,
    revision: &str,
    paths: &[OsString],
    keyrefs: &Keyrefs,
) -> Result<(WayOut, Vec<String>)> {
    let repository = Repository::open(folder)?;
    let point = match repository.find_revision(revision) {
        Ok(revision) => Point::Commit(revision),
        // a branch without a commit: what is there may be a page
        Err(_) if !repository.is_bare() => Point::WorkingTree,
        Err(_) => return Ok((WayOut::Nothing, Vec::new())),
    };
    let keyrefs = keyrefs.in_force(&repository, &point)?;
    let filter = keyrefs.path_filter(&repository, paths)?;
    way_out_notes(PagesAt::new(&repository, &point, &keyrefs), (&filter, paths))
}

/// Where a path of the command line leads into a submodule: what to do.
pub(super) fn hint_for_submodule(repository: &Repository, path: &Path) -> Option<String> {
    let submodule = repository.submodule_of(path)?;
    Some(unread_pages(&submodule))
}

/// That a submodule's pages are not read, and how to read them.
fn unread_pages(submodule: &Submodule) -> String {
    let folder = shell_quoted(&submodule.shown);
    let what = format!("{} is a submodule, a repository of its own", submodule.shown);
    if submodule.is_checked_out {
        format!("{what}: `respdiff -C {folder}` reads its pages")
    } else {
        format!(
            "{what}, and not checked out: run `git submodule update --init {folder}`, \
             then `respdiff -C {folder}`"
        )
    }
}

/// Why a file is not read as a responsibility page.
fn unread_reason(document: &Document) -> String {
    let reason = |code: Code| document.notices.iter().find(|notice| notice.code == code);
    match reason(Code::Unassigned).or_else(|| reason(Code::OwnPage)) {
        Some(notice) => {
            let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            format!("{line}{}", notice.message)
        }
        None => "no table or list in it names the parties".to_owned(),
    }
}

fn is_named_like_a_page(file: &File) -> bool {
    file.path.to_string().to_lowercase().contains("responsib")
}

/// Whether a file has a heading of responsibilities, and a table.
fn is_titled_like_a_page(content: &[u8]) -> bool {
    let text = String::from_utf8_lossy(content).to_lowercase();
    let is_title = |line: &str| {
        line.starts_with(['#', '=']) || line.starts_with("title:") || line.contains("<h")
    };
    text.lines().any(|line| line.contains("responsib") && is_title(line)) && has_table(content)
}

fn has_table(content: &[u8]) -> bool {
    let text = String::from_utf8_lossy(content).to_lowercase();
    let is_table = |line: &str| line.starts_with('|') || line.contains("<table");
    text.lines().any(|line| is_table(line.trim_start()))
}

pub(super) fn print_notes(notes: &[String]) {
    for note in notes {
        print_line(note);
    }
}
