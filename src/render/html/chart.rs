//! The timeline: how many duties each party has over the editions, and when some moved.

use chrono::{Datelike, NaiveDate};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::model::Party;

/// The colours of the light theme; the style sheet names each and says what it is in the dark.
pub(super) const INK: RGBColor = RGBColor(0x5a, 0x65, 0x73);
pub(super) const GRID: RGBColor = RGBColor(0xd8, 0xde, 0xe6);
pub(super) const IBM: RGBColor = RGBColor(0x0f, 0x5f, 0xd6);
pub(super) const CUSTOMER: RGBColor = RGBColor(0xb0, 0x4a, 0x08);
pub(super) const SHARED: RGBColor = RGBColor(0x7a, 0x3a, 0xd0);
pub(super) const OTHER: RGBColor = RGBColor(0x0b, 0x72, 0x6a);

const SIZE: (u32, u32) = (960, 300);
const LEFT: i32 = 72;
const RIGHT: i32 = 150;
const BOTTOM: i32 = 30;
const LANE: i32 = 20;
/// Labels at the lines' ends keep this distance.
const LABEL: i32 = 17;

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

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type PlotContext<'a, 'b> =
    ChartContext<'b, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn<T> = Result<T, Box<dyn std::error::Error>>;

/// The drawing's elements, to be put into an `svg` of [`view_box`]; none where a single edition
/// leaves nothing to draw.
pub(super) fn draw_chart(chart: &Chart) -> Option<String> {
    if chart.points.len() < 2 {
        return None;
    }
    let mut svg = String::new();
    draw_into(chart, &mut svg).ok()?;
    // the page's own `svg` has a title and a description
    let inner = svg.get(svg.find('>')? + 1..svg.rfind("</svg>")?)?;
    Some(inner.trim().to_owned())
}

/// The coordinates of the drawing.
pub(super) fn view_box() -> String {
    format!("0 0 {} {}", SIZE.0, SIZE.1)
}

fn draw_into(chart: &Chart, svg: &mut String) -> Drawn<()> {
    let days = edition_days(chart);
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(()) };
    let highest = chart.points.iter().flat_map(|point| &point.counts).max().copied().unwrap_or(0);
    let top = (highest.max(4) as f64) * 1.08;
    let lanes: Vec<usize> =
        (0..3).filter(|lane| chart.points.iter().any(|point| point.moves[*lane] > 0)).collect();
    let head = 14 + LANE * i32::try_from(lanes.len())?;
    // the newest edition holds on, for some way
    let end = last + ((last - first) * 0.02).max(1.0);
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let mut context = ChartBuilder::on(&root)
        .margin_top(head)
        .margin_right(RIGHT)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .set_label_area_size(LabelAreaPosition::Bottom, BOTTOM)
        .build_cartesian_2d(*first..end, 0.0..top)?;
    draw_mesh(&mut context, if end - first < 240.0 { "%Y-%m-%d" } else { "%Y-%m" })?;
    draw_ticks(&root, &context, &days)?;
    draw_marks(&root, &context, chart, &days, &lanes)?;
    for (at, (party, _)) in chart.parties.iter().enumerate() {
        draw_line(&mut context, chart, (&days, end), at, party)?;
    }
    draw_labels(&root, &context, chart, end)?;
    root.present()?;
    Ok(())
}

/// The days of the editions as numbers that never go back: the order of history counts.
fn edition_days(chart: &Chart) -> Vec<f64> {
    let mut latest = i32::MIN;
    let day = |point: &ChartPoint| {
        latest = latest.max(point.day.num_days_from_ce());
        f64::from(latest)
    };
    chart.points.iter().map(day).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "days of the calendar")]
fn day_text(day: f64, format: &str) -> String {
    let date = NaiveDate::from_num_days_from_ce_opt(day as i32);
    date.map(|date| date.format(format).to_string()).unwrap_or_default()
}

fn draw_mesh(context: &mut PlotContext<'_, '_>, format: &str) -> Drawn<()> {
    context
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(GRID)
        .x_labels(7)
        .y_labels(6)
        .label_style(("sans-serif", 15).into_font().color(&INK))
        .x_label_formatter(&|day| day_text(*day, format))
        .y_label_formatter(&|count| format!("{count:.0}"))
        .draw()?;
    Ok(())
}

fn party_color(party: &Party) -> RGBColor {
    match party {
        Party::Ibm | Party::Provider(_) => IBM,
        Party::Customer => CUSTOMER,
        Party::Shared => SHARED,
        Party::Other(_) => OTHER,
    }
}

/// A staircase: a count holds until an edition changes it. Each party has a stroke of its own,
/// so that the lines differ without colour.
fn draw_line(
    context: &mut PlotContext<'_, '_>,
    chart: &Chart,
    (days, end): (&[f64], f64),
    party: usize,
    who: &Party,
) -> Drawn<()> {
    let mut stairs: Vec<(f64, f64)> = Vec::new();
    for (day, point) in days.iter().zip(&chart.points) {
        let count = point.counts.get(party).copied().unwrap_or(0) as f64;
        if let Some((_, before)) = stairs.last().copied() {
            stairs.push((*day, before));
        }
        stairs.push((*day, count));
    }
    stairs.extend(stairs.last().map(|(_, count)| (end, *count)));
    stairs.dedup();
    // where lines meet, the one below shows at both edges
    let style = party_color(who).stroke_width(if *who == Party::Ibm { 5 } else { 3 });
    match who {
        Party::Ibm | Party::Provider(_) => context.draw_series(LineSeries::new(stairs, style))?,
        Party::Customer => context.draw_series(DashedLineSeries::new(stairs, 14, 4, style))?,
        Party::Shared => context.draw_series(DashedLineSeries::new(stairs, 6, 4, style))?,
        Party::Other(_) => context.draw_series(DashedLineSeries::new(stairs, 2, 4, style))?,
    };
    Ok(())
}

/// A short stroke on the axis for each edition.
fn draw_ticks(root: &Area<'_>, context: &PlotContext<'_, '_>, days: &[f64]) -> Drawn<()> {
    let mut drawn = None;
    for day in days {
        let (x, floor) = context.backend_coord(&(*day, 0.0));
        if drawn.replace(x) != Some(x) {
            root.draw(&PathElement::new(vec![(x, floor - 6), (x, floor)], INK.stroke_width(1)))?;
        }
    }
    Ok(())
}

/// Moves as signs above the chart, a lane for each direction.
fn draw_marks(
    root: &Area<'_>,
    context: &PlotContext<'_, '_>,
    chart: &Chart,
    days: &[f64],
    lanes: &[usize],
) -> Drawn<()> {
    let to_provider = format!("to {}", chart.provider);
    let name = ["to you", &to_provider, "to others"];
    let floor = context.backend_coord(&(0.0, 0.0)).1;
    for (row, lane) in lanes.iter().enumerate() {
        let y = 14 + LANE * i32::try_from(row)?;
        let color = [CUSTOMER, IBM, SHARED][*lane];
        root.draw(&Text::new(name[*lane], (LEFT - 12, y), label_style(HPos::Right, color)))?;
        for (day, point) in days.iter().zip(&chart.points) {
            let count = point.moves[*lane];
            if count == 0 {
                continue;
            }
            let x = context.backend_coord(&(*day, 0.0)).0;
            root.draw(&PathElement::new(vec![(x, y + 7), (x, floor)], GRID))?;
            root.draw(&Polygon::new(mark_outline(*lane, (x, y)), color.filled()))?;
            root.draw(&Text::new(count.to_string(), (x + 10, y), label_style(HPos::Left, color)))?;
        }
    }
    Ok(())
}

/// Up to the customer, down to IBM, a rhomb for others.
fn mark_outline(lane: usize, (x, y): (i32, i32)) -> Vec<(i32, i32)> {
    match lane {
        0 => vec![(x - 7, y + 6), (x, y - 7), (x + 7, y + 6)],
        1 => vec![(x - 7, y - 6), (x, y + 7), (x + 7, y - 6)],
        _ => vec![(x - 7, y), (x, y - 7), (x + 7, y), (x, y + 7)],
    }
}

fn label_style(to: HPos, color: RGBColor) -> TextStyle<'static> {
    let font = ("sans-serif", 16).into_font().color(&color);
    font.pos(Pos::new(to, VPos::Center))
}

/// Names and counts where the lines end, kept apart from each other.
fn draw_labels(
    root: &Area<'_>,
    context: &PlotContext<'_, '_>,
    chart: &Chart,
    last: f64,
) -> Drawn<()> {
    let Some(newest) = chart.points.last() else { return Ok(()) };
    let mut ends: Vec<(i32, usize)> = newest
        .counts
        .iter()
        .enumerate()
        .map(|(at, count)| (context.backend_coord(&(last, *count as f64)).1, at))
        .collect();
    ends.sort_unstable();
    // from the bottom up: what is pushed away has room above
    let mut lowest = i32::try_from(SIZE.1)? - BOTTOM;
    let x = i32::try_from(SIZE.0)? - RIGHT + 8;
    for (y, at) in ends.into_iter().rev() {
        let y = y.min(lowest);
        lowest = y - LABEL;
        let (Some((party, name)), Some(count)) = (chart.parties.get(at), newest.counts.get(at))
        else {
            continue;
        };
        let name: String = name.chars().take(14).collect();
        root.draw(&Text::new(
            format!("{name} {count}"),
            (x, y),
            label_style(HPos::Left, party_color(party)),
        ))?;
    }
    Ok(())
}
