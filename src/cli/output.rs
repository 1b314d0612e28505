//! From the flags every command understands to where and how a result is written.

use std::path::{Path, PathBuf};

use crate::deliver::{self, Paging, Screen, When, Wishes};
use crate::error::Result;
use crate::history::git_config;
use crate::render::patch::PatchOptions;
use crate::render::text::TextOptions;

use super::args::{CommonArgs, WhenArg};
use super::error_output::print_line;
use super::shell::command_in;

/// Columns of text in a file.
const FILE_WIDTH: usize = 80;

/// Where and how results are written.
pub(super) struct Output {
    screen: Screen,
    paging: Paging,
    file: Option<OutputFile>,
    /// Whether the user asks for a width.
    has_given_width: bool,
    /// What runs respdiff in the first repository that the user names.
    command: String,
}

/// A file that takes the result in place of standard output.
struct OutputFile {
    path: PathBuf,
    named: String,
}

impl Output {
    pub(super) fn from_args(common: &CommonArgs) -> Self {
        let paging = if common.no_pager {
            Paging::Never
        } else {
            Paging::OnTerminal(git_config::configured_pager())
        };
        let screen = Screen::of_stdout(screen_wishes(common), &paging);
        let (has_given_width, command) =
            (common.width.is_some(), command_in(common.start_folder()));
        Self { screen, paging, file: None, has_given_width, command }
    }

    /// The same into a file, where one is named; `-` is standard output.
    pub(super) fn to_file(common: &CommonArgs, file: Option<&Path>) -> Result<Self> {
        let mut output = Self::from_args(common);
        if let Some(file) = file.filter(|file| file.as_os_str() != "-") {
            output.screen.width = common.width.unwrap_or(FILE_WIDTH);
            output.screen.color = common.color == WhenArg::Always;
            output.screen.links = common.hyperlinks == WhenArg::Always;
            let named = common.resolve_path(file).display().to_string();
            let path = common.to_write(file)?;
            output.file = Some(OutputFile { path, named });
        }
        Ok(output)
    }

    /// The same for what nobody reads at a terminal.
    pub(super) fn without_pager(self) -> Self {
        Self { paging: Paging::Never, ..self }
    }

    /// Whether results go to a file.
    pub(super) fn is_to_file(&self) -> bool {
        self.file.is_some()
    }

    /// How text is laid out; `base` is the folder that the paths of the result are below.
    pub(super) fn text_options(&self, base: Option<&Path>) -> TextOptions {
        let wanted = base.filter(|_| self.screen.links);
        let commits = wanted.and_then(git_config::commit_pages);
        let base = wanted.and_then(|path| path.canonicalize().ok());
        TextOptions {
            width: self.screen.width,
            color: self.screen.color,
            links: base.and_then(|path| path.to_str().map(str::to_owned)),
            commits,
            wraps_last_line: self.has_given_width || (self.screen.terminal && self.file.is_none()),
            command: self.command.clone(),
        }
    }

    pub(super) fn write(&self, bytes: &[u8]) -> Result<()> {
        let Some(OutputFile { path, named }) = &self.file else {
            return deliver::write_result(bytes, &self.paging);
        };
        deliver::write_file(path, bytes)?;
        print_line(&format!("Wrote {named}."));
        Ok(())
    }
}

/// How what git asks for is written; git pages it itself.
pub(super) struct GitOutput {
    screen: Screen,
}

impl GitOutput {
    pub(super) fn from_args(common: &CommonArgs) -> Self {
        Self { screen: Screen::of_git(screen_wishes(common), git_config::configured_color()) }
    }

    /// How a page is laid out; git's paths are below its working tree, where it starts drivers.
    pub(super) fn text_options(&self) -> TextOptions {
        let here = || Path::new(".").canonicalize().ok()?.to_str().map(str::to_owned);
        let links = if self.screen.links { here() } else { None };
        TextOptions {
            width: self.screen.width,
            color: self.screen.color,
            links,
            wraps_last_line: self.screen.terminal,
            ..TextOptions::default()
        }
    }

    /// How lines are written.
    pub(super) fn patch_options(&self) -> PatchOptions {
        PatchOptions { color: self.screen.color, terminal: self.screen.terminal }
    }
}

fn screen_wishes(common: &CommonArgs) -> Wishes {
    Wishes { width: common.width, color: to_when(common.color), links: to_when(common.hyperlinks) }
}

const fn to_when(wish: WhenArg) -> When {
    match wish {
        WhenArg::Auto => When::Auto,
        WhenArg::Always => When::Always,
        WhenArg::Never => When::Never,
    }
}
