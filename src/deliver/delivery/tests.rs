//! A round, with programs as targets.

#![cfg(unix)]

use chrono::{DateTime, Utc};

use super::*;
use crate::deliver::outbox::{Batch, Delivery};
use crate::deliver::targets::Transport;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

fn target(name: &str, program: &str, retries: Duration) -> Target {
    let words = vec![program.to_owned()];
    let timeout = Duration::from_secs(5);
    let way = Transport::Command { words, without: Vec::new(), timeout };
    Target { name: name.into(), setting: String::new(), way, retries: vec![retries] }
}

/// Two events for each target.
fn outbox(folder: &std::path::Path, targets: &[Target]) -> Outbox {
    let outbox = Outbox::open(&folder.join("outbox")).unwrap();
    let delivery = |target: &Target, number: u32| Delivery {
        id: format!("{}-{number}", target.name),
        target: target.name.clone(),
        body: "{}".into(),
        units: Vec::new(),
    };
    let deliveries: Vec<Delivery> =
        targets.iter().flat_map(|target| [1, 2].map(|number| delivery(target, number))).collect();
    let (repository, branch, commit, at) = ("docs", "main", "c", now());
    outbox
        .store_batch(&Batch {
            repository,
            branch,
            commit,
            switched: false,
            at,
            deliveries: &deliveries,
        })
        .unwrap();
    outbox
}

#[test]
fn one_dead_target_holds_up_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let soon = Duration::from_millis(1);
    let targets = [target("bad", "false", soon), target("good", "true", soon)];
    let outbox = outbox(folder.path(), &targets);
    let clock = Clock::set_to(now());
    let tallies: Vec<DeliveryTally> =
        deliver_due(&outbox, &targets, &clock).into_iter().map(Result::unwrap).collect();
    assert_eq!((tallies[0].delivered, tallies[0].waiting), (0, true));
    assert!(
        tallies[0].failed.as_ref().unwrap().contains("the command failed (exit status "),
        "{tallies:?}"
    );
    assert_eq!((tallies[1].delivered, &tallies[1].failed), (2, &None));
    // tried three times, and the second event waits behind the first
    assert_eq!(outbox.next("bad").unwrap().unwrap().attempts, 3);
    assert_eq!(outbox.target_statuses().unwrap()[0].pending, 2);
}

#[test]
fn a_long_pause_is_the_next_run_s() {
    let folder = tempfile::tempdir().unwrap();
    let targets = [target("bad", "false", Duration::from_secs(3600))];
    let outbox = outbox(folder.path(), &targets);
    let attempts = |at: DateTime<Utc>| {
        let tally = deliver_due(&outbox, &targets, &Clock::set_to(at)).remove(0).unwrap();
        assert!(tally.waiting);
        outbox.next("bad").unwrap().unwrap().attempts
    };
    assert_eq!(attempts(now()), 1);
    assert_eq!(attempts(now() + Duration::from_secs(3599)), 1);
    let next = outbox.next("bad").unwrap().unwrap().next_attempt;
    assert!(next >= now() + Duration::from_secs(3600), "{next}");
    assert!(next <= now() + Duration::from_secs(3600 + 720 + 60), "{next}");
    assert_eq!(attempts(next), 2);
}

#[test]
fn a_clock_that_was_wrong_once_parks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let targets = [target("good", "true", Duration::from_secs(5))];
    let years = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    let outbox = outbox(folder.path(), &targets);
    let run = |outbox: &Outbox, at| {
        deliver_due(outbox, &targets, &Clock::set_to(at)).remove(0).unwrap().delivered
    };
    // they were found, and put off, thirty years from now
    let number = outbox.next("good").unwrap().unwrap().number;
    outbox.mark_failed(number, "down", false, now() + years).unwrap();
    assert_eq!(run(&outbox, now()), 2);
}
