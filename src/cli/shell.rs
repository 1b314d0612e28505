//! Commands that a person can paste into a shell.

use std::ffi::OsString;
use std::path::Path;

use crate::render::safe;

use super::args::CommonArgs;

/// The words that run respdiff again in a folder.
pub(super) fn command_in(folder: &Path) -> String {
    program_in("respdiff", folder)
}

/// The words that run git in a folder.
pub(super) fn git_in(folder: &Path) -> String {
    program_in("git", folder)
}

fn program_in(program: &str, folder: &Path) -> String {
    if folder == Path::new(".") || folder == Path::new("") {
        return program.to_owned();
    }
    format!("{program} -C {}", shell_quoted(&folder.to_string_lossy()))
}

/// The options of a run that its next command needs, too.
pub(super) fn same_options(common: &CommonArgs, keyrefs: Option<&Path>) -> String {
    let all = [("--config", common.config.as_deref()), ("--keyrefs", keyrefs)];
    let given = all.iter().filter_map(|(option, file)| Some((option, (*file)?)));
    let words: Vec<String> = given
        .map(|(option, file)| format!(" {option} {}", shell_quoted(&file.to_string_lossy())))
        .collect();
    words.concat()
}

/// The paths of a run, behind a command.
pub(super) fn same_paths(paths: &[OsString]) -> String {
    let words = paths.iter().map(|path| format!(" {}", shell_quoted(&path.to_string_lossy())));
    if paths.is_empty() { String::new() } else { format!(" --{}", words.collect::<String>()) }
}

/// A word as a shell takes it.
pub(super) fn shell_quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/~^@{}-".contains(c);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", safe::make_visible(word).replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{same_paths, shell_quoted};

    #[test]
    fn words_can_be_pasted() {
        assert_eq!(shell_quoted("main@{1}...HEAD~2"), "main@{1}...HEAD~2");
        assert_eq!(shell_quoted("$(x) it's"), r"'$(x) it'\''s'");
        assert_eq!(same_paths(&[]), "");
        assert_eq!(same_paths(&["a.md".into(), "b c.md".into()]), " -- a.md 'b c.md'");
    }
}
