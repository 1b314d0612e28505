//! `respdiff.log/1`, an edition a line.

use serde::Serialize;

use crate::report::{Edition, PageLog};

/// One edition with all that a line needs to stand alone.
#[derive(Serialize)]
pub(super) struct EditionLineWire<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a str>,
    document: &'a str,
    #[serde(flatten)]
    edition: &'a Edition,
}

impl<'a> EditionLineWire<'a> {
    pub(super) fn of_page(
        page: &'a PageLog,
        repository: Option<&'a str>,
    ) -> impl Iterator<Item = Self> {
        page.editions.iter().map(move |edition| Self {
            schema: "respdiff.log/1",
            repository,
            document: &page.path,
            edition,
        })
    }
}
