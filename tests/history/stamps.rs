//! `lint` holds stamps to account: against their commit and the version before.

use std::process::Command;

use crate::scratch::Scratch;

fn page(date: &str, years: &str, duty: &str) -> String {
    format!(
        "---\ncopyright:\n  years: {years}\nlastupdated: \"{date}\"\n---\n\n# Skyvault\n\n\
         | Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n\
         | Vaults | Run the vaults. | {duty} |\n"
    )
}

/// The lines and codes that `lint` tells.
fn told(scratch: &Scratch, more: &[&str]) -> Vec<String> {
    let mut run = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    let output = run.arg("-C").arg(scratch.root()).arg("lint").args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let finding = |line: &str| {
        let (line_number, rest) = line.strip_prefix("a.md:")?.split_once(':')?;
        let code = rest.rsplit_once('[')?.1.trim_end_matches(']');
        Some(format!("{line_number} {code}"))
    };
    text.lines().filter_map(finding).collect()
}

#[test]
fn a_reference_asks_for_no_new_date() {
    let scratch = Scratch::new();
    let plain = page("2023-11-15", "2023", "Seal the vaults.");
    scratch.write("a.md", &plain).commit("first");
    for day in 0..3 {
        scratch.write("guide.md", &format!("{day}\n")).commit("another day");
    }
    let pointing = "Seal the vaults. See [Seals](/docs/seals).";
    scratch.write("a.md", &page("2023-11-15", "2023", pointing)).commit("a reference");
    assert_eq!(told(&scratch, &[]), Vec::<String>::new());
    // a duty does
    let two = format!("{pointing}<br>Count the vaults each day.");
    scratch.write("a.md", &page("2023-11-15", "2023", &two)).commit("a duty");
    assert_eq!(told(&scratch, &[]), ["4 stamp-unchanged"]);
    // and a date that is new with a reference has a reason
    let shown = |range: &str| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_respdiff"));
        let output = run.arg("-C").arg(scratch.root()).arg(range).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let dated = page("2023-11-19", "2023", "Seal the vaults. See [Seals](/docs/seals).");
    scratch.write("a.md", &plain).commit("back");
    scratch.write("a.md", &dated).commit("dated");
    let text = shown("HEAD~1..HEAD");
    assert!(text.contains("1 reference added") && !text.contains("stamp-"), "{text}");
    let text = shown("HEAD~4..HEAD~3");
    assert!(text.contains("1 reference added") && !text.contains("stamp-"), "{text}");
}

// The first commit is of 2023-11-15, each next one a day later.

#[test]
fn a_date_far_from_its_commit() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2022-01-01", "2022", "Seal the vaults.")).commit("stale");
    assert_eq!(told(&scratch, &[]), ["4 stamp-stale"]);
    scratch.write("a.md", &page("2023-12-24", "2022, 2023", "Seal the vaults.")).commit("early");
    assert_eq!(told(&scratch, &[]), ["4 stamp-future"]);
    assert_eq!(told(&scratch, &["HEAD~1"]), ["4 stamp-stale"]);
}

#[test]
fn a_date_against_the_version_before() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2023-11-10", "2021, 2023", "Seal the vaults.")).commit("first");
    scratch.write("other.md", "x").commit("elsewhere");
    assert_eq!(told(&scratch, &[]), [""; 0]);
    scratch.write("a.md", &page("2023-11-10", "2021, 2023", "Seal all vaults daily."));
    assert_eq!(told(&scratch, &[]), ["4 stamp-unchanged"], "not committed yet");
    scratch.commit("forgot the date");
    assert_eq!(told(&scratch, &[]), ["4 stamp-unchanged"]);
    scratch.write("a.md", &page("2023-11-09", "2022, 2023", "Open the vaults.")).commit("back");
    assert_eq!(told(&scratch, &[]), ["3 copyright-shrinks", "4 stamp-backwards"]);
}

#[test]
fn a_second_change_of_one_day_needs_no_new_date() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2023-11-15", "2023", "Seal the vaults.")).commit("morning");
    scratch.write("a.md", &page("2023-11-15", "2023", "Open the vaults.")).commit("next morning");
    assert_eq!(told(&scratch, &[]), [""; 0]);
    scratch.write("a.md", &page("2023-11-16", "2023", "Open the vaults.")).commit("only the date");
    assert_eq!(told(&scratch, &[]), [""; 0]);
}

#[test]
fn a_renamed_page_is_held_against_what_it_was() {
    let scratch = Scratch::new();
    scratch.write("b.md", &page("2023-11-10", "2023", "Seal the vaults.")).commit("first");
    scratch.git(["mv", "b.md", "a.md"]);
    scratch.write("a.md", &page("2023-11-01", "2023", "Seal the vaults.")).commit("renamed");
    assert_eq!(told(&scratch, &[]), ["4 stamp-backwards"]);
}

#[test]
fn a_history_that_is_cut_off_says_so() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page("2023-11-10", "2023", "Seal the vaults.")).commit("first");
    scratch.write("b.md", "x").commit("second");
    let clone = scratch.beside("shallow");
    let url = format!("file://{}", scratch.root().display());
    scratch.git(["clone", "-q", "--depth", "1", &url, clone.to_str().unwrap()]);
    let mut run = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    let output = run.arg("-C").arg(&clone).arg("lint").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("holds only 1 commit of it\nhint: "), "{message}");
}
