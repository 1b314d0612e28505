//! `respdiff.matrix/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::model::{Duty, IncludedLine, Layout, Matrix, Notice, Party, Row, Stamp};
use crate::report::ShownPage;

/// The responsibilities as respdiff reads them.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.matrix/1")]
pub struct MatrixWire<'a> {
    #[schemars(extend("const" = "respdiff.matrix/1"))]
    schema: &'static str,
    documents: Vec<MatrixDocumentWire<'a>>,
}

impl Published for Vec<ShownPage> {
    type Json<'a> = MatrixWire<'a>;

    fn to_json(&self) -> MatrixWire<'_> {
        MatrixWire {
            schema: "respdiff.matrix/1",
            documents: self.iter().map(MatrixDocumentWire::from_page).collect(),
        }
    }
}

/// The controls of the duties that are still to be written, in the order of the page.
type Controls<'a> = std::slice::Iter<'a, Vec<String>>;

/// One page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct MatrixDocumentWire<'a> {
    path: &'a str,
    title: &'a str,
    subcollection: Option<&'a str>,
    stamp: &'a Stamp,
    matrices: Vec<TableWire<'a>>,
    notices: &'a [Notice],
}

impl<'a> MatrixDocumentWire<'a> {
    fn from_page(page: &'a ShownPage) -> Self {
        let ShownPage { path, document, controls } = page;
        let mut controls = controls.iter();
        Self {
            path,
            title: &document.title,
            subcollection: document.subcollection.as_deref(),
            stamp: &document.stamp,
            matrices: document
                .matrices
                .iter()
                .map(|matrix| TableWire::from_matrix(matrix, &mut controls))
                .collect(),
            notices: &document.notices,
        }
    }
}

/// One table that assigns responsibilities.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Matrix")]
struct TableWire<'a> {
    #[schemars(extend("enum" = ["party-columns", "owner-grid", "owner-list", "raci", "party-lists"]))]
    layout: Layout,
    section: Vec<&'a str>,
    area: &'a str,
    line: usize,
    caption: Option<&'a str>,
    rows: Vec<RowWire<'a>>,
}

impl<'a> TableWire<'a> {
    fn from_matrix(matrix: &'a Matrix, controls: &mut Controls<'a>) -> Self {
        Self {
            layout: matrix.layout,
            section: matrix.section.iter().map(|heading| heading.text.as_str()).collect(),
            area: matrix.section.last().map_or("", |heading| heading.text.as_str()),
            line: matrix.line,
            caption: matrix.caption.as_deref(),
            rows: matrix.rows.iter().map(|row| RowWire::from_row(row, controls)).collect(),
        }
    }
}

/// One row of a table.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Row")]
struct RowWire<'a> {
    task: &'a str,
    line: usize,
    duties: Vec<DutyWire<'a>>,
}

impl<'a> RowWire<'a> {
    fn from_row(row: &'a Row, controls: &mut Controls<'a>) -> Self {
        Self {
            task: &row.task.text,
            line: row.line,
            duties: row
                .duties
                .iter()
                .map(|duty| DutyWire::from_duty(duty, controls.next()))
                .collect(),
        }
    }
}

/// One duty of one party.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Duty")]
struct DutyWire<'a> {
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: &'a Party,
    column: &'a str,
    text: &'a str,
    /// `true` if the text only points elsewhere ("See ...").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reference: bool,
    /// The controls that the policy maps the place to; omitted if there are none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    controls: &'a [String],
    /// The line in an included file, if the duty is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    included: Option<&'a IncludedLine>,
}

impl<'a> DutyWire<'a> {
    fn from_duty(duty: &'a Duty, controls: Option<&'a Vec<String>>) -> Self {
        Self {
            party: &duty.party,
            column: &duty.column,
            text: &duty.phrase.text,
            reference: duty.reference,
            controls: controls.map(Vec::as_slice).unwrap_or_default(),
            included: duty.included.as_ref(),
        }
    }
}
