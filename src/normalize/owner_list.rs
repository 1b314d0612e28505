//! `Responsibilities | Ownership`: one column with the duty, one with its owner.

use super::Names;
use super::cell_signs::{self, PartySign, SignCount};
use super::column_role::Role;
use super::content_kind::ContentKind;
use super::duty_nouns::is_duty_noun;
use super::identifiers;
use super::marks;
use super::owner_grid::{note_open_cell, owner_of_cell};
use super::owner_header::{is_doubtful, may_name_owners, names_doers, names_tasks};
use super::owner_tally::OwnerTally;
use super::party_columns::{PartyColumns, cell_text, is_party, label_of, note_template};
use super::raci_pairs::joint_holder;
use super::reference::is_reference;
use super::row_labels::LabelColumns;
use super::table_header::TableHeader;
use super::text::TextReader;
use super::tokens::{self, Token};
use crate::model::{Duty, Party, Phrase, Row};
use crate::parse::{Cell, Table, TableRow};

/// With more owner columns than these the text of a row is a label of theirs.
const FEW_COLUMNS: usize = 10;

/// The columns of an owner list.
#[derive(Clone, Debug)]
pub(super) struct OwnerList {
    /// The column that says what a row is about, where it is not the duty's.
    label: Option<usize>,
    duty: usize,
    /// Further columns that tell rows apart whose duties are alike.
    labels: LabelColumns,
    owners: OwnerColumns,
}

/// Where the owner stands.
#[derive(Clone, Debug)]
enum OwnerColumns {
    /// In columns of their own, by name; of several each owns the row.
    Named(Vec<(usize, Phrase)>),
    /// In one column per party, by a check mark.
    Marked { columns: Vec<(usize, Party, String)>, cross_says_no: bool },
}

impl OwnerList {
    /// A table with columns of owners, whose headers say so.
    pub(super) fn recognize(
        table: &Table,
        header: &TableHeader,
        owners: &OwnerTally,
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        let width = header.cells.len();
        let names = reader.names();
        let says_so = owners.says_responsibility()
            || header.cells.iter().any(|cell| says_responsibility(cell, names));
        // beside an owner's column another one is one, too
        let is_sure =
            |(cell, role): (&Cell, &Role)| *role == Role::Owner && !is_doubtful(cell, names);
        let tells_duties = says_so
            || header.cells.iter().zip(&header.roles).any(is_sure)
            || header.cells.iter().any(|cell| {
                tokens::of_cell(cell, names).iter().filter_map(Token::word).any(is_duty_noun)
            });
        let lists_tasks =
            says_so && width == 2 && header.cells.iter().any(|cell| names_tasks(cell, names));
        let owned = (0..width).filter(|&column| {
            let (cell, role) = (&header.cells[column], &header.roles[column]);
            (may_name_owners(cell, role, names) || (lists_tasks && names_doers(cell, role, names)))
                && (tells_duties || !is_doubtful(cell, names))
                && (owners.is_owner_column(column)
                    || (*role == Role::Owner
                        && (owners.names_owners(column)
                            || says_so && owners.names_parties(column))))
        });
        let owned: Vec<usize> = owned.collect();
        if owned.is_empty() {
            return None;
        }
        let labels = duty_labels(table, header, &owned, reader)?;
        let columns = owned.into_iter().map(|column| {
            let text = header.column_text(column, reader);
            (column, reader.phrase_of(text))
        });
        let owners = OwnerColumns::Named(columns.collect());
        Some(Self { label: None, duty: labels.task_column()?, labels, owners })
    }

    /// The same where sentences stand beside a short label: `Task | Action | Owner`. They are the
    /// duties then.
    pub(super) fn with_described_duties(
        self,
        table: &Table,
        header: &TableHeader,
        reader: &mut TextReader<'_>,
    ) -> Self {
        const FEWEST_WORDS: usize = 3;
        let OwnerColumns::Named(owners) = &self.owners else { return self };
        let names_label = ["task", "activit"];
        let named = header.column_words(self.duty, reader);
        if !names_label.iter().any(|word| named.starts_with(word)) {
            return self;
        }
        let is_owner = |column: usize| owners.iter().any(|(owner, _)| *owner == column);
        let mut words = |column: usize| -> (usize, usize) {
            let texts = table.rows.iter().map(|row| cell_text(row.cells.get(column), reader));
            texts.fold((0, 0), |(words, sentences), text| {
                let sentence = text.ends_with('.') && text.contains(' ');
                (words + text.split_whitespace().count(), sentences + usize::from(sentence))
            })
        };
        let (own, _) = words(self.duty);
        let rows = table.rows.len();
        let beside = (0..header.cells.len()).find(|&column| {
            let (words, sentences) = words(column);
            // full stops alone do not decide which column has the duties
            let says_more = sentences * 2 > rows || words >= FEWEST_WORDS * rows;
            column != self.duty && !is_owner(column) && words > own && says_more
        });
        let describes = beside.filter(|&column| {
            let name = header.column_words(column, reader);
            ["action", "description", "detail", "what"].iter().any(|word| name.starts_with(word))
        });
        match describes {
            Some(duty) => Self { label: Some(self.duty), duty, ..self },
            None => self,
        }
    }

    /// Whether the rows are things that somebody owns, and nothing that anybody has to do: names
    /// of rules, schemas, ports.
    pub(super) fn lists_things(
        &self,
        table: &Table,
        header: &TableHeader,
        reader: &mut TextReader<'_>,
    ) -> bool {
        let described = header.column_words(self.duty, reader).contains("description");
        identifiers::is_identifier_column(table, self.duty)
            || (described && self.duty > 0 && identifiers::are_code(table, 0))
    }

    /// A table with a column for each party in which marks stand, not texts.
    pub(super) fn of_marks(
        columns: &PartyColumns,
        count: SignCount,
        (table, header): (&Table, &TableHeader),
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        if !count.are_signs() {
            return None;
        }
        let parties: Vec<usize> = columns.parties.iter().map(|(column, ..)| *column).collect();
        let before = labels_before(&parties);
        let labels = match columns.labels.named_task(header, reader) {
            None if !before.is_empty() => LabelColumns::of_rows(table, header, &before, reader)?,
            Some(_) | None => LabelColumns::of_column(columns.labels.task_column()?),
        };
        let owners = OwnerColumns::Marked {
            columns: columns.parties.clone(),
            cross_says_no: count.cross_says_no(),
        };
        Some(Self { label: None, duty: labels.task_column()?, labels, owners })
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        let is_named = self.labels.task_column() == Some(self.duty);
        let own = LabelColumns::of_column(self.duty);
        let names = if is_named { &self.labels } else { &own }.row_names(rows, reader);
        rows.iter().zip(names).map(|(row, name)| self.read_row(row, name, reader)).collect()
    }

    fn read_row(&self, row: &TableRow, name: String, reader: &mut TextReader<'_>) -> Row {
        // a duty's text is its own, unless many columns repeat it
        let task = match &self.owners {
            OwnerColumns::Named(columns) if columns.len() > FEW_COLUMNS => {
                reader.label_text(name, row.line)
            }
            OwnerColumns::Named(_) | OwnerColumns::Marked { .. } => name,
        };
        note_template(&task, row.line, reader);
        let label = self.label.map(|label| label_of(row, row.cells.get(label), reader));
        let mut duties = Vec::new();
        match &self.owners {
            OwnerColumns::Named(columns) => {
                for (column, header) in columns {
                    let cell = row.cells.get(*column);
                    let Some(cell) = cell else { continue };
                    let Some(party) = owner_of_cell(cell, row.line, reader) else {
                        // one column alone leaves the whole row without an owner
                        if columns.len() > 1 {
                            note_open_cell(cell, row.line, (&task, &header.text), reader);
                        }
                        continue;
                    };
                    let text = header.text.clone();
                    let mut duty = row_duty(party, text, task.clone(), row, reader);
                    duty.area = (columns.len() > 1).then(|| header.clone());
                    duties.push(duty);
                }
            }
            OwnerColumns::Marked { columns, cross_says_no } => {
                let owner = marked_owner(columns, *cross_says_no, row, reader);
                duties.extend(
                    owner.map(|(party, header)| row_duty(party, header, task.clone(), row, reader)),
                );
            }
        }
        if reader.content_kind(&task) != ContentKind::Words {
            duties.clear();
        }
        let task = label.unwrap_or(task);
        Row { task: reader.phrase_of(task), line: row.line, duties }
    }
}

/// Who is marked as the owner of a row; two together share. A sign that is unknown counts only
/// where no other mark stands in the row.
fn marked_owner(
    columns: &[(usize, Party, String)],
    cross_says_no: bool,
    row: &TableRow,
    reader: &mut TextReader<'_>,
) -> Option<(Party, String)> {
    // a mark may span parties, a label none
    let over = |column: usize| row.cell_over(column).filter(|(begin, _)| is_party(columns, *begin));
    let signs: Vec<PartySign> = columns
        .iter()
        .map(|(column, ..)| {
            let sign = over(*column).map(|(_, cell)| cell_signs::of_cell(cell, reader));
            match sign {
                Some(PartySign::Crossed) if cross_says_no => PartySign::Unset,
                Some(PartySign::Crossed) => PartySign::Marked,
                sign => sign.unwrap_or(PartySign::Unset),
            }
        })
        .collect();
    let is_set = |sign: &PartySign| match sign {
        PartySign::Marked => true,
        PartySign::Roles(roles) => roles.contains('r'),
        PartySign::Unset | PartySign::Crossed | PartySign::Odd | PartySign::Text => false,
    };
    let any = signs.iter().any(is_set);
    let mut owner: Option<(Party, String)> = None;
    for ((column, party, header), sign) in columns.iter().zip(&signs) {
        let holds = match (sign, over(*column)) {
            (PartySign::Marked, _) => true,
            (PartySign::Roles(_) | PartySign::Odd | PartySign::Text, Some((_, cell))) => {
                let read = if any { is_set(sign) } else { !matches!(sign, PartySign::Roles(_)) };
                marks::note_unmarked_cell(cell, read, row.line, reader)
            }
            (
                PartySign::Unset
                | PartySign::Crossed
                | PartySign::Roles(_)
                | PartySign::Odd
                | PartySign::Text,
                _,
            ) => false,
        };
        if holds {
            owner = Some(match owner {
                None => (party.clone(), header.clone()),
                Some((other, first)) => (joint_holder(other, party), first),
            });
        }
    }
    owner
}

/// Whether a column is about responsibility.
pub(super) fn says_responsibility(cell: &Cell, names: &Names) -> bool {
    let tokens = tokens::of_cell(cell, names);
    tokens.iter().filter_map(Token::word).any(|word| word.starts_with("responsib"))
}

/// The duty of a row that is one obligation.
pub(super) fn row_duty(
    party: Party,
    column: String,
    text: String,
    row: &TableRow,
    reader: &TextReader<'_>,
) -> Duty {
    let reference = is_reference(&text);
    Duty {
        party,
        column,
        phrase: reader.phrase_of(text),
        area: None,
        line: row.line,
        reference,
        lead_words: 0,
        included: None,
    }
}

/// The columns that hold the duties and tell them apart: one that is named so, or the first before
/// the owners that names its rows.
pub(super) fn duty_labels(
    table: &Table,
    header: &TableHeader,
    owners: &[usize],
    reader: &mut TextReader<'_>,
) -> Option<LabelColumns> {
    let mut columns = (0..header.cells.len()).filter(|column| !owners.contains(column));
    let named = [
        "recommendation",
        "responsibilit",
        "duty",
        "duties",
        "task",
        "activit",
        "requirement",
        "description",
    ]
    .iter()
    .find_map(|word| {
        columns.clone().find(|&column| header.column_words(column, reader).contains(word))
    });
    if let Some(column) = named {
        return Some(LabelColumns::of_column(column));
    }
    let before = labels_before(owners);
    if before.is_empty() {
        return columns.next().map(LabelColumns::of_column);
    }
    LabelColumns::of_rows(table, header, &before, reader)
}

/// The columns before those of the owners.
fn labels_before(owners: &[usize]) -> Vec<usize> {
    (0..owners.iter().copied().min().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests;
