//! The best set of pairs: optimal within each group of candidates that compete.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::step_count::add_steps;

/// A possible pair with its score; a score of zero or less is never chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairCandidate {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) worth: f64,
}

/// Above this many cells a group is assigned best first: it holds hundreds of texts that all
/// resemble each other, where an optimum costs minutes and means nothing.
const MOST_CELLS: usize = 60_000;

/// Picks the pairs with the greatest total score, each index at most once, ordered by old index.
pub(super) fn assign_pairs(mut candidates: Vec<PairCandidate>) -> Vec<(usize, usize)> {
    add_steps(candidates.len());
    candidates.retain(|c| c.worth > 0.0);
    candidates.sort_by_key(|c| (c.old, c.new));
    let mut pairs = Vec::new();
    for group in linked_groups(&candidates) {
        pairs.extend(assign_group(&group));
    }
    pairs.sort_unstable();
    pairs
}

/// Candidates that are linked, directly or through others, by a common index.
fn linked_groups(candidates: &[PairCandidate]) -> Vec<Vec<PairCandidate>> {
    let olds = candidates.iter().map(|c| c.old + 1).max().unwrap_or(0);
    let news = candidates.iter().map(|c| c.new + 1).max().unwrap_or(0);
    let mut parent: Vec<usize> = (0..olds + news).collect();
    for c in candidates {
        let (a, b) = (group_root(&mut parent, c.old), group_root(&mut parent, olds + c.new));
        parent[a.max(b)] = a.min(b);
    }
    let mut by_root: std::collections::BTreeMap<usize, Vec<PairCandidate>> =
        std::collections::BTreeMap::new();
    for c in candidates {
        by_root.entry(group_root(&mut parent, c.old)).or_default().push(*c);
    }
    by_root.into_values().collect()
}

fn group_root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn assign_group(group: &[PairCandidate]) -> Vec<(usize, usize)> {
    if let [only] = group {
        return vec![(only.old, only.new)];
    }
    let olds = distinct_indices(group.iter().map(|c| c.old));
    let news = distinct_indices(group.iter().map(|c| c.new));
    if olds.len() * (news.len() + olds.len()) > MOST_CELLS {
        return best_first(group);
    }
    optimal_pairs(group, &olds, &news)
}

/// Every old index gets a column of its own that stands for "no partner" and scores zero.
fn optimal_pairs(group: &[PairCandidate], olds: &[usize], news: &[usize]) -> Vec<(usize, usize)> {
    // far below any sum of worths, far above an overflow of their total
    let forbidden = -10_000_000_000_000_000_i64;
    let mut weights = Matrix::new(olds.len(), news.len() + olds.len(), forbidden);
    for c in group {
        if let (Ok(row), Ok(column)) = (olds.binary_search(&c.old), news.binary_search(&c.new)) {
            weights[(row, column)] = as_integer(c.worth);
        }
    }
    for row in 0..olds.len() {
        weights[(row, news.len() + row)] = 0;
    }
    add_steps(olds.len().saturating_mul(weights.rows * weights.columns));
    let (_, columns) = kuhn_munkres(&weights);
    olds.iter()
        .zip(columns)
        .filter_map(|(old, column)| news.get(column).map(|new| (*old, *new)))
        .collect()
}

/// Fine enough for tie-breaks to stay different.
#[expect(clippy::cast_possible_truncation, reason = "worths are small numbers")]
fn as_integer(worth: f64) -> i64 {
    (worth * 1e12).round() as i64
}

fn best_first(group: &[PairCandidate]) -> Vec<(usize, usize)> {
    let mut order: Vec<&PairCandidate> = group.iter().collect();
    order.sort_by(|a, b| b.worth.total_cmp(&a.worth).then((a.old, a.new).cmp(&(b.old, b.new))));
    let mut taken = (std::collections::HashSet::new(), std::collections::HashSet::new());
    order
        .into_iter()
        .filter(|c| {
            let free = !taken.0.contains(&c.old) && !taken.1.contains(&c.new);
            free && taken.0.insert(c.old) && taken.1.insert(c.new)
        })
        .map(|c| (c.old, c.new))
        .collect()
}

fn distinct_indices(indices: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = indices.collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(old: usize, new: usize, worth: f64) -> PairCandidate {
        PairCandidate { old, new, worth }
    }

    #[test]
    fn the_best_total_wins_over_the_best_single_pair() {
        let pairs = assign_pairs(vec![c(0, 0, 0.9), c(0, 1, 0.8), c(1, 0, 0.8)]);
        assert_eq!(pairs, [(0, 1), (1, 0)]);
    }

    #[test]
    fn an_index_may_stay_alone() {
        let pairs = assign_pairs(vec![c(0, 0, 0.3), c(1, 0, 0.7), c(2, 0, -0.1)]);
        assert_eq!(pairs, [(1, 0)]);
    }

    #[test]
    fn a_crowd_is_assigned_best_first() {
        let leftovers =
            (0..300).flat_map(|i| (0..300).map(move |j| c(i, j, if i == j { 0.9 } else { 0.5 })));
        let pairs = assign_pairs(leftovers.collect());
        assert!(pairs.iter().all(|(old, new)| old == new) && pairs.len() == 300);
    }
}
