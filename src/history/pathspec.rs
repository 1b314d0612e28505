//! `-- PATH...` as git reads it, matched against byte paths.

use std::ffi::OsStr;

use super::id::is_page_name;
use super::{RepoPath, Repository};
use crate::error::{Error, ErrorKind, Result};

mod glob;

use glob::Glob;

/// The paths that the user asked for. The default matches everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    specs: Vec<ParsedPathspec>,
    /// What is let through has to pass one of these too, if there are any.
    within: Vec<Filter>,
    /// Whether each path is that of a file, and no folder's.
    files_only: bool,
}

/// One pathspec, relative to the root of the repository.
#[derive(Clone, Debug)]
struct ParsedPathspec {
    literal: Vec<u8>,
    glob: Option<Glob>,
    folder_only: bool,
    exclude: bool,
    ignore_case: bool,
}

/// The words between `:(` and `)`, or the signs after `:`.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one of git's words")]
struct Magic {
    top: bool,
    literal: bool,
    ignore_case: bool,
    strict: bool,
    exclude: bool,
}

impl Filter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.specs.is_empty() && self.within.is_empty()
    }

    /// The same for all paths, of those that have to be passed too; none where no path was asked for.
    #[must_use]
    pub fn without_paths(&self) -> Option<Self> {
        let all = || Self { within: self.within.clone(), ..Self::default() };
        (!self.specs.is_empty()).then(all)
    }

    /// The files that were asked for, where each is named in full.
    pub(super) fn named_files(&self) -> Option<Vec<RepoPath>> {
        let file = |spec: &ParsedPathspec| {
            let whole = spec.glob.is_none() && !spec.exclude && !spec.ignore_case;
            let named = whole && !spec.folder_only && is_page_name(&spec.literal);
            named.then(|| RepoPath::new(spec.literal.clone()))
        };
        self.specs
            .iter()
            .map(file)
            .collect::<Option<Vec<_>>>()
            .map(|files| files.into_iter().filter(|file| self.matches(file)).collect::<Vec<_>>())
            .filter(|files| !files.is_empty())
    }

    /// Whether each path is known to be that of a file.
    pub(super) fn is_of_files(&self) -> bool {
        self.files_only
    }

    /// Whether a path was asked for.
    #[must_use]
    pub fn matches(&self, path: &RepoPath) -> bool {
        let (mut asked, mut only_excluded) = (false, true);
        for spec in &self.specs {
            let hit = spec.matches(path.as_bytes());
            if spec.exclude && hit {
                return false;
            }
            asked |= !spec.exclude && hit;
            only_excluded &= spec.exclude;
        }
        let inside = || self.within.iter().any(|filter| filter.matches(path));
        (asked || only_excluded) && (self.within.is_empty() || inside())
    }

    /// The same for those paths only that one of the others lets through too.
    #[must_use]
    pub fn within_any(mut self, others: Vec<Self>) -> Self {
        self.within = others;
        self
    }
}

impl ParsedPathspec {
    fn matches(&self, path: &[u8]) -> bool {
        let same = |a: &[u8], b: &[u8]| {
            if self.ignore_case { a.eq_ignore_ascii_case(b) } else { a == b }
        };
        let length = self.literal.len();
        if length == 0 {
            return true;
        }
        if path.len() > length && path[length] == b'/' && same(&path[..length], &self.literal) {
            return true;
        }
        if self.folder_only {
            return false;
        }
        same(path, &self.literal) || self.glob.as_ref().is_some_and(|glob| glob.matches(path))
    }
}

impl Repository {
    /// Reads pathspecs, each relative to the folder that the repository was opened at.
    ///
    /// # Errors
    /// Where one is outside the repository or uses words that are not supported.
    pub fn path_filter(&self, pathspecs: &[impl AsRef<OsStr>]) -> Result<Filter> {
        let prefix = if pathspecs.is_empty() { Vec::new() } else { self.prefix() };
        let mut root = self.git.workdir().map(|root| root.as_os_str().as_encoded_bytes());
        root = root.map(|root| root.strip_suffix(b"/").unwrap_or(root));
        let read = |spec: &OsStr| parse_pathspec(spec.as_encoded_bytes(), &prefix, root);
        let specs = pathspecs.iter().map(|spec| read(spec.as_ref()));
        Ok(Filter { specs: specs.collect::<Result<Vec<ParsedPathspec>>>()?, ..Filter::default() })
    }

    /// Lets just these files through.
    #[must_use]
    pub fn filter_of_files(&self, paths: &[RepoPath]) -> Filter {
        let spec = |path: &RepoPath| ParsedPathspec {
            literal: path.as_bytes().to_vec(),
            glob: None,
            folder_only: false,
            exclude: false,
            ignore_case: false,
        };
        let specs = paths.iter().map(spec).collect();
        Filter { specs, within: Vec::new(), files_only: true }
    }

    /// Reads pathspecs, each relative to the root of the repository.
    ///
    /// # Errors
    /// Where one is outside the repository or uses words that are not supported.
    pub fn filter_from_root(&self, pathspecs: &[impl AsRef<str>]) -> Result<Filter> {
        let specs =
            pathspecs.iter().map(|spec| parse_pathspec(spec.as_ref().as_bytes(), &[], None));
        Ok(Filter { specs: specs.collect::<Result<Vec<ParsedPathspec>>>()?, ..Filter::default() })
    }
}

fn parse_pathspec(text: &[u8], prefix: &[u8], root: Option<&[u8]>) -> Result<ParsedPathspec> {
    let shown = String::from_utf8_lossy(text);
    if text.is_empty() {
        return Err(bad_pathspec(&shown, "is empty").with_hint("name all files with `.`"));
    }
    let (magic, pattern) = parse_magic(text, &shown)?;
    let inside = root
        .and_then(|root| pattern.strip_prefix(root))
        .filter(|rest| rest.is_empty() || rest.starts_with(b"/"));
    let (start, pattern) = match inside {
        Some(rest) => (&[][..], rest.strip_prefix(b"/").unwrap_or(rest)),
        None if pattern.starts_with(b"/") => {
            return Err(bad_pathspec(&shown, "is outside the repository").with_hint(OUTSIDE));
        }
        None if magic.top => (&[][..], pattern),
        None => (prefix, pattern),
    };
    let parts = resolve_path(start, pattern)
        .ok_or_else(|| bad_pathspec(&shown, "is outside the repository").with_hint(OUTSIDE))?;
    let literal = parts.iter().map(|(part, _)| *part).collect::<Vec<_>>().join(&b'/');
    let wild = !magic.literal
        && parts.iter().any(|(part, given)| *given && part.iter().any(|b| b"*?[\\".contains(b)));
    let glob = wild.then(|| {
        let escaped: Vec<Vec<u8>> = parts
            .iter()
            .map(|(part, given)| if *given { part.to_vec() } else { glob::escape_literal(part) })
            .collect();
        Glob::new(&escaped.join(&b'/'), magic.strict, magic.ignore_case)
    });
    Ok(ParsedPathspec {
        literal,
        glob,
        folder_only: pattern.ends_with(b"/"),
        exclude: magic.exclude,
        ignore_case: magic.ignore_case,
    })
}

/// The parts of a path below the root, each with whether the user gave it; none where it
/// leads out of the repository.
pub(super) fn resolve_path<'a>(
    start: &'a [u8],
    pattern: &'a [u8],
) -> Option<Vec<(&'a [u8], bool)>> {
    let mut parts = Vec::new();
    let split =
        |text: &'a [u8], given| text.split(|byte| *byte == b'/').map(move |part| (part, given));
    for (part, given) in split(start, false).chain(split(pattern, true)) {
        match part {
            b"" | b"." => {}
            b".." => {
                parts.pop()?;
            }
            part => parts.push((part, given)),
        }
    }
    Some(parts)
}

fn parse_magic<'a>(text: &'a [u8], shown: &str) -> Result<(Magic, &'a [u8])> {
    let mut magic = Magic::default();
    let Some(mut rest) = text.strip_prefix(b":") else { return Ok((magic, text)) };
    if let Some(long) = rest.strip_prefix(b"(") {
        let end = long.iter().position(|byte| *byte == b')');
        let end = end.ok_or_else(|| {
            bad_pathspec(shown, "has no closing parenthesis")
                .with_hint("close it, as in ':(top)docs'")
        })?;
        for word in long[..end].split(|byte| *byte == b',') {
            match word {
                b"top" => magic.top = true,
                b"literal" => magic.literal = true,
                b"icase" => magic.ignore_case = true,
                b"glob" => magic.strict = true,
                b"exclude" => magic.exclude = true,
                b"" => {}
                word => {
                    let word = String::from_utf8_lossy(word);
                    return Err(bad_pathspec(
                        shown,
                        &format!("uses '{word}', which is not supported"),
                    )
                    .with_hint("top, literal, icase, glob and exclude are"));
                }
            }
        }
        return Ok((magic, &long[end + 1..]));
    }
    while let Some((sign, after)) = rest.split_first() {
        match sign {
            b'/' => magic.top = true,
            b'!' | b'^' => magic.exclude = true,
            b':' => return Ok((magic, after)),
            _ => break,
        }
        rest = after;
    }
    Ok((magic, rest))
}

/// What to do about a file of another repository, or of none.
const OUTSIDE: &str = "name its repository with -C DIR; \
                       `respdiff show --no-index FILE` reads a file alone";

fn bad_pathspec(spec: &str, what: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("the path '{spec}' {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(specs: &[&str], path: &str, expected: bool) {
        let read = |spec: &&str| parse_pathspec(spec.as_bytes(), b"docs", Some(b"/repo")).unwrap();
        let filter = Filter { specs: specs.iter().map(read).collect(), ..Filter::default() };
        assert_eq!(filter.matches(&RepoPath::from(path)), expected, "{specs:?} {path}");
    }

    #[test]
    fn starts_where_the_repository_was_opened() {
        check(&["a.md"], "docs/a.md", true);
        check(&["a.md"], "a.md", false);
        check(&["../a.md"], "a.md", true);
        check(&[":/a.md"], "a.md", true);
        check(&["/repo/a.md"], "a.md", true);
        check(&["."], "docs/deep/a.md", true);
        check(&[".."], "a.md", true);
    }

    #[test]
    fn takes_folders_whole_and_wildcards_across_slashes() {
        check(&["sub"], "docs/sub/a.md", true);
        check(&["sub/"], "docs/sub", false);
        check(&["su"], "docs/sub/a.md", false);
        check(&["*.md"], "docs/sub/a.md", true);
        check(&[":(glob)*.md"], "docs/sub/a.md", false);
        check(&[":(glob)**/*.md"], "docs/a.md", true);
        check(&[":(literal)*.md"], "docs/a.md", false);
        check(&[":(icase)A.MD"], "docs/a.md", true);
    }

    #[test]
    fn excludes() {
        check(&[":!a.md"], "docs/b.md", true);
        check(&[":!a.md"], "docs/a.md", false);
        check(&["*.md", ":^a.md"], "docs/a.md", false);
        check(&[":(top,exclude)docs"], "docs/a.md", false);
    }

    #[test]
    fn a_filter_may_stand_within_others() {
        let read = |spec: &str| parse_pathspec(spec.as_bytes(), b"", None).unwrap();
        let filter = |spec: &str| Filter { specs: vec![read(spec)], ..Filter::default() };
        let both = filter("*.md").within_any(vec![filter("docs"), filter("more")]);
        for (path, expected) in [("docs/a.md", true), ("more/a.md", true), ("a.md", false)] {
            assert_eq!(both.matches(&RepoPath::from(path)), expected, "{path}");
        }
        let file = filter("a.md").within_any(vec![filter("docs")]);
        assert!(file.named_files().is_none() && !file.is_empty());
    }

    #[test]
    fn refuses_what_leads_out() {
        for spec in ["../../a.md", "/etc/a.md", "", ":(attr:x)a", ":(top"] {
            assert!(parse_pathspec(spec.as_bytes(), b"docs", Some(b"/repo")).is_err(), "{spec}");
        }
    }
}
