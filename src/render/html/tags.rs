//! What a change is found and filtered by, and the state of a line.

use serde::Serialize;

use crate::model::{Change, Sides};

use super::anchors::AnchorIds;
use super::words;

/// What a change is found and filtered by.
#[derive(Serialize)]
pub(super) struct HtmlTag {
    pub(super) anchor: String,
    pub(super) kind: &'static str,
    pub(super) sign: &'static str,
    pub(super) parties: String,
    pub(super) area: String,
}

impl HtmlTag {
    pub(super) fn from_change(change: &Change, anchor: &str, anchors: &AnchorIds) -> Self {
        Self {
            anchor: anchor.to_owned(),
            kind: change.kind.name(),
            sign: words::kind_sign(change.kind),
            parties: anchors.party_keys(change),
            area: anchors.area_key(change),
        }
    }
}

/// Whether a row or a matrix is on one side only.
pub(super) fn line_state(line: Sides<Option<usize>>) -> &'static str {
    match (line.old, line.new) {
        (None, Some(_)) => "new",
        (Some(_), None) => "gone",
        (Some(_), Some(_)) | (None, None) => "",
    }
}
