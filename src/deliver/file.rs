//! Files that the user asked to be written: whole or not at all, and never through a link.

use std::fs::{self, Metadata, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::unfinished::Draft;
use crate::error::{Error, ErrorKind, Result};

/// How many bytes a file has; none where it is not there.
#[must_use]
pub fn length(path: &Path) -> usize {
    fs::metadata(path).ok().and_then(|found| usize::try_from(found.len()).ok()).unwrap_or(0)
}

/// Adds bytes to the end of a file, which is made where it is not there.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    let opened = OpenOptions::new().create(true).append(true).open(path);
    let written = opened.and_then(|mut file| {
        let before = file.metadata().ok().filter(Metadata::is_file);
        let written = file.write_all(bytes);
        if let (Err(_), Some(before)) = (&written, before) {
            // the half that fitted on the disk would only mislead
            let _ = file.set_len(before.len());
        }
        written
    });
    written.map_err(|source| unwritable(path, &source))
}

/// Puts a file below a folder, making the folders between. None of these and no file that is
/// there already may be a link: it could lead anywhere.
pub fn write_inside(root: &Path, below: &str, bytes: &[u8]) -> Result<()> {
    let mut folder = root.to_owned();
    let (folders, name) = below.rsplit_once('/').unwrap_or(("", below));
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(no_folder(&folder)),
            Err(_) => fs::create_dir(&folder).map_err(|source| unwritable(&folder, &source))?,
        }
    }
    let path = folder.join(name);
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Error::new(
            ErrorKind::Output,
            format!("`{}` is no plain file", path.display()),
        )
        .hint("it is not written through a link; remove it"));
    }
    let written = Draft::in_folder(&folder, &mut tempfile::Builder::new()).and_then(|mut draft| {
        draft.fill(bytes)?;
        draft.file().map_or(Ok(()), |file| readable(file, &path))?;
        draft.put(&path)
    });
    written.map_err(|source| unwritable(&path, &source))
}

/// Takes a file away that [`write_inside`] would write.
pub fn remove_inside(root: &Path, below: &str) -> Result<()> {
    let mut path = root.to_owned();
    for part in below.split('/').filter(|part| !part.is_empty()) {
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_dir()) {
            return Err(no_folder(&path));
        }
        path.push(part);
    }
    fs::remove_file(&path).map_err(|source| {
        Error::new(ErrorKind::Output, format!("cannot remove `{}`: {source}", path.display()))
    })
}

/// Temporary files are the owner's alone; a file that is committed is everybody's.
#[cfg(unix)]
fn readable(file: &fs::File, path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0o644, |found| found.permissions().mode() & 0o777);
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_: &fs::File, _: &Path) -> std::io::Result<()> {
    Ok(())
}

fn no_folder(path: &Path) -> Error {
    Error::new(ErrorKind::Output, format!("`{}` is no folder", path.display()))
        .hint("nothing is written through a link; put a folder there")
}

fn unwritable(path: &Path, source: &std::io::Error) -> Error {
    Error::new(ErrorKind::Output, format!("cannot write `{}`: {source}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_put_below_its_folder_and_replaced_whole() {
        let root = tempfile::tempdir().unwrap();
        write_inside(root.path(), ".respdiff/acks.yaml", b"one").unwrap();
        write_inside(root.path(), ".respdiff/acks.yaml", b"two").unwrap();
        assert_eq!(fs::read(root.path().join(".respdiff/acks.yaml")).unwrap(), b"two");
        assert_eq!(fs::read_dir(root.path().join(".respdiff")).unwrap().count(), 1);
        append(&root.path().join("s.md"), b"a").unwrap();
        append(&root.path().join("s.md"), b"b").unwrap();
        assert_eq!(length(&root.path().join("s.md")), 2);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        symlink(outside.path(), root.path().join(".respdiff")).unwrap();
        assert!(write_inside(root.path(), ".respdiff/acks.yaml", b"one").is_err());
        let target = outside.path().join("mine");
        fs::write(&target, "mine").unwrap();
        symlink(&target, root.path().join("acks.yaml")).unwrap();
        assert!(write_inside(root.path(), "acks.yaml", b"one").is_err());
        assert_eq!(fs::read(&target).unwrap(), b"mine");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    }
}
