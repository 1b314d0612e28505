//! The timeline: how many duties each party has over the editions, and when some moved. What is
//! computed here, `chart.svg.j2` writes as SVG.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::model::Party;

/// The colours of the light theme; the style sheet names each and says what it is in the dark.
const IBM: &str = "#0F5FD6";
const CUSTOMER: &str = "#B04A08";
const SHARED: &str = "#7A3AD0";
const OTHER: &str = "#0B726A";

const WIDTH: i32 = 960;
const HEIGHT: i32 = 300;
/// Room for the names of the lanes.
const LEFT: i32 = 96;
/// More letters of a name do not fit there.
const LANE_NAME: usize = 12;
const RIGHT: i32 = WIDTH - 150;
/// Where no duty is.
const FLOOR: i32 = HEIGHT - 31;
const LANE: i32 = 20;
/// Labels at the lines' ends keep this distance.
const LABEL: i32 = 17;
/// No more labels than these on an axis.
const COUNTS: i32 = 6;
const DATES: i32 = 7;

/// One edition on the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChartPoint {
    pub(super) day: NaiveDate,
    /// Duties of each of the chart's parties.
    pub(super) counts: Vec<usize>,
    /// Duties that moved to the customer, to IBM, and to any other party.
    pub(super) moves: [usize; 3],
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chart {
    /// The parties, each with its name.
    pub(super) parties: Vec<(Party, String)>,
    /// What the provider is called.
    pub(super) provider: String,
    /// The editions, oldest first.
    pub(super) points: Vec<ChartPoint>,
}

/// The drawing's elements, in pixels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ChartDrawing {
    left: i32,
    right: i32,
    head: i32,
    floor: i32,
    /// Counts beside the axis.
    counts: Vec<AxisLabel>,
    /// Dates below it.
    dates: Vec<AxisLabel>,
    /// A short stroke on the axis for each edition.
    editions: Vec<i32>,
    /// Directions of moves, a lane each above the chart.
    lanes: Vec<MoveLane>,
    lines: Vec<PartyLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct AxisLabel {
    at: i32,
    text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct MoveLane {
    y: i32,
    name: String,
    color: &'static str,
    marks: Vec<MoveMark>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct MoveMark {
    x: i32,
    outline: String,
    count: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct PartyLine {
    color: &'static str,
    width: u8,
    /// Each party has a stroke of its own, so that the lines differ without colour.
    dashes: &'static str,
    points: String,
    /// Where the label at the line's end stands.
    label_y: i32,
    label: String,
}

/// From days and counts to pixels.
struct Scale {
    first: i32,
    days: i32,
    head: i32,
    top: f64,
}

impl Scale {
    fn x(&self, day: i32) -> i32 {
        LEFT + pixel(f64::from(day - self.first) / f64::from(self.days), RIGHT - 1 - LEFT)
    }

    fn y(&self, count: usize) -> i32 {
        FLOOR - pixel(count as f64 / self.top, FLOOR - self.head)
    }
}

/// A share of a length, in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "no more than the length")]
fn pixel(share: f64, length: i32) -> i32 {
    (share * f64::from(length)).round() as i32
}

/// The drawing; none where a single edition leaves nothing to draw.
pub(super) fn draw_chart(chart: &Chart) -> Option<ChartDrawing> {
    if chart.points.len() < 2 {
        return None;
    }
    let days = edition_days(chart);
    let (first, last) = (*days.first()?, *days.last()?);
    let highest = chart.points.iter().flat_map(|point| &point.counts).max().copied().unwrap_or(0);
    let lanes: Vec<usize> =
        (0..3).filter(|lane| chart.points.iter().any(|point| point.moves[*lane] > 0)).collect();
    let rows = i32::try_from(lanes.len()).ok()?;
    let scale = Scale {
        first,
        // the newest edition holds on, for some way
        days: last - first + ((last - first) / 50).max(1),
        head: 14 + LANE * rows,
        top: highest.max(4) as f64 * 1.08,
    };
    let mut editions: Vec<i32> = days.iter().map(|day| scale.x(*day)).collect();
    editions.dedup();
    let lanes = (0..).zip(lanes);
    Some(ChartDrawing {
        left: LEFT,
        right: RIGHT,
        head: scale.head,
        floor: FLOOR,
        counts: count_labels(&scale, highest.max(4)),
        dates: date_labels(&scale),
        editions,
        lanes: lanes.map(|(row, lane)| move_lane(chart, (&scale, &days), row, lane)).collect(),
        lines: party_lines(chart, &scale, &days),
    })
}

/// The coordinates of the drawing.
pub(super) fn view_box() -> String {
    format!("0 0 {WIDTH} {HEIGHT}")
}

/// The days of the editions as numbers that never go back: the order of history counts.
fn edition_days(chart: &Chart) -> Vec<i32> {
    let mut latest = i32::MIN;
    let day = |point: &ChartPoint| {
        latest = latest.max(point.day.num_days_from_ce());
        latest
    };
    chart.points.iter().map(day).collect()
}

/// The smallest of 1, 2, 5, 10, 20, 50, ... that divides a length into no more than so many parts.
fn round_step(length: i32, parts: i32) -> i32 {
    let decades = (0..9).map(|power| 10_i32.pow(power));
    let steps = decades.flat_map(|decade| [1, 2, 5].map(|step| step * decade));
    steps.take(27).find(|step| length / step < parts).unwrap_or(length)
}

fn count_labels(scale: &Scale, highest: usize) -> Vec<AxisLabel> {
    let step = round_step(i32::try_from(highest).unwrap_or(i32::MAX), COUNTS);
    let counts = (0..=highest).step_by(usize::try_from(step).unwrap_or(1));
    counts.map(|count| AxisLabel { at: scale.y(count), text: count.to_string() }).collect()
}

/// The first days of months; of a short time, days.
fn date_labels(scale: &Scale) -> Vec<AxisLabel> {
    const SHORT: i32 = 240;
    let dates: Vec<NaiveDate> =
        if scale.days < SHORT { round_days(scale) } else { first_days_of_months(scale) };
    let format = if scale.days < SHORT { "%Y-%m-%d" } else { "%Y-%m" };
    let label = |date: NaiveDate| AxisLabel {
        at: scale.x(date.num_days_from_ce()),
        text: date.format(format).to_string(),
    };
    dates.into_iter().map(label).collect()
}

fn round_days(scale: &Scale) -> Vec<NaiveDate> {
    let step = round_step(scale.days, DATES);
    let start = NaiveDate::from_num_days_from_ce_opt(scale.first);
    let next = |date: &NaiveDate| date.checked_add_days(Days::new(u64::from(step.unsigned_abs())));
    let end = scale.first + scale.days;
    let dates = std::iter::successors(start, next);
    dates.take_while(|date| date.num_days_from_ce() < end).collect()
}

fn first_days_of_months(scale: &Scale) -> Vec<NaiveDate> {
    let months = scale.days / 30;
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
    let step = steps.into_iter().find(|step| months / step < DATES).unwrap_or(2400);
    let first = NaiveDate::from_num_days_from_ce_opt(scale.first);
    let start = first.and_then(|day| NaiveDate::from_ymd_opt(day.year(), 1, 1));
    let next = |date: &NaiveDate| date.checked_add_months(Months::new(step.unsigned_abs()));
    let end = scale.first + scale.days;
    std::iter::successors(start, next)
        .skip_while(|date| date.num_days_from_ce() < scale.first)
        .take_while(|date| date.num_days_from_ce() < end)
        .collect()
}

fn party_color(party: &Party) -> &'static str {
    match party {
        Party::Ibm | Party::Provider(_) => IBM,
        Party::Customer => CUSTOMER,
        Party::Shared => SHARED,
        Party::Other(_) => OTHER,
    }
}

fn move_lane(chart: &Chart, (scale, days): (&Scale, &[i32]), row: i32, lane: usize) -> MoveLane {
    let y = 14 + LANE * row;
    let has_others = chart.parties.iter().any(|(party, _)| matches!(party, Party::Other(_)));
    let name = match lane {
        0 => "to you".to_owned(),
        1 => format!("to {}", chart.provider),
        _ if has_others => "to others".to_owned(),
        _ => "now shared".to_owned(),
    };
    let name = match name.char_indices().nth(LANE_NAME) {
        Some((cut, _)) => format!("{}…", name[..cut].trim_end()),
        None => name,
    };
    let mark = |(day, point): (&i32, &ChartPoint)| {
        let (x, count) = (scale.x(*day), point.moves[lane]);
        (count > 0).then(|| MoveMark { x, outline: mark_outline(lane, (x, y)), count })
    };
    let marks = days.iter().zip(&chart.points).filter_map(mark).collect();
    MoveLane { y, name, color: [CUSTOMER, IBM, SHARED][lane], marks }
}

/// Up to the customer, down to IBM, a rhomb for others.
fn mark_outline(lane: usize, (x, y): (i32, i32)) -> String {
    joined_points(
        match lane {
            0 => &[(-7, 6), (0, -7), (7, 6)][..],
            1 => &[(-7, -6), (0, 7), (7, -6)],
            _ => &[(-7, 0), (0, -7), (7, 0), (0, 7)],
        }
        .iter()
        .map(|(right, down)| (x + right, y + down)),
    )
}

fn joined_points(points: impl Iterator<Item = (i32, i32)>) -> String {
    points.map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

/// The parties' lines, with labels where they end, kept apart from each other.
fn party_lines(chart: &Chart, scale: &Scale, days: &[i32]) -> Vec<PartyLine> {
    let mut lines: Vec<PartyLine> = (0..)
        .zip(&chart.parties)
        .map(|(at, (party, name))| party_line(chart, (scale, days), at, (party, name)))
        .collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|at| (lines[*at].label_y, *at));
    // from the bottom up: what is pushed away has room above
    let mut lowest = FLOOR + 1;
    for at in order.into_iter().rev() {
        let line = &mut lines[at];
        line.label_y = line.label_y.min(lowest);
        lowest = line.label_y - LABEL;
    }
    lines
}

/// A staircase: a count holds until an edition changes it.
fn party_line(
    chart: &Chart,
    (scale, days): (&Scale, &[i32]),
    at: usize,
    (party, name): (&Party, &str),
) -> PartyLine {
    let mut stairs: Vec<(i32, i32)> = Vec::new();
    let mut count = 0;
    for (day, point) in days.iter().zip(&chart.points) {
        count = point.counts.get(at).copied().unwrap_or(0);
        let (x, y) = (scale.x(*day), scale.y(count));
        stairs.extend(stairs.last().map(|(_, before)| (x, *before)));
        stairs.push((x, y));
    }
    let end = scale.y(count);
    stairs.push((RIGHT - 1, end));
    stairs.dedup();
    let name: String = name.chars().take(14).collect();
    PartyLine {
        color: party_color(party),
        // where lines meet, the one below shows at both edges
        width: if *party == Party::Ibm { 5 } else { 3 },
        dashes: match party {
            Party::Ibm | Party::Provider(_) => "none",
            Party::Customer => "14 4",
            Party::Shared => "6 4",
            Party::Other(_) => "2 4",
        },
        points: joined_points(stairs.into_iter()),
        label_y: end,
        label: format!("{name} {count}"),
    }
}
