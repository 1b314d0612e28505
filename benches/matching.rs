//! What comparing costs at 100, 1,000 and 10,000 duties a side, a tenth of them changed.

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use generator::bulk::page_of;
use respdiff::diff::compare_pages;
use respdiff::model::{Document, Party, Sides};
use respdiff::normalize::{Names, Source, read_page};

const DUTIES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Matching alone: both versions are read already.
#[divan::bench(args = DUTIES)]
fn compares(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let (old, new) = page_of(duties, 1);
    let pages = Sides::new(read_page(old.as_bytes(), &names), read_page(new.as_bytes(), &names));
    bencher.bench_local(|| compare_pages(black_box(pages.as_ref())));
}

/// Reading one version.
#[divan::bench(args = DUTIES)]
fn reads(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let (old, _) = page_of(duties, 1);
    bencher.bench_local(|| read_page(black_box(old.as_bytes()), &names));
}

/// Reading the same version in AsciiDoc: at most one and a half times what markdown costs.
#[divan::bench(args = DUTIES)]
fn reads_asciidoc(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let markdown = read_page(page_of(duties, 1).0.as_bytes(), &names);
    let page = in_asciidoc(&markdown);
    let source = Source::of_file("page.adoc", page.as_bytes());
    assert_eq!(read_page(source, &names).duties().count(), markdown.duties().count());
    bencher.bench_local(|| read_page(black_box(source), &names.without_memory()));
}

/// Reading one version of which nothing is remembered.
#[divan::bench(args = DUTIES)]
fn reads_anew(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let (old, _) = page_of(duties, 1);
    bencher.bench_local(|| read_page(black_box(old.as_bytes()), &names.without_memory()));
}

/// The tables of a page, written in AsciiDoc.
fn in_asciidoc(page: &Document) -> String {
    let mut out = format!("= {}\n", page.title);
    for matrix in &page.matrices {
        let heading = matrix.section.last().map_or("Tasks", |heading| heading.text.as_str());
        let _ = write!(
            out,
            "\n== {heading}\n\n[cols=\"1,2a,2a\",options=\"header\"]\n|===\n\
             |Task |IBM responsibilities |Customer responsibilities\n\n"
        );
        for row in &matrix.rows {
            let _ = writeln!(out, "|{}", row.task.text);
            for party in [Party::Ibm, Party::Customer] {
                out.push_str("|\n");
                for duty in row.duties.iter().filter(|duty| duty.party == party) {
                    let _ = writeln!(out, "* {}", duty.phrase.text);
                }
            }
        }
        out.push_str("|===\n");
    }
    out
}
