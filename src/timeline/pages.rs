//! Contents to pages, each distinct one read and parsed once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::duty_counts::DutyCounts;
use super::stand_in::StandIn;
use crate::error::Result;
use crate::history::{File, FileVersion, Id, PageIncludes, RepoPath, Repository};
use crate::model::{Document, Duty, Format, Matrix, Row};
use crate::normalize::{self, Names, Source};

/// Gives the product names that hold where the given keyref files do: the root's first, then
/// that of the page's own folder.
pub type NamesOf<'a> = &'a (dyn Fn(&[NamesTable]) -> Names + Sync);

/// A docs repository's own table of product names, as it was at some point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamesTable {
    /// Where it is.
    pub path: String,
    /// The id of its content, short.
    pub blob: String,
    /// What it says.
    pub text: String,
}

impl NamesTable {
    /// Reads it.
    ///
    /// # Errors
    /// Where its content cannot be read.
    pub fn read_table(repo: &Repository, file: &File) -> Result<Self> {
        let text = String::from_utf8_lossy(&repo.read_file(file)?).into_owned();
        Ok(Self { path: file.path.to_string(), blob: file.blob.short(), text })
    }
}

/// What a docs repository calls its own table of names.
pub(super) const NAMES_FILE: &str = crate::history::COMPANION;

/// This many contents are in memory at once, before they are parsed.
const BATCH: usize = 64;

/// One parsed content.
#[derive(Debug, Default)]
pub(super) struct PageContent {
    /// What it says, and behind that the duties that stand in for those that cannot be read.
    pub(super) document: Document,
    stand_ins: Vec<StandIn>,
    census: OnceLock<DutyCounts>,
    addresses: OnceLock<Vec<DutyPosition>>,
}

/// A duty's matrix, row, and number in the row.
type DutyPosition = (usize, usize, usize);

impl PageContent {
    pub(super) fn new(document: Document) -> Self {
        Self { document, ..Self::default() }
    }

    /// What was read of a page, with other tables that cannot be read in it.
    pub(super) fn with_stand_ins(page: &Self, stand_ins: Vec<StandIn>) -> Self {
        let mut document = page.as_read().into_owned();
        document.matrices.extend(stand_ins.iter().map(|table| Arc::clone(&table.matrix)));
        Self { document, stand_ins, ..Self::default() }
    }

    /// The tables that cannot be read in it.
    pub(super) fn stand_ins(&self) -> &[StandIn] {
        &self.stand_ins
    }

    /// What can be read of it.
    pub(super) fn as_read(&self) -> Cow<'_, Document> {
        if self.stand_ins.is_empty() {
            return Cow::Borrowed(&self.document);
        }
        let mut document = self.document.clone();
        document.matrices.truncate(self.read_matrices());
        Cow::Owned(document)
    }

    /// How many of the matrices were read in it; the others stand in.
    pub(super) fn read_matrices(&self) -> usize {
        self.document.matrices.len() - self.stand_ins.len()
    }

    /// Whether a duty was read in it, by its position.
    pub(super) fn is_read(&self, at: usize) -> bool {
        let addresses = self.addresses.get_or_init(|| duty_positions(&self.document));
        addresses.get(at).is_some_and(|(matrix, _, _)| *matrix < self.read_matrices())
    }

    /// A duty by its position (see [`Document::duties`]), in its matrix and row.
    pub(super) fn duty_at(&self, at: usize) -> Option<(&Matrix, &Row, &Duty)> {
        let addresses = self.addresses.get_or_init(|| duty_positions(&self.document));
        let (matrix, row, duty) = *addresses.get(at)?;
        let matrix = self.document.matrices.get(matrix)?;
        let row = matrix.rows.get(row)?;
        Some((matrix, row, row.duties.get(duty)?))
    }

    pub(super) fn duty_count(&self) -> usize {
        self.addresses.get_or_init(|| duty_positions(&self.document)).len()
    }

    pub(super) fn counts_by_key(&self) -> &DutyCounts {
        self.census.get_or_init(|| DutyCounts::new(&self.document))
    }
}

fn duty_positions(document: &Document) -> Vec<DutyPosition> {
    let mut all = Vec::new();
    for (at, matrix) in document.matrices.iter().enumerate() {
        for (row, content) in matrix.rows.iter().enumerate() {
            all.extend((0..content.duties.len()).map(|duty| (at, row, duty)));
        }
    }
    all
}

/// A content, its format, the names that it is read with, and the files that it includes, its own
/// path first.
type PageKey = (Id, Format, Vec<Id>, Vec<(RepoPath, Option<Id>)>);

/// The pages of a repository, by content.
pub(super) struct Pages<'a> {
    repo: &'a Repository,
    names_of: NamesOf<'a>,
    names: HashMap<Vec<Id>, Arc<Names>>,
    known: HashMap<PageKey, Arc<PageContent>>,
    nothing: Arc<PageContent>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(repo: &'a Repository, names_of: NamesOf<'a>) -> Self {
        let (names, known) = (HashMap::new(), HashMap::new());
        Self { repo, names_of, names, known, nothing: Arc::default() }
    }

    /// Reads versions, many at a time.
    pub(super) fn load<'v>(
        &mut self,
        versions: impl IntoIterator<Item = &'v FileVersion>,
    ) -> Result<()> {
        let mut batch: HashMap<PageKey, (Arc<[u8]>, Arc<Names>)> = HashMap::new();
        for version in versions {
            let Some(file) = &version.file else { continue };
            let key = page_key(file, &version.companions, &version.included);
            if self.known.contains_key(&key) || batch.contains_key(&key) {
                continue;
            }
            let names = self.names_at(version)?;
            batch.insert(key, (self.repo.read_file(file)?, names));
            if batch.len() == BATCH {
                self.parse(std::mem::take(&mut batch));
            }
        }
        self.parse(batch);
        Ok(())
    }

    /// The page of a version, whether it assigns responsibility or not; an empty one where the
    /// file was not there.
    pub(super) fn page_of(&mut self, version: &FileVersion) -> Result<Arc<PageContent>> {
        let Some(file) = &version.file else { return Ok(Arc::clone(&self.nothing)) };
        self.load([version])?;
        Ok(self.page_at(&page_key(file, &version.companions, &version.included)))
    }

    /// Whether a version assigns responsibility.
    pub(super) fn is_readable(&mut self, version: Option<&FileVersion>) -> Result<bool> {
        let Some(version) = version else { return Ok(false) };
        Ok(self.page_of(version)?.document.is_responsibility_page())
    }

    /// What gives the names.
    pub(super) fn names_of(&self) -> NamesOf<'a> {
        self.names_of
    }

    /// Where contents come from.
    pub(super) fn repository(&self) -> &'a Repository {
        self.repo
    }

    /// The page of a blob that has the companions of a known version.
    pub(super) fn of_blob(
        &mut self,
        blob: Option<Id>,
        version: &FileVersion,
    ) -> Result<Arc<PageContent>> {
        let (Some(blob), Some(file)) = (blob, &version.file) else {
            return Ok(Arc::clone(&self.nothing));
        };
        let mut version = version.clone();
        version.file = Some(file.with_blob(blob));
        self.page_of(&version)
    }

    /// Gives back the memory of all pages that nobody else holds.
    pub(super) fn forget_unused(&mut self) {
        self.known.clear();
    }

    fn page_at(&self, key: &PageKey) -> Arc<PageContent> {
        Arc::clone(self.known.get(key).unwrap_or(&self.nothing))
    }

    fn parse(&mut self, batch: HashMap<PageKey, (Arc<[u8]>, Arc<Names>)>) {
        let parsed: Vec<(PageKey, Arc<PageContent>)> = batch
            .into_par_iter()
            .map(|(key, (content, names))| {
                let source = Source::in_format(key.1, &content);
                (key, Arc::new(PageContent::new(normalize::read_page(source, &names))))
            })
            .collect();
        self.known.extend(parsed);
    }

    /// The names that a version is read with.
    pub(super) fn names_at(&mut self, version: &FileVersion) -> Result<Arc<Names>> {
        let names = self.names_of_companions(&version.companions)?;
        let Some(file) = version.file.as_ref().filter(|file| {
            // without the files, too: those that are missing are told
            file.path.format() == Format::AsciiDoc
        }) else {
            return Ok(names);
        };
        let texts = self.repo.included_texts(&file.path, &version.included)?;
        Ok(Arc::new(Names::clone(&names).with_included(texts)))
    }

    /// The names where these keyref files hold.
    pub(super) fn names_of_companions(&mut self, companions: &[File]) -> Result<Arc<Names>> {
        let key: Vec<Id> = companions.iter().map(|file| file.blob).collect();
        if let Some(known) = self.names.get(&key) {
            return Ok(Arc::clone(known));
        }
        let tables = companions.iter().map(|file| NamesTable::read_table(self.repo, file));
        let names = Arc::new((self.names_of)(&tables.collect::<Result<Vec<_>>>()?));
        self.names.insert(key, Arc::clone(&names));
        Ok(names)
    }
}

fn page_key(page: &File, companions: &[File], included: &PageIncludes) -> PageKey {
    let mut within = included.content_ids();
    if page.path.format() == Format::AsciiDoc {
        within.insert(0, (page.path.clone(), Some(page.blob)));
    }
    let names = companions.iter().map(|file| file.blob).collect();
    (page.blob, page.path.format(), names, within)
}
