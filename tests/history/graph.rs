//! The commit-graph: the same answer as without, and never a wrong one.

use std::fs;
use std::path::{Path, PathBuf};

use respdiff::error::Error;
use respdiff::history::Repository;
use respdiff::normalize::Names;
use respdiff::timeline;

use super::scratch::{Scratch, page};

/// A page's commits with others between them.
fn history() -> Scratch {
    let scratch = Scratch::new();
    for n in 1..=4 {
        scratch.write("a.md", &page(&["backups", "restores", "audits"][..n.min(3)])).commit("page");
        scratch.write("b.txt", &n.to_string()).commit("elsewhere");
    }
    scratch
}

/// The commits of the page's editions.
fn log(repo: &Path, paths: &[&str]) -> Result<Vec<String>, Error> {
    let repo = Repository::open(repo)?;
    let (span, filter) = (repo.parse_span(None)?, repo.path_filter(paths)?);
    let mut commits = Vec::new();
    timeline::log_pages(&repo, &span, &filter, &|_| Names::builtin(), &|_| (), &mut |page| {
        let editions = page.editions.iter().flat_map(|edition| &edition.commits);
        commits.extend(editions.map(|commit| commit.commit.clone()));
        Ok(())
    })?;
    Ok(commits)
}

fn info(scratch: &Scratch) -> PathBuf {
    scratch.root().join(".git/objects/info")
}

#[track_caller]
fn both_ways(scratch: &Scratch) -> Vec<String> {
    let all = log(scratch.root(), &[]).unwrap();
    assert_eq!(log(scratch.root(), &["a.md"]).unwrap(), all);
    all
}

#[test]
fn tells_the_same_with_a_graph_a_chain_and_newer_commits() {
    let scratch = history();
    let plain = both_ways(&scratch);
    assert_eq!(plain.len(), 3);
    scratch.git(["commit-graph", "write", "--reachable"]);
    assert_eq!(both_ways(&scratch), plain);
    scratch.write("a.md", &page(&["tests"])).commit("newer than the graph");
    let grown = both_ways(&scratch);
    assert_eq!(grown[1..], plain);
    scratch.git(["commit-graph", "write", "--reachable", "--split"]);
    scratch.git(["commit", "-q", "--allow-empty", "-m", "nothing"]);
    scratch.git(["commit-graph", "write", "--reachable", "--split=no-merge"]);
    assert!(info(&scratch).join("commit-graphs/commit-graph-chain").exists());
    assert_eq!(both_ways(&scratch), grown);
}

/// A commit that only the graph still knows proves that the graph is read, and when it is not.
#[test]
fn a_damaged_or_unwanted_graph_is_not_believed() {
    let scratch = history();
    let plain = both_ways(&scratch);
    scratch.git(["commit-graph", "write", "--reachable"]);
    // the second "elsewhere" from the top: no page changes there
    let id = scratch.id("HEAD~2");
    let object = scratch.root().join(".git/objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(object).unwrap();
    assert_eq!(both_ways(&scratch), plain);

    scratch.git(["config", "core.commitGraph", "false"]);
    assert!(log(scratch.root(), &[]).unwrap_err().to_string().contains("commit"));
    scratch.git(["config", "core.commitGraph", "true"]);

    let path = info(&scratch).join("commit-graph");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    assert!(log(scratch.root(), &["a.md"]).is_err());
}
