//! The life of pages: editions, renames, gaps, stamps held to account.

use respdiff::normalize::Names;
use respdiff::report::{Edition, PageLog};
use respdiff::timeline::{self, NamesTable};

use super::scratch::{Scratch, ends, page};

/// A page with a stamp: the first commit of a scratch repository is of 2023-11-15.
fn stamped(date: &str, years: &str, duties: &[&str]) -> String {
    let head = format!("---\n\ncopyright:\n  years: {years}\nlastupdated: \"{date}\"\n\n---\n\n");
    format!("{head}{}", page(duties))
}

fn names(tables: &[NamesTable]) -> Names {
    let texts = tables.iter().map(|table| &table.text);
    texts.fold(Names::builtin(), |names, text| names.with_keyref_file(text).unwrap_or(names))
}

fn log(scratch: &Scratch, revision: Option<&str>, paths: &[&str]) -> Vec<PageLog> {
    let repo = scratch.open();
    let span = repo.parse_span(revision).unwrap();
    let filter = repo.path_filter(paths).unwrap();
    let mut pages = Vec::new();
    let mut tell = |page| {
        pages.push(page);
        Ok(())
    };
    timeline::log_pages(&repo, &span, &filter, &names, &|_| (), &mut tell).unwrap();
    pages
}

/// Editions newest first as `date commits path: changes [notices]`, commits by their number.
fn tell(edition: &Edition, commits: &[String]) -> String {
    let number = |id: &String| commits.iter().position(|known| known == id).unwrap() + 1;
    let numbers: Vec<_> =
        edition.commits.iter().map(|commit| number(&commit.commit).to_string()).collect();
    let stamp = edition.stamp();
    let date = stamp.last_updated.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let kinds: Vec<_> = edition.report.changes.iter().map(|change| change.kind.name()).collect();
    let mut codes: Vec<_> = edition.report.notices.iter().map(|n| n.code.name()).collect();
    codes.retain(|code| code.contains("stamp") || code.contains("copyright"));
    let gone = edition.gone.as_ref().map(|gone| format!(" gone {}", number(&gone.commit.commit)));
    format!(
        "{date}{} #{} {}: {} [{}]{}",
        stamp.suffix.unwrap_or_default(),
        numbers.join(","),
        edition.report.path,
        kinds.join(" "),
        codes.join(" "),
        gone.unwrap_or_default(),
    )
}

#[track_caller]
fn check(scratch: &Scratch, revision: Option<&str>, paths: &[&str], expected: &[&[&str]]) {
    let list = scratch.git(["rev-list", "--first-parent", "--reverse", "HEAD"]);
    let commits: Vec<String> = list.lines().map(str::to_owned).collect();
    let told: Vec<Vec<String>> = log(scratch, revision, paths)
        .iter()
        .map(|page| page.editions.iter().map(|edition| tell(edition, &commits)).collect())
        .collect();
    assert_eq!(told, expected);
}

/// Both ways to the same answer: all pages, and one that is named.
#[track_caller]
fn check_both(scratch: &Scratch, path: &str, expected: &[&str]) {
    check(scratch, None, &[], &[expected]);
    check(scratch, None, &[path], &[expected]);
}

#[test]
fn an_edition_is_a_run_of_one_stamp() {
    let scratch = Scratch::new();
    scratch.write("a.md", &stamped("2023-11-15", "2023", &["1"])).commit("first");
    scratch.write("other.md", "# Nothing\n").commit("elsewhere");
    scratch.write("a.md", &stamped("2023-11-15", "2023", &["1", "2"])).commit("no new date");
    scratch.write("a.md", &stamped("2023-11-18", "2023", &["1", "2"])).commit("only the date");
    scratch.write("a.md", &stamped("2023-11-19", "2023", &["1", "2", "3"])).commit("both");
    check_both(
        &scratch,
        "a.md",
        &[
            "2023-11-19 #5 a.md: added added []",
            "2023-11-18 #4 a.md:  [stamp-only]",
            "2023-11-15 #3,1 a.md:  [stamp-unchanged]",
        ],
    );
}

#[test]
fn letters_order_the_editions_of_a_day() {
    let scratch = Scratch::new();
    scratch.write("a.md", &stamped("2023-11-15", "2023", &["1"])).commit("first");
    scratch.write("a.md", &stamped("2023-11-15b", "2023", &["1", "2"])).commit("b");
    scratch.write("a.md", &stamped("2023-11-15a", "2023", &["1"])).commit("back to a");
    check_both(
        &scratch,
        "a.md",
        &[
            "2023-11-15a #3 a.md: removed removed [stamp-backwards]",
            "2023-11-15b #2 a.md: added added []",
            "2023-11-15 #1 a.md:  []",
        ],
    );
}

#[test]
fn stamps_are_held_to_account() {
    let scratch = Scratch::new();
    scratch.write("a.md", &stamped("2021-01-01", "2019, 2023", &["1"])).commit("stale");
    scratch.write("a.md", &stamped("2024-02-01", "2020, 2022", &["1", "2"])).commit("future");
    scratch.write("a.md", &stamped("soon", "2020, 2024", &["1", "2"])).commit("unreadable");
    scratch.write("a.md", &page(&["1", "2", "3"])).commit("none at all");
    check_both(
        &scratch,
        "a.md",
        &[
            "- #4 a.md: added added [stamp-missing]",
            "- #3 a.md:  [stamp-unreadable]",
            "2024-02-01 #2 a.md: added added [stamp-future copyright-behind copyright-shrinks]",
            "2021-01-01 #1 a.md:  [stamp-stale]",
        ],
    );
}

#[test]
fn undated_versions_are_dated_by_their_commits() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.write("a.md", &page(&["1", "2"])).commit("a day later");
    let editions = &log(&scratch, None, &[])[0].editions;
    let days: Vec<_> = editions.iter().map(|edition| edition.day.to_string()).collect();
    assert_eq!(days, ["2023-11-16", "2023-11-15"]);
}

#[test]
fn renames_and_moves_are_followed_from_any_name() {
    let scratch = Scratch::new();
    let long = ["1", "2", "3", "4", "5"];
    scratch.write("old.md", &stamped("2023-11-15", "2023", &long[..4])).commit("first");
    scratch.remove("old.md").write("new.md", &stamped("2023-11-16", "2023", &long));
    scratch.commit("renamed and edited");
    scratch.git(["mv", "new.md", "x.md"]);
    scratch.write("in/new.md", "# Nothing\n").commit("renamed only");
    scratch.remove("x.md").write("in/new.md", &stamped("2023-11-18", "2023", &long));
    scratch.commit("moved where something else was");
    let expected: &[&str] = &[
        "2023-11-18 #4 in/new.md:  [stamp-only]",
        "2023-11-16 #3,2 x.md: added added []",
        "2023-11-15 #1 old.md:  []",
    ];
    // a file that was there is no new one, so nothing was renamed to it
    let parted: &[&[&str]] =
        &[&["2023-11-18 #4 in/new.md:  []"], &[&format!("{} gone 4", expected[1]), expected[2]]];
    check(&scratch, None, &[], parted);
    check(&scratch, None, &["x.md"], &parted[1..]);
    check(&scratch, None, &["old.md"], &parted[1..]);
    check(&scratch, None, &["new.md"], &parted[1..]);
    check(&scratch, None, &["in"], &parted[..1]);
}

#[test]
fn a_page_that_comes_again_goes_on() {
    let scratch = Scratch::new();
    scratch.write("a.md", &stamped("2023-11-15", "2023", &["1"])).commit("first");
    scratch.remove("a.md").commit("gone");
    scratch.write("b.md", "# Nothing\n").commit("in between");
    scratch.write("a.md", &stamped("2023-11-18", "2023", &["1", "2"])).commit("again");
    scratch.write("a.md", "# Moved elsewhere\n").commit("a stub");
    check_both(
        &scratch,
        "a.md",
        &["2023-11-18 #4 a.md: added added [] gone 5", "2023-11-15 #1 a.md:  [] gone 2"],
    );
}

#[test]
fn a_name_that_is_used_again_is_another_page() {
    let scratch = Scratch::new();
    let long = ["1", "2", "3", "4", "5"];
    scratch.write("a.md", &stamped("2023-11-15", "2023", &long)).commit("first");
    scratch.git(["mv", "a.md", "b.md"]);
    scratch.commit("renamed");
    scratch.write("a.md", &stamped("2023-11-17", "2023", &["x", "y"])).commit("another");
    let a: &[&str] = &["2023-11-17 #3 a.md:  []"];
    let b: &[&str] = &["2023-11-15 #2,1 b.md:  []"];
    check(&scratch, None, &[], &[a, b]);
    check(&scratch, None, &["b.md"], &[b]);
    check(&scratch, None, &["a.md"], &[a, b]);
}

#[test]
fn files_that_exchange_names_keep_their_lives() {
    let scratch = Scratch::new();
    let duties = ["1", "2", "3", "4", "5"];
    scratch.write("a.md", &stamped("2023-11-15", "2023", &duties)).commit("first");
    scratch.git(["mv", "a.md", "b.md"]);
    scratch.commit("there");
    scratch.git(["mv", "b.md", "a.md"]);
    scratch.commit("and back");
    let whole: &[&str] = &["2023-11-15 #3,2,1 a.md:  []"];
    check(&scratch, None, &[], &[whole]);
    check(&scratch, None, &["a.md"], &[whole]);
    check(&scratch, None, &["b.md"], &[whole]);
}

#[test]
fn copies_begin_where_they_begin_and_pages_of_the_middle_are_told() {
    let scratch = Scratch::new();
    let duties = ["1", "2", "3", "4"];
    scratch.write("a.md", &stamped("2023-11-15", "2023", &duties)).commit("first");
    scratch.write("b.md", &stamped("2023-11-15", "2023", &duties)).commit("copied");
    scratch.remove("b.md").commit("the copy goes");
    scratch.write("c.md", "# Not yet\n").commit("no page");
    scratch.write("c.md", &stamped("2023-11-19", "2023", &["x"])).commit("a page now");
    let a: &[&str] = &["2023-11-15 #1 a.md:  []"];
    let b: &[&str] = &["2023-11-15 #2 b.md:  [] gone 3"];
    let c: &[&str] = &["2023-11-19 #5 c.md:  []"];
    check(&scratch, None, &[], &[a, b, c]);
    check(&scratch, None, &["b.md"], &[b]);
    check(&scratch, None, &["c.md", "a.md"], &[a, c]);
    check(&scratch, None, &["*.md"], &[a, b, c]);
}

#[test]
fn a_merge_publishes_what_others_wrote() {
    let scratch = Scratch::new();
    scratch.write("a.md", &stamped("2023-11-15", "2023", &["1"])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", &stamped("2023-11-16", "2023", &["1", "2"])).commit("draft");
    let wrote = scratch.write("a.md", &stamped("2023-11-17", "2023", &["1", "2", "3"]));
    let wrote = wrote.commit("draft again");
    scratch.git(["checkout", "-q", "main"]);
    scratch.commit("elsewhere");
    let merge = scratch.merge("side");
    check_both(
        &scratch,
        "a.md",
        &["2023-11-17 #3 a.md: added added added added []", "2023-11-15 #1 a.md:  []"],
    );
    let pages = log(&scratch, None, &[]);
    let last = pages[0].editions[0].report.changes.last().unwrap().introduced.clone().unwrap();
    assert_eq!((last.commit, last.author_commit), (merge, Some(wrote)));
}

#[test]
fn a_range_tells_what_it_brought() {
    let scratch = Scratch::new();
    scratch.write("a.md", &stamped("2023-11-15", "2023", &["1"])).commit("first");
    scratch.write("a.md", &stamped("2023-11-16", "2023", &["1", "2"])).commit("second");
    scratch.write("a.md", &stamped("2023-11-16", "2023", &["1", "2", "3"])).commit("third");
    scratch.write("b.md", &stamped("2023-11-18", "2023", &["x"])).commit("another page");
    let a: &[&str] = &["2023-11-16 #3 a.md: added added [stamp-unchanged]"];
    let b: &[&str] = &["2023-11-18 #4 b.md:  []"];
    check(&scratch, Some("HEAD~2..HEAD"), &[], &[a, b]);
    check(&scratch, Some("HEAD~2.."), &["a.md"], &[a]);
    check(&scratch, Some("HEAD~1.."), &["a.md"], &[]);
    check(&scratch, Some("HEAD~3"), &[], &[&["2023-11-15 #1 a.md:  []"]]);
}

#[test]
fn each_version_is_read_with_the_names_of_its_time() {
    let scratch = Scratch::new();
    let page = |product: &str| {
        stamped("2023-11-15", "2023", &[product])
            .replace("does", "runs {{site.data.keyword.sky}} and")
    };
    scratch.write("keyref.yaml", "keyword:\n  sky: Skyvault\n");
    scratch.write("in/a.md", &page("1")).commit("first");
    scratch.write("in/keyref.yaml", "keyword:\n  sky: Cloudvault\n").commit("renamed");
    scratch
        .write("in/a.md", &page("1").replace("2023-11-15", "2023-11-17"))
        .commit("only the date");
    check_both(
        &scratch,
        "in/a.md",
        &["2023-11-17 #3 in/a.md:  [stamp-only]", "2023-11-15 #2,1 in/a.md:  [stamp-unchanged]"],
    );
}

#[test]
fn a_shallow_clone_is_no_whole_history() {
    let scratch = Scratch::new();
    for day in ["2023-11-15", "2023-11-16", "2023-11-17"] {
        scratch.write("a.md", &stamped(day, "2023", &["1"])).commit(day);
    }
    let clone = scratch.beside("clone");
    let source = format!("file://{}", scratch.root().display());
    scratch.git(["clone", "-q", "--depth", "2", &source, clone.to_str().unwrap()]);
    let repo = respdiff::history::Repository::open(&clone).unwrap();
    let filter = repo.path_filter(&[] as &[&str]).unwrap();
    let count = |revision: Option<&str>| {
        let span = repo.parse_span(revision).unwrap();
        timeline::log_pages(&repo, &span, &filter, &names, &|_| (), &mut |_| Ok(()))
    };
    assert_eq!(count(Some("HEAD~1..HEAD")).unwrap(), 1);
    assert!(count(None).unwrap_err().to_string().contains("holds only 2 commits"));
    let short = scratch.beside("short");
    scratch.git(["branch", "old", "HEAD~2"]);
    let how = ["clone", "-q", "--depth", "1", "--no-single-branch"];
    scratch.git(how.into_iter().chain([source.as_str(), short.to_str().unwrap()]));
    let repo = respdiff::history::Repository::open(&short).unwrap();
    let ends = ends(&repo, &["origin/old..HEAD"]);
    let error = repo.walk_mainline(&ends).unwrap_err().to_string();
    assert!(error.ends_with("holds only 1 commit of it"), "{error}");
}
