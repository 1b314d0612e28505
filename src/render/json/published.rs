//! What is published as JSON, and in which shape.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{LogReport, StatsReport};

/// A result that is published as JSON and has a schema of its own.
pub trait Published {
    /// What is written.
    type Json<'a>: Serialize + JsonSchema
    where
        Self: 'a;

    /// What is written of this result.
    fn to_json(&self) -> Self::Json<'_>;
}

impl Published for LogReport {
    type Json<'a> = &'a Self;

    fn to_json(&self) -> &Self {
        self
    }
}

impl Published for StatsReport {
    type Json<'a> = &'a Self;

    fn to_json(&self) -> &Self {
        self
    }
}
