//! What standard output is: a terminal, how wide, in colour or not.

use std::env;
use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use super::pager::{self, Paging};

/// Prose nobody measured a screen for.
const UNKNOWN_WIDTH: usize = 80;
/// Narrower than this cannot be read; wider than that is a mistake.
const WIDTHS: (usize, usize) = (LEAST_WIDTH, 1_000);

/// The least columns that a text can have.
pub const LEAST_WIDTH: usize = 40;

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

/// What the user asks of the screen; it wins over what can be measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Columns.
    pub width: Option<usize>,
    /// Colour.
    pub color: When,
    /// Links that a terminal can follow (OSC 8).
    pub links: When,
}

/// What standard output can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether colour is shown.
    pub color: bool,
    /// Whether links can be followed.
    pub links: bool,
    /// Whether a terminal is at the other end, perhaps behind a pager.
    pub terminal: bool,
}

impl Screen {
    /// Looks at standard output.
    #[must_use]
    pub fn of_stdout(wishes: Wishes, paging: &Paging) -> Self {
        let color = is_wanted(wishes.color, || is_colorful(false));
        let passed_on = || match paging {
            Paging::Never => true,
            // less hands links on, of others one cannot know
            Paging::OnTerminal(configured) => pager::pager_to_use(configured.as_deref())
                .is_none_or(|pager| pager.starts_with("less")),
        };
        let terminal = stdout_is_terminal();
        let links = is_wanted(wishes.links, || color && terminal && follows_links() && passed_on());
        Self { width: screen_width(wishes), color, links, terminal }
    }

    /// The same for a command that git starts, which may have put its own pager in between;
    /// `configured` is git's setting for colour.
    #[must_use]
    pub fn of_git(wishes: Wishes, configured: Option<bool>) -> Self {
        let paged = matches!(env::var("GIT_PAGER_IN_USE").as_deref(), Ok("1" | "true"));
        let color = is_wanted(wishes.color, || configured.unwrap_or_else(|| is_colorful(paged)));
        let terminal = paged || stdout_is_terminal();
        // which pager it is, and what it does with links, git does not say
        let links = is_wanted(wishes.links, || color && !paged && terminal && follows_links());
        Self { width: screen_width(wishes), color, links, terminal }
    }
}

fn is_wanted(wish: When, otherwise: impl FnOnce() -> bool) -> bool {
    match wish {
        When::Always => true,
        When::Never => false,
        When::Auto => otherwise(),
    }
}

/// What `NO_COLOR`, `CLICOLOR_FORCE`, `TERM` and the terminal say; a pager that git started
/// stands for a terminal.
fn is_colorful(paged: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Never | ColorChoice::Auto => paged && !dumb && !set("NO_COLOR"),
    }
}

fn screen_width(wishes: Wishes) -> usize {
    wishes
        .width
        .or_else(|| env::var("COLUMNS").ok()?.trim().parse().ok())
        .or_else(measured_width)
        .unwrap_or(UNKNOWN_WIDTH)
        .clamp(WIDTHS.0, WIDTHS.1)
}

/// Whether standard output is a terminal.
#[must_use]
pub fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether the run was started with its standard output closed. Rust's runtime opens the null
/// device in its place, to read and to write, as no shell does.
#[cfg(all(unix, feature = "alert"))]
pub(super) fn stdout_is_closed() -> bool {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{OFlags, fcntl_getfl, fstat};

    let out = io::stdout();
    let null = std::fs::metadata("/dev/null").map(|null| null.rdev());
    let is_null = matches!((fstat(&out), null), (Ok(found), Ok(null)) if found.st_rdev == null);
    is_null && fcntl_getfl(&out).is_ok_and(|flags| flags.contains(OFlags::RDWR))
}

/// Not to be found out here.
#[cfg(all(not(unix), feature = "alert"))]
pub(super) const fn stdout_is_closed() -> bool {
    false
}

fn measured_width() -> Option<usize> {
    let stdout = io::stdout();
    let size = if stdout.is_terminal() { terminal_size::terminal_size_of(stdout) } else { None };
    size.map(|(width, _)| usize::from(width.0))
}

/// Terminals that are known to follow OSC 8 links; others may show them as rubbish, and what
/// lies between them and a multiplexer cannot be known.
fn follows_links() -> bool {
    let multiplexed =
        env::var_os("TMUX").is_some() || env::var("TERM").is_ok_and(|term| is_multiplexer(&term));
    !multiplexed && supports_hyperlinks::supports_hyperlinks()
}

fn is_multiplexer(term: &str) -> bool {
    term.starts_with("screen") || term.starts_with("tmux")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_wins() {
        assert!(is_wanted(When::Always, || false));
        assert!(!is_wanted(When::Never, || true));
        assert!(is_wanted(When::Auto, || true));
    }

    #[test]
    fn a_width_is_one_that_can_be_read() {
        let of = |columns| screen_width(Wishes { width: Some(columns), ..Wishes::default() });
        assert_eq!([of(1), of(99), of(9_999)], [40, 99, 1_000]);
    }

    #[test]
    fn a_multiplexer_is_known_by_its_terminal() {
        assert!(is_multiplexer("screen-256color") && is_multiplexer("tmux-256color"));
        assert!(!is_multiplexer("xterm-kitty"));
    }
}
