//! The versions of a page between two ends.

use respdiff::history::Request;

use crate::scratch::{Scratch, changed, ends, is_page, lives, page, tell, told};

#[test]
fn tells_every_content_once_with_the_commit_that_brought_it() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    let second = scratch.write("a.md", &page(&["1", "2"])).commit("second");
    scratch.write("other.md", "x").commit("elsewhere");
    let fourth = scratch.write("a.md", &page(&["1", "2", "3"])).commit("fourth");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~3..HEAD"]));
    assert_eq!(found.len(), 1);
    assert_eq!(
        tell(&repo, &found[0]),
        ["old a.md 1".to_owned(), format!("{second} a.md 2"), format!("{fourth} a.md 3")]
    );
}

#[test]
fn keeps_the_committers_time_and_zone() {
    let scratch = Scratch::new();
    scratch.commit("first");
    scratch.commit("second");
    let repo = scratch.open();
    let line = repo.walk_mainline(&ends(&repo, &["HEAD~1..HEAD"])).unwrap();
    assert_eq!(line.commits()[0].time.to_rfc3339(), "2023-11-17T00:13:20+02:00");
}

#[test]
fn tells_what_went_away_and_came_back() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    let gone = scratch.remove("a.md").commit("gone");
    let back = scratch.write("a.md", &page(&["1", "2"])).commit("back");
    let undone = scratch.write("a.md", &page(&["1", "2", "3"])).commit("more");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~3..HEAD"]));
    let expected = [
        "old a.md 1".to_owned(),
        format!("{gone} -"),
        format!("{back} a.md 2"),
        format!("{undone} a.md 3"),
    ];
    assert_eq!(tell(&repo, &found[0]), expected);
}

#[test]
fn follows_renames_on_the_way() {
    let scratch = Scratch::new();
    scratch.write("one.md", &page(&["1", "2", "3", "4"])).commit("first");
    scratch.git(["mv", "one.md", "two.md"]);
    scratch.commit("only renamed");
    scratch.remove("two.md");
    let both = scratch.write("in/three.md", &page(&["1", "2", "3"])).commit("renamed and edited");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~2..HEAD"]));
    assert_eq!(
        tell(&repo, &found[0]),
        ["old one.md 4".to_owned(), format!("{both} in/three.md 3")]
    );
}

#[test]
fn a_copy_whose_original_goes_later_is_followed() {
    let scratch = Scratch::new();
    scratch.write("old.md", &page(&["1", "2", "3"])).commit("first");
    let copied = scratch.write("new.md", &page(&["1", "2", "3", "4"])).commit("copied");
    scratch.remove("old.md").commit("original removed");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~2..HEAD"]));
    assert_eq!(tell(&repo, &found[0]), ["old old.md 3".to_owned(), format!("{copied} new.md 4")]);
}

#[test]
fn a_copy_that_is_edited_and_moves_on_is_followed_too() {
    let scratch = Scratch::new();
    scratch.write("old.md", &page(&["1", "2", "3"])).commit("first");
    let copied = scratch.write("new.md", &page(&["1", "2", "3", "4"])).commit("copied");
    scratch.remove("old.md").commit("original removed");
    let more = scratch.write("new.md", &page(&["4", "5", "6", "7", "8", "9", "10"])).commit("new");
    scratch.git(["mv", "new.md", "last.md"]);
    scratch.commit("moved on");
    let repo = scratch.open();
    let range = ends(&repo, &["HEAD~4..HEAD"]);
    assert_eq!(told(&repo, &range, &[]), ["Added last.md", "Removed old.md"]);
    let found = lives(&repo, &range);
    let expected =
        ["old old.md 3".to_owned(), format!("{copied} new.md 4"), format!("{more} last.md 7")];
    assert_eq!(tell(&repo, &found[0])[..2], expected[..2]);
    assert_eq!(tell(&repo, &found[0]).len(), expected.len());
}

#[test]
fn a_copy_whose_original_lives_on_begins_where_it_begins() {
    let scratch = Scratch::new();
    scratch.write("old.md", &page(&["1", "2", "3"])).commit("first");
    let copied = scratch.write("new.md", &page(&["1", "2", "3", "4"])).commit("copied");
    for _ in 0..100 {
        scratch.commit("a day");
    }
    scratch.remove("old.md").commit("original removed");
    scratch.write("new.md", &page(&["5", "6", "7", "8"])).commit("rewritten");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~103..HEAD"]));
    assert_eq!(tell(&repo, &found[0])[..2], ["old -".to_owned(), format!("{copied} new.md 4")]);
}

#[test]
fn a_copy_whose_original_moves_on_begins_where_it_begins() {
    let scratch = Scratch::new();
    scratch.write("old.md", &page(&["1", "2", "3"])).commit("first");
    let copied = scratch.write("copy.md", &page(&["1", "2", "3", "4"])).commit("copied");
    scratch.git(["mv", "old.md", "new.md"]);
    scratch.commit("moved on");
    let repo = scratch.open();
    let range = ends(&repo, &["HEAD~2..HEAD"]);
    assert_eq!(told(&repo, &range, &[]), ["Added copy.md", "Renamed new.md < old.md"]);
    let found = lives(&repo, &range);
    assert_eq!(tell(&repo, &found[0]), ["old -".to_owned(), format!("{copied} copy.md 4")]);
    assert_eq!(tell(&repo, &found[1]), ["old old.md 3"]);
}

#[test]
fn begins_with_nothing_where_the_page_does() {
    let scratch = Scratch::new();
    scratch.commit("first");
    let added = scratch.write("a.md", &page(&["1"])).commit("added");
    let more = scratch.write("a.md", &page(&["1", "2"])).commit("more");
    let removed = scratch.write("b.md", &page(&["b"]).repeat(4)).commit("b");
    let gone = scratch.remove("b.md").commit("b again");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~4..HEAD"]));
    assert_eq!(
        tell(&repo, &found[0]),
        ["old -".to_owned(), format!("{added} a.md 1"), format!("{more} a.md 2")]
    );
    assert_eq!(found.len(), 1, "a page between the ends is of no concern: {removed} {gone}");
}

#[test]
fn ends_with_what_is_not_committed() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    let second = scratch.write("a.md", &page(&["1", "2"])).commit("second");
    scratch.write("a.md", &page(&["1", "2", "3"]));
    scratch.git(["add", "-A"]);
    scratch.write("a.md", &page(&["1", "2", "3", "4"]));
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~1"]));
    let expected =
        ["old a.md 1".to_owned(), format!("{second} a.md 2"), "unrecorded a.md 4".into()];
    assert_eq!(tell(&repo, &found[0]), expected);
    let staged = repo.resolve_ends(&Request { revisions: vec![], cached: true }).unwrap();
    assert_eq!(tell(&repo, &lives(&repo, &staged)[0]), ["old a.md 2", "unrecorded a.md 3"]);
}

#[test]
fn a_rename_that_is_not_committed_is_followed_too() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1", "2"])).commit("first");
    let second = scratch.write("a.md", &page(&["1", "2", "3"])).commit("second");
    scratch.git(["mv", "a.md", "b.md"]);
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["HEAD~1"]));
    assert_eq!(tell(&repo, &found[0]), ["old a.md 2".to_owned(), format!("{second} a.md 3")]);
}

#[test]
fn an_old_end_beside_the_mainline_is_told() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", &page(&["1", "2"])).commit("side");
    scratch.git(["checkout", "-q", "main"]);
    let main = scratch.write("a.md", &page(&["1", "2", "3"])).commit("main");
    let repo = scratch.open();
    let range = ends(&repo, &["side..main"]);
    assert!(repo.walk_mainline(&range).unwrap().is_off());
    assert_eq!(
        tell(&repo, &lives(&repo, &range)[0]),
        ["old a.md 2".to_owned(), "fork a.md 1".into(), format!("{main} a.md 3")]
    );
    let back = ends(&repo, &["main..main~1"]);
    assert_eq!(tell(&repo, &lives(&repo, &back)[0]), ["old a.md 3", "fork a.md 1"]);
}

#[test]
fn a_merged_old_end_is_beside_the_mainline_too() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", &page(&["1", "2"])).commit("side");
    scratch.git(["checkout", "-q", "main"]);
    scratch.commit("main");
    scratch.merge("side");
    let last = scratch.write("a.md", &page(&["1", "2", "3"])).commit("last");
    let repo = scratch.open();
    let range = ends(&repo, &["side..main"]);
    let line = repo.walk_mainline(&range).unwrap();
    assert!(line.is_off());
    assert_eq!(line.commits().len(), 3);
    assert_eq!(tell(&repo, &lives(&repo, &range)[0]).last(), Some(&format!("{last} a.md 3")));
}

#[test]
fn unrelated_histories_have_only_their_own_side() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.git(["checkout", "-q", "--orphan", "alone"]);
    let alone = scratch.write("a.md", &page(&["1", "2"])).commit("alone");
    let repo = scratch.open();
    let found = lives(&repo, &ends(&repo, &["main..alone"]));
    assert_eq!(
        tell(&repo, &found[0]),
        ["old a.md 1".to_owned(), "fork -".into(), format!("{alone} a.md 2")]
    );
}

#[test]
fn a_companion_makes_versions_of_its_own() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).write("names.yaml", "a: b").commit("first");
    let named = scratch.write("names.yaml", "a: c").commit("renamed the product");
    scratch.write("a.md", &page(&["1", "2"])).commit("more");
    let repo = scratch.open();
    let range = ends(&repo, &["HEAD~2..HEAD"]);
    let line = repo.walk_mainline(&range).unwrap();
    let pairs = changed(&repo, &range);
    let found = repo.file_histories(&range, &line, &pairs, Some("names.yaml"), &is_page).unwrap();
    let told = tell(&repo, &found[0]);
    assert_eq!(told.len(), 3);
    assert_eq!(told[1], format!("{named} a.md 1"));
    assert!(found[0].versions.iter().all(|version| version.companions.len() == 1));
}
