//! What README.md shows is what happens: its `console` blocks run in the demo repository.

use std::fs;

use super::{demo_folder, respdiff};

/// A command with the output that is shown below it.
struct Example {
    line: usize,
    command: String,
    output: Vec<String>,
}

fn examples(readme: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for (at, text) in readme.lines().enumerate() {
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

#[test]
fn examples_print_what_is_shown() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let examples = examples(&readme);
    assert!(examples.len() >= 5, "only {} examples", examples.len());
    for Example { line, command, output } in examples {
        let words = words(&command);
        assert_eq!(words[0], "respdiff", "README.md:{line}");
        let run = respdiff().current_dir(demo_folder()).args(&words[1..]).output().unwrap();
        let stdout = String::from_utf8(run.stdout).unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        let printed: Vec<&str> = stdout.lines().chain(stderr.lines()).collect();
        assert!(fits(&output, &printed), "README.md:{line}: $ {command}\n{stdout}{stderr}");
    }
}
