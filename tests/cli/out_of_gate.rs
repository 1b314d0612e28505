//! Pages that a change takes out of the gate, so that the next check would not read them: the policy
//! loses what they are read by, or they are no longer among the sources.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};

const POLICY: &str = "version: 1\nparties: {Tier A: ibm, Tier B: customer}\n";

/// A page that only the policy can read.
fn renamed(page: &str) -> String {
    page.replace("IBM responsibilities", "Tier A").replace("Your responsibilities", "Tier B")
}

fn with_policy() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &renamed(PAGE)).write("respdiff.yaml", POLICY).commit();
    docs
}

#[test]
fn a_policy_without_the_names_of_a_page_does_not_pass() {
    let docs = with_policy();
    docs.remove("respdiff.yaml").commit();
    let told = docs.ends(2, &["check", "HEAD^!"]);
    let what = "Incomplete: respdiff can no longer tell who has which duty in queue.md.";
    assert!(told.contains(what), "{told}");
    assert!(told.contains("error: queue.md:12: ") && told.contains("changed respdiff.yaml"));
    assert!(told.contains("hint: keep in respdiff.yaml what the page is read by"), "{told}");
    let (code, out, _) = docs.run(&["check", "HEAD^!", "--format", "json"]);
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, told["verdict"].as_str()), (2, Some("incomplete")));
    assert_eq!(told["documents"][0]["unread"][0]["line"], 12);
    // a policy that the user names does not change
    let own = docs.beside("own.yaml");
    std::fs::write(&own, POLICY).unwrap();
    docs.ends(0, &["check", "HEAD^!", "--config", &own.display().to_string()]);
}

#[test]
fn names_that_no_page_needs_may_go() {
    let docs = with_policy();
    docs.write("queue.md", PAGE).commit();
    docs.remove("respdiff.yaml").commit();
    docs.ends(0, &["check", "HEAD^!"]);
    // and so may the page itself
    let docs = with_policy();
    docs.remove("respdiff.yaml").remove("queue.md").write("guide.md", "# Guide\n").commit();
    docs.ends(0, &["check", "HEAD^!"]);
}

#[test]
fn a_policy_that_maps_one_name_of_two_does_not_pass() {
    let docs = with_policy();
    docs.write("respdiff.yaml", &POLICY.replace(", Tier B: customer", "")).commit();
    let told = docs.ends(2, &["check", "HEAD^!"]);
    assert!(told.contains("removed from parties: Tier B: customer"), "{told}");
    let lenient = "gate: {unreadable: pass}\n";
    docs.write("respdiff.yaml", &format!("{POLICY}{lenient}")).commit();
    docs.write("respdiff.yaml", &format!("version: 1\n{lenient}")).commit();
    let told = docs.ends(0, &["check", "HEAD^!"]);
    assert!(told.contains("unassigned"), "reported all the same: {told}");
    for (format, fault) in [("junit", "<error"), ("github", "::error")] {
        let told = docs.ends(0, &["check", "HEAD^!", "--format", format]);
        assert!(told.contains("Tier B") && !told.contains(fault), "{format}: {told}");
    }
}

#[test]
fn a_page_that_leaves_the_sources_does_not_pass() {
    let docs = Docs::new();
    docs.write("docs/other.md", &PAGE.replace("Queue", "Other")).write("docs/queue.md", PAGE);
    docs.remove("queue.md").write("respdiff.yaml", "version: 1\nsources: [docs]\n").commit();
    docs.git(&["mv", "docs/queue.md", "old.md"]);
    docs.commit();
    let told = docs.ends(2, &["check", "HEAD^!"]);
    assert!(told.contains("docs/queue.md → old.md"), "{told}");
    assert!(told.contains("error: old.md: ") && told.contains("`sources` does not include it"));
    // within the sources, a page may go where it likes
    docs.git(&["mv", "docs/other.md", "docs/new.md"]);
    docs.commit();
    docs.ends(0, &["check", "HEAD^!"]);
}

#[test]
fn sources_that_leave_a_page_out_do_not_pass() {
    let docs = Docs::new();
    docs.write("drafts/other.md", &PAGE.replace("Queue", "Other")).commit();
    docs.write("respdiff.yaml", "version: 1\nsources: [':!drafts']\n").commit();
    let told = docs.ends(2, &["check", "HEAD^!"]);
    assert!(told.contains("error: drafts/other.md: "), "{told}");
    assert!(!told.contains("queue.md:"), "{told}");
    docs.ends(0, &["check", "HEAD^!", "--", "queue.md"]);
    docs.write("respdiff.yaml", "version: 1\nsources: [drafts, '*.md']\n").commit();
    docs.ends(0, &["check", "HEAD^!"]);
}

#[test]
fn a_change_of_a_page_that_could_not_be_read_before_is_named() {
    let docs = Docs::new();
    docs.write("other.md", &PAGE.replace("Queue", "Other")).commit();
    docs.write("queue.md", &renamed(PAGE)).commit();
    docs.write("queue.md", &renamed(&moved())).commit();
    let told = docs.ends(0, &["check", "HEAD^!"]);
    assert!(told.contains("note: queue.md:12: the columns of this table"), "{told}");
    assert!(told.contains("this check cannot tell what changed in queue.md"), "{told}");
    docs.write("guide.md", "# Guide\n\n| Way | Hours |\n|---|---|\n| Hill | 2 |\n").commit();
    docs.write("guide.md", "# Guide\n\n| Way | Hours |\n|---|---|\n| Hill | 3 |\n").commit();
    let told = docs.ends(0, &["check", "HEAD^!"]);
    assert!(!told.contains("guide.md") && !told.contains("this check cannot tell"), "{told}");
}

#[test]
fn the_first_policy_that_reads_a_page_counts_at_once() {
    let docs = Docs::new();
    docs.remove("queue.md").write("guide.md", "# Guide\n").commit();
    docs.write("vault.md", &renamed(PAGE)).commit();
    docs.write("respdiff.yaml", POLICY).commit();
    let note = "note: respdiff reads the pages by the policy of HEAD, because by the policy of HEAD^ it reads none";
    let told = docs.ends(0, &["check", "HEAD^..HEAD"]);
    assert!(told.contains(note) && told.contains("no duty changed"), "{told}");
    // a change of the page in the same range is judged
    docs.write("vault.md", &renamed(&moved())).commit();
    let told = docs.ends(1, &["check", "HEAD~2..HEAD"]);
    assert!(told.contains("IBM → customer"), "{told}");
    // a policy that reads a page goes before
    docs.write("respdiff.yaml", "version: 1\nparties: {Tier B: ibm, Tier A: customer}\n").commit();
    let told = docs.ends(0, &["check", "HEAD^..HEAD"]);
    assert!(!told.contains("are read by the policy of"), "{told}");
}
