//! The responsibilities as OSCAL, held against the real compliance-trestle.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::{demo_folder, histories, refused, stdout};

/// The release that the set is made for.
const TRESTLE: &str = "compliance-trestle==5.2.0";

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                all.insert(name, fs::read(path).unwrap());
            }
        }
    }
    all
}

/// The uuid of each duty of a system security plan, by the duty's id.
fn uuids(plan: &Value) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let requirements = &plan["system-security-plan"]["control-implementation"];
    let requirements = requirements["implemented-requirements"].as_array().unwrap();
    for component in requirements.iter().filter_map(|one| one["by-components"].as_array()).flatten()
    {
        for key in ["provided", "responsibilities"] {
            for entry in component["export"][key].as_array().into_iter().flatten() {
                let props = entry["props"].as_array().unwrap();
                let id = props.iter().find(|prop| prop["name"] == "duty-id").unwrap();
                let id = id["value"].as_str().unwrap().to_owned();
                found.entry(id).or_default().push(entry["uuid"].as_str().unwrap().to_owned());
            }
        }
    }
    found
}

fn plan_of(docs: &Docs, revision: &str) -> Value {
    let folder = docs.beside("oscal");
    docs.ends(0, &["oscal", revision, "--output", folder.to_str().unwrap()]);
    read(&folder.join("system-security-plans/queue/system-security-plan.json"))
}

#[test]
fn a_set_is_the_same_each_time_and_replaces_only_itself() {
    let demo = demo_folder().to_str().unwrap();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("set");
    let path = folder.to_str().unwrap();
    stdout(&["-C", demo, "oscal", "HEAD", "--component-definition", "--output", path]);
    let first = files(&folder);
    assert_eq!(first.len(), 5, "{:?}", first.keys());
    stdout(&["-C", demo, "oscal", "HEAD", "--component-definition", "--output", path]);
    assert_eq!(files(&folder), first);
    let catalog = read(&folder.join("catalogs/skyvault/catalog.json"));
    let metadata = &catalog["catalog"]["metadata"];
    assert_eq!(metadata["last-modified"], "2025-04-16T00:00:00Z");
    assert_eq!(metadata["oscal-version"], "1.2.1");
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let message = refused(&["-C", demo, "oscal", "HEAD~1", "--output", path]);
    assert!(
        message.contains("contains a file that respdiff did not write: `notes.txt`"),
        "{message}"
    );
    fs::remove_file(folder.join("notes.txt")).unwrap();
    assert_eq!(files(&folder), first, "nothing was touched");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left over");
    stdout(&["-C", demo, "oscal", "HEAD", "--output", path]);
    assert_eq!(files(&folder).len(), 4, "the definition was not asked for again");
}

#[test]
fn what_cannot_be_is_refused() {
    let demo = demo_folder().to_str().unwrap();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("set");
    let path = path.to_str().unwrap();
    let message = refused(&["-C", demo, "oscal", "--output", path, "--name", "A b"]);
    assert!(message.contains("`A b` is not a valid document name"), "{message}");
    let message = refused(&["-C", demo, "oscal", "--output", path, "--", "no-such.md"]);
    assert!(message.contains("no markdown file matches `no-such.md`"), "{message}");
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let message = refused(&["-C", demo, "oscal", "--output", file.join("set").to_str().unwrap()]);
    assert!(message.contains("file` is a file, not a folder\nhint: name another"), "{message}");
    refused(&["-C", demo, "oscal"]);
    refused(&["-C", demo, "oscal", "--diff", "HEAD"]);
    assert!(!Path::new(path).exists());
}

#[test]
fn a_duty_keeps_its_uuid_through_words_hands_and_files() {
    let docs = Docs::new();
    let before = uuids(&plan_of(&docs, "HEAD"));
    assert_eq!(before.len(), 6);
    docs.write("queue.md", &PAGE.replace("before they are full", "when they are full")).commit();
    assert_eq!(uuids(&plan_of(&docs, "HEAD")), before);
    docs.git(&["mv", "queue.md", "renamed.md"]);
    docs.commit();
    assert_eq!(uuids(&plan_of(&docs, "HEAD")), before);
    docs.write("renamed.md", &moved()).commit();
    assert_eq!(uuids(&plan_of(&docs, "HEAD")), before);
}

#[test]
fn changes_are_told_by_uuid() {
    let docs = Docs::new();
    docs.write("queue.md", &moved().replace("| Subscribe to the alerts. |", "| |")).commit();
    let plan = uuids(&plan_of(&docs, "HEAD~1"));
    let told: Value =
        serde_json::from_str(&docs.ends(0, &["oscal", "--diff", "HEAD~1..HEAD"])).unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "oscal-changes"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &told), "{told}");
    let count = |key: &str| told[key].as_array().unwrap().len();
    assert_eq!((count("added"), count("changed"), count("removed")), (0, 1, 1), "{told}");
    assert_eq!(told["changed"][0]["what"], serde_json::json!(["party"]));
    for entry in [&told["changed"][0]["old"], &told["removed"][0]] {
        assert_eq!(plan[entry["duty_id"].as_str().unwrap()], [entry["uuid"].as_str().unwrap()]);
    }
    let none = docs.ends(0, &["oscal", "--diff", "HEAD..HEAD"]);
    assert_eq!(none.matches("[]").count(), 3, "{none}");
    assert!(none.ends_with("note: no exported duty differs between HEAD and HEAD\n"), "{none}");
}

/// trestle: the one that `RESPDIFF_TRESTLE` names, else one that is installed for this test.
fn trestle(folder: &Path) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("RESPDIFF_TRESTLE").filter(|path| !path.is_empty()) {
        return Some(PathBuf::from(path));
    }
    let bin = folder.join("venv/bin");
    let ends_well =
        |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    if !ends_well(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv"))) {
        eprintln!("skipped: there is no Python that makes virtual environments");
        return None;
    }
    if !ends_well(Command::new(bin.join("pip")).args(["install", "--quiet", TRESTLE])) {
        eprintln!("skipped: {TRESTLE} cannot be installed");
        return None;
    }
    Some(bin.join("trestle"))
}

#[track_caller]
fn run(trestle: &Path, workspace: &Path, arguments: &[&str]) {
    let output = Command::new(trestle).args(arguments).current_dir(workspace).output().unwrap();
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
}

fn pages(folder: &Path) -> usize {
    files(folder).keys().filter(|path| path.extension().is_some_and(|end| end == "md")).count()
}

#[test]
fn trestle_imports_validates_and_makes_a_page_a_duty() {
    let home = tempfile::tempdir().unwrap();
    let Some(trestle) = trestle(home.path()) else { return };
    let demo = demo_folder().to_str().unwrap();
    let (set, other) = (home.path().join("set"), home.path().join("other"));
    let path = set.to_str().unwrap();
    stdout(&["-C", demo, "oscal", "HEAD", "--component-definition", "--output", path]);
    run(&trestle, &set, &["validate", "--all"]);
    fs::create_dir(&other).unwrap();
    run(&trestle, &other, &["init", "--local"]);
    for (model, file) in [
        ("catalogs", "catalog"),
        ("profiles", "profile"),
        ("system-security-plans", "system-security-plan"),
        ("component-definitions", "component-definition"),
    ] {
        let file = set.join(format!("{model}/skyvault/{file}.json"));
        run(&trestle, &other, &["import", "-f", file.to_str().unwrap(), "-o", "skyvault"]);
    }
    run(&trestle, &other, &["validate", "--all"]);
    let plan = "trestle://system-security-plans/skyvault/system-security-plan.json";
    run(
        &trestle,
        &other,
        &[
            "author",
            "ssp-generate",
            "--profile",
            "skyvault",
            "--leveraged-ssp",
            plan,
            "--output",
            "ssp",
        ],
    );
    let plan = read(&set.join("system-security-plans/skyvault/system-security-plan.json"));
    assert_eq!(pages(&other.join("ssp/inheritance")), expected_pages(&plan));
    takes_in_what_begins_as_markdown(&trestle, home.path());
}

/// What a plan inherits is what was exported, also where a text begins as another block of markdown
/// does. A duty of IBM is inherited once for each duty that builds on it, as docs/exports.md says.
fn takes_in_what_begins_as_markdown(trestle: &Path, home: &Path) {
    let docs = Docs::new();
    let page = PAGE
        .replace("| Scale the queue servers", "| #1 is to scale the queue servers")
        .replace("| Delete queues", "| <target region> has to be chosen.<br>Delete queues");
    docs.write("queue.md", &page).commit();
    let set = home.join("signs");
    docs.ends(0, &["oscal", "HEAD", "--output", set.to_str().unwrap()]);
    let plan = "trestle://system-security-plans/queue/system-security-plan.json";
    let generate = ["author", "ssp-generate", "--profile", "queue", "--leveraged-ssp", plan];
    run(trestle, &set, &[&generate[..], &["--output", "ssp"]].concat());
    for (path, bytes) in files(&set.join("ssp/inheritance")) {
        let text = String::from_utf8(bytes).unwrap().replace("REPLACE_ME", "This System");
        fs::write(set.join("ssp/inheritance").join(path), text).unwrap();
    }
    run(trestle, &set, &["author", "ssp-assemble", "--markdown", "ssp", "--output", "taken"]);
    let taken = read(&set.join("system-security-plans/taken/system-security-plan.json"));
    let taken = &taken["system-security-plan"]["control-implementation"];
    let of_queues =
        taken["implemented-requirements"].as_array().unwrap().iter().find(|one| {
            one["control-id"].as_str().is_some_and(|control| control.ends_with(".queues"))
        });
    let inherited = of_queues.unwrap()["by-components"][0]["inherited"].as_array().unwrap();
    let texts: Vec<_> = inherited.iter().map(|one| one["description"].as_str().unwrap()).collect();
    assert_eq!(texts, [r"\#1 is to scale the queue servers before they are full."; 2]);
}

/// One page for each duty of the customer, with what it builds on, and one for each of IBM's on
/// which nothing builds.
fn expected_pages(plan: &Value) -> usize {
    let requirements = &plan["system-security-plan"]["control-implementation"];
    let requirements = requirements["implemented-requirements"].as_array().unwrap();
    let exports = requirements.iter().filter_map(|one| one["by-components"].as_array()).flatten();
    exports
        .map(|component| {
            let list = |key: &str| component["export"][key].as_array().cloned().unwrap_or_default();
            let asked = list("responsibilities");
            let alone =
                |one: &&Value| asked.iter().all(|duty| duty["provided-uuid"] != one["uuid"]);
            asked.len() + list("provided").iter().filter(alone).count()
        })
        .sum()
}

#[test]
fn over_a_whole_history_a_uuid_never_changes_while_its_duty_lives() {
    let Some(bundle) = histories::bundle("key-protect") else { return };
    let home = tempfile::tempdir().unwrap();
    let clone = histories::cloned(&bundle, home.path());
    let log = stdout(&["-C", &clone, "log", "--format", "json"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut versions = 0;
    for edition in log["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|page| page["editions"].as_array())
        .flatten()
    {
        let commit = edition["commits"][0]["commit"].as_str().unwrap();
        let set = home.path().join("set");
        let path = set.to_str().unwrap();
        stdout(&["-C", &clone, "oscal", commit, "--name", "kp", "--output", path]);
        let blamed = stdout(&["-C", &clone, "blame", commit, "--format", "json"]);
        let plan = read(&set.join("system-security-plans/kp/system-security-plan.json"));
        for (id, uuids) in uuids(&plan) {
            assert!(blamed.contains(&id), "{commit}: {id} is blame's");
            let own = known.entry(id.clone()).or_insert_with(|| uuids.clone());
            // a shared duty has a second one, beside its own
            assert!(uuids.iter().any(|uuid| own.contains(uuid)), "{commit}: {id}");
        }
        versions += 1;
    }
    assert!(versions > 10, "{versions} versions");
    eprintln!("{versions} editions, {} duties", known.len());
}
