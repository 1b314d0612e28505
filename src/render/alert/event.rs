//! An event, read from the JSON that the outbox keeps.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{capitalized, counted, short_id};

/// One event.
#[derive(Deserialize)]
pub(in crate::render) struct AlertEvent {
    pub(in crate::render) timestamp: String,
    pub(in crate::render) data: Data,
}

/// What it says.
#[derive(Deserialize)]
pub(in crate::render) struct Data {
    pub(in crate::render) id: String,
    pub(in crate::render) repository: String,
    pub(in crate::render) branch: String,
    pub(in crate::render) document: Option<EventDocument>,
    /// The id of the page's title; older events have none.
    pub(in crate::render) topic: Option<String>,
    pub(in crate::render) rewritten: Option<RewrittenEvent>,
    #[serde(default)]
    pub(in crate::render) links: EventLinks,
    #[serde(default)]
    pub(in crate::render) part: usize,
    #[serde(default)]
    pub(in crate::render) parts: usize,
}

/// Where it can be seen.
#[derive(Default, Deserialize)]
pub(in crate::render) struct EventLinks {
    pub(in crate::render) page: Option<String>,
    pub(in crate::render) commits: Option<String>,
}

impl EventLinks {
    /// The address of a commit.
    pub(in crate::render) fn commit_link(&self, id: &str) -> Option<String> {
        Some(format!("{}{id}", self.commits.as_ref()?))
    }
}

/// The page whose changes it reports.
#[derive(Deserialize)]
pub(in crate::render) struct EventDocument {
    pub(in crate::render) path: String,
    pub(in crate::render) title: String,
    pub(in crate::render) subcollection: Option<String>,
    pub(in crate::render) to: Option<EventVersion>,
    pub(in crate::render) changes: Vec<EventChange>,
    #[serde(default)]
    pub(in crate::render) notices: Vec<Noticed>,
}

/// That a page can no longer be read, or can be again.
#[derive(Deserialize)]
pub(in crate::render) struct Noticed {
    pub(in crate::render) code: String,
    pub(in crate::render) line: Option<usize>,
    pub(in crate::render) message: String,
}

/// A version of a page.
#[derive(Deserialize)]
pub(in crate::render) struct EventVersion {
    pub(in crate::render) last_updated: Option<String>,
}

/// A change.
#[derive(Deserialize)]
pub(in crate::render) struct EventChange {
    pub(in crate::render) kind: String,
    pub(in crate::render) level: String,
    pub(in crate::render) from: Option<String>,
    pub(in crate::render) to: Option<String>,
    pub(in crate::render) old: Option<EventPlace>,
    pub(in crate::render) new: Option<EventPlace>,
    pub(in crate::render) introduced: Option<EventCommit>,
    /// What the provider is called where it is not IBM.
    provider: Option<String>,
}

/// Where a duty stands.
#[derive(Deserialize)]
pub(in crate::render) struct EventPlace {
    pub(in crate::render) area: String,
    pub(in crate::render) task: String,
    pub(in crate::render) text: String,
}

/// What brought a change.
#[derive(Deserialize)]
pub(in crate::render) struct EventCommit {
    pub(in crate::render) commit: String,
}

/// A history that was rewritten.
#[derive(Deserialize)]
pub(in crate::render) struct RewrittenEvent {
    pub(in crate::render) was: String,
    pub(in crate::render) now: String,
}

impl Data {
    /// What it is about, in one line.
    pub(in crate::render) fn heading(&self) -> String {
        let Some(document) = &self.document else {
            return "History was rewritten".into();
        };
        let title = if document.title.is_empty() { &document.path } else { &document.title };
        let all = document.changes.len();
        match document.moves_by_target().split_first() {
            None if all == 0 && document.notices.iter().any(|notice| notice.code == "returned") => {
                format!("Can be read again: {title}")
            }
            None if all == 0 => format!("Can no longer be read: {title}"),
            None => format!("{}: {title}", counted(all, "change")),
            Some(((count, target), others)) => {
                let first = if target == NOW_SHARED { "" } else { "moved " };
                let moved = count + others.iter().map(|(count, _)| count).sum::<usize>();
                let others = others.iter().map(|(count, target)| format!(", {count} {target}"));
                let rest = match all - moved {
                    0 => String::new(),
                    rest => format!(", and {}", counted(rest, "other change")),
                };
                let others = others.collect::<String>();
                format!("{} {first}{target}{others}{rest}: {title}", counted(*count, "duty"))
            }
        }
    }

    /// Where it happened: repository, branch, page, edition and part.
    pub(in crate::render) fn place(&self) -> String {
        let mut parts = vec![self.repository.clone(), self.branch.clone()];
        if let Some(document) = &self.document {
            parts.push(document.path.clone());
            let day = document.to.as_ref().and_then(|version| version.last_updated.clone());
            parts.extend(day.map(|day| format!("edition {day}")));
        }
        if let Some(RewrittenEvent { was, now }) = &self.rewritten {
            parts.push(format!("was at {}, is at {}", short_id(was), short_id(now)));
        }
        if self.parts > 1 {
            parts.push(format!("part {} of {}", self.part, self.parts));
        }
        parts.join(" · ")
    }
}

impl EventDocument {
    /// How many duties moved to whom, as in `to you`; what matters most to the customer first.
    fn moves_by_target(&self) -> Vec<(usize, String)> {
        let moves = self.changes.iter().filter(|change| change.kind == "moved");
        let rank = |to: &str| ["customer", "ibm", "shared"].iter().position(|one| *one == to);
        let mut counts: BTreeMap<(usize, &str), (usize, String)> = BTreeMap::new();
        for (change, to) in moves.filter_map(|change| Some((change, change.to.as_deref()?))) {
            let target = || match to {
                "customer" => "to you".to_owned(),
                "shared" => NOW_SHARED.to_owned(),
                other => format!("to {}", change.party_name(other)),
            };
            let key = (rank(to).unwrap_or(usize::MAX), to);
            counts.entry(key).or_insert_with(|| (0, target())).0 += 1;
        }
        counts.into_values().collect()
    }
}

const NOW_SHARED: &str = "now shared";

impl EventChange {
    /// What happened, in names: `Moved to you: IBM → customer`, `Added: customer`.
    pub(in crate::render) fn title(&self) -> String {
        let what = match (self.kind.as_str(), self.to.as_deref()) {
            ("moved", Some("customer")) => "Moved to you".to_owned(),
            ("moved", Some("shared")) => "Now shared".to_owned(),
            ("moved", Some(to)) => format!("Moved to {}", self.party_name(to)),
            (kind, _) => capitalized(kind),
        };
        let holders = match (self.from.as_deref(), self.to.as_deref()) {
            (Some(from), Some(to)) if from != to => {
                format!("{} → {}", self.party_name(from), self.party_name(to))
            }
            (Some(one), _) | (None, Some(one)) => self.party_name(one).to_owned(),
            (None, None) => return what,
        };
        format!("{what}: {holders}")
    }

    /// The name of a party that JSON calls by its id.
    pub(in crate::render) fn party_name<'n>(&'n self, id: &'n str) -> &'n str {
        match id {
            "ibm" => self.provider.as_deref().unwrap_or("IBM"),
            other => other.strip_prefix("other:").unwrap_or(other),
        }
    }

    /// Where it stands: area and task, as far as they are there.
    pub(in crate::render) fn place(&self) -> String {
        let shown = self.new.as_ref().or(self.old.as_ref());
        let parts = shown.into_iter().flat_map(|place| [&place.area, &place.task]);
        let mut parts: Vec<&str> =
            parts.map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.dedup();
        parts.join(" › ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(changes: &[(&str, &str)], expected: &str) {
        let changes: Vec<_> = changes
            .iter()
            .map(|(kind, to)| json!({"id": "1", "kind": kind, "level": "scope", "from": null, "to": to, "old": null, "new": null, "introduced": null}))
            .collect();
        let document =
            json!({"path": "duties.md", "title": "Skyvault", "changes": changes, "notices": []});
        let data = json!({"id": "e", "repository": "docs", "branch": "main", "document": document});
        let data: Data = serde_json::from_value(data).unwrap();
        assert_eq!(data.heading(), expected);
    }

    #[test]
    fn the_moves_that_matter_most_lead() {
        let added = ("added", "customer");
        check(&[added], "1 change: Skyvault");
        check(&[("moved", "ibm")], "1 duty moved to IBM: Skyvault");
        let shared = [("moved", "shared"), ("moved", "ibm")];
        check(&shared, "1 duty moved to IBM, 1 now shared: Skyvault");
        let both = [("moved", "ibm"), added, ("moved", "customer")];
        check(&both, "1 duty moved to you, 1 to IBM, and 1 other change: Skyvault");
        check(&[("moved", "shared"), added], "1 duty now shared, and 1 other change: Skyvault");
        let two = [("moved", "other:Acme"), ("moved", "other:Acme")];
        check(&two, "2 duties moved to Acme: Skyvault");
    }
}
