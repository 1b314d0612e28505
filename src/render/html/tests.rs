use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use minijinja::value::Serde;

use super::TEMPLATES;
use super::assets::STYLE;
use super::chart::{self, Chart, ChartPoint};
use super::words::{inline_runs, side_runs};
use crate::model::Party;

fn point(day: (i32, u32, u32), counts: &[usize], moves: [usize; 3]) -> ChartPoint {
    let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
    ChartPoint { day, counts: counts.to_vec(), moves }
}

fn chart(name: &str) -> Chart {
    Chart {
        provider: "IBM".to_owned(),
        parties: vec![
            (Party::Ibm, "IBM".to_owned()),
            (Party::Customer, "Customer".to_owned()),
            (Party::Shared, "Shared".to_owned()),
            (Party::Other(name.to_owned()), name.to_owned()),
        ],
        points: vec![
            point((2024, 1, 5), &[4, 2, 0, 1], [0; 3]),
            point((2024, 9, 5), &[2, 3, 1, 1], [1, 0, 1]),
            point((2024, 3, 5), &[3, 2, 1, 1], [0, 1, 0]),
        ],
    }
}

/// What stands between quotes after a name, wherever it does.
fn values<'a>(text: &'a str, name: &str) -> BTreeSet<&'a str> {
    let rest = text.match_indices(name).map(|(at, found)| &text[at + found.len()..]);
    rest.filter_map(|rest| rest.split('"').next()).collect()
}

/// The elements of a drawing.
fn drawn(chart: &Chart) -> String {
    let mut environment = minijinja::Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    let (name, source) = TEMPLATES.into_iter().find(|(name, _)| *name == "chart.svg.j2").unwrap();
    environment.add_template(name, source).unwrap();
    let drawing = chart::draw_chart(chart).unwrap();
    let page = BTreeMap::from([("timeline", BTreeMap::from([("drawing", drawing)]))]);
    environment.get_template(name).unwrap().render(Serde(&page)).unwrap()
}

#[test]
fn every_colour_of_the_chart_has_one_in_the_dark() {
    let svg = drawn(&chart("Vendor"));
    for attribute in ["fill", "stroke"] {
        for color in values(&svg, &format!(" {attribute}=\"")).into_iter().filter(|c| *c != "none")
        {
            let rule = format!(".chart [{attribute}=\"{color}\"]");
            assert!(STYLE.contains(&rule), "{rule}");
        }
    }
    assert!(!svg.contains("style="));
}

#[test]
fn a_chart_escapes_names_and_draws_each_move() {
    let svg = drawn(&chart("<script>alert(1)"));
    assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"), "{svg}");
    assert_eq!(svg.matches("<polygon").count(), 3);
    for label in ["to you", "to IBM", "to others", "IBM 3", "Customer 2"] {
        assert!(svg.contains(label), "{label}");
    }
}

#[test]
fn one_edition_is_no_timeline() {
    let mut chart = chart("Vendor");
    chart.points.truncate(1);
    assert_eq!(chart::draw_chart(&chart), None);
}

#[test]
fn changed_words_are_marked_on_their_own_side() {
    let told = |runs: Vec<super::words::MarkedRun>| -> String {
        runs.iter().map(|run| format!("{}[{}]", run.kind, run.text)).collect::<Vec<_>>().concat()
    };
    let sides = side_runs("Water the roses every week", "Water the roses every day");
    assert_eq!(told(sides.old), "[Water the roses every]del[week]");
    assert_eq!(told(sides.new), "[Water the roses every]ins[day]");
    let both = inline_runs("Water the roses every week", "Water the roses every day");
    assert_eq!(told(both), "[Water the roses every]del[week]ins[day]");
}

#[test]
fn only_what_the_program_wrote_goes_unescaped() {
    for (name, source) in TEMPLATES {
        for part in source.split("{{").skip(1).filter_map(|part| part.split("}}").next()) {
            let safe = part.contains("safe").then_some(part.trim());
            let ours = ["policy|safe", "style|safe", "script|safe"];
            assert!(safe.is_none_or(|part| ours.contains(&part)), "{name}: {part}");
        }
        for attribute in
            source.split('=').filter_map(|before| before.rsplit([' ', '"', '>']).next())
        {
            assert!(attribute != "style" && !attribute.starts_with("on"), "{name}: {attribute}");
        }
    }
}
