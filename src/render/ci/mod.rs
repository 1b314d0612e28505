//! The formats that CI servers read, whatever the content.

pub(in crate::render) mod annotations;
pub(in crate::render) mod sarif;
pub(in crate::render) mod sections;
pub(in crate::render) mod suites;

pub use sections::{COMMENT_LIMIT, SUMMARY_LIMIT};
