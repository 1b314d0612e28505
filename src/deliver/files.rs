//! Results that go to files: whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// Writes a file so that nobody ever sees half of it: beside it first, then in its place. What is
/// no regular file (a device, a pipe) is written straight.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let outcome = match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::Error::other("it is a directory")),
        Ok(found) if !found.is_file() => straight(path, bytes),
        // through links, so that they stay links
        Ok(_) => fs::canonicalize(path).and_then(|path| whole(&path, bytes)),
        Err(_) => whole(path, bytes),
    };
    outcome.map_err(|source| {
        let message = format!("cannot write `{}`: {source}", path.display());
        Error::new(ErrorKind::Output, message)
            .hint("name a file in a folder that exists and that you may write to")
    })
}

fn straight(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::Builder::new()
        .prefix(".respdiff-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    keep_mode(path, file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A new file is as readable as any other; one that is replaced stays as it was.
#[cfg(unix)]
fn keep_mode(path: &Path, file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match fs::metadata(path) {
        Ok(found) => found.permissions().mode(),
        Err(_) => 0o644,
    };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_mode(_: &Path, _: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, b"old").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("no/report.html"), b"new").unwrap_err();
        assert!(error.to_string().contains("no/report.html"), "{error}");
        assert_eq!(error.kind(), ErrorKind::Output);
    }
}
