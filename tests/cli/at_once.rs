//! Runs at the same time that change one file.
#![cfg(unix)]

use std::fs;

use super::{demo_folder, stdout};

/// Several at once: each has its turn, and no entry is lost.
#[test]
fn prepends_at_once_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let changelog = home.path().join("CHANGELOG.md");
    fs::write(&changelog, "# Changes\n").unwrap();
    let file = changelog.to_str().unwrap();
    let names = ["One", "Two", "Three", "Four", "Five", "Six"];
    std::thread::scope(|scope| {
        for (name, at) in names.into_iter().zip(1..) {
            scope.spawn(move || {
                let range = format!("HEAD~{}..HEAD~{}", at, at - 1);
                let more = ["--by", "range", "--heading", name, "--prepend", file, &range];
                stdout(&[&["-C", demo_folder().to_str().unwrap(), "notes"][..], &more].concat());
            });
        }
    });
    let text = fs::read_to_string(&changelog).unwrap();
    let found: Vec<_> = names.iter().filter(|name| text.contains(&format!("## {name}"))).collect();
    let alone = |at: usize| {
        let range = format!("HEAD~{}..HEAD~{at}", at + 1);
        let told = stdout(&[
            "-C",
            demo_folder().to_str().unwrap(),
            "notes",
            "--by",
            "range",
            "--heading",
            "X",
            &range,
        ]);
        told.contains("respdiff:begin")
    };
    let wanted: Vec<_> = names.iter().zip(0..).filter(|(_, at)| alone(*at)).collect();
    assert_eq!(found, wanted.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), "{text}");
    assert!(found.len() > 2 && text.starts_with("# Changes\n"), "{text}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");
}
