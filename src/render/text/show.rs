//! Pages as aligned tables.

use std::collections::BTreeSet;

use textwrap::{Options, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

use crate::model::{Duty, Layout, Matrix, Party};
use crate::render::safe;
use crate::report::ShownPage;

use super::columns::share_widths;
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, Word, safe_words};
use super::{names, notices};

/// Between two columns.
const GAP: usize = 2;
/// No column is narrower than this, nor wider than that.
const COLUMN: (usize, usize) = (8, 80);

/// A table as it is shown: each cell is a list of paragraphs.
struct ShownTable {
    header: Vec<String>,
    rows: Vec<Vec<Vec<String>>>,
}

/// Pages as tables.
#[must_use]
pub fn render_show(pages: &[ShownPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    if pages.is_empty() {
        canvas.write_line(0, &safe_words("No responsibility page found.", Look::Plain));
    }
    for (at, ShownPage { path, document, .. }) in pages.iter().enumerate() {
        if at > 0 {
            canvas.blank_line();
            canvas.blank_line();
        }
        let title = if document.title.is_empty() { path } else { &document.title };
        canvas.write_paragraph(0, &safe_words(title, Look::Title));
        let edition = format!("{path}, edition {}", names::stamp_date(&document.stamp));
        canvas.write_paragraph(0, &safe_words(&edition, Look::Faint));
        if document.matrices.is_empty() {
            canvas.write_paragraph(
                0,
                &safe_words("No table or list assigns responsibilities.", Look::Plain),
            );
        }
        for matrix in &document.matrices {
            canvas.blank_line();
            write_matrix(&mut canvas, matrix);
        }
        notices::of_page(&mut canvas, &document.notices);
    }
    canvas.into_bytes()
}

fn write_matrix(canvas: &mut TextWriter, matrix: &Matrix) {
    let section: Vec<_> = matrix.section.iter().map(|heading| heading.text.as_str()).collect();
    let mut line = safe_words(&section.join(" › "), Look::Place);
    let about = format!("(layout {}, line {})", matrix.layout.name(), matrix.line);
    line.push(Word::new(about, Look::Faint));
    canvas.write_paragraph(0, &line);
    let table = match matrix.layout {
        Layout::OwnerGrid => grid_table(matrix),
        Layout::OwnerList => list_table(matrix),
        Layout::PartyColumns | Layout::Raci | Layout::PartyLists => party_table(matrix),
    };
    write_table(canvas, &table);
}

fn cell_paragraphs(text: &str) -> Vec<String> {
    vec![safe::make_visible(text).into_owned()]
}

/// One column a party, whatever the order on the page.
fn party_table(matrix: &Matrix) -> ShownTable {
    let holders: BTreeSet<&Party> = matrix_duties(matrix).map(|duty| &duty.party).collect();
    let texts = |row: &crate::model::Row, party: &Party| -> Vec<String> {
        let held: Vec<_> = row.duties.iter().filter(|duty| duty.party == *party).collect();
        let bullet = if held.len() > 1 { "• " } else { "" };
        held.iter().map(|d| format!("{bullet}{}", safe::make_visible(&d.phrase.text))).collect()
    };
    let header = std::iter::once("Task".to_owned())
        .chain(holders.iter().map(|party| names::party_name(Some(party))))
        .collect();
    let rows = matrix.rows.iter().map(|row| {
        let label = std::iter::once(cell_paragraphs(&row.task.text));
        label.chain(holders.iter().map(|party| texts(row, party))).collect()
    });
    ShownTable { header, rows: rows.collect() }
}

/// The columns of the page, cells name the owner.
fn grid_table(matrix: &Matrix) -> ShownTable {
    let mut columns: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for duty in matrix_duties(matrix) {
        if seen.insert(&duty.column) {
            columns.push(&duty.column);
        }
    }
    let owners = |row: &crate::model::Row, column: &str| -> Vec<String> {
        let held = row.duties.iter().filter(|duty| duty.column == column);
        held.map(|duty| names::party_name(Some(&duty.party))).collect()
    };
    let header = std::iter::once("Task".to_owned())
        .chain(columns.iter().map(|column| safe::make_visible(column).into_owned()))
        .collect();
    let rows = matrix.rows.iter().map(|row| {
        let label = std::iter::once(cell_paragraphs(&row.task.text));
        label.chain(columns.iter().map(|column| owners(row, column))).collect()
    });
    ShownTable { header, rows: rows.collect() }
}

/// One line a duty: its task, its text, its owner.
fn list_table(matrix: &Matrix) -> ShownTable {
    let mut rows = Vec::new();
    for row in &matrix.rows {
        for duty in &row.duties {
            let task =
                if row.task == duty.phrase { Vec::new() } else { cell_paragraphs(&row.task.text) };
            let owner = vec![names::party_name(Some(&duty.party))];
            rows.push(vec![task, cell_paragraphs(&duty.phrase.text), owner]);
        }
    }
    ShownTable { header: ["Task", "Duty", "Owner"].map(str::to_owned).to_vec(), rows }
}

fn matrix_duties(matrix: &Matrix) -> impl Iterator<Item = &Duty> {
    matrix.rows.iter().flat_map(|row| &row.duties)
}

fn write_table(canvas: &mut TextWriter, table: &ShownTable) {
    let widths = column_widths(table, canvas.width());
    let header: Vec<Vec<String>> =
        table.header.iter().map(|title| cell_paragraphs(title)).collect();
    write_row(canvas, &header, &widths, Look::Heading);
    let rules: Vec<Vec<String>> = widths.iter().map(|width| vec!["─".repeat(*width)]).collect();
    write_row(canvas, &rules, &widths, Look::Faint);
    for row in &table.rows {
        write_row(canvas, row, &widths, Look::Plain);
    }
}

fn write_row(canvas: &mut TextWriter, row: &[Vec<String>], widths: &[usize], look: Look) {
    let wrapped: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(paragraphs, width)| {
            paragraphs.iter().flat_map(|p| wrap_paragraph(p, *width)).collect()
        })
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
        canvas.write_line(0, &[Word::new(line, look)]);
    }
}

fn wrap_paragraph(paragraph: &str, width: usize) -> Vec<String> {
    let indent = if paragraph.starts_with("• ") { "  " } else { "" };
    let options =
        Options::new(width).wrap_algorithm(WrapAlgorithm::FirstFit).subsequent_indent(indent);
    textwrap::wrap(paragraph, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

fn column_widths(table: &ShownTable, screen: usize) -> Vec<usize> {
    let natural: Vec<usize> = (0..table.header.len())
        .map(|at| {
            let cells = table.rows.iter().filter_map(|row| row.get(at)).flatten();
            let widest = cells.map(|text| text.width()).max().unwrap_or(0);
            widest.max(table.header.get(at).map_or(0, |title| title.width()))
        })
        .collect();
    share_widths(&natural, screen.saturating_sub(GAP * natural.len().saturating_sub(1)), COLUMN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> ShownTable {
        let header = ["Task", "IBM", "customer"].map(str::to_owned).to_vec();
        let rows =
            rows.iter().map(|row| row.iter().map(|text| cell_paragraphs(text)).collect()).collect();
        ShownTable { header, rows }
    }

    #[test]
    fn narrow_columns_keep_their_width() {
        let long = "word ".repeat(20);
        let table = table(&[["Ropes", long.trim(), long.trim()]]);
        assert_eq!(column_widths(&table, 49), [5, 20, 20]);
        assert_eq!(column_widths(&table, 500), [5, 80, 80]);
    }

    #[test]
    fn cells_of_a_row_stand_side_by_side() {
        let mut canvas = TextWriter::new(&super::super::TextOptions::default());
        write_row(
            &mut canvas,
            &[cell_paragraphs("a b"), Vec::new(), cell_paragraphs("c")],
            &[1, 2, 3],
            Look::Plain,
        );
        assert_eq!(canvas.into_bytes(), b"a      c\nb\n");
    }
}
