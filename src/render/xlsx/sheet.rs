//! One sheet: a frozen header with filters, wrapped texts, parties and kinds in colours.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::model::{Kind, Party};
use crate::render::csv::is_formula;
use crate::render::safe;

/// A cell takes a few more.
const LONGEST: usize = 32_000;
/// A4.
const PAPER: u8 = 9;

/// A column's heading and its width in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetColumn {
    title: &'static str,
    width: u16,
}

impl SheetColumn {
    pub(super) const fn new(title: &'static str, width: u16) -> Self {
        Self { title, width }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum SheetCell {
    Text(String),
    Number(usize),
    Party(Party),
    Kind(Kind),
}

impl SheetCell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A sheet that is to be written.
pub(super) struct SheetTable<'a> {
    pub(super) name: String,
    pub(super) columns: &'a [SheetColumn],
    pub(super) rows: Vec<Vec<SheetCell>>,
}

/// Adds a sheet to a workbook.
pub(super) fn add_sheet(book: &mut Workbook, table: &SheetTable<'_>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(&table.name)?;
    let head = base_format().set_bold().set_background_color(Color::RGB(0x1F_2A_44));
    let head = head.set_font_color(Color::White);
    for (at, column) in (0_u16..).zip(table.columns) {
        sheet.write_string_with_format(0, at, column.title, &head)?;
        sheet.set_column_width(at, column.width)?;
    }
    let titles =
        table.columns.iter().map(|column| SheetCell::text(column.title)).collect::<Vec<_>>();
    sheet.set_row_height(0, row_height(&titles, table.columns))?;
    let mut last = 0;
    for (at, row) in (1_u32..).zip(&table.rows) {
        for ((column, cell), _) in (0_u16..).zip(row).zip(table.columns) {
            write_cell(sheet, at, column, cell)?;
        }
        sheet.set_row_height(at, row_height(row, table.columns))?;
        last = at;
    }
    sheet.set_freeze_panes(1, 0)?;
    let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.2, 0.2);
    sheet.set_footer("&L&A&RPage &P of &N");
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// In points, so that every wrapped text is seen whole: not every reader finds it out by itself.
fn row_height(row: &[SheetCell], columns: &[SheetColumn]) -> f64 {
    /// Of a line of ten points.
    const LINE: f64 = 13.5;
    /// No row can be higher.
    const HIGHEST: f64 = 409.0;
    let lines = row.iter().zip(columns).map(|(cell, column)| match cell {
        // letters are as wide as digits at most, but not always in the reader's font
        SheetCell::Text(text) => textwrap::wrap(text, usize::from(column.width)).len(),
        SheetCell::Number(_) | SheetCell::Party(_) | SheetCell::Kind(_) => 1,
    });
    let lines = u32::try_from(lines.max().unwrap_or(1).max(1)).unwrap_or(u32::MAX);
    (f64::from(lines) * LINE + 2.0).min(HIGHEST)
}

fn base_format() -> Format {
    Format::new()
        .set_font_size(10)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xC8_CD_D6))
}

fn write_cell(sheet: &mut Worksheet, row: u32, at: u16, cell: &SheetCell) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Number(number) => {
            let number = u32::try_from(*number).unwrap_or(u32::MAX);
            let centred = base_format().set_align(FormatAlign::Center);
            sheet.write_number_with_format(row, at, number, &centred)?;
        }
        SheetCell::Text(text) => write_text(sheet, row, at, text, base_format())?,
        SheetCell::Party(party) => {
            let colour = base_format().set_background_color(party_color(party));
            write_text(sheet, row, at, &party.to_string(), colour)?;
        }
        SheetCell::Kind(kind) => {
            let colour = base_format().set_background_color(kind_color(*kind));
            write_text(sheet, row, at, kind.name(), colour)?;
        }
    }
    Ok(())
}

/// A text stays one: it is stored as such, and where it looks like a formula it does not become one
/// when somebody edits it.
fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    text: &str,
    format: Format,
) -> Result<(), XlsxError> {
    let text = safe::make_visible(text);
    let format = if is_formula(&text) { format.set_quote_prefix() } else { format };
    let mut kept: String = text.chars().take(LONGEST / 2).collect();
    if kept.len() < text.len() {
        kept.push_str(" … (cut: a cell cannot hold more)");
    }
    sheet.write_string_with_format(row, at, kept, &format)?;
    Ok(())
}

const fn party_color(party: &Party) -> Color {
    match party {
        Party::Ibm | Party::Provider(_) => Color::RGB(0xD6_E4_FA),
        Party::Customer => Color::RGB(0xFD_E3_C8),
        Party::Shared => Color::RGB(0xE6_DA_F5),
        Party::Other(_) => Color::RGB(0xE4_E6_EA),
    }
}

const fn kind_color(kind: Kind) -> Color {
    match kind {
        Kind::Moved => Color::RGB(0xF9_CF_CF),
        Kind::Added => Color::RGB(0xD3_EF_D6),
        Kind::Removed => Color::RGB(0xDD_DD_DD),
        Kind::Reworded => Color::RGB(0xFB_F1_C4),
        Kind::Relocated => Color::RGB(0xD0_EE_EE),
    }
}
