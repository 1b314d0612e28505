//! `gate` in the policy file: what fails `respdiff check`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::Level;

/// What happens if the parties of a page can no longer be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unreadable {
    /// `check` ends with exit code 2.
    Error,
    /// `check` reports the page and passes.
    Pass,
}

impl Unreadable {
    /// The name that the file has for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Pass => "pass",
        }
    }
}

/// When `respdiff check` fails.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Gate")]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct GateKey {
    /// The lowest level at which `check` fails. By default, `boundary`.
    pub(super) fail_on: Option<GateLevelKey>,
    /// What happens if the parties of a page can no longer be read. By default, `error` (exit code
    /// 2).
    pub(super) unreadable: Option<Unreadable>,
}

/// A level for the gate.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[schemars(rename = "GateLevel")]
#[serde(rename_all = "lowercase")]
pub(super) enum GateLevelKey {
    Boundary,
    Scope,
    Wording,
}

impl GateLevelKey {
    pub(super) const fn to_level(self) -> Level {
        match self {
            Self::Boundary => Level::Boundary,
            Self::Scope => Level::Scope,
            Self::Wording => Level::Wording,
        }
    }
}
