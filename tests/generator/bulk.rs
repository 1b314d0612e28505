//! Pages of a given size, for benchmarks.

use super::build::{self, Ids};
use super::focus::Focus;
use super::model::{Area, Holder, Page, Row, Text};
use super::rng::Rng;
use super::style::{Attributes, Cut, Quirk, Shape, Spelling, Style};
use super::{tweak, voices, write};

/// Two versions of a page of so many duties, of which a tenth changed: moved, reworded, added
/// or removed. Both are written in one style.
pub(crate) fn page_of(duties: usize, seed: u64) -> (String, String) {
    let mut rng = Rng::new(seed);
    let mut ids = Ids::default();
    let focus = Focus::whole();
    let old = page(duties, &focus, &mut ids, &mut rng);
    let mut new = old.clone();
    for area in &mut new.areas {
        for row in &mut area.rows {
            change_tenth(row, old.product, &focus, &mut ids, &mut rng);
        }
    }
    let style = Style {
        cut: Cut::Dashes,
        final_period: true,
        spelling: Spelling::Keyref(0),
        attributes: Attributes::Caption,
        quirk: Quirk::None,
        ..Style::draw(Shape::Columns, &mut rng)
    };
    let drawn = rng.fork();
    (write::page(&old, &style, &mut drawn.clone()), write::page(&new, &style, &mut drawn.clone()))
}

/// Areas of 20 rows of 4 duties: more of a page's kind, not longer rows.
fn page(duties: usize, focus: &Focus, ids: &mut Ids, rng: &mut Rng) -> Page {
    let mut page = Page { product: rng.below(8), grid: None, areas: Vec::new() };
    let mut left = duties;
    while left > 0 {
        let heading = format!("{} {}", build::fresh_label(focus, rng), page.areas.len() + 1);
        let mut area = Area { id: ids.next(), parent: None, heading, rows: Vec::new() };
        while left > 0 && area.rows.len() < 20 {
            let label = format!("{} {}", build::fresh_label(focus, rng), area.rows.len() + 1);
            let mut row = Row { id: ids.next(), label, duties: Vec::new() };
            for at in 0..left.min(4) {
                let holder = if at % 2 == 0 { Holder::Ibm } else { Holder::Customer };
                row.duties.push(build::duty(holder, page.product, None, focus, ids, rng));
            }
            left -= row.duties.len();
            area.rows.push(row);
        }
        page.areas.push(area);
    }
    page
}

fn change_tenth(row: &mut Row, service: usize, focus: &Focus, ids: &mut Ids, rng: &mut Rng) {
    for at in (0..row.duties.len()).rev() {
        if !rng.chance(10) {
            continue;
        }
        let duty = &mut row.duties[at];
        let Text::Built(sentence) = &mut duty.text else { continue };
        match rng.below(4) {
            0 => {
                duty.holder = duty.holder.other();
                voices::change(sentence, duty.holder, service, rng);
            }
            1 => {
                let _ =
                    tweak::number(sentence, focus, rng) || tweak::adjective(sentence, focus, rng);
            }
            2 => row.duties[at] = build::duty(duty.holder, service, None, focus, ids, rng),
            _ => {
                row.duties.remove(at);
            }
        }
    }
}
