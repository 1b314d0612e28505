//! What two ends or two files of a comparison say, as commands show it.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::diff::{DocumentPair, PageSource, compare_all, note_unread};
use crate::error::{Error, ErrorKind, Result};
use crate::history::Request;
use crate::lint;
use crate::model::{Document, Format, Sides};
use crate::normalize::{self, Names, Source};
use crate::report::{Compared, End, Report, Selection, assemble_report};
use crate::timeline::OldSide;

use super::args::{CommonArgs, CompareArgs};
use super::asked_names::{self, NamesOnPages};
use super::keyrefs::Keyrefs;
use super::range::{self, CompareRequest, compared_page};
use super::several::RepositoryPlace;
use super::{input, nothing_found};

pub(super) fn report_of(ends: Sides<End>, documents: Vec<Compared<'_>>) -> Report {
    assemble_report(ends, documents, Vec::new())
}

/// The report of the changes that were asked for.
pub(super) fn report_of_selected(
    selection: &Selection,
    ends: Sides<End>,
    documents: Vec<Compared<'_>>,
) -> Report {
    let documents = select_changes(selection, documents);
    selection.of_report(report_of(ends, documents))
}

/// The comparisons with the changes that were asked for.
pub(super) fn select_changes<'a>(
    selection: &Selection,
    mut documents: Vec<Compared<'a>>,
) -> Vec<Compared<'a>> {
    for document in &mut documents {
        selection.keep_asked(&mut document.comparison);
    }
    documents
}

/// Calls `tell` with a comparison; returns its result and the folder that its paths are below. With
/// a selection, a party or heading that no page has is refused.
pub(super) fn with_comparison<T>(
    (what, selection): (CompareArgs, Option<&Selection>),
    place: &RepositoryPlace,
    common: &CommonArgs,
    tell: impl FnOnce(Sides<End>, Vec<Compared<'_>>) -> T,
) -> Result<(T, Option<PathBuf>)> {
    let keyrefs = Keyrefs::load(common, what.keyrefs.as_deref())?;
    with_comparison_by((what, selection), place, common, &keyrefs, tell)
}

/// The same with names that were read before.
pub(super) fn with_comparison_by<T>(
    (what, selection): (CompareArgs, Option<&Selection>),
    place: &RepositoryPlace,
    common: &CommonArgs,
    keyrefs: &Keyrefs,
    tell: impl FnOnce(Sides<End>, Vec<Compared<'_>>) -> T,
) -> Result<(T, Option<PathBuf>)> {
    if what.no_index {
        let files = two_files(what.revisions, what.paths)?;
        let reported = files_compared(&files, common, keyrefs, |ends, documents| {
            let is_known = refuse_unknown_names(selection, &documents);
            is_known.map(|()| tell(ends, documents))
        })??;
        return Ok((reported, Some(common.start_folder().to_owned())));
    }
    let wanted = CompareRequest {
        folder: &place.folder,
        request: request_of(&what)?,
        paths: &what.paths,
        keyrefs,
        selection: selection.map(|selection| (selection, place.name_among_several())),
        old_side: OldSide::WithNotice,
    };
    range::compare_and(&wanted, tell)
}

/// What a comparison asks of the history.
pub(super) fn request_of(what: &CompareArgs) -> Result<Request> {
    let words = what.revisions.iter().map(|word| input::word_text(word));
    Ok(Request { revisions: words.collect::<Result<_>>()?, cached: what.cached })
}

/// Refuses a party or heading that is asked for and that neither of two files has.
fn refuse_unknown_names(selection: Option<&Selection>, documents: &[Compared<'_>]) -> Result<()> {
    let Some(selection) = selection else { return Ok(()) };
    let changes = documents.iter().flat_map(|document| &document.comparison.changes);
    let add_pages = |names: &mut NamesOnPages| {
        let pages = documents.iter().flat_map(|document| [document.page.old, document.page.new]);
        pages.flatten().for_each(|page| names.add_page(page));
        Ok(())
    };
    asked_names::require_names(selection, changes, add_pages, None)
}

fn two_files(words: Vec<OsString>, after_dashes: Vec<OsString>) -> Result<Sides<PathBuf>> {
    let mut files = words.into_iter().chain(after_dashes).map(PathBuf::from);
    match (files.next(), files.next(), files.next()) {
        (Some(old), Some(new), None)
            if input::is_standard_input(&old) && input::is_standard_input(&new) =>
        {
            Err(Error::new(ErrorKind::Usage, "both files are standard input")
                .with_hint("name a file for one side"))
        }
        (Some(old), Some(new), None) => Ok(Sides::new(old, new)),
        _ => Err(Error::new(ErrorKind::Usage, "--no-index compares two files")
            .with_hint("respdiff --no-index OLD NEW")),
    }
}

fn files_compared<T>(
    files: &Sides<PathBuf>,
    common: &CommonArgs,
    keyrefs: &Keyrefs,
    tell: impl FnOnce(Sides<End>, Vec<Compared<'_>>) -> T,
) -> Result<T> {
    let names = &keyrefs.names_with(&[]);
    let read = |path: &PathBuf| -> Result<Option<FileSide>> {
        let bytes = if input::is_standard_input(path) {
            Some(input::read_standard_input()?)
        } else {
            input::read_side(&common.resolve_path(path))?
        };
        let format = Format::of_named(path.as_os_str().as_encoded_bytes());
        Ok(bytes.map(|bytes| FileSide::in_format(format, bytes, names.clone())))
    };
    // both at once: reading is most of the work between two files
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| read(&files.old));
        let new = read(&files.new);
        (old.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let pages = Sides::new(old?, new?);
    keyrefs.print_warnings();
    for (path, side) in [(&files.old, &pages.old), (&files.new, &pages.new)] {
        if let Some(side) = side {
            nothing_found::tell_missing_content(&path.display().to_string(), &side.bytes);
        }
    }
    let shown = match (&pages.old, &pages.new) {
        (_, Some(_)) => &files.new,
        (Some(_), None) => &files.old,
        (None, None) => {
            return Err(Error::new(ErrorKind::Usage, "both sides are /dev/null")
                .with_hint("respdiff --no-index OLD NEW"));
        }
    };
    // one document, whatever its two copies are called
    let shown = shown.display().to_string();
    let ends = files.as_ref().map(|path| End::File { path: path.display().to_string() });
    Ok(pages_compared(&pages, Sides::new(&shown, &shown), ends, keyrefs, tell))
}

/// A file outside of a history, as it is read.
pub(super) struct FileSide {
    format: Format,
    bytes: Vec<u8>,
    names: Names,
    pub(super) document: Document,
}

impl FileSide {
    pub(super) fn in_format(format: Format, bytes: Vec<u8>, names: Names) -> Self {
        let document = normalize::read_page(Source::in_format(format, &bytes), &names);
        Self { format, bytes, names, document }
    }

    fn page_source(&self) -> PageSource<'_> {
        let source = Source::in_format(self.format, &self.bytes);
        PageSource { source, names: &self.names, page: &self.document }
    }
}

/// Compares two contents of one page, wherever they come from.
pub(super) fn pages_compared<T>(
    pages: &Sides<Option<FileSide>>,
    shown: Sides<&String>,
    ends: Sides<End>,
    keyrefs: &Keyrefs,
    tell: impl FnOnce(Sides<End>, Vec<Compared<'_>>) -> T,
) -> T {
    let path = Sides::new(
        pages.old.as_ref().map(|_| shown.old.clone()),
        pages.new.as_ref().map(|_| shown.new.clone()),
    );
    let page = pages.as_ref().map(|side| side.as_ref().map(|side| &side.document));
    let pair = DocumentPair { path: path.clone(), page };
    let documents = compare_all(&[pair]).into_iter().map(|mut comparison| {
        let sources = pages.as_ref().map(|side| side.as_ref().map(FileSide::page_source));
        note_unread(sources, &mut comparison);
        comparison.ignored = keyrefs.relevel(&mut comparison.changes, shown.new);
        if let (Some(old), Some(new)) = (page.old, page.new) {
            let stamps = Sides::new(&old.stamp, &new.stamp);
            let changed = comparison.what_changed();
            comparison.notices.extend(lint::between_versions(stamps, changed));
        }
        compared_page(path.clone(), Sides::default(), page, comparison)
    });
    tell(ends, documents.collect())
}
