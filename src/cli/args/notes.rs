//! Options of `notes`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const EXAMPLES: &str = "\
Examples:
  respdiff notes                                     all editions, as markdown
  respdiff notes v1..v2 --by range                   one block for a release
  respdiff notes --prepend CHANGELOG.md              new editions into a changelog
  respdiff notes --link-base https://cloud.ibm.com/docs/vpc --format html -- '*.md'
  respdiff notes --format atom --link-base https://cloud.ibm.com/docs/vpc --output feed.xml
  respdiff notes --print-template > my.j2            a template to begin with

Links (--link-base URL):
  A section is URL?topic=SUBCOLLECTION-PAGE#SECTION, where SUBCOLLECTION is that of the front
  matter and PAGE and SECTION are the {: #ids} below the title and the heading. Where there is
  none, the file's name and the id that GitHub makes of the heading stand in. Where URL ends in /
  a section is URL followed by the path of the file and the id that GitHub makes, as for
  https://github.com/OWNER/REPOSITORY/blob/main/. Pages that are gone have no link.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct NotesArgs {
    /// All that leads to REV, or a range A..B or A...B [default: HEAD]
    #[arg(value_name = "RANGE")]
    pub(in crate::cli) range: Option<OsString>,
    /// Only pages that match, or did so under an earlier name
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// What an entry is: an edition of a page, a change of one, or what the whole range brought, in one or a page
    #[arg(long, value_name = "ENTRY", help_heading = "What to tell", value_enum, default_value_t)]
    pub(in crate::cli) by: NotesByArg,
    /// The heading of the entry, with --by range
    #[arg(long, value_name = "TEXT", help_heading = "What to tell")]
    pub(in crate::cli) heading: Option<String>,
    /// Link each task to its section below URL (https)
    #[arg(long, value_name = "URL", help_heading = "What to tell", value_hint = ValueHint::Url)]
    pub(in crate::cli) link_base: Option<String>,
    /// Tell the commit that introduced each change
    #[arg(long, help_heading = "What to tell")]
    pub(in crate::cli) commits: bool,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", help_heading = "What to tell",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// How to write the notes
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(in crate::cli) format: NotesFormatArg,
    /// Render with the template FILE (Jinja), which sees what --format json holds
    #[arg(long, value_name = "FILE", help_heading = "Output", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) template: Option<PathBuf>,
    /// Print the template of the format and end
    #[arg(long, help_heading = "Output",
          conflicts_with_all = ["template", "output", "prepend", "range", "paths"])]
    pub(in crate::cli) print_template: bool,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Put new entries above the newest of the changelog FILE, and write anew those that grew
    #[arg(long, value_name = "FILE", help_heading = "Output", conflicts_with = "output",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) prepend: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum NotesByArg {
    /// Each edition of each page (`lastupdated`), newest first
    #[default]
    Edition,
    /// Each change of each edition
    Change,
    /// One entry for all
    Range,
    /// One entry a page
    Document,
    /// One entry a control that the policy maps duties to
    Control,
}

impl NotesByArg {
    /// Whether an entry is the same thing in every later run.
    pub(in crate::cli) const fn is_lasting(self) -> bool {
        matches!(self, Self::Edition | Self::Change)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum NotesFormatArg {
    /// For changelogs and release pages
    #[default]
    Markdown,
    /// For mail
    Text,
    /// A page of its own
    Html,
    /// For machines (respdiff.notes/1)
    Json,
    /// A feed, for feed readers; --by edition or change
    Atom,
}
