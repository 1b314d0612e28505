//! The files that AsciiDoc pages include, as they are where a page is. A path leads through links
//! of the repository, and never out of it.

use std::collections::{BTreeSet, HashMap};

use super::tree::{EntryKind, tree_entries};
use super::{Ends, File, FilePair, Filter, Id, IsPage, Point, RepoPath, Repository};
use crate::error::Result;
use crate::model::{Format, IncludedFiles, Sides, is_included_name};

/// So many links are followed on one path.
const MOST_LINKS: usize = 16;

/// The files that a page includes, by the paths that it gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageIncludes {
    /// Those that are read as part of the page.
    files: Vec<File>,
    /// Those that are pages of their own.
    own_pages: Vec<RepoPath>,
}

impl PageIncludes {
    /// What tells two of them apart: paths and contents, none for pages of their own.
    #[must_use]
    pub fn content_ids(&self) -> Vec<(RepoPath, Option<Id>)> {
        let files = self.files.iter().map(|file| (file.path.clone(), Some(file.blob)));
        files.chain(self.own_pages.iter().map(|path| (path.clone(), None))).collect()
    }
}

/// The files that a page includes at one place of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Included {
    /// Those that are there.
    pub(super) found: PageIncludes,
    /// All that it asks for, by the paths where they are or would be.
    pub(super) paths: Vec<RepoPath>,
}

/// Finds the file at a path: where it is behind links, and what it is.
pub(super) type FindFile<'f> = &'f mut dyn FnMut(&RepoPath) -> Result<(RepoPath, Option<File>)>;

impl Repository {
    /// The files that a page includes, and those that they include.
    pub(super) fn included_by(
        &self,
        page: &File,
        find: FindFile<'_>,
        is_page: IsPage<'_>,
    ) -> Result<Included> {
        let mut included = Included::default();
        if page.path.format() != Format::AsciiDoc {
            return Ok(included);
        }
        let content = self.read_file(page)?;
        let mut texts = IncludedFiles::of_page(&page.path.to_string());
        let mut known = BTreeSet::new();
        let mut budget = IncludedFiles::MOST_BYTES;
        // what is read may ask for more
        loop {
            let mut asked = is_page.included_paths(&content, &texts);
            asked.retain(|path| known.insert(path.clone()));
            if asked.is_empty() || texts.is_full() {
                return Ok(included);
            }
            for path in asked {
                let given = RepoPath::from(path.as_str());
                let (place, file) = find(&given)?;
                included.paths.push(place);
                let Some(file) = file.filter(|_| !texts.is_full()) else { continue };
                if self.is_own_page(&file, find, is_page, &mut budget)? {
                    texts.add_own_page(&path);
                    included.found.own_pages.push(given);
                    continue;
                }
                texts.add_file(&path, self.read_file(&file)?);
                included.found.files.push(File { path: given, ..file });
            }
        }
    }

    /// Whether a file that a page includes is reported as a page of its own. So many bytes may be
    /// read to find that out for all files of one page.
    fn is_own_page(
        &self,
        file: &File,
        find: FindFile<'_>,
        is_page: IsPage<'_>,
        budget: &mut usize,
    ) -> Result<bool> {
        if Format::of_name(file.path.name()) != Some(Format::AsciiDoc) {
            return Ok(false);
        }
        let content = self.read_file(file)?;
        if !is_page.is_page(Format::AsciiDoc, &content) {
            return Ok(false);
        }
        let path = file.path.to_string();
        let mut texts = IncludedFiles::of_page(&path);
        let mut known = BTreeSet::new();
        loop {
            let mut asked = is_page.included_paths(&content, &texts);
            asked.retain(|path| known.insert(path.clone()));
            let is_full = texts.byte_count() > *budget;
            if asked.is_empty() || is_full {
                *budget = budget.saturating_sub(texts.byte_count());
                return Ok(!is_full && is_page.is_own_page(&path, &content, &texts));
            }
            for path in asked {
                if let (_, Some(file)) = find(&RepoPath::from(path.as_str()))?
                    && texts.byte_count() <= *budget
                {
                    texts.add_file(&path, self.read_file(&file)?);
                }
            }
        }
    }

    /// The files that a page at a point includes.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn included_at(
        &self,
        point: &Point,
        page: &File,
        is_page: IsPage<'_>,
    ) -> Result<PageIncludes> {
        let mut finder = Finder::new(self, point)?;
        Ok(self.included_by(page, &mut |path| finder.find(path), is_page)?.found)
    }

    /// The texts of the files that a page includes.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn included_texts(&self, page: &RepoPath, found: &PageIncludes) -> Result<IncludedFiles> {
        let mut texts = IncludedFiles::of_page(&page.to_string());
        for file in &found.files {
            texts.add_file(&file.path.to_string(), self.read_file(file)?);
        }
        for path in &found.own_pages {
            texts.add_own_page(&path.to_string());
        }
        Ok(texts)
    }

    /// The AsciiDoc pages that are the same at both ends, though a file that they include is not,
    /// by path. `asciidoc` are the AsciiDoc files of the new end, `known` are told of already.
    ///
    /// # Errors
    /// Where a file of an end cannot be read.
    pub fn included_only(
        &self,
        ends: &Ends,
        asciidoc: &[File],
        known: &[FilePair],
        filter: &Filter,
        is_page: IsPage<'_>,
    ) -> Result<Vec<FilePair>> {
        let mut files = asciidoc.to_vec();
        let known: BTreeSet<&RepoPath> = known.iter().map(|pair| &pair.path).collect();
        files.retain(|file| filter.matches(&file.path) && !known.contains(&file.path));
        let mut pairs = Vec::new();
        if files.is_empty() {
            return Ok(pairs);
        }
        let changed = self.changed_texts(ends)?;
        if changed.is_empty() {
            return Ok(pairs);
        }
        let mut finder = Finder::new(self, &ends.points.new)?;
        for new in files {
            let included = self.included_by(&new, &mut |path| finder.find(path), is_page)?;
            if !included.paths.iter().any(|path| changed.contains(path)) {
                continue;
            }
            let old = self.file_at(&ends.points.old, &new.path)?;
            let Some(old) = old.filter(|old| old.blob == new.blob) else { continue };
            let (path, file) = (new.path.clone(), Sides::new(Some(old), Some(new)));
            pairs.push(FilePair { path, file });
        }
        Ok(pairs)
    }

    /// The paths of files that may be included and that differ between the ends.
    fn changed_texts(&self, ends: &Ends) -> Result<BTreeSet<RepoPath>> {
        let blobs = |point: &Point| -> Result<HashMap<RepoPath, Id>> {
            let files = self.files_named(point, is_included_name)?;
            Ok(files.into_iter().map(|file| (file.path, file.blob)).collect())
        };
        if let (Point::Commit(old), Point::Commit(new)) = (&ends.points.old, &ends.points.new) {
            let (old, new) =
                (self.read_commit(old.commit)?.tree, self.read_commit(new.commit)?.tree);
            let found = self.compare_trees_by(Some(old), Some(new), is_included_name)?;
            return Ok(found.into_iter().map(|found| found.path).collect());
        }
        let (old, new) = (blobs(&ends.points.old)?, blobs(&ends.points.new)?);
        let both = old.keys().chain(new.keys());
        Ok(both.filter(|path| old.get(*path) != new.get(*path)).cloned().collect())
    }

    /// What an entry of a tree is that is a link leads to.
    fn link_in(&self, tree: Id, path: &[u8]) -> Result<Option<Vec<u8>>> {
        let mut tree = tree;
        let mut parts = path.split(|byte| *byte == b'/').peekable();
        while let Some(part) = parts.next() {
            let raw = self.read_tree(tree)?;
            let Some(entry) =
                tree_entries(&raw, tree.raw_length()).find(|entry| entry.name == part)
            else {
                return Ok(None);
            };
            match (entry.kind, entry.object_id()) {
                (EntryKind::Tree, Some(id)) => tree = id,
                (EntryKind::Link, Some(id)) if parts.peek().is_none() => {
                    return self.read_blob(id).map(Some);
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// Where files are looked for.
enum SearchPlace<'p> {
    Tree(Id),
    Staged(&'p Point),
    Nowhere,
}

/// Finds files behind links.
pub(super) struct Finder<'p> {
    repo: &'p Repository,
    place: SearchPlace<'p>,
    links: HashMap<Vec<u8>, Option<Vec<u8>>>,
}

impl<'p> Finder<'p> {
    pub(super) fn new(repo: &'p Repository, point: &'p Point) -> Result<Self> {
        let place = match point {
            Point::Commit(revision) => SearchPlace::Tree(repo.read_commit(revision.commit)?.tree),
            Point::Index | Point::WorkingTree => SearchPlace::Staged(point),
            Point::Empty => SearchPlace::Nowhere,
        };
        Ok(Self { repo, place, links: HashMap::new() })
    }

    pub(super) fn of_tree(repo: &'p Repository, tree: Option<Id>) -> Self {
        Self {
            repo,
            place: tree.map_or(SearchPlace::Nowhere, SearchPlace::Tree),
            links: HashMap::new(),
        }
    }

    /// Where a file is, behind links, and what it is.
    pub(super) fn find(&mut self, path: &RepoPath) -> Result<(RepoPath, Option<File>)> {
        let Some(real) = self.real_path(path)? else { return Ok((path.clone(), None)) };
        let file = match self.place {
            SearchPlace::Tree(tree) => {
                let blob = self.repo.blob_in_tree(tree, &real)?;
                blob.map(|blob| File { path: real.clone(), blob, disk: None })
            }
            SearchPlace::Staged(point) => self.repo.file_at(point, &real)?,
            SearchPlace::Nowhere => None,
        };
        Ok((real, file))
    }

    /// The path behind links; none where they lead out of the repository or nowhere.
    pub(super) fn real_path(&mut self, path: &RepoPath) -> Result<Option<RepoPath>> {
        let mut rest: Vec<Vec<u8>> =
            path.as_bytes().split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec).collect();
        let mut done: Vec<Vec<u8>> = Vec::new();
        let mut links = 0;
        while let Some(part) = rest.pop() {
            match part.as_slice() {
                b".." if done.is_empty() => return Ok(None),
                b".." => drop(done.pop()),
                b"" | b"." => {}
                _ => done.push(part.clone()),
            }
            if matches!(part.as_slice(), b"" | b"." | b"..") {
                continue;
            }
            let Some(target) = self.link(&done.join(&b'/'))? else { continue };
            links += 1;
            if links > MOST_LINKS || target.starts_with(b"/") {
                return Ok(None);
            }
            done.pop();
            rest.extend(target.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec));
        }
        Ok((!done.is_empty()).then(|| RepoPath::new(done.join(&b'/'))))
    }

    fn link(&mut self, path: &[u8]) -> Result<Option<Vec<u8>>> {
        if let Some(known) = self.links.get(path) {
            return Ok(known.clone());
        }
        let found = match self.place {
            SearchPlace::Tree(tree) => self.repo.link_in(tree, path)?,
            SearchPlace::Staged(_) => self.repo.staged_link(path)?,
            SearchPlace::Nowhere => None,
        };
        self.links.insert(path.to_vec(), found.clone());
        Ok(found)
    }
}
