//! Draws the page before anything is changed.

use super::focus::Focus;
use super::model::{Area, Duty, Grid, GridRow, Holder, Id, Page, Row, Text};
use super::rng::Rng;
use super::sentence::Sentence;
use super::tweak;
use super::vocabulary::WORDS;
use super::voices;

/// Gives out identities.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids(Id);

impl Ids {
    pub(crate) fn next(&mut self) -> Id {
        self.0 += 1;
        self.0
    }
}

/// A page of 3 to 6 areas, with the repetitions that real pages have.
pub(crate) fn page(focus: &Focus, ids: &mut Ids, rng: &mut Rng) -> Page {
    let product = focus.products[0];
    let mut page = Page { product, grid: None, areas: Vec::new() };
    if rng.chance(25) {
        page.grid = Some(grid(ids, rng));
    }
    for _ in 0..rng.between(3, 6) {
        let area = area(&page, focus, ids, rng);
        page.areas.push(area);
    }
    if rng.chance(18) {
        plans(&mut page, focus, ids, rng);
    }
    repeat(&mut page, focus, ids, rng);
    page
}

/// A new area with a heading of its own and 2 to 8 rows.
pub(crate) fn area(page: &Page, focus: &Focus, ids: &mut Ids, rng: &mut Rng) -> Area {
    let mut area =
        Area { id: ids.next(), parent: None, heading: fresh_heading(page, rng), rows: Vec::new() };
    for _ in 0..rng.between(2, 8) {
        let row = row(page, &area.rows, focus, ids, rng);
        area.rows.push(row);
    }
    area
}

/// A heading that no area has.
pub(crate) fn fresh_heading(page: &Page, rng: &mut Rng) -> String {
    let mut heading = (*rng.pick(&WORDS.areas)).to_owned();
    let used = |heading: &str| {
        page.areas.iter().any(|a| a.heading == heading || a.parent.as_deref() == Some(heading))
    };
    while used(&heading) {
        (*rng.pick(&WORDS.areas)).clone_into(&mut heading);
    }
    heading
}

/// A new row with 0 to 4 duties a party, one at least. About half of what it says is about one
/// thing, and so is its label.
pub(crate) fn row(page: &Page, beside: &[Row], focus: &Focus, ids: &mut Ids, rng: &mut Rng) -> Row {
    let topic = *rng.pick(&focus.nouns);
    let mut row = Row { id: ids.next(), label: label(topic, focus, rng), duties: Vec::new() };
    while beside.iter().any(|other| other.label == row.label) {
        row.label = label(rng.below(WORDS.nouns.len()), focus, rng);
    }
    while row.duties.is_empty() {
        for holder in [Holder::Ibm, Holder::Customer] {
            for _ in 0..*rng.weighted(&[(22, 0), (42, 1), (21, 2), (10, 3), (5, 4)]) {
                let topic = rng.chance(45).then_some(topic);
                row.duties.push(duty(holder, page.product, topic, focus, ids, rng));
            }
        }
    }
    row
}

/// A new duty in a voice of its holder.
pub(crate) fn duty(
    holder: Holder,
    service: usize,
    topic: Option<usize>,
    focus: &Focus,
    ids: &mut Ids,
    rng: &mut Rng,
) -> Duty {
    let mut sentence = Sentence::draw(focus, topic, rng);
    sentence.voice = voices::draw(holder, service, rng);
    Duty { id: ids.next(), holder, text: Text::Built(sentence) }
}

/// A label that may stand elsewhere too ("Monitoring"), or one made of an object.
fn label(topic: usize, focus: &Focus, rng: &mut Rng) -> String {
    if rng.chance(30) {
        return (*rng.pick(&WORDS.short_labels)).to_owned();
    }
    label_about(topic, focus, rng)
}

/// A label that names an object, not one of the page's own.
pub(crate) fn fresh_label(focus: &Focus, rng: &mut Rng) -> String {
    label_about(rng.below(WORDS.nouns.len()), focus, rng)
}

fn label_about(topic: usize, focus: &Focus, rng: &mut Rng) -> String {
    let noun = WORDS.nouns[topic].text;
    let product = *rng.pick(&focus.products);
    let verb = WORDS.verbs[focus.verb_for(topic, rng)].base;
    let label = match rng.below(6) {
        0 => noun.to_owned(),
        1 | 2 => format!("{noun} {}", rng.pick(&WORDS.natures)),
        3 => format!("{verb} {noun}"),
        4 => format!("{noun} of <{product}>"),
        _ => format!("{noun} and {}", WORDS.nouns[rng.below(WORDS.nouns.len())].text),
    };
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A row of the overview; the label is none of those that are there.
pub(crate) fn grid_row(grid: &Grid, ids: &mut Ids, rng: &mut Rng) -> Option<GridRow> {
    let free: Vec<&str> = WORDS
        .resources
        .iter()
        .copied()
        .filter(|label| !grid.rows.iter().any(|row| row.label == *label))
        .collect();
    if free.is_empty() {
        return None;
    }
    let usual = owner(rng);
    let owners = grid
        .columns
        .iter()
        .map(|_| if rng.chance(70) { usual } else { owner(rng) })
        .map(|owner| grid.owner_of(owner))
        .collect();
    Some(GridRow { id: ids.next(), label: (*rng.pick(&free)).to_owned(), owners })
}

fn owner(rng: &mut Rng) -> Option<Holder> {
    *rng.weighted(&[
        (9, Some(Holder::Ibm)),
        (7, Some(Holder::Customer)),
        (4, Some(Holder::Shared)),
        (1, None),
    ])
}

fn grid(ids: &mut Ids, rng: &mut Rng) -> Grid {
    let columns = (0..rng.between(3, WORDS.columns.len())).collect();
    let mut grid = Grid { columns, rows: Vec::new(), of_others: false };
    for _ in 0..rng.between(4, 10) {
        let row = grid_row(&grid, ids, rng);
        grid.rows.extend(row);
    }
    grid
}

/// Makes the last area one of several plans: the same rows again, mostly in the same words.
fn plans(page: &mut Page, focus: &Focus, ids: &mut Ids, rng: &mut Rng) {
    let Some(first) = page.areas.pop() else { return };
    let mut names = WORDS.plans.clone();
    rng.shuffle(&mut names);
    for name in names.iter().take(rng.between(2, 3)) {
        let mut area = first.clone();
        area.id = ids.next();
        area.parent = Some(first.heading.clone());
        area.heading = format!("<{}> {name}", page.product);
        for row in &mut area.rows {
            row.id = ids.next();
            for duty in &mut row.duties {
                duty.id = ids.next();
                if let Text::Built(sentence) = &mut duty.text
                    && rng.chance(20)
                {
                    let _ =
                        tweak::number(sentence, focus, rng) || tweak::product(sentence, focus, rng);
                }
            }
        }
        page.areas.push(area);
    }
}

/// Puts in what makes matching hard: boilerplate, twins, near twins, duties that say little.
fn repeat(page: &mut Page, focus: &Focus, ids: &mut Ids, rng: &mut Rng) {
    if rng.chance(30) {
        let holder = *rng.pick(&[Holder::Ibm, Holder::Customer]);
        let boilerplate = duty(holder, page.product, None, focus, ids, rng);
        for _ in 0..rng.between(3, 8) {
            put(page, holder, boilerplate.text.clone(), ids, rng);
        }
    }
    if rng.chance(50) {
        for _ in 0..rng.between(1, 4) {
            let (holder, text) = any_duty(page, rng);
            put(page, holder, text, ids, rng);
        }
    }
    if rng.chance(60) {
        for _ in 0..rng.between(1, 4) {
            let (holder, mut text) = any_duty(page, rng);
            if let Text::Built(sentence) = &mut text
                && (tweak::number(sentence, focus, rng) || tweak::product(sentence, focus, rng))
            {
                put(page, holder, text, ids, rng);
            }
        }
    }
    if rng.chance(50) {
        for _ in 0..rng.between(1, 5) {
            let holder = *rng.pick(&[Holder::Ibm, Holder::Customer]);
            put(
                page,
                holder,
                Text::Generic(WORDS.generic[rng.below(WORDS.generic.len())]),
                ids,
                rng,
            );
        }
    }
    if rng.chance(30) {
        for _ in 0..rng.between(1, 3) {
            let holder = *rng.pick(&[Holder::Ibm, Holder::Customer]);
            put(page, holder, Text::Reference(fresh_label(focus, rng)), ids, rng);
        }
    }
    if rng.chance(25) {
        for _ in 0..rng.between(1, 3) {
            double(page, focus, rng);
        }
    }
}

fn any_duty(page: &Page, rng: &mut Rng) -> (Holder, Text) {
    let duties: Vec<_> = page.duties().collect();
    let duty = rng.pick(&duties).duty;
    (duty.holder, duty.text.clone())
}

/// Puts a text into some row that does not hold it yet.
fn put(page: &mut Page, holder: Holder, text: Text, ids: &mut Ids, rng: &mut Rng) {
    let area = rng.below(page.areas.len());
    let rows = &mut page.areas[area].rows;
    let at = rng.below(rows.len());
    let row = &mut rows[at];
    let told = text.text();
    if !row.duties.iter().any(|duty| duty.text.text() == told) {
        row.duties.push(Duty { id: ids.next(), holder, text });
    }
}

fn double(page: &mut Page, focus: &Focus, rng: &mut Rng) {
    let ids: Vec<Id> = page.duties().map(|placed| placed.duty.id).collect();
    let more = Sentence::draw(focus, None, rng);
    if let Some(duty) = page.duty_mut(*rng.pick(&ids))
        && let Text::Built(sentence) = &duty.text
    {
        duty.text = Text::Double(sentence.clone(), more);
    }
}
