//! `check --baseline`: pages against what was accepted, with no history needed.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::diff::{self, DocumentPair, PageSource, compare_all};
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, RepoPath, Repository};
use crate::model::{Change, Document, Sides};
use crate::normalize::{self, Names, PolicyVocabulary, Source};
use crate::policy::{FILE, Gate, Policy, Snapshot, Whose};
use crate::report::{CheckReport, CheckedDocument, End, Report, Status, assemble_report};
use crate::timeline::NamesTable;

use super::check_request::CheckRequest;
use super::keyrefs::Keyrefs;
use super::nothing_found;
use super::pages::{self, PageAt, PagesAt};
use super::policy::{EffectivePolicy, sources_filter};
use super::range::end_of;
use super::shell::{command_in, shell_quoted};
use super::stored::{StoredText, baseline_files, text_of};
use super::way_out::WayOut;
use super::{input, overlooked, range};

/// The version that stands in snapshots.
pub(super) const READER: &str = env!("CARGO_PKG_VERSION");

/// A snapshot with the page that it accepts, as it is read now.
pub(super) struct AcceptedPage {
    pub(super) snapshot: Snapshot,
    pub(super) document: Document,
    /// The names that it is read with.
    names: Names,
    /// What only reading it again changed.
    pub(super) reread: Vec<Change>,
    /// Its file, from the folder of the baseline. One of an older respdiff is right in that folder.
    pub(super) file: String,
    /// Its file as it was written, where something else is on the disk now.
    pub(super) mended: Option<String>,
}

/// A comparison with a baseline.
pub(super) struct BaselineComparison {
    pub(super) gate: Gate,
    pub(super) report: Report,
    /// What only reading pages again changed, by path.
    pub(super) reread: BTreeMap<String, Vec<Change>>,
}

/// All snapshots of a folder, by page.
pub(super) fn load(folder: &Path, keyrefs: &Keyrefs) -> Result<BTreeMap<String, AcceptedPage>> {
    let mut all = BTreeMap::new();
    for file in baseline_files(folder)? {
        let name = file.display().to_string();
        let StoredText { text, is_altered } = text_of(&file)?;
        let plain = keyrefs.names_with(&[]);
        let canonical = |text: &str| normalize::canonical_text(text, &plain);
        let snapshot = Snapshot::read(&name, &text, &canonical)?;
        let page = snapshot.page.clone();
        let mended = is_altered.then_some(text);
        let below = file.strip_prefix(folder).unwrap_or(&file).components();
        let below: Vec<_> = below.map(|part| part.as_os_str().to_string_lossy()).collect();
        let accepted =
            AcceptedPage { mended, file: below.join("/"), ..read_again(snapshot, keyrefs) };
        if let Some(other) = all.insert(page.clone(), accepted) {
            let other = folder.join(other.file);
            return Err(Error::new(
                ErrorKind::Input,
                format!("two snapshots of {page}: {} and {name}", other.display()),
            )
            .with_hint("remove one of them"));
        }
    }
    Ok(all)
}

/// What was accepted, as this respdiff reads it. By the same version and words a snapshot says
/// itself what it accepts; else its text is read again.
fn read_again(snapshot: Snapshot, keyrefs: &Keyrefs) -> AcceptedPage {
    let words = words_of(&keyrefs.policy.policy);
    let names = keyrefs.names_with(&[NamesTable {
        path: snapshot.page.clone(),
        blob: String::new(),
        text: serde_yaml::to_string(&snapshot.names).unwrap_or_default(),
    }]);
    let source = Source::of_file(&snapshot.page, snapshot.source.as_bytes());
    if snapshot.reader == READER && snapshot.words == words {
        let mut document = snapshot.document.clone();
        document.name_provider(names.provider_name());
        // a snapshot holds no notices; what was doubtful when it was accepted is no new doubt
        if ["<<<<<<<", "include::"].iter().any(|sign| snapshot.source.contains(sign)) {
            let notices = normalize::read_page(source, &names).notices.into_iter();
            document.notices.extend(notices.filter(|notice| notice.code.leaves_doubt()));
        }
        let (reread, file) = (Vec::new(), String::new());
        return AcceptedPage { snapshot, document, names, reread, file, mended: None };
    }
    let document = normalize::read_page(source, &names);
    let reread = diff::compare_pages(Sides::new(&snapshot.document, &document)).changes;
    AcceptedPage { snapshot, document, names, reread, file: String::new(), mended: None }
}

/// A fingerprint of a policy's words.
pub(super) fn words_of(policy: &Policy) -> Option<String> {
    let more: Vec<String> = if policy.pages.is_empty() {
        Vec::new()
    } else {
        policy
            .pages
            .key_values()
            .into_iter()
            .map(|(key, values)| format!("{key} {values:?}"))
            .collect()
    };
    policy
        .has_words()
        .then(|| PolicyVocabulary::words_fingerprint(&policy.parties, &policy.placeholders, &more))
}

/// The same error, with the folder that the user named and the repository in its hint.
pub(super) fn with_folder(error: Error, folder: &Path, start: &Path) -> Error {
    let hint = error.advice().map(|hint| {
        let folder = shell_quoted(&folder.to_string_lossy());
        hint.replace("--output DIR", &format!("--output {folder}"))
            .replace("respdiff snapshot", &format!("{} snapshot", command_in(start)))
    });
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// The policy that was in effect when a baseline was stored.
pub(super) fn policy_of(folder: &Path) -> Result<Policy> {
    let file = folder.join(FILE);
    if !file.exists() {
        return Ok(Policy::default());
    }
    let (name, text) = (file.display().to_string(), text_of(&file)?.text);
    Policy::check_stored(&name, &text)?;
    Policy::read(&name, &text, Whose::Repository)
}

impl CheckRequest<'_> {
    /// Compares the pages at a point with those that were accepted.
    pub(super) fn compare_with_baseline(&self, folder: &Path) -> Result<BaselineComparison> {
        let place = self.common.resolve_path(folder);
        let in_folder = |error| with_folder(error, folder, self.common.start_folder());
        let point = self.page_point()?;
        let given = &self.keyrefs.policy;
        let (base, new) = if given.is_given {
            (given.clone(), given.policy.clone())
        } else {
            let stored = policy_of(&place).map_err(in_folder)?;
            let base = EffectivePolicy::with_keyrefs_at(stored, self.repository, &point)?;
            (base, EffectivePolicy::of_repository(self.repository, &point)?.policy)
        };
        let acks = self.acks_at(&point)?;
        let gate =
            self.gate_of(Sides::new(base.policy.clone(), new), Sides::new(acks.clone(), acks))?;
        let keyrefs = self.keyrefs.under_policy(base, self.repository).at_point(&point);
        let mut accepted = load(&place, &keyrefs).map_err(in_folder)?;
        if accepted.is_empty() {
            let shown = folder.display();
            let error =
                Error::new(ErrorKind::Incomplete, format!("`{shown}` contains no snapshots"));
            return Err(in_folder(error.with_hint("create some: respdiff snapshot --output DIR")));
        }
        let mut filter = self.repository.path_filter(&self.args.paths)?;
        if let Some(sources) = sources_filter(self.repository, &gate.policy.old)? {
            filter = filter.within_any(vec![sources]);
        }
        overlooked::warn_of_misnamed(self.repository, &point)?;
        if point == Point::WorkingTree {
            overlooked::report_untracked(self.repository, &filter, &keyrefs.names_with(&[]));
        }
        self.every_path_is_accepted(&point, &accepted)?;
        accepted.retain(|page, _| filter.matches(&RepoPath::from(page.as_str())));
        let at = PagesAt::new(self.repository, &point, &keyrefs);
        let mut found = at.pages_under(&filter)?;
        keyrefs.print_warnings();
        // an accepted page whose parties cannot be read any more is there
        found.retain(|page| {
            page.document.is_responsibility_page() || accepted.contains_key(&page.path())
        });
        let missing =
            accepted.keys().filter(|path| !found.iter().any(|page| page.path() == **path));
        let missing: Vec<RepoPath> = missing.map(|path| RepoPath::from(path.as_str())).collect();
        found.extend(at.pages_of_paths(&missing)?);
        if found.is_empty() && accepted.is_empty() {
            let message = "neither the baseline nor the pages match";
            return Err(nothing_found::no_page(message, WayOut::Nothing, self.repository));
        }
        let (pairs, reread) = pair_pages(accepted, found);
        let ends = Sides::new(End::File { path: folder.display().to_string() }, end_of(&point));
        Ok(BaselineComparison { gate, report: baseline_report(&pairs, ends, &point), reread })
    }

    /// The point whose pages are held against the baseline.
    pub(super) fn page_point(&self) -> Result<Point> {
        let usage = |message: &str| {
            Error::new(ErrorKind::Usage, message.to_owned())
                .with_hint("respdiff check --baseline DIR [REV]")
        };
        match self.args.revisions.as_slice() {
            [] if self.args.cached => self.repository.require_index().map(|()| Point::Index),
            [] => pages::named_point(self.repository, None),
            [_] if self.args.cached => Err(usage("--cached takes no revision with --baseline")),
            [one] => {
                let one = input::word_text(one)?;
                if one.contains("..") {
                    return Err(usage("the baseline replaces the old end of the range"));
                }
                pages::named_point(self.repository, Some(one))
            }
            _ => Err(usage("--baseline takes one revision")),
        }
    }

    fn every_path_is_accepted(
        &self,
        point: &Point,
        accepted: &BTreeMap<String, AcceptedPage>,
    ) -> Result<()> {
        for path in &self.args.paths {
            let filter = self.repository.path_filter(std::slice::from_ref(path))?;
            let known = accepted.keys().any(|page| filter.matches(&RepoPath::from(page.as_str())));
            if !known && self.repository.page_files(point, &filter)?.is_empty() {
                return Err(range::no_such_path(self.repository, &[point], path));
            }
        }
        Ok(())
    }
}

impl EffectivePolicy {
    /// A policy whose keyref files are read at a point.
    pub(super) fn with_keyrefs_at(
        policy: Policy,
        repository: &Repository,
        point: &Point,
    ) -> Result<Self> {
        let name = policy.origin.clone().unwrap_or_default();
        let files = Self::read_files(&policy, &name, repository, point)?;
        Ok(Self::from_files(policy, files))
    }
}

/// A page with the path and the file that it was read from.
struct PageHeld {
    path: String,
    content: Arc<[u8]>,
    names: Names,
    document: Document,
}

impl PageHeld {
    fn page_source(&self) -> PageSource<'_> {
        PageSource {
            source: Source::of_file(&self.path, &self.content),
            names: &self.names,
            page: &self.document,
        }
    }
}

/// An accepted page and the same page now.
type PagePair = Sides<Option<PageHeld>>;

/// Pairs by path, then by text: a page that went elsewhere took most of its lines with it.
fn pair_pages(
    mut accepted: BTreeMap<String, AcceptedPage>,
    found: Vec<PageAt>,
) -> (Vec<PagePair>, BTreeMap<String, Vec<Change>>) {
    let mut pairs = Vec::new();
    let mut reread = BTreeMap::new();
    let mut lone = Vec::new();
    let mut pair = |accepted: Option<AcceptedPage>, page: Option<PageAt>| {
        let new = page.map(|page| PageHeld {
            path: page.path(),
            content: page.content,
            names: page.names,
            document: page.document,
        });
        let old = accepted.map(|accepted| {
            if !accepted.reread.is_empty() {
                let path = new.as_ref().map_or(&accepted.snapshot.page, |new| &new.path);
                reread.insert(path.clone(), accepted.reread);
            }
            PageHeld {
                path: accepted.snapshot.page,
                content: Arc::from(accepted.snapshot.source.as_bytes()),
                names: accepted.names,
                document: accepted.document,
            }
        });
        pairs.push(Sides::new(old, new));
    };
    for page in found {
        match accepted.remove(&page.file.path.to_string()) {
            Some(same) => pair(Some(same), Some(page)),
            None => lone.push(page),
        }
    }
    for page in lone {
        let text = page.names.whole_text(&page.content);
        let alike = |accepted: &AcceptedPage| common_share(&accepted.snapshot.source, &text);
        let best = accepted.iter().map(|(path, old)| (alike(old), path)).max();
        let best = best.filter(|(share, _)| *share >= 50).map(|(_, path)| path.clone());
        pair(best.and_then(|path| accepted.remove(&path)), Some(page));
    }
    for gone in accepted.into_values() {
        pair(Some(gone), None);
    }
    (pairs, reread)
}

/// How many of 100 lines two texts share.
fn common_share(old: &str, new: &str) -> usize {
    let lines = |text: &str| -> HashSet<String> {
        text.lines().map(str::trim).filter(|line| line.len() > 3).map(str::to_owned).collect()
    };
    let (old, new) = (lines(old), lines(new));
    let both = old.intersection(&new).count();
    100 * both / old.len().max(new.len()).max(1)
}

fn baseline_report(pairs: &[PagePair], ends: Sides<End>, point: &Point) -> Report {
    let documents: Vec<DocumentPair<'_>> = pairs
        .iter()
        .map(|pair| DocumentPair {
            path: pair.as_ref().map(|side| side.as_ref().map(|page| page.path.clone())),
            page: pair_documents(pair),
        })
        .collect();
    let comparisons = compare_all(&documents);
    let commit = Sides::new(None, point.commit_id().map(|id| id.to_string()));
    let all = pairs.iter().zip(documents).zip(comparisons);
    let reported = all.map(|((pair, document), mut comparison)| {
        let sources = pair.as_ref().map(|side| side.as_ref().map(PageHeld::page_source));
        diff::note_unread(sources, &mut comparison);
        range::compared_page(document.path, commit.clone(), document.page, comparison)
    });
    assemble_report(ends, reported.collect(), Vec::new())
}

fn pair_documents(pair: &PagePair) -> Sides<Option<&Document>> {
    pair.as_ref().map(|side| side.as_ref().map(|page| &page.document))
}

/// Adds what only reading pages again changed.
pub(super) fn add_reread_changes(checked: &mut CheckReport, reread: BTreeMap<String, Vec<Change>>) {
    for (path, changes) in reread {
        if let Some(document) = checked.documents.iter_mut().find(|known| known.path == path) {
            document.reread = changes;
            continue;
        }
        checked.documents.push(CheckedDocument {
            path,
            old_path: None,
            status: Status::Modified,
            title: String::new(),
            changes: Vec::new(),
            reread: changes,
            notices: Vec::new(),
            unread: Vec::new(),
            reads_rest: true,
        });
    }
    checked.documents.sort_by(|a, b| a.path.cmp(&b.path));
}
