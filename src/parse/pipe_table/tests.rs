//! Pipe tables as authors write and break them.

use super::super::{comments, testing};
use super::*;
use crate::model::Code;

/// The table as `cell | cell` a row, and the codes of its notices.
#[track_caller]
fn check(text: &str, want: &[&str], codes: &[Code]) {
    let raw: Vec<&str> = text.split('\n').collect();
    let (lines, _) = comments::strip_comments(&raw, 1);
    let mut notices = Vec::new();
    assert!(begins_table(&lines, 0), "{text}");
    let table = read_table(&lines, 0, &mut notices).0.unwrap();
    let got = testing::rows(&table);
    assert_eq!(got, want, "{text}");
    assert_eq!(notices.iter().map(|n| n.code).collect::<Vec<_>>(), codes, "{text}");
}

const HEAD: &str = "| T | I | Y |\n|---|---|---|\n";

#[track_caller]
fn check_rows(rows: &str, want: &[&str], codes: &[Code]) {
    let want: Vec<&str> = ["T | I | Y"].into_iter().chain(want.iter().copied()).collect();
    check(&format!("{HEAD}{rows}"), &want, codes);
}

#[test]
fn rows_as_they_should_be() {
    check_rows("| a | b | c |\n  | d | e | f |\n", &["a | b | c", "d | e | f"], &[]);
    check("T | Y\n- | -\na | b\nc | d", &["T | Y", "a | b", "c | d"], &[]);
    check("| a | b |\n| c | d |", &["a | b", "c | d"], &[]);
}

#[test]
fn short_and_long_rows() {
    check_rows("| a | b |\n| c |\n", &["a | b", "c"], &[Code::ShortRow, Code::ShortRow]);
    check_rows(
        "| a | b | c | d |\n| e | f | g | |",
        &["a | b | c | d", "e | f | g | "],
        &[Code::LongRow],
    );
    check_rows("| a | b | c | {: beta}\n| a {: x} | b | c", &["a | b | c", "a | b | c"], &[]);
    check("| I | Y |\n|-|-|-|\n| a | b | c |", &["I | Y", "a | b | c"], &[]);
}

#[test]
fn a_doubled_pipe_is_one() {
    check_rows("|| a | b | c |\n| d | e || f |", &["a | b | c", "d | e | f"], &[Code::LongRow; 2]);
    check_rows("| a || c |\n| a | | c | d |", &["a |  | c", "a |  | c | d"], &[Code::LongRow]);
    check("|| I | Y |\n|-|-|\n| a | b |", &["I | Y", "a | b"], &[Code::LongRow]);
    check("|| I | Y |\n|-|-|-|\n| a | b | c |", &[" | I | Y", "a | b | c"], &[]);
}

#[test]
fn broken_rows_are_joined() {
    let broken = [Code::BrokenRow];
    check_rows("| a | b | c\n. |\n| d | e | f |", &["a | b | c.", "d | e | f"], &broken);
    check_rows("|a | b.|\nmore | c |", &["a | b. more | c"], &broken);
    check_rows("|a\n|   | c |", &["a |  | c"], &broken);
    check_rows("| a | b\n| c |", &["a | b | c"], &broken);
    check_rows("| a | <ul>\n<li>x</li>\n</ul> | c |", &["a | x | c"], &broken);
}

#[test]
fn short_rows_are_not_joined_with_full_ones() {
    check_rows("| a | b\n| c | d | e |", &["a | b", "c | d | e"], &[Code::ShortRow]);
    check_rows("| a\n| b | c |", &["a", "b | c"], &[Code::ShortRow, Code::ShortRow]);
}

#[test]
fn a_separator_below_rows_names_columns_or_is_none() {
    check_rows("| a | b | c |\n|---|\n| d | e | f |", &["a | b | c", "d | e | f"], &[]);
    check_rows("| a | b | c |\n| d | e | f |\n|-|-|-|\n", &["a | b | c"], &[]);
}

#[test]
fn rules_as_other_tools_draw_them() {
    let broken = [Code::BrokenRow];
    check("| a | b |\n|—|—|\n| c | d |", &["a | b", "c | d"], &broken);
    check("| a | b |\n|===+===|\n| c | d |\n|===|===|", &["a | b", "c | d"], &broken);
    check("+--+--+\n| a | b |\n+==+==+\n| c | d |\n+--+--+", &["a | b", "c | d"], &broken);
    check("| a | b |\n\n|---|---|\n| c | d |", &["a | b", "c | d"], &broken);
    check("|a|b|\n|-|-|\n|c|d|\n|e|f|\n|==|==|\n|g|h|", &["a | b", "c | d", "e | f", "g | h"], &[]);
    check("| a | b |\n\n|---|\n| c | d |", &["a | b"], &[]);
    check("| a | b |\n|-|-|\n| - | - |", &["a | b", "- | -"], &[]);
}

#[test]
fn a_table_may_begin_behind_a_list_s_mark() {
    check("- | a | b |\n  |---|---|\n  | c | d |", &["a | b", "c | d"], &[]);
    check("1. a | b\n   --|--\n   c | d", &["a | b", "c | d"], &[]);
    check("* | a | b |\n  | c | d |", &["a | b", "c | d"], &[]);
}

#[test]
fn the_separator_s_columns_count_where_the_header_lost_one() {
    check(
        "| I | Y |\n|-|-|-|\n|a| b.|\nmore | c |\n|d| e | f |",
        &["I | Y", "a | b. more | c", "d | e | f"],
        &[Code::BrokenRow],
    );
}

#[test]
fn without_pipes_at_the_ends_the_last_pipe_opens_a_blank_cell() {
    check(
        "t | i | y\n-|-|-\na | b. |\nc | d. |\ne | f | g\nh | | i",
        &["t | i | y", "a | b. | ", "c | d. | ", "e | f | g", "h |  | i"],
        &[],
    );
    check(
        "t | i | y |\n-|-|-|\na | b\nmore | c |",
        &["t | i | y", "a | b more | c"],
        &[Code::BrokenRow],
    );
}

#[test]
fn two_carets_repeat_the_cell_above() {
    check_rows(
        "| a | b | c |\n| ^^ | d | ^^ |\n| e | f^^ | g |",
        &["a | b | c", "a | d | c", "e | f^^ | g"],
        &[],
    );
}

#[test]
fn other_text_ends_the_table() {
    check_rows("| a | b | c |\n_Table 1_\n", &["a | b | c"], &[]);
    check_rows("| a | b | c\nSome words", &["a | b | c"], &[]);
    check_rows("| a | b | c |\n<!-- | x |\n-->\n| d | e | f |", &["a | b | c", "d | e | f"], &[]);
    let raw = ["a pipe | in prose", "- | in a list"];
    assert!(!begins_table(&comments::strip_comments(&raw, 1).0, 0));
    assert!(!begins_table(&comments::strip_comments(&raw, 1).0, 1));
}
