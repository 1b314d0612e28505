//! Options of `git-driver`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

const EXAMPLES: &str = "\
Set-up:
  git config diff.respdiff.command 'respdiff git-driver'   (--global for all repositories)
  echo '*.md diff=respdiff' >> .gitattributes              (.git/info/attributes for you alone)

Examples:
  git diff                            the working tree, responsibility pages duty by duty
  git log -p --ext-diff               every commit
  git show --ext-diff HEAD            one commit
  git diff --no-ext-diff              the lines, as without respdiff
  GIT_EXTERNAL_DIFF='respdiff git-driver' git diff HEAD~5 HEAD     once, for all files

If a file assigns no responsibilities, respdiff compares it line by line, as git does. When git
runs respdiff, the exit code is always 0, because git treats any other exit code as a crash. Errors
appear in place of the comparison.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct GitDriverArgs {
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// What git passes: path, then file, id and mode of both versions; for a renamed file also its
    /// new path and git's description of the rename
    #[arg(
        value_name = "FROM-GIT",
        trailing_var_arg = true,
        allow_hyphen_values = true,
        hide_default_value = true
    )]
    pub(crate) handed: Vec<OsString>,
}
