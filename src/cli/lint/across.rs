//! Findings about two pages, of one repository or of several.

use crate::lint;
use crate::model::Code;
use crate::report::{Finding, LintedPage, OtherPlace};

/// Adds what pages with claims disagree in, each to the first of the two pages that was asked for,
/// and drops the pages that were not. The pages stand under the name of their repository, where there
/// are several.
pub(super) fn add_disagreements(repositories: &mut [(Option<&str>, &mut Vec<LintedPage>)]) {
    let mut found = Vec::new();
    for (at, (repository, pages)) in repositories.iter_mut().enumerate() {
        for (number, page) in pages.iter_mut().enumerate() {
            let Some((severity, of_page)) = page.claims.take() else { continue };
            let path = page.path.clone();
            let name = repository.map_or_else(|| path.clone(), |name| format!("{name}: {path}"));
            let other = |line| OtherPlace {
                repository: repository.map(str::to_owned),
                path: path.clone(),
                line,
            };
            let place = (at, number, severity, other(0));
            found.push((page.is_asked, name, place, of_page));
        }
    }
    // a finding stands with the first of its two pages
    found.sort_by_key(|(is_asked, ..)| !is_asked);
    let asked = found.iter().filter(|(is_asked, ..)| *is_asked).count();
    let (mut names, mut places, mut claims) = (Vec::new(), Vec::new(), Vec::new());
    for (_, name, place, of_page) in found {
        names.push(name);
        places.push(place);
        claims.push(of_page);
    }
    let disagreements = lint::find_disagreements(&names, &claims);
    for found in disagreements.into_iter().filter(|found| found.page < asked) {
        let (Some((at, number, severity, _)), Some((_, _, _, other))) =
            (places.get(found.page), places.get(found.other))
        else {
            continue;
        };
        let page = repositories.get_mut(*at).and_then(|(_, pages)| pages.get_mut(*number));
        let Some(page) = page else { continue };
        page.findings.push(Finding {
            code: Code::Disagrees,
            severity: *severity,
            line: found.line,
            column: found.column,
            message: found.message,
            help: lint::help_for(Code::Disagrees),
            other: Some(OtherPlace { line: found.other_line, ..other.clone() }),
        });
        page.findings
            .sort_by(|a, b| (a.line, a.code, &a.message).cmp(&(b.line, b.code, &b.message)));
    }
    for (_, pages) in repositories {
        pages.retain(|page| page.is_asked);
    }
}
