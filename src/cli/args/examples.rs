//! What the help of commands closes with, where the command has no file of its own for it.

pub(super) const DIFF: &str = "\
Examples:
  respdiff diff HEAD~5..HEAD                what changed in the last five commits
  respdiff v1 v2 -- responsibilities.md     compare two tags, in one file (diff is the default)
  respdiff --view table HEAD~1              HEAD~1 and the working tree, as tables side by side
  respdiff --format json main...topic       what topic changed since it branched off, for machines
  respdiff --explain HEAD~5..HEAD           why each change is reported as it is
  respdiff --no-index old.md new.md         compare two files outside a repository

Exit codes:
  0  success, whether or not anything changed
  1  with --exit-code: something changed
  2  wrong usage, unreadable input, or an answer that would be incomplete";

pub(super) const LOG: &str = "\
Examples:
  respdiff log -- responsibilities.md       the history of a page, edition by edition
  respdiff log --oneline --since 2024       one line per edition
  respdiff log --kind moved                 only duties that changed hands
  respdiff log --party customer --stat      how many duties each party has
  respdiff log v1..v2 --format jsonl        for machines, one edition per line
  respdiff -C a -C b log -n 1               the newest edition of each page";

pub(super) const SHOW: &str = "\
Examples:
  respdiff show                             the pages of the working tree
  respdiff show v2 -- responsibilities.md   one page of a tag
  respdiff show HEAD --format yaml          to store and compare with other tools
  respdiff show --no-index page.md          a file outside a repository";

pub(super) const SCHEMA: &str = "\
Examples:
  respdiff schema                           the schema of respdiff --format json
  respdiff schema log > log.schema.json     the schema of respdiff log --format json";

pub(super) const DEMO: &str = "\
Examples:
  respdiff demo                             create respdiff-demo and compare its last commits
  respdiff demo /tmp/docs                   create it in another folder";

pub(super) const COMPLETIONS: &str = "\
Examples:
  respdiff completions bash > ~/.local/share/bash-completion/completions/respdiff
  respdiff completions zsh > ~/.zfunc/_respdiff       with `fpath+=~/.zfunc` before compinit
  respdiff completions fish > ~/.config/fish/completions/respdiff.fish
  respdiff completions powershell >> $PROFILE
  respdiff completions elvish >> ~/.config/elvish/rc.elv";

pub(super) const MAN: &str = "\
Examples:
  respdiff man | man -l -                   read the manual
  respdiff man log | man -l -               read the page of one command
  respdiff man --output ~/.local/share/man/man1       install all pages; then: man respdiff-log";
