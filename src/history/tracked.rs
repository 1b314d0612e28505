//! The index and the working tree: tracked files only, as git compares them.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use git2::{IndexEntry, IndexTime, ObjectType};

use super::id::is_page_name;
use super::tree::NameFilter;
use super::{File, Filter, Id, Point, RepoPath, Repository, fault};
use crate::error::{Error, ErrorKind, Result};

// Bits of an index entry (gitformat-index): which side of a conflict, "take it as
// unchanged", "not checked out", "to be added, content not yet".
const STAGE: u16 = 0x3000;
const OURS: u16 = 0x2000;
const ASSUME_UNCHANGED: u16 = 0x8000;
const SKIP_WORKTREE: u16 = 0x4000;
const INTENT_TO_ADD: u16 = 0x2000;

impl Repository {
    /// Refuses an index that holds several sides of a page that was asked for: none of them is
    /// what is going to be committed.
    pub(super) fn check_merged(&self, point: &Point, filter: &Filter) -> Result<()> {
        if *point != Point::Index {
            return Ok(());
        }
        for entry in self.read_index()?.iter().filter(|entry| entry.flags & STAGE != 0) {
            let path = RepoPath::new(entry.path);
            if is_page_name(path.name()) && filter.matches(&path) {
                return Err(unmerged_file(&path));
            }
        }
        Ok(())
    }

    /// One tracked file.
    pub(super) fn tracked_at(&self, point: &Point, path: &RepoPath) -> Result<Option<File>> {
        let index = self.read_index()?;
        let place = to_path(path.as_bytes());
        // a conflict has up to three entries for one file; ours counts first
        let entry = [0, 2, 1, 3].into_iter().find_map(|stage| index.get_path(&place, stage));
        let Some(entry) = entry.filter(is_file) else { return Ok(None) };
        match point {
            Point::WorkingTree => self.disk(&index).file_on_disk(entry),
            Point::Commit(_) | Point::Index | Point::Empty if entry.flags & STAGE != 0 => {
                Err(unmerged_file(path))
            }
            Point::Commit(_) | Point::Index | Point::Empty => Ok(staged_file(entry)),
        }
    }

    /// Where a tracked link leads.
    pub(super) fn staged_link(&self, path: &[u8]) -> Result<Option<Vec<u8>>> {
        let entry = self.read_index()?.get_path(&to_path(path), 0);
        let link = entry.filter(|entry| entry.mode & 0o170_000 == 0o120_000);
        link.map(|entry| self.read_blob(Id(entry.id))).transpose()
    }

    /// A file that counts as the index has it, whatever is on disk: sparse checkout leaves it out,
    /// or the user marked it as unchanged.
    pub(super) fn kept_in_index(&self, path: &RepoPath) -> Result<Option<File>> {
        let index = match self.read_index() {
            Ok(index) => index,
            Err(error) if self.is_sparse() => return Err(error),
            Err(_) => return Ok(None),
        };
        let entry = index.get_path(&to_path(path.as_bytes()), 0).filter(is_file);
        let kept = entry.filter(|entry| self.disk(&index).is_kept(entry));
        Ok(kept.and_then(staged_file))
    }

    /// The names of the files that are staged right in a folder.
    pub(super) fn staged_names(&self, folder: &str) -> Result<Vec<Vec<u8>>> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let index = self.read_index()?;
        let names = index.iter().filter_map(|entry| {
            let name = entry.path.strip_prefix(start.as_bytes())?;
            (!name.contains(&b'/')).then(|| name.to_vec())
        });
        Ok(names.collect())
    }

    fn is_sparse(&self) -> bool {
        self.is_set("core.sparsecheckout")
    }

    fn is_set(&self, key: &str) -> bool {
        self.git.config().and_then(|config| config.get_bool(key)).unwrap_or(false)
    }

    /// Whether the environment names an index (`GIT_INDEX_FILE`).
    pub(super) fn has_named_index(&self) -> bool {
        self.index.is_some()
    }

    fn read_index(&self) -> Result<git2::Index> {
        let Some(named) = &self.index else { return self.git.index().map_err(index_fault) };
        if !named.is_file() {
            let place = named.display();
            let message = format!("GIT_INDEX_FILE names {place}, which is not a file");
            return Err(Error::new(ErrorKind::Repository, message)
                .with_hint("unset it (env -u GIT_INDEX_FILE ...) for the repository's own index"));
        }
        git2::Index::open_ext(named, self.git.object_format()).map_err(index_fault)
    }

    fn disk(&self, index: &git2::Index) -> Disk {
        let written = index.path().and_then(|path| fs::metadata(path).ok());
        Disk {
            root: self.git.workdir().unwrap_or(Path::new("")).to_path_buf(),
            index: written.as_ref().and_then(modified_time),
            present_counts: self.is_sparse() && !self.is_set("sparse.expectfilesoutsideofpatterns"),
            folders: HashMap::new(),
        }
    }

    /// The tracked files of the index or the working tree whose names are wanted, by path.
    pub(super) fn tracked_files(&self, point: &Point, wanted: NameFilter) -> Result<Vec<File>> {
        let index = self.read_index()?;
        let mut disk = self.disk(&index);
        let mut files: Vec<File> = Vec::new();
        for entry in index.iter() {
            let name = entry.path.rsplit(|byte| *byte == b'/').next().unwrap_or(&entry.path);
            if !is_file(&entry) || !wanted(name) {
                continue;
            }
            // A conflict has up to three entries for one file.
            if files.last().is_some_and(|last| last.path.as_bytes() == entry.path) {
                continue;
            }
            files.extend(match point {
                Point::WorkingTree => disk.file_on_disk(entry)?,
                Point::Commit(_) | Point::Index | Point::Empty => staged_file(entry),
            });
        }
        Ok(files)
    }
}

/// Regular files only: links and submodules are not read.
fn is_file(entry: &IndexEntry) -> bool {
    entry.mode & 0o170_000 == 0o100_000
}

/// The file that an entry stages: of a conflict's sides, ours.
fn staged_file(entry: IndexEntry) -> Option<File> {
    let counts = matches!(entry.flags & STAGE, 0 | OURS);
    let there = counts && entry.flags_extended & INTENT_TO_ADD == 0;
    there.then(|| File { path: RepoPath::new(entry.path), blob: Id(entry.id), disk: None })
}

/// The working tree, with what is known of its folders.
struct Disk {
    root: PathBuf,
    index: Option<(i32, u32)>,
    /// Whether a file counts that is there although sparse checkout leaves it out.
    present_counts: bool,
    folders: HashMap<Vec<u8>, bool>,
}

impl Disk {
    /// The file of an index entry as it is on disk; none where it is gone.
    fn file_on_disk(&mut self, entry: IndexEntry) -> Result<Option<File>> {
        let is_kept = self.is_kept(&entry);
        let kept = File { path: RepoPath::new(entry.path), blob: Id(entry.id), disk: None };
        if is_kept {
            return Ok(Some(kept));
        }
        if !self.is_reachable(kept.path.as_bytes()) {
            return Ok(None);
        }
        let place = self.root.join(to_path(kept.path.as_bytes()));
        let metadata = match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Ok(None),
            Err(error) if matches!(error.kind(), Io::NotFound | Io::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(unreadable_place(&place, error)),
        };
        if self.is_clean(&metadata, entry.mtime, entry.file_size) && entry.flags & STAGE == 0 {
            return Ok(Some(kept));
        }
        let content = fs::read(&place).map_err(|error| unreadable_place(&place, error))?;
        let format = kept.blob.0.object_format();
        let blob = Id::of_object(format, ObjectType::Blob, &content)
            .map_err(|error| fault::library_fault("hash a file", error))?;
        if blob == kept.blob {
            return Ok(Some(kept));
        }
        Ok(Some(File { path: kept.path, blob, disk: Some(Arc::from(content)) }))
    }

    /// Whether an entry counts as it is, whatever is on the disk.
    fn is_kept(&self, entry: &IndexEntry) -> bool {
        let is_left_out = entry.flags_extended & SKIP_WORKTREE != 0;
        let is_present = || fs::symlink_metadata(self.root.join(to_path(&entry.path))).is_ok();
        entry.flags & ASSUME_UNCHANGED != 0 || is_left_out && !(self.present_counts && is_present())
    }

    /// Whether the index vouches for a file: same size, same time, and a time before the
    /// index was written (git calls the rest "racily clean").
    fn is_clean(&self, found: &Metadata, listed: IndexTime, size: u32) -> bool {
        let (Some(now), Some(index)) = (modified_time(found), self.index) else { return false };
        let listed = (listed.seconds(), listed.nanoseconds());
        found.len() == u64::from(size) && size > 0 && now == listed && now < index
    }

    /// Whether all folders of a path are folders of the working tree: a link may lead
    /// anywhere, and git takes what is behind it for gone.
    fn is_reachable(&mut self, path: &[u8]) -> bool {
        let Some(slash) = path.iter().rposition(|byte| *byte == b'/') else { return true };
        let folder = &path[..slash];
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let name = folder.rsplit(|byte| *byte == b'/').next().unwrap_or(folder);
        let real = !matches!(name, b"" | b"." | b"..")
            && self.is_reachable(folder)
            && fs::symlink_metadata(self.root.join(to_path(folder)))
                .is_ok_and(|metadata| metadata.is_dir());
        self.folders.insert(folder.to_vec(), real);
        real
    }
}

fn modified_time(metadata: &Metadata) -> Option<(i32, u32)> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    // The index keeps the low 32 bits.
    let seconds = u32::try_from(since.as_secs() & 0xffff_ffff).ok()?;
    Some((seconds.cast_signed(), since.subsec_nanos()))
}

#[cfg(unix)]
fn to_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsStr::new(&*String::from_utf8_lossy(bytes)))
}

fn unmerged_file(path: &RepoPath) -> Error {
    Error::new(
        ErrorKind::Incomplete,
        format!(
            "{path} has an unresolved merge conflict, so the index has no single version of it"
        ),
    )
    .with_hint("resolve the conflict and `git add` the file, or name other paths after --")
}

fn unreadable_place(place: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Input, format!("cannot read {}: {error}", place.display()))
        .with_hint("the file is tracked, so it is part of the comparison; make it readable")
        .with_source(error)
}

fn index_fault(error: git2::Error) -> Error {
    if error.message().contains("extension") {
        return Error::new(
            ErrorKind::Repository,
            format!("the index cannot be read: {}", error.message()),
        )
        .with_hint("run `git update-index --no-split-index` or `git sparse-checkout reapply --no-sparse-index`")
        .with_source(error);
    }
    fault::library_fault("read the index", error)
}
