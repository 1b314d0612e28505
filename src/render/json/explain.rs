//! `respdiff.explain/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::ExplainedChange;

/// Why respdiff matched two duties, or did not.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.explain/1")]
pub(super) struct ExplainWire<'a> {
    #[schemars(extend("const" = "respdiff.explain/1"))]
    schema: &'static str,
    changes: &'a [ExplainedChange],
}

impl<'a> ExplainWire<'a> {
    pub(super) fn from_changes(changes: &'a [ExplainedChange]) -> Self {
        Self { schema: "respdiff.explain/1", changes }
    }
}
