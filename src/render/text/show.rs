//! Pages as aligned tables.

use std::collections::BTreeSet;

use textwrap::{Options, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

use crate::model::{Duty, Layout, Matrix, Party};
use crate::render::safe;
use crate::report::ShownPage;

use super::canvas::{Canvas, Look, Word, words};
use super::columns::shares;
use super::{names, notices};

/// Between two columns.
const GAP: usize = 2;
/// No column is narrower than this, nor wider than that.
const COLUMN: (usize, usize) = (8, 80);

/// A table as it is shown: each cell is a list of paragraphs.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<Vec<String>>>,
}

/// Shows the pages.
pub(super) fn tell(canvas: &mut Canvas, pages: &[ShownPage]) {
    if pages.is_empty() {
        canvas.line(0, &words("No page assigns responsibilities.", Look::Plain));
    }
    for (at, ShownPage { path, document, .. }) in pages.iter().enumerate() {
        if at > 0 {
            canvas.blank();
            canvas.blank();
        }
        let title = if document.title.is_empty() { path } else { &document.title };
        canvas.paragraph(0, &words(title, Look::Title));
        let edition = format!("{path}, edition {}", names::date(&document.stamp));
        canvas.paragraph(0, &words(&edition, Look::Faint));
        if document.matrices.is_empty() {
            canvas.paragraph(0, &words("No table or list assigns responsibilities.", Look::Plain));
        }
        for matrix in &document.matrices {
            canvas.blank();
            tell_matrix(canvas, matrix);
        }
        notices::of_page(canvas, &document.notices);
    }
}

fn tell_matrix(canvas: &mut Canvas, matrix: &Matrix) {
    let section: Vec<_> = matrix.section.iter().map(|heading| heading.text.as_str()).collect();
    let mut line = words(&section.join(" › "), Look::Place);
    let about = format!("({}, line {})", matrix.layout.name(), matrix.line);
    line.push(Word::new(about, Look::Faint));
    canvas.paragraph(0, &line);
    let table = match matrix.layout {
        Layout::OwnerGrid => grid(matrix),
        Layout::OwnerList => list(matrix),
        Layout::PartyColumns | Layout::Raci | Layout::PartyLists => parties(matrix),
    };
    write(canvas, &table);
}

fn cell(text: &str) -> Vec<String> {
    vec![safe::visible(text).into_owned()]
}

/// One column a party, whatever the order on the page.
fn parties(matrix: &Matrix) -> Table {
    let holders: BTreeSet<&Party> = duties(matrix).map(|duty| &duty.party).collect();
    let texts = |row: &crate::model::Row, party: &Party| -> Vec<String> {
        let held: Vec<_> = row.duties.iter().filter(|duty| duty.party == *party).collect();
        let bullet = if held.len() > 1 { "• " } else { "" };
        held.iter().map(|d| format!("{bullet}{}", safe::visible(&d.phrase.text))).collect()
    };
    let header = std::iter::once("Task".to_owned())
        .chain(holders.iter().map(|party| names::party(Some(party))))
        .collect();
    let rows = matrix.rows.iter().map(|row| {
        let label = std::iter::once(cell(&row.task.text));
        label.chain(holders.iter().map(|party| texts(row, party))).collect()
    });
    Table { header, rows: rows.collect() }
}

/// The columns of the page, cells name the owner.
fn grid(matrix: &Matrix) -> Table {
    let mut columns: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for duty in duties(matrix) {
        if seen.insert(&duty.column) {
            columns.push(&duty.column);
        }
    }
    let owners = |row: &crate::model::Row, column: &str| -> Vec<String> {
        let held = row.duties.iter().filter(|duty| duty.column == column);
        held.map(|duty| names::party(Some(&duty.party))).collect()
    };
    let header = std::iter::once("Task".to_owned())
        .chain(columns.iter().map(|column| safe::visible(column).into_owned()))
        .collect();
    let rows = matrix.rows.iter().map(|row| {
        let label = std::iter::once(cell(&row.task.text));
        label.chain(columns.iter().map(|column| owners(row, column))).collect()
    });
    Table { header, rows: rows.collect() }
}

/// One line a duty: its task, its text, its owner.
fn list(matrix: &Matrix) -> Table {
    let mut rows = Vec::new();
    for row in &matrix.rows {
        for duty in &row.duties {
            let task = if row.task == duty.phrase { Vec::new() } else { cell(&row.task.text) };
            let owner = vec![names::party(Some(&duty.party))];
            rows.push(vec![task, cell(&duty.phrase.text), owner]);
        }
    }
    Table { header: ["Task", "Duty", "Owner"].map(str::to_owned).to_vec(), rows }
}

fn duties(matrix: &Matrix) -> impl Iterator<Item = &Duty> {
    matrix.rows.iter().flat_map(|row| &row.duties)
}

fn write(canvas: &mut Canvas, table: &Table) {
    let widths = widths(table, canvas.width());
    let header: Vec<Vec<String>> = table.header.iter().map(|title| cell(title)).collect();
    write_row(canvas, &header, &widths, Look::Heading);
    let rules: Vec<Vec<String>> = widths.iter().map(|width| vec!["─".repeat(*width)]).collect();
    write_row(canvas, &rules, &widths, Look::Faint);
    for row in &table.rows {
        write_row(canvas, row, &widths, Look::Plain);
    }
}

fn write_row(canvas: &mut Canvas, row: &[Vec<String>], widths: &[usize], look: Look) {
    let wrapped: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(paragraphs, width)| paragraphs.iter().flat_map(|p| wrap(p, *width)).collect())
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        let mut start = 0;
        for (lines, width) in wrapped.iter().zip(widths) {
            if let Some(text) = lines.get(at) {
                let gap = start - line.width().min(start);
                line.extend(std::iter::repeat_n(' ', gap));
                line.push_str(text);
            }
            start += width + GAP;
        }
        canvas.line(0, &[Word::new(line, look)]);
    }
}

fn wrap(paragraph: &str, width: usize) -> Vec<String> {
    let indent = if paragraph.starts_with("• ") { "  " } else { "" };
    let options =
        Options::new(width).wrap_algorithm(WrapAlgorithm::FirstFit).subsequent_indent(indent);
    textwrap::wrap(paragraph, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

fn widths(table: &Table, screen: usize) -> Vec<usize> {
    let natural: Vec<usize> = (0..table.header.len())
        .map(|at| {
            let cells = table.rows.iter().filter_map(|row| row.get(at)).flatten();
            let widest = cells.map(|text| text.width()).max().unwrap_or(0);
            widest.max(table.header.get(at).map_or(0, |title| title.width()))
        })
        .collect();
    shares(&natural, screen.saturating_sub(GAP * natural.len().saturating_sub(1)), COLUMN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        let header = ["Task", "IBM", "customer"].map(str::to_owned).to_vec();
        let rows = rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        Table { header, rows }
    }

    #[test]
    fn narrow_columns_keep_their_width() {
        let long = "word ".repeat(20);
        let table = table(&[["Ropes", long.trim(), long.trim()]]);
        assert_eq!(widths(&table, 49), [5, 20, 20]);
        assert_eq!(widths(&table, 500), [5, 80, 80]);
    }

    #[test]
    fn cells_of_a_row_stand_side_by_side() {
        let mut canvas = Canvas::new(&super::super::TextOptions::default());
        write_row(&mut canvas, &[cell("a b"), Vec::new(), cell("c")], &[1, 2, 3], Look::Plain);
        assert_eq!(canvas.into_bytes(), b"a      c\nb\n");
    }
}
