//! A repository that another process packs and prunes while it is read.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::scratch::{Scratch, page};
use crate::state::{run, run_with, three_commits};

#[test]
fn packing_meanwhile_changes_no_answer() {
    let scratch = Scratch::new();
    for commit in 0..60_usize {
        let duties: Vec<String> = (0..=commit / 2).map(|duty| format!("task {duty}")).collect();
        let duties: Vec<&str> = duties.iter().map(String::as_str).collect();
        scratch.write("a.md", &page(&duties)).write("b.md", &page(&duties[..=commit / 4]));
        scratch.commit("next");
    }
    let expected = run(scratch.root(), ["log"]);
    assert_eq!(expected.code, Some(0), "{}", expected.err);
    let (done, root) = (AtomicBool::new(false), scratch.root());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0;
            while !done.load(Ordering::Relaxed) {
                let options: [&str; 3] = match turn % 4 {
                    0 => ["repack", "-qadf", "--window=1"],
                    1 => ["repack", "-qAd", "--unpack-unreachable=now"],
                    2 => ["gc", "-q", "--prune=now"],
                    _ => ["pack-refs", "--all", "--prune"],
                };
                turn += 1;
                let mut git = Command::new("git");
                git.arg("-C").arg(root).args(options);
                git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
                let _ = git.output();
            }
        });
        let begun = Instant::now();
        let mut refused = 0;
        for _ in 0..25 {
            let told = run(root, ["log"]);
            if told.code == Some(0) {
                assert!(told.out == expected.out, "{}", told.out);
            } else {
                // an answer is better, but never a wrong one
                refused += 1;
                assert_eq!(told.code, Some(2), "{}", told.err);
                assert!(told.out.is_empty() && told.err.contains("hint: "), "{}", told.err);
            }
            if begun.elapsed() > Duration::from_secs(60) {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
        assert!(refused <= 2, "{refused} of 25 runs gave no answer");
    });
}

/// However many threads are asked for, no more are made than can be of use.
#[test]
fn thousands_of_threads() {
    let scratch = three_commits();
    let before = std::time::Instant::now();
    let threads = [("RAYON_NUM_THREADS", "20000")];
    let told = run_with(scratch.root(), &threads, ["log"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    assert!(before.elapsed().as_secs() < 20);
}
