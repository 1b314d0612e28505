//! What the help of commands closes with, where the command has no file of its own for it.

pub(super) const DIFF: &str = "\
Examples:
  respdiff diff HEAD~5..HEAD                what changed in the last five commits
  respdiff v1 v2 -- responsibilities.md     between two tags, in one file (diff is the default)
  respdiff --view table HEAD~1              the tables side by side, against the working tree
  respdiff --format json main...topic       what topic changed since it left main, for machines
  respdiff --explain HEAD~5..HEAD           with what each pairing rests on
  respdiff --no-index old.md new.md         two files, no repository

Exit codes:
  0  no error, whatever changed
  1  with --exit-code: something changed
  2  wrong usage, unreadable input, or an answer that could not be complete";

pub(super) const LOG: &str = "\
Examples:
  respdiff log -- responsibilities.md       the life of a page, edition by edition
  respdiff log --oneline --since 2024       one line an edition
  respdiff log --kind moved                 only what changed hands
  respdiff log --party customer --stat      how many duties each party has
  respdiff log v1..v2 --format jsonl        for machines, an edition a line
  respdiff -C a -C b log -n 1               the newest edition in two repositories";

pub(super) const SHOW: &str = "\
Examples:
  respdiff show                             the pages of the working tree as they are read
  respdiff show v2 -- responsibilities.md   of a tag, one page
  respdiff show HEAD --format yaml          to be stored and compared by other tools
  respdiff show --no-index page.md          a file, no repository";

pub(super) const LINT: &str = "\
Examples:
  respdiff lint                             the pages of the working tree
  respdiff lint HEAD -- '*.md'              of a commit, some files
  respdiff lint --exit-code                 as a gate: 1 if there is any finding
  respdiff lint --explain short-header      what a code means and what to do
  respdiff lint --no-index page.md          a file, no repository";

pub(super) const SCHEMA: &str = "\
Examples:
  respdiff schema                           of respdiff --format json
  respdiff schema log > log.schema.json     of respdiff log --format json";

pub(super) const DEMO: &str = "\
Examples:
  respdiff demo                             writes respdiff-demo and compares its last commits
  respdiff demo /tmp/docs                   writes elsewhere";

pub(super) const COMPLETIONS: &str = "\
Examples:
  respdiff completions bash > ~/.local/share/bash-completion/completions/respdiff
  respdiff completions zsh > ~/.zfunc/_respdiff       with `fpath+=~/.zfunc` before compinit
  respdiff completions fish > ~/.config/fish/completions/respdiff.fish
  respdiff completions powershell >> $PROFILE
  respdiff completions elvish >> ~/.config/elvish/rc.elv";

pub(super) const MAN: &str = "\
Examples:
  respdiff man | man -l -                   read it
  respdiff man log | man -l -               one command's page
  respdiff man --output ~/.local/share/man/man1       install them all; then: man respdiff-log";
