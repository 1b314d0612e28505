//! Several repositories in one run: one that cannot be read does not stop the others.

use std::path::{Path, PathBuf};

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::environment;
use crate::model::counted;
use crate::render::json::{self, Published};
use crate::render::text::{TextOptions, repository_title};
use crate::report::Several;

use super::args::CommonArgs;
use super::output::Output;
use super::shell::command_in;
use super::{Outcome, complain_of, input};

/// A repository as it was named, and where it is.
#[derive(Clone, Debug)]
pub(super) struct RepositoryPlace {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// Whether other repositories are read in the same run.
    is_one_of_several: bool,
}

impl RepositoryPlace {
    /// Where a run is that is about one repository.
    pub(super) fn only_one(common: &CommonArgs) -> Self {
        let folder = common.start_folder().to_owned();
        Self { name: folder.display().to_string(), folder, is_one_of_several: false }
    }

    /// The arguments of a run in its folder, as if it were the only one.
    pub(super) fn args_within(&self, common: &CommonArgs) -> CommonArgs {
        if self.is_one_of_several { common.within_folder(&self.folder) } else { common.clone() }
    }

    /// Its name where it needs one, because there are other repositories.
    pub(super) fn name_among_several(&self) -> Option<&str> {
        self.is_one_of_several.then_some(self.name.as_str())
    }
}

/// The repositories, where several were asked for.
pub(super) fn several_places(common: &CommonArgs) -> Result<Option<Vec<RepositoryPlace>>> {
    if !common.is_several() {
        return Ok(None);
    }
    environment::names_none()?;
    let named = |folder: &PathBuf| RepositoryPlace {
        name: folder.display().to_string(),
        folder: folder.clone(),
        is_one_of_several: true,
    };
    let mut places: Vec<RepositoryPlace> = common.directories.iter().map(named).collect();
    if let Some(file) = &common.repos {
        places.extend(listed_places(file)?);
    }
    Ok(Some(places))
}

/// A file that belongs to each repository is named as seen from its folder.
pub(super) fn refuse_absolute(path: &Path, option: &str, what: &str) -> Result<()> {
    if !path.is_absolute() {
        return Ok(());
    }
    let message = format!(
        "{option} `{}`: several repositories cannot share one absolute folder",
        path.display()
    );
    Err(Error::new(ErrorKind::Usage, message)
        .with_hint(format!("give a relative path: {what} then go below that repository's folder")))
}

/// One path per line, as seen from the file; `#` begins a comment.
fn listed_places(file: &Path) -> Result<Vec<RepositoryPlace>> {
    let bytes = input::read_option(file)?;
    let text = String::from_utf8_lossy(&bytes);
    let beside = file.parent().unwrap_or(Path::new(""));
    let paths = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let places: Vec<RepositoryPlace> = paths
        .filter(|path| !path.is_empty() && !path.starts_with('#'))
        .map(|path| RepositoryPlace {
            name: path.to_owned(),
            folder: beside.join(path),
            is_one_of_several: true,
        })
        .collect();
    if places.is_empty() {
        let message = format!("`{}` lists no repository", file.display());
        return Err(Error::new(ErrorKind::Input, message)
            .with_hint("write one path per line; lines that begin with # are comments"));
    }
    Ok(places)
}

/// What became of each repository.
pub(super) type Results<T> = Vec<(RepositoryPlace, Result<T>)>;

/// Runs for each repository, whatever becomes of the others.
pub(super) fn run_each<T>(
    places: Vec<RepositoryPlace>,
    mut run: impl FnMut(&RepositoryPlace) -> Result<T>,
) -> Results<T> {
    let count = places.len();
    let results = places
        .into_iter()
        .enumerate()
        .map(|(at, place)| {
            deliver::begin_repository(at + 1, count);
            let outcome = run(&place);
            (place, outcome)
        })
        .collect();
    deliver::end_repositories();
    results
}

/// What a run answers about its repository, or about each of several.
pub(super) enum Answers<T> {
    /// The answer, and the folder that its paths are below.
    One(T, Option<PathBuf>),
    Each(Results<T>),
}

impl<T> Answers<T> {
    /// Runs for the repository of the run, or for each of several, whatever becomes of the others;
    /// `no_index` where no repository is read. With an answer comes the folder that its paths are
    /// below.
    pub(super) fn of_run(
        common: &CommonArgs,
        no_index: bool,
        mut run: impl FnMut(&RepositoryPlace) -> Result<(T, Option<PathBuf>)>,
    ) -> Result<Self> {
        if let Some(places) = several_places(common)?.filter(|_| !no_index) {
            return Ok(Self::Each(run_each(places, |place| Ok(run(place)?.0))));
        }
        let (answer, base) = run(&RepositoryPlace::only_one(common))?;
        Ok(Self::One(answer, base))
    }

    /// The only answer, where the run is not about several repositories.
    pub(super) const fn only_one(&self) -> Option<&T> {
        match self {
            Self::One(answer, _) => Some(answer),
            Self::Each(_) => None,
        }
    }

    /// As text; of several repositories, each under its name, and with an `ending` below all.
    pub(super) fn text(
        &self,
        output: &Output,
        render: impl Fn(&T, &TextOptions) -> Vec<u8>,
        ending: impl FnOnce(&Results<T>) -> Vec<u8>,
    ) -> Vec<u8> {
        match self {
            Self::One(answer, base) => render(answer, &output.text_options(base.as_deref())),
            Self::Each(results) => {
                [results_text(results, output, render), ending(results)].concat()
            }
        }
    }

    /// As JSON, of each answer the part that is published.
    pub(super) fn json<P: Published>(&self, part: impl Fn(&T) -> &P) -> Result<Vec<u8>> {
        match self {
            Self::One(answer, _) => json::render_result(part(answer)),
            Self::Each(results) => json::render_several(&named_parts(results, part)),
        }
    }

    /// The answers that there are, by the names of their repositories; the only one has none.
    pub(super) fn good(&self) -> Vec<(&str, &T)> {
        match self {
            Self::One(answer, _) => vec![("", answer)],
            Self::Each(results) => good_results(results).collect(),
        }
    }

    /// How the run ended. Says what went wrong in any of several repositories.
    pub(super) fn outcome(&self, changed: bool) -> Outcome {
        match self {
            Self::One(..) => Outcome::from_changed(changed),
            Self::Each(results) => results_outcome(results, changed),
        }
    }
}

/// The results one after the other, each under the name of its repository.
pub(super) fn results_text<T>(
    results: &Results<T>,
    output: &Output,
    render: impl Fn(&T, &TextOptions) -> Vec<u8>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (place, result) in results {
        if let Ok(report) = result {
            let command = command_in(&place.folder);
            let options = TextOptions { command, ..output.text_options(Some(&place.folder)) };
            bytes.extend(repository_title(&place.name, bytes.is_empty(), &options));
            bytes.extend(render(report, &options));
        }
    }
    bytes
}

/// The last line of the text about several repositories: how many of them came to what. `ends` are
/// the possible ends in the order in which they are named; the last is that of an error.
pub(super) fn results_ending<T>(
    results: &Results<T>,
    ends: &[&'static str],
    end_of: impl Fn(&T) -> &'static str,
) -> Vec<u8> {
    let failed = ends.last().copied().unwrap_or_default();
    let found = |result: &Result<T>| result.as_ref().map_or(failed, &end_of);
    let count = |end: &str| results.iter().filter(|(_, result)| found(result) == end).count();
    let counts = ends.iter().map(|end| (count(end), end)).filter(|(count, _)| *count > 0);
    let shown: Vec<String> = counts.map(|(count, end)| format!("{count} {end}")).collect();
    let text = format!("\n\n{}: {}.\n", counted(results.len(), "repository"), shown.join(", "));
    text.into_bytes()
}

/// The same about changes, all or those that match what was asked for. `end_of` says whether there is
/// a page, and whether there is a change.
pub(super) fn changes_ending<T>(
    results: &Results<T>,
    is_for_some: bool,
    end_of: impl Fn(&T) -> (bool, bool),
) -> Vec<u8> {
    let (with, without) = if is_for_some {
        ("with matching changes", "without a matching change")
    } else {
        ("with changes", "without a change")
    };
    let without_page = "without a page";
    let ends = [with, without, without_page, "could not be read"];
    results_ending(results, &ends, |result| match end_of(result) {
        (false, _) => without_page,
        (true, false) => without,
        (true, true) => with,
    })
}

/// The results by the names of their repositories, for JSON.
pub(super) fn named_results<T>(results: &Results<T>) -> Several<'_, T> {
    results.iter().map(|(place, result)| (place.name.as_str(), result.as_ref())).collect()
}

/// The same of a part of each result.
pub(super) fn named_parts<'r, T, P>(
    results: &'r Results<T>,
    part: impl Fn(&T) -> &P,
) -> Several<'r, P> {
    let of_place = |(place, result): &'r (RepositoryPlace, Result<T>)| {
        (place.name.as_str(), result.as_ref().map(&part))
    };
    results.iter().map(of_place).collect()
}

/// The results that there are, by the names of their repositories.
pub(super) fn good_results<T>(results: &Results<T>) -> impl Iterator<Item = (&str, &T)> {
    results.iter().filter_map(|(place, result)| {
        let result = result.as_ref().ok()?;
        Some((place.name.as_str(), result))
    })
}

/// Says what went wrong, and how the run ended: failed, where any repository did.
pub(super) fn results_outcome<T>(results: &Results<T>, changed: bool) -> Outcome {
    let mut failed = false;
    for (place, result) in results {
        if let Err(error) = result {
            complain_of(Some(&place.name), error);
            failed = true;
        }
    }
    if failed { Outcome::Failed } else { Outcome::from_changed(changed) }
}
