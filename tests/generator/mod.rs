//! Pairs of pages about invented services, whose differences are known.
//!
//! A page is drawn as a model ([`build`]), changed by mutations ([`mutate`]) as far as they are
//! fair ([`fair`]), and both versions are written in styles of their own ([`style`], [`write`]).
//! The truth is read off the models ([`truth`]) and what respdiff tells is held against it
//! ([`score`]). One seed is one pair, for ever.
#![allow(dead_code, reason = "test, example and bench each use their part")]

pub(crate) mod build;
pub(crate) mod bulk;
pub(crate) mod fair;
pub(crate) mod focus;
pub(crate) mod habits;
pub(crate) mod model;
pub(crate) mod mutate;
pub(crate) mod rng;
pub(crate) mod score;
pub(crate) mod sentence;
pub(crate) mod style;
pub(crate) mod table;
pub(crate) mod truth;
pub(crate) mod tweak;
pub(crate) mod vocabulary;
pub(crate) mod voices;
pub(crate) mod write;

use respdiff::diff::{Comparison, compare_pages};
use respdiff::model::Sides;
use respdiff::normalize::{Names, read_page};

use habits::Habits;
use mutate::Draft;
use rng::Rng;
use style::{Shape, Style};
use truth::Expected;

/// Makes another stream of a pair's seed, for what came to the generator later.
const BEYOND: u64 = 0xA51D_E5A5_1DE5_0001;

/// Two versions of a page and what is to be told of them.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) seed: u64,
    pub(crate) text: Sides<String>,
    pub(crate) style: Sides<Style>,
    pub(crate) truth: Vec<Expected>,
    /// Whether only style, layout and order differ.
    pub(crate) style_only: bool,
}

/// The pair of a seed.
pub(crate) fn pair(seed: u64) -> Pair {
    let mut rng = Rng::new(seed);
    let mut beyond = Rng::new(seed ^ BEYOND);
    let shape = shapes(&mut rng.fork());
    let shape = later_shapes(&mut beyond).unwrap_or(shape);
    let rowless = !shape.old.has_rows() || !shape.new.has_rows();
    let shares = shape.old == shape.new && shape.old.can_share();
    let mut draft = Draft::new(rowless, shares, &mut rng.fork());
    if beyond.chance(25) {
        draft.give_grid_to_others();
    }
    let style_only = rng.chance(12);
    let few = rng.between(1, 4);
    let count = *rng.weighted(&[(45, few), (35, few + 5), (20, few + 11)]);
    let mut mutations = rng.fork();
    if !style_only {
        draft.mutate(count, &mut mutations);
    }
    let mut styling = rng.fork();
    let mut style = if styling.chance(12) {
        let style = Style::draw(shape.old, &mut styling);
        Sides::new(style.clone(), Style { shape: shape.new, ..style })
    } else {
        let old = Style::draw(shape.old, &mut styling);
        let mut new = Style::draw(shape.new, &mut styling);
        new.shuffle(&mut styling);
        Sides::new(old, new)
    };
    give_habits(&mut style, &mut beyond);
    // an unknown keyref in the place of a name is no change, whatever it stands for
    if draft.by.values().any(|by| *by == "reword a product") {
        style.old.spelling = style::Spelling::Written;
        style.new.spelling = style::Spelling::Written;
    }
    let text = Sides::new(
        write::page(&draft.old, &style.old, &mut rng.fork()),
        write::page(&draft.new, &style.new, &mut rng.fork()),
    );
    Pair { seed, text, style, truth: truth::changes(&draft, shape), style_only }
}

/// Some pairs are in layouts that came later, or more often in one that owners stand in.
fn later_shapes(rng: &mut Rng) -> Option<Sides<Shape>> {
    let both = *rng.weighted(&[
        (85, None),
        (3, Some(Shape::OwnerList)),
        (6, Some(Shape::Raci)),
        (6, Some(Shape::PartyLists)),
    ]);
    both.map(|shape| Sides::new(shape, shape))
}

/// Half of the pairs have habits; of those some have the same before and after.
fn give_habits(style: &mut Sides<Style>, rng: &mut Rng) {
    let always = matches!(style.old.shape, Shape::Raci | Shape::PartyLists);
    if !always && rng.chance(50) {
        return;
    }
    let habits = Habits::draw(rng);
    style.new.habits = if rng.chance(15) { habits.clone() } else { Habits::draw(rng) };
    style.old.habits = habits;
}

/// Most pages are tables with a column a party, before and after.
fn shapes(rng: &mut Rng) -> Sides<Shape> {
    use Shape::{Columns, Html, OwnerList, PartyLists};
    let (old, new) = *rng.weighted(&[
        (76, (Columns, Columns)),
        (2, (Html, Columns)),
        (1, (Columns, Html)),
        (1, (Html, Html)),
        (3, (OwnerList, OwnerList)),
        (3, (PartyLists, PartyLists)),
        (3, (OwnerList, Columns)),
        (2, (Columns, OwnerList)),
        (3, (PartyLists, Columns)),
        (2, (Columns, PartyLists)),
        (2, (PartyLists, OwnerList)),
        (2, (OwnerList, PartyLists)),
    ]);
    Sides::new(old, new)
}

/// What respdiff tells of two texts.
pub(crate) fn tell(text: &Sides<String>) -> Comparison {
    let names = Names::builtin();
    let pages = text.as_ref().map(|text| read_page(text.as_bytes(), &names));
    compare_pages(pages.as_ref())
}
