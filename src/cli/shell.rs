//! Commands that a person can paste into a shell.

use std::path::Path;

use crate::render::safe;

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
    use super::shell_quoted;

    #[test]
    fn words_can_be_pasted() {
        assert_eq!(shell_quoted("main@{1}...HEAD~2"), "main@{1}...HEAD~2");
        assert_eq!(shell_quoted("$(x) it's"), r"'$(x) it'\''s'");
    }
}
