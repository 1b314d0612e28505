//! Lines of descent through rewording, moves, renames, cuts and absence.

use respdiff::history::{Point, Request};
use respdiff::model::Party;
use respdiff::normalize::Names;
use respdiff::report::{BlamedDuty, BlamedPage};
use respdiff::timeline::{self, NamesTable};

use crate::scratch::Scratch;

/// A page with one row a duty: task, IBM's, the customer's.
fn page(rows: &[(&str, &str, &str)]) -> String {
    let head = "# Responsibilities for Skyvault\n\n## Operations\n\n\
                | Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n";
    let row = |(task, ibm, you): &(&str, &str, &str)| format!("| {task} | {ibm} | {you} |\n");
    format!("{head}{}", rows.iter().map(row).collect::<String>())
}

fn blame(scratch: &Scratch, revision: &str) -> Vec<BlamedPage> {
    let repo = scratch.open();
    let revisions = match revision {
        "" => Vec::new(),
        named => vec![named.to_owned(), named.to_owned()],
    };
    let point: Point = repo.resolve_ends(&Request { revisions, cached: false }).unwrap().points.new;
    let names_of = |_: &[NamesTable]| Names::builtin();
    timeline::blame_pages(&repo, &point, &repo.path_filter(&[] as &[&str]).unwrap(), &names_of)
        .unwrap()
}

/// The one duty whose text begins like this.
#[track_caller]
fn duty(pages: &[BlamedPage], text: &str) -> BlamedDuty {
    let mut found = pages.iter().flat_map(|page| &page.duties);
    found.find(|duty| duty.place.text.starts_with(text)).unwrap().clone()
}

/// What happened to a duty, newest first, as `kind commit`.
fn life(duty: &BlamedDuty) -> Vec<String> {
    let commit = |brought: &respdiff::report::Brought| match &brought.commit {
        Some(id) => id.clone(),
        None => "-".to_owned(),
    };
    duty.history
        .iter()
        .map(|event| format!("{} {}", event.kind.name(), commit(&event.brought)))
        .collect()
}

const SEAL: &str = "Seal the vaults of every region once per night.";
const OPEN: &str = "Open the vaults when an auditor asks for it.";
const COUNT: &str = "Count the keys that are left over each month.";

#[test]
fn a_duty_is_followed_through_words_hands_rows_and_files() {
    let scratch = Scratch::new();
    let first =
        scratch.write("one.md", &page(&[("Vaults", SEAL, OPEN), ("Keys", "", COUNT)])).commit("1");
    let id = duty(&blame(&scratch, "HEAD"), "Seal").id;
    let reworded = "Seal the vaults of every region twice per night.";
    let second = scratch
        .write("one.md", &page(&[("Vaults", reworded, OPEN), ("Keys", "", COUNT)]))
        .commit("reworded");
    scratch.write("one.md", &page(&[("Safe rooms", reworded, OPEN), ("Keys", "", COUNT)]));
    scratch.commit("the row has a new label");
    scratch.git(["mv", "one.md", "two.md"]);
    scratch.commit("the file has a new name");
    let both = format!("{OPEN} {reworded}");
    let third = scratch
        .write("two.md", &page(&[("Safe rooms", "", &both), ("Keys", "", COUNT)]))
        .commit("moved");
    let pages = blame(&scratch, "HEAD");
    let sealed = duty(&pages, "Seal");
    assert_eq!(sealed.party, Party::Customer);
    let expected =
        [format!("moved {third}"), format!("reworded {second}"), format!("added {first}")];
    assert_eq!(life(&sealed), expected);
    assert_eq!(sealed.since.commit.as_ref(), Some(&third));
    assert_eq!(sealed.id, id);
    assert_eq!(pages[0].path, "two.md");
    assert_eq!(life(&duty(&pages, "Count")), [format!("added {first}")]);
}

#[test]
fn what_is_not_committed_has_no_commit() {
    let scratch = Scratch::new();
    let first = scratch.write("a.md", &page(&[("Vaults", SEAL, OPEN)])).commit("1");
    scratch.write("a.md", &page(&[("Vaults", SEAL, OPEN), ("Keys", COUNT, "")]));
    let pages = blame(&scratch, "");
    assert_eq!(life(&duty(&pages, "Count")), ["added -"]);
    assert_eq!(life(&duty(&pages, "Seal")), [format!("added {first}")]);
}

#[test]
fn a_page_that_was_away_goes_on_as_far_as_its_content_does() {
    let scratch = Scratch::new();
    let first = scratch.write("a.md", &page(&[("Vaults", SEAL, OPEN)])).commit("1");
    scratch.remove("a.md").commit("gone");
    scratch.write("a.md", "# Skyvault\n\nSee elsewhere.\n").commit("a stub");
    let back =
        scratch.write("a.md", &page(&[("Vaults", SEAL, OPEN), ("Keys", COUNT, "")])).commit("back");
    let pages = blame(&scratch, "HEAD");
    assert_eq!(life(&duty(&pages, "Seal")), [format!("added {first}")]);
    assert_eq!(life(&duty(&pages, "Count")), [format!("added {back}")]);
}

#[test]
fn a_copy_begins_where_it_was_made() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&[("Vaults", SEAL, OPEN)])).commit("1");
    let copied = scratch.write("b.md", &page(&[("Vaults", SEAL, OPEN)])).commit("copied");
    let pages = blame(&scratch, "HEAD");
    assert_eq!(life(&duty(&pages[1..], "Seal")), [format!("added {copied}")]);
}

#[test]
fn duties_that_are_only_cut_differently_keep_their_age() {
    let scratch = Scratch::new();
    let joined = format!("<ul><li>{SEAL} {COUNT}</li><li>{OPEN}</li></ul>");
    let apart = format!("<ul><li>{SEAL}</li><li>{COUNT}</li><li>{OPEN}</li></ul>");
    let other = "<ul><li>Paint the doors. Oil the hinges.</li></ul>";
    let other_apart = "<ul><li>Paint the doors.</li><li>Oil the hinges.</li></ul>";
    let first =
        scratch.write("a.md", &page(&[("Vaults", &joined, ""), ("Doors", other, "")])).commit("1");
    scratch
        .write("a.md", &page(&[("Vaults", &apart, ""), ("Doors", other_apart, "")]))
        .commit("cut");
    let pages = blame(&scratch, "HEAD");
    let ids: std::collections::BTreeSet<_> =
        pages[0].duties.iter().map(|duty| duty.id.clone()).collect();
    assert_eq!(ids.len(), 5, "every duty has an id of its own");
    for text in ["Seal", "Count", "Open", "Paint", "Oil"] {
        assert_eq!(life(&duty(&pages, text)), [format!("added {first}")], "{text}");
    }
    let hinges = duty(&pages, "Oil");
    let was = hinges.history.last().and_then(|event| event.text.new.clone());
    assert_eq!(was.as_deref(), Some("Paint the doors. Oil the hinges."));
}

#[test]
fn equal_duties_are_numbered() {
    let scratch = Scratch::new();
    let twice = page(&[("Vaults", SEAL, ""), ("Vaults", SEAL, "")]);
    scratch.write("a.md", &twice).commit("1");
    let pages = blame(&scratch, "HEAD");
    assert_ne!(pages[0].duties[0].id, pages[0].duties[1].id);
}

#[test]
fn inside_a_merge_the_commit_that_wrote_it_is_named() {
    let scratch = Scratch::new();
    let first = scratch.write("one.md", &page(&[("Vaults", SEAL, OPEN)])).commit("1");
    scratch.git(["switch", "-q", "-c", "topic"]);
    let wrote = scratch.write("one.md", &page(&[("Vaults", OPEN, SEAL)])).commit("swap");
    scratch.write("other.md", "# Other\n").commit("unrelated");
    scratch.git(["switch", "-q", "main"]);
    let merge = scratch.merge("topic");
    let pages = blame(&scratch, "HEAD");
    let seal = duty(&pages, "Seal");
    assert_eq!(seal.party, Party::Customer);
    assert_eq!(life(&seal), [format!("moved {merge}"), format!("added {first}")]);
    assert_eq!(seal.since.author_commit, Some(wrote));
    assert_eq!(seal.history[1].brought.author_commit, None);
}
