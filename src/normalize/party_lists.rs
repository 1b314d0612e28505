//! Lists under a line that names one party: in the page's text, inside a cell, or a table whose
//! tab title or caption names the party of all its rows.

use std::collections::BTreeSet;

use super::content_kind::ContentKind;
use super::lead::{Lead, LeadCandidate, LeadForm, LeadParty, Sure};
use super::leads;
use super::party_columns::label_of;
use super::text::{TextReader, tidy_blanks};
use super::tokens::{self, Who};
use super::{Names, cell_parts, duties};
use crate::model::{Party, Row};
use crate::parse::{Cell, Piece, PieceKind, Run, Table, TableRow, split_sentences};
use crate::vocabulary::WordList;

impl Lead {
    /// A line of a cell: "IBM's responsibilities:", "You are responsible for:".
    fn of_text(text: &str, reader: &TextReader<'_>) -> Option<Self> {
        let runs = [Run::Text(text.to_owned())];
        let found =
            leads::of_line(text, &runs, reader).filter(|found| found.form != LeadForm::Worded);
        Self::from_candidate(found, text)
    }

    /// A title of a table.
    fn of_title(text: &str, reader: &TextReader<'_>) -> Option<Self> {
        let runs = [Run::Text(text.to_owned())];
        Self::from_candidate(leads::of_title(text, &runs, reader), text)
    }

    fn from_candidate(found: Option<LeadCandidate>, text: &str) -> Option<Self> {
        match found? {
            LeadCandidate { named: LeadParty::Party(party), sure: Sure::Alone, form } => {
                Some(Self::new(party, text, form))
            }
            LeadCandidate { .. } => None,
        }
    }
}

/// The duties of a lead's party in pieces: a row under a label, or under none.
pub(super) fn lead_row(
    lead: &Lead,
    label: String,
    pieces: Vec<Piece>,
    line: usize,
    reader: &mut TextReader<'_>,
) -> Row {
    let found = duties::of_cell(&Cell { pieces, ..Cell::default() }, reader);
    let duties = duties::duties_held_by(found, &lead.party, &lead.text, reader);
    Row { task: reader.phrase_of(label), line, duties }
}

/// A table whose rows hold party lists.
#[derive(Clone, Debug)]
pub(super) struct PartyLists {
    /// The party of every row, where the table's title names it.
    lead: Option<Lead>,
    /// Whether a line in a cell may be nothing but a party's name.
    by_name: bool,
    /// Whether each sentence of a cell names its party: "You are responsible for ...".
    by_sentence: bool,
    /// The column that labels a row, and those that only remark on it.
    label: Option<usize>,
    remarks: Vec<usize>,
}

impl PartyLists {
    fn new(lead: Option<Lead>, by_name: bool, table: &Table, reader: &mut TextReader<'_>) -> Self {
        let header: Vec<String> = table
            .header
            .iter()
            .flatten()
            .map(|cell| reader.cell_text(cell).to_lowercase())
            .collect();
        // a table of one column has no labels
        let mut label = (header.len() != 1).then_some(0);
        let mut remarks: Vec<usize> = Vec::new();
        if lead.is_some() {
            remarks = (1..header.len()).filter(|&column| is_remark(&header[column])).collect();
            if !remarks.is_empty() && remarks.len() + 1 == header.len() {
                label = None;
            }
        }
        Self { lead, by_name, by_sentence: false, label, remarks }
    }

    /// A table below a line that names one party; none where that is both and the cells say which of
    /// them does what.
    fn below_lead(lead: Lead, table: &Table, reader: &mut TextReader<'_>) -> Option<Self> {
        let divides = lead.party == Party::Shared && cells_divide(table, reader.names());
        (!divides).then(|| Self::new(Some(lead), false, table, reader))
    }

    /// A table with a title of one party, or with cells in which lead lines stand.
    pub(super) fn recognize(table: &Table, reader: &mut TextReader<'_>) -> Option<Self> {
        let titles = table
            .attributes
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "tab-title" | "caption" | "title"));
        for (_, title) in titles {
            let title = reader.attribute_text(title, table.line);
            if let Some(lead) = Lead::of_title(without_number(&title), reader) {
                return Self::below_lead(lead, table, reader);
            }
        }
        if let Some([only]) = table.header.as_deref() {
            let title = reader.cell_text(only);
            if let Some(lead) = Lead::of_title(&title, reader) {
                return Some(Self::new(Some(lead), false, table, reader));
            }
        }
        let holds_both = |by_name: bool, reader: &mut TextReader<'_>| {
            let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
            let parts = cells.flat_map(|cell| split_at_leads(cell, None, by_name, reader));
            let parties: Vec<Party> = parts.map(|(lead, _)| lead.party).collect();
            parties.iter().any(Party::is_provider) && parties.contains(&Party::Customer)
        };
        if holds_both(false, reader) {
            return Some(Self::new(None, false, table, reader));
        }
        let says = table.header.iter().flatten().skip(1).any(|cell| {
            let text = reader.cell_text(cell).to_lowercase();
            ["responsib", "duties", "owner"].iter().any(|word| text.contains(word))
        });
        (says && holds_both(true, reader)).then(|| Self::new(None, true, table, reader))
    }

    /// A table of sentences that say what each party is responsible for. What is no more than a name
    /// ("IBM is responsible") is no such sentence.
    pub(super) fn of_sentences(table: &Table, reader: &mut TextReader<'_>) -> Option<Self> {
        const FEWEST: usize = 2;
        let mut sentences = 0;
        for cell in table.rows.iter().flat_map(|row| row.cells.iter().skip(1)) {
            let text = reader.cell_text(cell);
            if reader.content_kind(&text) != ContentKind::Words {
                continue;
            }
            for piece in sentence_pieces(cell) {
                let text = reader.plain_text(&piece.runs, piece.line);
                let names_task = [" is responsible for ", " are responsible for "]
                    .iter()
                    .any(|verb| text.contains(verb));
                if !names_task || split_head(&text, piece.line, reader).is_none() {
                    return None;
                }
                sentences += 1;
            }
        }
        let list = || Self { by_sentence: true, ..Self::new(None, true, table, reader) };
        (sentences >= FEWEST).then(list)
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        rows.iter().map(|row| self.read_row(row, reader)).collect()
    }

    fn read_row(&self, row: &TableRow, reader: &mut TextReader<'_>) -> Row {
        let label = self.label.filter(|_| row.cells.len() > 1);
        let task = label_of(row, label.and_then(|label| row.cells.get(label)), reader);
        let mut held = Vec::new();
        let is_duty = |column: &usize| Some(*column) != label && !self.remarks.contains(column);
        for cell in (0..row.cells.len()).filter(is_duty).map(|column| &row.cells[column]) {
            let pieces = self.by_sentence.then(|| sentence_pieces(cell));
            let cut = pieces.map(|pieces| Cell { pieces, ..Cell::default() });
            let cell = cut.as_ref().unwrap_or(cell);
            for (lead, part) in split_at_leads(cell, self.lead.clone(), self.by_name, reader) {
                let found = duties::of_cell(&part, reader);
                held.extend(duties::duties_held_by(found, &lead.party, &lead.text, reader));
            }
        }
        Row { task: reader.phrase_of(task), line: row.line, duties: held }
    }
}

/// The sentences of a cell, each as a piece of its own.
fn sentence_pieces(cell: &Cell) -> Vec<Piece> {
    let sentences = |piece: &Piece| {
        let cut = split_sentences(&piece.runs).into_iter();
        let line = piece.line;
        cut.map(move |runs| Piece { kind: PieceKind::Text, runs, line }).collect::<Vec<_>>()
    };
    cell.pieces.iter().flat_map(sentences).collect()
}

/// A table about responsibilities below a heading that names one party.
pub(super) fn read_below_heading(
    lead: Lead,
    table: &Table,
    reader: &mut TextReader<'_>,
) -> Option<PartyLists> {
    let header = table.header.as_ref()?;
    let says = header.iter().any(|cell| {
        let text = reader.cell_text(cell).to_lowercase();
        ["responsibilit", "task", "dut", "activit"].iter().any(|word| text.contains(word))
    });
    says.then(|| PartyLists::below_lead(lead, table, reader)).flatten()
}

/// Whether half of a table's cells open with IBM or the customer, in two columns or more: "IBM owns
/// the hall." beside "Customer owns the keys."
fn cells_divide(table: &Table, names: &Names) -> bool {
    let mut dividing = BTreeSet::new();
    let (mut opening, mut all) = (0_usize, 0_usize);
    for row in &table.rows {
        for (column, cell) in row.cells.iter().enumerate().skip(1) {
            let tokens = tokens::of_cell(cell, names);
            let party = tokens::listed_party(&tokens).filter(|(_, used)| *used < tokens.len());
            all += usize::from(!tokens.is_empty());
            if let Some((Who::Ibm | Who::Customer, _)) = party {
                opening += 1;
                dividing.insert(column);
            }
        }
    }
    dividing.len() > 1 && opening * 2 >= all
}

/// Whether a column's name is that of remarks on a duty.
fn is_remark(header: &str) -> bool {
    static NAMES: WordList = WordList::named("headers of remarks on a duty");
    NAMES.has(header)
}

/// A cell cut at its lead lines; what stands before the first is `lead`'s. With `by_name` a line may
/// be nothing but a party's name.
fn split_at_leads(
    cell: &Cell,
    lead: Option<Lead>,
    by_name: bool,
    reader: &mut TextReader<'_>,
) -> Vec<(Lead, Cell)> {
    let mut parts: Vec<(Lead, Cell)> = Vec::new();
    if let Some(lead) = lead {
        parts.push((lead, Cell::default()));
    }
    for piece in &cell.pieces {
        let lead = split_lead_line(piece, reader)
            .or_else(|| split_name(piece, reader).filter(|_| by_name));
        if let Some((lead, rest)) = lead {
            let pieces = rest.into_iter().collect();
            parts.push((lead, Cell { pieces, ..Cell::default() }));
        } else if let Some((_, part)) = parts.last_mut() {
            part.pieces.push(piece.clone());
        }
    }
    parts
}

/// The lead line that a piece is or begins with (`IBM responsibility: ...`), and its rest.
pub(super) fn split_lead_line(
    piece: &Piece,
    reader: &mut TextReader<'_>,
) -> Option<(Lead, Option<Piece>)> {
    if piece.kind != PieceKind::Text {
        return None;
    }
    let text = reader.plain_text(&piece.runs, piece.line);
    if let Some(lead) = Lead::of_text(&text, reader) {
        return Some((lead, None));
    }
    let (head, rest) = text.split_once(':')?;
    let lead = Lead::of_text(head, reader)?;
    let runs = vec![Run::Text(tidy_blanks(rest))];
    Some((lead, Some(Piece { kind: PieceKind::Text, runs, line: piece.line })))
}

/// A party's name that a piece is or begins with (`*Red Hat*`, `IBM: ...`), and its rest.
fn split_name(piece: &Piece, reader: &mut TextReader<'_>) -> Option<(Lead, Option<Piece>)> {
    if let Some(party) = cell_parts::party_of(piece, reader) {
        let text = reader.plain_text(&piece.runs, piece.line);
        return Some((Lead::new(party, &text, LeadForm::Pure), None));
    }
    let text = reader.plain_text(&piece.runs, piece.line);
    let (lead, rest) = split_head(&text, piece.line, reader)?;
    let rest = (!rest.is_empty()).then(|| text_piece(&rest, piece.line));
    Some((lead, rest.or_else(|| (piece.kind != PieceKind::Text).then(|| piece.clone()))))
}

fn text_piece(text: &str, line: usize) -> Piece {
    Piece { kind: PieceKind::Text, runs: vec![Run::Text(text.to_owned())], line }
}

/// The party at the head of a text that goes on with what it does, and that: "IBM: Store the
/// keys.", "You are responsible for making the keys."
pub(super) fn split_head(
    text: &str,
    line: usize,
    reader: &mut TextReader<'_>,
) -> Option<(Lead, String)> {
    if let Some((name, rest)) = text.split_once(':')
        && let Some(party) = cell_parts::party_of(&text_piece(name, line), reader)
    {
        return Some((Lead::new(party, name, LeadForm::Pure), tidy_blanks(rest)));
    }
    let (name, _) = [" is responsible for ", " are responsible for "]
        .iter()
        .find_map(|verb| text.split_once(verb))?;
    let party = cell_parts::party_of(&text_piece(name, line), reader)?;
    Some((Lead::new(party, name, LeadForm::Pure), text.to_owned()))
}

/// A caption without its "Table 3." in front.
pub(super) fn without_number(caption: &str) -> &str {
    caption
        .strip_prefix("Table ")
        .map_or(caption, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        .trim_start_matches(['.', ':', ' '])
}

#[cfg(test)]
mod tests;
