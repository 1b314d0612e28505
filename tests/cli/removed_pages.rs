//! `check` of a page that was removed: it may pass, but never without a word.

use super::docs::Docs;

const NOTICE: &str = "the page was removed with 6 duties";

#[test]
fn check_names_a_removed_page_in_every_format() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot", "--output", "../accepted"]);
    docs.git(&["rm", "-q", "queue.md"]);
    let told = docs.ends(0, &["check", "--cached"]);
    assert!(told.contains(&format!("    page-removed        {NOTICE}\n")), "{told}");
    let told = docs.ends(0, &["check", "--baseline", "../accepted"]);
    assert!(told.contains(NOTICE), "{told}");
    docs.commit();
    for format in ["text", "markdown", "github", "json", "sarif", "junit"] {
        let told = docs.ends(0, &["check", "HEAD~1..HEAD", "--format", format]);
        assert!(told.contains(NOTICE), "{format}: {told}");
    }
    let told = docs.ends(0, &["check", "HEAD~1..HEAD", "--format", "github"]);
    assert!(told.contains("::warning file=queue.md,title=page-removed::"), "{told}");
    docs.ends(1, &["check", "HEAD~1..HEAD", "--fail-on", "scope"]);
}

#[test]
fn a_page_that_is_still_there_under_any_name_is_not_removed() {
    let docs = Docs::new();
    docs.git(&["mv", "queue.md", "duties.md"]);
    docs.commit();
    assert!(!docs.ends(0, &["check", "HEAD~1..HEAD"]).contains("page-removed"));
    docs.write("duties.md", "# Acme Queue\n\nRead on.\n").commit();
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("the page still exists") && !told.contains("page-removed"), "{told}");
}
