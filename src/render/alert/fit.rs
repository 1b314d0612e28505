//! A long edition in several messages, each under the size that receivers take.

use crate::error::Result;
use crate::model::{Change, Party, Place};
use crate::render::json;
use crate::report::{Alert, AlertContent};

/// Standard Webhooks asks for less than 20 kB.
pub const LIMIT: usize = 20_000;
/// What the numbers of parts and the id may add.
const SLACK: usize = 200;
/// Texts are first cut to this many bytes, then to half of it, and so on.
const LONGEST: usize = 3_000;

/// The same message in as many parts as it needs; every change is in one of them. A change that
/// is too long for a message of its own has its texts cut.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn split_to_fit(alert: Alert) -> Result<Vec<Alert>> {
    if alert_size(&alert)? < LIMIT {
        return Ok(vec![alert]);
    }
    let mut alert = alert;
    // each sign may take six bytes in JSON
    clip_text(&mut alert.repository, LONGEST / 20);
    clip_text(&mut alert.branch, LONGEST / 20);
    let AlertContent::Edition(shown) = &alert.content else { return Ok(vec![alert]) };
    let mut shown = shown.clone();
    let changes = shown.replace_changes(Vec::new());
    let document = &mut shown.document;
    let texts = [
        Some(&mut document.path),
        document.old_path.as_mut(),
        Some(&mut document.title),
        document.subcollection.as_mut(),
    ];
    for text in texts.into_iter().flatten() {
        clip_text(text, LONGEST / 20);
    }
    let stamps = [&mut document.version.old, &mut document.version.new].into_iter().flatten();
    for suffix in stamps.filter_map(|version| version.stamp.suffix.as_mut()) {
        clip_text(suffix, LONGEST / 20);
    }
    let envelope = Alert { content: AlertContent::Edition(shown.clone()), ..alert.clone() };
    let room = LIMIT.saturating_sub(alert_size(&envelope)? + SLACK);
    let mut parts: Vec<Vec<Change>> = Vec::new();
    let mut left = 0;
    for mut change in changes {
        let mut length = added_size(&envelope, &change)?;
        let mut limit = LONGEST;
        while length > room && limit > 0 {
            shorten_texts(&mut change, limit);
            shown.cut = true;
            length = added_size(&envelope, &change)?;
            limit /= 2;
        }
        if let Some(part) = parts.last_mut().filter(|_| length <= left) {
            part.push(change);
        } else {
            parts.push(vec![change]);
            left = room;
        }
        left = left.saturating_sub(length);
    }
    let count = parts.len();
    let part = |(at, changes): (usize, Vec<Change>)| {
        let mut shown = shown.clone();
        (shown.part, shown.parts) = (at + 1, count);
        shown.replace_changes(changes);
        if at > 0 {
            // notices go into one part only
            shown.document.notices.clear();
            shown.document.unread.clear();
        }
        Alert { content: AlertContent::Edition(shown), ..alert.clone() }
    };
    Ok(parts.into_iter().enumerate().map(part).collect())
}

fn alert_size(alert: &Alert) -> Result<usize> {
    Ok(json::render_alert(alert)?.len())
}

/// How much a change adds to a message.
fn added_size(envelope: &Alert, change: &Change) -> Result<usize> {
    let mut with = envelope.clone();
    if let AlertContent::Edition(shown) = &mut with.content {
        shown.replace_changes(vec![change.clone()]);
    }
    Ok(alert_size(&with)?.saturating_sub(alert_size(envelope)?) + 1)
}

fn shorten_texts(change: &mut Change, limit: usize) {
    let shorten = |place: &mut Place| {
        clip_text(&mut place.text, limit);
        clip_text(&mut place.task, limit / 4);
        clip_text(&mut place.area, limit / 4);
        if let Some(path) = &mut place.path {
            clip_text(path, limit / 4);
        }
        place.section.truncate(6);
        for heading in &mut place.section {
            clip_text(heading, limit / 4);
        }
    };
    [&mut change.place.old, &mut change.place.new].into_iter().flatten().for_each(shorten);
    for party in [&mut change.party.old, &mut change.party.new].into_iter().flatten() {
        if let Party::Other(name) = party {
            clip_text(name, limit / 4);
        }
    }
}

/// Cuts a text to at most this many bytes, and shows that it is cut.
fn clip_text(text: &mut String, limit: usize) {
    if text.len() <= limit {
        return;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::alert::text::tests::{alert_of, change};

    fn parts(texts: &[String]) -> Vec<Alert> {
        split_to_fit(alert_of(texts.iter().map(|text| change(text)).collect())).unwrap()
    }

    fn texts(alerts: &[Alert]) -> Vec<String> {
        let changes = alerts.iter().flat_map(|alert| match &alert.content {
            AlertContent::Edition(shown) => shown.document.changes.clone(),
            AlertContent::Rewritten(_) => Vec::new(),
        });
        changes.filter_map(|change| change.place.new.map(|place| place.text)).collect()
    }

    #[test]
    fn a_long_edition_is_told_in_parts_and_whole() {
        let duties: Vec<String> = (0..200).map(|n| format!("Keep \"vault\" {n} closed.")).collect();
        let alerts = parts(&duties);
        assert!(alerts.len() > 2);
        assert_eq!(texts(&alerts), duties);
        for alert in &alerts {
            assert!(alert_size(alert).unwrap() < LIMIT);
        }
    }

    #[test]
    fn a_text_without_end_is_cut_at_a_letter() {
        let alerts = parts(&["é\u{1}".repeat(40_000), "Lock it.".into()]);
        assert!(alerts.iter().all(|alert| alert_size(alert).unwrap() < LIMIT));
        let texts = texts(&alerts);
        assert!(texts[0].ends_with('…') && texts[1] == "Lock it.");
    }

    #[test]
    fn whatever_is_long_is_cut() {
        let long = || "é\u{1}".repeat(20_000);
        let grow: [fn(&mut Alert, String); 6] = [
            |alert, long| alert.repository = long,
            |alert, long| alert.branch = long,
            |alert, long| edition(alert).path = long,
            |alert, long| edition(alert).title = long,
            |alert, long| edition(alert).subcollection = Some(long),
            |alert, long| edition(alert).changes[0].party.new = Some(Party::Other(long)),
        ];
        for grow in grow {
            let mut alert = alert_of(vec![change("Lock it."), change("Close it.")]);
            grow(&mut alert, long());
            let alerts = split_to_fit(alert).unwrap();
            assert!(alerts.iter().all(|alert| alert_size(alert).unwrap() < LIMIT));
            assert_eq!(texts(&alerts), ["Lock it.", "Close it."]);
        }
    }

    fn edition(alert: &mut Alert) -> &mut crate::report::DocumentReport {
        match &mut alert.content {
            AlertContent::Edition(shown) => &mut shown.document,
            AlertContent::Rewritten(_) => unreachable!(),
        }
    }

    #[test]
    fn a_short_one_is_one() {
        assert_eq!(parts(&["Lock it.".into()]).len(), 1);
    }
}
