//! `respdiff show`: the matrices as they are read.

use crate::error::{Error, ErrorKind, Result};
use crate::history::Repository;
use crate::lint;
use crate::model::Document;
use crate::normalize::{self, Source};
use crate::render::{self, text::TextOptions};
use crate::report::{BlamedPage, ShownPage};

use super::args::{CommonArgs, RevisionArgs, ShowArgs, ShowFormat};
use super::keyrefs::Keyrefs;
use super::left_out::LeftOut;
use super::output::Output;
use super::pages::PagesAt;
use super::range::require_paths;
use super::several::{self, Answers, RepositoryPlace};
use super::table::{BlameRequest, TableFormat, TableRun};
use super::{Outcome, blame, input, nothing_found, pages};

pub(super) fn run(args: &ShowArgs, common: &CommonArgs) -> Result<Outcome> {
    let keyrefs = Keyrefs::load(common, args.version.keyrefs.as_deref())?;
    if let Some(format) = TableFormat::of_show(args.format) {
        return as_table(args, common, &keyrefs, format);
    }
    let output = Output::to_file(common, args.output.as_deref())?;
    let no_index = args.version.no_index.is_some();
    let answers = Answers::of_run(common, no_index, |place| {
        let shown = shown_pages(args, common, &keyrefs, place)?;
        if output.is_to_file() {
            shown.left_out.refuse_no_page()?;
        }
        if args.format != ShowFormat::Text {
            shown.left_out.note_no_page(place.name_among_several());
        }
        if place.name_among_several().is_some() {
            shown.left_out.print();
        }
        Ok((shown, None))
    })?;
    output.write(&match (args.format, &answers) {
        (ShowFormat::Yaml, Answers::One(shown, _)) => render::yaml::render_matrix(&shown.pages)?,
        (ShowFormat::Yaml, Answers::Each(results)) => {
            render::yaml::render_matrices(&several::named_parts(results, |shown| &shown.pages))?
        }
        (ShowFormat::Json, _) => answers.json(|shown| &shown.pages)?,
        (ShowFormat::Text | ShowFormat::Csv | ShowFormat::Jsonl | ShowFormat::Xlsx, _) => {
            let text = |shown: &ShownVersion, options: &TextOptions| {
                render::text::render_show(&shown.pages, options)
            };
            answers.text(&output, text, |_| Vec::new())
        }
    })?;
    if let Some(shown) = answers.only_one() {
        shown.left_out.print();
    }
    Ok(answers.outcome(false))
}

/// One duty a row; a file outside a repository has no history.
fn as_table(
    args: &ShowArgs,
    common: &CommonArgs,
    keyrefs: &Keyrefs,
    format: TableFormat,
) -> Result<Outcome> {
    let version = &args.version;
    if version.cached {
        return Err(Error::new(ErrorKind::Usage, "--cached is for text, yaml and json").with_hint(
            "the other formats show the history of each duty, which the index does not have",
        ));
    }
    let asked = BlameRequest { at: &version.at, is_export: true };
    let table = TableRun { asked, keyrefs, common, file: args.output.as_deref() };
    if version.no_index.is_some() {
        let shown = shown_pages(args, common, keyrefs, &RepositoryPlace::only_one(common))?;
        let pages: Vec<_> = shown.pages.into_iter().map(BlamedPage::without_history).collect();
        return table.write_file_table(format, &pages);
    }
    table.run(format, |place| {
        let found = blame::blame_duties(&asked, keyrefs, place)?;
        Ok((found.pages, found.left_out))
    })
}

/// The pages of a version, and what is left out.
struct ShownVersion {
    pages: Vec<ShownPage>,
    left_out: LeftOut,
}

fn shown_pages(
    args: &ShowArgs,
    common: &CommonArgs,
    keyrefs: &Keyrefs,
    place: &RepositoryPlace,
) -> Result<ShownVersion> {
    if let Some(file) = &args.version.no_index {
        let bytes = input::read_page(file, common)?;
        let path = file.display().to_string();
        let document =
            normalize::read_page(Source::of_file(&path, &bytes), &keyrefs.names_with(&[]));
        let controls = keyrefs.controls_of(&document, &path);
        keyrefs.print_warnings();
        nothing_found::tell_missing_content(&path, &bytes);
        let pages = vec![ShownPage { path, document: with_findings(document), controls }];
        return Ok(ShownVersion { pages, left_out: LeftOut::default() });
    }
    let RevisionArgs { revision, paths, .. } = &args.version.at;
    let repository = Repository::open(&place.folder)?;
    let point = pages::point_or_index(&repository, revision.clone(), args.version.cached)?;
    require_paths(&repository, &[&point], paths)?;
    let keyrefs = keyrefs.in_force(&repository, &point)?;
    let filter = keyrefs.reported_filter(&repository, &[&point], paths)?;
    let at = PagesAt::new(&repository, &point, &keyrefs);
    let found = at.pages_under(&filter)?;
    keyrefs.print_warnings();
    let found: Vec<_> = found.into_iter().filter(|page| page.document.seems_to_assign()).collect();
    let known: Vec<_> = found.iter().map(|page| page.file.path.clone()).collect();
    let asked = (&filter, paths.as_slice());
    let left_out = LeftOut::find(at, asked, &known)?.with_lost_tables(at, &found)?;
    let shown = found.into_iter().map(|page| {
        let path = page.file.path.to_string();
        let controls = keyrefs.controls_of(&page.document, &path);
        ShownPage { path, document: with_findings(page.document), controls }
    });
    Ok(ShownVersion { pages: shown.collect(), left_out })
}

/// A page with what its content says of itself, as `diff` reports it, too.
fn with_findings(mut document: Document) -> Document {
    document.notices.extend(lint::content_findings(&document));
    document.notices.sort();
    document.notices.dedup();
    document
}
