//! `config`: what counts, and what is wrong with it.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::stdout;

#[test]
fn a_policy_is_checked_and_shown_with_where_it_came_from() {
    let docs = Docs::new();
    assert!(docs.ends(0, &["config", "check"]).contains("the defaults apply"));
    let shown = docs.ends(0, &["config", "show"]);
    for default in [
        "\n# provider: IBM (default)\n# preset: none (default)\n# stamp: lastupdated (default)\n",
        "\n# asciidoc: no attributes (default)\n",
        "\nkeyrefs: []  # default: none; keyref.yaml always counts, in the root and in the page's folder\n",
        "\ngate:\n  fail-on: boundary  # default\n  unreadable: error  # default\n",
    ] {
        assert!(shown.contains(default), "{shown}");
    }
    docs.write("respdiff.yaml", "version: 1\ngate: {unreadable: pass}\nstamp: updated\n");
    let shown = docs.ends(0, &["config", "show"]);
    let gate = "gate:\n  fail-on: boundary  # default\n  unreadable: pass  # respdiff.yaml\n";
    assert!(shown.contains(gate) && !shown.contains("# stamp: "), "{shown}");
    docs.write("respdiff.yaml", "version: 1\ngate: {fail-on: scope}\nsources: ['*.md']\n");
    assert_eq!(docs.ends(0, &["config", "check"]), "respdiff.yaml is valid.\n");
    let shown = docs.ends(0, &["config", "show"]);
    assert!(shown.contains("sources:  # respdiff.yaml\n  - \"*.md\"\n"), "{shown}");
    assert!(shown.contains("fail-on: scope  # respdiff.yaml"), "{shown}");
    docs.commit();
    let shown = docs.ends(0, &["config", "show", "HEAD"]);
    assert!(shown.contains("fail-on: scope  # HEAD:respdiff.yaml"), "{shown}");
    assert!(docs.ends(0, &["config", "show", "HEAD~1"]).contains("# default"));
}

#[test]
fn slips_are_told_with_file_line_and_suggestion() {
    let docs = Docs::new();
    let check = |text: &str, expected: &str| {
        docs.write("respdiff.yaml", &format!("version: 1\n{text}\n"));
        let told = docs.ends(2, &["config", "check"]);
        assert!(told.contains(expected), "{told}");
    };
    check("gate: {fail_on: scope}", "respdiff.yaml:2:8: gate: unknown key `fail_on`");
    check("gate: {fail_on: scope}", "did you mean `fail-on`?");
    check("gate: {fail-on: scop}", "did you mean `scope`?");
    check("sources: docs", "respdiff.yaml:2:10: sources: expected a list, found \"docs\"");
    check("sources: [':(attr:x)a']", "uses `attr:x`");
    check("keyrefs: [names.yaml]", "respdiff.yaml: `names.yaml`");
    check("alert: {targets: []}", "the policy of a repository cannot set alert targets");
    check("alert: {targets: []}", "hint: `respdiff config schema alert` prints what that file");
}

#[test]
fn every_mistake_is_told_at_once() {
    let docs = Docs::new();
    let text = "version: 1\nsorces: [docs]\nparties: [a]\n\n# rules\nlevels:\n  - {kind: mowed, \
                level: off}\ngate: {fail-on: all}\n";
    docs.write("respdiff.yaml", text);
    let told = docs.ends(2, &["config", "check"]);
    let lines: Vec<&str> = told.lines().filter(|line| line.starts_with("error: ")).collect();
    for (line, place) in lines.iter().zip(["2:1", "3:10", "7:", "8:"]) {
        assert!(line.starts_with(&format!("error: respdiff.yaml:{place}")), "{told}");
    }
    assert_eq!(lines.len(), 4, "{told}");
    let file = docs.root().join("respdiff.yaml");
    let given = docs.ends(2, &["config", "check", "--config", file.to_str().unwrap()]);
    assert_eq!(given.matches("error: ").count(), 4, "{given}");
}

#[test]
fn keyrefs_of_a_policy_name_products() {
    let docs = Docs::new();
    let page = PAGE.replace("queue servers", "{{site.data.keyword.acme_short}} servers");
    docs.write("queue.md", &page)
        .write("names/own.yaml", "keyword: {acme_short: Acme Queue}\n")
        .write("respdiff.yaml", "version: 1\nkeyrefs: [names/own.yaml]\n");
    let shown = docs.ends(0, &["show", "--format", "json"]);
    assert!(shown.contains("Scale the Acme Queue servers"), "{shown}");
}

#[test]
fn the_schema_is_printed() {
    let schema: Value = serde_json::from_str(&stdout(&["config", "schema"])).unwrap();
    assert_eq!(schema["title"], "respdiff.yaml");
    assert!(schema["properties"]["alert"].is_null());
}

#[test]
fn a_table_of_names_that_cannot_be_read_is_named_once() {
    let docs = Docs::new();
    for (broken, page) in [("keyword: [\n", moved()), ("keyword:  [\n", PAGE.into())] {
        docs.write("keyref.yaml", broken).write("queue.md", &page).commit();
    }
    let (code, _, told) = docs.run(&["log"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("warning: keyref.yaml of /"), "{told}");
    let commit = docs.commit_id("HEAD");
    let place =
        format!(" is ignored in commit {} of 2026-01-01 and 1 other version: ", &commit[..8]);
    assert!(told.contains(&place), "{told}");
    assert!(told.contains(": line 2: not valid YAML: "), "{told}");
    // not the newest commit, but the newest in which it is broken
    docs.write("keyref.yaml", "keyword:\n").write("queue.md", PAGE).commit();
    assert!(docs.run(&["log"]).2.contains(&place), "{told}");
    // nor a commit at all
    docs.ends(0, &["snapshot"]);
    docs.write("keyref.yaml", "a: 1\n---\nb: 2\n");
    let why =
        " is ignored in the working tree: line 2: the file contains more than one YAML document\n";
    for args in [&["show"][..], &["check"], &["check", "--baseline", "snapshots"]] {
        let (_, _, told) = docs.run(args);
        assert!(told.contains(why), "{args:?}: {told}");
    }
}

#[test]
fn a_key_that_stands_twice_is_told_once_and_only_of_its_repository() {
    let (docs, other) = (Docs::new(), Docs::new());
    let table = "keyword:\n  acme: Old Queue\n  x: X\n  acme: Acme Queue\n";
    let page = PAGE.replacen("Scale", "{{site.data.keyword.acme}}: scale", 1);
    docs.write("keyref.yaml", table).write("queue.md", &page).commit();
    docs.write("queue.md", &page.replacen("scale", "resize", 1)).commit();
    let here = docs.root().to_str().unwrap();
    let elsewhere = other.root().to_str().unwrap();
    let (code, shown, told) = docs.run(&["-C", here, "-C", elsewhere, "log"]);
    assert_eq!((code, told.lines().count()), (0, 1), "{told}");
    assert!(told.contains("keyref.yaml of /"), "{told}");
    let commit = docs.commit_id("HEAD");
    let expected = format!(
        ", in commit {} of 2026-01-01: key acme is defined on lines 2 and 4; the last one counts\n",
        &commit[..8]
    );
    assert!(told.ends_with(&expected), "{told}");
    assert!(shown.contains("Acme Queue"), "{shown}");
    assert_eq!(other.run(&["log"]).2, "");
}

#[test]
fn settings_under_another_name_are_told() {
    for (name, meant) in [
        ("respdiff.yml", "respdiff.yaml"),
        (".respdiff.yaml", "respdiff.yaml"),
        (".respdiff/respdiff.yaml", "respdiff.yaml"),
        (".respdiff/acks.yml", ".respdiff/acks.yaml"),
        ("respdiff/acks.yaml", ".respdiff/acks.yaml"),
        (".respdiff/acknowledgements.yaml", ".respdiff/acks.yaml"),
        (".respdiff/acks.json", ".respdiff/acks.yaml"),
        (".respdiff/policy.yaml", "respdiff.yaml"),
    ] {
        let docs = Docs::new();
        docs.write(name, "version: 1\n").commit();
        let told = docs.ends(2, &["config", "check"]);
        assert!(told.contains(&format!("{name} is not read")) && told.contains(meant), "{told}");
        let warning = format!("warning: {name} is not read: rename it to {meant}");
        for words in [
            &["check", "HEAD"][..],
            &["HEAD"],
            &["show"],
            &["lint", "HEAD"],
            &["log"],
            &["blame"],
            &["check", "--cached"],
        ] {
            let told = docs.ends(0, words);
            assert_eq!(told.matches(&warning).count(), 1, "{words:?}: {told}");
        }
    }
}

#[test]
fn other_settings_in_the_folder_that_is_ours_are_told() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot", "--output", ".respdiff"]);
    docs.write(".respdiff/alert.yaml", "version: 1\n").write(".respdiff/notes.md", "x\n").commit();
    assert!(!docs.ends(0, &["check", "HEAD"]).contains("warning"), "a baseline is kept there");
    docs.write(".respdiff/ignore.yaml", "version: 1\n").commit();
    let told = docs.ends(0, &["check", "HEAD"]);
    let warning = "warning: .respdiff/ignore.yaml is not read: respdiff reads respdiff.yaml and";
    assert!(told.contains(warning), "{told}");
    assert!(docs.ends(2, &["config", "check"]).contains(".respdiff/ignore.yaml is not read"));
}

#[test]
fn sources_that_match_nothing_and_pages_that_they_leave_out_are_told() {
    let docs = Docs::new();
    let policy = "version: 1\nsources: [docs, dosc, ':!drafts']\n";
    docs.write("docs/page.md", PAGE)
        .write("other.txt", "x")
        .write("respdiff.yaml", policy)
        .commit();
    docs.write("queue.md", &moved()).commit();
    for words in [&["HEAD~1..HEAD"][..], &["show"], &["log"], &["check", "HEAD~1..HEAD"]] {
        let told = docs.ends(0, words);
        let warning = "warning: HEAD:respdiff.yaml: `dosc` under `sources` matches no page";
        let told = told.replace("warning: respdiff.yaml", "warning: HEAD:respdiff.yaml");
        assert_eq!(told.matches(warning).count(), 1, "{words:?}: {told}");
        assert!(told.contains("respdiff.yaml excludes 1 page (`sources`)"), "{told}");
        assert!(!told.contains("drafts"), "{told}");
    }
    docs.ends(0, &["config", "check"]);
}

/// What holds for `diff` and `log` holds for all that read a history.
#[test]
fn a_policy_counts_for_histories_without_a_range() {
    let docs = Docs::new();
    let page = PAGE.replace("IBM responsibilities", "Operator").replace("Your ", "Tenant ");
    let page = page.replace("Tenant responsibilities", "Tenant");
    docs.write("queue.md", &page)
        .write("drafts/queue.md", &PAGE.replace("Acme", "Draft"))
        .write(
            "respdiff.yaml",
            "version: 1\nsources: [queue.md]\nparties: {Operator: ibm, Tenant: customer}\n\
             levels: [{kind: reworded, level: 'off'}]\n",
        )
        .commit();
    docs.write("queue.md", &page.replace("2026-01-10", "2026-02-10").replace("no longer", "not"))
        .commit();
    let stats: Value = serde_json::from_str(&docs.run(&["stats", "--format", "json"]).1).unwrap();
    assert_eq!(stats["total"]["parties"]["customer"]["to"], 3, "{stats}");
    let (code, notes, error) = docs.run(&["notes", "--format", "json"]);
    assert_eq!(code, 0, "{error}");
    assert!(!notes.contains("draft") && !notes.contains("Draft"), "{notes}");
    assert!(!notes.contains("no longer need"), "a change that is off: {notes}");
    for arguments in
        [&["report", "--output", "-"][..], &["report", "HEAD~1..HEAD", "--output", "-"]]
    {
        let (code, report, error) = docs.run(arguments);
        assert_eq!(code, 0, "{error}");
        assert!(!report.contains("Draft Queue"), "{arguments:?}");
    }
    let (_, report, _) = docs.run(&["report", "--output", "-"]);
    assert!(report.contains("Acme Queue"), "{report}");
}

#[test]
fn rules_that_match_no_page_are_told() {
    let docs = Docs::new();
    docs.write("drafts/plan.md", "# Plan\n").write(
        "respdiff.yaml",
        "version: 1\nsources: [':!projct*', ':!drafts']\nlevels: [{area: 'Operatoins*', level: off}, \
         {area: 'opera*', level: off}, {kind: added, level: off}, {document: 'x/*', level: off}]\n\
         lint: [{document: 'nope/*', severity: 'off'}, {document: '*.md', severity: note}]\n",
    );
    docs.commit();
    let told = docs.ends(0, &["config", "check"]);
    let expected = "respdiff.yaml is valid.\n\
        warning: respdiff.yaml: sources[0] `:!projct*` excludes no page of the working tree\n\
        warning: respdiff.yaml: levels[0] {area: \"Operatoins*\", level: off} matches no duty of the working tree\n\
        warning: respdiff.yaml: levels[3] {document: \"x/*\", level: off} matches no duty of the working tree\n\
        warning: respdiff.yaml: lint[0] {document: \"nope/*\", severity: \"off\"} matches no page of the working tree\n";
    assert_eq!(told, expected);
}

#[test]
fn slips_have_the_line_and_key_where_they_are() {
    let docs = Docs::new();
    let check = |text: &str, expected: &str| {
        docs.write("respdiff.yaml", &format!("version: 1\n{text}\n"));
        let told = docs.ends(2, &["config", "check"]);
        assert!(told.contains(&format!("respdiff.yaml:2:{expected}")), "{text}: {told}");
    };
    check("preset: iso", "9: preset: unknown value `iso`");
    check("preset: [iso]", "10: preset[0]: unknown value `iso`");
    check("stamp: 5", "8: stamp: expected a name or a list of names, found `5`");
    check("provider: [a]", "11: provider: expected a name, or `{name: NAME, ");
    check("provider: ''", "11: provider: the provider's name is empty");
    check("provider: {name: A, spelling: [B]}", "21: provider: unknown key `spelling`");
    check(
        "version: 1",
        "1: key `version` appears twice, first on line 1\nhint: remove one of the two\n",
    );
    let once = "hint: remove one of the two\n";
    for (text, expected) in [
        (
            "parties: {ops: ibm, ops: customer}",
            "21: parties: key `ops` appears twice, first in column 11",
        ),
        (
            "lint: [{code: short-row, code: long-row}]",
            "26: lint[0]: key `code` appears twice, first in column 9",
        ),
        (
            "asciidoc: {attributes: {a: 1, a: 2}}",
            "31: asciidoc.attributes: key `a` appears twice, first in column 25",
        ),
    ] {
        check(text, &format!("{expected}\n{once}"));
    }
    check("\tgate: {}", "1: a tab cannot be used to indent\nhint: indent with spaces\n");
    check(
        "sources: docs",
        "10: sources: expected a list, found \"docs\"\nhint: write it as a list: [\"docs\"]\n",
    );
}

#[test]
fn broken_yaml_is_called_that_with_its_place_and_what_to_do() {
    let docs = Docs::new();
    let broken = "version: 1\nacks:\n  - id: a: b\n";
    let place = "yaml:3:10: not valid YAML: mapping values are not allowed";
    let hint = "hint: check the indentation, the quotes and the brackets of this line and of ";
    docs.write("names.yaml", broken).write("respdiff.yaml", broken);
    let names = docs.root().join("names.yaml").display().to_string();
    let policy = ["config", "check"];
    let keyrefs = ["show", "HEAD", "--keyrefs", "names.yaml"];
    let alert = ["alert", "--alert-config", &names];
    for args in [&policy[..], &keyrefs, &alert] {
        let told = docs.ends(2, args);
        assert!(told.contains(place) && told.contains(hint), "{args:?}: {told}");
    }
    docs.write("respdiff.yaml", "version: 1\nkeyrefs: [names.yaml]\n");
    let told = docs.ends(2, &["show"]);
    assert!(told.contains(place) && told.contains(hint), "{told}");
    docs.write("respdiff.yaml", "version: 1\n---\nversion: 1\n");
    let told = docs.ends(2, &policy);
    let two = "error: respdiff.yaml:2:1: the file contains more than one YAML document\nhint: keep";
    assert!(told.contains(two), "{told}");
    docs.remove("respdiff.yaml").write(".respdiff/acks.yaml", broken);
    let told = docs.ends(2, &["check"]);
    assert!(told.contains(place) && told.contains(hint), "{told}");
    docs.remove(".respdiff/acks.yaml").ends(0, &["snapshot", "-o", "acc"]);
    let stored = docs.read("acc/queue.md.yaml").replace("page: queue.md", "page: a: b");
    let kept = stored.lines().filter(|line| !line.contains("sha256"));
    docs.write("acc/queue.md.yaml", &kept.collect::<Vec<_>>().join("\n"));
    let told = docs.ends(2, &["check", "--baseline", "acc"]);
    assert!(told.contains(": not valid YAML: mapping values") && told.contains(hint), "{told}");
}
