//! Options of `notes`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::LastCommits;
use super::words::SpanArgs;

const EXAMPLES: &str = "\
Examples:
  respdiff notes                                     all editions, as markdown
  respdiff notes v1..v2 --by range                   one entry for a release
  respdiff notes --prepend CHANGELOG.md              add new editions to a changelog
  respdiff notes --link-base https://cloud.ibm.com/docs/vpc --format html -- '*.md'
  respdiff notes --format atom --link-base https://cloud.ibm.com/docs/vpc --output feed.xml
  respdiff notes --print-template > my.j2            a template to start from

Links (--link-base URL):
  Sections link to URL?topic=SUBCOLLECTION-PAGE#SECTION. SUBCOLLECTION comes from the front matter,
  PAGE and SECTION come from the {: #id} lines below the title and the heading. If there is no id,
  respdiff uses the file name and the GitHub anchor of the heading. If URL ends in /, sections link
  to the file under URL and the GitHub anchor, as in
  https://github.com/OWNER/REPOSITORY/blob/main/. Sections of removed pages have no link.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NotesArgs {
    #[command(flatten)]
    pub(crate) span: SpanArgs,
    #[command(flatten)]
    pub(crate) last: LastCommits,
    /// What one entry covers
    #[arg(long, value_name = "ENTRY", help_heading = "Selection", value_enum, default_value_t)]
    pub(crate) by: NotesByArg,
    /// Heading of the entry, with --by range
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    pub(crate) heading: Option<String>,
    /// Link each task to its section under URL (https)
    #[arg(long, value_name = "URL", help_heading = "Selection", value_hint = ValueHint::Url)]
    pub(crate) link_base: Option<String>,
    /// Show the commit that introduced each change
    #[arg(long, help_heading = "Selection")]
    pub(crate) commits: bool,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", help_heading = "Selection",
          value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(crate) format: NotesFormatArg,
    /// Use the Jinja template FILE; its data is what --format json prints
    #[arg(long, value_name = "FILE", help_heading = "Output", value_hint = ValueHint::FilePath)]
    pub(crate) template: Option<PathBuf>,
    /// Print the built-in template of the format and exit
    #[arg(long, help_heading = "Output",
          conflicts_with_all = ["template", "prepend", "words", "paths", "number"])]
    pub(crate) print_template: bool,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Insert new entries above the newest entry of the changelog FILE, and replace entries whose
    /// edition has more changes now
    #[arg(long, value_name = "FILE", help_heading = "Output", conflicts_with = "output",
          value_hint = ValueHint::FilePath)]
    pub(crate) prepend: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum NotesByArg {
    /// One edition of a page, the newest first
    #[default]
    Edition,
    /// One change
    Change,
    /// The whole range
    Range,
    /// One page
    #[value(alias = "page")]
    Document,
    /// One control id that the policy gives to duties
    Control,
}

impl NotesByArg {
    /// Whether an entry is the same thing in every later run.
    pub(crate) const fn is_lasting(self) -> bool {
        matches!(self, Self::Edition | Self::Change)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum NotesFormatArg {
    /// For changelogs and release pages
    #[default]
    Markdown,
    /// For mail
    Text,
    /// A complete HTML page
    Html,
    /// For machines and templates (respdiff.notes/1)
    Json,
    /// A feed, for feed readers; --by edition or change
    Atom,
}
