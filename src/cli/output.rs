//! From the flags every command understands to where and how a result is written.

use std::path::Path;

use crate::deliver::{self, Paging, Screen, When};
use crate::error::Result;
use crate::history::settings;
use crate::render::text::TextOptions;

use super::args::{ColorArg, CommonArgs};

/// Where and how results are written.
pub(super) struct Output {
    screen: Screen,
    paging: Paging,
}

impl Output {
    pub(super) fn of(common: &CommonArgs) -> Self {
        let color = match common.color {
            ColorArg::Auto => When::Auto,
            ColorArg::Always => When::Always,
            ColorArg::Never => When::Never,
        };
        let paging =
            if common.no_pager { Paging::Never } else { Paging::OnTerminal(settings::pager()) };
        Self { screen: Screen::of_stdout(common.width, color, &paging), paging }
    }

    /// How text is laid out; `base` is the folder that the paths of the result are below.
    pub(super) fn text(&self, base: Option<&Path>) -> TextOptions {
        let base = base.filter(|_| self.screen.links).and_then(|path| path.canonicalize().ok());
        TextOptions {
            width: self.screen.width,
            color: self.screen.color,
            links: base.and_then(|path| path.to_str().map(str::to_owned)),
        }
    }

    pub(super) fn write(&self, bytes: &[u8]) -> Result<()> {
        deliver::result(bytes, &self.paging)
    }
}
