//! The outbox on disk.

use std::fs;
use std::time::Duration;

use super::*;

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn delivery(id: &str, target: &str) -> Delivery {
    let unit = Unit { document: "a.md".into(), change: id.into(), commit: "c".into() };
    Delivery { id: id.into(), target: target.into(), body: "{}".into(), units: vec![unit] }
}

fn store(outbox: &Outbox, commit: &str, deliveries: &[Delivery]) {
    let (repository, branch) = ("docs", "main");
    outbox
        .store_batch(&Batch {
            repository,
            branch,
            commit,
            switched: false,
            at: time(100),
            deliveries,
        })
        .unwrap();
}

#[test]
fn what_is_stored_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/alert.sqlite");
    let outbox = Outbox::open(&path).unwrap();
    assert_eq!(outbox.cursors("docs", "main").unwrap(), Vec::<String>::new());
    store(&outbox, "c1", &[delivery("1", "ops"), delivery("2", "ops"), delivery("3", "chat")]);
    store(&outbox, "c1", &[delivery("1", "ops")]);
    store(&outbox, "c2", &[]);
    drop(outbox);
    let outbox = Outbox::open(&path).unwrap();
    assert_eq!(outbox.cursors("docs", "main").unwrap(), ["c2", "c1"]);
    assert_eq!(outbox.next("ops").unwrap().unwrap().id, "1");
    assert!(outbox.was_sent("ops", "docs", &delivery("1", "ops").units[0]).unwrap());
    assert!(!outbox.was_sent("chat", "docs", &delivery("1", "ops").units[0]).unwrap());
    assert_eq!(outbox.told_units("docs").unwrap().len(), 3);
}

#[test]
fn events_keep_their_order_and_dead_ones_make_way() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(&folder.path().join("a")).unwrap();
    store(&outbox, "c1", &[delivery("1", "ops"), delivery("2", "ops"), delivery("3", "ops")]);
    let first = outbox.next("ops").unwrap().unwrap();
    outbox.mark_failed(first.number, "503", false, time(200)).unwrap();
    let again = outbox.next("ops").unwrap().unwrap();
    assert_eq!((again.id.as_str(), again.attempts, again.refusals), ("1", 1, 0));
    assert_eq!(again.next_attempt, time(200));
    outbox.mark_dead(first.number, "404", time(300)).unwrap();
    let second = outbox.next("ops").unwrap().unwrap();
    assert_eq!(second.id, "2");
    outbox.mark_delivered(second.number, time(300)).unwrap();
    let status = &outbox.target_statuses().unwrap()[0];
    assert_eq!((status.pending, status.dead, status.delivered), (1, 1, 1));
    assert_eq!(status.last_error.as_deref(), Some("404"));
    assert_eq!(status.last_delivery, Some(time(300)));
    assert_eq!(outbox.retry_all(time(400)).unwrap(), 2);
    assert_eq!(outbox.next("ops").unwrap().unwrap().id, "1");
}

#[test]
fn a_target_that_is_gone_comes_back_when_it_is_reached_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(&folder.path().join("a")).unwrap();
    store(&outbox, "c1", &[delivery("1", "ops")]);
    outbox.disable_target("ops", "old address", 1, "410", time(200)).unwrap();
    assert_eq!(outbox.disabled_reason("ops", "old address").unwrap().as_deref(), Some("410"));
    assert_eq!(outbox.disabled_reason("ops", "new address").unwrap(), None);
    assert_eq!(outbox.disabled_reason("ops", "old address").unwrap(), None);
}

#[test]
fn files_of_others_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, "not a database, but long enough to be looked at as one ".repeat(20)).unwrap();
    let error = Outbox::open(&path).unwrap_err();
    assert!(error.to_string().contains("damaged or not an outbox"), "{error}");
    assert!(error.advice().unwrap().contains("--since"));
    let other = folder.path().join("b");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    let error = Outbox::open(&other).unwrap_err();
    assert!(error.to_string().contains("of another program"), "{error}");
    let newer = folder.path().join("c");
    drop(Outbox::open(&newer).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for error in [Outbox::open(&newer).unwrap_err(), Outbox::open_read_only(&newer).unwrap_err()] {
        assert!(error.to_string().contains("layout 99"), "{error}");
    }
}

#[test]
fn looking_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    assert!(Outbox::open_read_only(&path).unwrap().target_statuses().unwrap().is_empty());
    assert!(!path.exists());
}

#[test]
fn two_runs_at_once_are_one_too_many() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let held = RunLock::take_lock(&path, Duration::ZERO).unwrap();
    let error = RunLock::take_lock(&path, Duration::from_millis(20)).unwrap_err();
    assert!(error.to_string().starts_with("another run"), "{error}");
    drop(held);
    RunLock::take_lock(&path, Duration::ZERO).unwrap();
}

#[test]
fn an_empty_file_is_somebody_s_doing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    // what a run left that was stopped while it made its outbox
    fs::write(folder.path().join("a.new"), "half").unwrap();
    drop(Outbox::open(&path).unwrap());
    assert!(!folder.path().join("a.new").exists());
    fs::write(&path, "").unwrap();
    for error in [Outbox::open(&path).unwrap_err(), Outbox::open_read_only(&path).unwrap_err()] {
        assert!(error.to_string().contains("is empty"), "{error}");
        assert!(error.advice().unwrap().contains("--since"));
    }
}

#[test]
fn the_branch_that_was_looked_at_last_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(&folder.path().join("a")).unwrap();
    let look = |branch, commit, switched| {
        let (repository, deliveries) = ("docs", &[][..]);
        outbox
            .store_batch(&Batch { repository, branch, commit, switched, at: time(100), deliveries })
            .unwrap();
        outbox.newest_cursor("docs").unwrap().unwrap().0
    };
    assert_eq!(look("main", "c1", false), "main");
    assert_eq!(look("topic", "c2", true), "topic");
    // nothing is new on main, but it is watched again
    assert_eq!(look("main", "c1", true), "main");
    assert_eq!(outbox.newest_cursor("other").unwrap(), None);
}
