//! Who has how much to do: parties, areas or documents, each with how it went.

use chrono::NaiveDate;

use crate::model::{Party, Sides};
use crate::report::{Grouping, PartyEnds, StatsPoint, StatsReport, Track};

use super::columns::{ColumnCell, ColumnItem, ScreenColumn, write_row};
use super::names::{self, counted};
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, Word, safe_words};
use super::trend::Period;
use super::{page_totals, summary};

const INDENT: usize = 2;
const GAP: usize = 2;
/// Columns of bars; beside a name they have to leave it room.
const TREND: usize = 24;
const SHORT_TREND: usize = 12;
/// With fewer columns than these there are no bars: the two years of the axis have to fit.
const LEAST_TREND: usize = 9;
/// Stands behind the name of a group that has duties only in between.
const BETWEEN_SIGN: &str = "*";
/// What a name keeps of a narrow screen.
const NAME: usize = 14;

/// Why a change by one may look like a change by many.
const OWN_SCALE: &str =
    "Each row of bars has its own scale, from its lowest number to its highest.";

/// Why the numbers may differ from those of a comparison of the two ends.
const EACH_EDITION: &str = "These changes are counted edition by edition. `respdiff A..B` compares \
    only the two ends, so a duty that changed twice counts once there.";

/// Who has how much to do.
#[must_use]
pub fn render_stats(report: &StatsReport, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    if report.editions == 0 {
        let text = names::none_found_text(&report.read, report.commits);
        canvas.write_last_line(&safe_words(&text, Look::Plain));
        return canvas.into_bytes();
    }
    canvas.write_paragraph(0, &safe_words(&stats_heading(report), Look::Title));
    let about = format!(
        "{} of {}, {} read",
        counted(report.editions, "edition"),
        counted(report.pages, "page"),
        counted(report.commits, "commit"),
    );
    canvas.write_paragraph(0, &safe_words(&about, Look::Faint));
    canvas.blank_line();
    write_parties(&mut canvas, report);
    if !report.groups.is_empty() {
        canvas.blank_line();
        write_groups(&mut canvas, report);
    }
    canvas.blank_line();
    let total = &report.total.summary.plus(&report.between_pages);
    let text = if total.total_changes() + total.ignored == 0 {
        "No duty changed in this period.".to_owned()
    } else {
        summary::counts_sentence(total)
    };
    let is_changed = total.total_changes() > 0;
    let others = [
        page_totals::new_pages_text(report.new_pages),
        page_totals::removed_pages_text(report.removed),
        page_totals::unread_pages_text(report.unread, canvas.command()),
        page_totals::unread_tables_text(report.unread_tables, canvas.command()),
        recut_text(report),
    ];
    let text = others.into_iter().flatten().fold(text, |text, other| format!("{text} {other}"));
    canvas.write_paragraph(0, &safe_words(&text, Look::Title));
    if is_changed && report.editions > report.pages {
        canvas.write_paragraph(0, &safe_words(EACH_EDITION, Look::Faint));
    }
    if let Some(text) = page_totals::pages_not_counted_text(report.not_counted) {
        canvas.write_paragraph(0, &safe_words(&text, Look::Faint));
    }
    canvas.into_bytes()
}

/// The duties of some parties at the start and at the end. Without a bound the start is the first
/// commit of all that brought a page: the first editions of several pages were never there together.
fn shown_counts(report: &StatsReport, track: &Track, is: impl Fn(&Party) -> bool) -> Sides<usize> {
    let ends = sum_counts(track.party_counts.iter().filter(|row| is(&row.party)));
    if report.bounded {
        return ends;
    }
    let start = report.total.points.first().map(|point| &point.commit.commit);
    let first = track.points.first().filter(|point| Some(&point.commit.commit) == start);
    let counts = first.into_iter().flat_map(|point| &point.duty_counts);
    let counts = counts.filter(|row| is(&row.party)).map(|row| row.count);
    Sides::new(counts.sum(), ends.new)
}

/// Why the table and all that is counted below it do not add up, where they do not.
fn recut_text(report: &StatsReport) -> Option<String> {
    let (count, changes) = (shown_counts(report, &report.total, |_| true), &report.total.summary);
    let more = changes.added + report.new_pages.duties;
    let fewer = changes.removed
        + report.removed.duties
        + report.unread.duties
        + report.unread_tables.duties;
    let sums = Sides::new(count.old + more, count.new + fewer);
    summary::recut_text("The counts in the table", sums, changes.ignored)
}

fn stats_heading(report: &StatsReport) -> String {
    let by = match report.by {
        Grouping::Party => "party",
        Grouping::Area => "area",
        Grouping::Document => "document",
    };
    // a page that is dated back ends before it began
    let days = || report.total.points.iter().map(point_day);
    match days().min().zip(days().max()) {
        Some((first, last)) if first != last => format!("Duties by {by}, {first} to {last}"),
        Some((only, _)) => format!("Duties by {by}, {only}"),
        None => format!("Duties by {by}"),
    }
}

/// The edition's date; the commit's date is used instead.
fn point_day(point: &StatsPoint) -> NaiveDate {
    let day = || point.commit.time.to_utc().date_naive();
    point.last_updated.unwrap_or_else(day)
}

/// One line per party, and one for all.
fn write_parties(canvas: &mut TextWriter, report: &StatsReport) {
    let track = &report.total;
    let row = |name: String, count: Sides<usize>| [name, from_to(count), net_text(count)];
    let mut rows = Vec::new();
    for PartyEnds { party, .. } in &track.party_counts {
        let series = party_series(report, track, |one| one == party);
        let count = shown_counts(report, track, |one| one == party);
        rows.push((row(names::party_name(Some(party)), count), series));
    }
    let all = row("all".to_owned(), shown_counts(report, track, |_| true));
    rows.push((all, party_series(report, track, |_| true)));
    let widths =
        [0, 1, 2].map(|at: usize| widest_text(rows.iter().filter_map(|(row, _)| row.get(at))));
    let margin = INDENT + widths.iter().map(|width| width + GAP).sum::<usize>();
    let columns = canvas.width().saturating_sub(margin).min(TREND);
    let period = report_period(report).filter(|_| columns >= LEAST_TREND);
    let gap = " ".repeat(GAP);
    for ([name, count, net], series) in &rows {
        let bars = period.map(|period| period.draw_bars(series, columns)).unwrap_or_default();
        let name = align_left(name, widths[0]);
        let (count, net) = (align_right(count, widths[1]), align_right(net, widths[2]));
        let line = [name, count, net, bars].join(&gap);
        canvas.write_line(INDENT, &[Word::new(line.trim_end(), Look::Plain)]);
    }
    if let Some(period) = period {
        canvas.write_line(margin, &[Word::new(period.draw_axis(columns), Look::Faint)]);
        canvas.write_paragraph(INDENT, &safe_words(OWN_SCALE, Look::Faint));
    }
}

/// The time that the report covers.
fn report_period(report: &StatsReport) -> Option<Period> {
    Period::from_days(report.total.points.iter().map(point_day))
}

/// The number of duties of some parties since each day, that at the start first. A page that is
/// dated back changes nothing before the day that was reached.
fn party_series(
    report: &StatsReport,
    track: &Track,
    is: impl Fn(&Party) -> bool,
) -> Vec<(NaiveDate, usize)> {
    let start = report.total.points.iter().map(point_day).min();
    let begun = start.map(|start| (start, shown_counts(report, track, &is).old));
    let at = |point: &StatsPoint| {
        let counts = point.duty_counts.iter().filter(|row| is(&row.party)).map(|row| row.count);
        (point_day(point), counts.sum::<usize>())
    };
    let mut reached = NaiveDate::MIN;
    let in_order = |(day, count): (NaiveDate, usize)| {
        reached = reached.max(day);
        (reached, count)
    };
    begun.into_iter().chain(track.points.iter().map(at)).map(in_order).collect()
}

/// One line per group. Columns in which nobody ever had a duty are left out.
fn write_groups(canvas: &mut TextWriter, report: &StatsReport) {
    let is_used = |column: &HolderColumn| {
        let held = |track: &Track| {
            let points = track.points.iter().flat_map(|point| &point.duty_counts);
            let begun = track.party_counts.iter().map(|row| (&row.party, row.duties.old));
            let mut all = points.map(|row| (&row.party, row.count)).chain(begun);
            all.any(|(party, count)| count > 0 && column.has_party(party))
        };
        report.groups.iter().any(held)
    };
    let holders: Vec<HolderColumn> = HolderColumn::ALL.into_iter().filter(is_used).collect();
    let provider = provider_name(report);
    let name = if report.by == Grouping::Area { "Area" } else { "Document" };
    let mut head = vec![name.to_owned()];
    head.extend(holders.iter().map(|column| column.name(provider)));
    let moves = report.groups.iter().any(|track| track.summary.moved > 0);
    head.extend(moves.then(|| "moved".to_owned()));
    head.push("customer over time".to_owned());
    let mut lines = vec![head];
    let period = report_period(report);
    for track in &report.groups {
        let mut line = vec![track_name(report, track)];
        let count = |column: &HolderColumn| {
            from_to(shown_counts(report, track, |party| column.has_party(party)))
        };
        line.extend(holders.iter().map(count));
        line.extend(moves.then(|| summary::move_targets(&track.summary)));
        let customers = party_series(report, track, |party| *party == Party::Customer);
        line.push(
            period.map(|period| period.draw_bars(&customers, SHORT_TREND)).unwrap_or_default(),
        );
        lines.push(line);
    }
    if let Some(period) = period {
        let mut line = vec![String::new(); lines.first().map_or(0, Vec::len).saturating_sub(1)];
        line.push(period.draw_axis(SHORT_TREND));
        lines.push(line);
    }
    write_table(canvas, &lines);
    if !report.groups.iter().all(|track| is_at_an_end(report, track)) {
        let text = format!("{BETWEEN_SIGN} No duties at the start, and none at the end.");
        canvas.write_paragraph(INDENT, &safe_words(&text, Look::Faint));
    }
}

/// What the provider is called.
fn provider_name(report: &StatsReport) -> &str {
    let parties = report.total.party_counts.iter();
    let mut named = parties.filter_map(|row| row.party.provider_name());
    named.next().unwrap_or_else(|| report.total.summary.provider_name())
}

/// Whose duties a column counts.
#[derive(Clone, Copy)]
enum HolderColumn {
    Ibm,
    Shared,
    Customer,
    Others,
}

impl HolderColumn {
    const ALL: [Self; 4] = [Self::Ibm, Self::Shared, Self::Customer, Self::Others];

    fn name(self, provider: &str) -> String {
        match self {
            Self::Ibm => names::visible(provider),
            Self::Shared => "shared".to_owned(),
            Self::Customer => "customer".to_owned(),
            Self::Others => "others".to_owned(),
        }
    }

    const fn has_party(self, party: &Party) -> bool {
        match party {
            Party::Ibm | Party::Provider(_) => matches!(self, Self::Ibm),
            Party::Shared => matches!(self, Self::Shared),
            Party::Customer => matches!(self, Self::Customer),
            Party::Other(_) => matches!(self, Self::Others),
        }
    }
}

fn sum_counts<'a>(rows: impl Iterator<Item = &'a PartyEnds>) -> Sides<usize> {
    rows.fold(Sides::default(), |sum, row| {
        Sides::new(sum.old + row.duties.old, sum.new + row.duties.new)
    })
}

/// Whether a group has duties at the start or at the end, and not only in between.
fn is_at_an_end(report: &StatsReport, track: &Track) -> bool {
    shown_counts(report, track, |_| true) != Sides::default()
}

fn track_name(report: &StatsReport, track: &Track) -> String {
    let name = if track.name.is_empty() { "(above the first heading)" } else { &track.name };
    if is_at_an_end(report, track) { name.to_owned() } else { format!("{name} {BETWEEN_SIGN}") }
}

/// The first column wraps, numbers stand to the right, the last ones are left out where they do
/// not fit.
fn write_table(canvas: &mut TextWriter, lines: &[Vec<String>]) {
    let count = lines.first().map_or(0, Vec::len);
    let mut widths: Vec<usize> =
        (0..count).map(|at| widest_text(lines.iter().filter_map(|line| line.get(at)))).collect();
    let taken = |widths: &[usize]| -> usize {
        widths.iter().skip(1).map(|width| width + GAP).sum::<usize>() + INDENT
    };
    while widths.len() > 2 && canvas.width() < taken(&widths) + NAME {
        widths.pop();
    }
    let room = canvas.width().saturating_sub(taken(&widths)).max(NAME);
    if let Some(name) = widths.first_mut() {
        *name = (*name).min(room);
    }
    let columns = ScreenColumn::of_widths(INDENT, &widths, GAP);
    let is_empty = |line: &Vec<String>| line.iter().take(widths.len()).all(String::is_empty);
    // the axis goes with the bars where they have no room
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_empty(line)) {
        let look = if at == 0 { Look::Heading } else { Look::Plain };
        let cell = |(column, text): (usize, &String)| -> ColumnCell {
            let width = widths.get(column).copied().unwrap_or(0);
            let is_number = column > 0 && column < count - 1;
            let text = if is_number { align_right(text, width) } else { text.clone() };
            let shown =
                if column == 0 { safe_words(&text, look) } else { vec![Word::new(text, look)] };
            vec![ColumnItem::plain(shown)]
        };
        let cells: Vec<ColumnCell> = line.iter().enumerate().map(cell).collect();
        write_row(canvas, &columns, &cells, &[]);
    }
}

fn widest_text<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| Word::new(text.as_str(), Look::Plain).width()).max().unwrap_or(0)
}

fn align_left(text: &str, width: usize) -> String {
    let gap = width.saturating_sub(Word::new(text, Look::Plain).width());
    format!("{text}{}", " ".repeat(gap))
}

fn align_right(text: &str, width: usize) -> String {
    let gap = width.saturating_sub(Word::new(text, Look::Plain).width());
    format!("{}{text}", " ".repeat(gap))
}

fn from_to(count: Sides<usize>) -> String {
    if count.old == count.new {
        return count.new.to_string();
    }
    format!("{} → {}", count.old, count.new)
}

fn net_text(count: Sides<usize>) -> String {
    match (count.new.checked_sub(count.old), count.old.checked_sub(count.new)) {
        (Some(0), _) | (None, None) => String::new(),
        (Some(more), _) => format!("+{more}"),
        (None, Some(less)) => format!("-{less}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_tell_where_they_went() {
        assert_eq!(from_to(Sides::new(6, 6)), "6");
        assert_eq!(from_to(Sides::new(6, 9)), "6 → 9");
        assert_eq!([net_text(Sides::new(6, 9)), net_text(Sides::new(9, 6))], ["+3", "-3"]);
    }
}
