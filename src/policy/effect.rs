//! From when on a change of the policy counts: what is stricter at once, what is looser after the
//! merge.

use super::file::Policy;
use super::level::LevelRule;
use super::pattern::Pathspec;
use crate::model::{Level, Sides};

/// Of what can only make `check` stricter.
const STRICTER: &str = "stricter, so it applies at once";
/// Of what can only make it looser.
const LOOSER: &str = "looser, so it applies after the merge";
/// Of what does the one to some changes and the other to others.
const EITHER: &str = "applies at once where it is stricter, after the merge where it is looser";

/// Of what says how pages are read.
pub(super) const MERGED: &str = "applies after the merge";
/// Of what no change is judged by.
const FINDINGS: &str = "applies at once, to `respdiff lint` only";
/// Of what no verdict depends on.
const CONTROLS: &str = "assigns controls to changes; it does not affect the result";

/// The same where pages are compared with a baseline, to which the policy belongs.
#[must_use]
pub fn once_accepted(effect: &'static str) -> &'static str {
    match effect {
        LOOSER => "looser, so it applies once it is accepted (`respdiff snapshot --accept`)",
        EITHER => {
            "where it is stricter, it applies at once; where it is looser, only after it is accepted"
        }
        MERGED => "applies once it is accepted (`respdiff snapshot --accept`)",
        other => other,
    }
}

/// The effect of another level for the gate: the lower one is the stricter.
pub(super) fn of_gate(policy: &Sides<Policy>) -> &'static str {
    either_way(policy.new.gate_level() < policy.old.gate_level())
}

/// The effect of another answer to a page that cannot be read.
pub(super) fn of_unreadable(policy: &Sides<Policy>) -> &'static str {
    either_way(policy.old.unreadable_passes())
}

/// The effect of an entry of a list that one side has and the other has not; `came` is whether the
/// new one has it.
pub(super) fn of_entry(key: &str, entry: &str, came: bool, policy: &Sides<Policy>) -> &'static str {
    let (here, there) = if came { (&policy.new, &policy.old) } else { (&policy.old, &policy.new) };
    match key {
        "sources" => {
            let others: Vec<&str> = there.sources.iter().map(Pathspec::as_str).collect();
            of_source(entry, came, &others)
        }
        "levels" => {
            let rule = here.levels.iter().find(|rule| rule.to_string() == entry);
            rule.map_or(EITHER, |rule| of_level_rule(rule, came))
        }
        key => of_order(key),
    }
}

/// The effect of the same entries in another order.
pub(super) fn of_order(key: &str) -> &'static str {
    match key {
        "levels" => EITHER,
        "lint" => FINDINGS,
        "controls" => CONTROLS,
        _ => MERGED,
    }
}

fn of_source(entry: &str, came: bool, others: &[&str]) -> &'static str {
    // without an entry that includes, every page is a source
    let adds_pages = !excludes(entry) && others.iter().any(|other| !excludes(other));
    either_way(adds_pages == came)
}

fn of_level_rule(rule: &LevelRule, came: bool) -> &'static str {
    match rule.level() {
        None => either_way(!came),
        Some(Level::Boundary) => either_way(came),
        Some(Level::Scope | Level::Wording) => EITHER,
    }
}

const fn either_way(is_stricter: bool) -> &'static str {
    if is_stricter { STRICTER } else { LOOSER }
}

/// Whether a pathspec excludes what it matches, as in git.
fn excludes(pathspec: &str) -> bool {
    let magic = pathspec.strip_prefix(":(").and_then(|rest| rest.split_once(')'));
    magic.is_some_and(|(words, _)| words.split(',').any(|word| word == "exclude"))
        || pathspec.starts_with(":!")
        || pathspec.starts_with(":^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_widen_or_narrow() {
        let of = of_source;
        assert_eq!(of("docs", true, &["more"]), STRICTER);
        assert_eq!(of("docs", false, &["more"]), LOOSER);
        // the first entry narrows what was everything
        assert_eq!(of("docs", true, &[]), LOOSER);
        assert_eq!(of("docs", true, &[":!drafts"]), LOOSER);
        assert_eq!(of("docs", false, &[]), STRICTER);
        assert_eq!(of(":!drafts", true, &["docs"]), LOOSER);
        assert_eq!(of(":(icase,exclude)drafts", false, &["docs"]), STRICTER);
    }

    #[test]
    fn rules_raise_or_lower() {
        let of = |rule: &str, came: bool| {
            of_level_rule(&serde_yaml::from_str::<LevelRule>(rule).unwrap(), came)
        };
        assert_eq!(of("{kind: moved, level: off}", true), LOOSER);
        assert_eq!(of("{kind: moved, level: off}", false), STRICTER);
        assert_eq!(of("{kind: added, level: boundary}", true), STRICTER);
        assert_eq!(of("{kind: [moved, reworded], level: scope}", true), EITHER);
    }
}
