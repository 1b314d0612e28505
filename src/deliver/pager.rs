//! Pages long output as git does: the pager is the user's, never the repository's.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// How long output reaches a person at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// Straight to standard output.
    Never,
    /// Through a pager where standard output is a terminal: the one of the environment, else
    /// this one of the user's configuration, else `less`.
    OnTerminal(Option<String>),
}

/// The pager to use; none where the user wants none.
pub(super) fn pager_to_use(configured: Option<&str>) -> Option<String> {
    first_chosen(|name| env::var(name).ok(), configured)
}

/// Shows the bytes in a pager; false where it does not start.
pub(super) fn show_in_pager(pager: &str, bytes: &[u8]) -> bool {
    let mut child = shell(pager);
    child.stdin(Stdio::piped());
    // git's own defaults: quit if it fits, keep colours, leave the screen as it was
    if env::var_os("LESS").is_none() {
        child.env("LESS", "FRX");
    }
    if env::var_os("LV").is_none() {
        child.env("LV", "-c");
    }
    let Ok(mut child) = child.spawn() else { return false };
    super::signals::leave_interrupts_to_pager();
    if let Some(mut stdin) = child.stdin.take() {
        // a pager that is left before the end closes its side: no failure
        let _ = stdin.write_all(bytes);
    }
    // 127: the shell found no such command, so nothing was shown
    child.wait().is_ok_and(|status| status.code() != Some(127))
}

/// The first that is set decides, in git's order; empty or `cat` means none.
fn first_chosen(
    variable: impl Fn(&str) -> Option<String>,
    configured: Option<&str>,
) -> Option<String> {
    let command = variable("GIT_PAGER")
        .or_else(|| configured.map(str::to_owned))
        .or_else(|| variable("PAGER"))
        .unwrap_or_else(|| "less".to_owned());
    let none = command.trim().is_empty() || command.trim() == "cat";
    (!none).then_some(command)
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(set: &[(&str, &str)], configured: Option<&str>, pager: Option<&str>) {
        let variable = |name: &str| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(first_chosen(variable, configured).as_deref(), pager);
    }

    #[test]
    fn the_first_that_is_set_decides() {
        check(&[], None, Some("less"));
        check(&[("PAGER", "more")], None, Some("more"));
        check(&[("PAGER", "more")], Some("delta"), Some("delta"));
        check(&[("PAGER", "more"), ("GIT_PAGER", "less -S")], Some("delta"), Some("less -S"));
        check(&[("PAGER", "more"), ("GIT_PAGER", "")], None, None);
        check(&[("PAGER", "more")], Some("cat"), None);
    }
}
