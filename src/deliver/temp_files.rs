//! What is half written: it goes when writing fails, and when a signal ends the run.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::signals;
use super::unfinished::unfinished_files;

/// Minds signals, and lets them wait as long as the result is held: for what takes a moment and
/// must not be left half done.
pub(super) fn hold_signals() -> impl Sized {
    signals::install_handlers();
    unfinished_files()
}

/// A new file beside the one whose place it takes when it is complete.
#[derive(Debug)]
pub(super) struct Draft(Option<NamedTempFile>);

impl Draft {
    /// Makes it, as readable as `builder` says.
    pub(super) fn in_folder(folder: &Path, builder: &mut Builder<'_, '_>) -> io::Result<Self> {
        signals::install_handlers();
        // a run that switches to another folder meanwhile is not ours
        let folder = std::path::absolute(folder)?;
        let mut all = unfinished_files();
        let file = builder.prefix(".respdiff-").suffix(".tmp").tempfile_in(folder)?;
        all.insert(file.path().to_owned());
        Ok(Self(Some(file)))
    }

    /// Writes all of the content.
    pub(super) fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    /// The file, for its permissions.
    pub(super) fn file(&self) -> Option<&File> {
        self.0.as_ref().map(NamedTempFile::as_file)
    }

    /// Puts it in its place. Its content is on the disk before its name is.
    pub(super) fn put_in_place(mut self, path: &Path) -> io::Result<()> {
        let Some(file) = self.0.take() else { return Ok(()) };
        file.as_file().sync_all()?;
        let mut all = unfinished_files();
        let known = file.path().to_owned();
        let put = file.persist(path);
        all.remove(&known);
        put.map(|_| ()).map_err(|error| error.error)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let mut all = unfinished_files();
            all.remove(file.path());
            drop(file);
        }
    }
}

/// Makes a folder that was not there before, by `write`; where that fails, what it wrote goes. A
/// signal waits until it is done, so that it should take no longer than people wait; a folder that
/// is there already is somebody's, and stays.
///
/// # Errors
/// What `write` fails with.
pub fn new_folder<T, E>(path: &Path, write: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let is_new = fs::symlink_metadata(path).is_err();
    let _held = hold_signals();
    let written = write();
    if written.is_err() && is_new {
        let _ = fs::remove_dir_all(path);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_is_not_put_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let mut draft = Draft::in_folder(folder.path(), &mut Builder::new()).unwrap();
        draft.write_all(b"half").unwrap();
        assert_eq!(count(), 1);
        drop(draft);
        assert_eq!(count(), 0);
        let mut draft = Draft::in_folder(folder.path(), &mut Builder::new()).unwrap();
        draft.write_all(b"whole").unwrap();
        draft.put_in_place(&folder.path().join("file")).unwrap();
        assert_eq!(count(), 1);
        assert!(unfinished_files().iter().all(|path| !path.starts_with(folder.path())));
    }

    #[test]
    fn a_new_folder_goes_unless_it_is_complete() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new");
        let write = |result: Result<(), ()>| {
            new_folder(&folder, || {
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join("file"), "x").unwrap();
                result
            })
        };
        for result in [Err(()), Ok(())] {
            assert_eq!(write(result), result);
            assert_eq!(folder.exists(), result.is_ok());
        }
        assert_eq!(write(Err(())), Err(()));
        assert!(folder.join("file").exists(), "it was there before");
    }
}
