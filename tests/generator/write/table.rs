//! The table (or lists) of one area.

use std::fmt::Write as _;

use super::Pen;
use crate::generator::model::{Area, Duty, Holder};
use crate::generator::rng::Rng;
use crate::generator::style::{Quirk, Shape};

const ROW_HEADERS: [&str; 5] = ["Task", "Task", "Resource", "", "Area"];
const COLUMN_HEADERS: [(&str, &str); 8] = [
    ("<ibm> Responsibilities", "Your Responsibilities"),
    ("<ibm> responsibilities", "Your responsibilities"),
    ("IBM responsibilities", "Your responsibilities"),
    ("IBM Cloud Responsibilities", "Your Responsibilities"),
    ("IBM responsibility", "Customer responsibility"),
    ("IBM Responsibilities", "Customer Responsibilities"),
    ("How <ibm> helps", "What you can do"),
    ("IBM Cloud role", "Your role"),
];

impl Pen<'_> {
    pub(super) fn table(&mut self, area: &Area, rng: &mut Rng) {
        match self.style.shape {
            Shape::Columns => self.pipes(area, rng),
            Shape::Html => self.html(area, rng),
            Shape::OwnerList => self.owner_list(area),
            Shape::Raci => self.raci(area, rng),
            Shape::PartyLists => self.party_lists(area, rng),
        }
    }

    /// The holders in the order of their columns, with their headers.
    fn columns(&mut self) -> [(Holder, String); 2] {
        let (ibm, customer) = COLUMN_HEADERS[self.style.header % COLUMN_HEADERS.len()];
        let mut columns =
            [(Holder::Ibm, self.spell.plain(ibm)), (Holder::Customer, customer.to_owned())];
        if self.style.customer_first {
            columns.reverse();
        }
        columns
    }

    fn cells(&mut self, duties: &[Duty], rng: &mut Rng, order: [Holder; 2]) -> Vec<String> {
        order
            .into_iter()
            .map(|holder| {
                let own: Vec<&Duty> = duties.iter().filter(|duty| duty.holder == holder).collect();
                self.cell(&own, holder, rng)
            })
            .collect()
    }

    fn row_header(&self) -> &'static str {
        ROW_HEADERS[self.style.header / 7 % ROW_HEADERS.len()]
    }

    fn pipes(&mut self, area: &Area, rng: &mut Rng) {
        let quirk = if rng.chance(50) { self.style.quirk } else { Quirk::None };
        if quirk == Quirk::Hidden {
            self.line("<!--\n| Task | IBM responsibilities | Your responsibilities |");
            self.line("|---|---|---|\n| Spare time | Polish the racks. | Count the keys. |\n-->\n");
        }
        let [first, second] = self.columns();
        let order = [first.0, second.0];
        if quirk == Quirk::LostHeaderCell {
            self.pipe_row(&[first.1, second.1], false);
        } else {
            self.pipe_row(&[self.row_header().to_owned(), first.1, second.1], false);
        }
        self.separator(3);
        for (at, row) in area.rows.iter().enumerate() {
            let mut cells = vec![self.spell.plain(&row.label)];
            cells.extend(self.cells(&row.duties, rng, order));
            // without its last pipe the rest would be any text below a table
            if quirk == Quirk::BrokenRow && at == 0 && self.style.trailing_pipe {
                break_line(&mut cells);
            }
            let short = self.style.short_rows && !row.duties.iter().any(|d| d.holder == order[1]);
            if short {
                cells.pop();
            }
            self.pipe_row(&cells, short);
            if quirk == Quirk::OrphanRows && at == 0 {
                self.line("");
            }
            if quirk == Quirk::LabelOnly && at == 0 {
                self.pipe_row(
                    &["Vendor contracts".to_owned(), String::new(), String::new()],
                    false,
                );
            }
        }
        self.attributes(&area.heading);
    }

    pub(super) fn separator(&mut self, columns: usize) {
        let line = format!("|{}", format!("{}|", self.style.separator).repeat(columns));
        self.line(&line);
    }

    pub(super) fn pipe_row(&mut self, cells: &[String], short: bool) {
        let mut line = String::new();
        for cell in cells {
            if self.style.padded {
                let _ = write!(line, "| {cell} ");
            } else {
                let _ = write!(line, "|{cell}");
            }
        }
        // without its last pipe an empty cell would be lost
        if self.style.trailing_pipe || short || cells.last().is_none_or(String::is_empty) {
            line.push('|');
        }
        if self.style.trailing_blanks {
            line.push_str("  ");
        }
        self.line(&line);
    }

    fn html(&mut self, area: &Area, rng: &mut Rng) {
        let [first, second] = self.columns();
        let order = [first.0, second.0];
        self.line("<table>");
        let about = self.spell.plain(&area.heading);
        self.line(&format!("<caption>Responsibilities for {about}</caption>"));
        let header = self.row_header();
        self.line(&format!(
            "<thead>\n<tr>\n<th>{header}</th>\n<th>{}</th>\n<th>{}</th>\n</tr>\n</thead>\n<tbody>",
            first.1, second.1
        ));
        for row in &area.rows {
            let label = self.spell.plain(&row.label);
            self.line(&format!("<tr>\n<td>{label}</td>"));
            for cell in self.cells(&row.duties, rng, order) {
                self.line(&format!("<td>{cell}</td>"));
            }
            self.line("</tr>");
        }
        self.line("</tbody>\n</table>");
    }

    pub(super) fn owner(&mut self, holder: Holder) -> String {
        let name = match holder {
            Holder::Ibm => self.spell.ibm(),
            Holder::Customer if self.style.header.is_multiple_of(2) => "Customer".to_owned(),
            Holder::Customer => "You".to_owned(),
            Holder::Shared => "Shared".to_owned(),
            Holder::Vendor | Holder::Partner => holder.written().to_owned(),
        };
        self.with_remarks(&name, holder)
    }

    fn owner_list(&mut self, area: &Area) {
        self.pipe_row(&["Responsibilities".to_owned(), "Ownership".to_owned()], false);
        self.separator(2);
        for duty in area.rows.iter().flat_map(|row| &row.duties) {
            let cells = [self.duty(duty, false), self.owner(duty.holder)];
            self.pipe_row(&cells, false);
        }
        self.attributes(&area.heading);
    }
}

/// Breaks the last cell after a word, as editors that wrap do. Sentences only: a list item or a
/// number at the start of a line would be something else.
fn break_line(cells: &mut [String]) {
    let Some(cell) = cells.last_mut().filter(|cell| !cell.contains(['\\', '<'])) else { return };
    let words: Vec<&str> = cell.split(' ').collect();
    let middle = words.len() / 2;
    // not within an attribute list
    let begins_well = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    if let Some(at) = (middle.max(1)..words.len()).find(|at| begins_well(&words[*at])) {
        *cell = format!("{}\n{}", words[..at].join(" "), words[at..].join(" "));
    }
}
