//! `respdiff.explain/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::report::ExplainedChange;

/// Why respdiff matched two duties, or did not.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.explain/1")]
pub struct ExplainWire<'a> {
    #[schemars(extend("const" = "respdiff.explain/1"))]
    schema: &'static str,
    changes: &'a [ExplainedChange],
}

impl Published for Vec<ExplainedChange> {
    type Json<'a> = ExplainWire<'a>;

    fn to_json(&self) -> ExplainWire<'_> {
        ExplainWire { schema: "respdiff.explain/1", changes: self }
    }
}
