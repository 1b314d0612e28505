//! A workbook holds texts only, and is the same each time.

use chrono::NaiveDate;

use super::*;
use crate::model::{Kind, Sides, Stamp};
use crate::report::{BlamedDuty, Brought, DutyEvent};

fn page(path: &str, texts: &[&str]) -> BlamedPage {
    let duty = |text: &&str| BlamedDuty {
        id: "0123456789abcdef".to_owned(),
        party: Party::Customer,
        place: Place {
            duty: 0,
            path: None,
            section: vec!["Vaults".to_owned()],
            area: "Vaults".to_owned(),
            task: "Drills".to_owned(),
            text: (*text).to_owned(),
            line: 9,
            included: None,
        },
        reference: false,
        controls: vec!["cp-9".to_owned()],
        since: Brought::default(),
        history: vec![DutyEvent {
            kind: Kind::Moved,
            party: Sides::default(),
            text: Sides::default(),
            brought: Brought::default(),
        }],
    };
    BlamedPage {
        path: path.to_owned(),
        title: String::new(),
        subcollection: None,
        stamp: Stamp { last_updated: NaiveDate::from_ymd_opt(2025, 4, 16), ..Stamp::default() },
        duties: texts.iter().map(duty).collect(),
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let pages = [page("a.md", &["=1+1", "\u{1b}[31m"]), page("A.md", &[&"x".repeat(40_000)])];
    let part = WorkbookPart { repository: "", pages: &pages, log: None };
    let bytes = render_workbook(&[part]).unwrap();
    assert!(bytes.starts_with(b"PK"));
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(bytes, render_workbook(&[part]).unwrap());
    let more = WorkbookPart { repository: "/b/c", ..part };
    assert!(render_workbook(&[part, more, more]).is_ok());
    assert!(
        render_workbook(&[WorkbookPart { pages: &[], ..part }]).is_ok(),
        "an empty one opens, too"
    );
}
