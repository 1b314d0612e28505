//! Stamps held to account: what a page says of its own version against what it is.

use chrono::{Datelike, NaiveDate};

use crate::model::{ChangedPart, Code, Notice, Sides, Stamp};

/// A date this many days before its commit is called stale.
const STALE_DAYS: i64 = 365;

/// What a stamp alone shows.
#[must_use]
pub fn stamp_notices(stamp: &Stamp) -> Vec<Notice> {
    let mut found = Vec::new();
    if let (Some(date), Some(years)) = (stamp.last_updated, stamp.copyright)
        && years.last < date.year()
        && !years.open
    {
        // no day: the same flaw reads the same in the next edition
        let (field, year) = (stamp.date_field(), date.year());
        let message = format!("the copyright ends in {} but {field} is in {year}", years.last);
        found.push(Notice::of_page(Code::CopyrightBehind, message));
    }
    found
}

/// What a stamp shows against the day (UTC) of the commit that brought it.
#[must_use]
pub fn about_commit(stamp: &Stamp, committed: NaiveDate) -> Vec<Notice> {
    let (Some(date), Some(reported)) = (stamp.last_updated, stamp.written_date()) else {
        return Vec::new();
    };
    let (lead, field) = ((date - committed).num_days(), stamp.date_field());
    if lead > 1 {
        let message = format!(
            "{field} is {reported}, {lead} days after the commit of {committed} that brought it"
        );
        vec![Notice::of_page(Code::StampFuture, message)]
    } else if -lead > STALE_DAYS {
        let message = format!(
            "{field} is {reported}, but the page was changed in a commit of \
                 {committed}, {} days later",
            -lead
        );
        vec![Notice::of_page(Code::StampStale, message)]
    } else {
        Vec::new()
    }
}

/// What two neighbouring stamps show; `changed` is what changed between them, if anything did. A
/// change of references alone asks for no new date, but gives a reason for one.
#[must_use]
pub fn between_versions(stamps: Sides<&Stamp>, changed: Option<ChangedPart>) -> Vec<Notice> {
    let (mut found, field) = (Vec::new(), stamps.new.date_field());
    let key = |stamp: &Stamp| (stamp.last_updated, stamp.suffix.clone());
    if let (Some(old), Some(new)) = (stamps.old.written_date(), stamps.new.written_date()) {
        if key(stamps.new) < key(stamps.old) {
            let message = format!("{field} went back from {old} to {new}");
            found.push(Notice::of_page(Code::StampBackwards, message));
        }
        let what = match changed {
            Some(ChangedPart::Duties) => Some("duties"),
            Some(ChangedPart::Footnotes) => Some("footnotes"),
            Some(ChangedPart::References) | None => None,
        };
        if let Some(what) = what
            && key(stamps.new) == key(stamps.old)
        {
            let message = format!("{what} changed, but {field} is still {new}");
            found.push(Notice::of_page(Code::StampUnchanged, message));
        }
        if changed.is_none() && key(stamps.new) != key(stamps.old) {
            let message = format!("{field} went from {old} to {new}, but no duty changed");
            found.push(Notice::of_page(Code::StampOnly, message));
        }
    }
    if let (Some(old), Some(new)) = (stamps.old.copyright, stamps.new.copyright)
        && (new.first > old.first || (new.last < old.last && !new.open))
    {
        let message =
            format!("the copyright years changed from {old} to {new}, so some years are gone");
        found.push(Notice::of_page(Code::CopyrightShrinks, message));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Years;

    fn stamp(date: &str, last: i32) -> Stamp {
        Stamp {
            last_updated: date.parse().ok(),
            suffix: None,
            copyright: Some(Years { first: 2020, last, open: false }),
            field: crate::model::DateField::default(),
        }
    }

    fn codes(notices: &[Notice]) -> Vec<Code> {
        notices.iter().map(|notice| notice.code).collect()
    }

    #[test]
    fn years_that_go_on_are_never_behind() {
        let closed = stamp("2024-05-01", 2023);
        let years = closed.copyright.map(|years| Years { open: true, ..years });
        let open = Stamp { copyright: years, ..closed.clone() };
        assert_eq!(codes(&stamp_notices(&closed)), [Code::CopyrightBehind]);
        assert_eq!(codes(&stamp_notices(&open)), []);
        let before = stamp("2024-05-01", 2024);
        assert_eq!(
            codes(&between_versions(Sides::new(&before, &open), Some(ChangedPart::Duties))),
            [Code::StampUnchanged]
        );
    }

    #[test]
    fn against_the_commit() {
        let day = NaiveDate::from_ymd_opt(2024, 5, 10).unwrap();
        assert_eq!(codes(&about_commit(&stamp("2024-05-11", 2024), day)), []);
        assert_eq!(codes(&about_commit(&stamp("2024-05-12", 2024), day)), [Code::StampFuture]);
        assert_eq!(codes(&about_commit(&stamp("2023-05-11", 2024), day)), []);
        assert_eq!(codes(&about_commit(&stamp("2023-05-10", 2024), day)), [Code::StampStale]);
    }

    #[test]
    fn versions_of_one_day_are_told_by_their_letters() {
        let lettered =
            |letter: &str| Stamp { suffix: Some(letter.to_owned()), ..stamp("2024-05-01", 2024) };
        let reported = |old: &str, new: &str, changed: Option<ChangedPart>| {
            let notices = between_versions(Sides::new(&lettered(old), &lettered(new)), changed);
            notices.into_iter().map(|notice| notice.message).collect::<Vec<_>>()
        };
        assert_eq!(
            reported("b", "c", None),
            ["lastupdated went from 2024-05-01b to 2024-05-01c, but no duty changed"]
        );
        assert_eq!(
            reported("c", "a", Some(ChangedPart::Duties)),
            ["lastupdated went back from 2024-05-01c to 2024-05-01a"]
        );
        assert_eq!(
            reported("c", "c", Some(ChangedPart::Footnotes)),
            ["footnotes changed, but lastupdated is still 2024-05-01c"]
        );
        assert!(reported("c", "c", Some(ChangedPart::References)).is_empty());
        assert!(reported("b", "c", Some(ChangedPart::References)).is_empty());
        let day = NaiveDate::from_ymd_opt(2024, 4, 1).unwrap();
        let early = about_commit(&lettered("b"), day);
        assert!(early[0].message.starts_with("lastupdated is 2024-05-01b, 30 days after"));
    }

    #[test]
    fn against_the_version_before() {
        let (may, june) = (stamp("2024-05-01", 2024), stamp("2024-06-01", 2023));
        assert_eq!(
            codes(&between_versions(Sides::new(&may, &may), Some(ChangedPart::Duties))),
            [Code::StampUnchanged]
        );
        assert_eq!(
            codes(&between_versions(Sides::new(&may, &june), None)),
            [Code::StampOnly, Code::CopyrightShrinks,]
        );
        assert_eq!(
            codes(&between_versions(Sides::new(&june, &may), Some(ChangedPart::Duties))),
            [Code::StampBackwards]
        );
    }
}
