//! `respdiff [diff]`: what changed between two versions.

use std::path::Path;

use crate::error::Result;
use crate::model::Sides;
use crate::render::{self, text::TextOptions};
use crate::report::{Compared, End, ExplainedChange, Report, Selection, explain_changes};
use crate::timeline::OldSide;

use super::args::{CommonArgs, CompareArgs, DiffArgs, DiffFormat};
use super::comparison::{report_of_selected, request_of, with_comparison, with_comparison_by};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::last_change::LastChange;
use super::log::{changes_asked_for, refuse_layout};
use super::notes_below::NotesBelow;
use super::output::Output;
use super::range::{self, CompareRequest};
use super::several::{self, Answers, RepositoryPlace};
use super::way_out::WayOut;
use super::{Outcome, nothing_found, views};

pub(super) fn run(args: DiffArgs, common: &CommonArgs) -> Result<Outcome> {
    if args.explain {
        return explain_all(args, common);
    }
    if let Some(view) = args.view {
        return views::run(args, common, view);
    }
    let (format, style) = (args.format.unwrap_or_default(), args.change_style());
    let (exit_code, lines, counts) = (args.exit_code, args.oneline, args.stat);
    refuse_layout(format == DiffFormat::Text, lines, counts)?;
    let output = Output::to_file(common, args.output.as_deref())?;
    let selection = changes_asked_for(&args.changes);
    let tell = |ends: Sides<End>, documents: Vec<Compared<'_>>| {
        report_of_selected(&selection, ends, documents)
    };
    let text = |report: &Report, options: &TextOptions| {
        if lines || counts {
            render::text::diff_lines(report, counts, options)
        } else {
            render::text::diff_in_style(report, style, options)
        }
    };
    let mut below = NotesBelow::default();
    let what = args.what;
    // one for all, so that no section of a page is read twice
    let mut names_read = None;
    let answers = Answers::of_run(common, what.no_index, |place| {
        let keyrefs = Keyrefs::load(common, what.keyrefs.as_deref())?;
        let asked = (what.clone(), Some(&selection));
        let (mut report, base) = with_comparison_by(asked, place, common, &keyrefs, tell)?;
        report.has_no_page = has_no_page(&report, (&what, format), (place, &keyrefs), &mut below)?;
        report.for_paths = !what.paths.is_empty();
        // beside a file stands the summary
        if place.name_among_several().is_some() || !output.is_to_file() {
            note_no_change(&report, format, place.name_among_several(), &mut below);
        }
        names_read = Some(keyrefs);
        Ok((report, base))
    })?;
    let has_changes = |report: &Report| report.summary().total_changes() > 0;
    output.write(&match format {
        DiffFormat::Text => answers.text(&output, text, |results| {
            several::changes_ending(results, selection.is_for_changes(), |report| {
                (!report.has_no_page, has_changes(report))
            })
        }),
        DiffFormat::Json => answers.json(|report| report)?,
        DiffFormat::Csv => render::csv::render_diff(answers.good())?,
    })?;
    if let Some(report) = answers.only_one().filter(|_| output.is_to_file()) {
        print_line(&render::text::diff_summary(report));
    }
    below.print();
    if let (Some(report), Some(keyrefs)) = (answers.only_one(), &names_read)
        && format == DiffFormat::Text
        && !has_changes(report)
    {
        note_last_change(report, (&what, &selection), common, keyrefs)?;
    }
    let changed = answers.good().into_iter().any(|(_, report)| has_changes(report));
    Ok(answers.outcome(exit_code && changed))
}

/// Says below an answer without a change what text says itself.
fn note_no_change(
    report: &Report,
    format: DiffFormat,
    repository: Option<&str>,
    below: &mut NotesBelow,
) {
    let is_empty = match format {
        DiffFormat::Text => false,
        DiffFormat::Json => report.documents.is_empty(),
        DiffFormat::Csv => report.documents.iter().all(|page| page.changes.is_empty()),
    };
    if is_empty && !report.has_no_page {
        let text = render::text::diff_summary(report);
        below.add_notes(repository, vec![nothing_found::empty_answer_note(&text)]);
    }
}

/// Whether nothing differs because neither end has a responsibility page. What is not text cannot
/// say so: a note below it does.
fn has_no_page(
    report: &Report,
    (what, format): (&CompareArgs, DiffFormat),
    (place, keyrefs): (&RepositoryPlace, &Keyrefs),
    below: &mut NotesBelow,
) -> Result<bool> {
    if what.no_index || report.has_read_pages() {
        return Ok(false);
    }
    let wanted = unselected_request(what, &place.folder, keyrefs)?;
    let is_none = range::has_no_page(report, &wanted)?;
    if is_none && format != DiffFormat::Text {
        below.add_notes(place.name_among_several(), range::no_page_notes(&wanted)?);
    }
    Ok(is_none)
}

/// What is compared, whatever changes are asked for.
fn unselected_request<'a>(
    what: &'a CompareArgs,
    folder: &'a Path,
    keyrefs: &'a Keyrefs,
) -> Result<CompareRequest<'a>> {
    Ok(CompareRequest {
        folder,
        request: request_of(what)?,
        paths: &what.paths,
        keyrefs,
        selection: None,
        old_side: OldSide::WithNotice,
    })
}

/// Where a range has no change: where the last one before its end is, or where a page may be.
fn note_last_change(
    report: &Report,
    (what, selection): (&CompareArgs, &Selection),
    common: &CommonArgs,
    keyrefs: &Keyrefs,
) -> Result<()> {
    let tip = match &report.ends.new {
        End::Commit { commit, .. } => commit,
        End::WorkingTree | End::Index => "HEAD",
        End::Empty | End::File { .. } => return Ok(()),
    };
    let (folder, paths) = (common.start_folder(), &what.paths);
    // two files are no range of commits
    if range::compares_files(&unselected_request(what, folder, keyrefs)?)? {
        return Ok(());
    }
    // an older policy may read pages that this one does not
    if report.has_no_page && range::excludes_page(&unselected_request(what, folder, keyrefs)?)? {
        nothing_found::print_notes(&[nothing_found::hint_text(
            &WayOut::OutsideSources.hint(folder),
        )]);
        return Ok(());
    }
    let last = LastChange::matching_before(folder, tip, (paths, selection), keyrefs);
    let note = last.matching_note_text(folder, selection);
    let mut notes = Vec::new();
    if last.is_found() || selection.is_for_changes() && !report.has_no_page {
        notes.extend(note);
    } else {
        let (way_out, ways) = nothing_found::way_out_notes_at(folder, tip, paths, keyrefs)?;
        notes.extend(ways);
        if !way_out.is_named() && report.has_no_page {
            notes.push(nothing_found::hint_text(&way_out.hint(folder)));
        } else if !way_out.is_named() {
            notes.extend(note);
        }
    }
    nothing_found::print_notes(&notes);
    Ok(())
}

/// Every change with what it rests on.
fn explain_all(args: DiffArgs, common: &CommonArgs) -> Result<Outcome> {
    let exit_code = args.exit_code;
    let output = Output::to_file(common, args.output.as_deref())?;
    let selection = changes_asked_for(&args.changes);
    let asked = Some(&selection);
    let what = args.what;
    let tell = |_, documents: Vec<Compared<'_>>| {
        explain_changes(&documents, &|change| selection.asks_for(change))
    };
    let answers = Answers::of_run(common, what.no_index, |place| {
        with_comparison((what.clone(), asked), place, common, tell)
    })?;
    let for_some = selection.is_for_changes();
    let text = |explained: &Vec<ExplainedChange>, options: &TextOptions| {
        render::text::render_explain(explained, for_some, options)
    };
    output.write(&answers.text(&output, text, |results| {
        several::changes_ending(results, for_some, |explained| (true, !explained.is_empty()))
    }))?;
    let changed = answers.good().into_iter().any(|(_, explained)| !explained.is_empty());
    Ok(answers.outcome(exit_code && changed))
}
