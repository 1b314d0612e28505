//! A duty that leaves one page for another: stamps, ids, and what the gate says of it.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::stdout;

const OTHER: &str = "\
---
copyright:
  years: 2024, 2026
lastupdated: \"2026-01-10\"
---

# Responsibilities for the vaults of Acme Queue

## Security

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Logs | Keep the logs of each vault for ninety days. | Export the logs to your archive. |
";

/// The copies of `queue.md` go to `vault.md`, to the customer.
fn given_away(scratch: &Docs, dates: [&str; 2]) {
    let page = PAGE.replace("Copy every queue to a second site each night.", "");
    let row = "| Backups | | Copy every queue to a second site each night. |\n";
    let with_date = |page: &str, date: &str| page.replace("2026-01-10", date);
    scratch.write("queue.md", &with_date(&page, dates[0]));
    scratch.write("vault.md", &with_date(&format!("{OTHER}{row}"), dates[1]));
}

fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("vault.md", OTHER).commit();
    docs
}

fn json(docs: &Docs, args: &[&str]) -> Value {
    let (_, out, err) = docs.run(args);
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"))
}

/// The codes about stamps, by page.
fn stamp_codes(docs: &Docs) -> Vec<String> {
    let told = json(docs, &["--format", "json", "HEAD~1..HEAD"]);
    let mut codes = Vec::new();
    for document in told["documents"].as_array().unwrap() {
        for notice in document["notices"].as_array().unwrap() {
            let code = notice["code"].as_str().unwrap();
            if code.starts_with("stamp-un") || code == "stamp-only" {
                codes.push(format!("{} {code}", document["path"].as_str().unwrap()));
            }
        }
    }
    codes
}

#[test]
fn a_move_between_pages_is_told_for_either_path() {
    let docs = docs();
    given_away(&docs, ["2026-01-11", "2026-01-11"]);
    docs.write("third.md", &OTHER.replace("vaults", "doors")).commit();
    for path in ["queue.md", "vault.md"] {
        let told = docs.ends(0, &["HEAD~1..HEAD", "--", path]);
        assert!(told.contains("1 duty moved to you"), "{path}: {told}");
        assert!(told.contains("vault.md") && !told.contains("third.md"), "{path}: {told}");
        let told = docs.ends(1, &["check", "HEAD~1..HEAD", "--", path]);
        assert!(told.contains("IBM → customer"), "{path}: {told}");
    }
    let told = docs.ends(0, &["check", "HEAD~1..HEAD", "--", "third.md"]);
    assert!(!told.contains("→") && !told.contains("vault.md"), "{told}");
}

#[test]
fn the_page_that_a_duty_left_is_held_to_account_for_it() {
    for (dates, expected) in [
        (["2026-01-11", "2026-01-11"], &[][..]),
        (["2026-01-10", "2026-01-11"], &["queue.md stamp-unchanged"]),
        (["2026-01-11", "2026-01-10"], &["vault.md stamp-unchanged"]),
    ] {
        let docs = docs();
        given_away(&docs, dates);
        docs.commit();
        assert_eq!(stamp_codes(&docs), expected, "{dates:?}");
    }
    let docs = docs();
    docs.write("queue.md", &PAGE.replace("2026-01-10", "2026-01-11")).commit();
    assert_eq!(stamp_codes(&docs), ["queue.md stamp-only"]);
}

#[test]
fn formatting_is_nothing_to_the_id() {
    let id = |edit: &dyn Fn(String) -> String| {
        let docs = docs();
        given_away(&docs, ["2026-01-11", "2026-01-11"]);
        docs.write("vault.md", &edit(docs.read("vault.md"))).commit();
        let told = json(&docs, &["--format", "json", "HEAD~1..HEAD"]);
        let documents = told["documents"].as_array().unwrap();
        let vault = documents.iter().find(|document| document["path"] == "vault.md").unwrap();
        let change = &vault["changes"][0];
        assert_eq!(
            (&change["kind"], &change["old"]["path"]),
            (&"moved".into(), &"queue.md".into())
        );
        change["id"].as_str().unwrap().to_owned()
    };
    let plain = id(&|page| page);
    assert_eq!(plain, id(&|page| page.replace("## Security", "## **Security**®:")));
    assert_eq!(plain, id(&|page| page.replace("| Backups |", "| *BACKUPS*! |")));
    assert_ne!(plain, id(&|page| page.replace("| Backups |", "| Copies |")));
}

#[test]
fn the_gate_tells_where_it_came_from() {
    let docs = docs();
    given_away(&docs, ["2026-01-11", "2026-01-11"]);
    for format in ["text", "markdown", "github", "sarif", "junit"] {
        let told = docs.ends(1, &["check", "--format", format]);
        let told = told.replace("\\.", ".");
        assert!(told.contains("was under queue.md: Operations › Backups"), "{format}: {told}");
    }
}

/// Two duties that may be one: a word or two too far from each other for the bar.
fn doubtful() -> (String, String) {
    let old = "Take a nightly copy of every queue and keep it for thirty days.";
    let new = "Create your own copies of all queues each night; how long you keep them is up to \
               you, thirty days are advised.";
    let page = |date: &str, ibm: &str, you: &str| {
        format!(
            "---\nlastupdated: \"{date}\"\n---\n\n# Responsibilities for Acme Queue\n\n\
             ## Operations\n\n| Task | IBM responsibilities | Your responsibilities |\n\
             |---|---|---|\n| Backups | {ibm} | Choose. {you} |\n| Health | Run it. | Use it. |\n"
        )
    };
    (page("2025-12-30", old, ""), page("2026-01-01", "", new))
}

#[test]
fn the_gate_tells_where_it_cannot_be_sure() {
    let docs = Docs::new();
    let (old, new) = doubtful();
    docs.write("queue.md", &old).commit().write("queue.md", &new).commit();
    let range = "HEAD~1..HEAD";
    let diff = json(&docs, &["--format", "json", range]);
    assert_eq!(diff["documents"][0]["notices"][0]["code"], "possible-move");
    assert_eq!(diff["summary"]["moved"], 0);
    for format in ["text", "markdown", "github", "sarif", "junit", "json"] {
        let told = docs.ends(0, &["check", "--format", format, range]);
        assert!(told.contains("possible-move"), "{format}: {told}");
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("moved and reworded"), "{format}: {told}");
    }
    let github = docs.ends(0, &["check", "--format", "github", range]);
    assert!(
        github.starts_with("::warning file=queue.md,line=11,title=possible-move::"),
        "{github}"
    );
    let told = json(&docs, &["check", "--format", "json", range]);
    assert_eq!(told["documents"][0]["notices"][0], diff["documents"][0]["notices"][0]);
    let schema: Value = serde_json::from_str(&stdout(&["schema", "check"])).unwrap();
    let fits = jsonschema::validate(&schema, &told);
    assert!(fits.is_ok(), "{fits:?}");
    assert!(schema.to_string().contains("may be one moved duty"));
}

#[test]
fn two_pages_that_changed_alike_share_an_id() {
    let docs = Docs::new();
    docs.write("copy.md", PAGE).commit();
    docs.write("queue.md", &moved()).write("copy.md", &moved()).commit();
    let range = "HEAD~1..HEAD";
    let told = json(&docs, &["--format", "json", range]);
    let ids = [0, 1].map(|at| told["documents"][at]["changes"][0]["id"].as_str().unwrap());
    assert_eq!(ids[0], ids[1]);
    let told = docs.ends(2, &["explain", ids[0], range]);
    assert!(told.contains("is the same change in copy.md, queue.md\nhint: "), "{told}");
    assert!(told.contains("-- PATH"), "{told}");
    docs.ends(0, &["explain", ids[0], range, "--", "queue.md"]);
    // an acknowledgement knows no page, so it accepts both and says so
    let told = docs.ends(0, &["ack", ids[0], "--by", "Ada", "--reason", "agreed", range]);
    assert!(
        told.contains(&format!(": Ada accepts {} (moved in copy.md, queue.md).\n", ids[0])),
        "{told}"
    );
    docs.commit();
    docs.ends(0, &["check", "HEAD~2..HEAD"]);
}

/// Another page about the queue, which gives the nightly copies to the customer.
const OVERVIEW: &str = "\
# Your responsibilities with Acme Queue

## Duties

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Backups | | Copy every queue to a second site each night. |
";

const HERE: &str =
    "\"Copy every queue to a second site each night.\" is IBM's here, but the customer's in";

#[test]
fn lint_finds_pages_that_contradict_each_other() {
    let docs = Docs::new();
    docs.write("overview.md", OVERVIEW).commit();
    docs.write("queue.md", &PAGE.replace("2026-01-10", "2026-01-01")).commit();
    assert!(!docs.ends(0, &["lint"]).contains("disagrees"));
    // the first page by path holds the finding
    let there = "\"Copy every queue to a second site each night.\" is the customer's here, but IBM's in queue.md:15";
    let text = docs.ends(1, &["lint", "--across", "--fail-on", "error"]);
    assert!(text.contains(&format!("overview.md:7:15: error: {there} [disagrees]")), "{text}");
    let told = json(&docs, &["lint", "--across", "--format", "json"]);
    let findings = told["documents"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["code"] == "disagrees").unwrap();
    assert_eq!(finding["other"]["path"], "queue.md");
    assert_eq!(finding["other"]["line"], 15);
    let schema: Value = serde_json::from_str(&stdout(&["schema", "lint"])).unwrap();
    let fits = jsonschema::validate(&schema, &told);
    assert!(fits.is_ok(), "{fits:?}");
    let off = "version: 1\nlint: [{code: disagrees, document: overview.md, severity: 'off'}]\n";
    docs.write("respdiff.yaml", off);
    assert!(!docs.ends(0, &["lint", "--across", "--fail-on", "error"]).contains("disagrees"));
}

#[test]
fn a_path_limits_what_lint_reports_and_not_what_it_compares_with() {
    let docs = Docs::new();
    docs.write("overview.md", OVERVIEW).write("guide.md", "# Guide\n").commit();
    for page in ["overview.md", "queue.md"] {
        let told = docs.ends(1, &["lint", "--across", "--fail-on", "error", "--", page]);
        assert_eq!(told.matches("[disagrees]").count(), 1, "{told}");
        assert!(
            told.contains(&format!("{page}:")) && told.contains("in 1 responsibility page"),
            "{told}"
        );
    }
    docs.ends(0, &["lint", "--across", "--fail-on", "error", "--", "guide.md"]);
    let of_both = docs.ends(1, &["lint", "--across", "--fail-on", "error"]);
    assert_eq!(of_both.matches("[disagrees]").count(), 1, "{of_both}");
}

#[test]
fn lint_compares_the_pages_of_several_repositories() {
    let (queue, overview) = (Docs::new(), Docs::new());
    overview.git(&["rm", "-q", "queue.md"]);
    overview.write("overview.md", OVERVIEW).commit();
    let both = [queue.root().to_str().unwrap(), overview.root().to_str().unwrap()];
    let args = ["lint", "--across", "--fail-on", "error", "-C", both[0], "-C", both[1]];
    let (code, out, err) = queue.run(&args);
    assert_eq!(code, 1, "{out}{err}");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains(HERE) && out.contains("overview.md:7 [disagrees]"), "{out}");
}

#[test]
fn the_gate_tells_what_a_changed_page_contradicts_and_does_not_fail() {
    let docs = Docs::new();
    docs.write("overview.md", OVERVIEW).commit();
    docs.write("queue.md", &PAGE.replace("when a server fails", "when any server fails")).commit();
    let range = "HEAD~1..HEAD";
    for format in ["text", "markdown", "github", "sarif", "junit", "json"] {
        let told = docs.ends(0, &["check", "--format", format, range]);
        assert!(told.contains("disagrees"), "{format}: {told}");
    }
    let github = docs.ends(0, &["check", "--format", "github", range]);
    let expected = format!("::notice file=queue.md,line=15,title=disagrees::{HERE} overview.md:7");
    assert!(github.contains(&expected), "{github}");
    let told = json(&docs, &["check", "--format", "json", range]);
    let notices = told["documents"][0]["notices"].as_array().unwrap();
    let notice = notices.iter().find(|notice| notice["code"] == "disagrees").unwrap();
    assert_eq!(notice["side"], "new");
    // a path that was asked for limits the changes, not the pages that they are compared with
    assert!(docs.ends(0, &["check", range, "--", "queue.md"]).contains("disagrees"));
    // the old side does not count
    let agreed = OVERVIEW
        .replace("| | Copy every queue", "| Copy every queue")
        .replace("night. |", "night. | |");
    docs.write("overview.md", &agreed).write("queue.md", PAGE).commit();
    assert!(!docs.ends(1, &["check", range]).contains("disagrees"));
}
