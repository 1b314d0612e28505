//! What README.md and the pages in docs/ show is what happens: their `console` blocks run in the demo
//! repository, and their links lead to files that exist.

use std::fs;
use std::path::{Path, PathBuf};

use super::{demo_folder, respdiff};

/// A command with the output that is shown below it.
struct Example {
    line: usize,
    command: String,
    output: Vec<String>,
}

fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for (at, text) in page.lines().enumerate() {
        if text.starts_with("```") {
            inside = text == "```console";
        } else if let Some(command) = text.strip_prefix("$ ").filter(|_| inside) {
            let command = command.to_owned();
            examples.push(Example { line: at + 1, command, output: Vec::new() });
        } else if let Some(example) = examples.last_mut().filter(|_| inside) {
            example.output.push(text.to_owned());
        }
    }
    examples
}

/// Words at blanks, quotes as the shell takes them.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the output is as shown, where a line `...` stands for any lines.
fn fits(shown: &[String], output: &[&str]) -> bool {
    match shown {
        [] => output.is_empty(),
        [first, rest @ ..] if first.trim() == "..." => {
            (0..=output.len()).any(|skipped| fits(rest, &output[skipped..]))
        }
        [first, rest @ ..] => {
            output.first().is_some_and(|line| line == first) && fits(rest, &output[1..])
        }
    }
}

/// README.md, CONTRIBUTING.md and every page in docs/, in order of their names.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        docs.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    pages.extend([root.join("README.md"), root.join("CONTRIBUTING.md")]);
    pages.sort();
    pages
}

#[test]
fn examples_print_what_is_shown() {
    let mut count = 0;
    for page in pages() {
        for Example { line, command, output } in examples(&fs::read_to_string(&page).unwrap()) {
            count += 1;
            let place = format!("{}:{line}", page.display());
            let words = words(&command);
            assert_eq!(words[0], "respdiff", "{place}");
            let run = respdiff().current_dir(demo_folder()).args(&words[1..]).output().unwrap();
            let stdout = String::from_utf8(run.stdout).unwrap();
            let stderr = String::from_utf8(run.stderr).unwrap();
            let printed: Vec<&str> = stdout.lines().chain(stderr.lines()).collect();
            assert!(fits(&output, &printed), "{place}: $ {command}\n{stdout}{stderr}");
        }
    }
    assert!(count >= 15, "only {count} examples");
}

#[test]
fn links_lead_to_files() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let targets = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
        for target in targets.filter(|target| !target.contains("://") && !target.contains(' ')) {
            let path = target.split('#').next().unwrap();
            assert!(
                path.is_empty() || page.parent().unwrap().join(path).exists(),
                "{}: {target} does not exist",
                page.display()
            );
        }
    }
}
