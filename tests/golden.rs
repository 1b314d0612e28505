//! Every case of `tests/cases` through every stage, as text that people read and review:
//! the matrices, the changes as JSON, and the text of the comparison.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};

use insta::Settings;
use respdiff::diff::{DocumentPair, compare_all};
use respdiff::lint;
use respdiff::model::{Document, Sides};
use respdiff::normalize::{self, Names};
use respdiff::render::text::TextOptions;
use respdiff::render::{json, text, yaml};
use respdiff::report::{Compared, End, Report, ShownPage, assemble_report};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn pages(case: &Path) -> Sides<Document> {
    Sides::new("old.md", "new.md").map(|name| {
        let bytes = fs::read(case.join(name)).unwrap();
        normalize::read_page(&bytes, &Names::builtin())
    })
}

fn report(pages: &Sides<Document>) -> Report {
    let path = Sides::new("page.md", "page.md").map(|path| Some(path.to_owned()));
    let page = pages.as_ref().map(Some);
    let compared = compare_all(&[DocumentPair { path: path.clone(), page }])
        .into_iter()
        .map(|comparison| Compared {
            path: path.clone(),
            commit: Sides::default(),
            page,
            findings: pages.as_ref().map(lint::content_findings),
            comparison,
        })
        .collect();
    let ends = Sides::new("old.md", "new.md").map(|path| End::File { path: path.to_owned() });
    assemble_report(ends, compared, Vec::new())
}

fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_case_reads_as_reviewed() {
    settings().bind(|| {
        for case in cases() {
            let name = case.file_name().unwrap().to_str().unwrap().to_owned();
            let pages = pages(&case);
            let report = report(&pages);
            let shown = [("old.md", pages.old), ("new.md", pages.new)]
                .map(|(path, document)| ShownPage::new(path.to_owned(), document))
                .to_vec();
            insta::assert_snapshot!(
                format!("{name}.matrix"),
                utf8(yaml::render_matrix(&shown).unwrap())
            );
            insta::assert_snapshot!(
                format!("{name}.changes"),
                utf8(json::render_result(&report).unwrap())
            );
            let options = TextOptions::default();
            insta::assert_snapshot!(
                format!("{name}.text"),
                utf8(text::render_diff(&report, &options))
            );
        }
    });
}

#[test]
fn a_page_does_not_differ_from_itself() {
    for case in cases() {
        let Sides { old, new } = pages(&case);
        for page in [old, new] {
            let report = report(&Sides::new(page.clone(), page));
            assert_eq!(report.summary().total_changes(), 0, "{}", case.display());
        }
    }
}
