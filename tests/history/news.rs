//! What each commit brought, for those who are told everything once.

use respdiff::history::Filter;
use respdiff::normalize::Names;
use respdiff::report::DocumentReport;
use respdiff::timeline::{self, NamesTable};

use super::scratch::Scratch;

fn page(edition: &str, rows: &[(&str, &str)]) -> String {
    let row = |(ibm, you): &(&str, &str)| format!("| Vaults | {ibm} | {you} |\n");
    let rows: String = rows.iter().map(row).collect();
    format!(
        "---\nlastupdated: \"{edition}\"\n---\n\n# Responsibilities for Skyvault\n\n## Vaults\n\n\
         | Task | IBM | You |\n|-|-|-|\n{rows}"
    )
}

fn news(scratch: &Scratch, span: Option<&str>) -> Vec<DocumentReport> {
    let repo = scratch.open();
    let span = repo.parse_span(span).unwrap();
    let names = |_: &[NamesTable]| Names::builtin();
    timeline::editions_with_changes(&repo, &span, &Filter::default(), &names, &|_| ()).unwrap()
}

/// Each edition as `date path: kind@commit`, commits by their subjects.
#[track_caller]
fn check(scratch: &Scratch, span: Option<&str>, expected: &[&str]) {
    let subject = |id: &str| scratch.git(["log", "-1", "--format=%s", id]);
    let tell = |edition: DocumentReport| {
        let stamp = edition.version.new.as_ref().and_then(|version| version.stamp.last_updated);
        let changes: Vec<String> = edition
            .changes
            .iter()
            .map(|change| {
                let introduced = change.introduced.as_ref().unwrap();
                let author = introduced.author_commit.as_deref().map(subject);
                let author = author.map(|author| format!(" by {author}")).unwrap_or_default();
                format!("{}@{}{author}", change.kind.name(), subject(&introduced.commit))
            })
            .collect();
        let day = stamp.map_or_else(|| "-".to_owned(), |day| day.to_string());
        format!("{day} {}: {}", edition.path, changes.join(", "))
    };
    let told: Vec<String> = news(scratch, span).into_iter().map(tell).collect();
    assert_eq!(told, expected);
}

const DRILL: &str = "Run a restore drill for every vault.";
const WATCH: &str = "Watch the quota of each region.";

#[test]
fn every_commit_is_told_and_editions_gather_their_commits() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[(WATCH, "")])).commit("one");
    scratch.write("a.md", &page("2024-02-01", &[(WATCH, ""), (DRILL, "")])).commit("two");
    scratch.write("a.md", &page("2024-02-01", &[(WATCH, ""), ("", DRILL)])).commit("three");
    scratch.write("a.md", &page("2024-03-01", &[(WATCH, ""), (DRILL, "")])).commit("four");
    scratch.remove("a.md").commit("five");
    let since_two = [
        "2024-02-01 a.md: moved@three",
        "2024-03-01 a.md: moved@four",
        "- a.md: removed@five, removed@five",
    ];
    check(&scratch, Some("HEAD~3..HEAD"), &since_two);
    let all = [
        "2024-01-01 a.md: added@one",
        "2024-02-01 a.md: moved@three, added@two",
        since_two[1],
        since_two[2],
    ];
    check(&scratch, None, &all);
}

#[test]
fn a_duty_that_goes_to_another_page_is_one_move() {
    let scratch = Scratch::new();
    let other = |rows| page("2024-01-01", rows);
    scratch.write("a.md", &page("2024-01-01", &[(WATCH, ""), (DRILL, "")]));
    scratch.write("b.md", &other(&[("Repair broken vaults.", "")])).commit("one");
    scratch.write("a.md", &page("2024-02-01", &[(WATCH, "")]));
    scratch.write("b.md", &other(&[("Repair broken vaults.", ""), ("", DRILL)])).commit("two");
    check(&scratch, Some("HEAD~1..HEAD"), &["2024-01-01 b.md: moved@two"]);
}

#[test]
fn a_merge_brings_what_a_commit_inside_it_wrote() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[(WATCH, ""), (DRILL, "")])).commit("one");
    scratch.git(["checkout", "-q", "-b", "topic"]);
    scratch.write("a.md", &page("2024-01-01", &[(WATCH, ""), ("", DRILL)])).commit("inside");
    scratch.write("a.md", &page("2024-02-01", &[(WATCH, ""), ("", DRILL)])).commit("stamp");
    scratch.git(["checkout", "-q", "main"]);
    scratch.merge("topic");
    check(&scratch, Some("HEAD~1..HEAD"), &["2024-02-01 a.md: moved@merge by inside"]);
}
