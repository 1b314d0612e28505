//! The files by which objects are found in packs. git's library trusts them, to the point of
//! reading memory that is not its own; so each is held against its own checksum first.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use gix_hash::{Kind, hasher};

use crate::error::{Error, ErrorKind, Result};

/// Refuses a repository whose lists of packed objects are damaged.
pub(super) fn check_packs(folders: &[PathBuf], hash: Kind) -> Result<()> {
    let files = folders.iter().flat_map(|folder| {
        let mut files = files_ending_with(&folder.join("pack"), "idx");
        files.push(folder.join("pack/multi-pack-index"));
        files
    });
    check_checksums(files, hash)
}

/// Refuses one whose lists of commits are: by these git's library walks.
pub(super) fn check_commits(folders: &[PathBuf], hash: Kind) -> Result<()> {
    let files = folders.iter().flat_map(|folder| {
        let mut files = files_ending_with(&folder.join("info/commit-graphs"), "graph");
        files.push(folder.join("info/commit-graph"));
        files
    });
    check_checksums(files, hash)
}

fn check_checksums(files: impl Iterator<Item = PathBuf>, hash: Kind) -> Result<()> {
    for file in files {
        match is_whole(&file, hash) {
            Ok(true) => {}
            // not every repository has each, and another process may replace them meanwhile
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(false) => return Err(damaged_file(&file)),
            Err(error) => {
                return Err(Error::new(
                    ErrorKind::Repository,
                    format!("cannot read {}: {error}", file.display()),
                )
                .with_hint("make the repository's files readable")
                .with_source(error));
            }
        }
    }
    Ok(())
}

/// The files of a folder whose names end so.
fn files_ending_with(folder: &Path, end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|found| found == end)).collect();
    files.sort();
    files
}

/// A file as it was when it was found whole: another content has another length or time.
type WholeFile = (PathBuf, Kind, u64, SystemTime);

/// The files that were found whole. A run opens a repository more than once, and these lists of large
/// ones have many megabytes.
static WHOLE: LazyLock<Mutex<HashSet<WholeFile>>> = LazyLock::new(Mutex::default);

/// Whether a file ends with the checksum of all that stands before. A file that does is not read
/// again in this run, unless it changes.
fn is_whole(path: &Path, hash: Kind) -> io::Result<bool> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    // a system without times of files is told nothing by them
    let Ok(time) = metadata.modified() else { return ends_with_checksum(file, &metadata, hash) };
    let known = (path.to_path_buf(), hash, metadata.len(), time);
    if WHOLE.lock().unwrap_or_else(PoisonError::into_inner).contains(&known) {
        return Ok(true);
    }
    let is_whole = ends_with_checksum(file, &metadata, hash)?;
    if is_whole {
        WHOLE.lock().unwrap_or_else(PoisonError::into_inner).insert(known);
    }
    Ok(is_whole)
}

fn ends_with_checksum(mut file: File, metadata: &Metadata, hash: Kind) -> io::Result<bool> {
    let length = hash.len_in_bytes() as u64;
    let Some(content) = metadata.len().checked_sub(length) else { return Ok(false) };
    let mut sum = hasher(hash);
    let mut buffer = vec![0; 1 << 16];
    let mut rest = (&mut file).take(content);
    loop {
        match rest.read(&mut buffer)? {
            0 => break,
            length => sum.update(buffer.get(..length).unwrap_or_default()),
        }
    }
    let mut reported = Vec::new();
    file.seek(SeekFrom::Start(content))?;
    file.read_to_end(&mut reported)?;
    Ok(sum.try_finalize().is_ok_and(|sum| sum.as_bytes() == reported))
}

fn damaged_file(file: &Path) -> Error {
    let name = file.display();
    let hint = if file.extension().is_some_and(|end| end == "idx") {
        format!("remove it and run `git index-pack {}`", file.with_extension("pack").display())
    } else {
        "remove it; git creates it again, and nothing is lost".to_owned()
    };
    Error::new(ErrorKind::Repository, format!("{name} is damaged: its checksum does not match"))
        .with_hint(format!("{hint} (`git fsck` finds other damage)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_other_byte_is_noticed() {
        [Kind::Sha1, Kind::Sha256].into_iter().for_each(check_hash);
    }

    fn check_hash(hash: Kind) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.idx");
        let content = b"a list of objects".repeat(9_000);
        let mut whole = content.clone();
        let mut sum = hasher(hash);
        sum.update(&content);
        whole.extend_from_slice(sum.try_finalize().unwrap().as_bytes());
        for at in [0, 70_000, whole.len() - 1] {
            let mut bad = whole.clone();
            bad[at] ^= 1;
            fs::write(&file, bad).unwrap();
            assert!(!is_whole(&file, hash).unwrap());
        }
        fs::write(&file, &whole).unwrap();
        assert!(is_whole(&file, hash).unwrap());
        assert!(is_whole(&file, hash).unwrap());
        // the same length, at another time
        whole[0] ^= 1;
        fs::write(&file, &whole).unwrap();
        let later = SystemTime::now() + std::time::Duration::from_secs(9);
        File::options().append(true).open(&file).unwrap().set_modified(later).unwrap();
        assert!(!is_whole(&file, hash).unwrap());
        fs::write(&file, b"short").unwrap();
        assert!(!is_whole(&file, hash).unwrap());
    }
}
