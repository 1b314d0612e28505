//! What no validator sees: every reference leads somewhere, no export is empty.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::*;
use crate::model::{Kind, Party, Place, Sides, Stamp};
use crate::report::{BlamedDuty, Brought, DutyEvent, OscalSource};

fn duty(id: &str, party: Party, task: &str, text: &str) -> BlamedDuty {
    let time = DateTime::parse_from_rfc3339("2025-02-03T04:05:06+01:00").unwrap();
    let (commit, time) = (Some("a".repeat(40)), Some(time));
    let brought = Brought { commit, time, ..Brought::default() };
    let event = DutyEvent {
        kind: Kind::Added,
        party: Sides::new(None, Some(party.clone())),
        text: Sides::new(None, Some(text.to_owned())),
        brought: brought.clone(),
    };
    BlamedDuty {
        id: id.to_owned(),
        party,
        place: Place {
            duty: 0,
            path: None,
            section: vec!["Backup & recovery".to_owned()],
            area: "Backup & recovery".to_owned(),
            task: task.to_owned(),
            text: text.to_owned(),
            line: 9,
            included: None,
        },
        reference: text.starts_with("See "),
        controls: if task == "Drills" { vec!["CP-4".to_owned()] } else { Vec::new() },
        since: brought,
        history: vec![event],
    }
}

fn source() -> OscalSource {
    let page = |path: &str, duties| BlamedPage {
        path: path.to_owned(),
        title: "Responsibilities / Skyvault".to_owned(),
        subcollection: None,
        stamp: Stamp { last_updated: NaiveDate::from_ymd_opt(2025, 4, 16), ..Stamp::default() },
        duties,
    };
    let other = Party::Other("Acme".to_owned());
    OscalSource {
        name: "skyvault".to_owned(),
        version: "b".repeat(40),
        pages: vec![
            page(
                "a.md",
                vec![
                    duty("1", Party::Ibm, "Drills", "Provide a vault."),
                    duty("2", Party::Ibm, "Drills", "Watch the drill."),
                    duty("3", Party::Customer, "Drills", "Run a drill."),
                    duty("4", Party::Shared, "Drills", "Review  the\nresult."),
                    duty("5", other.clone(), "Drills", "Carry the tapes."),
                    duty("6", Party::Customer, "Drills", "See the guide."),
                    duty("7", other, "Couriers", "Drive."),
                ],
            ),
            page(
                "b.md",
                vec![
                    duty("8", Party::Customer, "", "Count the keys."),
                    // began at the path that the other page has now
                    duty("1", Party::Ibm, "Keys", "Provide a vault."),
                ],
            ),
        ],
    }
}

fn files(with_definition: bool) -> Vec<(String, Value)> {
    let files = render_set(&source(), with_definition).unwrap();
    let json = files.into_iter().filter(|(path, _)| {
        std::path::Path::new(path).extension().is_some_and(|extension| extension == "json")
    });
    json.map(|(path, bytes)| (path, serde_json::from_slice(&bytes).unwrap())).collect()
}

/// All texts under a key, wherever it stands.
fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == key {
                    found.extend(value.as_str());
                }
                all(value, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| all(item, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn texts<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    let mut found = Vec::new();
    all(value, key, &mut found);
    found
}

#[test]
fn every_reference_leads_somewhere_and_every_uuid_is_one_thing() {
    let files = files(true);
    let catalog = &files[0].1["catalog"];
    let ids = texts(catalog, "id");
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
    for (path, document) in &files {
        let uuids: Vec<&str> = texts(document, "uuid");
        assert_eq!(uuids.len(), uuids.iter().collect::<BTreeSet<_>>().len(), "{path}");
        assert!(uuids.iter().all(|uuid| uuid.len() == 36 && &uuid[14..15] == "5"), "{path}");
        for key in ["provided-uuid", "component-uuid"] {
            assert!(texts(document, key).iter().all(|uuid| uuids.contains(uuid)), "{path} {key}");
        }
        let roles = document.pointer("/system-security-plan/metadata/roles");
        if let Some(roles) = roles.map(|roles| texts(roles, "id")) {
            assert!(texts(document, "role-id").iter().all(|role| roles.contains(role)));
        }
        for key in ["control-id", "statement-id"] {
            assert!(texts(document, key).iter().all(|id| ids.contains(id)), "{path} {key}");
        }
    }
}

#[test]
fn exports_are_duties_and_none_is_empty() {
    let files = files(false);
    let plan = &files[2].1["system-security-plan"];
    let requirements =
        plan["control-implementation"]["implemented-requirements"].as_array().unwrap();
    let mut pages = 0;
    for requirement in requirements {
        for component in requirement["by-components"].as_array().into_iter().flatten() {
            let count = |key: &str| component["export"][key].as_array().map_or(0, Vec::len);
            assert!(count("provided") + count("responsibilities") > 0, "{component}");
            pages += count("responsibilities");
        }
    }
    assert_eq!(pages, 3, "two of the customer and a shared one");
    let drills = &requirements[0];
    let origins = drills["props"].as_array().unwrap().iter().map(|prop| prop["value"].as_str());
    let expected =
        ["customer-configured", "customer-provided", "system-specific", "CP-4"].map(Some);
    assert_eq!(origins.collect::<Vec<_>>(), expected);
    let export = &drills["by-components"][0]["export"];
    let (provided, asked) = (&export["provided"], &export["responsibilities"]);
    assert_eq!(asked[0]["provided-uuid"], provided[0]["uuid"]);
    assert_eq!(asked[1]["description"], "Review the result.");
    assert_eq!(asked[1]["provided-uuid"], provided[2]["uuid"], "a shared duty is both");
    assert_eq!(
        drills["remarks"],
        "Acme is responsible: Carry the tapes.\n\nReference: See the guide."
    );
    assert!(requirements[1].get("by-components").is_none(), "only another party's");
    let components = &plan["system-implementation"]["components"];
    let titles: Vec<_> = (0..3).map(|at| components[at]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["This System", "Responsibilities Skyvault", "Responsibilities Skyvault-2"]);
}

#[test]
fn no_text_begins_as_another_block_than_a_paragraph() {
    let mut source = source();
    let text = "<region> | has  to be chosen.";
    source.pages[1].duties = vec![
        duty("8", Party::Customer, "#1 task", text),
        duty("9", Party::Ibm, "Doors", "Keep > 3 # doors."),
    ];
    source.pages[1].duties[0].place.section.clear();
    source.pages[1].duties[0].place.area.clear();
    let files = render_set(&source, true).unwrap();
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with("profiles/")).skip(1) {
        let document: Value = serde_json::from_slice(bytes).unwrap();
        let told = [texts(&document, "description"), texts(&document, "prose")].concat();
        for expected in [r"\<region> | has to be chosen.", r"\#1 task", "Keep > 3 # doors."] {
            assert!(told.contains(&expected), "{path}: {told:?}");
        }
        // titles are no descriptions, and stay as they are
        assert!(texts(&document, "title").iter().all(|title| !title.contains('\\')), "{path}");
    }
    for begin in ["#", "# ", "<!-- a -->", "> ", "| a |", "```"] {
        assert_eq!(tasks::one_paragraph(&format!("{begin}b")), format!("\\{begin}b"));
    }
    for text in ["`a`", "- a", "1. a", "a <b>"] {
        assert_eq!(tasks::one_paragraph(text), text);
    }
}

#[test]
fn a_duty_keeps_its_uuid_whoever_has_it_and_whatever_it_says() {
    let uuids = |party: Party, text: &str| {
        let mut source = source();
        source.pages[0].duties[0] = duty("1", party, "Drills", text);
        let bytes = render_set(&source, false).unwrap().remove(3).1;
        String::from_utf8(bytes).unwrap()
    };
    let uuid = uuid_of("duty", "1");
    for (party, text) in [
        (Party::Ibm, "Provide a vault."),
        (Party::Ibm, "Provide an empty vault."),
        (Party::Customer, "Provide a vault."),
        (Party::Shared, "Provide a vault."),
    ] {
        assert!(uuids(party, text).contains(&format!("\"uuid\": \"{uuid}\"")));
    }
    assert_eq!(uuid, "61030040-599a-5c9b-8cea-1fe69fe0c281");
}

#[test]
fn pages_without_a_date_take_their_commits_and_none_at_all_is_refused() {
    let mut undated = source();
    undated.pages.iter_mut().for_each(|page| page.stamp = Stamp::default());
    let files = render_set(&undated, false).unwrap();
    let catalog = String::from_utf8(files[1].1.clone()).unwrap();
    assert!(catalog.contains("\"last-modified\": \"2025-02-03T00:00:00Z\""), "{catalog}");
    for page in &mut undated.pages {
        page.duties.iter_mut().for_each(|duty| duty.history.clear());
    }
    assert!(render_set(&undated, false).unwrap_err().to_string().contains("no page has a date"));
}

#[test]
fn tokens_begin_with_a_letter_and_our_files_are_known() {
    for (text, expected) in [
        ("Backup & recovery", "backup-recovery"),
        ("3rd party", "n-3rd-party"),
        ("  ", "unnamed"),
        ("Ünï", "n"),
    ] {
        assert_eq!(tasks::name_token(text), expected);
    }
    for (path, bytes) in render_set(&source(), true).unwrap() {
        assert!(is_ours(&path, &bytes), "{path}");
    }
    assert!(!is_ours("catalogs/a/catalog.json", b"{}"));
    assert!(!is_ours("notes.txt", b"urn:respdiff:oscal"));
}
