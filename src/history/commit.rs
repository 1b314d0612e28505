//! Commits as they stand in the object database.

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};

use super::Id;

/// A commit of the mainline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: Id,
    /// The committer's time, in the committer's zone.
    pub time: DateTime<FixedOffset>,
    /// Its tree.
    pub(super) tree: Id,
    /// Its parents, first one first; none where a shallow clone cuts them off.
    pub(super) parents: Vec<Id>,
    /// Whether a shallow clone cuts off its parents.
    pub(super) cut: bool,
}

impl Commit {
    /// Whether it joins several lines of history.
    #[must_use]
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }

    /// Reads the raw object; none where it is no commit that git would write.
    pub(super) fn parse(id: Id, raw: &[u8]) -> Option<Self> {
        let mut tree = None;
        let mut parents = Vec::new();
        let mut time = None;
        for line in raw.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty()) {
            if let Some(hex) = line.strip_prefix(b"tree ") {
                tree = tree.or(parse_id(hex));
            } else if let Some(hex) = line.strip_prefix(b"parent ") {
                parents.push(parse_id(hex)?);
            } else if let Some(who) = line.strip_prefix(b"committer ") {
                time = parse_time(who);
                // Signatures and merge tags follow, which are long and hold nothing for us.
                break;
            }
        }
        Some(Self { id, time: time?, tree: tree?, parents, cut: false })
    }
}

fn parse_id(hex: &[u8]) -> Option<Id> {
    Id::from_hex(std::str::from_utf8(hex).ok()?)
}

/// The time at the end of `Name <mail> 1700000000 +0100`. Zones that no clock has (old
/// importers wrote them) are read as UTC.
fn parse_time(who: &[u8]) -> Option<DateTime<FixedOffset>> {
    let after = who.iter().rposition(|byte| *byte == b'>')? + 1;
    let mut words = std::str::from_utf8(&who[after..]).ok()?.split_ascii_whitespace();
    let seconds = words.next()?.parse::<i64>().ok()?;
    let zone = words.next().and_then(parse_zone).unwrap_or_else(|| Utc.fix());
    zone.timestamp_opt(seconds, 0).single()
}

fn parse_zone(text: &str) -> Option<FixedOffset> {
    let number = text.parse::<i32>().ok()?;
    FixedOffset::east_opt((number / 100 * 60 + number % 100) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789012345678901234567890123456789";

    fn parse(committer: &str) -> Option<Commit> {
        let raw = format!("tree {ID}\nparent {ID}\nauthor A <a> 1 +0000\n{committer}\n\nparent x");
        Commit::parse(Id(git2::Oid::ZERO_SHA1), raw.as_bytes())
    }

    #[test]
    fn keeps_the_committers_zone() {
        let commit = parse("committer A <B> C <a@b> 1700000000 -0330").unwrap();
        assert_eq!(commit.time.to_rfc3339(), "2023-11-14T18:43:20-03:30");
        assert_eq!(commit.parents.len(), 1);
    }

    #[test]
    fn survives_odd_zones_and_refuses_odd_commits() {
        assert_eq!(
            parse("committer A <a> 0 +9999").unwrap().time.to_rfc3339(),
            "1970-01-01T00:00:00+00:00"
        );
        assert!(parse("committer A <a> soon").is_none());
        assert!(Commit::parse(Id(git2::Oid::ZERO_SHA1), b"tree zz\n").is_none());
    }
}
