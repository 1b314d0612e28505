//! What is sent to those who want to know at once, and what waits for them.

use chrono::{DateTime, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::links::percent_encoded;
use super::{DocumentReport, LinkBase, PageLinks, Status, Summary};
use crate::model::{Anchors, Change};

/// One message to one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// The same on every try.
    pub id: String,
    /// When it was found.
    pub time: DateTime<Utc>,
    /// What the repository is called.
    pub repository: String,
    /// The branch.
    pub branch: String,
    /// What happened.
    pub content: AlertContent,
    /// Where it can be seen.
    pub links: AlertLinks,
}

/// Links to the page and its commits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlertLinks {
    /// The page.
    pub page: Option<String>,
    /// Append a commit id to get the address of the commit.
    pub commits: Option<String>,
}

impl AlertLinks {
    /// Those of a page: where `base` says that it is published, else where its repository is,
    /// whose commits are at `commits`.
    #[must_use]
    pub fn for_page(commits: Option<&str>, base: Option<&LinkBase>, told: &EditionTold) -> Self {
        /// A longer address is of no use in a message.
        const LONGEST: usize = 1_000;
        let page = &told.document;
        let version = page.version.new.as_ref().and_then(|version| version.commit.as_deref());
        let published = || {
            let anchors = Anchors {
                subcollection: page.subcollection.clone(),
                topic: told.topic.clone(),
                sections: Vec::new(),
            };
            let pages = [(page.path.clone(), anchors)].into();
            PageLinks::new(base?.clone(), pages).link_to(&page.path, &[])
        };
        let source = || {
            let repository = commits?.strip_suffix("commit/")?;
            Some(format!("{repository}blob/{}/{}", version?, percent_encoded(&page.path)))
        };
        let is_there = version.is_some() && page.status != Status::Removed;
        let address = if base.is_some() { published() } else { source() };
        Self {
            page: address.filter(|address| is_there && address.len() <= LONGEST),
            commits: commits.map(str::to_owned),
        }
    }
}

/// What a message is about.
#[derive(Clone, Debug, PartialEq)]
pub enum AlertContent {
    /// Changes that an edition of a page brought.
    Edition(Box<EditionTold>),
    /// A history that was rewritten after it was reported.
    Rewritten(Rewritten),
}

/// Changes that an edition of a page brought, or a part of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EditionTold {
    /// The page as in `respdiff.diff/1`, with the changes that this event reports.
    pub document: DocumentReport,
    /// The id of the page's title, which the address of the published page contains.
    pub topic: Option<String>,
    /// Its changes in numbers.
    summary: Summary,
    /// Whether changes of this edition were reported before.
    pub grown: bool,
    /// Which part of a long edition, from 1.
    pub part: usize,
    /// The number of parts.
    pub parts: usize,
    /// Whether a text was cut because it was too long.
    pub cut: bool,
}

impl EditionTold {
    /// A whole edition.
    #[must_use]
    pub fn new(document: DocumentReport, topic: Option<String>, grown: bool) -> Self {
        let summary = Summary::of_changes(&document.changes);
        Self { document, topic, summary, grown, part: 1, parts: 1, cut: false }
    }

    /// Reports these changes instead of those that it has, which are given back.
    pub fn replace_changes(&mut self, changes: Vec<Change>) -> Vec<Change> {
        self.summary = Summary::of_changes(&changes);
        std::mem::replace(&mut self.document.changes, changes)
    }
}

/// A history that was rewritten after it was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rewritten {
    /// The commit up to which changes were reported.
    pub was: String,
    /// The newest commit of the branch now.
    pub now: String,
    /// The newest commit that both histories have.
    pub base: Option<String>,
}

/// A target and its events. Times are in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "QueueWire")]
pub struct TargetQueue {
    /// Its name.
    pub name: String,
    /// Whether the configuration still names the target.
    pub configured: bool,
    /// Events waiting for delivery.
    pub pending: u32,
    /// Events that respdiff gave up on.
    pub dead: u32,
    /// Events delivered in the last 90 days.
    pub delivered: u32,
    /// When the oldest undelivered event was found.
    #[serde(serialize_with = "event_time")]
    #[schemars(with = "Option<String>")]
    pub oldest: Option<DateTime<Utc>>,
    /// When the next attempt is due.
    #[serde(serialize_with = "event_time")]
    #[schemars(with = "Option<String>")]
    pub next_attempt: Option<DateTime<Utc>>,
    /// When an event was last delivered.
    #[serde(serialize_with = "event_time")]
    #[schemars(with = "Option<String>")]
    pub last_delivery: Option<DateTime<Utc>>,
    /// The last error.
    pub last_error: Option<String>,
    /// Why the target gets no more events: it answered that it is gone (410).
    pub disabled: Option<String>,
}

/// A time in UTC, in RFC 3339.
#[must_use]
pub(crate) fn event_time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
fn event_time<S: Serializer>(time: &Option<DateTime<Utc>>, to: S) -> Result<S::Ok, S::Error> {
    time.map(event_time_text).serialize(to)
}

impl TargetQueue {
    /// A target for which nothing was found yet.
    #[must_use]
    pub fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            configured: true,
            pending: 0,
            dead: 0,
            delivered: 0,
            oldest: None,
            next_attempt: None,
            last_delivery: None,
            last_error: None,
            disabled: None,
        }
    }

    /// Whether somebody has to look after it.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.dead > 0 || self.disabled.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Sides, Stamp};
    use crate::report::DocumentVersion;

    #[test]
    fn a_page_is_linked_to_where_it_is_published_or_kept() {
        let version = DocumentVersion { commit: Some("ab".repeat(20)), stamp: Stamp::default() };
        let page = DocumentReport {
            path: "docs/my duties.md".into(),
            old_path: None,
            status: Status::Modified,
            title: String::new(),
            subcollection: Some("sky".into()),
            version: Sides::new(None, Some(version)),
            changes: Vec::new(),
            notices: Vec::new(),
            unread: Vec::new(),
            file_stays: false,
            reads_rest: false,
            ignored: 0,
        };
        let told = |document: &DocumentReport, topic: Option<&str>| {
            EditionTold::new(document.clone(), topic.map(str::to_owned), false)
        };
        let commits = Some("https://github.com/sky/docs/commit/");
        let base = LinkBase::parse("https://docs.example/sky", "`url`").unwrap();
        let link = |commits, base, page: &DocumentReport| {
            AlertLinks::for_page(commits, base, &told(page, None)).page
        };
        assert_eq!(
            link(commits, None, &page).unwrap(),
            format!("https://github.com/sky/docs/blob/{}/docs/my%20duties.md", "ab".repeat(20))
        );
        let published = link(commits, Some(&base), &page).unwrap();
        assert_eq!(published, "https://docs.example/sky?topic=sky-my%20duties");
        let named = AlertLinks::for_page(commits, Some(&base), &told(&page, Some("duties"))).page;
        assert_eq!(named.unwrap(), "https://docs.example/sky?topic=sky-duties");
        assert_eq!(link(None, None, &page), None);
        let gone = DocumentReport { status: Status::Removed, ..page };
        assert_eq!(link(commits, Some(&base), &gone), None);
    }
}
