//! Short forms of what parsing yields, for tests.

use super::{Block, Cell, Page, PieceKind, Run, Table};

/// Runs as text.
pub(super) fn text(runs: &[Run]) -> String {
    let one = |run: &Run| match run {
        Run::Text(text) => text.clone(),
        Run::Code(code) => format!("`{code}`"),
        Run::Keyref { key, .. } => format!("<{key}>"),
        Run::Content(key) => format!("<<{key}>>"),
        Run::Image { alt, .. } => format!("!{alt}!"),
    };
    runs.iter().map(one).collect()
}

/// The pieces of a cell, items with a bullet.
pub(super) fn pieces(cell: &Cell) -> Vec<String> {
    let pieces = cell.pieces.iter();
    let shown = pieces.map(|piece| match piece.kind {
        PieceKind::Text => text(&piece.runs),
        PieceKind::Item { depth } => format!("{}- {}", "  ".repeat(depth), text(&piece.runs)),
    });
    shown.collect()
}

fn row(cells: &[Cell]) -> String {
    let cell = |cell: &Cell| {
        let texts: Vec<String> = cell.pieces.iter().map(|piece| text(&piece.runs)).collect();
        texts.join(" ")
    };
    cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// The header, if any, and the rows.
pub(super) fn rows(table: &Table) -> Vec<String> {
    let header = table.header.iter().map(|cells| row(cells));
    header.chain(table.rows.iter().map(|r| row(&r.cells))).collect()
}

/// A line for each block and list item.
pub(super) fn blocks(page: &Page) -> Vec<String> {
    shown_blocks(&page.blocks)
}

fn shown_blocks(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                lines.push(format!("{}# {}", heading.level, text(&heading.runs)));
            }
            Block::Paragraph(paragraph) => lines.push(format!("p {}", text(&paragraph.runs))),
            Block::List(list) => lines.extend(
                list.items
                    .iter()
                    .map(|item| format!("{}- {}", "  ".repeat(item.depth), text(&item.runs))),
            ),
            Block::Table(table) => lines.push(shown(table)),
            Block::Condition(condition) => {
                lines.push(format!("c {}", condition.text.as_deref().unwrap_or("-")));
            }
            Block::Definition(definition) => {
                lines.push(format!("d {}", text(&definition.term)));
                lines.extend(
                    shown_blocks(&definition.blocks).iter().map(|line| format!(": {line}")),
                );
            }
        }
    }
    lines
}

fn shown(table: &Table) -> String {
    let mut parts = vec![table.header.as_ref().map_or_else(String::new, |cells| row(cells))];
    parts.extend(table.rows.iter().map(|r| row(&r.cells)));
    let attributes = table.attributes.iter().map(|(name, value)| format!(" {{{name}={value}}}"));
    let attributes: String = attributes.collect();
    let rows = parts.join(" / ");
    format!("t {}{attributes}", rows.trim_start())
}
