//! The model's types as JSON publishes them.
//!
//! The model derives no serialization, so that neither binds the other: the structs here list what
//! is written of each of its types, in the contract's order. The types of this room hold the model's
//! and serialize themselves.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::model::{
    Burden, Change, Code, Emphasis, IncludedLine, Introduced, Kind, Layout, Level, Notice, Party,
    Place, Severity, Side, Sides, Stamp, Years,
};

/// Writes a type as another one, whose schema it has.
macro_rules! published {
    ($($model:ty as $shape:ty $(where $param:ident)?: ($it:ident, $to:ident) => $write:expr;)*) => {$(
        impl $(<$param: serde::Serialize>)? serde::Serialize for $model {
            fn serialize<S: serde::Serializer>(&self, $to: S) -> Result<S::Ok, S::Error> {
                let $it = self;
                $write
            }
        }

        impl $(<$param: schemars::JsonSchema>)? schemars::JsonSchema for $model {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$shape>::schema_name()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                <$shape>::schema_id()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$shape>::json_schema(generator)
            }

            fn inline_schema() -> bool {
                <$shape>::inline_schema()
            }
        }
    )*};
}

pub(super) use published;

published! {
    Burden as String: (burden, to) => to.serialize_str(burden.name());
    Code as String: (code, to) => to.serialize_str(code.name());
    Emphasis as String: (emphasis, to) => to.serialize_str(emphasis.name());
    Kind as String: (kind, to) => to.serialize_str(kind.name());
    Layout as String: (layout, to) => to.serialize_str(layout.name());
    Level as String: (level, to) => to.serialize_str(level.name());
    Party as String: (party, to) => to.collect_str(party);
    Severity as String: (severity, to) => to.serialize_str(severity.name());
    Side as String: (side, to) => to.serialize_str(match side {
        Side::Old => "old",
        Side::New => "new",
    });
    Sides<T> as FromTo<T> where T: (sides, to) => FromTo::serialize(sides, to);
    Change as ChangeWire: (change, to) => ChangeWire::serialize(change, to);
    IncludedLine as IncludedWire: (line, to) => IncludedWire::serialize(line, to);
    Introduced as IntroducedWire: (introduced, to) => IntroducedWire::serialize(introduced, to);
    Notice as NoticeWire: (notice, to) => NoticeWire::serialize(notice, to);
    Place as PlaceWire: (place, to) => PlaceWire::serialize(place, to);
    Stamp as StampWire: (stamp, to) => StampWire::serialize(stamp, to);
    Years as YearsWire: (years, to) => YearsWire::serialize(years, to);
}

/// The values of the old version (`from`) and of the new version (`to`).
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Sides")]
struct FromTo<T> {
    #[serde(rename = "from")]
    old: T,
    #[serde(rename = "to")]
    new: T,
}

/// The values of the old and of the new version.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Sides")]
pub(super) struct OldNew<T> {
    old: T,
    new: T,
}

/// Whether there is nothing to count.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
pub(super) const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A time in RFC 3339.
pub(super) fn rfc3339<S: Serializer>(
    time: &DateTime<FixedOffset>,
    to: S,
) -> Result<S::Ok, S::Error> {
    to.serialize_str(&time.to_rfc3339())
}

/// A time in RFC 3339; null if there is none.
#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
pub(super) fn maybe_rfc3339<S: Serializer>(
    time: &Option<DateTime<FixedOffset>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    time.map(|time| time.to_rfc3339()).serialize(to)
}

/// First and last year of a copyright line.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Years")]
#[schemars(rename = "Copyright")]
struct YearsWire {
    first: i32,
    last: i32,
    /// `true` if the last year is open (`2023, present`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open: bool,
}

/// The date and the copyright years of a page.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Stamp")]
#[schemars(rename = "Stamp")]
struct StampWire {
    /// `lastupdated` as YYYY-MM-DD; null if it is missing or unreadable.
    last_updated: Option<NaiveDate>,
    /// The letter that orders several versions of one day.
    suffix: Option<String>,
    copyright: Option<Years>,
}

/// Something to know besides the changes.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Notice")]
#[schemars(rename = "Notice")]
struct NoticeWire {
    code: Code,
    /// The version that it is about: `old`, `new`, or null for both or neither.
    side: Option<Side>,
    /// The line in the file, from 1.
    line: Option<usize>,
    message: String,
}

/// A line of an included file.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "IncludedLine")]
#[schemars(rename = "Included")]
struct IncludedWire {
    #[serde(serialize_with = "shared_text")]
    path: Arc<str>,
    line: usize,
}

fn shared_text<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(text)
}

/// One change of a duty.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Change")]
#[schemars(rename = "Change")]
struct ChangeWire {
    /// The id of the change. It stays the same when lines shift, other rows change or the file is
    /// renamed.
    id: String,
    #[schemars(extend("enum" = ["moved", "added", "removed", "reworded", "relocated"]))]
    kind: Kind,
    #[serde(flatten, serialize_with = "ChangedParty::serialize")]
    #[schemars(with = "ChangedParty")]
    party: Sides<Option<Party>>,
    #[schemars(extend("enum" = ["boundary", "scope", "wording"]))]
    level: Level,
    /// The party that the change shifts work to.
    #[schemars(extend("enum" = ["customer", "ibm", "none"]))]
    burden: Burden,
    /// The share of both texts that consists of the same words in the same order, from 0 to 1; null if
    /// one side is absent.
    #[serde(serialize_with = "two_decimals")]
    similarity: Option<f64>,
    #[serde(flatten, serialize_with = "OldNew::serialize")]
    #[schemars(with = "OldNew<Option<Place>>")]
    place: Sides<Option<Place>>,
    introduced: Option<Introduced>,
    /// For an added duty that was reworded later: the commit that gave it its present words.
    #[serde(skip_serializing_if = "Option::is_none")]
    worded: Option<Introduced>,
    /// For an added duty that went to another party later: the commit that gave it to the party that
    /// has it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned: Option<Introduced>,
    /// Which important words differ: `strength` (must, should), `negation`, `quantity`.
    emphasis: Vec<Emphasis>,
    /// `true` if the text only points elsewhere ("See ..."), which assigns no work.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reference: bool,
    /// The controls that the policy maps the duty's places to; omitted if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    controls: Vec<String>,
    /// The name that the policy gives the party `ibm`; omitted for IBM.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
}

/// Who had the duty of a change, and who has it.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Sides<Option<Party>>")]
struct ChangedParty {
    /// The party before: `ibm`, `customer`, `shared` or `other:<name>`; null for an added duty.
    #[serde(rename = "from")]
    old: Option<Party>,
    /// The party now: `ibm`, `customer`, `shared` or `other:<name>`; null for a removed duty.
    #[serde(rename = "to")]
    new: Option<Party>,
}

#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
fn two_decimals<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    value.map(|value| (value * 100.0).round() / 100.0).serialize(to)
}

/// A duty in one of the two versions.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Place")]
#[schemars(rename = "Duty")]
struct PlaceWire {
    section: Vec<String>,
    area: String,
    task: String,
    text: String,
    line: usize,
    /// The path of the document, if it differs from the document of the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The line in an included file, if the duty is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    included: Option<IncludedLine>,
}

/// The first commit with the change, along first parents.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "Introduced")]
#[schemars(rename = "Introduced")]
struct IntroducedWire {
    commit: String,
    /// The time, in RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    #[schemars(with = "String")]
    time: DateTime<FixedOffset>,
    last_updated: Option<NaiveDate>,
    /// If the commit is a merge: the commit in the merged branch that made the change.
    author_commit: Option<String>,
}
