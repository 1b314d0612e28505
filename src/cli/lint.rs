//! `respdiff lint`: what is wrong with pages as they stand.

mod across;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::diff::{self};
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Filter, Newest, RepoPath, Repository};
use crate::lint;
use crate::model::{Claim, Code, Document, Notice, Severity, Side, Sides};
use crate::normalize::{self, Source};
use crate::policy::Policy;
use crate::render;
use crate::render::lint::LintRuleText;
use crate::report::{Finding, LintReport, LintedPage};
use crate::timeline::PageTest;

use super::args::{CommonArgs, LintArgs, LintFormat, RevisionArgs, SeverityArg};
use super::error_output::print_line;
use super::former_pages::{LookBack, former_pages, unread_tables};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::pages::{PageAt, PagesAt};
use super::range::require_paths;
use super::several::{self, RepositoryPlace};
use super::{Outcome, input, nothing_found, pages};

pub(super) fn run(args: &LintArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::to_file(common, args.output.as_deref())?;
    if let Some(code) = args.explain {
        if args.format != LintFormat::Text {
            return Err(
                Error::new(ErrorKind::Usage, "--explain prints text").with_hint("omit --format")
            );
        }
        output.write(lint::explanation_of(code).as_bytes())?;
        return Ok(Outcome::Done);
    }
    let keyrefs = Keyrefs::load(common, args.version.keyrefs.as_deref())?;
    let (mut pages, base) = match &args.version.no_index {
        Some(file) => {
            let content = input::read_page(file, common)?;
            let path = file.display().to_string();
            let document =
                normalize::read_page(Source::of_file(&path, &content), &keyrefs.names_with(&[]));
            if !document.seems_to_assign() {
                nothing_found::tell_unread_file(&path, &content, &document);
            }
            let findings = lint::page_findings(&document);
            let policy = &keyrefs.policy.policy;
            let page = lint_page(path, &document, findings, &content, policy);
            (vec![page], common.start_folder().to_owned())
        }
        None => match several::several_places(common)? {
            Some(places) => return in_several(args, places, &output, &keyrefs),
            None => in_repository(args, common.start_folder(), &keyrefs)?,
        },
    };
    across::add_disagreements(&mut [(None, &mut pages)]);
    let report = LintReport { pages, fail_on: fail_on(args) };
    let bytes = match args.format {
        LintFormat::Text => {
            render::text::render_lint(&report.pages, &output.text_options(Some(&base)))
        }
        LintFormat::Json => render::json::render_result(&report.pages)?,
        LintFormat::Github => render::lint::render_github(&report).into_bytes(),
        LintFormat::Sarif => render::lint::render_sarif(&report, &lint_rules())?,
        LintFormat::Junit => render::lint::render_junit(&report)?,
        LintFormat::Markdown => {
            render::lint::render_markdown(&report, render::check::COMMENT_LIMIT).into_bytes()
        }
    };
    output.write(&bytes)?;
    if output.is_to_file() {
        print_line(&render::text::lint_summary(&report.pages));
    }
    Ok(Outcome::from_changed(report.fails()))
}

/// How several repositories end.
const ENDS: [&str; 4] =
    ["with findings", "without a finding", "without a page", "could not be read"];

fn end_of_lint(pages: &[LintedPage]) -> &'static str {
    match (pages.is_empty(), pages.iter().any(|page| !page.findings.is_empty())) {
        (true, _) => ENDS[2],
        (false, false) => ENDS[1],
        (false, true) => ENDS[0],
    }
}

/// From which severity on a finding fails the run, where that was asked for.
fn fail_on(args: &LintArgs) -> Option<Severity> {
    let severity = |arg| match arg {
        SeverityArg::Error => Severity::Error,
        SeverityArg::Warning => Severity::Warning,
        SeverityArg::Note => Severity::Note,
    };
    args.fail_on.map(severity).or(args.exit_code.then_some(Severity::Note))
}

/// Every code, for formats that list their rules.
fn lint_rules() -> Vec<LintRuleText> {
    let rule = |code| LintRuleText {
        code,
        severity: code.default_severity(),
        meaning: lint::meaning_of(code),
        help: lint::help_for(code),
    };
    Code::ALL.map(rule).to_vec()
}

/// The pages of several repositories.
fn in_several(
    args: &LintArgs,
    places: Vec<RepositoryPlace>,
    output: &Output,
    keyrefs: &Keyrefs,
) -> Result<Outcome> {
    let mut results = several::run_each(places, |place| {
        in_repository(args, &place.folder, keyrefs).map(|(pages, _)| pages)
    });
    let mut all: Vec<(Option<&str>, &mut Vec<LintedPage>)> = results
        .iter_mut()
        .filter_map(|(place, pages)| Some((Some(place.name.as_str()), pages.as_mut().ok()?)))
        .collect();
    across::add_disagreements(&mut all);
    output.write(&match args.format {
        LintFormat::Text => {
            let mut bytes = several::results_text(&results, output, |pages, options| {
                render::text::render_lint(pages, options)
            });
            bytes.extend(several::results_ending(&results, &ENDS, |pages| end_of_lint(pages)));
            bytes
        }
        LintFormat::Json => render::json::render_several(&several::named_results(&results))?,
        LintFormat::Github | LintFormat::Sarif | LintFormat::Junit | LintFormat::Markdown => {
            let message = "several repositories can be linted only as text or JSON";
            return Err(Error::new(ErrorKind::Usage, message)
                .with_hint("for other formats, run the command in each repository"));
        }
    })?;
    let good = several::good_results(&results);
    let pages = good.flat_map(|(_, pages)| pages).cloned().collect();
    let fails = LintReport { pages, fail_on: fail_on(args) }.fails();
    Ok(several::results_outcome(&results, fails))
}

/// The pages of a version, and the folder that their paths are below.
fn in_repository(
    args: &LintArgs,
    folder: &Path,
    keyrefs: &Keyrefs,
) -> Result<(Vec<LintedPage>, PathBuf)> {
    let RevisionArgs { revision, paths, .. } = &args.version.at;
    let repository = Repository::open(folder)?;
    let point = pages::point_or_index(&repository, revision.clone(), args.version.cached)?;
    require_paths(&repository, &[&point], paths)?;
    let mut found = pages::pages_at(&repository, &point, paths, keyrefs)?;
    keyrefs.print_warnings();
    found.retain(|page| page.document.seems_to_assign());
    let in_force = keyrefs.in_force(&repository, &point)?;
    let at = PagesAt::new(&repository, &point, &in_force);
    let filter = in_force.path_filter(&repository, paths)?;
    let former = former_pages_at(at, &filter, &found)?;
    if found.is_empty() && former.is_empty() {
        let asked = (&filter, paths.as_slice());
        if paths.is_empty() {
            let way_out = nothing_found::name_way_out(at, asked)?;
            return Err(nothing_found::no_page_at(at, &[], way_out));
        }
        // whoever names files, as pre-commit does, knows that not all of them are pages
        let (_, notes) = nothing_found::way_out_notes(at, asked)?;
        nothing_found::print_notes(&notes);
    } else {
        let pages = || found.iter().chain(former.iter().map(|(page, _)| page));
        let is_known = |path: &RepoPath| pages().any(|page| page.file.path == *path);
        nothing_found::note_look_alikes(at, &filter, &is_known)?;
    }
    let policy = &in_force.policy.policy;
    let mut pages = Vec::new();
    for (page, findings) in found.iter().zip(all_findings(at, &found)?) {
        let path = page.file.path.to_string();
        let mut linted = lint_page(path, &page.document, findings, &page.content, policy);
        if args.across {
            linted.claims = claims_of(page, policy);
        }
        pages.push(linted);
    }
    if args.across && !paths.is_empty() {
        pages.extend(others_to_compare(at, &filter)?);
    }
    for (page, unread) in former {
        let mut findings = lint::page_findings(&page.document);
        findings.extend(unread);
        let path = page.file.path.to_string();
        pages.push(lint_page(path, &page.document, findings, &page.content, policy));
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((pages, repository.shown_path().to_owned()))
}

/// What a page says of who has what, unless the policy turns `disagrees` off for it.
fn claims_of(page: &PageAt, policy: &Policy) -> Option<(Severity, Vec<Claim>)> {
    let severity = policy.severity_of(Code::Disagrees, &page.path())?;
    Some((severity, lint::claims_of_page(&page.document, &page.content)))
}

/// The pages that nobody asked for: those that were asked for are held against them, too.
fn others_to_compare(at: PagesAt<'_>, asked: &Filter) -> Result<Vec<LintedPage>> {
    let all = at.keyrefs.path_filter(at.repository, &[])?;
    let policy = &at.keyrefs.policy.policy;
    let mut others = at.pages_under(&all)?;
    others.retain(|page| page.document.is_responsibility_page() && !asked.matches(&page.file.path));
    let linted = others.iter().map(|page| {
        let linted = lint_page(page.path(), &page.document, Vec::new(), &page.content, policy);
        LintedPage { claims: claims_of(page, policy), is_asked: false, ..linted }
    });
    Ok(linted.collect())
}

/// What is to be said of each page: of its content, and of what its older versions had.
fn all_findings(at: PagesAt<'_>, pages: &[PageAt]) -> Result<Vec<Vec<Notice>>> {
    let PagesAt { repository, point, keyrefs } = at;
    let files: Vec<_> = pages.iter().map(|page| page.file.clone()).collect();
    let test = PageTest::new(&[], &|tables| keyrefs.names_with(tables));
    let newest = repository.newest_versions(point, &files, &test)?;
    let tables = unread_tables(at, pages, LookBack::Long)?;
    let mut all = Vec::new();
    for ((page, newest), tables) in pages.iter().zip(newest).zip(tables) {
        let mut findings = lint::page_findings(&page.document);
        findings.extend(of_history(repository, page, &newest)?);
        for table in tables {
            let is_it = |one: &Notice| (one.code, one.line) == (table.code, table.line);
            if !findings.iter().any(is_it) {
                findings.push(table);
            }
        }
        all.push(findings);
    }
    Ok(all)
}

/// The files beside the pages that were pages once, each with where its duties stand unread now.
fn former_pages_at(
    at: PagesAt<'_>,
    filter: &Filter,
    found: &[PageAt],
) -> Result<Vec<(PageAt, Vec<Notice>)>> {
    let mut others = at.repository.page_files(at.point, filter)?;
    others.retain(|file| !found.iter().any(|page| page.file.path == file.path));
    let mut former = Vec::new();
    for unread in former_pages(at, &others, LookBack::Long)? {
        let path = RepoPath::from(unread.path.as_str());
        let pages = at.pages_of_paths(&[path])?;
        former.extend(pages.into_iter().map(|page| (page, unread.notices.clone())));
    }
    Ok(former)
}

/// What the commit that brought a version and the version before it say of its stamp.
fn of_history(repository: &Repository, page: &PageAt, newest: &Newest) -> Result<Vec<Notice>> {
    let new = &page.document;
    let day = newest.brought.as_ref().map(|commit| commit.time.to_utc().date_naive());
    let mut found = day.map(|day| lint::about_commit(&new.stamp, day)).unwrap_or_default();
    let Some(file) = &newest.before else { return Ok(found) };
    let content = repository.read_file(file)?;
    let included = repository.included_texts(&file.path, &newest.included_before)?;
    let names = page.names.clone().with_included(included);
    let document = normalize::read_page(Source::in_format(file.path.format(), &content), &names);
    let old = PageAt { file: file.clone(), content, names, document };
    if old.document.is_responsibility_page() && new.is_responsibility_page() {
        let both = Sides::new(&old, page);
        let mut comparison = diff::compare_pages(both.map(|page| &page.document));
        diff::note_unread(both.map(|page| Some(page.page_source())), &mut comparison);
        let changed = comparison.what_changed();
        let stamps = both.map(|page| &page.document.stamp);
        found.extend(lint::between_versions(stamps, changed));
        found.retain(|notice| finding_counts(notice, new, day));
        let is_told = |notice: &Notice| {
            let own = |one: &Notice| (one.code, one.line) == (notice.code, notice.line);
            new.notices.iter().any(own)
        };
        let unread = comparison.unread.into_iter().filter(|notice| notice.side == Some(Side::New));
        found.extend(unread.filter(|notice| !is_told(notice)));
    }
    Ok(found)
}

/// A page that is correct as it stands needs no repair: a date that was updated without a change of
/// duties is fine, and so is a date that stayed because it was already the day's.
fn finding_counts(notice: &Notice, page: &Document, day: Option<NaiveDate>) -> bool {
    let is_of_the_day = || {
        let date = page.stamp.last_updated;
        date.zip(day).is_some_and(|(date, day)| (date - day).num_days().abs() <= 1)
    };
    notice.code != Code::StampOnly && (notice.code != Code::StampUnchanged || !is_of_the_day())
}

fn lint_page(
    path: String,
    document: &Document,
    findings: Vec<Notice>,
    content: &[u8],
    policy: &Policy,
) -> LintedPage {
    let finding = |notice: Notice| {
        let line = lint::line_of(&notice, content);
        Some(Finding {
            code: notice.code,
            severity: policy.severity_of(notice.code, &path)?,
            line,
            column: lint::column_of(&notice.message, line, content),
            help: lint::help_for_finding(&notice),
            message: notice.message,
            other: None,
        })
    };
    let mut findings: Vec<Finding> = findings.into_iter().filter_map(finding).collect();
    findings.sort_by(|a, b| (a.line, a.code, &a.message).cmp(&(b.line, b.code, &b.message)));
    let assigns = document.is_responsibility_page();
    LintedPage {
        path,
        title: document.title.clone(),
        assigns,
        findings,
        claims: None,
        is_asked: true,
    }
}
