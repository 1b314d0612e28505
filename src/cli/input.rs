//! Files that the user names.

use std::fs;
use std::io::{ErrorKind as IoKind, Read as _};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

use super::args::CommonArgs;

/// The file's bytes, with an error that says what to do.
pub(super) fn read_input(path: &Path) -> Result<Vec<u8>> {
    let name = path.display();
    if path.is_dir() {
        return Err(Error::new(ErrorKind::Input, format!("`{name}` is a directory, not a file"))
            .with_hint("name a file"));
    }
    fs::read(path).map_err(|source| {
        if source.kind() == IoKind::NotFound {
            Error::new(ErrorKind::Input, format!("`{name}`: no such file"))
        } else {
            Error::new(ErrorKind::Input, format!("`{name}` cannot be read: {source}"))
                .with_hint("make it readable, or name another file")
        }
    })
}

/// The file's bytes; none for `/dev/null`, by which git names a side that is not there.
pub(super) fn read_side(path: &Path) -> Result<Option<Vec<u8>>> {
    if path == Path::new("/dev/null") {
        return Ok(None);
    }
    let hint = "use /dev/null for a missing side, - for standard input";
    let in_repository = "to compare versions of a repository, name revisions: respdiff -C DIR A..B";
    read_input(path)
        .map(Some)
        .map_err(|error| where_folder(path, where_missing(path, error, hint), in_repository))
}

/// The bytes of a file that is checked, as seen from the folder of the run; `-` is standard
/// input.
pub(super) fn read_page(path: &Path, common: &CommonArgs) -> Result<Vec<u8>> {
    if is_standard_input(path) {
        return read_standard_input();
    }
    let path = common.resolve_path(path);
    let in_repository = "for the pages of a repository, omit --no-index, and name it with -C DIR";
    read_option(&path).map_err(|error| where_folder(&path, error, in_repository))
}

/// Whether a path stands for standard input; a file of that name is `./-`.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// All of standard input.
pub(super) fn read_standard_input() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|source| {
        Error::new(ErrorKind::Input, format!("standard input cannot be read: {source}"))
    })?;
    Ok(bytes)
}

/// The bytes of a file that an option names.
pub(super) fn read_option(path: &Path) -> Result<Vec<u8>> {
    let hint = "paths are relative to the current folder, or to -C DIR";
    read_input(path).map_err(|error| where_missing(path, error, hint))
}

/// The bytes of a file that an environment variable names.
pub(super) fn read_of_variable(path: &Path, variable: &str) -> Result<Vec<u8>> {
    let hint = format!("the file name comes from {variable}");
    read_input(path).map_err(|error| where_missing(path, error, &hint))
}

/// The bytes of a file that another one names, as seen from that one's folder.
pub(super) fn read_beside(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let (path, hint) = (folder.join(name), "paths are relative to the folder of the policy");
    read_input(&path).map_err(|error| where_missing(&path, error, hint))
}

fn where_missing(path: &Path, error: Error, hint: &str) -> Error {
    if path.try_exists().is_ok_and(|is_there| !is_there) { error.with_hint(hint) } else { error }
}

fn where_folder(path: &Path, error: Error, hint: &str) -> Error {
    if path.is_dir() { error.with_hint(hint) } else { error }
}

/// A word of the command line as text.
pub(super) fn word_text(word: &std::ffi::OsStr) -> Result<String> {
    word.to_str().map(str::to_owned).ok_or_else(|| {
        let shown = word.to_string_lossy();
        Error::new(ErrorKind::Usage, format!("`{shown}` is not a revision: it is not valid UTF-8"))
            .with_hint("if it is a path, put it after --")
    })
}
