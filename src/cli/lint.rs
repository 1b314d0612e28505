//! `respdiff lint`: what is wrong in pages as they stand.

use chrono::NaiveDate;

use crate::diff;
use crate::error::Result;
use crate::history::{Newest, Repository};
use crate::lint;
use crate::model::{Code, Document, Notice, Sides};
use crate::normalize;
use crate::render;
use crate::report::{Finding, LintedPage};
use crate::timeline::is_page;

use super::args::{CommonArgs, LintArgs, LintFormat};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::pages::{self, PageAt};
use super::{Outcome, input};

pub(super) fn run(args: &LintArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::of(common);
    if let Some(code) = args.explain {
        output.write(lint::explanation(code).as_bytes())?;
        return Ok(Outcome::Done);
    }
    let keyrefs = Keyrefs::load(common, args.version.keyrefs.as_deref())?;
    let (pages, base) = match &args.version.no_index {
        Some(file) => {
            let content = input::read_option(&common.resolve(file))?;
            let document = normalize::read(&content, &keyrefs.names(&[]));
            let path = file.display().to_string();
            let findings = lint::findings(&document);
            (vec![linted(path, &document, findings, &content)], common.folder().to_owned())
        }
        None => in_repository(args, common, &keyrefs)?,
    };
    let bytes = match args.format {
        LintFormat::Text => render::text::lint(&pages, &output.text(Some(&base))),
        LintFormat::Json => render::json::lint(&pages)?,
    };
    output.write(&bytes)?;
    let found = pages.iter().any(|page| !page.findings.is_empty());
    Ok(if args.exit_code && found { Outcome::Changed } else { Outcome::Done })
}

/// The pages of a version, and the folder that their paths are below.
fn in_repository(
    args: &LintArgs,
    common: &CommonArgs,
    keyrefs: &Keyrefs,
) -> Result<(Vec<LintedPage>, std::path::PathBuf)> {
    let revision = args.version.revision.as_ref().map(|word| input::text(word)).transpose()?;
    let repository = Repository::open(common.folder())?;
    let point = pages::point(&repository, revision)?;
    let mut found = pages::at(&repository, &point, &args.version.paths, keyrefs)?;
    keyrefs.warn();
    found.retain(|page| is_worth_a_look(&page.document));
    let files: Vec<_> = found.iter().map(|page| page.file.clone()).collect();
    let names = keyrefs.in_force(&repository, &point)?.names(&[]);
    let newest = repository.newest(&point, &files, &|content| is_page(content, &names))?;
    let mut pages = Vec::new();
    for (page, newest) in found.iter().zip(newest) {
        let mut findings = lint::findings(&page.document);
        findings.extend(of_history(&repository, page, &newest)?);
        pages.push(linted(page.file.path.to_string(), &page.document, findings, &page.content));
    }
    Ok((pages, repository.place().to_owned()))
}

/// A page that assigns responsibility, or seems to try.
fn is_worth_a_look(document: &Document) -> bool {
    document.is_responsibility_page()
        || document.notices.iter().any(|notice| notice.code == Code::Unassigned)
}

/// What the commit that brought a version and the version before it say of its stamp.
fn of_history(repository: &Repository, page: &PageAt, newest: &Newest) -> Result<Vec<Notice>> {
    let new = &page.document;
    let day = newest.brought.as_ref().map(|commit| commit.time.to_utc().date_naive());
    let mut found = day.map(|day| lint::about_commit(&new.stamp, day)).unwrap_or_default();
    let Some(file) = &newest.before else { return Ok(found) };
    let old = normalize::read(&repository.read(file)?, &page.names);
    if old.is_responsibility_page() && new.is_responsibility_page() {
        let changed = !diff::compare(Sides::new(&old, new)).changes.is_empty();
        found.extend(lint::between_versions(Sides::new(&old.stamp, &new.stamp), changed));
        found.retain(|notice| counts(notice, new, day));
    }
    Ok(found)
}

/// A page that is right as it stands has nothing to mend: a date that was set anew for no duty's
/// sake is fine, and so is one that did not change because it was that day's already.
fn counts(notice: &Notice, page: &Document, day: Option<NaiveDate>) -> bool {
    let is_of_the_day = || {
        let date = page.stamp.last_updated;
        date.zip(day).is_some_and(|(date, day)| (date - day).num_days().abs() <= 1)
    };
    notice.code != Code::StampOnly && (notice.code != Code::StampUnchanged || !is_of_the_day())
}

fn linted(path: String, document: &Document, findings: Vec<Notice>, content: &[u8]) -> LintedPage {
    let mut findings: Vec<Finding> = findings
        .into_iter()
        .map(|notice| Finding {
            code: notice.code,
            line: lint::line_of(&notice, content),
            help: lint::help(notice.code),
            message: notice.message,
        })
        .collect();
    findings.sort_by(|a, b| (a.line, a.code, &a.message).cmp(&(b.line, b.code, &b.message)));
    let assigns = document.is_responsibility_page();
    LintedPage { path, title: document.title.clone(), assigns, findings }
}
