//! Tables of AsciiDoc pages, held against what asciidoctor itself reads of them: its answers stand
//! beside the pages, written by `tests/asciidoctor/tables.mjs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use respdiff::model::IncludedFiles;
use respdiff::parse::{Block, Cell, DocAttributes, Run, Source, Table, page_of_source};
use serde_json::Value;

/// The attributes that a page's first line sets.
fn attributes_of(text: &str) -> DocAttributes {
    let first = text.lines().next().unwrap_or_default();
    let words = first.strip_prefix("// attributes: ").unwrap_or_default();
    let set = words.split(", ").filter(|word| !word.is_empty()).map(|word| {
        match (word.strip_prefix('!'), word.split_once('=')) {
            (Some(name), _) => (name.to_owned(), None),
            (None, Some((name, value))) => (name.to_owned(), Some(value.to_owned())),
            (None, None) => (word.to_owned(), Some(String::new())),
        }
    });
    DocAttributes::new(set.collect::<BTreeMap<_, _>>())
}

/// A text without blanks and signs that stand for each other.
fn words(text: &str) -> String {
    let plain = |c: char| match c {
        '“' | '”' => '"',
        '’' | '‘' => '\'',
        '¹' => '1',
        '²' => '2',
        _ => c,
    };
    text.chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(cell: &Cell) -> String {
    let run = |run: &Run| match run {
        Run::Text(text) | Run::Code(text) => text.clone(),
        Run::Keyref { key, .. } => format!("{{{key}}}"),
        Run::Content(_) | Run::Image { .. } => String::new(),
    };
    let pieces: Vec<String> =
        cell.pieces.iter().map(|piece| piece.runs.iter().map(run).collect()).collect();
    words(&pieces.join(" "))
}

fn row_of(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(text_of).collect()
}

fn expected_row(row: &Value) -> Vec<String> {
    let cells = row.as_array().into_iter().flatten();
    cells.map(|cell| words(cell.as_str().unwrap_or_default())).collect()
}

/// The files that pages include.
fn parts(folder: &Path) -> IncludedFiles {
    let mut files = IncludedFiles::of_page("page.adoc");
    for below in ["parts", "parts/deep"] {
        for entry in fs::read_dir(folder.join(below)).into_iter().flatten().flatten() {
            // a folder cannot be read
            if let Ok(content) = fs::read(entry.path()) {
                files.add_file(&format!("{below}/{}", entry.file_name().display()), content.into());
            }
        }
    }
    files
}

fn tables(source: &str, set: &DocAttributes, files: &IncludedFiles) -> Vec<Table> {
    let (read, _) =
        page_of_source(Source::of_file("page.adoc", source.as_bytes()), set, Some(files));
    let table = |block| match block {
        Block::Table(table) => Some(table),
        Block::Condition(_)
        | Block::Heading(_)
        | Block::List(_)
        | Block::Definition(_)
        | Block::Paragraph(_) => None,
    };
    read.blocks.into_iter().filter_map(table).collect()
}

#[test]
fn every_cell_is_as_asciidoctor_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/asciidoctor/pages");
    let files = parts(&folder);
    let mut cells = 0;
    let mut pages = 0;
    let mut differences = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "adoc") {
            continue;
        }
        let name = path.display();
        let source = fs::read_to_string(&path).unwrap();
        let told: Value =
            serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap();
        let expected = told["tables"].as_array().unwrap();
        let found = tables(&source, &attributes_of(&source), &files);
        if found.len() != expected.len() {
            let (found, expected) = (found.len(), expected.len());
            differences.push(format!("{name}: {found} tables, expected {expected}"));
        }
        for (number, (table, expected)) in found.iter().zip(expected).enumerate() {
            let title = table.attributes.iter().find(|(name, _)| name == "caption");
            let title = title.map(|(_, title)| title.as_str());
            let header = table.header.as_deref().map(row_of);
            let rows: Vec<_> = table.rows.iter().map(|row| row_of(&row.cells)).collect();
            cells += rows.iter().map(Vec::len).sum::<usize>();
            let found = (title, header.unwrap_or_default(), rows);
            let wanted = (
                expected["title"].as_str(),
                expected_row(&expected["header"]),
                expected["rows"].as_array().unwrap().iter().map(expected_row).collect(),
            );
            if found != wanted {
                let number = number + 1;
                differences
                    .push(format!("{name}, table {number}:\n  is  {found:?}\n  not {wanted:?}"));
            }
        }
        pages += 1;
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(pages > 4 && cells > 100, "{pages} pages, {cells} cells");
}
