//! Tables of names that differ between two ends, and the pages whose meaning they may change.

use std::collections::{BTreeMap, BTreeSet};

use super::file_history::companion_paths;
use super::id::is_page_name;
use super::{
    COMPANION, Ends, File, FilePair, Filter, Id, IsPage, Point, RepoPath, Repository, Span,
};
use crate::error::Result;
use crate::model::{Format, Sides};

/// The companions (see [`COMPANION`]) at both ends of a comparison.
#[derive(Debug, Default)]
pub struct Companions {
    by_path: BTreeMap<RepoPath, Sides<Option<File>>>,
    /// The AsciiDoc files of the new end, which may include others: found on the same way, since a
    /// large tree takes long to list.
    asciidoc: Vec<File>,
}

impl Companions {
    /// All of them, each content once.
    #[must_use]
    pub fn all_files(&self) -> Vec<&File> {
        let both = self.by_path.values().flat_map(|both| [&both.old, &both.new]);
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        both.flatten().filter(|file| seen.insert(file.blob)).collect()
    }

    /// The AsciiDoc files of the new end.
    #[must_use]
    pub fn asciidoc_files(&self) -> &[File] {
        &self.asciidoc
    }

    /// Whether one that belongs to a page differs.
    fn differ_for(&self, page: &RepoPath) -> bool {
        let blob = |file: &Option<File>| file.as_ref().map(|file| file.blob);
        companion_paths(page, Some(COMPANION)).iter().any(|path| {
            self.by_path.get(path).is_some_and(|both| blob(&both.old) != blob(&both.new))
        })
    }
}

fn is_asciidoc(name: &[u8]) -> bool {
    Format::of_name(name) == Some(Format::AsciiDoc)
}

impl Repository {
    /// The companions at both ends.
    ///
    /// # Errors
    /// Where an end cannot be read.
    pub fn companions_of(&self, ends: &Ends) -> Result<Companions> {
        let mut found = Companions::default();
        for file in self.companions_at(&ends.points.old)? {
            let path = file.path.clone();
            if path.name() == COMPANION.as_bytes() {
                found.by_path.entry(path).or_default().old = Some(file);
            }
        }
        for file in self.companions_at(&ends.points.new)? {
            let path = file.path.clone();
            if path.name() == COMPANION.as_bytes() {
                found.by_path.entry(path).or_default().new = Some(file);
            } else {
                found.asciidoc.push(file);
            }
        }
        Ok(found)
    }

    /// The companions at the newest commit of a span.
    ///
    /// # Errors
    /// Where one of its trees cannot be read.
    pub fn companions_of_tip(&self, span: &Span) -> Result<Vec<File>> {
        let mut found = self.companions_at(&Point::Commit(span.tip().clone()))?;
        found.retain(|file| file.path.name() == COMPANION.as_bytes());
        Ok(found)
    }

    /// The companions at a point, and its AsciiDoc files.
    fn companions_at(&self, point: &Point) -> Result<Vec<File>> {
        match point {
            Point::Commit(_) | Point::Empty => {
                self.files_named(point, |name| name == COMPANION.as_bytes() || is_asciidoc(name))
            }
            Point::Index | Point::WorkingTree => {
                // there a companion can only be where the root or a page's folder is
                let pages = self.tracked_files(point, is_page_name)?;
                let mut paths: BTreeSet<RepoPath> = [RepoPath::from(COMPANION)].into();
                paths.extend(
                    pages.iter().flat_map(|file| companion_paths(&file.path, Some(COMPANION))),
                );
                let files = paths.iter().map(|path| self.file_at(point, path));
                let files = files.collect::<Result<Vec<_>>>()?.into_iter().flatten();
                let asciidoc = pages.into_iter().filter(|file| is_asciidoc(file.path.name()));
                Ok(files.chain(asciidoc).collect())
            }
        }
    }

    /// The pages that are the same at both ends, though a companion of theirs is not, by path.
    /// `known` are reported already.
    ///
    /// # Errors
    /// Where a file of the new end cannot be read.
    pub fn renamed_only(
        &self,
        ends: &Ends,
        found: &Companions,
        known: &[FilePair],
        filter: &Filter,
        is_page: IsPage<'_>,
    ) -> Result<Vec<FilePair>> {
        let differs = found.by_path.keys().any(|path| found.differ_for(path));
        if !differs {
            return Ok(Vec::new());
        }
        let known: BTreeSet<&RepoPath> = known.iter().map(|pair| &pair.path).collect();
        let mut pairs = Vec::new();
        for new in self.page_files(&ends.points.new, filter)? {
            if known.contains(&new.path) || !found.differ_for(&new.path) {
                continue;
            }
            let old = self.file_at(&ends.points.old, &new.path)?;
            let Some(old) = old.filter(|old| old.blob == new.blob) else { continue };
            if is_page.is_page(new.path.format(), &self.read_file(&new)?) {
                let (path, file) = (new.path.clone(), Sides::new(Some(old), Some(new)));
                pairs.push(FilePair { path, file });
            }
        }
        Ok(pairs)
    }
}
