//! The words before `--`, as git takes them: revisions first, then paths; `REV:PATH` is a page at a
//! revision.

use std::ffi::OsString;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Repository, is_span};

use super::args::{Command, CommonArgs};
use super::input;

/// Tells revisions and paths apart in the words of a command.
///
/// # Errors
/// Where there are more revisions than the command takes.
pub(super) fn settle_words(command: &mut Command, common: &CommonArgs) -> Result<()> {
    let folder = common.start_folder();
    match command {
        Command::Diff(args) if !args.no_index => {
            separate_words(folder, &mut args.revisions, &mut args.paths)
        }
        Command::Explain(args) if !args.no_index => {
            separate_words(folder, &mut args.revisions, &mut args.paths)
        }
        Command::Check(args) => separate_words(folder, &mut args.revisions, &mut args.paths),
        Command::Log(args) => {
            args.revision = one_span(folder, &mut args.words, &mut args.paths)?;
            Ok(())
        }
        Command::Stats(args) => {
            args.revision = one_span(folder, &mut args.words, &mut args.paths)?;
            Ok(())
        }
        Command::Report(args) => {
            args.revision = one_span(folder, &mut args.words, &mut args.paths)?;
            Ok(())
        }
        Command::Notes(args) => {
            args.range = one_span(folder, &mut args.words, &mut args.paths)?;
            Ok(())
        }
        Command::Blame(args) => {
            args.revision = one_revision(folder, &mut args.words, &mut args.paths)?;
            Ok(())
        }
        Command::Show(args) => {
            let version = &mut args.version;
            version.revision = one_revision(folder, &mut version.words, &mut version.paths)?;
            Ok(())
        }
        Command::Lint(args) => {
            let version = &mut args.version;
            version.revision = one_revision(folder, &mut version.words, &mut version.paths)?;
            Ok(())
        }
        Command::Diff(_)
        | Command::Explain(_)
        | Command::Ack(_)
        | Command::Alert(_)
        | Command::Completions(_)
        | Command::Config(_)
        | Command::Demo(_)
        | Command::GitDriver(_)
        | Command::Man(_)
        | Command::Oscal(_)
        | Command::Schema(_)
        | Command::Snapshot(_) => Ok(()),
    }
}

/// A revision or range; two revisions are the ends of a range.
fn one_span(
    folder: &Path,
    words: &mut Vec<OsString>,
    paths: &mut Vec<OsString>,
) -> Result<Option<OsString>> {
    separate_words(folder, words, paths)?;
    match words.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        [old, new] if ![old, new].iter().any(|word| is_span(&word.to_string_lossy())) => {
            Ok(Some([old.as_os_str(), "..".as_ref(), new].into_iter().collect()))
        }
        more => Err(too_many(more, "name one revision, a range (A..B) or two revisions")),
    }
}

fn one_revision(
    folder: &Path,
    words: &mut Vec<OsString>,
    paths: &mut Vec<OsString>,
) -> Result<Option<OsString>> {
    separate_words(folder, words, paths)?;
    match words.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        more => Err(too_many(more, "this command reads one revision")),
    }
}

fn too_many(words: &[OsString], hint: &str) -> Error {
    let shown: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    Error::new(
        ErrorKind::Usage,
        format!("too many revisions ({}): {}", words.len(), shown.join(" ")),
    )
    .with_hint(format!("{hint}; paths that do not exist here go after --"))
}

/// Leaves the revisions in `words` and moves what names a file to `paths`. Words after `--` are
/// paths in any case; a word that is both is a revision.
fn separate_words(
    folder: &Path,
    words: &mut Vec<OsString>,
    paths: &mut Vec<OsString>,
) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    // where there is no repository, the command itself says so
    let Ok(repository) = Repository::open(folder) else { return Ok(()) };
    let has_dashes = !paths.is_empty();
    let mut found = Vec::new();
    for word in std::mem::take(words) {
        let text = input::word_text(&word)?;
        let is_path = || !has_dashes && (folder.join(&word).exists() || is_pattern(&text));
        if !found.is_empty() && !has_dashes {
            found.push(word);
        } else if repository.find_revision(&text).is_ok() {
            words.push(word);
        } else if let Some((revision, path)) = page_at(&repository, &text) {
            words.push(revision.into());
            paths.push(path.into());
        } else if is_path() {
            found.push(word);
        } else {
            // a range, or a revision that is not there
            words.push(word);
        }
    }
    paths.extend(found);
    Ok(())
}

/// Whether git would take a word for a pattern of paths.
fn is_pattern(text: &str) -> bool {
    text.starts_with(':') || text.contains(['*', '?'])
}

/// `REV:PATH`, as the revision and a pathspec for that one file.
fn page_at(repository: &Repository, text: &str) -> Option<(String, String)> {
    let (revision, path) = text.split_once(':')?;
    if revision.is_empty() || path.is_empty() || repository.find_revision(revision).is_err() {
        return None;
    }
    // as in git, seen from the root unless it begins with a dot
    let magic = if path.starts_with("./") || path.starts_with("../") { "" } else { "top," };
    Some((revision.to_owned(), format!(":({magic}literal){path}")))
}
