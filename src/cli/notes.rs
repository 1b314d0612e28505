//! Release notes of one repository: what changed, and how it is written.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository, Request, Span, is_span};
use crate::model::{Code, Kind};
use crate::normalize::{self};
use crate::policy::FILE;
use crate::render::{self, NotesFormat, Template};
use crate::report::{DocumentReport, Edition, LinkBase, Notes, PageLinks, PageLog};
use crate::timeline::OldSide;

use super::args::{CommonArgs, NotesArgs, NotesByArg, NotesFormatArg};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::nothing_found::print_notes;
use super::other_dates::note_other_dates;
use super::output::Output;
use super::range::{self, CompareRequest};
use super::session::Session;
use super::swapped_ends::note_swapped_ends;
use super::written_notes::{in_doubt, left_out, prepend_notes, write_notes};
use super::{Outcome, input, overlooked, pages};

/// Columns of plain text that goes into a file.
const WIDTH: usize = 80;

/// Writes the notes of one repository.
pub(super) fn write_one(asked: &NotesRequest<'_>, output: &Output) -> Result<Outcome> {
    let mut below = Vec::new();
    let (notes, unread, bytes) = asked.render_notes(output, &mut below)?;
    match (asked.output_file(), &asked.args.prepend) {
        (Some(path), _) => write_notes(path, asked.common, notes.entries.len(), &bytes)?,
        (None, Some(path)) => {
            let shown = asked.common.resolve_path(path);
            prepend_notes(path, &shown, asked.common, &notes, &bytes)?;
        }
        (None, None) => output.write(&bytes)?,
    }
    print_notes(&below);
    report_unread(None, &unread);
    Ok(if unread.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// Says on standard error what could not be known for the notes of a repository.
pub(super) fn report_unread(repository: Option<&str>, unread: &[String]) {
    for line in unread {
        let line = match repository {
            Some(name) => line.replacen("error: ", &format!("error: {name}: "), 1),
            None => line.clone(),
        };
        print_line(&line);
    }
}

/// What the notes are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Template(NotesFormat),
    Json,
    Atom,
}

pub(super) fn notes_format(args: &NotesArgs) -> Result<Written> {
    let refuse = |message: &str, hint: &str| {
        Err(Error::new(ErrorKind::Usage, message.to_owned()).with_hint(hint.to_owned()))
    };
    if args.heading.is_some() && args.by != NotesByArg::Range {
        return refuse("--heading applies only to --by range", "add --by range");
    }
    if args.prepend.is_some() && args.format != NotesFormatArg::Markdown {
        return refuse("--prepend puts markdown into a changelog", "omit --format");
    }
    match args.format {
        NotesFormatArg::Markdown => Ok(Written::Template(NotesFormat::Markdown)),
        NotesFormatArg::Text => Ok(Written::Template(NotesFormat::Text)),
        NotesFormatArg::Html => Ok(Written::Template(NotesFormat::Html)),
        NotesFormatArg::Json | NotesFormatArg::Atom
            if args.template.is_some() || args.print_template =>
        {
            let option = if args.print_template { "--print-template" } else { "--template" };
            let is_json = args.format == NotesFormatArg::Json;
            let format = if is_json { "JSON" } else { "a feed" };
            refuse(
                &format!("{option} does not apply to {format}"),
                "name --format markdown, text or html",
            )
        }
        NotesFormatArg::Atom if !args.by.is_lasting() => refuse(
            "a feed needs entries that stay the same",
            "use --by edition or --by change; other entries differ from run to run",
        ),
        NotesFormatArg::Json => Ok(Written::Json),
        NotesFormatArg::Atom => Ok(Written::Atom),
    }
}

fn read_template(path: &Path, common: &CommonArgs) -> Result<Template> {
    let bytes = input::read_option(&common.resolve_path(path))?;
    let name = path.display().to_string();
    let source = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(ErrorKind::Input, format!("`{name}` is not UTF-8 (at byte {at})"))
            .with_hint("save it as UTF-8")
    })?;
    Ok(Template { name, source })
}

/// What was asked for, found good.
pub(super) struct NotesRequest<'a> {
    pub(super) args: &'a NotesArgs,
    pub(super) common: &'a CommonArgs,
    pub(super) format: Written,
    pub(super) template: Option<Template>,
    pub(super) link_base: Option<LinkBase>,
    pub(super) keyrefs: Keyrefs,
}

impl<'a> NotesRequest<'a> {
    pub(super) fn from_args(args: &'a NotesArgs, common: &'a CommonArgs) -> Result<Self> {
        Ok(Self {
            args,
            common,
            format: notes_format(args)?,
            template: args.template.as_ref().map(|path| read_template(path, common)).transpose()?,
            link_base: args
                .link_base
                .as_deref()
                .map(|url| LinkBase::parse(url, "--link-base"))
                .transpose()?,
            keyrefs: Keyrefs::load(common, args.keyrefs.as_deref())?,
        })
    }

    /// The file that the notes are to be written to; `-` is standard output, as everywhere.
    pub(super) fn output_file(&self) -> Option<&Path> {
        self.args.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// The notes as they are written, and what could not be known for them. Notes that stand below
    /// them go to `below`.
    pub(super) fn render_notes(
        &self,
        output: &Output,
        below: &mut Vec<String>,
    ) -> Result<(Notes, Vec<String>, Vec<u8>)> {
        let (mut notes, unread) = self.build_notes(below)?;
        notes.show_commits = self.args.commits;
        let given = self.link_base.clone();
        let base =
            if self.format == Written::Atom { given.or_else(|| self.ibm_docs()) } else { given };
        let link = base.as_ref().map(|base| base.as_str().to_owned());
        if let Some(base) = base {
            notes.set_links(self.page_links(base)?);
        }
        let is_file = self.output_file().is_some() || self.args.prepend.is_some();
        let width = if is_file {
            self.common.width.unwrap_or(WIDTH)
        } else {
            output.text_options(None).width
        };
        let bytes = match self.format {
            Written::Template(format) => {
                render::notes::render_notes(&notes, format, self.template.as_ref(), width)?
            }
            Written::Json => render::json::render_result(&notes)?,
            Written::Atom => self.notes_feed(&notes, link)?,
        };
        Ok((notes, unread, bytes))
    }

    /// The notes, and what could not be known for them.
    fn build_notes(&self, below: &mut Vec<String>) -> Result<(Notes, Vec<String>)> {
        if self.args.by.is_lasting() {
            return self.notes_of_editions(below);
        }
        let whole = self.args.span.revision.as_deref().is_none_or(|range| !is_span(range));
        let revisions = if whole {
            let tip = self.args.span.revision.clone().unwrap_or_else(|| "HEAD".to_owned());
            let root = Repository::open(self.common.start_folder())?.root_commit(&tip)?;
            vec![root.to_string(), tip]
        } else {
            self.args.span.revision.iter().cloned().collect()
        };
        let wanted = CompareRequest {
            folder: self.common.start_folder(),
            request: Request { revisions, cached: false },
            paths: &self.args.span.paths,
            keyrefs: &self.keyrefs,
            selection: None,
            old_side: OldSide::LastReadable,
        };
        if self.args.by == NotesByArg::Control {
            self.need_controls(&wanted.request)?;
        }
        let (mut report, _) = range::compare_repository(&wanted)?;
        let has_no_page = range::has_no_page(&report, &wanted)?;
        if has_no_page {
            below.extend(range::no_page_notes(&wanted)?);
        }
        let (mut unread, mut pages_unread) = (Vec::new(), 0);
        for document in &mut report.documents {
            note_same_duties(document);
            unread.extend(document.lost_notices().map(|notice| left_out(&document.path, notice)));
            unread.extend(document.doubts().map(|notice| in_doubt(&document.path, notice)));
            if document.lost_notices().next().is_some() {
                pages_unread += 1;
                document.changes.retain(|change| change.kind != Kind::Removed);
            }
        }
        let notes = match self.args.by {
            NotesByArg::Control => Notes::by_control(&report),
            NotesByArg::Document => Notes::by_document(&report),
            NotesByArg::Range | NotesByArg::Edition | NotesByArg::Change => {
                Notes::by_range(&report, self.args.heading.as_deref())
            }
        };
        let mut pages_at_end = None;
        if notes.entries.is_empty() && !whole && !has_no_page {
            let (pages, note) = range::explain_no_change(&wanted)?;
            pages_at_end = Some(pages);
            below.extend(note);
        }
        Ok((Notes { pages_at_end, pages_unread, ..notes }, unread))
    }

    /// Notes by control need a policy that has any.
    fn need_controls(&self, request: &Request) -> Result<()> {
        let repository = Repository::open(self.common.start_folder())?;
        let point = repository.resolve_ends(request)?.points.new;
        let has_controls = |point: &Point| -> Result<bool> {
            let policy = self.keyrefs.in_force(&repository, point)?.policy.policy;
            Ok(!policy.controls.is_empty())
        };
        if has_controls(&point)? {
            return Ok(());
        }
        overlooked::note_uncommitted_policy(&repository, &point, self.keyrefs.policy.is_given);
        let (message, hint) = if !repository.is_bare() && has_controls(&Point::WorkingTree)? {
            (
                format!("the {FILE} of {} has no `controls`", point.name()),
                format!("to use the {FILE} of the working tree, add `--config {FILE}`"),
            )
        } else {
            (
                "--by control needs `controls` in the policy".to_owned(),
                format!(
                    "map areas or tasks to control ids in {FILE}: \
                     `controls: [{{area: 'Back*', ids: [cp-9]}}]`"
                ),
            )
        };
        Err(Error::new(ErrorKind::Usage, message).with_hint(hint))
    }

    fn notes_of_editions(&self, below: &mut Vec<String>) -> Result<(Notes, Vec<String>)> {
        let folder = self.common.start_folder();
        let session = Session::open(folder, &self.args.span, &self.keyrefs)?;
        let mut pages = pages_of(&session, &session.span)?;
        note_swapped_ends(&session.repository, &session.span);
        complete_ended_editions(&session, &mut pages, self.args.prepend.is_some())?;
        note_other_dates(&pages, folder);
        let pages_at_end =
            if pages.is_empty() { self.explain_no_entry(&session, below)? } else { None };
        let newest = || pages.iter().filter_map(|page| Some((page, page.editions.first()?)));
        let is_unread =
            |edition: &Edition| edition.gone.as_ref().is_some_and(|gone| !gone.unread.is_empty());
        let has_unread_table = |page: &PageLog| !page.unread_tables.notices.is_empty();
        let pages_unread =
            newest().filter(|(page, edition)| is_unread(edition) || has_unread_table(page)).count();
        let unread = newest().flat_map(|(page, edition)| {
            let notices = edition.gone.iter().flat_map(|gone| &gone.unread);
            let notices = notices.chain(&page.unread_tables.notices);
            let lost = notices.map(|notice| left_out(&page.path, notice));
            lost.chain(edition.report.doubts().map(|notice| in_doubt(&page.path, notice)))
        });
        let unread = unread.collect();
        let entries = |pages: &[PageLog]| {
            let notes = match self.args.by {
                NotesByArg::Change => Notes::by_change(pages),
                NotesByArg::Edition
                | NotesByArg::Range
                | NotesByArg::Document
                | NotesByArg::Control => Notes::by_edition(pages),
            };
            Notes { pages_at_end, pages_unread, ..notes }
        };
        if self.args.format != NotesFormatArg::Atom || session.span.is_whole() {
            session.keyrefs.print_warnings();
            return Ok((entries(&pages), unread));
        }
        // a range may cut an edition in two, but its id stays
        let kept: HashSet<(String, String)> = pages
            .iter()
            .flat_map(|page| page.editions.iter().map(move |edition| (page, edition)))
            .flat_map(|(page, edition)| {
                let removal = edition.gone.as_ref().map(|gone| &gone.commit);
                let commits = edition.commits.iter().chain(removal);
                commits.map(|one| (page.path.clone(), one.commit.clone()))
            })
            .collect();
        let tip = session.span.tip().commit.to_string();
        let pages = pages_of(&session, &session.repository.parse_span(Some(&tip))?)?;
        session.keyrefs.print_warnings();
        let is_kept =
            |path: &str, commit: &str| kept.contains(&(path.to_owned(), commit.to_owned()));
        Ok((entries(&pages).keep_entries(&is_kept), unread))
    }

    /// The number of pages at the end of a range without an edition. Why there is none goes below.
    fn explain_no_entry(
        &self,
        session: &Session,
        below: &mut Vec<String>,
    ) -> Result<Option<usize>> {
        let says_so = matches!(self.format, Written::Template(_));
        let no_page = if says_so { None } else { session.no_page_notes(&self.args.span.paths)? };
        if let Some(notes) = no_page {
            below.extend(notes);
            return Ok(None);
        }
        let folder = self.common.start_folder();
        let (pages_at_end, notes) = session.explain_none_found(folder, &self.args.span.paths)?;
        below.extend(notes);
        Ok(pages_at_end)
    }

    /// Where the pages are as they stand at the newer end: older ones are not published any more.
    fn page_links(&self, base: LinkBase) -> Result<PageLinks> {
        let repository = Repository::open(self.common.start_folder())?;
        let tip =
            repository.parse_span(self.args.span.revision.as_deref())?.tip().commit.to_string();
        let point = pages::named_point(&repository, Some(tip))?;
        let pages = pages::pages_at(&repository, &point, &self.args.span.paths, &self.keyrefs)?;
        let anchors: BTreeMap<_, _> = pages
            .iter()
            .map(|page| (page.path(), normalize::page_anchors(page.source(), &page.names)))
            .collect();
        Ok(PageLinks::new(base, anchors))
    }
}

/// Gives each edition of which a range has only the end the commits that it has in the whole
/// history: they are part of its key, which is the same in every range. A changelog has all of it
/// under that key, and keeps it.
fn complete_ended_editions(
    session: &Session,
    pages: &mut [PageLog],
    is_changelog: bool,
) -> Result<()> {
    let mut ended: Vec<&mut Edition> =
        pages.iter_mut().flat_map(|page| &mut page.editions).collect();
    ended.retain(|edition| edition.only_ends());
    if ended.is_empty() {
        return Ok(());
    }
    let tip = session.span.tip().commit.to_string();
    let whole = pages_of(session, &session.repository.parse_span(Some(&tip))?)?;
    for edition in ended {
        let editions = whole.iter().flat_map(|page| &page.editions);
        let is_same = |other: &&Edition| {
            let commit = |edition: &Edition| Some(edition.gone.as_ref()?.commit.commit.clone());
            other.report.path == edition.report.path && commit(other) == commit(edition)
        };
        if let Some(whole) = editions.into_iter().find(is_same) {
            if is_changelog {
                *edition = whole.clone();
                continue;
            }
            edition.commits.clone_from(&whole.commits);
            edition.first_path.clone_from(&whole.first_path);
        }
    }
    Ok(())
}

/// Says on standard error that another page has the duties that the notes report as removed.
fn note_same_duties(document: &DocumentReport) {
    for notice in document.notices.iter().filter(|notice| notice.code == Code::SameDuties) {
        print_line(&format!("note: {} was removed, but {}", document.path, notice.message));
    }
}

/// The editions of all pages of a span.
fn pages_of(session: &Session, span: &Span) -> Result<Vec<PageLog>> {
    let mut pages = Vec::new();
    session.page_logs_of(span, &mut |page| {
        pages.push(page);
        Ok(())
    })?;
    Ok(pages)
}
