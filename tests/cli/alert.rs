//! `respdiff alert`, with standard output and programs as targets.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::Value;
use tempfile::TempDir;

use super::respdiff;

/// A docs repository, a configuration beside it, and days that pass.
struct Desk {
    home: TempDir,
    days: AtomicI64,
}

const TOLD: &str = "{name: me, type: stdout, filters: {level: wording}}";

impl Desk {
    fn new(targets: &str) -> Self {
        let desk = Self { home: tempfile::tempdir().unwrap(), days: AtomicI64::new(0) };
        fs::create_dir(desk.docs()).unwrap();
        desk.git(&["init", "-q", "-b", "main"]);
        desk.configure(targets);
        desk
    }

    fn docs(&self) -> PathBuf {
        self.home.path().join("docs")
    }

    fn configure(&self, targets: &str) {
        let text =
            format!("version: 1\nalert:\n  state: state/alert.sqlite\n  targets: [{targets}]\n");
        fs::write(self.home.path().join("config.yaml"), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        let date = format!("{} +0000", 1_700_000_000 + self.days.load(Ordering::SeqCst) * 86_400);
        let output = Command::new("git")
            .current_dir(self.docs())
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Ada")))
            .envs(
                ["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "ada@example.com")),
            )
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), date.clone())))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Commits a page with these duties of IBM and of the customer.
    fn publish(&self, edition: &str, rows: &[(&str, &str)]) -> String {
        self.days.fetch_add(1, Ordering::SeqCst);
        fs::write(self.docs().join("duties.md"), page(edition, rows)).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "edition"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = respdiff();
        let docs = self.docs();
        command.args(["-C", docs.to_str().unwrap(), "alert", "--config"]);
        command.arg(self.home.path().join("config.yaml")).args(arguments);
        command.current_dir(self.home.path());
        command.env("RESPDIFF_NOW", "2025-06-01T12:00:00Z").output().unwrap()
    }

    /// The events of a run that has to succeed.
    #[track_caller]
    fn told(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        lines(&output)
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn page(edition: &str, rows: &[(&str, &str)]) -> String {
    let row = |(at, (ibm, you)): (usize, &(&str, &str))| format!("| Task {at} | {ibm} | {you} |\n");
    let rows: String = rows.iter().enumerate().map(row).collect();
    format!(
        "---\ncopyright:\n  years: 2023\nlastupdated: \"{edition}\"\nsubcollection: skyvault\n---\n\n\
         # Responsibilities for Skyvault\n\n## Vaults\n\n| Task | IBM | You |\n|---|---|---|\n{rows}"
    )
}

const DRILL: &str = "Run a restore drill for every vault.";
const WATCH: &str = "Watch the quota of each vault.";
const REPAIR: &str = "Repair a broken vault within 4 hours.";

/// Each change as `kind text`.
fn changes(event: &Value) -> Vec<String> {
    let changes = event["data"]["document"]["changes"].as_array().unwrap().iter();
    changes
        .map(|change| {
            let side = if change["new"].is_null() { "old" } else { "new" };
            format!(
                "{} {}",
                change["kind"].as_str().unwrap(),
                change[side]["text"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn the_file_of_targets_is_seen_from_the_folder() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    for file in ["../config.yaml", "own.yaml"] {
        fs::copy(desk.home.path().join("config.yaml"), desk.docs().join("own.yaml")).unwrap();
        let mut command = respdiff();
        command.args(["-C", "docs", "alert", "--dry-run", "--alert-config", file]);
        let output = command.current_dir(desk.home.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{file}: {}", stderr(&output));
    }
}

#[test]
fn the_first_run_only_notes_where_it_is() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let output = desk.run(&[]);
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).contains("watching main from "), "{}", stderr(&output));
    let head = desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let events = desk.told(&[]);
    assert_eq!(events.len(), 1);
    assert_eq!(changes(&events[0]), [format!("added {DRILL}")]);
    let data = &events[0]["data"];
    assert_eq!(events[0]["type"], "respdiff.changes");
    assert_eq!(data["document"]["changes"][0]["introduced"]["commit"], head);
    assert_eq!(data["document"]["to"]["last_updated"], "2024-02-01");
    assert_eq!(data["grown"], false);
    assert!(desk.told(&[]).is_empty());
}

#[test]
fn events_fit_their_schema() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), ("", REPAIR)]);
    let schema: Value = serde_json::from_str(&super::stdout(&["schema", "alert"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut events = desk.told(&["--from-start"]);
    desk.git(&["commit", "-q", "--amend", "-m", "rewritten"]);
    events.extend(desk.told(&[]));
    assert_eq!(events.len(), 3);
    for event in &events {
        let errors: Vec<_> = validator.iter_errors(event).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let schema = serde_json::from_str(&super::stdout(&["schema", "alert-status"])).unwrap();
    let status = desk.run(&["--status", "--format", "json"]);
    let status = serde_json::from_slice(&status.stdout).unwrap();
    jsonschema::validate(&schema, &status).unwrap();
}

#[test]
fn an_edition_that_was_told_can_grow() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.told(&[]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    assert_eq!(desk.told(&[]).len(), 1);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), ("", DRILL)]);
    let events = desk.told(&[]);
    assert_eq!(changes(&events[0]), [format!("moved {DRILL}")]);
    assert_eq!(events[0]["data"]["grown"], true);
}

#[test]
fn the_whole_history_is_told_when_asked_and_only_once() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let since = desk.git(&["rev-parse", "HEAD"]);
    desk.publish("2024-03-01", &[(REPAIR, WATCH), ("", DRILL)]);
    let since = desk.told(&["--since", &since]);
    assert_eq!(since.len(), 1);
    let all = desk.told(&["--from-start"]);
    let told: Vec<Vec<String>> = all.iter().map(changes).collect();
    assert_eq!(
        told,
        [vec![format!("added {REPAIR}"), format!("added {WATCH}")], vec![format!("added {DRILL}")]]
    );
    assert!(desk.told(&["--from-start"]).is_empty());
}

#[test]
fn a_page_that_goes_takes_its_duties_along() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.told(&[]);
    fs::remove_file(desk.docs().join("duties.md")).unwrap();
    desk.git(&["commit", "-q", "-a", "-m", "gone"]);
    let events = desk.told(&[]);
    assert_eq!(changes(&events[0]), [format!("removed {REPAIR}"), format!("removed {WATCH}")]);
    assert_eq!(events[0]["data"]["document"]["status"], "removed");
}

#[test]
fn filters_choose() {
    let target =
        |name: &str, filters: &str| format!("{{name: {name}, type: stdout, filters: {filters}}}");
    let targets = [
        target("boundary", "{}"),
        target("customer", "{level: wording, party: [customer]}"),
        target("elsewhere", "{level: wording, area: [Networks]}"),
        target("here", "{level: wording, area: [vaults], document: ['*.md'], repository: [DOCS]}"),
        target("others", "{level: wording, repository: [network]}"),
        target("pages", "{level: wording, document: [other/]}"),
    ];
    let desk = Desk::new(&targets.join(", "));
    desk.publish("2024-01-01", &[(REPAIR, ""), (WATCH, "")]);
    desk.told(&[]);
    desk.publish("2024-02-01", &[("", REPAIR), (WATCH, ""), (DRILL, "")]);
    let output = desk.run(&["--dry-run"]);
    let told = String::from_utf8(output.stdout).unwrap();
    let targets: Vec<&str> = told.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(targets, ["boundary", "customer", "here"], "{told}");
    assert!(told.contains("duties.md, edition 2024-02-01: 1 duty moved to you\n"), "{told}");
    assert!(told.contains("1 duty moved to you; 1 added"), "{told}");
    // a rehearsal changes nothing
    assert_eq!(desk.told(&[]).len(), 3);
}

#[test]
fn a_history_that_was_rewritten_is_told_and_nothing_twice() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let base = desk.git(&["rev-parse", "HEAD"]);
    desk.told(&[]);
    let was = desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    assert_eq!(desk.told(&[]).len(), 1);
    desk.git(&["reset", "-q", "--hard", &base]);
    desk.days.store(30, Ordering::SeqCst);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let now = desk.publish("2024-03-01", &[(REPAIR, WATCH), ("", DRILL)]);
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("the history of main was rewritten"), "{}", stderr(&output));
    let events = lines(&output);
    assert_eq!(events.len(), 2, "{events:#?}");
    assert_eq!(events[0]["type"], "respdiff.history-rewritten");
    let rewritten = &events[0]["data"]["rewritten"];
    assert_eq!(
        (&rewritten["was"], &rewritten["now"], &rewritten["base"]),
        (&was.into(), &now.into(), &base.into())
    );
    assert_eq!(changes(&events[1]), [format!("moved {DRILL}")]);
    assert!(desk.told(&[]).is_empty());
}

#[test]
fn a_move_that_comes_again_is_told_however_often_history_was_rewritten() {
    let desk = Desk::new(TOLD);
    let (ibms, yours) = ([(REPAIR, WATCH), (DRILL, "")], [(REPAIR, WATCH), ("", DRILL)]);
    desk.publish("2024-01-01", &ibms);
    let base = desk.git(&["rev-parse", "HEAD"]);
    desk.told(&[]);
    desk.publish("2024-02-01", &yours);
    assert_eq!(desk.told(&[]).len(), 1);
    for days in [30, 60] {
        desk.git(&["reset", "-q", "--hard", &base]);
        desk.days.store(days, Ordering::SeqCst);
        desk.publish("2024-02-01", &yours);
        if days == 30 {
            assert_eq!(desk.told(&[]).len(), 1, "only that history was rewritten");
        }
    }
    desk.publish("2024-03-01", &ibms);
    desk.publish("2024-04-01", &yours);
    let moved = vec![format!("moved {DRILL}")];
    let told: Vec<Vec<String>> = desk.told(&[])[1..].iter().map(changes).collect();
    assert_eq!(told, [moved.clone(), moved], "back, and to you again");
}

#[test]
fn a_rewritten_history_in_a_fresh_clone_goes_on_from_an_older_cursor() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let base = desk.git(&["rev-parse", "HEAD"]);
    desk.told(&[]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    desk.told(&[]);
    desk.git(&["reset", "-q", "--hard", &base]);
    desk.days.store(30, Ordering::SeqCst);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    desk.publish("2024-03-01", &[(REPAIR, ""), (DRILL, "")]);
    desk.git(&["reflog", "expire", "--expire=now", "--all"]);
    desk.git(&["gc", "-q", "--prune=now"]);
    let events = desk.told(&[]);
    assert_eq!(events[0]["type"], "respdiff.history-rewritten");
    assert_eq!(changes(&events[1]), [format!("removed {WATCH}")]);
    assert_eq!(events.len(), 2);
}

#[test]
fn what_cannot_be_found_out_is_no_success_and_moves_no_cursor() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.told(&[]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    desk.publish("2024-03-01", &[(REPAIR, WATCH), (DRILL, ""), ("", "Label each vault.")]);
    let id = desk.git(&["rev-parse", "HEAD"]);
    let shallow = desk.docs().join(".git/shallow");
    fs::write(&shallow, format!("{id}\n")).unwrap();
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).contains("git fetch --unshallow"), "{}", stderr(&output));
    let told = stderr(&desk.run(&["--from-start"]));
    assert!(told.contains("or name a commit that it holds: --since REV\n"), "{told}");
    assert!(told.contains(&format!("the history of {} is cut off", &id[..8])), "{told}");
    fs::remove_file(&shallow).unwrap();
    assert_eq!(desk.told(&[]).len(), 2);
}

#[test]
fn one_bad_repository_does_not_stop_the_others() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let list = desk.home.path().join("list");
    fs::write(&list, "missing\ndocs\n./docs\n").unwrap();
    let config = desk.home.path().join("config.yaml");
    let run = || {
        let mut command = respdiff();
        command.arg("--repos").arg(&list).args(["alert", "--config"]).arg(&config);
        command.output().unwrap()
    };
    let output = run();
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("error: missing: no such folder: "), "{told}");
    assert!(told.contains("./docs: ") && told.contains("is watched twice"), "{told}");
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let events = lines(&run());
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["data"]["repository"], "docs");
}

#[cfg(unix)]
#[test]
fn a_repository_that_takes_too_long_stops_no_other_and_no_delivery() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let configure = |timeout: &str| {
        let text = format!(
            "version: 1\nalert:\n  state: state/alert.sqlite\n  repositories:\n    - {{path: docs, name: \
             slow{timeout}}}\n    - {{path: docs, name: quick}}\n  targets: [{TOLD}]\n"
        );
        fs::write(desk.home.path().join("config.yaml"), text).unwrap();
    };
    let run = || {
        let mut command = respdiff();
        command.args(["alert", "--config"]).arg(desk.home.path().join("config.yaml"));
        command.current_dir(desk.home.path()).output().unwrap()
    };
    configure("");
    assert_eq!(run().status.code(), Some(0));
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    configure(", timeout: 1ms");
    let output = run();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("error: slow: reading this repository took longer than 1 ms"));
    let names = |events: Vec<Value>| -> Vec<Value> {
        events.iter().map(|event| event["data"]["repository"].clone()).collect()
    };
    assert_eq!(names(lines(&output)).len(), 1, "{}", stderr(&output));
    configure("");
    let output = run();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(lines(&output).len(), 1, "nothing is lost");
}

#[test]
fn a_program_gets_the_event_and_no_secret_of_others() {
    let desk = Desk::new("");
    let out = desk.home.path().join("out");
    let script = format!("env > {0}.env; cat > {0}", out.display());
    desk.configure(&format!(
        "{{name: pipe, type: command, command: [sh, -c, '{script}'], filters: {{level: scope}}}}, \
         {{name: hook, type: webhook, url: 'https://127.0.0.1:9/hidden', secret: {{env: HOOK_KEY}}}}"
    ));
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let run = |arguments: &[&str]| {
        let mut command = respdiff();
        command.args(["-C", desk.docs().to_str().unwrap(), "alert", "--config"]);
        command.arg(desk.home.path().join("config.yaml")).args(arguments);
        command.env("HOOK_KEY", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").output().unwrap()
    };
    assert_eq!(run(&[]).status.code(), Some(0));
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    assert_eq!(run(&[]).status.code(), Some(0));
    let event: Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    assert_eq!(changes(&event), [format!("added {DRILL}")]);
    let environment = fs::read_to_string(desk.home.path().join("out.env")).unwrap();
    let id = event["data"]["id"].as_str().unwrap();
    assert!(environment.contains(&format!("RESPDIFF_EVENT_ID={id}")), "{environment}");
    assert!(!environment.contains("HOOK_KEY"), "{environment}");
}

#[cfg(unix)]
#[test]
fn what_failed_waits_is_shown_and_can_be_retried() {
    let failing = "{name: pipe, type: command, command: ['false'], filters: {level: scope}, \
                   retries: [1ms, 1h]}";
    let desk = Desk::new(failing);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.told(&[]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains("error: target pipe: the command failed (exit status "), "{told}");
    // its time has not come, which is no error
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("1 target is waiting for its next attempt"),
        "{}",
        stderr(&output)
    );
    let status = desk.run(&["--status"]);
    let text = String::from_utf8(status.stdout).unwrap();
    assert!(text.starts_with("pipe: 1 waiting, 0 given up, 0 delivered\n"), "{text}");
    assert!(text.contains("next try      2025-06-01T13:"), "{text}");
    desk.configure(&failing.replace("'false'", "no-such-program"));
    let told = stderr(&desk.run(&["--retry"]));
    let reason = "cannot be started: there is no program `no-such-program`\nhint: the event stays in \
                  the outbox, and a later run tries again\n";
    assert!(told.contains(reason), "{told}");
    desk.configure(&failing.replace("'false'", "'true'"));
    let output = desk.run(&["--retry"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("1 event to retry; 1 delivered."), "{}", stderr(&output));
    let status = desk.run(&["--status", "--format", "json"]);
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["targets"][0]["delivered"], 1);
    assert!(status["targets"][0]["last_error"].is_null());
}

#[cfg(unix)]
#[test]
fn two_runs_at_once_are_one() {
    let desk =
        Desk::new("{name: slow, type: command, command: [sh, -c, 'touch started; sleep 2']}");
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.told(&[]);
    desk.publish("2024-02-01", &[(WATCH, REPAIR)]);
    let started = desk.home.path().join("started");
    std::thread::scope(|scope| {
        let first = scope.spawn(|| desk.run(&[]));
        while !started.exists() && !first.is_finished() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let output = desk.run(&["--wait", "0"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("error: another run of `respdiff alert`"));
        assert_eq!(first.join().unwrap().status.code(), Some(0));
    });
}

#[test]
fn a_missing_secret_loses_nothing() {
    let hook = "{name: hook, type: webhook, url: 'https://hooks.example.com/hidden', \
                secret: {env: NO_SUCH_KEY}, filters: {level: scope}}";
    let desk = Desk::new(&format!("{hook}, {TOLD}"));
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.run(&[]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let output = desk.run(&[]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told.contains("target hook: the environment variable NO_SUCH_KEY is not set"),
        "{told}"
    );
    assert!(!told.contains("hidden"), "{told}");
    assert_eq!(lines(&output).len(), 1);
    let status = desk.run(&["--status"]);
    assert!(String::from_utf8(status.stdout).unwrap().starts_with("hook: 1 waiting"));
}

#[test]
fn a_dry_run_and_the_status_name_a_target_that_cannot_be_reached() {
    let desk =
        Desk::new("{name: hook, type: slack, url: {env: NO_SUCH_URL}}, {name: me, type: stdout}");
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let fault = "error: target hook: the environment variable NO_SUCH_URL is not set\n";
    for options in ["--dry-run", "--status"] {
        let output = desk.run(&[options]);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{options}: {told}");
        assert!(told.contains(fault) && !told.contains("target me"), "{options}: {told}");
    }
}

#[test]
fn fetch_follows_the_branch_of_the_remote() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let clone = desk.home.path().join("clone");
    desk.git(&["clone", "-q", ".", clone.to_str().unwrap()]);
    let run = || {
        let mut command = respdiff();
        command.args(["-C", clone.to_str().unwrap(), "alert", "--fetch", "--config"]);
        command.arg(desk.home.path().join("config.yaml")).output().unwrap()
    };
    assert!(stderr(&run()).contains("watching origin/main from "));
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    assert_eq!(lines(&run()).len(), 1);
    // the branch here is the same line: it is not looked at for the first time
    let pull = ["-C", clone.to_str().unwrap(), "merge", "-q", "--ff-only", "origin/main"];
    desk.git(&pull);
    let mut command = respdiff();
    command.args(["-C", clone.to_str().unwrap(), "alert", "--config"]);
    let output = command.arg(desk.home.path().join("config.yaml")).output().unwrap();
    assert_eq!(stderr(&output), "1 repository checked, 0 new events; 0 delivered.\n");
    fs::rename(desk.docs(), desk.home.path().join("moved")).unwrap();
    let output = run();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("git fetch failed (exit status "), "{}", stderr(&output));
}

#[test]
fn settings_are_the_user_s_own() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    // what a watched repository says about alerts is not read
    fs::write(desk.docs().join("respdiff.yaml"), "alert: {targets: [{name: evil, type: stdout}]}")
        .unwrap();
    let docs = desk.docs();
    let docs = docs.to_str().unwrap();
    let home = desk.home.path().join("home");
    let run = |variables: &[(&str, &str)]| {
        let mut command = respdiff();
        command.args(["-C", docs, "alert", "--status"]).env("HOME", &home);
        command.current_dir(docs).envs(variables.iter().copied()).output().unwrap()
    };
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no alert configuration: "), "{}", stderr(&output));
    let config = desk.home.path().join("config.yaml");
    assert!(run(&[("RESPDIFF_CONFIG", config.to_str().unwrap())]).stdout.starts_with(b"me: 0"));
    fs::create_dir_all(home.join(".config/respdiff")).unwrap();
    fs::write(
        home.join(".config/respdiff/config.yaml"),
        format!("version: 1\nalert: {{targets: [{TOLD}]}}"),
    )
    .unwrap();
    assert!(run(&[]).stdout.starts_with(b"me: 0"));
}

#[test]
fn a_state_that_is_none_is_named() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    fs::create_dir(desk.home.path().join("state")).unwrap();
    let state = desk.home.path().join("state/alert.sqlite");
    fs::write(&state, "this is no database but a letter ".repeat(50)).unwrap();
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is damaged or not an outbox"), "{}", stderr(&output));
}

#[test]
fn mistakes_in_the_configuration_are_named_by_its_keys() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let config = desk.home.path().join("config.yaml");
    let ends_with = |target: &str, place: &str, text: &str| {
        let settings = format!(
            "version: 1\nalert:\n  state: state/alert.sqlite\n  targets: [{target}]\n  \
             repositories: [{place}]\n"
        );
        fs::write(&config, settings).unwrap();
        let mut command = respdiff();
        command.current_dir(desk.home.path()).args(["alert", "--alert-config"]).arg(&config);
        let output = command.output().unwrap();
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(text), "{told}");
        assert!(!told.contains("--link-base") && !told.contains("--no-index"), "{told}");
    };
    let feed = "{name: f, type: feed, file: f.xml, url: foo}";
    let why = "`foo` does not begin with https://";
    ends_with(feed, "{path: docs}", &format!("target f: `url`: {why}"));
    ends_with(TOLD, "{path: docs, link-base: foo}", &format!("docs: `link-base`: {why}"));
    let hint = "\nhint: correct `path` under `repositories` in the alert configuration\n";
    let folder = desk.home.path().join("none");
    let shown = folder.display();
    ends_with(TOLD, "{path: none}", &format!("none: no such folder: {shown}{hint}"));
    fs::create_dir(&folder).unwrap();
    let why = format!("no git repository at {shown} or in any folder above it{hint}");
    ends_with(TOLD, "{path: none}", &why);
    let lock = desk.home.path().join("state/alert.sqlite.lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let why = "cannot be opened for writing\nhint: check the permissions of the file";
    ends_with(TOLD, "{path: docs}", why);
}

const FEED: &str = "{name: feed, type: feed, file: out/feed.xml, url: 'https://docs.example/docs/sky', \
                    entries: 2, filters: {level: wording}}";

#[test]
fn a_feed_keeps_its_newest_entries_in_a_file() {
    let desk = Desk::new(FEED);
    let file = desk.home.path().join("out/feed.xml");
    fs::create_dir(file.parent().unwrap()).unwrap();
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.run(&[]);
    assert!(!file.exists());
    let mut seen = Vec::new();
    for (edition, rows) in [
        ("2024-02-01", [(REPAIR, WATCH), (DRILL, "")]),
        ("2024-03-01", [(REPAIR, WATCH), ("", DRILL)]),
        ("2024-04-01", [(WATCH, REPAIR), ("", DRILL)]),
    ] {
        desk.publish(edition, &rows);
        let output = desk.run(&[]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let feed = fs::read_to_string(&file).unwrap();
        assert!(feed.ends_with("</feed>\n"), "{feed}");
        let ids = feed.matches("<id>tag:respdiff,2026:event/evt_").count();
        seen.push((ids, feed.contains(DRILL), feed.contains(&format!("edition {edition}"))));
    }
    assert_eq!(seen, [(1, true, true), (2, true, true), (2, true, true)]);
    let before = fs::read(&file).unwrap();
    desk.run(&[]);
    assert_eq!(fs::read(&file).unwrap(), before, "nothing new, nothing written");
}

#[test]
fn links_use_the_id_that_the_title_has_at_the_tip() {
    let desk = Desk::new(FEED);
    let config = desk.home.path().join("config.yaml");
    let text = fs::read_to_string(&config).unwrap();
    let told = "{name: me, type: stdout, format: json, filters: {level: wording}}";
    let text = text.replace("targets: [", &format!("targets: [{told}, "));
    let base = "{path: docs, link-base: 'https://docs.example/docs/sky'}";
    fs::write(&config, format!("{text}  repositories: [{base}]\n")).unwrap();
    fs::create_dir(desk.home.path().join("out")).unwrap();
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.run(&[]);
    desk.publish("2024-02-01", &[("", WATCH), ("", REPAIR)]);
    let titled = |id: &str| {
        let file = desk.docs().join("duties.md");
        let page = fs::read_to_string(&file).unwrap();
        fs::write(&file, page.replace("for Skyvault\n", &format!("for Skyvault\n{{: #{id}}}\n")))
            .unwrap();
    };
    titled("duties-sky");
    desk.git(&["commit", "-qam", "an id"]);
    let events = desk.told(&[]);
    let address = "https://docs.example/docs/sky?topic=skyvault-duties-sky";
    assert_eq!(events[0]["data"]["links"]["page"], address);
    assert_eq!(events[0]["data"]["topic"], "duties-sky");
    let feed = fs::read_to_string(desk.home.path().join("out/feed.xml")).unwrap();
    assert!(feed.contains(&format!("href=\"{address}\"")), "{feed}");
}

#[test]
fn a_feed_never_overwrites_another_s_file_and_nothing_is_lost() {
    let desk = Desk::new(FEED);
    let file = desk.home.path().join("out/feed.xml");
    fs::create_dir(file.parent().unwrap()).unwrap();
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.run(&[]);
    fs::write(&file, "# Mine\n").unwrap();
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    let output = desk.run(&["--quiet"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let told = "/feed.xml`: this is not a feed that respdiff wrote, so it is not overwritten; move the \
                file away, or name another one under `file`\n";
    assert!(stderr(&output).contains(told), "{}", stderr(&output));
    assert_eq!(fs::read(&file).unwrap(), b"# Mine\n");
    fs::remove_file(&file).unwrap();
    assert_eq!(desk.run(&["--retry"]).status.code(), Some(0));
    assert!(fs::read_to_string(&file).unwrap().contains(DRILL));
}

#[cfg(unix)]
#[test]
fn a_closed_output_gets_nothing_and_loses_nothing() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let run = |asked: &str, redirected: &str| {
        let script = format!("exec \"$0\" \"$@\" {redirected}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_respdiff"), "-C"]).arg(desk.docs());
        shell.args(["alert", "--config"]).arg(desk.home.path().join("config.yaml"));
        shell.arg(asked).output().unwrap()
    };
    let output = run("--from-start", ">&-");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard output: it is closed"), "{}", stderr(&output));
    // the null device is somebody's decision
    let output = run("--retry", ">/dev/null");
    assert!(stderr(&output).contains("1 delivered"), "{}", stderr(&output));
}

#[test]
fn an_outbox_that_was_emptied_is_told() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    assert!(desk.told(&[]).is_empty());
    let state = desk.home.path().join("state/alert.sqlite");
    fs::write(&state, "").unwrap();
    for arguments in [&[][..], &["--status"], &["--dry-run"], &["--retry"]] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("is empty: its contents are lost"), "{}", stderr(&output));
    }
    fs::remove_file(&state).unwrap();
    assert!(stderr(&desk.run(&[])).contains("watching "));
}

#[test]
fn standard_output_gets_text_where_it_is_asked_for_with_links() {
    let desk = Desk::new("{name: me, type: stdout, format: text, filters: {level: scope}}");
    desk.publish("2023-11-15", &[(DRILL, WATCH)]);
    desk.git(&["remote", "add", "origin", "git@github.com:skyvault/docs.git"]);
    assert_eq!(desk.run(&[]).status.code(), Some(0));
    let commit = desk.publish("2023-11-16", &[("", &format!("{DRILL} {WATCH}"))]);
    let output = desk.run(&[]);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for part in [
        "1 duty moved to you: Responsibilities for Skyvault\n",
        "Moved to you: IBM → customer\n  in Vaults › Task 0\n",
        &format!("https://github.com/skyvault/docs/blob/{commit}/duties.md\n"),
        &format!("commit {} https://github.com/skyvault/docs/commit/{commit}\n", &commit[..8]),
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_file_for_alerts_is_no_policy_of_the_gate() {
    let desk = Desk::new(TOLD);
    desk.publish("2023-11-15", &[(DRILL, WATCH)]);
    desk.publish("2023-11-16", &[("", &format!("{DRILL} {WATCH}"))]);
    let run = |variable: &str, words: &[&str]| {
        let mut command = respdiff();
        command.current_dir(desk.docs()).args(words).env("RESPDIFF_NOW", "2025-06-01T12:00:00Z");
        command.env(variable, desk.home.path().join("config.yaml")).output().unwrap()
    };
    let output = run("RESPDIFF_ALERT_CONFIG", &["alert", "--from-start", "--dry-run"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("me ← "), "{}", stderr(&output));
    let output = run("RESPDIFF_ALERT_CONFIG", &["check", "HEAD~1..HEAD"]);
    assert!(output.status.code() == Some(1) && !stderr(&output).contains("the policy is"));
    let output = run("RESPDIFF_CONFIG", &["check", "HEAD~1..HEAD"]);
    let told = stderr(&output);
    assert!(told.contains("note: the policy is ") && told.contains("config.yaml, not"), "{told}");
    let mut missing = respdiff();
    missing.current_dir(desk.docs()).arg("alert").env("RESPDIFF_ALERT_CONFIG", "no-such.yaml");
    let output = missing.output().unwrap();
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains(
            "`no-such.yaml`: no such file\nhint: the file name comes from RESPDIFF_ALERT_CONFIG"
        ),
        "{told}"
    );
}

#[test]
fn a_watched_repository_without_a_page_is_named_once() {
    let desk = Desk::new(&format!("{TOLD}, {{name: two, type: stdout}}"));
    fs::write(desk.docs().join("guide.md"), "# Guide\n").unwrap();
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "guide"]);
    for arguments in [&[][..], &["-q"], &["--dry-run", "--from-start"]] {
        let output = desk.run(arguments);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{told}");
        let warning = ": main has no responsibility page; check the repository's path";
        assert_eq!(told.matches(warning).count(), 1, "{arguments:?}: {told}");
    }
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    for arguments in [&[][..], &[]] {
        assert!(!stderr(&desk.run(arguments)).contains("no responsibility page"));
    }
}

#[test]
fn a_watched_page_that_broke_is_no_stranger() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    assert!(desk.run(&[]).status.success());
    let text = page("2024-02-01", &[(REPAIR, WATCH)]).replace("| IBM | You |", "| Red | Blue |");
    fs::write(desk.docs().join("duties.md"), text).unwrap();
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "-m", "rename"]);
    for _ in 0..2 {
        desk.run(&[]);
    }
    let told = stderr(&desk.run(&[]));
    assert!(
        told.contains(": respdiff cannot read any responsibility page of main; duties.md:"),
        "{told}"
    );
    assert!(!told.contains("is not a responsibility page"), "{told}");
}

#[test]
fn the_names_of_a_repository_s_own_policy_count_and_nothing_else_of_it() {
    let desk = Desk::new("{name: me, type: stdout, format: text, filters: {level: wording}}");
    let publish = |edition: &str, rows: &[(&str, &str)]| {
        let text = page(edition, rows).replace("| IBM | You |", "| Acme | Readers |");
        fs::write(desk.docs().join("duties.md"), text).unwrap();
        desk.git(&["add", "-A"]);
        desk.git(&["commit", "-q", "-m", "edition"]);
    };
    let policy = "version: 1\nprovider: Acme\nparties: {Readers: customer}\n\
                  levels: [{kind: moved, level: 'off'}]\nsources: ['no/*.md']\n";
    fs::write(desk.docs().join("respdiff.yaml"), policy).unwrap();
    publish("2024-01-01", &[(&format!("{REPAIR} {WATCH}"), DRILL)]);
    publish("2024-02-01", &[(REPAIR, &format!("{WATCH} {DRILL}"))]);
    let output = desk.run(&["--since", "HEAD~1"]);
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), stderr(&output));
    assert!(told.contains("Moved to you: Acme → customer"), "{told}");
    assert!(!told.contains("no responsibility page"), "{told}");
}

#[test]
fn a_repository_that_is_a_dot_is_called_as_its_folder() {
    let desk = Desk::new(TOLD);
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    let mut command = respdiff();
    command.current_dir(desk.docs()).args(["alert", "--from-start", "--config"]);
    command.arg(desk.home.path().join("config.yaml")).env("RESPDIFF_NOW", "2025-06-01T12:00:00Z");
    let output = command.output().unwrap();
    let event: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(event["data"]["repository"], "docs", "{event}");
}

#[test]
fn a_rehearsal_counts_the_changes_below_the_level() {
    let desk = Desk::new("{name: me, type: stdout}");
    desk.publish("2024-01-01", &[(&format!("{REPAIR} {WATCH}"), DRILL)]);
    desk.publish("2024-02-01", &[(REPAIR, &format!("{WATCH} {DRILL}")), ("", "Count the keys.")]);
    // at the first run, too
    let level = "Target me reports changes at level boundary; `filters: {level: scope}` also";
    assert!(stderr(&desk.run(&["--dry-run"])).contains(level));
    let below =
        "1 change is below the level of target me (boundary); `filters: {level: scope}` also";
    let told = stderr(&desk.run(&["--dry-run", "--since", "HEAD~1"]));
    assert!(told.contains(below), "{told}");
    let told = stderr(&desk.run(&["--since", "HEAD~1"]));
    assert!(!told.contains("below the level"), "{told}");
}

#[test]
fn a_target_that_gets_nothing_says_which_filter_it_is() {
    let desk = Desk::new("{name: me, type: stdout}");
    desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
    desk.publish("2024-02-01", &[(REPAIR, WATCH), (DRILL, "")]);
    for options in [&["--from-start", "--dry-run"][..], &["--from-start"]] {
        let told = stderr(&desk.run(options));
        let reason = "3 changes are below the level of target me (boundary); \
                      `filters: {level: scope}` also reports";
        assert!(told.contains(reason), "{options:?}: {told}");
    }
    assert_eq!(stderr(&desk.run(&["--from-start", "-q"])), "");
    // nothing is new, but a rehearsal says what a target reports
    let level = "Target me reports changes at level boundary; `filters: {level: scope}` also";
    assert!(stderr(&desk.run(&["--dry-run"])).contains(level));
    assert!(!stderr(&desk.run(&[])).contains("level"));
    let output = desk.run(&["--format", "json"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn the_level_that_is_named_reports_what_was_left_out() {
    let wording = "`filters: {level: wording}` also reports reworded and relocated duties.";
    let reworded = REPAIR.replace("Repair", "Fix");
    for (filters, expected) in [
        ("", format!("1 change is below the level of target me (boundary); {wording}")),
        ("{level: scope}", format!("1 change is below the level of target me (scope); {wording}")),
        (
            "{level: scope, area: [None]}",
            "1 change does not pass the filters of target me (level scope).".to_owned(),
        ),
    ] {
        let filters =
            if filters.is_empty() { String::new() } else { format!(", filters: {filters}") };
        let desk = Desk::new(&format!("{{name: me, type: stdout{filters}}}"));
        desk.publish("2024-01-01", &[(REPAIR, WATCH)]);
        desk.publish("2024-02-01", &[(&reworded, WATCH)]);
        let told = stderr(&desk.run(&["--since", "HEAD~1"]));
        assert!(told.contains(&expected), "{told}");
    }
}
