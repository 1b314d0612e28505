//! `respdiff notes`: what changed, as release notes, of one repository or of several.

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::history::Repository;
use crate::render::{self, NotesFormat};
use crate::report::Notes;

use super::Outcome;
use super::args::{CommonArgs, NotesArgs};
use super::notes::{NotesRequest, Written, notes_format, report_unread, write_one};
use super::notes_below::NotesBelow;
use super::output::Output;
use super::several::{self, RepositoryPlace};
use super::written_notes::{prepend_notes, write_notes};

pub(super) fn run(args: &NotesArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::from_args(common);
    if args.print_template {
        if let Written::Template(format) = notes_format(args)? {
            let output = Output::to_file(common, args.output.as_deref())?;
            output.write(format.own_template().as_bytes())?;
        }
        return Ok(Outcome::Done);
    }
    let asked = NotesRequest::from_args(args, common)?;
    match several::several_places(common)? {
        Some(places) => write_several(&asked, places, &output),
        None => write_one(&asked, &output),
    }
}

/// The notes of one repository.
struct RepositoryNotes {
    notes: Notes,
    unread: Vec<String>,
    bytes: Vec<u8>,
}

/// Writes the notes of each repository under its name; with `--prepend`, into its own changelog.
fn write_several(
    asked: &NotesRequest<'_>,
    places: Vec<RepositoryPlace>,
    output: &Output,
) -> Result<Outcome> {
    let title = match asked.format {
        Written::Atom => {
            return Err(of_one_repository("a feed", "`respdiff alert` with a target of type feed"));
        }
        Written::Template(NotesFormat::Html) => {
            return Err(of_one_repository("an HTML page of notes", "`respdiff report`"));
        }
        Written::Template(format) => Some(format),
        Written::Json => None,
    };
    let prepend = asked.args.prepend.as_deref();
    if let Some(path) = prepend {
        several::refuse_absolute(path, "--prepend", "the notes of each repository")?;
    }
    let mut below = NotesBelow::default();
    let results = several::run_each(places, |place| notes_of(asked, place, output, &mut below));
    let entries = several::good_results(&results).map(|(_, one)| one.notes.entries.len()).sum();
    let bytes = if let Some(format) = title {
        titled_notes(several::good_results(&results), format, output)
    } else {
        let only_notes = results
            .iter()
            .map(|(place, result)| (place.name.as_str(), result.as_ref().map(|one| &one.notes)));
        render::json::render_several(&only_notes.collect())?
    };
    match (asked.output_file(), prepend) {
        (Some(path), _) => write_notes(path, asked.common, entries, &bytes)?,
        (None, Some(_)) => {}
        (None, None) => output.write(&bytes)?,
    }
    below.print();
    let mut incomplete = false;
    for (name, one) in several::good_results(&results) {
        report_unread(Some(name), &one.unread);
        incomplete |= !one.unread.is_empty();
    }
    let outcome = several::results_outcome(&results, false);
    Ok(if incomplete { Outcome::Failed } else { outcome })
}

fn notes_of(
    asked: &NotesRequest<'_>,
    place: &RepositoryPlace,
    output: &Output,
    below: &mut NotesBelow,
) -> Result<RepositoryNotes> {
    let common = asked.common.within_folder(&place.folder);
    let one = NotesRequest {
        common: &common,
        template: asked.template.clone(),
        link_base: asked.link_base.clone(),
        keyrefs: asked.keyrefs.of_repository(&Repository::open(&place.folder)?),
        ..*asked
    };
    let mut own_notes = Vec::new();
    let (notes, unread, bytes) = one.render_notes(output, &mut own_notes)?;
    below.add_notes(place.name_among_several(), own_notes);
    if let Some(path) = asked.args.prepend.as_deref() {
        let shown: PathBuf = [Path::new(&place.name), path].iter().collect();
        prepend_notes(path, &shown, &common, &notes, &bytes)?;
    }
    Ok(RepositoryNotes { notes, unread, bytes })
}

/// The notes one after the other, each under the name of its repository.
fn titled_notes<'a>(
    all: impl Iterator<Item = (&'a str, &'a RepositoryNotes)>,
    format: NotesFormat,
    output: &Output,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, one) in all {
        if format == NotesFormat::Markdown {
            if !bytes.is_empty() {
                bytes.push(b'\n');
            }
            bytes.extend(render::notes::repository_heading(name).into_bytes());
        } else {
            let options = output.text_options(None);
            bytes.extend(render::text::repository_title(name, bytes.is_empty(), &options));
        }
        bytes.extend(&one.bytes);
    }
    bytes
}

fn of_one_repository(what: &str, instead: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{what} is about one repository"))
        .with_hint(format!("run respdiff once for each repository, or use {instead}"))
}
