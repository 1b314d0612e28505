//! Lists under a line that names one party: in the page's text, inside a cell, or a table whose
//! tab title or caption names the party of all its rows.

use super::duties::{self, party_of_lead};
use super::layout::Reading;
use super::party_columns::cell_text;
use super::text::{Reader, tidy};
use crate::model::{Party, Row};
use crate::parse::{Cell, List, Piece, PieceKind, Run, Table, TableRow};

/// A line that names one party and says "responsibilities", nothing else.
#[derive(Clone, Debug)]
pub(super) struct Lead {
    party: Party,
    /// The line, plain text.
    text: String,
}

/// Longer lines are sentences.
const LONGEST: usize = 80;

impl Lead {
    /// "IBM's responsibilities:", "**Your responsibilities**", "Responsibilities of IBM".
    pub(super) fn of(text: &str, reader: &Reader<'_>) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let party = party_of_lead(text, reader)?.party(reader.names())?;
        Some(Self { party, text: text.trim_end_matches(':').to_owned() })
    }
}

/// A list under a lead line: one row without a label.
pub(super) fn of_list(list: &List, lead: &Lead, reader: &mut Reader<'_>) -> Row {
    let pieces = list.items.iter().map(|item| Piece {
        kind: PieceKind::Item { depth: item.depth },
        runs: item.runs.clone(),
        line: item.line,
    });
    let found = duties::of_cell(&Cell { pieces: pieces.collect(), ..Cell::default() }, reader);
    let held = duties::held(found, &lead.party, &lead.text, reader);
    Row { task: reader.phrase(String::new()), line: list.line, duties: held }
}

/// A table whose rows hold party lists.
#[derive(Clone, Debug)]
pub(super) struct PartyLists {
    /// The party of every row, where the table's title names it.
    lead: Option<Lead>,
}

impl PartyLists {
    /// A table with a title of one party, or with cells in which lead lines stand.
    pub(super) fn recognize(table: &Table, reader: &mut Reader<'_>) -> Option<Self> {
        let titles = table
            .attributes
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "tab-title" | "caption" | "title"));
        for (_, title) in titles {
            let title = reader.attribute(title, table.line);
            if let Some(lead) = Lead::of(without_number(&title), reader) {
                return Some(Self { lead: Some(lead) });
            }
        }
        let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
        let mut parties: Vec<Party> = Vec::new();
        for piece in cells.flat_map(|cell| &cell.pieces) {
            if let Some((lead, _)) = opened(piece, reader) {
                parties.push(lead.party);
            }
        }
        let both = parties.contains(&Party::Ibm) && parties.contains(&Party::Customer);
        both.then_some(Self { lead: None })
    }

    pub(super) fn rows(&self, rows: &[TableRow], reader: &mut Reader<'_>) -> Vec<Row> {
        rows.iter().map(|row| self.row(row, reader)).collect()
    }

    fn row(&self, row: &TableRow, reader: &mut Reader<'_>) -> Row {
        // a table of one column has no labels
        let labels = usize::from(row.cells.len() > 1);
        let task = cell_text(row.cells.first().filter(|_| labels > 0), reader);
        let mut held = Vec::new();
        for cell in row.cells.iter().skip(labels) {
            for (lead, part) in parts(cell, self.lead.clone(), reader) {
                let found = duties::of_cell(&part, reader);
                held.extend(duties::held(found, &lead.party, &lead.text, reader));
            }
        }
        Row { task: reader.phrase(task), line: row.line, duties: held }
    }
}

/// A table about responsibilities below a heading that names one party.
pub(super) fn below(lead: Lead, table: &Table, reader: &mut Reader<'_>) -> Option<Reading> {
    let header = table.header.as_ref()?;
    let says = header.iter().any(|cell| {
        let text = reader.cell(cell).to_lowercase();
        ["responsibilit", "task", "dut"].iter().any(|word| text.contains(word))
    });
    says.then_some(Reading::PartyLists(PartyLists { lead: Some(lead) }))
}

/// A cell cut at its lead lines; what stands before the first is `lead`'s.
fn parts(cell: &Cell, lead: Option<Lead>, reader: &mut Reader<'_>) -> Vec<(Lead, Cell)> {
    let mut parts: Vec<(Lead, Cell)> = Vec::new();
    if let Some(lead) = lead {
        parts.push((lead, Cell::default()));
    }
    for piece in &cell.pieces {
        if let Some((lead, rest)) = opened(piece, reader) {
            let pieces = rest.into_iter().collect();
            parts.push((lead, Cell { pieces, ..Cell::default() }));
        } else if let Some((_, part)) = parts.last_mut() {
            part.pieces.push(piece.clone());
        }
    }
    parts
}

/// The lead line that a piece is or begins with (`IBM responsibility: ...`), and its rest.
fn opened(piece: &Piece, reader: &mut Reader<'_>) -> Option<(Lead, Option<Piece>)> {
    if piece.kind != PieceKind::Text {
        return None;
    }
    let text = reader.text(&piece.runs, piece.line);
    if let Some(lead) = Lead::of(&text, reader) {
        return Some((lead, None));
    }
    let (head, rest) = text.split_once(':')?;
    let lead = Lead::of(head, reader)?;
    let runs = vec![Run::Text(tidy(rest))];
    Some((lead, Some(Piece { kind: PieceKind::Text, runs, line: piece.line })))
}

/// A caption without its "Table 3." in front.
fn without_number(caption: &str) -> &str {
    caption
        .strip_prefix("Table ")
        .map_or(caption, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        .trim_start_matches(['.', ':', ' '])
}

#[cfg(test)]
mod tests {
    use crate::model::Layout;
    use crate::normalize::fixture::{check, document, heading, list, paragraph, table, told};

    #[test]
    fn lists_under_lead_lines() {
        let page = document(vec![
            heading(2, "Keys"),
            paragraph("{IBM_notm}'s responsibilities:"),
            list(&["Store keys. Safely.", "N/A"]),
            paragraph("Your responsibilities"),
            list(&["Make keys"]),
            paragraph("Learn more:"),
            list(&["Vaults"]),
        ]);
        assert_eq!(page.matrices.len(), 1);
        assert_eq!(page.matrices[0].layout, Layout::PartyLists);
        assert_eq!(page.matrices[0].area().text, "Keys");
        assert_eq!(
            told(&page.matrices[0]),
            [" > ibm: Store keys. Safely.", " > customer: Make keys",]
        );
    }

    #[test]
    fn lists_under_headings_of_a_party() {
        let page = document(vec![
            heading(2, "Keys"),
            heading(3, "IBM responsibilities"),
            paragraph("Among others, these."),
            list(&["Store keys"]),
            heading(3, "Customer responsibilities"),
            list(&["Make keys"]),
            heading(2, "Links"),
            list(&["Vaults"]),
        ]);
        assert_eq!(page.matrices.len(), 1);
        assert_eq!(page.matrices[0].section.len(), 1);
        assert_eq!(told(&page.matrices[0]).len(), 2);
    }

    #[test]
    fn tables_under_headings_of_a_party() {
        let page = document(vec![
            heading(2, "Customer responsibilities"),
            table("Responsibility area | Examples", &["Keys | Make keys"]),
            heading(2, "IBM responsibilities"),
            table("Plan | Price", &["Vault | 3"]),
        ]);
        assert_eq!(told(&page.matrices[0]), ["Keys > customer: Make keys"]);
        assert_eq!((page.matrices.len(), page.matrices[0].section.len()), (1, 0));
    }

    #[test]
    fn both_parties_in_one_cell() {
        check(
            "Type | Responsibilities",
            &["Keys | IBM responsibilities:\n- Store keys\nYour responsibilities:\n- Make keys"],
            &["Keys > ibm: Store keys", "Keys > customer: Make keys"],
        );
        check(
            "Type | Responsibilities",
            &["Keys | IBM responsibility: Store keys.\nUser responsibility: Make keys."],
            &["Keys > ibm: Store keys.", "Keys > customer: Make keys."],
        );
    }

    #[test]
    fn false_friends_are_no_leads() {
        let page = document(vec![
            heading(2, "Your responsibilities with Skyvault"),
            list(&["Vaults"]),
            paragraph("Your duties and rights in the vault:"),
            list(&["Vaults"]),
            table("Type | Responsibilities", &["Keys | Store keys"]),
        ]);
        assert!(page.matrices.is_empty());
    }
}
