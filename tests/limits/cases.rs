//! Inputs that somebody could make to break a reader, each of any size.
//!
//! `tests/limits.rs` runs them small and looks at how their cost grows; `benches/limits.sh` runs them
//! at the size that is promised.

use std::fmt::Write as _;

use super::words::{label, phrase, sentence};

/// Two versions of a page, and the table of names beside them.
#[derive(Default)]
pub(crate) struct Input {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) keyrefs: Option<String>,
}

/// One way to be hostile.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// What the size counts.
    pub(crate) unit: &'static str,
    /// The size that is promised to be read.
    pub(crate) full: usize,
    pub(crate) make: fn(usize) -> Input,
}

const MB: usize = 1 << 20;

const fn case(
    name: &'static str,
    full: usize,
    unit: &'static str,
    make: fn(usize) -> Input,
) -> Case {
    Case { name, unit, full, make }
}

/// All of them.
pub(crate) const CASES: &[Case] = &[
    case("page-of-tables", 50 * MB, "bytes", page_of_tables),
    case("page-of-prose", 50 * MB, "bytes", |n| {
        both(&filled(n, "Acme Queue keeps what it gets. "))
    }),
    case("page-of-lines", 50 * MB, "bytes", |n| both(&filled(n, "a line\n"))),
    case("page-of-blanks", 50 * MB, "bytes", |n| both(&filled(n, " \n"))),
    case("row-of-words", 10 * MB, "bytes", |n| row(n, "keep ")),
    case("row-of-one-word", 10 * MB, "bytes", |n| row(n, "x")),
    case("row-of-sentences", 10 * MB, "bytes", |n| row_of(n, |at| sentence(at) + " ")),
    case("row-of-like-sentences", 10 * MB, "bytes", |n| row(n, "Keep the keys. ")),
    case("row-of-items", 10 * MB, "bytes", |n| row_of(n, |at| format!("\\n - {}", phrase(at)))),
    case("row-of-breaks", 10 * MB, "bytes", |n| row_of(n, |at| format!("{}<br>", phrase(at)))),
    case("row-of-li", 10 * MB, "bytes", |n| row_of(n, |at| format!("<li>{}</li>", phrase(at)))),
    case("row-of-cells", 10 * MB, "bytes", |n| row(n, "a | ")),
    case("row-of-ticks", 10 * MB, "bytes", |n| row(n, "`a ")),
    case("row-of-links", 10 * MB, "bytes", |n| row(n, "[a](/b) ")),
    case("row-of-brackets", 10 * MB, "bytes", |n| row(n, "[")),
    case("row-of-half-links", 10 * MB, "bytes", |n| row(n, "[a](")),
    case("row-of-stars", 10 * MB, "bytes", |n| row(n, "*a ")),
    case("row-of-tags", 10 * MB, "bytes", |n| row(n, "<b>")),
    case("row-of-half-tags", 10 * MB, "bytes", |n| row(n, "<a ")),
    case("row-of-entities", 10 * MB, "bytes", |n| row(n, "&amp;")),
    case("row-of-keyrefs", 10 * MB, "bytes", |n| row(n, "{{site.data.keyword.cloud}} ")),
    case("row-of-half-keyrefs", 10 * MB, "bytes", |n| row(n, "{{site.")),
    case("row-of-footnotes", 10 * MB, "bytes", |n| row(n, "[^a]")),
    case("row-of-numbers", 10 * MB, "bytes", |n| row(n, "1. ")),
    case("row-of-parties", 10 * MB, "bytes", |n| row(n, "IBM is responsible for: ")),
    case("row-of-a-name", 10 * MB, "bytes", |n| row_with(&format!("IBM {}", filled(n, "cloud")))),
    case("row-of-changed-words", 10 * MB, "bytes", |n| same_cell(n, words_but_some)),
    case("row-of-changed-items", 10 * MB, "bytes", |n| {
        same_cell(n, |at, new| {
            format!("\\n - Keep the key number {} of the vault.", at * 2 + usize::from(new))
        })
    }),
    case("row-that-grew", 10 * MB, "bytes", |n| {
        same_cell(n, |at, new| {
            let text =
                if at.is_multiple_of(2) && new { sentence(at + 700_001) } else { sentence(at) };
            format!("\\n - {text}")
        })
    }),
    case("row-cut-anew", 10 * MB, "bytes", |n| {
        same_cell(n, |at, new| {
            let item = if new == at.is_multiple_of(2) { " " } else { "\\n - " };
            format!("{item}{}", sentence(at))
        })
    }),
    case("row-of-two-words-against-long-items", MB, "bytes", |n| {
        let long = format!("\\n - {}", filled(n / 25, "keep "));
        Input {
            old: table(&format!("| Keys | {} | |\n", filled(n, "\\n - keep keep "))),
            new: table(&format!("| Keys | {} | |\n", long.repeat(25))),
            ..Input::default()
        }
    }),
    case("table", 200_000, "rows", |n| rows(n, |at| (label(at), sentence(at)), one_in_ten)),
    case("table-of-one-task", 200_000, "rows", |n| {
        rows(n, |at| ("Keys".into(), sentence(at)), one_in_ten)
    }),
    case("table-of-one-duty", 200_000, "rows", |n| {
        rows(n, |at| (label(at), "Keep the keys of the vault.".into()), one_in_ten)
    }),
    case("table-of-one-row", 200_000, "rows", |n| {
        rows(n, |_| ("Keys".into(), "Keep the keys of the vault.".into()), one_in_ten)
    }),
    case("table-moved", 200_000, "rows", |n| {
        rows(n, |at| (label(at), sentence(at)), |_, row| Row { swapped: true, ..row })
    }),
    case("table-renamed", 200_000, "rows", |n| {
        rows(n, |at| (label(at), sentence(at)), |at, row| Row { task: label(at + 7), ..row })
    }),
    case("table-replaced", 200_000, "rows", |n| {
        let fresh = |at, row| Row { text: sentence(at + 900_001), task: label(at * 3 + 5), ..row };
        rows(n, |at| (label(at), sentence(at)), fresh)
    }),
    case("table-of-like-duties", 200_000, "rows", |n| {
        let number = |at: usize| format!("Keep the key number {at} of the vault.");
        rows(n, |at| ("Keys".into(), number(at)), |at, row| Row { text: number(at + 1), ..row })
    }),
    case("table-backwards", 200_000, "rows", backwards),
    case("table-merged-into-a-row", 200_000, "rows", |n| merged(n, "| All | ", " ", " | |\n")),
    case("table-merged-into-items", 200_000, "rows", |n| {
        merged(n, "| All | \\n - ", "\\n - ", " | |\n")
    }),
    case("tables-merged-into-one", 100_000, "tables", merged_tables),
    case("table-without-ends", 200_000, "rows", |n| {
        both(&table(&repeated(n, |at| format!("| {} | {}\n", label(at), sentence(at)))))
    }),
    case("table-of-labels", 200_000, "rows", |n| {
        both(&table(&repeated(n, |at| format!("| {} | | |\n", label(at)))))
    }),
    case("table-of-wide-cells", 100_000, "cells", |n| {
        let cells = "<td colspan=1000 rowspan=1000>a</td>".repeat(n);
        both(&format!(
            "<table>\n<tr><th>Task</th><th>IBM</th><th>You</th></tr>\n<tr>{cells}</tr>\n</table>\n"
        ))
    }),
    case("table-of-row-spans", 200_000, "cells", |n| {
        let cells = "<td rowspan=0>Keep the keys.".repeat(n / 2);
        let rows = "<tr><td>a".repeat(n / 2);
        both(&format!(
            "<table>\n<tr><th>Task<th>IBM<th>You</tr>\n<tbody><tr>{cells}{rows}</table>\n"
        ))
    }),
    case("table-of-a-long-label-over-many-columns", MB, "bytes", wide_grid),
    case("table-under-a-long-heading", MB, "bytes", |n| {
        let heading = format!("## {}\n\n", filled(n / 2, "keys of vaults "));
        let body = |you: &str| {
            let row = |at: usize| format!("| {at} | {you}Keep {at}. |\n");
            format!("{heading}{}", table(&repeated(n / 40, row)))
        };
        Input { old: body(""), new: body("| "), ..Input::default() }
    }),
    case("grids-reshaped", 10_000, "tables", reshaped),
    case("html-table", 200_000, "rows", html_rows),
    case("owner-list", 200_000, "rows", owner_list),
    case("party-list", 200_000, "items", party_list),
    case("headings", 100_000, "headings", |n| {
        both(&repeated(n, |at| format!("{} {}\n\n", "#".repeat(2 + at % 5), label(at))))
    }),
    case("headings-with-tables", 100_000, "headings", |n| {
        both(&repeated(n, |at| {
            let row = format!("| {} | {} | |\n", label(at), sentence(at));
            format!("{} {}\n\n{}\n", "#".repeat(2 + at % 5), label(at), table(&row))
        }))
    }),
    case("nested-lists", 10_000, "levels", |n| {
        both(&repeated(n, |at| format!("{}- a\n", " ".repeat(at))))
    }),
    case("nested-list-marks", 10_000, "levels", |n| both(&"- ".repeat(n))),
    case("nested-ul", 10_000, "levels", |n| row(n * 8, "<ul><li>")),
    case("nested-ul-outside", 10_000, "levels", |n| both(&"<ul>\n<li>a\n".repeat(n))),
    case("nested-tables", 10_000, "levels", |n| both(&"<table><tr><td>".repeat(n))),
    case("nested-quotes", 10_000, "levels", |n| both(&format!("{} a\n", "> ".repeat(n)))),
    case("nested-emphasis", 10_000, "levels", |n| row(n * 4, "*a _")),
    case("nested-spans", 10_000, "levels", |n| row(n * 6, "<span>")),
    case("comments", 1_000_000, "comments", |n| both(&"<!-- ".repeat(n))),
    case("attributes", 1_000_000, "quotes", |n| {
        both(&format!("{}{{: caption={}}}\n", table("| a | b | c |\n"), "\"a ".repeat(n)))
    }),
    case("keyrefs", 1_000_000, "keyrefs", |n| {
        both(&table(&repeated(n / 10, |at| {
            let ten = repeated(10, |key| format!("{{{{site.data.keyword.k{}}}}} ", at * 10 + key));
            format!("| {} | Keep {ten} | |\n", label(at))
        })))
    }),
    case("keyref-file", 1_000_000, "names", |n| {
        let names = repeated(n, |at| format!("  k{at}: Acme {}\n", label(at)));
        let row = "| Keys | Keep {{site.data.keyword.k7}} safe. | |\n";
        Input { keyrefs: Some(format!("keyword:\n{names}")), ..both(&table(row)) }
    }),
    case("front-matter-keys", 1_000_000, "keys", |n| {
        front(&repeated(n, |at| format!("k{at}: v\n")))
    }),
    case("front-matter-aliases", 1_000, "aliases", |n| front(&aliases(n))),
    case("front-matter-wide-aliases", 100_000, "aliases", |n| front(&wide_aliases(n))),
    case("front-matter-nesting", 1_000_000, "levels", |n| {
        front(&format!("a: {}\n", "[".repeat(n)))
    }),
    case("front-matter-blocks", 3_000, "levels", |n| {
        front(&repeated(n, |at| format!("{}a:\n", " ".repeat(at))))
    }),
    case("front-matter-dashes", 100_000, "levels", |n| {
        front(&format!("a:\n {}x\n", "- ".repeat(n)))
    }),
    case("front-matter-never-ends", 10 * MB, "bytes", |n| {
        both(&format!("---\n{}", filled(n, "k: v\n")))
    }),
    case("keyref-file-aliases", 1_000, "aliases", |n| names(aliases(n))),
    case("keyref-file-wide-aliases", 100_000, "aliases", |n| names(wide_aliases(n))),
    case("keyref-file-nesting", 1_000_000, "levels", |n| names(format!("a: {}", "{a: ".repeat(n)))),
    case("keyref-file-dashes", 100_000, "levels", |n| names(format!("a:\n {}x\n", "- ".repeat(n)))),
];

/// One row of a table in two versions.
struct Row {
    task: String,
    text: String,
    swapped: bool,
}

fn one_in_ten(at: usize, row: Row) -> Row {
    match at % 40 {
        0 => Row { swapped: true, ..row },
        10 => Row { text: format!("{} Do it at once.", row.text), ..row },
        20 => Row { text: sentence(at + 500_009), ..row },
        30 => Row { task: format!("{} again", row.task), ..row },
        _ => row,
    }
}

fn rows(
    count: usize,
    make: impl Fn(usize) -> (String, String),
    change: impl Fn(usize, Row) -> Row,
) -> Input {
    let written = |row: &Row| {
        let (ibm, you) = if row.swapped { ("", &*row.text) } else { (&*row.text, "") };
        format!("| {} | {ibm} | {you} |\n", row.task)
    };
    let (mut old, mut new) = (String::new(), String::new());
    for at in 0..count {
        let (task, text) = make(at);
        let row = Row { task, text, swapped: at % 2 == 1 };
        old.push_str(&written(&row));
        let swapped = row.swapped;
        let changed = change(at, Row { swapped: false, ..row });
        new.push_str(&written(&Row { swapped: changed.swapped != swapped, ..changed }));
    }
    Input { old: table(&old), new: table(&new), keyrefs: None }
}

fn backwards(count: usize) -> Input {
    let written = |at: usize| format!("| {} | {} | |\n", label(at), sentence(at));
    Input {
        old: table(&repeated(count, written)),
        new: table(&(0..count).rev().map(written).collect::<String>()),
        keyrefs: None,
    }
}

/// Every row's duty is one row's in the new version.
fn merged(count: usize, begin: &str, between: &str, end: &str) -> Input {
    let row = |at: usize| format!("| {} | {} | |\n", label(at), sentence(at));
    let duties: Vec<String> = (0..count).map(sentence).collect();
    let one = format!("{begin}{}{end}", duties.join(between));
    Input { old: table(&repeated(count, row)), new: table(&one), keyrefs: None }
}

/// A row with a long label, whose owners change in all of its many columns.
fn wide_grid(bytes: usize) -> Input {
    let columns = bytes / 40;
    let grid = |owner: &str| {
        let head = repeated(columns, |at| format!(" Area {at} |"));
        let rule = "---|".repeat(columns);
        let label = filled(bytes / 2, "keys of vaults ");
        let owners =
            repeated(columns, |at| format!(" {} |", if at % 9 == 0 { "You" } else { owner }));
        format!("| Resource |{head}\n|---|{rule}\n| {label} |{owners}\n")
    };
    Input { old: grid("IBM"), new: grid("Shared"), keyrefs: None }
}

fn merged_tables(count: usize) -> Input {
    let row = |at: usize| format!("| {} | {} | |\n", label(at), sentence(at));
    let alone = |at: usize| format!("## {}\n\n{}\n", label(at), table(&row(at)));
    Input { old: repeated(count, alone), new: table(&repeated(count, row)), keyrefs: None }
}

fn page_of_tables(bytes: usize) -> Input {
    let mut input = Input::default();
    let mut at = 0;
    while input.old.len() < bytes {
        let _ = writeln!(input.old, "## {}\n", label(at));
        let _ = writeln!(input.new, "## {}\n", label(at));
        let part = rows(20, |at| (label(at), sentence(at)), one_in_ten);
        // the same words in every table would be another case
        let numbered = |text: &str| text.replace("the vault", &format!("vault {at}"));
        input.old.push_str(&numbered(&part.old));
        input.new.push_str(&numbered(&part.new));
        input.old.push('\n');
        input.new.push('\n');
        at += 1;
    }
    input
}

fn html_rows(count: usize) -> Input {
    let row =
        |at: usize| format!("<tr><td>{}</td><td>{}</td><td></td></tr>\n", label(at), sentence(at));
    let head = "<table>\n<tr><th>Task</th><th>IBM</th><th>You</th></tr>\n";
    both(&format!("{head}{}</table>\n", repeated(count, row)))
}

fn owner_list(count: usize) -> Input {
    let written = |shift: usize| {
        let row = |at: usize| {
            let owner = if (at + shift).is_multiple_of(3) { "IBM" } else { "Customer" };
            format!("| {} | {owner} |\n", sentence(at))
        };
        format!("| Responsibilities | Ownership |\n|-|-|\n{}", repeated(count, row))
    };
    Input { old: written(0), new: written(1), keyrefs: None }
}

fn party_list(count: usize) -> Input {
    let items = |from: usize| repeated(count / 2, |at| format!("- {}\n", sentence(from + at)));
    let page =
        |a: &str, b: &str| format!("IBM responsibilities:\n\n{a}\nYour responsibilities:\n\n{b}");
    let (a, b) = (items(0), items(count));
    Input { old: page(&a, &b), new: page(&b, &a), keyrefs: None }
}

fn table(rows: &str) -> String {
    format!("| Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n{rows}")
}

/// A table with one long cell, which is the other party's in the new version.
fn row(bytes: usize, token: &str) -> Input {
    row_with(&filled(bytes, token))
}

fn row_of(bytes: usize, token: fn(usize) -> String) -> Input {
    let mut text = String::new();
    let mut at = 0;
    while text.len() < bytes {
        text.push_str(&token(at));
        at += 1;
    }
    row_with(&text)
}

fn row_with(cell: &str) -> Input {
    let old = table(&format!("| Keys | {cell} | |\n"));
    let new = table(&format!("| Keys | | {cell} |\n"));
    Input { old, new, keyrefs: None }
}

/// A cell that stays where it is, in two versions.
fn same_cell(bytes: usize, token: fn(usize, bool) -> String) -> Input {
    let cell = |new: bool| {
        let mut text = String::new();
        let mut at = 0;
        while text.len() < bytes {
            text.push_str(&token(at, new));
            at += 1;
        }
        table(&format!("| Keys | {text} | |\n"))
    };
    Input { old: cell(false), new: cell(true), keyrefs: None }
}

fn words_but_some(at: usize, new: bool) -> String {
    if at.is_multiple_of(9) && new { format!("fresh{at} ") } else { format!("word{at} ") }
}

/// Owner grids that became tables of sentences under other headings.
fn reshaped(count: usize) -> Input {
    let grid = |at: usize| {
        format!(
            "## {}\n\n| Resource | Incident | Change |\n|-|-|-|\n| {} | IBM | Customer |\n\n",
            label(at),
            label(at * 3)
        )
    };
    let sentences = |at: usize| {
        let row = format!("| {} | {} | |\n", label(at + 100_000), sentence(at));
        format!("## {}\n\n{}\n", label(at + 200_000), table(&row))
    };
    Input { old: repeated(count, grid), new: repeated(count, sentences), keyrefs: None }
}

fn front(yaml: &str) -> Input {
    let page = table("| Keys | Keep the keys. | |\n");
    both(&format!("---\nlastupdated: \"2024-05-06\"\n{yaml}---\n\n{page}"))
}

fn names(yaml: String) -> Input {
    let page = table("| Keys | Keep {{site.data.keyword.a}} safe. | |\n");
    Input { keyrefs: Some(yaml), ..both(&page) }
}

/// Each alias stands for ten of the one before.
fn aliases(count: usize) -> String {
    let one = |at: usize| {
        let tenfold = format!("*a{at}, ").repeat(10);
        format!("k{}: &a{} [{tenfold}]\n", at + 1, at + 1)
    };
    format!("k0: &a0 [x, x]\n{}", repeated(count, one))
}

/// Many aliases of one long list.
fn wide_aliases(count: usize) -> String {
    format!("k: &a [{}]\nl: [{}]\n", "x, ".repeat(count), "*a, ".repeat(count))
}

/// The page, and the same with a duty more.
fn both(page: &str) -> Input {
    let more = table("| Drills | Run a drill every year. | |\n");
    Input {
        old: format!("{page}\n\n## Drills\n\n{}", table("| Tests | Test the vault. | |\n")),
        new: format!("{page}\n\n## Drills\n\n{more}"),
        keyrefs: None,
    }
}

fn filled(bytes: usize, token: &str) -> String {
    token.repeat(bytes / token.len())
}

fn repeated(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}
