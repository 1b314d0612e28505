//! What comparing costs at 100, 1,000 and 10,000 duties a side, a tenth of them changed.

#[path = "../tests/generator/mod.rs"]
mod generator;

use divan::{Bencher, black_box};
use generator::bulk::page_of;
use respdiff::diff::compare_pages;
use respdiff::model::Sides;
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
    let page = in_asciidoc(&page_of(duties, 1).0);
    let source = Source::of_file("page.adoc", page.as_bytes());
    bencher.bench_local(|| read_page(black_box(source), &names.without_memory()));
}

/// Reading one version of which nothing is remembered.
#[divan::bench(args = DUTIES)]
fn reads_anew(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let (old, _) = page_of(duties, 1);
    bencher.bench_local(|| read_page(black_box(old.as_bytes()), &names.without_memory()));
}

/// Headings and tables of a page of markdown, written in AsciiDoc.
fn in_asciidoc(page: &str) -> String {
    let mut out = String::new();
    let mut in_table = false;
    for line in page.lines() {
        let is_row = line.starts_with('|');
        if is_row != in_table {
            out.push_str("|===\n");
            in_table = is_row;
        }
        if is_row && line.contains("---") {
            out.push('\n');
        } else if is_row {
            out.push_str(line.trim_end_matches('|'));
            out.push('\n');
        } else if line.starts_with('#') {
            out.push_str(&line.replace('#', "="));
            out.push('\n');
        } else {
            out.push('\n');
        }
    }
    if in_table {
        out.push_str("|===\n");
    }
    out
}
