//! The GitHub action, run as the runner runs it.

#![cfg(unix)]

mod definition;
mod download;
mod forge;
mod runner;

use std::fs;

use serde_json::json;

use super::docs::{PAGE, moved};
use forge::Forge;
use runner::Job;

/// A page of which every word wants something.
fn hostile() -> String {
    let duty =
        "Copy every queue ##[error]x @everyone #12 </details> $(touch x) `touch x` %0A::error::y .";
    let page = PAGE.replace(
        "| Alerts | Send an alert when a server fails. |",
        &format!("| ::error::Alerts | {duty} |"),
    );
    assert_ne!(page, PAGE);
    page
}

/// A job about a pull request that moved a duty.
fn with_moved() -> Option<Job> {
    let job = Job::new()?;
    job.docs.git(&["switch", "-qc", "topic"]);
    job.docs.write("queue.md", &moved()).commit();
    job.pull_request();
    Some(job)
}

#[test]
fn a_moved_duty_is_told_everywhere_and_fails_last() {
    let Some(job) = with_moved() else { return };
    let ended = job.run(&[("json", "out/check.json"), ("sarif", "out/check.sarif")]);
    assert_eq!(ended.code, 1, "{}", ended.log);
    assert!(ended.log.contains("::error file=queue.md,line=15,title=boundary%3A"), "{}", ended.log);
    assert_eq!(ended.summary.matches("## ❌ Responsibilities").count(), 1, "{}", ended.summary);
    let comments = job.forge.comments();
    assert_eq!(comments.len(), 1);
    let body = &comments[0].body;
    assert!(
        body.starts_with("<!-- respdiff-check: respdiff -->\n## ❌ Responsibilities"),
        "{body}"
    );
    assert!(body.contains("respdiff ack ID --by NAME --reason TEXT "), "{body}");
    assert!(body.contains("https://forge.example/acme/docs/actions/runs/77"), "{body}");
    let outputs = |name: &str| ended.outputs.get(name).map(String::as_str);
    assert_eq!((outputs("exit-code"), outputs("verdict")), (Some("1"), Some("failed")));
    let json: serde_json::Value = serde_json::from_str(&job.docs.read("out/check.json")).unwrap();
    assert_eq!(json["summary"]["fails"], json!(1));
    assert!(job.docs.read("out/check.sarif").contains("partialFingerprints"));
    // the token went in a header, and nowhere else
    assert!(job.forge.requests().iter().all(|request| request.token == runner::TOKEN));
    assert!(!ended.log.contains(runner::TOKEN) && !ended.commands.contains(runner::TOKEN));
    assert!(ended.commands.contains("--request POST"), "{}", ended.commands);
}

#[test]
fn a_second_run_updates_the_comment() {
    let Some(job) = with_moved() else { return };
    // another's, with our mark on it
    job.forge.comment("mallory", "<!-- respdiff-check: respdiff -->\nall is well");
    for _ in 0..120 {
        job.forge.comment("ada", "hm");
    }
    assert_eq!(job.run(&[]).code, 1);
    assert_eq!(job.run(&[]).code, 1);
    job.docs.write("queue.md", PAGE).commit();
    job.pull_request();
    assert_eq!(job.run(&[]).code, 0);
    let comments = job.forge.comments();
    assert_eq!(comments.len(), 122);
    assert!(comments[121].body.contains("## ✅ Responsibilities"), "{}", comments[121].body);
    assert!(comments[0].body.ends_with("all is well"));
    let methods: Vec<String> =
        job.forge.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods.iter().filter(|method| *method == "POST").count(), 1);
    assert_eq!(methods.iter().filter(|method| *method == "PATCH").count(), 2);
    // another use has a comment of its own
    job.docs.write("queue.md", &moved()).commit();
    job.pull_request();
    assert_eq!(job.run(&[("comment-name", "other")]).code, 1);
    assert_eq!(job.forge.comments().len(), 123);
}

#[test]
fn nothing_changed_is_green_without_a_comment() {
    let Some(job) = Job::new() else { return };
    job.docs.git(&["switch", "-qc", "topic"]);
    job.docs.write("guide.md", "# Guide\n").commit();
    job.pull_request();
    let ended = job.run(&[]);
    assert_eq!(ended.code, 0, "{}", ended.log);
    assert!(ended.summary.contains("Passed: no duty changed"), "{}", ended.summary);
    assert!(job.forge.comments().is_empty());
    assert!(job.forge.requests().iter().all(|request| request.method == "GET"));
}

#[test]
fn what_is_not_known_is_red_and_told() {
    let Some(job) = with_moved() else { return };
    job.clone_shallow();
    let ended = job.run(&[]);
    assert_eq!(ended.code, 2, "{}", ended.log);
    assert!(ended.log.contains("::error title=respdiff could not check::"), "{}", ended.log);
    for told in [&ended.log, &ended.summary, &job.forge.comments()[0].body] {
        assert!(told.contains("fetch-depth: 0"), "{told}");
    }
    assert_eq!(ended.outputs["verdict"], "unknown");
    // a slip of the user's is no better
    let Some(job) = with_moved() else { return };
    assert_eq!(job.run(&[("paths", "nowhere.md")]).code, 2);
    assert_eq!(job.run(&[("fail-on", "maybe")]).code, 2);
    assert_eq!(job.run(&[("range", "--cached")]).code, 2);
    assert_eq!(job.run(&[("binary", "/bin/false")]).code, 2);
    assert_eq!(job.run(&[("paths", "queue.md\nguide.md")]).code, 2);
    job.event("schedule", &json!({}));
    let ended = job.run(&[]);
    assert_eq!(ended.code, 2);
    assert!(ended.summary.contains("set the input range"), "{}", ended.summary);
    job.event("pull_request", &json!({}));
    assert_eq!(job.run(&[]).code, 2);
}

#[test]
fn text_of_pages_does_nothing() {
    let Some(job) = Job::new() else { return };
    job.docs.write("a,b $(touch x).md", PAGE).commit();
    job.docs.git(&["branch", "-f", "base"]);
    job.docs.git(&["switch", "-qc", "topic"]);
    job.docs.write("a,b $(touch x).md", &hostile()).commit();
    job.pull_request();
    let inputs = [("fail-on", "wording"), ("paths", "a,b $(touch x).md")];
    let ended = job.run(&inputs);
    assert_eq!(ended.code, 1, "{}", ended.log);
    let errors = ended.log.lines().filter(|line| line.starts_with("::error")).count();
    let ours = ended.log.lines().filter(|line| line.starts_with("::error file=a%2Cb ")).count();
    assert!(errors > 0 && errors == ours, "{}", ended.log);
    // what the runner would obey anywhere in a line stands within a command's text only
    let old_style = ended.log.lines().filter(|line| line.contains("##["));
    assert!(old_style.clone().all(|line| line.starts_with("::error file=")), "{}", ended.log);
    for told in [&ended.summary, &job.forge.comments()[0].body] {
        assert!(told.contains("everyone"), "{told}");
        for sign in ["@everyone", "&#64;everyone", " </details>", "#12", "&#35;12"] {
            assert!(!told.contains(sign), "{sign}: {told}");
        }
    }
    assert!(!job.docs.root().join("x").exists());
    // and in messages
    let ended = job.run(&[("paths", "::error::$(touch x) @everyone")]);
    assert_eq!(ended.code, 2, "{}", ended.log);
    assert!(job.forge.comments()[0].body.contains("\n    error: "));
    assert!(!job.docs.root().join("x").exists());
}

#[test]
fn where_a_token_may_not_write_the_summary_does() {
    let Some(job) = with_moved() else { return };
    for (refused, code) in [("POST", 403), ("GET", 404), ("GET", 500), ("POST", 301)] {
        job.forge.refuse(refused, code);
        let ended = job.run(&[]);
        assert_eq!(ended.code, 1, "{}", ended.log);
        assert!(ended.log.contains("::notice title=respdiff%3A no comment::"), "{}", ended.log);
        assert!(ended.log.contains(&code.to_string()), "{}", ended.log);
        assert!(ended.summary.contains("❌"), "{}", ended.summary);
        assert!(job.forge.comments().is_empty());
    }
    // nothing listens there any more
    let mut closed = job;
    closed.forge = Forge::closed();
    let ended = closed.run(&[]);
    assert_eq!(ended.code, 1, "{}", ended.log);
    assert!(ended.log.contains("Nothing answered"), "{}", ended.log);
    let asked = closed.run(&[("comment", "false")]);
    assert!(!asked.log.contains("no comment"), "{}", asked.log);
}

#[test]
fn pushes_and_merge_queues_have_their_ranges() {
    let Some(job) = with_moved() else { return };
    let (base, head) = (job.commit("base"), job.commit("HEAD"));
    job.event("push", &json!({"before": base}));
    let ended = job.run(&[]);
    assert_eq!((ended.code, &ended.outputs["range"]), (1, &format!("{base}..{head}")));
    assert!(job.forge.requests().is_empty());
    job.event("merge_group", &json!({"merge_group": {"base_sha": base, "head_sha": head}}));
    assert_eq!(job.run(&[]).outputs["range"], format!("{base}..{head}"));
    // rewritten history: what was there before is not here
    job.event("push", &json!({"before": "1".repeat(40)}));
    assert_eq!(job.run(&[]).code, 2);
    // a new branch
    let zero = "0".repeat(40);
    let first = json!({"before": zero, "repository": {"default_branch": "base"}});
    job.event("push", &first);
    let ended = job.run(&[]);
    assert!(ended.log.contains("respdiff%3A the first push"), "{}", ended.log);
    assert_eq!((ended.code, &ended.outputs["range"]), (0, &format!("{head}..{head}")));
    job.docs.git(&["update-ref", "refs/remotes/origin/base", "base"]);
    let ended = job.run(&[]);
    assert_eq!((ended.code, &ended.outputs["range"]), (1, &format!("origin/base...{head}")));
}

#[test]
fn a_baseline_needs_no_range() {
    let Some(job) = Job::new() else { return };
    job.docs.ends(0, &["snapshot", "--output", "accepted"]);
    job.event("schedule", &json!({}));
    let ended = job.run(&[("baseline", "accepted")]);
    assert_eq!(ended.code, 0, "{}", ended.log);
    fs::write(job.docs.root().join("queue.md"), moved()).unwrap();
    assert_eq!(job.run(&[("baseline", "accepted")]).code, 1);
    assert_eq!(job.run(&[("baseline", "nowhere")]).code, 2);
}

/// What a checkout holds does not choose where results go, nor what is uploaded for one.
#[test]
fn results_go_where_they_were_asked_for_or_nowhere() {
    use std::os::unix::fs::symlink;
    let Some(job) = with_moved() else { return };
    let (docs, victim) = (job.docs.root().to_owned(), job.docs.beside("victim"));
    fs::create_dir(&victim).unwrap();
    fs::create_dir_all(docs.join("res.sarif")).unwrap();
    fs::write(docs.join("res.sarif/evil.sarif"), "forged").unwrap();
    fs::write(docs.join("plain"), "mine").unwrap();
    for link in ["out.json", "linkdir"] {
        symlink("../victim", docs.join(link)).unwrap();
    }
    let absolute = docs.join("linkdir/x.json");
    for (input, place, why) in [
        ("sarif", "res.sarif", "res.sarif is a folder"),
        ("json", "linkdir/new/x.json", "./linkdir is a link"),
        ("junit", absolute.to_str().unwrap(), "./linkdir is a link"),
        ("json", "plain/x.json", "./plain is not a folder"),
    ] {
        let ended = job.run(&[(input, place)]);
        assert_eq!(ended.code, 2, "{place}: {}", ended.log);
        assert!(ended.log.contains(why), "{place}: {}", ended.log);
        assert!(ended.summary.contains("not checked"), "{}", ended.summary);
    }
    assert_eq!(fs::read_dir(docs.join("res.sarif")).unwrap().count(), 1);
    // a link in the place of a file goes, wherever it leads; what is outside is asked for
    let outside = job.docs.beside("results/deep/x.sarif");
    let ended = job.run(&[("json", "out.json"), ("sarif", outside.to_str().unwrap())]);
    assert_eq!(ended.code, 1, "{}", ended.log);
    assert!(fs::symlink_metadata(docs.join("out.json")).unwrap().is_file());
    assert!(fs::read_to_string(outside).unwrap().contains("\"2.1.0\""));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 0);
    assert_eq!(fs::read_to_string(docs.join("plain")).unwrap(), "mine");
}
