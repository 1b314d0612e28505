//! `respdiff snapshot`: stores pages as they are accepted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::deliver;
use crate::diff;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, RepoPath, Repository};
use crate::model::{Sides, counted};
use crate::policy::{FILE, Policy, Snapshot};
use crate::render::safe;

use super::args::{CommonArgs, SnapshotArgs};
use super::baseline::{AcceptedPage, READER, load, policy_of, with_folder, words_of};
use super::keyrefs::Keyrefs;
use super::left_out::LeftOut;
use super::output::Output;
use super::pages::{self, PageAt, PagesAt};
use super::range::require_paths;
use super::shell::{command_in, same_options, same_paths, shell_quoted};
use super::stored::text_of;
use super::{Outcome, export_gaps, several};

pub(super) fn run(args: &SnapshotArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let output = Output::from_args(common);
    let Some(places) = several::several_places(common)? else {
        output.write(&store_pages(args, common, &keyrefs)?)?;
        return Ok(Outcome::Done);
    };
    several::refuse_absolute(&args.output, "--output", "the snapshots of each repository")?;
    let results = several::run_each(places, |place| {
        let repository = Repository::open(&place.folder)?;
        let keyrefs = keyrefs.of_repository(&repository);
        store_pages(args, &common.within_folder(&place.folder), &keyrefs)
    });
    output.write(&several::results_text(&results, &output, |reported, _| reported.clone()))?;
    Ok(several::results_outcome(&results, false))
}

/// Stores the pages of one repository; returns what was done about each.
fn store_pages(args: &SnapshotArgs, common: &CommonArgs, keyrefs: &Keyrefs) -> Result<Vec<u8>> {
    let repository = Repository::open(common.start_folder())?;
    let revision = args.at.revision.clone();
    let point = pages::named_point(&repository, revision.clone())?;
    let keyrefs = keyrefs.in_force(&repository, &point)?;
    let filter = keyrefs.reported_filter(&repository, &[&point], &args.at.paths)?;
    let at = PagesAt::new(&repository, &point, &keyrefs);
    let found = at.pages_under(&filter)?;
    keyrefs.print_warnings();
    let (found, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|page| page.document.is_responsibility_page());
    let folder = SnapshotFolder::at_path(&args.output, common);
    let mut known = if folder.is_there() { folder.snapshots(&keyrefs)? } else { BTreeMap::new() };
    let is_first = known.is_empty() && !folder.path().join(FILE).exists();
    known.retain(|page, _| filter.matches(&RepoPath::from(page.as_str())));
    let asked = (&filter, args.at.paths.as_slice());
    let paths: Vec<_> = found.iter().map(|page| page.file.path.clone()).collect();
    let left_out = LeftOut::find(at, asked, &paths)?.with_tables(at, &found)?;
    if found.is_empty() && known.is_empty() {
        require_paths(&repository, &[&point], &args.at.paths)?;
        left_out.refuse_no_page()?;
    }
    refuse_unread_tables(&left_out, args)?;
    refuse_unread_pages(&known, &others, &left_out, args.accept)?;
    let left_out = if known.is_empty() { left_out } else { left_out.without_page_hint() };
    left_out.print();
    let pages = found.iter().map(|page| snapshot_of(page, &point, &keyrefs)).collect();
    let mut plan = SnapshotPlan::from_pages(pages, &known, args.accept)?;
    for gone in &plan.remove {
        if repository.file_at(&point, &RepoPath::from(gone.as_str()))?.is_some() {
            plan.without_duties.insert(gone.clone());
        }
    }
    let policy = &keyrefs.policy.policy;
    let policy_differs = folder.policy_differs(policy)?;
    if !args.accept && !is_first {
        plan.policy_differs.clone_from(&policy_differs);
    }
    if !plan.differ.is_empty() || !plan.policy_differs.is_empty() {
        let of = revision.map(|name| format!(" {}", shell_quoted(&name))).unwrap_or_default();
        let options = same_options(common, args.keyrefs.as_deref());
        return Err(plan.refusal_error(&folder, &[of, options, same_paths(&args.at.paths)]));
    }
    let mut reported = plan.carry_out(&folder)?;
    if !policy_differs.is_empty() || folder.is_policy_altered() {
        folder.write_file(FILE, policy.to_stored_yaml().as_bytes())?;
    }
    reported.push_str(&folder.keep_line_endings()?);
    // names of pages are untrusted text
    let lines: Vec<_> = reported.split('\n').map(safe::make_visible).collect();
    Ok(lines.join("\n").into_bytes())
}

/// A page of which a table can no longer be read is stored only by who has seen that.
fn refuse_unread_tables(left_out: &LeftOut, args: &SnapshotArgs) -> Result<()> {
    match export_gaps::incomplete_export(left_out.tables()) {
        Some(error) if !args.accept => Err(error.with_hint(
            "fix the page; or exclude it with `-- ':!PATH'`; or pass `--accept` to store it as respdiff reads it",
        )),
        Some(_) | None => Ok(()),
    }
}

/// What was accepted of a page stays until somebody can say what became of it.
fn refuse_unread_pages(
    known: &BTreeMap<String, AcceptedPage>,
    others: &[PageAt],
    left_out: &LeftOut,
    accept: bool,
) -> Result<()> {
    let seems_one = |path: &str| {
        others.iter().any(|page| page.path() == path && page.document.seems_to_assign())
    };
    let is_unread = |path: &&String| seems_one(path) || left_out.is_former(path);
    let Some(page) = known.keys().find(is_unread) else { return Ok(()) };
    left_out.print();
    let lost = if accept { ": what was accepted of it would be lost" } else { "" };
    let message =
        format!("{page} is still there, but respdiff cannot tell who has which duty on it{lost}");
    Err(Error::new(ErrorKind::Incomplete, safe::make_visible(&message).into_owned()).with_hint(
        "fix the page, or exclude it: `-- ':!PATH'`; if it no longer assigns responsibilities, \
         remove its tables",
    ))
}

fn snapshot_of(page: &PageAt, point: &Point, keyrefs: &Keyrefs) -> Snapshot {
    let source = page.names.whole_text(&page.content);
    let mut document = page.document.clone();
    document.notices.clear();
    Snapshot {
        reader: READER.to_owned(),
        words: words_of(&keyrefs.policy.policy),
        page: page.file.path.to_string(),
        commit: point.commit_id().map(|id| id.to_string()),
        blob: page.file.blob.to_string(),
        document,
        names: page.names.used_in(&source),
        source,
    }
}

/// What is to be done about each page.
#[derive(Default)]
struct SnapshotPlan {
    write: Vec<Snapshot>,
    /// Files as they were written, by page, where a checkout or an editor altered them.
    mend: Vec<(String, String)>,
    remove: Vec<String>,
    /// Of these, the pages whose file is still there.
    without_duties: BTreeSet<String>,
    same: usize,
    /// Pages that are not as they were accepted, and how.
    differ: Vec<String>,
    /// The keys of the policy that are not as they were accepted.
    policy_differs: Vec<&'static str>,
    /// The files of the pages that were accepted before.
    files: BTreeMap<String, String>,
}

impl SnapshotPlan {
    fn from_pages(
        pages: Vec<Snapshot>,
        known: &BTreeMap<String, AcceptedPage>,
        accept: bool,
    ) -> Result<Self> {
        let file = |(page, before): (&String, &AcceptedPage)| (page.clone(), before.file.clone());
        let mut plan = Self { files: known.iter().map(file).collect(), ..Self::default() };
        let there: BTreeSet<String> = pages.iter().map(|page| page.page.clone()).collect();
        for page in pages {
            match known.get(&page.page) {
                None => plan.write.push(page),
                Some(before) => plan.plan_page(page, before, accept)?,
            }
        }
        for gone in known.keys().filter(|page| !there.contains(*page)) {
            if accept {
                plan.remove.push(gone.clone());
            } else {
                plan.differ.push(format!("{gone} is gone"));
            }
        }
        Ok(plan)
    }

    /// A page that was accepted before.
    fn plan_page(&mut self, page: Snapshot, before: &AcceptedPage, accept: bool) -> Result<()> {
        let changes =
            diff::compare_pages(Sides::new(&before.document, &page.document)).changes.len();
        if accept {
            let same = Snapshot { commit: before.snapshot.commit.clone(), ..page.clone() };
            // what is read back may differ from what was written in what no file holds
            if same.write()? == before.snapshot.write()? {
                self.keep_same(page.page, before);
            } else {
                self.write.push(page);
            }
        } else if changes > 0 {
            let changes = counted(changes, "change");
            self.differ.push(format!("{} has {changes}", page.page));
        } else {
            self.keep_same(page.page, before);
        }
        Ok(())
    }

    fn keep_same(&mut self, page: String, before: &AcceptedPage) {
        self.same += 1;
        self.mend.extend(before.mended.clone().map(|text| (page, text)));
    }

    fn refusal_error(&self, folder: &SnapshotFolder, [of, options, paths]: &[String; 3]) -> Error {
        let shown = folder.shown.display();
        let what = match (self.differ.is_empty(), self.policy_differs.is_empty()) {
            (true, _) => "the policy differs from the accepted one",
            (_, true) => "the pages differ from the accepted snapshots",
            _ => "the pages and the policy differ from what was accepted",
        };
        let keys = self.policy_differs.iter().map(|key| format!("`{key}` in {FILE} changed"));
        let differ = self.differ.iter().cloned().chain(keys).collect::<Vec<_>>().join("; ");
        let (command, place) =
            (command_in(&folder.start), shell_quoted(&folder.shown.to_string_lossy()));
        Error::new(ErrorKind::Input, format!("{what} in `{shown}`: {differ}")).with_hint(format!(
            "review with `{command} check{options} --baseline {place}{of}{paths}`, then accept: \
                 {command} snapshot{of}{options} --output {place} --accept{paths}"
        ))
    }

    /// A page keeps its file.
    fn file_of(&self, page: &str) -> String {
        self.files.get(page).cloned().unwrap_or_else(|| Snapshot::file_name(page))
    }

    fn carry_out(self, folder: &SnapshotFolder) -> Result<String> {
        // writing to a String cannot fail
        let mut reported = String::new();
        for page in &self.write {
            let name = self.file_of(&page.page);
            folder.free_for(&name, &page.page)?;
            folder.write_file(&name, page.write()?.as_bytes())?;
            let _ =
                writeln!(reported, "stored {} as {}", page.page, folder.shown.join(name).display());
        }
        for (page, text) in &self.mend {
            folder.write_file(&self.file_of(page), text.as_bytes())?;
            let _ =
                writeln!(reported, "fixed the line endings or encoding of the snapshot of {page}");
        }
        for page in &self.remove {
            folder.remove(&self.file_of(page))?;
            let why = if self.without_duties.contains(page) {
                "no longer assigns responsibilities"
            } else {
                "no longer exists"
            };
            let _ = writeln!(reported, "removed the snapshot of {page}: the page {why}");
        }
        let pages = |count| counted(count, "page");
        let _ = writeln!(
            reported,
            "{} stored, {} unchanged.",
            pages(self.write.len()),
            pages(self.same)
        );
        Ok(reported)
    }
}

/// The file by which git knows what to do with line endings.
const ATTRIBUTES: &str = ".gitattributes";
const ATTRIBUTES_LINE: &str = "*.yaml text eol=lf";
/// Where the folder is the root, other files are not to be touched.
const ROOT_ATTRIBUTES_LINE: &str = "/*.yaml text eol=lf";
const ATTRIBUTES_NOTE: &str = "\
# Written by `respdiff snapshot`: git leaves the line endings of the snapshots as they are.
";

/// Where snapshots are kept.
struct SnapshotFolder {
    /// As it was named.
    shown: PathBuf,
    /// Where the run is, by which its path is seen.
    start: PathBuf,
    /// What is not to be left through a link.
    root: PathBuf,
    /// The way from there.
    below: String,
}

impl SnapshotFolder {
    fn at_path(shown: &Path, common: &CommonArgs) -> Self {
        let plain = shown.components().all(|part| matches!(part, Component::Normal(_)));
        let (root, below) = match shown.to_str().filter(|_| plain) {
            Some(below) => {
                (common.start_folder().to_owned(), below.trim_end_matches('/').to_owned())
            }
            None => (common.resolve_path(shown), String::new()),
        };
        Self { shown: shown.to_owned(), start: common.start_folder().to_owned(), root, below }
    }

    fn path(&self) -> PathBuf {
        self.root.join(&self.below)
    }

    fn snapshots(&self, keyrefs: &Keyrefs) -> Result<BTreeMap<String, AcceptedPage>> {
        load(&self.path(), keyrefs).map_err(|error| with_folder(error, &self.shown, &self.start))
    }

    fn is_there(&self) -> bool {
        self.path().is_dir()
    }

    fn path_below(&self, name: &str) -> String {
        if self.below.is_empty() { name.to_owned() } else { format!("{}/{name}", self.below) }
    }

    /// Never overwrites what is not the page's own snapshot.
    fn free_for(&self, name: &str, page: &str) -> Result<()> {
        let path = self.path().join(name);
        let Ok(found) = fs::symlink_metadata(&path) else { return Ok(()) };
        let text = if found.is_file() {
            text_of(&path).map(|stored| stored.text).unwrap_or_default()
        } else {
            String::new()
        };
        let its = Snapshot::is_ours(&text)
            && Snapshot::read(name, &text, &str::to_owned).is_ok_and(|known| known.page == page);
        if its {
            return Ok(());
        }
        let message = format!("`{}` exists and is not a snapshot of {page}", path.display());
        Err(Error::new(ErrorKind::Output, message).with_hint("move it, or name another --output"))
    }

    fn write_file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        deliver::write_inside(&self.root, &self.path_below(name), bytes)
    }

    fn remove(&self, name: &str) -> Result<()> {
        deliver::remove_inside(&self.root, &self.path_below(name))
    }

    /// Whether the policy that is kept here is not as it was written.
    fn is_policy_altered(&self) -> bool {
        text_of(&self.path().join(FILE)).is_ok_and(|stored| stored.is_altered)
    }

    /// Tells git to leave the files as they are on every machine; what a person wrote stays.
    fn keep_line_endings(&self) -> Result<String> {
        let path = self.path().join(ATTRIBUTES);
        let line = if self.below.is_empty() { ROOT_ATTRIBUTES_LINE } else { ATTRIBUTES_LINE };
        let known = text_of(&path).map(|stored| stored.text).unwrap_or_default();
        // one that an older respdiff wrote says nothing of folders
        let is_older = known == format!("{ATTRIBUTES_NOTE}{ROOT_ATTRIBUTES_LINE}\n");
        if is_older || fs::symlink_metadata(&path).is_err() {
            let text = format!("{ATTRIBUTES_NOTE}{line}\n");
            if known != text {
                self.write_file(ATTRIBUTES, text.as_bytes())?;
            }
            return Ok(String::new());
        }
        let keeps = |line: &str| {
            let mut words = line.split_whitespace();
            let is_for_all = matches!(words.next(), Some("*" | "*.yaml" | "/*.yaml"));
            is_for_all && words.any(|word| matches!(word, "eol=lf" | "-text" | "binary"))
        };
        if known.lines().any(keeps) {
            return Ok(String::new());
        }
        let shown = self.shown.join(ATTRIBUTES);
        Ok(format!("{} exists and is not changed: add `{line}` to it\n", shown.display()))
    }

    /// The keys in which the policy is not the one that is kept here, which is the base side of
    /// checks: what it says is accepted like a page.
    fn policy_differs(&self, policy: &Policy) -> Result<Vec<&'static str>> {
        let path = self.path().join(FILE);
        if fs::symlink_metadata(&path).is_ok() {
            let text = text_of(&path)?.text;
            if !Policy::is_stored(&text) {
                let message = format!("`{}` exists and belongs to no snapshot", path.display());
                return Err(Error::new(ErrorKind::Output, message)
                    .with_hint("move it, or name another --output"));
            }
        }
        let stored = policy_of(&self.path())
            .map_err(|error| with_folder(error, &self.shown, &self.start))?;
        Ok(stored.differs_in(policy))
    }
}
