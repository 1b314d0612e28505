//! Names that are like a name that does not exist.

/// The most alike of `names` in quotes, at most three, best first.
#[must_use]
pub fn similar_names(wanted: &str, names: Vec<String>) -> Vec<String> {
    // A revision like `develop~3` is misspelled in its name, not in its steps.
    let wanted = wanted.split(['~', '^', '@']).next().unwrap_or(wanted).to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    let mut scored: Vec<(usize, String)> = names
        .into_iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let last = lower.rsplit('/').next().unwrap_or(&lower);
            // `feature` for `team/feature` is as good as a match.
            let distance =
                if last == wanted { 1 } else { edit_distance(&wanted, &lower, allowed)? };
            Some((distance, name))
        })
        .collect();
    scored.sort();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, name)| format!("'{name}'")).collect()
}

/// How many letters to change, insert, drop or swap with their neighbour; none above `most`.
pub(super) fn edit_distance(a: &str, b: &str, most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most * 4 || a.len() > 200 {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                let swapped: usize = before.get(j - 2).copied().unwrap_or(i);
                row[j] = row[j].min(swapped + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|found| *found <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: &str, names: &[&str], expected: &[&str]) {
        assert_eq!(
            similar_names(wanted, names.iter().map(ToString::to_string).collect()),
            expected
        );
    }

    #[test]
    fn finds_slips_of_the_finger_and_nothing_else() {
        check("mian", &["main", "next", "mine"], &["'main'"]);
        check("develpo", &["develop", "devel"], &["'develop'", "'devel'"]);
        check("develop~3x", &["Develop"], &["'Develop'"]);
        check("release", &["origin/release"], &["'origin/release'"]);
        check("zzz", &["main"], &[]);
    }
}
