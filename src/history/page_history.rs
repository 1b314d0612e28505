//! Joins what commits did to single files to the whole history of each page.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::collect::{Collected, CommitChanges, PageSearch, keep_renamed};
use super::included::{Finder, Included, PageIncludes};
use super::tree::Difference;
use super::{
    COMPANION, ContentKey, File, FileHistory, FileVersion, Filter, Id, IsPage, Point, RepoPath,
    Repository, Span, VersionOrigin, WalkProgress,
};
use crate::error::Result;
use crate::model::{Format, IncludedFiles};

/// Every page of a span, and how many commits the span has.
#[derive(Debug)]
pub struct PageHistories {
    /// The pages, by their newest path.
    pub pages: Vec<PageHistory>,
    /// The tables of names (see [`COMPANION`]) that were found on the way, each content once: those
    /// that commits of the span changed and that may belong to a page asked for.
    pub companions: Vec<File>,
    /// Commits of the span's mainline.
    pub commits: usize,
}

/// One page on its way through a span: renames are followed, copies are not, and a page that
/// went and came again at the same path is the same.
#[derive(Debug)]
pub struct PageHistory {
    /// Its newest path.
    pub path: RepoPath,
    /// One version for each commit that touched it or its companions, oldest first; no file where
    /// it was taken away. In a range the first is what was there before.
    pub file_history: FileHistory,
}

/// A page as far as it is known, on the way back.
struct OpenHistory {
    path: RepoPath,
    /// Newest first, each with the number of its commit.
    versions: Vec<(usize, FileVersion)>,
    /// What the page was before the oldest of them.
    before: Option<File>,
}

impl Repository {
    /// The pages of a span that were asked for, each with all its versions: those that are
    /// there, and those that were there once. `is_page` is asked once for each content.
    ///
    /// # Errors
    /// Where anything on the way cannot be read.
    pub fn page_histories(
        &self,
        span: &Span,
        filter: &Filter,
        is_page: IsPage<'_>,
        progress: WalkProgress<'_>,
    ) -> Result<PageHistories> {
        let search = PageSearch { repo: self, span, companion: COMPANION, is_page, progress };
        let found = match filter.named_files() {
            Some(files) if self.may_include(span, &files, is_page)? => search.collect_all()?,
            Some(files) => {
                let mut found = search.of_files(&files)?;
                self.only_pages(&mut found, is_page)?;
                // what looks like a file may be a folder
                let may_be_folder = found.steps.is_empty() && !filter.is_of_files();
                if may_be_folder { search.collect_all()? } else { found }
            }
            None => search.collect_all()?,
        };
        let mut threads = open_histories(&found);
        for thread in &mut threads {
            // no page comes from a file that cannot be read as one, so its removal was passed over
            let newest = thread.versions.first().and_then(|(_, version)| version.file.as_ref());
            let removal = newest.map(|file| search.later_removal(&file.path)).transpose()?;
            thread.versions.splice(..0, removal.flatten());
        }
        let asked = |file: &File| filter.matches(&file.path);
        threads.retain(|thread| {
            let mut files = thread.versions.iter().filter_map(|(_, version)| version.file.as_ref());
            files.any(asked) || thread.before.as_ref().is_some_and(asked)
        });
        let tip = self.read_commit(span.tip().commit)?.tree;
        let mut companions = CompanionVersions {
            repo: self,
            span,
            found: &found,
            tip: HashMap::new(),
            links: Finder::of_tree(self, Some(tip)),
            is_page,
        };
        threads.extend(companions.renamed_only(&threads, filter)?);
        let mut pages = Vec::new();
        for thread in threads {
            pages.push(companions.page_history(thread)?);
        }
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        let companions = found.companion_files();
        Ok(PageHistories { pages, companions, commits: found.commits })
    }

    /// Whether one of these files may include others at the end of a span: what was done to those
    /// is found where all are looked at.
    fn may_include(&self, span: &Span, files: &[RepoPath], is_page: IsPage<'_>) -> Result<bool> {
        let tree = self.read_commit(span.tip().commit)?.tree;
        for path in files.iter().filter(|path| path.format() == Format::AsciiDoc) {
            let Some(blob) = self.blob_in_tree(tree, path)? else { continue };
            let texts = IncludedFiles::of_page(&path.to_string());
            if !is_page.included_paths(&self.read_blob(blob)?, &texts).is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes changes out of the steps that neither come from a page nor lead to one.
    fn only_pages(&self, found: &mut Collected, is_page: IsPage<'_>) -> Result<()> {
        let differences = found.steps.iter().flat_map(|step| &step.differences);
        let mut ids: Vec<ContentKey> = Vec::new();
        let mut seen = HashSet::new();
        ids.extend(differences.flat_map(Difference::content_keys).filter(|id| seen.insert(*id)));
        let answers = self.are_pages(&ids, is_page)?;
        let pages: HashSet<ContentKey> =
            ids.into_iter().zip(answers).filter(|(_, page)| *page).map(|(id, _)| id).collect();
        for step in &mut found.steps {
            let all = std::mem::take(&mut step.differences);
            let pages = |found: &&Difference| found.content_keys().any(|key| pages.contains(&key));
            step.differences = all.iter().filter(pages).cloned().collect();
            keep_renamed(&mut step.differences, &mut step.renames, &all);
        }
        Ok(())
    }
}

/// Joins steps, newest first: `open` maps a path to the history whose older part it holds.
fn open_histories(found: &Collected) -> Vec<OpenHistory> {
    let mut threads: Vec<OpenHistory> = Vec::new();
    let mut open: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for (step, number) in found.steps.iter().zip(&found.numbers) {
        let mut leaving = Vec::new();
        for difference in &step.differences {
            let went = step.renames.iter().any(|(from, _)| *from == difference.path);
            if difference.new.is_none() && went {
                continue;
            }
            let at = *open.entry(difference.path.clone()).or_insert_with(|| {
                let path = difference.path.clone();
                threads.push(OpenHistory { path, versions: Vec::new(), before: None });
                threads.len() - 1
            });
            let Some(thread) = threads.get_mut(at) else { continue };
            let origin = VersionOrigin::Commit(step.commit.clone());
            let file = difference.new.map(|blob| file_at(&difference.path, blob));
            thread.versions.push((
                *number,
                FileVersion {
                    origin,
                    file,
                    companions: Vec::new(),
                    included: PageIncludes::default(),
                },
            ));
            thread.before = difference.old.map(|blob| file_of(difference, blob));
            if let Some(source) = rename_source(step, difference) {
                thread.before = source.old.map(|blob| file_of(source, blob));
                leaving.push((difference.path.clone(), source.path.clone(), at));
            }
        }
        // all at once: two files may have exchanged their names
        for (path, _, _) in &leaving {
            open.remove(path);
        }
        for (_, path, at) in leaving {
            open.insert(path, at);
        }
    }
    threads
}

fn file_at(path: &RepoPath, blob: Id) -> File {
    File { path: path.clone(), blob, disk: None }
}

fn file_of(difference: &Difference, blob: Id) -> File {
    file_at(&difference.path, blob)
}

/// The page that one came from, where it began in this step by a rename.
fn rename_source<'s>(step: &'s CommitChanges, begun: &Difference) -> Option<&'s Difference> {
    if begun.old.is_some() || begun.new.is_none() {
        return None;
    }
    let (from, _) = step.renames.iter().find(|(_, to)| *to == begun.path)?;
    step.differences.iter().find(|found| found.path == *from && found.old.is_some())
}

/// The companions as they were at each commit.
struct CompanionVersions<'a> {
    repo: &'a Repository,
    span: &'a Span,
    found: &'a Collected,
    tip: HashMap<RepoPath, Option<Id>>,
    /// The links of the tip, through which included files are found.
    links: Finder<'a>,
    is_page: IsPage<'a>,
}

impl CompanionVersions<'_> {
    fn page_history(&mut self, thread: OpenHistory) -> Result<PageHistory> {
        let OpenHistory { path, mut versions, before } = thread;
        if !self.span.is_whole() && before.is_some() {
            let version = FileVersion {
                origin: VersionOrigin::OldEnd,
                file: before,
                companions: Vec::new(),
                included: PageIncludes::default(),
            };
            versions.push((self.found.commits, version));
        }
        let versions = self.with_renamings(versions)?;
        let mut file_history = FileHistory::default();
        for (number, mut version) in versions.into_iter().rev() {
            if let Some(file) = &version.file {
                for path in super::file_history::companion_paths(&file.path, Some(COMPANION)) {
                    let blob = self.blob_at(&path, number)?;
                    version.companions.extend(blob.map(|blob| self::file_at(&path, blob)));
                }
                version.included = self.included_files(file, number)?.found;
            }
            file_history.versions.push(version);
        }
        Ok(PageHistory { path, file_history })
    }

    /// The files that a page includes at a commit.
    fn included_files(&mut self, page: &File, number: usize) -> Result<Included> {
        let (repo, is_page) = (self.repo, self.is_page);
        let mut find = |path: &RepoPath| {
            let Some(real) = self.links.real_path(path)? else { return Ok((path.clone(), None)) };
            let blob = self.blob_at(&real, number)?;
            let file = blob.map(|blob| self::file_at(&real, blob));
            Ok((real, file))
        };
        repo.included_by(page, &mut find, is_page)
    }

    /// Puts a version in wherever a companion of the file changed and the file did not.
    fn with_renamings(
        &mut self,
        versions: Vec<(usize, FileVersion)>,
    ) -> Result<Vec<(usize, FileVersion)>> {
        let mut all = Vec::new();
        let mut newer: Option<usize> = None;
        for (number, version) in versions {
            let from = newer.map_or(0, |newer| newer + 1);
            for (at, commit) in self.changes_between(version.file.as_ref(), from, number)? {
                let origin = VersionOrigin::Commit(self.repo.read_commit(commit)?);
                let file = version.file.clone();
                all.push((
                    at,
                    FileVersion {
                        origin,
                        file,
                        companions: Vec::new(),
                        included: PageIncludes::default(),
                    },
                ));
            }
            newer = Some(number);
            all.push((number, version));
        }
        Ok(all)
    }

    /// The commits of some numbers that changed a companion of a file or a file that it includes,
    /// newest first.
    fn changes_between(
        &mut self,
        file: Option<&File>,
        from: usize,
        to: usize,
    ) -> Result<BTreeMap<usize, Id>> {
        let mut found = BTreeMap::new();
        let Some(file) = file.filter(|_| from < to) else { return Ok(found) };
        let mut paths = super::file_history::companion_paths(&file.path, Some(COMPANION));
        let mut seen = HashSet::new();
        // each change may bring more files to look at
        let mut ways = vec![from, to];
        loop {
            for path in std::mem::take(&mut paths) {
                if !seen.insert(path.clone()) {
                    continue;
                }
                let changes = self.found.companions.get(&path).map_or(&[][..], Vec::as_slice);
                let first = changes.partition_point(|change| change.number < from);
                let between = changes.iter().skip(first).take_while(|change| change.number < to);
                for change in between {
                    if found.insert(change.number, change.commit).is_none() {
                        ways.push(change.number);
                    }
                }
            }
            let Some(number) = ways.pop() else { return Ok(found) };
            paths = self.included_files(file, number)?.paths;
        }
    }

    /// A companion's blob in the tree of a commit: what the next older change made it, else
    /// what the last change found.
    fn blob_at(&mut self, path: &RepoPath, number: usize) -> Result<Option<Id>> {
        if let Some(changes) = self.found.companions.get(path) {
            let next = changes.partition_point(|change| change.number < number);
            return Ok(match changes.get(next) {
                Some(change) => change.new,
                None => changes.last().and_then(|change| change.old),
            });
        }
        if self.span.is_whole() {
            return Ok(None);
        }
        if let Some(known) = self.tip.get(path) {
            return Ok(*known);
        }
        let tree = self.repo.read_commit(self.span.tip().commit)?.tree;
        let blob = self.repo.blob_in_tree(tree, path)?;
        self.tip.insert(path.clone(), blob);
        Ok(blob)
    }

    /// Pages of a range that no commit touched, though a companion of theirs changed.
    fn renamed_only(
        &mut self,
        threads: &[OpenHistory],
        filter: &Filter,
    ) -> Result<Vec<OpenHistory>> {
        if self.span.is_whole() || self.found.companions.is_empty() {
            return Ok(Vec::new());
        }
        let known: HashSet<&RepoPath> = threads.iter().map(|thread| &thread.path).collect();
        let mut files = self.repo.page_files(&Point::Commit(self.span.tip().clone()), filter)?;
        files.retain(|file| !known.contains(&file.path));
        let mut touched = Vec::new();
        for file in files {
            let mut paths = super::file_history::companion_paths(&file.path, Some(COMPANION));
            paths.extend(self.included_files(&file, 0)?.paths);
            if paths.iter().any(|path| self.found.companions.contains_key(path)) {
                touched.push(file);
            }
        }
        let files = touched;
        let ids: Vec<ContentKey> = files.iter().map(File::content_key).collect();
        let pages = self.repo.are_pages(&ids, self.is_page)?;
        let pages = files.into_iter().zip(pages).filter(|(_, page)| *page);
        Ok(pages
            .map(|(file, _)| OpenHistory {
                path: file.path.clone(),
                versions: Vec::new(),
                before: Some(file),
            })
            .collect())
    }
}
