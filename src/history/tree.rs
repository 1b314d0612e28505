//! Trees as raw bytes: `mode SP name NUL id`, one entry after the other.

use std::cmp::Ordering;
use std::sync::Arc;

use super::id::is_page_name;
use super::{ContentKey, Id, RepoPath, Repository, fault};
use crate::error::Result;
use crate::model::Sides;

/// What an entry is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A folder.
    Tree,
    /// A regular file.
    File,
    /// A symbolic link, which only a path of an included file leads through.
    Link,
    /// A submodule, which is not read.
    Other,
}

/// One entry of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TreeEntry<'a> {
    pub(super) kind: EntryKind,
    pub(super) name: &'a [u8],
    raw_id: &'a [u8],
    mode: usize,
}

impl TreeEntry<'_> {
    /// The id: made when asked for, since most entries are only passed by.
    pub(super) fn object_id(&self) -> Option<Id> {
        git2::Oid::from_bytes(self.raw_id).ok().map(Id)
    }

    /// How many bytes it takes in the tree.
    pub(super) fn raw_length(&self) -> usize {
        // mode SP name NUL id
        self.mode + 1 + self.name.len() + 1 + self.raw_id.len()
    }
}

/// The entries of a raw tree, which does not say how long its ids are. Stops at the first byte that
/// no tree would have.
pub(super) fn tree_entries(
    mut raw: &[u8],
    id_length: usize,
) -> impl Iterator<Item = TreeEntry<'_>> {
    std::iter::from_fn(move || {
        // A mode has five or six digits.
        let space = if raw.get(5)? == &b' ' { 5 } else { 6 };
        let kind = kind_of(raw.get(..space)?);
        let rest = raw.get(space + 1..).filter(|_| raw[space] == b' ')?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        let raw_id = rest.get(end + 1..=end + id_length)?;
        let entry = TreeEntry { kind, name: &rest[..end], raw_id, mode: space };
        raw = &rest[end + 1 + id_length..];
        Some(entry)
    })
}

fn kind_of(mode: &[u8]) -> EntryKind {
    match mode {
        b"40000" | b"040000" => EntryKind::Tree,
        // 100664 was written by old versions of git.
        _ if mode.starts_with(b"100") => EntryKind::File,
        b"120000" => EntryKind::Link,
        _ => EntryKind::Other,
    }
}

/// The order that git keeps entries in: a folder as if its name ended with a slash.
pub(super) fn entry_order(a: (&[u8], bool), b: (&[u8], bool)) -> Ordering {
    let common = a.0.len().min(b.0.len());
    a.0[..common].cmp(&b.0[..common]).then_with(|| {
        let next = |(name, folder): (&[u8], bool)| {
            name.get(common).copied().or(folder.then_some(b'/')).unwrap_or(0)
        };
        next(a).cmp(&next(b)).then(a.0.len().cmp(&b.0.len()))
    })
}

/// A markdown file that differs between two trees, with its blob on each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) path: RepoPath,
    pub(super) old: Option<Id>,
    pub(super) new: Option<Id>,
}

impl Difference {
    /// What it holds on the new and on the old side.
    pub(super) fn content_keys(&self) -> impl Iterator<Item = ContentKey> + use<> {
        let format = self.path.format();
        [self.new, self.old].into_iter().flatten().map(move |id| (id, format))
    }
}

/// No file system takes longer paths, so only a hostile tree has them.
const LONGEST: usize = 4096;

/// An entry takes no fewer bytes than this in a tree, beside its id.
const SHORTEST: usize = 8;
/// Half a million files with long paths take fewer bytes. Trees that name each other again and again
/// take more than there is memory for.
const MOST: usize = 64 << 20;

/// A folder that differs, yet to be looked into.
pub(super) struct ChangedFolder {
    pub(super) path: Vec<u8>,
    pub(super) old: Option<Id>,
    pub(super) new: Option<Id>,
}

/// What differs between two trees of one folder.
pub(super) enum FileOrFolder {
    File(Difference),
    Folder(ChangedFolder),
}

/// Which names of files matter.
pub(super) type NameFilter = fn(&[u8]) -> bool;

impl Repository {
    /// The markdown files that differ between two trees, by path. Equal folders are not
    /// looked into. No tree stands for an empty one.
    pub(super) fn compare_trees(
        &self,
        old: Option<Id>,
        new: Option<Id>,
    ) -> Result<Vec<Difference>> {
        self.compare_trees_by(old, new, is_page_name)
    }

    /// The same for files of other names.
    pub(super) fn compare_trees_by(
        &self,
        old: Option<Id>,
        new: Option<Id>,
        wanted: NameFilter,
    ) -> Result<Vec<Difference>> {
        let root = ChangedFolder { path: Vec::new(), old, new };
        self.compare_folders(vec![root], Vec::new(), wanted)
    }

    /// Goes on from folders that are yet to be looked into.
    pub(super) fn compare_folders(
        &self,
        mut folders: Vec<ChangedFolder>,
        mut found: Vec<Difference>,
        wanted: NameFilter,
    ) -> Result<Vec<Difference>> {
        let mut read = 0;
        let id_length = self.id_length();
        let shortest = SHORTEST + id_length;
        // A list and no recursion: a hostile tree may be deeper than the stack.
        while let Some(folder) = folders.pop() {
            if folder.path.len() > LONGEST {
                return Err(fault::too_deep());
            }
            if folder.old != folder.new {
                let old = self.raw_tree(folder.old)?;
                let new = self.raw_tree(folder.new)?;
                let entries = (old.len() + new.len()) / shortest;
                read += entries * (shortest + folder.path.len());
                if read > MOST {
                    return Err(fault::too_many());
                }
                let raw = Sides::new(&*old, &*new);
                compare_folder(
                    &folder.path,
                    raw,
                    id_length,
                    wanted,
                    |difference| match difference {
                        FileOrFolder::File(file) => found.push(file),
                        FileOrFolder::Folder(folder) => folders.push(folder),
                    },
                );
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    pub(super) fn raw_tree(&self, id: Option<Id>) -> Result<Arc<[u8]>> {
        id.map_or_else(|| Ok(Arc::from([])), |id| self.read_tree(id))
    }
}

/// The entries that differ between two raw trees of one folder (or the same stretch of them).
pub(super) fn compare_folder(
    path: &[u8],
    raw: Sides<&[u8]>,
    id_length: usize,
    wanted: NameFilter,
    mut tell: impl FnMut(FileOrFolder),
) {
    let matters = |entry: &TreeEntry<'_>| match entry.kind {
        EntryKind::Tree => true,
        EntryKind::File => wanted(entry.name),
        EntryKind::Link | EntryKind::Other => false,
    };
    // Neighbours in history differ in few entries of many: what is the same at either end is
    // compared as bytes.
    let shared = common_start(raw.old, raw.new);
    let mut at = Sides::new(0, 0);
    for entry in tree_entries(raw.old, id_length) {
        if at.old + entry.raw_length() > shared {
            break;
        }
        at.old += entry.raw_length();
    }
    at.new = at.old;
    let mut rest = Sides::new(
        tree_entries(&raw.old[at.old..], id_length).peekable(),
        tree_entries(&raw.new[at.new..], id_length).peekable(),
    );
    loop {
        let order = match (rest.old.peek(), rest.new.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => entry_order(entry_key(old), entry_key(new)),
        };
        let left = if order == Ordering::Greater { None } else { rest.old.next() };
        let right = if order == Ordering::Less { None } else { rest.new.next() };
        at.old += left.map_or(0, |entry| entry.raw_length());
        at.new += right.map_or(0, |entry| entry.raw_length());
        let content = |entry: TreeEntry<'_>| (entry.kind, entry.raw_id.to_vec());
        if left.map(content) != right.map(content) {
            note_difference(
                path,
                Sides::new(left.filter(matters), right.filter(matters)),
                &mut tell,
            );
            if raw.old[at.old..] == raw.new[at.new..] {
                return;
            }
        }
    }
}

/// Reports an entry that differs.
fn note_difference(
    path: &[u8],
    entries: Sides<Option<TreeEntry<'_>>>,
    tell: &mut impl FnMut(FileOrFolder),
) {
    let Some(entry) = entries.old.or(entries.new) else { return };
    let id = entries.map(|entry| entry.and_then(|entry| entry.object_id()));
    let path = RepoPath::join(path, entry.name);
    tell(if entry.kind == EntryKind::Tree {
        FileOrFolder::Folder(ChangedFolder {
            path: path.as_bytes().to_vec(),
            old: id.old,
            new: id.new,
        })
    } else {
        FileOrFolder::File(Difference { path, old: id.old, new: id.new })
    });
}

/// Trees are compared in chunks of this many bytes.
const CHUNK: usize = 128;

/// How many bytes two trees have in common at their start, in whole chunks.
pub(super) fn common_start(left: &[u8], right: &[u8]) -> usize {
    common_length(left.chunks(CHUNK), right.chunks(CHUNK))
}

/// How many bytes two trees have in common at their end, in whole chunks.
pub(super) fn common_end(left: &[u8], right: &[u8]) -> usize {
    common_length(left.rchunks(CHUNK), right.rchunks(CHUNK))
}

fn common_length<'a>(
    left: impl Iterator<Item = &'a [u8]>,
    right: impl Iterator<Item = &'a [u8]>,
) -> usize {
    left.zip(right).take_while(|(left, right)| left == right).map(|(chunk, _)| chunk.len()).sum()
}

fn entry_key<'a>(entry: &TreeEntry<'a>) -> (&'a [u8], bool) {
    (entry.name, entry.kind == EntryKind::Tree)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(entries: &[(&str, &str)], id: &[u8]) -> Vec<u8> {
        entries
            .iter()
            .flat_map(|(mode, name)| [format!("{mode} {name}\0").as_bytes(), id].concat())
            .collect()
    }

    #[test]
    fn reads_entries_and_stops_at_rubbish() {
        let entries = [("100644", "a.md"), ("40000", "b"), ("120000", "c.md"), ("160000", "d")];
        for id in [&[7; 20][..], &[7; 32]] {
            let mut bytes = raw(&entries, id);
            bytes.extend_from_slice(b"100644 cut.md\0abc");
            let read: Vec<_> = tree_entries(&bytes, id.len()).collect();
            let kinds: Vec<_> = read.iter().map(|entry| entry.kind).collect();
            let expected = [EntryKind::File, EntryKind::Tree, EntryKind::Link, EntryKind::Other];
            assert_eq!(kinds, expected);
            assert_eq!(read[0].object_id().unwrap().raw_length(), id.len());
        }
        assert_eq!(tree_entries(b"no tree at all", 20).count(), 0);
    }

    #[test]
    fn orders_folders_as_if_they_ended_with_a_slash() {
        assert_eq!(entry_order((b"a", true), (b"a.md", false)), Ordering::Greater);
        assert_eq!(entry_order((b"a", false), (b"a.md", false)), Ordering::Less);
        assert_eq!(entry_order((b"a", true), (b"a", true)), Ordering::Equal);
    }
}
