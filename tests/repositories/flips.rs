//! One random byte of a pack flipped: never a panic, never another answer with exit code 0.
//!
//! `RESPDIFF_CORPUS` names a folder with `histories/*.bundle`: its small histories are damaged
//! then; without it, or beside it, one that is made here. `RESPDIFF_FLIPS=300` damages every
//! history so often (`benches/flips.sh` does that with the release build).
#![allow(clippy::print_stdout, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::histories;
use crate::scratch::{Scratch, page};
use crate::state::run;

/// Larger bundles are left to the long run.
const SMALL: u64 = 30_000;
const FLIPS: usize = 12;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// How often the damage was told, and how often it lay where nobody looks.
#[derive(Default)]
struct Outcome {
    told: usize,
    unseen: usize,
}

fn files(root: &Path) -> Vec<PathBuf> {
    let packs = fs::read_dir(root.join("objects/pack")).unwrap().map(|entry| entry.unwrap().path());
    let ends = |path: &PathBuf| path.extension().is_some_and(|end| end == "pack" || end == "idx");
    let mut files: Vec<PathBuf> = packs.filter(ends).collect();
    files.sort();
    files
}

fn damage(root: &Path, times: usize, random: &mut Random) -> Outcome {
    let whole = run(root, ["log"]);
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    let mut outcome = Outcome::default();
    let files = files(root);
    for file in &files {
        let mut rights = fs::metadata(file).unwrap().permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "a throw-away file")]
        rights.set_readonly(false);
        fs::set_permissions(file, rights).unwrap();
    }
    for at in 0..times {
        // every fourth time it is the pack's index
        let file = files
            .iter()
            .find(|file| file.extension().is_some_and(|end| (end == "idx") == (at % 4 == 3)));
        let file = file.unwrap();
        let good = fs::read(file).unwrap();
        let mut bad = good.clone();
        let place = random.below(bad.len());
        bad[place] ^= u8::try_from(1 + random.below(255)).unwrap();
        fs::write(file, bad).unwrap();
        let told = run(root, ["log"]);
        fs::write(file, good).unwrap();
        let name = file.display();
        match told.code {
            Some(0) => {
                assert!(
                    told.out == whole.out,
                    "byte {place} of {name}: another answer\n{}",
                    told.out
                );
                outcome.unseen += 1;
            }
            Some(2) => {
                assert!(told.err.contains("error: "), "byte {place} of {name}: {}", told.err);
                outcome.told += 1;
            }
            code => panic!("byte {place} of {name}: exit code {code:?}\n{}", told.err),
        }
    }
    outcome
}

fn flips() -> Option<usize> {
    std::env::var("RESPDIFF_FLIPS").ok()?.parse().ok()
}

#[test]
fn of_a_history_that_was_made() {
    let scratch = Scratch::new();
    for commit in 0..12_usize {
        let duties: Vec<String> = (0..=commit).map(|duty| format!("task {duty}")).collect();
        let duties: Vec<&str> = duties.iter().map(String::as_str).collect();
        scratch.write("docs/a.md", &page(&duties)).write("b.md", &page(&duties[..1]));
        scratch.commit("next");
    }
    scratch.git(["gc", "-q"]);
    let outcome = damage(&scratch.root().join(".git"), flips().unwrap_or(60), &mut Random(7));
    println!("{} damages told, {} not looked at", outcome.told, outcome.unseen);
    assert!(outcome.told > outcome.unseen / 4);
}

#[test]
fn of_real_histories() {
    let mut random = Random(11);
    for bundle in histories::bundles() {
        if flips().is_none() && fs::metadata(&bundle).unwrap().len() > SMALL {
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        let clone = histories::cloned(&bundle, home.path());
        let outcome = damage(Path::new(&clone), flips().unwrap_or(FLIPS), &mut random);
        let name = histories::name(&bundle);
        println!("{name}: {} damages told, {} not looked at", outcome.told, outcome.unseen);
    }
}
