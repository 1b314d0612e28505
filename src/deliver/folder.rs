//! Files in a folder, each whole or not at all.

use std::fs;
use std::io::{self, ErrorKind as IoKind};
use std::path::Path;

use super::files::{replace_file, unwritable_file};
use super::temp_files::hold_signals;
use crate::error::{Error, ErrorKind, Result};

/// Writes files into a folder, which is made if need be.
///
/// # Errors
/// Where the folder cannot be made or a file cannot be written.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    fs::create_dir_all(folder).map_err(|source| {
        if folder.is_file() {
            return Error::new(
                ErrorKind::Output,
                format!("`{}` is not a folder", folder.display()),
            )
            .with_hint("name another folder");
        }
        unwritable_file(folder, &source)
    })?;
    for (name, bytes) in files {
        let path = folder.join(name);
        replace_file(&path, None, bytes).map_err(|source| unwritable_file(&path, &source))?;
    }
    Ok(())
}

/// Puts a whole set of files in the place of a folder, which is new, empty, or holds nothing but an
/// older set: all of them or none.
///
/// # Errors
/// Where the folder holds anything that `is_ours` (by path and content) does not know, is no folder,
/// or cannot be replaced.
pub fn replace_folder(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    is_ours: &dyn Fn(&str, &[u8]) -> bool,
) -> Result<()> {
    let refused = |why: String| {
        Error::new(ErrorKind::Output, format!("`{}` {why}", folder.display()))
            .with_hint("name a new folder, or one that holds only files that respdiff wrote")
    };
    let is_there = match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => true,
        Ok(_) => return Err(refused("is not a folder".to_owned())),
        Err(source) if source.kind() == IoKind::NotFound => false,
        Err(source) => return Err(unwritable_file(folder, &source)),
    };
    if is_there {
        let stranger = first_foreign_entry(folder, "", is_ours)
            .map_err(|source| refused(format!("cannot be read: {source}")))?;
        if let Some(stranger) = stranger {
            return Err(refused(format!(
                "contains a file that respdiff did not write: `{stranger}`"
            )));
        }
    }
    let parent = folder.parent().filter(|parent| *parent != Path::new(""));
    let parent = parent.unwrap_or(Path::new("."));
    put_in_place(folder, parent, is_there, files).map_err(|source| unwritable_file(folder, &source))
}

/// The first file or link below a folder that is not ours.
fn first_foreign_entry(
    folder: &Path,
    below: &str,
    is_ours: &dyn Fn(&str, &[u8]) -> bool,
) -> io::Result<Option<String>> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        let stranger = if kind.is_dir() {
            first_foreign_entry(&entry.path(), &format!("{path}/"), is_ours)?
        } else {
            let known = kind.is_file() && is_ours(&path, &fs::read(entry.path())?);
            (!known).then_some(path)
        };
        if stranger.is_some() {
            return Ok(stranger);
        }
    }
    Ok(None)
}

/// Writes beside the folder and changes places; what was there goes last.
fn put_in_place(
    folder: &Path,
    parent: &Path,
    is_there: bool,
    files: &[(String, Vec<u8>)],
) -> io::Result<()> {
    let _held = hold_signals();
    let aside = tempfile::Builder::new().prefix(".respdiff-").suffix(".tmp").tempdir_in(parent)?;
    let (new, old) = (aside.path().join("new"), aside.path().join("old"));
    for (name, bytes) in files {
        let path = new.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&new))?;
        fs::write(path, bytes)?;
    }
    if !is_there {
        return fs::rename(&new, folder);
    }
    fs::rename(folder, &old)?;
    fs::rename(&new, folder).inspect_err(|_| {
        // what was there before is put back
        let _ = fs::rename(&old, folder);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        for text in ["old", "new"] {
            write_files(&folder, &[("page.1".to_owned(), text.as_bytes().to_vec())]).unwrap();
        }
        assert_eq!(fs::read(folder.join("page.1")).unwrap(), b"new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let error = write_files(&folder.join("page.1"), &[]).unwrap_err();
        assert!(error.to_string().ends_with("page.1` is not a folder"), "{error}");
    }

    #[test]
    fn a_folder_is_replaced_unless_it_holds_something_else() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("set");
        let put = |text: &str| {
            let files = [("a/b.json".to_owned(), text.as_bytes().to_vec())];
            replace_folder(&folder, &files, &|path, _| path == "a/b.json")
        };
        for text in ["old", "new"] {
            put(text).unwrap();
            assert_eq!(fs::read_to_string(folder.join("a/b.json")).unwrap(), text);
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left over");
        fs::write(folder.join("a/mine.txt"), "x").unwrap();
        let error = put("newer").unwrap_err().to_string();
        assert!(
            error.contains("contains a file that respdiff did not write: `a/mine.txt`"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(folder.join("a/b.json")).unwrap(), "new");
        let file = folder.join("a/mine.txt");
        let error = replace_folder(&file, &[], &|_, _| true).unwrap_err().to_string();
        assert!(error.contains("is not a folder"), "{error}");
    }
}
