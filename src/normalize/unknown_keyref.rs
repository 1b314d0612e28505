//! Keyrefs that no name is known for.

use std::collections::BTreeSet;

use super::keyref_names::readable_key;
use crate::model::{Code, Notice};

/// Where a keyref stands that no name is known for.
#[derive(Clone, Debug)]
pub(super) struct UnknownKeyref {
    /// Where it was met first.
    pub(super) first: usize,
    pub(super) lines: BTreeSet<usize>,
}

impl UnknownKeyref {
    /// What is reported for it, once per page.
    pub(super) fn to_notice(&self, key: &str) -> Notice {
        let message =
            format!("no name is known for keyref {key}; read as \"{}\"", readable_key(key));
        Notice::at(self.first, Code::UnknownKeyref, message)
    }
}
