//! HTML tables, balanced or not.

use super::super::{comments, testing};
use super::*;

#[track_caller]
fn check(text: &str, want: &[&str]) {
    let raw: Vec<&str> = text.split('\n').collect();
    let (lines, _) = comments::strip_comments(&raw, 1);
    let offset = table_start(&lines[0].text).unwrap();
    let table = read_table(&lines, 0, offset).table.unwrap();
    assert_eq!(testing::rows(&table), want, "{text}");
}

#[test]
fn balanced_and_not() {
    check(
        "<table>\n<thead>\n<tr><th>T</th><th>Y</th></tr></thead>\n<tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        &["T | Y", "a | b"],
    );
    check(
        "<table><thead><th>T</th><th>Y</th></thead><tr><td>a<td>b</tr><td>c</td><td>d</table>",
        &["T | Y", "a | b", "c | d"],
    );
    check("<table><tr><td>a</td><td>b</td></tr>", &["a | b"]);
    check(
        "<table><thead><tr><th>T</th><th>Y</th></tr><tr><td>a</td><td>b</td></tr></table>",
        &["T | Y", "a | b"],
    );
    check(
        "<table><thead><tr><th colspan=2>All</th></tr><tr><th>T</th><th>Y</th></tr></thead><tr><td colspan=\"2\">a</td></tr></table>",
        &["T | Y", "All | ", "a | "],
    );
}

#[test]
fn cells_that_span_rows_stand_in_each() {
    check(
        "<table><tr><th>A<th>T<th>Y<tr><td rowspan=2>a<td>b<td>c<tr><td>d<td rowspan=9>e<tr><td>f<td>g</table>",
        &["A | T | Y", "a | b | c", "a | d | e", "f | g | e"],
    );
    check(
        "<table><tr><th rowspan=2>T<th colspan=2>All<tr><th>I<th>Y<tr><td>a<td colspan=2 rowspan=0>b<tr><td>c<tbody><tr><td>d</table>",
        &["T | I | Y", "a | b | ", "c | b | ", "d"],
    );
    // a row without cells of its own, and one that ends early
    check(
        "<table><tr><td rowspan=3>a<td>b<td>c<td rowspan=3>d</tr><tr></tr><tr><td>e</table>",
        &["a | b | c | d", "a | e |  | d"],
    );
}

#[test]
fn spans_cannot_fill_memory() {
    let spans = "<td rowspan=99999999999999999999 colspan=1000>some text".repeat(40);
    let text = format!("<table><tr>{spans}{}</table>", "<tr><td>a".repeat(400));
    let raw: Vec<&str> = text.split('\n').collect();
    let (lines, _) = comments::strip_comments(&raw, 1);
    let table = read_table(&lines, 0, 0).table.unwrap();
    assert_eq!(table.rows.len(), 401);
    let repeated: usize = table.rows[1..].iter().map(|row| row.cells.len()).sum();
    assert!(repeated < text.len() + 400, "{repeated}");
}

#[test]
fn markdown_and_lines_in_cells() {
    let text = "<TABLE summary='s'><caption>Table\n 1</caption><tr>\n<td><img src='a'><br>A</td>\n<td>**You**:\n<ul><li>[b](/c)</li></ul></td></tr></TABLE>{: caption=\"x\"}";
    let raw: Vec<&str> = text.split('\n').collect();
    let (lines, _) = comments::strip_comments(&raw, 5);
    let found = read_table(&lines, 0, 0);
    let table = found.table.unwrap();
    let names: Vec<&str> = table.attributes.iter().map(|(_, v)| v.as_str()).collect();
    assert_eq!(names, ["s", "Table 1"]);
    assert_eq!((table.line, table.rows[0].line), (5, 7));
    let lines_of: Vec<usize> = table.rows[0].cells[1].pieces.iter().map(|p| p.line).collect();
    assert_eq!(lines_of, [8, 9]);
    check("> <table><tr><td>a\n> <td>b\n> </table>", &["a | b"]);
    let rest = &lines[found.line].text[found.offset..];
    assert_eq!(trailing_attributes(rest).0, [("caption".to_owned(), "x".to_owned())]);
}
