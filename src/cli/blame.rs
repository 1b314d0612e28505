//! `respdiff blame`: who has each duty since when, and its history.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, RepoPath, Repository};
use crate::model::{Kind, counted};
use crate::normalize::{self, Names};
use crate::render::{self, text::TextOptions};
use crate::report::{BlamedDuty, BlamedPage};
use crate::timeline::{self, NamesTable};

use super::args::{BlameArgs, BlameFormat, CommonArgs, RevisionArgs};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::left_out::LeftOut;
use super::notes_below::NotesBelow;
use super::output::Output;
use super::pages::PagesAt;
use super::range::require_paths;
use super::several::{Answers, RepositoryPlace};
use super::shell::command_in;
use super::table::{BlameRequest, TableFormat, TableRun};
use super::{Outcome, nothing_found, pages};

pub(super) fn run(args: &BlameArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    if let Some(format) = TableFormat::of_blame(args.format) {
        let asked = blame_request(args);
        let table = TableRun { asked, keyrefs: &keyrefs, common, file: args.output.as_deref() };
        return table.run(format, |place| {
            let found = wanted_duties(args, &keyrefs, place)?;
            note_none_moved(args, &found, place);
            Ok((found.pages, found.left_out))
        });
    }
    let output = Output::to_file(common, args.output.as_deref())?;
    let text = |found: &Blamed, options: &TextOptions| {
        if let Some(text) = none_moved(args, found) {
            return text.into_bytes();
        }
        if args.duty.is_some() {
            render::text::render_history(&found.pages, options)
        } else {
            render::text::render_blame(&found.pages, options, args.ids)
        }
    };
    let answers = Answers::of_run(common, false, |place| {
        let found = wanted_duties(args, &keyrefs, place)?;
        if output.is_to_file() {
            found.left_out.refuse_no_page()?;
        }
        if args.format != BlameFormat::Text {
            found.left_out.note_no_page(place.name_among_several());
            note_none_moved(args, &found, place);
        }
        if place.name_among_several().is_some() {
            found.left_out.print();
        }
        let base = found.base.clone();
        Ok((found, base))
    })?;
    output.write(&match args.format {
        BlameFormat::Json => answers.json(|found| &found.pages)?,
        BlameFormat::Text | BlameFormat::Csv | BlameFormat::Jsonl | BlameFormat::Xlsx => {
            answers.text(&output, text, |_| Vec::new())
        }
    })?;
    if let Some(found) = answers.only_one() {
        if args.format == BlameFormat::Text && none_moved(args, found).is_some() {
            let command = command_in(common.start_folder());
            print_line(&format!(
                "hint: `{command} log --kind moved` also shows moves of duties that were removed later"
            ));
        }
        found.left_out.print();
    }
    Ok(answers.outcome(false))
}

fn blame_request(args: &BlameArgs) -> BlameRequest<'_> {
    BlameRequest { at: &args.at, is_export: TableFormat::of_blame(args.format).is_some() }
}

/// Where only moved duties are asked for and none is one: how much was read.
fn none_moved(args: &BlameArgs, found: &Blamed) -> Option<String> {
    let Blamed { pages, read, .. } = found;
    (args.moved && pages.is_empty() && read.pages > 0).then(|| {
        let (duties, pages) =
            (counted(read.duties, "duty"), counted(read.pages, "responsibility page"));
        format!("No duty of this version ever changed hands: {duties} read in {pages}.\n")
    })
}

/// The same beside an answer that cannot say so.
fn note_none_moved(args: &BlameArgs, found: &Blamed, place: &RepositoryPlace) {
    let note = none_moved(args, found).map(|text| nothing_found::empty_answer_note(&text));
    let mut notes = NotesBelow::default();
    notes.add_notes(place.name_among_several(), Vec::from_iter(note));
    notes.print();
}

/// The duties of a repository, and the folder that its paths are below.
pub(super) struct Blamed {
    pub(super) pages: Vec<BlamedPage>,
    pub(super) base: Option<PathBuf>,
    /// How much was read, whatever is left of it.
    read: BlamedCount,
    /// What may be missing.
    pub(super) left_out: LeftOut,
}

struct BlamedCount {
    pages: usize,
    duties: usize,
}

/// The duties at a version, each with the controls that it belongs to.
pub(super) fn blame_duties(
    asked: &BlameRequest<'_>,
    keyrefs: &Keyrefs,
    place: &RepositoryPlace,
) -> Result<Blamed> {
    let RevisionArgs { revision, paths, .. } = asked.at;
    let repository = Repository::open(&place.folder)?;
    let point = pages::named_point(&repository, revision.clone())?;
    require_paths(&repository, &[&point], paths)?;
    let pages = duties_at(&repository, &point, paths, keyrefs)?;
    let in_force = keyrefs.in_force(&repository, &point)?;
    let at = PagesAt::new(&repository, &point, &in_force);
    let filter = in_force.path_filter(&repository, paths)?;
    let known: Vec<_> = pages.iter().map(|page| RepoPath::from(page.path.as_str())).collect();
    let mut left_out = LeftOut::find(at, (&filter, paths), &known)?;
    if !asked.is_export {
        left_out = left_out.with_tables(at, &at.pages_of_paths(&known)?)?;
    }
    let base = (!repository.is_bare()).then(|| repository.shown_path().to_owned());
    let duties = pages.iter().flat_map(|page| &page.duties).filter(|duty| !duty.reference).count();
    let read = BlamedCount { pages: pages.len(), duties };
    Ok(Blamed { pages, base, read, left_out })
}

/// The duties of the pages at a point of a repository, each with the controls that it belongs to.
pub(super) fn duties_at(
    repository: &Repository,
    point: &Point,
    paths: &[OsString],
    keyrefs: &Keyrefs,
) -> Result<Vec<BlamedPage>> {
    let keyrefs = keyrefs.in_force(repository, point)?;
    let filter = keyrefs.reported_filter(repository, &[point], paths)?;
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    let mut pages = timeline::blame_pages(repository, point, &filter, &names_of)?;
    keyrefs.print_warnings();
    let policy = &keyrefs.policy.policy;
    for page in &mut pages {
        for duty in &mut page.duties {
            duty.controls = policy.controls_at(&duty.place, &page.path);
        }
    }
    Ok(pages)
}

/// The duties that are asked for.
fn wanted_duties(args: &BlameArgs, keyrefs: &Keyrefs, place: &RepositoryPlace) -> Result<Blamed> {
    let asked = blame_request(args);
    let mut found = blame_duties(&asked, keyrefs, place)?;
    let mut matching = 0;
    if let Some(wanted) = &args.duty {
        let is_wanted = wanted_duty(wanted, keyrefs.names_with(&[]));
        retain_duties(&mut found.pages, &is_wanted);
        if found.pages.is_empty() {
            return Err(Error::new(ErrorKind::Input, format!("no duty matches `{wanted}`"))
                .with_hint(
                    "give consecutive words of the duty's text, or its id from `respdiff blame --ids` \
                     (other commands print ids of changes); if the duty was removed, \
                     `respdiff log` shows it",
                ));
        }
        matching = found.pages.iter().map(|page| page.duties.len()).sum();
    }
    if args.moved {
        retain_duties(&mut found.pages, &|duty| {
            duty.history.iter().any(|event| event.kind == Kind::Moved)
        });
    }
    if let Some(wanted) = args.duty.as_ref().filter(|_| found.pages.is_empty()) {
        let message = match matching {
            1 => format!("1 duty matches `{wanted}`, but it never changed hands"),
            more => format!("{more} duties match `{wanted}`, but none of them ever changed hands"),
        };
        return Err(Error::new(ErrorKind::Input, message)
            .with_hint("omit --moved to see the whole history"));
    }
    Ok(found)
}

/// Leaves out the other duties, and pages in which none is left.
fn retain_duties(pages: &mut Vec<BlamedPage>, is_wanted: &dyn Fn(&BlamedDuty) -> bool) {
    for page in &mut *pages {
        page.duties.retain(is_wanted);
    }
    pages.retain(|page| !page.duties.is_empty());
}

/// A duty by the beginning of its id, or by words of its text as it is or was.
fn wanted_duty(wanted: &str, names: Names) -> impl Fn(&BlamedDuty) -> bool + use<> {
    const SHORTEST_ID: usize = 4;
    let id = wanted.to_lowercase();
    let is_id = id.len() >= SHORTEST_ID && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = format!(" {} ", normalize::canonical_text(wanted, &names));
    move |duty: &BlamedDuty| {
        let says =
            |text: &str| format!(" {} ", normalize::canonical_text(text, &names)).contains(&words);
        let by_words = || words.trim() != "" && says(&duty.place.text);
        (is_id && duty.id.starts_with(&id)) || by_words()
    }
}
