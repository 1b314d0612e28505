//! What several of the formats share.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{IncludedLine, Notice, Party, Side, Stamp, Years};
use crate::report::DocumentVersion;

/// First and last year of a copyright line.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Copyright")]
pub(super) struct YearsWire {
    first: i32,
    last: i32,
    /// `true` if the last year is open (`2023, present`).
    #[serde(skip_serializing_if = "is_false")]
    open: bool,
}

impl YearsWire {
    pub(super) fn from_years(years: Years) -> Self {
        Self { first: years.first, last: years.last, open: years.open }
    }
}

/// The date and the copyright years of a page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Stamp")]
pub(super) struct StampWire<'a> {
    /// `lastupdated` as YYYY-MM-DD; null if it is missing or unreadable.
    last_updated: Option<String>,
    /// The letter that orders several versions of one day.
    suffix: Option<&'a str>,
    copyright: Option<YearsWire>,
}

impl<'a> StampWire<'a> {
    pub(super) fn from_stamp(stamp: &'a Stamp) -> Self {
        Self {
            last_updated: stamp.last_updated.map(|date| date.to_string()),
            suffix: stamp.suffix.as_deref(),
            copyright: stamp.copyright.map(YearsWire::from_years),
        }
    }

    /// That of a version that may not be there.
    pub(super) fn of_version(version: Option<&'a DocumentVersion>) -> Self {
        let nothing = Self { last_updated: None, suffix: None, copyright: None };
        version.map_or(nothing, |version| Self::from_stamp(&version.stamp))
    }
}

/// How many duties a party has, as a row, for tools that cannot handle data in keys.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PartyCount")]
pub(super) struct PartyCountWire {
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: String,
    count: usize,
}

impl PartyCountWire {
    pub(super) fn of_party(party: &Party, count: usize) -> Self {
        Self { party: party.to_string(), count }
    }
}

/// Something to know beside the changes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
pub(super) struct NoticeWire<'a> {
    code: &'static str,
    /// The version that it is about: `old`, `new`, or null for both or neither.
    side: Option<&'static str>,
    /// The line in the file, from 1.
    line: Option<usize>,
    message: &'a str,
}

impl<'a> NoticeWire<'a> {
    pub(super) fn from_notice(notice: &'a Notice) -> Self {
        let side = notice.side.map(|side| match side {
            Side::Old => "old",
            Side::New => "new",
        });
        Self { code: notice.code.name(), side, line: notice.line, message: &notice.message }
    }

    pub(super) fn from_notices(notices: &'a [Notice]) -> Vec<Self> {
        notices.iter().map(Self::from_notice).collect()
    }
}

/// Whether a flag is left out of the JSON.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(super) const fn is_false(value: &bool) -> bool {
    !*value
}

/// A line of an included file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Included")]
pub(super) struct IncludedWire<'a> {
    path: &'a str,
    line: usize,
}

impl<'a> IncludedWire<'a> {
    pub(super) fn from_line(line: Option<&'a IncludedLine>) -> Option<Self> {
        line.map(|included| Self { path: &included.path, line: included.line })
    }
}
