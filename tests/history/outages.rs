//! Pages that go away or cannot be read for a while, and pages whose names change under them.

use respdiff::history::Filter;
use respdiff::model::{Code, Kind, Sides};
use respdiff::normalize::Names;
use respdiff::report::{DocumentReport, PageLog};
use respdiff::timeline::{self, ComparedDocument, NamesTable, OldSide, compare_range};

use super::scratch::{Scratch, ends};

const KEYS: &str = "| Keys | Rotate the master keys. | Store your own keys safely. |\n";
const KEYS_MOVED: &str = "| Keys | Store your own keys safely. | Rotate the master keys. |\n";
const BACKUPS: &str =
    "| Backups | Back up the vault every night. | Test restores each quarter. |\n";

fn page_with(header: &str, date: &str, rows: &[&str]) -> String {
    format!(
        "---\nlastupdated: \"{date}\"\n---\n\n# Responsibilities for Skyvault\n\n## Vaults\n\n\
         | {header} |\n|---|---|---|\n{}",
        rows.concat()
    )
}

fn page(date: &str, rows: &[&str]) -> String {
    page_with("Task | IBM responsibilities | Your responsibilities", date, rows)
}

/// The same duties, but nobody can tell whose they are.
fn unreadable(date: &str, rows: &[&str]) -> String {
    page_with("Task | Tier A | Tier B", date, rows)
}

/// Product names: the built-in ones and the repository's own over them.
fn names(tables: &[NamesTable]) -> Names {
    tables
        .iter()
        .fold(Names::builtin(), |names, table| names.with_keyref_file(&table.text).unwrap())
}

fn compared(scratch: &Scratch, range: &str, old_side: OldSide) -> Vec<ComparedDocument> {
    let repo = scratch.open();
    let ends = ends(&repo, &[range]);
    compare_range(&repo, &ends, &Filter::default(), &names, old_side).unwrap().documents
}

fn news(scratch: &Scratch, span: Option<&str>) -> Vec<DocumentReport> {
    let repo = scratch.open();
    let span = repo.parse_span(span).unwrap();
    timeline::editions_with_changes(&repo, &span, &Filter::default(), &names, &|_| ()).unwrap()
}

fn log(scratch: &Scratch) -> Vec<PageLog> {
    let repo = scratch.open();
    let (span, mut pages) = (repo.parse_span(None).unwrap(), Vec::new());
    timeline::log_pages(&repo, &span, &Filter::default(), &names, &|_| (), &mut |page| {
        pages.push(page);
        Ok(())
    })
    .unwrap();
    pages
}

fn kinds<'c>(changes: impl IntoIterator<Item = &'c respdiff::model::Change>) -> Vec<&'static str> {
    let mut kinds: Vec<_> = changes.into_iter().map(|change| change.kind.name()).collect();
    kinds.sort_unstable();
    kinds
}

fn codes(report: &DocumentReport) -> Vec<&'static str> {
    report.notices.iter().map(|notice| notice.code.name()).collect()
}

/// A page that is away in the second commit and comes back with a duty in other hands.
fn deleted_and_back() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS, KEYS])).commit("one");
    scratch.remove("a.md").commit("two");
    scratch.write("a.md", &page("2024-03-01", &[BACKUPS, KEYS_MOVED])).commit("three");
    scratch
}

/// The same, with a page that is there all the time.
fn unreadable_and_back() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS, KEYS])).commit("one");
    scratch.write("a.md", &unreadable("2024-02-01", &[BACKUPS, KEYS])).commit("two");
    scratch.write("a.md", &page("2024-03-01", &[BACKUPS, KEYS_MOVED])).commit("three");
    scratch
}

#[test]
fn a_page_that_comes_back_is_compared_with_its_last_version() {
    for scratch in [deleted_and_back(), unreadable_and_back()] {
        let found = compared(&scratch, "HEAD~1..HEAD", OldSide::LastReadable);
        assert_eq!(kinds(&found[0].comparison.changes), ["moved", "moved"]);
        let returned = found[0].comparison.notices.iter().filter(|n| n.code == Code::Returned);
        let messages: Vec<&str> = returned.map(|notice| notice.message.as_str()).collect();
        assert_eq!(messages.len(), 1, "{messages:?}");
        let (one, two) = (scratch.id("HEAD~2"), scratch.id("HEAD~1"));
        assert!(messages[0].contains(&two[..7]) && messages[0].contains(&one[..7]), "{messages:?}");
        let introduced =
            |change: &respdiff::model::Change| change.introduced.clone().unwrap().commit;
        let commits = found[0].comparison.changes.iter().map(introduced);
        assert!(commits.eq([scratch.id("HEAD"), scratch.id("HEAD")]));
        // two ends that are asked for are compared as they are
        let found = compared(&scratch, "HEAD~1..HEAD", OldSide::AsItIs);
        assert_eq!(kinds(&found[0].comparison.changes), ["added"; 4]);
    }
}

#[test]
fn alerts_and_log_tell_an_outage_once_and_what_changed_over_it() {
    for (scratch, is_there) in [(deleted_and_back(), false), (unreadable_and_back(), true)] {
        let told = news(&scratch, None);
        assert_eq!(told.len(), 3);
        assert_eq!(kinds(&told[1].changes), ["removed"; 4]);
        assert_eq!(codes(&told[1]), if is_there { vec!["unassigned"] } else { vec![] });
        let stamp = told[1].version.new.as_ref().and_then(|version| version.stamp.written_date());
        assert_eq!(stamp.as_deref(), is_there.then_some("2024-02-01"));
        assert_eq!(kinds(&told[2].changes), ["moved", "moved"]);
        assert_eq!(codes(&told[2]), ["returned"]);
        // however often somebody looks
        let parts = ["HEAD~2..HEAD~1", "HEAD~1..HEAD"].map(|span| news(&scratch, Some(span)));
        let known = |report: &DocumentReport| (report.changes.clone(), report.notices.clone());
        let parts: Vec<_> = parts.iter().flatten().map(known).collect();
        assert_eq!(parts, told[1..].iter().map(known).collect::<Vec<_>>());
        let pages = log(&scratch);
        let [newest, oldest] = &pages[0].editions[..] else { panic!("{pages:?}") };
        assert_eq!(kinds(&newest.report.changes), ["moved", "moved"]);
        assert!(newest.report.notices.iter().any(|notice| notice.code == Code::Returned));
        let gone = oldest.gone.as_ref().unwrap();
        assert_eq!(gone.commit.commit, scratch.id("HEAD~1"));
        assert_eq!(gone.unread.len(), usize::from(is_there));
        let stamp = gone.stamp.as_ref().and_then(respdiff::model::Stamp::written_date);
        assert_eq!(stamp.as_deref(), is_there.then_some("2024-02-01"));
    }
}

#[test]
fn an_outage_without_change_ends_with_a_word() {
    let scratch = Scratch::new();
    let good = page("2024-01-01", &[BACKUPS, KEYS]);
    scratch.write("a.md", &good).commit("one");
    scratch.remove("a.md").commit("two");
    scratch.write("b.md", "# Guide\n").commit("three");
    scratch.write("a.md", &good).commit("four");
    for span in [None, Some("HEAD~1..HEAD")] {
        let told = news(&scratch, span);
        let last = told.last().unwrap();
        assert!(last.changes.is_empty() && codes(last) == ["returned"], "{last:?}");
    }
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::LastReadable);
    assert!(found[0].comparison.changes.is_empty());
}

#[test]
fn a_page_that_is_new_or_gone_for_good_is_told_as_that() {
    let scratch = Scratch::new();
    scratch.write("b.md", "# Guide\n").commit("zero");
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS])).commit("one");
    scratch.write("a.md", "# Responsibilities for Skyvault\n\nThis page moved.\n").commit("two");
    let found = compared(&scratch, "HEAD~2..HEAD~1", OldSide::LastReadable);
    assert_eq!(kinds(&found[0].comparison.changes), ["added", "added"]);
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::LastReadable);
    assert_eq!(kinds(&found[0].comparison.changes), ["removed", "removed"]);
    assert!(found[0].comparison.unread.is_empty());
    assert!(found[0].page_sides().new.is_none(), "a stub is no page");
    assert!(log(&scratch)[0].editions[0].gone.as_ref().unwrap().unread.is_empty());
}

#[test]
fn a_page_that_loses_its_parties_where_it_is_renamed_is_followed() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS, KEYS])).commit("one");
    scratch.remove("a.md").write("b.md", &unreadable("2024-02-01", &[BACKUPS, KEYS])).commit("two");
    scratch.write("b.md", &page("2024-03-01", &[BACKUPS, KEYS_MOVED])).commit("three");
    let found = compared(&scratch, "HEAD~2..HEAD~1", OldSide::LastReadable);
    assert_eq!(found[0].path, Sides::new(Some("a.md".into()), Some("b.md".into())));
    assert_eq!(found[0].comparison.unread.len(), 1);
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::LastReadable);
    assert_eq!(kinds(&found[0].comparison.changes), ["moved", "moved"]);
    let pages = log(&scratch);
    assert_eq!(pages.len(), 1);
    assert_eq!(kinds(&pages[0].editions[0].report.changes), ["moved", "moved"]);
    let told = news(&scratch, Some("HEAD~1..HEAD"));
    assert_eq!(kinds(&told[0].changes), ["moved", "moved"]);
}

#[test]
fn duties_that_went_to_another_page_are_not_unread() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS, KEYS])).commit("one");
    scratch
        .write("a.md", &unreadable("2024-02-01", &[BACKUPS, KEYS]))
        .write("b.md", &page("2024-02-01", &[BACKUPS, KEYS]))
        .commit("two");
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::LastReadable);
    assert!(found.iter().all(|document| document.comparison.unread.is_empty()));
    let relocated = found.iter().flat_map(|document| &document.comparison.changes);
    assert!(relocated.clone().count() == 4 && relocated.clone().all(|c| c.kind != Kind::Removed));
}

#[test]
fn a_duty_reworded_across_an_outage_is_dated_by_the_commit_that_did_it() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS, KEYS])).commit("one");
    let reworded = BACKUPS.replace("every night", "every day");
    scratch.write("a.md", &page("2024-02-01", &[&reworded, KEYS])).commit("two");
    scratch.write("a.md", &unreadable("2024-03-01", &[&reworded, KEYS])).commit("three");
    scratch.write("a.md", &page("2024-04-01", &[&reworded, KEYS])).commit("four");
    let found = compared(&scratch, "HEAD~3..HEAD", OldSide::AsItIs);
    let change = &found[0].comparison.changes[0];
    assert_eq!(change.kind, Kind::Reworded);
    assert_eq!(change.introduced.as_ref().unwrap().commit, scratch.id("HEAD~2"));
}

#[test]
fn a_commit_that_changes_only_names_is_told_everywhere() {
    let header = "Task | {{site.data.keyword.who_a}} responsibilities | \
                  {{site.data.keyword.who_b}} responsibilities";
    let table = |a: &str, b: &str| format!("keyword:\n  who_a: {a}\n  who_b: {b}\n");
    let scratch = Scratch::new();
    scratch
        .write("a.md", &page_with(header, "2024-01-01", &[BACKUPS, KEYS]))
        .write("keyref.yaml", &table("IBM", "Customer"))
        .commit("one");
    scratch.write("b.md", "# Guide\n").commit("two");
    scratch.write("keyref.yaml", &table("Customer", "IBM")).commit("three");
    scratch.write("keyref.yaml", &format!("{}  vault: Skyvault\n", table("Customer", "IBM")));
    scratch.commit("four");
    let found = compared(&scratch, "HEAD~2..HEAD~1", OldSide::AsItIs);
    assert_eq!(found.len(), 1);
    assert_eq!(kinds(&found[0].comparison.changes), ["moved"; 4]);
    let three = scratch.id("HEAD~1");
    let told = news(&scratch, Some("HEAD~2..HEAD"));
    assert_eq!(told.len(), 1);
    assert_eq!(kinds(&told[0].changes), ["moved"; 4]);
    assert!(told[0].changes.iter().all(|c| c.introduced.as_ref().unwrap().commit == three));
    assert_eq!(news(&scratch, None).last().unwrap().changes.len(), 8, "one edition, one stamp");
    let pages = log(&scratch);
    let commits: Vec<&str> =
        pages[0].editions[0].commits.iter().map(|commit| commit.commit.as_str()).collect();
    assert_eq!(commits, [three, scratch.id("HEAD~3")], "the fourth changed nothing of the page");
}

#[test]
fn two_tables_of_which_one_loses_its_parties() {
    let second = "\n## Doors\n\n| Task | IBM responsibilities | Your responsibilities |\n\
                  |---|---|---|\n| Doors | Shut the doors. | Lock the doors. |\n";
    let scratch = Scratch::new();
    scratch.write("a.md", &(page("2024-01-01", &[KEYS]) + second)).commit("one");
    scratch.write("a.md", &(unreadable("2024-02-01", &[KEYS]) + second)).commit("two");
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::AsItIs);
    let lines: Vec<_> = found[0].comparison.unread.iter().map(|n| (n.side, n.line)).collect();
    assert_eq!(lines, [(Some(respdiff::model::Side::New), Some(9))]);
    assert_eq!(found[0].page_sides().map(|page| page.is_some()), Sides::new(true, true));
    let edition = &log(&scratch)[0].editions[0];
    assert!(edition.report.notices.iter().any(|n| n.code == Code::Unassigned && n.line == Some(9)));
    assert_eq!(edition.report.unread.len(), 1);
}

#[test]
fn a_table_that_can_be_read_again_is_compared_with_what_it_said_before() {
    let second = "\n## Doors\n\n| Task | IBM responsibilities | Your responsibilities |\n\
                  |---|---|---|\n| Doors | Shut the doors. | Lock the doors. |\n";
    let scratch = Scratch::new();
    let write = |page: String| scratch.write("a.md", &(page + second)).commit("edition");
    write(page("2024-01-01", &[KEYS]));
    write(unreadable("2024-02-01", &[KEYS]));
    write(unreadable("2024-02-02", &[KEYS]));
    let back = write(page("2024-03-01", &[KEYS_MOVED]));
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::LastReadable);
    assert_eq!(kinds(&found[0].comparison.changes), ["moved", "moved"]);
    let told = news(&scratch, None);
    let all: Vec<_> = told.iter().map(|edition| kinds(&edition.changes)).collect();
    assert_eq!(all[1..], [vec![], vec!["moved", "moved"]]);
    let notices: Vec<_> = told[1..].iter().map(codes).collect();
    assert_eq!(notices, [["unassigned"], ["returned"]]);
    // also where nobody looked between
    let told = news(&scratch, Some("HEAD~1..HEAD"));
    assert_eq!(kinds(&told[0].changes), ["moved", "moved"]);
    assert!(told[0].changes.iter().all(|c| c.introduced.as_ref().unwrap().commit == back));
    let edition = &log(&scratch)[0].editions[0];
    assert_eq!(kinds(&edition.report.changes), ["moved", "moved"]);
    assert!(edition.report.changes.iter().all(|c| c.introduced.as_ref().unwrap().commit == back));
    // two ends that are asked for are compared as they are
    let found = compared(&scratch, "HEAD~1..HEAD", OldSide::AsItIs);
    assert_eq!(kinds(&found[0].comparison.changes), ["added", "added"]);
}

#[test]
fn a_duty_that_went_to_another_page_is_told_once_by_log() {
    let scratch = Scratch::new();
    let audit = "| Audit | Keep the records of all access. | Read the records of your tenants. |\n";
    let doors = "| Doors | Shut the doors of every vault. | Lock the doors of your vaults. |\n";
    scratch
        .write("a.md", &page("2024-01-01", &[audit, BACKUPS, KEYS]))
        .write("b.md", &page("2024-01-01", &[doors]))
        .commit("one");
    scratch
        .write("a.md", &page("2024-02-01", &[audit, BACKUPS]))
        .write("b.md", &page("2024-02-01", &[doors, KEYS]))
        .commit("two");
    let pages = log(&scratch);
    let newest = |at: usize| kinds(&pages[at].editions[0].report.changes);
    assert_eq!([newest(0), newest(1)], [vec![], vec!["relocated", "relocated"]]);
    // where a page begins with them, the one that they left tells it
    scratch
        .write("a.md", &page("2024-03-01", &[audit]))
        .write("c.md", &page("2024-03-01", &[BACKUPS]))
        .commit("three");
    let told = &log(&scratch)[0].editions[0].report;
    assert_eq!(kinds(&told.changes), ["relocated", "relocated"]);
    let place = told.changes.last().unwrap().place.new.as_ref().unwrap();
    assert_eq!(place.path.as_deref(), Some("c.md"));
    let first = &log(&scratch)[2].editions[0];
    assert!(first.report.changes.is_empty());
    assert_eq!(kinds(&first.between_pages), ["relocated", "relocated"]);
    let place = first.between_pages[0].place.old.as_ref().unwrap();
    assert_eq!(place.path.as_deref(), Some("a.md"));
}

#[test]
fn first_editions_tell_what_went_from_one_page_to_another() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2024-01-01", &[BACKUPS, KEYS])).commit("one");
    scratch
        .write("a.md", &page("2024-01-01", &[BACKUPS]))
        .write("b.md", &page("2024-01-01", &[KEYS_MOVED]))
        .commit("two");
    let pages = log(&scratch);
    let paths = |page: &PageLog| -> Vec<Sides<Option<String>>> {
        let changes = page.editions[0].between_pages.iter();
        changes
            .map(|change| change.place.as_ref().map(|place| place.as_ref()?.path.clone()))
            .collect()
    };
    assert!(pages.iter().all(|page| page.editions[0].report.changes.is_empty()));
    assert_eq!(paths(&pages[0]), vec![Sides::new(None, Some("b.md".to_owned())); 2]);
    assert_eq!(paths(&pages[1]), vec![Sides::new(Some("a.md".to_owned()), None); 2]);
    assert_eq!(kinds(&pages[1].editions[0].between_pages), ["moved", "moved"]);
    let two = scratch.id("HEAD");
    assert_eq!(pages[1].editions[0].between_pages[0].introduced.as_ref().unwrap().commit, two);
}
