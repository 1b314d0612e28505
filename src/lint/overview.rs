//! The overview grid against the tables that give the details.

use std::collections::BTreeMap;

use crate::model::{Code, Document, Layout, Matrix, Notice, Party};

/// Where a grid says that an area is shared, each party should have something to do in it.
pub(super) fn check_overview(document: &Document, found: &mut Vec<Notice>) {
    let details = holders_by_area(document);
    let provider = document.provider.as_deref().unwrap_or("IBM");
    for grid in document.matrices.iter().filter(|matrix| matrix.layout == Layout::OwnerGrid) {
        for (area, shared) in shared_areas(grid) {
            let Some(holders) = details.get(area) else { continue };
            for (idle, name) in
                [(holders.ibm == 0, provider), (holders.customer == 0, "the customer")]
            {
                if idle {
                    let message = format!(
                        "{OVERVIEW} \"{}\" is shared, but the tables under \"{}\" give {name} no duty",
                        shared.task, holders.heading
                    );
                    found.push(Notice::at(shared.line, Code::Contradiction, message));
                }
            }
        }
    }
}

/// How a finding about an overview begins.
const OVERVIEW: &str = "the overview says that";

/// Whether a finding is about an overview.
pub(super) fn is_of_overview(notice: &Notice) -> bool {
    notice.code == Code::Contradiction && notice.message.starts_with(OVERVIEW)
}

/// How many duties each party has under one heading.
struct HolderCounts<'a> {
    heading: &'a str,
    ibm: usize,
    customer: usize,
}

fn holders_by_area(document: &Document) -> BTreeMap<&str, HolderCounts<'_>> {
    let mut details: BTreeMap<&str, HolderCounts<'_>> = BTreeMap::new();
    let with_columns =
        document.matrices.iter().filter(|matrix| matrix.layout == Layout::PartyColumns);
    for matrix in with_columns {
        for heading in &matrix.section {
            let holders = details.entry(&heading.canonical).or_insert(HolderCounts {
                heading: &heading.text,
                ibm: 0,
                customer: 0,
            });
            for duty in matrix.rows.iter().flat_map(|row| &row.duties) {
                match duty.party {
                    Party::Ibm | Party::Provider(_) => holders.ibm += 1,
                    Party::Customer => holders.customer += 1,
                    Party::Shared => {
                        holders.ibm += 1;
                        holders.customer += 1;
                    }
                    Party::Other(_) => {}
                }
            }
        }
    }
    details
}

/// The first shared cell of an area.
struct Shared {
    task: String,
    line: usize,
}

fn shared_areas(grid: &Matrix) -> BTreeMap<&str, Shared> {
    let mut areas = BTreeMap::new();
    for row in &grid.rows {
        for duty in row.duties.iter().filter(|duty| duty.party == Party::Shared) {
            if let Some(area) = &duty.area {
                areas
                    .entry(area.canonical.as_str())
                    .or_insert(Shared { task: duty.phrase.text.clone(), line: duty.line });
            }
        }
    }
    areas
}
