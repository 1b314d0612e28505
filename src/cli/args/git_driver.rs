//! Options of `git-driver`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

const EXAMPLES: &str = "\
Set-up:
  git config diff.respdiff.command 'respdiff git-driver'     (--global for all repositories)
  echo '*.md diff=respdiff' >> .gitattributes     (or .git/info/attributes, just for you)

Examples:
  git diff                            the working tree, responsibility pages duty by duty
  git log -p --ext-diff               every commit
  git show --ext-diff HEAD            one commit
  git diff --no-ext-diff              the lines, as without respdiff
  GIT_EXTERNAL_DIFF='respdiff git-driver' git diff HEAD~5 HEAD     once, for all files

Files that assign no responsibility are compared line by line, as by git. When git calls
it, the exit code is always 0, because git takes any other for a crash; respdiff prints errors in
place of the comparison.";

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
