//! Which removed file went where: identical content first, then the most similar.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::page_check::PageCheck;
use super::{File, Id, Repository};
use crate::error::Result;

/// More pairs than this are not all compared; then only files of the same name are.
const MANY: usize = 1_000_000;
/// And then each with at most this many of its name.
const NAMESAKES: usize = 100;

/// Pairs of positions in `removed` and `added`. Copies are not followed: the old file has to
/// be gone. Similarity counts only for pages, of which at least half has to be the same; a page
/// that no other page is like may have become a file that cannot be read as one any more.
pub(super) fn pair_renamed_files(
    repo: &Repository,
    removed: &[File],
    added: &[File],
    pages: &mut PageCheck<'_>,
) -> Result<Vec<(usize, usize)>> {
    let mut pairs = identical_pairs(removed, added);
    let left = |files: &[File], taken: &HashSet<usize>| -> Vec<usize> {
        (0..files.len()).filter(|at| !taken.contains(at)).collect()
    };
    let old = left(removed, &pairs.iter().map(|pair| pair.0).collect());
    let new = left(added, &pairs.iter().map(|pair| pair.1).collect());
    if old.is_empty() || new.is_empty() {
        return Ok(pairs);
    }
    let mut old = read_contents(repo, removed, &old, |file| pages.is_page(repo, file))?;
    for is_page in [true, false] {
        if old.is_empty() {
            break;
        }
        let new =
            read_contents(repo, added, &new, |file| Ok(pages.is_page(repo, file)? == is_page))?;
        let found = most_similar((removed, &old), (added, &new));
        old.retain(|(at, _)| !found.iter().any(|(from, _)| from == at));
        pairs.extend(found);
    }
    Ok(pairs)
}

/// Pairs of files of which at least half is the same, the most similar first.
fn most_similar(
    (removed, old): (&[File], &[ReadFile]),
    (added, new): (&[File], &[ReadFile]),
) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (left, right) in comparable_pairs(removed, added, old, new) {
        let ((from, left), (to, right)) = (left, right);
        if let Some(score) = left.common_share(right) {
            scored.push((Reverse(score), &added[*to].path, &removed[*from].path, *from, *to));
        }
    }
    scored.sort();
    let mut pairs = Vec::new();
    let mut taken = (vec![false; removed.len()], vec![false; added.len()]);
    for (_, _, _, from, to) in scored {
        if !taken.0[from] && !taken.1[to] {
            (taken.0[from], taken.1[to]) = (true, true);
            pairs.push((from, to));
        }
    }
    pairs
}

type ReadFile = (usize, LineHashes);

/// All pairs; where those are too many, only those of one name, as far as few files share it.
fn comparable_pairs<'a>(
    removed: &[File],
    added: &[File],
    old: &'a [ReadFile],
    new: &'a [ReadFile],
) -> Vec<(&'a ReadFile, &'a ReadFile)> {
    if old.len().saturating_mul(new.len()) <= MANY {
        return new.iter().flat_map(|to| old.iter().map(move |from| (from, to))).collect();
    }
    let mut by_name: HashMap<&[u8], Vec<&'a ReadFile>> = HashMap::new();
    for from in old {
        by_name.entry(removed[from.0].path.name()).or_default().push(from);
    }
    let mut pairs = Vec::new();
    for to in new {
        let named = by_name.get(added[to.0].path.name()).map(Vec::as_slice).unwrap_or_default();
        pairs.extend(named.iter().take(NAMESAKES).map(|from| (*from, to)));
    }
    pairs
}

/// Files with the same content, the same name first, then in the order of their paths.
fn identical_pairs(removed: &[File], added: &[File]) -> Vec<(usize, usize)> {
    let mut by_blob: BTreeMap<Id, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, file) in removed.iter().enumerate() {
        by_blob.entry(file.blob).or_default().0.push(at);
    }
    for (at, file) in added.iter().enumerate() {
        if let Some((_, new)) = by_blob.get_mut(&file.blob) {
            new.push(at);
        }
    }
    let mut pairs = Vec::new();
    for (old, mut new) in by_blob.into_values().filter(|(_, new)| !new.is_empty()) {
        let mut by_name: HashMap<&[u8], VecDeque<usize>> = HashMap::new();
        for from in &old {
            by_name.entry(removed[*from].path.name()).or_default().push_back(*from);
        }
        let mut gone = HashSet::new();
        new.retain(|to| {
            let same = by_name.get_mut(added[*to].path.name()).and_then(VecDeque::pop_front);
            gone.extend(same);
            same.map(|from| pairs.push((from, *to))).is_none()
        });
        pairs.extend(old.into_iter().filter(|from| !gone.contains(from)).zip(new));
    }
    pairs
}

fn read_contents(
    repo: &Repository,
    files: &[File],
    positions: &[usize],
    mut is_wanted: impl FnMut(&File) -> Result<bool>,
) -> Result<Vec<ReadFile>> {
    let mut found = Vec::new();
    for at in positions {
        if is_wanted(&files[*at])? {
            found.push((*at, LineHashes::new(&repo.read_file(&files[*at])?)));
        }
    }
    Ok(found)
}

/// The lines of a file, each as a hash with the bytes that all its occurrences have.
struct LineHashes {
    counted: Vec<(u64, u64)>,
    bytes: u64,
}

impl LineHashes {
    fn new(content: &[u8]) -> Self {
        let mut lines: Vec<(u64, u64)> = content
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
            .map(|line| {
                let mut hasher = DefaultHasher::new();
                line.hash(&mut hasher);
                (hasher.finish(), line.len() as u64)
            })
            .collect();
        lines.sort_unstable();
        let bytes = lines.iter().map(|line| line.1).sum();
        lines.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        Self { counted: lines, bytes }
    }

    /// The share of common bytes in the larger file, in ten thousandths; none below half.
    fn common_share(&self, other: &Self) -> Option<u64> {
        let larger = self.bytes.max(other.bytes);
        if self.bytes.min(other.bytes) * 2 < larger || larger == 0 {
            return None;
        }
        let mut common = 0;
        let mut theirs = other.counted.iter().peekable();
        for (hash, bytes) in &self.counted {
            while theirs.next_if(|line| line.0 < *hash).is_some() {}
            if let Some((_, other)) = theirs.next_if(|line| line.0 == *hash) {
                common += bytes.min(other);
            }
        }
        (common * 2 >= larger).then(|| common.saturating_mul(10_000) / larger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::RepoPath;

    #[track_caller]
    fn check(old: &str, new: &str, expected: Option<u64>) {
        let (old, new) = (LineHashes::new(old.as_bytes()), LineHashes::new(new.as_bytes()));
        assert_eq!(old.common_share(&new), expected);
        assert_eq!(new.common_share(&old), expected);
    }

    #[test]
    fn counts_common_lines_whatever_their_order_and_ends() {
        check("aa\nbb\n", "bb\r\naa\r\n", Some(10_000));
        check("aa\nbb\n", "aa\ncc\n", Some(5_000));
        check("aa\naa\naa\n", "aa\nbb\ncc\n", None);
        check("", "", None);
    }

    fn file(path: &str, digit: char) -> File {
        let blob = Id::from_hex(&digit.to_string().repeat(40)).unwrap();
        File { path: RepoPath::from(path), blob, disk: None }
    }

    #[test]
    fn pairs_identical_files_by_name_first() {
        let removed = [file("a/one.md", '1'), file("a/two.md", '1'), file("a/odd.md", '2')];
        let added = [file("b/two.md", '1'), file("b/new.md", '1'), file("b/odd.md", '3')];
        assert_eq!(identical_pairs(&removed, &added), [(1, 0), (0, 1)]);
    }
}
