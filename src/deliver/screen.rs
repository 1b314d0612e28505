//! What standard output is: a terminal, how wide, in colour or not.

use std::env;
use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use super::{Paging, pager};

/// Prose nobody measured a screen for.
const UNKNOWN_WIDTH: usize = 80;
/// Narrower than this cannot be read; wider than that is a mistake.
const WIDTHS: (usize, usize) = (40, 1_000);

/// Whether colour is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// As the terminal, `NO_COLOR` and `CLICOLOR_FORCE` say.
    #[default]
    Auto,
    /// Even into a file.
    Always,
    /// Not even on a terminal.
    Never,
}

/// What standard output can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether colour is shown.
    pub color: bool,
    /// Whether links to files can be followed.
    pub links: bool,
}

impl Screen {
    /// Looks at standard output; `width` and `color` are the user's own wishes, which win.
    #[must_use]
    pub fn of_stdout(width: Option<usize>, color: When, paging: &Paging) -> Self {
        let color = match color {
            When::Always => true,
            When::Never => false,
            When::Auto => match AutoStream::choice(&io::stdout()) {
                ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
                ColorChoice::Never | ColorChoice::Auto => false,
            },
        };
        let width = width
            .or_else(|| env::var("COLUMNS").ok()?.trim().parse().ok())
            .or_else(measured)
            .unwrap_or(UNKNOWN_WIDTH)
            .clamp(WIDTHS.0, WIDTHS.1);
        let links = color && stdout_is_terminal() && follows_links(|name| env::var(name).ok());
        let passed_on = match paging {
            Paging::Never => true,
            // less hands links on, of others one cannot know
            Paging::OnTerminal(configured) => {
                pager::of(configured.as_deref()).is_none_or(|pager| pager.starts_with("less"))
            }
        };
        Self { width, color, links: links && passed_on }
    }
}

pub(super) fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

fn measured() -> Option<usize> {
    let stdout = io::stdout();
    let size = if stdout.is_terminal() { terminal_size::terminal_size_of(stdout) } else { None };
    size.map(|(width, _)| usize::from(width.0))
}

/// Terminals that are known to follow OSC 8 links; others may show them as rubbish.
fn follows_links(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, values: &[&str]| {
        variable(name).is_some_and(|value| values.contains(&value.as_str()))
    };
    let multiplexed = variable("TMUX").is_some()
        || variable("TERM").is_some_and(|term| term.starts_with("screen"));
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    !multiplexed
        && (is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty"])
            || is("TERM", &["xterm-kitty", "xterm-ghostty", "alacritty", "foot"])
            || vte.is_some_and(|version| version >= 5_000)
            || variable("WT_SESSION").is_some()
            || variable("KONSOLE_VERSION").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(set: &[(&str, &str)], links: bool) {
        let variable = |name: &str| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(follows_links(variable), links);
    }

    #[test]
    fn links_only_where_they_are_known_to_work() {
        check(&[("TERM", "xterm-256color")], false);
        check(&[("TERM", "xterm-kitty")], true);
        check(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7200")], true);
        check(&[("TERM", "screen-256color"), ("TERM_PROGRAM", "WezTerm")], false);
    }
}
