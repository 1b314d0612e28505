//! `lastupdated` and the copyright years.

use chrono::{Datelike, NaiveDate};

use crate::model::{Code, DateField, Notice, Stamp, Years};
use crate::parse::FrontMatter;

use super::Names;
use super::page_head::PageHead;

/// What stands for a date that cannot be read. A comparison shows none: a version may have no commit.
const INSTEAD: &str = "the history uses the date of the commit instead";

/// The stamp of a page by the fields that the policy names, else by those of its format, and what is
/// wrong with it.
pub(super) fn of_page(head: &PageHead<'_>, names: &Names) -> (Stamp, Vec<Notice>) {
    let own = names.policy_vocabulary().map_or(&[][..], |own| &own.stamp_fields);
    let fields: Vec<&str> = if own.is_empty() {
        head.stamp_fields.to_vec()
    } else {
        own.iter().map(String::as_str).collect()
    };
    if fields.is_empty() {
        return read_stamp(head.front_matter);
    }
    let found = fields.iter().find_map(|name| Some((*name, (head.field)(name)?)));
    let Some((name, (raw, line))) = found else {
        let message = format!("the page has no {}; {INSTEAD}", fields.join(", "));
        return (Stamp::default(), vec![Notice::of_page(Code::Unstamped, message)]);
    };
    let read = parse_date(&raw).or_else(|| Some((spoken_date(&raw)?, None)));
    let Some((date, suffix)) = read else {
        let message = format!("{name} \"{raw}\" is not a date; {INSTEAD}");
        return (Stamp::default(), vec![Notice::at(line, Code::StampUnreadable, message)]);
    };
    let field = DateField(Some(name.to_owned()));
    (Stamp { last_updated: Some(date), suffix, copyright: None, field }, Vec::new())
}

/// `05/31/2024` (month first), "May 31, 2024", "31 May 2024", "Fri, 31 May 2024", `2024/05/31`.
fn spoken_date(raw: &str) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = raw.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .collect();
    let month = |word: &&str| {
        let long = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let at = MONTHS.iter().position(|month| word.starts_with(month)).filter(|_| long)?;
        u32::try_from(at + 1).ok()
    };
    let numbers: Vec<u32> = words
        .iter()
        .filter_map(|word| {
            let digits = word.trim_end_matches(|c: char| "stndrh".contains(c));
            parse_number(digits, 4)
        })
        .collect();
    let named = words.iter().find_map(month);
    let (year, month, day) = match (named, numbers.as_slice()) {
        (Some(month), [year, day]) if *year > 31 => (*year, month, *day),
        (Some(month), [day, year, ..]) => (*year, month, *day),
        (None, [year, month, day]) if *year > 31 => (*year, *month, *day),
        (None, [month, day, year]) => (*year, *month, *day),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (date.year() >= 1000).then_some(date)
}

/// The stamp of IBM's pages, and what is wrong with it.
pub(super) fn read_stamp(front_matter: &FrontMatter) -> (Stamp, Vec<Notice>) {
    let mut stamp = Stamp::default();
    let mut notices = Vec::new();
    match &front_matter.last_updated {
        None => notices.push(Notice::of_page(
            Code::StampMissing,
            format!("the front matter has no lastupdated; {INSTEAD}"),
        )),
        Some((raw, line)) => {
            if let Some((date, suffix)) = parse_date(raw) {
                stamp.last_updated = Some(date);
                stamp.suffix = suffix;
            } else {
                let message = format!("lastupdated \"{raw}\" is not a date; {INSTEAD}");
                notices.push(Notice::at(*line, Code::StampUnreadable, message));
            }
        }
    }
    stamp.copyright = front_matter.years.as_ref().and_then(|(raw, _)| parse_years(raw));
    (stamp, notices)
}

/// `2019-11-22`, `2019-11-22b`, `2024-1-05`, in straight or curly quotes.
fn parse_date(raw: &str) -> Option<(NaiveDate, Option<String>)> {
    let bare = raw.trim().trim_matches(['"', '\'', '“', '”', '‘', '’']).trim();
    let mut parts = bare.splitn(3, '-');
    let year = parse_number(parts.next()?, 4)?;
    let month = parse_number(parts.next()?, 2)?;
    let rest = parts.next()?;
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let (day, tail) = rest.split_at(digits);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, parse_number(day, 2)?)?;
    if date.year() < 1000 {
        return None;
    }
    let tail = tail.trim_end();
    if is_time(tail) {
        return Some((date, None));
    }
    let tail = tail.trim_start();
    match tail.chars().next() {
        None => Some((date, None)),
        Some(letter) if tail.len() == 1 && letter.is_ascii_alphabetic() => {
            Some((date, Some(tail.to_ascii_lowercase())))
        }
        Some(_) => None,
    }
}

/// The rest of a YAML timestamp behind its day: `T00:00:00Z`, ` 14:30:00.5 +02:00`.
fn is_time(tail: &str) -> bool {
    let Some(time) = tail.strip_prefix(['T', 't', ' ', '\t']) else { return false };
    let time = time.trim_start();
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let two = |part: &str| parse_number(part, 2).is_some();
    let mut parts = clock.trim_end().split(':');
    let hours_and_minutes = parts.next().is_some_and(two) && parts.next().is_some_and(two);
    let seconds = parts.next().is_none_or(|part| {
        let (whole, fraction) = part.split_once('.').unwrap_or((part, ""));
        two(whole) && fraction.bytes().all(|b| b.is_ascii_digit())
    });
    let zone = zone.trim_start_matches(['+', '-']);
    let known_zone = matches!(zone, "" | "Z" | "z")
        || zone.split(':').all(|part| parse_number(part, 4).is_some());
    hours_and_minutes && seconds && parts.next().is_none() && known_zone
}

fn parse_number(text: &str, longest: usize) -> Option<u32> {
    let fits = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

/// First and last of the years given: `2019`, `2019, 2024`, `2019, 2020, 2021`, `2020, `,
/// `2021, [{CURRENT_YEAR}]`, `2023, present`, `2023-`.
fn parse_years(raw: &str) -> Option<Years> {
    let mut years = raw
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse::<i32>().ok());
    let first = years.next()?;
    let last = years.next_back().unwrap_or(first);
    let tail = raw.trim().rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let open = is_this_day(tail);
    Some(Years { first, last, open })
}

/// Whether what stands behind the last year says that the years go on.
fn is_this_day(tail: &str) -> bool {
    const NOW: [&str; 6] = ["present", "now", "today", "current", "currently", "date"];
    let tail = tail.to_lowercase();
    let mut words = tail.split(|c: char| !c.is_alphanumeric());
    words.any(|word| NOW.contains(&word)) || matches!(tail.trim(), "-" | "–" | "—")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: Option<(&str, Option<&str>)>) {
        let read = parse_date(raw).map(|(date, suffix)| (date.to_string(), suffix));
        let expected = expected.map(|(date, suffix)| (date.to_owned(), suffix.map(str::to_owned)));
        assert_eq!(read, expected, "{raw}");
    }

    #[test]
    fn dates_in_all_forms() {
        check("2024-10-10", Some(("2024-10-10", None)));
        check("2019-11-22b", Some(("2019-11-22", Some("b"))));
        check(" “2024-1-05” ", Some(("2024-01-05", None)));
        check("2024-10-10T00:00:00Z", Some(("2024-10-10", None)));
        check("2024-10-10t23:59:59.5-05:00", Some(("2024-10-10", None)));
        check("2024-10-10 4:30:00 +2", Some(("2024-10-10", None)));
        check("2024-10-10 b", Some(("2024-10-10", Some("b"))));
        check("2024-10-10Tuesday", None);
        check("2024-10-10 noon", None);
        check("[{LAST_UPDATED_DATE}]", None);
        check("2024-13-01", None);
        check("yesterday", None);
        check("", None);
    }

    #[test]
    fn dates_as_people_write_them() {
        for raw in [
            "05/31/2024",
            "5/31/2024",
            "May 31, 2024",
            "31 May 2024",
            "31st of May, 2024",
            "Fri, 31 May 2024 10:00:00 GMT",
            "2024 May 31",
            "2024/05/31",
        ] {
            assert_eq!(
                spoken_date(raw).map(|date| date.to_string()).as_deref(),
                Some("2024-05-31"),
                "{raw}"
            );
        }
        for raw in ["31/05/2024", "May 2024", "soon", "{docdate}", "v1.2", ""] {
            assert_eq!(spoken_date(raw), None, "{raw}");
        }
    }

    #[test]
    fn years_in_all_forms() {
        for (raw, expected) in [
            ("2019", Some((2019, 2019))),
            ("2019, 2024", Some((2019, 2024))),
            ("2019, 2020, 2021", Some((2019, 2021))),
            ("2020, ", Some((2020, 2020))),
            ("2021, [{CURRENT_YEAR}]", Some((2021, 2021))),
            ("\"2023, 2024\"", Some((2023, 2024))),
            ("soon", None),
        ] {
            assert_eq!(parse_years(raw).map(|years| (years.first, years.last)), expected, "{raw}");
        }
        for (raw, open) in [
            ("2023, present", true),
            ("2023 - Present", true),
            ("2023-", true),
            ("2021, [{CURRENT_YEAR}]", true),
            ("2023, ", false),
            ("2023, 2024", false),
        ] {
            assert_eq!(parse_years(raw).map(|years| years.open), Some(open), "{raw}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let (stamp, notices) = read_stamp(&FrontMatter::default());
        assert_eq!((stamp, notices[0].code), (Stamp::default(), Code::StampMissing));
        let page = FrontMatter { last_updated: Some(("soon".into(), 4)), ..FrontMatter::default() };
        let (_, notices) = read_stamp(&page);
        assert_eq!((notices[0].line, notices[0].code), (Some(4), Code::StampUnreadable));
    }
}
