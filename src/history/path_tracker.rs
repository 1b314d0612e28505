//! Some files of one tree after the other: a tree is looked into only where its id is new.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::tree::{EntryKind, common_end, common_start, entry_order, tree_entries};
use super::{Id, RepoPath, Repository};
use crate::error::Result;

/// The watched files, each with a slot that holds its blob in the tree last looked at.
pub(super) struct PathTracker {
    root: TrackedFolder,
    slots: Vec<Option<Id>>,
    /// Whether the trees are looked at again soon, so that keeping them pays.
    again: bool,
}

#[derive(Default)]
struct TrackedFolder {
    /// The tree last looked at; none is an empty one, which has none of the children.
    tree: Option<Id>,
    /// Its bytes.
    raw: Vec<u8>,
    children: Vec<Child>,
}

struct Child {
    name: Vec<u8>,
    /// The bytes of the tree that say where it is, or that it is not.
    span: (usize, usize),
    node: Node,
}

enum Node {
    File(Vec<usize>),
    Folder(TrackedFolder),
}

impl Child {
    fn entry_key(&self) -> (&[u8], bool) {
        (&self.name, matches!(self.node, Node::Folder(_)))
    }
}

impl PathTracker {
    /// Watches paths; the slot of each is its position.
    pub(super) fn new<'a>(paths: impl IntoIterator<Item = &'a RepoPath>) -> Self {
        let mut all: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        let mut count = 0;
        for (slot, path) in paths.into_iter().enumerate() {
            all.entry(path.as_bytes()).or_default().push(slot);
            count = slot + 1;
        }
        Self { root: TrackedFolder::new(&all), slots: vec![None; count], again: true }
    }

    /// For a walk that passes each tree once.
    pub(super) fn for_one_pass(self) -> Self {
        Self { again: false, ..self }
    }

    /// Looks at a tree; none is an empty one. Whether any file differs from the tree before.
    pub(super) fn look_at_tree(&mut self, repo: &Repository, tree: Option<Id>) -> Result<bool> {
        self.root.look_at_tree((repo, self.again), tree, &mut self.slots)
    }

    /// A file's blob in the tree last looked at.
    pub(super) fn tracked_blob(&self, slot: usize) -> Option<Id> {
        self.slots.get(slot).copied().flatten()
    }
}

impl TrackedFolder {
    fn new(paths: &BTreeMap<&[u8], Vec<usize>>) -> Self {
        let mut folders: BTreeMap<&[u8], BTreeMap<&[u8], Vec<usize>>> = BTreeMap::new();
        let mut children = Vec::new();
        for (path, slots) in paths {
            if let Some(slash) = path.iter().position(|byte| *byte == b'/') {
                let inside = folders.entry(&path[..slash]).or_default();
                inside.insert(&path[slash + 1..], slots.clone());
            } else {
                children.push(Child {
                    name: path.to_vec(),
                    span: (0, 0),
                    node: Node::File(slots.clone()),
                });
            }
        }
        children.extend(folders.iter().map(|(name, inside)| Child {
            name: name.to_vec(),
            span: (0, 0),
            node: Node::Folder(Self::new(inside)),
        }));
        children.sort_by(|a, b| entry_order(a.entry_key(), b.entry_key()));
        Self { tree: None, raw: Vec::new(), children }
    }

    fn look_at_tree(
        &mut self,
        (repo, again): (&Repository, bool),
        tree: Option<Id>,
        slots: &mut [Option<Id>],
    ) -> Result<bool> {
        if self.tree == tree {
            return Ok(false);
        }
        let mut changed = false;
        let found = if let Some(id) = tree {
            if again {
                self.find(&repo.read_tree(id)?, id.raw_length())
            } else {
                repo.peek_tree(id, |raw| self.find(raw, id.raw_length()))?
            }
        } else {
            self.raw.clear();
            Some(vec![None; self.children.len()])
        };
        self.tree = tree;
        let Some(found) = found else { return Ok(false) };
        for (child, id) in self.children.iter_mut().zip(found) {
            match &mut child.node {
                Node::File(own) => {
                    for slot in own {
                        changed |= slots[*slot] != id;
                        slots[*slot] = id;
                    }
                }
                Node::Folder(folder) => changed |= folder.look_at_tree((repo, again), id, slots)?,
            }
        }
        Ok(changed)
    }

    /// The ids of the children in a tree; none where all are as they were.
    fn find(&mut self, raw: &[u8], id_length: usize) -> Option<Vec<Option<Id>>> {
        if self.is_elsewhere(raw) {
            return None;
        }
        let found = self.scan_tree(raw, id_length);
        self.raw.clear();
        self.raw.extend_from_slice(raw);
        Some(found)
    }

    /// Whether a tree differs from the one before only where no child is: neighbours in
    /// history differ in few entries, and comparing bytes is much faster than reading them.
    fn is_elsewhere(&mut self, raw: &[u8]) -> bool {
        let start = common_start(&self.raw, raw);
        let end = common_end(&self.raw, raw).min(self.raw.len().min(raw.len()) - start);
        let tail = self.raw.len() - end;
        // A tail that is the whole old tree does not prove that nothing was put before it.
        let behind = |child: &Child| tail > 0 && child.span.0 >= tail;
        let kept = |child: &Child| child.span.1 <= start || behind(child);
        if self.raw.is_empty() || !self.children.iter().all(kept) {
            return false;
        }
        for child in self.children.iter_mut().filter(|child| behind(child)) {
            for offset in [&mut child.span.0, &mut child.span.1] {
                *offset = *offset - tail + (raw.len() - end);
            }
        }
        let between = &raw[start..raw.len() - end];
        match self.raw.get_mut(start..tail) {
            // as a rule an entry got another id, and nothing has to move
            Some(known) if known.len() == between.len() => known.copy_from_slice(between),
            _ => drop(self.raw.splice(start..tail, between.iter().copied())),
        }
        true
    }

    /// Reads a tree once from end to end: its entries and the children are in the same order.
    fn scan_tree(&mut self, raw: &[u8], id_length: usize) -> Vec<Option<Id>> {
        let mut found = vec![None; self.children.len()];
        let (mut at, mut before, mut offset) = (0, 0, 0);
        for entry in tree_entries(raw, id_length) {
            let (start, end) = (offset, offset + entry.raw_length());
            let key = (entry.name, entry.kind == EntryKind::Tree);
            while let Some(child) = self.children.get_mut(at) {
                let order = entry_order(child.entry_key(), key);
                if order == Ordering::Greater {
                    break;
                }
                // Where it is; where it is not, both neighbours prove it.
                child.span = (if order == Ordering::Equal { start } else { before }, end);
                if order == Ordering::Equal
                    && !matches!(entry.kind, EntryKind::Link | EntryKind::Other)
                {
                    found[at] = entry.object_id();
                }
                at += 1;
            }
            if at == self.children.len() {
                return found;
            }
            (before, offset) = (start, end);
        }
        for child in self.children.iter_mut().skip(at) {
            // One past the end: a tree that grew there is read again.
            child.span = (before, raw.len() + 1);
        }
        found
    }
}

impl Repository {
    /// A file's blob in a tree.
    pub(super) fn blob_in_tree(&self, tree: Id, path: &RepoPath) -> Result<Option<Id>> {
        Ok(self.blobs_in(tree, [path])?.pop().flatten())
    }

    /// The blobs of files in a tree.
    pub(super) fn blobs_in<'a>(
        &self,
        tree: Id,
        paths: impl IntoIterator<Item = &'a RepoPath>,
    ) -> Result<Vec<Option<Id>>> {
        let mut watch = PathTracker::new(paths);
        watch.look_at_tree(self, Some(tree))?;
        Ok(watch.slots)
    }
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

    /// Whatever an entry more, less or different does: the quick way finds what a full scan finds.
    #[test]
    fn comparing_bytes_finds_what_reading_finds() {
        let watched: Vec<RepoPath> = [0, 7, 30, 31, 59, 60]
            .map(|name| RepoPath::from(format!("page-{name:03}.md").as_str()))
            .to_vec();
        let fresh = || PathTracker::new(&watched).root;
        let mut folder = fresh();
        let mut names: Vec<(u32, u8)> = (1..60).map(|name| (name, 1)).collect();
        let mut found = folder.find(&tree(&names), 20).unwrap();
        let (mut seed, mut quick) = (1_u32, 0);
        for _ in 0..3_000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (name, action) = ((seed >> 8) % 61, (seed >> 20) % 3);
            let place = names.binary_search_by_key(&name, |entry| entry.0);
            match (place, action) {
                (Ok(at), 0) => drop(names.remove(at)),
                (Ok(at), _) => names[at].1 = names[at].1.wrapping_add(1),
                (Err(at), _) => names.insert(at, (name, 1)),
            }
            let raw = tree(&names);
            let known = folder.find(&raw, 20);
            quick += usize::from(known.is_none());
            found = known.unwrap_or(found);
            assert_eq!(found, fresh().find(&raw, 20).unwrap());
        }
        assert!(quick > 1_000, "the quick way was taken {quick} times");
    }
}
