//! The files of a baseline, as they are on disk.

use std::fs;
use std::io::ErrorKind as IoKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::normalize;
use crate::policy::{FILE, Snapshot};

use super::input;

/// The files of a baseline. What is in a folder of it and is not named as a snapshot is somebody
/// else's.
pub(super) fn baseline_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut entries = listed(folder).map_err(|source| unreadable_baseline(folder, &source))?;
    let mut files = Vec::new();
    while let Some((path, is_folder)) = entries.pop() {
        if is_folder {
            entries.extend(listed(&path).map_err(|source| {
                let shown = path.display();
                Error::new(ErrorKind::Incomplete, format!("`{shown}` cannot be read: {source}"))
                    .with_hint("make it readable")
            })?);
            continue;
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let is_at_top = path.parent() == Some(folder);
        let is_snapshot = name.is_some_and(|name| {
            let is_yaml = Path::new(&name).extension().is_some_and(|end| end == "yaml");
            if is_at_top { is_yaml && name != FILE } else { Snapshot::is_file_name(&name) }
        });
        if is_snapshot {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// That the folder of a baseline cannot be listed, and what to do.
fn unreadable_baseline(folder: &Path, source: &std::io::Error) -> Error {
    let shown = folder.display();
    let (what, hint) = if source.kind() == IoKind::NotFound {
        ("does not exist".to_owned(), "create it: respdiff snapshot --output DIR")
    } else if source.kind() == IoKind::NotADirectory {
        ("is not a folder".to_owned(), "name the folder that contains the snapshots")
    } else {
        (format!("cannot be read: {source}"), "make it readable")
    };
    Error::new(ErrorKind::Incomplete, format!("the baseline `{shown}` {what}")).with_hint(hint)
}

/// What is right in a folder, and whether each is a folder. Links are none.
fn listed(folder: &Path) -> std::io::Result<Vec<(PathBuf, bool)>> {
    let entry = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry?;
        Ok((entry.path(), entry.file_type()?.is_dir()))
    };
    fs::read_dir(folder)?.map(entry).collect()
}

/// The text of a stored file.
pub(super) struct StoredText {
    /// As it was written.
    pub(super) text: String,
    /// Whether a checkout or an editor gave it other line endings or a byte order mark.
    pub(super) is_altered: bool,
}

/// Reads a stored file as it was written: git on Windows checks files out with CRLF, and editors
/// put a byte order mark before them. No file of ours has a carriage return: YAML escapes it.
pub(super) fn text_of(file: &Path) -> Result<StoredText> {
    let shown = file.display();
    if fs::symlink_metadata(file).is_ok_and(|found| !found.is_file()) {
        return Err(Error::new(ErrorKind::Input, format!("`{shown}` is not a regular file"))
            .with_hint("respdiff does not follow links here"));
    }
    let bytes = input::read_input(file)?;
    let text = String::from_utf8(normalize::to_utf8(&bytes).into_owned())
        .map_err(|_| Error::new(ErrorKind::Input, format!("`{shown}` is not valid UTF-8")))?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let is_altered = text.as_bytes() != bytes;
    Ok(StoredText { text, is_altered })
}
