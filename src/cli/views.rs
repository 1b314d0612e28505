//! `respdiff --view split|table`: old beside new.

use crate::error::{Error, ErrorKind, Result};
use crate::model::Sides;
use crate::render::text::{self, SPLIT_WIDTH, TextOptions};
use crate::report::{Compared, End, PageBeside, Report, side_by_side};

use super::Outcome;
use super::args::{ChangeView, CommonArgs, DiffArgs, DiffFormat};
use super::comparison::{report_of, select_changes, with_comparison};
use super::error_output::print_line;
use super::log::changes_asked_for;
use super::output::Output;
use super::several::{self, Answers};

/// A comparison, and its tables where they are asked for.
struct ComparisonView {
    report: Report,
    pages: Vec<PageBeside>,
}

pub(super) fn run(args: DiffArgs, common: &CommonArgs, view: ChangeView) -> Result<Outcome> {
    if args.format.is_some_and(|format| format != DiffFormat::Text) {
        return Err(Error::new(ErrorKind::Usage, "--view applies to text only")
            .with_hint("omit --view or --format"));
    }
    let (style, exit_code) = (args.change_style(), args.exit_code);
    let output = Output::to_file(common, args.output.as_deref())?;
    let selection = changes_asked_for(&args.changes);
    let tell = |ends: Sides<End>, documents: Vec<Compared<'_>>| {
        let documents = select_changes(&selection, documents);
        let pages = if view == ChangeView::Table { side_by_side(&documents) } else { Vec::new() };
        ComparisonView { report: selection.of_report(report_of(ends, documents)), pages }
    };
    let rendered = |shown: &ComparisonView, options: &TextOptions| {
        note_narrow_screen(view, shown, options);
        match view {
            ChangeView::Unified | ChangeView::Split => {
                text::diff_in_style(&shown.report, style, options)
            }
            ChangeView::Table => text::diff_tables(&shown.report, &shown.pages, style, options),
        }
    };
    let has_changes = |shown: &ComparisonView| shown.report.summary().total_changes() > 0;
    let what = args.what;
    let answers = Answers::of_run(common, what.no_index, |place| {
        with_comparison((what.clone(), Some(&selection)), place, common, tell)
    })?;
    output.write(&answers.text(&output, rendered, |results| {
        let is_for_some = selection.is_for_changes();
        several::changes_ending(results, is_for_some, |shown| (true, has_changes(shown)))
    }))?;
    let changed = answers.good().into_iter().any(|(_, shown)| has_changes(shown));
    Ok(answers.outcome(exit_code && changed))
}

/// Says where the screen is too narrow for what was asked.
fn note_narrow_screen(view: ChangeView, shown: &ComparisonView, options: &TextOptions) {
    let width = options.width;
    let instead = if width < SPLIT_WIDTH { "unified" } else { "split" };
    let too_wide: Vec<(&str, usize)> = shown
        .pages
        .iter()
        .map(|page| (page.path.as_str(), text::tables_width(page)))
        .filter(|(_, needed)| *needed > width)
        .collect();
    match (view, too_wide.iter().max_by_key(|(_, needed)| needed)) {
        (ChangeView::Table, Some((path, widest))) => {
            let (which, whose) = match too_wide.len() {
                1 => (format!("{path} is"), "its"),
                more => (format!("{more} of {} pages are", shown.pages.len()), "their"),
            };
            print_line(&format!(
                "note: {which} shown as --view {instead}: {whose} tables need {widest} columns, but the screen has {width}"
            ));
        }
        (ChangeView::Split, _) if width < SPLIT_WIDTH => print_line(&format!(
            "note: shown as --view unified: --view split needs {SPLIT_WIDTH} columns, but the screen has {width}"
        )),
        (ChangeView::Unified | ChangeView::Split | ChangeView::Table, _) => {}
    }
}
