//! Which general options each command uses: its help lists no others.

use clap::{Arg, Command, CommandFactory};

use super::Cli;

const COLOR: &str = "color";
const CONFIG: &str = "config";
const FOLDER: &str = "directories";
const LINKS: &str = "hyperlinks";
const PAGER: &str = "no_pager";
const REPOS: &str = "repos";
const WIDTH: &str = "width";

/// What `--config` is to `alert`, which had no other name for its own file once.
const ALERT_CONFIG: &str = "\
Use this policy instead of the repository's respdiff.yaml. If neither --alert-config nor
`RESPDIFF_ALERT_CONFIG` is set, FILE names the targets instead [env: `RESPDIFF_CONFIG`]";

/// Commands with the general options that they do not use.
const UNUSED: [(&str, &[&str]); 14] = [
    ("ack", &[COLOR, LINKS, WIDTH]),
    ("alert", &[COLOR, LINKS, WIDTH]),
    ("completions", &[COLOR, CONFIG, FOLDER, LINKS, PAGER, REPOS, WIDTH]),
    ("config", &[COLOR, LINKS, WIDTH]),
    ("demo", &[CONFIG, REPOS]),
    ("git-driver", &[PAGER, REPOS]),
    ("man", &[COLOR, CONFIG, FOLDER, LINKS, PAGER, REPOS, WIDTH]),
    ("notes", &[COLOR, LINKS]),
    ("oscal", &[COLOR, LINKS, WIDTH]),
    ("report", &[COLOR, LINKS, PAGER, WIDTH]),
    ("schema", &[COLOR, CONFIG, FOLDER, LINKS, REPOS, WIDTH]),
    ("show", &[LINKS]),
    ("snapshot", &[COLOR, LINKS, WIDTH]),
    ("stats", &[LINKS]),
];

/// The same for the commands of `config`.
const UNUSED_OF_CONFIG: [(&str, &[&str]); 2] =
    [("schema", &[CONFIG, FOLDER, REPOS]), ("show", &[REPOS])];

/// What `-C` is to a command about one repository.
const ONE_FOLDER: &str = "Run in DIR, as in git";

/// What `-C` and `--repos` are to `ack`, of which only one part is about several repositories.
const ACK_FOLDER: &str = "\
Run in DIR, as in git; with --prune, repeat it to run in several repositories";
const ACK_REPOS: &str = "\
With --prune, run in the repositories that FILE lists, one path per line";

/// clap's sentence about `help`, which it adds to every command that has commands.
const CLAP_ON_HELP: &str = "Print this message or the help of the given subcommand(s)";

/// A text of clap with the words of respdiff: people know commands, not subcommands.
pub(crate) fn with_own_words(text: &str) -> String {
    text.replace(CLAP_ON_HELP, "Print this help, or the help of a command")
}

/// The command line; the help of a command lists only what the command uses.
pub(crate) fn command_line() -> Command {
    let mut all = Cli::command();
    let general: Vec<Arg> =
        all.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let with_help = |id: &str, help: &'static str| {
        general.iter().find(|arg| arg.get_id() == id).map(|arg| arg.clone().help(help))
    };
    for (command, unused) in UNUSED {
        let mut own = own_options(&general, unused);
        match command {
            "ack" => {
                own.extend(with_help(FOLDER, ACK_FOLDER));
                own.extend(with_help(REPOS, ACK_REPOS));
            }
            "alert" => own.extend(with_help(CONFIG, ALERT_CONFIG)),
            _ => {}
        }
        all = all.mut_subcommand(command, |command| command.args(own));
    }
    for (inner, unused) in UNUSED_OF_CONFIG {
        let own = own_options(&general, unused);
        all = all.mut_subcommand("config", |config| {
            config.mut_subcommand(inner, |command| command.args(own))
        });
    }
    all
}

/// The options that a command has itself: clap hands down only the others.
fn own_options(general: &[Arg], unused: &[&str]) -> Vec<Arg> {
    let hidden = general.iter().filter(|arg| unused.contains(&arg.get_id().as_str()));
    let mut own: Vec<Arg> = hidden.map(|arg| arg.clone().hide(true)).collect();
    if unused.contains(&REPOS) && !unused.contains(&FOLDER) {
        let folder = general.iter().find(|arg| arg.get_id() == FOLDER);
        own.extend(folder.map(|arg| arg.clone().help(ONE_FOLDER)));
    }
    own
}
