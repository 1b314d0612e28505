//! `respdiff git-driver`: lets git's own commands show responsibility pages by their duties.
//!
//! git starts it once for each file and takes any exit code but 0 for a crash that ends the whole
//! command, so errors are printed where the file would have been.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::deliver::{self, Paging};
use crate::error::{Error, ErrorKind, Result};
use crate::history::{RepoPath, Repository};
use crate::model::{Format, Sides};
use crate::normalize::{self, Names, Source};
use crate::render::patch::{self, Patched};
use crate::render::{safe, text};
use crate::report::End;

use super::args::{CommonArgs, GitDriverArgs};
use super::comparison::{FileSide, pages_compared, report_of};
use super::keyrefs::{Keyrefs, NamesAt};
use super::output::GitOutput;
use super::{Outcome, input, pages};

/// The command's name.
pub(super) const NAME: &str = "git-driver";
/// What git hands over: a path, and three words a side.
const CHANGED: usize = 7;
/// The same, the new path, and what git says of the rename or copy.
const RENAMED: usize = 9;

pub(super) fn run(args: &GitDriverArgs, common: &CommonArgs) -> Result<Outcome> {
    if args.handed.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "only git calls git-driver")
            .with_hint("git config diff.respdiff.command 'respdiff git-driver'; see --help"));
    }
    let output = GitOutput::from_args(common);
    let reported =
        driver_output(args, common, &output).unwrap_or_else(|error| complaint_text(&error));
    // standard output is gone, so there is no way to report anything
    let _ = deliver::write_result(&reported, &Paging::Never);
    Ok(Outcome::Done)
}

/// The arguments with a `--` before what git added to them, since a file may be named like an
/// option.
pub(super) fn guard_paths(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_none_or(|word| word != NAME) {
        return args;
    }
    let is_mode = |from_end: usize| {
        let word = args.len().checked_sub(from_end).and_then(|at| args.get(at));
        word.and_then(|word| word.to_str()).is_some_and(|word| {
            word == "." || (word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    let handed = if is_mode(1) && is_mode(4) {
        CHANGED
    } else if is_mode(3) && is_mode(6) {
        RENAMED
    } else if args.len() == 3 && !matches!(args[2].to_str(), Some("-h" | "--help" | "--")) {
        1
    } else {
        return args;
    };
    let at = args.len() - handed;
    if at >= 2 && args[at - 1] != "--" {
        args.insert(at, OsString::from("--"));
    }
    args
}

/// One side of a file as git names it.
struct HandedVersion<'a> {
    path: &'a OsStr,
    file: &'a Path,
    id: Option<&'a str>,
    mode: Option<&'a str>,
}

impl<'a> HandedVersion<'a> {
    /// `.` stands for what is not there.
    fn from_words(path: &'a OsStr, words: &'a [OsString]) -> Option<Self> {
        let word = |at: usize| words.get(at)?.to_str().filter(|word| *word != ".");
        Some(Self { path, file: Path::new(words.first()?), id: word(1), mode: word(2) })
    }
}

fn driver_output(args: &GitDriverArgs, common: &CommonArgs, output: &GitOutput) -> Result<Vec<u8>> {
    let words = &args.handed;
    if let [path] = words.as_slice() {
        let path = patch::quote_path("", path.as_encoded_bytes());
        return Ok(format!("* Unmerged path {path}\n").into_bytes());
    }
    let unknown = || {
        let message = format!("git passed {} arguments, not 1, 7 or 9", words.len());
        Error::new(ErrorKind::Usage, message)
            .with_hint("git runs this command; `respdiff git-driver --help` shows how to set it up")
    };
    if words.len() != CHANGED && words.len() != RENAMED {
        return Err(unknown());
    }
    let path = words.first().ok_or_else(unknown)?;
    let new_path = words.get(CHANGED).unwrap_or(path);
    let old = words
        .get(1..4)
        .and_then(|words| HandedVersion::from_words(path, words))
        .ok_or_else(unknown)?;
    let new = words
        .get(4..7)
        .and_then(|words| HandedVersion::from_words(new_path, words))
        .ok_or_else(unknown)?;
    let reported = words.get(CHANGED + 1).map(|reported| reported.to_string_lossy());
    let sides = Sides::new(old, new);
    let mut file = Patched {
        path: sides.as_ref().map(|side| side.path.as_encoded_bytes()),
        content: Sides::default(),
        id: sides.as_ref().map(|side| side.id),
        mode: sides.as_ref().map(|side| side.mode),
        extra_header: reported.as_deref(),
    };
    let mut bytes = patch::file_header(&file, output.patch_options());
    let content = sides.as_ref().map(|side| input::read_side(side.file));
    match (content.old, content.new) {
        (Ok(old), Ok(new)) => {
            file.content = Sides::new(old.as_deref(), new.as_deref());
            bytes.extend(compare_versions(&file, &sides, args, common, output)?);
        }
        (Err(error), _) | (_, Err(error)) => bytes.extend(complaint_text(&error)),
    }
    Ok(bytes)
}

fn compare_versions(
    file: &Patched<'_>,
    sides: &Sides<HandedVersion<'_>>,
    args: &GitDriverArgs,
    common: &CommonArgs,
    output: &GitOutput,
) -> Result<Vec<u8>> {
    let may_be = |content: Option<&[u8]>, path: &[u8]| {
        let source = content.map(|content| Source::in_format(Format::of_named(path), content));
        source.is_some_and(normalize::may_assign_responsibility)
    };
    let (contents, paths) = (file.content, file.path);
    if !may_be(contents.old, paths.old) && !may_be(contents.new, paths.new) {
        return Ok(patch::file_hunks(file, output.patch_options()));
    }
    let keyrefs = in_force(Keyrefs::load(common, args.keyrefs.as_deref())?)?;
    let read = |content: Option<&[u8]>, path: &[u8]| -> Option<FileSide> {
        content.map(|content| {
            FileSide::in_format(
                Format::of_named(path),
                content.to_vec(),
                driver_names(path, &keyrefs),
            )
        })
    };
    let pages =
        Sides::new(read(file.content.old, file.path.old), read(file.content.new, file.path.new));
    let is_page = |side: &Option<FileSide>| {
        side.as_ref().is_some_and(|side| side.document.is_responsibility_page())
    };
    if !is_page(&pages.old) && !is_page(&pages.new) {
        return Ok(patch::file_hunks(file, output.patch_options()));
    }
    let shown = sides.as_ref().map(|side| side.path.to_string_lossy().into_owned());
    let ends = shown.clone().map(|path| End::File { path });
    let report = pages_compared(&pages, shown.as_ref(), ends, &keyrefs, report_of);
    Ok(text::render_driver_page(&report, patch::count_lines(file.content), &output.text_options()))
}

/// The policy of the working tree, or of HEAD where there is none; git may also compare files
/// outside any repository.
fn in_force(keyrefs: Keyrefs) -> Result<Keyrefs> {
    let Ok(repository) = Repository::open(Path::new(".")) else { return Ok(keyrefs) };
    match pages::named_point(&repository, None) {
        Ok(point) => keyrefs.in_force(&repository, &point),
        Err(_) => Ok(keyrefs),
    }
}

/// Names as the working tree has them (git does not say which commits it compares), or HEAD where
/// there is none; the built-in ones outside a repository.
fn driver_names(path: &[u8], keyrefs: &Keyrefs) -> Names {
    let of_repository = || -> Result<Names> {
        let repository = Repository::open(Path::new("."))?;
        let point = pages::named_point(&repository, None)?;
        NamesAt::new(&repository, &point, keyrefs).names_for(&RepoPath::new(path))
    };
    of_repository().unwrap_or_else(|_| keyrefs.names_with(&[]))
}

fn complaint_text(error: &Error) -> Vec<u8> {
    let hint = error.advice().map(|hint| format!("hint: {}\n", safe::make_visible(hint)));
    let message = error.to_string();
    format!("error: respdiff: {}\n{}", safe::make_visible(&message), hint.unwrap_or_default())
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(guard_paths(words(given)), words(expected));
    }

    #[test]
    fn a_file_is_never_taken_for_an_option() {
        check(
            "respdiff git-driver --color /tmp/a 12 100644 /tmp/b 34 100644",
            "respdiff git-driver -- --color /tmp/a 12 100644 /tmp/b 34 100644",
        );
        check(
            "respdiff git-driver --width 99 -C /dev/null . . b 34 100644",
            "respdiff git-driver --width 99 -- -C /dev/null . . b 34 100644",
        );
        check(
            "respdiff git-driver -a /tmp/a 12 100644 /tmp/b 34 100644 -b similarity",
            "respdiff git-driver -- -a /tmp/a 12 100644 /tmp/b 34 100644 -b similarity",
        );
        check("respdiff git-driver -x.md", "respdiff git-driver -- -x.md");
    }

    #[test]
    fn what_is_not_git_s_is_left_as_it_is() {
        check("respdiff git-driver --help", "respdiff git-driver --help");
        check("respdiff show HEAD", "respdiff show HEAD");
    }
}
