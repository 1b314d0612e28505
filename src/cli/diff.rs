//! `respdiff [diff]`: what changed between two versions.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::diff::{DocumentPair, compare_all};
use crate::error::{Error, ErrorKind, Result};
use crate::history::Request;
use crate::lint;
use crate::model::{Document, Sides};
use crate::normalize::{self, Names};
use crate::render;
use crate::report::{Compared, End, Report, assemble};

use super::args::{CommonArgs, DiffArgs, DiffFormat};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::range::{self, Wanted};
use super::several::{self, Place};
use super::{Outcome, input};

pub(super) fn run(args: &DiffArgs, common: &CommonArgs) -> Result<Outcome> {
    let format = args.format.unwrap_or_default();
    let output = Output::of(common);
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let Some(places) = several::places(common)?.filter(|_| !args.no_index) else {
        let (report, base) = compared(args, &Place::only(common), common, &keyrefs)?;
        output.write(&match format {
            DiffFormat::Text => render::text::diff(&report, &output.text(base.as_deref())),
            DiffFormat::Json => render::json::diff(&report)?,
        })?;
        return Ok(Outcome::of(args.exit_code && report.summary().changes() > 0));
    };
    let results = several::each(places, |place| {
        compared(args, place, common, &keyrefs).map(|(report, _)| report)
    });
    output.write(&match format {
        DiffFormat::Text => several::text(&results, &output, render::text::diff),
        DiffFormat::Json => render::json::diffs(&several::named(&results))?,
    })?;
    let mut reports = results.iter().filter_map(|(_, result)| result.as_ref().ok());
    let changed = reports.any(|report| report.summary().changes() > 0);
    Ok(several::outcome(&results, args.exit_code && changed))
}

/// The comparison, and the folder that its paths are below.
fn compared(
    args: &DiffArgs,
    place: &Place,
    common: &CommonArgs,
    keyrefs: &Keyrefs,
) -> Result<(Report, Option<PathBuf>)> {
    if args.no_index {
        let files = two_files(&args.revisions, &args.paths)?;
        let report = files_compared(&files, common, &keyrefs.names(&[]))?;
        return Ok((report, Some(common.folder().to_owned())));
    }
    let revisions = args.revisions.iter().map(|word| input::text(word)).collect::<Result<_>>()?;
    range::compare(&Wanted {
        folder: &place.folder,
        request: Request { revisions, cached: args.cached },
        paths: &args.paths,
        keyrefs,
    })
}

fn two_files(words: &[OsString], after_dashes: &[OsString]) -> Result<Sides<PathBuf>> {
    let mut files = words.iter().chain(after_dashes).map(PathBuf::from);
    match (files.next(), files.next(), files.next()) {
        (Some(old), Some(new), None) => Ok(Sides::new(old, new)),
        _ => Err(Error::new(ErrorKind::Usage, "--no-index compares two files")
            .hint("respdiff --no-index OLD NEW")),
    }
}

fn files_compared(files: &Sides<PathBuf>, common: &CommonArgs, names: &Names) -> Result<Report> {
    let read = |path: &PathBuf| -> Result<Option<Document>> {
        let bytes = input::read_side(&common.resolve(path))?;
        Ok(bytes.map(|bytes| normalize::read(&bytes, names)))
    };
    let pages = Sides::new(read(&files.old)?, read(&files.new)?);
    let shown = match (&pages.old, &pages.new) {
        (_, Some(_)) => &files.new,
        (Some(_), None) => &files.old,
        (None, None) => {
            return Err(Error::new(ErrorKind::Usage, "both sides are /dev/null")
                .hint("respdiff --no-index OLD NEW"));
        }
    };
    // one document, whatever its two copies are called
    let shown = shown.display().to_string();
    let path = pages.as_ref().map(|page| page.as_ref().map(|_| shown.clone()));
    let page = pages.as_ref().map(Option::as_ref);
    let pair = DocumentPair { path: path.clone(), page };
    let documents = compare_all(&[pair]).into_iter().map(|mut comparison| {
        if let (Some(old), Some(new)) = (page.old, page.new) {
            let stamps = Sides::new(&old.stamp, &new.stamp);
            let changed = !comparison.changes.is_empty();
            comparison.notices.extend(lint::between_versions(stamps, changed));
        }
        Compared { path: path.clone(), commit: Sides::default(), page, comparison }
    });
    let ends = files.as_ref().map(|path| End::File { path: path.display().to_string() });
    Ok(assemble(ends, documents.collect(), Vec::new()))
}
