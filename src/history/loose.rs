//! Objects that have a file of their own. git's library never comes back from one that was cut
//! off, and takes one for another; so these few are read here, each held against its id.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind as Io;
use std::path::{Path, PathBuf};

use git2::ObjectType;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{Id, fault};
use crate::error::Result;

/// No page has more bytes, and no file of git's own lists.
const MOST: usize = 1 << 30;
/// Repositories that borrow from each other, no deeper than git goes.
const DEPTH: usize = 5;

/// The objects that have files of their own.
pub(super) struct LooseObjects {
    folders: Vec<PathBuf>,
    /// Which there are, found when first asked.
    known: OnceCell<HashSet<Id>>,
}

impl LooseObjects {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, known: OnceCell::new() }
    }

    /// Where objects are, packed ones too.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Kind and content; none where the object has no file of its own.
    pub(super) fn read_object(
        &self,
        id: Id,
        what: &dyn Fn() -> String,
    ) -> Result<Option<(ObjectType, Vec<u8>)>> {
        if !self.known_ids().contains(&id) {
            return Ok(None);
        }
        let name = id.to_string();
        let (start, rest) = name.split_at(2);
        for folder in &self.folders {
            match fs::read(folder.join(start).join(rest)) {
                Ok(bytes) => {
                    let object = unpack_object(&bytes, id);
                    return object.ok_or_else(|| fault::damaged_object(&what(), id)).map(Some);
                }
                Err(error) if error.kind() == Io::NotFound => {}
                Err(error) => return Err(fault::unreadable_object(&what(), id, error)),
            }
        }
        // it was packed meanwhile
        Ok(None)
    }

    /// Reads all of them, before git's library walks over any.
    pub(super) fn check_all(&self) -> Result<()> {
        let mut all: Vec<Id> = self.known_ids().iter().copied().collect();
        all.sort_unstable();
        all.into_iter().try_for_each(|id| self.read_object(id, &|| "an object".into()).map(drop))
    }

    fn known_ids(&self) -> &HashSet<Id> {
        self.known
            .get_or_init(|| self.folders.iter().flat_map(|folder| object_ids(folder)).collect())
    }
}

fn unpack_object(bytes: &[u8], id: Id) -> Option<(ObjectType, Vec<u8>)> {
    let mut raw = decompress_to_vec_zlib_with_limit(bytes, MOST).ok()?;
    let end = raw.iter().take(32).position(|byte| *byte == 0)?;
    let (kind, size) = std::str::from_utf8(raw.get(..end)?).ok()?.split_once(' ')?;
    let (kind, size) = (ObjectType::from_str(kind)?, size.parse::<usize>().ok()?);
    raw.drain(..=end);
    let same = Id::of_object(id.0.object_format(), kind, &raw).is_ok_and(|found| found == id);
    (raw.len() == size && same).then_some((kind, raw))
}

fn object_ids(folder: &Path) -> Vec<Id> {
    let mut found = Vec::new();
    for start in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = start.file_name();
        let Some(first) = name.to_str().filter(|name| name.len() == 2) else { continue };
        for entry in fs::read_dir(start.path()).into_iter().flatten().flatten() {
            let rest = entry.file_name();
            found.extend(rest.to_str().and_then(|rest| Id::from_hex(&format!("{first}{rest}"))));
        }
    }
    found
}

/// The folder that holds a repository's objects, and those that it borrows from.
pub(super) fn object_folders(first: PathBuf) -> Vec<PathBuf> {
    let mut folders = vec![first];
    let mut level = 0..1;
    for _ in 0..DEPTH {
        for at in level.clone() {
            let folder = folders[at].clone();
            let named = fs::read_to_string(folder.join("info/alternates")).unwrap_or_default();
            for line in named.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let place = folder.join(line);
                if !folders.contains(&place) {
                    folders.push(place);
                }
            }
        }
        level = level.end..folders.len();
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use git2::ObjectFormat;
    use miniz_oxide::deflate::compress_to_vec_zlib;

    #[test]
    fn only_what_has_its_id_is_read() {
        for format in [ObjectFormat::Sha1, ObjectFormat::Sha256] {
            check_reading(Id::of_object(format, ObjectType::Blob, b"duties").unwrap());
        }
    }

    fn check_reading(id: Id) {
        let read = |raw: &[u8]| unpack_object(&compress_to_vec_zlib(raw, 6), id);
        assert_eq!(read(b"blob 6\0duties"), Some((ObjectType::Blob, b"duties".to_vec())));
        for raw in [&b"blob 6\0dutiez"[..], b"blob 5\0duties", b"tree 6\0duties", b"blob 6", b""] {
            assert_eq!(read(raw), None);
        }
        let whole = compress_to_vec_zlib(b"blob 6\0duties", 6);
        assert!((0..whole.len()).all(|end| unpack_object(&whole[..end], id).is_none()));
    }
}
