//! Duties that moved and moved back between the ends: no change in the end, but worth a notice.

use super::version_chain::{DutyVersion, VersionChain};
use crate::diff::Comparison;
use crate::model::{Code, Kind, Notice, Party, Side};

/// The most of a duty's text that a notice quotes, in characters.
const QUOTED: usize = 90;

/// One notice for every duty that is where it was, but was elsewhere in between. `begin` is the
/// version from which on the mainline led to the new end: what differs from the old end there,
/// nobody moved. `when` names a version for people.
pub(super) fn moved_back_notices(
    chain: &VersionChain,
    net: &Comparison,
    begin: usize,
    when: &dyn Fn(usize) -> String,
) -> Vec<Notice> {
    if !chain.steps.iter().any(|step| step.moves) {
        return Vec::new();
    }
    let told = |duty: usize| moved_back_notice(chain, duty, begin, when);
    // ends that are the same have not been compared
    if net.links.is_empty() {
        let duties = chain.pages.last().map_or(0, |page| page.duty_count());
        return (0..duties).filter_map(told).collect();
    }
    let stayed = net.links.iter().filter(|link| link.kind != Some(Kind::Moved));
    stayed.filter_map(|link| link.duty.old.and(link.duty.new)).filter_map(told).collect()
}

fn moved_back_notice(
    chain: &VersionChain,
    duty: usize,
    begin: usize,
    when: &dyn Fn(usize) -> String,
) -> Option<Notice> {
    let lineage = chain.follow_back(duty);
    if lineage.last_version() != 0 {
        return None;
    }
    let holder = |stop: &DutyVersion| chain.duty_at(*stop).map(|(_, _, duty)| &duty.party);
    let mut stops = lineage.stops.iter().rev().filter(|stop| stop.version >= begin);
    let first = holder(stops.next()?)?;
    let mut current = first;
    let mut way = String::new();
    for stop in stops {
        let next = holder(stop)?;
        if next == current {
            continue;
        }
        way += match (way.is_empty(), next == first) {
            (true, _) => " to ",
            (false, true) => ", then back to ",
            (false, false) => ", then to ",
        };
        way += party_name(next);
        way += " (";
        way += &when(stop.version);
        way += ")";
        current = next;
    }
    if way.is_empty() || current != first {
        return None;
    }
    let (_, _, duty) = chain.duty_at(*lineage.stops.first()?)?;
    let text = quoted_text(&duty.phrase.text);
    let message = format!("\"{text}\" moved from {}{way}", party_name(first));
    Some(Notice::at(duty.line, Code::MovedAndBack, message).on_side(Side::New))
}

fn party_name(party: &Party) -> &str {
    match party {
        Party::Ibm => "IBM",
        Party::Shared => "both",
        Party::Customer => "the customer",
        Party::Provider(name) | Party::Other(name) => name,
    }
}

fn quoted_text(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((cut, _)) => format!("{}...", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[track_caller]
    fn check(versions: &[&[&str]], expected: &[&str]) {
        check_from(0, versions, expected);
    }

    #[track_caller]
    fn check_from(begin: usize, versions: &[&[&str]], expected: &[&str]) {
        let chain = testing::chain(versions);
        let net = testing::comparison(versions[0], versions[versions.len() - 1]);
        let notices = moved_back_notices(&chain, &net, begin, &|version| format!("v{version}"));
        let messages: Vec<_> = notices.iter().map(|notice| notice.message.as_str()).collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn tells_the_way_there_and_back() {
        check(
            &[&["1 ibm: a", "2 ibm: b"], &["2 ibm: b", "1 customer: a"], &["1 ibm: a", "2 ibm: b"]],
            &["\"a\" moved from IBM to the customer (v1), then back to IBM (v2)"],
        );
        check(
            &[&["1 ibm: a"], &["1 shared: a"], &["1 Acme: a"], &["1 ibm: a b"]],
            &["\"a b\" moved from IBM to both (v1), then to Acme (v2), then back to IBM (v3)"],
        );
    }

    #[test]
    fn says_nothing_of_what_moved_for_good_or_was_gone() {
        check(&[&["1 ibm: a"], &["1 shared: a"], &["1 customer: a"]], &[]);
        check(&[&["1 ibm: a"], &["2 ibm: b"], &["1 ibm: a"]], &[]);
    }

    #[test]
    fn what_the_old_end_alone_has_did_not_move() {
        check_from(1, &[&["1 customer: a"], &["1 ibm: a"], &["1 customer: a"]], &[]);
        check_from(
            1,
            &[&["1 ibm: a"], &["1 ibm: a b"], &["1 customer: a b"], &["1 ibm: a"]],
            &["\"a\" moved from IBM to the customer (v2), then back to IBM (v3)"],
        );
    }

    #[test]
    fn cuts_long_duties_between_characters() {
        assert_eq!(quoted_text(&"\u{e9}".repeat(100)).chars().count(), QUOTED + 3);
    }
}
