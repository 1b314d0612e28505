//! One table (or set of lists) that assigns responsibility.

use super::{ComparedText, Duty, Phrase};

/// How a matrix says who holds a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// One column a party: `Task | IBM responsibilities | Your responsibilities`.
    PartyColumns,
    /// One column an area, cells name the owner: `Resource | Change management | ...`.
    OwnerGrid,
    /// One column with the duty, one with its owner: `Responsibilities | Ownership`.
    OwnerList,
    /// Roles as words or columns; who is responsible decides.
    Raci,
    /// List items under a line that names one party.
    PartyLists,
}

impl Layout {
    /// The name that the JSON uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PartyColumns => "party-columns",
            Self::OwnerGrid => "owner-grid",
            Self::OwnerList => "owner-list",
            Self::Raci => "raci",
            Self::PartyLists => "party-lists",
        }
    }

    /// Whether the cells hold sentences; an owner grid's name owners only.
    #[must_use]
    pub const fn holds_sentences(self) -> bool {
        match self {
            Self::PartyColumns | Self::OwnerList | Self::Raci | Self::PartyLists => true,
            Self::OwnerGrid => false,
        }
    }

    /// Whether the label of a row is a label and not the duty itself.
    #[must_use]
    pub const fn labels_rows(self) -> bool {
        match self {
            Self::PartyColumns | Self::OwnerGrid | Self::Raci => true,
            Self::OwnerList | Self::PartyLists => false,
        }
    }
}

/// One table that assigns responsibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// How it names the parties.
    pub layout: Layout,
    /// The headings above it from level 2 down, outermost first.
    pub section: Vec<Phrase>,
    /// Line of the file of its first row (the header), from 1.
    pub line: usize,
    /// Caption, plain text.
    pub caption: Option<String>,
    /// The rows in the order of the page, those without duties included.
    pub rows: Vec<Row>,
}

impl Matrix {
    /// The nearest heading above; empty where the page has none below its title.
    #[must_use]
    pub fn area(&self) -> Phrase {
        self.section.last().cloned().unwrap_or_default()
    }

    /// The same with some of its duties only, and the rows that have them; `is_kept` is asked for
    /// each duty in turn.
    #[must_use]
    pub fn with_duties(&self, mut is_kept: impl FnMut() -> bool) -> Self {
        let mut kept = self.clone();
        for row in &mut kept.rows {
            row.duties.retain(|_| is_kept());
        }
        kept.rows.retain(|row| !row.duties.is_empty());
        kept
    }

    /// The headings above it, without those that only name the party of its lists: a list under
    /// such a heading stands where the same list stands under a line that names its party.
    #[must_use]
    pub fn section_beside_leads(&self) -> Vec<ComparedText<'_>> {
        let duties = || self.rows.iter().flat_map(|row| &row.duties);
        let leads = |heading: &&Phrase| {
            let named = heading.text.trim_end_matches(':');
            self.layout == Layout::PartyLists && duties().any(|duty| duty.column == named)
        };
        self.section.iter().filter(|heading| !leads(heading)).map(Phrase::compared_form).collect()
    }
}

/// One row of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row's label; empty where it has none.
    pub task: Phrase,
    /// Line of the file, from 1.
    pub line: usize,
    /// The duties of all parties, in the order of the page.
    pub duties: Vec<Duty>,
}
