//! The style and the script that every report page carries.

/// How the page looks.
pub(super) const STYLE: &str = include_str!("style.css");
/// What the page can do where scripts run.
pub(super) const SCRIPT: &str = include_str!("script.js");
