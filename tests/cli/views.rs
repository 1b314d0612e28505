//! Old beside new.

use unicode_width::UnicodeWidthStr;

use super::docs::{Docs, PAGE};
use super::{case, demo_folder, refused, respdiff, stdout};

fn view(more: &[&str]) -> String {
    let demo = demo_folder().to_str().unwrap();
    stdout(&[&["-C", demo, "HEAD~5..HEAD", "--view"], more].concat())
}

/// What stands left and right of the rule.
fn halves(text: &str) -> Vec<(String, String)> {
    let halves = text.lines().filter_map(|line| line.split_once(" │"));
    halves.map(|(old, new)| (old.trim().to_owned(), new.trim().to_owned())).collect()
}

#[test]
fn split_tells_both_texts_of_a_change() {
    let text = view(&["split", "--width", "120"]);
    let halves = halves(&text);
    assert_eq!(halves[0], ("edition 2024-06-10".to_owned(), "edition 2025-04-16".to_owned()));
    assert_eq!(halves[1], ("IBM".to_owned(), "customer".to_owned()));
    let old: Vec<&str> = halves.iter().map(|(old, _)| old.as_str()).collect();
    let new: Vec<&str> = halves.iter().map(|(_, new)| new.as_str()).collect();
    assert!(old.join(" ").contains("once per quarter and [-report-] the result."), "{text}");
    assert!(new.join(" ").contains("once per quarter and {+keep+} the result."), "{text}");
    assert!(!old.join(" ").contains("{+") && !new.join(" ").contains("[-"), "{text}");
    assert!(text.contains("MOVED TO YOU (1 duty)") && text.contains("b97832f2 of 2025-01-15"));
}

#[test]
fn table_tells_the_rows_that_changed() {
    let text = view(&["table", "--width", "120"]);
    let rows: Vec<&str> = text.lines().filter(|line| line.contains('│')).collect();
    assert!(rows[1].starts_with("Task "), "{text}");
    assert!(rows.iter().any(|row| row.starts_with("Restore drills  → Run")), "{text}");
    assert!(text.contains("[-report-] the") && text.contains("{+keep+} the result."), "{text}");
    assert!(!text.contains("Vault health"), "{text}");
    assert!(text.contains("\n1 unchanged row omitted\n"), "{text}");
    assert!(text.contains("\n2 unchanged rows of other tables omitted\n"), "{text}");
    assert!(text.contains("• unchanged → moved + added - removed ~ reworded"), "{text}");
}

#[test]
fn ids_are_told_in_every_view() {
    let ids = |more: &[&str]| -> Vec<String> {
        let text = view(&[more, &["--ids", "--width", "200"]].concat());
        let words: Vec<&str> = text.split_whitespace().collect();
        let ids = words.windows(2).filter(|pair| pair[0] == "id" && pair[1].len() == 16);
        let mut ids: Vec<String> = ids.map(|pair| pair[1].to_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    assert_eq!(ids(&["unified"]).len(), 7);
    assert_eq!(ids(&["unified"]), ids(&["split"]));
    assert_eq!(ids(&["unified"]), ids(&["table"]));
}

#[test]
fn a_narrow_screen_gets_what_fits_and_a_word_about_it() {
    let demo = demo_folder().to_str().unwrap();
    let run = |view: &str, width: &str| {
        let arguments = ["-C", demo, "HEAD~5..HEAD", "--view", view, "--width", width];
        let output = respdiff().args(arguments).output().unwrap();
        assert!(output.status.success());
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (table, note) = run("table", "80");
    let needed = "note: responsibilities.md is shown as --view split: its tables need 95 columns, \
                  but the screen has 80\n";
    assert_eq!(note, needed);
    assert_eq!(table, view(&["split", "--width", "80"]));
    assert_eq!(run("table", "95").1, "");
    let (split, note) = run("split", "50");
    assert!(note.starts_with("note: shown as --view unified: "), "{note}");
    assert_eq!(split, view(&["unified", "--width", "50"]));
    assert_eq!(run("table", "50").0, split);
}

#[test]
fn lines_keep_to_the_screen() {
    for (shape, width) in [("split", 60), ("split", 80), ("table", 95), ("table", 200)] {
        let text = view(&[shape, "--width", &width.to_string()]);
        let lines = text.lines().filter(|line| !line.contains(" in 1 page."));
        let widest = lines.map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width, "{shape} {width}: {widest}\n{text}");
    }
}

#[test]
fn a_grid_tells_who_owned_and_who_owns() {
    let (old, new) = (case("owner-grid", "old.md"), case("owner-grid", "new.md"));
    let text = stdout(&["--no-index", &old, &new, "--view", "table", "--width", "140"]);
    assert!(text.contains("] → {+"), "{text}");
    assert!(text.contains("→ moved"), "{text}");
}

#[test]
fn colour_takes_the_place_of_signs() {
    for shape in ["split", "table"] {
        let text = view(&[shape, "--width", "120", "--color", "always"]);
        assert!(!text.contains("[-") && !text.contains("{+"), "{text}");
        assert!(text.contains("\u{1b}[32mkeep\u{1b}[0m"), "{text:?}");
    }
}

#[test]
fn a_view_is_of_text() {
    let demo = demo_folder().to_str().unwrap();
    let message = refused(&["-C", demo, "HEAD~5..HEAD", "--view", "split", "--format", "json"]);
    assert!(message.starts_with("error: --view applies to text only\n"), "{message}");
    let message = refused(&["-C", demo, "HEAD~5..HEAD", "--view", "tables"]);
    assert!(message.contains("'table'"), "{message}");
}

#[test]
fn several_repositories_and_exit_codes_are_as_ever() {
    let demo = demo_folder().to_str().unwrap();
    let arguments = ["-C", demo, "-C", demo, "diff", "HEAD~5..HEAD", "--view", "table"];
    let output =
        respdiff().args(arguments).args(["--exit-code", "--width", "120"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches("━━ ").count(), 2);
    assert_eq!(text.matches("• unchanged").count(), 2);
    let same = ["-C", demo, "HEAD~4..HEAD~3", "--view", "table", "--exit-code"];
    let output = respdiff().args(same).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.starts_with(b"No duty changed between "));
}

#[test]
fn each_heading_of_the_page_names_its_commit() {
    let docs = Docs::new();
    let second = PAGE.split_once("## Operations").unwrap().1;
    let page = format!("{PAGE}\n## Repairs\n{second}");
    docs.write("queue.md", &page).commit();
    let page = page.replace("Scale the", "Enlarge the").replace("Send an", "Give an");
    docs.write("queue.md", &page).commit();
    docs.write("queue.md", &page.replacen("Delete queues", "Remove queues", 1)).commit();
    let text = docs.ends(0, &["HEAD~2..HEAD"]);
    let commit = format!("    changed in commit {} ", &docs.commit_id("HEAD~1")[..8]);
    let above = text.split_once("    Repairs\n").unwrap().0;
    assert!(above.lines().last().unwrap().starts_with(&commit), "{text}");
    // below the title of the task, where the title stays
    let newest = format!("        changed in commit {} ", &docs.commit_id("HEAD")[..8]);
    let queues = text.split_once("Queues (line").unwrap().1;
    assert!(queues.split_once(" (line").unwrap().0.contains(&newest), "{text}");
}

#[test]
fn a_page_that_cannot_be_read_is_summed_up_like_a_removed_one() {
    let rows = (1..8).map(|row| format!("| Task {row} | Do this {row}. | Do that {row}. |\n"));
    let page = format!("{PAGE}{}", rows.collect::<String>());
    let docs = Docs::new();
    docs.write("queue.md", &page).commit();
    let broken = page.replace("IBM resp", "Alpha resp").replace("Your resp", "Beta resp");
    docs.write("queue.md", &broken).commit();
    let text = docs.ends(0, &["HEAD^!"]);
    assert!(text.contains("REMOVED (20 duties)") && text.contains("17 more"), "{text}");
    assert!(docs.ends(0, &["HEAD^!", "--all"]).contains("Do that 7."));
}
