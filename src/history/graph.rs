//! git's commit-graph: parents and trees of commits without reading the commits, where a
//! repository has one (`git commit-graph write`, `git gc`) and may use it.

use std::fs;
use std::path::Path;

use gix_commitgraph::{File, Position};
use gix_hash::Kind;

use super::{Id, Repository, fault};
use crate::error::Result;

/// What a walk along first parents needs to know of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GraphCommit {
    pub(super) commit: Id,
    pub(super) tree: Id,
    pub(super) parent: Option<Id>,
    /// Whether a shallow clone cuts off its parents.
    pub(super) cut: bool,
}

/// A walk along first parents, as quick as the repository allows.
pub(super) struct FirstParents<'r> {
    repo: &'r Repository,
    graph: Option<gix_commitgraph::Graph>,
    /// So many commits can still come out of the graph; a damaged one might go round in circles.
    left: u32,
}

impl<'r> FirstParents<'r> {
    pub(super) fn new(repo: &'r Repository) -> Self {
        let graph = repo.commit_graph();
        let left = graph.as_ref().map_or(0, gix_commitgraph::Graph::num_commits);
        Self { repo, graph, left }
    }

    /// A commit, out of the graph if it is there: newer ones may not be.
    pub(super) fn commit_at(&mut self, id: Id) -> Result<GraphCommit> {
        if let Some(link) = self.graph.as_ref().and_then(|graph| look_up(graph, id)) {
            self.left = self
                .left
                .checked_sub(1)
                .ok_or_else(|| fault::damaged_object("the commit-graph, at a commit", id))?;
            return Ok(link);
        }
        let commit = self.repo.read_commit(id)?;
        let parent = commit.parents.first().copied();
        Ok(GraphCommit { commit: id, tree: commit.tree, parent, cut: commit.cut })
    }
}

impl Repository {
    /// The graph, whole and undamaged; none where commits have to be read. As in git, it says
    /// nothing of a shallow clone, and `core.commitGraph` turns it off.
    fn commit_graph(&self) -> Option<gix_commitgraph::Graph> {
        let wanted = self.git.config().and_then(|config| config.get_bool("core.commitgraph"));
        if self.is_shallow() || !wanted.unwrap_or(true) {
            return None;
        }
        let info = self.loose.folders().first()?.join("info");
        let hash = self.hash_kind();
        let files = checked_file(&info.join("commit-graph"), hash).map(|file| vec![file]);
        let files = files.or_else(|| chained_files(&info.join("commit-graphs"), hash))?;
        gix_commitgraph::Graph::new(files).ok()
    }
}

/// The files of a graph that `git fetch` and `git gc` write piece by piece.
fn chained_files(folder: &Path, hash: Kind) -> Option<Vec<File>> {
    let list = fs::read_to_string(folder.join("commit-graph-chain")).ok()?;
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let names = list.lines().filter(|name| is_name(name));
    names.map(|name| checked_file(&folder.join(format!("graph-{name}.graph")), hash)).collect()
}

/// A file of a graph, if its checksum is right: a wrong parent would be a wrong answer.
fn checked_file(path: &Path, hash: Kind) -> Option<File> {
    let file = File::at(path).ok().filter(|file| file.object_hash() == hash)?;
    file.verify_checksum().ok().map(|_| file)
}

fn look_up(graph: &gix_commitgraph::Graph, id: Id) -> Option<GraphCommit> {
    let asked = gix_hash::ObjectId::try_from(id.0.as_bytes()).ok()?;
    let found = graph.commit_by_id(asked)?;
    let parent = match found.parent1().ok()? {
        Some(at) => Some(id_at(graph, at)?),
        None => None,
    };
    let tree = convert_id(found.root_tree_id())?;
    Some(GraphCommit { commit: id, tree, parent, cut: false })
}

fn id_at(graph: &gix_commitgraph::Graph, at: Position) -> Option<Id> {
    if at.0 < graph.num_commits() { convert_id(graph.id_at(at)) } else { None }
}

fn convert_id(id: &gix_hash::oid) -> Option<Id> {
    git2::Oid::from_bytes(id.as_bytes()).ok().map(Id)
}
