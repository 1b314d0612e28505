//! Files that results are written to: whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind as IoKind, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use super::temp_files::Draft;
use crate::error::{Error, ErrorKind, Result};

/// Writes the bytes to a file atomically: a reader sees the old content or the new one, and a run
/// that is killed leaves the old one. The file keeps its permissions; anything but a regular file
/// (a FIFO, `/dev/stdout`) is written directly.
///
/// # Errors
/// Where the file cannot be written, and where the path is a folder, a file that is not to be
/// written, or a link that leads to another folder.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    match path_target(path)? {
        PathTarget::Stream => write_stream(path, bytes),
        PathTarget::File(file, old) => replace_file(&file, old.as_ref(), bytes)
            .map_err(|source| unwritable_file(path, &source)),
    }
}

/// The content of a file that [`write_file()`] is to change; none where there is no file yet.
///
/// # Errors
/// Where it cannot be read or is no file that can be changed.
pub fn read_to_change(path: &Path) -> Result<Option<Vec<u8>>> {
    match path_target(path)? {
        PathTarget::Stream => {
            Err(refused_file(path, "is not a regular file, so nothing can be inserted")
                .with_hint("name a changelog; use --output for pipes and devices"))
        }
        PathTarget::File(_, None) => Ok(None),
        PathTarget::File(file, Some(_)) => fs::read(file).map(Some).map_err(|source| {
            let message = format!("`{}` cannot be read: {source}", path.display());
            Error::new(ErrorKind::Input, message).with_hint("make it readable")
        }),
    }
}

/// What a path leads to.
enum PathTarget {
    /// A file, and what it is now.
    File(PathBuf, Option<Metadata>),
    /// Something that takes bytes as they come.
    Stream,
}

fn path_target(path: &Path) -> Result<PathTarget> {
    if path.file_name().is_none() {
        return Err(refused_file(path, "does not name a file").with_hint("name a file inside it"));
    }
    let is_slash = |last: char| std::path::is_separator(last);
    if path.to_string_lossy().ends_with(is_slash) && !path.is_dir() {
        return Err(refused_file(path, "does not name a file")
            .with_hint("omit the slash at its end, or add the name of a file"));
    }
    let link = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(source) if source.kind() == IoKind::NotFound => {
            return Ok(PathTarget::File(path.to_owned(), None));
        }
        Err(source) => return Err(unwritable_file(path, &source)),
    };
    // names of open files are links, to wherever they lead
    if link.is_symlink() && is_open_file(path) {
        return Ok(PathTarget::Stream);
    }
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(source) if source.kind() == IoKind::NotFound => {
            return Err(refused_file(path, "is a link to a missing file")
                .with_hint("remove the link, or create the file that it points to"));
        }
        Err(source) => return Err(unwritable_file(path, &source)),
    };
    if found.is_dir() {
        return Err(refused_file(path, "is a folder").with_hint("name a file inside it"));
    }
    if !found.is_file() {
        return Ok(PathTarget::Stream);
    }
    if found.permissions().readonly() {
        return Err(refused_file(path, "is read-only")
            .with_hint("make it writable (chmod u+w), or name another file"));
    }
    let file = if link.is_symlink() { link_target(path)? } else { path.to_owned() };
    Ok(PathTarget::File(file, Some(found)))
}

/// `/dev/stdout` and the like.
fn is_open_file(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder))
}

/// What a link leads to, if that is in the same folder.
fn link_target(path: &Path) -> Result<PathBuf> {
    let target = fs::canonicalize(path).map_err(|source| unwritable_file(path, &source))?;
    let folder =
        fs::canonicalize(folder_of(path)).map_err(|source| unwritable_file(path, &source))?;
    if target.parent() == Some(folder.as_path()) {
        return Ok(target);
    }
    let message = format!("is a link to `{}`", target.display());
    Err(refused_file(path, &message).with_hint("name that file itself if you want to write there"))
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        Some(_) | None => Path::new("."),
    }
}

fn write_stream(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = OpenOptions::new().append(true).open(path).and_then(|mut out| {
        out.write_all(bytes)?;
        out.flush()
    });
    match written {
        // a reader that went away is no failure
        Err(source) if source.kind() == IoKind::BrokenPipe => Ok(()),
        written => written.map_err(|source| unwritable_file(path, &source)),
    }
}

/// A new file beside the old one takes its place when it is complete.
pub(super) fn replace_file(path: &Path, old: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
    let mut builder = Builder::new();
    if old.is_none() {
        for_everybody(&mut builder);
    }
    let mut draft = Draft::in_folder(folder_of(path), &mut builder)?;
    draft.write_all(bytes)?;
    if let (Some(file), Some(old)) = (draft.file(), old) {
        keep_owner(file, old);
        file.set_permissions(old.permissions())?;
    }
    draft.put_in_place(path)
}

/// The permissions of any new file, of which the user's mask takes what it takes.
#[cfg(unix)]
fn for_everybody(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;

    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn for_everybody(_: &mut Builder<'_, '_>) {}

/// Where the file is somebody else's it stays so, if the system lets us.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};

    let ours = file.metadata();
    if ours.is_ok_and(|ours| (ours.uid(), ours.gid()) != (old.uid(), old.gid())) {
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

fn refused_file(path: &Path, why: &str) -> Error {
    Error::new(ErrorKind::Output, format!("`{}` {why}", path.display()))
}

/// That a file or a folder cannot be written, and what to do.
pub(super) fn unwritable_file(path: &Path, source: &io::Error) -> Error {
    let folder = folder_of(path);
    if path.is_dir() && source.kind() == IoKind::IsADirectory {
        return refused_file(path, "is a folder").with_hint("name a file inside it");
    }
    if let Some(file) = folder.ancestors().find(|above| above.is_file()) {
        let why = format!("cannot be written: `{}` is a file, not a folder", file.display());
        return refused_file(path, &why).with_hint("name another folder");
    }
    if source.kind() == IoKind::NotFound && !folder.exists() {
        let why = format!("cannot be written: the folder `{}` does not exist", folder.display());
        return refused_file(path, &why).with_hint("create the folder, or name another one");
    }
    // the name of a file that only we know says nothing to people
    let whole = source.to_string();
    let why = whole.split(" at path \"").next().unwrap_or(&whole);
    refused_file(path, &format!("cannot be written: {why}"))
        .with_hint("check the permissions of the folder and the free disk space")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> Option<u32> {
        Some(fs::metadata(path).ok()?.permissions().mode() & 0o777)
    }

    #[test]
    fn a_file_is_made_and_replaced_with_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.md");
        write_file(&file, b"one").unwrap();
        let other = folder.path().join("other");
        fs::write(&other, b"").unwrap();
        assert_eq!(mode(&file), mode(&other), "a new file is like any other");
        fs::remove_file(other).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        write_file(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(mode(&file), Some(0o640));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }

    #[test]
    fn a_link_beside_its_file_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("CHANGELOG.md");
        fs::write(&file, "one").unwrap();
        let link = folder.path().join("NEWS");
        symlink("CHANGELOG.md", &link).unwrap();
        write_file(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");
    }

    #[test]
    fn what_must_not_be_replaced_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let target = elsewhere.path().join("passwords");
        fs::write(&target, "secret").unwrap();
        let path = |name: &str| folder.path().join(name);
        symlink(&target, path("link")).unwrap();
        symlink("nowhere", path("dangling")).unwrap();
        fs::write(path("fixed"), "x").unwrap();
        fs::set_permissions(path("fixed"), fs::Permissions::from_mode(0o444)).unwrap();
        let message = |path: &Path| write_file(path, b"new").unwrap_err().to_string();
        assert!(message(&path("link")).contains("is a link to"));
        assert!(message(&path("dangling")).contains("a link to a missing file"));
        assert!(message(&path("fixed")).contains("read-only"));
        assert!(message(folder.path()).contains("is a folder"));
        assert!(message(&path("no/such/file")).contains("cannot be written"));
        assert!(message(Path::new("")).contains("does not name a file"));
        assert_eq!(fs::read(&target).unwrap(), b"secret");
    }

    #[test]
    fn a_device_is_written_into_and_not_read_to_be_changed() {
        let device = Path::new("/dev/null");
        write_file(device, b"gone").unwrap();
        assert!(!fs::metadata(device).unwrap().is_file());
        assert!(read_to_change(device).is_err());
        assert_eq!(read_to_change(Path::new("no-such-file")).unwrap(), None);
    }
}
