//! `respdiff --view split|table`: old beside new.

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Sides;
use crate::render::text::{self, SPLIT_WIDTH, TextOptions};
use crate::report::{Compared, End, PageBeside, Report, beside};

use super::Outcome;
use super::args::{CommonArgs, DiffArgs, DiffFormat, View};
use super::diff::{asked, compared, report_of};
use super::log::changes_asked_for;
use super::output::Output;
use super::several::{self, Place};

/// A comparison, and its tables where they are asked for.
struct Told {
    report: Report,
    pages: Vec<PageBeside>,
}

pub(super) fn run(args: DiffArgs, common: &CommonArgs, view: View) -> Result<Outcome> {
    if args.format.is_some_and(|format| format != DiffFormat::Text) {
        return Err(Error::new(ErrorKind::Usage, "--view applies to text only")
            .hint("omit --view or --format"));
    }
    let (style, exit_code) = (args.style(), args.exit_code);
    let output = Output::to(common, args.output.as_deref())?;
    let selection = changes_asked_for(&args.changes);
    let tell = |ends: Sides<End>, documents: Vec<Compared<'_>>| {
        let documents = asked(&selection, documents);
        let pages = if view == View::Table { beside(&documents) } else { Vec::new() };
        Told { report: selection.of_report(report_of(ends, documents)), pages }
    };
    let rendered = |told: &Told, options: &TextOptions| {
        note(view, told, options);
        match view {
            View::Unified | View::Split => text::diff_in_style(&told.report, style, options),
            View::Table => text::diff_tables(&told.report, &told.pages, style, options),
        }
    };
    let has_changes = |told: &Told| told.report.summary().changes() > 0;
    let Some(places) = several::places(common)?.filter(|_| !args.no_index) else {
        let (told, base) = compared(args.what(), &Place::only(common), common, tell)?;
        output.write(&rendered(&told, &output.text(base.as_deref())))?;
        return Ok(Outcome::of(exit_code && has_changes(&told)));
    };
    let what = args.what();
    let results = several::each(places, |place| {
        compared(what.clone(), place, common, tell).map(|(told, _)| told)
    });
    output.write(&several::text(&results, &output, rendered))?;
    let changed = results.iter().filter_map(|(_, result)| result.as_ref().ok()).any(has_changes);
    Ok(several::outcome(&results, exit_code && changed))
}

/// Says where the screen is too narrow for what was asked.
fn note(view: View, told: &Told, options: &TextOptions) {
    let width = options.width;
    let instead = if width < SPLIT_WIDTH { "unified" } else { "split" };
    let too_wide: Vec<usize> =
        told.pages.iter().map(text::tables_width).filter(|wide| *wide > width).collect();
    match (view, too_wide.iter().max()) {
        (View::Table, Some(widest)) => deliver::aside(&format!(
            "note: {} of {} pages shown as --view {instead}: their tables need {widest} columns, but the screen has {width}\n",
            too_wide.len(),
            told.pages.len(),
        )),
        (View::Split, _) if width < SPLIT_WIDTH => deliver::aside(&format!(
            "note: shown as --view unified: --view split needs {SPLIT_WIDTH} columns, but the screen has {width}\n"
        )),
        (View::Unified | View::Split | View::Table, _) => {}
    }
}
