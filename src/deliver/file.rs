//! Files that the user asked to be written: whole or not at all, and never through a link.

use std::fs::{self, Metadata, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::{replace_file, unwritable_file};
use super::temp_files::hold_signals;
use crate::error::{Error, ErrorKind, Result};

/// How many bytes a file has; none where it is not there.
#[must_use]
pub fn file_length(path: &Path) -> usize {
    fs::metadata(path).ok().and_then(|found| usize::try_from(found.len()).ok()).unwrap_or(0)
}

/// Adds bytes to the end of a file, which is made where it is not there: all of them or none. A
/// pipe or a device takes them as they come.
pub fn append_bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    // opened first, since a pipe may have no reader for long
    let is_new = fs::symlink_metadata(path).is_err();
    let opened = OpenOptions::new().create(true).append(true).open(path);
    let written = opened.and_then(|mut file| {
        let before = file.metadata().ok().filter(Metadata::is_file);
        let _held = before.as_ref().map(|_| hold_signals());
        let written = file.write_all(bytes);
        if let (Err(_), Some(before)) = (&written, before) {
            // the half that fitted on the disk would only mislead
            let _ = file.set_len(before.len());
            if is_new {
                let _ = fs::remove_file(path);
            }
        }
        written
    });
    written.map_err(|source| unwritable_file(path, &source))
}

/// Puts a file below a folder, making the folders between. None of these and no file that is
/// there already may be a link: it could lead anywhere.
pub fn write_inside(root: &Path, below: &str, bytes: &[u8]) -> Result<()> {
    let (folders, name) = below.rsplit_once('/').unwrap_or(("", below));
    let made = MadeFolders::make_below(root, folders)?;
    let path = made.folder.join(name);
    let old = match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() && found.permissions().readonly() => {
            let message = format!("`{}` is read-only", path.display());
            return Err(
                Error::new(ErrorKind::Output, message).with_hint("make it writable (chmod u+w)")
            );
        }
        Ok(found) if found.is_file() => Some(found),
        Ok(_) => {
            let message = format!("`{}` is not a regular file", path.display());
            return Err(Error::new(ErrorKind::Output, message)
                .with_hint("respdiff does not write through links; remove the link"));
        }
        Err(_) => None,
    };
    replace_file(&path, old.as_ref(), bytes).map_err(|source| unwritable_file(&path, &source))?;
    made.keep_all();
    Ok(())
}

/// Folders on the way to a file, which go again unless it is written.
struct MadeFolders {
    folder: PathBuf,
    new: Vec<PathBuf>,
}

impl MadeFolders {
    fn make_below(root: &Path, folders: &str) -> Result<Self> {
        let mut made = Self { folder: root.to_owned(), new: Vec::new() };
        made.make_root()?;
        for part in folders.split('/').filter(|part| !part.is_empty()) {
            made.folder.push(part);
            match fs::symlink_metadata(&made.folder) {
                Ok(found) if found.is_dir() => {}
                Ok(_) => return Err(no_folder(&made.folder)),
                Err(_) => made.make_folder(made.folder.clone())?,
            }
        }
        Ok(made)
    }

    /// The folder to begin at, which the user named.
    fn make_root(&mut self) -> Result<()> {
        let missing = |path: &&Path| *path != Path::new("") && !path.exists();
        let mut above: Vec<PathBuf> =
            self.folder.ancestors().take_while(missing).map(Path::to_owned).collect();
        while let Some(folder) = above.pop() {
            self.make_folder(folder)?;
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: PathBuf) -> Result<()> {
        match fs::create_dir(&folder) {
            Ok(()) => self.new.push(folder),
            // another run was quicker
            Err(_) if fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) => {}
            Err(source) => return Err(unwritable_file(&folder, &source)),
        }
        Ok(())
    }

    fn keep_all(mut self) {
        self.new.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.new.iter().rev() {
            // one that is not empty is somebody's
            let _ = fs::remove_dir(folder);
        }
    }
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
            .with_hint("check the permissions of its folder")
    })
}

fn no_folder(path: &Path) -> Error {
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let (what, hint) = if is_link {
        ("is a link", "respdiff does not write through links; put a folder there")
    } else {
        ("is not a folder", "move this file away, or name another folder")
    };
    Error::new(ErrorKind::Output, format!("`{}` {what}", path.display())).with_hint(hint)
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
        append_bytes(&root.path().join("s.md"), b"a").unwrap();
        append_bytes(&root.path().join("s.md"), b"b").unwrap();
        assert_eq!(file_length(&root.path().join("s.md")), 2);
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
