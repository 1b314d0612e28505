//! What each commit of a line changed, from tree to tree: the fast way through a whole history.

use super::tree::{
    ChangedFolder, Difference, FileOrFolder, NameFilter, compare_folder, tree_entries,
};
use super::{Id, Repository};
use crate::error::Result;
use crate::model::Sides;

/// Trees are compared in chunks of this many bytes.
const CHUNK: usize = 128;

/// A raw tree and where its entries begin.
struct Listing {
    raw: Vec<u8>,
    starts: Vec<usize>,
    id_length: usize,
}

/// A walk from newer root trees to older ones. Only the entries that differ are read: most
/// commits change one of many hundred, and comparing bytes is much faster than reading names.
pub(super) struct Steps {
    tree: Option<Id>,
    listing: Listing,
    wanted: NameFilter,
}

impl Steps {
    /// Begins at the newest tree.
    pub(super) fn new(repo: &Repository, tree: Option<Id>, wanted: NameFilter) -> Result<Self> {
        let listing = Listing::new(raw_tree(repo, tree)?, repo.id_length());
        Ok(Self { tree, listing, wanted })
    }

    /// The files that differ between the tree last looked at and an older one.
    pub(super) fn differences_to(
        &mut self,
        repo: &Repository,
        older: Option<Id>,
    ) -> Result<Vec<Difference>> {
        if self.tree == older {
            return Ok(Vec::new());
        }
        let older_listing = raw_tree(repo, older)?;
        let (listing, span) = Listing::after_newer(&self.listing, older_listing);
        let raw = Sides::new(
            listing.raw.get(span.old.0..span.old.1).unwrap_or_default(),
            self.listing.raw.get(span.new.0..span.new.1).unwrap_or_default(),
        );
        let (mut files, mut folders) = (Vec::new(), Vec::<ChangedFolder>::new());
        compare_folder(b"", raw, repo.id_length(), self.wanted, |difference| match difference {
            FileOrFolder::File(file) => files.push(file),
            FileOrFolder::Folder(folder) => folders.push(folder),
        });
        (self.tree, self.listing) = (older, listing);
        repo.compare_folders(folders, files, self.wanted)
    }
}

/// A root tree: each is passed once, so that keeping it elsewhere would not pay.
fn raw_tree(repo: &Repository, id: Option<Id>) -> Result<Vec<u8>> {
    id.map_or_else(|| Ok(Vec::new()), |id| repo.peek_tree(id, <[u8]>::to_vec))
}

/// The bytes of a tree that hold what differs.
type ByteRange = (usize, usize);

impl Listing {
    fn new(raw: Vec<u8>, id_length: usize) -> Self {
        let mut starts = Vec::new();
        scan_entries(&raw, id_length, (0, raw.len()), &mut starts);
        Self { raw, starts, id_length }
    }

    /// The listing of a tree that is much like a known one, and the stretch of each in which
    /// they differ: whole entries, the same before and after.
    fn after_newer(newer: &Self, raw: Vec<u8>) -> (Self, Sides<ByteRange>) {
        let least = newer.raw.len().min(raw.len());
        let head = common_length(newer.raw.chunks(CHUNK), raw.chunks(CHUNK)).min(least);
        // the entry in which the first difference lies begins in both at the same place
        let known = newer.starts.partition_point(|start| *start <= head).saturating_sub(1);
        let start = newer.starts.get(known).copied().unwrap_or(0).min(head);
        let tail = common_length(newer.raw.rchunks(CHUNK), raw.rchunks(CHUNK)).min(least - start);
        let tail_start = newer.raw.len() - tail;
        let first = newer.starts.partition_point(|start| *start < tail_start);
        let end = newer.starts.get(first).copied().unwrap_or(newer.raw.len());
        let behind = newer.raw.len() - end;
        let older_end = raw.len() - behind;
        let mut starts: Vec<usize> = newer.starts.get(..known).unwrap_or_default().to_vec();
        let id_length = newer.id_length;
        if scan_entries(&raw, id_length, (start, older_end), &mut starts) != older_end {
            // the same bytes at the end, but cut into entries in another way
            let span = Sides::new((0, raw.len()), (0, newer.raw.len()));
            return (Self::new(raw, id_length), span);
        }
        let shifted = newer.starts.get(first..).unwrap_or_default().iter();
        starts.extend(shifted.map(|start| start - end + older_end));
        (Self { raw, starts, id_length }, Sides::new((start, older_end), (start, end)))
    }
}

/// Notes where the entries between two places begin; where the last of them ends.
fn scan_entries(
    raw: &[u8],
    id_length: usize,
    (from, to): ByteRange,
    starts: &mut Vec<usize>,
) -> usize {
    let mut at = from;
    for entry in tree_entries(raw.get(from..).unwrap_or_default(), id_length) {
        if at >= to {
            break;
        }
        starts.push(at);
        at += entry.raw_length();
    }
    at
}

/// How many bytes of two sequences of chunks are the same, in whole chunks.
fn common_length<'a>(
    left: impl Iterator<Item = &'a [u8]>,
    right: impl Iterator<Item = &'a [u8]>,
) -> usize {
    left.zip(right).take_while(|(left, right)| left == right).map(|(chunk, _)| chunk.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(names: &[(u32, u8)]) -> Vec<u8> {
        let entry = |(name, id): &(u32, u8)| {
            [format!("100644 page-{name:03}.md\0").as_bytes(), &[*id; 20]].concat()
        };
        names.iter().flat_map(entry).collect()
    }

    fn differences_between(old: &[u8], new: &[u8]) -> Vec<String> {
        let mut reported = Vec::new();
        compare_folder(
            b"",
            Sides::new(old, new),
            20,
            |_| true,
            |difference| match difference {
                FileOrFolder::File(file) => reported.push(format!("{file:?}")),
                FileOrFolder::Folder(_) => {}
            },
        );
        reported
    }

    /// Whatever an entry more, less or different does: the quick way finds what a full scan finds.
    #[test]
    fn the_stretch_that_differs_holds_every_difference() {
        let mut names: Vec<(u32, u8)> = (1..60).map(|name| (name, 1)).collect();
        let mut listing = Listing::new(tree(&names), 20);
        let (mut seed, mut read) = (1_u32, 0);
        for round in 0..3_000 {
            let steps = 1 + round % 3;
            for _ in 0..steps {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let (name, action) = ((seed >> 8) % 61, (seed >> 20) % 3);
                match (names.binary_search_by_key(&name, |entry| entry.0), action) {
                    (Ok(at), 0) => drop(names.remove(at)),
                    (Ok(at), _) => names[at].1 = names[at].1.wrapping_add(1),
                    (Err(at), _) => names.insert(at, (name, 1)),
                }
            }
            let raw = tree(&names);
            let (after, span) = Listing::after_newer(&listing, raw.clone());
            let (old, new) = (&raw[span.old.0..span.old.1], &listing.raw[span.new.0..span.new.1]);
            assert_eq!(differences_between(old, new), differences_between(&raw, &listing.raw));
            assert_eq!(after.starts, Listing::new(raw.clone(), 20).starts);
            read += old.len();
            listing = after;
        }
        assert!(read < 3_000 * 20 * 37, "read {read} bytes");
    }

    #[test]
    fn empty_trees_are_trees() {
        let (empty, _) = Listing::after_newer(&Listing::new(tree(&[(1, 1)]), 20), Vec::new());
        assert!(empty.starts.is_empty());
        let (one, span) = Listing::after_newer(&empty, tree(&[(1, 1)]));
        assert_eq!((one.starts, span.old), (vec![0], (0, 39)));
    }
}
