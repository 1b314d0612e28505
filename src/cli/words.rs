//! The words before `--`, as git takes them: revisions first, then paths; `REV:PATH` is a page at a
//! revision.

use std::ffi::OsString;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository, is_span};
use crate::model::Sides;

use super::args::{
    Command, CommonArgs, DiffArgs, ExplainArgs, LastCommits, OscalArgs, RevisionArgs, SpanArgs,
};
use super::{input, range};

/// Tells revisions and paths apart in the words of a command.
///
/// # Errors
/// Where there are more revisions than the command takes.
pub(super) fn settle_words(command: &mut Command, common: &CommonArgs) -> Result<()> {
    let folder = common.start_folder();
    match command {
        Command::Diff(DiffArgs { what, .. }) | Command::Explain(ExplainArgs { what, .. })
            if !what.no_index =>
        {
            separate_words(folder, &mut what.revisions, &mut what.paths)
        }
        Command::Check(args) => separate_words(folder, &mut args.revisions, &mut args.paths),
        Command::Log(args) => settle_span(folder, &mut args.span),
        Command::Stats(args) => {
            settle_span(folder, &mut args.span)?;
            limit_span(folder, &mut args.span, args.last)
        }
        Command::Report(args) => {
            settle_span(folder, &mut args.span)?;
            limit_span(folder, &mut args.span, args.last)
        }
        Command::Notes(args) => {
            settle_span(folder, &mut args.span)?;
            limit_span(folder, &mut args.span, args.last)
        }
        Command::Blame(args) => settle_revision(folder, &mut args.at),
        Command::Show(args) => settle_revision(folder, &mut args.version.at),
        Command::Lint(args) => settle_revision(folder, &mut args.version.at),
        Command::Oscal(args) => {
            settle_revision(folder, &mut args.at)?;
            refuse_third_end(args)
        }
        Command::Snapshot(args) => settle_revision(folder, &mut args.at),
        Command::Diff(_)
        | Command::Explain(_)
        | Command::Ack(_)
        | Command::Alert(_)
        | Command::Completions(_)
        | Command::Config(_)
        | Command::Demo(_)
        | Command::GitDriver(_)
        | Command::Man(_)
        | Command::Schema(_) => Ok(()),
    }
}

/// A revision or range; two revisions are the ends of a range.
fn settle_span(folder: &Path, span: &mut SpanArgs) -> Result<()> {
    separate_words(folder, &mut span.words, &mut span.paths)?;
    span.revision = match span.words.as_slice() {
        [] => None,
        more if names_two_files(folder, more) => return Err(compares_no_files(more)),
        [one] => Some(input::word_text(one)?),
        [old, new] if ![old, new].iter().any(|word| is_span(&word.to_string_lossy())) => {
            let range: OsString = [old.as_os_str(), "..".as_ref(), new].into_iter().collect();
            Some(input::word_text(&range)?)
        }
        more => return Err(too_many(more, "name one revision, a range (A..B) or two revisions")),
    };
    Ok(())
}

fn settle_revision(folder: &Path, at: &mut RevisionArgs) -> Result<()> {
    separate_words(folder, &mut at.words, &mut at.paths)?;
    at.revision = match at.words.as_slice() {
        [] => None,
        [one] => Some(input::word_text(one)?),
        more => return Err(too_many(more, "this command reads one revision")),
    };
    Ok(())
}

/// With a number, the range of so many commits up to the revision; all of a shorter history.
fn limit_span(
    folder: &Path,
    span: &mut SpanArgs,
    LastCommits { number }: LastCommits,
) -> Result<()> {
    let Some(number) = number else { return Ok(()) };
    let named = span.revision.clone().unwrap_or_else(|| "HEAD".to_owned());
    if number == 0 {
        return Err(Error::new(ErrorKind::Usage, "-n 0 asks for no commits")
            .with_hint("give a number of at least 1, or omit -n for the whole history"));
    }
    if is_span(&named) {
        let message =
            format!("'{named}' is a range, and -n takes the last commits up to one revision");
        return Err(Error::new(ErrorKind::Usage, message)
            .with_hint("omit -n, or name one revision, such as HEAD"));
    }
    // where there is no repository, the command itself says so
    let Ok(repository) = Repository::open(folder) else { return Ok(()) };
    repository.find_revision(&named)?;
    let before = format!("{named}~{number}");
    match repository.find_revision(&before) {
        Ok(_) => span.revision = Some(format!("{before}..{named}")),
        Err(error) if error.kind() == ErrorKind::Repository => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

/// A range names both ends already.
fn refuse_third_end(args: &OscalArgs) -> Result<()> {
    match (&args.diff, &args.at.revision) {
        (Some(range), Some(word)) => {
            let range = range.to_string_lossy();
            let message =
                format!("'{word}' is one revision too many: --diff {range} names both ends");
            Err(Error::new(ErrorKind::Usage, message)
                .with_hint(format!("if it is a path, put it after --: -- {word}")))
        }
        _ => Ok(()),
    }
}

fn names_two_files(folder: &Path, words: &[OsString]) -> bool {
    let texts = words.iter().map(|word| input::word_text(word)).collect::<Result<Vec<_>>>();
    let repository = Repository::open(folder);
    matches!((texts, repository), (Ok(texts), Ok(repository)) if repository.named_files(&texts).is_some())
}

/// A history has one page, under all its names.
fn compares_no_files(words: &[OsString]) -> Error {
    let shown: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let shown = shown.join(" ");
    Error::new(ErrorKind::Usage, format!("this command does not compare two files: {shown}"))
        .with_hint(format!("`respdiff {shown}` does; for the pages in a range, write A..B -- PATH"))
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
    if settle_files(&repository, words, paths)? {
        return Ok(());
    }
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

/// Two files, as in `A:PATH B:PATH`: one path at two commits is that page in a range, two paths stay
/// as they are named. Whether the words name two files.
fn settle_files(
    repository: &Repository,
    words: &mut Vec<OsString>,
    paths: &mut Vec<OsString>,
) -> Result<bool> {
    let texts = words.iter().map(|word| input::word_text(word)).collect::<Result<Vec<_>>>()?;
    let first_two = texts.get(..2).filter(|_| texts.len() > 2);
    let Some(files) = repository.named_files(first_two.unwrap_or(&texts)) else { return Ok(false) };
    let (Sides { old, new }, is_alone) = (&files, first_two.is_none() && paths.is_empty());
    if let (Point::Commit(from), Point::Commit(to)) = (&old.point, &new.point)
        && old.path == new.path
    {
        let path = OsString::from(format!(":(top,literal){}", old.path));
        for point in [&old.point, &new.point] {
            if !range::is_there(repository, &[point], &path)? {
                let error = range::no_such_path(repository, &[point], &path);
                return Err(error.with_subject(point.name()));
            }
        }
        if is_alone {
            *words = [&from.name, &to.name].map(OsString::from).to_vec();
            paths.push(path);
        }
        return Ok(is_alone);
    }
    let is_of_commit = matches!(old.point, Point::Commit(_));
    if is_of_commit && old.path == new.path && new.point == Point::WorkingTree {
        return Ok(false);
    }
    if is_alone {
        return Ok(true);
    }
    let (old, new) = (old.path.to_string(), new.path.to_string());
    let message = format!("more paths are named than the two files {old} and {new}");
    Err(Error::new(ErrorKind::Usage, message).with_hint(
        "name two files (A:PATH B:PATH) and nothing else, or two revisions and paths: A..B -- PATH",
    ))
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
