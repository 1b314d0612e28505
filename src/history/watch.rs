//! Some files of one tree after the other: a tree is looked into only where its id is new.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::tree::{EntryKind, entries, order};
use super::{Id, RepoPath, Repository};
use crate::error::Result;

/// The watched files, each with a slot that holds its blob in the tree last looked at.
pub(super) struct Watch {
    root: Folder,
    slots: Vec<Option<Id>>,
}

#[derive(Default)]
struct Folder {
    /// The tree last looked at; none is an empty one, which has none of the children.
    tree: Option<Id>,
    children: Vec<Child>,
}

struct Child {
    name: Vec<u8>,
    node: Node,
}

enum Node {
    File(Vec<usize>),
    Folder(Folder),
}

impl Child {
    fn key(&self) -> (&[u8], bool) {
        (&self.name, matches!(self.node, Node::Folder(_)))
    }
}

impl Watch {
    /// Watches paths; the slot of each is its position.
    pub(super) fn new<'a>(paths: impl IntoIterator<Item = &'a RepoPath>) -> Self {
        let mut all: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        let mut count = 0;
        for (slot, path) in paths.into_iter().enumerate() {
            all.entry(path.as_bytes()).or_default().push(slot);
            count = slot + 1;
        }
        Self { root: Folder::new(&all), slots: vec![None; count] }
    }

    /// Looks at a tree; none is an empty one. Whether any file differs from the tree before.
    pub(super) fn look(&mut self, repo: &Repository, tree: Option<Id>) -> Result<bool> {
        self.root.look(repo, tree, &mut self.slots)
    }

    /// A file's blob in the tree last looked at.
    pub(super) fn blob(&self, slot: usize) -> Option<Id> {
        self.slots.get(slot).copied().flatten()
    }
}

impl Folder {
    fn new(paths: &BTreeMap<&[u8], Vec<usize>>) -> Self {
        let mut folders: BTreeMap<&[u8], BTreeMap<&[u8], Vec<usize>>> = BTreeMap::new();
        let mut children = Vec::new();
        for (path, slots) in paths {
            if let Some(slash) = path.iter().position(|byte| *byte == b'/') {
                let inside = folders.entry(&path[..slash]).or_default();
                inside.insert(&path[slash + 1..], slots.clone());
            } else {
                children.push(Child { name: path.to_vec(), node: Node::File(slots.clone()) });
            }
        }
        children.extend(folders.iter().map(|(name, inside)| Child {
            name: name.to_vec(),
            node: Node::Folder(Self::new(inside)),
        }));
        children.sort_by(|a, b| order(a.key(), b.key()));
        Self { tree: None, children }
    }

    fn look(
        &mut self,
        repo: &Repository,
        tree: Option<Id>,
        slots: &mut [Option<Id>],
    ) -> Result<bool> {
        if self.tree == tree {
            return Ok(false);
        }
        let mut changed = false;
        let found = match tree {
            Some(id) => repo.tree(id, |raw| self.find(raw))?,
            None => vec![None; self.children.len()],
        };
        for (child, id) in self.children.iter_mut().zip(found) {
            match &mut child.node {
                Node::File(own) => {
                    for slot in own {
                        changed |= slots[*slot] != id;
                        slots[*slot] = id;
                    }
                }
                Node::Folder(folder) => changed |= folder.look(repo, id, slots)?,
            }
        }
        self.tree = tree;
        Ok(changed)
    }

    /// The ids of the children, in one pass over the tree: both are in git's order.
    fn find(&self, raw: &[u8]) -> Vec<Option<Id>> {
        let mut found = vec![None; self.children.len()];
        let mut at = 0;
        for entry in entries(raw).filter(|entry| entry.kind != EntryKind::Other) {
            let key = (entry.name, entry.kind == EntryKind::Tree);
            while let Some(child) = self.children.get(at) {
                match order(child.key(), key) {
                    Ordering::Less => at += 1,
                    Ordering::Equal => {
                        found[at] = Some(entry.id);
                        at += 1;
                    }
                    Ordering::Greater => break,
                }
            }
            if at == self.children.len() {
                break;
            }
        }
        found
    }
}

impl Repository {
    /// A file's blob in a tree.
    pub(super) fn lookup(&self, tree: Id, path: &RepoPath) -> Result<Option<Id>> {
        let mut watch = Watch::new([path]);
        watch.look(self, Some(tree))?;
        Ok(watch.blob(0))
    }
}
